/*!
The numbers of lists in OpenDocument.

This module never guesses a number: it counts as the format says, style by style, and a bullet is none.
*/

use std::collections::BTreeMap;

use super::numbering::printed;
use super::xml::{self, Element, Node};

/// Levels of a list.
const LEVELS: usize = 10;

/// How a level is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    /// Nothing for a bullet.
    format: Option<&'static str>,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels the number shows.
    shown: usize,
}

/// The lists of a document, those that are open, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: BTreeMap<String, BTreeMap<usize, Level>>,
    open: Vec<String>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The number that the next paragraph begins with.
    pub(super) label: Option<String>,
}

impl Lists {
    /// Reads the styles of lists out of a part.
    ///
    /// # Errors
    /// Where it is damaged.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), String> {
        let mut name = String::new();
        xml::walk(part, |node| {
            let Node::Open(element) = node else { return };
            match element.name {
                "list-style" => {
                    name = element.attr("name").unwrap_or_default();
                    self.styles.insert(name.clone(), BTreeMap::new());
                }
                "list-level-style-number" => {
                    let level = Level {
                        format: format(&element.attr("num-format").unwrap_or_default()),
                        prefix: element.attr("num-prefix").unwrap_or_default(),
                        suffix: element.attr("num-suffix").unwrap_or_default(),
                        start: element.number("start-value").unwrap_or(1),
                        shown: element.number("display-levels").unwrap_or(1) as usize,
                    };
                    let nth = element.number("level").unwrap_or(1).saturating_sub(1) as usize;
                    if let Some(style) = self.styles.get_mut(&name) {
                        style.insert(nth, level);
                    }
                }
                _ => {}
            }
        })
    }

    /// A list begins; it goes on counting where it says so.
    pub(super) fn open(&mut self, element: &Element<'_>) {
        let style = element.attr("style-name").or_else(|| self.open.last().cloned()).unwrap_or_default();
        let goes_on = element.attr("continue-numbering").as_deref() == Some("true")
            || element.attr("continue-list").is_some();
        if self.open.is_empty() && !goes_on {
            self.counts.remove(&style);
        }
        self.open.push(style);
    }

    /// The open list ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
        self.label = None;
    }

    /// An item of the open list begins.
    pub(super) fn item(&mut self, element: &Element<'_>) {
        self.label = None;
        let Some(name) = self.open.last() else { return };
        let nth = self.open.len() - 1;
        let (Some(levels), Some(counts)) =
            (self.styles.get(name), Some(self.counts.entry(name.clone()).or_default()))
        else {
            return;
        };
        let (Some(level), true) = (levels.get(&nth), nth < LEVELS) else { return };
        let next = counts[nth].map_or(level.start, |count| count.saturating_add(1));
        counts[nth] = Some(element.number("start-value").unwrap_or(next));
        counts[nth + 1..].fill(None);
        let Some(_) = level.format else { return };
        let first = (nth + 1).saturating_sub(level.shown.max(1));
        let parts: Vec<String> = (first..=nth)
            .filter_map(|at| {
                let own = levels.get(&at)?;
                Some(printed(counts[at].unwrap_or(own.start), own.format?))
            })
            .collect();
        self.label = Some(format!("{}{}{}", level.prefix, parts.join("."), level.suffix));
    }
}

/// How a format of numbers is called in Word.
fn format(name: &str) -> Option<&'static str> {
    match name.chars().next()? {
        '1' => Some("decimal"),
        'i' => Some("lowerRoman"),
        'I' => Some("upperRoman"),
        'a' => Some("lowerLetter"),
        'A' => Some("upperLetter"),
        'а' => Some("russianLower"),
        'А' => Some("russianUpper"),
        _ => None,
    }
}
