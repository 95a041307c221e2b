/*!
PAGE XML: regions, lines and words with polygons, as transcription tools keep them.

This module never reads a letter twice: a line's text repeats its words', a region's its lines'; the innermost that there is
is taken, and of several readings of one element the first.
*/

use super::markup::{self, Part, Tag};
use super::spread::spread;
use super::{Bounds, Ruling, Sheet, hundredths, number};

/// The elements that have text, from the outside in.
const LEVELS: [&str; 3] = ["TextRegion", "TextLine", "Word"];

/// An element that is being read.
#[derive(Default)]
struct Element {
    level: usize,
    bounds: Option<Bounds>,
    text: Option<String>,
    confidence: Option<u8>,
    /// True where an inner element had the text.
    is_read: bool,
}

#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    open: Vec<Element>,
    /// Names of the open elements, to tell whose a polygon or a text is.
    path: Vec<String>,
    line: u32,
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
    Ok(state.sheets)
}

impl State {
    fn begin(&mut self, tag: &Tag) {
        let parent = self.path.last().cloned().unwrap_or_default();
        match tag.name.as_str() {
            "Page" => {
                let size = |name| number(tag.get(name)).unwrap_or(0.0);
                self.sheets.push(Sheet::sized(size("imageWidth"), size("imageHeight")));
            }
            "Coords" if parent == "SeparatorRegion" => {
                if let (Some(bounds), Some(sheet)) = (polygon(tag.get("points")), self.sheets.last_mut()) {
                    sheet.rulings.push(Ruling { bounds });
                }
            }
            "Coords" if LEVELS.contains(&parent.as_str()) => {
                if let Some(element) = self.open.last_mut() {
                    element.bounds = polygon(tag.get("points"));
                }
            }
            // The first versions have an element a point.
            "Point" if self.path.len() >= 2 && LEVELS.contains(&self.path[self.path.len() - 2].as_str()) => {
                let point = polygon(&format!("{},{}", tag.get("x"), tag.get("y")));
                if let (Some(point), Some(element)) = (point, self.open.last_mut()) {
                    element.bounds = Some(element.bounds.map_or(point, |own| own.with(&point)));
                }
            }
            "TextEquiv" if LEVELS.contains(&parent.as_str()) => {
                if let Some(element) = self.open.last_mut().filter(|own| own.text.is_none()) {
                    element.confidence = hundredths(tag.get("conf"), 1.0);
                }
            }
            name => {
                if let Some(level) = LEVELS.iter().position(|own| *own == name) {
                    self.line += u32::from(level <= 1);
                    self.open.push(Element { level, ..Element::default() });
                }
            }
        }
        self.path.push(tag.name.clone());
    }

    fn text(&mut self, text: &str) {
        let [.., owner, equivalent, unicode] = self.path.as_slice() else { return };
        let own = unicode == "Unicode" && equivalent == "TextEquiv" && LEVELS.contains(&owner.as_str());
        if let Some(element) = self.open.last_mut().filter(|_| own) {
            // Further readings of the same element begin with a mark, put there when the first one ended.
            match &mut element.text {
                Some(read) if !read.ends_with(ENDED) => read.push_str(text),
                Some(_) => {}
                None => element.text = Some(text.to_owned()),
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.path.last().is_some_and(|open| open == name) {
            self.path.pop();
        }
        if name == "TextEquiv"
            && let Some(text) = self.open.last_mut().and_then(|own| own.text.as_mut())
        {
            text.push(ENDED);
        }
        if LEVELS.contains(&name)
            && let Some(element) = self.open.pop()
        {
            self.take(element);
        }
    }

    fn take(&mut self, element: Element) {
        let text = element.text.unwrap_or_default().replace(ENDED, "");
        let (Some(sheet), Some(bounds)) = (self.sheets.last_mut(), element.bounds) else { return };
        let read = element.is_read || !text.trim().is_empty();
        if !element.is_read && read {
            if element.level + 1 == LEVELS.len() {
                sheet.push(&text, bounds, element.confidence, self.line);
            } else {
                spread_lines(sheet, &text, bounds, element.confidence, &mut self.line);
            }
        }
        if let Some(outer) = self.open.last_mut() {
            outer.is_read |= read;
        }
    }
}

/// Stands behind a reading that has ended; no text has it.
const ENDED: char = '\u{0}';

/// A region's lines one below the other, each with its share of the height.
fn spread_lines(sheet: &mut Sheet, text: &str, bounds: Bounds, confidence: Option<u8>, line: &mut u32) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let height = bounds.height() / lines.len().max(1) as f32;
    for (nth, text) in lines.into_iter().enumerate() {
        let top = bounds.top + height * nth as f32;
        *line += u32::from(nth > 0);
        spread(sheet, text, Bounds { top, bottom: top + height, ..bounds }, confidence, *line);
    }
}

/// The rectangle around «x,y x,y …».
fn polygon(points: &str) -> Option<Bounds> {
    let point = |pair: &str| -> Option<Bounds> {
        let (x, y) = pair.split_once(',')?;
        let (x, y) = (number(x)?, number(y)?);
        Some(Bounds { left: x, top: y, right: x, bottom: y })
    };
    points.split_whitespace().filter_map(point).reduce(|all, point| all.with(&point))
}
