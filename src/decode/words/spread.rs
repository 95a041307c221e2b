//! A line of which only the whole has a box. Never more exact than the letters' share of the line's width.

use super::{Bounds, Sheet};

/// Puts the words of `text` into `sheet`, each with its share of `bounds` by the number of its letters.
pub(super) fn spread(sheet: &mut Sheet, text: &str, bounds: Bounds, confidence: Option<u8>, line: u32) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let all = (letters + words.len().saturating_sub(1)).max(1) as f32;
    let mut before = 0;
    for word in words {
        let own = word.chars().count();
        let x = |letter: usize| bounds.left + bounds.width() * letter as f32 / all;
        let part = Bounds { left: x(before), right: x(before + own), ..bounds };
        sheet.push(word, part, confidence, line);
        before += own + 1;
    }
}
