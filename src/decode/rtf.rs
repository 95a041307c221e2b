/*!
Rich Text Format: paragraphs and the rows of tables, as they are shown.

This module never draws: of the thousand words of the format it knows those that say what is text, in which alphabet, and
where cells end. A group that begins with a word it does not know and is marked as one to be left out is left out, as the
format demands of every reader.
*/

use std::collections::BTreeMap;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};

use super::blocks::{Block, Cell, Recorder, Row, Table};
use super::docx::Changes;
use crate::issue::Issues;

/// Edges within a tenth of an inch are one, in twentieths of a point.
const TOLERANCE: u32 = 144;

/// Edges may stand left of the margin; this much is added to them.
const MARGIN: i32 = 100_000;

/// The width of a cell that no row describes.
const CELL: i32 = 1440;

/// Groups that hold no text.
const SILENT: &[&str] = &[
    "colortbl",
    "datastore",
    "fldinst",
    "filetbl",
    "generator",
    "info",
    "latentstyles",
    "listoverridetable",
    "listtable",
    "nonshppict",
    "objdata",
    "pict",
    "pgptbl",
    "revtbl",
    "rsidtbl",
    "stylesheet",
    "themedata",
    "xmlnstbl",
    "bkmkstart",
    "bkmkend",
    "mmathPr",
    "sp",
    "sn",
    "sv",
    "pn",
    "panose",
    "falt",
    "wgrffmtfilter",
    "template",
    "operator",
];

/// Groups that are shown elsewhere than in the text.
const BESIDE: &[&str] = &[
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
];

/// The blocks of a document.
pub(super) fn blocks(bytes: &[u8], issues: &mut Issues) -> Vec<Block> {
    let mut reader = Reader::new();
    reader.read(bytes);
    std::mem::take(&mut reader.changes).note(issues);
    reader.finish()
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    Text,
    Beside,
    Fonts,
    Nowhere,
}

/// What holds inside a group and ends with it.
#[derive(Clone, Copy, Debug)]
struct Group {
    goes: Goes,
    font: i32,
    /// Characters that stand for one in Unicode and follow it.
    substitutes: i32,
    hidden: bool,
    deleted: bool,
    inserted: bool,
    /// True where the number of a paragraph stands in it.
    label: bool,
}

/// A cell as the row describes it.
#[derive(Clone, Copy, Debug, Default)]
struct Described {
    right: i32,
    above: bool,
    left: bool,
}

struct Reader {
    recorder: Recorder,
    changes: Changes,
    group: Group,
    outer: Vec<Group>,
    /// True at the beginning of a group, and behind the mark of one that may be left out.
    begins: bool,
    may_skip: bool,
    code_page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    skip: i32,
    /// The first half of a character beyond the sixteen bits.
    half: Option<u16>,
    in_table: bool,
    line: String,
    lines: Vec<String>,
    cells: Vec<Vec<String>>,
    described: Vec<Described>,
    next: Described,
    rows: Vec<Row>,
    beside: String,
    /// True between two sections, as long as nothing says that the second begins no page.
    new_section: bool,
}

impl Reader {
    fn new() -> Self {
        let group = Group {
            goes: Goes::Text,
            font: -1,
            substitutes: 1,
            hidden: false,
            deleted: false,
            inserted: false,
            label: false,
        };
        Self {
            recorder: Recorder::default(),
            changes: Changes::default(),
            group,
            outer: Vec::new(),
            begins: false,
            may_skip: false,
            code_page: WINDOWS_1252,
            fonts: BTreeMap::new(),
            skip: 0,
            half: None,
            in_table: false,
            line: String::new(),
            lines: Vec::new(),
            cells: Vec::new(),
            described: Vec::new(),
            next: Described::default(),
            rows: Vec::new(),
            beside: String::new(),
            new_section: false,
        }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => {
                    self.outer.push(self.group);
                    self.begins = true;
                }
                b'}' => self.close_group(),
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
    }

