//! How years, parts of years, days and hours are written. Never whether such a day exists.

mod clock;
mod days;
mod figures;
mod mends;
mod months;
mod parts;
mod years;

pub(super) use clock::clock;
pub(super) use days::{day, days};
pub(super) use figures::{after_ordinal_suffix, are_figures};
pub use figures::{as_digits, short_number};
pub(super) use mends::mended_date;
pub(super) use months::{begins_month, month_number, months};
pub(super) use parts::{ordinal, parts};
pub(super) use years::{begins_year, school_year, years};

/// A list longer than this is cut: no plan names so many days, and a slot must not read a megabyte again and again.
const LONGEST_LIST: usize = 40;
