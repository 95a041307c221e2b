//! Which words a text may have, at a glance. Never says that it has one: only that it has not.

/// A set of the first two letters of words, and of marks, folded into 64 bits: two beginnings may share a bit.
///
/// A pattern asks for the words without which it cannot match, so most rules are passed over before a step is tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Beginnings(u64);

impl Beginnings {
    /// The beginning of a folded word.
    pub(super) fn of_word(word: &str) -> Self {
        let mut letters = word.chars();
        let (first, second) = (letters.next(), letters.next());
        first.map_or(Self::default(), |first| Self::of(first, second.unwrap_or(' ')))
    }

    /// The beginning of every word with this folded stem; nothing for a stem of one letter.
    pub(super) fn of_stem(stem: &str) -> Self {
        if stem.chars().nth(1).is_none() { Self::default() } else { Self::of_word(stem) }
    }

    /// A mark; a dash of any length is a hyphen.
    pub(super) fn of_mark(mark: char) -> Self {
        Self::of(if is_dash(mark) { '-' } else { mark }, ' ')
    }

    fn of(first: char, second: char) -> Self {
        // Letters of one script follow one another: the low bits tell them apart.
        Self(1 << ((u32::from(first).wrapping_mul(7) ^ u32::from(second).wrapping_mul(29)) % 64))
    }

    /// What is in either.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    pub(super) fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// True unless some beginning of `needs` is not among these.
    pub(super) fn has(self, needs: Self) -> bool {
        needs.0 & !self.0 == 0
    }
}

/// True for a dash of any length.
pub(super) fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '−' | '‐' | '‑')
}
