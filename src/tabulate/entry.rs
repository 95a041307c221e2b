//! What a recogniser finds under a heading, before its cells are joined. Never what it means.

use super::cell::Fragment;
use crate::plan::Reason;
use crate::text::Text;

/// One thing under a heading, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// A row: the fragments of its cells, one list for each column, and the columns in which the cell is that of a row above.
    Row(Vec<Vec<Fragment>>, Vec<usize>),
    /// A section row.
    Section(Vec<Fragment>),
    /// Text that belongs to no row.
    Remain(Text, Reason),
}

/// What a recogniser made of the lines under a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    /// Rows, sections and the rest.
    pub list: Vec<Entry>,
    /// One past the last line that belongs to the table.
    pub end: usize,
    /// Places that a person should look at, with the sentence about them.
    pub doubts: Vec<(crate::issue::IssueKind, Text, String)>,
}
