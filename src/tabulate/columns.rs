/*!
Columns that are held apart by spaces, as `pdftotext -layout` prints them.

This module never reads a word: a character's column is its x. Where the columns are is found by `rivers` or, where cells run
into their neighbours, by `starts`; or a line of dashes under the heading draws it:

```text
x  0         1         2         3         4         5         6         7
   1     Проведение заседаний межведомственной   ежемесячно в период  межведомственная
         комиссии по вопросам подготовки         с марта по сентябрь  комиссия
   ^^^   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^   ^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^
```

Every page is measured by itself: columns start a little differently on each.
*/

use std::ops::Range;

use super::grid_line::{GridKind, GridLine};
use super::heading::{MOST_COLUMNS, is_column_numbers};
use super::strip::Strip;
use super::{rivers, starts};
use crate::normalise::Separator;
use crate::text::{How, Text};

/// Two spaces and more part two cells; one space parts two words.
pub(super) const CELL_GAP: usize = 2;

/// At least so large a share of the cells begins where its column does, where cells are set from the left.
const FLUSH_SHARE: f64 = 0.7;

/// A title in the middle of the table is so many characters off it at most.
const OFF_MIDDLE: usize = 6;

/// A heading's words stand at the same place if they are so many characters apart.
const SAME_PLACE: usize = 3;

/// Under a section's title its first row stands within so many lines, empty ones counted.
const NEXT_LINE: usize = 10;

/// At least this share of the lines, one in so many, has a gap inside where text is set in columns.
const GAPPED_SHARE: usize = 3;

/// A line of more cells than this is no row: the rest is one cell.
const MOST_SEGMENTS: usize = MOST_COLUMNS;

/// A stretch of a line without wide gaps, with its x.
pub(super) struct Segment {
    pub(super) bytes: Range<usize>,
    /// From its first to its last character.
    pub(super) x: Range<usize>,
    /// Its words: their bytes, their x.
    pub(super) words: Vec<(Range<usize>, Range<usize>)>,
}

/// True if `strips` are set in columns that spaces hold apart.
pub(super) fn are_columns(strips: &[Strip]) -> bool {
    let texts: Vec<usize> = strips
        .iter()
        .filter(|strip| !strip.is_blank() && strip.separator() == Separator::None)
        .map(|strip| {
            let segments = segments(&strip.cells()[0]);
            let indented = segments.first().is_some_and(|first| first.x.start >= 8);
            segments.len() + usize::from(indented)
        })
        .collect();
    let gapped = texts.iter().filter(|&&segments| segments >= 2).count();
    texts.len() >= 2 && gapped * GAPPED_SHARE >= texts.len()
}

/// `strips` as lines of cells; `count` is how many columns there are, where that is known.
///
/// The first `head` lines are the heading, one at least.
pub(super) fn grid(strips: &[Strip], head: usize, count: Option<usize>) -> Vec<GridLine> {
    told_grid(strips, head, count, &[]).0
}

/// True if the heading that begins with `next` stands at other places than `first`.
pub(super) fn moved(first: &Strip, next: &Strip) -> bool {
    let (first, next) = (segments(&first.text()), segments(&next.text()));
    let near =
        |own: &&Segment| first.iter().any(|segment| segment.x.start.abs_diff(own.x.start) <= SAME_PLACE);
    next.iter().filter(near).count() * 2 < next.len()
}

