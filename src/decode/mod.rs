/*!
Bytes in, source out.

This stage never changes a character. It finds out what the bytes are, decodes them, and says where lines, pages and
marked cells lie; text that was decoded wrongly once before is left for `normalise`, which may change characters and
says so.

What the format knows stands beside the text, never inside it: a line that is cut by tabs, pipes or the verticals of a
drawn box keeps its string and has its cells as spans.

A marked-up document is read in three steps: its own module tells the [`blocks`] of it, [`layout`] writes them out as lines,
and the cells that the format gives stand beside these as they do in text.
*/

mod blocks;
mod boxes;
mod charset;
mod doc;
mod docx;
mod format;
mod html;
mod layout;
mod lists;
mod marks;
mod numbering;
mod odf;
mod pdf;
mod picture;
mod printed;
mod recognise;
mod rtf;
mod sheets;
mod sniff;
mod words;
mod workbook;
mod xls;
mod xml;

pub use format::Format;
pub(crate) use layout::CELL_LINE;
pub use marks::{LineKind, Merge, Separator};
pub use words::Bounds;

use std::collections::BTreeMap;

use crate::archive::{Limits, Package, Refusal};
use crate::dictionaries::LetterPairs;
use crate::digest;
use crate::error::{Error, Result};
use crate::issue::{IssueKind, Issues};
use crate::status::{Limit, Status};
use crate::text::{Certainty, Decoded, LineIndex, Span};

use layout::Lines;

/// A decoded document with what its format knows of its layout.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that the caller gave.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Number of bytes.
    pub bytes: usize,
    /// What the document is.
    pub format: Format,
    /// The WHATWG label of the encoding; `None` where the format has none to tell.
    pub encoding: Option<&'static str>,
    /// The characters.
    pub decoded: Decoded,
    /// The lines of the decoded characters.
    pub lines: LineIndex,
    /// The pages, in order; one where the format has none.
    pub pages: Vec<SourcePage>,
    /// True where the format has pages.
    pub paged: bool,
    /// Where printed pages begin in a document that is one text and knows some of them.
    pub breaks: Breaks,
    /// The words whose places on the page the format has, in the order of the characters; none for other formats.
    pub words: Vec<SourceWord>,
    /// How sure recognition was of them.
    pub certainty: Certainty,
}

/// Where further printed pages begin, as far as a file knows: what it demands, and what the program saw that last printed or
/// showed it. They part nothing; a table goes on over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks {
    /// The first line of each page but the first, ascending; a page on which no line begins has the one behind it.
    pub firsts: Vec<usize>,
    /// One past the last line that stands on a page: what is shown beside the text comes behind it.
    pub end: usize,
}

impl Breaks {
    /// The 0-based page on which `line` begins, and the first line of it.
    fn page(&self, line: usize) -> Option<(usize, usize)> {
        let known = !self.firsts.is_empty() && line < self.end;
        let page = self.firsts.partition_point(|first| *first <= line);
        known.then(|| (page, page.checked_sub(1).map_or(0, |last| self.firsts[last])))
    }
}

/// A word and its place on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceWord {
    /// Its characters.
    pub span: Span,
    /// Its 0-based page.
    pub page: usize,
    /// Where it stands there: in points of a PDF file, pixels of a picture, units of an OCR file.
    pub bounds: Bounds,
    /// How sure recognition is of it, in hundredths; `None` where the format does not say.
    pub confidence: Option<u8>,
}

/// A page: a range of lines.
#[derive(Clone, Debug)]
pub struct SourcePage {
    /// The name of the sheet that the page is, where it is one of a workbook.
    pub sheet: Option<String>,
    /// 0-based number of the page's first line in the whole source.
    pub first_line: usize,
    /// The lines.
    pub lines: Vec<SourceLine>,
}

/// A line and its cells.
#[derive(Clone, Debug)]
pub struct SourceLine {
    /// The whole line without its end.
    pub span: Span,
    /// What it is made of.
    pub kind: LineKind,
    /// What parts its cells.
    pub separator: Separator,
    /// The cells, left to right; the whole line where nothing parts it. Where the format gives them, one for each column,
    /// an empty one for each that a merged cell reaches over.
    pub cells: Vec<Span>,
    /// For each cell how it hangs together with others; empty where the format does not say.
    pub merges: Vec<Merge>,
}

impl Source {
    /// For each page on which words of `spans` stand, its 0-based number and the smallest rectangle that holds them; none
    /// for formats that know no places.
    pub fn boxes(&self, spans: impl IntoIterator<Item = Span>) -> BTreeMap<usize, Bounds> {
        let mut boxes: BTreeMap<usize, Bounds> = BTreeMap::new();
        for span in spans {
            let first = self.words.partition_point(|word| word.span.end() <= span.start());
            for word in self.words[first..].iter().take_while(|word| word.span.start() < span.end()) {
                boxes.entry(word.page).and_modify(|own| *own = own.with(&word.bounds)).or_insert(word.bounds);
            }
        }
        boxes
    }

    /// How many pages there are, where that is known.
    pub fn page_count(&self) -> Option<usize> {
        let told = self.breaks.firsts.len();
        if self.paged { Some(self.pages.len()) } else { (told > 0).then_some(told + 1) }
    }

    /// The 1-based page (where pages are known) and the 1-based line of byte `offset`; the line counts from the top of its
    /// page.
    pub fn place(&self, offset: u32) -> (Option<usize>, usize) {
        let line = self.lines.line(offset);
        if let Some((page, first)) = self.breaks.page(line) {
            return (Some(page + 1), line - first + 1);
        }
        if !self.paged {
            return (None, line + 1);
        }
        let page = self.page_of(line);
        let first = self.pages.get(page).map_or(0, |page| page.first_line);
        (Some(page + 1), line - first + 1)
    }

