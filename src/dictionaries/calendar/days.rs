//! Exact days in figures and words. Never whether there is such a day.

use smallvec::SmallVec;

use super::LONGEST_LIST;
use super::figures::{after_dot, after_ordinal_suffix, after_separator, figures, short_number};
use super::mends::is_inside_date;
use super::months::sole_month;
use super::years::{after_year_word, split_year, year, years};
use crate::dictionaries::slots::{Day, DayRange, SlotReader, SlotReadings, Value};
use crate::dictionaries::tokens::{TokenKind, Tokens};

/// The days of a list.
type Days = SmallVec<[DayRange; 1]>;

/// «1», «20-го», «"29"», «первого», «двадцать пятое»: a day of a month. «ЗО» and «I» are taken for 30 and 1, because a day
/// must stand here.
pub(in crate::dictionaries) fn day(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    if let Some((day, words)) = worded_day(reader, tokens, at) {
        return (1..=31).contains(&day).then_some((day, at + words));
    }
    let quoted = tokens.is_opening_quote(at) || tokens.is_mark(at, '<');
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

/// A day in words, and how many words it has: «пятого» is one, «двадцать пятого» two.
fn worded_day(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    let one = |at: usize| {
        let senses = reader.senses(tokens, at);
        senses.ordinal.or(senses.ordinal_day)
    };
    match reader.senses(tokens, at).tens {
        Some(tens) => Some((tens + one(at + 1).filter(|&unit| unit < 10)?, 2)),
        None => one(at).map(|day| (day, 1)),
    }
}

/// Exact days: the whole list first, then its first item alone.
pub(in crate::dictionaries) fn days(reader: &SlotReader, tokens: &Tokens, at: usize) -> SlotReadings {
    let mut readings = SlotReadings::new();
    let mut ranges: Days = SmallVec::new();
    let mut next = at;
    while ranges.len() < LONGEST_LIST {
        let Some((mut item, end)) =
            numeric_days(reader, tokens, next).or_else(|| worded_days(reader, tokens, next))
        else {
            break;
        };
        if ranges.is_empty()
            && let Some(undated) = undated_days(reader, &item, tokens)
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
            // «05.06.-12.06.2023»: the dot is the date's.
            None if tokens.is_dash(after_dot(tokens, end)) => after_dot(tokens, end) + 1,
            // «30.11.2007 01.12.2007»: nothing but a line end between them.
            None if ranges.last().is_some_and(|range| range.to.year.is_some()) => end,
            None => break,
        };
        next = after;
    }
    readings
}

/// The same days without the year behind them, which may be the first of a range: «1 декабря 2018-2020 гг.».
fn undated_days(reader: &SlotReader, item: &[DayRange], tokens: &Tokens) -> Option<(Value, usize)> {
    let first = item.first().filter(|range| range.to.year.is_some())?;
    let month = first.tokens.clone().rev().find(|&at| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Word && tokens.folded(at).chars().count() > 2)
    })?;
    let end = after_dot(tokens, month + 1);
    // One year belongs to the days; only several are told apart from them.
    let several = years(reader, tokens, end).first().is_some_and(
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
fn numeric_days(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Days, usize)> {
    if let Some((day, end)) = numeric_day(reader, tokens, at) {
        let range = DayRange { from: day, to: day, tokens: at..end, dated: day.year.is_some() };
        return Some((SmallVec::from_elem(range, 1), end));
    }
    let first = short_number(tokens, at)?;
    let dash = after_dot(tokens, at + 1);
    if !tokens.is_dash(dash) {
        return None;
    }
    let (last, end) = numeric_day(reader, tokens, dash + 1)?;
    let from = Day { day: first, ..last };
    let range = DayRange { from, to: last, tokens: at..end, dated: last.year.is_some() };
    (first < last.day).then(|| (SmallVec::from_elem(range, 1), end))
}

fn numeric_day(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Day, usize)> {
    if let Some(found) = iso_day(reader, tokens, at) {
        return Some(found);
    }
    let (day, point) = figures(tokens, at).filter(|(day, _)| (1..=31).contains(day))?;
    // «15,06.2018»: recognition leaves a comma where a dot stood.
    let separator = |at: usize| if is_inside_date(tokens, at) { "." } else { tokens.written(at) };
    let hyphen = separator(point) == "-" && tokens.is_glued(point) && tokens.is_glued(point + 1);
    if !matches!(separator(point), "." | "/") && !hyphen {
        return None;
    }
    let slash = separator(point) == "/";
    let (month, mut end) = figures(tokens, point + 1).filter(|(month, _)| (1..=12).contains(month))?;
    let month_digits = tokens.bytes(point + 1..end).len();
    let whole_year = tokens.written(end + 1).len() == 4;
    let mut year = None;
    if separator(end) == separator(point)
        && let Some((found, after)) = date_year(reader, tokens, end + 1)
    {
        year = Some(found);
        end = after_year_word(reader, tokens, after);
    }
    // «31-12-18» may be a telephone.
    if hyphen && (year.is_none() || !whole_year) {
        return None;
    }
    // «14.00», «8/10», «10.10 ч.» and «10.12 %» are no days; a short date has two digits for its month.
    let short = year.is_none() && (slash || month_digits != 2 || tokens.number(at).is_none());
    let clock =
        year.is_none() && matches!(tokens.folded(end), "ч" | "час" | "часов" | "часа" | ":" | "%" | "‰");
    let longer = year.is_none() && tokens.is_mark(end, '.') && tokens.number(end + 1).is_some();
    (!short && !clock && !longer).then_some((Day { day, month, year }, end))
}

/// «2019-06-28», as ISO 8601 and spreadsheets write it.
fn iso_day(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Day, usize)> {
    let hyphens = (at + 1..at + 5).all(|next| tokens.is_glued(next))
        && tokens.is_mark(at + 1, '-')
        && tokens.is_mark(at + 3, '-');
    if !hyphens {
        return None;
    }
    let two = |at: usize| short_number(tokens, at).filter(|_| tokens.written(at).len() == 2);
    let (year, end) = year(reader, tokens, at)?;
    let month = two(end + 1).filter(|month| (1..=12).contains(month))?;
    let day = two(end + 3).filter(|day| (1..=31).contains(day))?;
    (end == at + 1).then_some((Day { day, month, year: Some(year) }, end + 4))
}

/// Four digits, or two: «09» is 2009, «97» is 1997.
fn date_year(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    if let Some(found) = year(reader, tokens, at).or_else(|| split_year(reader, tokens, at)) {
        return Some(found);
    }
    let short = tokens.number(at).filter(|_| tokens.written(at).len() == 2)? as i16;
    Some((if short < 70 { 2000 + short } else { 1900 + short }, at + 1))
}

/// «1 октября», «2-4 октября 2018 г.», «18, 19, 25 и 26 сентября», «"29" марта 2017г».
fn worded_days(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<(Days, usize)> {
    let mut series: SmallVec<[(u8, u8); 4]> = SmallVec::new();
    let mut next = at;
    loop {
        let (from, mut end) = day(reader, tokens, next)?;
        let mut to = from;
        if tokens.is_dash(end)
            && let Some((last, after)) = day(reader, tokens, end + 1)
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
    let month = reader.senses(tokens, next).month.or_else(|| sole_month(reader, tokens, next))?;
    let mut end = after_dot(tokens, next + 1);
    let year = year(reader, tokens, end).map(|(year, after)| {
        end = after_year_word(reader, tokens, after);
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
