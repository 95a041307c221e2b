/*!
Tables with drawn lines: where the lines cross are the corners of cells.

This module never invents a border. Where a stretch of the grid is not drawn, the two cells on its sides are one:

```text
┌───┬───────────────┐
│   │     Срок      │    no line under «Срок» on the left, none through its middle: cells over rows and columns
│ № ├───────┬───────┤
│   │ с     │ по    │
└───┴───────┴───────┘
```
*/

use super::columns::FLUSH;
use super::titles::{self, Frame};
use super::{Bounds, Cell, Placed, Printed, Row, Rulings, Scale, lines};
use crate::decode::words::{Ruling, Sheet};

/// Rulings nearer than this share of a word's height are one, and touch.
const NEAR: f32 = 0.5;

/// A border is drawn if at least this share of it is.
const DRAWN: f32 = 0.6;

/// A table with drawn cells.
#[derive(Debug)]
pub(super) struct Table {
    /// The borders between columns, and between rows, with the outer ones.
    xs: Vec<f32>,
    ys: Vec<f32>,
    cells: Vec<Drawn>,
}

/// A cell of the grid with its words.
#[derive(Debug)]
struct Drawn {
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
    words: Vec<Placed>,
}

/// The tables that `rulings` draw with the words in their cells, the words beside them, and the rulings that draw none.
pub(super) fn tables(
    placed: Vec<Placed>,
    rulings: &Rulings,
    scale: Scale,
) -> (Vec<Table>, Vec<Placed>, Rulings) {
    let near = NEAR * scale.height;
    let mut tables = Vec::new();
    let mut unused = Vec::new();
    for group in groups(rulings, near) {
        match Table::of(&group, near) {
            Some(table) => tables.push(table),
            None => unused.extend(group),
        }
    }
    let mut beside = Vec::new();
    for word in placed {
        let inside = tables.iter_mut().find_map(|table| table.cell_at(word.at));
        match inside {
            Some(cell) => cell.words.push(word),
            None => beside.push(word),
        }
    }
    // A frame around a page or a stamp is no table.
    let (kept, frames): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(Table::is_table);
    beside.extend(frames.into_iter().flat_map(|table| table.cells).flat_map(|cell| cell.words));
    (kept, beside, unused)
}

/// The cells of every grid that `rulings` draw; those nearer than `near` are one.
pub(in crate::decode) fn frames(rulings: &[Ruling], near: f32) -> Vec<Bounds> {
    let tables = groups(rulings, near).into_iter().filter_map(|group| Table::of(&group, near));
    tables
        .flat_map(|table| table.cells.iter().map(|cell| table.bounds(cell)).collect::<Vec<Bounds>>())
        .collect()
}

/// A page with more rulings is hatched, or drawn to cost time; a dense table has two hundred.
const MOST_RULINGS: usize = 4000;

/// A grid of more cells is no table of words.
const MOST_CELLS: usize = 10_000;

/// Rulings that touch or cross, directly or over others.
fn groups(rulings: &[Ruling], near: f32) -> Vec<Rulings> {
    if rulings.len() > MOST_RULINGS {
        return vec![rulings.to_vec()];
    }
    let mut group: Vec<usize> = (0..rulings.len()).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for one in 0..rulings.len() {
        for other in one + 1..rulings.len() {
            let (a, b) = (rulings[one].bounds, rulings[other].bounds);
            let apart = a.left > b.right + near
                || b.left > a.right + near
                || a.top > b.bottom + near
                || b.top > a.bottom + near;
            if !apart {
                let (from, to) = (root(&mut group, one), root(&mut group, other));
                group[from] = to;
            }
        }
    }
    let mut groups: Vec<(usize, Rulings)> = Vec::new();
    for (at, ruling) in rulings.iter().enumerate() {
        let own = root(&mut group, at);
        match groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, members)) => members.push(*ruling),
            None => groups.push((own, vec![*ruling])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// `values` with those nearer than `near` as one, their middle.
fn clusters(mut values: Vec<f32>, near: f32) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut clusters: Vec<Vec<f32>> = Vec::new();
    for value in values {
        match clusters.last_mut() {
            Some(last) if last.last().is_some_and(|own| value - own < near) => last.push(value),
            _ => clusters.push(vec![value]),
        }
    }
    clusters.iter().map(|own| own.iter().sum::<f32>() / own.len() as f32).collect()
}

