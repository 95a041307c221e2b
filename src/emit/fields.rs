//! What a row of a flat format holds. Never a value that JSON does not have.

use super::document::{Deadline, Document, Executor, Measure, Plan};

/// A column of CSV and TSV: its name, what it means, and where it comes from.
pub struct FlatField {
    /// The header.
    pub name: &'static str,
    /// What its values are, for formats with types.
    pub kind: FieldKind,
    /// One sentence for the README.
    pub meaning: &'static str,
    /// The value of a measure's row.
    pub value: fn(&Document, &Plan, &Measure) -> String,
}

/// What the values of a column are. An empty value is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words, days, ids.
    Text,
    /// Whole numbers.
    Whole,
    /// Other numbers.
    Real,
}

impl std::fmt::Debug for FlatField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What parts several values in one cell.
const SEPARATOR: &str = "; ";

macro_rules! fields {
    ($($name:literal $kind:ident $meaning:literal $value:expr;)*) => {
        /// Every column of the flat formats, in order.
        pub const FIELDS: &[FlatField] = &[$(FlatField { name: $name, kind: FieldKind::$kind, meaning: $meaning, value: $value },)*];
    };
}

fields! {
    "path" Text "the input as it was named" |document, _, _| document.source.path.clone();
    "sha256" Text "SHA-256 of the input" |document, _, _| document.source.sha256.clone();
    "plan" Text "the plan's title" |_, plan, _| plan.title.clone().unwrap_or_default();
    "region" Text "code of the region" |_, plan, _| plan.region.as_ref().map_or_else(String::new, |region| region.code.clone());
    "period_start" Text "first day of the plan's period" |_, plan, _| plan.period.as_ref().map_or_else(String::new, |period| period.start.clone());
    "period_end" Text "last day of the plan's period" |_, plan, _| plan.period.as_ref().map_or_else(String::new, |period| period.end.clone());
    "section_number" Text "number of the section" |_, plan, measure| section(plan, measure).and_then(|section| section.number.clone()).unwrap_or_default();
    "section" Text "title of the section" |_, plan, measure| section(plan, measure).map_or_else(String::new, |section| section.title.clone());
    "number" Text "the measure's number as printed" |_, _, measure| measure.number.clone().unwrap_or_default();
    "text" Text "what is to be done" |_, _, measure| measure.text.clone();
    "deadline" Text "the terms as printed, repaired" |_, _, measure| deadlines(measure, |deadline| deadline.text.clone());
    "deadline_kind" Text "their kinds" |_, _, measure| deadlines(measure, |deadline| name_of(&deadline.kind));
    "deadline_start" Text "first day that any term names" |_, _, measure| days(measure, |interval| interval.start.clone()).min().unwrap_or_default();
    "deadline_end" Text "last day that any term names" |_, _, measure| days(measure, |interval| interval.end.clone()).max().unwrap_or_default();
    "deadline_edtf" Text "the terms' intervals as EDTF" |_, _, measure| deadlines(measure, |deadline| deadline.edtf.join(SEPARATOR));
    "deadline_rrule" Text "the terms' recurrences as RFC 5545" |_, _, measure| deadlines(measure, |deadline| deadline.rrule.clone().unwrap_or_default());
    "deadline_condition" Text "what the terms depend on" |_, _, measure| deadlines(measure, |deadline| deadline.condition.clone().unwrap_or_default());
    "executors" Text "the executors' names" |_, _, measure| executors(measure, |executor| executor.name.clone());
    "executor_kinds" Text "their kinds" |_, _, measure| executors(measure, |executor| name_of(&executor.kind));
    "entities" Text "their ids in the dictionary" |_, _, measure| executors(measure, |executor| executor.entity.clone().unwrap_or_default());
    "by_agreement" Text "the names of those that take part by agreement" |_, _, measure| executors(measure, |executor| if executor.by_agreement { executor.name.clone() } else { String::new() });
    "fields" Text "the other columns, each as role: text" |_, _, measure| measure.fields.iter().map(|(role, text)| format!("{role}: {text}")).collect::<Vec<String>>().join(SEPARATOR);
    "page" Whole "page of the input" |_, _, measure| measure.source.page.map_or_else(String::new, |page| page.to_string());
    "line_start" Whole "first line of the row" |_, _, measure| measure.source.line_start.to_string();
    "line_end" Whole "last line of the row" |_, _, measure| measure.source.line_end.to_string();
    "confidence" Real "how likely the whole row is right, 0 to 1" |_, _, measure| measure.confidence.to_string();
}

fn section<'p>(plan: &'p Plan, measure: &Measure) -> Option<&'p super::document::Section> {
    plan.sections.get(measure.section?)
}

fn deadlines(measure: &Measure, value: impl Fn(&Deadline) -> String) -> String {
    join(measure.deadlines.iter().map(value))
}

fn executors(measure: &Measure, value: impl Fn(&Executor) -> String) -> String {
    join(measure.executors.iter().map(value))
}

fn days<'m>(
    measure: &'m Measure,
    day: impl Fn(&super::document::Interval) -> Option<String> + 'm,
) -> impl Iterator<Item = String> + 'm {
    measure.deadlines.iter().flat_map(|deadline| &deadline.intervals).filter_map(day)
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.filter(|value| !value.is_empty()).collect::<Vec<String>>().join(SEPARATOR)
}

/// The name that JSON gives a unit variant.
pub(crate) fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
