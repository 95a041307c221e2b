/*!
Cells that are marked in the text itself: by tabs, by pipes, by the verticals of a drawn box.

This module never decides what is a table: a tab may as well indent a paragraph. It only says where the marks lie, and
which of the pipes are marks at all: a recognised scan has stray ones where the ruling lines were.
*/

use super::boxes::{self, Boxes, VERTICALS};
use crate::decode::SourceLine;
use crate::dictionaries::names_part;
use crate::text::{LineIndex, Span};

/// What a line is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but white space and separators.
    Blank,
    /// A drawn line: dashes, crosses, the horizontals of a box.
    Rule,
    /// Something to read.
    Text,
    /// Something that is shown beside the text: a running head, a footnote, a comment.
    Aside,
}

/// What parts the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// Nothing.
    None,
    /// A tab.
    Tab,
    /// A pipe.
    Pipe,
    /// A vertical of a drawn box.
    Box,
    /// Nothing in the text: the format says what its cells are, and a line is a whole row.
    Given,
    /// Nothing in the text: words stand in columns by their places on the page, and a line is a printed line of a row.
    Placed,
}

/// How a cell hangs together with those around it, as the format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// A cell of its own.
    Own,
    /// The cell on its left reaches over it.
    Left,
    /// The cell above reaches over it.
    Above,
}

/// Pipes are marks where at least this many lines with pipes lie together …
const LEAST_PIPE_LINES: usize = 3;

/// … with at most this many lines of text without a pipe between two of them (a cell that is wrapped by hand) …
const LONGEST_WRAPPED_CELL: usize = 20;

/// … and make up at least one in this many of the lines there.
const PIPE_LINE_SHARE: usize = 7;

/// A line with more marks is no row of a table.
const MOST_MARKS: usize = 4096;

/// Which lines of a document have pipes that are marks, and the verticals of its boxes.
pub(super) struct Marks {
    pipes: Vec<bool>,
    boxes: Boxes,
}

impl Marks {
    /// Looks over the whole document.
    pub(super) fn of(string: &str, lines: &LineIndex) -> Self {
        let mut pipes = vec![false; lines.len()];
        if string.contains('|') {
            for run in pipe_runs(string, lines) {
                pipes[run].fill(true);
            }
        }
        Self { pipes, boxes: Boxes::of(string, lines) }
    }

    /// Line number `line` with its cells.
    pub(super) fn line(&self, string: &str, line: usize, span: Span) -> SourceLine {
        let content = string.get(span.range()).unwrap_or("");
        let separator = if content.matches(is_mark).nth(MOST_MARKS).is_some() {
            Separator::None
        } else if content.contains(VERTICALS) {
            Separator::Box
        } else if self.pipes.get(line) == Some(&true) && has_pipes(content) {
            Separator::Pipe
        } else if content.contains('\t') {
            Separator::Tab
        } else {
            Separator::None
        };
        let kind = if is_rule(content) {
            LineKind::Rule
        } else if content.chars().any(|sign| !sign.is_whitespace() && !separates(separator, sign)) {
            LineKind::Text
        } else {
            LineKind::Blank
        };
        let boxed = separator == Separator::Box || (separator == Separator::Pipe && self.boxes.pipes);
        let mut cells = cells(content, span, separator, boxed);
        if boxed && kind == LineKind::Text {
            for cell in &mut cells {
                if string.get(cell.range()).is_some_and(boxes::is_drawn) {
                    *cell = Span::new(cell.start(), cell.start());
                }
            }
            cells = self.with_merged(line, content, cells);
        }
        SourceLine { span, kind, separator, cells, merges: Vec::new() }
    }
}

impl Marks {
    /// The cells of a box's line, with an empty one for every vertical that a merged cell hides.
    fn with_merged(&self, line: usize, content: &str, cells: Vec<Span>) -> Vec<Span> {
        let hidden = self.boxes.hidden(line, content);
        let mut all = Vec::with_capacity(cells.len());
        for (nth, cell) in cells.into_iter().enumerate() {
            all.push(cell);
            let empty = Span::new(cell.end(), cell.end());
            all.extend(std::iter::repeat_n(empty, hidden.get(nth).copied().unwrap_or(0)));
        }
        all
    }
}

/// A tab, a pipe, a vertical.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\t' | '|') || VERTICALS.contains(&sign)
}

fn separates(separator: Separator, sign: char) -> bool {
    match separator {
        Separator::None | Separator::Given | Separator::Placed => false,
        Separator::Tab => sign == '\t',
        Separator::Pipe => sign == '|',
        Separator::Box => VERTICALS.contains(&sign),
    }
}

