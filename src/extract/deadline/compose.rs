/*!
Neighbouring phrases that are one term.

This module never reads a phrase. The dictionary's patterns say what a recurrence is and what a limit is; that every
recurrence may stand before or behind every limit, with or without a comma, is what five constructs cannot say, and is
said here.

| beside | what it does |
|---|---|
| a recurrence and a place in the year | «ежегодно, до 1 марта», «ежемесячно до 10 числа» |
| the same and another place in the year | «2 раза в год (до 1 июня и до 1 декабря)» |
| a recurrence and a dated interval | «ежеквартально в 2018 году»: its bounds |
| a recurrence and an event | «ежедневно в период проведения»: its condition |
| «постоянно» and a dated interval, a document | «постоянно, с 1 января», «постоянно (по отдельным планам)» |
| a recurrence and one as frequent with its day | «ежемесячно, последний четверг месяца» |
| an event and the days in brackets behind it | «на период половодья (март – май 2021 года)» |
| a limit without a year and one with its year | «до 10 апреля и до 10 октября 2021 года» |
| a day and a clock time | «05.05.06 14.00 - 15.00» |
*/

use jiff::civil::Date;

use super::Found;
use super::asides::Asides;
use crate::dictionaries::{DeadlineSense, Tokens, is_letter};
use crate::plan::{Choice, Frequency, Interval, Term};

/// Puts together what is one term.
pub(super) fn together(mut found: Vec<Found>, tokens: &Tokens, asides: &Asides) -> Vec<Found> {
    drop_reports(&mut found, tokens);
    let mut terms: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        let beside = terms.last().filter(|last| adjacent(last, &next, tokens, asides));
        let joined = beside
            .and_then(|last| join(last, &next, tokens))
            .or_else(|| terms.last().and_then(|last| dated_event(last, &next)))
            .or_else(|| terms.last().and_then(|last| dated_in_brackets(last, &next, tokens)))
            .or_else(|| terms.last().and_then(|last| by_long_document(last, &next, tokens)))
            .or_else(|| terms.last().and_then(|last| year_of_document(last, &next, tokens)))
            .or_else(|| terms.last().and_then(|last| of_one_year(last, &next, tokens)))
            .or_else(|| terms.last().and_then(|last| dashed(last, &next, tokens)));
        match (joined, terms.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            _ => terms.push(next),
        }
    }
    terms
}

/// «(за 2018 год)», «за I полугодие – до 15 июля»: what a report is about is no term.
fn drop_reports(found: &mut Vec<Found>, tokens: &Tokens) {
    let about = |at: usize, found: &[Found]| {
        let this = &found[at];
        let first = tokens.folded(this.range.start) == "за"
            || (this.range.start > 0 && tokens.folded(this.range.start - 1) == "за");
        let followed = found
            .get(at + 1)
            .is_some_and(|next| (this.range.end..next.range.start).all(|gap| tokens.is_dash(gap)));
        first && matches!(this.phrase.term, Term::Interval { .. }) && (this.bracketed || followed)
    };
    let dropped: Vec<bool> = (0..found.len()).map(|at| about(at, found)).collect();
    if dropped.iter().all(|&dropped| dropped) {
        return;
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !dropped[at - 1]
    });
}

/// Two phrases that a dash or a stroke joins and that make no sense together are not understood: «2020-2018 гг.»,
/// «2022/2024».
fn dashed(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let gap = last.range.end..next.range.start;
    let stroke =
        tokens.written(gap.start) == "/" && tokens.is_glued(gap.start) && tokens.is_glued(next.range.start);
    let dash = gap.len() == 1 && (tokens.is_dash(gap.start) || stroke);
    let named = |found: &Found| matches!(found.phrase.term, Term::Interval { .. } | Term::Unresolved);
    (dash && named(last) && named(next)).then(|| Found {
        range: last.range.start..next.range.end,
        phrase: super::Phrase::unreadable(),
        ..last.clone()
    })
}

