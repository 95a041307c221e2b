/*!
What repair makes of damage whose truth is known, and of text that has none.

This module never judges by the program's own opinion: a damaged word is mended when it is, letter for letter, what was
damaged; a repair is right when the words that it touched are; a clean word that comes out otherwise is harm.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use super::gold::Plan;
use super::{Count, Fixture, Scores};
use crate::dictionaries::Dictionaries;
use crate::error::Result;
use crate::noise::{Damaged, Laboratory};
use crate::pipeline;
use crate::text::{How, Text};

/// A clean text is read in documents of so many lines, so that a document's own words are as few as in a plan.
const DOCUMENT_LINES: usize = 60;

/// How repair did.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Damaged stretches by class: mended ones, all.
    pub classes: BTreeMap<&'static str, Count>,
    /// Repairs of words by rule: right ones, all. A stretch that two rules mended counts for both.
    pub rules: BTreeMap<String, Count>,
    /// Stretches that were not damaged: changed ones by rule.
    pub harm: BTreeMap<String, usize>,
    /// Changed ones among numbers, dates, addresses, codes, and words with a capital inside a line.
    pub exact_harm: usize,
    /// All numbers, dates, addresses, codes, and words with a capital inside a line.
    pub exact: usize,
    /// All stretches that were not damaged.
    pub clean: usize,
    /// What went wrong, a line each: as damaged, as mended, as it was.
    pub mistakes: Vec<String>,
}

impl Figures {
    /// The share of the damaged stretches that were mended.
    pub fn recall(&self) -> Count {
        self.classes.values().copied().sum()
    }

    /// The share of the repairs that were right.
    pub fn precision(&self) -> Count {
        self.rules.values().copied().sum()
    }

    /// Clean stretches that were changed.
    pub fn harmed(&self) -> usize {
        self.harm.values().sum()
    }
}

/// The words that the gold of a fixture has, a text a line: what the document is known to say.
pub fn words_of(fixture: &Fixture) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(&words.replace('\n', " "));
        text.push('\n');
    };
    for Plan { title, sections, measures, .. } in &fixture.gold.plans {
        title.iter().for_each(|title| line(title));
        sections.iter().for_each(|section| line(&section.title));
        for measure in measures {
            line(&measure.text);
            measure.deadlines.iter().for_each(|deadline| line(&deadline.text));
            measure.executors.iter().for_each(|executor| line(&executor.text));
        }
    }
    text
}

/// A stretch of words, damaged or not, and what it is to be.
struct Unit<'t> {
    range: Range<usize>,
    wanted: &'t str,
    class: Option<&'static str>,
    got: String,
    /// Marks do not count: what became of them is no question of words.
    by_letters: bool,
    rules: BTreeSet<&'static str>,
}

/// Damages `clean`, reads it, and adds what came out to `figures`.
///
/// # Errors
/// Where the damaged text cannot be read at all.
pub fn measure(
    clean: &str,
    laboratory: &Laboratory<'_>,
    dictionaries: &Dictionaries,
    figures: &mut Figures,
) -> Result<()> {
    let lines: Vec<&str> = clean.split_inclusive('\n').collect();
    for (nth, document) in lines.chunks(DOCUMENT_LINES).enumerate() {
        let laboratory = Laboratory { seed: laboratory.seed + nth as u64, ..*laboratory };
        let damaged = laboratory.damage(&document.concat());
        if damaged.text.trim().is_empty() {
            continue;
        }
        figures.read(&damaged.text, units(&damaged), dictionaries)?;
    }
    Ok(())
}

/// Reads pages that recognition really damaged and adds what came out to `figures`: rows of what was printed and what
/// was recognised, in reading order, an empty line between two pages.
///
/// # Errors
/// Where a page cannot be read at all.
pub fn measure_recognised(pages: &str, dictionaries: &Dictionaries, figures: &mut Figures) -> Result<()> {
    for page in pages.split("\n\n").filter(|page| !page.trim().is_empty()) {
        let mut text = String::new();
        let mut units = Vec::new();
        for (nth, row) in page.lines().enumerate() {
            let Some((printed, recognised)) = row.split_once('\t') else { continue };
            text.push_str(match nth {
                0 => "",
                nth if nth % LINE_WORDS == 0 => "\n",
                _ => " ",
            });
            let range = text.len()..text.len() + recognised.len();
            let damaged = letters(printed) != letters(recognised);
            units.push(Unit { by_letters: true, ..unit(range, printed, damaged.then_some("recognised")) });
            text.push_str(recognised);
        }
        figures.read(&text, units, dictionaries)?;
    }
    Ok(())
}

/// So many words make a line of a recognised page.
const LINE_WORDS: usize = 10;

/// The damaged stretches, and between them every stretch without white space.
fn units(damaged: &Damaged) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let mut at = 0;
    for damage in &damaged.damages {
        words(&damaged.text, at..damage.range.start, &mut units);
        units.push(unit(damage.range.clone(), &damage.clean, Some(damage.class.name())));
        at = damage.range.end;
    }
    words(&damaged.text, at..damaged.text.len(), &mut units);
    units
}

fn words<'t>(text: &'t str, range: Range<usize>, units: &mut Vec<Unit<'t>>) {
    for word in text[range].split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        units.push(unit(start..start + word.len(), word, None));
    }
}

fn unit<'t>(range: Range<usize>, wanted: &'t str, class: Option<&'static str>) -> Unit<'t> {
    Unit { range, wanted, class, got: String::new(), by_letters: false, rules: BTreeSet::new() }
}

/// Gives every character of a mended cell to the stretch that it came from.
fn spread(cell: &Text, units: &mut [Unit<'_>]) {
    let mut start = 0;
    for piece in cell.pieces() {
        let end = start + piece.len as usize;
        let string = &cell.as_str()[start..end];
        let source = piece.span.start() as usize;
        match piece.how {
            How::Rewritten { rule, .. } => {
                if let Some(unit) = owner(units, source) {
                    unit.got.push_str(string);
                    unit.rules.insert(rule.as_str());
                }
            }
            How::Verbatim | How::Space => {
                for (at, letter) in string.char_indices() {
                    if let Some(unit) = owner(units, source + at) {
                        unit.got.push(letter);
                    }
                }
            }
        }
        start = end;
    }
}

/// The stretch that holds byte `at` of the damaged text.
fn owner<'u, 't>(units: &'u mut [Unit<'t>], at: usize) -> Option<&'u mut Unit<'t>> {
    let next = units.partition_point(|unit| unit.range.end <= at);
    units.get_mut(next).filter(|unit| unit.range.start <= at)
}

impl Figures {
    /// Reads `text` and counts what came out for each of its stretches.
    fn read(&mut self, text: &str, mut units: Vec<Unit<'_>>, dictionaries: &Dictionaries) -> Result<()> {
        let trace = pipeline::trace("noise", text.as_bytes(), dictionaries)?;
        for cell in trace.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells) {
            spread(cell, &mut units);
        }
        self.count(&units, text);
        Ok(())
    }

    fn count(&mut self, units: &[Unit<'_>], text: &str) {
        for unit in units {
            let right = match unit.by_letters {
                true => letters(&unit.got) == letters(unit.wanted),
                false => same(&unit.got, unit.wanted),
            };
            match unit.class {
                Some(class) => self.classes.entry(class).or_default().add(right),
                None => {
                    self.clean += 1;
                    self.exact += usize::from(is_exact(unit, text));
                }
            }
            for rule in &unit.rules {
                self.rules.entry((*rule).to_owned()).or_default().add(right);
            }
            if !right && (!unit.rules.is_empty() || unit.class.is_none()) {
                let by: Vec<&str> = unit.rules.iter().copied().collect();
                let by = if by.is_empty() { "a neighbour's rule".to_owned() } else { by.join(", ") };
                if unit.class.is_none() {
                    *self.harm.entry(by.clone()).or_default() += 1;
                    self.exact_harm += usize::from(is_exact(unit, text));
                }
                let seen = &text[unit.range.clone()];
                self.mistakes.push(format!("«{seen}» → «{}» for «{}» by {by}", unit.got.trim(), unit.wanted));
            }
        }
    }
}

/// The letters and digits of `text`, its gaps, «ё» as «е».
fn letters(text: &str) -> String {
    let kept = |sign: char| if sign.is_alphanumeric() { sign } else { ' ' };
    let plain: String = text.replace('ё', "е").chars().map(kept).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Equal but for «ё» and the width of gaps.
fn same(got: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('ё', "е");
    got == wanted || plain(got) == plain(wanted)
}

/// A number, a date, an address, a code; a word with a capital that does not begin its line, which may be a name.
fn is_exact(unit: &Unit<'_>, text: &str) -> bool {
    let begins = text[..unit.range.start].ends_with('\n') || unit.range.start == 0;
    let capital = unit.wanted.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    unit.wanted.chars().any(|sign| sign.is_ascii_alphanumeric() || sign == '@') || (capital && !begins)
}

/// The figures of one kind of words, as scores with floors: recall of damaged words, precision of repairs, and the share of
/// clean words, and of numbers, names, addresses and codes among them, that repair spared.
pub fn scores(figures: &Figures) -> Scores {
    let spared = |harmed: usize, of: usize| Count { right: of - harmed.min(of), of };
    let mut scores = Scores::from([
        ("spared", spared(figures.harmed(), figures.clean)),
        ("spared exact words", spared(figures.exact_harm, figures.exact)),
    ]);
    if !figures.classes.is_empty() {
        scores.insert("recall", figures.recall());
        scores.insert("precision", figures.precision());
    }
    scores
}

/// The figures for eyes, under the name of the words they are about.
pub fn table(name: &str, figures: &Figures) -> String {
    let mut out = format!("{name}\n");
    let mut line = |what: &str, of: &str, count: Count| {
        let _ =
            writeln!(out, "  {what:<10} {of:<26} {:>7}/{:<7} {:.4}", count.right, count.of, count.share());
    };
    for (class, count) in &figures.classes {
        line("recall", class, *count);
    }
    line("recall", "all", figures.recall());
    for (rule, count) in &figures.rules {
        line("precision", rule, *count);
    }
    line("precision", "all", figures.precision());
    for (rule, count) in &figures.harm {
        let _ = writeln!(out, "  {:<10} {rule:<26} {count:>7}", "harm");
    }
    let of_ten_thousand = figures.harmed() as f64 * 1e4 / figures.clean.max(1) as f64;
    let _ = writeln!(
        out,
        "  {:<10} {:<26} {:>7}/{:<7} {of_ten_thousand:.2} in 10,000; {} of {} numbers, names, addresses, codes",
        "harm",
        "all",
        figures.harmed(),
        figures.clean,
        figures.exact_harm,
        figures.exact
    );
    out
}
