/*!
Clock times in a column of their own, beside the column of the days.

This module never reads a day: under «Время», beside «Дата», «10.10» is ten minutes past ten and not the tenth of October.
*/

use crate::dictionaries::{Tokens, short_number};
use crate::plan::{ClockTime, Deadline, Term};
use crate::text::Text;

/// The most words of such a column's heading: «Время начала мероприятия».
const LONGEST_HEADING: usize = 3;

/// True if the column headed `header` is for clock times, where another is for days: «Время», «Время проведения».
pub(super) fn are_under(header: &Text) -> bool {
    let tokens = Tokens::new(header.as_str());
    matches!(tokens.folded(0), "время" | "часы") && tokens.len() <= LONGEST_HEADING
}

/// The clock time that `text` is, and nothing else: «10.00», «с 9:00 до 18:00», «14-30 ч.», «в 15 часов».
///
/// «10-12» is none: it may as well be a span of hours.
pub(in crate::extract) fn read(text: &Text) -> Option<ClockTime> {
    let tokens = Tokens::new(text.as_str());
    let first = usize::from(matches!(tokens.folded(0), "в" | "с" | "к" | "начало"));
    let (start, end) = time(&tokens, first)?;
    if end == tokens.len() {
        return Some(ClockTime { start, end: None });
    }
    let joins = tokens.is_dash(end) || matches!(tokens.folded(end), "до" | "по");
    let (until, end) = time(&tokens, end + 1).filter(|_| joins)?;
    (end == tokens.len() && start < until).then_some(ClockTime { start, end: Some(until) })
}

/// The time that begins with token `at`, and one past its last token.
fn time(tokens: &Tokens, at: usize) -> Option<((u8, u8), usize)> {
    let hour = short_number(tokens, at).filter(|hour| *hour < 24)?;
    let mark = tokens.written(at + 1);
    let minute =
        short_number(tokens, at + 2).filter(|minute| *minute < 60 && tokens.written(at + 2).len() == 2);
    let behind = |end: usize| {
        let hours = matches!(tokens.folded(end), "ч" | "час" | "часа" | "часов");
        let dot = hours && tokens.folded(end) == "ч" && tokens.is_mark(end + 1, '.');
        end + usize::from(hours) + usize::from(dot)
    };
    match minute.filter(|_| matches!(mark, ":" | "." | "-")) {
        Some(minute) if mark != "-" || minute == 0 || minute >= 24 => Some(((hour, minute), behind(at + 3))),
        Some(_) => None,
        None => (behind(at + 1) > at + 1).then(|| ((hour, 0), behind(at + 1))),
    }
}

/// The only one of `terms` at `time`, which stands in another cell as `text`; `None` where it is not certain whose time it is.
pub(in crate::extract) fn put(terms: &[Deadline], time: ClockTime, text: &Text) -> Option<Deadline> {
    let [only] = terms else { return None };
    let dated = matches!(only.term, Term::Date { .. } | Term::Interval { .. } | Term::Recurring { .. });
    (dated && only.time.is_none()).then(|| {
        let text = Text::join([&only.text, &text.trim()], true);
        Deadline { text, time: Some(time), ..only.clone() }
    })
}
