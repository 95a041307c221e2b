//! One row of a table into a measure. Never the row beside it.

use super::deadline::TermColumn;
use super::executor::{self, Mention, ShortForms};
use super::torn::{is_torn_name, is_torn_term, is_torn_text};
use super::{DraftMeasure, deadline, note_missing};
use crate::dictionaries::Phrases;
use crate::issue::{IssueKind, Issues};
use crate::plan::{ClockTime, Column, Deadline, Field, Inherited, Period, Role};
use crate::tabulate::{Cell, MeasureRow};
use crate::text::{Edit, RuleId, Span, Text};

const QUOTE: RuleId = RuleId::new("spelling.quote");

/// Reads the rows of one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'r> {
    pub(super) columns: &'r [Column],
    /// What each of them holds of terms.
    pub(super) terms: &'r [Option<TermColumn>],
    pub(super) period: Option<Period>,
    /// For each section the month that its title is.
    pub(super) months: &'r [Option<(Period, Deadline)>],
    /// True where measures begin with small letters.
    pub(super) small: bool,
    /// What the document's own «(далее – …)» define.
    pub(super) short_forms: &'r ShortForms,
    pub(super) phrases: &'r Phrases,
}

impl Reader<'_> {
    pub(super) fn read(&self, row: &MeasureRow, section: Option<usize>, issues: &mut Issues) -> DraftMeasure {
        let mut text = Text::default();
        let mut deadlines: Vec<Deadline> = Vec::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut fields = Vec::new();
        let mut hours: Vec<(ClockTime, &Text)> = Vec::new();
        let month = section.and_then(|section| self.months.get(section)?.as_ref());
        for (at, column) in self.columns.iter().enumerate() {
            let Some(cell) = row.cells.get(at) else { continue };
            // What is wrong with a merged cell is said once, where it stands.
            let issues = if row.inherited.contains(&at) { &mut Issues::default() } else { &mut *issues };
            match column.role {
                Role::Number => {}
                Role::Measure if text.is_empty() => text = measure_text(cell, self.phrases),
                Role::Deadline => match self.hours(at, cell) {
                    Some(time) => hours.push((time, &cell.text)),
                    None => {
                        let terms = self.terms(cell, month, issues);
                        let ends = self.holds(at, TermColumn::Ends);
                        match ends.then(|| deadline::join(&deadlines, &terms)).flatten() {
                            Some(whole) => deadlines = vec![whole],
                            None => deadlines.extend(terms),
                        }
                    }
                },
                Role::Executor => mentions.extend(executor::read(cell, self.short_forms, self.phrases)),
                _ if cell.is_blank() => {}
                _ => fields.push(Field { column: at, text: cell.text.trim() }),
            }
        }
        for (time, text) in hours {
            match deadline::put_hours(&deadlines, time, text) {
                Some(whole) => deadlines = vec![whole],
                None => deadlines.push(deadline::unresolved(text.trim(), issues)),
            }
        }
        let extent = extent(row);
        let number = row.number.clone();
        if text.is_blank() {
            issues.note(IssueKind::EmptyMeasure, extent, "A row has no text.");
        }
        let mut inherited = inherited(row, self.columns);
        if let Some((_, month)) = month.filter(|_| deadlines.is_empty()) {
            let column = self.columns.iter().position(|column| column.role == Role::Deadline);
            inherited.push(Inherited { column, origin: month.text.origin() });
            deadlines.push(month.clone());
        }
        if deadlines.is_empty() && self.has(Role::Deadline) {
            note_missing(IssueKind::MissingDeadline, number.as_ref(), extent, issues);
        }
        if mentions.is_empty() && self.has(Role::Executor) {
            note_missing(IssueKind::MissingExecutor, number.as_ref(), extent, issues);
        }
        let torn: Vec<&Text> = is_torn_text(text.as_str(), self.small)
            .then_some(&text)
            .into_iter()
            .chain(deadlines.iter().filter(|one| is_torn_term(one, self.phrases)).map(|one| &one.text))
            .chain(mentions.iter().filter(|one| is_torn_name(one, self.phrases)).map(|one| &one.text))
            .collect();
        for text in &torn {
            let span = text.origin().first().copied().unwrap_or(extent);
            let message = format!("«{}» begins or ends in the middle of what it says.", text.as_str());
            issues.note(IssueKind::UncertainRow, span, message);
        }
        let (doubtful, torn) = (row.doubtful, torn.len());
        DraftMeasure { number, section, text, deadlines, mentions, fields, inherited, extent, doubtful, torn }
    }

    fn terms(&self, cell: &Cell, month: Option<&(Period, Deadline)>, issues: &mut Issues) -> Vec<Deadline> {
        match month {
            Some((month, _)) => deadline::read_in_month(cell, *month, self.period, self.phrases, issues),
            None => deadline::read(cell, self.period, self.phrases, issues),
        }
    }

    /// The clock time that `cell` is, if column number `at` is for such.
    fn hours(&self, at: usize, cell: &Cell) -> Option<ClockTime> {
        self.holds(at, TermColumn::Hours).then(|| deadline::read_hours(&cell.text)).flatten()
    }

    fn holds(&self, at: usize, what: TermColumn) -> bool {
        self.terms.get(at) == Some(&Some(what))
    }

    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.role == role)
    }
}

/// The cell's text; a quotation that nothing closes before the end is closed there.
fn measure_text(cell: &Cell, phrases: &Phrases) -> Text {
    let text = cell.text.trim();
    let string = text.as_str();
    let open = string.matches('«').count() == string.matches('»').count() + 1;
    let Some(at) = string.rfind('«').filter(|_| open) else { return text };
    let quoted = &string[at + '«'.len_utf8()..];
    let plain =
        !quoted.is_empty() && quoted.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-'));
    if !plain || quoted.split_whitespace().count() > LONGEST_QUOTED {
        return text;
    }
    let edit = Edit::new(string.len()..string.len(), "»", QUOTE, 80);
    phrases.switches.edited(text, vec![edit])
}

/// A name in quotes at the end of a measure is short: «Интернет».
const LONGEST_QUOTED: usize = 4;

/// The cells of a row above that reach down to `row`.
fn inherited(row: &MeasureRow, columns: &[Column]) -> Vec<Inherited> {
    let origin = |&column: &usize| {
        let number = columns.get(column).is_some_and(|column| column.role == Role::Number);
        let text = if number { row.number.as_ref() } else { row.cells.get(column).map(|cell| &cell.text) };
        Some(Inherited { column: Some(column), origin: text?.origin() })
            .filter(|cell| !cell.origin.is_empty())
    };
    row.inherited.iter().filter_map(origin).collect()
}

/// From the first to the last byte of the row's own fragments.
fn extent(row: &MeasureRow) -> Span {
    let number = row.number.iter().filter(|_| row.numbered);
    let cells = row.cells.iter().enumerate().filter(|(at, _)| !row.inherited.contains(at));
    let texts = number.chain(cells.map(|(_, cell)| &cell.text));
    let mut spans = texts.flat_map(Text::origin);
    let Some(first) = spans.next() else { return Span::new(0, 0) };
    spans.fold(first, |all, span| Span::new(all.start().min(span.start()), all.end().max(span.end())))
}
