/*!
What stands in no field.

This module never judges whether it should: it takes the letters and digits of the source, takes away those that fields
and repairs stand for, and what is left is the residue, line by line. So nothing can be lost, whatever the stages do.
*/

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::claims;
use super::document::{Reason, Residue};
use crate::pipeline::Trace;
use crate::plan;
use crate::text::Span;

/// Every stretch with a letter or digit in it that no field stands for; neighbouring lines with the same reason are one.
pub(super) fn of(trace: &Trace) -> Vec<Residue> {
    let claimed = claimed(trace);
    let reasons = Reasons::of(trace);
    let asides: BTreeSet<usize> = asides(trace).collect();
    let mut all: Vec<(usize, Residue)> = Vec::new();
    let mut next_claim = 0;
    for line in 0..trace.source.lines.len() {
        let span = trace.source.lines.span(line, trace.source.decoded.as_str());
        while claimed.get(next_claim).is_some_and(|claim| claim.end() <= span.start()) {
            next_claim += 1;
        }
        for free in free_stretches(span, &claimed[next_claim..]) {
            let text = tidy(trace.source.decoded.at(free));
            if !text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let reason = if asides.contains(&line) { Reason::Note } else { reasons.at(free, &text) };
            let (page, number) = trace.source.place(free.start());
            match all.last_mut() {
                Some((last, open)) if *last + 1 == line && open.reason == reason && open.page == page => {
                    open.text.push(' ');
                    open.text.push_str(&text);
                    open.line_end = number;
                    *last = line;
                }
                _ => all.push((line, Residue { page, line_start: number, line_end: number, text, reason })),
            }
        }
    }
    all.into_iter().map(|(_, residue)| residue).collect()
}

/// The numbers of the lines that stand beside the text: running heads, footnotes, comments.
fn asides(trace: &Trace) -> impl Iterator<Item = usize> {
    trace
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .enumerate()
        .filter(|(_, line)| line.is_aside())
        .map(|(at, _)| at)
}

/// The bytes that fields stand for, ascending and joined.
fn claimed(trace: &Trace) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for plan in &trace.plans {
        spans.extend(claims::of(plan).into_iter().flat_map(|text| text.origin()));
        let dates = plan.approval.iter().flat_map(|approval| {
            approval
                .date
                .iter()
                .chain(approval.act.iter().flat_map(|act| &act.date))
                .flat_map(|found| found.origin.clone())
        });
        spans.extend(dates);
    }
    spans.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(span.end()))
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// The parts of `line` that no claim covers.
fn free_stretches(line: Span, claims: &[Span]) -> Vec<Span> {
    let mut free = Vec::new();
    let mut at = line.start();
    for claim in claims.iter().take_while(|claim| claim.start() < line.end()) {
        if claim.start() > at {
            free.push(Span::new(at, claim.start()));
        }
        at = at.max(claim.end());
    }
    if at < line.end() {
        free.push(Span::new(at, line.end()));
    }
    free
}

fn tidy(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(|word| word.nfc().collect()).collect();
    words.join(" ")
}

/// Why which bytes are in no field.
struct Reasons {
    /// What the stages said, ascending.
    said: Vec<(Span, Reason)>,
    /// Where tables are, ascending.
    tables: Vec<Span>,
}

impl Reasons {
    fn of(trace: &Trace) -> Self {
        let mut said: Vec<(Span, Reason)> = Vec::new();
        for remain in trace.plans.iter().flat_map(|plan| &plan.remains) {
            said.extend(remain.origin.iter().map(|&span| (span, reason(remain.reason))));
        }
        said.sort_by_key(|(span, _)| *span);
        let mut tables: Vec<Span> = trace.plans.iter().filter_map(|plan| plan.extent).collect();
        tables.sort();
        Self { said, tables }
    }

    fn at(&self, free: Span, text: &str) -> Reason {
        let after = self.said.partition_point(|(span, _)| span.start() < free.end());
        let said = self.said[..after].iter().rev().take(4).find(|(span, _)| span.end() > free.start());
        if let Some(&(_, reason)) = said {
            return reason;
        }
        let after = self.tables.partition_point(|table| table.start() < free.end());
        let inside = after > 0 && self.tables[after - 1].end() > free.start();
        if inside {
            Reason::Unplaced
        } else if text.chars().any(char::is_alphabetic) {
            Reason::Prose
        } else {
            Reason::Furniture
        }
    }
}

fn reason(reason: plan::Reason) -> Reason {
    match reason {
        plan::Reason::Prose => Reason::Prose,
        plan::Reason::Furniture => Reason::Furniture,
        plan::Reason::RepeatedHeader => Reason::RepeatedHeader,
        plan::Reason::Junk => Reason::Junk,
        plan::Reason::Note => Reason::Note,
        plan::Reason::Unplaced => Reason::Unplaced,
    }
}
