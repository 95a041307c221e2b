//! The list of repairs, read off the pieces of the texts that stand in fields. Never one that made no difference.

use std::collections::HashSet;

use super::claims;
use super::document::{Repair, RepairKind};
use crate::pipeline::Trace;
use crate::text::{self, RuleId};

/// Every change of characters in a field, in the order of the source.
pub(super) fn of(trace: &Trace) -> Vec<Repair> {
    let mut seen = HashSet::new();
    let mut repairs: Vec<(u32, Repair)> = Vec::new();
    for repair in trace.plans.iter().flat_map(claims::of).flat_map(text::Text::repairs) {
        let start = repair.origin.first().map_or(0, |span| span.start());
        if !seen.insert((repair.origin.clone(), repair.to.clone(), repair.rule)) {
            continue;
        }
        let from: Vec<&str> = repair.origin.iter().map(|&span| trace.source.decoded.at(span)).collect();
        let from = from.join(" ");
        let (page, line) = trace.source.place(start);
        let Some(kind) = kind(repair.rule) else { continue };
        repairs.push((
            start,
            Repair {
                page,
                line,
                from,
                to: repair.to,
                kind,
                rule: repair.rule.as_str().to_owned(),
                confidence: f64::from(repair.confidence) / 100.0,
            },
        ));
    }
    repairs.sort_by_key(|(start, _)| *start);
    repairs.into_iter().map(|(_, repair)| repair).collect()
}

/// The kind of repair is the area of its rule.
pub(super) fn kind(rule: RuleId) -> Option<RepairKind> {
    match rule.area() {
        "encoding" => Some(RepairKind::Encoding),
        "homoglyph" => Some(RepairKind::Homoglyph),
        "letter-spacing" => Some(RepairKind::LetterSpacing),
        "hyphenation" => Some(RepairKind::Hyphenation),
        "spelling" => Some(RepairKind::Spelling),
        "name" => Some(RepairKind::Name),
        "junk" => Some(RepairKind::Junk),
        "number" => Some(RepairKind::Number),
        _ => None,
    }
}
