/*!
What a cell says inside one month: that of the plan, or that of the section in which it stands.

This module never gives a day to a cell that has a month of its own.

```text
СЕНТЯБРЬ
1 | Линейки, посвященные Дню знаний | 1              the first of September
2 | Школьный этап олимпиады         | 15-26
3 | Месячник безопасности           | в течение месяца
```
*/

use super::calendar;
use crate::dictionaries::{TokenKind, Tokens};
use crate::plan::{Choice, Deadline, Grain, Interval, Offset, Period, Term};
use crate::text::{RuleId, Text};

const DAYS: RuleId = RuleId::new("deadline.section.days");
const WHOLE: RuleId = RuleId::new("deadline.section.month");

/// The cell `text` as days of `month`, or as all of it, if it says no more than that.
pub(super) fn read(text: &Text, tokens: &Tokens, month: Period) -> Option<Deadline> {
    let place = month.month()?;
    let (term, rule) = match days(tokens, place) {
        Some(term) => (term, DAYS),
        None if is_whole(tokens) => {
            let intervals = vec![calendar::parts(crate::dictionaries::Unit::Month, place, place)?];
            (Term::Interval { intervals, choice: Choice::All }, WHOLE)
        }
        None => return None,
    };
    let rule = Some(rule);
    Some(Deadline { text: text.trim(), term, condition: None, time: None, inferred: true, rule })
}

/// «12», «5, 19», «15-26», «3 и 17»: days of the month and nothing else.
fn days(tokens: &Tokens, (year, month): (i16, u8)) -> Option<Term> {
    let mut ends: Vec<(u8, u8)> = Vec::new();
    let mut at = 0;
    loop {
        let from = day(tokens, at)?;
        let range = tokens.is_dash(at + 1).then(|| day(tokens, at + 2)).flatten();
        ends.push((from, range.unwrap_or(from)));
        at += if range.is_some() { 3 } else { 1 };
        match tokens.folded(at) {
            "" => break,
            "," | "и" | ";" => at += 1,
            _ => return None,
        }
    }
    let interval = |&(from, to): &(u8, u8)| {
        let (start, end) = (calendar::date(year, month, from)?, calendar::date(year, month, to)?);
        (start <= end).then_some(Interval { start: Some(start), end: Some(end), grain: Grain::Day })
    };
    let intervals = ends.iter().map(interval).collect::<Option<Vec<Interval>>>()?;
    let spans = ends.iter().any(|(from, to)| from != to);
    let choice = Choice::All;
    Some(if spans { Term::Interval { intervals, choice } } else { Term::Date { intervals, choice } })
}

fn day(tokens: &Tokens, at: usize) -> Option<u8> {
    let number = tokens.get(at).filter(|token| token.kind == TokenKind::Number);
    let day = number.and_then(|_| tokens.number(at)).filter(|day| (1..=31).contains(day))?;
    u8::try_from(day).ok()
}

/// «в течение месяца», «весь месяц».
fn is_whole(tokens: &Tokens) -> bool {
    let words: Vec<&str> = (0..tokens.len()).map(|at| tokens.folded(at)).collect();
    matches!(
        words[..],
        ["в", "течение", "месяца"]
            | ["в", "течение", "всего" | "текущего", "месяца"]
            | ["на", "протяжении", "месяца"]
            | ["весь", "месяц"]
    )
}

/// How many of `terms` wait for a month: they were not understood, or say no more than «в течение месяца».
pub(super) fn open_terms(terms: &[Deadline]) -> usize {
    let open = |term: &&Deadline| {
        let length = term.term == Term::Relative(Some(Offset::Months(1))) && term.condition.is_none();
        term.term == Term::Unresolved || length
    };
    terms.iter().filter(open).count()
}
