/*!
Text that was decoded wrongly once before: «РџР»Р°РЅ» and «Ïëàí» for «План».

This module never touches a line that reads as Russian. The mistake is undone by repeating it backwards: encode as the
code page that was taken, decode as the one that was meant. Which pair it was is decided for the whole document, by the
letter pairs of what comes out.
*/

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, WINDOWS_1251, WINDOWS_1252};

use crate::decode::Source;
use crate::dictionaries::{READABLE, Spelling};
use crate::issue::{IssueKind, Issues};
use crate::text::{Edit, RuleId, Text};

const RULE: RuleId = RuleId::new("encoding.decoded-twice");

/// The code page that was taken and the one that was meant.
const MISTAKES: [(&Encoding, &Encoding); 9] = [
    (WINDOWS_1252, WINDOWS_1251),
    (WINDOWS_1252, UTF_8),
    (WINDOWS_1252, KOI8_R),
    (WINDOWS_1252, IBM866),
    (WINDOWS_1251, UTF_8),
    (WINDOWS_1251, KOI8_R),
    (KOI8_R, WINDOWS_1251),
    (WINDOWS_1251, IBM866),
    (IBM866, WINDOWS_1251),
];

/// A line that may have been decoded wrongly has at least this many letters that Russian has not …
const STRANGE_LETTERS: usize = 4;

/// … and undoing the mistake must better the mean score of its letter pairs by this much.
const BETTER: f64 = 15.0;

/// So many characters of such lines are enough to tell which mistake it was.
const SAMPLE: usize = 20_000;

/// A mistake that was found in a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Twice {
    taken: &'static Encoding,
    meant: &'static Encoding,
}

impl Twice {
    /// Looks for a mistake in the lines that do not read as Russian.
    pub(super) fn detect(source: &Source, spelling: &Spelling, issues: &mut Issues) -> Option<Self> {
        if !spelling.switches.allow(RULE) {
            return None;
        }
        let mut sample = String::new();
        for line in source.decoded.as_str().lines().filter(|line| is_strange(line, spelling)) {
            sample.push_str(line);
            sample.push('\n');
            if sample.len() > SAMPLE {
                break;
            }
        }
        let (before, pairs) = spelling.letters.score(&sample);
        if pairs < STRANGE_LETTERS {
            return None;
        }
        let undone = MISTAKES.iter().filter_map(|&(taken, meant)| {
            let twice = Self { taken, meant };
            let (score, _) = spelling.letters.score(&twice.undo(&sample)?);
            Some((score, twice))
        });
        let (score, twice) = undone.max_by(|a, b| a.0.total_cmp(&b.0))?;
        if score < READABLE || score < before + BETTER {
            return None;
        }
        let (meant, taken) = (twice.meant.name(), twice.taken.name());
        let message = format!("Text in {meant} had been read as {taken}; that was undone.");
        issues.note_document(IssueKind::MendedEncoding, message);
        Some(twice)
    }

    /// The text with the mistake undone, word by word, if that makes Russian of it.
    pub(super) fn mend(self, text: Text, spelling: &Spelling) -> Text {
        if !is_strange(text.as_str(), spelling) {
            return text;
        }
        let Some(undone) = self.undo(text.as_str()) else { return text };
        let (before, _) = spelling.letters.score(text.as_str());
        let (after, _) = spelling.letters.score(&undone);
        if after < READABLE || after < before + BETTER {
            return text;
        }
        let old: Vec<&str> = text.as_str().split(ascii_space).collect();
        let new: Vec<&str> = undone.split(ascii_space).collect();
        if old.len() != new.len() {
            return text;
        }
        let start = |word: &str| word.as_ptr() as usize - text.as_str().as_ptr() as usize;
        let edits: Vec<Edit> = old
            .iter()
            .zip(new)
            .filter(|(old, new)| *old != new)
            .map(|(old, new)| Edit::new(start(old)..start(old) + old.len(), new, RULE, 95))
            .collect();
        spelling.switches.edited(text, edits)
    }

    fn undo(self, text: &str) -> Option<String> {
        let (bytes, _, unmappable) = self.taken.encode(text);
        if unmappable {
            return None;
        }
        let (undone, malformed) = self.meant.decode_without_bom_handling(&bytes);
        (!malformed).then(|| undone.into_owned())
    }
}

fn ascii_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t')
}

/// True where two fifths of the letters are the six commonest small ones: of a wrong decoding no line is, and most lines of
/// Russian are told so by their bytes alone.
fn reads_as_russian(line: &[u8]) -> bool {
    let (mut letters, mut common) = (0usize, 0usize);
    for (&lead, &next) in line.iter().zip(line.get(1..).unwrap_or_default()) {
        letters += usize::from((0xc3..=0xf4).contains(&lead));
        // «о», «е», «а», «и», «н», «т» in UTF-8; without branches, which take most of the time otherwise.
        let (first, second) = (lead == 0xd0, lead == 0xd1);
        let of_first = (next == 0xb0) | (next == 0xb5) | (next == 0xb8) | (next == 0xbd) | (next == 0xbe);
        common += usize::from((first & of_first) | (second & (next == 0x82)));
    }
    5 * common >= 2 * letters && common >= STRANGE_LETTERS
}

/// Letters of Western or Serbian alphabets, signs that no text has, or Cyrillic in an order that no text has.
fn is_strange(line: &str, spelling: &Spelling) -> bool {
    if reads_as_russian(line.as_bytes()) {
        return false;
    }
    let foreign = |letter: &char| matches!(letter, '\u{80}'..='\u{9f}' | 'À'..='ÿ' | 'Ѐ' | 'Ђ'..='Џ' | 'ѐ' | 'ђ'..='џ' | '\u{2500}'..='\u{257f}');
    if line.chars().filter(foreign).count() >= STRANGE_LETTERS {
        return true;
    }
    let (score, pairs) = spelling.letters.score(line);
    pairs > 2 * STRANGE_LETTERS && score < READABLE
}
