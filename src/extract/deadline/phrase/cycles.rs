//! Recurrences and their limits. Never a date.

use super::{Phrase, Season, Slots, by, seasonal, undated};
use crate::dictionaries::{DeadlineSense, Unit, Value};
use crate::extract::deadline::calendar;
use crate::extract::deadline::recurrence::Every;
use crate::plan::{Choice, Interval, Term};

/// What is about a whole year is due in its last quarter, or after it.
const LATE_IN_THE_YEAR: u8 = 10;

impl Slots<'_> {
    pub(super) fn recurrence(&self, sense: DeadlineSense) -> Option<Phrase> {
        let every = match sense {
            DeadlineSense::Weekdays => {
                let days = self.values().find_map(|value| {
                    if let Value::Weekdays(days) = value { Some(days.clone()) } else { None }
                })?;
                Every::on_weekdays(days)
            }
            DeadlineSense::Times => self.times()?,
            DeadlineSense::WorkingDays => Every::on_working_days(),
            DeadlineSense::Every => Every::each(self.count().unwrap_or(1), self.units()?),
            _ => Every::each(1, self.units()?),
        };
        Some(Phrase { every: Some(every.clone()), ..Phrase::of(every.term(), false) })
    }

    /// «не менее 2 раз в год», «1 раз в 3 месяца», «дважды в год».
    pub(super) fn times(&self) -> Option<Every> {
        let unit = self.units()?;
        let at = self.filled.iter().position(|filled| filled.value == Value::Unit(unit))?;
        let counts: Vec<(usize, u32)> = self
            .filled
            .iter()
            .enumerate()
            .filter_map(
                |(nth, filled)| {
                    if let Value::Count(count) = filled.value { Some((nth, count)) } else { None }
                },
            )
            .collect();
        // A count that stands right before the unit counts units, one before «раз» counts occurrences.
        let beside = |nth: usize| nth + 1 == at && self.filled[nth].end == self.filled[at].start;
        let units = counts.iter().find(|(nth, _)| beside(*nth)).map_or(1, |&(_, count)| count);
        let times = counts.iter().find(|(nth, _)| !beside(*nth)).map_or(1, |&(_, count)| count);
        Some(Every::times(times, units, unit))
    }

    pub(super) fn day_of_month(&self) -> Option<u8> {
        u8::try_from(self.count()?).ok()
    }

    /// «15 и 25 числа».
    pub(super) fn days_of_month(&self) -> Option<Vec<u8>> {
        let counts = self.values().filter_map(|value| match value {
            Value::Count(count) => Some(u8::try_from(*count).ok()),
            _ => None,
        });
        counts.collect::<Option<Vec<u8>>>().filter(|days| !days.is_empty())
    }

    /// «до 10 числа»: of every month where a recurrence stands beside it, else of the plan's, where that is one month.
    pub(super) fn by_day(&self) -> Option<Phrase> {
        let days = self.days_of_month()?;
        let month = self.period.and_then(|period| period.month());
        let dates = month.and_then(|(year, month)| {
            days.iter().map(|&day| by(calendar::date(year, month, day)?)).collect::<Option<Vec<Interval>>>()
        });
        let season = Season::DaysOfMonth(days);
        Some(match dates {
            Some(intervals) => {
                let term = Term::Date { intervals, choice: Choice::All };
                Phrase { season: Some(season), ..Phrase::of(term, true) }
            }
            None => seasonal(season),
        })
    }

    pub(super) fn by_day_monthly(&self) -> Option<Phrase> {
        let term = Every::each(1, Unit::Month).limited(&Season::DaysOfMonth(self.days_of_month()?))?;
        Some(Phrase::of(term, false))
    }

    /// «до 5 рабочего дня месяца, следующего за отчетным», «последний рабочий день квартала».
    pub(super) fn by_working_day(&self) -> Option<Phrase> {
        let season = Season::WorkingDay(self.day_of_month());
        let Some(unit) = self.units() else { return Some(seasonal(season)) };
        let term = Every::each(1, unit).limited(&season)?;
        Some(Phrase { season: Some(season), ..Phrase::of(term, false) })
    }

    /// «по итогам года – до 1 февраля»: every year, unless the day has a year of its own. «За год – до 20 декабря» in a plan of
    /// one year is a day of that year.
    pub(super) fn annual_by(&self) -> Option<Phrase> {
        let ranges = *self.day_slots().first()?;
        let one_year = self.period.is_some_and(|period| period.start.year() == period.end.year());
        let late = ranges.iter().all(|range| range.to.month >= LATE_IN_THE_YEAR);
        match undated(ranges) {
            Some(season) if !(one_year && late) => {
                Some(Phrase::of(Every::each(1, Unit::Year).limited(&season)?, false))
            }
            _ => self.by_days(),
        }
    }

    /// «последняя среда каждого месяца».
    pub(super) fn nth_weekday(&self) -> Option<Phrase> {
        let term = Every::each(1, Unit::Month).limited(&self.weekday_of_month()?)?;
        Some(Phrase::of(term, false))
    }

    /// «последняя среда»: of which months, a neighbour says.
    pub(super) fn nth_weekday_open(&self) -> Option<Phrase> {
        self.weekday_of_month().map(seasonal)
    }

    fn weekday_of_month(&self) -> Option<Season> {
        let days = self
            .values()
            .find_map(|value| if let Value::Weekdays(days) = value { Some(days) } else { None })?;
        let &[day] = days.as_slice() else { return None };
        Some(Season::Weekday(self.count(), day))
    }

    pub(super) fn by_day_after(&self) -> Option<Phrase> {
        let day = self.day_of_month()?;
        let unit = self.units();
        let every = Every::each(1, unit.unwrap_or(Unit::Month));
        let season = Season::DayAfter(day, unit);
        let limited = every.limited(&season)?;
        Some(Phrase { every: None, season: Some(season), ..Phrase::of(limited, false) })
    }

    pub(super) fn annual_after(&self) -> Option<Phrase> {
        let season = undated(self.day_slots().first()?)?;
        Some(Phrase { season: Some(season), ..Phrase::of(Term::Relative(None), false) })
    }

    /// A limit of a recurrence, which the unit names where it stands: «до 25 числа последнего месяца квартала».
    pub(super) fn by_day_of_last_month(&self) -> Option<Phrase> {
        let season = Season::DayOfLastMonth(self.day_of_month()?);
        let term = match self.units() {
            Some(unit) => Every::each(1, unit).limited(&season)?,
            None => Term::Unresolved,
        };
        Some(Phrase { season: Some(season), ..Phrase::of(term, false) })
    }
}
