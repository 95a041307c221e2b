//! Digits, damaged ones among them, and what stands between them. Never what they count.

use crate::dictionaries::tokens::{TokenKind, Tokens};

/// Letters that recognition leaves where a digit stood.
const DIGIT_DOUBLES: &[(char, char)] = &[
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
    let length = if tokens.is_glued(at + 1) && tokens.written(at).chars().count() == 1 { 2 } else { 1 };
    (1..=length).rev().find_map(|length| {
        let run: Option<String> = (at..at + length).map(|token| spelled(tokens, token)).collect();
        let run = run.filter(|run| matches!(run.len(), 1 | 2))?;
        Some((run.parse().ok()?, at + length))
    })
}

/// Exactly `count` digits from token `at`, damaged ones among them, as long as half of them are digits indeed.
pub(super) fn digits(tokens: &Tokens, at: usize, count: usize) -> Option<(String, usize)> {
    let mut found = String::new();
    let mut sure = 0;
    let mut end = at;
    while found.len() < count && end < tokens.len() && (end == at || tokens.is_glued(end)) {
        for letter in tokens.written(end).chars() {
            if letter.is_ascii_digit() {
                sure += 1;
                found.push(letter);
            } else {
                let double = DIGIT_DOUBLES.iter().find(|(seen, _)| *seen == letter)?;
                found.push(double.1);
            }
        }
        end += 1;
    }
    let continues =
        tokens.is_glued(end) && tokens.get(end).is_some_and(|next| next.kind == TokenKind::Number);
    (found.len() == count && sure * 2 >= count && !continues).then_some((found, end))
}

pub(super) fn spelled(tokens: &Tokens, at: usize) -> Option<String> {
    as_digits(tokens.written(at))
}

/// `written` as digits, if every character of it is one or looks like one: «1О» is 10.
pub fn as_digits(written: &str) -> Option<String> {
    let double =
        |letter: char| DIGIT_DOUBLES.iter().find(|(seen, _)| *seen == letter).map(|&(_, digit)| digit);
    let digit = |letter: char| if letter.is_ascii_digit() { Some(letter) } else { double(letter) };
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

pub(super) fn short_number(tokens: &Tokens, at: usize) -> Option<u8> {
    let value = tokens.number(at).filter(|_| tokens.written(at).len() <= 2);
    value.and_then(|value| u8::try_from(value).ok())
}
