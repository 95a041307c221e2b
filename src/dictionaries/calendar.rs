//! How years, parts of years and days are written. Never whether such a day exists.

use std::ops::Range;

use smallvec::SmallVec;

use super::numerals::{Candidates, roman, roman_of};
use super::slots::{Day, DayRange, Filled, Mend, Parts, SlotReader, Value};
use super::tokens::{TokenKind, Tokens};
use super::words::Unit;

/// A list longer than this is cut: no plan names so many days, and a slot must not read a megabyte again and again.
const LONGEST_LIST: usize = 40;

/// The years that plans are about; other four-digit numbers are sums, pages or act numbers.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2099;

/// Letters that recognition leaves where a digit stood.
const DIGIT_DOUBLES: &[(char, char)] = &[
    ('I', '1'),
    ('O', '0'),
    ('l', '1'),
    ('|', '1'),
    ('І', '1'),
    ('О', '0'),
    ('З', '3'),
    ('о', '0'),
    ('б', '6'),
    ('з', '3'),
];

/// One past the suffix of an ordinal («-й», «-го», «-ый», «-ом») that begins at token `at`, or `at` itself.
pub fn after_ordinal_suffix(tokens: &Tokens, at: usize) -> usize {
    let word = if tokens.is_dash(at) && tokens.is_glued(at) { at + 1 } else { at };
    let suffix =
        matches!(tokens.folded(word), "й" | "го" | "ый" | "ой" | "ом" | "м" | "е" | "ое" | "му" | "х" | "ми");
    if suffix && tokens.is_glued(word) { word + 1 } else { at }
}

/// «1», «20-го», «"29"», «1-е»: a day of a month. «ЗО» and «I» are taken for 30 and 1, because a day must stand here.
pub fn day(tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    let quoted = matches!(tokens.written(at), "«" | "\"" | "“" | "„" | "<");
    let number = if quoted { at + 1 } else { at };
    let (value, mut end) = figures(tokens, number)?;
    if quoted {
        let closed = matches!(tokens.written(end), "»" | "\"" | "”" | "“" | ">");
        end = if closed { end + 1 } else { return None };
    } else {
        end = after_ordinal_suffix(tokens, end);
    }
    (1..=31).contains(&value).then_some((value, end))
}

/// One or two digits, damaged ones among them.
fn figures(tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    let length = if tokens.is_glued(at + 1) && tokens.written(at).chars().count() == 1 { 2 } else { 1 };
    (1..=length).rev().find_map(|length| {
        let run: Option<String> = (at..at + length).map(|token| spelled(tokens, token)).collect();
        let run = run.filter(|run| matches!(run.len(), 1 | 2))?;
        Some((run.parse().ok()?, at + length))
    })
}

