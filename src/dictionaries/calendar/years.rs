//! Years, lists and ranges of them. Never a year of two digits by itself.

use smallvec::SmallVec;

use super::LONGEST_LIST;
use super::figures::digits;
use crate::dictionaries::slots::Value;
use crate::dictionaries::tokens::Tokens;

/// The years that plans are about; other four-digit numbers are sums, pages or act numbers.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

/// Every reading of a year, a list or a range of years, with the word «год» behind it in any form.
pub(in crate::dictionaries) fn years(tokens: &Tokens, at: usize) -> Vec<(Value, usize)> {
    let Some((first, mut end)) = year(tokens, at) else { return Vec::new() };
    let mut ranges: SmallVec<[(i16, i16); 4]> = SmallVec::from_elem((first, first), 1);
    let alone = (Value::Years(ranges.to_vec()), after_year_word(tokens, end));
    while ranges.len() < LONGEST_LIST {
        let last = ranges.last().map_or(first, |range| range.1);
        let Some((range, after)) = next_years(tokens, end, last) else { break };
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
    let all = (Value::Years(ranges.to_vec()), after_year_word(tokens, end));
    if all == alone { vec![alone] } else { vec![all, alone] }
}

/// The next year of a list (`None`) or the end of a range (`Some`) after the year `last`.
fn next_years(tokens: &Tokens, at: usize, last: i16) -> Option<((Option<()>, i16), usize)> {
    let word = after_year_word(tokens, at);
    if tokens.is_dash(at) {
        let (value, end) = year(tokens, at + 1)?;
        return (value > last).then_some(((Some(()), value), end));
    }
    for separator in [at, word] {
        if tokens.is_mark(separator, ',') || tokens.folded(separator) == "и" {
            let (value, end) = year(tokens, separator + 1)?;
            return (value > last).then_some(((None, value), end));
        }
    }
    // «2009 2011 годы»: the dash was lost.
    let (value, end) = year(tokens, at)?;
    let plural = matches!(tokens.folded(end), "годы" | "гг" | "годов" | "годах" | "годам")
        || (tokens.folded(end) == "г" && tokens.is_mark(end + 1, '.') && tokens.folded(end + 2) == "г");
    (value > last && plural).then_some(((Some(()), value), end))
}

/// A year of four digits, some of which may have been read as letters.
pub(super) fn year(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let (digits, end) = digits(tokens, at, 4)?;
    let year = digits.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    Some((year, end))
}

/// One past «г.», «гг.», «г.г.», «год», «года», «годы» at token `at`, or `at` itself.
pub(super) fn after_year_word(tokens: &Tokens, at: usize) -> usize {
    let dot = |at: usize| if tokens.is_mark(at, '.') && tokens.is_glued(at) { at + 1 } else { at };
    match tokens.folded(at) {
        "год" | "года" | "году" | "годом" | "годе" | "годы" | "годов" | "годам" | "годах" => {
            at + 1
        }
        "гг" | "г" => {
            let end = dot(at + 1);
            if end > at + 1 && tokens.folded(end) == "г" { dot(end + 1) } else { end }
        }
        _ => at,
    }
}

/// «2022/2023», «2022-2023», «1994/95»: two years that follow one another.
pub(in crate::dictionaries) fn school_year(tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
    let (first, end) = year(tokens, at)?;
    if !(tokens.is_mark(end, '/') || tokens.is_dash(end)) {
        return None;
    }
    let (second, end) = match year(tokens, end + 1) {
        Some(second) => second,
        None => {
            let short = tokens.number(end + 1).filter(|_| tokens.written(end + 1).len() == 2)?;
            (first / 100 * 100 + short as i16, end + 2)
        }
    };
    (second == first + 1).then_some((Value::Years(vec![(first, second)]), end))
}
