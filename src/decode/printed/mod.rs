/*!
Words with boxes, and drawn lines, into lines with cells.

This module never reads a word: where it stands is all that is asked. A page whose drawn lines make a grid has its cells
from them (`ruled`); elsewhere columns are the white that goes down through many printed lines (`columns`), and each printed
line of a cell is a line of its own:

```text
drawn   ┌───┬──────────┐     white   1   Проведение    ежеквартально
        │ 1 │ Провести │                 заседаний
        │   │ сверку   │             ^^^            ^^
        └───┴──────────┘
```

What stands in no table is a line of words, with as many spaces between two of them as their distance is wide.
*/

mod columns;
mod compose;
mod lines;
mod ruled;
mod straighten;
mod stray;
mod titles;

pub(super) use compose::compose;
pub(super) use ruled::frames;

use super::words::{Bounds, Ruling, Sheet};

/// A word's number in its sheet, and where it stands on the straightened page.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Placed {
    word: usize,
    at: Bounds,
}

/// Words side by side, left to right.
type Printed = Vec<Placed>;

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    /// Words outside tables.
    Plain(Printed),
    /// The cells of a printed line, or of a whole row where `whole`, in a table of so many columns.
    Cells { cells: Vec<Cell>, columns: usize, whole: bool },
    /// A drawn line between two rows.
    Ruling,
    /// What was taken for words and is none.
    Aside(Printed),
}

/// A cell: one printed line of it, or all of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    /// 0-based.
    column: usize,
    /// How many columns it takes.
    span: usize,
    /// True for the rest of a cell that began in a row above.
    continued: bool,
    lines: Vec<Printed>,
}

/// What a page's measures are told by.
#[derive(Clone, Copy, Debug)]
struct Scale {
    /// The usual height of a word.
    height: f32,
    /// The usual width of a letter.
    letter: f32,
}

impl Scale {
    /// The scale of the words of `sheet`; none where there are none.
    fn of(sheet: &Sheet, placed: &[Placed]) -> Option<Self> {
        let long = |own: &&Placed| sheet.words[own.word].text.chars().count() >= 3;
        let width = |own: &Placed| own.at.width() / sheet.words[own.word].text.chars().count().max(1) as f32;
        let mut widths: Vec<f32> = placed.iter().filter(long).map(width).collect();
        let mut heights: Vec<f32> = placed.iter().filter(long).map(|own| own.at.height()).collect();
        if widths.is_empty() {
            widths = placed.iter().map(width).collect();
            heights = placed.iter().map(|own| own.at.height()).collect();
        }
        let (height, letter) = (median(&mut heights)?, median(&mut widths)?);
        (height > 0.0 && letter > 0.0).then_some(Self { height, letter })
    }
}

/// The middle value.
fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// The lines of every page, top to bottom.
fn rows(sheets: &[Sheet]) -> Vec<Vec<Row>> {
    let pages: Vec<Page> = sheets.iter().map(Page::of).collect();
    let known: Vec<columns::Known> = pages.iter().flat_map(Page::known).collect();
    pages.iter().map(|page| page.rows(&known)).collect()
}

/// A page that has been taken apart: tables with drawn grids, and what stands beside them.
struct Page<'s> {
    sheet: &'s Sheet,
    scale: Option<Scale>,
    tables: Vec<ruled::Table>,
    lines: Vec<Printed>,
    regions: Vec<columns::Region>,
    /// Heights at which lines are drawn that make no grid.
    drawn: Vec<f32>,
    /// Lines of what stands beside the text.
    stray: Vec<Printed>,
}

impl<'s> Page<'s> {
    fn of(sheet: &'s Sheet) -> Self {
        let (placed, rulings) = straighten::straighten(sheet);
        let Some(scale) = Scale::of(sheet, &placed) else {
            let (tables, lines, regions, drawn, stray) = Default::default();
            return Self { sheet, scale: None, tables, lines, regions, drawn, stray };
        };
        let (placed, stray) = stray::parted(sheet, placed, scale);
        let stray = lines::lines(stray, scale);
        let (tables, beside, unused) = ruled::tables(placed, &rulings, scale);
        let lines = lines::lines(beside, scale);
        let regions = if tables.is_empty() { columns::regions(&lines, scale) } else { Vec::new() };
        let drawn =
            unused.iter().filter(|own| own.is_horizontal()).map(|own| own.bounds.middle_y()).collect();
        Self { sheet, scale: Some(scale), tables, lines, regions, drawn, stray }
    }

    fn known(&self) -> Vec<columns::Known> {
        self.regions.iter().map(|region| region.known(self.sheet.width)).collect()
    }

    /// The page's rows; `known` are the columns of all pages, by which one that lost some is read.
    fn rows(&self, known: &[columns::Known]) -> Vec<Row> {
        let Some(scale) = self.scale else { return Vec::new() };
        let mut rows: Vec<(f32, Row)> = Vec::new();
        let mut at = 0;
        for region in &self.regions {
            let columns = region.settled(known, self.sheet.width);
            rows.extend(self.lines[at..region.lines.start].iter().map(plain));
            rows.extend(columns::rows(&self.lines[region.lines.clone()], &columns, scale));
            let inside =
                lines::top(&self.lines[region.lines.start])..lines::bottom(&self.lines[region.lines.end - 1]);
            let drawn = self.drawn.iter().filter(|y| inside.contains(y));
            rows.extend(drawn.map(|&y| (y, Row::Ruling)));
            at = region.lines.end;
        }
        rows.extend(self.lines[at..].iter().map(plain));
        for table in &self.tables {
            rows.extend(table.rows(self.sheet, scale));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let stray = self.stray.iter().cloned().map(Row::Aside);
        rows.into_iter().map(|(_, row)| row).chain(stray).collect()
    }
}

fn plain(line: &Printed) -> (f32, Row) {
    (lines::middle(line), Row::Plain(line.clone()))
}

/// The rulings of a page that was turned with its words.
type Rulings = Vec<Ruling>;
