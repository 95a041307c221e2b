/*!
Which known form an unknown word was misread from, if any.

This module never looks at a word that the lexicon knows, and never takes a form without weighing it against the others
and against the word being right.

Everything is counted in hundredths of an edit, of which 7.5 are one doubling of a likelihood: a confusion that
recognition makes once in 330 times costs 40, one that it makes once in 5,000 costs 70 (`confusions.tsv`). A form that
the genre uses twice as often is as good as a confusion that is twice as likely.
*/

use super::vocabulary::Vocabulary;
use crate::dictionaries::{Candidate, EDIT, Spelling};

/// What a doubling of a form's frequency is worth, in hundredths of an edit.
const DOUBLING: f32 = 7.5;

/// A form that the corpus never has is taken for this many doublings rarer than its word's share says.
const UNSEEN: u8 = 2;

/// What it is worth that the form stands in the document.
const OWN: f32 = 25.0;

/// What it speaks for the word that it stands in the document once more: damage seldom repeats itself.
const REPEATED: f32 = 20.0;

/// The distance to the runner-up that makes a choice certain.
const MARGIN: f32 = 10.0;

/// What the evidence must reach, by the number of letters, for a word that is built like Russian ones: a short word has
/// neighbours by chance, a long one hardly any. Set where, of the 35,000 word forms of the genre's corpus and of 330,000
/// words of other clean text, hardly anything but slips of the pen is changed.
fn demanded(letters: usize) -> f32 {
    match letters {
        0..=3 => f32::INFINITY,
        4 => 0.0,
        5 => -15.0,
        6 => -28.0,
        7 => -30.0,
        8 => -32.0,
        9 => -36.0,
        10 | 11 => -40.0,
        _ => -48.0,
    }
}

/// What it is worth that no Russian word is built like the word; of seven letters and more it is damaged for certain, and
/// any form near it will do that no other comes near.
const ILL_FORMED: f32 = 22.0;
const LONG: usize = 7;
const FAR: f32 = -95.0;

/// What a capital inside a sentence demands beyond: it begins a name, which no lexicon holds.
const NAME: f32 = 25.0;

/// What a missing or needless letter demands beyond, in a word that is built like Russian ones: typists lose letters, and
/// then two words may be meant («основаных»).
const MISSING: f32 = 15.0;

/// Of a word that recognition was sure of, to so many hundredths, a doubling more is demanded that it was misread; of one
/// that it was not, a doubling less.
const SURE: u8 = 90;
const UNSURE: u8 = 60;
const RECOGNISED: f32 = DOUBLING;

/// True for «взависимости»: a preposition that was run together with its word, and no needless letter.
fn is_glued(written: &str, form: &str) -> bool {
    let mut letters = written.chars();
    let first = letters.next();
    letters.as_str() == form && first.is_some_and(|letter| "вкосуиа".contains(letter))
}

/// How far away a form may be, in hundredths of an edit: the search takes longer with every step.
fn limit(letters: usize, well_formed: bool) -> u32 {
    match (letters, well_formed) {
        (0..=3, _) => 0,
        (..7, true) => 70,
        (7, true) => 90,
        (8..10, true) => 110,
        (..8, false) => 95,
        _ => 130,
    }
}

/// True where the best form is a month and another month is an edit away: a date hangs on it, and who reads the term names
/// both.
fn is_one_of_two_months(written: &str, best: &Candidate, spelling: &Spelling) -> bool {
    let Some(month) = spelling.words.month(&best.word) else { return false };
    let near = spelling.lexicon.nearest(written, &spelling.confusions, EDIT);
    near.iter().filter_map(|form| spelling.words.month(&form.word)).any(|other| other != month)
}

/// What came of weighing.
pub(super) enum Verdict {
    /// The form, lower case, and how sure it is, in hundredths.
    Certain(String, u8),
    /// Forms that the letters do not decide between.
    Doubtful(Vec<String>),
    /// The word is kept.
    Kept,
}

