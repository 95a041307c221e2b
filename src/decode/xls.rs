/*!
Workbooks of Excel before 2007: how each cell is shown, and how large the sheets are, before they are read.

This module never reads a value: that is `calamine`'s part. It walks over the records of the workbook once, since neither
the formats of cells nor the rows that are not shown are told otherwise, and since a sheet of two cells far apart must not
cost what lies between them.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::ops::Range;

use calamine::{Reader as _, SheetType, SheetVisible, Xls};
use ssfmt::{DateSystem, format_code_from_id};

use super::blocks::Block;
use super::workbook::{self, Sheet, shown};
use crate::archive::{Limits, Refusal};
use crate::status::{Limit, Status};

/// Rows and columns of a sheet of this format.
const ROWS: u64 = 65_536;
const COLUMNS: u64 = 256;

/// What the records say of a sheet.
#[derive(Debug, Default)]
struct Scanned {
    /// The format of each cell, an index into the list of them.
    formats: BTreeMap<(u32, u32), usize>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<Range<u32>>,
    /// The last row and the last column.
    last: (u64, u64),
}

/// What the records say of a workbook.
#[derive(Debug, Default)]
struct Workbook {
    sheets: BTreeMap<u32, Scanned>,
    /// Where the sheets begin, in their order.
    starts: Vec<u32>,
    /// For each kind of cell its format.
    kinds: Vec<u16>,
    codes: BTreeMap<u16, String>,
    locked: bool,
    since_1904: bool,
    claimed: bool,
}

/// The blocks of a workbook.
///
/// # Errors
/// Where it is damaged, locked or too large.
pub(super) fn blocks(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let book = scan(&stream(bytes, limits)?);
    if book.locked {
        return Err((Status::Password, "it is locked by a password".to_owned()));
    }
    // Those between the first and the last cell are read as well, empty ones too.
    let area: u64 = book.sheets.values().map(|sheet| (sheet.last.0 + 1) * (sheet.last.1 + 1)).sum();
    if area > limits.cells || book.claimed {
        return Err((Status::Limit(Limit::Unpacked), "its cells lie too far apart".to_owned()));
    }
    let mut read = Xls::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let system = if book.since_1904 { DateSystem::Date1904 } else { DateSystem::Date1900 };
    let none = Scanned::default();
    let mut sheets = Vec::new();
    for (nth, known) in read.sheets_metadata().to_vec().into_iter().enumerate() {
        if known.typ != SheetType::WorkSheet {
            continue;
        }
        let scanned = book.starts.get(nth).and_then(|start| book.sheets.get(start)).unwrap_or(&none);
        let mut sheet = Sheet {
            hidden: known.visible != SheetVisible::Visible,
            hidden_rows: scanned.hidden_rows.clone(),
            name: known.name.clone(),
            ..Sheet::default()
        };
        scanned.hidden_columns.iter().cloned().for_each(|columns| sheet.hide_columns(columns));
        let merges = read.merge_cells_by_sheet_name(&known.name).map_err(|error| damaged(&error))?;
        sheet.merges = merges.iter().map(|own| (own.start.0, own.end.0, own.start.1, own.end.1)).collect();
        let range = read.worksheet_range(&known.name).map_err(|error| damaged(&error))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            let id = scanned.formats.get(&at).and_then(|kind| book.kinds.get(*kind)).copied().unwrap_or(0);
            let own = book.codes.get(&id).map(String::as_str);
            let code = own.or_else(|| format_code_from_id(u32::from(id))).unwrap_or("General");
            let text = shown(value, Some((code, Some(u32::from(id)))), system);
            if !text.is_empty() {
                sheet.cells.insert(at, text);
            }
        }
        sheets.push(sheet);
    }
    workbook::blocks(&sheets, limits)
}

fn damaged(error: &dyn std::fmt::Display) -> Refusal {
    (Status::Undecodable, format!("damaged workbook: {error}"))
}

/// The bytes of the workbook inside its container.
fn stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let name = container
        .read_root_storage()
        .map(|entry| entry.name().to_owned())
        .find(|name| ["workbook", "book"].contains(&name.to_lowercase().as_str()))
        .ok_or_else(|| damaged(&"it holds no workbook"))?;
    let stream = container.open_stream(&name).map_err(|error| damaged(&error))?;
    let mut bytes = Vec::new();
    stream.take(limits.inside).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
    Ok(bytes)
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// Walks over the records.
fn scan(stream: &[u8]) -> Workbook {
    let mut book = Workbook::default();
    let mut at = 0;
    let mut sheet: Option<u32> = None;
    let mut depth = 0;
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let end = (at + 4 + usize::from(length)).min(stream.len());
        let data = &stream[(at + 4).min(end)..end];
        match kind {
            // The beginning of the workbook, of a sheet, of a chart inside a sheet.
            0x0809 => {
                depth += 1;
                if depth == 1 && short(data, 2) == Some(0x0010) {
                    sheet = Some(at as u32);
                    book.sheets.entry(at as u32).or_default();
                }
            }
            0x000A => {
                depth -= 1;
                if depth <= 0 {
                    (depth, sheet) = (0, None);
                }
            }
            _ => match sheet.filter(|_| depth == 1).and_then(|start| book.sheets.get_mut(&start)) {
                Some(sheet) => book.claimed |= sheet.take(kind, data),
                None if depth == 1 => book.take(kind, data),
                None => {}
            },
        }
        at = end;
        if length == 0 && kind == 0 {
            break;
        }
    }
    book
}

impl Workbook {
    /// A record of the whole workbook.
    fn take(&mut self, kind: u16, data: &[u8]) {
        match kind {
            0x002F => self.locked = true,
            0x0022 => self.since_1904 = short(data, 0) == Some(1),
            0x0085 => {
                let start = data.get(..4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
                self.starts.extend(start);
            }
            0x00E0 => self.kinds.push(short(data, 2).unwrap_or(0)),
            0x041E => {
                let (Some(id), Some(length), Some(wide)) = (short(data, 0), short(data, 2), data.get(4))
                else {
                    return;
                };
                let text = data.get(5..).unwrap_or(&[]);
                let code = if wide & 1 == 1 {
                    let units = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                    let units: Vec<u16> = units.take(usize::from(length)).collect();
                    String::from_utf16_lossy(&units)
                } else {
                    text.iter().take(usize::from(length)).map(|byte| char::from(*byte)).collect()
                };
                self.codes.insert(id, code);
            }
            _ => {}
        }
    }
}

impl Scanned {
    /// A record of this sheet; true where it claims to be larger than a sheet can be.
    fn take(&mut self, kind: u16, data: &[u8]) -> bool {
        let (Some(row), Some(column)) = (short(data, 0), short(data, 2)) else { return false };
        match kind {
            0x0200 => {
                let long = |at: usize| {
                    data.get(at..at + 4).and_then(|own| own.try_into().ok()).map_or(0, u32::from_le_bytes)
                };
                return data.len() >= 14
                    && (u64::from(long(4)) > ROWS || u64::from(short(data, 10).unwrap_or(0)) > COLUMNS);
            }
            // A row: how high it is, and whether it is shown.
            0x0208 if short(data, 12).is_some_and(|flags| flags & 0x20 != 0) || short(data, 6) == Some(0) => {
                self.hidden_rows.insert(u32::from(row));
            }
            // Columns: the first, the last, how wide they are, and whether they are shown.
            0x007D if short(data, 8).is_some_and(|flags| flags & 1 != 0) || short(data, 4) == Some(0) => {
                self.hidden_columns.push(u32::from(row)..u32::from(column).saturating_add(1));
            }
            // One cell: a number, a text, a formula, a truth value.
            0x0203 | 0x027E | 0x00FD | 0x0204 | 0x0006 | 0x0206 | 0x0205 | 0x00D6 => {
                self.cell(row, column, short(data, 4));
            }
            // Several numbers in a row.
            0x00BD => {
                for nth in 0..(data.len().saturating_sub(6) / 6) {
                    self.cell(row, column.saturating_add(nth as u16), short(data, 4 + 6 * nth));
                }
            }
            _ => {}
        }
        false
    }

    fn cell(&mut self, row: u16, column: u16, kind: Option<u16>) {
        let at = (u64::from(row), u64::from(column));
        self.last = (self.last.0.max(at.0), self.last.1.max(at.1));
        self.formats.insert((u32::from(row), u32::from(column)), usize::from(kind.unwrap_or(0)));
    }
}
