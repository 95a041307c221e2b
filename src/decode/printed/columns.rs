/*!
Columns that nothing but white holds apart.

This module never takes the white of a few lines for a river: of all stretches of a page's lines the one is taken in which
the most lines have the most rivers in common. A line of the title or a letterhead would dam them, and so stays outside.

```text
             План мероприятий            one segment: no line of a table
  1   Проведение сверки   май            wide: several segments
      списков                            narrow: within one column, goes with the table
      Раздел «Кадры»                     over a river, or in the table's middle: a cell over all columns
```
*/

use std::ops::Range;

use super::{Cell, Placed, Printed, Row, Scale, lines};

/// A gap of so many letters parts two segments: a space is half a letter wide, a justified one hardly ever one and a half.
pub(super) const SEGMENT_GAP: f32 = 1.6;

/// A narrower gap is no white that a river could run through.
const RIVER_GAP: f32 = 0.8;

/// So many strips of the page are as wide as a letter.
const STRIPS: f32 = 3.0;

/// One line in so many may dam a river: words over two columns of a heading, a stamp.
const DAMS: usize = 10;

/// So many lines with several segments, and so many rivers through them, are a table.
const LEAST_LINES: usize = 3;
const LEAST_RIVERS: usize = 2;

/// What stands in the middle of the table is off it by so many letters at most.
pub(super) const OFF_MIDDLE: f32 = 3.0;

/// Where at least this share of the segments begins with its column, cells are set from the left.
pub(super) const FLUSH: f32 = 0.7;

/// Lines farther apart than so many heights of a word do not belong together.
const FAR: f32 = 1.2;

/// Where a column lies.
pub(super) type Column = Range<f32>;

/// A table that white holds apart.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its lines.
    pub(super) lines: Range<usize>,
    columns: Vec<Column>,
    /// How many of its lines have several segments.
    wide: usize,
}

/// The columns of a region, in shares of the page's width, and how many lines they were told by.
#[derive(Clone, Debug)]
pub(super) struct Known {
    columns: Vec<Column>,
    wide: usize,
}

/// The words of a line without wide gaps.
struct Segment<'l> {
    words: &'l [Placed],
}

impl Segment<'_> {
    fn left(&self) -> f32 {
        self.words.first().map_or(0.0, |own| own.at.left)
    }

    fn right(&self) -> f32 {
        self.words.iter().map(|own| own.at.right).fold(0.0, f32::max)
    }
}

fn segments(line: &Printed, scale: Scale) -> Vec<Segment<'_>> {
    let apart = |a: &Placed, b: &Placed| b.at.left - a.at.right < SEGMENT_GAP * scale.letter;
    line.chunk_by(apart).map(|words| Segment { words }).collect()
}

/// Where something stands, in strips of the page.
struct Cover<'l> {
    lines: &'l [Printed],
    scale: Scale,
    origin: f32,
    strips: Vec<usize>,
}

impl<'l> Cover<'l> {
    fn new(lines: &'l [Printed], scale: Scale) -> Self {
        let words = || lines.iter().flatten();
        let left = words().map(|own| own.at.left).fold(f32::INFINITY, f32::min);
        let right = words().map(|own| own.at.right).fold(f32::NEG_INFINITY, f32::max);
        let count = ((right - left).max(0.0) / scale.letter * STRIPS) as usize + 2;
        Self { lines, scale, origin: left, strips: vec![0; count.min(MOST_STRIPS)] }
    }

    fn strip(&self, x: f32) -> usize {
        (((x - self.origin) / self.scale.letter * STRIPS) as usize).min(self.strips.len() - 1)
    }

    fn add(&mut self, line: usize) {
        let mut last: Option<f32> = None;
        for word in &self.lines[line] {
            let bridged = last.filter(|right| word.at.left - right < RIVER_GAP * self.scale.letter);
            let from = bridged.map_or(word.at.left, |right| right.min(word.at.left));
            let (from, to) = (self.strip(from), self.strip(word.at.right));
            // A strip in which one word ends and the next begins is counted once.
            let from = if bridged.is_some() { from + 1 } else { from };
            if from <= to {
                self.strips[from..=to].iter_mut().for_each(|count| *count += 1);
            }
            last = Some(last.map_or(word.at.right, |right| right.max(word.at.right)));
        }
    }

    /// The columns between the rivers that no more than `dams` lines cross.
    fn columns(&self, dams: usize) -> Vec<Column> {
        let x = |strip: usize| self.origin + strip as f32 * self.scale.letter / STRIPS;
        let least = (RIVER_GAP * STRIPS) as usize;
        let mut columns: Vec<Range<usize>> = Vec::new();
        for (at, _) in self.strips.iter().enumerate().filter(|(_, count)| **count > dams) {
            match columns.last_mut() {
                Some(last) if at < last.end + least => last.end = at + 1,
                _ => columns.push(at..at + 1),
            }
        }
        columns.into_iter().map(|own| x(own.start)..x(own.end)).collect()
    }
}

