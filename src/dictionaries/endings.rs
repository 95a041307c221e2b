//! The endings that Russian words inflect with, from `endings.tsv`. Never which word takes which.

use std::collections::BTreeMap;

use super::table::Row;
use super::tokens::fold;
use crate::error::Result;

/// The endings of each class of words, lower case.
#[derive(Clone, Debug, Default)]
pub struct Endings {
    classes: BTreeMap<String, Vec<String>>,
}

/// A word has at least so many bytes before its ending: three letters.
const LEAST_STEM: usize = 6;

impl Endings {
    /// Compiles rows of (class, ending, source); `-` is no ending at all.
    ///
    /// # Errors
    /// Where a row is not of that form.
    pub(super) fn new(rows: &[Row]) -> Result<Self> {
        let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let [class, ending, _source] = row.cells()?;
            let ending = if ending == "-" { String::new() } else { fold(ending) };
            classes.entry(class.to_owned()).or_default().push(ending);
        }
        Ok(Self { classes })
    }

    /// True where `written` may be another form of the word whose form is `known`: both are one stem and endings of one
    /// class. A lexicon lacks some forms («населений», «оборудований»), and they are not misread.
    pub fn may_inflect(&self, written: &str, known: &str) -> bool {
        let written = fold(written);
        // «Нижегородскои»: no noun ends in «-ской», so no plural in «-скои».
        if ["скои", "цкои"].iter().any(|ending| written.ends_with(ending)) {
            return false;
        }
        self.classes.values().any(|endings| {
            endings.iter().filter_map(|ending| written.strip_suffix(ending.as_str())).any(|stem| {
                let rest = known.strip_prefix(stem).filter(|_| stem.len() >= LEAST_STEM);
                rest.is_some_and(|rest| endings.iter().any(|ending| ending == rest))
            })
        })
    }
}
