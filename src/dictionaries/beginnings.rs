//! Which words a text may have, at a glance. Never says that it has one: only that it has not.

use super::slots::{Slot, SlotReader, SlotSet};
use super::tokens::Tokens;

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

    /// The beginnings of every word with this folded stem, which are all where it has one letter.
    pub(super) fn of_every(stem: &str) -> Self {
        if stem.chars().nth(1).is_none() { Self(u64::MAX) } else { Self::of_word(stem) }
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

    /// True if some beginning is in both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True unless some beginning of `needs` is not among these.
    pub(super) fn has(self, needs: Self) -> bool {
        needs.0 & !self.0 == 0
    }
}

/// What a part of a pattern may begin with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Firsts {
    words: Beginnings,
    slots: SlotSet,
    /// Where it may match no token at all.
    pub(super) empty: bool,
}

impl Firsts {
    /// A word or a mark with one of these beginnings.
    pub(super) fn of(words: Beginnings) -> Self {
        Self { words, ..Self::default() }
    }

    /// What a slot reads.
    pub(super) fn of_slot(slot: Slot) -> Self {
        Self { slots: SlotSet::of(slot), ..Self::default() }
    }

    /// No token.
    pub(super) fn of_nothing() -> Self {
        Self { empty: true, ..Self::default() }
    }

    /// What may begin with either.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            words: self.words.and(other.words),
            slots: self.slots.and(other.slots),
            empty: self.empty || other.empty,
        }
    }

    /// The same with `next` behind it, where it may be empty itself.
    pub(super) fn then(self, next: Self) -> Self {
        Self { empty: self.empty && next.empty, ..self.or(next) }
    }

    /// False where nothing of it stands at token `at`; true says nothing.
    pub(super) fn may_stand_at(self, tokens: &Tokens, at: usize, reader: &SlotReader) -> bool {
        self.empty
            || tokens.beginnings_at(at).meets(self.words)
            || !self.slots.is_empty() && reader.openings(tokens, at).meets(self.slots)
    }
}

/// True for a dash of any length.
pub(super) fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '−' | '‐' | '‑')
}
