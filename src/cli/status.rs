//! `svod status`: how the inputs ended. Never an opinion of its own about them.

use std::fmt::Write;
use std::process::ExitCode;

use super::args::Status;
use super::{complain, print};
use crate::error::Result;
use crate::register::{Register, Standing};

/// The exit code of a register whose sums do not balance.
pub(super) const UNBALANCED: u8 = 3;

/// Prints how the inputs of a register ended.
pub(super) fn run(args: &Status) -> Result<ExitCode> {
    let standing = Register::open(&args.register)?.standing()?;
    print(&drawn(&standing))?;
    Ok(code(&standing))
}

/// 0 where everything balances; else 3, with a word about it.
pub(super) fn code(standing: &Standing) -> ExitCode {
    if standing.balances() {
        return ExitCode::SUCCESS;
    }
    complain(&match standing.counted {
        None => {
            "the last import did not end; run the same command again, it goes on where it stopped".to_owned()
        }
        Some(counted) => format!(
            "the sums do not balance: {counted} inputs were counted, {} are in the register and {} of them have no \
             status; please report it",
            standing.inputs, standing.pending
        ),
    });
    ExitCode::from(UNBALANCED)
}

/// The sums as lines.
pub(super) fn drawn(standing: &Standing) -> String {
    let mut out = String::new();
    let accounted = standing.inputs - standing.pending;
    let _ = writeln!(out, "{} in = {accounted} accounted for", standing.inputs);
    let mut last = None;
    for ending in &standing.endings {
        if last != Some(ending.status) {
            let _ = writeln!(out, "  {:<16} {:>8}", ending.status.name(), standing.of(ending.status));
            last = Some(ending.status);
        }
        if let Some(cause) = &ending.cause {
            let _ = writeln!(out, "    {:>8} × {cause}", ending.inputs);
        }
    }
    if standing.pending > 0 {
        let _ = writeln!(out, "  {:<16} {:>8}", "still to be read", standing.pending);
    }
    let _ = writeln!(
        out,
        "{} documents, {} plans, {} measures",
        standing.documents, standing.plans, standing.measures
    );
    for (path, before, now) in &standing.degraded {
        let _ = writeln!(out, "degraded: {path}: {before} measures before, {now} now");
    }
    out
}