fn cells(content: &str, span: Span, separator: Separator, boxed: bool) -> Vec<Span> {
    let drawn = boxed && boxes::is_drawn_in_part(content);
    let pipes = separator == Separator::Pipe;
    let separates =
        |sign: char| if drawn { boxes::parts(sign, true, pipes) } else { separates(separator, sign) };
    let mut at = span.start();
    let part = |part: &str| {
        let cell = Span::new(at, at + part.len() as u32);
        at = cell.end();
        cell
    };
    let mut cells: Vec<Span> = content.split_inclusive(separates).map(part).collect();
    for cell in &mut cells {
        let text = &content[(cell.start() - span.start()) as usize..(cell.end() - span.start()) as usize];
        let kept = text.strip_suffix(separates).unwrap_or(text);
        *cell = Span::new(cell.start(), cell.start() + kept.len() as u32);
    }
    if content.ends_with(separates) || cells.is_empty() {
        cells.push(Span::new(span.end(), span.end()));
    }
    cells
}

/// Ranges of lines in which pipes are marks.
fn pipe_runs(string: &str, lines: &LineIndex) -> Vec<std::ops::Range<usize>> {
    struct Run {
        first: usize,
        last: usize,
        piped: usize,
        texts: usize,
        spaced: usize,
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut since = 0;
    for line in 0..lines.len() {
        let content = string.get(lines.span(line, string).range()).unwrap_or("");
        if has_pipes(content) {
            let spaced = usize::from(is_spaced(content) || is_adrift(content));
            match runs.last_mut() {
                Some(run) if since <= LONGEST_WRAPPED_CELL => {
                    run.last = line;
                    run.piped += 1;
                    run.texts += since + 1;
                    run.spaced += spaced;
                }
                _ => runs.push(Run { first: line, last: line, piped: 1, texts: 1, spaced }),
            }
            since = 0;
        } else if !content.trim().is_empty() {
            since += 1;
        }
    }
    let marks = |run: &Run| {
        let often = run.piped >= LEAST_PIPE_LINES && run.piped * PIPE_LINE_SHARE >= run.texts;
        // Where white parts the cells, a pipe is what recognition left of a ruling line.
        often && run.spaced * 2 < run.piped
    };
    runs.into_iter().filter(marks).map(|run| run.first..run.last + 1).collect()
}

/// True for a line with pipes, unless they are but the strokes of a numeral: «|| квартал».
fn has_pipes(content: &str) -> bool {
    let rest = content.trim_start().trim_start_matches('|');
    let strokes = content.trim_start().len() - rest.len();
    content.contains('|')
        && !((1..=3).contains(&strokes) && !rest.contains('|') && names_part(rest.trim_start()))
}

/// So many spaces between two words part cells.
const WIDE_GAP: usize = 3;

/// So far from the left, in characters, no pipe ends a cell that has nothing else on its line.
const ADRIFT: usize = 12;

/// True for one pipe far from everything: a speck.
fn is_adrift(content: &str) -> bool {
    content.trim() == "|" && content.len() - content.trim_start().len() >= ADRIFT
}

/// True if white that no pipe stands beside parts two cells of the line.
fn is_spaced(content: &str) -> bool {
    let mut gap = 0;
    let mut word = false;
    for sign in content.trim().chars() {
        if sign == ' ' {
            gap += 1;
            continue;
        }
        if sign != '|' && word && gap >= WIDE_GAP {
            return true;
        }
        word = sign != '|';
        gap = 0;
    }
    false
}

/// A line of dashes, crosses and corners, with at least two dashes in every stretch of it: «--\t--», «+---+», «├──┼──┤»,
/// «---T---¬». One dash is a cell of its own.
fn is_rule(content: &str) -> bool {
    let dash = |sign: char| matches!(sign, '-' | '–' | '—' | '─' | '━' | '═' | '=' | '╌' | '┄');
    let joint = |sign: char| {
        matches!(sign, '+' | '|' | ':' | '¬' | '‰' | 'T' | 'L' | '¦' | '*')
            || matches!(sign, '\u{2500}'..='\u{257f}')
    };
    let mut dashes = 0;
    let mut longest = 0;
    for sign in content.chars() {
        if dash(sign) {
            dashes += 1;
            longest = longest.max(dashes);
        } else if sign.is_whitespace() || joint(sign) {
            if dashes == 1 && !matches!(sign, ':') {
                return false;
            }
            dashes = 0;
        } else {
            return false;
        }
    }
    longest >= 2 && dashes != 1
}
