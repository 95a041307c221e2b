/*!
Pipes that part cells, and lines that end inside them: a table of text that was filled to the width of a page.

This module never guesses a cell's end: only a pipe ends one, and only a number, or a line that says it is the row's last,
ends a row.

```text
№ п/п| Мероприятие| Срок| Ответственные      the heading and the rule under it say how many cells a row has
исполнители
---|---|---|---
1.1| Обеспечение деятельности комиссии по    a line goes on where the line above ended
координации работы| 2023 год| Управление по
профилактике
```
*/

use super::grid_line::{GridKind, GridLine};
use super::heading::{Finder, Heading, MOST_COLUMNS, is_plan};
use super::numbers;
use super::shapes::Shapes;
use super::strip::Strip;
use crate::normalise::Separator;
use crate::plan::Role;
use crate::text::Text;

/// The most lines of a heading.
const LONGEST_HEADING: usize = 10;

/// So many rows show that the heading has a second level.
const LEAST_ROWS: usize = 3;

/// So many lines below the heading are looked at to see whether rows go over lines.
const SAMPLE: usize = 60;

/// The heading that begins with line `first`, and one past its last line.
pub(super) fn heading(
    strips: &[Strip],
    first: usize,
    finder: &Finder,
    shapes: &Shapes,
) -> Option<(Vec<Heading>, usize)> {
    let window = strips.get(first..(first + LONGEST_HEADING).min(strips.len()))?;
    let rule = window.iter().position(|strip| strip.is_rule() && strip.separator() == Separator::Pipe)?;
    let (head, count) = (&window[..rule], window[rule].cells().len());
    let filled = !head.is_empty() && head.iter().all(|strip| !strip.is_blank());
    let pipes: usize = head.iter().map(|strip| cells(strip).len() - 1).sum();
    if !filled
        || !(3..=MOST_COLUMNS).contains(&count)
        || pipes + 1 != count
        || !goes_over_lines(&strips[first + rule + 1..], count)
    {
        return None;
    }
    let mut columns: Vec<Vec<Text>> = vec![Vec::new()];
    for strip in head {
        for (nth, cell) in cells(strip).into_iter().enumerate() {
            if nth > 0 {
                columns.push(Vec::new());
            }
            columns.last_mut()?.push(cell);
        }
    }
    let mut headings: Vec<Heading> =
        columns.iter().map(|parts| finder.read(&Text::join(parts, true))).collect();
    let mut end = first + rule + 1;
    if let Some(column) = strips.get(end).and_then(|_| divided(&strips[end..], &headings, shapes)) {
        divide(&mut headings, column, cells(&strips[end]));
        end += 1;
    }
    is_plan(headings.iter().filter_map(|heading| heading.role)).then_some((headings, end))
}

/// The column that the first of `strips` divides, if it is a heading's second level: it has words for some columns, and the
/// rows below have as many cells more than the heading.
fn divided(strips: &[Strip], headings: &[Heading], shapes: &Shapes) -> Option<usize> {
    let parts = cells(strips.first()?);
    let small = |part: &Text| part.as_str().trim().starts_with(char::is_lowercase);
    let more = parts.len() - 1;
    if more == 0 || parts.len() >= headings.len() || !parts.iter().all(small) {
        return None;
    }
    let rows = rows(&strips[1..]);
    let whole = rows.iter().filter(|row| row.len() == headings.len() + more).count();
    if whole < LEAST_ROWS || whole * 2 < rows.len() {
        return None;
    }
    let fits = |divided: usize| {
        let fits = |row: &Vec<Text>| {
            let place = |column: usize| if column > divided { column + more } else { column };
            let looks = |column: usize| {
                let cell = row.get(place(column)).map_or("", |cell| cell.as_str().trim());
                match headings[column].role {
                    Some(Role::Deadline) => shapes.is_term(cell),
                    Some(Role::Executor | Role::CoExecutor) => shapes.is_name(cell),
                    _ => false,
                }
            };
            (0..headings.len()).filter(|&column| looks(column)).count()
        };
        rows.iter().filter(|row| row.len() == headings.len() + more).map(fits).sum::<usize>()
    };
    // Of columns that fit as well the last: its own cell is the first of those that it is divided into.
    (0..headings.len()).max_by_key(|&column| (fits(column), column))
}