/// «до 10 апреля и до 10 октября 2021 года»: two limits that «и» joins, the year of both behind the second.
fn of_one_year(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let limit = |found: &Found| match &found.phrase.term {
        Term::Date { intervals, choice: Choice::All } if intervals.iter().all(|one| one.start.is_none()) => {
            Some(intervals.clone())
        }
        _ => None,
    };
    let has_year = |found: &Found| {
        found.range.clone().any(|at| tokens.number(at).is_some_and(|number| number >= LEAST_YEAR))
    };
    let gap = last.range.end..next.range.start;
    let joined = gap.len() == 1 && tokens.folded(gap.start) == "и";
    let whole = [last, next].iter().all(|found| found.condition.is_none() && !found.bracketed);
    let mut intervals = limit(last).filter(|_| joined && whole && !has_year(last) && has_year(next))?;
    intervals.extend(limit(next)?);
    let mut made = within(last, next, next.clone());
    made.phrase.term = Term::Date { intervals, choice: Choice::All };
    Some(made)
}

/// A smaller number is no year.
const LEAST_YEAR: u32 = 1900;

/// The most tokens between two phrases that are one term.
const WIDEST_GAP: usize = 3;

/// True if nothing but a comma, a bracket or a connecting word stands between the two.
fn adjacent(last: &Found, next: &Found, tokens: &Tokens, asides: &Asides) -> bool {
    let joins = |at: usize| {
        matches!(
            tokens.folded(at),
            "," | ":" | "(" | ")" | "-" | "–" | "в" | "на" | "и" | "но" | "то" | "есть"
        )
    };
    let gap = last.range.end..next.range.start;
    // «2019-13-28» is no year and an hour.
    if gap.len() == 1 && tokens.is_glued(gap.start) && tokens.is_glued(gap.end) && tokens.is_dash(gap.start) {
        return false;
    }
    let mut gap = gap.filter(|&at| !asides.has(at));
    gap.clone().take(WIDEST_GAP + 1).count() <= WIDEST_GAP && gap.all(joins)
}

fn join(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let made = by_hour(last, next, tokens)
        .or_else(|| one_way(last, next))
        .or_else(|| one_way(next, last))
        .or_else(|| by_document(last, next))
        .or_else(|| narrowed(last, next, tokens))?;
    Some(within(last, next, made))
}

/// «до 18-00 25.12.2018»: the «до» of the hour is that of the day.
fn by_hour(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let time = last.phrase.time.filter(|_| matches!(tokens.folded(last.range.start), "до" | "к"))?;
    let Term::Date { intervals, choice } = &next.phrase.term else { return None };
    let intervals = intervals.iter().map(|day| Interval { start: None, ..*day }).collect();
    let mut joined = next.clone();
    joined.phrase.term = Term::Date { intervals, choice: *choice };
    joined.phrase.time = Some(time);
    Some(joined)
}

/// «По решению комиссии, к 1 декабря», «в 2019 году по графику»: a date and the document that it depends on.
fn by_document(last: &Found, next: &Found) -> Option<Found> {
    let dated = |found: &Found| matches!(found.phrase.term, Term::Date { .. } | Term::Interval { .. });
    let document = |found: &Found| found.sense == DeadlineSense::OnDemandBy;
    if document(last) && dated(next) {
        return Some(Found { condition: Some(last.range.start), leads: true, ..next.clone() });
    }
    (dated(last) && document(next)).then(|| Found { condition: Some(next.range.start), ..last.clone() })
}

/// The name of a document before a date has no more tokens.
const LONGEST_DOCUMENT: usize = 8;

