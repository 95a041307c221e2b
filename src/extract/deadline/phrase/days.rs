//! Exact days, hours, and lengths of time. Never a part of a year.

use super::{Phrase, Slots, seasonal, undated};
use crate::dictionaries::{DayRange, Unit, Value};
use crate::extract::deadline::calendar;
use crate::plan::{Choice, ClockTime, Interval, Offset, Period, Term};

impl Slots<'_> {
    pub(super) fn days(&self) -> Option<Phrase> {
        let ranges = *self.day_slots().first()?;
        let (intervals, inferred) = self.day_intervals(ranges)?;
        let spans = ranges.iter().any(|range| range.from != range.to);
        let term = if spans {
            Term::Interval { intervals, choice: Choice::All }
        } else {
            Term::Date { intervals, choice: Choice::All }
        };
        let mut phrase = Phrase::of(term, inferred);
        phrase.season = undated(ranges);
        Some(phrase)
    }

    pub(super) fn day_intervals(&self, ranges: &[DayRange]) -> Option<(Vec<Interval>, bool)> {
        let mut all = Vec::new();
        let mut inferred = false;
        for range in ranges {
            let (intervals, from_period) = calendar::days(range, self.period)?;
            all.extend(intervals);
            inferred |= from_period;
        }
        Some((all, inferred))
    }

    pub(super) fn by_days(&self) -> Option<Phrase> {
        let ranges = *self.day_slots().first()?;
        if ranges.iter().any(|range| range.from != range.to) {
            return None;
        }
        let season = undated(ranges);
        match self.day_intervals(ranges) {
            Some((intervals, inferred)) => {
                let intervals = intervals.into_iter().map(|day| Interval { start: None, ..day }).collect();
                let mut phrase = Phrase::of(Term::Date { intervals, choice: Choice::All }, inferred);
                phrase.season = season;
                Some(phrase)
            }
            None => season.map(seasonal),
        }
    }

    /// Days of the year after the plan's, which must be one year.
    pub(super) fn by_days_next(&self) -> Option<Phrase> {
        let period = self.period.filter(|period| period.start.year() == period.end.year())?;
        let next = Period::year(period.end.year() + 1)?;
        let (intervals, _) =
            Slots { filled: self.filled, period: Some(next) }.day_intervals(self.day_slots().first()?)?;
        let intervals = intervals.into_iter().map(|day| Interval { start: None, ..day }).collect();
        Some(Phrase::of(Term::Date { intervals, choice: Choice::All }, true))
    }

    /// Days without a year and the years behind them: «1 декабря 2018-2020 гг.».
    pub(super) fn days_years(&self, by: bool) -> Option<Phrase> {
        let ranges = *self.day_slots().first()?;
        undated(ranges)?;
        let mut intervals = Vec::new();
        for year in calendar::years(self.year_slots().first()?)?.list {
            let (days, _) =
                Slots { filled: self.filled, period: Period::year(year) }.day_intervals(ranges)?;
            intervals
                .extend(days.into_iter().map(|day| if by { Interval { start: None, ..day } } else { day }));
        }
        let spans = ranges.iter().any(|range| range.from != range.to);
        let choice = Choice::All;
        Some(Phrase::of(
            if spans { Term::Interval { intervals, choice } } else { Term::Date { intervals, choice } },
            false,
        ))
    }

    pub(super) fn since_days(&self) -> Option<Phrase> {
        let [range] = *self.day_slots().first()? else { return None };
        let (intervals, inferred) = calendar::days(range, self.period)?;
        let intervals = intervals.into_iter().map(|day| Interval { end: None, ..day }).collect();
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred))
    }

    pub(super) fn span_days(&self) -> Option<Phrase> {
        let (from, to) = match self.day_slots()[..] {
            [[from], [to]] => (from.from, to.to),
            [[to]] => {
                let day = u8::try_from(self.count()?).ok()?;
                (crate::dictionaries::Day { day, ..to.to }, to.to)
            }
            _ => return None,
        };
        let range = DayRange { from, to, tokens: 0..0, dated: false };
        let season = undated(std::slice::from_ref(&range));
        match calendar::days(&range, self.period) {
            Some((intervals, inferred)) => {
                let term = Term::Interval { intervals, choice: Choice::All };
                Some(Phrase { season, ..Phrase::of(term, inferred) })
            }
            None => season.map(seasonal),
        }
    }

    pub(super) fn clock(&self) -> Option<Phrase> {
        let mut times = self.values().filter_map(|value| match value {
            Value::Clock(start, end) => Some((*start, *end)),
            _ => None,
        });
        let (start, end) = times.next()?;
        // «с 18.00 до 23.00».
        let end = end.or(times.next().map(|(until, _)| until));
        let time = ClockTime { start, end };
        Some(Phrase { time: Some(time), ..Phrase::of(Term::Unresolved, false) })
    }

    pub(super) fn offset(&self) -> Option<Phrase> {
        let (count, unit) = match self.values().find_map(|value| {
            if let Value::Length(count, unit) = value { Some((*count, *unit)) } else { None }
        }) {
            Some(length) => length,
            None => (self.count().unwrap_or(1), self.units()?),
        };
        let working = self.values().any(|value| *value == Value::Working(true));
        let offset = match unit {
            Unit::Hour => Offset::Hours(count),
            Unit::Day if working => Offset::WorkingDays(count),
            Unit::Day => Offset::Days(count),
            Unit::Week => Offset::Weeks(count),
            Unit::Month => Offset::Months(count),
            Unit::Quarter => Offset::Months(count * 3),
            Unit::Half => Offset::Months(count * 6),
            Unit::Year => Offset::Years(count),
            // «в течение четверти»: how long that is, no calendar says.
            Unit::Term => return None,
        };
        Some(Phrase::of(Term::Relative(Some(offset)), false))
    }
}
