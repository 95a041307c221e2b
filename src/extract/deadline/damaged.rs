//! Words of terms, misread or in pieces, put right. Never a word that the language has.

use crate::dictionaries::{Phrases, TokenKind, Tokens, fold, is_letter, is_letter_or_digit};
use crate::tabulate::{Break, Cell};
use crate::text::{Edit, RuleId};
use smallvec::SmallVec;

pub(super) const TERM_WORD: RuleId = RuleId::new("spelling.term");
const SPLIT_WORD: RuleId = RuleId::new("letter-spacing.term");

/// Shorter words have too many neighbours; a whole wrong letter is believed, because few words are terms.
const LEAST_TERM_LETTERS: usize = 4;
const TERM_WORD_LIMIT: u32 = 100;

/// True where no word can be one of terms misread or in pieces: each is one of terms or of the language, or a short one
/// behind a number or a mark. Cheaper than looking for what is wrong.
pub(super) fn is_sound(tokens: &Tokens, phrases: &Phrases) -> bool {
    let is = |at: usize, kind: TokenKind| tokens.get(at).is_some_and(|token| token.kind == kind);
    (0..tokens.len()).filter(|&at| is(at, TokenKind::Word)).all(|at| {
        let before = |kind: TokenKind| at.checked_sub(1).is_some_and(|before| is(before, kind));
        let grown_together = tokens.is_glued(at) && before(TokenKind::Number);
        let short = tokens.written(at).chars().count() < LEAST_TERM_LETTERS;
        if short {
            !before(TokenKind::Word)
        } else {
            !grown_together
                && (tokens.senses(at, &phrases.words).is_term_word()
                    || phrases.lexicon.knows(tokens.written(at)))
        }
    })
}

/// The cell with the unknown words put right that one confusion parts from a word of terms («кнартал»), where it is one
/// word only: «июпь» may be June or July.
pub(super) fn put_right(cell: &Cell, phrases: &Phrases) -> Option<Cell> {
    let string = cell.text.as_str();
    let mut edits: Vec<Edit> = Vec::new();
    let mut joined = 0;
    for chunk in string.split_whitespace() {
        if joined > 0 {
            joined -= 1;
            continue;
        }
        let offset = chunk.as_ptr() as usize - string.as_ptr() as usize;
        if let Some((count, edit)) = joined_term_word(&string[offset..], phrases) {
            edits.push(Edit::new(
                edit.range.start + offset..edit.range.end + offset,
                edit.with,
                SPLIT_WORD,
                85,
            ));
            joined = count - 1;
            continue;
        }
        if let Some(gap) = grown_together(chunk, phrases) {
            edits.push(Edit::new(offset + gap..offset + gap, " ", SPLIT_WORD, 85));
            continue;
        }
        for core in chunk.split(['-', '–', '—']) {
            edits.extend(term_word(core, string, phrases));
        }
    }
    edits.retain(|edit| phrases.switches.allow(edit.rule));
    if edits.is_empty() {
        return None;
    }
    let breaks = cell.breaks.iter().map(|one| Break { at: shifted(one.at, &edits), gap: one.gap }).collect();
    Some(Cell { text: cell.text.edited(&edits), breaks })
}

/// Byte of `chunk` at which a word of terms begins that a numeral («IVквартал») or a preposition («втечение») has grown into.
fn grown_together(chunk: &str, phrases: &Phrases) -> Option<usize> {
    let is_term = |word: &str| phrases.words.is_term_word(&fold(word));
    let numeral = chunk.len() - chunk.trim_start_matches(['I', 'V', 'X']).len();
    if numeral > 0 && is_term(letters_at(&chunk[numeral..])) {
        return Some(numeral);
    }
    let word = letters_at(chunk.strip_prefix(['в', 'В'])?);
    let gap = 'в'.len_utf8();
    let whole = &chunk[..gap + word.len()];
    let long = word.chars().count() >= LEAST_TERM_LETTERS;
    (long && is_term(word) && !is_term(whole) && !phrases.lexicon.knows(whole)).then_some(gap)
}

/// The letters that `chunk` begins with.
fn letters_at(chunk: &str) -> &str {
    let end = chunk.find(|sign: char| !is_letter(sign)).unwrap_or(chunk.len());
    &chunk[..end]
}

/// One unknown word put right.
fn term_word(core: &str, string: &str, phrases: &Phrases) -> Option<Edit> {
    let core = core.trim_matches(|sign: char| !is_letter_or_digit(sign));
    let letters = core.chars().filter(|&sign| is_letter(sign)).count();
    let spelled = core.chars().all(is_letter_or_digit) && core.chars().any(|sign| matches!(sign, 'а'..='я'));
    let known = || phrases.words.is_term_word(&fold(core)) || phrases.lexicon.knows(core);
    // «июиь» may be two months, whichever of the letters is confused the more often.
    if letters < LEAST_TERM_LETTERS || !spelled || known() || phrases.words.months_near(&fold(core)).len() > 1
    {
        return None;
    }
    let near = phrases.lexicon.nearest(core, &phrases.confusions, TERM_WORD_LIMIT);
    let mut words =
        near.into_iter().map(|candidate| candidate.word).filter(|word| phrases.words.is_term_word(word));
    let (Some(word), None) = (words.next(), words.next()) else { return None };
    let start = core.as_ptr() as usize - string.as_ptr() as usize;
    Some(Edit::new(start..start + core.len(), word, TERM_WORD, 75))
}

/// «ква ртал», «Сентябр ьдекабр ь»: pieces that are one word of terms together; how many pieces, and the edit.
fn joined_term_word(string: &str, phrases: &Phrases) -> Option<(usize, Edit)> {
    let letters = |word: &&str| word.chars().all(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё'));
    let pieces: SmallVec<[&str; 3]> = string
        .split_whitespace()
        .map(|word| word.trim_end_matches(|sign: char| !is_letter_or_digit(sign)))
        .take(3)
        .take_while(letters)
        .collect();
    let (&first, &next) = (pieces.first()?, pieces.get(1)?);
    // Of most words the second is one, and nothing is to be joined.
    let known = |word: &str| phrases.lexicon.knows(word);
    if next.is_empty() || phrases.words.is_term_word(&fold(next)) || known(next) {
        return None;
    }
    let count = (2..=pieces.len()).rev().find(|&count| {
        let whole = fold(&pieces[..count].concat());
        // «июн ь»: a sign that is no word is the end of the one before it.
        let apart = phrases.words.is_term_word(&fold(first)) && next != "ь";
        let two = count == 2 && phrases.words.is_term_word(&whole) && !apart;
        two && (known(&whole) || !known(first)) || phrases.words.months_together(&whole).is_some()
    })?;
    let place = |word: &str| word.as_ptr() as usize - string.as_ptr() as usize;
    let end = place(pieces[count - 1]) + pieces[count - 1].len();
    // A dot or a comma inside is no gap of one word.
    let gap = string[place(first)..end].chars().all(|sign| is_letter(sign) || sign.is_whitespace());
    gap.then(|| (count, Edit::new(place(first)..end, pieces[..count].concat(), SPLIT_WORD, 85)))
}

/// The place of byte `at` after `edits`.
pub(super) fn shifted(at: usize, edits: &[Edit]) -> usize {
    edits
        .iter()
        .filter(|edit| edit.range.end <= at)
        .fold(at, |at, edit| at + edit.with.len() - edit.range.len())
}
