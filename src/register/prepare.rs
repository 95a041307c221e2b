//! What can be made ready of a document before the one writer has it. Never anything that needs the register.

use super::fold::fold;
use crate::digest;
use crate::emit::{self, Document, Measure};
use crate::error::Result;

/// A document ready to be kept.
#[derive(Debug)]
pub struct Prepared {
    pub(super) document: Document,
    pub(super) packed: Vec<u8>,
    pub(super) plan_text: Option<String>,
    pub(super) measures: u64,
    /// What is looked for of each measure, plan after plan.
    pub(super) words: Vec<Words>,
}

/// What is looked for of a measure.
#[derive(Debug)]
pub(super) struct Words {
    /// All of its words, folded.
    pub(super) all: String,
    /// The names of its executors, folded.
    pub(super) executors: Vec<String>,
}

impl Prepared {
    /// Packs the document and takes the fingerprint of what its plans say.
    ///
    /// # Errors
    /// Never for a document of this crate.
    pub fn new(document: Document) -> Result<Self> {
        let packed = emit::packed(&document)?;
        let plan_text = plan_text(&document);
        let words: Vec<Words> =
            document.plans.iter().flat_map(|plan| &plan.measures).map(Words::of).collect();
        Ok(Self { document, packed, plan_text, measures: words.len() as u64, words })
    }

    /// How many measures it holds.
    pub fn measures(&self) -> u64 {
        self.measures
    }
}

impl Words {
    /// The words of a measure: its text, the other columns, the terms, the names as printed and as known.
    fn of(measure: &Measure) -> Self {
        let mut words: Vec<&str> = vec![&measure.text];
        words.extend(measure.fields.values().map(String::as_str));
        words.extend(measure.deadlines.iter().map(|deadline| deadline.text.as_str()));
        for executor in &measure.executors {
            words.push(&executor.text);
            if executor.name != executor.text {
                words.push(&executor.name);
            }
        }
        let executors = measure.executors.iter().map(|executor| fold(&executor.name)).collect();
        Self { all: fold(&words.join(" ")), executors }
    }
}

/// A fingerprint of what the plans say, without where it stands: the same plan in another encoding, or with other line
/// ends, has the same. `None` where there is no measure.
fn plan_text(document: &Document) -> Option<String> {
    let mut texts = digest::Texts::default();
    let mut any = false;
    let mut say = |word: &str| texts.say(word);
    for plan in &document.plans {
        say(plan.title.as_deref().unwrap_or_default());
        say(plan.region.as_ref().map_or("", |region| &region.code));
        let approval = plan.approval.as_ref();
        say(approval.and_then(|approval| approval.date.as_deref()).unwrap_or_default());
        let act = approval.and_then(|approval| approval.act.as_ref());
        say(act.and_then(|act| act.number.as_deref()).unwrap_or_default());
        for section in &plan.sections {
            say(&section.title);
        }
        for measure in &plan.measures {
            any = true;
            say(measure.number.as_deref().unwrap_or_default());
            say(&measure.text);
            measure.deadlines.iter().for_each(|deadline| say(&deadline.text));
            say("");
            measure.executors.iter().for_each(|executor| say(&executor.text));
            say("");
            measure.fields.iter().for_each(|(role, text)| {
                say(role);
                say(text);
            });
        }
    }
    any.then(|| texts.finish())
}
