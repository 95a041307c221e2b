//! XLSX: a sheet with a header and one row a measure. Never a cell that is a formula.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::document::Document;
use super::fields::{FIELDS, FieldKind};
use crate::error::{Error, Result};

/// Rows of a sheet below the header. With more, another sheet begins.
const ROWS: u32 = 1_048_575;

/// Characters of a cell. What is longer is cut, marked, and counted.
const CELL: usize = 32_767;
const CUT: &str = " … [cut: a cell holds 32767 characters; jsonl and sqlite hold all]";

/// The width of a column of text, in characters.
const WIDE: f64 = 40.0;
const NARROW: f64 = 14.0;

/// Collects documents into a workbook.
pub struct Sheet {
    workbook: Workbook,
    sheets: usize,
    row: u32,
    cut: u64,
    rows_of_a_sheet: u32,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sheet({} sheets, row {})", self.sheets, self.row)
    }
}

impl Sheet {
    /// A workbook with an empty sheet.
    ///
    /// # Errors
    /// Where the temporary folder cannot be written: rows wait there, not in memory.
    pub fn new() -> Result<Self> {
        Self::with_rows(ROWS)
    }

    /// As [`new`](Self::new), with at most `rows` rows on a sheet.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_rows(rows: u32) -> Result<Self> {
        let mut workbook = Workbook::new();
        // A workbook carries the time of its making; the same register gives the same bytes.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut sheet = Self { workbook, sheets: 0, row: 0, cut: 0, rows_of_a_sheet: rows.clamp(1, ROWS) };
        sheet.begin()?;
        Ok(sheet)
    }

    /// Adds the measures of `document`.
    ///
    /// # Errors
    /// Where the temporary folder is full.
    pub fn document(&mut self, document: &Document) -> Result<()> {
        for plan in &document.plans {
            for measure in &plan.measures {
                if self.row > self.rows_of_a_sheet {
                    self.end()?;
                    self.begin()?;
                }
                let values = FIELDS.iter().map(|field| (field.kind, (field.value)(document, plan, measure)));
                let values: Vec<(FieldKind, String)> = values.collect();
                let row = self.row;
                for (column, (kind, value)) in (0..).zip(values) {
                    self.cell(row, column, kind, value)?;
                }
                self.row += 1;
            }
        }
        Ok(())
    }

    /// Writes the workbook and gives how many cells were cut.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(mut self, out: &mut dyn Write) -> Result<u64> {
        self.end()?;
        let bytes = self.workbook.save_to_buffer().map_err(failed)?;
        out.write_all(&bytes).map_err(|cause| Error::write("output", cause))?;
        Ok(self.cut)
    }

    fn cell(&mut self, row: u32, column: u16, kind: FieldKind, value: String) -> Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        let number = if kind == FieldKind::Text { None } else { value.parse::<f64>().ok() };
        let value = self.fitting(value);
        let sheet = self.sheet()?;
        match number {
            Some(number) => sheet.write_number(row, column, number),
            None => sheet.write_string(row, column, value),
        }
        .map(|_| ())
        .map_err(failed)
    }

    fn fitting(&mut self, value: String) -> String {
        // Excel counts in UTF-16.
        if value.encode_utf16().count() <= CELL {
            return value;
        }
        self.cut += 1;
        let room = CELL - CUT.encode_utf16().count();
        let mut used = 0;
        let kept: String = value
            .chars()
            .take_while(|letter| {
                used += letter.len_utf16();
                used <= room
            })
            .collect();
        kept + CUT
    }

    fn begin(&mut self) -> Result<()> {
        self.sheets += 1;
        let name = if self.sheets == 1 { "measures".to_owned() } else { format!("measures {}", self.sheets) };
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        for (column, field) in (0..).zip(FIELDS) {
            let width = if matches!(field.name, "text" | "executors" | "plan") { WIDE } else { NARROW };
            sheet.set_column_width(column, width).map_err(failed)?;
            sheet.write_string_with_format(0, column, field.name, &bold).map_err(failed)?;
        }
        self.row = 1;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let last = (FIELDS.len() as u16).saturating_sub(1);
        let row = self.row.saturating_sub(1);
        self.sheet()?.autofilter(0, 0, row, last).map(|_| ()).map_err(failed)
    }

    fn sheet(&mut self) -> Result<&mut Worksheet> {
        self.workbook.worksheet_from_index(self.sheets.saturating_sub(1)).map_err(failed)
    }
}

fn failed(error: XlsxError) -> Error {
    Error::write("workbook", std::io::Error::other(error.to_string()))
}
