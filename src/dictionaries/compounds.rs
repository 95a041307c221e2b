//! What compound words begin with, from `compounds.tsv`. Never which compounds there are.

use super::table::Row;
use super::tokens::fold;
use crate::error::Result;

/// First parts of compounds, and the endings that tell one.
#[derive(Clone, Debug, Default)]
pub struct Compounds {
    parts: Vec<String>,
    joints: Vec<String>,
    words: Vec<String>,
}

impl Compounds {
    /// Compiles rows of (kind, text, source); the kinds are `part`, a whole first part, `joint`, what one ends on, and
    /// `word`, what ends on a joint and is a word of its own all the same.
    ///
    /// # Errors
    /// Where a row is not of that form.
    pub(super) fn new(rows: &[Row]) -> Result<Self> {
        let mut compounds = Self::default();
        for row in rows {
            let [kind, text, _source] = row.cells()?;
            let list = match kind {
                "part" => &mut compounds.parts,
                "joint" => &mut compounds.joints,
                "word" => &mut compounds.words,
                _ => return Err(row.wrong(format!("«{kind}» is not part, joint or word"))),
            };
            list.push(fold(text));
        }
        Ok(compounds)
    }

    /// True if the folded word `first` may be the first part of a compound rather than a word of its own.
    pub fn begins(&self, first: &str) -> bool {
        let ends = |endings: &[String]| endings.iter().any(|ending| first.ends_with(ending.as_str()));
        self.parts.iter().any(|part| part == first) || (ends(&self.joints) && !ends(&self.words))
    }
}
