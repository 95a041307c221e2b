/*!
Words with boxes: what recognition and PDF files know of a page.

This module never decides what belongs together: it reads the formats, each into the same [`Sheet`]s. A word keeps its
letters and its confidence as the format has them; no word is left out because recognition was not sure of it.
*/

mod alto;
mod hocr;
mod markup;
mod page_xml;
mod spread;
mod tsv;

use super::Format;

/// A rectangle on a page; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Its left edge.
    pub left: f32,
    /// Its top edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its bottom edge.
    pub bottom: f32,
}

impl Bounds {
    /// From left, top, width and height.
    pub(super) fn sized(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, right: left + width.max(0.0), bottom: top + height.max(0.0) }
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn middle_x(&self) -> f32 {
        (self.left + self.right) / 2.0
    }

    pub(super) fn middle_y(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    /// With every length `unit` times as large.
    pub(super) fn scaled(&self, unit: f32) -> Self {
        Self {
            left: self.left * unit,
            top: self.top * unit,
            right: self.right * unit,
            bottom: self.bottom * unit,
        }
    }

    /// The smallest rectangle that holds both.
    pub fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A word as the format has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) bounds: Bounds,
    /// How sure recognition is, in hundredths; none where the format does not say.
    pub(super) confidence: Option<u8>,
    /// The number of the line in which the format puts it; words of one line have the same.
    pub(super) line: u32,
}

/// A drawn line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ruling {
    pub(super) bounds: Bounds,
}

impl Ruling {
    /// True for one that lies.
    pub(super) fn is_horizontal(&self) -> bool {
        self.bounds.width() >= self.bounds.height()
    }
}

/// A page with its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) words: Vec<Word>,
    pub(super) rulings: Vec<Ruling>,
    /// True where the rulings were not seen here but told: whole, without the gaps that they have at merged cells.
    pub(super) rulings_are_told: bool,
    pub(super) turn: Turn,
}

/// How a page has to be turned and scaled to be as it was received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Turn {
    /// By how many degrees it was turned back.
    pub(super) angle: f32,
    /// How long a unit of the page is in those of the original.
    pub(super) unit: f32,
}

impl Default for Turn {
    fn default() -> Self {
        Self { angle: 0.0, unit: 1.0 }
    }
}

impl Sheet {
    fn sized(width: f32, height: f32) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// Where something on this page stood on the original.
    pub(super) fn original(&self, bounds: &Bounds) -> Bounds {
        let (sin, cos) = self.turn.angle.to_radians().sin_cos();
        let (x, y) = (bounds.middle_x() - self.width / 2.0, bounds.middle_y() - self.height / 2.0);
        let (right, down) = (x * cos - y * sin - x, x * sin + y * cos - y);
        let moved = Bounds {
            left: bounds.left + right,
            right: bounds.right + right,
            top: bounds.top + down,
            bottom: bounds.bottom + down,
        };
        moved.scaled(self.turn.unit)
    }

    /// Takes a word, if there is anything to read in it.
    fn push(&mut self, text: &str, bounds: Bounds, confidence: Option<u8>, line: u32) {
        let text = text.trim();
        if !text.is_empty() {
            // A word of several words («по согласованию») stays one with inner spaces; line ends have no place in it.
            let text = text.split_whitespace().collect::<Vec<&str>>().join(" ");
            self.words.push(Word { text, bounds, confidence, line });
        }
    }
}

/// So much of a file is looked at to tell what it is, in bytes.
const HEAD: usize = 1 << 16;

/// What the OCR file that begins with `bytes` is, by its content; none where it is no such file.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    // Of UTF-16 every other byte is left out: tags are ASCII.
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if tsv::is_header(head.lines().next().unwrap_or("")) {
        return Some(Format::TsvWords);
    }
    match markup::root(head.starts_with('<').then_some(head)?)?.as_str() {
        "alto" => Some(Format::Alto),
        "PcGts" => Some(Format::PageXml),
        _ => hocr::is_hocr(head).then_some(Format::Hocr),
    }
}

/// The pages of an OCR file.
///
/// # Errors
/// A sentence about what is damaged.
pub(super) fn read(format: Format, string: &str) -> Result<Vec<Sheet>, String> {
    let mut sheets = match format {
        Format::Alto => alto::read(string),
        Format::PageXml => page_xml::read(string),
        Format::TsvWords => tsv::read(string),
        _ => hocr::read(string),
    }?;
    sheets.iter_mut().for_each(|sheet| sheet.rulings_are_told = true);
    Ok(sheets)
}

/// The pages of what `tesseract` and `pdftotext -tsv` print.
///
/// # Errors
/// A sentence about what is damaged.
pub(super) fn read_tsv(string: &str) -> Result<Vec<Sheet>, String> {
    tsv::read(string)
}

/// A share of `whole` in hundredths, whole numbers and decimals alike; none where it is out of range (Tesseract's −1).
fn hundredths(value: &str, whole: f32) -> Option<u8> {
    let share = number(value)? * 100.0 / whole;
    (0.0..=100.0).contains(&share).then(|| share.round() as u8)
}

/// A finite number, with a dot or a comma.
fn number(value: &str) -> Option<f32> {
    value.trim().replace(',', ".").parse::<f32>().ok().filter(|number| number.is_finite())
}
