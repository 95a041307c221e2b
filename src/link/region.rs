//! Which federal subject a document belongs to. Never guessed from one name among many.

use std::collections::BTreeMap;

use crate::dictionaries::{Registry, Tokens};
use crate::extract::Draft;
use crate::issue::{IssueKind, Issues};

/// The share of the executors that must name the same region where nothing else does.
const AGREED: f64 = 0.6;

/// The region that the title names first; else the approval; else the lines over the table; else most of the executors.
pub(super) fn of(draft: &Draft, registry: &Registry, issues: &mut Issues) -> Option<usize> {
    let first = |text: &str| registry.regions_in(&Tokens::new(text)).first().map(|&(region, _)| region);
    if let Some(region) = draft.title.as_ref().and_then(|title| first(title.as_str())) {
        return Some(region);
    }
    let approval = draft.approval.iter().flat_map(|approval| {
        let position = approval.position.as_ref().map(|position| position.text.as_str());
        let authority = approval
            .act
            .as_ref()
            .and_then(|act| act.authority.as_ref())
            .map(|authority| authority.text.as_str());
        [position, authority].into_iter().flatten().collect::<Vec<&str>>()
    });
    if let Some(region) = approval.into_iter().find_map(first) {
        return Some(region);
    }
    let context = most_named(draft.context.iter().map(|text| text.as_str()), registry);
    let mentions =
        || draft.measures.iter().flat_map(|measure| &measure.mentions).map(|mention| mention.text.as_str());
    let found = context.or_else(|| most_named(mentions(), registry));
    if found.is_none() {
        issues.note_document(IssueKind::UnknownRegion, "The plan does not say which region it belongs to.");
    }
    found
}

/// The region that most of `texts` name, if it is most of those that name one.
fn most_named<'t>(texts: impl Iterator<Item = &'t str>, registry: &Registry) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for text in texts {
        for (region, _) in registry.regions_in(&Tokens::new(text)) {
            *counts.entry(region).or_insert(0) += 1;
        }
    }
    let total: usize = counts.values().sum();
    let (&region, &count) = counts.iter().max_by_key(|&(_, count)| *count)?;
    (count as f64 >= AGREED * total as f64).then_some(region)
}
