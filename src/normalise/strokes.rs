//! Strokes and brackets that recognition took for others. Never a stroke at the beginning of a cell: that is a ruling line.

use crate::dictionaries::{Spelling, fold, is_among};
use crate::text::{Edit, RuleId, Text};

const FIRST: RuleId = RuleId::new("number.numeral");
const BRACKET: RuleId = RuleId::new("spelling.bracket");

/// What a day stands behind.
const BEFORE_DAY: &str = "до с со по к ко на от и - – —";

/// Both.
pub(super) fn mend(text: Text, spelling: &Spelling) -> Text {
    let string = text.as_str();
    if !string.contains(['|', '{', '}']) {
        return text;
    }
    let mut edits = brackets(string);
    edits.extend(first_days(string, spelling));
    edits.sort_by_key(|edit| edit.range.start);
    spelling.switches.edited(text, edits)
}

/// «до | июня»: the first of June, one space on both sides of the stroke.
fn first_days(string: &str, spelling: &Spelling) -> Vec<Edit> {
    let day = |&at: &usize| {
        let before = string[..at].strip_suffix(' ').and_then(|before| before.split(' ').next_back());
        let behind = string[at + 1..].strip_prefix(' ').and_then(|behind| behind.split_whitespace().next());
        let named = before.is_some_and(|word| !word.is_empty() && is_among(&fold(word), BEFORE_DAY));
        named && behind.is_some_and(|word| is_month_of_day(word, spelling))
    };
    let strokes = string.match_indices('|').map(|(at, _)| at).filter(day);
    strokes.map(|at| Edit::new(at..at + 1, "1", FIRST, 60)).collect()
}

/// A month as it stands behind a day: «июня», «августа».
fn is_month_of_day(word: &str, spelling: &Spelling) -> bool {
    let word = fold(word.trim_end_matches([',', ';', '.']));
    word.ends_with(['а', 'я']) && spelling.words.month(&word).is_some()
}

/// «{по согласованию)»: a curly bracket at a word, whose fellow is a round one or stands on another line.
fn brackets(string: &str) -> Vec<Edit> {
    let letter =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphabetic() || matches!(sign, '»' | '«' | '.'));
    let mut edits = Vec::new();
    for (at, sign) in string.match_indices(['{', '}']) {
        let (before, behind) = (&string[..at], &string[at + 1..]);
        let (own, fellow, meant) = if sign == "{" {
            (letter(behind.chars().next()), behind.chars().find(|&sign| matches!(sign, ')' | '}')), "(")
        } else {
            (letter(before.chars().next_back()), before.chars().rfind(|&sign| matches!(sign, '(' | '{')), ")")
        };
        if own && !matches!(fellow, Some('{' | '}')) {
            edits.push(Edit::new(at..at + 1, meant, BRACKET, 85));
        }
    }
    edits
}
