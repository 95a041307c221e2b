/*!
Tables in, drafts out.

This stage reads one cell at a time, and the blocks over and under a table, into typed values. It never looks at a
neighbouring table, and never asks whether a name is known: that is `link`'s part.

What cannot be read stays as written and is reported; no cell is dropped.
*/

mod approval;
mod deadline;
mod executor;
mod heading;
mod measure;
mod torn;

pub use deadline::notation;
use executor::ShortForms;
pub use executor::{Mention, Person};

use crate::dictionaries::Phrases;
use crate::issue::{IssueKind, Issues};
use crate::parallel;
use crate::plan::{
    Approval, Column, Deadline, Field, Inherited, Period, PlanKind, Remain, Role, Section, Signatory,
};
use crate::tabulate::{Cell, Fragment, Gap, MeasureRow, Row, Table, join};
use crate::text::{Found, Span, Text};

/// A plan whose names are not linked yet.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The heading, joined over its lines.
    pub title: Option<Text>,
    /// What the heading calls itself.
    pub kind: PlanKind,
    /// The period that the plan covers.
    pub period: Option<Found<Period>>,
    /// Who approved it; positions and bodies in the case in which they stand.
    pub approval: Option<Approval>,
    /// Who signed it.
    pub signatory: Option<Signatory>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The measures.
    pub measures: Vec<DraftMeasure>,
    /// People and the positions that the running text gives them.
    pub appointments: Vec<Appointment>,
    /// The lines over the table, in which the region is named.
    pub context: Vec<Text>,
    /// What stands inside the table and in no row.
    pub remains: Vec<Remain>,
    /// From the first to the last byte of the table.
    pub extent: Option<Span>,
}

/// A measure whose executors are not linked yet.
#[derive(Clone, Debug)]
pub struct DraftMeasure {
    /// As printed without the trailing dot.
    pub number: Option<Text>,
    /// Index into the sections.
    pub section: Option<usize>,
    /// What is to be done.
    pub text: Text,
    /// By when.
    pub deadlines: Vec<Deadline>,
    /// By whom.
    pub mentions: Vec<Mention>,
    /// The other columns.
    pub fields: Vec<Field>,
    /// The cells that reach down to this row from one above.
    pub inherited: Vec<Inherited>,
    /// From the first to the last byte of the row.
    pub extent: Span,
    /// True where it is not certain where the row or one of its cells begins or ends.
    pub doubtful: bool,
    /// How many of its cells begin or end in the middle of what they say.
    pub torn: usize,
}

/// A person and a position in running text.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// The name, in the case in which it stands.
    pub person: Person,
    /// The position, in the case in which it stands.
    pub position: Text,
}

/// A document of so many tables is read on several threads.
const PARALLEL_TABLES: usize = 4;

/// A table of so many measures is read on several threads.
const PARALLEL_ROWS: usize = 200;

/// Reads the tables; one draft for each.
pub(crate) fn extract(tables: &[Table], phrases: &Phrases, issues: &mut Issues) -> Vec<Draft> {
    let drafts = parallel::map(tables, PARALLEL_TABLES, |table| {
        let mut noted = Issues::default();
        (draft(table, phrases, &mut noted), noted)
    });
    issues.collect(drafts)
}

fn draft(table: &Table, phrases: &Phrases, issues: &mut Issues) -> Draft {
    let block = heading::read(&table.heading, phrases);
    let period = block.period.as_ref().map(|found| found.value);
    let mut draft = Draft {
        title: block.title,
        kind: block.kind,
        period: block.period,
        approval: block.approval,
        signatory: approval::signatory(&table.footing, phrases),
        columns: table.columns.clone(),
        appointments: block.appointments,
        context: table.heading.iter().map(|line| line.text.clone()).collect(),
        remains: table.remains.clone(),
        extent: table.extent,
        ..Draft::default()
    };
    let rows = sectioned(&table.rows, &mut draft.sections);
    let small = begins_small(&rows, &table.columns);
    let month = |section: &Section| deadline::month_of_section(&section.title, period, phrases);
    let months: Vec<_> = draft.sections.iter().map(month).collect();
    let terms = deadline::TermColumn::of(&table.columns);
    let short_forms = &short_forms(table, &rows);
    let reader = measure::Reader {
        columns: &table.columns,
        terms: &terms,
        period,
        months: &months,
        small,
        short_forms,
        phrases,
    };
    let read = |&(section, row): &(Option<usize>, &MeasureRow)| {
        let mut noted = Issues::default();
        (reader.read(row, section, &mut noted), noted)
    };
    let measures: Vec<(DraftMeasure, Issues)> = parallel::map(&rows, PARALLEL_ROWS, read);
    draft.measures = issues.collect(measures);
    draft
}

/// What the lines over the table and its cells define.
fn short_forms(table: &Table, rows: &[(Option<usize>, &MeasureRow)]) -> ShortForms {
    let mut forms = ShortForms::default();
    let cells = rows.iter().flat_map(|(_, row)| &row.cells).map(|cell| &cell.text);
    for text in table.heading.iter().map(|line| &line.text).chain(cells) {
        forms.collect(text.as_str());
    }
    forms
}

/// True if most measures begin with a small letter.
fn begins_small(rows: &[(Option<usize>, &MeasureRow)], columns: &[Column]) -> bool {
    let Some(measure) = columns.iter().position(|column| column.role == Role::Measure) else { return false };
    let texts =
        || rows.iter().filter_map(|(_, row)| row.cells.get(measure)).map(|cell| cell.text.as_str().trim());
    2 * texts().filter(|text| text.starts_with(char::is_lowercase)).count() > texts().count()
}

/// The measures with the section that each stands in; the sections go into `sections`.
fn sectioned<'t>(rows: &'t [Row], sections: &mut Vec<Section>) -> Vec<(Option<usize>, &'t MeasureRow)> {
    let mut measures = Vec::new();
    for row in rows {
        match row {
            Row::Section(section) => {
                sections.push(Section { number: section.number.clone(), title: section.title.clone() });
            }
            Row::Measure(measure) => measures.push((sections.len().checked_sub(1), measure)),
        }
    }
    measures
}

/// The terms that `text` (the lines of a cell) holds, without a document around it; `period` is the plan's.
pub(crate) fn read_terms(
    lines: &[Text],
    period: Option<Period>,
    phrases: &Phrases,
    issues: &mut Issues,
) -> Vec<Deadline> {
    let fragments: Vec<Fragment> =
        lines.iter().map(|text| Fragment { text: text.clone(), gap: Gap::Line }).collect();
    let cell: Cell = join(&fragments, phrases);
    deadline::read(&cell, period, phrases, issues)
}

/// Notes that a cell which the table has a column for says nothing.
fn note_missing(kind: IssueKind, number: Option<&Text>, extent: Span, issues: &mut Issues) {
    let which = number.map_or("without a number".to_owned(), |number| number.as_str().to_owned());
    let what = if kind == IssueKind::MissingDeadline { "term" } else { "executor" };
    issues.note(kind, extent, format!("Measure {which} has no {what}."));
}
