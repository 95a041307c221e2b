//! Digits, damaged ones among them, and what stands between them. Never what they count.

use crate::dictionaries::tokens::{TokenKind, Tokens};

/// Letters that recognition leaves where a digit stood.
const DIGIT_DOUBLES: &[(char, char)] = &[
    ('!', '1'),
    ('I', '1'),
    ('O', '0'),
    ('l', '1'),
    ('|', '1'),
    ('І', '1'),
    ('О', '0'),
    ('З', '3'),
    ('о', '0'),
    ('б', '6'),
    ('з', '3'),
];

/// One past the suffix of an ordinal («-й», «-го», «-ый», «-ом») that begins at token `at`, or `at` itself.
pub(in crate::dictionaries) fn after_ordinal_suffix(tokens: &Tokens, at: usize) -> usize {
    let word = if tokens.is_dash(at) && tokens.is_glued(at) { at + 1 } else { at };
    let suffix = matches!(
        tokens.folded(word),
        "й" | "го"
            | "ый"
            | "ой"
            | "ом"
            | "м"
            | "е"
            | "ое"
            | "му"
            | "х"
            | "ми"
            | "я"
            | "ю"
            | "ая"
            | "ую"
            | "ей"
    );
    if suffix && tokens.is_glued(word) { word + 1 } else { at }
}

/// One or two digits, damaged ones among them.
pub(super) fn figures(tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    let (first, count) = value(tokens.written(at))?;
    let second = if count == 1 && tokens.is_glued(at + 1) { value(tokens.written(at + 1)) } else { None };
    match second {
        Some((second, 1)) => Some((first * 10 + second, at + 2)),
        _ => Some((first, at + 1)),
    }
}

/// The value of one or two digits, damaged ones among them, and how many they are.
fn value(written: &str) -> Option<(u8, usize)> {
    let mut value = 0;
    let mut count = 0;
    for letter in written.chars() {
        let digit = digit(letter).filter(|_| count < 2)?.to_digit(10)?;
        value = value * 10 + u8::try_from(digit).ok()?;
        count += 1;
    }
    (count > 0).then_some((value, count))
}

/// The digit that `letter` is or looks like.
fn digit(letter: char) -> Option<char> {
    let double = || DIGIT_DOUBLES.iter().find(|(seen, _)| *seen == letter).map(|&(_, digit)| digit);
    if letter.is_ascii_digit() { Some(letter) } else { double() }
}

/// The number that four digits from token `at` make, damaged ones among them, as long as half of them are digits indeed.
pub(super) fn four_digits(tokens: &Tokens, at: usize) -> Option<(i16, usize)> {
    let (mut value, mut count, mut sure) = (0, 0, 0);
    let mut end = at;
    while count < 4 && end < tokens.len() && (end == at || tokens.is_glued(end)) {
        for letter in tokens.written(end).chars() {
            let digit = digit(letter).filter(|_| count < 4)?.to_digit(10)?;
            sure += usize::from(letter.is_ascii_digit());
            value = value * 10 + i16::try_from(digit).ok()?;
            count += 1;
        }
        end += 1;
    }
    let continues =
        tokens.is_glued(end) && tokens.get(end).is_some_and(|next| next.kind == TokenKind::Number);
    (count == 4 && sure * 2 >= count && !continues).then_some((value, end))
}

pub(super) fn spelled(tokens: &Tokens, at: usize) -> Option<String> {
    as_digits(tokens.written(at))
}

/// True if every character of `written` is a digit or looks like one.
pub(in crate::dictionaries) fn are_figures(written: &str) -> bool {
    written.chars().all(|letter| digit(letter).is_some())
}

/// `written` as digits, if every character of it is one or looks like one: «1О» is 10.
pub fn as_digits(written: &str) -> Option<String> {
    written.chars().map(digit).collect::<Option<String>>().filter(|figures| !figures.is_empty())
}

/// One past «,», «и», «/» at token `at`; `None` where no separator stands there. A semicolon parts two terms.
pub(super) fn after_separator(tokens: &Tokens, at: usize) -> Option<usize> {
    let separates = matches!(tokens.folded(at), "," | "и" | "/");
    let both = separates && tokens.folded(at + 1) == "и";
    separates.then_some(if both { at + 2 } else { at + 1 })
}

pub(super) fn after_dot(tokens: &Tokens, at: usize) -> usize {
    if tokens.is_mark(at, '.') && tokens.is_glued(at) { at + 1 } else { at }
}

/// Token `at`, if it is a number of one or two figures.
pub fn short_number(tokens: &Tokens, at: usize) -> Option<u8> {
    let value = tokens.number(at).filter(|_| tokens.written(at).len() <= 2);
    value.and_then(|value| u8::try_from(value).ok())
}
