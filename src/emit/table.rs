//! What a person reads in a terminal: a drawn table under the plan's heading. Never everything: JSON has everything.

use std::fmt::Write;

use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, Row, Table, Width, presets};

use super::document::{Deadline, DeadlineKind, Document, Executor, Measure, Plan, Severity};

/// The document drawn in `width` columns; with letters in bold where `styled`.
pub fn draw(document: &Document, width: u16, styled: bool) -> String {
    let mut out = String::new();
    for plan in &document.plans {
        heading(plan, &mut out);
        let _ = writeln!(out, "{}", body(plan, width, styled));
    }
    summary(document, &mut out);
    out
}

/// The width of the terminal that standard output is, if it is one.
pub fn terminal_width() -> Option<u16> {
    Table::new().width()
}

fn heading(plan: &Plan, out: &mut String) {
    let _ = writeln!(out, "{}", plan.title.as_deref().unwrap_or("(no title)"));
    let mut facts: Vec<String> = Vec::new();
    facts.extend(plan.region.as_ref().map(|region| format!("{} ({})", region.name, region.code)));
    facts.extend(plan.period.as_ref().map(|period| format!("{} – {}", period.start, period.end)));
    if let Some(approval) = &plan.approval {
        let act = approval.act.as_ref().map(|act| {
            let parts = [
                act.kind.clone(),
                act.date.as_ref().map(|date| format!("от {date}")),
                act.number.as_ref().map(|number| format!("№ {number}")),
            ];
            parts.into_iter().flatten().collect::<Vec<String>>().join(" ")
        });
        facts.extend(act);
        facts.extend(approval.person.clone());
        facts.extend(approval.date.clone());
    }
    if !facts.is_empty() {
        let _ = writeln!(out, "{}", facts.join(" · "));
    }
}

/// Number, measure, term, executors, and the other columns that hold something.
fn body(plan: &Plan, width: u16, styled: bool) -> Table {
    let extra: Vec<String> = extra_columns(plan);
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width.max(60));
    let mut header =
        vec!["№".to_owned(), "Мероприятие".to_owned(), "Срок".to_owned(), "Исполнители".to_owned()];
    header.extend(extra.iter().map(|key| label(plan, key)));
    header.push("Увер.".to_owned());
    table.set_header(header);
    let mut section = None;
    for measure in &plan.measures {
        if measure.section != section {
            section = measure.section;
            if let Some(row) = section.and_then(|section| plan.sections.get(section)) {
                let title = format!("{} {}", row.number.as_deref().unwrap_or(""), row.title);
                let mut cell = Cell::new(title.trim());
                if styled {
                    cell = cell.add_attribute(Attribute::Bold);
                }
                table.add_row(Row::from(vec![Cell::new("§"), cell]));
            }
        }
        table.add_row(row(measure, &extra));
    }
    let limits = [
        (0, ColumnConstraint::UpperBoundary(Width::Fixed(8))),
        (1, ColumnConstraint::LowerBoundary(Width::Percentage(26))),
        (2, ColumnConstraint::UpperBoundary(Width::Percentage(24))),
    ];
    for (column, limit) in limits {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(limit);
        }
    }
    table
}

fn extra_columns(plan: &Plan) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in plan.measures.iter().flat_map(|measure| measure.fields.keys()) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys.sort_by_key(|key| plan.columns.iter().position(|column| name(column.role) == *key));
    keys
}

fn label(plan: &Plan, key: &str) -> String {
    let column = plan.columns.iter().find(|column| name(column.role) == key);
    column.map_or_else(|| key.to_owned(), |column| column.header.clone())
}

/// A closed value as the output spells it.
fn name(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn row(measure: &Measure, extra: &[String]) -> Vec<Cell> {
    let mut cells = vec![
        Cell::new(measure.number.as_deref().unwrap_or("–")),
        Cell::new(&measure.text),
        Cell::new(lines(measure.deadlines.iter().map(deadline).collect())),
        Cell::new(lines(measure.executors.iter().map(executor).collect())),
    ];
    cells.extend(extra.iter().map(|key| Cell::new(measure.fields.get(key).map_or("", String::as_str))));
    cells.push(Cell::new(format!("{:.2}", measure.confidence)));
    cells
}

/// The words, and under them what they were understood as.
fn deadline(deadline: &Deadline) -> String {
    let mut read: Vec<String> = Vec::new();
    read.extend(deadline.frequency.map(name));
    read.extend(deadline.times.map(|times| format!("× {times}")));
    read.extend(deadline.edtf.iter().cloned());
    read.extend(deadline.time.clone());
    read.extend(deadline.offset.clone());
    let read = if deadline.kind == DeadlineKind::Unresolved { vec!["?".to_owned()] } else { read };
    if read.is_empty() {
        deadline.text.clone()
    } else {
        format!("{}\n→ {}", deadline.text, read.join(", "))
    }
}

fn executor(executor: &Executor) -> String {
    let agreement = if executor.by_agreement { " (по согласованию)" } else { "" };
    format!("{}{agreement}", executor.name)
}

/// One below the other; several of them with a mark before each, for they may be wrapped.
fn lines(parts: Vec<String>) -> String {
    if let [only] = &parts[..] {
        return only.clone();
    }
    parts.iter().map(|part| format!("• {part}")).collect::<Vec<String>>().join("\n")
}

/// How much was read, repaired and left, and what to look at.
fn summary(document: &Document, out: &mut String) {
    let measures: usize = document.plans.iter().map(|plan| plan.measures.len()).sum();
    let _ = writeln!(
        out,
        "{}: {} plan(s), {measures} measure(s), {} repair(s), {} stretch(es) of residue",
        document.source.path,
        document.plans.len(),
        document.repairs.len(),
        document.residue.len()
    );
    for diagnostic in document.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Info) {
        let place = diagnostic.line.map_or_else(String::new, |line| format!(" line {line}:"));
        let _ = writeln!(out, "  {}:{place} {}", diagnostic.code, diagnostic.message);
    }
}
