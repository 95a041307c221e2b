//! Scores for eyes, for machines, and against their floors. Never rounded up.

use std::collections::BTreeMap;
use std::fmt::Write;

use comfy_table::{Table, presets};

use super::compare::SCORES;
use super::{Count, Evaluation, Floors};

/// The scores as a drawn table, one row a fixture, and the sum.
pub fn table(evaluations: &[Evaluation]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let mut header = vec!["fixture".to_owned()];
    header.extend(SCORES.iter().map(|name| (*name).to_owned()));
    table.set_header(header);
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    for evaluation in evaluations {
        let mut row = vec![evaluation.name.clone()];
        for name in SCORES {
            let count = evaluation.scores.get(name).copied().unwrap_or_default();
            let sum = sums.entry(name).or_default();
            sum.right += count.right;
            sum.of += count.of;
            row.push(cell(count));
        }
        table.add_row(row);
    }
    let mut row = vec!["all".to_owned()];
    row.extend(SCORES.iter().map(|name| cell(sums.get(name).copied().unwrap_or_default())));
    table.add_row(row);
    format!("{table}\n")
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
            let mut line = String::new();
            let _ = write!(
                line,
                "{name}: {score} is {share:.4} ({}/{}), its floor {floor:.4}",
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
