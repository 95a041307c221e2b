//! The texts that stand in fields, each once. Never what is derived from them.

use crate::plan::{Act, Named, Plan};
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
    for measure in &plan.measures {
        let first = texts.len();
        texts.extend(&measure.number);
        texts.push(&measure.text);
        texts.extend(measure.deadlines.iter().map(|deadline| &deadline.text));
        for executor in &measure.executors {
            texts.push(&executor.text);
            texts.extend(&executor.by_agreement);
        }
        texts.extend(measure.fields.iter().map(|field| &field.text));
        if !measure.inherited.is_empty() {
            let own = texts.split_off(first).into_iter().filter(|text| !measure.inherits(text));
            texts.extend(own);
        }
    }
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
