//! Tab-separated dictionary files as rows. Never what a row means.

use crate::error::{Error, Result};

/// A row and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    file: &'t str,
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The row's cells, exactly `N` of them.
    ///
    /// # Errors
    /// Where the row has fewer or more.
    pub(crate) fn cells<const N: usize>(&self) -> Result<[&'t str; N]> {
        let found = self.cells.len();
        <[&str; N]>::try_from(self.cells.clone())
            .map_err(|_| self.wrong(format!("{N} cells are needed, {found} are here")))
    }

    /// The error that says what is wrong with this row.
    pub(crate) fn wrong(&self, reason: impl Into<String>) -> Error {
        Error::dictionary(self.file, Some(self.line), reason)
    }
}

/// The rows of the table `content` of `file`; lines that begin with `#` and empty lines are comments.
pub(super) fn rows<'t>(file: &'t str, content: &'t str) -> Vec<Row<'t>> {
    content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(nth, line)| Row { file, line: nth + 1, cells: line.split('\t').collect() })
        .collect()
}
