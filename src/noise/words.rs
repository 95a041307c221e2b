//! Damage to one word. Never to a number, an address, a code or a word too short to be told again.

use oorandom::Rand32;

use crate::dictionaries::Confusions;

/// Shorter words are left alone: no reader restores «н» for «и» from the letters.
const LEAST_LETTERS: usize = 4;

/// One word in so many that is misread is misread twice.
const TWICE: u32 = 5;

/// A stretch between white space, and the white space before it.
pub(super) struct Word<'l> {
    pub(super) space: &'l str,
    pub(super) text: &'l str,
}

/// The words of a line; white space at its end is a word of its own without letters.
pub(super) fn cut(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (space, word) = rest.split_at(rest.len() - rest.trim_start().len());
        let (text, after) = word.split_at(word.find(char::is_whitespace).unwrap_or(word.len()));
        words.push(Word { space, text });
        rest = after;
    }
    words
}

/// Where the Cyrillic letters of `chunk` lie, if between marks it is one word of them, long enough and no
/// abbreviation.
fn core(chunk: &str) -> Option<std::ops::Range<usize>> {
    let start = chunk.find(is_cyrillic)?;
    let end = chunk.rfind(is_cyrillic)? + 2;
    let word = &chunk[start..end];
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    let plain = word.chars().all(is_cyrillic) && !chunk.chars().any(|sign| sign.is_ascii_alphanumeric());
    (plain && word.chars().count() >= LEAST_LETTERS && capitals <= 1).then_some(start..end)
}

/// True for a word that can be damaged.
pub(super) fn is_word(chunk: &str) -> bool {
    core(chunk).is_some()
}

/// True where two words stand with nothing but a space between them, and the second is no name.
pub(super) fn goes_on(word: &str, next: &str) -> bool {
    word.ends_with(is_cyrillic) && is_word(word) && is_word(next) && next.starts_with(char::is_lowercase)
}

/// The word with one letter, seldom two, taken for another, each as often as it was measured.
pub(super) fn confused(chunk: &str, confusions: &Confusions, random: &mut Rand32) -> Option<String> {
    let core = core(chunk)?;
    let mut word = chunk[core.clone()].to_owned();
    let times = 1 + u32::from(random.rand_range(0..TWICE) == 0);
    for _ in 0..times {
        word = confused_once(&word, confusions, random)?;
    }
    Some(format!("{}{word}{}", &chunk[..core.start], &chunk[core.end..]))
}

fn confused_once(word: &str, confusions: &Confusions, random: &mut Rand32) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let folded: Vec<char> = crate::dictionaries::fold(word).chars().collect();
    let ways: Vec<(usize, &[char], usize, u32)> = (0..folded.len())
        .flat_map(|at| {
            confusions.measured(&folded[at..]).map(move |(seen, length, times)| (at, seen, length, times))
        })
        .collect();
    let all: u32 = ways.iter().map(|way| way.3).sum();
    let mut drawn = random.rand_range(0..all.max(1));
    let (at, seen, length, _) = ways.into_iter().find(|way| {
        let here = drawn < way.3;
        drawn = drawn.saturating_sub(way.3);
        here
    })?;
    let seen: String = seen.iter().collect();
    let seen = if letters[at].is_uppercase() { seen.to_uppercase() } else { seen };
    let (before, after) = (&letters[..at], &letters[at + length..]);
    Some(before.iter().copied().chain(seen.chars()).chain(after.iter().copied()).collect())
}

/// The word with one letter, or every letter that has one, in its Latin double.
pub(super) fn respelled(chunk: &str, random: &mut Rand32) -> Option<String> {
    let core = core(chunk)?;
    let double = |letter: char| DOUBLES.iter().find(|(own, _)| *own == letter).map(|(_, latin)| *latin);
    let able: Vec<usize> = chunk[core]
        .char_indices()
        .filter(|&(_, letter)| double(letter).is_some())
        .map(|(at, _)| at)
        .collect();
    let only = able.get(random.rand_range(0..able.len().max(1) as u32) as usize).copied()?;
    let all = random.rand_range(0..3) == 0;
    let start = chunk.find(is_cyrillic)?;
    Some(
        chunk
            .char_indices()
            .map(
                |(at, letter)| {
                    if all || at == start + only { double(letter).unwrap_or(letter) } else { letter }
                },
            )
            .collect(),
    )
}

/// Cyrillic letters and the Latin ones that look the same.
const DOUBLES: [(char, char); 17] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
];

/// The word in two parts of two letters and more.
pub(super) fn split(chunk: &str, gap: &str, random: &mut Rand32) -> Option<String> {
    let core = core(chunk)?;
    let inner: Vec<usize> =
        chunk[core.clone()].char_indices().map(|(at, _)| core.start + at).skip(2).collect();
    let cuts = inner.len().checked_sub(2)? as u32 + 1;
    let at = inner[random.rand_range(0..cuts) as usize];
    Some(format!("{}{gap}{}", &chunk[..at], &chunk[at..]))
}

/// The words in pieces of one to three letters.
pub(super) fn spaced(chunk: &str, random: &mut Rand32) -> Option<String> {
    let mut spaced = String::new();
    let mut left = random.rand_range(1..4);
    let mut before: Option<char> = None;
    for letter in chunk.chars() {
        if left == 0 && is_cyrillic(letter) && before.is_some_and(is_cyrillic) {
            spaced.push(' ');
            left = random.rand_range(1..4);
        }
        left = left.saturating_sub(1);
        spaced.push(letter);
        before = Some(letter);
    }
    (spaced != chunk && core(chunk.split(' ').next()?).is_some()).then_some(spaced)
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'А'..='я' | 'ё' | 'Ё')
}
