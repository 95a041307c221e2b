//! The heading of a grid: its lines, joined column by column. Never what stands under it.

use super::cell::{Fragment, Gap, join};
use super::grid_line::{GridKind, GridLine};
use super::heading::{Finder, Heading, MOST_COLUMNS, is_plan};
use super::numbers;
use super::shapes::Shapes;
use crate::normalise::Separator;
use crate::plan::Role;
use crate::text::Text;

/// The most lines of a heading.
const LONGEST_HEADING: usize = 10;

/// A merged cell's words stand so many lines above those of the cells beside it, at most.
const MERGED_ABOVE: usize = 3;

/// The heading that begins with line `first`, and one past its last line.
pub(super) fn heading(
    lines: &[GridLine],
    first: usize,
    finder: &Finder,
    shapes: &Shapes,
) -> Option<(Vec<Heading>, usize)> {
    let merged = |line: &GridLine| line.kind == GridKind::Title && finder.is_heading(&line.text().squeezed());
    let top = lines.get(first).filter(|line| line.kind == GridKind::Row || merged(line))?;
    let believed = |line: &GridLine| {
        line.cells.iter().filter(|cell| !cell.is_blank() && finder.begins(cell.as_str())).count()
    };
    if believed(top) == 0 {
        return None;
    }
    let mut rows: Vec<&GridLine> = vec![top];
    let mut end = first + 1;
    let mut at = end;
    while at < lines.len() && at < first + LONGEST_HEADING {
        let line = &lines[at];
        match line.kind {
            _ if opens_section(line, &rows, finder) => break,
            _ if (line.kind == GridKind::Row || merged(line)) && is_heading_row(line, finder, shapes) => {
                rows.push(line);
                end = at + 1;
            }
            GridKind::Blank if line.separator == Separator::Box => end = at + 1,
            GridKind::Rule | GridKind::Blank => {}
            _ => break,
        }
        at += 1;
    }
    // A heading of two levels may begin with the merged cell of the first: «Срок исполнения» over «начало», «окончание».
    let below = rows.iter().take(MERGED_ABOVE).map(|row| believed(row)).sum::<usize>();
    let alone = || {
        let mut filled = top.cells.iter().filter(|cell| !cell.is_blank());
        filled.all(|cell| finder.is_heading(&cell.squeezed()))
    };
    if believed(top) < 2 && (below < 3 || !alone()) {
        return None;
    }
    let columns = joined_columns(&rows, finder);
    is_plan(columns.iter().filter_map(|column| column.role)).then_some((columns, end))
}

/// True for the heading of a table of values for years: «Наименование показателя», «2022 год (факт)», «2023 год».
pub(super) fn is_of_values(line: &GridLine, finder: &Finder) -> bool {
    let (years, words) = years_and_words(line, finder);
    years >= 2 && !words.is_empty() && words.iter().all(|cell| finder.is_heading(cell))
}

/// True for several years and nothing else: the second level of «Объем финансирования», the year of each sum.
fn is_years(line: &GridLine, finder: &Finder) -> bool {
    let (years, words) = years_and_words(line, finder);
    years >= 2 && words.is_empty()
}

/// How many cells of `line` are years, and the others in which something stands.
fn years_and_words(line: &GridLine, finder: &Finder) -> (usize, Vec<Text>) {
    let filled = line.cells.iter().filter(|cell| !cell.is_blank()).map(Text::squeezed);
    let (years, words): (Vec<Text>, Vec<Text>) = filled.partition(|cell| finder.is_year(cell));
    (years.len(), words)
}

/// A further line of a heading: no number, no term, no name, no sentence.
fn is_heading_row(line: &GridLine, finder: &Finder, shapes: &Shapes) -> bool {
    // One cell over all columns is the title of a section.
    if line.kind == GridKind::Row && line.is_one_cell() {
        return false;
    }
    if is_years(line, finder) {
        return true;
    }
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

/// True for one cell with a capital, under a heading that is whole and of another column than its words say, where that
/// column has its heading: the title of the first section, «Организационные мероприятия» under «Место проведения».
fn opens_section(line: &GridLine, rows: &[&GridLine], finder: &Finder) -> bool {
    let mut filled = line.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    let (Some((column, cell)), None) = (filled.next(), filled.next()) else { return false };
    let Some(own) = finder.read(cell).role.filter(|_| cell.as_str().trim().starts_with(char::is_uppercase))
    else {
        return false;
    };
    let joined = |column: usize| {
        let cells: Vec<Text> =
            rows.iter().filter_map(|row| row.cells.get(column)).map(Text::squeezed).collect();
        Text::join(cells.iter().filter(|cell| !cell.is_blank()), true)
    };
    let whole = |column: usize| Some(joined(column)).filter(|text| finder.is_heading(text));
    let roles = |column: usize| whole(column).and_then(|text| finder.read(&text).role);
    let other = |at: usize| at != column && roles(at) == Some(own);
    roles(column).is_some_and(|role| role != own) && (0..line.cells.len()).any(other)
}

/// The heading's rows joined column by column; a column without words of its own in the first row of a two-level
/// heading belongs to the merged cell on its left.
fn joined_columns(rows: &[&GridLine], finder: &Finder) -> Vec<Heading> {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(MOST_COLUMNS);
    let mut columns: Vec<Heading> = Vec::with_capacity(count);
    for column in 0..count {
        let parts: Vec<Fragment> = rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .filter(|cell| !cell.is_blank())
            .map(|cell| Fragment { text: cell.squeezed(), gap: Gap::Line })
            .collect();
        let mut heading = finder.read(&join(&parts, finder.phrases()).text);
        let filled = |column: usize| {
            rows.iter().position(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
        };
        let under = match (column.checked_sub(1).and_then(filled), filled(column)) {
            (Some(left), Some(own)) => own > left,
            _ => false,
        };
        let left = columns.last().and_then(|left: &Heading| left.role);
        if heading.role.is_none() && under {
            heading.role = left.filter(|role| *role != Role::Number);
        }
        // «Объем финансирования, 2023 год», «2024 год», «2025 год».
        if heading.role.is_none() && finder.is_year(&heading.text) {
            heading.role = left.filter(|role| matches!(role, Role::Funding | Role::Indicator));
        }
        columns.push(heading);
    }
    columns
}
