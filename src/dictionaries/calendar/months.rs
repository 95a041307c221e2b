//! Months by name, whole and damaged. Never a year.

use smallvec::SmallVec;

use super::LONGEST_LIST;
use super::figures::{after_dot, after_separator, short_number};
use super::parts::{Items, ranges};
use crate::dictionaries::numerals::Candidates;
use crate::dictionaries::slots::{Filled, Mend, Parts, SlotReader, Value};
use crate::dictionaries::tokens::{TokenKind, Tokens};
use crate::dictionaries::words::{Senses, Unit};

/// A month's name.
struct Month {
    candidates: Candidates,
    end: usize,
    mend: Option<Mend>,
}

/// Months by name: one, a list, a range.
pub(in crate::dictionaries) fn months(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<Filled> {
    let mut items = Items::new();
    let mut mends = Vec::new();
    let (mut end, mut next) = (at, at);
    while items.len() < LONGEST_LIST {
        let Some(first) = month(reader, tokens, next) else { break };
        end = first.end;
        mends.extend(first.mend);
        let mut item = (first.candidates, None);
        if tokens.is_dash(end)
            && let Some(last) = month(reader, tokens, end + 1)
        {
            mends.extend(last.mend);
            item.1 = Some(last.candidates);
            end = last.end;
        } else if let Some((first, last, mend)) = grown_together(reader, tokens, next) {
            item = (Candidates::from_elem(first, 1), Some(Candidates::from_elem(last, 1)));
            mends.push(mend);
        }
        items.push(item);
        let Some(after) = after_separator(tokens, end) else { break };
        // «в апреле и в октябре».
        let again = matches!(tokens.folded(after), "в" | "во");
        next = if again { after + 1 } else { after };
    }
    let (ranges, one_of) = ranges(&items, true)?;
    let value = Value::Parts(Parts { unit: Unit::Month, ranges, one_of });
    Some(Filled { start: at, end, value, mends })
}

/// «09» of «09.2020»: two digits that nothing stands before and a dot behind.
pub(in crate::dictionaries) fn month_number(tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
    let month = short_number(tokens, at).filter(|month| (1..=12).contains(month))?;
    let alone = tokens.written(at).len() == 2 && !tokens.is_glued(at);
    let joined = tokens.is_mark(at + 1, '.') && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let parts = Parts { unit: Unit::Month, ranges: SmallVec::from_elem((month, month), 1), one_of: false };
    (alone && joined).then_some((Value::Parts(parts), at + 1))
}

/// False where no month begins with token `at`.
pub(in crate::dictionaries) fn begins_month(reader: &SlotReader, tokens: &Tokens, at: usize) -> bool {
    let senses = reader.senses(tokens, at);
    if senses != Senses::default() {
        return senses.month.is_some();
    }
    let word = tokens.folded(at);
    !near(reader, word).is_empty() || reader.words.months_together(word).is_some()
}

fn month(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<Month> {
    let word = tokens.folded(at);
    if is_surname(tokens, at) {
        return None;
    }
    if let Some(month) = reader.senses(tokens, at).month {
        let end = after_dot(tokens, at + 1);
        return Some(Month { candidates: Candidates::from_elem(month, 1), end, mend: None });
    }
    if let Some((first, ..)) = reader.words.months_together(word) {
        return Some(Month { candidates: Candidates::from_elem(first, 1), end: at + 1, mend: None });
    }
    let near = near(reader, word);
    let mend = match &near[..] {
        [] => return None,
        [(_, name)] => Some(Mend { tokens: at..at + 1, to: name.clone() }),
        _ => None,
    };
    let candidates = near.iter().map(|(month, _)| *month).collect();
    (tokens.get(at)?.kind == TokenKind::Word).then_some(Month { candidates, end: at + 1, mend })
}

/// «Май А.П.»: a name with its initials behind it is no month.
fn is_surname(tokens: &Tokens, at: usize) -> bool {
    let initial = |at: usize| {
        let mut letters = tokens.written(at).chars();
        matches!((letters.next(), letters.next()), (Some('А'..='Я'), None)) && tokens.is_mark(at + 1, '.')
    };
    initial(at + 1) && initial(at + 3)
}

/// «Сентябрьдекабрь»: the dash was lost at a line's end.
fn grown_together(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(u8, u8, Mend)> {
    let (first, last, cut) = reader.words.months_together(tokens.folded(at))?;
    let written = tokens.written(at);
    let to = format!("{}-{}", &written[..cut], &written[cut..]);
    Some((first, last, Mend { tokens: at..at + 1, to }))
}

/// The months that a word which is none may be, by one letter.
fn near(reader: &SlotReader, word: &str) -> SmallVec<[(u8, String); 2]> {
    let near = reader.words.months_near(word);
    if near.is_empty() || reader.lexicon.knows(word) { SmallVec::new() } else { near }
}

/// The month of a misread name behind a day, where it is one month only: «5 мартд».
pub(super) fn sole_month(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<u8> {
    // A word of terms is no misread month.
    if reader.senses(tokens, at) != Senses::default() {
        return None;
    }
    match near(reader, tokens.folded(at))[..] {
        [(month, _)] => Some(month),
        _ => None,
    }
}

/// The misread name of a month at token `at`, put right.
pub(super) fn mended_month(reader: &SlotReader, word: &str) -> Option<String> {
    match &near(reader, word)[..] {
        [(_, name)] => Some(name.clone()),
        _ => None,
    }
}
