/*!
Rows of plain lines in which the cells of several columns run on one line.

This module never cuts a row; it says when a cut rests on nothing. Recognition that reads across a table, and a converter
that joins cells by a space, leave lines in which no sign parts the columns:

```text
1. Открытие Года семьи, чествование многодетных Костромская областная 18.01.2024 Смирнова О.В.
семей филармония
```
*/

use super::sequence::{Cut, Piece};
use crate::plan::Role;

/// A row of one line cannot be mixed up.
const LEAST_LINES: usize = 2;

/// True if nothing shows where the columns of a row of plain lines end.
pub(super) fn is_mixed(row: &[Piece], cut: &Cut, roles: &[Role]) -> bool {
    across(row, cut, roles) || has_shapeless(row, cut, roles)
}

/// Measure, term and name begin on the first line, and the row goes on below: with which of them, no one can say.
fn across(row: &[Piece], cut: &Cut, roles: &[Role]) -> bool {
    let Some(first) = row.first() else { return false };
    let end = cut.columns.last().map_or(0, |last| last.end);
    let lines = row[..end.min(row.len())].last().map_or(0, |last| last.line + 1 - first.line);
    let begins = |role: Role| {
        cut.columns
            .iter()
            .zip(roles)
            .any(|(range, own)| *own == role && !range.is_empty() && row[range.start].line == first.line)
    };
    lines >= LEAST_LINES && [Role::Measure, Role::Deadline, Role::Executor].into_iter().all(begins)
}

/// A column that is told by no shape, neither by a term's nor by a name's, begins where no line does, or is not there.
fn has_shapeless(row: &[Piece], cut: &Cut, roles: &[Role]) -> bool {
    let shaped = [Role::Measure, Role::Deadline, Role::Executor];
    cut.columns
        .iter()
        .zip(roles)
        .any(|(range, role)| !shaped.contains(role) && (range.is_empty() || !row[range.start].starts))
}
