/*!
A document of Word: paragraphs and tables as they are shown, with the numbers that Word puts before them.

This module never shows what was deleted and never hides what was inserted while changes are tracked; both are said. What is
shown elsewhere than in the text (running heads, notes, comments) stands beside it.
*/

use super::blocks::{Block, Recorder};
use super::numbering::Numbering;
use super::xml::{self, Element, Node};
use crate::archive::{Package, Refusal};
use crate::issue::{IssueKind, Issues};
use crate::status::Status;

/// Edges of cells that lie within a tenth of an inch are one: tables that were drawn by hand have such slivers.
const TOLERANCE: u32 = 144;

/// The width of a column that the table does not give, in twentieths of a point.
const COLUMN: u32 = 1440;

/// The blocks of a document.
///
/// # Errors
/// Where it is damaged, locked, or too large.
pub(super) fn blocks(package: &mut Package, issues: &mut Issues) -> Result<Vec<Block>, Refusal> {
    let mut numbering = Numbering::default();
    if let Some(part) = package.part("word/numbering.xml")? {
        numbering.read(&part).map_err(damaged)?;
    }
    if let Some(part) = package.part("word/styles.xml")? {
        numbering.read_styles(&part).map_err(damaged)?;
    }
    let Some(document) = package.part("word/document.xml")? else {
        return Err((Status::Undecodable, "its text (word/document.xml) is missing".to_owned()));
    };
    let sections = sections(&document).map_err(damaged)?;
    let mut reader = Reader { numbering, sections, ..Reader::default() };
    xml::walk(&document, |node| reader.take(node)).map_err(damaged)?;
    reader.changes.note(issues);
    let mut blocks = reader.recorder.finish();
    let is_beside = |name: &String| {
        let part = name.strip_prefix("word/").unwrap_or("");
        let kinds = ["header", "footer", "footnotes", "endnotes", "comments"];
        kinds.iter().any(|kind| part.starts_with(kind))
            && part.ends_with(".xml")
            && !part.contains("Extended")
    };
    let mut beside: Vec<String> = package.names().into_iter().filter(is_beside).collect();
    beside.sort();
    for name in beside {
        let Some(part) = package.part(&name)? else { continue };
        let mut reader = Reader { numbering: Numbering::default(), ..Reader::default() };
        xml::walk(&part, |node| reader.take(node)).map_err(damaged)?;
        blocks.push(Block::Aside(super::layout::lines(&reader.recorder.finish())));
    }
    Ok(blocks)
}

fn damaged(what: String) -> Refusal {
    (Status::Undecodable, what)
}

/// For each section whether it begins a page. That is said at its end, and so looked up before; most documents have one.
fn sections(document: &[u8]) -> Result<Vec<bool>, String> {
    const MARK: &[u8] = b":sectPr";
    let mut sections = Vec::new();
    if document.windows(MARK.len()).filter(|own| *own == MARK).nth(2).is_none() {
        return Ok(sections);
    }
    let (mut inside, mut former) = (false, 0);
    xml::walk(document, |node| match node {
        Node::Open(element) if former > 0 || element.name == "sectPrChange" => {
            former += usize::from(element.name == "sectPrChange");
        }
        Node::Close("sectPrChange") => former -= 1,
        Node::Close(_) if former > 0 => {}
        Node::Open(element) if element.name == "sectPr" => {
            inside = true;
            sections.push(true);
        }
        Node::Open(element) if inside && element.name == "type" => {
            let goes_on =
                element.attr("val").is_some_and(|own| matches!(own.as_str(), "continuous" | "nextColumn"));
            if let Some(last) = sections.last_mut() {
                *last = !goes_on;
            }
        }
        Node::Close("sectPr") => inside = false,
        _ => {}
    })?;
    Ok(sections)
}

/// What tracked changes did to the text.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) inserted: Vec<String>,
    pub(super) deleted: Vec<String>,
}

impl Changes {
    /// Forgets changes in which nothing stands.
    fn drop_empty(&mut self) {
        self.inserted.retain(|text| !text.trim().is_empty());
        self.deleted.retain(|text| !text.trim().is_empty());
    }

