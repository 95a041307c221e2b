/*!
Source in, pages of mended lines out.

This stage never joins two cells, never drops a line, and never asks what a text means: it puts characters and words
right. Every change is an edit by a named rule, and stands in the result as a piece of the text.

The rules run in this order, each over what the ones before left:

| area | what it mends |
|---|---|
| `encoding` | text that was decoded wrongly once before, entities, decomposed letters |
| `specks` | marks that belong to no text of a noisy page |
| `junk` | tags, emphasis, invisible characters, stray marks of ruling lines |
| `strokes` | a stroke that is a figure, curly brackets that were round |
| `homoglyph` | Latin letters inside Cyrillic words, and the reverse |
| `letter-spacing` | words that fell apart, words that were run together |
| `spelling` | words that were misread |

Words are put right only where the lexicon does not know them, and only into what recognition is known to confuse; a
doubtful case is left as it is. A name that the lexicon does not know is not an error.
*/

mod characters;
mod encoding;
mod evidence;
mod glued;
mod homoglyph;
mod junk;
mod page_rows;
mod spacing;
mod specks;
mod spelling;
mod strokes;
mod vocabulary;

pub(crate) use crate::decode::CELL_LINE;
pub use crate::decode::{LineKind, Merge, Separator};

use crate::decode::{Source, SourceLine};
use crate::dictionaries::Spelling;
use crate::issue::Issues;
use crate::parallel;
use crate::text::{Decoded, Edit, Text};

use spelling::Neighbours;
use vocabulary::{Suspect, Suspects, Vocabulary};

/// A page of mended lines.
#[derive(Clone, Debug)]
pub struct Page {
    /// The lines, top to bottom; as many as the source has.
    pub lines: Vec<Line>,
}

/// A line of mended cells.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is made of.
    pub kind: LineKind,
    /// What parts its cells.
    pub separator: Separator,
    /// The cells, left to right, white space as in the source; one where nothing parts the line.
    pub cells: Vec<Text>,
    /// For each cell how it hangs together with others; empty where the format does not say.
    pub merges: Vec<Merge>,
}

impl Line {
    /// True for what stands beside the text: a running head, a footnote, a comment.
    pub(crate) fn is_aside(&self) -> bool {
        self.kind == LineKind::Aside
    }
}

/// A document with more lines than this is mended on several threads; below, starting them costs more than it saves.
const PARALLEL_LINES: usize = 2000;

/// Mends the characters and words of every line.
pub(crate) fn normalise(source: &Source, spelling: &Spelling, issues: &mut Issues) -> Vec<Page> {
    let twice = encoding::Twice::detect(source, spelling, issues);
    let specks = specks::find(source, spelling, issues);
    let specks = specks.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let lines: Vec<(&SourceLine, &[Edit])> =
        source.pages.iter().flat_map(|page| &page.lines).zip(specks).collect();
    let cleaned = parallel::map(&lines, PARALLEL_LINES, |(line, specks)| {
        clean(&source.decoded, line, specks, twice.as_ref(), spelling)
    });
    let (vocabulary, suspects) = Vocabulary::of(&cleaned, spelling);
    let suspected: Vec<(Neighbours, Suspects)> =
        spelling::with_neighbours(&cleaned, &source.certainty).into_iter().zip(suspects).collect();
    let mended = parallel::map(&suspected, PARALLEL_LINES, |(line, suspects)| {
        mend(*line, suspects, &vocabulary, spelling)
    });
    let mended = issues.collect(mended);
    let mut lines = cleaned.into_iter().zip(mended).map(|(line, mended)| mended.unwrap_or(line));
    source.pages.iter().map(|page| Page { lines: lines.by_ref().take(page.lines.len()).collect() }).collect()
}

/// The rules that look at characters only; `specks` are those of a line that nothing parts.
fn clean(
    source: &Decoded,
    line: &SourceLine,
    specks: &[Edit],
    twice: Option<&encoding::Twice>,
    spelling: &Spelling,
) -> Line {
    let clean_cell = |span| {
        let mut text = source.text(span);
        if !specks.is_empty() {
            text = text.edited(specks);
        }
        if twice.is_none() && characters::are_plain(text.as_str()) {
            return text;
        }
        if let Some(twice) = twice {
            text = twice.mend(text, spelling);
        }
        by_lines(text, |text| {
            let text = characters::mend(text, &spelling.switches);
            let text = strokes::mend(text, spelling);
            let text = junk::mend(text, line.separator, &spelling.switches);
            homoglyph::mend(text, spelling)
        })
    };
    let cells: Vec<Text> = line.cells.iter().copied().map(clean_cell).collect();
    let emptied = !specks.is_empty() && cells.iter().all(Text::is_blank);
    let kind = if emptied { LineKind::Blank } else { line.kind };
    Line { kind, separator: line.separator, cells, merges: line.merges.clone() }
}

/// The text with each of its lines mended by itself: words on two lines of a cell are not one.
fn by_lines(text: Text, mut mend: impl FnMut(Text) -> Text) -> Text {
    if !text.as_str().contains(CELL_LINE) {
        return mend(text);
    }
    let mut mended = Text::default();
    let mut start = 0;
    for (at, _) in text.as_str().match_indices(CELL_LINE) {
        mended.append(&mend(text.slice(start..at)));
        start = at + CELL_LINE.len_utf8();
        mended.append(&text.slice(at..start));
    }
    mended.append(&mend(text.slice(start..text.len())));
    mended
}

/// The rules that need words; `None` where none of them has anything to do.
fn mend(
    at: Neighbours<'_>,
    suspects: &[Suspect],
    vocabulary: &Vocabulary<'_>,
    spelling: &Spelling,
) -> (Option<Line>, Issues) {
    let mut noted = Issues::default();
    if suspects.iter().all(|suspect| *suspect == Suspect::default()) {
        return (None, noted);
    }
    let line = at.line;
    let mend_cell = |(text, suspect): (&Text, &Suspect)| {
        if line.kind != LineKind::Text || !suspect.word {
            let text = text.clone();
            return if suspect.ending { spelling::agree(text, spelling) } else { text };
        }
        by_lines(text.clone(), |text| {
            let text = spacing::mend(text, vocabulary, spelling);
            let text = glued::mend(text, vocabulary, spelling);
            let text = spelling::mend(text, at, vocabulary, spelling, &mut noted);
            // Two words may come to light that were misread as well as run together.
            let text = glued::mend(text, vocabulary, spelling);
            spelling::agree(text, spelling)
        })
    };
    let cells = line.cells.iter().zip(suspects).map(mend_cell).collect();
    let merges = line.merges.clone();
    (Some(Line { kind: line.kind, separator: line.separator, cells, merges }), noted)
}
