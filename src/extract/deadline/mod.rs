/*!
The terms of a deadline cell.

This module never guesses a date: what is not understood is kept as written and reported.

A cell is searched for phrases of the dictionary from left to right, the longest first. Phrases that are one term are put
together («ежегодно», «до 1 марта»). The words between two terms are shared out, at the last comma or line end: what
stands before it is the condition of the term on the left, what stands behind it is the subject of the term on the right:

```text
план размещается  до 1 февраля года, следующего за годом  , в котором проводилась оценка,  отчеты размещаются  ежеквартально
└──── subject ──┘ └────────────── phrase ───────────────┘ └─────── condition ───────────┘ └──── subject ────┘ └──phrase──┘
```

Words that stand beside a phrase can change what it means («кроме», «не»): then the term is not understood.
*/

mod asides;
mod calendar;
mod columns;
mod compose;
mod damaged;
mod ends;
mod hours;
mod items;
mod monthly;
mod notation;
mod phrase;
mod recurrence;
mod terms;

use std::ops::Range;

use crate::dictionaries::{
    Best, DeadlineSense, Match, Phrases, Tokens, Value, is_letter, is_letter_or_digit,
};
use crate::issue::{IssueKind, Issues};
use crate::plan::{Choice, Deadline, Period, Term};
use crate::tabulate::Cell;
use crate::text::{Edit, Origin, RuleId, Span, Text};

use asides::Asides;
use phrase::{Phrase, Season};
use terms::{Terms, as_written};

pub(super) use columns::TermColumn;
pub(super) use ends::join;
pub(super) use hours::{put as put_hours, read as read_hours};
pub use notation::notation;

const NUMERAL: RuleId = RuleId::new("number.numeral");

/// A found phrase: where it stands and what it means.
#[derive(Clone, Debug)]
struct Found {
    /// Tokens.
    range: Range<usize>,
    phrase: Phrase,
    rule: RuleId,
    /// The token at which the term's condition begins, where its rule has one.
    condition: Option<usize>,
    sense: DeadlineSense,
    /// Where the phrase stands in brackets.
    bracketed: bool,
    /// Where the condition stands before the phrase.
    leads: bool,
    /// The token at which the phrase itself begins, behind a condition that leads.
    core: usize,
}

/// Reads the terms of `cell`; `period` is the plan's.
pub(super) fn read(
    cell: &Cell,
    period: Option<Period>,
    phrases: &Phrases,
    issues: &mut Issues,
) -> Vec<Deadline> {
    match items::items(cell) {
        Some(items) => items.iter().flat_map(|item| read_item(item, period, phrases, issues)).collect(),
        None => read_item(cell, period, phrases, issues),
    }
}

/// Reads the terms of `cell`, which stands under the name of `month`: what waits for a month is of that one.
pub(super) fn read_in_month(
    cell: &Cell,
    month: Period,
    period: Option<Period>,
    phrases: &Phrases,
    issues: &mut Issues,
) -> Vec<Deadline> {
    let reading = |period: Option<Period>| {
        let mut noted = Issues::default();
        (read(cell, period, phrases, &mut noted), noted)
    };
    let plain = reading(period);
    let open = monthly::open_terms(&plain.0);
    let better = (open > 0).then(|| reading(Some(month))).filter(|read| monthly::open_terms(&read.0) < open);
    issues.collect(vec![better.unwrap_or(plain)]).into_iter().flatten().collect()
}

/// The month that the title of a section is, in a plan of `period`: its days, and the term to be kept.
pub(super) fn month_of_section(
    title: &Text,
    period: Option<Period>,
    phrases: &Phrases,
) -> Option<(Period, Deadline)> {
    let cell = Cell { text: title.clone(), breaks: Vec::new() };
    let [deadline] = &read(&cell, period, phrases, &mut Issues::default())[..] else { return None };
    let [interval] = deadline.term.intervals() else { return None };
    let month = Period { start: interval.start?, end: interval.end? };
    let named = matches!(deadline.term, Term::Interval { choice: Choice::All, .. });
    let deadline = Deadline { inferred: true, ..deadline.clone() };
    (named && month.month().is_some()).then_some((month, deadline))
}