/// So many lines have to end where an outer border is that is not drawn: one may be the stroke of a pen.
const LEAST_ENDS: usize = 2;

/// Where the outer lines are not drawn, the ends of the others stand for them.
fn ends(lines: impl Iterator<Item = (f32, f32)>, near: f32) -> [f32; 2] {
    let (mut starts, mut ends): (Vec<f32>, Vec<f32>) = lines.unzip();
    starts.sort_by(f32::total_cmp);
    ends.sort_by(|a, b| b.total_cmp(a));
    let outer = |own: &[f32]| {
        let shared = own.windows(LEAST_ENDS).find(|ends| (ends[0] - ends[LEAST_ENDS - 1]).abs() < near);
        shared.map_or_else(|| own.first().copied().unwrap_or(0.0), |ends| ends[0])
    };
    [outer(&starts), outer(&ends)]
}

/// Those of `borders` that `drawn` says are; the outer ones are.
fn chosen(borders: &[f32], drawn: &[bool]) -> Vec<f32> {
    borders.iter().zip(drawn).filter(|(_, drawn)| **drawn).map(|(border, _)| *border).collect()
}

impl Table {
    /// The grid of `rulings`; none where they cross too seldom.
    fn of(rulings: &[Ruling], near: f32) -> Option<Self> {
        let (lying, standing): (Vec<&Ruling>, Vec<&Ruling>) =
            rulings.iter().partition(|own| own.is_horizontal());
        if lying.len() < 2 || standing.len() < 2 || rulings.len() > MOST_RULINGS {
            return None;
        }
        let mut xs: Vec<f32> = standing.iter().map(|own| own.bounds.middle_x()).collect();
        xs.extend(ends(lying.iter().map(|own| (own.bounds.left, own.bounds.right)), near));
        let mut ys: Vec<f32> = lying.iter().map(|own| own.bounds.middle_y()).collect();
        ys.extend(ends(standing.iter().map(|own| (own.bounds.top, own.bounds.bottom)), near));
        let (mut xs, mut ys) = (clusters(xs, near), clusters(ys, near));
        if xs.len() * ys.len() > MOST_CELLS {
            return None;
        }
        // What is left of a stamp's or a signature's strokes is drawn beside no cell.
        let drawn = Borders { xs: &xs, ys: &ys, lying: &lying, standing: &standing, near };
        let (columns, rows) = (drawn.columns(), drawn.rows());
        (xs, ys) = (chosen(&xs, &columns), chosen(&ys, &rows));
        if xs.len() < 3 || ys.len() < 3 {
            return None;
        }
        let borders = Borders { xs: &xs, ys: &ys, lying: &lying, standing: &standing, near };
        let cells = borders.cells();
        Some(Self { cells, xs, ys })
    }

    fn bounds(&self, cell: &Drawn) -> Bounds {
        let (left, right) = (self.xs[cell.columns.start], self.xs[cell.columns.end]);
        let (top, bottom) = (self.ys[cell.rows.start], self.ys[cell.rows.end]);
        Bounds { left, top, right, bottom }
    }

    fn cell_at(&mut self, at: Bounds) -> Option<&mut Drawn> {
        let place = |borders: &[f32], value: f32| {
            borders.windows(2).position(|pair| (pair[0]..pair[1]).contains(&value))
        };
        let (column, row) = (place(&self.xs, at.middle_x())?, place(&self.ys, at.middle_y())?);
        self.cells.iter_mut().find(|cell| cell.columns.contains(&column) && cell.rows.contains(&row))
    }

    /// More than one column of words.
    fn is_table(&self) -> bool {
        let mut filled: Vec<usize> =
            self.cells.iter().filter(|cell| !cell.words.is_empty()).map(|cell| cell.columns.start).collect();
        filled.sort_unstable();
        filled.dedup();
        filled.len() >= 2
    }