/// As [`grid`], with a sentence for each page about where its columns are; `repeated` are the lines with which the heading
/// comes again. Where it stands elsewhere then, a page begins that no mark parts.
pub(super) fn told_grid(
    strips: &[Strip],
    head: usize,
    count: Option<usize>,
    repeated: &[usize],
) -> (Vec<GridLine>, Vec<String>) {
    let mut pages: Vec<Page> = Vec::new();
    let mut start = 0;
    while start < strips.len() {
        let page = strips[start].page;
        let again = |at: usize| repeated.binary_search(&at).is_ok() && moved(&strips[start], &strips[at]);
        let same = (start + 1..strips.len()).take_while(|&at| strips[at].page == page && !again(at));
        let same = 1 + same.count();
        // Later pages repeat the heading, mostly.
        pages.push(Page::of(&strips[start..start + same], head, count));
        start += same;
    }
    // A page that lost a column is read by the columns of the page nearest to it that has them all.
    let whole: Vec<usize> = (0..pages.len()).filter(|&nth| Some(pages[nth].columns.len()) == count).collect();
    let mut said = Vec::with_capacity(pages.len());
    for nth in 0..pages.len() {
        said.extend((!pages[nth].columns.is_empty()).then(|| pages[nth].said(nth)));
        let nothing = pages[nth].columns.is_empty();
        let behind = whole.partition_point(|&own| own < nth);
        let around = whole[behind.saturating_sub(1)..].iter().take(2);
        let nearest = around.min_by_key(|&&own| own.abs_diff(nth));
        if let Some(&nearest) = nearest.filter(|&&own| own != nth && !whole.contains(&nth)) {
            (pages[nth].columns, pages[nth].told) = (pages[nearest].columns.clone(), pages[nearest].told);
            if let Some(last) = said.last_mut().filter(|_| !nothing) {
                *last = format!("page {}: other columns; read by those of page {}", nth + 1, nearest + 1);
            }
        }
    }
    let mut lines = Vec::with_capacity(strips.len());
    let last = pages.len().saturating_sub(1);
    for (nth, page) in pages.iter().enumerate() {
        let mut on_page = page.lines();
        // The end of the page stands in the place of its last line's end.
        if nth < last
            && let Some(end) = on_page.last_mut()
            && end.kind == GridKind::Blank
        {
            end.kind = GridKind::PageEnd;
        }
        lines.append(&mut on_page);
    }
    (lines, said)
}

/// A page and where its columns are.
struct Page<'p> {
    strips: &'p [Strip<'p>],
    segments: Vec<Vec<Segment>>,
    columns: Vec<Range<usize>>,
    told: Told,
}

/// What says where the columns of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// A drawn line.
    Drawn,
    /// The white between them.
    Rivers,
    /// Where cells begin.
    Starts,
}

