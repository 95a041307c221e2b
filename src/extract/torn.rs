/*!
Cells that begin or end in the middle of what they say, or hold words of another cell.

This module never mends one: where lines of several columns ran together, or a line was lost, nobody can say which words
are whose. It tells what a person should look at.
*/

use crate::dictionaries::{Phrases, TokenKind, Tokens};
use crate::plan::{Deadline, ExecutorKind, Term};
use crate::tabulate::{Shapes, is_open};

use super::Mention;

/// Endings of adjectives that are hardly ever nouns: «… граждан предпенсионного», «Областной праздник, посвященный».
const WAITING: [&str; 5] = ["ого", "его", "ому", "ный", "ную"];

/// A shorter word with such an ending may be anything: «дому», «его».
const LEAST_WAITING: usize = 7;

/// Endings of adjectives in the nominative: such a word alone waits for its noun.
const ADJECTIVE: [&str; 7] = ["ый", "ий", "ая", "ое", "ее", "ые", "ие"];

/// A shorter word in a term says nothing: «г.», «до».
const LEAST_FOREIGN: usize = 3;

/// True if a measure's text begins or ends in the middle of a sentence; `small` where the table's measures begin with small
/// letters anyway.
pub(super) fn is_torn_text(text: &str, small: bool) -> bool {
    let text = text.trim().trim_end_matches([';', '.']);
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    let waits = last.chars().count() >= LEAST_WAITING && WAITING.iter().any(|ending| last.ends_with(ending));
    let begins = !small && text.starts_with(char::is_lowercase);
    begins || waits || (is_open(text) && !text.ends_with(':'))
}

/// True if behind a term that was understood stand words that are no part of it: «15.04.2019 области». What stands before one
/// says what it is the term of, as a dash behind it does: «2021 год – инвентаризация».
pub(super) fn is_torn_term(deadline: &Deadline, phrases: &Phrases) -> bool {
    let understood =
        matches!(deadline.term, Term::Date { .. } | Term::Interval { .. } | Term::Recurring { .. });
    if !understood || deadline.condition.is_some() {
        return false;
    }
    let tokens = Tokens::new(deadline.text.as_str());
    let shapes = Shapes::new(phrases);
    let mut at = 0;
    let mut behind = false;
    while at < tokens.len() {
        match shapes.term_at(&tokens, at) {
            Some(end) => (at, behind) = (end, true),
            None if behind && tokens.is_dash(at) => return false,
            None if behind && is_word(&tokens, at) => return true,
            None => at += 1,
        }
    }
    is_open(deadline.text.as_str())
}

fn is_word(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
        && tokens.written(at).chars().count() >= LEAST_FOREIGN
}

/// True if an executor's name has nothing that names a body: «Оренбургской области», «31.05.2019», «‘».
pub(super) fn is_torn_name(mention: &Mention, phrases: &Phrases) -> bool {
    let text = mention.text.as_str();
    if mention.kind == ExecutorKind::Person || text.contains(['«', '"']) {
        return false;
    }
    let tokens = Tokens::new(text);
    let only_word =
        tokens.len() == 1 && is_word(&tokens, 0) && !ADJECTIVE.iter().any(|end| text.ends_with(end));
    if only_word || Shapes::new(phrases).may_name_at(&tokens, 0).is_some() {
        return false;
    }
    let names = |at: usize| {
        let written = tokens.written(at);
        let capitals = written.chars().filter(|letter| letter.is_uppercase()).count();
        capitals >= 2 || !phrases.heads.forms(tokens.folded(at)).is_empty()
    };
    !(0..tokens.len()).any(names)
}
