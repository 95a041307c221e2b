//! `svod convert`: documents in, one of the formats out. Never a half-written file.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::{Convert, Format};
use super::output::Output;
use super::{complain, prepare};
use crate::archive::Limits;
use crate::batch::{self, Input};
use crate::emit::{self, Calendar, Delimiter, Document, Missing, Rows};
use crate::error::{Error, Result};

/// The width of a table that is not drawn on a terminal.
const PLAIN_WIDTH: u16 = 120;

/// Reads every file and writes what was read.
pub(super) fn run(args: &Convert) -> Result<ExitCode> {
    let inputs: Vec<Input> = args.files.iter().map(|path| input(path)).collect();
    if inputs.iter().filter(|input| **input == Input::Standard).count() > 1 {
        return Err(Error::usage("standard input (-) can be read once only"));
    }
    let terminal = args.output.is_none() && io::stdout().is_terminal();
    let format = args.format.unwrap_or(match (terminal, inputs.len()) {
        (true, _) => Format::Table,
        (false, 1) => Format::Json,
        (false, _) => Format::Jsonl,
    });
    if format == Format::Json && inputs.len() > 1 {
        return Err(Error::usage(
            "one JSON document holds one input; for several use --format jsonl, csv, tsv, table or ics",
        ));
    }
    let dictionaries = prepare(&args.reading)?;
    let mut failed = 0usize;
    let mut sink: Option<Sink> = None;
    let limits = Limits::default().times(args.limits.unwrap_or(1));
    batch::run(&inputs, &dictionaries, &limits, |_, document| match document {
        Ok(document) => {
            let sink = match &mut sink {
                Some(sink) => sink,
                none => none.insert(Sink::open(args, format, terminal)?),
            };
            sink.take(&document)
        }
        Err(error) => {
            failed += 1;
            complain(&error);
            Ok(())
        }
    })?;
    if let Some(sink) = sink {
        sink.finish()?;
    }
    if inputs.len() > 1 && failed > 0 {
        complain(&format!("{failed} of {} inputs failed", inputs.len()));
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// The input that a word of the command names.
pub(super) fn input(path: &Path) -> Input {
    if path.as_os_str() == "-" { Input::Standard } else { Input::File(path.to_path_buf()) }
}

/// The writer of one format.
enum Sink {
    Json(Output),
    Lines(Output),
    Rows(Box<Rows<Output>>),
    Table { out: Output, width: u16, styled: bool },
    Calendar(Box<Calendar<Output>>),
}

impl Sink {
    fn open(args: &Convert, format: Format, terminal: bool) -> Result<Self> {
        let out = Output::open(args.output.as_deref())?;
        Ok(match format {
            Format::Json => Self::Json(out),
            Format::Jsonl => Self::Lines(out),
            Format::Csv => Self::Rows(Box::new(Rows::new(out, Delimiter::Comma)?)),
            Format::Tsv => Self::Rows(Box::new(Rows::new(out, Delimiter::Tab)?)),
            Format::Ics => Self::Calendar(Box::new(Calendar::new(out)?)),
            Format::Table => {
                let width = args.width.or_else(|| terminal.then(emit::terminal_width).flatten());
                Self::Table { out, width: width.unwrap_or(PLAIN_WIDTH), styled: terminal }
            }
        })
    }

    fn take(&mut self, document: &Document) -> Result<()> {
        match self {
            Self::Json(out) => emit::json(document, out),
            Self::Lines(out) => emit::json_line(document, out),
            Self::Rows(rows) => rows.document(document),
            Self::Calendar(calendar) => calendar.document(document),
            Self::Table { out, width, styled } => {
                let drawn = emit::draw(document, *width, *styled);
                out.write_all(drawn.as_bytes()).map_err(|cause| Error::write("output", cause))
            }
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::Json(out) | Self::Lines(out) | Self::Table { out, .. } => out.finish(),
            Self::Rows(rows) => rows.into_inner()?.finish(),
            Self::Calendar(calendar) => finish_calendar(*calendar),
        }
    }
}

/// Ends the file, then says what is not in it.
pub(super) fn finish_calendar(calendar: Calendar<Output>) -> Result<()> {
    let (out, missing) = calendar.finish()?;
    out.finish()?;
    say(&missing);
    Ok(())
}

/// How many terms are not in the calendar, and why.
fn say(missing: &Missing) {
    let count: usize = missing.reasons.values().sum();
    if count == 0 {
        return;
    }
    let reasons: Vec<String> = missing.reasons.iter().map(|(why, count)| format!("{count} {why}")).collect();
    let terms = missing.terms;
    complain(&format!(
        "{count} of {terms} terms have no date and are not in the calendar: {}",
        reasons.join(", ")
    ));
}
