/*!
Rows that no number begins: cells one after another, or plain lines, in which the columns come round again.

This module never takes a line for a row that has not something for every column that is told by its shape: a measure, a
term, a name. Of plain lines every row is doubtful; where they do not all come out so, none is taken.
*/

use super::entry::{Entries, Entry};
use super::flow::Reader;
use super::sequence::{self, Looks, Piece};
use crate::issue::IssueKind;
use crate::plan::{Reason, Role};

/// A cell of plain lines takes at most so many.
const LONGEST_CELL: usize = 24;

/// A row that costs more does not look like one.
const WHOLE_ROW: f64 = 2.0;

/// A term or a name inside a measure: where no number begins a row, it is likelier another row's.
const STRAY: f64 = 1.0;

/// Fewer rows may be anything.
const LEAST_ROWS: usize = 3;

/// A table without row numbers: rows are told by the columns coming round again.
pub(super) fn read(reader: &Reader, pieces: Vec<Piece>, mut entries: Entries) -> Entries {
    let found =
        if reader.cells { of_cells(reader, &pieces) } else { of_lines(reader, &pieces, &mut entries) };
    match found {
        Some(list) => entries.list.extend(list),
        None => {
            let remains = pieces.iter().map(|piece| Entry::Remain(piece.text.clone(), Reason::Unplaced));
            entries.list.extend(remains);
        }
    }
    entries
}

/// As many cells as there are columns make a row where the one for the term holds one; another is a section's title.
fn of_cells(reader: &Reader, pieces: &[Piece]) -> Option<Vec<Entry>> {
    let roles: Vec<Role> = reader.columns.iter().map(|column| column.role.unwrap_or(Role::Other)).collect();
    let starts: Vec<usize> = (0..pieces.len()).filter(|&at| pieces[at].starts).collect();
    let term = roles.iter().position(|role| *role == Role::Deadline)?;
    let end = |nth: usize| starts.get(nth).copied().unwrap_or(pieces.len());
    let mut list = Vec::new();
    let mut nth = 0;
    while nth < starts.len() {
        let cell = |column: usize| &pieces[end(nth + column)..end(nth + column + 1)];
        let full = nth + roles.len() <= starts.len();
        let fits = full
            && cell(term)
                .first()
                .is_some_and(|piece| reader.shapes.is_term(piece.text.as_str()) || piece.text.is_blank());
        if fits {
            let cells = (0..roles.len()).map(|column| sequence::fragments(cell(column))).collect();
            list.push(Entry::Row(cells, Vec::new()));
            nth += roles.len();
        } else {
            list.push(Entry::Section(sequence::fragments(cell(0))));
            nth += 1;
        }
    }
    Some(list)
}

/// The cheapest way to give all lines to the columns, round after round.
fn of_lines(reader: &Reader, pieces: &[Piece], entries: &mut Entries) -> Option<Vec<Entry>> {
    let roles = reader.roles();
    let shaped = |role: Role| matches!(role, Role::Measure | Role::Deadline | Role::Executor);
    if roles.iter().filter(|role| shaped(**role)).count() < 3 {
        return None;
    }
    let stop = reader.footing(pieces, 0);
    let pieces: Vec<Piece> =
        pieces[..stop].iter().flat_map(|piece| reader.split(std::slice::from_ref(piece))).collect();
    let looks = Looks::of(&pieces, false, &reader.shapes);
    let (count, columns) = (pieces.len(), roles.len());
    let may_begin = |at: usize| {
        at == count
            || pieces[at].starts && pieces[at].text.as_str().trim_start().starts_with(char::is_uppercase)
    };
    // costs[c][e]: the cheapest way to the end of column c at piece e, rows before it and all; back: where the column begins.
    let mut costs = vec![vec![f64::INFINITY; count + 1]; columns + 1];
    let mut back = vec![vec![0; count + 1]; columns + 1];
    costs[0][0] = 0.0;
    for start in 0..count {
        if start > 0 && may_begin(start) {
            costs[0][start] = costs[columns][start];
        }
        for (column, &role) in roles.iter().enumerate() {
            if costs[column][start].is_infinite() {
                continue;
            }
            let least = if shaped(role) { start + 1 } else { start };
            for end in least..=(start + LONGEST_CELL).min(count) {
                let strays = if role == Role::Measure { looks.strays(start, end) } else { 0 };
                let cost = costs[column][start] + looks.cost(role, start, end) + STRAY * strays as f64;
                if cost < costs[column + 1][end] {
                    costs[column + 1][end] = cost;
                    back[column + 1][end] = start;
                }
            }
        }
    }
    let mut rows: Vec<Vec<std::ops::Range<usize>>> = Vec::new();
    let mut end = count;
    while end > 0 {
        let (last, mut row) = (end, Vec::with_capacity(columns));
        for column in (1..=columns).rev() {
            let start = back[column][end];
            row.push(start..end);
            end = start;
        }
        row.reverse();
        if costs[columns][last] - costs[0][end] > WHOLE_ROW || end >= last {
            return None;
        }
        rows.push(row);
    }
    rows.reverse();
    if rows.len() < LEAST_ROWS || costs[columns][count].is_infinite() {
        return None;
    }
    for row in &rows {
        let text = pieces[row[0].start].text.clone();
        let message = format!("«{}» begins a row: the columns come round again.", text.as_str().trim());
        entries.doubts.push((IssueKind::UncertainRow, text, message));
    }
    entries.end =
        rows.last().and_then(|row| row.last()).map_or(entries.end, |last| pieces[last.end - 1].line + 1);
    Some(rows.iter().map(|row| Entry::Row(reader.cells_of(&pieces, row), Vec::new())).collect())
}
