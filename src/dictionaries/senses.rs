//! What rules can mean: the closed lists behind `gives`. Never how people write it: that is the rule files' part.

use crate::plan::Role;

/// Defines an enum whose variants have names in the rule files, with the list of all of them.
macro_rules! senses {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// The meaning that a rule file calls `name`.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

senses! {
    /// What a rule of `deadlines.toml` means.
    DeadlineSense {
        /// What looks like a term and only names something: an act with its date, the classes of a school.
        Aside "aside",
        /// An annual limit in the year after the one reported on.
        AnnualAfter "annual-after",
        /// An annual limit, because what is due is about a year.
        AnnualBy "annual-by",
        /// A monthly or quarterly limit: by a day of the month.
        ByDay "by-day",
        /// By a day of the last month of a quarter or half-year.
        ByDayOfLastMonth "by-day-of-last-month",
        /// By a day of the month after the one reported on.
        ByDayAfter "by-day-after",
        /// By exact days.
        ByDays "by-days",
        /// By a day of every month.
        ByDayMonthly "by-day-monthly",
        /// By exact days of the year after the plan's.
        ByDaysNext "by-days-next",
        /// By days of several years.
        ByDaysYears "by-days-years",
        /// By the end of a year or a part of it.
        ByEnd "by-end",
        /// By the end of the plan's period.
        ByEndOfPeriod "by-end-of-period",
        /// «до 2020 года»: by its beginning or by its end, the words do not say.
        ByOpen "by-open",
        /// By a working day of the month, counted from its beginning or from its end.
        ByWorkingDay "by-working-day",
        /// A clock time, which is a term only beside a day.
        Clock "clock",
        /// All the time.
        Continuous "continuous",
        /// Exact days or ranges of them.
        Days "days",
        /// Days of several years.
        DaysYears "days-years",
        /// Every so many units.
        Every "every",
        /// The first so many months of a year.
        FirstMonths "first-months",
        /// From a day on.
        FromDays "from-days",
        /// From the beginning of a year or a part of it on.
        FromParts "from-parts",
        /// The first or second half of a month that stands elsewhere.
        HalfOpen "half-open",
        /// Half-years.
        Halves "halves",
        /// The first or second half of a month.
        MonthHalf "month-half",
        /// A third of a month: 1–10, 11–20, 21–end.
        MonthThird "month-third",
        /// Months.
        Months "months",
        /// A weekday by its place in the month.
        NthWeekday "nth-weekday",
        /// A weekday by its place, in a month that stands beside it.
        NthWeekdayOpen "nth-weekday-open",
        /// A length of time before or after an event.
        Offset "offset",
        /// When needed.
        OnDemand "on-demand",
        /// As another document or an event says.
        OnDemandBy "on-demand-by",
        /// Parts of years that stand before them.
        PartsAfterYears "parts-after-years",
        /// The plan's own period.
        Period "period",
        /// The plan's school year.
        PeriodSchool "period-school",
        /// A blank.
        Placeholder "placeholder",
        /// Quarters.
        Quarters "quarters",
        /// A recurrence in one word.
        Recurrence "recurrence",
        /// Before, during or after an event.
        Relative "relative",
        /// A school year.
        School "school",
        /// From one day to another.
        SpanDays "span-days",
        /// From a part of a year to a day, or from a day to the end of a part of a year.
        SpanMixed "span-mixed",
        /// From a day to a day of the same month.
        SpanNumbers "span-numbers",
        /// From one part of a year to another.
        SpanParts "span-parts",
        /// From one year to another.
        SpanYears "span-years",
        /// A third of a month that stands elsewhere.
        ThirdOpen "third-open",
        /// So many times in a unit.
        Times "times",
        /// On days of the week.
        Weekdays "weekdays",
        /// On every working day.
        WorkingDays "working-days",
        /// Years.
        Years "years",
    }
}

senses! {
    /// What a rule of `blocks.toml` means.
    BlockSense {
        /// An act names its kind.
        Act "act",
        /// «(по согласованию)».
        Agreement "agreement",
        /// The stamp of those who were asked.
        Agreed "agreed",
        /// An appendix begins.
        Appendix "appendix",
        /// The stamp of the one who approves.
        Approve "approve",
        /// The act that approved it follows.
        Approved "approved",
        /// Who typed it, with a telephone.
        Contact "contact",
        /// What a portal or a printer adds.
        Furniture "furniture",
        /// A heading of another kind.
        Other "other",
        /// A plan's heading.
        Plan "plan",
        /// A programme's heading.
        Programme "programme",
        /// A roadmap's heading.
        Roadmap "roadmap",
        /// A schedule's heading.
        Schedule "schedule",
    }
}

/// The role that a rule of `headings.toml` gives.
pub(super) fn role(name: &str) -> Option<Role> {
    Role::ALL.iter().find(|role| role.name() == name).copied()
}
