/*!
Titles of sections without a number, between two rows of cells that follow each other.

This module never takes a cell that a row has a column for, and finds titles only where the table begins with one:

```text
Организационная работа            the table begins with a title
1.  Издание приказа  1-11  до 1 сентября  директор
…
4.  Инструктажи      1-11  1 раз в год    Тхагапсов А.Б.
Работа с обучающимися             a cell more than the columns: another title
```
*/

use super::flow::Reader;
use super::numbers;
use super::sequence::{Anchor, Piece};
use super::signs::is_open;

/// A title has at least so many letters, and at most so many characters.
const LEAST_LETTERS: usize = 4;
const LONGEST: usize = 120;

/// Marks the last cell of a row as a title where the row has one more than there are columns and it looks like one.
pub(super) fn mark(pieces: &mut [Piece], anchors: &[Anchor], reader: &Reader) {
    let Some(first) = anchors.first() else { return };
    if !reader.cells || !pieces[..first.piece].last().is_some_and(|last| is_title(last, reader)) {
        return;
    }
    let columns = reader.roles().len();
    for pair in anchors.windows(2) {
        let row = pair[0].piece..pair[1].piece;
        let alone = numbers::whole(pieces[row.start].text.as_str()).is_some();
        let cells = row.clone().filter(|&at| at == row.start || pieces[at].starts).count();
        let [.., before, last] = &pieces[row.clone()] else { continue };
        let ends = |piece: &Piece| {
            let text = piece.text.as_str().trim_end();
            !text.ends_with([',', ';', ':']) && !is_open(text) && !reader.shapes.is_unfinished(text)
        };
        if cells > columns + usize::from(alone) && last.starts && ends(before) && is_title(last, reader) {
            pieces[row.end - 1].is_title = true;
        }
    }
}

/// Words with a capital and without figures that are neither a name nor a term.
fn is_title(piece: &Piece, reader: &Reader) -> bool {
    let text = piece.text.as_str().trim();
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    text.starts_with(char::is_uppercase)
        && letters >= LEAST_LETTERS
        && text.chars().count() <= LONGEST
        && !text.contains(|sign: char| sign.is_ascii_digit())
        && !text.ends_with([',', ';', ':'])
        && !reader.shapes.is_name(text)
        && !reader.shapes.is_term(text)
}