/// A page wider than this in strips is read more coarsely at its right edge; no real one is.
const MOST_STRIPS: usize = 20_000;

/// A page with more lines is not looked at for columns here: no real one has them, and looking takes the square of it.
const MOST_LINES: usize = 500;

/// The tables of a page, top to bottom.
pub(super) fn regions(all: &[Printed], scale: Scale) -> Vec<Region> {
    if all.len() > MOST_LINES {
        return Vec::new();
    }
    let wide: Vec<bool> = all.iter().map(|line| segments(line, scale).len() >= 2).collect();
    let mut found = Vec::new();
    search(all, &wide, 0..all.len(), scale, &mut found);
    found.sort_by_key(|region| region.lines.start);
    found
}

fn search(all: &[Printed], wide: &[bool], range: Range<usize>, scale: Scale, found: &mut Vec<Region>) {
    let Some(mut region) = best(all, wide, range.clone(), scale) else { return };
    region.widen(all, &range, scale);
    let (above, below) = (range.start..region.lines.start, region.lines.end..range.end);
    region.add_headed(all, scale);
    found.push(region);
    search(all, wide, above, scale, found);
    search(all, wide, below, scale, found);
}

/// The lines of `range` in which the most lines have the most rivers.
fn best(all: &[Printed], wide: &[bool], range: Range<usize>, scale: Scale) -> Option<Region> {
    let own: Vec<usize> = range.filter(|&line| wide[line]).collect();
    let mut best: Option<(usize, Region)> = None;
    for first in 0..own.len() {
        let mut cover = Cover::new(all, scale);
        for (last, &line) in own.iter().enumerate().skip(first) {
            cover.add(line);
            let count = last - first + 1;
            if count < LEAST_LINES {
                continue;
            }
            let columns = cover.columns(count / DAMS);
            let rivers = columns.len().saturating_sub(1);
            let score = count * rivers;
            if rivers >= LEAST_RIVERS && best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, Region { lines: own[first]..line + 1, columns, wide: count }));
            }
        }
    }
    best.map(|(_, region)| region)
}

/// The column in which `x` lies, or the nearest.
fn column_at(columns: &[Column], x: f32) -> usize {
    let borders = columns.windows(2).map(|pair| (pair[0].end + pair[1].start) / 2.0);
    borders.take_while(|&border| x >= border).count()
}

/// The columns over which `from..to` stands; none where it stands in the white between two.
fn over(columns: &[Column], from: f32, to: f32) -> Option<Range<usize>> {
    let own = |column: &&Column| from < column.end && column.start < to;
    let first = columns.iter().position(|column| own(&column))?;
    Some(first..first + columns[first..].iter().take_while(own).count())
}

impl Region {
    /// Takes in the lines above and below that stand near and within one column.
    fn widen(&mut self, all: &[Printed], limit: &Range<usize>, scale: Scale) {
        let fits = |line: &Printed, columns: &[Column]| {
            let (left, right) = (line.first(), line.last());
            let (Some(left), Some(right)) = (left, right) else { return false };
            let inside = right.at.right > columns[0].start && left.at.left < columns[columns.len() - 1].end;
            inside && over(columns, left.at.left, right.at.right).is_some_and(|own| own.len() == 1)
        };
        let near =
            |upper: &Printed, lower: &Printed| lines::top(lower) - lines::bottom(upper) < FAR * scale.height;
        while self.lines.start > limit.start
            && near(&all[self.lines.start - 1], &all[self.lines.start])
            && fits(&all[self.lines.start - 1], &self.columns)
        {
            self.lines.start -= 1;
        }
        while self.lines.end < limit.end
            && near(&all[self.lines.end - 1], &all[self.lines.end])
            && fits(&all[self.lines.end], &self.columns)
        {
            self.lines.end += 1;
        }
    }

    /// Columns in which so few words stand that they were taken for dams: a heading over nothing.
    fn add_headed(&mut self, all: &[Printed], scale: Scale) {
        let gap = RIVER_GAP * scale.letter;
        for line in &all[self.lines.clone()] {
            let own = segments(line, scale);
            for segment in own.iter().filter(|_| own.len() >= 2) {
                let (left, right) = (segment.left(), segment.right());
                let free =
                    self.columns.iter().all(|column| right + gap < column.start || column.end + gap < left);
                if free {
                    let at = self.columns.partition_point(|column| column.end < left);
                    self.columns.insert(at, left..right);
                }
            }
        }
    }

