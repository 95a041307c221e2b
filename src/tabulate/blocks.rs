/*!
Rows that stand in blocks: between two drawn lines, or between two empty ones; and rows whose cells are centred.

This module never joins two rows and never reads a word. What it knows is where a row lies, though its number stands in
the middle of it:

```text
        │ Опашка населенных │              │ органы            a block: from a drawn line to the next
   1.   │ пунктов, лесных   │ 15.04.2019   │ местного          the number goes up to its first line
        │ массивов          │              │ самоуправления
```

Without lines around them, centred rows are told by their numbers alone: a row reaches as far down from its number as up,
so the beginning of one gives those of all below it.
*/

use std::ops::Range;

use super::grid_line::{GridKind, GridLine};
use super::numbers;
use crate::normalise::Separator;
use crate::text::Text;

/// Blocks are rows where so many of them, one in so many at least, have exactly one number.
const LEAST_BLOCKS: usize = 2;
const NUMBERED_SHARE: f64 = 0.6;

/// Rows are centred where at least this share of their numbers stands beside the middle of a sentence.
const CENTRED_SHARE: f64 = 0.4;

/// Puts the numbers of `lines` at the tops of their rows; `number` and `measure` are columns. What it did that by, if it did.
pub(super) fn raise(lines: &mut [GridLine], number: usize, measure: Option<usize>) -> Option<&'static str> {
    // A drawn line between rows of tabs or pipes may be a page's end.
    let bounded =
        |line: &GridLine| matches!(line.separator, Separator::Box | Separator::None | Separator::Placed);
    let mut rows = lines.iter().filter(|line| line.kind == GridKind::Row);
    if !rows.all(bounded) {
        return None;
    }
    let blocks = blocks(lines);
    if are_rows(lines, &blocks, number) {
        for block in blocks {
            raise_in(lines, block.clone(), number);
            join_title(lines, block, number);
        }
        Some("rows reach from one drawn or empty line to the next: most of those blocks have one number")
    } else if measure.is_some_and(|measure| are_centred(lines, number, measure)) {
        for page in pages(lines) {
            for row in centred(lines, page, number) {
                raise_in(lines, row, number);
            }
        }
        Some("rows reach as far up as down from their numbers, which stand beside the middles of sentences")
    } else {
        None
    }
}

/// The lines between two drawn or empty ones.
fn blocks(lines: &[GridLine]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let apart = match line.kind {
            GridKind::Rule | GridKind::PageEnd => true,
            GridKind::Blank => line.separator == Separator::None,
            _ => false,
        };
        match blocks.last_mut() {
            Some(block) if !apart && block.end == at => block.end = at + 1,
            _ if !apart => blocks.push(at..at + 1),
            _ => {}
        }
    }
    blocks.retain(|block| lines[block.clone()].iter().any(|line| line.kind == GridKind::Row));
    blocks
}

fn is_numbered(line: &GridLine, number: usize) -> bool {
    line.kind == GridKind::Row
        && line.cells.get(number).is_some_and(|cell| numbers::whole(cell.as_str()).is_some())
}

fn numbers_in(lines: &[GridLine], range: Range<usize>, number: usize) -> Vec<usize> {
    range.filter(|&at| is_numbered(&lines[at], number)).collect()
}

fn are_rows(lines: &[GridLine], blocks: &[Range<usize>], number: usize) -> bool {
    let counts: Vec<usize> =
        blocks.iter().map(|block| numbers_in(lines, block.clone(), number).len()).collect();
    let (one, more) = (
        counts.iter().filter(|&&count| count == 1).count(),
        counts.iter().filter(|&&count| count > 1).count(),
    );
    one >= LEAST_BLOCKS && one as f64 >= NUMBERED_SHARE * (one + more) as f64 && more * 8 <= one
}

/// The number of the row `row`, if it has one only, goes to its first line.
fn raise_in(lines: &mut [GridLine], row: Range<usize>, number: usize) {
    let [at] = numbers_in(lines, row.clone(), number)[..] else { return };
    let Some(top) = row.into_iter().find(|&line| lines[line].kind == GridKind::Row) else { return };
    let free = lines[top].cells.get(number).is_some_and(Text::is_blank);
    if top < at && free {
        let cell = std::mem::take(&mut lines[at].cells[number]);
        lines[top].cells[number] = cell;
        if lines[at].cells.iter().all(Text::is_blank) {
            lines[at].kind = GridKind::Blank;
            lines[at].separator = Separator::Box;
        }
    }
}

