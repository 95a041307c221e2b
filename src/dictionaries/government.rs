//! Which endings may stand behind a preposition, from `government.tsv`. Never which word is meant.

use std::collections::BTreeMap;

use super::table::Row;
use super::tokens::fold;
use crate::error::Result;

/// The endings that each preposition governs.
#[derive(Clone, Debug, Default)]
pub struct Government {
    prepositions: BTreeMap<String, Vec<String>>,
}

impl Government {
    /// Compiles rows of (preposition, endings, source).
    ///
    /// # Errors
    /// Where a row is not of that form.
    pub(super) fn new(rows: &[Row]) -> Result<Self> {
        let mut prepositions = BTreeMap::new();
        for row in rows {
            let [preposition, endings, _source] = row.cells()?;
            prepositions.insert(fold(preposition), endings.split(' ').map(fold).collect());
        }
        Ok(Self { prepositions })
    }

    /// True if the folded `form` may stand behind `before`; `None` where that is no preposition whose case is certain.
    pub fn allows(&self, before: &str, form: &str) -> Option<bool> {
        let endings = self.prepositions.get(&fold(before))?;
        Some(endings.iter().any(|ending| form.ends_with(ending.as_str())))
    }
}
