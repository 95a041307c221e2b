/*!
hOCR: a page of HTML whose elements carry boxes in their titles.

This module never asks which program wrote the file. A word is `ocrx_word` or `ocr_word`; where a file has lines only, a
line's text is spread over its box.
*/

use super::markup::{self, Part, Tag};
use super::spread::spread;
use super::{Bounds, Ruling, Sheet, hundredths, number};

/// True if the classes of hOCR stand in `head`.
pub(super) fn is_hocr(head: &str) -> bool {
    ["ocr_page", "ocr-system", "ocr_line", "ocrx_word"].iter().any(|class| head.contains(class))
}

const WORDS: [&str; 2] = ["ocrx_word", "ocr_word"];
const LINES: [&str; 5] = ["ocr_line", "ocr_caption", "ocr_header", "ocr_footer", "ocr_textfloat"];

/// What an element is to us.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Word,
    Line,
    Other,
}

/// An element that is open.
struct Open {
    name: String,
    role: Role,
}

/// A word or line that is being read.
#[derive(Default)]
struct Reading {
    text: String,
    bounds: Bounds,
    confidence: Option<u8>,
}

#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    open: Vec<Open>,
    line: Reading,
    word: Option<Reading>,
    line_number: u32,
    in_line: bool,
}

/// The pages.
///
/// # Errors
/// Where the markup is damaged.
pub(super) fn read(string: &str) -> Result<Vec<Sheet>, String> {
    let mut state = State::default();
    markup::walk(string, |part| match part {
        Part::Open(tag) => state.begin(&tag),
        Part::Close(name) => state.end(&name),
        Part::Text(text) => state.text(&text),
    })?;
    state.close_to(0);
    Ok(state.sheets)
}

impl State {
    fn begin(&mut self, tag: &Tag) {
        let classes: Vec<&str> = tag.get("class").split_whitespace().collect();
        let title = tag.get("title");
        let has = |names: &[&str]| classes.iter().any(|class| names.contains(class));
        let mut role = Role::Other;
        if has(&["ocr_page"]) {
            let page = bounds(title).unwrap_or_default();
            self.sheets.push(Sheet::sized(page.right, page.bottom));
        } else if has(&["ocr_separator"]) {
            if let (Some(bounds), Some(sheet)) = (bounds(title), self.sheets.last_mut()) {
                sheet.rulings.push(Ruling { bounds });
            }
        } else if has(&WORDS) {
            role = Role::Word;
            let confidence = property(title, "x_wconf").and_then(|own| hundredths(own.first()?, 100.0));
            self.word = Some(Reading {
                bounds: bounds(title).unwrap_or(self.line.bounds),
                confidence,
                ..Reading::default()
            });
        } else if has(&LINES) {
            role = Role::Line;
            self.in_line = true;
            self.line_number += 1;
            self.line = Reading { bounds: bounds(title).unwrap_or_default(), ..Reading::default() };
        }
        if !is_void(&tag.name) {
            self.open.push(Open { name: tag.name.clone(), role });
        } else if let Some(word) = &mut self.word {
            word.text.push(' ');
        }
    }

    fn end(&mut self, name: &str) {
        // An end without a beginning ends nothing.
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            match self.open.pop().map(|open| open.role) {
                Some(Role::Word) => self.end_word(),
                Some(Role::Line) => self.end_line(),
                _ => {}
            }
        }
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            let line = self.line_number;
            self.sheet().push(&word.text, word.bounds, word.confidence, line);
        }
    }

    fn end_line(&mut self) {
        self.in_line = false;
        let line = std::mem::take(&mut self.line);
        // Text beside the words of a line is kept as well; mostly there is none.
        let number = self.line_number;
        spread(self.sheet(), &line.text, line.bounds, None, number);
    }

    fn text(&mut self, text: &str) {
        match &mut self.word {
            Some(word) => word.text.push_str(text),
            None if self.in_line => self.line.text.push_str(text),
            None => {}
        }
    }

    /// The page that is being read; one without a size where the file names none.
    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }
}

/// Elements of HTML that have no end.
fn is_void(name: &str) -> bool {
    matches!(name, "meta" | "br" | "img" | "hr" | "link" | "input")
}

/// The values of a property of a title: «bbox 10 20 30 40; x_wconf 96».
fn property<'t>(title: &'t str, name: &str) -> Option<Vec<&'t str>> {
    title.split(';').find_map(|property| {
        let mut words = property.split_whitespace();
        (words.next() == Some(name)).then(|| words.collect())
    })
}

fn bounds(title: &str) -> Option<Bounds> {
    let values: Option<Vec<f32>> = property(title, "bbox")?.into_iter().map(number).collect();
    match values?[..] {
        [left, top, right, bottom] => Some(Bounds { left, top, right, bottom }),
        _ => None,
    }
}