    /// The control that begins at `at`, behind its backslash; gives the place behind it.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
                    if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                        self.byte(byte);
                    }
                    return (at + 3).min(bytes.len());
                }
                b'*' => self.may_skip = true,
                b'~' => self.sign('\u{a0}'),
                b'-' => self.sign('\u{ad}'),
                b'_' => self.sign('\u{2011}'),
                b'\r' | b'\n' => self.word("par", None),
                b'\\' | b'{' | b'}' => self.sign(char::from(first)),
                _ => {}
            }
            return at + 1;
        }
        let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let mut end = at + letters;
        let minus = bytes.get(end) == Some(&b'-');
        let digits = bytes[end + usize::from(minus)..]
            .iter()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let mut number = None;
        if digits > 0 {
            let last = end + usize::from(minus) + digits;
            number =
                std::str::from_utf8(&bytes[end..last]).ok().and_then(|number| number.parse::<i32>().ok());
            end = last;
        }
        let name = std::str::from_utf8(&bytes[at..at + letters]).unwrap_or("");
        end += usize::from(bytes.get(end) == Some(&b' '));
        if name == "bin" {
            return (end + usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(bytes.len());
        }
        self.word(name, number);
        end
    }

    fn close_group(&mut self) {
        let inner = self.group;
        let Some(outer) = self.outer.pop() else { return };
        self.group = outer;
        self.begins = false;
        self.may_skip = false;
        if inner.goes == Goes::Beside && outer.goes != Goes::Beside {
            let text = std::mem::take(&mut self.beside);
            self.recorder.push(Block::Aside(text));
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let begins = std::mem::take(&mut self.begins) || self.may_skip;
        let may_skip = std::mem::take(&mut self.may_skip);
        if begins && self.group.goes == Goes::Text {
            match name {
                "fonttbl" => self.group.goes = Goes::Fonts,
                "listtext" | "pntext" => self.group.label = true,
                // What of a drawing or a nested table is text.
                "shpinst" | "shptxt" | "nesttableprops" | "shppict" | "fldrslt" => {}
                _ if SILENT.contains(&name) => self.group.goes = Goes::Nowhere,
                _ if BESIDE.contains(&name) => self.group.goes = Goes::Beside,
                _ if may_skip => self.group.goes = Goes::Nowhere,
                _ => {}
            }
        } else if begins && (SILENT.contains(&name) || may_skip && name != "shptxt") {
            self.group.goes = Goes::Nowhere;
        }
        let on = number != Some(0);
        match name {
            "ansicpg" => self.code_page = code_page(number.unwrap_or(0)).unwrap_or(self.code_page),
            "mac" => self.code_page = MACINTOSH,
            "f" => self.group.font = number.unwrap_or(0),
            "fcharset" if self.group.goes == Goes::Fonts => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "uc" => self.group.substitutes = number.unwrap_or(1).clamp(0, 8),
            "u" => {
                self.unit(number.unwrap_or(0) as u16);
                self.skip = self.group.substitutes;
            }
            "plain" => (self.group.hidden, self.group.deleted, self.group.inserted) = (false, false, false),
            "v" => self.group.hidden = on,
            "deleted" => {
                self.group.deleted = on;
                self.changes.deleted.push(String::new());
            }
            "revised" => {
                self.group.inserted = on;
                self.changes.inserted.push(String::new());
            }
            "tab" => self.sign('\t'),
            "emdash" => self.sign('—'),
            "endash" => self.sign('–'),
            "lquote" => self.sign('‘'),
            "rquote" => self.sign('’'),
            "ldblquote" => self.sign('“'),
            "rdblquote" => self.sign('”'),
            "bullet" => self.sign('•'),
            "emspace" | "enspace" | "qmspace" => self.sign(' '),
            _ if self.group.goes == Goes::Text => self.structure(name, number),
            "par" | "line" if self.group.goes == Goes::Beside => self.beside.push('\n'),
            _ => {}
        }
    }

    /// Words about paragraphs and tables.
    fn structure(&mut self, name: &str, number: Option<i32>) {
        match name {
            "pard" if !self.group.label => self.in_table = false,
            "intbl" => self.in_table = true,
            "par" | "line" | "softline" => self.end_line(),
            "page" => {
                self.end_line();
                self.new_page();
            }
            // How a section begins is said behind the end of the one before.
            "sect" => {
                self.end_line();
                self.new_section = true;
            }
            "sbknone" | "sbkcol" => self.new_section = false,
            "trowd" => {
                self.described.clear();
                self.next = Described::default();
            }
            "clvmrg" => self.next.above = true,
            "clmrg" => self.next.left = true,
            "cellx" => {
                let right = number.unwrap_or(0);
                self.described.push(Described { right, ..std::mem::take(&mut self.next) });
            }
            "nestcell" => self.line.push(' '),
            "nestrow" => self.end_line(),
            "cell" => {
                self.lines.push(std::mem::take(&mut self.line));
                self.cells.push(std::mem::take(&mut self.lines));
            }
            "row" => self.end_row(),
            _ => {}
        }
    }

    /// Notes that what follows stands on a new page; inside a table no page is demanded.
    fn new_page(&mut self) {
        let inside = self.in_table && !(self.line.is_empty() && self.lines.is_empty());
        if !inside && self.cells.is_empty() {
            self.end_table();
            self.recorder.push(Block::NewPage);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.in_table || !self.cells.is_empty() {
            self.lines.push(line);
            return;
        }
        self.end_table();
        self.recorder.push(Block::Line(line));
    }

    fn end_row(&mut self) {
        let mut row = Row::default();
        let mut left = 0;
        for (nth, lines) in std::mem::take(&mut self.cells).into_iter().enumerate() {
            let default = Described { right: left + CELL, ..Described::default() };
            let described = self.described.get(nth).copied().unwrap_or(default);
            let edge = |edge: i32| edge.saturating_add(MARGIN).max(0) as u32;
            let blocks: Vec<Block> = lines.into_iter().map(Block::Line).collect();
            match row.cells.last_mut() {
                Some(last) if described.left => {
                    last.right = edge(described.right);
                    last.blocks.extend(blocks);
                }
                _ => row.cells.push(Cell {
                    left: edge(left),
                    right: edge(described.right),
                    above: described.above,
                    blocks,
                }),
            }
            left = described.right;
        }
        self.rows.push(row);
    }

    fn end_table(&mut self) {
        if !self.rows.is_empty() {
            let rows = std::mem::take(&mut self.rows);
            self.recorder.push(Block::Table(Table { rows, tolerance: TOLERANCE, ..Table::default() }));
        }
    }

    /// Half or all of a character in UTF-16.
    fn unit(&mut self, unit: u16) {
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        for sign in char::decode_utf16(units) {
            self.put(sign.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if byte.is_ascii() {
            return self.put(char::from(byte));
        }
        let encoding = self.fonts.get(&self.group.font).copied().unwrap_or(self.code_page);
        let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
        let text = text.into_owned();
        text.chars().for_each(|sign| self.put(sign));
    }

    /// A character that a control names.
    fn sign(&mut self, sign: char) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.put(sign);
        }
    }

    fn put(&mut self, sign: char) {
        self.begins = false;
        match self.group.goes {
            Goes::Nowhere | Goes::Fonts => {}
            Goes::Beside => self.beside.push(sign),
            Goes::Text if self.group.deleted => {
                if let Some(last) = self.changes.deleted.last_mut() {
                    last.push(sign);
                }
            }
            Goes::Text if self.group.hidden => self.recorder.push(Block::Aside(sign.to_string())),
            Goes::Text => {
                if self.group.inserted
                    && let Some(last) = self.changes.inserted.last_mut()
                {
                    last.push(sign);
                }
                if std::mem::take(&mut self.new_section) {
                    self.new_page();
                }
                self.line.push(sign);
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        if !self.cells.is_empty() {
            self.end_row();
        }
        self.end_table();
        for line in std::mem::take(&mut self.lines).into_iter().chain([std::mem::take(&mut self.line)]) {
            if !line.trim().is_empty() {
                self.recorder.push(Block::Line(line));
            }
        }
        self.recorder.finish()
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    match number {
        10007 => Some(X_MAC_CYRILLIC),
        866 => Some(encoding_rs::IBM866),
        _ => Encoding::for_label(format!("windows-{number}").as_bytes()),
    }
}

/// The encoding of a font's characters; `None` where it is the document's.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        204 => Some(WINDOWS_1251),
        238 => Some(encoding_rs::WINDOWS_1250),
        161 => Some(encoding_rs::WINDOWS_1253),
        162 => Some(encoding_rs::WINDOWS_1254),
        186 => Some(encoding_rs::WINDOWS_1257),
        89 => Some(X_MAC_CYRILLIC),
        _ => None,
    }
}
