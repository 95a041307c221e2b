/*!
The items of a list in a cell.

This module never reads an item. What «а)» or «1)» opens has its own term, and its mark is no part of one:

```text
а) до 1 июня 2019 г.
б) до 1 октября 2019 г.
```
*/

use crate::tabulate::{Break, Cell};

/// The items of `cell`, each with its mark; `None` where it is no list.
pub(super) fn items(cell: &Cell) -> Option<Vec<Cell>> {
    let starts = starts(cell);
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().copied().skip(1).chain([cell.text.len()]);
    let ranges: Vec<_> = std::iter::once(0).chain(starts.iter().copied().skip(1)).zip(ends).collect();
    let texts = cell.text.slices(ranges.iter().map(|&(start, end)| start..end));
    let breaks = |start: usize, end: usize| {
        let inside = cell.breaks.iter().filter(|one| start < one.at && one.at < end);
        inside.map(|one| Break { at: one.at - start, gap: one.gap }).collect()
    };
    let item = |((start, end), text)| Cell { text, breaks: breaks(start, end) };
    Some(ranges.into_iter().zip(texts).map(item).collect())
}

/// The bytes at which items begin: at the cell's or a line's beginning, or behind a semicolon, with marks that count.
fn starts(cell: &Cell) -> Vec<usize> {
    let string = cell.text.as_str();
    if cell.breaks.is_empty() && !string.contains("; ") {
        return Vec::new();
    }
    let mut starts: Vec<usize> = Vec::new();
    let lines = cell.breaks.iter().map(|one| one.at);
    let parts = string.match_indices("; ").map(|(at, mark)| at + mark.len());
    let mut places: Vec<usize> = std::iter::once(0).chain(lines).chain(parts).collect();
    places.sort_unstable();
    places.dedup();
    let mut next = 1;
    for at in places {
        if mark(&string[at..]) == Some(next) {
            starts.push(at);
            next += 1;
        }
    }
    starts
}

/// The number of the item whose mark `text` begins with: 2 for «2)», «2. » and «б)».
pub(super) fn mark(text: &str) -> Option<usize> {
    const LETTERS: &str = "абвгдежзик";
    let end = text.find([')', '.'])?;
    let bracket = text[end..].starts_with(')');
    let rest = &text[end + 1..];
    // «1.06.2019» and «2.1» are no marks.
    if !(rest.starts_with(' ') || bracket && rest.starts_with(char::is_alphabetic)) {
        return None;
    }
    match text[..end].parse() {
        Ok(number) if end <= 2 => Some(number),
        _ if bracket => {
            let mut letters = LETTERS.char_indices();
            let place = letters.position(|(_, letter)| text[..end].chars().eq([letter]))?;
            Some(place + 1)
        }
        _ => None,
    }
}
