/*!
The lines of a document that a format gives as lines and cells.

This module never changes a character but the ends of lines: a line is written as a line, a row of a table as one line with
a tab between two cells, and inside a cell the end of a line as U+000B, what word processors use for it. Which cells a line
has stands beside it:

```text
1. Работа с кадрами                            own   left  left       one cell over all columns
1.1 ⇥ Обучение ⇥ до 1 марта                    own   own   own
1.2 ⇥ Аттестация ⇥                             own   own   above      its term is the one above
```

A column begins where a cell with something in it begins; an edge that no such cell has parts nothing.
*/

use std::collections::BTreeMap;

use super::blocks::{Block, Cell, Row, Table};
use super::{Breaks, LineKind, Merge, Separator, SourceLine, SourcePage, pages};
use crate::issue::{IssueKind, Issues};
use crate::status::Limit;
use crate::text::{LineIndex, Span};

/// The end of a line inside a cell.
pub(crate) const CELL_LINE: char = '\u{b}';

/// A table that holds a table only arranges it where so large a part of its letters stands in that: one in two.
const ARRANGES: usize = 2;

/// A document written out in lines.
#[derive(Debug, Default)]
pub(super) struct Layout {
    string: String,
    lines: usize,
    /// The lines whose cells the format gives.
    given: BTreeMap<usize, Given>,
    /// How many cells there may still be.
    left: u64,
    hidden: Vec<Hidden>,
    /// How many pages have ended, and the names of those that are sheets.
    page: usize,
    sheets: BTreeMap<usize, String>,
    /// The lines with which further printed pages begin.
    breaks: Vec<usize>,
}

/// A row or columns that the format says are not shown.
#[derive(Debug)]
struct Hidden {
    kind: IssueKind,
    /// The first line in which something of it stands.
    line: usize,
    texts: Vec<String>,
}

/// What a format knows of a line.
#[derive(Debug)]
enum Given {
    Cells { separator: Separator, cells: Vec<Span>, merges: Vec<Merge> },
    Aside,
}

/// A cell of a row as it is written: what stands in it, and how many columns further it reaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) columns: usize,
    pub(super) above: bool,
}

/// Lines with their index and pages.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) string: String,
    pub(super) index: LineIndex,
    pub(super) pages: Vec<SourcePage>,
    pub(super) breaks: Breaks,
}

