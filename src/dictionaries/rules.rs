/*!
Rule files: patterns with what they give and the examples that hold them to it.

A rule file never says how a value is computed: `gives` names a variant of a closed enum, the code does the rest.

```toml
[[rule]]
id = "deadline.quarter"                      # stable for ever; appears in the output
pattern = "<quarters> (квартал~|кв) [<years>]"
gives = "quarters"
reads = [["IV квартал 2024 г.", "interval 2024-10-01/2024-12-31"]]
refuses = ["квартальный отчёт"]
```
*/

use serde::Deserialize;

use super::pattern::{Match, Pattern, Reached};
use super::slots::SlotReader;
use super::tokens::Tokens;
use crate::error::{Error, Result};
use crate::text::RuleId;

/// A rule as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    pattern: String,
    gives: String,
    becomes: Option<String>,
    #[serde(default)]
    part: bool,
    #[serde(default)]
    reads: Vec<Example>,
    #[serde(default)]
    refuses: Vec<String>,
}

#[derive(Deserialize)]
struct RawFile {
    rule: Vec<RawRule>,
}

/// A text that a rule must read, with the reading where the text alone does not say it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Example {
    /// The text.
    Text(String),
    /// The text and the value; or the text, the plan's period and the value.
    Valued(Vec<String>),
}

/// A compiled rule.
#[derive(Clone, Debug)]
pub struct Rule<G> {
    /// Its name.
    pub id: RuleId,
    /// What it matches.
    pub pattern: Pattern,
    /// What the match means.
    pub gives: G,
    /// What the words are put right to, where the rule knows a misreading.
    pub becomes: Option<String>,
    /// True where a match is the second half of something.
    pub part: bool,
    /// What it must read.
    pub reads: Vec<Example>,
    /// What no rule of the file must read.
    pub refuses: Vec<String>,
}

/// The rules of a file, or of two files laid over one another.
#[derive(Clone, Debug)]
pub struct Rules<G> {
    list: Vec<Rule<G>>,
}

/// A rule's match, and every other rule that matched as much.
#[derive(Clone, Debug)]
pub struct Best<'r, G> {
    /// The first of the longest.
    pub rule: &'r Rule<G>,
    /// What it matched.
    pub found: Match,
    /// Rules with a match of the same length and another meaning.
    pub tied: Vec<&'r Rule<G>>,
}

impl<G: Copy + PartialEq> Rules<G> {
    /// Compiles the rule file `toml`, whose name is `file`; `gives` knows the meanings by name.
    pub fn new(file: &str, toml: &str, gives: impl Fn(&str) -> Option<G>) -> Result<Self> {
        let raw: RawFile = toml::from_str(toml).map_err(|error| toml_error(file, toml, &error))?;
        let mut list = Vec::with_capacity(raw.rule.len());
        for rule in raw.rule {
            let line = line_of(toml, &rule.id);
            let wrong = |reason: String| Error::dictionary(file, line, format!("{}: {reason}", rule.id));
            if list.iter().any(|known: &Rule<G>| known.id.as_str() == rule.id) {
                let again = last_line_of(toml, &rule.id);
                return Err(Error::dictionary(
                    file,
                    again,
                    format!("{}: a rule of this name stands above", rule.id),
                ));
            }
            let pattern = Pattern::new(&rule.pattern).map_err(wrong)?;
            let meaning =
                gives(&rule.gives).ok_or_else(|| wrong(format!("nothing gives «{}»", rule.gives)))?;
            if rule.reads.is_empty() || rule.refuses.is_empty() {
                return Err(wrong("a rule says what it reads and what it refuses".to_owned()));
            }
            list.push(Rule {
                id: RuleId::new(rule.id.leak()),
                pattern,
                gives: meaning,
                becomes: rule.becomes,
                part: rule.part,
                reads: rule.reads,
                refuses: rule.refuses,
            });
        }
        Ok(Self { list })
    }

    /// All rules, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Rule<G>> {
        self.list.iter()
    }

    /// Lays `over` over these rules: a rule of the same name takes the other's place, a new one is added.
    pub fn overlay(&mut self, over: Self) {
        for rule in over.list {
            match self.list.iter_mut().find(|known| known.id == rule.id) {
                Some(known) => *known = rule,
                None => self.list.push(rule),
            }
        }
    }

    /// The longest match that begins at token `at`.
    pub fn longest_at(&self, tokens: &Tokens, at: usize, slots: &SlotReader) -> Option<Best<'_, G>> {
        tokens.forget_readings();
        let mut best: Option<(&Rule<G>, Reached)> = None;
        let mut tied = Vec::new();
        for rule in self.list.iter().filter(|rule| rule.pattern.may_match_at(tokens, at, slots)) {
            let Some(reached) = rule.pattern.reach(tokens, at, slots) else { continue };
            match &best {
                Some((_, known)) if reached.end < known.end => {}
                Some((known_rule, known)) if reached.end == known.end => {
                    if rule.gives != known_rule.gives {
                        tied.push(rule);
                    }
                }
                _ => {
                    tied.clear();
                    best = Some((rule, reached));
                }
            }
        }
        let (rule, reached) = best.filter(|(_, reached)| reached.end > at)?;
        Some(Best { rule, found: reached.into_match(), tied })
    }
}

/// An error of the TOML reader, with the line it points at.
pub(super) fn toml_error(file: &str, toml: &str, error: &toml::de::Error) -> Error {
    let line = error.span().map(|span| toml[..span.start.min(toml.len())].matches('\n').count() + 1);
    Error::dictionary(file, line, error.message())
}

/// The 1-based line on which rule `id` begins for the last time.
fn last_line_of(toml: &str, id: &str) -> Option<usize> {
    let at = toml.rfind(&format!("\"{id}\""))?;
    Some(toml[..at].matches('\n').count() + 1)
}

/// The 1-based line on which rule `id` begins.
fn line_of(toml: &str, id: &str) -> Option<usize> {
    let at = toml.find(&format!("\"{id}\""))?;
    Some(toml[..at].matches('\n').count() + 1)
}
