/*!
One matched phrase into its meaning.

This module never looks at words: the rule says what kind of phrase it is, the slots hold its numbers. What cannot be
computed without guessing (a 31st of June, a month without a year in a plan without a period) is `None`.
*/

mod cycles;
mod days;
mod parts;
mod spans;

use super::calendar;
use super::recurrence::Every;
use crate::dictionaries::{Day, DayRange, DeadlineSense, Filled, Parts, Unit, Value};
use crate::plan::{ClockTime, Frequency, Grain, Interval, Period, Recurrence, Term};

/// What a phrase means by itself.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) term: Term,
    pub(super) inferred: bool,
    /// A recurrence that neighbouring phrases may limit.
    pub(super) every: Option<Every>,
    /// The recurrence and what limits it already, which neighbouring phrases may go on with.
    pub(super) limited: Option<(Every, Season)>,
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
    /// Days of the month.
    DaysOfMonth(Vec<u8>),
    /// A day of the month after the period reported on; the unit reported on, where it is named.
    DayAfter(u8, Option<Unit>),
    /// A day of the last month of the quarter.
    DayOfLastMonth(u8),
    /// A working day of the month by its place, the last where there is none.
    WorkingDay(Option<u8>),
    /// A weekday of the month by its place, the last where there is none.
    Weekday(Option<u32>, u8),
}

impl Season {
    /// Both, where they are of one kind: «до 1 июня и до 1 декабря».
    pub(super) fn with(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Days(days), Self::Days(more)) => Self::Days([&days[..], more].concat()),
            (Self::Months(months), Self::Months(more)) => Self::Months([&months[..], more].concat()),
            _ => return None,
        })
    }
}

impl Phrase {
    /// What looks like a term and is none.
    pub(super) fn unreadable() -> Self {
        Self::of(Term::Unresolved, false)
    }

    fn of(term: Term, inferred: bool) -> Self {
        Self { term, inferred, every: None, limited: None, season: None, time: None }
    }
}

/// The meaning of a match of a rule that gives `sense`.
pub(super) fn read(sense: DeadlineSense, slots: &[Filled], period: Option<Period>) -> Option<Phrase> {
    use DeadlineSense as S;
    let slots = Slots { filled: slots, period };
    match sense {
        S::Continuous => Some(Phrase::of(Term::Continuous(Vec::new()), false)),
        S::Aside => Some(Phrase::unreadable()),
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
        S::ThirdOpen | S::HalfOpen => slots.slice_of_period(sense == S::ThirdOpen),
        S::Days => slots.days(),
        S::ByDays => slots.by_days(),
        S::ByDaysNext => slots.by_days_next(),
        S::DaysYears | S::ByDaysYears => slots.days_years(sense == S::ByDaysYears),
        S::FromDays => slots.since_days(),
        S::FirstMonths => slots.first_months(),
        S::ByEnd => slots.by_end(),
        S::ByOpen => slots.by_open(),
        S::FromParts => slots.since_parts(),
        S::SpanDays | S::SpanNumbers => slots.span_days(),
        S::SpanParts => slots.span_parts(),
        S::SpanMixed => slots.span_mixed(),
        S::SpanYears => slots.span_years(),
        S::Recurrence | S::Every | S::Times | S::Weekdays => slots.recurrence(sense),
        S::ByDay => slots.by_day(),
        S::ByDayOfLastMonth => slots.by_day_of_last_month(),
        S::ByDayMonthly => slots.by_day_monthly(),
        S::ByWorkingDay => slots.by_working_day(),
        S::WorkingDays => slots.recurrence(sense),
        S::NthWeekday => slots.nth_weekday(),
        S::NthWeekdayOpen => slots.nth_weekday_open(),
        S::ByDayAfter => slots.by_day_after(),
        S::AnnualAfter => slots.annual_after(),
        S::AnnualBy => slots.annual_by(),
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
}

/// A year that has every day.
const LEAP_YEAR: i16 = 2020;

/// The last days of days without a year; `None` where there is no such day.
fn undated(ranges: &[DayRange]) -> Option<Season> {
    let exists = |day: Day| calendar::date(LEAP_YEAR, day.month, day.day).is_some();
    let open = ranges.iter().all(|range| {
        range.from.year.is_none() && range.to.year.is_none() && exists(range.from) && exists(range.to)
    });
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
