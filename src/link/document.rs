/*!
What the document itself knows of its names: short forms that it defines, names that it writes out elsewhere.

This module never completes a name by likeness. A name is completed only by another of the same document that is the
same but for an organisational form in front or the region's last word behind, and only if there is one such.
*/

use std::collections::{BTreeMap, HashMap};

use crate::dictionaries::{Confusions, Registry, Switches, TokenKind, Tokens, fold};
use crate::extract::Draft;
use crate::plan::{Executor, ExecutorKind};
use crate::text::{Edit, RuleId, Text};

use super::tidy;

/// Names and short forms of one document.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The spellings of each name, by its words without marks, with their counts.
    spellings: BTreeMap<Vec<String>, BTreeMap<String, usize>>,
    /// The words of names by what is left of them without one word, and where that stood.
    but_one: HashMap<(usize, Vec<String>), Vec<Vec<String>>>,
    /// The words of names by what is left of them without a word or two in front, or the last.
    cut: HashMap<Vec<String>, Vec<Vec<String>>>,
    definitions: HashMap<String, Executor>,
    /// What recognition makes of letters.
    confusions: Confusions,
    switches: Switches,
}

const DOCUMENT: RuleId = RuleId::new("name.document");

/// A shorter name says too little to be completed, a longer one is a list.
const LEAST_WORDS: usize = 3;
const MOST_WORDS: usize = 60;

/// A shorter word is not taken for misread: it may be another.
const LEAST_MISREAD: usize = 5;

impl Known {
    /// Collects the names of the executor cells.
    pub(super) fn of(draft: &Draft, registry: &Registry) -> Self {
        let (confusions, switches) = (registry.confusions.clone(), registry.switches.clone());
        let mut known = Self { confusions, switches, ..Self::default() };
        for mention in draft.measures.iter().flat_map(|measure| &measure.mentions) {
            if mention.kind != ExecutorKind::Person && mention.defines.is_none() {
                let name = tidy::name(mention.text.as_str());
                *known.spellings.entry(words(&name)).or_default().entry(name).or_insert(0) += 1;
            }
        }
        for words in known.spellings.keys().filter(|words| words.len() <= MOST_WORDS) {
            for at in 0..words.len() {
                known.but_one.entry((at, without(words, at))).or_default().push(words.clone());
            }
            let cut = [words.get(1..), words.get(2..), words.split_last().map(|(_, rest)| rest)];
            for cut in cut.into_iter().flatten().filter(|cut| !cut.is_empty()) {
                let full = known.cut.entry(cut.to_vec()).or_default();
                if full.last() != Some(words) {
                    full.push(words.clone());
                }
            }
        }
        known
    }

    /// Remembers what a short form stands for.
    pub(super) fn define(&mut self, short: &str, executor: &Executor) {
        self.definitions.insert(key(short), executor.clone());
    }

    /// The executor that a short form stands for.
    pub(super) fn short_form(&self, text: &str) -> Option<&Executor> {
        self.definitions.get(&key(text))
    }

    /// The text and the name as the document spells them several times elsewhere, where they differ in one misread word:
    /// «Глазное управление» beside two of «Главное управление».
    pub(super) fn usual_name(&self, text: &Text) -> Option<(Text, String)> {
        if !self.switches.allow(DOCUMENT) {
            return None;
        }
        let own = words(text.as_str());
        let count = |spellings: &BTreeMap<String, usize>| spellings.values().sum::<usize>();
        if !(LEAST_WORDS..=MOST_WORDS).contains(&own.len())
            || self.spellings.get(&own).is_some_and(|spellings| count(spellings) > 1)
        {
            return None;
        }
        let misread = |at: usize, other: &[String]| {
            let (seen, meant) = (&own[at], &other[at]);
            seen != meant && seen.chars().count() >= LEAST_MISREAD && self.confusions.parts(seen, meant)
        };
        let mut usual = (0..own.len()).flat_map(|at| {
            let others = self.but_one.get(&(at, without(&own, at))).into_iter().flatten();
            others.filter(move |other| misread(at, other)).map(move |other| (at, other))
        });
        let (at, words) = usual.next()?;
        let spellings = self.spellings.get(words).filter(|spellings| count(spellings) > 1)?;
        if usual.next().is_some() {
            return None;
        }
        let (name, _) =
            spellings.iter().max_by_key(|&(name, count)| (*count, std::cmp::Reverse(name.clone())))?;
        Some((respelled(text, at, &words[at]), name.clone()))
    }