/// Every reading of a year, a list or a range of years, with the word «год» behind it in any form.
pub fn years(tokens: &Tokens, at: usize) -> Vec<(Value, usize)> {
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
fn year(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let (digits, end) = digits(tokens, at, 4)?;
    let year = digits.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    Some((year, end))
}

/// Exactly `count` digits from token `at`, damaged ones among them, as long as half of them are digits indeed.
fn digits(tokens: &Tokens, at: usize, count: usize) -> Option<(String, usize)> {
    let mut found = String::new();
    let mut sure = 0;
    let mut end = at;
    while found.len() < count && end < tokens.len() && (end == at || tokens.is_glued(end)) {
        for letter in tokens.written(end).chars() {
            if letter.is_ascii_digit() {
                sure += 1;
                found.push(letter);
            } else {
                let double = DIGIT_DOUBLES.iter().find(|(seen, _)| *seen == letter)?;
                found.push(double.1);
            }
        }
        end += 1;
    }
    let continues =
        tokens.is_glued(end) && tokens.get(end).is_some_and(|next| next.kind == TokenKind::Number);
    (found.len() == count && sure * 2 >= count && !continues).then_some((found, end))
}

/// One past «г.», «гг.», «г.г.», «год», «года», «годы» at token `at`, or `at` itself.
pub fn after_year_word(tokens: &Tokens, at: usize) -> usize {
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
pub fn school_year(tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
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

/// 1 to 4 in words, digits or roman numerals.
pub fn ordinal(reader: &SlotReader, tokens: &Tokens, at: usize) -> Vec<(Value, usize)> {
    let Some(part) = part(reader, tokens, at, 4) else { return Vec::new() };
    let [value] = part.candidates[..] else { return Vec::new() };
    vec![(Value::Count(value.into()), part.end)]
}

/// Quarters or half-years with their word: one, a list, a range («I, III кварталы», «I кв. и III кв.», «2-3 квартал»).
pub fn parts(reader: &SlotReader, tokens: &Tokens, at: usize, unit: Unit, most: u8) -> Vec<Filled> {
    let mut items: Vec<(Candidates, Option<Candidates>)> = Vec::new();
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
    let Some((end, count, mended)) = end else { return Vec::new() };
    items.truncate(count);
    mends.truncate(mended);
    match ranges(&items) {
        Some((ranges, one_of)) => {
            let value = Value::Parts(Parts { unit, ranges, one_of });
            vec![Filled { start: at, end, value, mends }]
        }
        None => Vec::new(),
    }
}

/// One past the word for `unit` at token `at`: «квартал», «кв.», «кв-л», «полугодие», «половина года».
fn after_unit(reader: &SlotReader, tokens: &Tokens, at: usize, unit: Unit) -> Option<usize> {
    if unit == Unit::Half && tokens.folded(at).starts_with("половин") && tokens.folded(at + 1) == "года"
    {
        return Some(at + 2);
    }
    if reader.words.unit(tokens.folded(at)) != Some(unit) {
        return None;
    }
    let suffix = tokens.is_dash(at + 1)
        && tokens.is_glued(at + 1)
        && matches!(tokens.folded(at + 2), "л" | "ла" | "ле" | "лы");
    Some(if suffix { at + 3 } else { after_dot(tokens, at + 1) })
}

/// The ranges of a list, or the candidates where a single item is not decided.
fn ranges(items: &[(Candidates, Option<Candidates>)]) -> Option<(Vec<(u8, u8)>, bool)> {
    if let [(only, None)] = items
        && only.len() > 1
    {
        return Some((only.iter().map(|&part| (part, part)).collect(), true));
    }
    let mut ranges = Vec::new();
    for (from, to) in items {
        let [from] = from[..] else { return None };
        let to = match to.as_deref() {
            None => from,
            Some(&[to]) if to > from => to,
            Some(_) => return None,
        };
        ranges.push((from, to));
    }
    (!ranges.is_empty()).then_some((ranges, false))
}

/// The damaged digits of a year or a day within `range`, as digits.
pub fn mended_digits(tokens: &Tokens, range: Range<usize>) -> Vec<Mend> {
    let mut mends = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = (at + 1..range.end).find(|&next| !tokens.is_glued(next) || spelled(tokens, next).is_none());
        let run = at..end.unwrap_or(range.end);
        let figures: Option<String> = run.clone().map(|token| spelled(tokens, token)).collect();
        let written = &tokens.text()[tokens.bytes(run.clone())];
        if let Some(figures) = figures
            && figures != written
            && matches!(figures.len(), 1 | 2 | 4)
        {
            mends.push(Mend { tokens: run.clone(), to: figures });
        }
        at = run.end;
    }
    mends
}

/// A token as digits, if every character of it is one or looks like one.
fn spelled(tokens: &Tokens, at: usize) -> Option<String> {
    let double =
        |letter: char| DIGIT_DOUBLES.iter().find(|(seen, _)| *seen == letter).map(|&(_, digit)| digit);
    let digit = |letter: char| if letter.is_ascii_digit() { Some(letter) } else { double(letter) };
    let written = tokens.written(at);
    written.chars().map(digit).collect::<Option<String>>().filter(|figures| !figures.is_empty())
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
    if let Some(value) = reader.words.ordinal(tokens.folded(at)) {
        return sound(value, at + 1);
    }
    // The longest run of glued tokens that reads as a numeral: «IV», «|», «||», «1У», «[У».
    (1..=LONGEST_NUMERAL).rev().find_map(|length| {
        let run = at..at + length;
        if run.end > tokens.len() || !(at + 1..run.end).all(|next| tokens.is_glued(next)) {
            return None;
        }
        let written = &tokens.text()[tokens.bytes(run.clone())];
        match roman(written)
            .or_else(|| tokens.number(at).filter(|_| length == 1).and_then(|value| u8::try_from(value).ok()))
        {
            Some(value) => sound(value, run.end),
            None => damaged(reader, written, run, most),
        }
    })
}

/// The most tokens that one damaged numeral falls into.
const LONGEST_NUMERAL: usize = 3;

fn damaged(reader: &SlotReader, written: &str, run: Range<usize>, most: u8) -> Option<Part> {
    if written == "З" {
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

/// Months by name: one, a list, a range.
pub fn months(reader: &SlotReader, tokens: &Tokens, at: usize) -> Vec<(Value, usize)> {
    let month =
        |at: usize| reader.words.month(tokens.folded(at)).map(|month| (month, after_dot(tokens, at + 1)));
    let mut ranges = Vec::new();
    let (mut end, mut next) = (at, at);
    while ranges.len() < LONGEST_LIST {
        let Some((from, after)) = month(next) else { break };
        end = after;
        let mut to = from;
        if tokens.is_dash(end)
            && let Some((last, after)) = month(end + 1)
        {
            to = last;
            end = after;
        }
        ranges.push((from, to));
        let Some(after) = after_separator(tokens, end) else { break };
        next = after;
    }
    if ranges.is_empty() {
        return Vec::new();
    }
    vec![(Value::Parts(Parts { unit: Unit::Month, ranges, one_of: false }), end)]
}

/// One past «,», «и», «/» at token `at`; `None` where no separator stands there. A semicolon parts two terms.
fn after_separator(tokens: &Tokens, at: usize) -> Option<usize> {
    let separates = matches!(tokens.folded(at), "," | "и" | "/");
    let both = separates && tokens.folded(at + 1) == "и";
    separates.then_some(if both { at + 2 } else { at + 1 })
}

fn after_dot(tokens: &Tokens, at: usize) -> usize {
    if tokens.is_mark(at, '.') && tokens.is_glued(at) { at + 1 } else { at }
}

/// Exact days: the whole list first, then its first item alone.
pub fn days(reader: &SlotReader, tokens: &Tokens, at: usize) -> Vec<(Value, usize)> {
    let mut readings: Vec<(Value, usize)> = Vec::new();
    let mut ranges: Vec<DayRange> = Vec::new();
    let mut next = at;
    while ranges.len() < LONGEST_LIST {
        let Some((mut item, end)) = numeric_days(tokens, next).or_else(|| worded_days(reader, tokens, next))
        else {
            break;
        };
        if ranges.is_empty()
            && let Some(undated) = undated_days(&item, tokens)
        {
            readings.push(undated);
        }
        let joins = !ranges.is_empty() && tokens.is_dash(next.wrapping_sub(1));
        match (ranges.last_mut(), &mut item[..]) {
            // «29 апреля - 3 мая»: the dash joins two items to one range.
            (Some(last), [first, ..]) if joins && last.from == last.to && first.from == first.to => {
                last.to = first.from;
                last.tokens.end = first.tokens.end;
                last.dated = first.dated;
                item.remove(0);
            }
            _ if joins => break,
            _ => {}
        }
        ranges.append(&mut item);
        carry_year_back(&mut ranges);
        readings.insert(0, (Value::Days(ranges.clone()), end));
        readings.truncate(3);
        let after = match after_separator(tokens, end) {
            Some(after) => after,
            None if tokens.is_dash(end) => end + 1,
            // «30.11.2007 01.12.2007»: nothing but a line end between them.
            None if ranges.last().is_some_and(|range| range.to.year.is_some()) => end,
            None => break,
        };
        next = after;
    }
    readings
}

/// The same days without the year behind them, which may be the first of a range: «1 декабря 2018-2020 гг.».
fn undated_days(item: &[DayRange], tokens: &Tokens) -> Option<(Value, usize)> {
    let first = item.first().filter(|range| range.to.year.is_some())?;
    let month = first.tokens.clone().rev().find(|&at| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word && tokens.folded(at).chars().count() > 2)
    })?;
    let end = after_dot(tokens, month + 1);
    // One year belongs to the days; only several are told apart from them.
    let several = years(tokens, end).first().is_some_and(
        |(value, _)| matches!(value, Value::Years(ranges) if ranges.len() > 1 || ranges[0].0 != ranges[0].1),
    );
    if !several {
        return None;
    }
    let bare = |range: &DayRange| {
        let without = |day: Day| Day { year: None, ..day };
        DayRange {
            from: without(range.from),
            to: without(range.to),
            tokens: range.tokens.start..end,
            dated: false,
        }
    };
    Some((Value::Days(item.iter().map(bare).collect()), end))
}

/// A day without a year takes the year of the next one that has it: «2 марта и 5 июня 2018 года».
fn carry_year_back(ranges: &mut [DayRange]) {
    let mut year = None;
    for range in ranges.iter_mut().rev() {
        for day in [&mut range.to, &mut range.from] {
            day.year = day.year.or(year);
            year = day.year;
        }
    }
}

/// «25.12.2018», «1.09.09г.», «10.03», «01.- 08.05.15», «01-08.05.2015».
fn numeric_days(tokens: &Tokens, at: usize) -> Option<(Vec<DayRange>, usize)> {
    if let Some((day, end)) = numeric_day(tokens, at) {
        let range = DayRange { from: day, to: day, tokens: at..end, dated: day.year.is_some() };
        return Some((vec![range], end));
    }
    let first = short_number(tokens, at)?;
    let dash = after_dot(tokens, at + 1);
    if !tokens.is_dash(dash) {
        return None;
    }
    let (last, end) = numeric_day(tokens, dash + 1)?;
    let from = Day { day: first, ..last };
    let range = DayRange { from, to: last, tokens: at..end, dated: last.year.is_some() };
    (first < last.day).then(|| (vec![range], end))
}

fn numeric_day(tokens: &Tokens, at: usize) -> Option<(Day, usize)> {
    let (day, point) = figures(tokens, at).filter(|(day, _)| (1..=31).contains(day))?;
    let separator = tokens.written(point);
    if !matches!(separator, "." | "/") {
        return None;
    }
    let (month, mut end) = figures(tokens, point + 1).filter(|(month, _)| (1..=12).contains(month))?;
    let month_digits = tokens.bytes(point + 1..end).len();
    let mut year = None;
    if tokens.written(end) == separator
        && let Some((found, after)) = date_year(tokens, end + 1)
    {
        year = Some(found);
        end = after_year_word(tokens, after);
    }
    // «14.00», «8/10» and «10.10 ч.» are no days; a short date has two digits for its month.
    let short = year.is_none() && (separator == "/" || month_digits != 2 || tokens.number(at).is_none());
    let clock = year.is_none() && matches!(tokens.folded(end), "ч" | "час" | "часов" | "часа" | ":");
    let longer = year.is_none() && tokens.is_mark(end, '.') && tokens.number(end + 1).is_some();
    (!short && !clock && !longer).then_some((Day { day, month, year }, end))
}

/// Four digits, or two: «09» is 2009, «97» is 1997.
fn date_year(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    if let Some(found) = year(tokens, at) {
        return Some(found);
    }
    let short = tokens.number(at).filter(|_| tokens.written(at).len() == 2)? as i16;
    Some((if short < 70 { 2000 + short } else { 1900 + short }, at + 1))
}

fn short_number(tokens: &Tokens, at: usize) -> Option<u8> {
    let value = tokens.number(at).filter(|_| tokens.written(at).len() <= 2);
    value.and_then(|value| u8::try_from(value).ok())
}

/// «1 октября», «2-4 октября 2018 г.», «18, 19, 25 и 26 сентября», «"29" марта 2017г».
fn worded_days(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Vec<DayRange>, usize)> {
    let mut series: SmallVec<[(u8, u8); 4]> = SmallVec::new();
    let mut next = at;
    loop {
        let (from, mut end) = day(tokens, next)?;
        let mut to = from;
        if tokens.is_dash(end)
            && let Some((last, after)) = day(tokens, end + 1)
        {
            to = last;
            end = after;
        }
        series.push((from, to));
        match after_separator(tokens, end) {
            Some(after) if series.len() < LONGEST_LIST => next = after,
            _ => {
                next = end;
                break;
            }
        }
    }
    let month = reader.words.month(tokens.folded(next))?;
    let mut end = after_dot(tokens, next + 1);
    let year = year(tokens, end).map(|(year, after)| {
        end = after_year_word(tokens, after);
        year
    });
    let ordered = series.iter().all(|&(from, to)| from <= to);
    let range = |&(from, to): &(u8, u8)| DayRange {
        from: Day { day: from, month, year },
        to: Day { day: to, month, year },
        tokens: at..end,
        // Days that share a month and a year are one list, whatever follows.
        dated: year.is_some() && series.len() == 1,
    };
    ordered.then(|| (series.iter().map(range).collect(), end))
}

/// «10:00», «10.00 ч.», «8-30 ч.», «14.00 - 15.00», «11 часов».
pub fn clock(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
    let (start, mut end) = clock_time(reader, tokens, at)?;
    let mut until = None;
    if tokens.is_dash(end)
        && let Some((last, after)) = clock_time(reader, tokens, end + 1)
    {
        until = Some(last);
        end = after;
    }
    Some((Value::Clock(start, until), end))
}

fn clock_time(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<((u8, u8), usize)> {
    let hour = short_number(tokens, at).filter(|hour| *hour < 24)?;
    let separated = matches!(tokens.written(at + 1), ":" | "." | "-")
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2);
    let minute =
        short_number(tokens, at + 2).filter(|minute| *minute < 60 && tokens.written(at + 2).len() == 2);
    let (time, end) = match minute {
        Some(minute) if separated => ((hour, minute), at + 3),
        _ if reader.words.unit(tokens.folded(at + 1)) == Some(Unit::Hour) => {
            return Some(((hour, 0), at + 2));
        }
        _ => return None,
    };
    let word = tokens.folded(end);
    let hours = word == "ч" || reader.words.unit(word) == Some(Unit::Hour);
    // «10.03» without «ч.» is the tenth of March.
    let date = tokens.is_mark(at + 1, '.') && (1..=12).contains(&time.1) && time.0 > 0;
    if date && !hours {
        return None;
    }
    Some((time, if hours { after_dot(tokens, end + 1) } else { end }))
}
