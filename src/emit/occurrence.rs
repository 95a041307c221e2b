//! The first day of a recurrence. Never a rule of another form than those that this program writes.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::document::{Deadline, Frequency};

/// A rule's day is looked for in so many days: four years and a day have every day of the year.
const LONGEST_WAIT: usize = 1462;

/// Words of a term that is due after the unit on which it reports: «месяца, следующего за отчетным».
const NEXT: &str = "следующ";

/// Which days a recurrence falls on.
#[derive(Clone, Debug, Default)]
pub(super) struct Occurrences {
    months: Vec<i8>,
    /// Days of the month; -1 is the last.
    days: Vec<i8>,
    /// Weekdays with their place in the month: 0 for every one, -1 for the last.
    weekdays: Vec<(i8, Weekday)>,
    /// Which of the month's days on those weekdays: 1 is the first, -1 the last.
    place: Option<i8>,
}

impl Occurrences {
    /// The days of `rrule`; `None` for a rule with parts that this program never writes.
    pub(super) fn new(rrule: &str) -> Option<Self> {
        let mut occurrences = Self::default();
        for part in rrule.split(';') {
            let (name, values) = part.split_once('=')?;
            let numbers = || values.split(',').map(|value| value.parse().ok()).collect::<Option<Vec<i8>>>();
            match name {
                "FREQ" => {}
                "BYMONTH" => occurrences.months = numbers()?,
                "BYMONTHDAY" => occurrences.days = numbers()?,
                "BYSETPOS" => occurrences.place = Some(values.parse().ok()?),
                "BYDAY" => occurrences.weekdays = values.split(',').map(weekday).collect::<Option<_>>()?,
                _ => return None,
            }
        }
        Some(occurrences)
    }

    /// The first and the last day that may be one of `deadline`'s in a plan from `start` to `end`. What reports on a unit of
    /// the plan in the unit after it is due one unit later.
    pub(super) fn window(&self, deadline: &Deadline, start: Date, end: Option<Date>) -> (Date, Option<Date>) {
        let text = deadline.text.to_lowercase();
        let months = match deadline.frequency {
            Some(Frequency::Monthly) => 1,
            Some(Frequency::Quarterly) => 3,
            Some(Frequency::Semiannual) => 6,
            Some(Frequency::Annual) => 12,
            _ => 0,
        };
        if months == 0 || !text.contains(NEXT) {
            return (start, end);
        }
        // Months after the last day of June is the last day of a month, not its thirtieth.
        let later = |day: Date| day.checked_add(months.months()).ok();
        let last = |day: Date| {
            if day == day.last_of_month() { later(day).map(Date::last_of_month) } else { later(day) }
        };
        (later(start).unwrap_or(start), end.and_then(last))
    }

    /// How many days there are in each unit of `frequency`: «2 раза в год (май, ноябрь)» has two in a year, «2 раза в год» one,
    /// the last on which both are due.
    pub(super) fn in_each(&self, frequency: Frequency) -> usize {
        let months = match frequency {
            Frequency::Annual => self.months.len(),
            Frequency::Semiannual => self.months.len() / 2,
            Frequency::Quarterly => self.months.len() / 4,
            Frequency::Monthly | Frequency::Weekly | Frequency::Daily => 1,
        };
        months.max(1) * self.days.len().max(1) * self.weekdays.len().max(1)
    }

    /// The first day from `start` to `end`.
    pub(super) fn first(&self, start: Date, end: Option<Date>) -> Option<Date> {
        let within = |day: &Date| end.is_none_or(|end| *day <= end);
        start.series(1.day()).take(LONGEST_WAIT).take_while(within).find(|day| self.falls_on(*day))
    }

    /// True where `day` is that many in its month of those on its weekdays, from the end where `place` is negative.
    fn is_placed(&self, day: Date, place: i8) -> bool {
        let among = |date: &Date| self.weekdays.iter().any(|&(_, weekday)| weekday == date.weekday());
        let count =
            |from: Date, to: Date| from.series(1.day()).take_while(|date| *date <= to).filter(among).count();
        let passed =
            if place < 0 { count(day, day.last_of_month()) } else { count(day.first_of_month(), day) };
        passed == usize::from(place.unsigned_abs())
    }

    fn falls_on(&self, day: Date) -> bool {
        let last = day == day.last_of_month();
        let on_day = |&wanted: &i8| wanted == day.day() || (wanted == -1 && last);
        let place = (day.day() - 1) / 7 + 1;
        let in_last_week = day.days_in_month() - day.day() < 7;
        let on_weekday = |&(wanted, weekday): &(i8, Weekday)| {
            weekday == day.weekday() && (wanted == 0 || wanted == place || (wanted == -1 && in_last_week))
        };
        (self.months.is_empty() || self.months.contains(&day.month()))
            && (self.days.is_empty() || self.days.iter().any(on_day))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(on_weekday))
            && self.place.is_none_or(|place| self.is_placed(day, place))
    }
}

/// «MO», «-1FR», «2TU».
fn weekday(written: &str) -> Option<(i8, Weekday)> {
    let at = written.len().checked_sub(2)?;
    let place = if at == 0 { 0 } else { written.get(..at)?.parse().ok()? };
    let weekday = match written.get(at..)? {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    Some((place, weekday))
}