/// Puts the columns of the second level in the place of `column`.
fn divide(headings: &mut Vec<Heading>, column: usize, parts: Vec<Text>) {
    let role = headings[column].role;
    for (nth, part) in parts.into_iter().enumerate() {
        if nth == 0 {
            let text = Text::join([&headings[column].text, &part.squeezed()], true);
            headings[column].text = text;
        } else {
            headings.insert(column + nth, Heading { text: part.squeezed(), role });
        }
    }
}

/// The cells of the rows that begin with a number among the first lines of `strips`.
fn rows(strips: &[Strip]) -> Vec<Vec<Text>> {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for strip in strips.iter().filter(|strip| !strip.is_blank()).take(SAMPLE) {
        let mut parts = cells(strip).into_iter();
        let Some(first) = parts.next() else { continue };
        if numbers::whole(first.as_str()).is_some() {
            rows.push(vec![first]);
        } else if let Some(last) = rows.last_mut().and_then(|row| row.last_mut()) {
            last.append_spaced(&first);
        }
        if let Some(row) = rows.last_mut() {
            row.extend(parts);
        }
    }
    // The sample may cut the last.
    rows.pop();
    rows
}

/// The cells of a line; a line without a pipe is part of one.
fn cells(strip: &Strip) -> Vec<Text> {
    if strip.separator() == Separator::Pipe { strip.cells().to_vec() } else { vec![strip.text()] }
}

/// True if hardly a line has a whole row.
fn goes_over_lines(strips: &[Strip], count: usize) -> bool {
    let lines: Vec<&Strip> = strips.iter().filter(|strip| !strip.is_blank()).take(SAMPLE).collect();
    let whole = lines.iter().filter(|strip| cells(strip).len() == count).count();
    // A line between two pipes is whole, be it that of another table.
    let cut = |cells: &[Text]| {
        (2..count).contains(&cells.len()) && !(cells[0].is_blank() && cells[cells.len() - 1].is_blank())
    };
    let parts = lines.iter().filter(|strip| cut(&cells(strip))).count();
    parts >= 2 && whole * 2 < lines.len()
}

/// `strips` as lines of `count` cells.
pub(super) fn grid(strips: &[Strip], count: usize) -> Vec<GridLine> {
    let mut lines: Vec<GridLine> = Vec::with_capacity(strips.len());
    let mut column = 0;
    // True where the line above says that its row ends: two spaces are a line end of Markdown.
    let mut ended = true;
    // The line that a title began with.
    let mut title: Option<usize> = None;
    for strip in strips {
        let blank = |kind| GridLine {
            cells: vec![strip.text()],
            kind,
            separator: Separator::Box,
            merges: Vec::new(),
        };
        if strip.is_blank() || strip.is_rule() {
            lines.push(blank(if strip.is_rule() { GridKind::Rule } else { GridKind::Blank }));
            continue;
        }
        let parts = cells(strip);
        let text = parts[0].as_str().trim();
        let numbered = parts.len() > 1 && numbers::whole(text).is_some();
        let small = text.starts_with(char::is_lowercase);
        let begins =
            numbered || (ended && !small && (column + 1 >= count || parts.len() == 1 && opens(text)));
        if begins {
            column = 0;
        }
        ended = parts.last().is_some_and(|last| last.as_str().ends_with("  "));
        if let Some(top) = title.filter(|_| !begins && parts.len() == 1) {
            lines[top].cells[0].append_spaced(&parts[0].squeezed());
            lines.push(blank(GridKind::Blank));
            continue;
        }
        let mut row = vec![Text::default(); count];
        let parted = parts.len() - 1;
        title = (begins && parts.len() == 1).then_some(lines.len());
        for (nth, part) in parts.into_iter().enumerate() {
            let at = (column + nth).min(count - 1);
            if row[at].is_blank() { row[at] = part } else { row[at].append_spaced(&part) }
        }
        column = (column + parted).min(count - 1);
        lines.push(GridLine {
            cells: row,
            kind: GridKind::Row,
            separator: Separator::Pipe,
            merges: Vec::new(),
        });
    }
    lines
}

/// A line that may be a section's title.
fn opens(text: &str) -> bool {
    numbers::opens_section(text) || numbers::leading(text).is_some() || text.starts_with(char::is_uppercase)
}
