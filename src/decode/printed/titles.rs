/*!
Rows of a drawn table that are one cell, though its borders were said to run through them.

This module never joins cells of which one begins where its column's cells do. Recognition that gives lines gives a border
from the top of the table to its bottom, and not the gap that it has where a section's title stands:

```text
│ 1 │ Провести сверку     │ май  │
│   │        II. Обучение │ кадров      in the middle of the table, and nothing else in the row
│ 2 │ Составить реестр    │ июнь │
```
*/

use super::columns::{OFF_MIDDLE, SEGMENT_GAP};
use super::{Printed, Scale};

/// What a row is held against.
pub(super) struct Frame {
    /// Where words begin in each column.
    pub(super) starts: Vec<f32>,
    /// The table's middle.
    pub(super) middle: f32,
    /// True where most cells begin with their column: what stands elsewhere does so for a reason.
    pub(super) flush: bool,
}

/// True for the lines of a row that are its title; `alone` is the middle of the one column in which they stand, where it is one.
pub(super) fn is_title(lines: &[Printed], alone: Option<f32>, frame: &Frame, scale: Scale) -> bool {
    let line = |line: &Printed| {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
        let whole =
            line.windows(2).all(|pair| pair[1].at.left - pair[0].at.right < SEGMENT_GAP * scale.letter);
        let middle = (first.at.left + last.at.right) / 2.0;
        let off = (middle - frame.middle).abs();
        let begins = frame.starts.iter().any(|start| (start - first.at.left).abs() <= scale.letter);
        // In the middle of its column as well: a cell that is set so.
        let centred = alone.is_some_and(|alone| (alone - middle).abs() <= scale.letter);
        whole && off <= OFF_MIDDLE * scale.letter && !begins && !centred
    };
    let crosses = alone.is_none();
    !lines.is_empty() && (crosses || frame.flush) && lines.iter().all(line)
}
