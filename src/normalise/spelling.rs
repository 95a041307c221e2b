/*!
Words that were misread: «сгенддх», «'груда», «потребителен».

This module never changes a word that the lexicon knows, with one exception that grammar proves («официальный сайтах»),
and never changes a number, a name, an abbreviation or an address.

For an unknown word the lexicon gives the forms that recognition is known to confuse with it. One of them is taken only
if it beats the next by a margin; what decides is the cost of the confusion, how usual the form is in the genre, and how
often it stands in the document itself.
*/

use super::vocabulary::{Vocabulary, is_known};
use crate::dictionaries::{Candidate, Spelling, fold};
use crate::issue::{IssueKind, Issues};
use crate::text::{Edit, RuleId, Span, Text};

const CONFUSION: RuleId = RuleId::new("spelling.confusion");
const AGREEMENT: RuleId = RuleId::new("spelling.agreement");

/// How much damage is believed, in hundredths of an edit, by the number of letters, in a word that no Russian word is
/// built like: a short word has too many neighbours, a long one can carry two confusions.
fn limit(letters: usize) -> u32 {
    match letters {
        0..=4 => 0,
        5..=6 => 50,
        _ => 95,
    }
}

/// A word that is built like Russian ones («потребителен», but also «гендерный») is taken for misread only if it is
/// long, one cheap confusion away from a form that the genre uses all the time: 31 times and more in its corpus.
const WELL_FORMED_LETTERS: usize = 6;
const WELL_FORMED_LIMIT: u32 = 50;
const WELL_FORMED_FREQUENCY: u8 = 5;

/// The fewer letters, the more usual the form must be: see `usual_enough`.
const LONG_WORD: usize = 10;

/// A word with a capital letter may be a name, which no lexicon holds: it must be nearly certain.
const NAME_LIMIT: u32 = 45;

/// What a doubling of a form's frequency is worth, and its standing in the same document, in hundredths of an edit.
const USUAL: i64 = 5;
const OWN: i64 = 25;

/// The distance to the runner-up that makes a choice certain.
const MARGIN: i64 = 15;

/// Puts misread words right.
pub(super) fn mend(text: Text, vocabulary: &Vocabulary, spelling: &Spelling, noted: &mut Issues) -> Text {
    let mut edits = Vec::new();
    for word in suspects(&text, spelling) {
        let written = &text.as_str()[word.clone()];
        // A row's number may stand before its first word.
        let first = !text.as_str()[..word.start].chars().any(char::is_alphabetic);
        match correction(written, first, vocabulary, spelling) {
            Correction::Certain(with, confidence) => edits.push(Edit::new(word, with, CONFUSION, confidence)),
            Correction::Doubtful(candidates) => {
                let span = text.slice(word.clone()).origin().first().copied().unwrap_or(Span::new(0, 0));
                let message = format!("«{written}» may be misread for {candidates}; it is kept as written.");
                noted.note(IssueKind::DoubtfulWord, span, message);
            }
            Correction::None => {}
        }
    }
    text.edited(&edits)
}

/// Byte ranges of the unknown words, with an apostrophe that stands before one: recognition makes «'г» of «т».
fn suspects(text: &Text, spelling: &Spelling) -> Vec<std::ops::Range<usize>> {
    let string = text.as_str();
    let mut suspects = Vec::new();
    for chunk in string.split_whitespace() {
        let offset = chunk.as_ptr() as usize - string.as_ptr() as usize;
        if chunk.bytes().any(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'/' | b'_' | b'#'))
        {
            continue;
        }
        for word in super::vocabulary::words(chunk) {
            let start = word.as_ptr() as usize - chunk.as_ptr() as usize;
            let quoted = chunk[..start].ends_with('\'') && chunk[start..].matches('\'').count() == 0;
            if quoted {
                suspects.push(offset + start - 1..offset + start + word.len());
            } else if !is_known(word, &spelling.lexicon)
                && !is_abbreviation(word, &chunk[start + word.len()..])
            {
                suspects.push(offset + start..offset + start + word.len());
            }
        }
    }
    suspects
}

/// «ГУТО», «СанПиН», «тыс.»: capitals inside, or a dot behind a short word.
fn is_abbreviation(word: &str, after: &str) -> bool {
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    capitals >= 2 || (after.starts_with('.') && word.chars().count() <= 5)
}

