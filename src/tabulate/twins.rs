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

fn is_empty(lines: &[GridLine], column: usize) -> bool {
    let mut rows = lines.iter().filter(|line| line.kind == GridKind::Row);
    rows.all(|line| line.cells.get(column).is_none_or(Text::is_blank))
}
