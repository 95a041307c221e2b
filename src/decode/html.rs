/*!
A web page: what a browser shows of it.

This module never runs a script, fetches nothing, and never shows what the page hides: that stands beside the text. Tags
that are not closed, tables inside tables and what word processors write are as a browser takes them, since the tree is
built by the rules of browsers.
*/

use encoding_rs::Encoding;
use scraper::node::{Element, Node};
use scraper::{Html, StrTendril};

use super::blocks::{Block, Recorder, Spans};
use super::charset;
use super::layout::{Layout, Lines};
use super::numbering::printed;
use super::too_much;
use crate::archive::Limits;
use crate::dictionaries::LetterPairs;
use crate::error::Result;
use crate::issue::Issues;

/// So many first bytes are searched for the encoding: word processors write long heads.
const HEAD: usize = 16 << 10;

/// A row span of 0 reaches to the end of the table; browsers take no longer one than this.
const TALLEST: u32 = 65_534;

/// The lines of a page, and its encoding.
///
/// # Errors
/// Where the bytes are not text, or the tables too large.
pub(super) fn lines(
    name: &str,
    bytes: &[u8],
    letters: &LetterPairs,
    limits: &Limits,
    issues: &mut Issues,
) -> Result<(Lines, &'static str)> {
    let charset::Decoding { string, label } =
        charset::decode_stated(name, bytes, stated(bytes), letters, issues)?;
    let blocks = blocks(&Html::parse_document(&string));
    let lines = Layout::of(&blocks, limits.cells, issues).map_err(|limit| too_much(name, limit))?;
    Ok((lines, label))
}

/// The encoding that the page says it is in.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let at = head.windows(b"charset".len()).position(|window| window == b"charset")?;
    let rest = head[at + b"charset".len()..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))?;
    Encoding::for_label(&rest[..end])
}

/// What an element does to the text around it.
enum Shown {
    /// Its text goes on in the line.
    Inline,
    /// It stands on lines of its own.
    Own,
    /// It stands on lines of its own, an empty one before and behind it.
    Apart,
    /// It is shown elsewhere.
    Aside,
    /// It is no text.
    No,
}

fn shown(element: &Element) -> Shown {
    if is_hidden(element) {
        return Shown::Aside;
    }
    match element.name() {
        "script" | "style" | "template" | "noscript" | "object" | "svg" | "math" | "iframe" => Shown::No,
        "title" => Shown::Aside,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "blockquote" | "pre" | "hr"
        | "figure" | "fieldset" => Shown::Apart,
        "div" | "li" | "dt" | "dd" | "body" | "section" | "article" | "header" | "footer" | "nav"
        | "main" | "aside" | "form" | "center" | "address" | "caption" | "figcaption" | "details"
        | "summary" | "option" | "legend" => Shown::Own,
        _ => Shown::Inline,
    }
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some() || style.contains("display:none") || style.contains("mso-hide:all")
}

fn attribute(element: &Element, name: &str) -> Option<u32> {
    element.attr(name)?.trim().parse().ok()
}

/// How a list numbers its items, and the number before its first.
fn numbered(element: &Element) -> (&'static str, u32) {
    let format = match element.attr("type").unwrap_or("1") {
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        _ => "decimal",
    };
    (format, attribute(element, "start").unwrap_or(1).saturating_sub(1))
}

/// Walks over a page.
#[derive(Default)]
struct Walker {
    recorder: Recorder,
    /// For each open table where its cells stand.
    tables: Vec<Spans>,
    /// For each open list how its items are numbered, and how many there were; nothing where they are not.
    lists: Vec<Option<(&'static str, u32)>>,
    /// Elements that keep white space as it is.
    kept: usize,
    /// The text of the element that is shown elsewhere, and how deep in it the walk is.
    aside: String,
    inside_aside: usize,
    inside_no: usize,
}

fn blocks(page: &Html) -> Vec<Block> {
    let mut walker = Walker::default();
    for edge in page.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => walker.open(node.value()),
            ego_tree::iter::Edge::Close(node) => walker.close(node.value()),
        }
    }
    walker.recorder.finish()
}