/// Reads the terms of `cell`, which is no list.
fn read_item(cell: &Cell, period: Option<Period>, phrases: &Phrases, issues: &mut Issues) -> Vec<Deadline> {
    let text = &cell.text;
    if !text.as_str().chars().any(|sign| is_letter_or_digit(sign) || sign == '_') {
        return Vec::new();
    }
    let tokens = Tokens::new(text.as_str());
    if let Some(deadline) = period.and_then(|month| monthly::read(text, &tokens, month)) {
        return vec![deadline];
    }
    let put_right =
        if damaged::is_sound(&tokens, phrases) { None } else { damaged::put_right(cell, phrases) };
    let (cell, tokens) = match &put_right {
        Some(cell) => (cell, Tokens::new(cell.text.as_str())),
        None => (cell, tokens),
    };
    let matches = matches(&tokens, phrases);
    let edits = numeral_edits(matches.iter().map(|(_, best)| best), &tokens);
    if edits.is_empty() {
        let breaks: Vec<usize> = cell.breaks.iter().map(|one| one.at).collect();
        let found = search(matches, &tokens, period);
        return terms_of(&cell.text, &tokens, &breaks, found, phrases, issues);
    }
    // What was put right may read otherwise, and stands at other bytes.
    let mended = cell.text.edited(&edits);
    let breaks: Vec<usize> = cell.breaks.iter().map(|one| damaged::shifted(one.at, &edits)).collect();
    let tokens = Tokens::new(mended.as_str());
    let found = search(self::matches(&tokens, phrases), &tokens, period);
    terms_of(&mended, &tokens, &breaks, found, phrases, issues)
}

/// The terms that the phrases `found` in `text` make together.
fn terms_of(
    text: &Text,
    tokens: &Tokens,
    breaks: &[usize],
    mut found: Vec<Found>,
    phrases: &Phrases,
    issues: &mut Issues,
) -> Vec<Deadline> {
    let asides = Asides::take(&mut found, tokens);
    let found = compose::together(found, tokens, &asides);
    if found.is_empty() {
        return vec![unresolved(text.trim(), issues)];
    }
    let terms = Terms { text, tokens, breaks, found: &found, asides: &asides, lexicon: &phrases.lexicon };
    let deadlines = terms.read();
    for deadline in &deadlines {
        note(deadline, issues);
    }
    deadlines
}

/// A match of the dictionary, and the token at which it begins.
type Matched<'p> = (usize, Best<'p, DeadlineSense>);

