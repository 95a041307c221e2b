//! Scores for eyes, for machines, and against their floors. Never rounded up.

use std::collections::BTreeMap;
use std::fmt::Write;

use comfy_table::{Table, presets};

use super::compare::SCORES;
use super::{Count, Evaluation, Floors};

/// Scores that have a column of their own; the others are named where they are not full, and in the sum.
const COLUMNS: [&str; 6] = ["wholly", "rows", "numbers", "text", "deadlines", "executors"];

/// The scores as a drawn table, one row a fixture, and the sum of each score.
pub fn table(evaluations: &[Evaluation]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["fixture"].into_iter().chain(COLUMNS).chain(["others"]));
    let mut sums: BTreeMap<&'static str, Count> = BTreeMap::new();
    for evaluation in evaluations {
        for (name, count) in &evaluation.scores {
            let sum = sums.entry(name).or_default();
            *sum = [*sum, *count].into_iter().sum();
        }
        table.add_row(row(&evaluation.name, &evaluation.scores, false));
    }
    table.add_row(row("all", &sums, true));
    format!("{table}\n")
}

/// A row of the table; with every score in its last cell where it is the `sum`.
fn row(name: &str, scores: &BTreeMap<&'static str, Count>, sum: bool) -> Vec<String> {
    let count = |score: &str| scores.get(score).copied().unwrap_or_default();
    let mut cells = vec![name.to_owned()];
    cells.extend(COLUMNS.iter().map(|score| cell(count(score))));
    let others = SCORES.iter().filter(|score| !COLUMNS.contains(score));
    let shown = others.filter(|score| count(score).of > 0 && (sum || count(score).right < count(score).of));
    cells.push(
        shown.map(|score| format!("{score} {}", cell(count(score)))).collect::<Vec<String>>().join("\n"),
    );
    cells
}

fn cell(count: Count) -> String {
    if count.of == 0 { "–".to_owned() } else { format!("{}/{}", count.right, count.of) }
}

/// The scores as JSON: fixture, score, right, of, share.
pub fn json(evaluations: &[Evaluation]) -> String {
    let scores = |evaluation: &Evaluation| {
        let scores: BTreeMap<&str, serde_json::Value> = evaluation
            .scores
            .iter()
            .map(|(&name, count)| {
                (name, serde_json::json!({ "right": count.right, "of": count.of, "share": count.share() }))
            })
            .collect();
        scores
    };
    let all: BTreeMap<&str, _> =
        evaluations.iter().map(|evaluation| (evaluation.name.as_str(), scores(evaluation))).collect();
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

/// What fell below its floor, and what rose above it so that the floor should be raised.
pub fn floors(evaluations: &[Evaluation], floors: &Floors) -> (Vec<String>, Vec<String>) {
    let (mut fallen, mut risen) = (Vec::new(), Vec::new());
    for (name, wanted) in &floors.0 {
        let Some(evaluation) = evaluations.iter().find(|evaluation| evaluation.name == *name) else {
            fallen.push(format!("{name}: has floors and was not evaluated"));
            continue;
        };
        for (score, &floor) in wanted {
            let Some(count) = evaluation.scores.get(score.as_str()) else {
                fallen.push(format!("{name}: there is no score «{score}»"));
                continue;
            };
            let share = count.share();
            // Rounded down: 29999 of 30000 is not all.
            let shown = (share * 1e4).floor() / 1e4;
            let mut line = String::new();
            let _ = write!(
                line,
                "{name}: {score} is {shown:.4} ({}/{}), its floor {floor:.4}",
                count.right, count.of
            );
            if share + 1e-9 < floor {
                fallen.push(line);
            } else if share > floor + 1e-9 {
                risen.push(line);
            }
        }
    }
    for evaluation in evaluations.iter().filter(|evaluation| !floors.0.contains_key(&evaluation.name)) {
        fallen.push(format!("{}: has no floors", evaluation.name));
    }
    (fallen, risen)
}
