/*!
The output contract as types: what a JSON document holds, field by field.

This module never decides what a plan says; it copies. The names and meanings are fixed by the contract; a later version
may add fields.
*/

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the contract.
pub const SCHEMA: &str = "svod.document/1";

/// Everything that was read from one input.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// `svod.document/1`.
    pub schema: String,
    /// The input.
    pub source: SourceInfo,
    /// Every plan found, in reading order; empty when the document holds none.
    pub plans: Vec<Plan>,
    /// Every change made to the characters of the source.
    pub repairs: Vec<Repair>,
    /// What a person should look at.
    pub diagnostics: Vec<Diagnostic>,
    /// Every stretch of the source that stands in no field.
    pub residue: Vec<Residue>,
}

/// The input.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// As the caller named it; `-` for standard input.
    pub path: String,
    /// SHA-256 of the bytes read, lower-case hexadecimal.
    pub sha256: String,
    /// Number of bytes read.
    pub bytes: usize,
    /// What the input is.
    pub format: String,
    /// WHATWG label of the encoding.
    pub encoding: Option<String>,
    /// Number of pages, where the input has pages.
    pub pages: Option<usize>,
}

/// One plan.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The heading, joined over its lines.
    pub title: Option<String>,
    /// What the heading calls itself.
    pub kind: PlanKind,
    /// The federal subject.
    pub region: Option<Region>,
    /// The period that the plan covers, both ends inclusive.
    pub period: Option<Period>,
    /// Who approved it, when, by which act.
    pub approval: Option<Approval>,
    /// The signature under the table.
    pub signatory: Option<Signatory>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The section rows, in order.
    pub sections: Vec<Section>,
    /// The measures, in reading order.
    pub measures: Vec<Measure>,
}

/// What a plan calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// План.
    Plan,
    /// План-график, график.
    Schedule,
    /// Дорожная карта.
    Roadmap,
    /// Программа.
    Programme,
    /// Anything else.
    Other,
}

/// A federal subject.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// ISO 3166-2: `RU-TUL`.
    pub code: String,
    /// Nominative: «Тульская область».
    pub name: String,
}

/// A closed interval of days.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day, `YYYY-MM-DD`.
    pub start: String,
    /// Last day, `YYYY-MM-DD`.
    pub end: String,
}

/// The approval of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Approval {
    /// «А. В. Филиппов».
    pub person: Option<String>,
    /// Nominative, as printed.
    pub position: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The act that approves the plan.
    pub act: Option<Act>,
}

/// An order, decree or decision.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Act {
    /// «приказ», «распоряжение» …
    pub kind: Option<String>,
    /// As printed.
    pub number: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The body that issued it, nominative.
    pub authority: Option<String>,
}

/// A signature.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    /// «И. А. Щербакова».
    pub person: Option<String>,
    /// Nominative, as printed.
    pub position: Option<String>,
}

/// A column of the table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// 0-based.
    pub index: usize,
    /// As printed, repaired, joined.
    pub header: String,
    /// What the column is for.
    pub role: Role,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Role {
    Number,
    Measure,
    Deadline,
    Executor,
    Basis,
    Result,
    Evidence,
    Document,
    Indicator,
    Funding,
    Place,
    CoExecutor,
    Status,
    Note,
    Other,
}

/// A section row.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// As printed without the trailing dot.
    pub number: Option<String>,
    /// The rest of the row.
    pub title: String,
}

/// One row of the plan.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// As printed without the trailing dot; null where none is printed or legible.
    pub number: Option<String>,
    /// Index into `sections`.
    pub section: Option<usize>,
    /// What is to be done.
    pub text: String,
    /// One for each distinct term in the cell.
    pub deadlines: Vec<Deadline>,
    /// One for each body, person or class of bodies, in order.
    pub executors: Vec<Executor>,
    /// The remaining columns by role; a column of role `other` by its heading.
    pub fields: BTreeMap<String, String>,
    /// The columns of which the cell stands in a row above and is merged over this one too; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<usize>,
    /// Where the row stands.
    pub source: Place,
    /// How likely it is that the whole measure is right, 0 to 1.
    pub confidence: f64,
}

