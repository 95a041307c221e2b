//! The words of the document itself. A word that stands ten times rightly is strong evidence for its eleventh, damaged
//! one. Never a judgement about one word.

use std::borrow::Cow;
use std::sync::OnceLock;

use smallvec::SmallVec;

use super::Line;
use super::spacing::is_stump;
use crate::dictionaries::{Agreement, Candidate, Known, Lexicon, Spelling, fold};
use crate::map::Map;
use crate::text::Text;

/// Known words are evidence from this length on.
const LEAST_LENGTH: usize = 5;

/// The longest words of the language have some forty letters; what is longer is no word, and is not looked at as one.
pub(super) const LONGEST_WORD: usize = 100;

/// The words of a document. Each is asked of the lexicon once, however often it stands there.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'l> {
    /// As written.
    words: Map<&'l str, Seen>,
    /// How often the longer ones stand, by their folded form: those that the lexicon knows, and the others.
    counts: Map<String, u32>,
    unknown: Map<String, u32>,
}

#[derive(Debug)]
struct Seen {
    times: u32,
    known: bool,
    /// What the lexicon has of it.
    form: Option<Known>,
    doubt: Doubt,
    endings: Endings,
    /// The forms near it; looked for when they are first asked for.
    near: OnceLock<Vec<Candidate>>,
}

/// Which endings that cannot stand together a word, or a word of a cell, has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Endings {
    first: bool,
    next: bool,
}

/// What may be wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// Nothing.
    None,
    /// It is unknown, and short enough for an abbreviation if a dot stands behind it.
    UnlessAbbreviated,
    /// It is unknown, or short and never used in the genre.
    Misread,
}

/// What may have to be done about the words of a cell; nothing for most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Suspect {
    /// A word is unknown and no abbreviation, or short and never used in the genre, or stands beside a mark that may be a
    /// part of it.
    pub(super) word: bool,
    /// A word has an ending that another's excludes, if that stands behind it.
    pub(super) ending: bool,
}

/// What may have to be done in each cell of a line.
pub(super) type Suspects = SmallVec<[Suspect; 4]>;

impl<'l> Vocabulary<'l> {
    /// Counts the words of `lines`, and says for each cell of each what may have to be done there.
    pub(super) fn of(lines: &'l [Line], spelling: &Spelling) -> (Self, Vec<Suspects>) {
        let mut words: Map<&str, Seen> = Map::default();
        let mut suspect = |cell: &'l Text| {
            let mut suspect = Suspect { word: cell.as_str().contains('\''), ending: false };
            let mut endings = Endings::default();
            for word in self::words(cell.as_str()) {
                let seen = words.entry(word).or_insert_with(|| Seen::new(word, spelling));
                seen.times += 1;
                suspect.word |= match seen.doubt {
                    Doubt::None => false,
                    Doubt::UnlessAbbreviated => !behind(cell.as_str(), word).starts_with('.'),
                    Doubt::Misread => true,
                };
                endings.first |= seen.endings.first;
                endings.next |= seen.endings.next;
            }
            suspect.ending = endings.first && endings.next;
            suspect
        };
        let suspects = lines.iter().map(|line| line.cells.iter().map(&mut suspect).collect()).collect();
        let (mut counts, mut unknown) = (Map::default(), Map::default());
        let long = |word: &str| word.chars().count() >= LEAST_LENGTH;
        // Sums do not depend on the order.
        #[allow(clippy::iter_over_hash_type)]
        for (word, seen) in words.iter().filter(|(word, _)| long(word)) {
            let by_form = if seen.known { &mut counts } else { &mut unknown };
            *by_form.entry(fold(word)).or_insert(0) += seen.times;
        }
        (Self { words, counts, unknown }, suspects)
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

    /// What the lexicon has of `word`, which may stand in the document or not.
    pub(super) fn form(&self, word: &str, lexicon: &Lexicon) -> Option<Known> {
        self.words.get(word).map_or_else(|| lexicon.get(word), |seen| seen.form)
    }

    /// True if the lexicon knows `word`, which may stand in the document or not.
    pub(super) fn knows(&self, word: &str, lexicon: &Lexicon) -> bool {
        self.words.get(word).map_or_else(|| is_known(word, lexicon), |seen| seen.known)
    }
}

impl Seen {
    fn new(word: &str, spelling: &Spelling) -> Self {
        let form = spelling.lexicon.get(word);
        let known = is_letter_word(word).unwrap_or(form.is_some());
        let has = |ending: fn(&Agreement) -> &str| {
            spelling.agreement.iter().any(|rule| word.ends_with(ending(rule)))
        };
        let endings = Endings { first: has(|rule| &rule.seen), next: has(|rule| &rule.next) };
        let doubt = if known {
            if is_stump(word, form) { Doubt::Misread } else { Doubt::None }
        } else if is_acronym(word) {
            Doubt::None
        } else if word.chars().count() <= LONGEST_ABBREVIATION {
            Doubt::UnlessAbbreviated
        } else {
            Doubt::Misread
        };
        Self { times: 0, known, form, doubt, endings, near: OnceLock::new() }
    }
}

/// What stands in `text` behind `word`, which is a part of it.
fn behind<'t>(text: &'t str, word: &str) -> &'t str {
    &text[word.as_ptr() as usize - text.as_ptr() as usize + word.len()..]
}

/// «ГУТО», «СанПиН»: more than one capital.
pub(super) fn is_acronym(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
}

/// A longer word with a dot behind it ends a sentence.
const LONGEST_ABBREVIATION: usize = 5;

/// «ГУТО», «СанПиН», «тыс.»: capitals inside, or a dot behind a short word.
pub(super) fn is_abbreviation(word: &str, after: &str) -> bool {
    is_acronym(word) || (after.starts_with('.') && word.chars().count() <= LONGEST_ABBREVIATION)
}

/// True for words of the lexicon and for words of one letter that the language has.
pub(super) fn is_known(word: &str, lexicon: &Lexicon) -> bool {
    is_letter_word(word).unwrap_or_else(|| lexicon.knows(word))
}

/// Whether the language has a word of this one letter; `None` for a longer word.
fn is_letter_word(word: &str) -> Option<bool> {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => Some(matches!(
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
        )),
        _ => None,
    }
}

/// The maximal runs of Cyrillic letters.
pub(super) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|letter: char| !matches!(letter, 'А'..='я' | 'ё' | 'Ё')).filter(|word| !word.is_empty())
}
