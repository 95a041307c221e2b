/*!
Bodies of the dictionary.

This module never decides by likeness what a name is: `candidates` says how likely each body is. It puts the name as
printed right where the dictionary's has another word, and remembers what was found for a name that comes again.
*/

use std::collections::HashMap;

use crate::dictionaries::{BodyId, Registry, TokenKind, Tokens, fold, folded_stem, transliterate};
use crate::plan::{ExecutorKind, Link};
use crate::text::{Edit, RuleId, Text};

use super::candidates::{Setting, candidates};
use super::{nominative, tidy};

const DICTIONARY: RuleId = RuleId::new("name.dictionary");

/// The noun of an office stands among so many words.
const FURTHEST_OFFICE: usize = 4;

/// The bodies that may be meant in one document.
#[derive(Debug)]
pub(super) struct Bodies<'r> {
    registry: &'r Registry,
    setting: Setting,
    cache: HashMap<String, Option<(BodyId, f64)>>,
}

/// The byte at which the name ends that its means stand behind: «министерство … через подведомственные учреждения».
fn before_means(tokens: &Tokens) -> Option<usize> {
    let at = (2..tokens.len()).find(|&at| tokens.written(at) == "через")?;
    Some(tokens.bytes(0..at).end)
}

/// A name that was found.
#[derive(Clone, Debug)]
pub(super) struct Linked {
    pub(super) text: Text,
    pub(super) name: String,
    pub(super) link: Link,
}

impl<'r> Bodies<'r> {
    /// The bodies of a document of that `setting`.
    pub(super) fn new(registry: &'r Registry, setting: Setting) -> Self {
        Self { registry, setting, cache: HashMap::new() }
    }

    /// The body that `text` names.
    pub(super) fn find(&mut self, text: &Text, kind: ExecutorKind) -> Option<Linked> {
        match kind {
            ExecutorKind::Organization => self.organization(text),
            ExecutorKind::Council => self.council(text),
            _ => None,
        }
    }

    /// `name` in the nominative where its first word cannot be one: «министерством спорта».
    pub(super) fn nominative(&self, name: &str) -> String {
        let heads = &self.registry.heads;
        let tokens = Tokens::new(name);
        if heads.is_oblique(tokens.folded(0)) { nominative::of_body(name, heads) } else { name.to_owned() }
    }

    /// True if `name` begins with the noun of an office in the singular, adjectives and numerals apart: no class, no trade.
    pub(super) fn is_office(&self, name: &str) -> bool {
        let tokens = Tokens::new(name);
        let office = |at: usize| self.registry.heads.names_person(tokens.folded(at));
        (0..FURTHEST_OFFICE.min(tokens.len())).any(office)
    }

    /// The name of the body that issued an act: canonical where it is known, else in the nominative and in order.
    pub(super) fn authority(&mut self, text: &Text) -> String {
        let first = text.as_str().split_whitespace().next().unwrap_or("");
        let abbreviated = self.registry.heads.abbreviation(first).is_some();
        let plain = if abbreviated { text.as_str().to_owned() } else { tidy::uncapitalised(text.as_str()) };
        if let Some((id, _)) = self.lookup(&plain) {
            return self.registry.name_in(id, &plain);
        }
        self.in_order(&plain)
    }

    /// A name as printed, in the nominative and in order.
    fn in_order(&self, name: &str) -> String {
        let nominative = nominative::of_body(name, &self.registry.heads);
        tidy::name(&self.with_region_names(&nominative))
    }

    /// True if `printed` has the same words as the dictionary's `name` and its region in another place or case: «Управление
    /// Алтайского края по …» is not renamed «Управление по … Алтайского края».
    fn words_region_otherwise(&self, printed: &str, name: &str) -> bool {
        let stems = |name: &str| words(name).iter().map(|word| folded_stem(word)).collect::<Vec<String>>();
        let (mut own, mut known) = (stems(printed), stems(name));
        let moved = own != known;
        own.sort_unstable();
        known.sort_unstable();
        (moved && own == known) || self.is_region_behind_preposition(&Tokens::new(printed))
    }

    /// «… в Приморском крае», «… по Приморскому краю».
    fn is_region_behind_preposition(&self, tokens: &Tokens) -> bool {
        self.registry
            .regions_in(tokens)
            .iter()
            .any(|(_, range)| range.start > 0 && matches!(tokens.folded(range.start - 1), "в" | "во" | "по"))
    }

    fn organization(&mut self, text: &Text) -> Option<Linked> {
        if let Some(end) = before_means(&Tokens::new(text.as_str())) {
            let linked = self.organization(&text.slice(0..end))?;
            let text = Text::join([&linked.text, &text.slice(end..text.len())], false);
            return Some(Linked { text, ..linked });
        }
        let (id, score) = self.lookup(text.as_str())?;
        let name = self.registry.name_in(id, text.as_str());
        if self.words_region_otherwise(text.as_str(), &name) {
            let name = self.in_order(text.as_str());
            return Some(Linked {
                text: text.clone(),
                name,
                link: Link { entity: self.registry.id(id), score },
            });
        }
        let text = self.mended(text, &name);
        Some(Linked { text, name, link: Link { entity: self.registry.id(id), score } })
    }

