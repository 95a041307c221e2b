/*!
Rows of cells that are marked: by tabs, by pipes, by the verticals of a box, or by the columns that `columns` found.

This module never joins two rows that have numbers of their own. What it does decide is which lines belong to a row:

```text
3 | Информационно - разъяснительная | Постоянно | ГУТО «Первомайский дом-интернат», ГУТО
--|---------------------------------|-----------|--------------------------------------- a page ends
  |                                 |           | «Дубенский дом-интернат»                the row goes on
  | | ГУТО «Центр № 1»              |                         one cell is lost on this page: the row goes on, shifted
```

A line without a number goes on with the row above. Where its cells stand in columns that they cannot belong to, they
are shifted until they can.
*/

mod plain;

use super::cell::{Fragment, Gap};
use super::entry::{Entries, Entry};
use super::grid_heading;
use super::grid_line::{GridKind, GridLine};
use super::heading::{Finder, Heading, is_column_numbers};
use super::numbers::{self, Leading};
use super::shapes::Shapes;
use super::shift::Above;
use super::signature;
use super::signs::{is_child, is_illegible, is_total};
use crate::issue::IssueKind;
use crate::normalise::Separator;
use crate::plan::{Reason, Role};
use crate::text::Text;

/// Reads the lines under a heading with `columns` as rows.
pub(super) struct Reader<'r> {
    columns: &'r [Heading],
    finder: Finder<'r>,
    shapes: Shapes<'r>,
    /// The last line that has a row's number.
    last_numbered: Option<usize>,
    /// The line behind the one that is read that has the next row's number.
    next: Option<usize>,
    /// For every line, whether its page has lost the numbers that other pages have; and that of the line that is read.
    bare: Vec<bool>,
    is_bare: bool,
    /// True where there is no column of numbers, and they stand before the words of the measures.
    fused: bool,
    /// True where every line of a cell is a line of the grid.
    wrapped: bool,
    /// True where a drawn line stands between two rows.
    ruled: bool,
    /// True where a drawn line stands between the row above and the line to come.
    bounded: bool,
    /// True where the format gives the cells, and a line is a row.
    given: bool,
    /// For each column the cell that reaches down from above, where one does.
    above: Vec<Vec<Fragment>>,
    entries: Entries,
    row: Option<Row>,
}

/// A table goes on within so many lines, empty ones counted, or not at all.
const LONGEST_BREAK: usize = 200;

/// So many rows whose numbers stand before their words make a table of such.
const LEAST_FUSED: usize = 3;

/// A section's title takes at most so many lines.
const SECTION_TITLE_LINES: usize = 3;

/// A row that may go on.
struct Row {
    cells: Vec<Vec<Fragment>>,
    inherited: Vec<usize>,
    gap: Gap,
}

impl<'r> Reader<'r> {
    /// A reader of the lines `lines[first..limit]`.
    pub(super) fn new(
        columns: &'r [Heading],
        lines: &[GridLine],
        finder: Finder<'r>,
        shapes: Shapes<'r>,
    ) -> Self {
        let number = columns.iter().position(|column| column.role == Some(Role::Number));
        let rows: Vec<&GridLine> = lines.iter().filter(|line| line.kind == GridKind::Row).collect();
        let numbered = |line: &&&GridLine| {
            let cell = number.and_then(|column| line.cells.get(column));
            // A page's number is no row's.
            line.kind == GridKind::Row && cell.is_some_and(|cell| numbers::whole(cell.as_str()).is_some())
        };
        let numbers = rows.iter().filter(numbered).count();
        let measure = columns.iter().position(|column| column.role == Some(Role::Measure));
        let fused = |line: &&&GridLine| {
            let cell = measure.and_then(|column| line.cells.get(column)).map_or("", |cell| cell.as_str());
            numbers::leading(cell).is_some_and(|leading| leading.closed)
        };
        let rules = lines
            .windows(2)
            .filter(|pair| pair[0].kind == GridKind::Rule && pair[1].kind == GridKind::Row)
            .count();
        let given = rows.iter().any(|line| line.separator == Separator::Given);
        let wrapped = if given {
            // Some programs make a row of every printed line.
            let above = |line: &&&GridLine| number.is_some_and(|column| line.is_above(column));
            let sections = rows.iter().filter(|line| line.is_one_cell()).count();
            let merged = rows.iter().filter(above).count();
            numbers > 0 && (numbers + merged) * 2 < rows.len() - sections
        } else {
            number.is_some() && numbers * 2 < rows.len()
        };
        Self {
            columns,
            finder,
            shapes,
            last_numbered: lines.iter().rposition(|line| numbered(&&line)),
            next: None,
            bare: bare(lines, |line| numbered(&line)),
            is_bare: false,
            fused: number.is_none() && rows.iter().filter(fused).count() >= LEAST_FUSED,
            wrapped,
            given: given && !wrapped,
            above: vec![Vec::new(); columns.len().max(1)],
            ruled: rules >= 2 && rules * 3 >= numbers * 2 && numbers > 0,
            bounded: false,
            entries: Entries::default(),
            row: None,
        }
    }

