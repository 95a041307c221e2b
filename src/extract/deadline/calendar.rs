//! Numbers into days. Never words: those were read by the dictionaries.

use jiff::civil::Date;

use crate::dictionaries::{Day, DayRange, Unit};
use crate::plan::{Grain, Interval, Period};

/// A list of years longer than this is no deadline.
const MOST_YEARS: usize = 40;

/// The years that a term is about, and whether they come from the plan's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Years {
    pub(super) list: Vec<i16>,
    pub(super) inferred: bool,
}

/// The years of `ranges`, each of them; `None` for an empty or an endless list.
pub(super) fn years(ranges: &[(i16, i16)]) -> Option<Years> {
    let list: Vec<i16> = ranges.iter().flat_map(|&(from, to)| from..=to).take(MOST_YEARS + 1).collect();
    (!list.is_empty() && list.len() <= MOST_YEARS).then_some(Years { list, inferred: false })
}

/// The day, if there is such a day.
pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The last day of a month.
pub(super) fn month_end(year: i16, month: u8) -> Option<Date> {
    Some(date(year, month, 1)?.last_of_month())
}

/// The first and the last month of part number `part` of a year: a quarter, a half-year or a month.
pub(super) fn months_of(unit: Unit, part: u8) -> (u8, u8) {
    let length = match unit {
        Unit::Quarter => 3,
        Unit::Half => 6,
        _ => 1,
    };
    ((part - 1) * length + 1, part * length)
}

/// From the beginning of `from` to the end of `to`, both parts of years.
pub(super) fn parts(unit: Unit, from: (i16, u8), to: (i16, u8)) -> Option<Interval> {
    let grain = match unit {
        _ if from != to => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Half => Grain::Half,
        _ => Grain::Month,
    };
    let start = date(from.0, months_of(unit, from.1).0, 1)?;
    let end = month_end(to.0, months_of(unit, to.1).1)?;
    (start <= end).then_some(Interval { start: Some(start), end: Some(end), grain })
}

/// From the beginning of a month to the end of another.
pub(super) fn months(from: (i16, u8), to: (i16, u8)) -> Option<Interval> {
    let (start, end) = (date(from.0, from.1, 1)?, month_end(to.0, to.1)?);
    (start <= end).then_some(Interval { start: Some(start), end: Some(end), grain: Grain::Month })
}

/// Whole years.
pub(super) fn whole_years(from: i16, to: i16) -> Option<Interval> {
    Some(Interval { start: Some(date(from, 1, 1)?), end: Some(date(to, 12, 31)?), grain: Grain::Year })
}

/// A school year: by convention from the first of September to the end of May.
pub(super) fn school_year(first: i16) -> Option<Interval> {
    Some(Interval { start: Some(date(first, 9, 1)?), end: Some(date(first + 1, 5, 31)?), grain: Grain::Day })
}

/// The period as an interval.
pub(super) fn period(period: Period) -> Interval {
    let whole = period.start == period.start.first_of_year() && period.end == period.end.last_of_year();
    let grain = if whole { Grain::Year } else { Grain::Day };
    Interval { start: Some(period.start), end: Some(period.end), grain }
}

/// The years in which `month` can lie in `period`: in a school year only one, August and later in the first half.
pub(super) fn years_of_month(period: Period, month: u8) -> Vec<i16> {
    let first = period.start.year();
    if is_school_year(period) {
        return vec![if month >= 8 { first } else { first + 1 }];
    }
    let inside = |year: &i16| {
        let days = date(*year, month, 1).zip(month_end(*year, month));
        days.is_some_and(|(start, end)| start <= period.end && end >= period.start)
    };
    period.years().take(MOST_YEARS).filter(inside).collect()
}

/// A period from August or September of one year into the next.
pub(super) fn is_school_year(period: Period) -> bool {
    period.end.year() == period.start.year() + 1 && period.start.month() >= 8 && period.end.month() <= 8
}

/// The days of `range`: one interval for its own year, or one for each year of the period; `None` where no year is known
/// or a day does not exist.
pub(super) fn days(range: &DayRange, period: Option<Period>) -> Option<(Vec<Interval>, bool)> {
    if range.from.year.is_some() || range.to.year.is_some() {
        let to_year = range.to.year.or(range.from.year)?;
        let from_year = range.from.year.unwrap_or(to_year);
        return Some((vec![day_interval(range.from, from_year, range.to, to_year)?], false));
    }
    let period = period?;
    let mut intervals = Vec::new();
    for year in years_of_month(period, range.from.month) {
        let over = u8::from((range.to.month, range.to.day) < (range.from.month, range.from.day));
        intervals.push(day_interval(range.from, year, range.to, year + i16::from(over))?);
    }
    (!intervals.is_empty()).then_some((intervals, true))
}

fn day_interval(from: Day, from_year: i16, to: Day, to_year: i16) -> Option<Interval> {
    let start = date(from_year, from.month, from.day)?;
    let end = date(to_year, to.month, to.day)?;
    (start <= end).then_some(Interval { start: Some(start), end: Some(end), grain: Grain::Day })
}