/// The longest match at every place that no match before it takes in, from left to right.
fn matches<'p>(tokens: &Tokens, phrases: &'p Phrases) -> Vec<Matched<'p>> {
    let slots = phrases.slots();
    let mut matches: Vec<Matched> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match phrases.deadlines.longest_at(tokens, at, &slots) {
            Some(best) => {
                let end = best.found.end;
                if numeral_edits([&best], tokens).iter().all(|edit| phrases.switches.allow(edit.rule)) {
                    matches.push((at, best));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    matches
}

/// The damaged numerals, years and months that the matches hold, put right.
fn numeral_edits<'b, 'p: 'b>(
    matches: impl IntoIterator<Item = &'b Best<'p, DeadlineSense>>,
    tokens: &Tokens,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for mend in matches.into_iter().flat_map(|best| &best.found.values).flat_map(|filled| &filled.mends) {
        let word = mend.to.chars().all(|sign| matches!(sign, 'а'..='я' | '-'));
        let rule = if word { damaged::TERM_WORD } else { NUMERAL };
        edits.push(Edit::new(tokens.bytes(mend.tokens.clone()), mend.to.clone(), rule, 80));
    }
    edits.dedup();
    edits
}

/// Every phrase that can be read, from left to right.
fn search(matches: Vec<Matched>, tokens: &Tokens, period: Option<Period>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::with_capacity(matches.len());
    let mut readings: Vec<(usize, DeadlineSense, Match)> = Vec::with_capacity(matches.len());
    let (mut depth, mut read) = (0usize, 0);
    for (at, best) in matches {
        for gap in read..at {
            match tokens.written(gap) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        read = best.found.end;
        // Words that look like a term and cannot be one («31 июня», «с 2020 по 2018 год») are not understood; what stands
        // inside them is not looked at. Nor is a phrase that two rules read differently.
        let sense = best.rule.gives;
        let phrase = phrase::read(sense, &best.found.values, period)
            .filter(|_| best.tied.is_empty() && !is_unfinished(sense, tokens, best.found.end))
            .filter(|_| !is_number_of(sense, tokens, at))
            .unwrap_or_else(Phrase::unreadable);
        let condition = best.found.values.iter().find(|filled| filled.value == Value::Condition);
        let made = Found {
            range: at..best.found.end,
            phrase,
            rule: best.rule.id,
            condition: condition.map(|filled| filled.start),
            sense,
            bracketed: depth > 0,
            leads: false,
            core: at,
        };
        let first = found.len();
        found.extend(split_days(made, &best.found, period));
        readings.push((first, sense, best.found));
    }
    years_of_neighbours(&mut found, &readings, tokens, period);
    found
}

/// True for «№ 2018», «№ 5 раз в год», «2018-80 раз в год»: the number of something.
fn is_number_of(sense: DeadlineSense, tokens: &Tokens, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let numbered = matches!(tokens.written(before), "№" | "#");
    let hyphened = || tokens.is_glued(at) && tokens.is_glued(before) && tokens.is_dash(before);
    match sense {
        DeadlineSense::Times => numbered || tokens.number(at).is_some() && hyphened(),
        _ => numbered && terms::is_bare(sense),
    }
}

/// True where the words behind «следующего за отчетным» go on: «учебным годом» is no month.
fn is_unfinished(sense: DeadlineSense, tokens: &Tokens, end: usize) -> bool {
    let next = tokens.folded(end);
    sense == DeadlineSense::ByDayAfter
        && next.chars().all(is_letter)
        && !matches!(next, "" | "в" | "за" | "и" | "на" | "по" | "с")
}

/// «март, II квартал 2019 года»: what stands before a comma has the year behind it, where the plan's period gave it others.
/// In a plan of 2018, «IV квартал, I квартал 2019 года» is over a year's end, and the plan's year is right.
fn years_of_neighbours(
    found: &mut [Found],
    readings: &[(usize, DeadlineSense, Match)],
    tokens: &Tokens,
    period: Option<Period>,
) {
    for (at, sense, matched) in readings.iter().rev() {
        let [this, next, ..] = &mut found[*at..] else { continue };
        let joint = |gap: usize| matches!(tokens.folded(gap), "," | "и");
        let listed = (this.range.end..next.range.start).all(joint) && joint(next.range.start - 1);
        let dated = |term: &Term| matches!(term, Term::Interval { .. } | Term::Date { .. });
        // Without a period, or in one of other years, what has no year of its own was not understood.
        let seasonal = matches!(this.phrase.season, Some(Season::Days(_) | Season::Months(_)));
        let open = this.phrase.inferred || seasonal && this.phrase.term == Term::Unresolved;
        if !(listed && open && dated(&next.phrase.term)) {
            continue;
        }
        let Some(year) = sole_year(&next.phrase).filter(|_| !next.phrase.inferred) else { continue };
        if sole_year(&this.phrase) == Some(year) {
            this.phrase.inferred = false;
            continue;
        }
        let after = |this: &Phrase, next: &Phrase| {
            let end = |phrase: &Phrase| phrase.term.intervals().iter().filter_map(|one| one.end).max();
            end(this).zip(end(next)).is_some_and(|(this, next)| this < next)
        };
        if sole_year(&this.phrase) == Some(year - 1)
            && after(&this.phrase, &next.phrase)
            && period.is_some_and(|period| period.end.year() < year)
        {
            let there =
                Period::year(year).and_then(|period| phrase::read(*sense, &matched.values, Some(period)));
            if there.is_some_and(|there| !after(&there, &next.phrase)) {
                continue;
            }
        }
        let reread =
            Period::year(year).and_then(|period| phrase::read(*sense, &matched.values, Some(period)));
        this.phrase = match reread {
            Some(there) if after(&there, &next.phrase) => Phrase { inferred: false, ..there },
            _ => Phrase::unreadable(),
        };
    }
}

/// The year of all days of a phrase.
fn sole_year(phrase: &Phrase) -> Option<i16> {
    let mut days = phrase.term.intervals().iter().flat_map(|one| [one.start, one.end]).flatten();
    let year = days.next()?.year();
    days.all(|day| day.year() == year).then_some(year)
}

/// Days that each have a year of their own are terms of their own: «17.05.2018, 20.09.2018».
fn split_days(found: Found, matched: &Match, period: Option<Period>) -> Vec<Found> {
    let days = matched
        .values
        .iter()
        .find_map(|filled| if let Value::Days(days) = &filled.value { Some((filled, days)) } else { None });
    let Some((filled, days)) = days.filter(|(_, days)| found.sense == DeadlineSense::Days && days.len() > 1)
    else {
        return vec![found];
    };
    if !days.iter().all(|range| range.dated) {
        return vec![found];
    }
    let mut split = Vec::with_capacity(days.len());
    for (nth, range) in days.iter().enumerate() {
        let mut one = filled.clone();
        one.value = Value::Days(smallvec::SmallVec::from_elem(range.clone(), 1));
        let Some(phrase) = phrase::read(found.sense, &[one], period) else { return vec![found] };
        let start = if nth == 0 { found.range.start } else { range.tokens.start };
        split.push(Found { range: start..range.tokens.end, phrase, ..found.clone() });
    }
    split
}

pub(super) fn unresolved(text: Text, issues: &mut Issues) -> Deadline {
    let deadline = as_written(text);
    note(&deadline, issues);
    deadline
}

/// Says what a person should look at.
fn note(deadline: &Deadline, issues: &mut Issues) {
    let span = first(&deadline.text.origin());
    let words = deadline.text.as_str();
    if deadline.term == Term::Unresolved {
        issues.note(IssueKind::UnresolvedDeadline, span, format!("«{words}» is not understood as a term."));
    } else if deadline.term.choice() == Choice::One {
        issues.note(
            IssueKind::AmbiguousDeadline,
            span,
            format!("«{words}» has {} readings.", deadline.term.intervals().len()),
        );
    }
}

fn first(origin: &Origin) -> Span {
    origin.first().copied().unwrap_or(Span::new(0, 0))
}

/// What a title says of its period.
pub(super) enum Dated {
    /// The period, the bytes of the title that name it, and the rule.
    Period(Period, Range<usize>, RuleId),
    /// A year to be filled in.
    Blank,
    /// Nothing.
    Nothing,
}

/// The period that `title` names last: a year, years, a part of one, a school year.
pub(super) fn dated(title: &Text, phrases: &Phrases) -> Dated {
    use DeadlineSense::{
        Halves, Months, Period as Whole, Placeholder, Quarters, School, SpanParts, SpanYears, Years,
    };
    let tokens = Tokens::new(title.as_str());
    let found = search(matches(&tokens, phrases), &tokens, None);
    for found in found.iter().rev() {
        if found.sense == Placeholder {
            return Dated::Blank;
        }
        let names = matches!(
            found.sense,
            Years | School | Quarters | Halves | Months | SpanYears | SpanParts | Whole
        );
        let intervals = found.phrase.term.intervals();
        let (Some(first), Some(last)) = (intervals.first(), intervals.last()) else { continue };
        if let (true, Some(start), Some(end)) = (names, first.start, last.end)
            && start <= end
        {
            return Dated::Period(Period { start, end }, tokens.bytes(found.range.clone()), found.rule);
        }
    }
    Dated::Nothing
}

/// The first exact day in `text` that has its year, and its bytes.
pub(super) fn first_date(text: &Text, phrases: &Phrases) -> Option<(Range<usize>, jiff::civil::Date)> {
    let tokens = Tokens::new(text.as_str());
    let slots = phrases.slots();
    (0..tokens.len()).find_map(|at| {
        let filled = slots.read(crate::dictionaries::Slot::Days, &tokens, at).into_iter().next()?;
        let Value::Days(days) = &filled.value else { return None };
        let range = days.first().filter(|range| range.from == range.to && range.dated)?;
        let (intervals, _) = calendar::days(range, None)?;
        Some((tokens.bytes(range.tokens.clone()), intervals.first()?.start?))
    })
}
