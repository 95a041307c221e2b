//! A string as words, numbers and marks. Never decides what they mean.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;

use smallvec::SmallVec;

use super::beginnings::{Beginnings, is_dash};
use super::slots::{Readings, Slot, SlotSet};
use super::words::{Senses, Words};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters of any script.
    Word,
    /// ASCII digits.
    Number,
    /// One character that is neither letter, digit nor white space.
    Mark,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the string.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// True where nothing stands between this token and the one before.
    pub glued: bool,
    /// The beginning of a word or a mark; nothing for a number.
    beginning: Beginnings,
}

impl Token {
    /// Number of bytes.
    pub(super) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// What is known of a token from the dictionary, where that was asked.
#[derive(Clone, Debug, Default)]
struct Known {
    senses: Cell<Option<Senses>>,
    openings: Cell<Option<SlotSet>>,
}

/// A slot, the token at which it was asked for, and what it reads there.
type Asked = (Slot, usize, Option<Readings>);

/// So many bytes a token has at least, in most cells.
const BYTES_A_TOKEN: usize = 4;

/// A string cut into tokens, beside its folded form (lower case, «ё» as «е») of the same byte length.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    folded: String,
    list: Vec<Token>,
    /// What the dictionary says of each token.
    known: OnceCell<Vec<Known>>,
    /// The beginnings of all tokens but numbers.
    beginnings: Beginnings,
    /// What slots read at which tokens, for the match that is under way.
    readings: RefCell<SmallVec<[Asked; 8]>>,
}

impl<'t> Tokens<'t> {
    /// Cuts `text`.
    pub fn new(text: &'t str) -> Self {
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / BYTES_A_TOKEN + 1);
        let mut folded = String::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            folded.push(fold_letter(letter));
            if letter.is_whitespace() {
                continue;
            }
            let kind = kind(letter);
            let (start, end) = (at as u32, (at + letter.len_utf8()) as u32);
            match list.last_mut() {
                Some(last) if last.end == start && last.kind == kind && kind != TokenKind::Mark => {
                    last.end = end
                }
                last => {
                    let glued = last.is_some_and(|last| last.end == start);
                    list.push(Token { start, end, kind, glued, beginning: Beginnings::default() });
                }
            }
        }
        let mut beginnings = Beginnings::default();
        for token in &mut list {
            let word = &folded[token.start as usize..token.end as usize];
            token.beginning = match (token.kind, word.chars().next()) {
                (TokenKind::Word, _) => Beginnings::of_word(word),
                (TokenKind::Mark, Some(mark)) => Beginnings::of_mark(mark),
                _ => Beginnings::default(),
            };
            beginnings = beginnings.and(token.beginning);
        }
        Self { text, folded, list, known: OnceCell::new(), beginnings, readings: RefCell::default() }
    }

    /// The string that was cut.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True for a string of white space.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Token number `at`.
    pub fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The folded characters of token `at`; empty past the end.
    pub fn folded(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| &self.folded[token.start as usize..token.end as usize])
    }

    /// True where token `at` is the folded word `word`.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        let same = |token: &Token| token.len() == word.len() && self.bytes_of(token) == word.as_bytes();
        self.list.get(at).is_some_and(same)
    }

    /// What follows the folded stem `stem` in token `at`; `None` where the token does not begin with it.
    pub fn ending(&self, at: usize, stem: &str) -> Option<&str> {
        let begins =
            |token: &&Token| token.len() >= stem.len() && self.bytes_of(token).starts_with(stem.as_bytes());
        let token = self.list.get(at).filter(begins)?;
        Some(&self.folded[token.start as usize + stem.len()..token.end as usize])
    }

    fn bytes_of(&self, token: &Token) -> &[u8] {
        &self.folded.as_bytes()[token.start as usize..token.end as usize]
    }

    /// The characters of token `at` as written; empty past the end.
    pub fn written(&self, at: usize) -> &'t str {
        self.get(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// Everything that token `at` can be in a term; looked up once.
    pub fn senses(&self, at: usize, words: &Words) -> Senses {
        let Some(known) = self.known(at) else { return Senses::default() };
        known.senses.get().unwrap_or_else(|| {
            let senses = words.senses(self.folded(at));
            known.senses.set(Some(senses));
            senses
        })
    }

    /// The slots that may begin with token `at`, found out by `look` once.
    pub(super) fn openings(&self, at: usize, look: impl FnOnce(Token) -> SlotSet) -> SlotSet {
        let (Some(known), Some(token)) = (self.known(at), self.get(at)) else { return SlotSet::default() };
        known.openings.get().unwrap_or_else(|| {
            let openings = look(token);
            known.openings.set(Some(openings));
            openings
        })
    }

    fn known(&self, at: usize) -> Option<&Known> {
        self.known.get_or_init(|| vec![Known::default(); self.list.len()]).get(at)
    }

    /// The beginning of token `at`; nothing for a number and past the end.
    pub(super) fn beginnings_at(&self, at: usize) -> Beginnings {
        self.list.get(at).map_or(Beginnings::default(), |token| token.beginning)
    }

    /// The beginnings of its words and marks.
    pub(super) fn beginnings(&self) -> Beginnings {
        self.beginnings
    }

    /// What `slot` was found to read at token `at` since [`forget_readings`](Self::forget_readings).
    pub(super) fn readings(&self, slot: Slot, at: usize) -> Option<Option<Readings>> {
        let readings = self.readings.borrow();
        let found = readings.iter().find(|known| (known.0, known.1) == (slot, at));
        found.map(|(.., readings)| readings.clone())
    }

    /// Keeps what `slot` reads at token `at`; `None` where that is nothing.
    pub(super) fn keep_readings(&self, slot: Slot, at: usize, readings: &Option<Readings>) {
        self.readings.borrow_mut().push((slot, at, readings.clone()));
    }

    /// Keeps the list of readings short: those of one match are seldom those of the next.
    pub(super) fn forget_readings(&self) {
        self.readings.borrow_mut().clear();
    }

    /// True where token `at` is the mark `mark`.
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        let is = |token: &Token| {
            let mut sign = [0; 4];
            token.kind == TokenKind::Mark && self.bytes_of(token) == mark.encode_utf8(&mut sign).as_bytes()
        };
        self.list.get(at).is_some_and(is)
    }

    /// True where token `at` is a dash of any length.
    pub fn is_dash(&self, at: usize) -> bool {
        let is = |token: &Token| token.kind == TokenKind::Mark && self.written(at).chars().all(is_dash);
        self.list.get(at).is_some_and(is)
    }

    /// True where token `at` is a mark that may open a quotation.
    pub fn is_opening_quote(&self, at: usize) -> bool {
        matches!(self.written(at), "«" | "\"" | "„" | "“")
    }

    /// True where token `at` exists and stands right behind the one before.
    pub fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    /// The value of token `at`, if it is a number of at most nine digits.
    pub fn number(&self, at: usize) -> Option<u32> {
        let written = self.written(at);
        (written.len() <= 9 && self.get(at)?.kind == TokenKind::Number)
            .then(|| written.parse().ok())
            .flatten()
    }

    /// The bytes of the string from token `range.start` up to and without token `range.end`, without the white space
    /// around them.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let Some(first) = self.get(range.start) else { return self.text.len()..self.text.len() };
        let end =
            range.end.checked_sub(1).and_then(|last| self.get(last)).map_or(first.start, |last| last.end);
        first.start as usize..end.max(first.start) as usize
    }
}

