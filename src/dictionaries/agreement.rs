//! Endings that cannot stand together, from `agreement.tsv`. Never which words they belong to.

use super::table::Row;
use crate::error::Result;

/// An adjective's ending that the next word's ending excludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The adjective's ending as seen.
    pub seen: String,
    /// The ending of the next word.
    pub next: String,
    /// What the adjective's ending is.
    pub becomes: String,
}

/// Compiles rows of (seen, next, becomes, source).
///
/// # Errors
/// Where a row is not of that form.
pub(super) fn agreements(rows: &[Row]) -> Result<Vec<Agreement>> {
    rows.iter()
        .map(|row| {
            let [seen, next, becomes, _source] = row.cells()?;
            Ok(Agreement { seen: seen.to_owned(), next: next.to_owned(), becomes: becomes.to_owned() })
        })
        .collect()
}
