//! Signs in the text of cells that say how it stands among the others: unfinished, illegible, a sum. Never what it means.

use crate::dictionaries::is_hanging;

/// True if `text` cannot be the end of what it says: a comma, a hyphen, an open quote or bracket, a preposition, «имени».
pub fn is_open(text: &str) -> bool {
    let text = text.trim_end();
    let unclosed = |open: char, close: char| text.matches(open).count() > text.matches(close).count();
    let last = text.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
    text.ends_with([',', '-', '–', ':', '№'])
        || unclosed('«', '»')
        || unclosed('(', ')')
        || (text.ends_with(last) && (is_hanging(last) || last == "имени"))
}

/// More Latin than Cyrillic letters, several of them, and no address: recognition has failed here.
pub(super) fn is_illegible(cells: &[&str]) -> bool {
    let letters = |test: fn(char) -> bool| {
        cells.iter().flat_map(|cell| cell.chars()).filter(|&letter| test(letter)).count()
    };
    let latin = letters(|letter| letter.is_ascii_alphabetic());
    let cyrillic = letters(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё'));
    let address = cells.iter().any(|cell| {
        cell.contains("www.") || cell.contains('@') || cell.contains("://") || cell.contains(".ru")
    });
    latin >= 6 && latin > 2 * cyrillic && !address
}

/// «Итого», «ВСЕГО».
pub(super) fn is_total(cells: &[&str]) -> bool {
    cells.first().is_some_and(|first| {
        let word = first.trim().split(|sign: char| !sign.is_alphabetic()).next().unwrap_or("").to_lowercase();
        matches!(word.as_str(), "итого" | "всего")
    })
}

/// 2 and 2.1.
pub(super) fn is_child(parent: &[u32], child: &[u32]) -> bool {
    child.len() == parent.len() + 1 && child.starts_with(parent)
}