/// How usual a form must be to stand in the place of a well-formed unknown word of so many letters: a short word has
/// neighbours by chance, one of ten letters and more hardly any.
fn usual_enough(letters: usize, cost: u32) -> u8 {
    match letters {
        0..8 if cost <= CHEAP => WELL_FORMED_FREQUENCY - 1,
        8..LONG_WORD if cost <= CHEAP => 2,
        0..8 => WELL_FORMED_FREQUENCY + 1,
        8..LONG_WORD => WELL_FORMED_FREQUENCY,
        _ => 1,
    }
}

/// A confusion that recognition makes all the time: «т» for «г», «щ» for «ш», «и» for «н».
const CHEAP: u32 = 40;

enum Correction {
    Certain(String, u8),
    Doubtful(String),
    None,
}

fn correction(written: &str, first: bool, vocabulary: &Vocabulary, spelling: &Spelling) -> Correction {
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    let capital = written.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    let well_formed = spelling.lexicon.is_well_formed(written);
    let limit = match well_formed {
        true if letters < WELL_FORMED_LETTERS => 0,
        true => WELL_FORMED_LIMIT,
        false => limit(letters),
    };
    // At the beginning of a cell a capital is no sign of a name, but a word that no Russian word is built like is one of
    // damage anywhere.
    let limit = if capital && (well_formed || !first) { limit.min(NAME_LIMIT) } else { limit };
    if limit == 0 {
        return Correction::None;
    }
    let mut candidates = spelling.lexicon.nearest(written, &spelling.confusions, limit);
    candidates.retain(|candidate| {
        let fits_case = !candidate.known.proper || capital;
        // In the middle of a sentence a capital begins a name, and only the document itself can vouch for another.
        let vouched = vocabulary.count(&candidate.word) > 1;
        let usual = !well_formed
            || vouched
            || candidate.known.word_frequency >= usual_enough(letters, candidate.cost);
        fits_case && usual && (!capital || first || vouched)
    });
    let weight = |candidate: &Candidate| {
        let own = if vocabulary.count(&candidate.word) > 0 { OWN } else { 0 };
        i64::from(candidate.cost) - USUAL * i64::from(candidate.known.word_frequency) - own
    };
    candidates.sort_by_key(weight);
    let Some(best) = candidates.first() else { return Correction::None };
    if let Some(second) = candidates.get(1)
        && weight(second) - weight(best) < MARGIN
    {
        let named: Vec<String> =
            candidates.iter().take(3).map(|candidate| format!("«{}»", candidate.word)).collect();
        return Correction::Doubtful(named.join(" or "));
    }
    let confidence = 100u32.saturating_sub(best.cost / 3).max(50) as u8;
    Correction::Certain(cased_like(&best.word, written), confidence)
}

/// `word` with the capitals of `written`.
fn cased_like(word: &str, written: &str) -> String {
    let capital = written.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// Puts an adjective right whose ending the next word excludes: «официальный сайтах».
pub(super) fn agree(text: Text, spelling: &Spelling) -> Text {
    let string = text.as_str();
    let words: Vec<&str> = string.split_whitespace().collect();
    let mut edits = Vec::new();
    for pair in words.windows(2) {
        let Some(with) = agreed(pair[0], pair[1], spelling) else { continue };
        let start = pair[0].as_ptr() as usize - string.as_ptr() as usize;
        edits.push(Edit::new(start..start + pair[0].len(), with, AGREEMENT, 85));
    }
    if edits.is_empty() { text } else { text.edited(&edits) }
}

fn agreed(adjective: &str, noun: &str, spelling: &Spelling) -> Option<String> {
    let rule = spelling.agreement.iter().find(|rule| {
        let noun = noun.trim_end_matches(|sign: char| !sign.is_alphabetic());
        adjective.ends_with(&rule.seen) && noun.ends_with(&rule.next)
    })?;
    let respelled = format!("{}{}", adjective.strip_suffix(&rule.seen)?, rule.becomes);
    let letters = adjective.chars().all(char::is_alphabetic) && noun.chars().count() > 4;
    let known = [adjective, respelled.as_str()].iter().all(|word| spelling.lexicon.knows(&fold(word)));
    (letters && known).then_some(respelled)
}
