//! Letters of the wrong alphabet inside a word. Never in addresses, roman numerals or codes.

use crate::dictionaries::{Lexicon, Spelling, fold};
use crate::text::{Edit, RuleId, Text};

const LATIN: RuleId = RuleId::new("homoglyph.latin");
const CYRILLIC: RuleId = RuleId::new("homoglyph.cyrillic");
const DIGIT: RuleId = RuleId::new("homoglyph.digit");

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
    let beside_letter =
        |pair: &[u8]| pair[0].is_ascii_digit() != pair[1].is_ascii_digit() && !pair.is_ascii();
    let digits = || string.as_bytes().windows(2).any(beside_letter);
    if !string.bytes().any(|byte| byte.is_ascii_alphabetic()) && !digits() {
        return text;
    }
    let cyrillic_around = string.chars().any(is_cyrillic);
    let mut edits: Vec<Edit> = Vec::new();
    for chunk in string.split_whitespace() {
        let offset = chunk.as_ptr() as usize - string.as_ptr() as usize;
        if let Some((length, letters)) = initials(chunk, &string[..offset], &string[offset + chunk.len()..]) {
            edits.push(Edit::new(offset..offset + length, letters, LATIN, 95));
            continue;
        }
        if is_address(chunk) {
            continue;
        }
        let known = edits.len();
        for word in runs(chunk, char::is_alphanumeric) {
            if let Some(letters) = without_digits(&chunk[word.clone()], offset + word.start == 0, lexicon) {
                edits.push(Edit::new(offset + word.start..offset + word.end, letters, DIGIT, 90));
            }
        }
        if edits.len() > known {
            continue;
        }
        if let Some(letter) = preposition(chunk, &string[..offset], &string[offset + chunk.len()..]) {
            edits.push(Edit::new(offset..offset + chunk.len(), letter, LATIN, 90));
            continue;
        }
        for word in runs(chunk, char::is_alphabetic) {
            let Some((letters, rule)) = respelled(&chunk[word.clone()], cyrillic_around, lexicon) else {
                continue;
            };
            edits.push(Edit::new(offset + word.start..offset + word.end, letters, rule, 97));
        }
    }
    spelling.switches.edited(text, edits)
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

/// Digits and the Cyrillic letters that look like them.
const DIGITS: &[(char, char)] = &[('0', 'о'), ('3', 'з'), ('4', 'ч'), ('6', 'б')];

/// A word has at least so many letters of its own, and so many for each of its digits.
const LEAST_LETTERS: usize = 4;
const LETTERS_A_DIGIT: usize = 3;

/// The word with letters for its digits, if that makes a known one: «0бласти», «о6учающего». «3квартал» is two words, «4его»
/// too short to tell.
fn without_digits(word: &str, begins: bool, lexicon: &Lexicon) -> Option<String> {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(|&letter| is_cyrillic(letter)).count();
    if digits == 0 || letters < LEAST_LETTERS.max(digits * LETTERS_A_DIGIT) {
        return None;
    }
    let capitals = word.chars().all(|letter| !letter.is_lowercase());
    let meant = |(nth, letter): (usize, char)| {
        let meant = if letter.is_ascii_digit() {
            DIGITS.iter().find(|(digit, _)| *digit == letter).map(|&(_, letter)| letter)?
        } else {
            return to_cyrillic(letter);
        };
        let capital = capitals || (begins && nth == 0);
        if capital { meant.to_uppercase().next() } else { Some(meant) }
    };
    let respelled: String = word.chars().enumerate().map(meant).collect::<Option<String>>()?;
    lexicon.knows(&fold(&respelled)).then_some(respelled)
}

/// The bytes of two initials, one Latin at least, and both in Cyrillic letters, beside a surname in Cyrillic letters:
/// «Гусева A.C.», «A.С. Гусева», «B.M.Орлов».
fn initials(chunk: &str, before: &str, after: &str) -> Option<(usize, String)> {
    let mut signs = chunk.char_indices();
    let mut initial = || Some((signs.next()?.1, signs.next().filter(|&(_, dot)| dot == '.')?.0));
    let ((first, _), (second, dot)) = (initial()?, initial()?);
    if !(first.is_ascii_uppercase() || second.is_ascii_uppercase()) {
        return None;
    }
    let rest = &chunk[dot + 1..];
    let beside = before.split_whitespace().next_back().is_some_and(is_surname)
        || rest.is_empty() && after.split_whitespace().next().is_some_and(is_surname)
        || is_surname(rest);
    let letter =
        |letter: char| to_cyrillic(letter).filter(|letter| is_cyrillic(*letter) && letter.is_uppercase());
    let (first, second) = letter(first).zip(letter(second))?;
    beside.then(|| (dot + 1, format!("{first}.{second}.")))
}

/// A Cyrillic capital and small letters, a mark behind them or not.
fn is_surname(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', '.']);
    // Its own letters may be of both alphabets: «Coлoвьёв A.B.».
    let Some(cyrillic) = spell(word, to_cyrillic).filter(|_| word.chars().any(is_cyrillic)) else {
        return false;
    };
    let is_part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(|first| is_cyrillic(first) && first.is_uppercase())
            && letters.all(|letter| is_cyrillic(letter) && letter.is_lowercase())
    };
    cyrillic.chars().count() > LEAST_NEXT && cyrillic.split('-').all(is_part)
}

/// Runs of characters that are `inside` a word.
fn runs(chunk: &str, inside: impl Fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut words: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, letter) in chunk.char_indices().filter(|&(_, letter)| inside(letter)) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}