    pub(super) fn known(&self, width: f32) -> Known {
        let share = |column: &Column| column.start / width.max(1.0)..column.end / width.max(1.0);
        Known { columns: self.columns.iter().map(share).collect(), wide: self.wide }
    }

    /// Its columns; those of the region with the most lines, where it has lost some of them.
    pub(super) fn settled(&self, known: &[Known], width: f32) -> Vec<Column> {
        let scaled = |own: &Known| -> Vec<Column> {
            own.columns.iter().map(|column| column.start * width..column.end * width).collect()
        };
        let fullest = known.iter().max_by_key(|own| (own.wide, own.columns.len())).map(scaled);
        let lost = |full: &Vec<Column>| {
            // Every river of its own is one of the other's.
            let own = self.columns.windows(2).map(|pair| pair[0].end..pair[1].start);
            let theirs: Vec<Column> = full.windows(2).map(|pair| pair[0].end..pair[1].start).collect();
            let mut common = own
                .map(|river| theirs.iter().any(|other| river.start < other.end && other.start < river.end));
            full.len() > self.columns.len() && common.all(|same| same)
        };
        fullest.filter(lost).unwrap_or_else(|| self.columns.clone())
    }
}

/// The lines of a table, each with the words of its `columns` as cells.
pub(super) fn rows(all: &[Printed], columns: &[Column], scale: Scale) -> Vec<(f32, Row)> {
    let flush = is_flush(all, columns, scale);
    let row = |line: &Printed| {
        let own = segments(line, scale);
        let cells = match own.as_slice() {
            [only] if is_title(only, columns, flush, scale) => {
                vec![Cell { column: 0, span: columns.len(), continued: false, lines: vec![line.clone()] }]
            }
            several => several.iter().flat_map(|segment| parts(segment, columns)).fold(Vec::new(), joined),
        };
        (lines::middle(line), Row::Cells { cells, columns: columns.len(), whole: false })
    };
    all.iter().map(row).collect()
}

/// Takes a cell; two of one column are one.
fn joined(mut cells: Vec<Cell>, cell: Cell) -> Vec<Cell> {
    match cells.last_mut() {
        Some(last) if cell.column < last.column + last.span => {
            let words = cell.lines.into_iter().flatten();
            if let Some(line) = last.lines.first_mut() {
                line.extend(words);
            }
        }
        _ => cells.push(cell),
    }
    cells
}

/// True where most segments begin where their columns do.
fn is_flush(all: &[Printed], columns: &[Column], scale: Scale) -> bool {
    let (mut flush, mut count) = (0, 0);
    for line in all {
        let own = segments(line, scale);
        for segment in own.iter().filter(|_| own.len() >= 2) {
            count += 1;
            flush += usize::from(begins_column(segment, columns, scale));
        }
    }
    flush as f32 >= FLUSH * count as f32
}

fn begins_column(segment: &Segment, columns: &[Column], scale: Scale) -> bool {
    columns.iter().any(|column| (column.start - segment.left()).abs() <= scale.letter)
}

/// True for a line over all columns: it crosses a river, or stands in the middle of the table and not in a column's place.
fn is_title(only: &Segment, columns: &[Column], flush: bool, scale: Scale) -> bool {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return false };
    if over(columns, only.left(), only.right()).is_some_and(|own| own.len() > 1) {
        return true;
    }
    let off = (only.left() + only.right() - first.start - last.end).abs() / 2.0;
    flush && off <= OFF_MIDDLE * scale.letter && !begins_column(only, columns, scale)
}

/// A segment as cells. One that stands in one column, and perhaps in the white beside it, is its cell; one over several is cut
/// where a river runs between two of its words, and is whole where a word stands over the river.
fn parts(segment: &Segment, columns: &[Column]) -> Vec<Cell> {
    let cell = |columns: Range<usize>, words: &[Placed]| Cell {
        column: columns.start,
        span: columns.len(),
        continued: false,
        lines: vec![words.to_vec()],
    };
    let words = segment.words.iter();
    let mut touched: Vec<Range<usize>> =
        words.filter_map(|word| over(columns, word.at.left, word.at.right)).collect();
    touched.dedup();
    let nearest = |word: &Placed| column_at(columns, word.at.middle_x());
    match touched.as_slice() {
        [] => {
            let middle = (segment.left() + segment.right()) / 2.0;
            let own = column_at(columns, middle);
            vec![cell(own..own + 1, segment.words)]
        }
        [only] => vec![cell(only.clone(), segment.words)],
        [first, .., last] if touched.iter().any(|own| own.len() > 1) => {
            vec![cell(first.start..last.end, segment.words)]
        }
        _ => segment
            .words
            .chunk_by(|a, b| nearest(a) == nearest(b))
            .map(|words| cell(nearest(&words[0])..nearest(&words[0]) + 1, words))
            .collect(),
    }
}
