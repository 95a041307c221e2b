/*!
What stands in a marked-up document: lines, tables, and what stands beside the text.

This module never decides what a table is for. A reader of a format says what opens and what closes; the [`Recorder`] keeps
it as [`Block`]s, in reading order, cells by their edges. What is not closed is closed at the end.
*/

use std::ops::Range;

/// What stands in a document, or in a cell, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A line: a paragraph, or the part of one that a line break ends.
    Line(String),
    /// A table.
    Table(Table),
    /// The end of a page or of a sheet.
    #[allow(dead_code, reason = "web pages have none; spreadsheets and printed documents have")]
    PageEnd,
    /// What follows is printed on the next page, as far as the file knows. It parts nothing: a table goes on over it.
    NewPage,
    /// What is shown elsewhere than in the text: a running head, a footnote, a comment.
    Aside(String),
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Edges of cells that lie no further apart than this are one.
    pub(super) tolerance: u32,
    /// The name of the sheet that this is.
    pub(super) sheet: Option<String>,
    /// The columns that the format says are not shown, by their edges, ascending.
    pub(super) hidden_columns: Vec<Range<u32>>,
}

impl Table {
    /// Which of the stretches of hidden columns holds the whole of `cell`; none where some of it is shown.
    pub(super) fn hidden_column(&self, cell: &Cell) -> Option<usize> {
        let nth = self.hidden_columns.partition_point(|own| own.start <= cell.left).checked_sub(1)?;
        (cell.right <= self.hidden_columns[nth].end).then_some(nth)
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// True where the format says that the row is not shown.
    pub(super) hidden: bool,
    /// How many pages begin between the row above and this one.
    pub(super) pages: usize,
}

/// A cell between two edges, in whatever unit the table has.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) left: u32,
    pub(super) right: u32,
    /// True where it is the rest of the cell above.
    pub(super) above: bool,
    pub(super) blocks: Vec<Block>,
}

/// Tables lie in one another to this depth; what is deeper is read as text. A page is laid out in five or six.
const DEEPEST: usize = 32;

/// Keeps what a reader meets.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    body: Vec<Block>,
    open: Vec<Open>,
    /// Tables that were too deep and are not closed yet.
    ignored: usize,
    line: String,
    /// How many pages begin inside the line.
    pages: usize,
    /// True where something is printed on the page, and in the paragraph.
    page_begun: bool,
    paragraph_begun: bool,
}

/// A table that is being read.
#[derive(Debug)]
struct Open {
    table: Table,
    row: Option<Row>,
    cell: Option<Cell>,
    /// How many pages begin before the next row.
    pages: usize,
    /// The line that the table stands in.
    line: String,
}

impl Recorder {
    /// Adds characters to the line.
    pub(super) fn text(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// Adds text in which white space of any length is one space, and none at the beginning of a line.
    pub(super) fn flowing_text(&mut self, text: &str) {
        let gap = |sign: char| matches!(sign, ' ' | '\t' | '\n' | '\r' | '\x0c');
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(gap);
            if word.len() < rest.len() && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            let end = word.find(gap).unwrap_or(word.len());
            self.line.push_str(&word[..end]);
            rest = &word[end..];
        }
    }