    /// The name of the sheet on which byte `offset` stands; `None` where the document is no workbook.
    pub fn sheet(&self, offset: u32) -> Option<&str> {
        self.pages.get(self.page_of(self.lines.line(offset)))?.sheet.as_deref()
    }

    /// The 0-based page of a line.
    fn page_of(&self, line: usize) -> usize {
        self.pages.partition_point(|page| page.first_line <= line).saturating_sub(1)
    }
}

/// Decodes `bytes`, which were found under `name`; it may cost what `limits` say.
///
/// # Errors
/// Where the bytes are not text: an empty file, a file of another kind, more than four gigabytes.
pub(crate) fn decode(
    name: &str,
    bytes: &[u8],
    letters: &LetterPairs,
    limits: &Limits,
    issues: &mut Issues,
) -> Result<Source> {
    if bytes.len() >= u32::MAX as usize {
        return Err(Error::unreadable(
            name,
            Status::Limit(Limit::Size),
            "the file has four gigabytes or more",
            "split it into documents",
        ));
    }
    let format = sniff::format(name, bytes, limits)?;
    let mut words = Vec::new();
    let (lines, encoding) = match format {
        Format::Html => {
            let (lines, label) = html::lines(name, bytes, letters, limits, issues)?;
            (lines, Some(label))
        }
        Format::Doc | Format::Docx | Format::Odt | Format::Ods | Format::Xlsx | Format::Xls | Format::Rtf => {
            (marked_up(name, bytes, format, limits, issues)?, None)
        }
        Format::Pdf | Format::Image | Format::Hocr | Format::Alto | Format::PageXml | Format::TsvWords => {
            let (sheets, label) = sheets::read(format, name, bytes, letters, limits, issues)?;
            let composed = printed::compose(&sheets);
            words = composed.words;
            (composed.lines, label)
        }
        _ => {
            let charset::Decoding { string, label } = charset::decode(name, bytes, letters, issues)?;
            let index = LineIndex::new(&string);
            let pages = pages(&string, &index, |_, _| None);
            (Lines { string, index, pages, breaks: Breaks::default() }, Some(label))
        }
    };
    let Lines { string, index, pages, breaks } = lines;
    if !string.chars().any(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё')) {
        note_foreign(&string, issues);
    }
    let paged = string.contains('\x0c');
    Ok(Source {
        name: name.to_owned(),
        sha256: digest::of(bytes),
        bytes: bytes.len(),
        format,
        encoding,
        decoded: Decoded::new(string),
        lines: index,
        pages,
        paged,
        breaks,
        certainty: Certainty::new(words.iter().filter_map(|own| Some((own.span, own.confidence?))).collect()),
        words,
    })
}

/// Why a document is refused that is within its size and would cost too much all the same.
fn too_much(name: &str, limit: Limit) -> Error {
    Error::unreadable(
        name,
        Status::Limit(limit),
        "more comes out of the file than a document may hold",
        "split it into documents, or raise the limits with --limits x4",
    )
}

/// The lines of a document that is a container of parts, or has its own way to write letters.
fn marked_up(
    name: &str,
    bytes: &[u8],
    format: Format,
    limits: &Limits,
    issues: &mut Issues,
) -> Result<Lines> {
    let open = || Package::open(bytes, limits);
    let mut blocks = || match format {
        Format::Rtf => Ok(rtf::blocks(bytes, issues)),
        Format::Doc => doc::blocks(bytes, limits, issues),
        Format::Xls => xls::blocks(bytes, limits),
        Format::Docx => docx::blocks(&mut open()?, issues),
        Format::Xlsx => workbook::xlsx(bytes, &mut open()?, limits),
        _ => odf::blocks(&mut open()?, issues),
    };
    let blocks = blocks().map_err(|refusal| refused(name, refusal))?;
    layout::Layout::of(&blocks, limits.cells, issues).map_err(|limit| too_much(name, limit))
}

/// The error for a document that cannot be read though its kind is known.
fn refused(name: &str, (status, what): Refusal) -> Error {
    let advice = match status {
        Status::NeedsConverter => "install it, or save the document as DOCX",
        Status::Password => "open it with its password and save it without one",
        Status::Limit(_) => "split it into documents, or raise the limits with --limits x4",
        _ => "open it in the program that made it, and save it anew",
    };
    Error::unreadable(name, status, what, advice)
}

/// The pages of `string`; `own` gives the lines of which the format knows more than the text shows.
fn pages(
    string: &str,
    lines: &LineIndex,
    mut own: impl FnMut(usize, Span) -> Option<SourceLine>,
) -> Vec<SourcePage> {
    let mut pages: Vec<SourcePage> = Vec::new();
    let marks = marks::Marks::of(string, lines);
    for line in 0..lines.len() {
        let span = lines.span(line, string);
        let breaks = line > 0 && string.as_bytes().get(span.start() as usize - 1) == Some(&b'\x0c');
        if line == 0 || breaks {
            pages.push(SourcePage { sheet: None, first_line: line, lines: Vec::new() });
        }
        if let Some(page) = pages.last_mut() {
            page.lines.push(own(line, span).unwrap_or_else(|| marks.line(string, line, span)));
        }
    }
    pages
}

/// A text without Cyrillic is either in another language or was read with the wrong alphabet.
fn note_foreign(string: &str, issues: &mut Issues) {
    let latin = string.chars().filter(char::is_ascii_alphabetic).count();
    if latin > 200 {
        let message =
            "The document has Latin letters only; if it is Russian, recognise it again with a Russian model.";
        issues.note_document(IssueKind::LatinRecognition, message);
    } else {
        issues.note_document(IssueKind::NoCyrillic, "The document has no Cyrillic letter.");
    }
}