    /// Takes `lines` (numbered from `first` in the document) in order.
    pub(super) fn read(mut self, lines: &[GridLine], first: usize) -> Entries {
        let next = self.next_numbers(lines);
        let mut at = 0;
        while at < lines.len() {
            let line = &lines[at];
            match line.kind {
                GridKind::Row | GridKind::Plain if self.begins_footing(at, &lines[at..]) => break,
                GridKind::Row if !self.is_of_table(line) && self.number(&self.fitted(line)).is_none() => {
                    break;
                }
                GridKind::Row if grid_heading::is_of_values(line, &self.finder) => break,
                GridKind::Row => {
                    self.next = next[at];
                    self.is_bare = self.bare[at];
                    self.take_row(line, lines, &lines[at + 1..]);
                    self.entries.end = first + at + 1;
                }
                GridKind::Rule if self.ruled => {
                    self.bounded = true;
                    self.note_gap(Gap::Page);
                }
                GridKind::Rule | GridKind::PageEnd => self.note_gap(Gap::Page),
                GridKind::Blank => {
                    self.note_gap(if line.separator == Separator::Box { Gap::Line } else { Gap::Page })
                }
                GridKind::Title if self.takes_title(&line.text(), &lines[at + 1..]) => {}
                GridKind::Plain | GridKind::Title => {
                    if !self.goes_on(&lines[at + 1..]) {
                        break;
                    }
                    self.next = next[at];
                    self.take_plain(&line.text(), lines);
                }
            }
            at += 1;
        }
        self.close_row();
        self.entries
    }

