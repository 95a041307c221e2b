/*!
The five constructs in which the dictionaries say how people write.

A pattern never computes: it says which words stand where and which slots were filled.

| construct | matches |
|---|---|
| `word` | this word, in any letter case, with an optional dot behind it |
| `word~` | the stem with any inflection of the dictionary's list |
| `(a\|b)` | one of the two |
| `[a\|b]` | one of the two, or nothing |
| `<slot>` | what the slot reads: a year, a list of quarters, a date |

A mark (`,`, `-`, `№`) stands for itself, and so does a bracket behind a backslash (`\\(`). White space in a pattern means nothing; between two tokens of the text there
may be any, or none.
*/

use std::rc::Rc;

use smallvec::SmallVec;

use super::beginnings::Beginnings;
use super::slots::{Filled, Readings, Slot, SlotReader};
use super::tokens::Tokens;
use crate::budget;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    nodes: Vec<Node>,
    /// The beginnings of the words and marks without which nothing matches.
    needs: Beginnings,
}

#[derive(Clone, Debug)]
enum Node {
    Word(String),
    Stem(String),
    Mark(char),
    Slot(Slot),
    /// One of the sequences; nothing, too, where `optional`.
    Any {
        alternatives: Vec<Vec<Node>>,
        optional: bool,
    },
}

/// What a pattern found.
#[derive(Clone, Debug, Default)]
pub struct Match {
    /// One past the last token.
    pub end: usize,
    /// What the slots read, in the order of the pattern.
    pub values: Vec<Filled>,
}

impl Pattern {
    /// Compiles `pattern`; the error says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: pattern };
        let nodes = parser.sequence()?;
        match parser.rest.chars().next() {
            None if nodes.is_empty() => Err("the pattern is empty".to_owned()),
            None => Ok(Self { needs: needs(&nodes), nodes }),
            Some(stray) => Err(format!("«{stray}» in the pattern closes nothing")),
        }
    }

    /// The longest match that begins at token `at`.
    pub fn match_at(&self, tokens: &Tokens, at: usize, slots: &SlotReader) -> Option<Match> {
        if !tokens.beginnings().has(self.needs) {
            return None;
        }
        let mut walk = Walk { tokens, slots, values: SmallVec::new(), best: None };
        let before = slots.steps.get();
        walk.step(&self.nodes, None, at);
        budget::spend(slots.steps.get() - before);
        walk.best
    }

    /// The match that takes in all of `tokens`, if there is one.
    pub fn match_whole(&self, tokens: &Tokens, slots: &SlotReader) -> Option<Match> {
        self.match_at(tokens, 0, slots).filter(|found| found.end == tokens.len())
    }

    /// The words and stems (`true`) that the pattern names, folded.
    pub fn words(&self) -> Vec<(String, bool)> {
        let mut words = Vec::new();
        collect_words(&self.nodes, &mut words);
        words
    }

    /// Everything that a match can begin with.
    pub(crate) fn firsts(&self) -> Vec<First> {
        let mut firsts = Vec::new();
        collect_firsts(&self.nodes, &mut firsts);
        firsts
    }
}

/// The beginning of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// This word.
    Word(String),
    /// A word with this stem.
    Stem(String),
    /// This mark.
    Mark(char),
    /// What this slot reads.
    Slot(Slot),
}

/// Collects what `nodes` may begin with; true if they may be empty.
fn collect_firsts(nodes: &[Node], firsts: &mut Vec<First>) -> bool {
    for node in nodes {
        let passes = match node {
            Node::Word(word) => {
                firsts.push(First::Word(word.clone()));
                false
            }
            Node::Stem(stem) => {
                firsts.push(First::Stem(stem.clone()));
                false
            }
            Node::Mark(mark) => {
                firsts.push(First::Mark(*mark));
                false
            }
            // The condition reads nothing: the match begins with what follows it.
            Node::Slot(Slot::Condition) => true,
            Node::Slot(slot) => {
                firsts.push(First::Slot(*slot));
                false
            }
            Node::Any { alternatives, optional } => {
                let empty = alternatives
                    .iter()
                    .map(|nodes| collect_firsts(nodes, firsts))
                    .filter(|&empty| empty)
                    .count();
                *optional || empty > 0
            }
        };
        if !passes {
            return false;
        }
    }
    true
}

/// What every way through `nodes` passes.
fn needs(nodes: &[Node]) -> Beginnings {
    let need = |node: &Node| match node {
        Node::Word(word) => Beginnings::of_word(word),
        Node::Stem(stem) => Beginnings::of_stem(stem),
        Node::Mark(mark) => Beginnings::of_mark(*mark),
        Node::Slot(_) | Node::Any { optional: true, .. } => Beginnings::default(),
        Node::Any { alternatives, .. } => {
            alternatives.iter().map(|nodes| needs(nodes)).reduce(Beginnings::common).unwrap_or_default()
        }
    };
    nodes.iter().map(need).fold(Beginnings::default(), Beginnings::and)
}

fn collect_words(nodes: &[Node], words: &mut Vec<(String, bool)>) {
    for node in nodes {
        match node {
            Node::Word(word) => words.push((word.clone(), false)),
            Node::Stem(stem) => words.push((stem.clone(), true)),
            Node::Any { alternatives, .. } => {
                alternatives.iter().for_each(|nodes| collect_words(nodes, words))
            }
            Node::Mark(_) | Node::Slot(_) => {}
        }
    }
}

