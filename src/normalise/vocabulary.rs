//! The words of the document itself. A word that stands ten times rightly is strong evidence for its eleventh, damaged
//! one. Never a judgement about one word.

use std::collections::HashMap;

use super::Line;
use crate::dictionaries::{Lexicon, Spelling, fold};

/// Known words are counted from this length on: shorter ones are evidence for nothing.
const LEAST_LENGTH: usize = 5;

/// How often each word of the document occurs, by its folded form: those that the lexicon knows, and the others.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    counts: HashMap<String, u32>,
    unknown: HashMap<String, u32>,
}

impl Vocabulary {
    /// Counts the words of `lines`.
    pub(super) fn of(lines: &[Line], spelling: &Spelling) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for cell in lines.iter().flat_map(|line| &line.cells) {
            for word in words(cell.as_str()).filter(|word| word.chars().count() >= LEAST_LENGTH) {
                *counts.entry(fold(word)).or_insert(0) += 1;
            }
        }
        let (counts, unknown) = counts.into_iter().partition(|(word, _)| spelling.lexicon.knows(word));
        Self { counts, unknown }
    }

    /// How often the folded word `word` stands in the document, if the lexicon knows it.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// How often `word` stands in the document, if the lexicon does not know it.
    pub(super) fn unknown(&self, word: &str) -> u32 {
        self.unknown.get(&fold(word)).copied().unwrap_or(0)
    }

    /// True if some word of `text` is known neither to the document nor to the lexicon, or stands beside a mark that
    /// may be a part of it.
    pub(super) fn has_unknown(&self, text: &str, lexicon: &Lexicon) -> bool {
        text.contains('\'')
            || words(text).any(|word| !(self.counts.contains_key(&fold(word)) || is_known(word, lexicon)))
    }
}

/// True for words of the lexicon and for words of one letter that the language has.
pub(super) fn is_known(word: &str, lexicon: &Lexicon) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => {
            matches!(
                only,
                'а' | 'в'
                    | 'и'
                    | 'к'
                    | 'о'
                    | 'с'
                    | 'у'
                    | 'я'
                    | 'А'
                    | 'В'
                    | 'И'
                    | 'К'
                    | 'О'
                    | 'С'
                    | 'У'
                    | 'Я'
            )
        }
        _ => lexicon.knows(word),
    }
}

/// The maximal runs of Cyrillic letters.
pub(super) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|letter: char| !matches!(letter, 'А'..='я' | 'ё' | 'Ё')).filter(|word| !word.is_empty())
}
