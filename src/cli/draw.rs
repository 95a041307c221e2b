/*!
`svod explain --draw`: the recovered grid of every table, for a person's eye.

This module never decides anything again: it prints what `tabulate` noted where it decided.

```text
table 1 · lines 9–61 · columns held apart by spaces
│ number      «№ п/п»                    by its heading
│ · page 1: columns begin at 0, 8, 57, told by where cells begin
§ I Организационные мероприятия
1.1
│ measure     Проведение заседаний⏎ межведомственной⤓ комиссии
│ ! line 14: Cells of a continued row were moved by -1 column(s).
```
*/

use std::fmt::Write;

use crate::pipeline::Trace;
use crate::tabulate::{Cell, Gap, MeasureRow, RoleFrom, Row, Table};
use crate::text::{Span, Text};

/// Said under every drawing.
const LEGEND: &str = "⏎ a line end joined, ¶ an empty line joined, ⤓ a page's end joined, ↑ a cell merged from above, – an empty cell, ! doubtful\n";

/// Every table of `trace`, drawn.
pub(super) fn tables(trace: &Trace) -> String {
    let drawn = trace.tables.iter().enumerate().map(|(nth, table)| draw(nth, table, trace));
    drawn.collect::<String>() + LEGEND
}

fn draw(nth: usize, table: &Table, trace: &Trace) -> String {
    let lines = table.extent.map_or_else(String::new, |extent| {
        let last = place(Span::new(extent.end().saturating_sub(1), extent.end()), trace);
        format!(" · {} – {last}", place(extent, trace))
    });
    let mut out = format!("table {}{lines} · {}\n", nth + 1, table.basis.layout);
    for (column, from) in table.columns.iter().zip(&table.basis.columns) {
        let from = match from {
            RoleFrom::Heading => "by its heading",
            RoleFrom::Place => "by its place",
            RoleFrom::Content => "by what stands in it",
            RoleFrom::Nothing => "not known",
        };
        let _ = writeln!(out, "│ {:<11} «{}» {from}", column.role.name(), column.header.as_str());
    }
    let hulls: Vec<Option<Span>> = table.rows.iter().map(hull).collect();
    let inside = |span: Span| {
        hulls.iter().position(|hull| {
            hull.is_some_and(|hull| hull.start() <= span.start() && span.start() < hull.end())
        })
    };
    let mut noted: Vec<Vec<String>> = vec![Vec::new(); table.rows.len()];
    for (span, decision) in &table.basis.decisions {
        match span.map(|span| (span, inside(span))) {
            Some((span, Some(row))) => noted[row].push(format!("{}: {decision}", place(span, trace))),
            Some((span, None)) => {
                let _ = writeln!(out, "│ · {}: {decision}", place(span, trace));
            }
            None => {
                let _ = writeln!(out, "│ · {decision}");
            }
        }
    }
    for (row, noted) in table.rows.iter().zip(noted) {
        draw_row(&mut out, row, table);
        for note in noted {
            let _ = writeln!(out, "│ ! {note}");
        }
    }
    out
}

fn draw_row(out: &mut String, row: &Row, table: &Table) {
    let number = |number: &Option<Text>| number.as_ref().map_or("–", Text::as_str).to_owned();
    match row {
        Row::Section(section) => {
            let _ = writeln!(out, "§ {} {}", number(&section.number), section.title.as_str());
        }
        Row::Measure(measure) => {
            let doubtful =
                if measure.doubtful { " ! where its cells begin and end is not certain" } else { "" };
            let _ = writeln!(out, "{}{doubtful}", number(&measure.number));
            for (at, (column, cell)) in table.columns.iter().zip(&measure.cells).enumerate() {
                if column.role.name() != "number" || !cell.is_blank() {
                    let above = if measure.inherited.contains(&at) { "↑ " } else { "" };
                    let _ = writeln!(out, "│ {:<11} {above}{}", column.role.name(), joined(cell));
                }
            }
        }
    }
}

/// The text of a cell with a mark at every place where two lines were joined.
fn joined(cell: &Cell) -> String {
    if cell.is_blank() {
        return "–".to_owned();
    }
    let mut out = String::new();
    let mut start = 0;
    for one in &cell.breaks {
        let mark = match one.gap {
            Gap::Line => '⏎',
            Gap::Blank => '¶',
            Gap::Page => '⤓',
        };
        out.push_str(cell.text.as_str()[start..one.at].trim_end());
        out.push(mark);
        out.push(' ');
        start = one.at;
    }
    out + &cell.text.as_str()[start..]
}

/// From the first to the last byte of a row.
fn hull(row: &Row) -> Option<Span> {
    let texts: Vec<&Text> = match row {
        Row::Section(section) => section.number.iter().chain([&section.title]).collect(),
        Row::Measure(MeasureRow { number, cells, inherited, numbered, .. }) => {
            let own = cells.iter().enumerate().filter(|(at, _)| !inherited.contains(at));
            number.iter().filter(|_| *numbered).chain(own.map(|(_, cell)| &cell.text)).collect()
        }
    };
    let spans: Vec<Span> = texts.into_iter().flat_map(Text::origin).collect();
    let start = spans.iter().map(|span| span.start()).min()?;
    let end = spans.iter().map(|span| span.end()).max()?;
    Some(Span::new(start, end))
}

/// Page and line of the beginning of `span`.
fn place(span: Span, trace: &Trace) -> String {
    match trace.source.place(span.start()) {
        (Some(page), line) => format!("page {page} line {line}"),
        (None, line) => format!("line {line}"),
    }
}