impl<'p> Page<'p> {
    fn of(strips: &'p [Strip<'p>], head: usize, count: Option<usize>) -> Self {
        let read = |strip: &Strip| {
            if strip.is_blank() || strip.is_rule() { Vec::new() } else { segments(&strip.text()) }
        };
        let segments: Vec<Vec<Segment>> = strips.iter().map(read).collect();
        if let Some(columns) = strips.iter().find_map(dashes) {
            return Self { strips, segments, columns, told: Told::Drawn };
        }
        let (top, body) = segments.split_at(head.min(segments.len()));
        let numbers =
            |line: &[Segment], strip: &Strip| line.len() >= 3 && is_column_numbers(&[strip.text().as_str()]);
        let lines: Vec<&[Segment]> = body
            .iter()
            .zip(&strips[top.len()..])
            .filter(|(line, strip)| !numbers(line, strip))
            .map(|(line, _)| line.as_slice())
            .collect();
        let rivers = at_most(MOST_COLUMNS, starts::with_heading(rivers::stretches(&lines), top));
        let starts = starts::stretches(&lines, &rivers, count);
        let starts = starts.map(|starts| at_most(MOST_COLUMNS, starts::with_heading(starts, top)));
        let better = |starts: &Vec<Range<usize>>| {
            let narrow = rivers.windows(2).any(|pair| pair[1].start < pair[0].end + CELL_GAP);
            match count {
                Some(count) if rivers.len() == count => starts.len() == count && narrow,
                Some(count) => starts.len() == count || starts.len() > rivers.len(),
                None => starts.len() > rivers.len(),
            }
        };
        match starts.filter(better) {
            Some(columns) => Self { strips, segments, columns, told: Told::Starts },
            None => Self { strips, segments, columns: rivers, told: Told::Rivers },
        }
    }

    /// Where the columns of page number `nth` are, and what says so.
    fn said(&self, nth: usize) -> String {
        let told = match self.told {
            Told::Drawn => "drawn by a line of dashes",
            Told::Rivers => "told by the white between them",
            Told::Starts => "told by where cells begin",
        };
        let places: Vec<String> = self.columns.iter().map(|column| column.start.to_string()).collect();
        format!("page {}: columns begin at {}, {told}", nth + 1, places.join(", "))
    }

    fn lines(&self) -> Vec<GridLine> {
        let flush = self.is_flush();
        let line = |(at, (strip, segments)): (usize, (&Strip, &Vec<Segment>))| {
            let kind = if strip.is_rule() {
                GridKind::Rule
            } else if strip.is_blank() {
                GridKind::Blank
            } else if is_page_number(strip) {
                GridKind::Plain
            } else if flush && self.is_centred(segments) || self.stands_across(at) {
                GridKind::Title
            } else {
                GridKind::Row
            };
            let cells = if matches!(kind, GridKind::Row | GridKind::Title) {
                cells(&strip.text(), segments, &self.columns, self.told)
            } else {
                vec![strip.text()]
            };
            GridLine { cells, kind, separator: Separator::None, merges: Vec::new() }
        };
        self.strips.iter().zip(&self.segments).enumerate().map(line).collect()
    }

    fn begins_column(&self, segment: &Segment) -> bool {
        self.columns.iter().any(|column| column.start.abs_diff(segment.x.start) <= 1)
    }

    /// True where most cells are set from the left of their columns.
    fn is_flush(&self) -> bool {
        let rows = self.segments.iter().filter(|segments| segments.len() >= 2);
        let all: Vec<&Segment> = rows.flatten().collect();
        let left = all.iter().filter(|segment| self.begins_column(segment)).count();
        self.told != Told::Drawn && self.columns.len() >= 3 && left as f64 >= FLUSH_SHARE * all.len() as f64
    }

    /// True for a line in the middle of the table, from the left of no column: a section's title.
    fn is_centred(&self, segments: &[Segment]) -> bool {
        let [only] = segments else { return false };
        self.is_in_middle(only) && !self.begins_column(only)
    }

    fn is_in_middle(&self, segment: &Segment) -> bool {
        let (Some(first), Some(last)) = (self.columns.first(), self.columns.last()) else { return false };
        let middle = (first.start + last.end) / 2;
        let own = (segment.x.start + segment.x.end) / 2;
        own.abs_diff(middle) <= OFF_MIDDLE
    }

    /// True for a line in the middle of the table that reaches out of every column, over a line that begins in the first: a
    /// section's title, though cells may be set in the middle of their columns, too.
    fn stands_across(&self, at: usize) -> bool {
        let [only] = self.segments[at].as_slice() else { return false };
        let [first, second, _, ..] = self.columns.as_slice() else { return false };
        let within = |column: &Range<usize>| {
            column.start <= only.x.start + CELL_GAP && only.x.end <= column.end + CELL_GAP
        };
        let out = || !self.columns.iter().any(within);
        let next = || self.segments[at + 1..].iter().take(NEXT_LINE).find(|segments| !segments.is_empty());
        let row = |segments: &Vec<Segment>| {
            segments.len() >= 2
                && first.start <= segments[0].x.start + CELL_GAP
                && segments[0].x.end <= second.start
        };
        self.told == Told::Rivers && self.is_in_middle(only) && out() && next().is_some_and(row)
    }
}

/// `columns`, the last `most` and all behind it as one.
fn at_most(most: usize, mut columns: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let end = columns.last().map_or(0, |last| last.end);
    columns.truncate(most);
    if let Some(last) = columns.last_mut() {
        last.end = last.end.max(end);
    }
    columns
}

/// The columns that a line of dashes draws: «----- ------------ ------».
fn dashes(strip: &Strip) -> Option<Vec<Range<usize>>> {
    if !strip.is_rule() {
        return None;
    }
    let text = strip.text();
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (x, sign) in text.as_str().chars().enumerate() {
        match columns.last_mut() {
            _ if sign.is_whitespace() => {}
            Some(last) if last.end == x => last.end = x + 1,
            _ => columns.push(x..x + 1),
        }
    }
    (columns.len() >= 3).then(|| at_most(MOST_COLUMNS, columns))
}

/// A number that stands alone, far from the left: no row begins so.
fn is_page_number(strip: &Strip) -> bool {
    let text = strip.text();
    let indent = text.len() - text.as_str().trim_start().len();
    let string = text.as_str().trim();
    indent >= 12
        && !string.is_empty()
        && string.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '–' | ' '))
}

/// The line's segments put into `columns`; `told` is how those were found.
fn cells(text: &Text, segments: &[Segment], columns: &[Range<usize>], told: Told) -> Vec<Text> {
    let mut cells = vec![Text::default(); columns.len().max(1)];
    let parts = match told {
        Told::Starts => starts::parts(segments, columns),
        Told::Drawn => drawn_parts(segments, columns),
        Told::Rivers => segments.iter().flat_map(|segment| river_parts(segment, segments, columns)).collect(),
    };
    for (bytes, column) in parts {
        let part = text.slice(bytes);
        if cells[column].is_empty() { cells[column] = part } else { cells[column].append_spaced(&part) }
    }
    cells
}

