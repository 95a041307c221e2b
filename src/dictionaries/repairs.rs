//! Which rules repair, from `repairs.tsv`, and which of them are switched off. Never what a rule does.

use super::table::Row;
use crate::error::{Error, Result};
use crate::text::{Edit, RuleId, Text};

/// A rule that repairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairRule {
    /// Its name in the output.
    pub id: String,
    /// An example, as received.
    pub from: String,
    /// The example, as repaired.
    pub to: String,
    /// What it mends.
    pub mends: String,
}

/// Compiles rows of (rule, as received, as repaired, what it mends).
///
/// # Errors
/// Where a row is not of that form.
pub(super) fn rules(rows: &[Row]) -> Result<Vec<RepairRule>> {
    rows.iter()
        .map(|row| {
            let [id, from, to, mends] = row.cells()?.map(str::to_owned);
            Ok(RepairRule { id, from, to, mends })
        })
        .collect()
}

/// The rules that are switched off; each stage asks before it edits.
#[derive(Clone, Debug, Default)]
pub struct Switches {
    off: Vec<String>,
}

impl Switches {
    /// True if `rule` may edit.
    pub fn allow(&self, rule: RuleId) -> bool {
        !self.off.iter().any(|off| off == rule.as_str())
    }

    /// `text` after those of `edits` whose rules are not switched off; ascending and apart, as [`Text::edited`] wants them.
    pub fn edited(&self, text: Text, mut edits: Vec<Edit>) -> Text {
        if !self.off.is_empty() {
            edits.retain(|edit| self.allow(edit.rule));
        }
        if edits.is_empty() { text } else { text.edited(&edits) }
    }

    /// Switches off what `name` names: a rule («spelling.confusion»), an area («spelling») or `all`.
    ///
    /// # Errors
    /// Where it names nothing of `known`.
    pub(super) fn switch_off(&mut self, name: &str, known: &[RepairRule]) -> Result<()> {
        let named =
            |rule: &&RepairRule| name == "all" || rule.id == name || rule.id.split('.').next() == Some(name);
        let found: Vec<String> = known.iter().filter(named).map(|rule| rule.id.clone()).collect();
        if found.is_empty() {
            let known: Vec<&str> = known.iter().map(|rule| rule.id.as_str()).collect();
            return Err(Error::usage(format!(
                "no repair is called «{name}»; there are {}",
                known.join(", ")
            )));
        }
        self.off.extend(found);
        Ok(())
    }
}
