/*!
The word forms of Russian, and the nearest of them to a word that recognition has damaged.

The lexicon never decides whether a word is wrong: it says what is known, how usual it is, and how far away.

1.4 million forms stand in one finite state map of 1.1 MB that is compiled from `lexicon.dic` at build time and used
where it lies, so that starting costs nothing. A key is one byte a letter, «ё» as «е».

The distance is an edit distance whose cheap steps are the confusions that recognition makes («г» for «т»): see
`confusions.tsv`. The map is walked letter by letter, and a branch is left as soon as its cost passes the limit.
*/

use fst::Map;
use fst::raw::{Fst, Node, Output};
use smallvec::SmallVec;

use super::confusions::Confusions;
use crate::budget;

const LETTERS: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюя";

/// Set by the build script on forms that the lexicon holds with a capital first letter only.
const PROPER: u64 = 16;

/// Over that flag stands the frequency of the form's word.
const OF_WORD: u64 = 32;

/// A whole wrong, missing or needless letter, in hundredths; a confusion costs less.
pub const EDIT: u32 = 100;

/// A mark inside a word, which is dirt on the page, in hundredths.
const STRAY_MARK: u32 = 30;

/// A word as the map spells it: one byte a letter, 1 for «а».
type Key = SmallVec<[u8; 24]>;

/// What the lexicon knows of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// log2 of one more than the number of times the genre's corpus has the form: 0 for never seen, 13 for ten thousand.
    pub frequency: u8,
    /// The same for a rare form of a usual word: as if the form were one in twelve of the word's.
    pub word_frequency: u8,
    /// True where only the form with a capital first letter is known.
    pub proper: bool,
}

/// A form near a damaged word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The form, lower case.
    pub word: String,
    /// The distance in hundredths of an edit.
    pub cost: u32,
    /// What is known of it.
    pub known: Known,
}

/// The embedded map.
#[derive(Clone)]
pub struct Lexicon {
    map: Map<&'static [u8]>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} forms)", self.map.len())
    }
}

impl Lexicon {
    /// The lexicon that is compiled in.
    pub fn embedded() -> Result<Self, fst::Error> {
        let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.fst"));
        Ok(Self { map: Map::new(bytes)? })
    }

    /// What is known of `word`, in any letter case; `None` for an unknown form and for what is not Cyrillic letters.
    pub fn get(&self, word: &str) -> Option<Known> {
        let key = key(word)?;
        self.map.get(&key).map(known)
    }

    /// True if the form is known.
    pub fn knows(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// True where every three neighbouring letters of `word` stand together in some word of the language: such a word
    /// may well be one that the lexicon does not hold.
    pub fn is_well_formed(&self, word: &str) -> bool {
        const TRIPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/letter-triples.bin"));
        let Some(key) = key(word) else { return false };
        let letters: SmallVec<[usize; 26]> =
            [0].iter().chain(&key).chain(&[0]).map(|&letter| usize::from(letter)).collect();
        letters.windows(3).all(|triple| {
            let at = (triple[0] * 33 + triple[1]) * 33 + triple[2];
            TRIPLES.get(at / 8).is_some_and(|bits| bits & (1 << (at % 8)) != 0)
        })
    }

    /// Every form within `limit` hundredths of an edit of `written`, which may hold marks that stand for letters
    /// («'груда»), cheapest first, then the most usual, then by the alphabet.
    pub fn nearest(&self, written: &str, confusions: &Confusions, limit: u32) -> Vec<Candidate> {
        let letters: SmallVec<[char; 24]> = super::tokens::fold(written).chars().collect();
        let mut search = Search {
            fst: self.map.as_fst(),
            letters: &letters,
            confusions,
            limit,
            spelled: Key::new(),
            found: Vec::new(),
        };
        search.walk(self.map.as_fst().root(), Output::zero(), 0, 0);
        let mut found = search.found;
        found.sort_by(|a, b| (a.cost, b.known.frequency, &a.word).cmp(&(b.cost, a.known.frequency, &b.word)));
        let mut seen = std::collections::HashSet::new();
        found.retain(|candidate| seen.insert(candidate.word.clone()));
        found
    }
}

struct Search<'s> {
    fst: &'s Fst<&'static [u8]>,
    letters: &'s [char],
    confusions: &'s Confusions,
    limit: u32,
    spelled: Key,
    found: Vec<Candidate>,
}

impl Search<'_> {
    /// All ways on from `node` with the letters from `at`, having paid `cost`.
    fn walk(&mut self, node: Node<'_>, output: Output, at: usize, cost: u32) {
        budget::spend(1);
        if at == self.letters.len() && node.is_final() {
            let value = output.cat(node.final_output()).value();
            self.found.push(Candidate { word: spell(&self.spelled), cost, known: known(value) });
        }
        let rest = &self.letters[at..];
        if let Some(code) = rest.first().copied().and_then(code) {
            self.take(&node, output, &[code], at + 1, cost);
        }
        let confusions = self.confusions;
        for confusion in confusions.starting(rest) {
            if cost + confusion.cost <= self.limit {
                self.take(&node, output, &confusion.meant, at + confusion.seen.len(), cost + confusion.cost);
            }
        }
        let needless =
            if rest.first().is_some_and(|letter| !letter.is_alphanumeric()) { STRAY_MARK } else { EDIT };
        if !rest.is_empty() && cost + needless <= self.limit {
            self.walk(node, output, at + 1, cost + needless);
        }
        if cost + EDIT <= self.limit {
            for transition in node.transitions() {
                self.spelled.push(transition.inp);
                let next = self.fst.node(transition.addr);
                let output = output.cat(transition.out);
                if !rest.is_empty() && code(rest[0]) != Some(transition.inp) {
                    self.walk(next, output, at + 1, cost + EDIT);
                }
                self.walk(next, output, at, cost + EDIT);
                self.spelled.pop();
            }
        }
    }

    /// Follows the letters `codes` exactly and goes on from there.
    fn take(&mut self, node: &Node<'_>, mut output: Output, codes: &[u8], at: usize, cost: u32) {
        let mut node = *node;
        let length = self.spelled.len();
        for &code in codes {
            let Some(index) = node.find_input(code) else {
                self.spelled.truncate(length);
                return;
            };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = self.fst.node(transition.addr);
            self.spelled.push(code);
        }
        self.walk(node, output, at, cost);
        self.spelled.truncate(length);
    }
}

/// The number of a lower-case letter, 1 for «а».
pub(super) fn code(letter: char) -> Option<u8> {
    match letter {
        'а'..='я' => Some((letter as u32 - 'а' as u32 + 1) as u8),
        'А'..='Я' => Some((letter as u32 - 'А' as u32 + 1) as u8),
        'ё' | 'Ё' => Some(6),
        _ => None,
    }
}

fn key(word: &str) -> Option<Key> {
    let key: Option<Key> = word.chars().map(code).collect();
    key.filter(|key| !key.is_empty())
}

fn spell(codes: &[u8]) -> String {
    codes.iter().filter_map(|&code| LETTERS.chars().nth(usize::from(code).checked_sub(1)?)).collect()
}

fn known(value: u64) -> Known {
    Known {
        frequency: (value % PROPER) as u8,
        proper: value & PROPER != 0,
        word_frequency: (value / OF_WORD) as u8,
    }
}