/// Every word in the column that is drawn over it.
fn drawn_parts(segments: &[Segment], columns: &[Range<usize>]) -> Vec<(Range<usize>, usize)> {
    let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
    for (bytes, x) in segments.iter().flat_map(|segment| &segment.words) {
        let column = columns.iter().rposition(|column| column.start <= x.start).unwrap_or(0);
        match parts.last_mut() {
            Some(last) if last.1 == column => last.0.end = bytes.end,
            _ => parts.push((bytes.clone(), column)),
        }
    }
    parts
}

/// A segment in the column that it overlaps most. One that begins with a column, or stands beside others, may hold several
/// cells that a single space parts: it is cut where a column begins with one of its words.
fn river_parts(segment: &Segment, line: &[Segment], columns: &[Range<usize>]) -> Vec<(Range<usize>, usize)> {
    let best = |x: &Range<usize>| {
        let overlap = |column: &Range<usize>| column.end.min(x.end).saturating_sub(column.start.max(x.start));
        let distance = |column: &Range<usize>| {
            column.start.saturating_sub(x.end).max(x.start.saturating_sub(column.end))
        };
        (0..columns.len())
            .min_by_key(|&at| (std::cmp::Reverse(overlap(&columns[at])), distance(&columns[at])))
            .unwrap_or(0)
    };
    let begins = columns.iter().any(|column| column.start.abs_diff(segment.x.start) <= 1);
    if !begins && line.len() == 1 {
        return vec![(segment.bytes.clone(), best(&segment.x))];
    }
    let mut parts: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (bytes, x) in &segment.words {
        let cut = columns.iter().skip(1).any(|column| {
            let inside = parts.last().is_some_and(|last| last.1.start + 1 < column.start);
            column.start.abs_diff(x.start) <= 1 && inside
        });
        match parts.last_mut() {
            Some(last) if !cut => (last.0.end, last.1.end) = (bytes.end, x.end),
            _ => parts.push((bytes.clone(), x.clone())),
        }
    }
    parts.into_iter().map(|(bytes, x)| (bytes, best(&x))).collect()
}

pub(super) fn segments(text: &Text) -> Vec<Segment> {
    let string = text.as_str();
    let xs = positions(text);
    let mut segments: Vec<Segment> = Vec::new();
    let mut count = 0;
    for word in string.split_whitespace() {
        let start = word.as_ptr() as usize - string.as_ptr() as usize;
        let bytes = start..start + word.len();
        let x = xs[bytes.start]..xs[bytes.end];
        match segments.last_mut() {
            Some(last) if x.start < last.x.end + CELL_GAP || count == MOST_SEGMENTS => {
                last.bytes.end = bytes.end;
                last.x.end = x.end;
                last.words.push((bytes, x));
            }
            _ => {
                count += 1;
                segments.push(Segment { bytes: bytes.clone(), x: x.clone(), words: vec![(bytes, x)] });
            }
        }
    }
    segments
}

/// The x of every byte of `text`, in characters of the source: a repair does not move what stands behind it.
fn positions(text: &Text) -> Vec<usize> {
    let mut xs = vec![0; text.len() + 1];
    let (mut at, mut x) = (0, 0);
    for piece in text.pieces() {
        let end = at + piece.len as usize;
        let string = &text.as_str()[at..end];
        if matches!(piece.how, How::Rewritten { .. }) {
            xs[at..end].fill(x);
            // White as wide as the mark that stood there. Russian letters take two bytes, marks one; what else may stand
            // there is too little to matter.
            let letters = string.chars().any(char::is_alphabetic);
            let bytes = piece.span.len() as usize;
            let white = !string.is_empty() && string.trim().is_empty() && bytes <= 3 * string.len();
            x += if white {
                string.len()
            } else if letters {
                bytes.div_ceil(2)
            } else {
                bytes
            };
        } else {
            for (offset, letter) in string.char_indices() {
                xs[at + offset..at + offset + letter.len_utf8()].fill(x);
                x += 1;
            }
        }
        at = end;
        xs[at] = x;
    }
    xs
}
