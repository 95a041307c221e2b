//! Intervals as EDTF (ISO 8601-2, level 2). Never a value more exact than the words.

use jiff::civil::Date;

use crate::plan::{Grain, Interval};

/// Quarters are months 33 to 36 of EDTF, half-years 40 and 41.
const FIRST_QUARTER: i8 = 33;
const FIRST_HALF: i8 = 40;

/// The interval in the unit in which the document names it. A range of quarters is written by months, since the codes are
/// not defined inside intervals.
pub(super) fn interval(interval: &Interval) -> String {
    match (interval.start, interval.end) {
        (Some(start), Some(end)) => closed(start, end, interval.grain),
        (None, Some(end)) => format!("../{}", end_of_span(end, interval.grain)),
        (Some(start), None) => format!("{}/..", end_of_span(start, interval.grain)),
        (None, None) => "..".to_owned(),
    }
}

fn closed(start: Date, end: Date, grain: Grain) -> String {
    let year = start.year();
    match grain {
        Grain::Quarter => format!("{year:04}-{}", FIRST_QUARTER + (start.month() - 1) / 3),
        Grain::Half => format!("{year:04}-{}", FIRST_HALF + (start.month() - 1) / 6),
        grain => range(end_of_span(start, grain), end_of_span(end, grain)),
    }
}

/// A day as an end of a span, in the unit of the words: «с 2019 года» is `2019/..`.
fn end_of_span(day: Date, grain: Grain) -> String {
    match grain {
        Grain::Year => format!("{:04}", day.year()),
        Grain::Month | Grain::Quarter | Grain::Half => day.strftime("%Y-%m").to_string(),
        Grain::Day => day.to_string(),
    }
}

fn range(start: String, end: String) -> String {
    if start == end { start } else { format!("{start}/{end}") }
}
