/*!
Words that were run together where a line end was taken out: «информационнойбезопасности».

This module never puts in a hyphen, and never cuts a word that may be one: only an unknown word that is an adjective and a
word behind it, both usual, is cut, and only if there is one way to cut it.
*/

use super::vocabulary::words;
use crate::dictionaries::{Lexicon, Spelling};
use crate::text::{Edit, RuleId, Text};

const GLUED: RuleId = RuleId::new("letter-spacing.glued");

/// A shorter word is not cut, and no part is shorter than this.
const LEAST_WORD: usize = 12;
const LEAST_PART: usize = 6;

/// Both parts are used in the genre: the first this many doublings often.
const USUAL: u8 = 2;

/// Endings of adjectives in all cases.
const ADJECTIVE: [&str; 14] =
    ["ая", "ого", "ое", "ой", "ому", "ую", "ые", "ый", "ым", "ыми", "ых", "его", "ие", "их"];

/// Puts the space back.
pub(super) fn mend(text: Text, spelling: &Spelling) -> Text {
    let string = text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    for word in words(string).filter(|word| word.chars().count() >= LEAST_WORD) {
        if spelling.lexicon.knows(word) || word.chars().skip(1).any(char::is_uppercase) {
            continue;
        }
        if let Some(cut) = only_cut(word, &spelling.lexicon) {
            let at = word.as_ptr() as usize - string.as_ptr() as usize + cut;
            edits.push(Edit::new(at..at, " ", GLUED, 80));
        }
    }
    if edits.is_empty() { text } else { text.edited(&edits) }
}

/// The byte at which `word` falls into an adjective and another usual word, if there is exactly one.
fn only_cut(word: &str, lexicon: &Lexicon) -> Option<usize> {
    let usual = |part: &str| lexicon.get(part).is_some_and(|known| known.frequency >= USUAL && !known.proper);
    let whole = |part: &str| part.chars().count() >= LEAST_PART && usual(part);
    let mut cuts = word.char_indices().map(|(at, _)| at).filter(|&at| {
        let (first, second) = word.split_at(at);
        ADJECTIVE.iter().any(|ending| first.ends_with(ending)) && whole(first) && whole(second)
    });
    let cut = cuts.next()?;
    cuts.next().is_none().then_some(cut)
}
