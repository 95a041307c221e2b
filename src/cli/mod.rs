/*!
The command line: words typed into what is meant, and what came of it into an exit code.

This module never decides how a document is read; it calls the facade.

| code | meaning |
|---|---|
| 0 | everything was read; of an archive, everything is accounted for |
| 1 | some input failed, a score is below its floor, or the output could not be written |
| 2 | the command's words, or a dictionary, are wrong |
| 3 | the sums of a register do not balance |
| 130 | interrupted |
*/

mod args;
mod convert;
mod deadline;
mod dict;
mod draw;
mod eval;
mod explain;
mod export;
mod import;
mod interrupt;
mod noise;
mod output;
mod progress;
mod repairs;
mod status;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::dictionaries::Dictionaries;
use crate::error::{Blame, Error, Result};
use args::{Cli, Command, Reading};

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    interrupt::install();
    match run(cli.command) {
        Ok(code) => code,
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(match error.blame() {
                Blame::Usage => 2,
                Blame::Nobody => interrupt::INTERRUPTED,
                _ if error.is_imbalance() => status::UNBALANCED,
                _ => 1,
            })
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Convert(args) => convert::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Retry(args) => import::retry(&args),
        Command::Report(args) => export::report(&args),
        Command::Export(args) => export::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Deadline(args) => deadline::run(&args),
        Command::Dict(args) => dict::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Noise(args) => noise::run(&args),
        Command::Repairs(args) => repairs::run(&args),
        Command::Schema => print(&crate::emit::schema()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "svod", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

/// The dictionaries and the threads that the words ask for.
fn prepare(reading: &Reading) -> Result<Dictionaries> {
    if let Some(threads) = reading.threads {
        // The pool can be built once; a second command in one process keeps the first's.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let mut dictionaries = match &reading.dictionaries {
        Some(directory) => Dictionaries::with_directory(directory),
        None => Dictionaries::embedded(),
    }?;
    for repair in &reading.no_repair {
        dictionaries.switch_off(repair)?;
    }
    Ok(dictionaries)
}

/// Writes `text` to standard output.
fn print(text: &str) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|cause| Error::write("standard output", cause))?;
    Ok(ExitCode::SUCCESS)
}

/// One line on standard error.
fn complain(message: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "svod: {message}");
}
