/*!
Pages in, tables out.

This stage decides where the cells are and what each column is for. It never reads a cell: a date and a stain look alike
to it, except that a date is evidence for a deadline column.

A document is searched for headings; each heading opens a table. How the cells below it are marked decides who reads
them:

| evidence | read by |
|---|---|
| tabs, pipes, drawn boxes: a row of cells | `grid` |
| columns that spaces hold apart | `columns`, then `grid` |
| one cell after another, begun by a tab, ended by a pipe, parted by an empty line | `stack`, then `flow` |
| plain lines | `flow` |

What they share is written once: `heading` (what columns are for), `numbers` (how rows are numbered), `shapes` (what a
term and a name look like), `sequence` (where unmarked columns end), `cell` (how lines become a cell), `rows` (how
entries become rows).
*/

mod cell;
mod columns;
mod entry;
mod flow;
mod grid;
mod heading;
mod infer;
mod numbers;
mod rows;
mod sequence;
mod shapes;
mod stack;
mod strip;

pub use cell::{Break, Cell, Fragment, Gap, join};
pub use flow::ends_with_signature;
pub use numbers::opens_section;
pub use shapes::{Shapes, person_at};

use crate::dictionaries::{BlockSense, Headings};
use crate::issue::{IssueKind, Issues};
use crate::normalise::{Page, Separator};
use crate::parallel;
use crate::plan::{Column, Reason, Remain, Role};
use crate::text::{Span, Text};

use entry::Entries;
use grid::{GridKind, GridLine};
use heading::{Finder, Heading};
use stack::Stacking;
use strip::Strip;

/// A table with what stands around it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The lines above the table, down from the table before it.
    pub heading: Vec<BlockLine>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Section rows and measures, in reading order.
    pub rows: Vec<Row>,
    /// The lines under the table, down to the next one's heading.
    pub footing: Vec<BlockLine>,
    /// What stands inside the table and in no row.
    pub remains: Vec<Remain>,
    /// From the first to the last byte of the table.
    pub extent: Option<Span>,
}

/// A line outside a table.
#[derive(Clone, Debug)]
pub struct BlockLine {
    /// What it says; white space as in the source.
    pub text: Text,
    /// What parts it from the line before.
    pub gap: Gap,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum Row {
    /// A section's title.
    Section(SectionRow),
    /// A measure.
    Measure(MeasureRow),
}

/// A section row.
#[derive(Clone, Debug)]
pub struct SectionRow {
    /// Its number, without the dot.
    pub number: Option<Text>,
    /// The rest.
    pub title: Text,
}

/// A measure's row.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// Its number, without the dot.
    pub number: Option<Text>,
    /// One cell for each column; the number column's is empty, since `number` has been taken out of it.
    pub cells: Vec<Cell>,
}

/// The rows of a table, and what stands between them.
#[derive(Clone, Debug, Default)]
pub struct TableRows {
    list: Vec<Row>,
    remains: Vec<Remain>,
}

/// How the cells under a heading are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Grid,
    Columns,
    Stack(Stacking),
    Lines,
}

/// A heading and where it stands.
struct Found {
    first: usize,
    end: usize,
    layout: Layout,
    columns: Vec<Heading>,
    /// Lines of the same heading on later pages.
    repeated: Vec<std::ops::Range<usize>>,
}

/// Finds the tables of a document, in reading order.
pub(crate) fn tabulate(pages: &[Page], headings: &Headings, issues: &mut Issues) -> Vec<Table> {
    let strips = strip::strips(pages);
    let recogniser = Recogniser {
        strips: &strips,
        headings,
        finder: Finder::new(headings),
        shapes: Shapes::new(&headings.phrases),
    };
    let mut found = recogniser.headings();
    if found.is_empty() {
        found.extend(recogniser.without_heading());
        if !found.is_empty() {
            let message = "No heading was found; the columns were told by what stands in them.";
            issues.note_document(IssueKind::InferredColumns, message);
        }
    }
    recogniser.tables(&found, issues)
}

struct Recogniser<'r> {
    strips: &'r [Strip<'r>],
    headings: &'r Headings,
    finder: Finder<'r>,
    shapes: Shapes<'r>,
}

