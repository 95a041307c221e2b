//! A line of the document with its place. Never changed by this stage.

use crate::normalise::{Line, LineKind, Merge, Page, Separator};
use crate::text::Text;

/// A line, its page and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip<'p> {
    /// The line.
    pub line: &'p Line,
    /// 0-based page.
    pub page: usize,
}

/// All lines of `pages`, in order, but those that stand beside the text.
pub(super) fn strips(pages: &[Page]) -> Vec<Strip<'_>> {
    pages
        .iter()
        .enumerate()
        .flat_map(|(page, lines)| lines.lines.iter().map(move |line| Strip { line, page }))
        .filter(|strip| !strip.line.is_aside())
        .collect()
}

impl<'p> Strip<'p> {
    /// True where nothing stands but separators.
    pub(super) fn is_blank(&self) -> bool {
        self.line.kind == LineKind::Blank
    }

    /// True for a drawn line.
    pub(super) fn is_rule(&self) -> bool {
        self.line.kind == LineKind::Rule
    }

    /// What parts the line's cells.
    pub(super) fn separator(&self) -> Separator {
        self.line.separator
    }

    /// The cells.
    pub(super) fn cells(&self) -> &'p [Text] {
        &self.line.cells
    }

    /// How each cell hangs together with others; empty where the format does not say.
    pub(super) fn merges(&self) -> &'p [Merge] {
        &self.line.merges
    }

    /// The cells in which something stands.
    pub(super) fn filled(&self) -> usize {
        self.line.cells.iter().filter(|cell| !cell.is_blank()).count()
    }

    /// The cells one after another, as a line that nothing parts.
    pub(super) fn text(&self) -> Text {
        match self.line.cells.as_slice() {
            [only] => only.clone(),
            cells => Text::join(cells.iter().filter(|cell| !cell.is_blank()), true),
        }
    }
}
