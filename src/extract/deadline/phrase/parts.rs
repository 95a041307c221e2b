//! Years and parts of years. Never a single day.

use super::{Phrase, Season, Slots, by, seasonal};
use crate::dictionaries::{Parts, Unit};
use crate::extract::deadline::calendar::{self, Years};
use crate::plan::{Choice, Grain, Interval, Term};

impl Slots<'_> {
    /// The years that the phrase names; else those of the plan in which `month` can lie.
    pub(super) fn years_for(&self, month: u8) -> Option<Years> {
        match self.year_slots().first() {
            Some(ranges) => calendar::years(ranges),
            None => {
                let list = calendar::years_of_month(self.period?, month);
                (!list.is_empty()).then_some(Years { list, inferred: true })
            }
        }
    }

    pub(super) fn whole_period(&self, school: bool) -> Phrase {
        let period = self.period.filter(|period| !school || calendar::is_school_year(*period));
        let intervals: Vec<Interval> = period.map(calendar::period).into_iter().collect();
        let inferred = !intervals.is_empty();
        Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred)
    }

    pub(super) fn end_of_period(&self) -> Option<Phrase> {
        let years: Vec<i16> = self.period?.years().collect();
        let intervals =
            years.iter().map(|&year| by(calendar::date(year, 12, 31)?)).collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Date { intervals, choice: Choice::All }, true))
    }

    /// «2018 год», «2018-2020 гг.», «2018 г. - 2020 г.».
    pub(super) fn whole_years(&self) -> Option<Phrase> {
        if self.year_slots().len() == 2 {
            return self.span_years();
        }
        let ranges = self.year_slots().first().copied()?;
        let intervals = ranges
            .iter()
            .map(|&(from, to)| calendar::whole_years(from, to))
            .collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    pub(super) fn school(&self) -> Option<Phrase> {
        let &(first, _) = self.year_slots().first()?.first()?;
        let intervals = vec![calendar::school_year(first)?];
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    pub(super) fn parts(&self) -> Option<Phrase> {
        let parts = *self.parts_slots().first()?;
        let unit = parts.unit;
        let mut phrase = match self.part_intervals(unit, parts) {
            Some((intervals, inferred, choice)) => Phrase::of(Term::Interval { intervals, choice }, inferred),
            None => seasonal(Season::Months(Vec::new())),
        };
        if self.year_slots().is_empty() && !parts.one_of {
            let months = parts.ranges.iter().map(|&(_, to)| calendar::months_of(unit, to).1).collect();
            phrase.season = Some(Season::Months(months));
        } else if phrase.season.is_some() {
            return None;
        }
        Some(phrase)
    }

    /// Every range in every year. A range over a year's end in one named year may begin in the year before or in this one.
    pub(super) fn part_intervals(&self, unit: Unit, parts: &Parts) -> Option<(Vec<Interval>, bool, Choice)> {
        let mut intervals = Vec::new();
        let mut inferred = false;
        let mut choice = if parts.one_of { Choice::One } else { Choice::All };
        let first = calendar::months_of(unit, parts.ranges.first()?.0).0;
        let several = self.years_for(first)?.list.len();
        if parts.one_of && several > 1 {
            return None;
        }
        // A half of a school year is not one of a calendar year.
        if unit == Unit::Half
            && self.year_slots().is_empty()
            && self.period.is_some_and(calendar::is_school_year)
        {
            return None;
        }
        // All ranges of one year before those of the next, as the words «II квартал 2018-2020 гг.» count.
        for nth in 0..several {
            for &(from, to) in &parts.ranges {
                let years = self.years_for(calendar::months_of(unit, from).0)?;
                let year = *years.list.get(nth)?;
                inferred |= years.inferred;
                if from <= to {
                    intervals.push(calendar::parts(unit, (year, from), (year, to))?);
                    continue;
                }
                let school = self.period.is_some_and(calendar::is_school_year) && years.inferred;
                let two = self
                    .year_slots()
                    .first()
                    .is_some_and(|ranges| matches!(ranges, [(from, to)] if *to == from + 1));
                if school || two {
                    if nth == 0 {
                        intervals.push(calendar::parts(unit, (year, from), (year + 1, to))?);
                    }
                } else if several == 1 && parts.ranges.len() == 1 {
                    choice = Choice::One;
                    intervals.push(calendar::parts(unit, (year - 1, from), (year, to))?);
                    intervals.push(calendar::parts(unit, (year, from), (year + 1, to))?);
                } else {
                    return None;
                }
            }
        }
        Some((intervals, inferred, choice))
    }

    /// «9 месяцев 2020 года»: from January on.
    pub(super) fn first_months(&self) -> Option<Phrase> {
        let last = u8::try_from(self.count()?).ok().filter(|count| (2..12).contains(count))?;
        let years = calendar::years(self.year_slots().first()?)?.list;
        let months = |year: i16| calendar::months((year, 1), (year, last));
        let intervals = years.into_iter().map(months).collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    pub(super) fn month_slice(&self, third: bool) -> Option<Phrase> {
        let parts = self.parts_slots();
        let which = self.count().unwrap_or(match parts[..] {
            // «II декада июня» names the third as it does a quarter; «последняя декада июня» counts nothing.
            [which, _] => u32::from(which.ranges[0].0),
            _ => most_slices(third),
        });
        let months = *parts.last()?;
        let &[(month, last)] = months.ranges.as_slice() else { return None };
        if month != last || which > most_slices(third) {
            return None;
        }
        let years = self.years_for(month)?;
        let slices = years.list.iter().map(|&year| slice((year, month), third, which));
        let intervals = slices.collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, years.inferred))
    }

    /// «вторая декада» in a plan of one month, or under its name.
    pub(super) fn slice_of_period(&self, third: bool) -> Option<Phrase> {
        let which = self.count().filter(|which| *which <= most_slices(third))?;
        let intervals = vec![slice(self.period?.month()?, third, which)?];
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, true))
    }

    /// The interval that the words name, whatever unit they name it in.
    pub(super) fn named(&self) -> Option<(Vec<Interval>, bool, Choice)> {
        match self.parts_slots().first() {
            Some(parts) => self.part_intervals(parts.unit, parts),
            None => {
                let ranges = self.year_slots().first().copied()?;
                let intervals = ranges
                    .iter()
                    .map(|&(from, to)| calendar::whole_years(from, to))
                    .collect::<Option<Vec<_>>>()?;
                Some((intervals, false, Choice::All))
            }
        }
    }

    pub(super) fn by_end(&self) -> Option<Phrase> {
        let (intervals, inferred, choice) = self.named()?;
        let intervals = intervals.into_iter().map(|one| Interval { start: None, ..one }).collect();
        Some(Phrase::of(Term::Date { intervals, choice }, inferred))
    }

    /// «до 2020 года»: by the day before it begins, or by the day it ends.
    pub(super) fn by_open(&self) -> Option<Phrase> {
        let (intervals, inferred, _) = self.named()?;
        let [only] = intervals[..] else { return None };
        let by = |end| Interval { start: None, end: Some(end), grain: only.grain };
        let intervals = vec![by(only.start?.yesterday().ok()?), by(only.end?)];
        Some(Phrase::of(Term::Date { intervals, choice: Choice::One }, inferred))
    }

    pub(super) fn since_parts(&self) -> Option<Phrase> {
        let (intervals, inferred, choice) = self.named()?;
        let intervals = intervals.into_iter().map(|one| Interval { end: None, ..one }).collect();
        Some(Phrase::of(Term::Interval { intervals, choice }, inferred))
    }

    pub(super) fn span_years(&self) -> Option<Phrase> {
        let [&[(from, _)], &[(_, to)]] = self.year_slots()[..] else { return None };
        let intervals =
            (from <= to).then(|| calendar::whole_years(from, to)).flatten().into_iter().collect::<Vec<_>>();
        (!intervals.is_empty()).then(|| Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }
}

/// A month has so many of them.
fn most_slices(third: bool) -> u32 {
    if third { 3 } else { 2 }
}

/// Third (1–10, 11–20, 21–end) or half (1–15, 16–end) number `which` of a month.
fn slice((year, month): (i16, u8), third: bool, which: u32) -> Option<Interval> {
    let end = calendar::month_end(year, month)?;
    let last = end.day().unsigned_abs();
    let (from, to) = match (third, which) {
        (true, 1) => (1, 10),
        (true, 2) => (11, 20),
        (true, _) => (21, last),
        (false, 1) => (1, 15),
        (false, _) => (16, last),
    };
    let (start, end) = (calendar::date(year, month, from)?, calendar::date(year, month, to)?);
    Some(Interval { start: Some(start), end: Some(end), grain: Grain::Day })
}
