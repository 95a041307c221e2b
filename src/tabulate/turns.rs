/*!
One column after another: all the numbers, all the measures, all the terms, each under its heading.

This module never takes columns of different lengths for a table: only their lengths say which cells stand in one row.

```text
№ п/п          Мероприятия                  Срок
1              Провести ярмарку вакансий    III квартал
2              Подготовить доклад           декабрь
```
*/

use super::grid_line::{GridKind, GridLine};
use super::heading::{Finder, Heading, is_plan};
use super::strip::Strip;
use crate::normalise::Separator;

/// A heading and at least so many cells are a column.
const LEAST_LINES: usize = 4;

/// A column is looked at so far down.
const MOST_LINES: usize = 1000;

/// The table that begins with line `first`, all of it: its columns, and one past its last line.
pub(super) fn heading(strips: &[Strip], first: usize, finder: &Finder) -> Option<(Vec<Heading>, usize)> {
    let mut columns: Vec<Heading> = Vec::new();
    let (mut at, mut end, mut length) = (first, first, 0);
    while at < strips.len() {
        let most = if length == 0 { MOST_LINES } else { length + 1 };
        let lines = strips[at..].iter().take_while(|strip| is_plain(strip)).take(most).count();
        let heading =
            strips.get(at).filter(|_| lines >= LEAST_LINES).map(|strip| finder.read(&strip.text()))?;
        if (length != 0 && lines != length) || heading.role.is_none() {
            break;
        }
        length = lines;
        columns.push(heading);
        end = at + lines;
        at = end + strips[end..].iter().take_while(|strip| strip.is_blank()).count();
    }
    is_plan(columns.iter().filter_map(|column| column.role)).then_some((columns, end))
}

fn is_plain(strip: &Strip) -> bool {
    strip.separator() == Separator::None && !strip.is_rule() && !strip.is_blank()
}

/// The lines of a table, heading and all, as rows of cells below it.
pub(super) fn grid(strips: &[Strip]) -> Vec<GridLine> {
    let columns: Vec<&[Strip]> = strips.split(Strip::is_blank).filter(|lines| !lines.is_empty()).collect();
    let length = columns.first().map_or(0, |lines| lines.len());
    let row = |nth: usize| GridLine {
        cells: columns.iter().filter_map(|lines| lines.get(nth)).map(Strip::text).collect(),
        kind: GridKind::Row,
        separator: Separator::Tab,
        merges: Vec::new(),
    };
    (1..length).map(row).collect()
}
