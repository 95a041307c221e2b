//! `svod export` and `svod report`: a register in another form. Never half a file.

use std::io::Write;
use std::process::ExitCode;

use super::args::{Export, ExportFormat, Report};
use super::complain;
use super::convert::finish_calendar;
use super::output::Output;
use crate::emit::{self, Calendar, Columns, Delimiter, Rows, Sheet};
use crate::error::{Error, Result};
use crate::register::Register;

/// Writes the register in the format that was asked for. Every format walks the documents in the order of their paths;
/// a new one is an arm here and a writer in `emit`.
pub(super) fn run(args: &Export) -> Result<ExitCode> {
    if args.excel && args.format != ExportFormat::Csv {
        return Err(Error::usage("--excel is a way of writing csv; for a workbook use --format xlsx"));
    }
    let register = Register::open(&args.register)?;
    let standing = register.standing()?;
    let mut out = Output::open(Some(&args.out))?;
    match args.format {
        ExportFormat::Csv => {
            let delimiter = if args.excel { Delimiter::Excel } else { Delimiter::Comma };
            let mut rows = Rows::new(out, delimiter)?;
            register.documents(|document| rows.document(document))?;
            rows.into_inner()?.finish()?;
        }
        ExportFormat::Jsonl => {
            register.packed(|_, packed| {
                let line = emit::unpacked_line(packed)?;
                out.write_all(line.as_bytes()).map_err(|cause| Error::write("output", cause))
            })?;
            out.finish()?;
        }
        ExportFormat::Xlsx => {
            let mut sheet = Sheet::new()?;
            register.documents(|document| sheet.document(document))?;
            let cut = sheet.finish(&mut out)?;
            out.finish()?;
            if cut > 0 {
                complain(&format!(
                    "{cut} cells are longer than a workbook holds; they are cut and marked «[cut: …]»"
                ));
            }
        }
        ExportFormat::Sqlite => {
            let Some(place) = out.temporary() else {
                return Err(Error::usage("sqlite is written into a file; name one with --out"));
            };
            register.copy(place)?;
            out.finish()?;
        }
        ExportFormat::Parquet => {
            let mut columns = Columns::new(out)?;
            register.documents(|document| columns.document(document))?;
            columns.into_inner()?.finish()?;
        }
        ExportFormat::Ics => {
            let mut calendar = Calendar::new(out)?;
            register.documents(|document| calendar.document(document))?;
            finish_calendar(calendar)?;
        }
    }
    if !standing.balances() {
        complain(&"the register is not whole: its last import did not end; run it again, then export again");
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the page.
pub(super) fn report(args: &Report) -> Result<ExitCode> {
    let page = Register::open(&args.register)?.page()?;
    let mut out = Output::open(Some(&args.html))?;
    out.write_all(page.as_bytes()).map_err(|cause| Error::write(args.html.display().to_string(), cause))?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
