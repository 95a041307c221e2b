//! Names put in order: quotes, spaces, a capital. Never another word.

use crate::dictionaries::Tokens;

/// A name with « », single spaces, a space behind №, and a capital.
pub(super) fn name(written: &str) -> String {
    let spaced: Vec<&str> = written.split_whitespace().collect();
    let quoted = quotes(&spaced.join(" "));
    let mut tidy = String::with_capacity(quoted.len());
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        // «№1» is spelled «№ 1», « Центр» without its inner space.
        if letter == ' ' && (tidy.ends_with('«') || letters.peek() == Some(&'»')) {
            continue;
        }
        tidy.push(letter);
        if letter == '№' && letters.peek().is_some_and(char::is_ascii_digit) {
            tidy.push(' ');
        }
    }
    capital(&tidy)
}

/// Straight and curly quotes as « »: one that begins a word opens, any other closes.
fn quotes(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        let before = result.chars().last();
        result.push(match letter {
            '"' | '“' | '”' | '„' | '‟'
                if before.is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '«')) =>
            {
                '«'
            }
            '"' | '“' | '”' | '„' | '‟' => '»',
            other => other,
        });
    }
    result
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// «Т.В. Романова» as «Т. В. Романова», «Романова Т.В.» as «Романова Т. В.»; a surname in capitals in small letters.
pub(super) fn person(written: &str) -> String {
    let tokens = Tokens::new(written);
    let mut parts: Vec<String> = Vec::new();
    for at in 0..tokens.len() {
        let part = tokens.written(at);
        let double = at > 0 && tokens.is_dash(at - 1) && tokens.is_glued(at);
        match part {
            "." => {
                if let Some(last) = parts.last_mut() {
                    last.push('.');
                }
            }
            "," => {}
            _ if tokens.is_dash(at) || double => {
                if let Some(last) = parts.last_mut() {
                    last.push_str(&cased(part));
                }
            }
            _ => parts.push(cased(part)),
        }
    }
    for part in
        parts.iter_mut().filter(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
    {
        part.push('.');
    }
    parts.join(" ")
}

fn cased(part: &str) -> String {
    let all_capitals = part.chars().count() > 1 && part.chars().all(char::is_uppercase);
    if all_capitals { capital(&part.to_lowercase()) } else { part.to_owned() }
}

/// A position: single-spaced, a capital, no comma at the end.
pub(super) fn position(written: &str) -> String {
    let spaced: Vec<&str> = written.split_whitespace().collect();
    capital(spaced.join(" ").trim_end_matches([',', ';', ' ']))
}

/// Lower case for a name that is printed in capitals throughout.
pub(super) fn uncapitalised(written: &str) -> String {
    if written.chars().any(char::is_lowercase) { written.to_owned() } else { written.to_lowercase() }
}
