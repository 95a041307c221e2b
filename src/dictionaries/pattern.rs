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

use super::beginnings::{Beginnings, Firsts};
use super::slots::{Filled, Readings, Slot, SlotReader};
use super::tokens::Tokens;
use crate::budget;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    whole: Sequence,
    /// The beginnings of the words and marks without which nothing matches.
    needs: Beginnings,
}

/// Nodes that follow one another, and what they may begin with.
#[derive(Clone, Debug)]
struct Sequence {
    nodes: Vec<Node>,
    firsts: Firsts,
}

#[derive(Clone, Debug)]
enum Node {
    Word(String),
    Stem(String),
    Mark(char),
    Slot(Slot),
    /// One of the sequences; nothing, too, where `optional`.
    Any {
        alternatives: Vec<Sequence>,
        firsts: Firsts,
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
        let whole = parser.sequence()?;
        match parser.rest.chars().next() {
            None if whole.nodes.is_empty() => Err("the pattern is empty".to_owned()),
            None => Ok(Self { needs: needs(&whole.nodes), whole }),
            Some(stray) => Err(format!("«{stray}» in the pattern closes nothing")),
        }
    }

    /// False where nothing matches at token `at`; true says nothing. Cheaper than trying.
    pub(super) fn may_match_at(&self, tokens: &Tokens, at: usize, slots: &SlotReader) -> bool {
        tokens.beginnings().has(self.needs) && self.whole.firsts.may_stand_at(tokens, at, slots)
    }

    /// The longest match that begins at token `at`.
    pub fn match_at(&self, tokens: &Tokens, at: usize, slots: &SlotReader) -> Option<Match> {
        self.reach(tokens, at, slots).map(Reached::into_match)
    }

    /// The end of the longest match that begins at token `at`, with what it takes to make the match.
    pub(super) fn reach(&self, tokens: &Tokens, at: usize, slots: &SlotReader) -> Option<Reached> {
        let mut walk = Walk { tokens, slots, values: SmallVec::new(), best: None };
        let before = slots.steps.get();
        walk.step(&self.whole.nodes, None, at);
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
        collect_words(&self.whole.nodes, &mut words);
        words
    }
}

/// What `nodes` may begin with.
fn firsts(nodes: &[Node]) -> Firsts {
    let mut all = Firsts::of_nothing();
    for node in nodes {
        if !all.empty {
            break;
        }
        all = all.then(match node {
            Node::Word(word) => Firsts::of(Beginnings::of_word(word)),
            Node::Stem(stem) => Firsts::of(Beginnings::of_every(stem)),
            Node::Mark(mark) => Firsts::of(Beginnings::of_mark(*mark)),
            // The condition reads nothing: the match begins with what follows it.
            Node::Slot(Slot::Condition) => Firsts::of_nothing(),
            Node::Slot(slot) => Firsts::of_slot(*slot),
            Node::Any { firsts, optional: true, .. } => firsts.or(Firsts::of_nothing()),
            Node::Any { firsts, .. } => *firsts,
        });
    }
    all
}

