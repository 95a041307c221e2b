//! Executors read back from outputs that were written earlier. Never anything else of them.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::plan::Period;

/// An executor of a written output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// As printed in the document.
    pub text: String,
    /// In order.
    pub name: String,
    /// The kind's name.
    pub kind: String,
    /// The dictionary's entry.
    pub entity: Option<String>,
    /// The code of the plan's region.
    pub region: Option<String>,
    /// The time that the plan is about.
    pub period: Option<Period>,
}

/// The executors in `content`, one JSON document or one a line; `subject` names it in errors.
///
/// # Errors
/// Where a document is no JSON, or no output of this program.
pub fn mentioned(subject: &str, content: &str) -> Result<Vec<Mentioned>> {
    let mut found = Vec::new();
    for document in serde_json::Deserializer::from_str(content).into_iter::<Value>() {
        let document = document.map_err(|error| {
            Error::dictionary(subject, Some(error.line()), format!("is no JSON or JSON lines: {error}"))
        })?;
        let plans = document.get("plans").and_then(Value::as_array).ok_or_else(|| {
            Error::content(subject, "has no plans; give what svod convert wrote as json or jsonl")
        })?;
        for plan in plans {
            let region = plan.pointer("/region/code").and_then(Value::as_str);
            let day = |key: &str| plan.pointer(key).and_then(Value::as_str)?.parse().ok();
            let period = day("/period/start").zip(day("/period/end"));
            let period = period.map(|(start, end)| Period { start, end });
            for executor in array(plan, "measures").flat_map(|measure| array(measure, "executors")) {
                let text = |key: &str| executor.get(key).and_then(Value::as_str).map(str::to_owned);
                found.push(Mentioned {
                    text: text("text").unwrap_or_default(),
                    name: text("name").unwrap_or_default(),
                    kind: text("kind").unwrap_or_default(),
                    entity: text("entity"),
                    region: region.map(str::to_owned),
                    period,
                });
            }
        }
    }
    Ok(found)
}

fn array<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
