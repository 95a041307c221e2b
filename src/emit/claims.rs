//! The texts that stand in fields, each once. Never what is derived from them.

use crate::plan::{Act, Measure, Named, Plan};
use crate::text::Text;

/// Every text of `plan` that a field of the output shows, in the order of the output.
///
/// A value that is computed from a text that stands in a field (a region in the title, a position in the order's prose)
/// is not among them, nor is a cell that reaches down from a row above: their characters are accounted for where they stand.
pub fn of(plan: &Plan) -> Vec<&Text> {
    let mut texts: Vec<&Text> = Vec::new();
    texts.extend(&plan.title);
    if let Some(approval) = &plan.approval {
        named(&approval.person, &mut texts);
        named(&approval.position, &mut texts);
        if let Some(act) = &approval.act {
            self::act(act, &mut texts);
        }
    }
    if let Some(signatory) = &plan.signatory {
        named(&signatory.person, &mut texts);
        named(&signatory.position, &mut texts);
    }
    texts.extend(plan.columns.iter().map(|column| &column.header));
    for section in &plan.sections {
        texts.extend(&section.number);
        texts.push(&section.title);
    }
    texts.extend(plan.measures.iter().flat_map(of_measure));
    texts
}

/// Every text of `measure` that a field of the output shows, those left out that reach down from a row above.
pub(super) fn of_measure(measure: &Measure) -> Vec<&Text> {
    let mut texts: Vec<&Text> = measure.number.iter().chain([&measure.text]).collect();
    texts.extend(measure.deadlines.iter().map(|deadline| &deadline.text));
    for executor in &measure.executors {
        texts.push(&executor.text);
        texts.extend(&executor.by_agreement);
    }
    texts.extend(measure.fields.iter().map(|field| &field.text));
    texts.retain(|text| measure.inherited.is_empty() || !measure.inherits(text));
    texts
}

fn act<'p>(act: &'p Act, texts: &mut Vec<&'p Text>) {
    named(&act.kind, texts);
    texts.extend(&act.number);
    named(&act.authority, texts);
}

fn named<'p>(named: &'p Option<Named>, texts: &mut Vec<&'p Text>) {
    texts.extend(named.iter().map(|named| &named.text));
}
