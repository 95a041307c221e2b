/*!
A text or a spreadsheet of OpenDocument: paragraphs and cells as they are shown.

This module never computes what a cell shows: the format keeps it beside the value. What was deleted while changes were
tracked is left out and said; notes and running heads stand beside the text.
*/

use std::collections::BTreeSet;

use super::blocks::{Block, Recorder, Spans};
use super::docx::Changes;
use super::layout;
use super::lists::Lists;
use super::xml::{self, Element, Node};
use crate::archive::{Package, Refusal};
use crate::issue::Issues;
use crate::status::Status;

/// So often a cell with something in it is repeated at most.
const REPEATED: u32 = 100;

/// The blocks of a document.
///
/// # Errors
/// Where it is damaged, locked, or too large.
pub(super) fn blocks(package: &mut Package, issues: &mut Issues) -> Result<Vec<Block>, Refusal> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")? {
        let mut locked = false;
        let read = xml::walk(&manifest, |node| {
            locked |= matches!(node, Node::Open(element) if element.name == "encryption-data");
        });
        if read.is_ok() && locked {
            return Err((Status::Password, "locked by a password".to_owned()));
        }
    }
    let Some(content) = package.part("content.xml")? else {
        return Err((Status::Undecodable, "its text (content.xml) is missing".to_owned()));
    };
    let styles = package.part("styles.xml")?;
    let mut lists = Lists::default();
    for part in styles.iter().chain([&content]) {
        lists.read(part).map_err(damaged)?;
    }
    let mut reader = Reader { lists, ..Reader::default() };
    xml::walk(&content, |node| reader.take(node)).map_err(damaged)?;
    reader.changes.note(issues);
    let mut blocks = reader.recorder.finish();
    if let Some(styles) = styles {
        let mut reader = Reader { masters_only: true, ..Reader::default() };
        xml::walk(&styles, |node| reader.take(node)).map_err(damaged)?;
        let text = layout::lines(&reader.recorder.finish());
        blocks.push(Block::Aside(text));
    }
    Ok(blocks)
}

