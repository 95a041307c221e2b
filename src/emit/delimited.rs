//! CSV and TSV: a header, then one row a measure. Never a row without a measure.

use std::io::Write;

use super::document::Document;
use super::fields::FIELDS;
use crate::error::{Error, Result};

/// What parts the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// RFC 4180.
    Comma,
    /// As Excel opens it in Russia: a byte order mark, «;», and no cell that would be a formula.
    Excel,
    /// Tabs; tabs and line ends inside values become spaces.
    Tab,
}

/// With these a spreadsheet takes a cell for a formula; an apostrophe before them makes it text.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes documents one after another under one header.
pub struct Rows<W: Write> {
    writer: csv::Writer<W>,
    delimiter: Delimiter,
}

impl<W: Write> std::fmt::Debug for Rows<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({:?})", self.delimiter)
    }
}

impl<W: Write> Rows<W> {
    /// Writes the header to `out`.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(mut out: W, delimiter: Delimiter) -> Result<Self> {
        let mut builder = csv::WriterBuilder::new();
        match delimiter {
            Delimiter::Comma => builder.terminator(csv::Terminator::CRLF),
            Delimiter::Excel => {
                out.write_all("\u{feff}".as_bytes()).map_err(|cause| Error::write("output", cause))?;
                builder.delimiter(b';').terminator(csv::Terminator::CRLF)
            }
            Delimiter::Tab => builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never),
        };
        let mut rows = Self { writer: builder.from_writer(out), delimiter };
        rows.write(FIELDS.iter().map(|field| field.name.to_owned()))?;
        Ok(rows)
    }

    /// Writes the measures of `document`.
    ///
    /// # Errors
    /// The writer's.
    pub fn document(&mut self, document: &Document) -> Result<()> {
        for plan in &document.plans {
            for measure in &plan.measures {
                self.write(FIELDS.iter().map(|field| (field.value)(document, plan, measure)))?;
            }
        }
        Ok(())
    }

    /// Writes out what is buffered and gives the writer back.
    ///
    /// # Errors
    /// The writer's.
    pub fn into_inner(self) -> Result<W> {
        self.writer.into_inner().map_err(|error| Error::write("output", error.into_error()))
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> Result<()> {
        let delimiter = self.delimiter;
        let cells = cells.map(|cell| match delimiter {
            Delimiter::Comma => cell,
            Delimiter::Excel if cell.starts_with(FORMULA) => format!("'{cell}"),
            Delimiter::Excel => cell,
            Delimiter::Tab => cell.replace(['\t', '\n', '\r'], " "),
        });
        self.writer.write_record(cells.collect::<Vec<String>>()).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(cause) => Error::write("output", cause),
            other => Error::content("output", format!("{other:?}")),
        })
    }
}
