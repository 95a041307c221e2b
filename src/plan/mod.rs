/*!
What a plan means.

This module never knows how a plan is written, serialised or linked: it is data, and every part of it that was read
from the source carries the [`Text`] it was read from.
*/

mod deadline;
mod executor;

pub use deadline::{Choice, ClockTime, Deadline, Frequency, Grain, Interval, Offset, Recurrence, Term};
pub use executor::{Executor, ExecutorKind, Link};

use jiff::civil::Date;

use crate::text::{Found, Origin, Span, Text};

/// One plan: a heading, a table of measures, a signature.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The heading, joined over its lines.
    pub title: Option<Text>,
    /// What kind of document the heading calls itself.
    pub kind: PlanKind,
    /// The federal subject.
    pub region: Option<Region>,
    /// The period that the plan covers.
    pub period: Option<Found<Period>>,
    /// Who approved it, when, by which act.
    pub approval: Option<Approval>,
    /// Who signed it under the table.
    pub signatory: Option<Signatory>,
    /// The columns of the table, left to right.
    pub columns: Vec<Column>,
    /// The section rows, in reading order.
    pub sections: Vec<Section>,
    /// The measures, in reading order.
    pub measures: Vec<Measure>,
    /// What stands inside the table and in no row.
    pub remains: Vec<Remain>,
    /// From the first to the last byte of the table.
    pub extent: Option<Span>,
}

/// What a plan calls itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanKind {
    /// План, план мероприятий, комплексный план.
    Plan,
    /// План-график, график.
    Schedule,
    /// Дорожная карта.
    Roadmap,
    /// Программа.
    Programme,
    /// Anything else, or no heading.
    #[default]
    Other,
}

/// A federal subject of Russia.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// ISO 3166-2 where it exists (`RU-TUL`), else the dictionary's own stable key.
    pub code: String,
    /// Nominative: «Тульская область».
    pub name: String,
}

/// A closed interval of days; both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

impl Period {
    /// The whole of calendar year `year`; `None` outside years -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()? })
    }

    /// The year and the month where the period is one calendar month.
    pub fn month(&self) -> Option<(i16, u8)> {
        let whole = self.start == self.start.first_of_month() && self.end == self.start.last_of_month();
        whole.then(|| (self.start.year(), self.start.month().unsigned_abs()))
    }

    /// The calendar years that the period touches, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> + use<> {
        self.start.year()..=self.end.year()
    }

    /// True if `date` lies in the period.
    pub fn contains(&self, date: Date) -> bool {
        self.start <= date && date <= self.end
    }
}

/// A text as printed, and the same put in order: nominative, quotes, spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As printed, repaired.
    pub text: Text,
    /// In order.
    pub name: String,
}

/// The approval that stands over a plan.
#[derive(Clone, Debug, Default)]
pub struct Approval {
    /// «А. В. Филиппов».
    pub person: Option<Named>,
    /// In the nominative, as printed.
    pub position: Option<Named>,
    /// The day of approval.
    pub date: Option<Found<Date>>,
    /// The act that approves the plan.
    pub act: Option<Act>,
}

impl Approval {
    /// True where nothing was found.
    pub fn is_empty(&self) -> bool {
        self.person.is_none() && self.position.is_none() && self.date.is_none() && self.act.is_none()
    }
}

/// An order, decree or decision.
#[derive(Clone, Debug, Default)]
pub struct Act {
    /// «приказ», «распоряжение» …, nominative.
    pub kind: Option<Named>,
    /// As printed: `2215-П`.
    pub number: Option<Text>,
    /// The date of the act.
    pub date: Option<Found<Date>>,
    /// The body that issued it, nominative.
    pub authority: Option<Named>,
}

impl Act {
    /// True where nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.number.is_none() && self.date.is_none() && self.authority.is_none()
    }
}

/// The signature under the table.
#[derive(Clone, Debug, Default)]
pub struct Signatory {
    /// «И. А. Щербакова».
    pub person: Option<Named>,
    /// In the nominative, as printed.
    pub position: Option<Named>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// № п/п.
    Number,
    /// What is to be done.
    Measure,
    /// By when.
    Deadline,
    /// By whom.
    Executor,
    /// Основание.
    Basis,
    /// Результат, ожидаемый результат.
    Result,
    /// Источник информации.
    Evidence,
    /// Вид документа.
    Document,
    /// Показатель.
    Indicator,
    /// Финансирование.
    Funding,
    /// Место проведения.
    Place,
    /// Соисполнители, привлекаемые.
    CoExecutor,
    /// Отметка об исполнении.
    Status,
    /// Примечание.
    Note,
    /// Anything else.
    Other,
}