/// What comes after a group.
struct Next<'p> {
    nodes: &'p [Node],
    next: Option<&'p Next<'p>>,
}

struct Walk<'t, 's> {
    tokens: &'t Tokens<'t>,
    slots: &'s SlotReader<'s>,
    /// What the slots read on the way, each as one of its readings.
    values: SmallVec<[(Readings, usize); 4]>,
    best: Option<Match>,
}

impl Walk<'_, '_> {
    /// Tries every way through `nodes` and then `next`, keeping the one that ends last, the first of equals.
    fn step(&mut self, nodes: &[Node], next: Option<&Next>, at: usize) {
        self.slots.steps.set(self.slots.steps.get() + 1);
        let Some((node, rest)) = nodes.split_first() else {
            match next {
                Some(next) => self.step(next.nodes, next.next, at),
                None => self.arrive(at),
            }
            return;
        };
        match node {
            Node::Word(word) => {
                if self.tokens.is_word(at, word) {
                    self.step_over_dot(rest, next, at + 1);
                }
            }
            Node::Stem(stem) => {
                if self.tokens.ending(at, stem).is_some_and(|ending| self.slots.words.is_ending(ending)) {
                    self.step_over_dot(rest, next, at + 1);
                }
            }
            Node::Mark(mark) => {
                if self.tokens.is_mark(at, *mark) || (*mark == '-' && self.tokens.is_dash(at)) {
                    self.step(rest, next, at + 1);
                }
            }
            Node::Slot(slot) => {
                let Some(readings) = self.slots.read_once(*slot, self.tokens, at) else { return };
                for (nth, filled) in readings.iter().enumerate() {
                    self.values.push((Rc::clone(&readings), nth));
                    self.step(rest, next, filled.end);
                    self.values.pop();
                }
            }
            Node::Any { alternatives, optional } => {
                let after = Next { nodes: rest, next };
                for alternative in alternatives {
                    self.step(alternative, Some(&after), at);
                }
                if *optional {
                    self.step(rest, next, at);
                }
            }
        }
    }

    /// Goes on behind a word, and behind the dot of its abbreviation if one is glued to it.
    fn step_over_dot(&mut self, rest: &[Node], next: Option<&Next>, at: usize) {
        if self.tokens.is_mark(at, '.') && self.tokens.is_glued(at) {
            self.step(rest, next, at + 1);
        }
        self.step(rest, next, at);
    }

    fn arrive(&mut self, at: usize) {
        if self.best.as_ref().is_none_or(|best| at > best.end) {
            let values = self.values.iter().map(|(readings, nth)| readings[*nth].clone()).collect();
            self.best = Some(Match { end: at, values });
        }
    }
}

struct Parser<'p> {
    rest: &'p str,
}

impl Parser<'_> {
    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(next) = self.rest.chars().next() else { return Ok(nodes) };
            match next {
                ')' | ']' | '|' => return Ok(nodes),
                '(' => nodes.push(self.group(')', false)?),
                '[' => nodes.push(self.group(']', true)?),
                '<' => nodes.push(self.slot()?),
                '\\' => {
                    let mark = self.rest[1..].chars().next().ok_or("a backslash ends the pattern")?;
                    self.rest = &self.rest[1 + mark.len_utf8()..];
                    nodes.push(Node::Mark(mark));
                }
                _ => self.literal(&mut nodes),
            }
        }
    }

    fn group(&mut self, close: char, optional: bool) -> Result<Node, String> {
        let mut alternatives = Vec::new();
        loop {
            self.rest = &self.rest[1..];
            alternatives.push(self.sequence()?);
            match self.rest.chars().next() {
                Some('|') => {}
                Some(found) if found == close => break,
                _ => return Err(format!("a group is not closed by «{close}»")),
            }
        }
        self.rest = &self.rest[1..];
        if alternatives.iter().any(Vec::is_empty) {
            return Err("a group has an empty alternative; write [..] instead".to_owned());
        }
        Ok(Node::Any { alternatives, optional })
    }

    fn slot(&mut self) -> Result<Node, String> {
        let (name, rest) = self.rest[1..].split_once('>').ok_or("a slot is not closed by «>»")?;
        self.rest = rest;
        Slot::named(name).map(Node::Slot).ok_or_else(|| format!("there is no slot <{name}>"))
    }

    /// A word, a stem or a mark; a dot behind a word is taken in by the word.
    fn literal(&mut self, nodes: &mut Vec<Node>) {
        let end = self.rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(self.rest.len());
        if end == 0 {
            let mark = self.rest.chars().next().unwrap_or(' ');
            self.rest = &self.rest[mark.len_utf8()..];
            if mark != '.' {
                nodes.push(Node::Mark(mark));
            }
            return;
        }
        let word = super::tokens::fold(&self.rest[..end]);
        self.rest = &self.rest[end..];
        match self.rest.strip_prefix('~') {
            Some(rest) => {
                self.rest = rest;
                nodes.push(Node::Stem(word));
            }
            None => nodes.push(Node::Word(word)),
        }
    }
}
