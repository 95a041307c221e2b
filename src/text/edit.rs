//! A change asked of a text, and a change made. Never decides whether to make it.

use std::ops::Range;

use super::{Origin, RuleId};

/// A change of a text's characters by a named rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes of the text's string to replace; empty to insert.
    pub range: Range<usize>,
    /// What to put there; empty to delete.
    pub with: String,
    /// The rule that asks for it.
    pub rule: RuleId,
    /// How sure the rule is, in hundredths.
    pub confidence: u8,
}

impl Edit {
    /// A replacement that is right as far as the rule can tell.
    pub fn certain(range: Range<usize>, with: impl Into<String>, rule: RuleId) -> Self {
        Self { range, with: with.into(), rule, confidence: 100 }
    }

    /// A replacement with a confidence in hundredths.
    pub fn new(range: Range<usize>, with: impl Into<String>, rule: RuleId, confidence: u8) -> Self {
        Self { range, with: with.into(), rule, confidence }
    }
}

/// A change that was made, read off the pieces of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The bytes of the source that were replaced; one empty span for an insertion.
    pub origin: Origin,
    /// What stands in their place.
    pub to: String,
    /// The rule.
    pub rule: RuleId,
    /// How sure the rule is, in hundredths.
    pub confidence: u8,
}