impl Walker {
    fn open(&mut self, node: &Node) {
        let element = match node {
            Node::Text(text) => return self.text(&text.text),
            Node::Element(element) => element,
            _ => return,
        };
        let shown = shown(element);
        if self.inside_no > 0 || matches!(shown, Shown::No) {
            self.inside_no += 1;
            return;
        }
        let row = element.name() == "tr" && self.inside_aside == 0;
        if self.inside_aside > 0 || (matches!(shown, Shown::Aside) && !row) {
            self.inside_aside += 1;
            return;
        }
        match element.name() {
            "br" => {
                self.trim();
                return self.recorder.end_line();
            }
            "table" => {
                self.recorder.open_table(0);
                self.tables.push(Spans::default());
            }
            "tr" => self.recorder.open_row(is_hidden(element)),
            "td" | "th" => self.cell(element),
            "pre" => self.kept += 1,
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(numbered(element))),
            _ => {}
        }
        match shown {
            Shown::Apart => self.apart(),
            Shown::Own => self.end_paragraph(),
            Shown::Inline | Shown::Aside | Shown::No => {}
        }
        if element.name() == "li" {
            self.item(element);
        }
    }

    /// Begins an item of a list with the number that a browser shows.
    fn item(&mut self, element: &Element) {
        let Some(Some((format, count))) = self.lists.last_mut() else { return };
        *count = attribute(element, "value").unwrap_or(count.saturating_add(1));
        let label = format!("{}. ", printed(*count, format));
        self.recorder.text(&label);
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        if self.inside_no > 0 {
            self.inside_no -= 1;
            return;
        }
        if self.inside_aside > 0 {
            self.inside_aside -= 1;
            if self.inside_aside == 0 {
                let text = std::mem::take(&mut self.aside);
                self.recorder.push(Block::Aside(text));
            }
            return;
        }
        match element.name() {
            "table" => {
                self.tables.pop();
                self.recorder.close_table();
            }
            "tr" => {
                self.recorder.close_spanned_row(self.tables.last_mut());
            }
            "td" | "th" => {
                self.trim();
                self.recorder.close_cell();
            }
            "pre" => self.kept = self.kept.saturating_sub(1),
            "ul" | "ol" => drop(self.lists.pop()),
            _ => {}
        }
        match shown(element) {
            Shown::Apart => self.apart(),
            Shown::Own => self.end_paragraph(),
            Shown::Inline | Shown::Aside | Shown::No => {}
        }
    }

    fn cell(&mut self, element: &Element) {
        let Some(spans) = self.tables.last_mut() else { return };
        for (left, right) in spans.above() {
            self.recorder.open_cell(left, right, true);
        }
        let rows = match attribute(element, "rowspan").unwrap_or(1) {
            0 => TALLEST,
            rows => rows.min(TALLEST),
        };
        let (left, right) = spans.own(attribute(element, "colspan").unwrap_or(1), rows);
        self.recorder.open_cell(left, right, false);
    }

    /// Ends the line, and leaves one empty where something stands above.
    fn apart(&mut self) {
        self.end_paragraph();
        if !self.recorder.is_in_table() {
            self.recorder.end_block();
        }
    }

    fn end_paragraph(&mut self) {
        self.trim();
        self.recorder.end_paragraph();
    }

    /// Takes off the gap behind which nothing follows in the line.
    fn trim(&mut self) {
        self.recorder.trim_line();
    }

    /// Adds text: white space is one space, none at the beginning of a line.
    fn text(&mut self, text: &StrTendril) {
        if self.inside_no > 0 {
            return;
        }
        if self.inside_aside > 0 {
            self.aside.push_str(text);
            return;
        }
        if self.kept > 0 {
            for (nth, line) in text.split('\n').enumerate() {
                if nth > 0 {
                    self.recorder.end_line();
                }
                self.recorder.text(line.trim_end_matches('\r'));
            }
            return;
        }
        self.recorder.flowing_text(text);
    }
}
