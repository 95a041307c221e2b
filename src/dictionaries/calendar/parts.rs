//! Parts of years: quarters and half-years. Never the year.

use std::ops::Range;

use smallvec::SmallVec;

use super::LONGEST_LIST;
use super::figures::{after_dot, after_ordinal_suffix, after_separator};
use super::years::year;
use crate::dictionaries::numerals::{Candidates, THREE, roman, roman_of};
use crate::dictionaries::slots::{Filled, Mend, Parts, SlotReader, Value};
use crate::dictionaries::tokens::Tokens;
use crate::dictionaries::words::Unit;

/// The items of a list, each from and to, as what they may mean.
pub(super) type Items = SmallVec<[(Candidates, Option<Candidates>); 2]>;

/// 1 to 4 in words, digits or roman numerals.
pub(in crate::dictionaries) fn ordinal(
    reader: &SlotReader,
    tokens: &Tokens,
    at: usize,
) -> Option<(Value, usize)> {
    let part = part(reader, tokens, at, 4)?;
    let [value] = part.candidates[..] else { return None };
    Some((Value::Count(value.into()), part.end))
}

/// Quarters or half-years with their word: one, a list, a range («I, III кварталы», «I кв. и III кв.», «2-3 квартал»).
pub(in crate::dictionaries) fn parts(
    reader: &SlotReader,
    tokens: &Tokens,
    at: usize,
    unit: Unit,
    most: u8,
) -> Option<Filled> {
    let mut items: Items = SmallVec::new();
    let mut mends = Vec::new();
    let mut end = None;
    let mut next = at;
    while items.len() < LONGEST_LIST {
        let Some(first) = part(reader, tokens, next, most) else { break };
        mends.extend(first.mend);
        let mut item = (first.candidates, None);
        let mut after = first.end;
        let dash = after_unit(reader, tokens, after, unit).unwrap_or(after);
        if tokens.is_dash(dash)
            && let Some(last) = part(reader, tokens, dash + 1, most)
        {
            mends.extend(last.mend);
            item.1 = Some(last.candidates);
            after = last.end;
        }
        items.push(item);
        // Numbers behind the last word of the list are no quarters: «II квартал, 2 раза».
        if let Some(over) = after_unit(reader, tokens, after, unit) {
            end = Some((over, items.len(), mends.len()));
            after = over;
        }
        let Some(over) = after_separator(tokens, after) else { break };
        next = over;
    }
    let (end, count, mended) = end?;
    items.truncate(count);
    mends.truncate(mended);
    let (ranges, one_of) = ranges(&items, false)?;
    let value = Value::Parts(Parts { unit, ranges, one_of });
    Some(Filled { start: at, end, value, mends })
}

/// One past the word for `unit` at token `at`: «квартал», «кв.», «кв-л», «полугодие», «половина года».
fn after_unit(reader: &SlotReader, tokens: &Tokens, at: usize, unit: Unit) -> Option<usize> {
    if unit == Unit::Half && tokens.folded(at).starts_with("половин") {
        if tokens.folded(at + 1) == "года" {
            return Some(at + 2);
        }
        // «первая половина 2020 года».
        return year(reader, tokens, at + 1).map(|_| at + 1);
    }
    if reader.senses(tokens, at).unit != Some(unit) {
        return None;
    }
    let suffix = tokens.is_dash(at + 1)
        && tokens.is_glued(at + 1)
        && matches!(tokens.folded(at + 2), "л" | "ла" | "ле" | "лы");
    Some(if suffix { at + 3 } else { after_dot(tokens, at + 1) })
}

/// Parts of a year, from the first to the last of each.
type Ranges = SmallVec<[(u8, u8); 4]>;

/// The ranges of a list, or the candidates where a single item is not decided; a range may go over a year's end where
/// `over`.
pub(super) fn ranges(items: &[(Candidates, Option<Candidates>)], over: bool) -> Option<(Ranges, bool)> {
    if let [(only, None)] = items
        && only.len() > 1
    {
        return Some((only.iter().map(|&part| (part, part)).collect(), true));
    }
    let mut ranges = SmallVec::new();
    for (from, to) in items {
        let [from] = from[..] else { return None };
        let to = match to.as_deref() {
            None => from,
            Some(&[to]) if over || to > from => to,
            Some(_) => return None,
        };
        ranges.push((from, to));
    }
    (!ranges.is_empty()).then_some((ranges, false))
}

/// A numeral, whole or damaged.
struct Part {
    candidates: Candidates,
    end: usize,
    mend: Option<Mend>,
}

/// One numeral from 1 to `most`: arabic, roman, in words, or damaged.
fn part(reader: &SlotReader, tokens: &Tokens, at: usize, most: u8) -> Option<Part> {
    let sound = |value: u8, end: usize| {
        let candidates = Candidates::from_elem(value, 1);
        (1..=most).contains(&value).then(|| Part {
            candidates,
            end: after_ordinal_suffix(tokens, end),
            mend: None,
        })
    };
    if let Some(value) = reader.senses(tokens, at).ordinal {
        return sound(value, at + 1);
    }
    // The longest run of glued tokens that reads as a numeral: «IV», «|», «||», «1У», «[У».
    (1..=LONGEST_NUMERAL).rev().find_map(|length| {
        let run = at..at + length;
        if run.end > tokens.len() || !(at + 1..run.end).all(|next| tokens.is_glued(next)) {
            return None;
        }
        let written = &tokens.text()[tokens.bytes(run.clone())];
        let digits = || tokens.number(at).filter(|_| length == 1).and_then(|value| u8::try_from(value).ok());
        match roman(written).or_else(digits) {
            Some(value) if value <= most => sound(value, run.end),
            // «11 квартал» is the second.
            _ => damaged(reader, written, run, most),
        }
    })
}

/// The most tokens that one damaged numeral falls into.
const LONGEST_NUMERAL: usize = 3;

fn damaged(reader: &SlotReader, written: &str, run: Range<usize>, most: u8) -> Option<Part> {
    if written == THREE {
        let mend = Mend { tokens: run.clone(), to: "3".to_owned() };
        return (most >= 3).then(|| Part {
            candidates: Candidates::from_elem(3, 1),
            end: run.end,
            mend: Some(mend),
        });
    }
    let mut candidates = reader.numerals.read(written)?;
    candidates.retain(|value| *value <= most);
    let mend = match candidates[..] {
        [] => return None,
        [value] => roman_of(value).map(|to| Mend { tokens: run.clone(), to }),
        _ => None,
    };
    Some(Part { candidates, end: run.end, mend })
}
