//! How much a text looks like Russian, by its pairs of neighbouring letters. Never which encoding it is in.

use super::lexicon::code;

/// The least likely pair, as the table holds it, and what a capital inside a word or a stray sign beside a letter costs.
const NEVER: i8 = -127;

/// Mean scores of Russian text lie near -64 (eight binary digits a pair); of letters shuffled by a wrong code page,
/// below -95. Measured on the genre's frequencies and on the same words put through every wrong pair of encodings.
pub const READABLE: f64 = -85.0;

/// The letter pairs of the genre.
#[derive(Clone, Copy, Debug)]
pub struct LetterPairs {
    table: &'static [u8],
}

impl LetterPairs {
    /// The table that is compiled in.
    pub fn embedded() -> Self {
        Self { table: include_bytes!(concat!(env!("OUT_DIR"), "/letter-pairs.bin")) }
    }

    /// The mean of 8 × log2 of the shares of the letter pairs of `text`, from -127 (no pair of them is Russian) to 0,
    /// and the number of pairs. A capital behind a small letter, and a sign that no text has inside words, count as
    /// pairs that never were.
    pub fn score(&self, text: &str) -> (f64, usize) {
        let (mut sum, mut pairs) = (0i64, 0usize);
        let mut before = Before::Edge;
        for letter in text.chars() {
            let now = match code(letter) {
                Some(code) => Before::Letter { code, small: letter.is_lowercase() },
                None if letter.is_alphabetic() && !letter.is_ascii() => Before::Foreign,
                None if is_stray(letter) => Before::Foreign,
                None => Before::Edge,
            };
            let score = match (before, now) {
                (Before::Edge, Before::Edge) => None,
                (Before::Letter { small: true, .. }, Before::Letter { small: false, .. }) => Some(NEVER),
                (Before::Foreign, _) | (_, Before::Foreign) => Some(NEVER),
                _ => Some(self.pair(before.code(), now.code())),
            };
            if let Some(score) = score {
                sum += i64::from(score);
                pairs += 1;
            }
            before = now;
        }
        if pairs == 0 { (f64::from(NEVER), 0) } else { (sum as f64 / pairs as f64, pairs) }
    }

    fn pair(&self, first: u8, second: u8) -> i8 {
        let index = usize::from(first) * 33 + usize::from(second);
        self.table.get(index).map_or(NEVER, |&value| value as i8)
    }
}

#[derive(Clone, Copy)]
enum Before {
    Edge,
    Letter {
        code: u8,
        small: bool,
    },
    /// A letter or sign that Russian text does not have.
    Foreign,
}

impl Before {
    fn code(self) -> u8 {
        match self {
            Self::Letter { code, .. } => code,
            Self::Edge | Self::Foreign => 0,
        }
    }
}

/// Signs that a wrong code page leaves in the place of letters; quotes, dashes, № and the like are not among them.
fn is_stray(letter: char) -> bool {
    match letter {
        '\u{80}'..='\u{9f}' | '\u{fffd}' => true,
        '«' | '»' | '№' | '–' | '—' | '“' | '”' | '„' | '’' | '‘' | '…' | '•' | '§' | '°' | '\u{a0}'
        | '\u{ad}' => false,
        '─'..='╬' | '■' | '▪' | '●' => false,
        _ => !letter.is_ascii() && !letter.is_whitespace() && !letter.is_alphabetic(),
    }
}