    /// True if the signature begins with `lines[0]`, line number `at`: a position in the columns of the left, a name with
    /// its initials first a few lines on, and no row behind it.
    fn begins_footing<'l>(&self, at: usize, lines: &'l [GridLine]) -> bool {
        let rows_follow = self.last_numbered.is_some_and(|last| at <= last);
        let apart = self.last_numbered.is_some() || self.row.as_ref().is_some_and(|row| row.gap == Gap::Page);
        if rows_follow || !apart {
            return false;
        }
        let cells = self.fitted(&lines[0]);
        let left = cells.iter().position(|cell| !cell.is_blank()).filter(|&left| {
            matches!(self.columns[left].role, Some(Role::Number | Role::Measure | Role::Deadline))
        });
        let Some(left) = left else { return false };
        let last = |line: &'l GridLine| {
            line.cells.iter().rfind(|cell| !cell.is_blank()).map_or("", |cell| cell.as_str())
        };
        signature::begins(cells[left].as_str(), lines.iter().map(last), &self.shapes)
    }

    /// True if this table, or one that goes on with its numbers, has a row in `rest`.
    fn has_more(&self, rest: &[GridLine]) -> bool {
        let is_row = |line: &&GridLine| line.kind == GridKind::Row;
        let mut same = rest.iter().take_while(|line| line.separator == Separator::Given);
        let numbered = |line: &GridLine| self.number(&self.fitted(line)).is_some();
        same.any(|line| line.kind == GridKind::Row) || rest.iter().find(is_row).is_some_and(numbered)
    }

    /// False for a row that the format gives as one of another table: a signature is often one.
    fn is_of_table(&self, line: &GridLine) -> bool {
        line.separator != Separator::Given || line.merges.len() == self.columns.len()
    }

    /// True if a row of this table still comes, a section's title perhaps before it.
    fn goes_on(&self, rest: &[GridLine]) -> bool {
        let rest = &rest[..rest.len().min(LONGEST_BREAK)];
        let rows = rest.iter().filter(|line| line.kind == GridKind::Row);
        let own =
            |line: &&GridLine| self.is_of_table(line) && !grid_heading::is_of_values(line, &self.finder);
        let next = rows.take_while(own).take(SECTION_TITLE_LINES + 1);
        let is_row = |line: &GridLine| {
            let cells = self.fitted(line);
            cells.iter().filter(|cell| !cell.is_blank()).count() >= 2 || self.number(&cells).is_some()
        };
        next.into_iter().any(is_row)
            && rest
                .iter()
                .take_while(|line| line.kind != GridKind::Row)
                .filter(|line| line.kind == GridKind::Plain)
                .count()
                < 4
    }

    fn note_gap(&mut self, gap: Gap) {
        if let Some(row) = &mut self.row {
            row.gap = row.gap.max(gap);
        }
    }

    fn close_row(&mut self) {
        if let Some(row) = self.row.take() {
            self.entries.list.push(Entry::Row(row.cells, row.inherited));
        }
    }

    fn remain(&mut self, text: Text, reason: Reason) {
        self.entries.list.push(Entry::Remain(text, reason));
    }

    fn take_row(&mut self, line: &GridLine, lines: &[GridLine], rest: &[GridLine]) {
        let cells = self.fitted(line);
        self.remember(line, &cells);
        let filled: Vec<usize> = (0..cells.len()).filter(|&at| !cells[at].is_blank()).collect();
        let strings: Vec<&str> = filled.iter().map(|&at| cells[at].as_str()).collect();
        if is_column_numbers(&strings) || self.repeats_heading(&cells, &filled) {
            let text = Text::join(filled.iter().map(|&at| &cells[at]), true);
            self.remain(text, Reason::RepeatedHeader);
            self.note_gap(Gap::Page);
            return;
        }
        if is_illegible(&strings) {
            let text = Text::join(filled.iter().map(|&at| &cells[at]), true);
            self.entries.doubts.push((
                IssueKind::IllegibleText,
                text.clone(),
                format!("«{}» is not readable.", text.as_str().trim()),
            ));
            self.remain(text, Reason::Junk);
            return;
        }
        if let [only] = strings[..]
            && numbers::is_page_between_dashes(only)
        {
            self.remain(cells[filled[0]].clone(), Reason::Furniture);
            self.note_gap(Gap::Page);
            return;
        }
        if is_total(&strings) {
            self.close_row();
            self.remain(Text::join(filled.iter().map(|&at| &cells[at]), true), Reason::Note);
            return;
        }
        if self.given && line.is_one_cell() && !self.has_more(rest) {
            self.close_row();
            self.remain(cells[0].clone(), Reason::Note);
            return;
        }
        let merged = (0..cells.len()).any(|at| line.is_above(at));
        if let Some(title) = self.section(line, &cells, &filled, lines).filter(|_| !merged) {
            self.take_section(title);
            return;
        }
        if let (None, &[only]) = (&self.row, filled.as_slice())
            && self.goes_on_with_title(&cells[only])
        {
            return;
        }
        let begins = self.begins_row(&cells);
        self.bounded = false;
        if begins {
            self.close_row();
            let mut cells: Vec<Vec<Fragment>> =
                cells.into_iter().map(|text| fragments(text, Gap::Blank)).collect();
            let reaches =
                |at: &usize| line.is_above(*at) && cells[*at].is_empty() && !self.above[*at].is_empty();
            let inherited: Vec<usize> = (0..cells.len()).filter(reaches).collect();
            for &at in &inherited {
                cells[at].clone_from(&self.above[at]);
            }
            self.row = Some(Row { cells, inherited, gap: Gap::Line });
        } else {
            // Under a merged number the cells of another row are others than those above.
            if merged {
                self.note_gap(Gap::Blank);
            }
            let broken = self.row.as_ref().is_some_and(|row| row.gap == Gap::Page);
            let may_shift = line.separator == Separator::Tab && broken;
            self.go_on(cells, &filled, may_shift);
        }
    }

    /// The line's cells, as many as the table has columns: the edges of pipes and boxes off, empty ones at the end off or
    /// added, everything past the last column put into it.
    fn fitted(&self, line: &GridLine) -> Vec<Text> {
        let mut cells: Vec<Text> = line.cells.iter().map(Text::trim).collect();
        while cells.len() > self.columns.len() && cells.last().is_some_and(Text::is_blank) {
            cells.pop();
        }
        if cells.len() > self.columns.len() {
            let rest = cells.split_off(self.columns.len() - 1);
            cells.push(Text::join(rest.iter().filter(|cell| !cell.is_blank()), true));
        }
        cells.resize(self.columns.len().max(1), Text::default());
        cells
    }

    /// The heading of the next page: at least two cells, all of them headings, or words of the heading itself.
    fn repeats_heading(&self, cells: &[Text], filled: &[usize]) -> bool {
        let heads = filled.iter().filter(|&&at| {
            let cell = cells[at].as_str().trim();
            self.finder.begins(cell) || self.columns[at].text.as_str().contains(cell)
        });
        filled.len() >= 2 && heads.count() == filled.len()
    }

    fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    fn number(&self, cells: &[Text]) -> Option<Leading> {
        numbers::whole(cells.get(self.column(Role::Number)?)?.as_str())
    }

    /// The number of a line that was not fitted yet.
    fn number_of(&self, line: &GridLine) -> Option<Leading> {
        if line.cells.len() > self.columns.len() {
            return self.number(&self.fitted(line));
        }
        numbers::whole(line.cells.get(self.column(Role::Number)?)?.as_str())
    }

    /// The fragments of a section row's title, if the line is one.
    fn section(
        &self,
        line: &GridLine,
        cells: &[Text],
        filled: &[usize],
        lines: &[GridLine],
    ) -> Option<Vec<Text>> {
        let number = self.column(Role::Number);
        let all_same =
            filled.len() > 2 && filled.iter().all(|&at| cells[at].as_str() == cells[filled[0]].as_str());
        if all_same {
            return Some(vec![cells[filled[0]].clone()]);
        }
        match *filled {
            [only] if self.given && line.is_one_cell() => Some(vec![cells[only].clone()]),
            [only] => {
                let text = cells[only].as_str();
                let own = Some(only) == number || only == 0;
                let capital = text
                    .trim_start_matches(|sign: char| !sign.is_alphanumeric())
                    .starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit());
                let number_alone = numbers::whole(text).is_some();
                let numbered = numbers::leading(text).is_some() && self.begins_next_numbering(lines);
                let is_section = !number_alone
                    && (numbers::opens_section(text)
                        || (own && capital && number.is_some())
                        || (own && capital && number.is_none() && self.row_is_closed())
                        || (capital
                            && (numbered
                                || (!self.wrapped && self.row_is_closed() && self.is_at_measure(only)))));
                is_section.then(|| vec![cells[only].clone()])
            }
            [first, second] if Some(first) == number => {
                let roman = numbers::opens_section(&format!(
                    "{}. ",
                    cells[first].as_str().trim().trim_end_matches('.')
                ));
                let leading = numbers::whole(cells[first].as_str());
                let parent = leading.is_some_and(|leading| {
                    self.next_number(lines).is_some_and(|next| is_child(&leading.levels, &next.levels))
                });
                (roman || (parent && self.is_at_measure(second)))
                    .then(|| vec![cells[first].clone(), cells[second].clone()])
            }
            // «1. Развитие газораспределительных │ сетей» over 1.1: a title runs on under the next heading.
            [first, second] if !self.given && self.is_at_measure(first) && second == first + 1 => {
                let parent = numbers::leading(cells[first].as_str()).is_some_and(|own| {
                    own.closed
                        && self.next_number(lines).is_some_and(|next| is_child(&own.levels, &next.levels))
                });
                parent.then(|| vec![cells[first].clone(), cells[second].clone()])
            }
            _ => None,
        }
    }

    fn is_at_measure(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|column| matches!(column.role, Some(Role::Measure) | None))
    }

    /// For every line the next one that has a row's number.
    fn next_numbers(&self, lines: &[GridLine]) -> Vec<Option<usize>> {
        let mut next = None;
        let mut all = vec![None; lines.len()];
        for at in (0..lines.len()).rev() {
            all[at] = next;
            if lines[at].kind == GridKind::Row && self.number_of(&lines[at]).is_some() {
                next = Some(at);
            }
        }
        all
    }

    fn next_number(&self, lines: &[GridLine]) -> Option<Leading> {
        self.number_of(lines.get(self.next?)?)
    }

    /// True for «3. Социальное обслуживание» where the next row is 3.1.
    fn opens_children(&self, line: &str, lines: &[GridLine]) -> bool {
        let capital = |leading: &Leading| line[leading.rest..].starts_with(char::is_uppercase);
        let own = numbers::leading(line).filter(capital);
        let next = || self.next_number(lines);
        own.is_some_and(|own| next().is_some_and(|next| is_child(&own.levels, &next.levels)))
    }

    fn begins_next_numbering(&self, lines: &[GridLine]) -> bool {
        self.next_number(lines).is_some_and(|next| numbers::begins(&next.levels))
    }

    /// True if the row above says everything it has to say.
    fn row_is_closed(&self) -> bool {
        let Some(row) = &self.row else { return true };
        let open = |last: &Fragment| self.shapes.is_unfinished(last.text.as_str());
        !row.cells.iter().any(|fragments| fragments.last().is_some_and(open))
    }

    fn take_section(&mut self, parts: Vec<Text>) {
        self.close_row();
        let fragments = parts.into_iter().map(|text| Fragment { text, gap: Gap::Line }).collect();
        self.entries.list.push(Entry::Section(fragments));
    }

    /// True if the line begins a row of its own.
    fn begins_row(&self, cells: &[Text]) -> bool {
        if self.number(cells).is_some() || self.row.is_none() {
            return true;
        }
        let text = |role: Role| {
            self.column(role).and_then(|column| cells.get(column)).map_or("", |cell| cell.as_str().trim())
        };
        let number = self
            .column(Role::Number)
            .and_then(|column| cells.get(column))
            .is_some_and(|cell| !cell.is_blank());
        let (measure, term, name) = (text(Role::Measure), text(Role::Deadline), text(Role::Executor));
        let capital = measure.starts_with(|sign: char| {
            sign.is_uppercase() || sign.is_ascii_digit() || matches!(sign, '«' | '"')
        });
        if number {
            // A number that recognition has made unreadable still begins a row, where the rest of the row is there.
            return capital && !(term.is_empty() && name.is_empty());
        }
        if self.given {
            let beside = !term.is_empty() || !name.is_empty();
            let whole = beside && !measure.is_empty();
            let unnumbered = self.last_numbered.is_none();
            return whole && self.measure_is_closed() && (capital || unnumbered)
                || capital && self.row_is_closed();
        }
        if self.ruled {
            return self.bounded && capital && self.row_is_closed();
        }
        let fused = self.column(Role::Number).is_none() && numbers::leading(measure).is_some();
        let whole =
            self.shapes.is_term(term) && (self.shapes.is_name(name) || self.column(Role::Executor).is_none());
        let numbered = self.column(Role::Number).is_some() || self.fused;
        let unnumbered = !(numbered || self.wrapped || term.is_empty() && name.is_empty());
        let begins = || self.is_bare && self.begins_all(term, name);
        fused || (capital && self.measure_is_closed() && (whole || unnumbered || begins()))
    }

    /// True if a term and a name begin with `term` and `name`, as far as the table has columns for them.
    fn begins_all(&self, term: &str, name: &str) -> bool {
        let has = |role: Role| self.column(role).is_some();
        let term = !has(Role::Deadline) || self.shapes.begins_term(term, "");
        let name = !has(Role::Executor) || self.shapes.is_name(name);
        term && name && has(Role::Deadline) && has(Role::Executor)
    }

    fn measure_is_closed(&self) -> bool {
        let (Some(row), Some(column)) = (&self.row, self.column(Role::Measure)) else { return true };
        !row.cells[column].last().is_some_and(|last| self.shapes.is_unfinished(last.text.as_str()))
    }

    /// Keeps for each column what reaches down from `line` on.
    fn remember(&mut self, line: &GridLine, cells: &[Text]) {
        for (at, cell) in cells.iter().enumerate().filter(|(at, _)| !line.is_above(*at)) {
            self.above[at] = fragments(cell.clone(), Gap::Blank);
        }
    }

    /// Adds the line's cells to the row above, in the columns where they fit best; `may_shift` where a page may have
    /// lost or won a column.
    fn go_on(&mut self, cells: Vec<Text>, filled: &[usize], may_shift: bool) {
        let Some(row) = &mut self.row else { return };
        let above = Above { columns: self.columns, shapes: &self.shapes, cells: &row.cells };
        let shift = if may_shift { above.shift(&cells, filled) } else { 0 };
        if shift != 0 {
            let text = Text::join(filled.iter().map(|&at| &cells[at]), true);
            let message = format!("Cells of a continued row were moved by {shift} column(s).");
            self.entries.doubts.push((IssueKind::ShiftedCells, text, message));
        }
        for &at in filled {
            let column = at.saturating_add_signed(shift);
            row.cells[column].extend(fragments(cells[at].clone(), row.gap));
        }
        row.gap = Gap::Line;
    }
}

/// For every line, whether no line of its page is `numbered`, though another page has one that is.
fn bare(lines: &[GridLine], numbered: impl Fn(&&GridLine) -> bool) -> Vec<bool> {
    let mut bare = Vec::with_capacity(lines.len());
    let mut some = false;
    for page in lines.split_inclusive(|line| line.kind == GridKind::PageEnd) {
        let own = page.iter().any(|line| line.kind == GridKind::Row && numbered(&line));
        some |= own;
        bare.resize(bare.len() + page.len(), !own);
    }
    if !some {
        bare.fill(false);
    }
    bare
}

/// The lines of a cell as fragments: none for an empty one.
fn fragments(text: Text, gap: Gap) -> Vec<Fragment> {
    if text.is_blank() && text.pieces().is_empty() { Vec::new() } else { vec![Fragment { text, gap }] }
}
