/*!
The decoded string of pages of words, and where each word of it stands.

This module never writes a letter that no word has: between words it puts spaces, between cells a tab, between the printed
lines of a cell a vertical tab, between lines a line end, between pages a form feed.
*/

use std::collections::BTreeMap;

use super::{Cell, Printed, Row, Scale, lines, median, rows, straighten};
use crate::decode::layout::Lines;
use crate::decode::words::Sheet;
use crate::decode::{Breaks, CELL_LINE, LineKind, Merge, Separator, SourceLine, SourceWord, pages};
use crate::text::{LineIndex, Span};

/// Lines farther apart than so many usual distances have an empty line between them.
const APART: f32 = 1.5;

/// The widest gap that is drawn, in letters.
const WIDEST: usize = 200;

/// Pages as one string.
#[derive(Debug)]
pub(in crate::decode) struct Composed {
    /// The string with its lines and pages.
    pub(in crate::decode) lines: Lines,
    /// Its words, in the order of the string.
    pub(in crate::decode) words: Vec<SourceWord>,
}

/// What is known of a line besides its words.
enum Known {
    Ruling,
    Aside,
    Cells { cells: Vec<Span>, merges: Vec<Merge>, separator: Separator },
}

/// Puts the words of `sheets` into lines with cells.
pub(in crate::decode) fn compose(sheets: &[Sheet]) -> Composed {
    let mut writer =
        Writer { sheets, page: 0, string: String::new(), line: 0, known: BTreeMap::new(), words: Vec::new() };
    for (page, rows) in rows(sheets).iter().enumerate() {
        writer.page(page, rows);
    }
    let Writer { string, mut known, words, .. } = writer;
    let index = LineIndex::new(&string);
    let own = |line: usize, span: Span| {
        Some(match known.remove(&line)? {
            Known::Ruling => whole(span, LineKind::Rule),
            Known::Aside => whole(span, LineKind::Aside),
            Known::Cells { cells, merges, separator } => {
                let kind =
                    if cells.iter().all(|cell| cell.is_empty()) { LineKind::Blank } else { LineKind::Text };
                SourceLine { span, kind, separator, cells, merges }
            }
        })
    };
    let pages = pages(&string, &index, own);
    Composed { lines: Lines { string, index, pages, breaks: Breaks::default() }, words }
}

/// A line that nothing parts.
fn whole(span: Span, kind: LineKind) -> SourceLine {
    SourceLine { span, kind, separator: Separator::None, cells: vec![span], merges: Vec::new() }
}

struct Writer<'s> {
    sheets: &'s [Sheet],
    page: usize,
    string: String,
    /// The number of the line that is being written.
    line: usize,
    known: BTreeMap<usize, Known>,
    words: Vec<SourceWord>,
}

impl Writer<'_> {
    fn at(&self) -> u32 {
        self.string.len() as u32
    }

    fn page(&mut self, page: usize, rows: &[Row]) {
        if page > 0 {
            // The last line of a page ends with it.
            if self.string.ends_with('\n') {
                self.string.pop();
            } else {
                self.line += 1;
            }
            self.string.push('\x0c');
        }
        self.page = page;
        let sheet = &self.sheets[page];
        let (placed, _) = straighten::straighten(sheet);
        let scale = Scale::of(sheet, &placed);
        let margin = placed.iter().map(|own| own.at.left).fold(f32::INFINITY, f32::min);
        let pitch = pitch(rows);
        let mut above: Option<f32> = None;
        for row in rows {
            let middle = middle(row);
            if matches!((above, middle), (Some(above), Some(own)) if own - above > APART * pitch) {
                self.end_line();
            }
            above = middle.or(above);
            match row {
                Row::Plain(words) => self.spaced(words, margin, scale),
                Row::Ruling => {
                    self.known.insert(self.line, Known::Ruling);
                }
                Row::Aside(words) => {
                    self.known.insert(self.line, Known::Aside);
                    self.words(words);
                }
                Row::Cells { cells, columns, whole } => self.row(cells, *columns, *whole),
            }
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.string.push('\n');
        self.line += 1;
    }

    fn row(&mut self, all: &[Cell], columns: usize, whole: bool) {
        let (mut cells, mut merges) = (Vec::with_capacity(columns), Vec::with_capacity(columns));
        for column in 0..columns {
            let cell = all.iter().find(|cell| (cell.column..cell.column + cell.span).contains(&column));
            let merge = match cell {
                Some(cell) if cell.continued => Merge::Above,
                Some(cell) if cell.column < column => Merge::Left,
                _ => Merge::Own,
            };
            if column > 0 && merge != Merge::Left {
                self.string.push('\t');
            }
            let start = self.at();
            let own = cell.filter(|cell| cell.column == column);
            for (nth, line) in own.into_iter().flat_map(|cell| &cell.lines).enumerate() {
                if nth > 0 {
                    self.string.push(CELL_LINE);
                }
                self.words(line);
            }
            cells.push(Span::new(start, self.at()));
            merges.push(merge);
        }
        let separator = if whole { Separator::Given } else { Separator::Placed };
        self.known.insert(self.line, Known::Cells { cells, merges, separator });
    }

    fn words(&mut self, line: &Printed) {
        for (nth, own) in line.iter().enumerate() {
            if nth > 0 {
                self.string.push(' ');
            }
            self.word(own.word);
        }
    }

    /// Words with as many spaces between them as fit there.
    fn spaced(&mut self, line: &Printed, margin: f32, scale: Option<Scale>) {
        let letter = scale.map_or(1.0, |scale| scale.letter);
        let mut x = margin;
        for (nth, own) in line.iter().enumerate() {
            let gap = ((own.at.left - x) / letter).round().max(0.0) as usize;
            let gap = gap.clamp(usize::from(nth > 0), WIDEST);
            self.string.extend(std::iter::repeat_n(' ', gap));
            self.word(own.word);
            x = own.at.right;
        }
    }

    fn word(&mut self, word: usize) {
        let own = &self.sheets[self.page].words[word];
        let start = self.at();
        self.string.push_str(&own.text);
        let span = Span::new(start, self.at());
        let (bounds, confidence) = (self.sheets[self.page].original(&own.bounds), own.confidence);
        self.words.push(SourceWord { span, page: self.page, bounds, confidence });
    }
}

/// Where the middle of a printed line lies; none for whole rows and rulings.
fn middle(row: &Row) -> Option<f32> {
    match row {
        Row::Plain(words) => Some(lines::middle(words)),
        Row::Cells { cells, whole: false, .. } => {
            let words: Printed = cells.iter().flat_map(|cell| cell.lines.iter().flatten().copied()).collect();
            Some(lines::middle(&words))
        }
        Row::Cells { .. } | Row::Ruling | Row::Aside(_) => None,
    }
}

/// The usual distance from one line to the next.
fn pitch(rows: &[Row]) -> f32 {
    let middles: Vec<f32> = rows.iter().filter_map(middle).collect();
    let mut steps: Vec<f32> = middles.windows(2).map(|pair| pair[1] - pair[0]).collect();
    median(&mut steps).unwrap_or(f32::INFINITY)
}
