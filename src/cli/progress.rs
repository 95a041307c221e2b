//! How a long run is shown: a bar, a line now and then, a log for machines, or nothing. Never on standard output.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::args::Telling;
use super::status;
use crate::archive::{self, Root};
use crate::emit::{self, LogValue};
use crate::import::{Event, Summary};
use crate::register::Standing;

/// Between two lines where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// The way in which a run is shown, and what there is to show.
pub(super) struct Progress {
    way: Way,
    started: Instant,
    inputs: u64,
    bytes: u64,
    failed: u64,
}

enum Way {
    Quiet,
    Log,
    Lines { last: Instant },
    Bar(ProgressBar),
}

impl Progress {
    /// The way that was asked for; a bar where standard error is a terminal, with the files of `roots` as its length.
    pub(super) fn new(telling: &Telling, roots: &[Root]) -> Self {
        let started = Instant::now();
        let way = if telling.quiet {
            Way::Quiet
        } else if telling.json_log {
            Way::Log
        } else if io::stderr().is_terminal() {
            let style = "{wide_bar} {pos}/{len} files, {per_sec}, {eta} left{msg}";
            let bar = ProgressBar::new(archive::count(roots));
            Way::Bar(bar.with_style(
                ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
            ))
        } else {
            Way::Lines { last: started }
        };
        Self { way, started, inputs: 0, bytes: 0, failed: 0 }
    }

    /// Takes note of one entry.
    pub(super) fn tell(&mut self, event: &Event<'_>) {
        self.inputs += 1;
        self.bytes += event.bytes;
        self.failed += u64::from(event.status.is_some_and(|status| !status.is_read()));
        let failed = if self.failed > 0 { format!(", {} not read", self.failed) } else { String::new() };
        match &mut self.way {
            Way::Quiet => {}
            Way::Log => {
                let status = event.status.map_or("pending", |status| status.name());
                say(&emit::log_line(&[
                    ("path", LogValue::Text(event.path)),
                    ("status", LogValue::Text(status)),
                    ("bytes", LogValue::Number(event.bytes)),
                    ("unchanged", LogValue::Flag(event.unchanged)),
                ]));
            }
            Way::Lines { last } => {
                if last.elapsed() >= EVERY {
                    *last = Instant::now();
                    let seconds = self.started.elapsed().as_secs_f64().max(1e-3);
                    let rate = self.inputs as f64 / seconds;
                    let megabytes = self.bytes as f64 / 1e6;
                    say(&format!("{} files, {megabytes:.1} MB, {rate:.0} files/s{failed}", self.inputs));
                }
            }
            Way::Bar(bar) => {
                if event.on_disk {
                    bar.inc(1);
                }
                if !failed.is_empty() {
                    bar.set_message(failed);
                }
            }
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Way::Bar(bar) = &self.way {
            bar.finish_and_clear();
        }
    }

    /// Says what stands in the register after the run.
    pub(super) fn sums(&self, standing: &Standing, summary: Option<&Summary>) {
        if let Way::Log = self.way {
            say(&emit::log_line(&[
                ("inputs", LogValue::Number(standing.inputs)),
                ("accounted", LogValue::Number(standing.inputs - standing.pending)),
                ("documents", LogValue::Number(standing.documents)),
                ("measures", LogValue::Number(standing.measures)),
            ]));
            return;
        }
        if let Some(summary) = summary {
            let left_out = match summary.left_out {
                0 => String::new(),
                left_out => format!(", {left_out} left out by the filters"),
            };
            say(&format!(
                "{} met: {} unchanged, {} read{left_out}",
                summary.met, summary.unchanged, summary.read
            ));
        }
        say(status::drawn(standing).trim_end());
    }
}

fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}
