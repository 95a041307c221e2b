/*!
One matched phrase into its meaning.

This module never looks at words: the rule says what kind of phrase it is, the slots hold its numbers. What cannot be
computed without guessing (a 31st of June, a month without a year in a plan without a period) is `None`.
*/

use super::calendar::{self, Years};
use super::recurrence::Every;
use crate::dictionaries::{DayRange, DeadlineSense, Filled, Parts, Unit, Value};
use crate::plan::{Choice, ClockTime, Frequency, Grain, Interval, Offset, Period, Recurrence, Term};

/// What a phrase means by itself.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) term: Term,
    pub(super) inferred: bool,
    /// A recurrence that neighbouring phrases may limit.
    pub(super) every: Option<Every>,
    /// Days or months of a year without a year of their own, which limit a recurrence.
    pub(super) season: Option<Season>,
    /// A clock time.
    pub(super) time: Option<ClockTime>,
}

/// A place in the year: «до 1 марта», «в мае», «с 1 июня по 1 сентября».
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// Last days of occurrences: month and day.
    Days(Vec<(u8, u8)>),
    /// Months, or the last months of quarters.
    Months(Vec<u8>),
    /// A day of the month.
    DayOfMonth(u8),
    /// A day of the month after the period reported on; the unit reported on, where it is named.
    DayAfter(u8, Option<Unit>),
    /// A day of the last month of the quarter.
    DayOfLastMonth(u8),
}

impl Phrase {
    /// What looks like a term and is none.
    pub(super) fn unreadable() -> Self {
        Self::of(Term::Unresolved, false)
    }

    fn of(term: Term, inferred: bool) -> Self {
        Self { term, inferred, every: None, season: None, time: None }
    }
}

/// The meaning of a match of a rule that gives `sense`.
pub(super) fn read(sense: DeadlineSense, slots: &[Filled], period: Option<Period>) -> Option<Phrase> {
    use DeadlineSense as S;
    let slots = Slots { filled: slots, period };
    match sense {
        S::Continuous => Some(Phrase::of(Term::Continuous(Vec::new()), false)),
        S::OnDemand | S::OnDemandBy => Some(Phrase::of(Term::OnDemand, false)),
        S::Placeholder => Some(Phrase::of(Term::Placeholder, false)),
        S::Relative => Some(Phrase::of(Term::Relative(None), false)),
        S::Offset => slots.offset(),
        S::Clock => slots.clock(),
        S::Period | S::PeriodSchool => Some(slots.whole_period(sense == S::PeriodSchool)),
        S::ByEndOfPeriod => slots.end_of_period(),
        S::Years => slots.whole_years(),
        S::School => slots.school(),
        S::Quarters | S::Halves | S::Months | S::PartsAfterYears => slots.parts(),
        S::MonthThird | S::MonthHalf => slots.month_slice(sense == S::MonthThird),
        S::Days => slots.days(),
        S::ByDays => slots.by_days(),
        S::ByDaysNext => slots.by_days_next(),
        S::DaysYears | S::ByDaysYears => slots.days_years(sense == S::ByDaysYears),
        S::FromDays => slots.from_days(),
        S::ByEnd => slots.by_end(),
        S::ByOpen => slots.by_open(),
        S::FromParts => slots.from_parts(),
        S::SpanDays | S::SpanNumbers => slots.span_days(),
        S::SpanParts => slots.span_parts(),
        S::SpanYears => slots.span_years(),
        S::Recurrence | S::Every | S::Times | S::Weekdays => slots.recurrence(sense),
        S::ByDay => slots.day_of_month().map(|day| seasonal(Season::DayOfMonth(day))),
        S::ByDayOfLastMonth => slots.by_day_of_last_month(),
        S::ByDayMonthly => slots.by_day_monthly(),
        S::NthWeekday => slots.nth_weekday(),
        S::ByDayAfter => slots.by_day_after(),
        S::AnnualAfter => slots.annual_after(),
    }
}

/// A season alone is no term: it is one beside a recurrence.
fn seasonal(season: Season) -> Phrase {
    Phrase { season: Some(season), ..Phrase::of(Term::Unresolved, false) }
}

struct Slots<'s> {
    filled: &'s [Filled],
    period: Option<Period>,
}