/// A document of so many lines, and one of so many tables, is read on several threads.
const PARALLEL_LINES: usize = 2000;
const PARALLEL_TABLES: usize = 4;

/// Lines of a letterhead, and the order under them, lie at most so many lines apart.
const LETTERHEAD_GAP: usize = 3;

/// How far above a heading its title and stamps are looked for, in lines.
const HIGHEST_BLOCK: usize = 80;

impl Recogniser<'_> {
    /// Every heading of the document; one that a later page repeats is noted with the first.
    fn headings(&self) -> Vec<Found> {
        let may_open = parallel::map(self.strips, PARALLEL_LINES, |strip| self.may_open(strip));
        let mut all: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.strips.len() {
            let Some(next) = may_open[at].then(|| self.heading_at(at)).flatten() else {
                at += 1;
                continue;
            };
            at = next.end.max(at + 1);
            match all.last_mut() {
                Some(last) if self.repeats(last, &next) => last.repeated.push(next.first..next.end),
                _ => all.push(next),
            }
        }
        all
    }

    /// False for a line with which no heading begins: hardly any line does, and looking is cheap.
    fn may_open(&self, strip: &Strip) -> bool {
        let mut filled = strip.cells().iter().filter(|cell| !cell.is_blank()).take(2).peekable();
        let begins = |cell: &Text| self.finder.begins(cell.as_str());
        // The number column may have no words: an empty line of tabs, an empty first cell.
        filled.peek().is_none() && strip.separator() == Separator::Tab || filled.any(begins)
    }

    fn heading_at(&self, at: usize) -> Option<Found> {
        let strip = &self.strips[at];
        if strip.is_rule() {
            return None;
        }
        let found = |columns, end, layout| Found { first: at, end, layout, columns, repeated: Vec::new() };
        if strip.separator() != Separator::None && strip.filled() >= 2 {
            let window = self.grid(at..(at + 16).min(self.strips.len()));
            let (columns, length) = grid::heading(&window, 0, &self.finder, &self.shapes)?;
            return Some(found(columns, at + length, Layout::Grid));
        }
        if let Some((columns, kind, end)) = stack::heading(self.strips, at, &self.finder) {
            return Some(found(columns, end, Layout::Stack(kind)));
        }
        if strip.separator() != Separator::None || strip.is_blank() {
            return None;
        }
        if let Some((columns, end)) = self.spaced_heading(at) {
            return Some(found(columns, end, Layout::Columns));
        }
        let (columns, end) = self.finder.in_lines(self.strips, at)?;
        Some(found(columns, end, Layout::Lines))
    }

    /// A heading whose columns spaces hold apart, over text that is set so too.
    fn spaced_heading(&self, at: usize) -> Option<(Vec<Heading>, usize)> {
        if !self.finder.begins(self.strips[at].text().as_str()) {
            return None;
        }
        let end = (at + 40).min(self.strips.len());
        if !columns::are_columns(&self.strips[at..end]) {
            return None;
        }
        let page = self.strips[at].page;
        let last = (at..self.strips.len()).take_while(|&line| self.strips[line].page == page).last()? + 1;
        let lines = columns::grid(&self.strips[at..last]);
        let (columns, length) = grid::heading(&lines, 0, &self.finder, &self.shapes)?;
        Some((columns, at + length))
    }

    /// True if `next` is the heading of `last` again: the same layout, no other columns, and no title between them.
    fn repeats(&self, last: &Found, next: &Found) -> bool {
        let roles =
            |found: &Found| -> Vec<Role> { found.columns.iter().filter_map(|column| column.role).collect() };
        let (known, new) = (roles(last), roles(next));
        let same = last.layout == next.layout && new.iter().all(|role| known.contains(role));
        same && self.block_start(last.end, next.first).is_none()
    }

    /// The first line of the title and stamps that stand over the heading at line `heading`, if there are any below line
    /// `from`.
    fn block_start(&self, from: usize, heading: usize) -> Option<usize> {
        let lowest = from.max(heading.saturating_sub(HIGHEST_BLOCK));
        let mut start = None;
        for at in (lowest..heading).rev() {
            let strip = &self.strips[at];
            let text = strip.text();
            let line = text.as_str().trim();
            if line.is_empty() {
                continue;
            }
            let capitals = !line.chars().any(char::is_lowercase);
            let act = capitals && self.shapes.opens_block(line, |sense| sense == BlockSense::Act);
            // The name of the body stands in capitals over its order.
            let letterhead = capitals && start.is_some_and(|start| start - at <= LETTERHEAD_GAP) && is_worded(line);
            let opens = self.shapes.opens_block(line, opens_plan) && line.starts_with(char::is_uppercase);
            if strip.filled() <= 1 && (opens || act || letterhead) {
                start = Some(at);
            } else if strip.filled() >= 2 && strip.separator() != Separator::None {
                break;
            }
        }
        start
    }

    /// A table that no heading opens, over the whole document.
    fn without_heading(&self) -> Option<Found> {
        let rows = |range: std::ops::Range<usize>| self.grid(range);
        let marked = |strip: &&Strip| strip.separator() != Separator::None && strip.filled() >= 3;
        if self.strips.iter().filter(marked).count() >= 2 {
            let first = self.strips.iter().position(|strip| marked(&strip))?;
            let columns = infer::columns(&rows(first..self.strips.len()), &self.shapes)?;
            return Some(Found { first, end: first, layout: Layout::Grid, columns, repeated: Vec::new() });
        }
        None
    }

    fn tables(&self, found: &[Found], issues: &mut Issues) -> Vec<Table> {
        let numbered: Vec<usize> = (0..found.len()).collect();
        let read = parallel::map(&numbered, PARALLEL_TABLES, |&nth| {
            let mut noted = Issues::default();
            let limit = self.bottom(found, nth, found[nth].end).unwrap_or_else(|| self.next_heading(found, nth));
            (self.table(&found[nth], limit, &mut noted), noted)
        });
        let mut tables: Vec<Table> = Vec::with_capacity(found.len());
        let mut top = 0;
        for (nth, (mut table, end)) in issues.collect(read).into_iter().enumerate() {
            table.heading = self.block(top..found[nth].first);
            let last = nth + 1 == found.len();
            let bottom = if last { self.strips.len() } else { self.bottom(found, nth, end).unwrap_or(end) };
            table.footing = self.block(end..bottom);
            top = bottom.max(end);
            tables.push(table);
        }
        tables
    }

    /// The line of the heading after number `nth`, or the end of the document.
    fn next_heading(&self, found: &[Found], nth: usize) -> usize {
        found.get(nth + 1).map_or(self.strips.len(), |next| next.first)
    }

    /// Where the block over the heading after number `nth` begins, below line `from`.
    fn bottom(&self, found: &[Found], nth: usize, from: usize) -> Option<usize> {
        found.get(nth + 1).and_then(|next| self.block_start(from, next.first))
    }

    /// The table under `found`, and one past its last line.
    fn table(&self, found: &Found, limit: usize, issues: &mut Issues) -> (Table, usize) {
        let body = found.end..limit;
        let mut headings = found.columns.clone();
        let entries = match found.layout {
            Layout::Grid => self.read_grid(self.grid(body.clone()), found, &mut headings),
            Layout::Columns => {
                self.read_grid(columns::grid(&self.strips[body.clone()]), found, &mut headings)
            }
            Layout::Stack(kind) => {
                let pieces =
                    self.without_repeated(found, limit, |strips, first| stack::pieces(strips, kind, first));
                flow::Reader::new(&headings, self.finder, self.shapes, true).read(pieces, limit)
            }
            Layout::Lines => {
                let pieces = self.without_repeated(found, limit, flow::lines);
                flow::Reader::new(&headings, self.finder, self.shapes, false).read(pieces, limit)
            }
        };
        let end = entries.end.clamp(found.end, limit);
        for (kind, text, message) in entries.doubts {
            issues.note(kind, rows::first(&text.origin()), message);
        }
        let mut read = rows::finish(entries.list, &headings, &self.headings.lexicon, issues);
        rows::note_gaps(&read.list, issues);
        for range in found.repeated.iter().filter(|range| range.end <= end) {
            let origin = self.strips[range.clone()].iter().flat_map(|strip| strip.text().origin()).collect();
            read.remains.push(Remain { origin, reason: Reason::RepeatedHeader });
        }
        let columns = headings
            .into_iter()
            .map(|heading| Column { header: heading.text, role: heading.role.unwrap_or(Role::Other) })
            .collect();
        let extent = self.extent(found.first..end);
        let table = Table {
            heading: Vec::new(),
            columns,
            rows: read.list,
            footing: Vec::new(),
            remains: read.remains,
            extent,
        };
        (table, end)
    }

    fn read_grid(&self, mut lines: Vec<GridLine>, found: &Found, headings: &mut Vec<Heading>) -> Entries {
        for range in &found.repeated {
            for line in range.clone() {
                if let Some(line) = line.checked_sub(found.end).and_then(|at| lines.get_mut(at)) {
                    line.kind = GridKind::PageEnd;
                }
            }
        }
        trim_edges(headings, &mut lines);
        infer::fill(headings, &lines, &self.shapes);
        grid::Reader::new(headings, &lines, self.finder, self.shapes).read(&lines, found.end)
    }

    /// Pieces of the lines under a heading, those of repeated headings left out.
    fn without_repeated(
        &self,
        found: &Found,
        limit: usize,
        pieces: impl Fn(&[Strip], usize) -> Vec<sequence::Piece>,
    ) -> Vec<sequence::Piece> {
        let mut all = Vec::new();
        let mut start = found.end;
        for range in found.repeated.iter().filter(|range| range.end <= limit) {
            all.extend(pieces(&self.strips[start..range.start], start));
            start = range.end;
        }
        all.extend(pieces(&self.strips[start..limit], start));
        all
    }

    fn grid(&self, range: std::ops::Range<usize>) -> Vec<GridLine> {
        let line = |strip: &Strip| GridLine {
            cells: strip.cells().to_vec(),
            kind: match strip.separator() {
                _ if strip.is_rule() => GridKind::Rule,
                _ if strip.is_blank() => GridKind::Blank,
                Separator::None => GridKind::Plain,
                _ => GridKind::Row,
            },
            separator: strip.separator(),
        };
        self.strips[range].iter().map(line).collect()
    }

    fn block(&self, range: std::ops::Range<usize>) -> Vec<BlockLine> {
        let mut gap = Gap::Blank;
        let mut lines = Vec::new();
        for strip in &self.strips[range] {
            if strip.is_blank() || strip.is_rule() {
                gap = Gap::Blank;
                continue;
            }
            lines.push(BlockLine { text: strip.text(), gap });
            gap = Gap::Line;
        }
        lines
    }

    fn extent(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let mut spans =
            self.strips[range].iter().flat_map(|strip| strip.cells().iter().flat_map(Text::origin));
        let first = spans.next()?;
        Some(
            spans
                .fold(first, |all, span| Span::new(all.start().min(span.start()), all.end().max(span.end()))),
        )
    }
}

