/*!
Names as rows of letters, made ready for comparison.

This module never compares: see `likeness`. Spaces and marks are left out, since recognition loses and invents them; the
known name keeps where its words begin and which letters are only an ending:

```text
Министерство финансов      м и н и с т е р с т в о ◦ ◦ ф и н а н с о в ◦
                                                 └─┴─┴─ ending: any letters, or none, at little cost
```
*/

use super::registry::stem;
use super::tokens::{TokenKind, Tokens, fold};

/// So many different letters, Latin letters, digits and signs can be seen; 0 stands for any.
pub(super) const CODES: usize = 78;

/// Any letter, or none: the place of a longer ending.
pub(super) const ANY: u8 = 0;

/// The number of a letter, digit or sign that is read for one; `None` for everything else.
pub(super) fn code(letter: char) -> Option<u8> {
    match letter {
        'а'..='я' => Some((letter as u32 - 'а' as u32) as u8 + 1),
        'ё' => Some(6),
        'a'..='z' => Some(letter as u8 - b'a' + 34),
        '0'..='9' => Some(letter as u8 - b'0' + 60),
        '\'' => Some(70),
        'і' => Some(71),
        '‹' => Some(72),
        '<' => Some(73),
        '‘' => Some(74),
        _ => None,
    }
}

/// The Cyrillic letter that each Latin one or digit looks like; the code itself for others.
static TWINS: std::sync::LazyLock<[usize; CODES]> = std::sync::LazyLock::new(|| {
    const PAIRS: [(char, char); 13] = [
        ('a', 'а'),
        ('c', 'с'),
        ('e', 'е'),
        ('o', 'о'),
        ('p', 'р'),
        ('x', 'х'),
        ('y', 'у'),
        ('0', 'о'),
        ('3', 'з'),
        ('4', 'ч'),
        ('6', 'б'),
        ('‹', 'с'),
        ('<', 'с'),
    ];
    let mut twins = std::array::from_fn(|code| code);
    for (seen, letter) in PAIRS {
        if let (Some(seen), Some(letter)) = (code(seen), code(letter)) {
            twins[usize::from(seen)] = usize::from(letter);
        }
    }
    twins
});

/// Which pairs of neighbouring letters a name has, roughly: what two names have in common is soon counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signature {
    bits: [u64; 4],
    len: u32,
}

/// Pairs of letters are counted in so many heaps.
pub(super) const HEAPS: usize = 251;

impl Signature {
    fn of(codes: &[u8]) -> Self {
        let mut bits = [0u64; 4];
        for pair in codes.windows(2) {
            let hash = (TWINS[usize::from(pair[0])] * 33 + TWINS[usize::from(pair[1])]) % HEAPS;
            bits[hash / 64] |= 1 << (hash % 64);
        }
        Self { bits, len: bits.iter().map(|bits| bits.count_ones()).sum() }
    }

    /// The number of pairs.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// The number of pairs that both have.
    pub(super) fn common(&self, other: &Self) -> u32 {
        self.bits.iter().zip(&other.bits).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// The heaps of its pairs.
    pub(super) fn heaps(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(nth, &bits)| {
            let rest = std::iter::successors(Some(bits), |&bits| Some(bits & bits.wrapping_sub(1)));
            rest.take_while(|&bits| bits != 0).map(move |bits| nth * 64 + bits.trailing_zeros() as usize)
        })
    }
}

/// The letters of a name as it is seen.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    pub(super) codes: Vec<u8>,
    /// True for the first letter of a word.
    pub(super) begins: Vec<bool>,
    pub(super) signature: Signature,
}

impl Letters {
    /// The letters of `name`; numbers that stand alone are left out.
    pub fn new(name: &str) -> Self {
        let tokens = Tokens::new(name);
        let mut letters = Self::default();
        let is_word = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
        for at in 0..tokens.len() {
            let glued_before = at > 0 && tokens.is_glued(at) && is_word(at - 1);
            let glued_behind = tokens.is_glued(at + 1) && is_word(at + 1);
            let inside = is_word(at) || glued_before || glued_behind;
            let mut begins = !glued_before;
            for code in tokens.folded(at).chars().filter_map(code).filter(|_| inside) {
                letters.codes.push(code);
                letters.begins.push(begins);
                begins = false;
            }
        }
        letters.signature = Signature::of(&letters.codes);
        letters
    }

    /// Number of letters.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True where there is no letter.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The letters without those in `range`.
    pub fn without(&self, range: std::ops::Range<usize>) -> Self {
        let mut rest = self.clone();
        rest.codes.drain(range.clone());
        rest.begins.drain(range);
        rest.signature = Signature::of(&rest.codes);
        rest
    }
}

/// A letter of a known name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) code: u8,
    /// Only an ending: another case has another.
    pub(super) ending: bool,
}

/// A word of a known name.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) steps: Vec<Step>,
    /// It may be cut short: «обл.».
    pub(super) stops: bool,
}

/// A known name.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    pub(super) words: Vec<Word>,
    pub(super) signature: Signature,
}

/// Endings of cases have no more letters: «-ами», «-ого».
const LONGEST_ENDING: usize = 3;

/// A shorter word has no ending: «по», «при».
const LEAST_INFLECTED: usize = 4;

impl Spelled {
    /// Makes the known `name` ready.
    pub(super) fn new(name: &str) -> Self {
        Self::stopping(name, |_| true)
    }

    /// Makes the known `name` ready; the words that `stops` accepts may be cut short.
    pub(super) fn stopping(name: &str, stops: impl Fn(&str) -> bool) -> Self {
        let mut words = Vec::new();
        let mut codes = Vec::new();
        for word in Letters::words(name) {
            let stem = stem(&word).chars().count();
            let mut steps: Vec<Step> = Vec::new();
            for (nth, code) in word.chars().filter_map(code).enumerate() {
                steps.push(Step { code, ending: nth >= stem });
                codes.push(code);
            }
            if steps.len() >= LEAST_INFLECTED {
                let ending = steps.iter().filter(|step| step.ending).count();
                steps.extend((ending..LONGEST_ENDING).map(|_| Step { code: ANY, ending: true }));
            }
            words.push(Word { steps, stops: stops(&word) });
        }
        Self { words, signature: Signature::of(&codes) }
    }

    /// Number of letters.
    pub(super) fn letters(&self) -> usize {
        self.words.iter().flat_map(|word| &word.steps).filter(|step| step.code != ANY).count()
    }

    /// Number of letters, without endings.
    pub(super) fn len(&self) -> usize {
        self.words.iter().flat_map(|word| &word.steps).filter(|step| !step.ending).count()
    }

    /// Each word that is long enough to be missed, as a name of its own.
    pub(super) fn long_words(&self) -> impl Iterator<Item = Spelled> {
        let long = self.words.iter().filter(|word| word.steps.len() >= LEAST_INFLECTED);
        long.map(|word| Spelled { words: vec![word.clone()], signature: Signature::default() })
    }
}

impl Letters {
    /// The folded words of a known name.
    fn words(name: &str) -> Vec<String> {
        let tokens = Tokens::new(name);
        let is_word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Word);
        (0..tokens.len()).filter(is_word).map(|at| fold(tokens.written(at))).collect()
    }
}
