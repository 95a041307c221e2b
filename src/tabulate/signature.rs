//! Where a signature begins under a table, and where one ends. Never who signed.

use super::shapes::{Shapes, person_at};
use crate::dictionaries::Tokens;
use crate::plan::ExecutorKind;

/// A signature, its position over several lines, takes at most so many lines.
const LONGEST_SIGNATURE: usize = 6;

/// True if a signature begins with `first`: a position in capitals, and a name with its initials first at the end of one of
/// `lines`, of which the first is that of `first`; no term stands between them.
pub(super) fn begins<'l>(first: &str, lines: impl Iterator<Item = &'l str>, shapes: &Shapes) -> bool {
    let first = first.trim();
    let tokens = Tokens::new(first);
    let position = first.starts_with(char::is_uppercase)
        && shapes.name_at(&tokens, 0) == Some(ExecutorKind::Person)
        && person_at(&tokens, 0).is_none()
        && !ends_with_surname_first(&tokens);
    let mut lines = lines.take(LONGEST_SIGNATURE).take_while(|line| !shapes.is_term(line));
    position && lines.any(ends_with_signature)
}

/// «Заместитель руководителя Хакимов Р.Т.»: as names stand in cells, and under no table.
fn ends_with_surname_first(tokens: &Tokens) -> bool {
    let surname = |at: usize| tokens.written(at).chars().count() > 1;
    (tokens.len().saturating_sub(8)..tokens.len())
        .find(|&at| person_at(tokens, at) == Some(tokens.len()))
        .is_some_and(surname)
}

/// True if `line` ends with a name whose initials stand first: «И.А. Щербакова».
pub fn ends_with_signature(line: &str) -> bool {
    let tokens = Tokens::new(line);
    let initial = |at: usize| {
        tokens.written(at).chars().count() == 1 && tokens.written(at).chars().all(char::is_uppercase)
    };
    (tokens.len().saturating_sub(8)..tokens.len())
        .any(|at| initial(at) && person_at(&tokens, at) == Some(tokens.len()))
}
