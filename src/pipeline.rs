//! The whole program on one screen. Never more than the order of the stages.

use crate::archive::Limits;
use crate::decode::{Source, decode};
use crate::dictionaries::Dictionaries;
use crate::emit::{self, Document};
use crate::error::Result;
use crate::extract::{Draft, extract, read_terms};
use crate::issue::{Issue, Issues};
use crate::link::link;
use crate::normalise::{Page, normalise};
use crate::plan::{Deadline, Period, Plan};
use crate::tabulate::{Table, tabulate};
use crate::text::Text;

/// Every intermediate of one document, kept so that it can be shown.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The decoded bytes.
    pub source: Source,
    /// Mended lines.
    pub pages: Vec<Page>,
    /// Cells and what their columns are for.
    pub tables: Vec<Table>,
    /// Typed values, names not linked.
    pub drafts: Vec<Draft>,
    /// The plans.
    pub plans: Vec<Plan>,
    /// What a person should look at.
    pub issues: Vec<Issue>,
}

/// The stages, for those who time or draw them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes into characters.
    Decode,
    /// Characters and words put right.
    Normalise,
    /// Cells found.
    Tabulate,
    /// Cells read.
    Extract,
    /// Names linked.
    Link,
}

/// Reads `bytes`, which were found under `name`, and keeps every intermediate.
///
/// # Errors
/// Where the bytes are not text; see [`Error`](crate::error::Error). A bad document is no error.
pub fn trace(name: &str, bytes: &[u8], dictionaries: &Dictionaries) -> Result<Trace> {
    staged(name, bytes, dictionaries, &Limits::default(), |_| {})
}

/// [`trace`], telling `ended` of the end of each stage.
///
/// # Errors
/// As [`trace`].
pub fn observe(
    name: &str,
    bytes: &[u8],
    dictionaries: &Dictionaries,
    ended: impl FnMut(Stage),
) -> Result<Trace> {
    staged(name, bytes, dictionaries, &Limits::default(), ended)
}

/// The stages in their order, over a document that may cost what `limits` say.
fn staged(
    name: &str,
    bytes: &[u8],
    dictionaries: &Dictionaries,
    limits: &Limits,
    mut ended: impl FnMut(Stage),
) -> Result<Trace> {
    let mut issues = Issues::default();
    let source = decode(name, bytes, &dictionaries.letters, limits, &mut issues)?; // bytes → Source
    ended(Stage::Decode);
    let pages = normalise(&source, &dictionaries.spelling, &mut issues); //            → Vec<Page>
    ended(Stage::Normalise);
    let tables = tabulate(&pages, &dictionaries.headings, &mut issues); //             → Vec<Table>
    ended(Stage::Tabulate);
    let drafts = extract(&tables, &dictionaries.phrases, &mut issues); //              → Vec<Draft>
    ended(Stage::Extract);
    let plans = link(&drafts, &dictionaries.registry, &source.certainty, &mut issues); //  → Vec<Plan>
    ended(Stage::Link);
    Ok(Trace { source, pages, tables, drafts, plans, issues: issues.into_vec() })
}

/// Reads `bytes` and throws the working away.
///
/// # Errors
/// As [`trace`].
pub fn read(name: &str, bytes: &[u8], dictionaries: &Dictionaries) -> Result<Document> {
    read_within(name, bytes, dictionaries, &Limits::default())
}

/// [`read`]s a document that may cost what `limits` say.
///
/// # Errors
/// As [`trace`].
pub fn read_within(
    name: &str,
    bytes: &[u8],
    dictionaries: &Dictionaries,
    limits: &Limits,
) -> Result<Document> {
    staged(name, bytes, dictionaries, limits, |_| {}).map(|trace| emit::document(&trace))
}

/// The terms in `words`, the content of one deadline cell; `period` is the plan's.
///
/// # Errors
/// Where there are no words.
pub fn read_deadline(
    words: &str,
    period: Option<Period>,
    dictionaries: &Dictionaries,
) -> Result<Vec<Deadline>> {
    let mut issues = Issues::default();
    let source = decode("-", words.as_bytes(), &dictionaries.letters, &Limits::default(), &mut issues)?;
    let pages = normalise(&source, &dictionaries.spelling, &mut issues);
    let lines: Vec<Text> =
        pages.into_iter().flat_map(|page| page.lines).flat_map(|line| line.cells).collect();
    Ok(read_terms(&lines, period, &dictionaries.phrases, &mut issues))
}

/// The terms in the lines of one deadline cell that is put right already, for those who time it.
pub fn read_cell(lines: &[Text], period: Option<Period>, dictionaries: &Dictionaries) -> Vec<Deadline> {
    read_terms(lines, period, &dictionaries.phrases, &mut Issues::default())
}