fn damaged(what: String) -> Refusal {
    (Status::Undecodable, what)
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Reader {
    recorder: Recorder,
    changes: Changes,
    tables: Vec<Spans>,
    lists: Lists,
    /// How many times the open cell is shown, and whether something stands in it that another reaches over.
    repeated: u32,
    paragraph: usize,
    /// Text that stands beside the text, and how deep in it the walk is.
    aside: String,
    inside_aside: usize,
    inside_deleted: usize,
    skipped: usize,
    outer: Vec<String>,
    inside_masters: usize,
    /// True for the styles, of which only the running heads are text.
    masters_only: bool,
    /// True in a workbook, whose tables are sheets, and how many of them came; how many columns of one were described.
    is_workbook: bool,
    sheets: usize,
    columns: u32,
    /// The style that is being described, and the styles of sheets that are not shown; true in such a sheet.
    style: Option<String>,
    hiding: BTreeSet<String>,
    inside_hidden: bool,
    /// The styles of paragraphs and tables that begin a page.
    breaking: BTreeSet<String>,
}

impl Reader {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name),
            Node::Text(text) => self.text(text),
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name;
        if self.skipped > 0
            || matches!(name, "note-citation" | "forms" | "scripts" | "shapes" | "desc" | "title")
        {
            self.skipped += 1;
            return;
        }
        if self.inside_deleted > 0 || name == "deletion" {
            if self.inside_deleted == 0 {
                self.changes.deleted.push(String::new());
            }
            self.inside_deleted += 1;
        }
        if name == "master-page" || self.inside_masters > 0 {
            self.inside_masters += 1;
        }
        if self.inside_aside > 0 || is_aside(name) {
            self.inside_aside += 1;
            return;
        }
        match name {
            "table" => self.open_table(element),
            "table-row" => {
                let shown = element.attr("visibility");
                self.recorder.open_row(shown.is_some_and(|shown| shown != "visible"));
            }
            "table-column" => self.column(element),
            "spreadsheet" => self.is_workbook = true,
            "style" => {
                self.style = element.attr("name");
                if element.attr("master-page-name").is_some_and(|name| !name.is_empty()) {
                    self.breaking.extend(self.style.clone());
                }
            }
            "table-properties" | "paragraph-properties" => {
                if element.attr("display").as_deref() == Some("false") {
                    self.hiding.extend(self.style.clone());
                }
                if element.attr("break-before").as_deref() == Some("page") {
                    self.breaking.extend(self.style.clone());
                }
            }
            // What the program saw that last showed the text.
            "soft-page-break" if self.recorder.is_page_begun() => self.recorder.new_page(),
            "table-cell" => self.cell(element),
            "list" => self.lists.open(element),
            "list-item" => self.lists.item(element),
            "p" | "h" => {
                self.recorder.begin_paragraph();
                self.begin_page(element);
                self.paragraph += 1;
                if let Some(label) = self.lists.label.take() {
                    self.add(&format!("{label} "));
                }
            }
            "line-break" => self.recorder.end_line(),
            "tab" => self.add("\t"),
            "s" => self.add(&" ".repeat(element.number("c").unwrap_or(1).min(200) as usize)),
            "text-box" => self.outer.push(self.recorder.take_line()),
            "insertion" => self.changes.inserted.push("…".to_owned()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.inside_deleted = self.inside_deleted.saturating_sub(1);
        self.inside_masters = self.inside_masters.saturating_sub(1);
        if self.inside_aside > 0 {
            self.inside_aside -= 1;
            if matches!(name, "p" | "h") {
                self.aside.push('\n');
            }
            if self.inside_aside == 0 {
                let text = std::mem::take(&mut self.aside);
                self.recorder.push(Block::Aside(text));
            }
            return;
        }
        match name {
            "table" => {
                self.tables.pop();
                self.recorder.close_table();
                if self.inside_hidden && !self.recorder.is_in_table() {
                    self.inside_hidden = false;
                    let sheet = self.recorder.take_last();
                    let text = layout::lines(sheet.as_slice());
                    self.recorder.push(Block::Aside(text));
                }
            }
            "table-row" => {
                self.recorder.close_spanned_row(self.tables.last_mut());
            }
            "table-cell" => {
                let times = std::mem::take(&mut self.repeated);
                let cell = self.recorder.close_cell();
                let Some(spans) = self.tables.last_mut() else { return };
                match cell.filter(|_| times <= REPEATED) {
                    // An empty cell is as wide as it is often.
                    None if times > 0 => drop(spans.own(times, 1)),
                    None => {}
                    Some(blocks) => {
                        for _ in 0..times {
                            let (left, right) = spans.own(1, 1);
                            self.recorder.open_cell(left, right, false);
                            blocks.iter().cloned().for_each(|block| self.recorder.push(block));
                        }
                        self.recorder.close_cell();
                    }
                }
            }
            "p" | "h" => {
                self.paragraph = self.paragraph.saturating_sub(1);
                self.recorder.end_line();
                self.recorder.begin_paragraph();
            }
            "list" => self.lists.close(),
            "list-item" => self.lists.label = None,
            "text-box" => {
                self.recorder.end_paragraph();
                let line = self.outer.pop().unwrap_or_default();
                self.recorder.text(&line);
            }
            _ => {}
        }
    }

    fn open_table(&mut self, element: &Element<'_>) {
        let sheet = element.attr("name").filter(|_| self.is_workbook && !self.recorder.is_in_table());
        if sheet.is_some() {
            self.inside_hidden = element.attr("style-name").is_some_and(|style| self.hiding.contains(&style));
        }
        self.begin_page(element);
        let shown = sheet.is_some() && !self.inside_hidden;
        if shown && self.sheets > 0 {
            self.recorder.push(Block::PageEnd);
        }
        self.sheets += usize::from(shown);
        self.recorder.open_table(0);
        if let Some(name) = sheet {
            self.recorder.name_sheet(name);
        }
        self.columns = 0;
        self.tables.push(Spans::default());
    }

    /// Begins a page with a paragraph or a table whose style demands it.
    fn begin_page(&mut self, element: &Element<'_>) {
        let demanded = element.attr("style-name").is_some_and(|style| self.breaking.contains(&style));
        if demanded && self.recorder.is_page_begun() && !self.is_workbook {
            self.recorder.new_page();
        }
    }

    /// A description of columns, which stands before the rows.
    fn column(&mut self, element: &Element<'_>) {
        let first = self.columns;
        self.columns = first.saturating_add(element.number("number-columns-repeated").unwrap_or(1));
        if element.attr("visibility").is_some_and(|shown| shown != "visible") {
            self.recorder.hide_columns(first..self.columns);
        }
    }

    fn cell(&mut self, element: &Element<'_>) {
        let Some(spans) = self.tables.last_mut() else { return };
        for (left, right) in spans.above() {
            self.recorder.open_cell(left, right, true);
        }
        let count = |name: &str| element.number(name).unwrap_or(1);
        let (left, right) = spans.own(count("number-columns-spanned"), count("number-rows-spanned"));
        self.repeated = count("number-columns-repeated") - 1;
        self.recorder.open_cell(left, right, false);
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if self.inside_deleted > 0 {
            if let Some(last) = self.changes.deleted.last_mut() {
                last.push_str(text.trim());
            }
        } else if self.inside_aside > 0 {
            if !self.masters_only || self.inside_masters > 0 {
                self.aside.push_str(text.trim_matches('\n'));
            }
        } else if self.paragraph > 0 && !self.masters_only {
            if !text.trim().is_empty() {
                self.recorder.begin_print();
            }
            self.recorder.flowing_text(text);
        }
    }

    fn add(&mut self, text: &str) {
        if self.paragraph > 0 && !self.masters_only {
            self.recorder.text(text);
        }
    }
}

/// Elements that are shown elsewhere than in the text, or not at all.
fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "note"
            | "annotation"
            | "covered-table-cell"
            | "master-page"
            | "hidden-paragraph"
            | "hidden-text"
            | "deletion"
    )
}