    /// A council is known by the body that it stands beside: «общественный совет при министерстве …».
    fn council(&mut self, text: &Text) -> Option<Linked> {
        let tokens = Tokens::new(text.as_str());
        let at = (0..tokens.len()).find(|&at| tokens.folded(at) == "при")?;
        let bytes = tokens.bytes(at + 1..tokens.len());
        let (id, score) = self.lookup(&text.as_str()[bytes.clone()])?;
        let own: Vec<String> = (0..at).map(|at| transliterate(tokens.folded(at))).collect();
        let entity = format!("{}/{}", self.registry.id(id), own.join("-"));
        let body = self.registry.name_in(id, text.as_str());
        let head = text.slice(0..bytes.start);
        let inner = self.mended(&text.slice(bytes), &body);
        let text = Text::join([&head, &inner], false);
        let name = tidy::name(&self.completed(text.as_str(), &body));
        Some(Linked { text, name, link: Link { entity, score } })
    }

    /// The council's name with the last word of a region that was cut off.
    fn completed(&self, name: &str, body: &str) -> String {
        let last = body.split_whitespace().next_back().unwrap_or("");
        let before = body.split_whitespace().rev().nth(1).unwrap_or("");
        if fold(name).ends_with(&fold(before)) { format!("{name} {last}") } else { name.to_owned() }
    }

    fn lookup(&mut self, name: &str) -> Option<(BodyId, f64)> {
        let key = fold(name);
        if let Some(found) = self.cache.get(&key) {
            return *found;
        }
        let found = self.search(name);
        self.cache.insert(key, found);
        found
    }

    fn search(&self, name: &str) -> Option<(BodyId, f64)> {
        let best = candidates(name, &self.setting, self.registry).into_iter().next()?;
        best.is_accepted().then_some((best.id, best.score))
    }

    /// Names of regions spelled with their capitals.
    fn with_region_names(&self, name: &str) -> String {
        let tokens = Tokens::new(name);
        let mut result = name.to_owned();
        for (region, range) in self.registry.regions_in(&tokens).into_iter().rev() {
            let Some(entry) = self.registry.region(region) else { continue };
            let mut bytes = tokens.bytes(range);
            // «Республики Саха (Якутия)»: the bracket belongs to the name.
            if entry.genitive.ends_with(')') && result[bytes.end..].starts_with(')') {
                bytes.end += 1;
            }
            if fold(&result[bytes.clone()]).starts_with(&fold(entry.genitive.split(' ').next().unwrap_or("")))
            {
                let genitive = entry.genitive_in(&Tokens::new(&result[bytes.clone()]));
                result.replace_range(bytes, genitive);
            }
        }
        result
    }

    /// The text as printed, with the words put right that differ from the dictionary's name and the marks taken out that
    /// it has not.
    fn mended(&self, text: &Text, name: &str) -> Text {
        let (tokens, canonical) = (Tokens::new(text.as_str()), Tokens::new(name));
        let own: Vec<usize> = word_tokens(&tokens);
        let known: Vec<usize> = word_tokens(&canonical);
        let mut edits: Vec<Edit> = Vec::new();
        let same_length = own.len() == known.len();
        // Behind a head in the nominative every word stands in the form that the dictionary has.
        let nominative = same_length
            && own
                .first()
                .zip(known.first())
                .is_some_and(|(&own, &known)| tokens.folded(own) == canonical.folded(known));
        if same_length {
            for (&mine, &theirs) in own.iter().zip(&known).skip(1) {
                let (mine_word, theirs_word) = (tokens.folded(mine), canonical.folded(theirs));
                let differs = if nominative {
                    mine_word != theirs_word
                } else {
                    folded_stem(mine_word) != folded_stem(theirs_word)
                };
                if differs && strsim::normalized_levenshtein(mine_word, theirs_word) > 0.5 && nominative {
                    edits.push(Edit::new(
                        tokens.bytes(mine..mine + 1),
                        canonical.written(theirs),
                        DICTIONARY,
                        85,
                    ));
                }
            }
        }
        for at in 0..tokens.len() {
            let comma = tokens.is_mark(at, ',');
            let nth = own.iter().filter(|&&word| word < at).count();
            let has = same_length
                && known.get(nth).is_some_and(|&next| next > 0 && canonical.is_mark(next - 1, ','));
            if comma && same_length && !has {
                edits.push(Edit::new(tokens.bytes(at..at + 1), "", DICTIONARY, 85));
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        self.registry.switches.edited(text.clone(), edits)
    }
}

fn word_tokens(tokens: &Tokens) -> Vec<usize> {
    (0..tokens.len())
        .filter(|&at| tokens.get(at).is_some_and(|token| token.kind != TokenKind::Mark))
        .collect()
}

fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::new(name);
    word_tokens(&tokens).into_iter().map(|at| tokens.folded(at).to_owned()).collect()
}