/// What every way through `nodes` passes.
fn needs(nodes: &[Node]) -> Beginnings {
    let need = |node: &Node| match node {
        Node::Word(word) => Beginnings::of_word(word),
        Node::Stem(stem) => Beginnings::of_stem(stem),
        Node::Mark(mark) => Beginnings::of_mark(*mark),
        Node::Slot(_) | Node::Any { optional: true, .. } => Beginnings::default(),
        Node::Any { alternatives, .. } => {
            alternatives.iter().map(|one| needs(&one.nodes)).reduce(Beginnings::common).unwrap_or_default()
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
                alternatives.iter().for_each(|one| collect_words(&one.nodes, words))
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
    values: Held,
    best: Option<Reached>,
}

/// What the slots read on the way, each as one of its readings.
type Held = SmallVec<[(Readings, usize); 4]>;

/// The end of a way through a pattern.
#[derive(Clone, Debug)]
pub(super) struct Reached {
    /// One past the last token.
    pub(super) end: usize,
    values: Held,
}

impl Reached {
    /// With what the slots read.
    pub(super) fn into_match(self) -> Match {
        let values = self.values.iter().map(|(readings, nth)| readings[*nth].clone()).collect();
        Match { end: self.end, values }
    }
}

impl Walk<'_, '_> {
    /// Tries every way through `nodes` and then `next`, keeping the one that ends last, the first of equals.
    fn step<'p>(&mut self, mut nodes: &'p [Node], mut next: Option<&'p Next<'p>>, mut at: usize) {
        loop {
            self.slots.steps.set(self.slots.steps.get() + 1);
            let Some((node, rest)) = nodes.split_first() else {
                let Some(after) = next else { return self.arrive(at) };
                (nodes, next) = (after.nodes, after.next);
                continue;
            };
            match node {
                Node::Word(word) if self.tokens.is_word(at, word) => at = self.past_word(rest, next, at),
                Node::Stem(stem) if self.is_inflected(at, stem) => at = self.past_word(rest, next, at),
                Node::Mark(mark) if self.is_mark(at, *mark) => at += 1,
                Node::Word(_) | Node::Stem(_) | Node::Mark(_) => return,
                Node::Slot(slot) => return self.step_over_slot(*slot, rest, next, at),
                Node::Any { alternatives, firsts, optional } => {
                    if firsts.may_stand_at(self.tokens, at, self.slots) {
                        self.step_into(alternatives, Next { nodes: rest, next }, at);
                    }
                    if !*optional {
                        return;
                    }
                }
            }
            nodes = rest;
        }
    }

    /// Tries each of `alternatives` that may stand at token `at`.
    fn step_into(&mut self, alternatives: &[Sequence], after: Next, at: usize) {
        for alternative in alternatives {
            if alternative.firsts.may_stand_at(self.tokens, at, self.slots) {
                self.step(&alternative.nodes, Some(&after), at);
            }
        }
    }

    /// Tries every reading of `slot`.
    fn step_over_slot(&mut self, slot: Slot, rest: &[Node], next: Option<&Next>, at: usize) {
        let Some(readings) = self.slots.read_once(slot, self.tokens, at) else { return };
        for (nth, filled) in readings.iter().enumerate() {
            self.values.push((Rc::clone(&readings), nth));
            self.step(rest, next, filled.end);
            self.values.pop();
        }
    }

    /// The token behind the word at `at`; what follows is tried behind the dot of its abbreviation, if one is glued to it.
    fn past_word(&mut self, rest: &[Node], next: Option<&Next>, at: usize) -> usize {
        if self.tokens.is_mark(at + 1, '.') && self.tokens.is_glued(at + 1) {
            self.step(rest, next, at + 2);
        }
        at + 1
    }

    fn is_inflected(&self, at: usize, stem: &str) -> bool {
        self.tokens.ending(at, stem).is_some_and(|ending| self.slots.words.is_ending(ending))
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.is_mark(at, mark) || (mark == '-' && self.tokens.is_dash(at))
    }

    fn arrive(&mut self, at: usize) {
        if self.best.as_ref().is_none_or(|best| at > best.end) {
            self.best = Some(Reached { end: at, values: self.values.clone() });
        }
    }
}

struct Parser<'p> {
    rest: &'p str,
}

impl Parser<'_> {
    fn sequence(&mut self) -> Result<Sequence, String> {
        let nodes = self.nodes()?;
        Ok(Sequence { firsts: firsts(&nodes), nodes })
    }

    fn nodes(&mut self) -> Result<Vec<Node>, String> {
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
        if alternatives.iter().any(|one: &Sequence| one.nodes.is_empty()) {
            return Err("a group has an empty alternative; write [..] instead".to_owned());
        }
        let firsts = alternatives.iter().map(|one| one.firsts).fold(Firsts::default(), Firsts::or);
        Ok(Node::Any { alternatives, firsts, optional })
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