    /// Says what was kept and what was left out.
    pub(super) fn note(mut self, issues: &mut Issues) {
        self.drop_empty();
        let said = |texts: &[String]| -> String {
            texts.iter().map(|text| format!("«{}»", text.trim())).collect::<Vec<_>>().join(", ")
        };
        if !self.inserted.is_empty() {
            let message = format!(
                "Insertions that nobody has accepted yet are read as text: {}.",
                said(&self.inserted)
            );
            issues.note_document(IssueKind::TrackedInsertion, message);
        }
        if !self.deleted.is_empty() {
            let message =
                format!("Deletions that nobody has accepted yet are left out: {}.", said(&self.deleted));
            issues.note_document(IssueKind::TrackedDeletion, message);
        }
    }
}

/// The edges of the open table's columns, and where the next cell begins.
#[derive(Debug, Default)]
struct Grid {
    edges: Vec<u32>,
    column: usize,
}

impl Grid {
    fn edge(&self, column: usize) -> u32 {
        let known = self.edges.len();
        match self.edges.get(column) {
            Some(edge) => *edge,
            None => {
                let beyond = (column - known + 1).min(super::blocks::WIDEST as usize) as u32;
                self.edges.last().copied().unwrap_or(0).saturating_add(beyond * COLUMN)
            }
        }
    }
}

