//! One row of a table into a measure. Never the row beside it.

use super::executor::{self, Mention};
use super::{DraftMeasure, deadline, note_missing};
use crate::dictionaries::Phrases;
use crate::issue::{IssueKind, Issues};
use crate::plan::{Column, Deadline, Field, Period, Role};
use crate::tabulate::{Cell, MeasureRow};
use crate::text::{Edit, RuleId, Span, Text};

const QUOTE: RuleId = RuleId::new("spelling.quote");

/// Reads the rows of one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'r> {
    pub(super) columns: &'r [Column],
    pub(super) period: Option<Period>,
    pub(super) phrases: &'r Phrases,
}

impl Reader<'_> {
    pub(super) fn read(&self, row: &MeasureRow, section: Option<usize>, issues: &mut Issues) -> DraftMeasure {
        let mut text = Text::default();
        let mut deadlines: Vec<Deadline> = Vec::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut fields = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let Some(cell) = row.cells.get(at) else { continue };
            match column.role {
                Role::Number => {}
                Role::Measure if text.is_empty() => text = measure_text(cell, self.phrases),
                Role::Deadline => deadlines.extend(deadline::read(cell, self.period, self.phrases, issues)),
                Role::Executor => mentions.extend(executor::read(cell, self.phrases)),
                _ if cell.is_blank() => {}
                _ => fields.push(Field { column: at, text: cell.text.trim() }),
            }
        }
        let extent = extent(row);
        let number = row.number.clone();
        if text.is_blank() {
            issues.note(IssueKind::EmptyMeasure, extent, "A row has no text.");
        }
        if deadlines.is_empty() && self.has(Role::Deadline) {
            note_missing(IssueKind::MissingDeadline, number.as_ref(), extent, issues);
        }
        if mentions.is_empty() && self.has(Role::Executor) {
            note_missing(IssueKind::MissingExecutor, number.as_ref(), extent, issues);
        }
        let doubtful = row.doubtful;
        DraftMeasure { number, section, text, deadlines, mentions, fields, extent, doubtful }
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

/// From the first to the last byte of the row's fragments.
fn extent(row: &MeasureRow) -> Span {
    let texts = row.number.iter().chain(row.cells.iter().map(|cell| &cell.text));
    let mut spans = texts.flat_map(Text::origin);
    let Some(first) = spans.next() else { return Span::new(0, 0) };
    spans.fold(first, |all, span| Span::new(all.start().min(span.start()), all.end().max(span.end())))
}
