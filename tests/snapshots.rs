//! What each stage makes of the documents as received, drawn for eyes. Written with `UPDATE_EXPECT=1`, read line by line
//! before it is accepted, and never mistaken for gold.

use std::fmt::Write;

use expect_test::expect_file;
use svod::notation;
use svod::plan::{Executor, Measure};
use svod::tabulate::{Row, Table};
use svod::text::Text;
use svod::{Trace, text};

use crate::support::{fixtures, root};

/// Holds `drawn` against the file `tests/snapshots/<name>.<stage>.txt`.
fn holds(name: &str, stage: &str, drawn: &str) {
    expect_file![root().join(format!("tests/snapshots/{name}.{stage}.txt"))].assert_eq(drawn);
}

/// The lines that mending changed: as received, and under it as mended.
fn mended(trace: &Trace) -> String {
    let mut out = String::new();
    for line in trace.pages.iter().flat_map(|page| &page.lines) {
        let repairs: Vec<text::Repair> = line.cells.iter().flat_map(Text::repairs).collect();
        let Some(first) = repairs.first() else { continue };
        let (_, number) = trace.source.place(first.origin[0].start());
        let received = trace.source.decoded.as_str().lines().nth(number - 1).unwrap_or("").trim();
        let cells: Vec<String> = line.cells.iter().map(|cell| cell.squeezed().as_str().to_owned()).collect();
        let rules: Vec<&str> = repairs.iter().map(|repair| repair.rule.as_str()).collect();
        let _ = writeln!(
            out,
            "{number:>4} - {received}\n     + {}\n       {}",
            cells.join(" │ "),
            rules.join(", ")
        );
    }
    if out.is_empty() { "nothing was changed\n".to_owned() } else { out }
}

/// The rows of a table: the roles of its columns, then number and cells of every row, empty cells left out.
fn grid(table: &Table) -> String {
    let roles: Vec<&str> = table.columns.iter().map(|column| column.role.name()).collect();
    let mut out = format!("{}\n", roles.join(" │ "));
    for row in &table.rows {
        let number = |number: &Option<Text>| number.as_ref().map_or("–", Text::as_str).to_owned();
        let _ = match row {
            Row::Section(section) => {
                writeln!(out, "§ {} {}", number(&section.number), section.title.as_str())
            }
            Row::Measure(measure) => {
                let cells: Vec<&str> = measure.cells.iter().map(|cell| cell.text.as_str()).collect();
                let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
                writeln!(out, "{:>4} │ {}", number(&measure.number), cells.join("\n     │ "))
            }
        };
    }
    for remain in &table.remains {
        let _ = writeln!(out, "left: {:?}", remain.reason);
    }
    out
}

fn executor(executor: &Executor) -> String {
    let link = executor.link.as_ref().map_or_else(String::new, |link| format!(" = {}", link.entity));
    let position = executor.position.as_ref().map_or_else(String::new, |own| format!(", {own}"));
    let agreement = if executor.by_agreement.is_some() { ", by agreement" } else { "" };
    format!("{} [{}{agreement}]{position}{link}", executor.name, executor.kind.name())
}

fn measure(measure: &Measure) -> String {
    let number = measure.number.as_ref().map_or("–", Text::as_str);
    let mut out = format!("{number} ({:.2}): {}\n", measure.confidence, notation(&measure.deadlines));
    for one in &measure.executors {
        let _ = writeln!(out, "    {}", executor(one));
    }
    out
}

/// What every measure means: terms, bodies, confidence.
fn meanings(trace: &Trace) -> String {
    trace.plans.iter().flat_map(|plan| &plan.measures).map(measure).collect()
}

#[test]
fn every_line_that_mending_changes_is_known() {
    for (name, trace) in fixtures() {
        holds(&name, "mended", &mended(&trace));
    }
}

#[test]
fn the_grid_of_every_table_is_known() {
    for (name, trace) in fixtures() {
        holds(&name, "tables", &trace.tables.iter().map(grid).collect::<String>());
    }
}

#[test]
fn what_every_measure_means_is_known() {
    for (name, trace) in fixtures() {
        holds(&name, "plans", &meanings(&trace));
    }
}

#[test]
fn no_run_of_the_tests_writes_its_own_expectations() {
    assert!(
        std::env::var_os("CI").is_none() || std::env::var_os("UPDATE_EXPECT").is_none(),
        "UPDATE_EXPECT is set on the gate: snapshots would accept themselves"
    );
}