    /// The full spelling of `name`: another with the same words whose quotes are whole, or one with a form in front or a
    /// region's last word behind it.
    pub(super) fn full_name(&self, name: &str) -> Option<String> {
        let own = words(name);
        if own.len() < LEAST_WORDS {
            return None;
        }
        let mut longer = self.cut.get(&own).into_iter().flatten().filter(|words| completes(&own, words));
        let full = match (longer.next(), longer.next()) {
            (Some(words), None) => self.spellings.get(words)?,
            (None, _) if !is_whole(name) => self.spellings.get(&own)?,
            _ => return None,
        };
        let best = full
            .iter()
            .filter(|(name, _)| is_whole(name))
            .max_by_key(|&(name, count)| (*count, std::cmp::Reverse(name.clone())));
        best.map(|(name, _)| name.clone())
    }
}

/// A short form as it is looked up: recognition loses the space in «МинприродыРБ».
fn key(short: &str) -> String {
    fold(short).split_whitespace().collect()
}

/// `words` without word number `at`.
fn without(words: &[String], at: usize) -> Vec<String> {
    words[..at].iter().chain(&words[at + 1..]).cloned().collect()
}

/// True if `full` is `own` with one or two organisational forms before it, or with the last word of a region behind it.
fn completes(own: &[String], full: &[String]) -> bool {
    const REGION_WORDS: [&str; 6] = ["области", "края", "республики", "округа", "района", "города"];
    let more = full.len().saturating_sub(own.len());
    if more == 0 || more > 2 {
        return false;
    }
    let form = full.ends_with(own)
        && full[..more].iter().all(|word| word.chars().count() <= 8 && !word.chars().any(char::is_numeric));
    let cut = full.starts_with(own) && more == 1 && REGION_WORDS.contains(&full[own.len()].as_str());
    (form && !REGION_WORDS.contains(&full[0].as_str()) && is_abbreviation_like(&full[..more])) || cut
}

/// Words of consonants in heaps, as abbreviations are, when their capitals are folded away: no head noun, no adjective.
fn is_abbreviation_like(words: &[String]) -> bool {
    words.iter().all(|word| {
        word.chars().count() <= 8 && !word.ends_with("ый") && !word.ends_with("ая") && !word.ends_with("ое")
    })
}

/// True if every quotation that opens is closed, or nothing is quoted.
fn is_whole(name: &str) -> bool {
    let (open, closed) = (name.matches('«').count(), name.matches('»').count());
    closed <= open && (open == 0 || closed > 0)
}

/// The folded words and numbers of a name.
fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::new(name);
    let word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark);
    (0..tokens.len()).filter(word).map(|at| tokens.folded(at).to_owned()).collect()
}

/// `text` with its word number `nth` spelled as `word`, in the letter case in which it stands.
fn respelled(text: &Text, nth: usize, word: &str) -> Text {
    let tokens = Tokens::new(text.as_str());
    let is_word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark);
    let Some(at) = (0..tokens.len()).filter(is_word).nth(nth) else { return text.clone() };
    let capital = tokens.written(at).starts_with(char::is_uppercase);
    let word = if capital { tidy::capital(word) } else { word.to_owned() };
    text.edited(&[Edit::new(tokens.bytes(at..at + 1), word, DOCUMENT, 75)])
}
