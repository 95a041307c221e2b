//! What can be made ready of a document before the one writer has it. Never anything that needs the register.

use crate::digest;
use crate::emit::{self, Document};
use crate::error::Result;

/// A document ready to be kept.
#[derive(Debug)]
pub struct Prepared {
    pub(super) document: Document,
    pub(super) packed: Vec<u8>,
    pub(super) plan_text: Option<String>,
    pub(super) measures: u64,
}

impl Prepared {
    /// Packs the document and takes the fingerprint of what its plans say.
    ///
    /// # Errors
    /// Never for a document of this crate.
    pub fn new(document: Document) -> Result<Self> {
        let packed = emit::packed(&document)?;
        let plan_text = plan_text(&document);
        let measures = document.plans.iter().map(|plan| plan.measures.len() as u64).sum();
        Ok(Self { document, packed, plan_text, measures })
    }

    /// How many measures it holds.
    pub fn measures(&self) -> u64 {
        self.measures
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
