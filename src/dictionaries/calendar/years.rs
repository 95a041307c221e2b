//! Years, lists and ranges of them. Never a year of two digits by itself.

use smallvec::SmallVec;

use super::LONGEST_LIST;
use super::figures::four_digits;
use crate::dictionaries::slots::{SlotReader, SlotReadings, Value};
use crate::dictionaries::tokens::Tokens;

/// The years that plans are about; other four-digit numbers are sums, pages or act numbers.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

/// Every reading of a year, a list or a range of years, with the word «год» behind it in any form.
pub(in crate::dictionaries) fn years(reader: &SlotReader, tokens: &Tokens, at: usize) -> SlotReadings {
    let Some((first, alone_end)) = year(reader, tokens, at) else { return SlotReadings::new() };
    let mut end = alone_end;
    let mut ranges: SmallVec<[(i16, i16); 2]> = SmallVec::from_elem((first, first), 1);
    let alone = (Value::Years(ranges.clone()), after_year_word(reader, tokens, end));
    while ranges.len() < LONGEST_LIST {
        let last = ranges.last().map_or(first, |range| range.1);
        let Some((range, after)) = next_years(reader, tokens, end, last) else { break };
        match range {
            (None, year) => ranges.push((year, year)),
            (Some(()), year) => {
                if let Some(open) = ranges.last_mut() {
                    open.1 = year;
                }
            }
        }
        end = after;
    }
    if end == alone_end {
        return [alone].into_iter().collect();
    }
    let all = (Value::Years(ranges), after_year_word(reader, tokens, end));
    [all, alone].into_iter().collect()
}

/// The next year of a list (`None`) or the end of a range (`Some`) after the year `last`.
fn next_years(
    reader: &SlotReader,
    tokens: &Tokens,
    at: usize,
    last: i16,
) -> Option<((Option<()>, i16), usize)> {
    let word = after_year_word(reader, tokens, at);
    if tokens.is_dash(at) {
        let (value, end) = year(reader, tokens, at + 1)?;
        return (value > last).then_some(((Some(()), value), end));
    }
    for separator in [at, word] {
        if tokens.is_mark(separator, ',') || tokens.folded(separator) == "и" {
            let (value, end) = year(reader, tokens, separator + 1)?;
            return (value > last).then_some(((None, value), end));
        }
    }
    // «2009 2011 годы»: the dash was lost.
    let (value, end) = year(reader, tokens, at)?;
    let plural = matches!(tokens.folded(end), "годы" | "гг" | "годов" | "годах" | "годам")
        || (tokens.folded(end) == "г" && tokens.is_mark(end + 1, '.') && tokens.folded(end + 2) == "г");
    (value > last && plural).then_some(((Some(()), value), end))
}

/// A year of four digits, some of which may have been read as letters, or which fell apart.
pub(super) fn year(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let apart = || split_year(reader, tokens, at).filter(|_| !tokens.is_glued(at));
    whole_year(tokens, at).or_else(apart)
}

fn whole_year(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    four_digits(tokens, at).filter(|(year, _)| YEARS.contains(year))
}

/// False where no year begins with the number at token `at`.
pub(in crate::dictionaries) fn begins_year(tokens: &Tokens, at: usize) -> bool {
    let whole = tokens.written(at).len() == 4;
    let goes_on = || tokens.is_mark(at + 1, '.') || tokens.number(at + 1).is_some();
    whole || tokens.is_glued(at + 1) || goes_on()
}

/// «201 8 года», «2.01 8 г.»: a year whose digits white space or a stray dot parts, with its word behind it. «20.15 г. Тула»
/// is an hour and a town.
pub(super) fn split_year(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let number = |at: usize| tokens.number(at).filter(|_| tokens.written(at).len() <= 3);
    let mut year = number(at)?;
    let mut count = tokens.written(at).len();
    let (mut end, mut spaces) = (at + 1, 0);
    while count < 4 {
        let next = if tokens.is_mark(end, '.') { end + 1 } else { end };
        let (part, length) = (number(next)?, tokens.written(next).len());
        spaces += usize::from(!tokens.is_glued(next));
        year = year * 10u32.pow(length as u32) + part;
        count += length;
        end = next + 1;
    }
    let hour = spaces == 0 && tokens.written(at).len() == 2;
    let year = i16::try_from(year).ok().filter(|year| count == 4 && YEARS.contains(year))?;
    let after = after_year_word(reader, tokens, end);
    let town = matches!(tokens.folded(end), "г" | "гг")
        && tokens.written(after).chars().next().is_some_and(char::is_uppercase);
    (after > end && !hour && !town).then_some((year, end))
}

/// One past «г.», «гг.», «г.г.», «год», «года», «годы» at token `at`, which stands behind a year, or `at` itself.
pub(super) fn after_year_word(reader: &SlotReader, tokens: &Tokens, at: usize) -> usize {
    let dot = |at: usize| if tokens.is_mark(at, '.') && tokens.is_glued(at) { at + 1 } else { at };
    if tokens.get(at).is_none() {
        return at;
    }
    if reader.senses(tokens, at).is_year && !is_short_year(tokens.folded(at)) {
        return at + 1;
    }
    let meant = |at: usize| {
        let word = tokens.folded(at);
        reader.words.year_misread(word).unwrap_or(word)
    };
    match meant(at) {
        word if is_short_year(word) => {
            let end = dot(at + 1);
            let twice = end > at + 1 && meant(end) == "г";
            if twice { dot(end + 1) } else { end }
        }
        word if reader.words.senses(word).is_year => at + 1,
        _ => at,
    }
}

fn is_short_year(word: &str) -> bool {
    matches!(word, "г" | "гг")
}

/// «2022/2023», «2022-2023», «1994/95»: two years that follow one another.
pub(in crate::dictionaries) fn school_year(
    reader: &SlotReader,
    tokens: &Tokens,
    at: usize,
) -> Option<(Value, usize)> {
    let (first, end) = year(reader, tokens, at)?;
    if !(tokens.is_mark(end, '/') || tokens.is_dash(end)) {
        return None;
    }
    let (second, end) = match year(reader, tokens, end + 1) {
        Some(second) => second,
        None => {
            let short = tokens.number(end + 1).filter(|_| tokens.written(end + 1).len() == 2)?;
            (first / 100 * 100 + short as i16, end + 2)
        }
    };
    (second == first + 1).then_some((Value::Years(SmallVec::from_elem((first, second), 1)), end))
}
