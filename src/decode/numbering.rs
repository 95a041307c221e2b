/*!
The numbers that Word puts before paragraphs: «1.», «2.3.», «а)».

This module never guesses a number: it counts as Word does, level by level, and a bullet is none.
*/

use std::collections::BTreeMap;

use super::xml::{self, Node};

/// Levels of a list.
const LEVELS: usize = 9;

/// How a level is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// «%1.%2.»
    text: String,
}

/// A list as a paragraph names it.
#[derive(Clone, Debug, Default)]
struct List {
    kind: u32,
    /// Where levels start anew in this list.
    starts: BTreeMap<usize, u32>,
    begun: bool,
}

/// How a style numbers its paragraphs, and the style that it goes by.
#[derive(Clone, Debug, Default)]
struct Style {
    list: Option<u32>,
    level: Option<u32>,
    base: Option<String>,
}

/// The lists of a document and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<u32, Vec<Level>>,
    lists: BTreeMap<u32, List>,
    styles: BTreeMap<String, Style>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    ///
    /// # Errors
    /// Where it is damaged.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), String> {
        let (mut kind, mut list, mut level) = (0, 0, 0);
        let mut inside_list = false;
        xml::walk(part, |node| {
            let Node::Open(element) = node else { return };
            let value = || element.number("val");
            match element.name {
                "abstractNum" => {
                    kind = element.number("abstractNumId").unwrap_or(0);
                    inside_list = false;
                    self.kinds.insert(kind, vec![Level { start: 1, ..Level::default() }; LEVELS]);
                }
                "num" => {
                    list = element.number("numId").unwrap_or(0);
                    inside_list = true;
                    self.lists.insert(list, List::default());
                }
                "abstractNumId" => {
                    if let Some(own) = self.lists.get_mut(&list) {
                        own.kind = value().unwrap_or(0);
                    }
                }
                "lvl" | "lvlOverride" => level = element.number("ilvl").unwrap_or(0) as usize,
                "startOverride" => {
                    if let Some(own) = self.lists.get_mut(&list) {
                        own.starts.insert(level, value().unwrap_or(1));
                    }
                }
                name @ ("start" | "numFmt" | "lvlText") if !inside_list => {
                    let Some(own) = self.kinds.get_mut(&kind).and_then(|levels| levels.get_mut(level)) else {
                        return;
                    };
                    match name {
                        "start" => own.start = value().unwrap_or(1),
                        "numFmt" => own.format = element.attr("val").unwrap_or_default(),
                        _ => own.text = element.attr("val").unwrap_or_default(),
                    }
                }
                _ => {}
            }
        })
    }

    /// Reads `styles.xml`: a style may number its paragraphs.
    ///
    /// # Errors
    /// Where it is damaged.
    pub(super) fn read_styles(&mut self, part: &[u8]) -> Result<(), String> {
        let mut name = String::new();
        xml::walk(part, |node| {
            let Node::Open(element) = node else { return };
            if element.name == "style" {
                name = element.attr("styleId").unwrap_or_default();
                self.styles.insert(name.clone(), Style::default());
                return;
            }
            let Some(style) = self.styles.get_mut(&name) else { return };
            match element.name {
                "numId" => style.list = element.number("val"),
                "ilvl" => style.level = element.number("val"),
                "basedOn" => style.base = element.attr("val"),
                _ => {}
            }
        })
    }

    /// The number of the next paragraph, which has this style, list and level; `None` where it has none.
    pub(super) fn next(
        &mut self,
        style: Option<&str>,
        (list, level): (Option<u32>, Option<u32>),
    ) -> Option<String> {
        let (of_style, level_of_style) = self.of_style(style);
        let list = list.or(of_style).filter(|list| *list > 0)?;
        let level = level.or(level_of_style).unwrap_or(0) as usize;
        let known = self.lists.get_mut(&list)?;
        let levels = self.kinds.get(&known.kind)?;
        let own = levels.get(level)?;
        let counts = self.counts.entry(known.kind).or_default();
        if !known.begun {
            known.begun = true;
            for (&level, &start) in &known.starts {
                if let Some(count) = counts.get_mut(level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        counts[level] = Some(counts[level].map_or(own.start, |count| count.saturating_add(1)));
        counts[level + 1..].fill(None);
        if matches!(own.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut label = own.text.clone();
        for (nth, kind) in levels.iter().enumerate().take(level + 1) {
            let mark = format!("%{}", nth + 1);
            if label.contains(&mark) {
                let count = counts[nth].unwrap_or(kind.start);
                label = label.replace(&mark, &printed(count, &kind.format));
            }
        }
        (!label.trim().is_empty()).then_some(label)
    }

    fn of_style(&self, style: Option<&str>) -> (Option<u32>, Option<u32>) {
        let mut name = style.map(str::to_owned);
        // Styles that go by each other in a circle end here.
        for _ in 0..LEVELS {
            let Some(known) = name.as_ref().and_then(|name| self.styles.get(name)) else { break };
            if known.list.is_some() {
                return (known.list, known.level);
            }
            name = known.base.clone();
        }
        (None, None)
    }
}

/// A number as a list prints it; `format` is named as Word names it.
pub(super) fn printed(count: u32, format: &str) -> String {
    let letter = |letters: &str| {
        let letters: Vec<char> = letters.chars().collect();
        let at = count.saturating_sub(1) as usize;
        letters[at % letters.len()].to_string().repeat((at / letters.len()).min(LEVELS) + 1)
    };
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperLetter" => letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => letter("abcdefghijklmnopqrstuvwxyz"),
        "russianUpper" => letter("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
        "russianLower" => letter("абвгдежзиклмнопрстуфхцчшщэюя"),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // No list has four thousand roman numbers.
    count = count.min(3999);
    let mut printed = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            printed.push_str(sign);
            count -= value;
        }
    }
    printed
}