    /// How far words stay away from the borders of cells: the least that is seen on the left.
    fn padding(&self) -> f32 {
        let left = |cell: &Drawn| {
            let words = cell.words.iter().map(|own| own.at.left).fold(f32::INFINITY, f32::min);
            words - self.xs[cell.columns.start]
        };
        let least = self.cells.iter().map(left).filter(|own| own.is_finite()).fold(f32::INFINITY, f32::min);
        if least.is_finite() { least.max(0.0) } else { 0.0 }
    }

    /// What its rows are held against to tell a title; words stay away from borders by `padding`.
    fn frame(&self, padding: f32, scale: Scale) -> Frame {
        let starts: Vec<f32> = self.xs[..self.xs.len() - 1].iter().map(|x| x + padding).collect();
        let lefts = self.cells.iter().filter(|cell| !cell.words.is_empty()).map(|cell| {
            let left = cell.words.iter().map(|own| own.at.left).fold(f32::INFINITY, f32::min);
            (left - starts[cell.columns.start]).abs() <= scale.letter
        });
        let (flush, count) = lefts.fold((0, 0), |(flush, count), own| (flush + usize::from(own), count + 1));
        let flush = flush as f32 >= FLUSH * count as f32;
        Frame { starts, middle: (self.xs[0] + self.xs[self.xs.len() - 1]) / 2.0, flush }
    }

    /// The one cell of a row whose words stand in the middle of the table.
    fn title(&self, row: usize, frame: &Frame, scale: Scale) -> Option<Cell> {
        let cells: Vec<&Drawn> = self.cells.iter().filter(|cell| cell.rows.contains(&row)).collect();
        if cells.len() < 2 || cells.iter().any(|cell| cell.rows.len() > 1) {
            return None;
        }
        let filled: Vec<&&Drawn> = cells.iter().filter(|cell| !cell.words.is_empty()).collect();
        let numbered = filled.iter().any(|cell| cell.columns.start == 0);
        let alone = if let [only] = filled[..] { Some(self.bounds(only).middle_x()) } else { None };
        let words = filled.iter().flat_map(|cell| cell.words.iter().copied()).collect();
        let lines = lines::lines(words, scale);
        let span = self.xs.len() - 1;
        (!numbered && titles::is_title(&lines, alone, frame, scale)).then_some(Cell {
            column: 0,
            span,
            continued: false,
            lines,
        })
    }

    /// The rows with their heights on the page.
    pub(super) fn rows(&self, sheet: &Sheet, scale: Scale) -> Vec<(f32, Row)> {
        let padding = self.padding();
        let frame = self.frame(padding, scale);
        let rows = (0..self.ys.len() - 1).map(|row| {
            let title = sheet.rulings_are_told.then(|| self.title(row, &frame, scale)).flatten();
            if let Some(cell) = title {
                let (middle, columns) = ((self.ys[row] + self.ys[row + 1]) / 2.0, self.xs.len() - 1);
                return (middle, Row::Cells { cells: vec![cell], columns, whole: true });
            }
            let mut cells: Vec<Cell> = self
                .cells
                .iter()
                .filter(|cell| cell.rows.contains(&row))
                .map(|cell| {
                    let continued = cell.rows.start < row;
                    let words = if continued { Vec::new() } else { cell.words.clone() };
                    let width = self.xs[cell.columns.end] - self.xs[cell.columns.start] - 2.0 * padding;
                    let lines = unwrapped(lines::lines(words, scale), width, sheet, scale);
                    Cell { column: cell.columns.start, span: cell.columns.len(), continued, lines }
                })
                .collect();
            cells.sort_by_key(|cell| cell.column);
            (
                (self.ys[row] + self.ys[row + 1]) / 2.0,
                Row::Cells { cells, columns: self.xs.len() - 1, whole: true },
            )
        });
        rows.collect()
    }
}

/// A space is so many letters wide.
const SPACE: f32 = 0.5;