/// True if `word` is one of `words`, which spaces part.
pub fn is_among(word: &str, words: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// Prepositions, conjunctions and particles: nothing ends with one.
const HANGING: &str = "в во и или на по при для с со о об от за из к до у под над через не";

/// True for a folded word that leaves open what it says.
pub fn is_hanging(word: &str) -> bool {
    is_among(word, HANGING)
}

/// Lower case, «ё» as «е», byte for byte as long as the original.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_letter).collect()
}

fn fold_letter(letter: char) -> char {
    match letter {
        // The letters that nearly all text is made of need no table.
        'а'..='я' | ' ' | 'a'..='z' => letter,
        'А'..='Я' => char::from_u32(letter as u32 + 0x20).unwrap_or(letter),
        'ё' | 'Ё' => 'е',
        _ => {
            let mut lower = letter.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(lower), None) if lower.len_utf8() == letter.len_utf8() => lower,
                _ => letter,
            }
        }
    }
}

/// True for a letter of any script; those that nearly all text is made of need no table.
pub fn is_letter(sign: char) -> bool {
    matches!(sign, 'А'..='я' | 'ё' | 'Ё' | 'a'..='z' | 'A'..='Z')
        || (!sign.is_ascii() && sign.is_alphabetic())
}

/// True for a letter or a digit of any script.
pub fn is_letter_or_digit(sign: char) -> bool {
    is_letter(sign) || sign.is_ascii_digit() || (!sign.is_ascii() && sign.is_numeric())
}

fn kind(letter: char) -> TokenKind {
    if letter.is_ascii_digit() {
        TokenKind::Number
    } else if is_letter(letter) {
        TokenKind::Word
    } else {
        TokenKind::Mark
    }
}
