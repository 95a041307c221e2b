/*!
Columns that are one: a heading that stands beside its column, or that fell into two.

This module never joins two columns in which something stands. What stands under a heading may begin a little to its left,
and «№» and «п/п» may lie so far apart that they look like two:

```text
    №   п/п       Мероприятия          three columns by the white between them,
1             Организация дежурства    in two of which nothing stands
```
*/

use super::grid_line::{GridKind, GridLine};
use super::heading::{Finder, Heading};
use super::numbers;
use crate::plan::Role;
use crate::text::Text;

/// Joins neighbouring columns of which one is empty and whose headings together are one; those headings.
pub(super) fn join(columns: &mut Vec<Heading>, lines: &mut [GridLine], finder: Finder) -> Vec<String> {
    let mut said = Vec::new();
    let mut at = 0;
    while at + 1 < columns.len() {
        let joined = finder.read(&Text::join([&columns[at].text, &columns[at + 1].text], true));
        let one = finder.is_heading(&joined.text)
            && (joined.role == columns[at].role || joined.role == columns[at + 1].role)
            && joined.role.is_some();
        if !one || !(is_empty(lines, at) || is_empty(lines, at + 1)) {
            at += 1;
            continue;
        }
        said.push(joined.text.as_str().to_owned());
        columns[at] = joined;
        columns.remove(at + 1);
        for line in lines.iter_mut().filter(|line| line.kind == GridKind::Row && line.cells.len() > at + 1) {
            let right = line.cells.remove(at + 1);
            if !right.is_blank() {
                line.cells[at] = right;
            }
        }
    }
    said
}

/// Joins a column without a heading to the one of numbers beside it, where numbers are all that stands in both and no line
/// has two: on a page that is askew they do not stand one under another.
pub(super) fn join_numbers(columns: &mut Vec<Heading>, lines: &mut [GridLine]) -> bool {
    let Some(own) = columns.iter().position(|column| column.role == Some(Role::Number)) else { return false };
    let beside = [own.checked_sub(1), Some(own + 1)].into_iter().flatten();
    let unnamed = |at: &usize| columns.get(*at).is_some_and(|column| column.text.is_blank());
    let mut fitting = beside.filter(unnamed).filter(|&at| are_apart(lines, own, at));
    let Some(other) = fitting.next() else { return false };
    let (left, right) = (own.min(other), own.max(other));
    columns.remove(other);
    for line in lines.iter_mut().filter(|line| line.kind == GridKind::Row && line.cells.len() > right) {
        let moved = line.cells.remove(right);
        if !moved.is_blank() {
            line.cells[left] = moved;
        }
    }
    true
}

/// True if both columns have numbers, nothing else, and never on one line.
fn are_apart(lines: &[GridLine], own: usize, other: usize) -> bool {
    let filled = |column: usize| {
        let rows = lines.iter().filter(|line| line.kind == GridKind::Row);
        rows.filter_map(move |line| line.cells.get(column)).filter(|cell| !cell.is_blank())
    };
    let numbers = |column: usize| {
        filled(column).next().is_some()
            && filled(column).all(|cell| numbers::whole(cell.as_str().trim()).is_some())
    };
    let both = |line: &GridLine| {
        [own, other].iter().all(|&column| line.cells.get(column).is_some_and(|cell| !cell.is_blank()))
    };
    numbers(own) && numbers(other) && !lines.iter().any(|line| line.kind == GridKind::Row && both(line))
}

fn is_empty(lines: &[GridLine], column: usize) -> bool {
    let mut rows = lines.iter().filter(|line| line.kind == GridKind::Row);
    rows.all(|line| line.cells.get(column).is_none_or(Text::is_blank))
}