/// A cell whose properties are being read.
#[derive(Debug, Default)]
struct Pending {
    span: Option<u32>,
    above: bool,
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Reader {
    recorder: Recorder,
    numbering: Numbering,
    changes: Changes,
    grids: Vec<Grid>,
    pending: Option<Pending>,
    /// Elements that are open: how many of each matter.
    properties: usize,
    row_properties: usize,
    inserted: usize,
    deleted: usize,
    skipped: usize,
    /// The lines in which text boxes stand.
    outer: Vec<String>,
    in_text: bool,
    hidden: bool,
    /// What a paragraph says of its number.
    style: Option<String>,
    list: (Option<u32>, Option<u32>),
    paragraph: usize,
    /// Whether each section begins a page, how many have ended, and whether the open paragraph ends one.
    sections: Vec<bool>,
    ended: usize,
    ends_section: bool,
}

impl Reader {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(element) if self.skipped > 0 || is_skipped(element.name) => {
                self.ends_section |= self.skipped == 0 && element.name == "sectPr" && self.properties > 0;
                self.skipped += 1;
            }
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.skipped == 0 && self.in_text => self.text(text),
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.name {
            "tbl" => {
                self.begin_cell();
                self.recorder.open_table(TOLERANCE);
                self.grids.push(Grid { edges: vec![0], column: 0 });
            }
            "gridCol" => {
                if let Some(grid) = self.grids.last_mut() {
                    let last = grid.edges.last().copied().unwrap_or(0);
                    grid.edges.push(last.saturating_add(element.number("w").unwrap_or(COLUMN)));
                }
            }
            "tr" => {
                self.recorder.open_row(false);
                if let Some(grid) = self.grids.last_mut() {
                    grid.column = 0;
                }
            }
            "gridBefore" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.column += element.number("val").unwrap_or(0).min(super::blocks::WIDEST) as usize;
                }
            }
            "tc" => self.pending = Some(Pending::default()),
            "gridSpan" => {
                if let Some(pending) = &mut self.pending {
                    pending.span = element.number("val");
                }
            }
            "vMerge" => {
                if let Some(pending) = &mut self.pending {
                    pending.above = element.attr("val").as_deref() != Some("restart");
                }
            }
            "p" => {
                self.begin_cell();
                self.paragraph += 1;
                (self.style, self.list) = (None, (None, None));
                self.recorder.begin_paragraph();
            }
            "pPr" | "tcPr" | "tblPr" => self.properties += 1,
            "trPr" => self.row_properties += 1,
            "hidden" if self.row_properties > 0 && element.is_on() => self.recorder.hide_row(),
            "pStyle" => self.style = element.attr("val"),
            "ilvl" => self.list.1 = element.number("val"),
            "numId" => self.list.0 = element.number("val"),
            "rPr" => self.hidden = false,
            "vanish" if element.is_on() => self.hidden = self.properties == 0,
            "t" | "delText" => self.in_text = true,
            "tab" if self.properties == 0 => self.text("\t"),
            "br" | "cr" if self.properties == 0 => {
                self.recorder.end_line();
                if element.attr("type").as_deref() == Some("page") {
                    self.recorder.begin_paragraph();
                    self.recorder.new_page();
                }
            }
            // Word notes here what it saw, for demanded pages as well.
            "lastRenderedPageBreak" | "pageBreakBefore"
                if self.recorder.is_page_begun() && element.is_on() =>
            {
                self.recorder.new_page()
            }
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => {
                let code = element.attr("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(sign) = code.and_then(char::from_u32) {
                    self.text(sign.encode_utf8(&mut [0; 4]));
                }
            }
            "txbxContent" => self.outer.push(self.recorder.take_line()),
            "ins" | "moveTo" if self.properties + self.row_properties == 0 => {
                self.inserted += 1;
                if self.inserted == 1 {
                    self.changes.inserted.push(String::new());
                }
            }
            "del" | "moveFrom" if self.properties + self.row_properties == 0 => {
                self.deleted += 1;
                if self.deleted == 1 {
                    self.changes.deleted.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.recorder.close_table();
                self.grids.pop();
            }
            "tr" => self.recorder.close_row(),
            "tc" => {
                self.begin_cell();
                self.recorder.close_cell();
            }
            "tcPr" => {
                self.properties = self.properties.saturating_sub(1);
                self.begin_cell();
            }
            "pPr" => {
                self.properties = self.properties.saturating_sub(1);
                let label = self.numbering.next(self.style.as_deref(), self.list);
                if let Some(label) = label {
                    self.recorder.text(&label);
                    self.recorder.text(" ");
                }
            }
            "tblPr" => self.properties = self.properties.saturating_sub(1),
            "trPr" => self.row_properties = self.row_properties.saturating_sub(1),
            "p" => {
                self.paragraph = self.paragraph.saturating_sub(1);
                self.recorder.end_line();
                self.recorder.begin_paragraph();
                if std::mem::take(&mut self.ends_section) {
                    self.ended += 1;
                    if self.sections.get(self.ended).copied().unwrap_or(false) {
                        self.recorder.new_page();
                    }
                }
            }
            "r" => self.hidden = false,
            "t" | "delText" => self.in_text = false,
            "txbxContent" => {
                self.recorder.end_paragraph();
                let line = self.outer.pop().unwrap_or_default();
                self.recorder.text(&line);
            }
            "ins" | "moveTo" if self.properties + self.row_properties == 0 => {
                self.inserted = self.inserted.saturating_sub(1);
            }
            "del" | "moveFrom" if self.properties + self.row_properties == 0 => {
                self.deleted = self.deleted.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Opens the cell whose properties were read.
    fn begin_cell(&mut self) {
        let (Some(pending), Some(grid)) = (self.pending.take(), self.grids.last_mut()) else { return };
        let span = pending.span.unwrap_or(1).clamp(1, super::blocks::WIDEST) as usize;
        let (left, right) = (grid.edge(grid.column), grid.edge(grid.column + span));
        grid.column += span;
        self.recorder.open_cell(left, right, pending.above);
    }

    fn text(&mut self, text: &str) {
        if self.deleted > 0 {
            if let Some(last) = self.changes.deleted.last_mut() {
                last.push_str(text);
            }
            return;
        }
        if self.hidden {
            return self.recorder.push(Block::Aside(text.to_owned()));
        }
        if self.inserted > 0
            && let Some(last) = self.changes.inserted.last_mut()
        {
            last.push_str(text);
        }
        self.recorder.begin_print();
        self.recorder.text(text);
    }
}

/// Elements whose text is said elsewhere, or is none: a picture's second form, a field's code.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "Fallback"
            | "instrText"
            | "delInstrText"
            | "sdtPr"
            | "rPrChange"
            | "pPrChange"
            | "tcPrChange"
            | "tblPrChange"
            | "trPrChange"
            | "sectPr"
            | "tblPrEx"
    )
}
