/*!
One cell a line, an empty line for an empty cell: what an office program leaves of a table saved as text.

This module never asks what a cell says: rows are told by their numbers, cells by being counted.

```text
№ п/п                     a heading of two levels goes on with the cells of its second row, empty
Мероприятие               where the first row's cells reach down:
Срок
Исполнители               (empty) (empty) начало окончание (empty)
1.
Провести обучение         a line for every cell
                          an empty cell
Министерство культуры
```
*/

use super::heading::{Finder, Heading, is_plan};
use super::numbers;
use super::strip::Strip;
use crate::normalise::Separator;
use crate::plan::Role;
use crate::text::Text;

/// The most lines of a heading, both of its levels.
const LONGEST_HEADING: usize = 24;

/// So many rows are looked at to see that their cells are lines.
const SAMPLE: usize = 120;

/// The least rows that begin with a number on a line of its own.
const LEAST_ROWS: usize = 2;

/// A word of a heading's second level is short: «начало», «2019 год».
const LONGEST_SUBHEADING: usize = 30;

/// The heading that begins with line `first`, and one past its last line, if every cell below is a line.
pub(super) fn heading(strips: &[Strip], first: usize, finder: &Finder) -> Option<(Vec<Heading>, usize)> {
    let (mut columns, mut end) = top(strips, first, finder)?;
    if let Some(last) = second_level(&strips[end..], &mut columns) {
        end += last;
    }
    let numbered = columns.first().is_some_and(|column| column.role == Some(Role::Number));
    let plan = columns.len() >= 3 && is_plan(columns.iter().filter_map(|column| column.role));
    (numbered && plan && are_lines(&strips[end..], columns.len())).then_some((columns, end))
}

/// The headings of the first level: lines with no empty one between them.
fn top(strips: &[Strip], first: usize, finder: &Finder) -> Option<(Vec<Heading>, usize)> {
    let mut columns: Vec<Heading> = Vec::new();
    let mut end = first;
    for strip in strips.iter().skip(first).take(LONGEST_HEADING) {
        if strip.is_blank() || strip.is_rule() || strip.separator() != Separator::None {
            break;
        }
        let own = finder.read(&strip.text());
        // «Срок» ⏎ «исполнения»: a line end inside a cell.
        let joined = columns.last().map(|last| finder.read(&Text::join([&last.text, &own.text], true)));
        let goes_on = match (columns.last(), &joined) {
            (Some(last), Some(joined)) => {
                joined.role.is_some()
                    && joined.role == last.role
                    && (own.role == last.role || own.role.is_none() && finder.is_heading(&joined.text))
            }
            _ => false,
        };
        match joined.filter(|_| goes_on) {
            Some(joined) => {
                columns.pop();
                columns.push(joined);
            }
            None if own.role.is_some() => columns.push(own),
            None => break,
        }
        end += 1;
    }
    (columns.len() >= 2).then_some((columns, end))
}

/// Puts the second level of a heading into `columns`; how many lines it takes. Its cells are one more than the first
/// level's for each column that a merged cell stands over.
fn second_level(strips: &[Strip], columns: &mut Vec<Heading>) -> Option<usize> {
    let count = strips
        .iter()
        .take(LONGEST_HEADING)
        .position(|strip| numbers::leading(strip.text().as_str()).is_some())?;
    let cells: Vec<Text> = strips[..count].iter().map(|strip| strip.text().squeezed()).collect();
    let first = cells.iter().position(|cell| !cell.is_blank())?;
    let filled = cells[first..].iter().take_while(|cell| !cell.is_blank()).count();
    let alone = cells[first + filled..].iter().all(Text::is_blank);
    let short = cells.iter().all(|cell| cell.as_str().chars().count() <= LONGEST_SUBHEADING);
    let spans = first < columns.len() && count == columns.len() + filled - 1 && filled >= 2;
    if !(alone && short && spans) {
        return None;
    }
    let over = columns.remove(first);
    for (nth, cell) in cells[first..first + filled].iter().enumerate() {
        let text = if nth == 0 { Text::join([&over.text, cell], true) } else { cell.clone() };
        columns.insert(first + nth, Heading { text, role: over.role });
    }
    Some(count)
}

/// True if the rows under the heading have a line for each of `count` cells: numbers alone on their lines, and mostly
/// `count` lines from one to the next.
fn are_lines(strips: &[Strip], count: usize) -> bool {
    let sample = &strips[..strips.len().min(SAMPLE)];
    let plain = |strip: &Strip| strip.separator() == Separator::None;
    let rows: Vec<usize> = (0..sample.len())
        .filter(|&at| plain(&sample[at]) && numbers::whole(sample[at].text().as_str()).is_some())
        .collect();
    let apart = rows.windows(2).filter(|pair| (count..=count + 1).contains(&(pair[1] - pair[0]))).count();
    rows.len() >= LEAST_ROWS && apart * 2 >= rows.len()
}