/// Weighs the forms that `written` may have been misread from, with the word `before` it; `first` says that it begins its
/// cell, where a capital is no sign of a name; `sure` is how sure recognition was of it, in hundredths.
pub(super) fn weigh(
    written: &str,
    before: &str,
    first: bool,
    sure: Option<u8>,
    vocabulary: &Vocabulary<'_>,
    spelling: &Spelling,
) -> Verdict {
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    let capital = written.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    let name = capital && !first;
    let well_formed = spelling.lexicon.is_well_formed(written);
    let limit = limit(letters, well_formed);
    if limit == 0 {
        return Verdict::Kept;
    }
    let mut candidates = vocabulary.nearest(written, spelling, limit).into_owned();
    candidates.retain(|candidate| !candidate.known.proper || capital);
    let evidence = |candidate: &Candidate| evidence(candidate, vocabulary);
    candidates.sort_by(|a, b| evidence(b).total_cmp(&evidence(a)));
    let near = candidates.first().map_or(0.0, evidence) - MARGIN;
    let rivals = candidates.iter().take_while(|candidate| evidence(candidate) > near).count();
    if rivals > 1 {
        candidates[..rivals]
            .sort_by_key(|candidate| spelling.government.allows(before, &candidate.word) == Some(false));
    }
    let Some(best) = candidates.first() else { return Verdict::Kept };

    let mut demanded = demanded(letters);
    if !well_formed {
        demanded = if letters >= LONG && !name { FAR } else { demanded - ILL_FORMED };
    }
    if name && vocabulary.count(&best.word) <= 1 {
        demanded += NAME;
    }
    demanded += match sure {
        Some(SURE..) => RECOGNISED,
        Some(..UNSURE) => -RECOGNISED,
        _ => 0.0,
    };
    if vocabulary.unknown(written) > 1 {
        demanded += REPEATED;
    }
    if well_formed && best.cost >= EDIT {
        demanded += MISSING;
        if is_glued(written, &best.word) {
            return Verdict::Kept;
        }
    }
    if is_one_of_two_months(written, best, spelling) {
        return Verdict::Kept;
    }
    let inflected = spelling.endings.may_inflect(written, &best.word);
    if evidence(best) < demanded || inflected {
        return Verdict::Kept;
    }
    let governed = |candidate: &Candidate| spelling.government.allows(before, &candidate.word);
    let excluded = |second: &Candidate| governed(best) == Some(true) && governed(second) == Some(false);
    if candidates.iter().take(rivals).skip(1).any(|second| !excluded(second)) {
        return Verdict::Doubtful(candidates.into_iter().take(3).map(|candidate| candidate.word).collect());
    }
    let confidence = 100u32.saturating_sub(best.cost / 3).max(50) as u8;
    Verdict::Certain(best.word.clone(), confidence)
}

/// Words of so many letters are weighed by [`weigh_short`].
pub(super) const LONGEST_SHORT: usize = 3;

/// A preposition or conjunction stands 500 times and more in the genre's corpus …
const FUNCTION_WORD: u8 = 9;

/// … must be so much better than the word as it stands, and than another, …
const SHORT_DEMANDED: f32 = 35.0;
const SHORT_MARGIN: f32 = 15.0;

/// … and be so near.
const SHORT_LIMIT: u32 = 60;

/// Letters that stand alone as abbreviations, of units and of parts of acts.
const ABBREVIATED: &str = "гдлмпрстч";

/// Weighs a word of up to three small letters that the lexicon does not know, between two whole words: only the commonest
/// words of the language are looked for («н» for «и», «пля» for «для»).
pub(super) fn weigh_short(written: &str, spelling: &Spelling) -> Verdict {
    let evidence =
        |candidate: &Candidate| DOUBLING * f32::from(candidate.known.frequency) - candidate.cost as f32;
    if ABBREVIATED.contains(written) {
        return Verdict::Kept;
    }
    let mut candidates = spelling.lexicon.nearest(written, &spelling.confusions, SHORT_LIMIT);
    candidates.retain(|candidate| candidate.known.frequency >= FUNCTION_WORD && !candidate.known.proper);
    candidates.sort_by(|a, b| evidence(b).total_cmp(&evidence(a)));
    let Some(best) = candidates.first() else { return Verdict::Kept };
    let second = candidates.get(1).map_or(f32::NEG_INFINITY, evidence);
    if evidence(best) < SHORT_DEMANDED || evidence(best) - second < SHORT_MARGIN {
        return Verdict::Kept;
    }
    Verdict::Certain(best.word.clone(), 70)
}

/// What speaks for a form: how usual it is, less what must have happened to it.
fn evidence(candidate: &Candidate, vocabulary: &Vocabulary<'_>) -> f32 {
    let known = candidate.known;
    let usual = known.frequency.max(known.word_frequency.saturating_sub(UNSEEN));
    let own = if vocabulary.count(&candidate.word) > 0 { OWN } else { 0.0 };
    DOUBLING * f32::from(usual) + own - candidate.cost as f32
}
