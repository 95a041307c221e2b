/*!
Rows told by how many cells they have.

This module never looks into a cell but for a term in the deadline's place. Where nearly every row has as many cells as
the heading, a row with one more has the title of the next section behind it.
*/

use std::ops::Range;

use super::numbers;
use super::sequence::{Cut, Piece};
use super::shapes::Shapes;
use crate::plan::Role;

/// At least one in so many rows has as many cells as the heading where cells are counted.
const COUNTED_SHARE: usize = 2;

/// The pieces of each cell behind the number.
fn cells(pieces: &[Piece]) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..pieces.len()).filter(|&at| at == 0 || pieces[at].starts).collect();
    let end = |nth: usize| starts.get(nth + 1).copied().unwrap_or(pieces.len());
    starts.iter().enumerate().map(|(nth, &start)| start..end(nth)).collect()
}

/// True if most of `rows`, each begun by its number, have a cell for each of `roles`.
pub(super) fn are_counted(rows: &[&[Piece]], roles: &[Role]) -> bool {
    let own = |row: &&&[Piece]| {
        let alone = row.first().is_some_and(|first| numbers::whole(first.text.as_str()).is_some());
        cells(row).len() == roles.len() + usize::from(alone)
    };
    let counted = rows.iter().filter(own).count();
    counted * COUNTED_SHARE >= rows.len()
}

/// Several rows behind one number, each with a cell for each of `roles` and a term where one belongs; a section's title may
/// stand behind the last.
pub(super) fn several(row: &[Piece], roles: &[Role], shapes: &Shapes) -> Option<Vec<Cut>> {
    let mut columns = cells(row);
    let mut section = row.len()..row.len();
    if columns.last().is_some_and(|last| row[last.start].opens_section()) {
        section = columns.pop()?;
    }
    let term = roles.iter().position(|role| *role == Role::Deadline)?;
    if roles.len() < 2 || columns.len() < 2 * roles.len() || !columns.len().is_multiple_of(roles.len()) {
        return None;
    }
    let rows: Vec<&[Range<usize>]> = columns.chunks(roles.len()).collect();
    let fits = |columns: &&[Range<usize>]| {
        let text = |range: &Range<usize>| row[range.start].text.as_str().trim();
        shapes.is_term(text(&columns[term])) && text(&columns[0]).starts_with(char::is_uppercase)
    };
    let last = rows.len() - 1;
    let cut = |(nth, columns): (usize, &&[Range<usize>])| {
        let end = columns.last().map_or(0, |last| last.end);
        let section = if nth == last { section.clone() } else { end..end };
        Cut { columns: columns.to_vec(), section, cost: 0.0 }
    };
    rows.iter().all(fits).then(|| rows.iter().enumerate().map(cut).collect())
}

/// A row with one cell more than `roles`: the title of a section, which stands behind it.
pub(super) fn with_title(row: &[Piece], roles: &[Role], shapes: &Shapes) -> Option<Cut> {
    let mut columns = cells(row);
    let title = columns.pop().filter(|_| columns.len() == roles.len())?;
    let text = |range: &Range<usize>| row[range.start].text.as_str().trim();
    let fits = columns.iter().zip(roles).all(|(range, role)| {
        *role != Role::Deadline || text(range).is_empty() || shapes.is_term(text(range))
    });
    let own = text(&title);
    let titled = numbers::opens_section(own)
        || numbers::leading(own).is_some()
        || own.starts_with(char::is_uppercase) && !shapes.is_name(own);
    (fits && titled).then_some(Cut { columns, section: title, cost: 0.0 })
}
