/*!
Passages of a cell that hold numbers and days and are about something else.

This module never reads a term. An act's date, the classes of a school, the years in the name of a programme look like
terms and are none; what stands beside them keeps its meaning:

```text
до 1 июля 2020 года (п. 3 протокола от 15.03.2020 № 2)     по программе «Чистая вода (2019-2024 годы)»
                     └─────── by a rule ────────────┘                   └──────── by its marks ─────┘
```
*/

use std::ops::Range;

use super::Found;
use crate::dictionaries::{DeadlineSense, Tokens, is_letter};

/// Passages, in order; none touches another.
#[derive(Clone, Debug, Default)]
pub(super) struct Asides(Vec<Range<usize>>);

impl Asides {
    /// Takes out of `found` the phrases that only name something.
    pub(super) fn take(found: &mut Vec<Found>, tokens: &Tokens) -> Self {
        let rules = found.iter().filter(|one| one.sense == DeadlineSense::Aside);
        let mut passages: Vec<Range<usize>> = rules.map(|one| with_suffix(&one.range, tokens)).collect();
        passages.extend(names(found, tokens));
        passages.sort_by_key(|range| range.start);
        passages.dedup_by(|next, last| {
            let inside = next.start < last.end;
            last.end = if inside { last.end.max(next.end) } else { last.end };
            inside
        });
        let asides = Self(passages);
        found.retain(|one| {
            one.sense != DeadlineSense::Aside
                && !asides.has(one.range.start)
                && !asides.has(one.range.end - 1)
        });
        asides
    }

    /// True where token `at` stands in such a passage.
    pub(super) fn has(&self, at: usize) -> bool {
        let nth = self.0.partition_point(|range| range.end <= at);
        self.0.get(nth).is_some_and(|range| range.contains(&at))
    }
}

/// With what is glued to the end: «№ 442-ФЗ», «№ 30/1».
fn with_suffix(range: &Range<usize>, tokens: &Tokens) -> Range<usize> {
    let glued = |at: &usize| tokens.is_glued(*at) && !matches!(tokens.written(*at), "," | ";" | ")" | "»");
    range.start..(range.end..tokens.len()).find(|at| !glued(at)).unwrap_or(tokens.len())
}

/// Names in quotation marks that hold a phrase and more words than the phrase.
fn names(found: &[Found], tokens: &Tokens) -> Vec<Range<usize>> {
    let word = |at: usize| tokens.written(at).chars().filter(|&sign| is_letter(sign)).count() > 2;
    let is_name = |range: &Range<usize>| {
        let first = found.partition_point(|one| one.range.start <= range.start);
        let mut at = range.start + 1;
        let mut more = false;
        for one in found[first..].iter().take_while(|one| one.range.end < range.end) {
            more |= (at..one.range.start).any(word);
            at = one.range.end;
        }
        at > range.start + 1 && (more || (at..range.end - 1).any(word))
    };
    quoted(tokens).into_iter().filter(is_name).collect()
}

/// What stands between quotation marks that answer to one another, the marks included; the outermost where they nest.
fn quoted(tokens: &Tokens) -> Vec<Range<usize>> {
    let mut quoted = Vec::new();
    let (mut depth, mut first) = (0_usize, 0);
    for at in 0..tokens.len() {
        let opens = match tokens.written(at) {
            "«" | "“" | "„" => true,
            "»" | "”" => false,
            "\"" => depth == 0,
            _ => continue,
        };
        match (opens, depth) {
            (true, 0) => (depth, first) = (1, at),
            (true, _) => depth += 1,
            (false, 0) => {}
            (false, 1) => {
                depth = 0;
                quoted.push(first..at + 1);
            }
            (false, _) => depth -= 1,
        }
    }
    quoted
}
