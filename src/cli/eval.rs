//! `svod eval`: scores against gold. Never writes gold.

use std::path::Path;
use std::process::ExitCode;

use super::args::Eval;
use super::{complain, prepare, print};
use crate::error::Result;
use crate::eval::{self, Evaluation, Floors};

/// Evaluates the fixtures of a folder and prints the scores.
pub(super) fn run(args: &Eval) -> Result<ExitCode> {
    let dictionaries = prepare(&args.reading)?;
    let fixtures = eval::fixtures(&args.directory)?;
    let evaluations: Vec<Evaluation> =
        fixtures.iter().map(|fixture| eval::evaluate(fixture, &dictionaries)).collect::<Result<_>>()?;
    let mut out = String::new();
    if args.differences {
        for evaluation in evaluations.iter().filter(|evaluation| !evaluation.differences.is_empty()) {
            out.push_str(&format!("{}\n", evaluation.name));
            for difference in &evaluation.differences {
                out.push_str(&format!("  {difference}\n"));
            }
        }
    }
    out.push_str(&if args.json { eval::json(&evaluations) } else { eval::table(&evaluations) });
    print(&out)?;
    gate(&evaluations, args.gate.as_deref())
}

/// Holds the scores to their floors, where a file has them, and says what fell and what rose.
pub(super) fn gate(evaluations: &[Evaluation], floors: Option<&Path>) -> Result<ExitCode> {
    let Some(gate) = floors else { return Ok(ExitCode::SUCCESS) };
    let (fallen, risen) = eval::floors(evaluations, &Floors::read(gate)?);
    for line in &risen {
        complain(&format!("raise the floor: {line}"));
    }
    for line in &fallen {
        complain(&format!("below the floor: {line}"));
    }
    Ok(ExitCode::from(u8::from(!fallen.is_empty())))
}
