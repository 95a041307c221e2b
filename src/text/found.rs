//! A value together with the place it was read from. Never the value without it.

use super::{Origin, RuleId, Text};

/// A value, where it was read and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What was understood.
    pub value: T,
    /// Which bytes of the source it was understood from.
    pub origin: Origin,
    /// The rule that read it.
    pub rule: RuleId,
}

/// A piece of text that was either understood or is kept as written. Not understood is not lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// Understood.
    Read(Found<T>),
    /// Not understood; the words stand as they are.
    AsWritten(Text),
}
