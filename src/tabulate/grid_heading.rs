//! The heading of a grid: its lines, joined column by column. Never what stands under it.

use super::cell::{Fragment, Gap, join};
use super::grid::{GridKind, GridLine};
use super::heading::{Finder, Heading, is_plan};
use super::numbers;
use super::shapes::Shapes;
use crate::normalise::Separator;
use crate::plan::Role;
use crate::text::Text;

/// The most lines of a heading.
const LONGEST_HEADING: usize = 10;

/// The heading that begins with line `first`, and one past its last line.
pub(super) fn heading(
    lines: &[GridLine],
    first: usize,
    finder: &Finder,
    shapes: &Shapes,
) -> Option<(Vec<Heading>, usize)> {
    let top = lines.get(first).filter(|line| line.kind == GridKind::Row)?;
    let believed = top.cells.iter().filter(|cell| !cell.is_blank() && finder.begins(cell.as_str())).count();
    if believed < 2 {
        return None;
    }
    let mut rows: Vec<&GridLine> = vec![top];
    let mut end = first + 1;
    let mut at = end;
    while at < lines.len() && at < first + LONGEST_HEADING {
        let line = &lines[at];
        match line.kind {
            GridKind::Row if is_heading_row(line, finder, shapes) => {
                rows.push(line);
                end = at + 1;
            }
            GridKind::Blank if line.separator == Separator::Box => end = at + 1,
            GridKind::Rule | GridKind::Blank => {}
            _ => break,
        }
        at += 1;
    }
    let columns = joined_columns(&rows, finder);
    is_plan(columns.iter().filter_map(|column| column.role)).then_some((columns, end))
}

/// A further line of a heading: no number, no term, no name, no sentence.
fn is_heading_row(line: &GridLine, finder: &Finder, shapes: &Shapes) -> bool {
    let filled: Vec<&str> =
        line.cells.iter().map(|cell| cell.as_str().trim()).filter(|cell| !cell.is_empty()).collect();
    let short = filled.iter().all(|cell| cell.chars().count() < 50);
    let opens = filled.iter().any(|cell| numbers::leading(cell).is_some() || numbers::opens_section(cell));
    let says =
        filled.iter().any(|cell| shapes.is_term(cell) || (shapes.is_name(cell) && !finder.begins(cell)));
    let lone_capital =
        filled.len() == 1 && filled[0].starts_with(char::is_uppercase) && !finder.begins(filled[0]);
    short && !opens && !says && !lone_capital && !filled.is_empty()
}

/// The heading's rows joined column by column; a column without words of its own in the first row of a two-level
/// heading belongs to the merged cell on its left.
fn joined_columns(rows: &[&GridLine], finder: &Finder) -> Vec<Heading> {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns: Vec<Heading> = Vec::with_capacity(count);
    for column in 0..count {
        let parts: Vec<Fragment> = rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.is_blank())
            .map(|cell| Fragment { text: cell.squeezed(), gap: Gap::Line })
            .collect();
        let mut heading = finder.read(&join(&parts, finder.lexicon()).text);
        let under = rows[0].cells.get(column).is_none_or(Text::is_blank) && !parts.is_empty();
        if heading.role.is_none() && under {
            heading.role =
                columns.last().and_then(|left: &Heading| left.role).filter(|role| *role != Role::Number);
        }
        columns.push(heading);
    }
    columns
}
