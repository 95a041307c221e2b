//! From one part of a year, or day, to another. Never a span whose year no words and no plan give.

use super::{Phrase, Slots};
use crate::dictionaries::{Parts, Unit, Value};
use crate::extract::deadline::calendar;
use crate::plan::{Choice, Grain, Interval, Term};

/// An end of a span: its first and last month and day, its year where one stands beside it.
#[derive(Clone, Copy)]
struct End {
    first: (u8, u8),
    /// A day of 0 is the last of its month.
    last: (u8, u8),
    year: Option<i16>,
}

impl Slots<'_> {
    /// «с марта по сентябрь 2023 года», «IV квартал 2018 г. - I квартал 2019 г.».
    pub(super) fn span_parts(&self) -> Option<Phrase> {
        let ((from_unit, from), to_unit, to) = match self.parts_slots()[..] {
            [from, to] => ((from.unit, single_part(from)?), to.unit, single_part(to)?),
            // «со II по IV квартал»: the word stands once.
            [to] => ((to.unit, u8::try_from(self.count()?).ok()?), to.unit, single_part(to)?),
            _ => return None,
        };
        let (from, to) = (calendar::months_of(from_unit, from).0, calendar::months_of(to_unit, to).1);
        let over = i16::from(from > to);
        let (years, inferred): (Vec<(i16, i16)>, bool) = match self.year_slots()[..] {
            [first, second] => (vec![(single_year(first)?, single_year(second)?)], false),
            [only] => {
                let list = calendar::years(only)?.list;
                let single = list.len() == 1;
                // «с ноября по март 2020 года» begins in 2019; of «с IV по II квартал 2020 года» nobody can say.
                if over == 1 && single && to_unit != Unit::Month {
                    return None;
                }
                let pair = |&year: &i16| if single { (year - over, year) } else { (year, year + over) };
                (list.iter().map(pair).collect(), false)
            }
            _ => {
                let years = calendar::years_of_month(self.period?, from);
                (years.into_iter().map(|year| (year, year + over)).collect(), true)
            }
        };
        let intervals = years
            .into_iter()
            .map(|(first, last)| calendar::months((first, from), (last, to)))
            .collect::<Option<Vec<_>>>()?;
        let choice = Choice::All;
        (!intervals.is_empty()).then(|| Phrase::of(Term::Interval { intervals, choice }, inferred))
    }

    /// «март 2018 г. - 15 мая 2019 г.», «с 1 марта по май», «с 15 марта до конца года».
    pub(super) fn span_mixed(&self) -> Option<Phrase> {
        let (from, to) = self.ends()?;
        let forward = from.first < to.last;
        let (first, last, inferred) = match (from.year, to.year) {
            (Some(first), Some(last)) => (first, last, false),
            (None, Some(last)) => (last - i16::from(!forward), last, false),
            (Some(first), None) if forward => (first, first, false),
            (Some(_), None) => return None,
            (None, None) => match calendar::years_of_month(self.period?, from.first.0)[..] {
                [only] if forward => (only, only, true),
                [only] if self.period.is_some_and(calendar::is_school_year) => (only, only + 1, true),
                _ => return None,
            },
        };
        let start = calendar::date(first, from.first.0, from.first.1)?;
        let end = match to.last {
            (month, 0) => calendar::month_end(last, month)?,
            (month, day) => calendar::date(last, month, day)?,
        };
        // «май - 9 мая»: the day lies inside the month, so this is no span.
        let inside = first == last && from.last.0 >= to.first.0;
        let intervals = vec![Interval { start: Some(start), end: Some(end), grain: Grain::Day }];
        (start < end && !inside)
            .then(|| Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred))
    }

    /// The two ends in the order of the words. A year belongs to the part of a year before it.
    fn ends(&self) -> Option<(End, End)> {
        let mut ends: Vec<End> = Vec::new();
        for value in self.values() {
            match value {
                Value::Days(days) => {
                    let [day] = &days[..] else { return None };
                    let at = (day.from.month, day.from.day);
                    (day.from == day.to)
                        .then(|| ends.push(End { first: at, last: at, year: day.to.year }))?;
                }
                Value::Parts(parts) => {
                    let (first, last) = calendar::months_of(parts.unit, single_part(parts)?);
                    ends.push(End { first: (first, 1), last: (last, 0), year: None });
                }
                // A year alone is the end of a span to its last day.
                Value::Years(years) => match ends.last_mut() {
                    Some(last) if last.last.1 == 0 && last.year.is_none() => {
                        last.year = Some(single_year(years)?)
                    }
                    _ => ends.push(End { first: (12, 31), last: (12, 31), year: Some(single_year(years)?) }),
                },
                _ => {}
            }
        }
        match ends[..] {
            [from, to] => Some((from, to)),
            // «до конца года»: the year is the day's, or the plan's.
            [from] => Some((from, End { first: (12, 31), last: (12, 31), year: from.year })),
            _ => None,
        }
    }
}

/// The only part of a list.
fn single_part(parts: &Parts) -> Option<u8> {
    match (parts.ranges.as_slice(), parts.one_of) {
        ([(from, to)], false) if from == to => Some(*from),
        _ => None,
    }
}

/// The only year of a list.
fn single_year(years: &[(i16, i16)]) -> Option<i16> {
    match years {
        [(from, to)] if from == to => Some(*from),
        _ => None,
    }
}
