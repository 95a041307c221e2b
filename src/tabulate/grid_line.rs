//! A line of a table as cells, for the recognisers that read rows. Never which row it belongs to.

use crate::normalise::{Merge, Separator};
use crate::text::Text;

/// A line as a row of cells.
#[derive(Clone, Debug)]
pub(super) struct GridLine {
    /// The cells.
    pub cells: Vec<Text>,
    /// What kind of line.
    pub kind: GridKind,
    /// What parts the cells.
    pub separator: Separator,
    /// How each cell hangs together with others; empty where the format does not say.
    pub merges: Vec<Merge>,
}

/// True where one cell reaches over all columns.
pub(super) fn is_over_all(merges: &[Merge]) -> bool {
    merges.len() > 1 && merges[1..].iter().all(|merge| *merge == Merge::Left)
}

impl GridLine {
    /// True where cell `at` is the rest of the one above.
    pub(super) fn is_above(&self, at: usize) -> bool {
        self.merges.get(at) == Some(&Merge::Above)
    }

    /// True where one cell reaches over all columns.
    pub(super) fn is_one_cell(&self) -> bool {
        is_over_all(&self.merges)
    }

    /// The cells one after another.
    pub(super) fn text(&self) -> Text {
        match self.cells.as_slice() {
            [only] => only.clone(),
            cells => Text::join(cells.iter().filter(|cell| !cell.is_blank()), true),
        }
    }
}

/// What a line of a grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GridKind {
    /// Cells with something in them.
    Row,
    /// A drawn line.
    Rule,
    /// Nothing.
    Blank,
    /// A line that nothing parts.
    Plain,
    /// A line in the middle of the table, from the left of no column.
    Title,
    /// The end of a page.
    PageEnd,
}