/// «По решению комиссии, к 1 декабря»: the document's name goes on to the comma, and the date is one to be kept.
fn by_long_document(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let gap = last.range.end..next.range.start;
    if last.sense != DeadlineSense::OnDemandBy {
        return None;
    }
    let by = next.phrase.term.intervals().iter().all(|interval| interval.start.is_none());
    let plain = |at: usize| tokens.folded(at).chars().all(is_letter);
    let named = (2..=LONGEST_DOCUMENT).contains(&gap.len())
        && tokens.is_mark(gap.end - 1, ',')
        && (gap.start..gap.end - 1).all(plain);
    if named && by { by_document(last, next).map(|made| within(last, next, made)) } else { None }
}

/// «После 2018 года», «перед 1 сентября», «до начала 2019 года»: the date is the event, and no term of its own.
fn dated_event(last: &Found, next: &Found) -> Option<Found> {
    let named = last.condition.is_some_and(|first| first < last.range.end);
    let event = match last.phrase.term {
        Term::Relative(None) => last.sense == DeadlineSense::Relative,
        // «за 3 дня до 1 мая»: the word behind the length wants what follows.
        Term::Relative(Some(_)) => named,
        _ => false,
    };
    let dated = matches!(next.phrase.term, Term::Interval { .. } | Term::Date { .. });
    (event && dated && last.range.end == next.range.start).then(|| within(last, next, last.clone()))
}

/// «На период половодья (март – май 2021 года)»: the brackets say when the event is.
fn dated_in_brackets(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let gap = last.range.end..next.range.start;
    let event = last.phrase.term == Term::Relative(None) && last.condition.is_some();
    let dated = matches!(next.phrase.term, Term::Interval { .. } | Term::Date { .. });
    let named = gap.len() <= LONGEST_DOCUMENT
        && gap.clone().rev().enumerate().all(|(nth, at)| match nth {
            0 => tokens.is_mark(at, '('),
            _ => tokens.folded(at).chars().all(is_letter),
        });
    let closed = tokens.is_mark(next.range.end, ')');
    (event && dated && named && !gap.is_empty() && closed).then(|| {
        let made = Found { condition: Some(last.range.start), leads: true, ..next.clone() };
        within(last, next, made)
    })
}

/// «По графику проверок на 2019 год»: the year is part of the document's name.
fn year_of_document(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let gap = last.range.end..next.range.start;
    let named = (1..LONGEST_DOCUMENT).contains(&gap.len())
        && gap.clone().all(|at| {
            matches!(tokens.folded(at), "«" | "»" | "\"" | "-") || tokens.folded(at).chars().all(is_letter)
        });
    let of_name = matches!(last.sense, DeadlineSense::OnDemandBy | DeadlineSense::Relative)
        && last.phrase.term.intervals().is_empty()
        && next.sense == DeadlineSense::Years
        && tokens.folded(next.range.start) == "на";
    (named && of_name).then(|| within(last, next, last.clone()))
}

fn within(last: &Found, next: &Found, made: Found) -> Found {
    Found { range: last.range.start..next.range.end, bracketed: last.bracketed, ..made }
}

/// «Ежемесячно, последний четверг месяца»: how often, and which day it is then.
fn narrowed(last: &Found, next: &Found, tokens: &Tokens) -> Option<Found> {
    let frequency = |found: &Found| match &found.phrase.term {
        Term::Recurring { recurrence, .. } => Some(recurrence.frequency),
        _ => None,
    };
    let wide = last.phrase.every.is_some() && next.phrase.every.is_none();
    let listed = (last.range.end..next.range.start).any(|at| tokens.folded(at) == "и");
    (wide && !listed && frequency(last).is_some() && frequency(last) == frequency(next)).then(|| next.clone())
}

