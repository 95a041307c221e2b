/*!
Words that were run together where a line end was taken out: «информационнойбезопасности».

This module never puts in a hyphen, and never cuts a word that may be one: only an unknown word is cut, only into two that
the genre uses, and only if there is one way to cut it. «Лечебнопрофилактических» and «двухэтажных» are one word each:
what ends like the first half of a compound, or is one (`compounds.tsv`), is not taken for a word of its own.
*/

use super::vocabulary::{LONGEST_WORD, Vocabulary, words};
use crate::dictionaries::{Spelling, fold};
use crate::text::{Edit, RuleId, Text};

const GLUED: RuleId = RuleId::new("letter-spacing.glued");

/// A shorter word is not cut, and no part is shorter than this.
const LEAST_WORD: usize = 9;
const LEAST_PART: usize = 4;

/// Both parts are used in the genre, three times and more, and together so many doublings.
const USED: u8 = 2;
const BOTH: u8 = 7;

/// The second-best cut is so many doublings rarer.
const MARGIN: u8 = 5;

/// Puts the space back.
pub(super) fn mend(text: Text, vocabulary: &Vocabulary<'_>, spelling: &Spelling) -> Text {
    let string = text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    for word in words(string).filter(|word| (2 * LEAST_WORD..=2 * LONGEST_WORD).contains(&word.len())) {
        if vocabulary.knows(word, &spelling.lexicon) || word.chars().skip(1).any(char::is_uppercase) {
            continue;
        }
        if let Some(cut) = only_cut(word, spelling) {
            let at = word.as_ptr() as usize - string.as_ptr() as usize + cut;
            edits.push(Edit::new(at..at, " ", GLUED, 80));
        }
    }
    spelling.switches.edited(text, edits)
}

/// The byte at which `word` falls into two usual ones, if one cut is much better than the others.
fn only_cut(word: &str, spelling: &Spelling) -> Option<usize> {
    let used = |part: &str| {
        let known = spelling.lexicon.get(part).filter(|known| !known.proper && known.frequency >= USED)?;
        (part.chars().count() >= LEAST_PART).then_some(known.frequency)
    };
    let mut cuts: Vec<(u8, usize)> = word
        .char_indices()
        .filter_map(|(at, _)| {
            let (first, second) = word.split_at(at);
            let usual = used(first)? + used(second)?;
            (usual >= BOTH && !spelling.compounds.begins(&fold(first))).then_some((usual, at))
        })
        .collect();
    cuts.sort_by(|a, b| b.cmp(a));
    let &(usual, at) = cuts.first()?;
    cuts.get(1).is_none_or(|second| second.0 + MARGIN <= usual).then_some(at)
}