/// A block without a number in one column only is a title: its lines are joined into the first.
fn join_title(lines: &mut [GridLine], block: Range<usize>, number: usize) {
    let rows: Vec<usize> = block.filter(|&at| lines[at].kind == GridKind::Row).collect();
    let filled = |at: usize| -> Vec<usize> {
        let cells = &lines[at].cells;
        (0..cells.len()).filter(|&column| !cells[column].is_blank()).collect()
    };
    let [first, ref rest @ ..] = rows[..] else { return };
    let own = filled(first);
    let alone = own.len() == 1 && rest.iter().all(|&at| filled(at) == own);
    // A title may be wrapped in the number's narrow column: «1.» ⏎ «Совершенствование».
    let numbers = || rows.iter().any(|&at| is_numbered(&lines[at], number)) && own != [number];
    if !alone || rest.is_empty() || numbers() {
        return;
    }
    let parts: Vec<Text> = rows.iter().map(|&at| lines[at].cells[own[0]].squeezed()).collect();
    lines[first].cells[own[0]] = Text::join(&parts, true);
    for &at in rest {
        lines[at].kind = GridKind::Blank;
        lines[at].separator = Separator::Box;
    }
}

/// True if many numbers stand beside the middle of a sentence, or beside nothing.
fn are_centred(lines: &[GridLine], number: usize, measure: usize) -> bool {
    let rows = numbers_in(lines, 0..lines.len(), number);
    let inside = |at: &&usize| {
        let text = lines[**at].cells.get(measure).map_or("", |cell| cell.as_str().trim());
        let above = **at > 0 && lines[**at - 1].kind == GridKind::Row;
        above && (text.is_empty() || text.starts_with(char::is_lowercase))
    };
    let by_place = |at: &usize| matches!(lines[*at].separator, Separator::None | Separator::Placed);
    let positional = rows.iter().all(by_place);
    let centred = rows.iter().filter(inside).count();
    positional && centred >= LEAST_BLOCKS && centred as f64 >= CENTRED_SHARE * rows.len() as f64
}

/// Runs of rows with no page end between them.
fn pages(lines: &[GridLine]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    for at in 0..=lines.len() {
        if at == lines.len() || lines[at].kind == GridKind::PageEnd {
            if lines[start..at].iter().any(|line| line.kind == GridKind::Row) {
                pages.push(start..at);
            }
            start = at + 1;
        }
    }
    pages
}

/// The rows of a page, as they begin best.
fn centred(lines: &[GridLine], page: Range<usize>, number: usize) -> Vec<Range<usize>> {
    let places: Vec<usize> = page.filter(|&at| lines[at].kind == GridKind::Row).collect();
    let marks: Vec<usize> =
        (0..places.len()).filter(|&nth| is_numbered(&lines[places[nth]], number)).collect();
    let Some(&first) = marks.first() else { return Vec::new() };
    let begins = |row: &&Range<usize>| {
        let cells = lines[places[row.start]].cells.iter();
        let mut filled = cells.map(|cell| cell.as_str().trim()).filter(|cell| !cell.is_empty());
        filled.all(|cell| !cell.starts_with(|sign: char| sign.is_lowercase() || sign == '('))
    };
    // What stands over the first row goes on with the last one of the page before.
    let mut best: (usize, Vec<Range<usize>>) = (0, Vec::new());
    for rows in (0..=first).filter_map(|top| chain(top, places.len(), &marks)) {
        let score = rows.iter().filter(begins).count();
        if score > best.0 {
            best = (score, rows);
        }
    }
    let lines_of = |row: Range<usize>| places[row.start]..places[row.end - 1] + 1;
    best.1.into_iter().map(lines_of).collect()
}

/// The rows of a page of `count` lines from line `top` on, each as far below its number as above it; `None` where that does
/// not come out. The last may be cut by the page's end: such a row is set from its top.
fn chain(mut top: usize, count: usize, marks: &[usize]) -> Option<Vec<Range<usize>>> {
    let mut rows: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    for (nth, &mark) in marks.iter().enumerate() {
        let end = mark + mark.checked_sub(top)? + 1;
        let last = nth + 1 == marks.len();
        if end > count && !last {
            return None;
        }
        rows.push(top..end.min(count));
        top = end;
    }
    Some(rows)
}
