//! Where something stands in the decoded source, and which rule said so. Never what it says.

use std::fmt;

use smallvec::SmallVec;

/// A half-open byte range of the decoded source: `start <= end`, both on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from `start` (inclusive) to `end` (exclusive); an `end` before `start` gives the empty span at
    /// `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// First byte.
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True for a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing a string.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True if every byte of `other` lies in this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {})", self.start, self.end)
    }
}

/// Where a value was read: one span for each contiguous fragment, in reading order.
///
/// A list, never a hull: on a page with columns the bytes between two fragments of a wrapped cell are the
/// neighbour's text.
pub type Origin = SmallVec<[Span; 1]>;

/// The stable name of a rule, `area.rule` («letter-spacing.run», «deadline.quarter»). It appears in the output.
///
/// The area of a rewriting rule is the kind of repair that it makes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(&'static str);

impl RuleId {
    /// Names a rule that is written in code.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The whole name.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The part before the first dot.
    pub fn area(self) -> &'static str {
        self.0.split('.').next().unwrap_or(self.0)
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
