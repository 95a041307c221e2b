//! When something is to be done. Never how the words for it look: see `dictionaries/deadlines.toml`.

use jiff::civil::Date;

use crate::text::{RuleId, Text};

/// One term: the words, what they mean, and by which rule.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// The words of the term, repaired.
    pub text: Text,
    /// What they mean.
    pub term: Term,
    /// What the term depends on, in the document's words.
    pub condition: Option<String>,
    /// A clock time that stands with the date.
    pub time: Option<ClockTime>,
    /// True where part of the dates comes from the plan's period and not from the cell.
    pub inferred: bool,
    /// The rule that read it; `None` for an unresolved term.
    pub rule: Option<RuleId>,
}

/// The meaning of a term. Closed: the dictionary says how people write, these say what can be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// On or by one date, or several of them.
    Date {
        /// The dates; a missing start means "by".
        intervals: Vec<Interval>,
        /// Whether all of them are meant.
        choice: Choice,
    },
    /// One or more named calendar intervals.
    Interval {
        /// The intervals; empty for «в течение года» where the period is not known.
        intervals: Vec<Interval>,
        /// Whether all of them are meant.
        choice: Choice,
    },
    /// Again and again.
    Recurring {
        /// How.
        recurrence: Recurrence,
        /// The bounds, where the cell names them.
        intervals: Vec<Interval>,
    },
    /// All the time; with the bounds where the cell names them.
    Continuous(Vec<Interval>),
    /// Counted from an event; how long before or after it, where the cell says so.
    Relative(Option<Offset>),
    /// When asked for, or as another document says.
    OnDemand,
    /// A blank to be filled in.
    Placeholder,
    /// There is text and it was not understood.
    Unresolved,
}

impl Term {
    /// The calendar intervals that the term names.
    pub fn intervals(&self) -> &[Interval] {
        match self {
            Self::Date { intervals, .. }
            | Self::Interval { intervals, .. }
            | Self::Recurring { intervals, .. }
            | Self::Continuous(intervals) => intervals,
            Self::Relative(_) | Self::OnDemand | Self::Placeholder | Self::Unresolved => &[],
        }
    }

    /// Whether all of the intervals are meant.
    pub fn choice(&self) -> Choice {
        match self {
            Self::Date { choice, .. } | Self::Interval { choice, .. } => *choice,
            _ => Choice::All,
        }
    }

    /// The name of the kind in the output.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Date { .. } => "date",
            Self::Interval { .. } => "interval",
            Self::Recurring { .. } => "recurring",
            Self::Continuous(_) => "continuous",
            Self::Relative(_) => "relative",
            Self::OnDemand => "on_demand",
            Self::Placeholder => "placeholder",
            Self::Unresolved => "unresolved",
        }
    }
}

/// Whether every interval of a term is meant, or one of several candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Every one.
    #[default]
    All,
    /// One; the characters do not decide which.
    One,
}

/// A closed calendar interval; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// The unit in which the document names it.
    pub grain: Grain,
}

/// The unit in which a document names an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// By days.
    Day,
    /// By months, or by several quarters.
    Month,
    /// One quarter.
    Quarter,
    /// One half-year.
    Half,
    /// By years.
    Year,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Ежедневно.
    Daily,
    /// Еженедельно.
    Weekly,
    /// Ежемесячно.
    Monthly,
    /// Ежеквартально.
    Quarterly,
    /// Раз в полугодие.
    Semiannual,
    /// Ежегодно.
    Annual,
}

impl Frequency {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Semiannual => "semiannual",
            Self::Annual => "annual",
        }
    }
}

/// How often, how many times, and on which days where the words say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The unit; `None` where no unit of the contract fits («раз в 5 лет»).
    pub frequency: Option<Frequency>,
    /// «не менее 2 раз в год» → 2.
    pub times: Option<u32>,
    /// RFC 5545, without the `RRULE:` in front; `None` where one rule cannot say it.
    pub rrule: Option<String>,
}

/// A length of time before or after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// Clock hours.
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
    /// Weeks.
    Weeks(u32),
    /// Months.
    Months(u32),
    /// Years.
    Years(u32),
}

impl Offset {
    /// ISO 8601; working days as `P5B`.
    pub fn iso(self) -> String {
        match self {
            Self::Hours(count) => format!("PT{count}H"),
            Self::Days(count) => format!("P{count}D"),
            Self::WorkingDays(count) => format!("P{count}B"),
            Self::Weeks(count) => format!("P{count}W"),
            Self::Months(count) => format!("P{count}M"),
            Self::Years(count) => format!("P{count}Y"),
        }
    }
}

/// A clock time or a span of clock times on a day; hours and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTime {
    /// When it begins.
    pub start: (u8, u8),
    /// When it ends.
    pub end: Option<(u8, u8)>,
}

impl ClockTime {
    /// `10:00` or `14:00/15:00`.
    pub fn iso(self) -> String {
        let one = |(hour, minute): (u8, u8)| format!("{hour:02}:{minute:02}");
        match self.end {
            Some(end) => format!("{}/{}", one(self.start), one(end)),
            None => one(self.start),
        }
    }
}
