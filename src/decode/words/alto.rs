/*!
ALTO 2, 3 and 4: a page of strings with boxes, as libraries keep them.

This module never takes a unit for granted: tenths of a millimetre and 1200ths of an inch become points. `WC` is a share
of certainty; `CC`, one figure a character, is inverted there: 0 is sure and 9 is not.
*/

use super::markup::{self, Part, Tag};
use super::{Bounds, Ruling, Sheet, hundredths, number};

/// Points in a tenth of a millimetre, and in a 1200th of an inch.
const MM10: f32 = 72.0 / 254.0;
const INCH1200: f32 = 72.0 / 1200.0;

/// The least certain a character can be in `CC`.
const UNSURE: f32 = 9.0;

struct State {
    sheets: Vec<Sheet>,
    /// What a unit of the file is worth.
    unit: f32,
    unit_is_open: bool,
    line: u32,
    line_bounds: Bounds,
}

/// The pages.
///
/// # Errors
/// Where the markup is damaged.
pub(super) fn read(string: &str) -> Result<Vec<Sheet>, String> {
    let mut state =
        State { sheets: Vec::new(), unit: 1.0, unit_is_open: false, line: 0, line_bounds: Bounds::default() };
    markup::walk(string, |part| match part {
        Part::Open(tag) => state.begin(&tag),
        Part::Close(name) => state.unit_is_open &= name != "MeasurementUnit",
        Part::Text(text) if state.unit_is_open => state.unit = unit(text.trim()),
        Part::Text(_) => {}
    })?;
    Ok(state.sheets)
}

fn unit(name: &str) -> f32 {
    match name {
        "mm10" => MM10,
        "inch1200" => INCH1200,
        _ => 1.0,
    }
}

impl State {
    fn begin(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "MeasurementUnit" => self.unit_is_open = true,
            "Page" => {
                let size = |name| number(tag.get(name)).unwrap_or(0.0) * self.unit;
                self.sheets.push(Sheet::sized(size("WIDTH"), size("HEIGHT")));
            }
            "TextLine" => {
                self.line += 1;
                self.line_bounds = self.bounds(tag).unwrap_or_default();
            }
            "String" => self.word(tag),
            "HYP" => self.hyphen(tag.get("CONTENT")),
            "GraphicalElement" => {
                if let (Some(bounds), Some(sheet)) = (self.bounds(tag), self.sheets.last_mut()) {
                    sheet.rulings.push(Ruling { bounds });
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, tag: &Tag) {
        let bounds = self.bounds(tag).unwrap_or(self.line_bounds);
        let confidence = hundredths(tag.get("WC"), 1.0).or_else(|| by_characters(tag.get("CC")));
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        let line = self.line;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(tag.get("CONTENT"), bounds, confidence, line);
        }
    }

    /// The hyphen at the end of a line is an element of its own; it belongs to the word before it.
    fn hyphen(&mut self, sign: &str) {
        let line = self.line;
        let last = self.sheets.last_mut().and_then(|sheet| sheet.words.last_mut());
        if let Some(word) = last.filter(|word| word.line == line)
            && !word.text.ends_with(['-', '\u{ad}', '\u{2010}'])
        {
            word.text.push_str(sign.trim());
        }
    }

    fn bounds(&self, tag: &Tag) -> Option<Bounds> {
        let value = |name| number(tag.get(name)).map(|value| value * self.unit);
        Some(Bounds::sized(value("HPOS")?, value("VPOS")?, value("WIDTH")?, value("HEIGHT")?))
    }
}

/// The mean certainty of a word's characters, in hundredths: «0 0 9 0», or «0090» as some programs write.
fn by_characters(figures: &str) -> Option<u8> {
    let figures = figures.trim();
    let parts: Vec<f32> = if figures.contains(char::is_whitespace) || figures.contains('.') {
        figures.split_whitespace().map(number).collect::<Option<_>>()?
    } else {
        figures
            .chars()
            .map(|figure| figure.to_digit(10).map(|figure| figure as f32))
            .collect::<Option<_>>()?
    };
    let doubt: f32 = parts.iter().sum::<f32>() / parts.len().max(1) as f32;
    (!parts.is_empty() && (0.0..=UNSURE).contains(&doubt))
        .then(|| ((1.0 - doubt / UNSURE) * 100.0).round() as u8)
}
