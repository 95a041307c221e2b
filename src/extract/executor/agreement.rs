//! «(по согласованию)» taken out of a name. Never what was agreed.

use crate::dictionaries::{BlockSense, Phrases, TokenKind, Tokens};
use crate::text::Text;

use super::trim;

/// The text without «(по согласованию)», and those words with their brackets.
pub(super) fn part_agreement(text: &Text, phrases: &Phrases) -> (Text, Option<Text>) {
    let tokens = Tokens::new(text.as_str());
    let agreement = |at: usize| {
        let best = phrases.blocks.longest_at(&tokens, at, &phrases.slots())?;
        (best.rule.gives == BlockSense::Agreement).then_some(best.found.end)
    };
    let found = (0..tokens.len()).rev().find_map(|at| Some((at, agreement(at)?)));
    let Some((mut start, mut end)) = found else { return (text.clone(), None) };
    // Only at the end, or in brackets: «порядок по согласованию с профсоюзом» is none.
    let bracketed = start > 0 && tokens.is_mark(start - 1, '(');
    if bracketed {
        start -= 1;
        while end < tokens.len() && !tokens.is_mark(end, ')') {
            end += 1;
        }
        end = (end + 1).min(tokens.len());
    }
    let rest_is_marks =
        (end..tokens.len()).all(|at| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark));
    if !rest_is_marks && !bracketed {
        return (text.clone(), None);
    }
    let words = text.slice(tokens.bytes(start..end));
    let before = text.slice(0..tokens.bytes(start..end).start);
    let after = text.slice(tokens.bytes(start..end).end..text.len());
    let rest = if after.is_blank() || rest_is_marks {
        before
    } else {
        Text::join([&before.trim(), &after.trim()], true)
    };
    (trim(&rest), Some(words))
}