/// Where a row stands.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// 1-based, where the input has pages.
    pub page: Option<usize>,
    /// The name of the sheet, where the input is a workbook; left out where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// 1-based, inclusive.
    pub line_start: usize,
    /// 1-based, inclusive.
    pub line_end: usize,
    /// On each of its pages the rectangle that holds its words, where the input knows places; left out where it does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<PageBox>,
}

/// A rectangle on a page: in points of a PDF file, pixels of a picture, the units of a file of recognised words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PageBox {
    /// 1-based.
    pub page: usize,
    /// From the left edge of the page.
    pub left: f32,
    /// From its top edge.
    pub top: f32,
    /// From the left edge of the page.
    pub right: f32,
    /// From its top edge.
    pub bottom: f32,
}

/// When something is to be done.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// The words of the term, repaired.
    pub text: String,
    /// What kind of term it is.
    pub kind: DeadlineKind,
    /// The calendar intervals that the term names, each closed; a missing end is open.
    pub intervals: Vec<Interval>,
    /// `all`: every interval is meant; `one`: the characters do not decide, the intervals are the candidates.
    pub choice: Choice,
    /// One EDTF level-2 value (ISO 8601-2) for each interval.
    pub edtf: Vec<String>,
    /// The unit of a recurrence.
    pub frequency: Option<Frequency>,
    /// How many times in the unit.
    pub times: Option<u32>,
    /// RFC 5545 rule of a recurrence.
    pub rrule: Option<String>,
    /// A clock time that stands with the date: `10:00`, `14:00/15:00`.
    pub time: Option<String>,
    /// ISO 8601 duration of a relative term; working days as `P5B`.
    pub offset: Option<String>,
    /// What the term depends on, in the document's words.
    pub condition: Option<String>,
    /// True where part of the dates comes from the plan's period, not from the cell.
    pub inferred: bool,
}

/// What kind of term it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DeadlineKind {
    Date,
    Interval,
    Recurring,
    Continuous,
    Relative,
    OnDemand,
    Placeholder,
    Unresolved,
}

/// Whether all of the intervals are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Choice {
    All,
    One,
}

/// The unit of a recurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Semiannual,
    Annual,
}

/// A closed interval; a missing end is open.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// First day, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// Who is to do it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Executor {
    /// As printed, repaired, without «(по согласованию)».
    pub text: String,
    /// Canonical, nominative: from the dictionary when linked, else the text put in order.
    pub name: String,
    /// What it is.
    pub kind: ExecutorKind,
    /// Id in the dictionary; null when nothing matched well enough.
    pub entity: Option<String>,
    /// 0 to 1, how sure the link is; null when `entity` is null.
    pub score: Option<f64>,
    /// «(по согласованию)» stood with it.
    pub by_agreement: bool,
    /// For a person: the position that the document gives, here or elsewhere.
    pub position: Option<String>,
}

/// What an executor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ExecutorKind {
    Organization,
    Council,
    Unit,
    Group,
    Person,
}

/// A change made to the characters of the source.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// 1-based page, where the input has pages.
    pub page: Option<usize>,
    /// 1-based line.
    pub line: usize,
    /// The characters of the source.
    pub from: String,
    /// What stands in their place.
    pub to: String,
    /// The area of the rule.
    pub kind: RepairKind,
    /// The rule that made the change.
    pub rule: String,
    /// 0 to 1, how sure the rule is.
    pub confidence: f64,
}

/// The area of a repairing rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RepairKind {
    Encoding,
    Homoglyph,
    LetterSpacing,
    Hyphenation,
    Spelling,
    Name,
    Junk,
    Number,
}

/// What a person should look at.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable kebab-case name.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// 1-based line; null for the whole document.
    pub line: Option<usize>,
    /// 1-based page, where the input has pages.
    pub page: Option<usize>,
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// A stretch of the source that stands in no field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Residue {
    /// 1-based page, where the input has pages.
    pub page: Option<usize>,
    /// 1-based, inclusive.
    pub line_start: usize,
    /// 1-based, inclusive.
    pub line_end: usize,
    /// The characters of the source, single-spaced.
    pub text: String,
    /// Why it stands in no field.
    pub reason: Reason,
}

/// Why a stretch stands in no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Reason {
    Prose,
    Furniture,
    RepeatedHeader,
    Junk,
    Note,
    Unplaced,
}
