/*!
What can be wrong with a document.

An issue never steers the program: noting one stops nothing and is read by no stage.

Every kind has a stable kebab-case name, a severity and an explanation; [`IssueKind::ALL`] is the one list of them.
*/

use crate::text::Span;

/// How much an issue matters to the person who reads the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is in doubt.
    Info,
    /// A value may be wrong or missing: look at the source.
    Warning,
    /// A part of the document could not be read.
    Error,
}

impl Severity {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! issue_kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $severity:ident $explanation:literal;)*) => {
        /// Everything that svod notes about a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum IssueKind { $(#[doc = $explanation] $kind,)* }

        impl IssueKind {
            /// All kinds, sorted by name.
            pub const ALL: &'static [IssueKind] = &[$(Self::$kind,)*];

            /// The stable name in the output.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)* }
            }

            /// One sentence for a person who meets the name for the first time.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$kind => $explanation,)* }
            }
        }
    };
}

issue_kinds! {
    AmbiguousColumn "ambiguous-column" Warning
        "The heading of a column does not say what it is for; its role was taken from what stands in it.";
    AmbiguousDeadline "ambiguous-deadline" Warning
        "The characters of a term do not decide between several dates; all candidates are given.";
    BrokenTextLayer "broken-text-layer" Info
        "A page of a PDF file has a text layer that does not say what is printed; the page was recognised as a picture.";
    DoubtfulWord "doubtful-word" Info
        "A word looks misread, but no correction is certain; it is kept as written.";
    DuplicateNumber "duplicate-number" Info
        "Two measures of one section carry the same number.";
    EmptyMeasure "empty-measure" Warning
        "A row has a number but no text.";
    EndBeforeStart "end-before-start" Warning
        "A term ends before it starts; it is kept as written.";
    HiddenColumn "hidden-column" Warning
        "A column of the source is marked as not shown; it is read like the others.";
    HiddenRow "hidden-row" Warning
        "A row of the source is marked as not shown; it is read like the others.";
    IllegibleText "illegible-text" Warning
        "A stretch of the source is not readable as Russian text; it is kept in the residue.";
    InferredColumns "inferred-columns" Warning
        "The table has no heading that could be read; the columns were told by what stands in them.";
    LatinRecognition "latin-recognition" Error
        "The text was recognised as Latin letters («Hanpapnenue»); recognise it again as Russian.";
    MendedEncoding "mended-encoding" Info
        "The text had been decoded wrongly once before; that was undone.";
    MissingDeadline "missing-deadline" Warning
        "A measure has no term.";
    MissingExecutor "missing-executor" Warning
        "A measure has no executor.";
    NoCyrillic "no-cyrillic" Warning
        "The document holds no Cyrillic letter.";
    NoPlan "no-plan" Warning
        "The document holds no table of measures.";
    NumberGap "number-gap" Warning
        "The numbers of the measures skip one or more; a row may be missing.";
    RepairedNumber "repaired-number" Warning
        "A row's number was misread and was restored from its neighbours.";
    ShiftedCells "shifted-cells" Warning
        "The cells of a continued row stood in other columns than the row; they were put back by what they say.";
    StrayMarks "stray-marks" Info
        "Marks that belong to no text stand in the margins of a noisy page or between its columns; they were left out.";
    TrackedDeletion "tracked-deletion" Info
        "Text was deleted while changes were tracked, and nobody has accepted that yet; it is left out.";
    TrackedInsertion "tracked-insertion" Info
        "Text was inserted while changes were tracked, and nobody has accepted that yet; it is read.";
    UncertainEncoding "uncertain-encoding" Warning
        "Two encodings fit the bytes nearly as well as each other.";
    UncertainRow "uncertain-row" Warning
        "It is not certain where a row or one of its cells begins or ends.";
    UnknownRegion "unknown-region" Info
        "The document does not say which region it belongs to, or names several.";
    UnlinkedExecutor "unlinked-executor" Info
        "A name is not in the dictionary, or not well enough like one that is; it is kept as written.";
    UnplacedText "unplaced-text" Warning
        "Text inside the table could not be given to any measure; it is kept in the residue.";
    UnreadPage "unread-page" Error
        "A page could not be recognised; what stands on it is missing.";
    UnreadableBytes "unreadable-bytes" Error
        "Some bytes mean nothing in the document's encoding.";
    UnresolvedDeadline "unresolved-deadline" Warning
        "A term was not understood; it is kept as written.";
}

/// One thing that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What it is.
    pub kind: IssueKind,
    /// Where in the decoded source; `None` for the whole document.
    pub span: Option<Span>,
    /// One English sentence about this very case.
    pub message: String,
}

/// The list that every stage appends to. A stage cannot read it.
#[derive(Debug, Default)]
pub struct Issues {
    noted: Vec<Issue>,
}

impl Issues {
    /// Notes an issue at a place.
    pub fn note(&mut self, kind: IssueKind, span: Span, message: impl Into<String>) {
        self.noted.push(Issue { kind, span: Some(span), message: message.into() });
    }

    /// Notes an issue about the whole document.
    pub fn note_document(&mut self, kind: IssueKind, message: impl Into<String>) {
        self.noted.push(Issue { kind, span: None, message: message.into() });
    }

    /// Appends what was noted about each of several things, in their order, and gives the things back.
    pub fn collect<T>(&mut self, noted: Vec<(T, Issues)>) -> Vec<T> {
        let take = |(thing, issues): (T, Issues)| {
            self.noted.extend(issues.noted);
            thing
        };
        noted.into_iter().map(take).collect()
    }

    /// All issues, in the order of their places; those of the whole document first.
    pub fn into_vec(mut self) -> Vec<Issue> {
        self.noted.sort_by_key(|issue| issue.span.map_or((0, 0), |span| (1, span.start())));
        self.noted
    }
}