/// Takes off the empty cells that the edges of pipes and boxes make on both sides.
fn trim_edges(headings: &mut Vec<Heading>, lines: &mut [GridLine]) {
    let edged = |line: &&GridLine| {
        line.kind == GridKind::Row && matches!(line.separator, Separator::Pipe | Separator::Box)
    };
    let rows: Vec<&GridLine> = lines.iter().filter(edged).collect();
    let blank_first = rows.iter().filter(|line| line.cells.first().is_some_and(Text::is_blank)).count();
    let blank_last = rows.iter().filter(|line| line.cells.last().is_some_and(Text::is_blank)).count();
    let (left, right) = (
        !rows.is_empty()
            && blank_first == rows.len()
            && headings.first().is_some_and(|heading| heading.text.is_blank()),
        !rows.is_empty()
            && blank_last == rows.len()
            && headings.last().is_some_and(|heading| heading.text.is_blank()),
    );
    if right {
        headings.pop();
    }
    if left && !headings.is_empty() {
        headings.remove(0);
    }
    for line in lines.iter_mut().filter(|line| edged(&&**line)) {
        if left && !line.cells.is_empty() {
            line.cells.remove(0);
        }
    }
}

/// More than a number or a mark.
fn is_worded(line: &str) -> bool {
    line.chars().filter(|sign| sign.is_alphabetic()).count() > 3
}

/// What opens the block over a table: a stamp, an appendix, a title.
fn opens_plan(sense: BlockSense) -> bool {
    !matches!(sense, BlockSense::Agreement | BlockSense::Contact | BlockSense::Furniture | BlockSense::Act)
}
