//! What is put right in days and years. Never outside a slot that demands them.

use std::ops::Range;

use super::figures::spelled;
use super::months::mended_month;
use super::years::{begins_year, split_year};
use crate::dictionaries::slots::{Mend, SlotReader};
use crate::dictionaries::tokens::{TokenKind, Tokens};

/// The damaged digits of the days and years within `range` as digits, the commas between them as dots, the years that fell
/// apart in one piece, a misread «год» as it is spelled.
pub(in crate::dictionaries) fn mended_date(
    reader: &SlotReader,
    tokens: &Tokens,
    range: Range<usize>,
) -> Vec<Mend> {
    let mut mends = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if is_sound(reader, tokens, at) {
            at += 1;
            continue;
        }
        if let Some((year, end)) = split_year(reader, tokens, at).filter(|(_, end)| *end <= range.end) {
            mends.push(Mend { tokens: at..end, to: year.to_string() });
            at = end;
            continue;
        }
        if tokens.is_mark(at, ',') && is_inside_date(tokens, at) {
            mends.push(Mend { tokens: at..at + 1, to: ".".to_owned() });
            at += 1;
            continue;
        }
        let word = tokens.folded(at);
        let misread = reader.words.year_misread(word).map(str::to_owned);
        if let Some(word) = misread.or_else(|| mended_month(reader, word)) {
            mends.push(Mend { tokens: at..at + 1, to: word });
            at += 1;
            continue;
        }
        let end = (at + 1..range.end).find(|&next| !tokens.is_glued(next) || spelled(tokens, next).is_none());
        let run = at..end.unwrap_or(range.end);
        let figures: Option<String> = run.clone().map(|token| spelled(tokens, token)).collect();
        let written = &tokens.text()[tokens.bytes(run.clone())];
        if let Some(figures) = figures
            && figures != written
            && matches!(figures.len(), 1 | 2 | 4)
        {
            mends.push(Mend { tokens: run.clone(), to: figures });
        }
        at = run.end;
    }
    mends
}

/// True for a token that nothing is put right in: a whole year, a month, «год».
fn is_sound(reader: &SlotReader, tokens: &Tokens, at: usize) -> bool {
    match tokens.get(at).map(|token| token.kind) {
        Some(TokenKind::Number) => {
            !tokens.is_glued(at + 1) && (tokens.written(at).len() == 4 || !begins_year(tokens, at))
        }
        Some(TokenKind::Word) => {
            let senses = reader.senses(tokens, at);
            senses.month.is_some() || senses.is_year
        }
        Some(TokenKind::Mark) => !tokens.is_mark(at, ',') && spelled(tokens, at).is_none(),
        None => false,
    }
}

/// True for a comma of «15,06.2018», «15.06,2018» and «15,06,2018»: two figures, two and four with nothing between them.
pub(super) fn is_inside_date(tokens: &Tokens, at: usize) -> bool {
    let number = |at: usize, length: usize| {
        tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
            && tokens.written(at).len() == length
    };
    // The other mark is a dot, or the same mistake twice.
    let date = |first: usize, other: usize| {
        number(first, 2)
            && number(first + 2, 2)
            && number(first + 4, 4)
            && matches!(tokens.written(other), "." | ",")
            && (first + 1..first + 5).all(|next| tokens.is_glued(next))
    };
    at.checked_sub(1).is_some_and(|first| date(first, at + 2))
        || at.checked_sub(3).is_some_and(|first| date(first, at - 2))
}