/// `base` with what `beside` adds to it.
fn one_way(base: &Found, beside: &Found) -> Option<Found> {
    let mut joined = base.clone();
    if let Some(time) = beside.phrase.time.filter(|_| beside.phrase.term == Term::Unresolved) {
        if matches!(
            base.phrase.term,
            Term::Unresolved | Term::Continuous(_) | Term::OnDemand | Term::Placeholder
        ) {
            return None;
        }
        joined.phrase.time = Some(time);
        return Some(joined);
    }
    if let Some(every) = &base.phrase.every {
        if let Some(season) = &beside.phrase.season
            && let Some(limited) = every.limited(season)
        {
            joined.phrase.term = keep_bounds(limited, base.phrase.term.intervals());
            joined.phrase.every = None;
            joined.phrase.limited = Some((every.clone(), season.clone()));
            return Some(joined);
        }
        return bounded(joined, beside).or_else(|| conditioned(base, beside));
    }
    if let (Some((every, season)), Some(more)) = (&base.phrase.limited, &beside.phrase.season)
        && let Some(both) = season.with(more)
        && let Some(limited) = every.limited(&both)
    {
        joined.phrase.term = keep_bounds(limited, base.phrase.term.intervals());
        joined.phrase.limited = Some((every.clone(), both));
        return Some(joined);
    }
    match &base.phrase.term {
        Term::Recurring { .. } | Term::Continuous(_) => {
            bounded(joined, beside).or_else(|| conditioned(base, beside))
        }
        _ => None,
    }
}

fn keep_bounds(term: Term, bounds: &[Interval]) -> Term {
    match term {
        Term::Recurring { recurrence, .. } => Term::Recurring { recurrence, intervals: bounds.to_vec() },
        other => other,
    }
}

/// A recurrence or «постоянно» inside dated intervals.
fn bounded(mut joined: Found, beside: &Found) -> Option<Found> {
    let (Term::Interval { intervals: bounds, choice } | Term::Date { intervals: bounds, choice }) =
        &beside.phrase.term
    else {
        return None;
    };
    if *choice == crate::plan::Choice::One {
        return None;
    }
    match &mut joined.phrase.term {
        Term::Recurring { intervals, recurrence } if intervals.is_empty() => {
            // «Март 2020 года (ежегодно)»: the rule's day would not be one of March.
            if bounds.iter().any(|bound| is_shorter(bound, recurrence.frequency)) {
                recurrence.rrule = None;
            }
            intervals.clone_from(bounds)
        }
        Term::Continuous(intervals) if intervals.is_empty() => intervals.clone_from(bounds),
        _ => return None,
    }
    joined.phrase.inferred |= beside.phrase.inferred;
    Some(joined)
}

/// True for a closed interval that has not room for one whole unit of `frequency`.
fn is_shorter(bound: &Interval, frequency: Option<Frequency>) -> bool {
    let days = match frequency {
        Some(Frequency::Annual) => 365,
        Some(Frequency::Semiannual) => 181,
        Some(Frequency::Quarterly) => 90,
        Some(Frequency::Monthly) => 28,
        Some(Frequency::Weekly | Frequency::Daily) | None => 1,
    };
    let length = |(start, end): (Date, Date)| start.until(end).map_or(0, |span| span.get_days() + 1);
    bound.start.zip(bound.end).is_some_and(|ends| length(ends) < days)
}

/// A recurrence or «постоянно» with an event or a document that it depends on. «Ежегодно, за 30 дней до начала сезона» and
/// «ежегодно в пожароопасный сезон» fall on no day of the calendar.
fn conditioned(base: &Found, beside: &Found) -> Option<Found> {
    let depends =
        matches!(beside.phrase.term, Term::Relative(_) | Term::OnDemand) && base.condition.is_none();
    if !depends || base.range.end > beside.range.start {
        return None;
    }
    let mut joined = Found { condition: Some(beside.range.start), ..base.clone() };
    if let (Term::Recurring { recurrence, .. }, Term::Relative(offset)) =
        (&mut joined.phrase.term, &beside.phrase.term)
        && (offset.is_some() || recurrence.frequency == Some(Frequency::Annual))
    {
        recurrence.rrule = None;
        joined.phrase.every = None;
    }
    Some(joined)
}