impl Layout {
    /// A document of these blocks, which may have so many cells.
    ///
    /// # Errors
    /// Where its tables have more cells than a document may.
    pub(super) fn of(blocks: &[Block], cells: u64, issues: &mut Issues) -> Result<Lines, Limit> {
        let mut layout = Self { left: cells, ..Self::default() };
        layout.blocks(blocks)?;
        let end = layout.lines;
        // What stands beside the text comes behind it.
        layout.asides(blocks);
        let firsts = std::mem::take(&mut layout.breaks);
        let mut lines = layout.finish(issues);
        lines.breaks = Breaks { firsts, end };
        Ok(lines)
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<(), Limit> {
        for block in blocks {
            match block {
                Block::Line(line) => self.line(line),
                Block::PageEnd => self.end_page(),
                Block::NewPage => self.breaks.push(self.lines),
                Block::Aside(_) => {}
                Block::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    /// Writes a line; a line end in it ends it.
    pub(super) fn line(&mut self, line: &str) {
        for part in line.split(['\n', '\r', '\x0c']) {
            self.string.push_str(part);
            self.end_line();
        }
    }

    /// Ends the page after the last line.
    pub(super) fn end_page(&mut self) {
        if self.string.ends_with('\n') {
            self.string.pop();
            self.string.push('\x0c');
            self.page += 1;
        }
    }

    /// Writes a row whose cells the format gives; `separator` says how much of a row the line is.
    ///
    /// # Errors
    /// Where it has more cells than a document may.
    pub(super) fn row(&mut self, row: &[Written], separator: Separator) -> Result<(), Limit> {
        let (mut cells, mut merges) = (Vec::new(), Vec::new());
        for (nth, cell) in row.iter().enumerate() {
            if nth > 0 {
                self.string.push('\t');
            }
            let start = self.string.len() as u32;
            self.string.extend(cell.text.chars().map(|sign| match sign {
                '\n' | '\r' | '\x0c' => CELL_LINE,
                sign => sign,
            }));
            let end = self.string.len() as u32;
            cells.push(Span::new(start, end));
            merges.push(if cell.above { Merge::Above } else { Merge::Own });
            cells.extend(std::iter::repeat_n(Span::new(end, end), cell.columns.saturating_sub(1)));
            merges.resize(cells.len(), Merge::Left);
        }
        self.left = self.left.checked_sub(cells.len() as u64).ok_or(Limit::Unpacked)?;
        self.given.insert(self.lines, Given::Cells { separator, cells, merges });
        self.end_line();
        Ok(())
    }

    fn end_line(&mut self) {
        self.string.push('\n');
        self.lines += 1;
    }

    fn table(&mut self, table: &Table) -> Result<(), Limit> {
        if arranges(table) {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                self.blocks(&cell.blocks)?;
            }
            return Ok(());
        }
        if let Some(name) = &table.sheet {
            self.sheets.insert(self.page, name.clone());
        }
        let columns = columns(table);
        // Two tables that follow each other are two.
        let follows = self.lines.checked_sub(1).is_some_and(|last| self.given.contains_key(&last));
        if follows && columns.len() > 1 && !self.string.ends_with('\x0c') {
            self.line("");
        }
        let mut unseen: BTreeMap<usize, Hidden> = BTreeMap::new();
        for row in &table.rows {
            self.note_hidden(table, row, &mut unseen);
            let (before, all) = broken(row);
            self.breaks.extend(std::iter::repeat_n(self.lines, before));
            if columns.len() < 2 {
                for cell in &row.cells {
                    self.blocks(&flat(&cell.blocks))?;
                }
            } else {
                self.row(&written(row, &columns), Separator::Given)?;
            }
            self.breaks.extend(std::iter::repeat_n(self.lines, all - before));
        }
        self.hidden.extend(unseen.into_values());
        Ok(())
    }

    /// Notes that `row` is not shown, or else which of its cells stand in columns that are not; `unseen` are these columns.
    fn note_hidden(&mut self, table: &Table, row: &Row, unseen: &mut BTreeMap<usize, Hidden>) {
        let line = self.lines;
        if row.hidden {
            let texts: Vec<String> = row.cells.iter().map(text).collect();
            if texts.iter().any(|text| !text.trim().is_empty()) {
                self.hidden.push(Hidden { kind: IssueKind::HiddenRow, line, texts });
            }
            return;
        }
        if table.hidden_columns.is_empty() {
            return;
        }
        for cell in &row.cells {
            let Some(nth) = table.hidden_column(cell) else { continue };
            let text = text(cell);
            if !text.trim().is_empty() {
                let column = Hidden { kind: IssueKind::HiddenColumn, line, texts: Vec::new() };
                unseen.entry(nth).or_insert(column).texts.push(text);
            }
        }
    }

    fn asides(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Aside(text) => {
                    for line in text.split(['\n', '\r', '\x0c']).filter(|line| !line.trim().is_empty()) {
                        self.given.insert(self.lines, Given::Aside);
                        self.line(line);
                    }
                }
                Block::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.asides(&cell.blocks));
                }
                Block::Line(_) | Block::PageEnd | Block::NewPage => {}
            }
        }
    }

    /// The lines, and an issue for every row and column that is not shown.
    pub(super) fn finish(mut self, issues: &mut Issues) -> Lines {
        if self.string.ends_with('\n') {
            self.string.pop();
        }
        let index = LineIndex::new(&self.string);
        let mut given = self.given;
        let own = |line: usize, span: Span| {
            Some(match given.remove(&line)? {
                Given::Aside => SourceLine {
                    span,
                    kind: LineKind::Aside,
                    separator: Separator::None,
                    cells: vec![span],
                    merges: Vec::new(),
                },
                Given::Cells { separator, cells, merges } => {
                    let says = cells
                        .iter()
                        .any(|cell| !self.string.get(cell.range()).unwrap_or("").trim().is_empty());
                    let kind = if says { LineKind::Text } else { LineKind::Blank };
                    SourceLine { span, kind, separator, cells, merges }
                }
            })
        };
        let mut pages = pages(&self.string, &index, own);
        for (page, name) in self.sheets {
            if let Some(page) = pages.get_mut(page) {
                page.sheet = Some(name);
            }
        }
        for hidden in self.hidden {
            issues.note(hidden.kind, index.span(hidden.line, &self.string), hidden.message());
        }
        Lines { string: self.string, index, pages, breaks: Breaks::default() }
    }
}

/// So many cells of a column that is not shown tell a person which it is.
const FIRST_CELLS: usize = 3;

impl Hidden {
    fn message(&self) -> String {
        if self.kind == IssueKind::HiddenRow {
            let text = self.texts.join(" ");
            return format!(
                "A row that the document does not show is read like the others: «{}».",
                text.trim()
            );
        }
        let first: Vec<&str> = self.texts.iter().take(FIRST_CELLS).map(|text| text.trim()).collect();
        let rest = if self.texts.len() > FIRST_CELLS { "; …" } else { "" };
        format!(
            "A column that the document does not show is read like the others: «{}{rest}».",
            first.join("; ")
        )
    }
}

