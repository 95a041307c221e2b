/*!
Workbooks of Excel: cells as they are shown.

This module never shows a number other than its cell does: «1.10» is a number of two places, «2 кв.» may be a date, and the
format says how each is written. Rows that are not shown are read and said.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::ops::Range;

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use ssfmt::{DateSystem, FormatOptions, Locale, NumberFormat};

use super::blocks::{Block, Cell, Row, Table};
use super::layout;
use super::xml::{self, Element, Node};
use crate::archive::{Limits, Package, Refusal};
use crate::status::{Limit, Status};

/// Names of months as Excel writes them where the system is Russian, alone and with a day.
const MONTHS: [&str; 12] = [
    "Январь",
    "Февраль",
    "Март",
    "Апрель",
    "Май",
    "Июнь",
    "Июль",
    "Август",
    "Сентябрь",
    "Октябрь",
    "Ноябрь",
    "Декабрь",
];
const MONTHS_OF_DAYS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const SHORT_MONTHS: [&str; 12] =
    ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const DAYS: [&str; 7] = ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];
const SHORT_DAYS: [&str; 7] = ["Вс", "Пн", "Вт", "Ср", "Чт", "Пт", "Сб"];

/// A sheet as it lies in the workbook.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Row, column, and what is shown there.
    pub(super) cells: BTreeMap<(u32, u32), String>,
    /// First and last row and column of merged cells.
    pub(super) merges: Vec<(u32, u32, u32, u32)>,
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Ascending.
    pub(super) hidden_columns: Vec<Range<u32>>,
    pub(super) hidden: bool,
    pub(super) name: String,
}

/// The blocks of a workbook of Excel since 2007.
///
/// # Errors
/// Where it is damaged or too large.
pub(super) fn xlsx(bytes: &[u8], package: &mut Package, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    package.weigh()?;
    let parts = parts(package)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let system = if book.has_1904_epoch() { DateSystem::Date1904 } else { DateSystem::Date1900 };
    let mut sheets = Vec::new();
    for known in book.sheets_metadata().to_vec() {
        if known.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet {
            hidden: known.visible != SheetVisible::Visible,
            name: known.name.clone(),
            ..Sheet::default()
        };
        if let Some(part) = parts.get(&known.name) {
            sheet.hide(&package.part(part)?.unwrap_or_default())?;
        }
        let merges = book.merge_cells_by_sheet_name(&known.name).map_err(|error| damaged(&error))?;
        sheet.merges = merges.iter().map(|own| (own.start.0, own.end.0, own.start.1, own.end.1)).collect();
        let mut reader = book.worksheet_cells_reader(&known.name).map_err(|error| damaged(&error))?;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| damaged(&error))? {
            let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let format = format.map(|format| (format.format_code.as_str(), format.format_id));
            let value = Data::from(match cell.get_value() {
                DataRef::SharedString(text) => DataRef::String((*text).to_owned()),
                other => other.clone(),
            });
            let shown = shown(&value, format, system);
            if !shown.is_empty() {
                sheet.cells.insert(cell.get_position(), shown);
            }
        }
        sheets.push(sheet);
    }
    blocks(&sheets, limits)
}

fn damaged(error: &dyn std::fmt::Display) -> Refusal {
    (Status::Undecodable, format!("damaged workbook: {error}"))
}

/// The part of each sheet, by its name.
fn parts(package: &mut Package) -> Result<BTreeMap<String, String>, Refusal> {
    let read = |error: String| (Status::Undecodable, error);
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    if let Some(part) = package.part("xl/_rels/workbook.xml.rels")? {
        xml::walk(&part, |node| {
            if let Node::Open(element) = node
                && let (Some(id), Some(target)) = (element.attr("Id"), element.attr("Target"))
            {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, path);
            }
        })
        .map_err(read)?;
    }
    let mut parts = BTreeMap::new();
    if let Some(part) = package.part("xl/workbook.xml")? {
        xml::walk(&part, |node| {
            if let Node::Open(element) = node
                && element.name == "sheet"
                && let (Some(name), Some(id)) = (element.attr("name"), element.attr("id"))
                && let Some(path) = targets.get(&id)
            {
                parts.insert(name, path.clone());
            }
        })
        .map_err(read)?;
    }
    Ok(parts)
}

/// A sheet has so many columns at most.
const MOST_COLUMNS: u32 = 16_384;

impl Sheet {
    /// Notes the rows and columns that `part` says are not shown.
    fn hide(&mut self, part: &[u8]) -> Result<(), Refusal> {
        let mut row = 0;
        // What is of no height or width is not shown either.
        let is_hidden = |element: &Element<'_>| {
            let zero = |name: &str| element.attr(name).is_some_and(|size| size.parse() == Ok(0.0));
            element.attr("hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"))
                || zero("ht")
                || zero("width")
        };
        xml::walk(part, |node| match node {
            Node::Open(element) if element.name == "row" => {
                row = element.number("r").unwrap_or(row + 1);
                if is_hidden(&element) {
                    self.hidden_rows.insert(row.saturating_sub(1));
                }
            }
            Node::Open(element) if element.name == "col" && is_hidden(&element) => {
                if let (Some(first), Some(last)) = (element.number("min"), element.number("max")) {
                    self.hide_columns(first.saturating_sub(1)..last);
                }
            }
            _ => {}
        })
        .map_err(|error| (Status::Undecodable, error))
    }

    /// Notes columns that are not shown; a sheet names them from the left.
    pub(super) fn hide_columns(&mut self, columns: Range<u32>) {
        let behind = self.hidden_columns.last().is_none_or(|last| last.end <= columns.start);
        if behind && columns.start < columns.end.min(MOST_COLUMNS) {
            self.hidden_columns.push(columns);
        }
    }
}

/// What a cell with this value and format shows: the format's code, and its number where it is one that every workbook has.
pub(super) fn shown(value: &Data, format: Option<(&str, Option<u32>)>, system: DateSystem) -> String {
    let number = match value {
        Data::Empty => return String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            return text.trim().to_owned();
        }
        Data::Bool(value) => return if *value { "ИСТИНА" } else { "ЛОЖЬ" }.to_owned(),
        Data::Error(error) => return error.to_string(),
        Data::Int(number) => *number as f64,
        Data::Float(number) => *number,
        Data::DateTime(number) => number.as_f64(),
    };
    let (code, id) = format.unwrap_or(("General", None));
    // These are the system's own, and the system is Russian.
    let code = match id {
        Some(14) => "dd.mm.yyyy",
        Some(22) => "dd.mm.yyyy h:mm",
        _ if code.is_empty() => "General",
        _ => code,
    };
    let options = FormatOptions { date_system: system, locale: locale(code) };
    match NumberFormat::parse(code) {
        Ok(format) => format.format(number, &options).trim().to_owned(),
        Err(_) => number.to_string(),
    }
}

fn locale(code: &str) -> Locale {
    let of_days = code.contains(['d', 'D']);
    Locale {
        month_names_full: if of_days { MONTHS_OF_DAYS } else { MONTHS },
        month_names_short: SHORT_MONTHS,
        day_names_full: DAYS,
        day_names_short: SHORT_DAYS,
        thousands_separator: '\u{a0}',
        ..Locale::en_us()
    }
}

/// The sheets as tables, a page each; one that is not shown stands beside the text.
///
/// # Errors
/// Where they have more cells than `limits` allow, those counted that a merged cell reaches over.
pub(super) fn blocks(sheets: &[Sheet], limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let mut blocks = Vec::new();
    let mut left = limits.cells;
    for sheet in sheets.iter().filter(|sheet| !sheet.cells.is_empty()) {
        let table = Block::Table(table(sheet, &mut left)?);
        if sheet.hidden {
            blocks.push(Block::Aside(layout::lines(&[table])));
            continue;
        }
        if blocks.iter().any(|block| matches!(block, Block::Table(_))) {
            blocks.push(Block::PageEnd);
        }
        blocks.push(table);
    }
    Ok(blocks)
}

/// The rows of a sheet in which something stands; `left` is how many cells there still may be.
fn table(sheet: &Sheet, left: &mut u64) -> Result<Table, Refusal> {
    let mut merges = sheet.merges.clone();
    merges.sort_unstable();
    let mut waiting = merges.into_iter().peekable();
    let mut open: Vec<(u32, u32, u32, u32)> = Vec::new();
    let mut table = Table::default();
    let mut rows: BTreeMap<u32, Vec<(u32, &String)>> = BTreeMap::new();
    for (&(row, column), text) in &sheet.cells {
        rows.entry(row).or_default().push((column, text));
    }
    for (row, cells) in rows {
        while let Some(merge) = waiting.next_if(|merge| merge.0 <= row) {
            open.push(merge);
        }
        open.retain(|merge| merge.1 >= row);
        let mut placed: BTreeMap<u32, Cell> = BTreeMap::new();
        for &(first, _, from, to) in &open {
            let cell = Cell { left: from, right: to + 1, above: first < row, blocks: Vec::new() };
            placed.insert(from, cell);
        }
        for (column, text) in cells {
            let own =
                placed.entry(column).or_insert(Cell { left: column, right: column + 1, ..Cell::default() });
            own.blocks = text.split('\n').map(|line| Block::Line(line.to_owned())).collect();
        }
        *left = left.checked_sub((placed.len() + open.len()) as u64).ok_or_else(|| {
            (Status::Limit(Limit::Unpacked), "its tables have more cells than a document may".to_owned())
        })?;
        let hidden = sheet.hidden_rows.contains(&row);
        table.rows.push(Row { cells: placed.into_values().collect(), hidden, pages: 0 });
    }
    table.hidden_columns = sheet.hidden_columns.clone();
    table.sheet = Some(sheet.name.clone());
    Ok(table)
}
