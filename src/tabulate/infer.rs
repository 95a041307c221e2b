/*!
What columns are for, told by what stands in them.

This module never overrules a heading. It speaks where there is none: a table without a heading, a heading torn by
recognition, a column whose heading is empty or has words that the dictionary does not know.
*/

use super::grid_line::{GridKind, GridLine};
use super::heading::{Heading, MOST_COLUMNS};
use super::numbers;
use super::shapes::Shapes;
use crate::plan::Role;
use crate::text::Text;

/// The share of a column's cells that must look like numbers, terms or names.
const CONVINCING: f64 = 0.6;

/// The same share where a heading has words of its own, which may mean something else.
const CONVINCING_BESIDE_WORDS: f64 = 0.8;

/// Measures under such a heading have so many letters in the mean: «Выступление хора», no «10 чел.».
const LEAST_MEASURE: usize = 12;

/// A table needs at least this many rows to be told by its content.
const LEAST_ROWS: usize = 2;

/// So many rows are looked at.
const SAMPLE: usize = 200;

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    filled: usize,
    numbers: usize,
    terms: usize,
    names: usize,
    letters: usize,
}

impl Look {
    fn share(&self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    fn is_worded(&self) -> bool {
        self.letters >= LEAST_MEASURE * self.filled
    }
}

/// Columns for a grid without a heading, if its cells say enough: a measure, and a term or a name.
pub(super) fn columns(lines: &[GridLine], shapes: &Shapes) -> Option<Vec<Heading>> {
    let count = lines.iter().filter(|line| line.kind == GridKind::Row).map(|line| line.cells.len()).max()?;
    let mut columns = vec![Heading { text: Text::default(), role: None }; count.min(MOST_COLUMNS)];
    fill(&mut columns, lines, shapes);
    let has = |role: Role| columns.iter().any(|column| column.role == Some(role));
    let convinced = has(Role::Measure) && has(Role::Deadline) && (has(Role::Executor) || has(Role::Number));
    convinced.then_some(columns)
}

/// A heading may stand over the numbers and the measures, which one column holds: «№ Наименование мероприятия» over
/// «1.1. Разместить…». That column is the measures'.
pub(super) fn part_numbers(columns: &mut [Heading], lines: &[GridLine]) {
    let place = |role: Role| columns.iter().position(|column| column.role == Some(role));
    let (Some(number), None) = (place(Role::Number), place(Role::Measure)) else { return };
    let rows = lines.iter().filter(|line| line.kind == GridKind::Row).take(SAMPLE);
    let cells = rows.filter_map(|line| line.cells.get(number)).filter(|cell| !cell.is_blank());
    let (mut filled, mut worded) = (0, 0);
    for cell in cells {
        filled += 1;
        worded +=
            usize::from(cell.as_str().chars().filter(|sign| sign.is_alphabetic()).count() >= LEAST_LETTERS);
    }
    if worded >= LEAST_ROWS && worded as f64 >= CONVINCING * f64::from(filled) {
        columns[number].role = Some(Role::Measure);
    }
}

/// Words, and no number that recognition made of letters.
const LEAST_LETTERS: usize = 4;

/// Gives the columns without a role the role that their cells show, as far as no other column has it: those without a
/// heading first, then those whose heading is not known.
pub(super) fn fill(columns: &mut [Heading], lines: &[GridLine], shapes: &Shapes) {
    let rows: Vec<&GridLine> = lines.iter().filter(|line| line.kind == GridKind::Row).take(SAMPLE).collect();
    if rows.len() < LEAST_ROWS {
        return;
    }
    let looks: Vec<Look> = (0..columns.len()).map(|column| look(&rows, column, shapes)).collect();
    let longest = looks.iter().map(|look| look.letters).max().unwrap_or(0);
    let is_longest = |look: &Look| look.letters == longest && longest > 0;
    let longest = |look: &Look| if is_longest(look) { 1.0 } else { 0.0 };
    let terms = |look: &Look| look.share(look.terms);
    let names = |look: &Look| look.share(look.names);
    let mut bare = Giver { columns, looks: &looks, worded: false };
    bare.give(Role::Number, |look| look.share(look.numbers));
    bare.give(Role::Deadline, terms);
    bare.give(Role::Executor, names);
    bare.give(Role::Measure, longest);
    let mut worded = Giver { worded: true, ..bare };
    worded.give(Role::Deadline, terms);
    worded.give(Role::Executor, names);
    worded.give(Role::Measure, |look| if look.is_worded() { longest(look) } else { 0.0 });
}

/// Gives roles to columns whose heading is empty or, where `worded`, to those whose heading has words that are not known.
struct Giver<'g> {
    columns: &'g mut [Heading],
    looks: &'g [Look],
    worded: bool,
}

impl Giver<'_> {
    /// Gives `role`, if no column has it, to the column with the best score, the first of several, if that convinces.
    fn give(&mut self, role: Role, score: impl Fn(&Look) -> f64) {
        if self.columns.iter().any(|column| column.role == Some(role)) {
            return;
        }
        let free =
            |&at: &usize| self.columns[at].role.is_none() && self.columns[at].text.is_blank() != self.worded;
        let scored = (0..self.columns.len()).filter(free).map(|at| (score(&self.looks[at]), at));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let least = if self.worded { CONVINCING_BESIDE_WORDS } else { CONVINCING };
        if let Some((_, at)) = best.filter(|(score, _)| *score >= least) {
            self.columns[at].role = Some(role);
        }
    }
}

fn look(rows: &[&GridLine], column: usize, shapes: &Shapes) -> Look {
    let mut look = Look::default();
    for cell in rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_blank()) {
        let string = cell.as_str().trim();
        look.filled += 1;
        look.letters += string.chars().filter(|sign| sign.is_alphabetic()).count();
        look.numbers += usize::from(numbers::whole(string).is_some());
        look.terms += usize::from(shapes.is_term(string));
        look.names += usize::from(shapes.is_name(string));
    }
    look
}