/// What blocks say, line by line.
pub(super) fn lines(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    for block in flat(blocks) {
        lines.extend(if let Block::Line(line) = block { Some(line) } else { None });
    }
    for block in blocks {
        lines.extend(if let Block::Aside(text) = block { Some(text.clone()) } else { None });
    }
    lines.join("\n")
}

/// True for a table that only arranges another: most of what it says is said in a table inside it.
fn arranges(table: &Table) -> bool {
    let (mut own, mut inner) = (0, 0);
    for block in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks) {
        match block {
            Block::Table(table) => inner += letters(table),
            Block::Line(line) => own += count(line),
            Block::PageEnd | Block::NewPage | Block::Aside(_) => {}
        }
    }
    inner > 0 && inner * ARRANGES >= own + inner
}

fn letters(table: &Table) -> usize {
    table.rows.iter().flat_map(|row| &row.cells).map(|cell| count(&text(cell))).sum()
}

fn count(text: &str) -> usize {
    text.chars().filter(|sign| sign.is_alphanumeric()).count()
}

/// The lines of a cell, with what tables inside it say.
fn text(cell: &Cell) -> String {
    let lines: Vec<String> = flat(&cell.blocks)
        .into_iter()
        .filter_map(|block| if let Block::Line(line) = block { Some(line) } else { None })
        .collect();
    let lines: &[String] = match lines.iter().rposition(|line| !line.trim().is_empty()) {
        Some(last) => &lines[..=last],
        None => &[],
    };
    lines.join("\n").trim_start_matches('\n').to_owned()
}

/// Blocks without tables: a row of a table inside is a line.
fn flat(blocks: &[Block]) -> Vec<Block> {
    let mut flat = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => flat.extend(table.rows.iter().map(|row| {
                let cells: Vec<String> = row.cells.iter().map(text).filter(|text| !text.is_empty()).collect();
                Block::Line(cells.join(" "))
            })),
            Block::Line(line) => flat.push(Block::Line(line.clone())),
            Block::PageEnd | Block::NewPage | Block::Aside(_) => {}
        }
    }
    flat
}

/// How many pages begin before a row, and before what follows it. A page that begins inside a row does so in each of its cells
/// that reach over; only where it does so before all that a cell says, the row stands on it.
fn broken(row: &Row) -> (usize, usize) {
    let says = |block: &Block| !lines(std::slice::from_ref(block)).trim().is_empty();
    let breaks = |blocks: &[Block]| blocks.iter().filter(|own| matches!(own, Block::NewPage)).count();
    let (mut before, mut all) = (0, 0);
    for cell in row.cells.iter().filter(|cell| breaks(&cell.blocks) > 0) {
        let first = cell.blocks.iter().position(says);
        before = before.max(first.map_or(0, |first| breaks(&cell.blocks[..first])));
        all = all.max(breaks(&cell.blocks));
    }
    (row.pages + before, row.pages + all)
}

/// Where the columns of a table begin, ascending.
fn columns(table: &Table) -> Vec<u32> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let mut edges: Vec<u32> =
        cells.filter(|cell| cell.above || !text(cell).trim().is_empty()).map(|cell| cell.left).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut columns: Vec<u32> = Vec::new();
    for edge in edges {
        if columns.last().is_none_or(|last| edge - last > table.tolerance) {
            columns.push(edge);
        }
    }
    columns
}

/// The cells of a row in the columns that begin at `columns`.
fn written(row: &Row, columns: &[u32]) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::with_capacity(columns.len());
    let mut filled = 0;
    let empty = |count: usize| std::iter::repeat_n(Written { columns: 1, ..Written::default() }, count);
    // An edge belongs to the column whose beginning is nearest.
    let column = |edge: u32| {
        let after = columns.partition_point(|&own| own <= edge);
        match (columns.get(after.wrapping_sub(1)), columns.get(after)) {
            (Some(before), Some(next)) if next - edge < edge - before => after,
            (None, _) => after,
            _ => after - 1,
        }
    };
    for cell in &row.cells {
        let text = text(cell);
        let first = column(cell.left);
        if text.trim().is_empty() && !cell.above && first < filled {
            continue;
        }
        // A sliver beside a cell: they stand in one column.
        if first < filled {
            if let Some(last) = written.last_mut() {
                let gap = if last.text.is_empty() { "" } else { " " };
                last.text = format!("{}{gap}{text}", last.text);
            }
            continue;
        }
        let end = columns.partition_point(|&own| own < cell.right);
        let end = if end < columns.len() {
            column(cell.right).max(first + 1)
        } else {
            columns.len().max(first + 1)
        };
        written.extend(empty(first - filled));
        written.push(Written { text, columns: end - first, above: cell.above });
        filled = end;
    }
    written.extend(empty(columns.len().saturating_sub(filled)));
    written
}
