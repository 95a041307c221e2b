//! Letters of the wrong alphabet inside a word. Never in addresses, roman numerals or codes.

use crate::dictionaries::{Lexicon, Spelling};
use crate::text::{Edit, RuleId, Text};

const LATIN: RuleId = RuleId::new("homoglyph.latin");
const CYRILLIC: RuleId = RuleId::new("homoglyph.cyrillic");

/// Latin letters and the Cyrillic ones that look the same.
const DOUBLES: &[(char, char)] = &[
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('u', 'и'),
    ('x', 'х'),
    ('y', 'у'),
];

/// A word of Latin letters only is taken for a Cyrillic one when it is at least this long …
const LEAST_LATIN_WORD: usize = 4;

/// … and the genre uses it all the time, 31 times and more in its corpus: «HOME» and «Type» are no «номе» and «туре».
const USUAL: u8 = 5;

/// Puts the letters of every word into the word's own alphabet.
pub(super) fn mend(text: Text, spelling: &Spelling) -> Text {
    let lexicon = &spelling.lexicon;
    let string = text.as_str();
    if !string.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return text;
    }
    let cyrillic_around = string.chars().any(is_cyrillic);
    let mut edits: Vec<Edit> = Vec::new();
    for chunk in string.split_whitespace() {
        let offset = chunk.as_ptr() as usize - string.as_ptr() as usize;
        if let Some(letters) = initials(chunk, &string[..offset], &string[offset + chunk.len()..]) {
            edits.push(Edit::new(offset..offset + chunk.len(), letters, LATIN, 97));
            continue;
        }
        if is_address(chunk) {
            continue;
        }
        if let Some(letter) = preposition(chunk, &string[..offset], &string[offset + chunk.len()..]) {
            edits.push(Edit::new(offset..offset + chunk.len(), letter, LATIN, 90));
            continue;
        }
        for word in words(chunk) {
            let Some((letters, rule)) = respelled(&chunk[word.clone()], cyrillic_around, lexicon) else {
                continue;
            };
            edits.push(Edit::new(offset + word.start..offset + word.end, letters, rule, 97));
        }
    }
    spelling.switches.edited(text, edits)
}

/// Two initials in Cyrillic letters, where some of them are Latin and a Cyrillic surname stands before or behind them.
fn initials(chunk: &str, before: &str, after: &str) -> Option<String> {
    let bare = chunk.trim_end_matches([',', ';', ')']);
    let mut letters = bare.chars();
    let mut initial = || Some((letters.next()?, letters.next().filter(|&dot| dot == '.')?));
    let (first, second) = (initial()?.0, initial()?.0);
    if letters.next().is_some() || !(first.is_ascii_uppercase() || second.is_ascii_uppercase()) {
        return None;
    }
    let surname = |word: &str| {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(|letter| matches!(letter, 'А'..='Я' | 'Ё'));
        capital && letters.take_while(|letter| matches!(letter, 'а'..='я' | 'ё')).count() >= LEAST_NEXT
    };
    let near = [before.split_whitespace().next_back(), after.split_whitespace().next()];
    let named = near.into_iter().flatten().any(surname);
    let capital =
        |letter: char| to_cyrillic(letter).filter(|letter| is_cyrillic(*letter) && letter.is_uppercase());
    let rest = &chunk[bare.len()..];
    named.then(|| Some(format!("{}.{}.{rest}", capital(first)?, capital(second)?)))?
}

/// The Cyrillic letter, where a Latin one stands alone as a preposition or conjunction does: before a word that goes on in
/// small letters. A capital only where the cell begins: «гепатит C», «класс B», «точка a (рис. 2)» are no prepositions.
fn preposition<'a>(chunk: &str, before: &str, after: &str) -> Option<&'a str> {
    let (letter, capital) = match chunk {
        "a" => ("а", false),
        "c" => ("с", false),
        "o" => ("о", false),
        "y" => ("у", false),
        "B" => ("В", true),
        "C" => ("С", true),
        "K" => ("К", true),
        "O" => ("О", true),
        "ha" => ("на", false),
        "he" => ("не", false),
        "Ha" => ("На", true),
        "He" => ("Не", true),
        _ => return None,
    };
    let next = after.split_whitespace().next()?;
    let small = |word: &str| {
        word.chars().take(LEAST_NEXT).filter(|&letter| matches!(letter, 'а'..='я' | 'ё')).count()
            == LEAST_NEXT
    };
    // «c 1 января»: a term's day.
    let day = letter == "с"
        && next.starts_with(|digit: char| digit.is_ascii_digit())
        && after.chars().any(is_cyrillic);
    let begins = !before.chars().any(char::is_alphanumeric);
    // «5 ha земли»: hectares.
    let measured = letter == "на" && before.trim_end().ends_with(|digit: char| digit.is_ascii_digit());
    ((small(next) || day) && (!capital || begins) && !measured).then_some(letter)
}

/// So many small letters make the word behind a preposition.
const LEAST_NEXT: usize = 3;

/// The word in one alphabet, if it mixes two or is written in the wrong one.
fn respelled(word: &str, cyrillic_around: bool, lexicon: &Lexicon) -> Option<(String, RuleId)> {
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let cyrillic = word.chars().filter(|&letter| is_cyrillic(letter)).count();
    if latin == 0 {
        return None;
    }
    if cyrillic == 0 {
        let respelled = spell(word, to_cyrillic)?;
        let usual = lexicon.get(&respelled).is_some_and(|known| known.frequency >= USUAL);
        let known = latin >= LEAST_LATIN_WORD && cyrillic_around && usual;
        return known.then_some((respelled, LATIN));
    }
    let respelled = spell(word, to_cyrillic);
    match respelled {
        Some(respelled) if cyrillic >= latin || lexicon.knows(&respelled) => Some((respelled, LATIN)),
        _ if latin > cyrillic => spell(word, to_latin).map(|respelled| (respelled, CYRILLIC)),
        _ => None,
    }
}

fn spell(word: &str, letter: impl Fn(char) -> Option<char>) -> Option<String> {
    word.chars().map(letter).collect()
}

fn to_cyrillic(letter: char) -> Option<char> {
    if !letter.is_ascii_alphabetic() {
        return Some(letter);
    }
    DOUBLES.iter().find(|(latin, _)| *latin == letter).map(|&(_, cyrillic)| cyrillic)
}

fn to_latin(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    DOUBLES.iter().find(|(_, cyrillic)| *cyrillic == letter).map(|&(latin, _)| latin)
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'А'..='я' | 'ё' | 'Ё')
}

/// An address on the web or of a mailbox; a path; a code with digits inside.
fn is_address(chunk: &str) -> bool {
    chunk.contains("://")
        || chunk.contains('@')
        || chunk.contains("www.")
        || chunk.contains('\\')
        || is_host(chunk)
}

/// «bus.gov.ru»: Latin labels and dots.
fn is_host(chunk: &str) -> bool {
    let labels: Vec<&str> =
        chunk.trim_matches(|sign: char| !sign.is_ascii_alphanumeric()).split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
        })
}

/// Runs of letters of both alphabets.
fn words(chunk: &str) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, letter) in chunk.char_indices().filter(|(_, letter)| letter.is_alphabetic()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}
