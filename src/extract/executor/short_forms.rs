//! The short forms that a document defines: «… (далее – Комиссия)». Never what they stand for.

use crate::dictionaries::{Tokens, fold};

/// Short forms as their folded words.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct ShortForms {
    forms: Vec<Vec<String>>,
}

/// A longer short form is none.
const LONGEST: usize = 8;

impl ShortForms {
    /// Adds those that `text` defines.
    pub(in crate::extract) fn collect(&mut self, text: &str) {
        if !text.contains("алее") {
            return;
        }
        let tokens = Tokens::new(text);
        for at in (0..tokens.len()).filter(|&at| super::opens_definition(&tokens, at)) {
            let Some(words) = super::definition(&tokens, at) else { continue };
            let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
            if words.len() <= LONGEST && !self.forms.contains(&words) {
                self.forms.push(words);
            }
        }
    }

    /// One past the last token of the longest short form that begins with token `at`, with a capital.
    pub(super) fn end_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        if !tokens.written(at).starts_with(char::is_uppercase) {
            return None;
        }
        let stands = |words: &&Vec<String>| {
            words.iter().enumerate().all(|(nth, word)| tokens.folded(at + nth) == word)
        };
        self.forms.iter().filter(stands).map(|words| at + words.len()).max()
    }
}
