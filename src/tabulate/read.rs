/*!
The table under each heading, put together from what its recogniser reads.

This module never finds a cell or a row: it hands the lines between two headings to the recogniser for their layout,
and what stands around them to the table's heading and footing.
*/

use super::entry::Entries;
use super::grid_line::{GridKind, GridLine};
use super::heading::Heading;
use super::locate::{Found, Layout};
use super::strip::Strip;
use super::{
    Basis, BlockLine, Gap, Recogniser, RoleFrom, Table, blocks, cell, columns, flow, grid, infer, rows,
    sequence, shift, stack, turns, twins, wrapped,
};
use crate::issue::{IssueKind, Issues};
use crate::normalise::Separator;
use crate::parallel;
use crate::plan::{Column, Reason, Remain, Role};
use crate::text::{Span, Text};

/// So many tables are read on several threads.
const PARALLEL_TABLES: usize = 4;

impl Recogniser<'_> {
    pub(super) fn tables(&self, found: &[Found], issues: &mut Issues) -> Vec<Table> {
        let numbered: Vec<usize> = (0..found.len()).collect();
        let read = parallel::map(&numbered, PARALLEL_TABLES, |&nth| {
            let mut noted = Issues::default();
            let limit =
                self.bottom(found, nth, found[nth].end).unwrap_or_else(|| self.next_heading(found, nth));
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
        let mut basis = Basis { layout: found.layout.name(), ..Basis::default() };
        let entries = match found.layout {
            Layout::Grid | Layout::Given | Layout::Placed => {
                self.read_grid(self.grid(body.clone()), found, &mut headings, &mut basis)
            }
            Layout::Columns => {
                let heading = found.end - found.first;
                let repeated: Vec<usize> =
                    found.repeated.iter().map(|range| range.start - found.first).collect();
                let strips = &self.strips[found.first..limit];
                let (lines, told) = columns::told_grid(strips, heading, Some(headings.len()), &repeated);
                basis.decisions.extend(told.into_iter().map(|told| (None, told)));
                self.read_grid(lines.into_iter().skip(heading).collect(), found, &mut headings, &mut basis)
            }
            Layout::Turns => {
                let lines = turns::grid(&self.strips[found.first..found.end]);
                let rows = self.read_grid(lines, found, &mut headings, &mut basis);
                Entries { end: found.end, ..rows }
            }
            Layout::Wrapped => {
                let lines = wrapped::grid(&self.strips[body.clone()], headings.len());
                self.read_grid(lines, found, &mut headings, &mut basis)
            }
            Layout::Stack(kind) => {
                let pieces =
                    self.without_repeated(found, limit, |strips, first| stack::pieces(strips, kind, first));
                flow::Reader::new(&headings, self.finder, self.shapes, Some(kind)).read(pieces, limit)
            }
            Layout::Lines => {
                let pieces = self.without_repeated(found, limit, flow::lines);
                flow::Reader::new(&headings, self.finder, self.shapes, None).read(pieces, limit)
            }
        };
        if basis.columns.is_empty() {
            basis.columns = told_by(&headings, RoleFrom::Heading);
        }
        note_inferred(&headings, &basis.columns, issues);
        let end = entries.end.clamp(found.end, limit);
        let mut doubts: Vec<Span> = Vec::new();
        for (kind, text, message) in entries.doubts {
            if kind == IssueKind::UncertainRow {
                doubts.extend(text.origin().first().copied());
            }
            basis.decisions.push((text.origin().first().copied(), message.clone()));
            issues.note(kind, rows::first(&text.origin()), message);
        }
        let mut read = rows::finish(entries.list, &headings, &self.headings.phrases, issues);
        rows::mark_doubtful(&mut read.list, &doubts);
        rows::note_gaps(&read.list, issues);
        for range in found.repeated.iter().filter(|range| range.end <= end) {
            let span = self.strips[range.start].text().origin().first().copied();
            basis.decisions.push((span, "the heading is repeated; the rows go on under it".to_owned()));
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
            basis,
        };
        (table, end)
    }

    fn read_grid(
        &self,
        mut lines: Vec<GridLine>,
        found: &Found,
        headings: &mut Vec<Heading>,
        basis: &mut Basis,
    ) -> Entries {
        for range in &found.repeated {
            for line in range.clone() {
                if let Some(line) = line.checked_sub(found.end).and_then(|at| lines.get_mut(at)) {
                    line.kind = GridKind::PageEnd;
                }
            }
        }
        trim_edges(headings, &mut lines);
        if matches!(found.layout, Layout::Columns | Layout::Placed) {
            let joined = twins::join(headings, &mut lines, self.finder);
            basis.decisions.extend(joined.into_iter().map(|heading| {
                (
                    None,
                    format!("«{heading}» is one heading: nothing stands in one of the two columns under it"),
                )
            }));
        }
        if found.layout == Layout::Columns && twins::join_numbers(headings, &mut lines) {
            let decision = "numbers stand in two columns, never in both of a line: they are one column";
            basis.decisions.push((None, decision.to_owned()));
        }
        basis.columns = told_by(headings, RoleFrom::Heading);
        infer::part_numbers(headings, &lines);
        infer::fill(headings, &lines, &self.shapes);
        for (own, filled) in basis.columns.iter_mut().zip(told_by(headings, RoleFrom::Content)) {
            *own = if *own == RoleFrom::Nothing { filled } else { *own };
        }
        if found.layout == Layout::Columns {
            let moved = shift::pages(headings, &mut lines, &self.shapes);
            basis.decisions.extend(moved.into_iter().map(|(page, by)| {
                (None, format!("page {}: its cells stand {by} column(s) beside their headings", page + 1))
            }));
        }
        let place = |role: Role| headings.iter().position(|heading| heading.role == Some(role));
        if let Some(number) = place(Role::Number) {
            let raised = blocks::raise(&mut lines, number, place(Role::Measure));
            basis.decisions.extend(raised.map(|reason| (None, reason.to_owned())));
        }
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

    fn block(&self, range: std::ops::Range<usize>) -> Vec<BlockLine> {
        let mut gap = Gap::Blank;
        let mut lines = Vec::new();
        for strip in &self.strips[range] {
            if strip.is_blank() || strip.is_rule() {
                gap = Gap::Blank;
                continue;
            }
            if matches!(strip.separator(), Separator::Given | Separator::Placed) {
                // Each cell is read by itself: a stamp on the right, another on the left.
                for cell in strip.cells().iter().filter(|cell| !cell.is_blank()) {
                    let parts = cell::lines(cell).into_iter().filter(|line| !line.is_blank());
                    let gaps = std::iter::once(Gap::Blank).chain(std::iter::repeat(Gap::Line));
                    lines.extend(
                        parts.zip(gaps).map(|(text, gap)| BlockLine { text: text.into_owned(), gap }),
                    );
                }
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

/// Says which columns have a heading that is not known, and are what stands in them.
fn note_inferred(headings: &[Heading], from: &[RoleFrom], issues: &mut Issues) {
    let inferred =
        |(heading, from): &(&Heading, &RoleFrom)| **from == RoleFrom::Content && !heading.text.is_blank();
    for (heading, _) in headings.iter().zip(from).filter(inferred) {
        let role = heading.role.map_or("", Role::name);
        let message = format!(
            "The heading «{}» is not known; what stands under it makes it the column «{role}».",
            heading.text.as_str().trim()
        );
        issues.note(IssueKind::InferredColumns, rows::first(&heading.text.origin()), message);
    }
}

/// For each column with a role `from`, and nothing for the others.
fn told_by(headings: &[Heading], from: RoleFrom) -> Vec<RoleFrom> {
    let told = |heading: &Heading| match heading.role {
        None => RoleFrom::Nothing,
        Some(_) if from == RoleFrom::Heading && heading.text.is_blank() => RoleFrom::Place,
        Some(_) => from,
    };
    headings.iter().map(told).collect()
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
