//! How sure recognition was of the words of a source. Never what the words are, and never a reason to leave one out.

use super::{How, Span, Text};

/// The words of which recognition said how sure it was, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certainty(Vec<(Span, u8)>);

impl Certainty {
    /// Takes words with their certainty in hundredths; their spans ascend.
    pub fn new(words: Vec<(Span, u8)>) -> Self {
        Self(words)
    }

    /// The least certainty of the words that `span` touches; `None` where nothing is known of them.
    pub fn of(&self, span: Span) -> Option<u8> {
        self.touched(span).map(|&(_, sure)| sure).min()
    }

    /// The least certainty of the words of `text` that no rule has rewritten.
    pub fn left_in(&self, text: &Text) -> Option<u8> {
        if self.0.is_empty() {
            return None;
        }
        let rewritten = |word: Span| {
            let mut pieces = text.pieces().iter();
            pieces.any(|piece| matches!(piece.how, How::Rewritten { .. }) && word.contains(piece.span))
        };
        let words = text.origin().into_iter().flat_map(|span| self.touched(span));
        words.filter(|(word, _)| !rewritten(*word)).map(|&(_, sure)| sure).min()
    }

    fn touched(&self, span: Span) -> impl Iterator<Item = &(Span, u8)> {
        let first = self.0.partition_point(|(word, _)| word.end() <= span.start());
        self.0[first..].iter().take_while(move |(word, _)| word.start() < span.end())
    }
}
