//! The words of the document itself. A word that stands ten times rightly is strong evidence for its eleventh, damaged
//! one. Never a judgement about one word.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::Line;
use super::spacing::is_stump;
use crate::dictionaries::{Candidate, Lexicon, Spelling, fold};

/// Known words are evidence from this length on.
const LEAST_LENGTH: usize = 5;

/// The words of a document. Each is asked of the lexicon once, however often it stands there.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'l> {
    /// As written.
    words: HashMap<&'l str, Seen>,
    /// How often the longer ones stand, by their folded form: those that the lexicon knows, and the others.
    counts: HashMap<String, u32>,
    unknown: HashMap<String, u32>,
}

#[derive(Debug)]
struct Seen {
    times: u32,
    known: bool,
    /// Something may have to be done where it stands.
    notable: bool,
    /// The forms near it; looked for when they are first asked for.
    near: OnceLock<Vec<Candidate>>,
}

impl<'l> Vocabulary<'l> {
    /// Counts the words of `lines`.
    pub(super) fn of(lines: &'l [Line], spelling: &Spelling) -> Self {
        let mut words: HashMap<&str, Seen> = HashMap::new();
        for word in lines.iter().flat_map(|line| &line.cells).flat_map(|cell| self::words(cell.as_str())) {
            words.entry(word).or_insert_with(|| Seen::new(word, &spelling.lexicon)).times += 1;
        }
        let (mut counts, mut unknown) = (HashMap::new(), HashMap::new());
        let long = |word: &str| word.chars().count() >= LEAST_LENGTH;
        // Sums do not depend on the order.
        #[allow(clippy::iter_over_hash_type)]
        for (word, seen) in words.iter().filter(|(word, _)| long(word)) {
            let by_form = if seen.known { &mut counts } else { &mut unknown };
            *by_form.entry(fold(word)).or_insert(0) += seen.times;
        }
        Self { words, counts, unknown }
    }

    /// How often the folded word `word` stands in the document, if the lexicon knows it.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// How often `word` stands in the document, if the lexicon does not know it.
    pub(super) fn unknown(&self, word: &str) -> u32 {
        self.unknown.get(&fold(word)).copied().unwrap_or(0)
    }

    /// The forms near `word`, as [`Lexicon::nearest`] gives them; the limit must follow from the word.
    pub(super) fn nearest(&self, word: &str, spelling: &Spelling, limit: u32) -> Cow<'_, [Candidate]> {
        let look = || spelling.lexicon.nearest(word, &spelling.confusions, limit);
        match self.words.get(word) {
            Some(seen) => Cow::Borrowed(seen.near.get_or_init(look)),
            None => Cow::Owned(look()),
        }
    }

    /// True if the lexicon knows `word`, which may stand in the document or not.
    pub(super) fn knows(&self, word: &str, lexicon: &Lexicon) -> bool {
        self.words.get(word).map_or_else(|| is_known(word, lexicon), |seen| seen.known)
    }

    /// True if something may have to be done about a word of `text`: one is unknown, or short and never used in the genre,
    /// or stands beside a mark that may be a part of it.
    pub(super) fn is_notable(&self, text: &str) -> bool {
        let notable = |word: &str| self.words.get(word).is_none_or(|seen| seen.notable);
        text.contains('\'') || words(text).any(notable)
    }
}

impl Seen {
    fn new(word: &str, lexicon: &Lexicon) -> Self {
        let known = is_known(word, lexicon);
        let notable = !known || is_stump(word, lexicon);
        Self { times: 0, known, notable, near: OnceLock::new() }
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
