//! What each column of terms holds, told by its heading once for a table. Never what stands in it.

use super::ends::End;
use super::hours;
use crate::plan::{Column, Role};

/// What a column of terms holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum TermColumn {
    /// Whole terms, or the beginnings of some.
    Terms,
    /// The ends of terms that begin in the first column of terms.
    Ends,
    /// Clock times of the days in another column.
    Hours,
}

impl TermColumn {
    /// What each of `columns` holds; `None` for those that are not for terms.
    pub(in crate::extract) fn of(columns: &[Column]) -> Vec<Option<Self>> {
        let terms = || columns.iter().filter(|column| column.role == Role::Deadline);
        let days = terms().any(|column| !hours::are_under(&column.header));
        let begun = terms().next().is_some_and(|column| End::of(&column.header) == Some(End::First));
        let holds = |column: &Column| {
            if days && hours::are_under(&column.header) {
                Self::Hours
            } else if begun && End::of(&column.header) == Some(End::Last) {
                Self::Ends
            } else {
                Self::Terms
            }
        };
        columns.iter().map(|column| (column.role == Role::Deadline).then(|| holds(column))).collect()
    }
}
