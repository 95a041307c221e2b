/*!
Recurrences and their limits, as RFC 5545 rules.

This module never makes a rule that says more than the words: where one RRULE cannot say it, there is none.

A rule names the last day of each occurrence: «ежеквартально» ends with the quarter, «ежегодно, до 1 марта» on the first
of March. RFC 5545 has no quarters; they are written as months of a year, and the last day of a month as -1, since 31
would skip the short ones.
*/

use super::phrase::{Season, plain};
use crate::dictionaries::Unit;
use crate::plan::{Frequency, Recurrence, Term};

/// How often something comes round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Every {
    times: u32,
    count: u32,
    unit: Unit,
    weekdays: Vec<u8>,
}

/// Monday to Friday: which of them are holidays, no rule says.
const WORKING_DAYS: &str = "MO,TU,WE,TH,FR";

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Every {
    pub(super) fn each(count: u32, unit: Unit) -> Self {
        Self { times: 1, count, unit, weekdays: Vec::new() }
    }

    pub(super) fn times(times: u32, count: u32, unit: Unit) -> Self {
        Self { times, count, unit, weekdays: Vec::new() }
    }

    pub(super) fn on_weekdays(weekdays: Vec<u8>) -> Self {
        Self { times: 1, count: 1, unit: Unit::Week, weekdays }
    }

    /// On every working day.
    pub(super) fn on_working_days() -> Self {
        Self { times: 1, count: 1, unit: Unit::Day, weekdays: (1..=5).collect() }
    }

    /// The contract's unit: three months are a quarter, six a half-year; none for «раз в 5 лет».
    fn frequency(&self) -> Option<Frequency> {
        match (self.count, self.unit) {
            (1, Unit::Day) => Some(Frequency::Daily),
            (1, Unit::Week) | (7, Unit::Day) => Some(Frequency::Weekly),
            (1, Unit::Month) => Some(Frequency::Monthly),
            (1, Unit::Quarter) | (3, Unit::Month) => Some(Frequency::Quarterly),
            (1, Unit::Half) | (6, Unit::Month) | (2, Unit::Quarter) => Some(Frequency::Semiannual),
            (1, Unit::Year) | (12, Unit::Month) | (4, Unit::Quarter) => Some(Frequency::Annual),
            _ => None,
        }
    }

    /// The term, without a limit.
    pub(super) fn term(&self) -> Term {
        // «2 раза в год»: both by the year's end; that there are two, `times` says.
        self.recurring(match self.frequency() {
            Some(frequency) => Some(self.bare_rule(frequency)),
            None => self.interval_rule(),
        })
    }

    /// «раз в 5 лет», «каждые 2 недели»: on which day, the words do not say. «Раз в четверть» has no length that a calendar
    /// knows.
    fn interval_rule(&self) -> Option<String> {
        let months = |length: u32| format!("FREQ=MONTHLY;INTERVAL={}", self.count * length);
        Some(match self.unit {
            Unit::Day => format!("FREQ=DAILY;INTERVAL={}", self.count),
            Unit::Week => format!("FREQ=WEEKLY;INTERVAL={}", self.count),
            Unit::Month => months(1),
            Unit::Quarter => months(3),
            Unit::Half => months(6),
            Unit::Year => format!("FREQ=YEARLY;INTERVAL={}", self.count),
            Unit::Hour | Unit::Term => return None,
        })
    }

    fn bare_rule(&self, frequency: Frequency) -> String {
        if frequency == Frequency::Daily && !self.weekdays.is_empty() {
            return format!("FREQ=DAILY;BYDAY={WORKING_DAYS}");
        }
        if !self.weekdays.is_empty() {
            let days: Vec<&str> =
                self.weekdays.iter().filter_map(|&day| WEEKDAYS.get(usize::from(day) - 1).copied()).collect();
            return format!("FREQ=WEEKLY;BYDAY={}", days.join(","));
        }
        match frequency {
            Frequency::Daily => "FREQ=DAILY".to_owned(),
            Frequency::Weekly => "FREQ=WEEKLY".to_owned(),
            Frequency::Monthly => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
            Frequency::Quarterly => "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1".to_owned(),
            Frequency::Semiannual => "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1".to_owned(),
            Frequency::Annual => "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31".to_owned(),
        }
    }

    /// The term with a limit inside each occurrence; `None` where the two do not go together.
    pub(super) fn limited(&self, season: &Season) -> Option<Term> {
        let frequency = self.frequency()?;
        let occasions = match season {
            Season::Days(days) => days.len(),
            Season::Months(months) => months.len(),
            Season::DaysOfMonth(days) => days.len(),
            _ => 1,
        };
        // «2 раза в год (апрель, октябрь)»: every occasion is named.
        let rrule = if self.times as usize == occasions || self.times == 1 {
            self.limited_rule(frequency, season)?
        } else {
            None
        };
        Some(self.recurring(rrule))
    }

    /// The rule; the inner `None` where the words make sense and one rule cannot say it.
    fn limited_rule(&self, frequency: Frequency, season: &Season) -> Option<Option<String>> {
        use Frequency as F;
        let rule = match (frequency, season) {
            (F::Annual | F::Semiannual | F::Quarterly, Season::Days(days)) => return Some(yearly(days)),
            (F::Annual, Season::Months(months)) if !months.is_empty() => {
                format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY=-1", list(months))
            }
            // «1 раз в полугодие (июнь, декабрь)»: a month for every occurrence.
            (F::Semiannual, Season::Months(months)) if months.len() == 2 => {
                format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY=-1", list(months))
            }
            (F::Quarterly, Season::Months(months)) if months.len() == 4 => {
                format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY=-1", list(months))
            }
            (F::Monthly, Season::DaysOfMonth(days)) => format!("FREQ=MONTHLY;BYMONTHDAY={}", list(days)),
            (F::Monthly, Season::DayAfter(day, _)) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
            (F::Monthly, Season::WorkingDay(place)) => {
                let place = place.map_or("-1".to_owned(), |place| place.to_string());
                format!("FREQ=MONTHLY;BYDAY={WORKING_DAYS};BYSETPOS={place}")
            }
            (F::Monthly, &Season::Weekday(place, weekday)) => {
                let day = WEEKDAYS.get(usize::from(weekday).checked_sub(1)?)?;
                let place = place.map_or("-1".to_owned(), |place| place.to_string());
                format!("FREQ=MONTHLY;BYDAY={place}{day}")
            }
            (F::Quarterly, Season::DayAfter(day, _)) => {
                format!("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}")
            }
            (F::Semiannual, Season::DayAfter(day, _)) => format!("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY={day}"),
            (F::Annual, Season::DayAfter(day, _)) => format!("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY={day}"),
            (F::Quarterly, Season::DayOfLastMonth(day)) => {
                format!("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}")
            }
            (F::Semiannual, Season::DayOfLastMonth(day)) => {
                format!("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY={day}")
            }
            // «ежеквартально до 10 числа»: of which month, the words do not say.
            (F::Quarterly | F::Semiannual | F::Annual, Season::DaysOfMonth(_) | Season::WorkingDay(_)) => {
                return Some(None);
            }
            _ => return None,
        };
        Some(Some(rule))
    }

    fn recurring(&self, rrule: Option<String>) -> Term {
        let times = (self.times > 1).then_some(self.times);
        let recurrence: Recurrence = plain(self.frequency(), times, rrule);
        Term::Recurring { recurrence, intervals: Vec::new() }
    }
}

/// A rule for days of a year, if they fall on the same day of their months.
fn yearly(days: &[(u8, u8)]) -> Option<String> {
    let &(_, day) = days.first()?;
    let same = days.iter().all(|&(_, other)| other == day);
    let mut months: Vec<u8> = days.iter().map(|&(month, _)| month).collect();
    months.sort_unstable();
    same.then(|| format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={day}", list(&months)))
}

fn list(numbers: &[u8]) -> String {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let numbers: Vec<String> = sorted.iter().map(u8::to_string).collect();
    numbers.join(",")
}
