/*!
How likely it is that a whole measure is right.

This module never looks at a document: it adds up what happened to one measure. Every weight is the share of measures
that such an event was seen to spoil, as far as the fixtures show; the product of what is left is the confidence.

| event | what it leaves |
|---|---|
| nothing | 0.98: somebody has to be wrong about something |
| a repair that is sure to `c` hundredths | `c` to the power of a half: half of the wrong repairs hit what counts |
| a term that was not understood | 0.5 |
| a term with several readings | 0.7 |
| a date inferred from the plan's period | 0.95 |
| a link of score `s` | `s` |
| a body that is not in the dictionary | 0.97 |
| no number, no executor, no term | 0.9 each |
| a row of which it is not certain where its cells begin or end | 0.5 |
| a cell that begins or ends in the middle of what it says, up to three | 0.8 each |
| a row that says nothing | 0.1 |
| a word left as read of which recognition was sure to `c` hundredths, less than 60 | from 1 down to 0.5, once for the worst |
*/

use crate::plan::{Choice, ExecutorKind, Measure, Term};
use crate::text::{Certainty, Text};

const NOTHING_HAPPENED: f64 = 0.98;
const UNRESOLVED: f64 = 0.5;
const SEVERAL_READINGS: f64 = 0.7;
const INFERRED: f64 = 0.95;
const NOT_LINKED: f64 = 0.97;
const MISSING: f64 = 0.9;
const DOUBTFUL: f64 = 0.5;
const TORN: f64 = 0.8;
const MOST_TORN: usize = 3;
const EMPTY: f64 = 0.1;

/// From this certainty on, in hundredths, recognition is right about a word as often as about any other.
const SURE: u8 = 60;
/// A word of which it is not sure at all is wrong and counts, as often as not.
const UNSURE: f64 = 0.5;

/// The confidence of `measure`, 0 to 1, in hundredths.
pub(super) fn of(measure: &Measure, certainty: &Certainty) -> f64 {
    let mut left = NOTHING_HAPPENED * repairs(&measure.text) * recognition(measure, certainty);
    if measure.text.is_blank() {
        left *= EMPTY;
    }
    if measure.doubtful {
        left *= DOUBTFUL;
    }
    left *= TORN.powi(measure.torn.min(MOST_TORN) as i32);
    left *= match &measure.number {
        Some(number) => repairs(number),
        None => MISSING,
    };
    for deadline in &measure.deadlines {
        left *= repairs(&deadline.text);
        left *= match deadline.term {
            Term::Unresolved => UNRESOLVED,
            _ if deadline.term.choice() == Choice::One => SEVERAL_READINGS,
            _ if deadline.inferred => INFERRED,
            _ => 1.0,
        };
    }
    for executor in &measure.executors {
        left *= repairs(&executor.text);
        left *= match &executor.link {
            Some(link) => link.score.sqrt(),
            None if matches!(executor.kind, ExecutorKind::Organization | ExecutorKind::Council) => NOT_LINKED,
            None => 1.0,
        };
    }
    if measure.deadlines.is_empty() {
        left *= MISSING;
    }
    if measure.executors.is_empty() {
        left *= MISSING;
    }
    (left * 100.0).round() / 100.0
}

/// What the word of which recognition was least sure leaves.
fn recognition(measure: &Measure, certainty: &Certainty) -> f64 {
    let terms = measure.deadlines.iter().map(|deadline| &deadline.text);
    let names = measure.executors.iter().map(|executor| &executor.text);
    let texts = measure.number.iter().chain([&measure.text]).chain(terms).chain(names);
    match texts.filter_map(|text| certainty.left_in(text)).min() {
        Some(sure) if sure < SURE => UNSURE + (1.0 - UNSURE) * f64::from(sure) / f64::from(SURE),
        _ => 1.0,
    }
}

/// What the repairs of a text leave.
fn repairs(text: &Text) -> f64 {
    text.repairs().iter().map(|repair| (f64::from(repair.confidence) / 100.0).sqrt()).product()
}