    /// Ends the line, an empty one too.
    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.push(Block::Line(line));
        for _ in 0..std::mem::take(&mut self.pages) {
            self.note_page(true);
        }
    }

    /// Notes that nothing is printed in the paragraph yet.
    pub(super) fn begin_paragraph(&mut self) {
        self.paragraph_begun = false;
    }

    /// Notes that something is printed, in the paragraph and on the page.
    pub(super) fn begin_print(&mut self) {
        (self.page_begun, self.paragraph_begun) = (true, true);
    }

    /// True where something is printed on the page already.
    pub(super) fn is_page_begun(&self) -> bool {
        self.page_begun
    }

    /// Notes that a page begins: before the line where nothing is printed in the paragraph yet, else behind it.
    pub(super) fn new_page(&mut self) {
        self.page_begun = false;
        self.note_page(!self.paragraph_begun);
    }

    fn note_page(&mut self, before_line: bool) {
        match self.open.last_mut() {
            _ if self.ignored > 0 => {}
            Some(open) if open.cell.is_none() => open.pages += 1,
            _ if before_line => self.push(Block::NewPage),
            _ => self.pages += 1,
        }
    }

    /// Ends the line if something stands in it.
    pub(super) fn end_paragraph(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    /// Takes the gap at the end of the line off.
    pub(super) fn trim_line(&mut self) {
        let end = self.line.trim_end_matches(' ').len();
        self.line.truncate(end);
    }

    /// Leaves a line empty behind what stands outside tables, but not two.
    pub(super) fn end_block(&mut self) {
        let apart = match self.body.last() {
            None => true,
            Some(Block::Line(line)) => line.trim().is_empty(),
            Some(_) => false,
        };
        if !apart {
            self.body.push(Block::Line(String::new()));
        }
    }

    /// Adds a block that is whole.
    pub(super) fn push(&mut self, block: Block) {
        let blocks = match self.open.last_mut() {
            None => &mut self.body,
            // What stands in a table and in no cell is shown before it.
            Some(open) => match &mut open.cell {
                Some(cell) => &mut cell.blocks,
                None => return self.push_before(block),
            },
        };
        blocks.push(block);
    }

    fn push_before(&mut self, block: Block) {
        let outer = self.open.iter_mut().rev().find_map(|open| open.cell.as_mut());
        match outer {
            Some(cell) => cell.blocks.push(block),
            None => self.body.push(block),
        }
    }

    /// Opens a table; its edges may be as inexact as `tolerance`.
    pub(super) fn open_table(&mut self, tolerance: u32) {
        if self.open.len() >= DEEPEST {
            self.ignored += 1;
            return;
        }
        self.end_paragraph();
        let table = Table { tolerance, ..Table::default() };
        let line = std::mem::take(&mut self.line);
        self.open.push(Open { table, row: None, cell: None, pages: 0, line });
    }

    /// Opens a row of the open table.
    pub(super) fn open_row(&mut self, hidden: bool) {
        if self.ignored > 0 {
            return;
        }
        self.close_row();
        if let Some(open) = self.open.last_mut() {
            let pages = std::mem::take(&mut open.pages);
            open.row = Some(Row { cells: Vec::new(), hidden, pages });
        }
    }

    /// Opens a cell of the open row.
    pub(super) fn open_cell(&mut self, left: u32, right: u32, above: bool) {
        if self.ignored > 0 {
            return;
        }
        self.close_cell();
        if let Some(open) = self.open.last_mut() {
            open.row.get_or_insert_default();
            open.cell = Some(Cell { left, right, above, blocks: Vec::new() });
        }
    }

    /// Closes the open cell, and gives what stands in it, if something does.
    pub(super) fn close_cell(&mut self) -> Option<Vec<Block>> {
        self.end_paragraph();
        let open = self.open.last_mut().filter(|_| self.ignored == 0)?;
        let (cell, row) = (open.cell.take()?, open.row.as_mut()?);
        let blocks = (!cell.blocks.is_empty()).then(|| cell.blocks.clone());
        row.cells.push(cell);
        blocks
    }

    /// Marks the open row as one that is not shown.
    pub(super) fn hide_row(&mut self) {
        if let Some(row) = self.open.last_mut().and_then(|open| open.row.as_mut()) {
            row.hidden = true;
        }
    }

    /// Says which sheet the open table is.
    pub(super) fn name_sheet(&mut self, name: String) {
        if let Some(open) = self.open.last_mut().filter(|_| self.ignored == 0) {
            open.table.sheet = Some(name);
        }
    }

    /// Marks columns of the open table, which come behind those marked before, as not shown.
    pub(super) fn hide_columns(&mut self, columns: Range<u32>) {
        if let Some(open) = self.open.last_mut().filter(|_| self.ignored == 0) {
            open.table.hidden_columns.push(columns);
        }
    }

    /// Takes the line away as it stands so far.
    pub(super) fn take_line(&mut self) -> String {
        std::mem::take(&mut self.line)
    }

    /// Closes the open row.
    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if self.ignored == 0
            && let Some(open) = self.open.last_mut()
            && let Some(row) = open.row.take()
        {
            open.table.rows.push(row);
        }
    }

    /// Closes the open row of a table with these `spans`, the cells from above that stand behind its own ones in it.
    pub(super) fn close_spanned_row(&mut self, spans: Option<&mut Spans>) {
        for (left, right) in spans.map(Spans::end_row).unwrap_or_default() {
            self.open_cell(left, right, true);
        }
        self.close_row();
    }

    /// Closes the open table.
    pub(super) fn close_table(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        self.close_row();
        if let Some(open) = self.open.pop() {
            self.line = open.line;
            self.push(Block::Table(open.table));
        }
    }

    /// The last block, taken away, where nothing is open.
    pub(super) fn take_last(&mut self) -> Option<Block> {
        if self.open.is_empty() { self.body.pop() } else { None }
    }

    /// True inside a table.
    pub(super) fn is_in_table(&self) -> bool {
        !self.open.is_empty()
    }

    /// Everything, in reading order.
    pub(super) fn finish(mut self) -> Vec<Block> {
        while !self.open.is_empty() {
            self.ignored = 0;
            self.close_table();
        }
        self.end_paragraph();
        self.body
    }
}

/// Where the cells of a table stand that are counted and not measured: what earlier cells reach down into a row.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// For each column that a cell above reaches into: how many rows more, and how many columns wide that cell is.
    below: Vec<(u32, u32)>,
    next: usize,
}

/// More columns than this no table has; browsers know no more either.
pub(super) const WIDEST: u32 = 1000;

impl Spans {
    /// The cells from above that stand before the next own one, as edges; the own one begins behind them.
    pub(super) fn above(&mut self) -> Vec<(u32, u32)> {
        let mut cells = Vec::new();
        while let Some(&(rows, columns)) = self.below.get(self.next).filter(|(rows, _)| *rows > 0) {
            let left = self.next as u32;
            let columns = columns.max(1);
            for column in self.next..(self.next + columns as usize).min(self.below.len()) {
                self.below[column].0 = rows - 1;
            }
            cells.push((left, left + columns));
            self.next += columns as usize;
        }
        cells
    }

    /// The edges of the next own cell, which takes `columns` and `rows`.
    pub(super) fn own(&mut self, columns: u32, rows: u32) -> (u32, u32) {
        let left = self.next;
        let mut right = left + columns.clamp(1, WIDEST) as usize;
        // A cell ends where one from above begins.
        if let Some(taken) = (left + 1..right).find(|&at| self.below.get(at).is_some_and(|cell| cell.0 > 0)) {
            right = taken;
        }
        if rows > 1 {
            self.below.resize(self.below.len().max(right), (0, 0));
            self.below[left..right].fill((rows - 1, (right - left) as u32));
        }
        self.next = right;
        (left as u32, right as u32)
    }

    /// The cells from above that stand behind the last own one; then the row is over.
    fn end_row(&mut self) -> Vec<(u32, u32)> {
        let mut cells = Vec::new();
        while self.next < self.below.len() {
            cells.extend(self.above());
            self.next += 1;
        }
        self.next = 0;
        cells
    }
}