impl Slots<'_> {
    fn values(&self) -> impl Iterator<Item = &Value> {
        self.filled.iter().map(|filled| &filled.value)
    }

    fn parts_slots(&self) -> Vec<&Parts> {
        self.values()
            .filter_map(|value| if let Value::Parts(parts) = value { Some(parts) } else { None })
            .collect()
    }

    fn day_slots(&self) -> Vec<&[DayRange]> {
        self.values()
            .filter_map(|value| if let Value::Days(days) = value { Some(days.as_slice()) } else { None })
            .collect()
    }

    fn year_slots(&self) -> Vec<&[(i16, i16)]> {
        self.values()
            .filter_map(|value| if let Value::Years(years) = value { Some(years.as_slice()) } else { None })
            .collect()
    }

    fn count(&self) -> Option<u32> {
        self.values().find_map(|value| if let Value::Count(count) = value { Some(*count) } else { None })
    }

    fn units(&self) -> Option<Unit> {
        self.values().find_map(|value| if let Value::Unit(unit) = value { Some(*unit) } else { None })
    }

    /// The years that the phrase names; else those of the plan in which `month` can lie.
    fn years_for(&self, month: u8) -> Option<Years> {
        match self.year_slots().first() {
            Some(ranges) => calendar::years(ranges),
            None => {
                let list = calendar::years_of_month(self.period?, month);
                (!list.is_empty()).then_some(Years { list, inferred: true })
            }
        }
    }

    fn whole_period(&self, school: bool) -> Phrase {
        let period = self.period.filter(|period| !school || calendar::is_school_year(*period));
        let intervals: Vec<Interval> = period.map(calendar::period).into_iter().collect();
        let inferred = !intervals.is_empty();
        Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred)
    }

    fn end_of_period(&self) -> Option<Phrase> {
        let years: Vec<i16> = self.period?.years().collect();
        let intervals =
            years.iter().map(|&year| by(calendar::date(year, 12, 31)?)).collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Date { intervals, choice: Choice::All }, true))
    }

    fn whole_years(&self) -> Option<Phrase> {
        let ranges = self.year_slots().first().copied()?;
        let intervals = ranges
            .iter()
            .map(|&(from, to)| calendar::whole_years(from, to))
            .collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    fn school(&self) -> Option<Phrase> {
        let &(first, _) = self.year_slots().first()?.first()?;
        let intervals = vec![calendar::school_year(first)?];
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    fn parts(&self) -> Option<Phrase> {
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
    fn part_intervals(&self, unit: Unit, parts: &Parts) -> Option<(Vec<Interval>, bool, Choice)> {
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

    fn month_slice(&self, third: bool) -> Option<Phrase> {
        let which =
            self.count().or_else(|| self.parts_slots().first().map(|parts| u32::from(parts.ranges[0].0)))?;
        let months = *self.parts_slots().last()?;
        let &[(month, last)] = months.ranges.as_slice() else { return None };
        if month != last || (third && which > 3) {
            return None;
        }
        let years = self.years_for(month)?;
        let slice = |year: i16| {
            let end = calendar::month_end(year, month)?;
            let (from, to) = match (third, which) {
                (true, 3) => (21, end.day() as u8),
                (true, which) => (which as u8 * 10 - 9, which as u8 * 10),
                (false, 1) => (1, 15),
                (false, _) => (16, end.day() as u8),
            };
            let (start, end) = (calendar::date(year, month, from)?, calendar::date(year, month, to)?);
            Some(Interval { start: Some(start), end: Some(end), grain: Grain::Day })
        };
        let intervals = years.list.iter().map(|&year| slice(year)).collect::<Option<Vec<Interval>>>()?;
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, years.inferred))
    }

    fn days(&self) -> Option<Phrase> {
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

    fn day_intervals(&self, ranges: &[DayRange]) -> Option<(Vec<Interval>, bool)> {
        let mut all = Vec::new();
        let mut inferred = false;
        for range in ranges {
            let (intervals, from_period) = calendar::days(range, self.period)?;
            all.extend(intervals);
            inferred |= from_period;
        }
        Some((all, inferred))
    }

    fn by_days(&self) -> Option<Phrase> {
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
    fn by_days_next(&self) -> Option<Phrase> {
        let period = self.period.filter(|period| period.start.year() == period.end.year())?;
        let next = Period::year(period.end.year() + 1)?;
        let (intervals, _) =
            Slots { filled: self.filled, period: Some(next) }.day_intervals(self.day_slots().first()?)?;
        let intervals = intervals.into_iter().map(|day| Interval { start: None, ..day }).collect();
        Some(Phrase::of(Term::Date { intervals, choice: Choice::All }, true))
    }

    /// Days without a year and the years behind them: «1 декабря 2018-2020 гг.».
    fn days_years(&self, by: bool) -> Option<Phrase> {
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

    fn by_day_monthly(&self) -> Option<Phrase> {
        let term = Every::each(1, Unit::Month).limited(&Season::DayOfMonth(self.day_of_month()?))?;
        Some(Phrase::of(term, false))
    }

    /// «последняя среда каждого месяца».
    fn nth_weekday(&self) -> Option<Phrase> {
        let days = self
            .values()
            .find_map(|value| if let Value::Weekdays(days) = value { Some(days) } else { None })?;
        let &[day] = days.as_slice() else { return None };
        let term = Every::nth_weekday(self.count(), day)?;
        Some(Phrase::of(term, false))
    }

    fn from_days(&self) -> Option<Phrase> {
        let &[ref range] = *self.day_slots().first()? else { return None };
        let (intervals, inferred) = calendar::days(range, self.period)?;
        let intervals = intervals.into_iter().map(|day| Interval { end: None, ..day }).collect();
        Some(Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred))
    }

    /// The interval that the words name, whatever unit they name it in.
    fn named(&self) -> Option<(Vec<Interval>, bool, Choice)> {
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

    fn by_end(&self) -> Option<Phrase> {
        let (intervals, inferred, choice) = self.named()?;
        let intervals =
            intervals.into_iter().map(|one| Interval { start: None, grain: Grain::Day, ..one }).collect();
        Some(Phrase::of(Term::Date { intervals, choice }, inferred))
    }

    /// «до 2020 года»: by the day before it begins, or by the day it ends.
    fn by_open(&self) -> Option<Phrase> {
        let (intervals, inferred, _) = self.named()?;
        let [only] = intervals[..] else { return None };
        let before = only.start?.yesterday().ok()?;
        let intervals = vec![by(before)?, by(only.end?)?];
        Some(Phrase::of(Term::Date { intervals, choice: Choice::One }, inferred))
    }

    fn from_parts(&self) -> Option<Phrase> {
        let (intervals, inferred, choice) = self.named()?;
        let intervals =
            intervals.into_iter().map(|one| Interval { end: None, grain: Grain::Day, ..one }).collect();
        Some(Phrase::of(Term::Interval { intervals, choice }, inferred))
    }

    fn span_days(&self) -> Option<Phrase> {
        let (from, to) = match self.day_slots()[..] {
            [&[ref from], &[ref to]] => (from.from, to.to),
            [&[ref to]] => {
                let day = u8::try_from(self.count()?).ok()?;
                (crate::dictionaries::Day { day, ..to.to }, to.to)
            }
            _ => return None,
        };
        let range = DayRange { from, to, tokens: 0..0, dated: false };
        let (intervals, inferred) = calendar::days(&range, self.period)?;
        let mut phrase = Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred);
        phrase.season = undated(&[range]);
        Some(phrase)
    }

    fn span_parts(&self) -> Option<Phrase> {
        let (from, unit, to) = match self.parts_slots()[..] {
            [from, to] => (single_part(from)?, to.unit, single_part(to)?),
            // «со II по IV квартал»: the word stands once.
            [to] => (u8::try_from(self.count()?).ok()?, to.unit, single_part(to)?),
            _ => return None,
        };
        let single = |ranges: &[(i16, i16)]| {
            if let [(from, to)] = ranges
                && from == to
            {
                Some(*from)
            } else {
                None
            }
        };
        let (years, inferred): (Vec<(i16, i16)>, bool) = match self.year_slots()[..] {
            [first, second] => (vec![(single(first)?, single(second)?)], false),
            [only] => {
                let list = calendar::years(only)?.list;
                let over = i16::from(from > to);
                (
                    list.iter()
                        .map(|&year| {
                            if over == 1 && list.len() == 1 { (year - 1, year) } else { (year, year + over) }
                        })
                        .collect(),
                    false,
                )
            }
            _ => {
                let period = self.period?;
                let month = calendar::months_of(unit, from).0;
                let over = i16::from(from > to);
                (
                    calendar::years_of_month(period, month)
                        .into_iter()
                        .map(|year| (year, year + over))
                        .collect(),
                    true,
                )
            }
        };
        let intervals = years
            .into_iter()
            .map(|(first, last)| calendar::parts(unit, (first, from), (last, to)))
            .collect::<Option<Vec<_>>>()?;
        (!intervals.is_empty())
            .then(|| Phrase::of(Term::Interval { intervals, choice: Choice::All }, inferred))
    }

    fn span_years(&self) -> Option<Phrase> {
        let [&[(from, _)], &[(_, to)]] = self.year_slots()[..] else { return None };
        let intervals =
            (from <= to).then(|| calendar::whole_years(from, to)).flatten().into_iter().collect::<Vec<_>>();
        (!intervals.is_empty()).then(|| Phrase::of(Term::Interval { intervals, choice: Choice::All }, false))
    }

    fn offset(&self) -> Option<Phrase> {
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
        };
        Some(Phrase::of(Term::Relative(Some(offset)), false))
    }

    fn clock(&self) -> Option<Phrase> {
        let time = self.values().find_map(|value| {
            if let Value::Clock(start, end) = value {
                Some(ClockTime { start: *start, end: *end })
            } else {
                None
            }
        })?;
        Some(Phrase { time: Some(time), ..Phrase::of(Term::Unresolved, false) })
    }

    fn recurrence(&self, sense: DeadlineSense) -> Option<Phrase> {
        let every = match sense {
            DeadlineSense::Weekdays => {
                let days = self.values().find_map(|value| {
                    if let Value::Weekdays(days) = value { Some(days.clone()) } else { None }
                })?;
                Every::on_weekdays(days)
            }
            DeadlineSense::Times => self.times()?,
            DeadlineSense::Every => Every::each(self.count().unwrap_or(1), self.units()?),
            _ => Every::each(1, self.units()?),
        };
        Some(Phrase { every: Some(every.clone()), ..Phrase::of(every.term(), false) })
    }

    /// «не менее 2 раз в год», «1 раз в 3 месяца», «дважды в год».
    fn times(&self) -> Option<Every> {
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

    fn day_of_month(&self) -> Option<u8> {
        u8::try_from(self.count()?).ok()
    }

    fn by_day_after(&self) -> Option<Phrase> {
        let day = self.day_of_month()?;
        let unit = self.units();
        let every = Every::each(1, unit.unwrap_or(Unit::Month));
        let season = Season::DayAfter(day, unit);
        let limited = every.limited(&season)?;
        Some(Phrase { every: None, season: Some(season), ..Phrase::of(limited, false) })
    }

    fn annual_after(&self) -> Option<Phrase> {
        let season = undated(self.day_slots().first()?)?;
        Some(Phrase { season: Some(season), ..Phrase::of(Term::Relative(None), false) })
    }

    /// A limit of a recurrence, which the unit names where it stands: «до 25 числа последнего месяца квартала».
    fn by_day_of_last_month(&self) -> Option<Phrase> {
        let season = Season::DayOfLastMonth(self.day_of_month()?);
        let term = match self.units() {
            Some(unit) => Every::each(1, unit).limited(&season)?,
            None => Term::Unresolved,
        };
        Some(Phrase { season: Some(season), ..Phrase::of(term, false) })
    }
}

/// The only part of a list.
fn single_part(parts: &Parts) -> Option<u8> {
    if let ([(from, to)], false) = (parts.ranges.as_slice(), parts.one_of) {
        (from == to).then_some(*from)
    } else {
        None
    }
}

/// The last days of days without a year.
fn undated(ranges: &[DayRange]) -> Option<Season> {
    let open = ranges.iter().all(|range| range.from.year.is_none() && range.to.year.is_none());
    open.then(|| Season::Days(ranges.iter().map(|range| (range.to.month, range.to.day)).collect()))
}

/// By a day.
fn by(end: jiff::civil::Date) -> Option<Interval> {
    Some(Interval { start: None, end: Some(end), grain: Grain::Day })
}

/// A recurrence without a limit, for the contract's fields.
pub(super) fn plain(frequency: Option<Frequency>, times: Option<u32>, rrule: Option<String>) -> Recurrence {
    Recurrence { frequency, times, rrule }
}