impl Role {
    /// All roles, in the order of the output contract.
    pub const ALL: &'static [Role] = &[
        Self::Number,
        Self::Measure,
        Self::Deadline,
        Self::Executor,
        Self::Basis,
        Self::Result,
        Self::Evidence,
        Self::Document,
        Self::Indicator,
        Self::Funding,
        Self::Place,
        Self::CoExecutor,
        Self::Status,
        Self::Note,
        Self::Other,
    ];

    /// The name in the output and in the dictionaries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Measure => "measure",
            Self::Deadline => "deadline",
            Self::Executor => "executor",
            Self::Basis => "basis",
            Self::Result => "result",
            Self::Evidence => "evidence",
            Self::Document => "document",
            Self::Indicator => "indicator",
            Self::Funding => "funding",
            Self::Place => "place",
            Self::CoExecutor => "co_executor",
            Self::Status => "status",
            Self::Note => "note",
            Self::Other => "other",
        }
    }
}

/// A column of the table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading as printed, repaired, joined over its lines; empty where it has none.
    pub header: Text,
    /// What it is for.
    pub role: Role,
}

/// A section row.
#[derive(Clone, Debug)]
pub struct Section {
    /// As printed without the trailing dot.
    pub number: Option<Text>,
    /// The rest of the row.
    pub title: Text,
}

/// One row of the plan: what, by when, by whom.
#[derive(Clone, Debug)]
pub struct Measure {
    /// As printed without the trailing dot.
    pub number: Option<Text>,
    /// Index into the plan's sections.
    pub section: Option<usize>,
    /// What is to be done.
    pub text: Text,
    /// One for each distinct term of the cell.
    pub deadlines: Vec<Deadline>,
    /// One for each body, person or class of bodies.
    pub executors: Vec<Executor>,
    /// The other columns, left to right.
    pub fields: Vec<Field>,
    /// The cells that reach down to this row from one above; their characters stand there.
    pub inherited: Vec<Inherited>,
    /// From the first to the last byte of the row.
    pub extent: Span,
    /// True where it is not certain where its row or one of its cells begins or ends.
    pub doubtful: bool,
    /// How many of its cells begin or end in the middle of what they say.
    pub torn: usize,
    /// How likely it is that the whole measure is right, 0 to 1.
    pub confidence: f64,
}

/// A cell of a column that is neither number, measure, deadline nor executor.
#[derive(Clone, Debug)]
pub struct Field {
    /// Index into the plan's columns.
    pub column: usize,
    /// What stands there.
    pub text: Text,
}

/// A cell that is merged over several rows, as one of the lower ones has it; or the month over a section, as its measures
/// have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// Index into the plan's columns; `None` where no column is for it.
    pub column: Option<usize>,
    /// Where the cell stands.
    pub origin: Origin,
}

impl Measure {
    /// True if `text` stands in a cell of a row above.
    pub fn inherits(&self, text: &Text) -> bool {
        let inside =
            |span: &Span| self.inherited.iter().flat_map(|cell| &cell.origin).any(|own| own.contains(*span));
        let origin = text.origin();
        !origin.is_empty() && origin.iter().all(inside)
    }
}

/// Text of the source that stands in no field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remain {
    /// Where it stands.
    pub origin: Origin,
    /// Why it is in no field.
    pub reason: Reason,
}

/// Why text of the source stands in no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Running text around the tables.
    Prose,
    /// Page numbers, running heads, stamps.
    Furniture,
    /// A heading that a later page repeats, the row that numbers columns.
    RepeatedHeader,
    /// What recognition has spoilt.
    Junk,
    /// Footnotes, totals.
    Note,
    /// Text inside a table that no row could be given.
    Unplaced,
}

impl Reason {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Furniture => "furniture",
            Self::RepeatedHeader => "repeated-header",
            Self::Junk => "junk",
            Self::Note => "note",
            Self::Unplaced => "unplaced",
        }
    }
}
