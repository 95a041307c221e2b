//! The beginning and the end of one term in two columns. Never two terms that are apart.

use crate::dictionaries::Tokens;
use crate::plan::{Choice, Deadline, Grain, Interval, Term};
use crate::text::{RuleId, Text};

const ENDS: RuleId = RuleId::new("deadline.span.columns");

/// Which end of a term the column headed `header` is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// «Начало», «Срок начала реализации».
    First,
    /// «Окончание», «Дата завершения».
    Last,
}

impl End {
    /// The end that `header` names; `None` where it names none or both («начало – окончание»).
    pub(super) fn of(header: &Text) -> Option<Self> {
        let tokens = Tokens::new(header.as_str());
        let has = |stems: &[&str]| {
            (0..tokens.len()).any(|at| stems.iter().any(|stem| tokens.folded(at).starts_with(stem)))
        };
        match (has(&["начал"]), has(&["окончан", "завершен", "конец", "конца"]))
        {
            (true, false) => Some(Self::First),
            (false, true) => Some(Self::Last),
            _ => None,
        }
    }
}

/// The term from `first` to `last`, where each is a sole term that names days.
pub(in crate::extract) fn join(first: &[Deadline], last: &[Deadline]) -> Option<Deadline> {
    let ([first], [last]) = (first, last) else { return None };
    let (start, end) = (sole(first)?, sole(last)?);
    let (from, to) = (start.start.or(start.end)?, end.end?);
    let grain = match (start.grain, end.grain) {
        (Grain::Year, Grain::Year) => Grain::Year,
        (Grain::Day, _) | (_, Grain::Day) => Grain::Day,
        _ => Grain::Month,
    };
    let interval = Interval { start: Some(from), end: Some(to), grain };
    let one_by_one = first.condition.is_none() && last.condition.is_none() && first.time.is_none();
    (from <= to && one_by_one).then(|| Deadline {
        text: Text::join([&first.text, &last.text], true),
        term: Term::Interval { intervals: vec![interval], choice: Choice::All },
        condition: None,
        time: None,
        inferred: first.inferred || last.inferred,
        rule: Some(ENDS),
    })
}

/// The only interval of a term that is a day or a part of a calendar.
fn sole(deadline: &Deadline) -> Option<Interval> {
    let dated = matches!(
        deadline.term,
        Term::Date { choice: Choice::All, .. } | Term::Interval { choice: Choice::All, .. }
    );
    match deadline.term.intervals() {
        [only] if dated => Some(*only),
        _ => None,
    }
}