/// `lines` of a cell of which `width` can be written on, with those as one that only the cell's edge parted: the first word
/// of the second had no room in the first. A line that ends with a hyphen stays one: whether the hyphen is the word's own
/// is not seen here.
fn unwrapped(lines: Vec<Printed>, width: f32, sheet: &Sheet, scale: Scale) -> Vec<Printed> {
    let mut unwrapped: Vec<Printed> = Vec::with_capacity(lines.len());
    // How long the last printed line is.
    let mut length = 0.0;
    for line in lines {
        let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else { continue };
        let full = length + SPACE * scale.letter + first.at.width() > width;
        length = last.at.right - first.at.left;
        let hyphen = |own: &Placed| sheet.words[own.word].text.ends_with(['-', '\u{ad}', '\u{2010}']);
        match unwrapped.last_mut() {
            Some(above) if full && !above.last().is_some_and(hyphen) => above.extend(line),
            _ => unwrapped.push(line),
        }
    }
    unwrapped
}

/// Which stretches of a grid are drawn.
struct Borders<'b> {
    xs: &'b [f32],
    ys: &'b [f32],
    lying: &'b [&'b Ruling],
    standing: &'b [&'b Ruling],
    near: f32,
}

impl Borders<'_> {
    /// True if a border is drawn between column `column` and the next one, in row `row`.
    fn right_of(&self, column: usize, row: usize) -> bool {
        let (x, from, to) = (self.xs[column + 1], self.ys[row], self.ys[row + 1]);
        let on = self.standing.iter().filter(|own| (own.bounds.middle_x() - x).abs() < self.near);
        covered(on.map(|own| (own.bounds.top, own.bounds.bottom)), from, to) >= DRAWN
    }

    /// True if a border is drawn between row `row` and the next one, in column `column`.
    fn under(&self, column: usize, row: usize) -> bool {
        let (y, from, to) = (self.ys[row + 1], self.xs[column], self.xs[column + 1]);
        let on = self.lying.iter().filter(|own| (own.bounds.middle_y() - y).abs() < self.near);
        covered(on.map(|own| (own.bounds.left, own.bounds.right)), from, to) >= DRAWN
    }

    /// For each border between columns whether it is an outer one or drawn beside some row.
    fn columns(&self) -> Vec<bool> {
        let (last, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let drawn = |x: usize| x == 0 || x == last || (0..rows).any(|row| self.right_of(x - 1, row));
        (0..=last).map(drawn).collect()
    }

    /// For each border between rows whether it is an outer one or drawn under some column.
    fn rows(&self) -> Vec<bool> {
        let (last, columns) = (self.ys.len() - 1, self.xs.len() - 1);
        let drawn = |y: usize| y == 0 || y == last || (0..columns).any(|column| self.under(column, y - 1));
        (0..=last).map(drawn).collect()
    }

    /// The cells, by rows: each is grown to the right and then down as far as nothing is drawn.
    fn cells(&self) -> Vec<Drawn> {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut taken = vec![false; columns * rows];
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if taken[row * columns + column] {
                    continue;
                }
                let mut right = column;
                while right + 1 < columns && !taken[row * columns + right + 1] && !self.right_of(right, row) {
                    right += 1;
                }
                let mut bottom = row;
                while bottom + 1 < rows && self.is_open(column..right + 1, bottom) {
                    bottom += 1;
                }
                for inner in row..=bottom {
                    taken[inner * columns + column..inner * columns + right + 1].fill(true);
                }
                cells.push(Drawn { columns: column..right + 1, rows: row..bottom + 1, words: Vec::new() });
            }
        }
        cells
    }

    /// True if a cell of `columns` goes on from `row` into the next: no line under it, and the same borders there.
    fn is_open(&self, columns: std::ops::Range<usize>, row: usize) -> bool {
        let same = (columns.start..columns.end - 1).all(|column| !self.right_of(column, row + 1));
        same && columns.clone().all(|column| !self.under(column, row))
    }
}

/// The share of `from..to` that the stretches cover.
fn covered(stretches: impl Iterator<Item = (f32, f32)>, from: f32, to: f32) -> f32 {
    let mut own: Vec<(f32, f32)> = stretches
        .map(|(start, end)| (start.max(from), end.min(to)))
        .filter(|(start, end)| end > start)
        .collect();
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut at) = (0.0, from);
    for (start, end) in own {
        sum += (end - start.max(at)).max(0.0);
        at = at.max(end);
    }
    if to > from { sum / (to - from) } else { 0.0 }
}
