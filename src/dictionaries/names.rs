/*!
Known names made ready for looking up what is spelled nearly like them.

This module never accepts a name: it lists what is nearest and what that costs. Regions and bodies stand apart.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::confusions::Confusions;
use super::likeness::{Costs, Fit, Manner};
use super::registry::{Body, RegionEntry, stem, words};
use super::spelled::{HEAPS, Letters, Spelled};
use super::table::Row;
use super::tokens::{TokenKind, Tokens, fold};
use crate::error::Result;
use crate::map::{Map, Set};

/// Short forms of words, and the words that say at which level a body stands.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Whole short forms, folded, without their full stop: «мин-во», «упр».
    short: Map<String, String>,
    /// Beginnings of fused words, and the word that they begin: «мин», «министерство».
    fused: Vec<(String, Spelled)>,
    /// Stems that say a level.
    levels: BTreeSet<String>,
}

impl Wording {
    /// Compiles `shortenings.tsv` and `levels.tsv`.
    ///
    /// # Errors
    /// Where a row is not of its form.
    pub(super) fn new(shortenings: &[Row], levels: &[Row]) -> Result<Self> {
        let mut wording = Self::default();
        for row in shortenings {
            let [short, meant, _source] = row.cells()?;
            match short.strip_suffix('~') {
                Some(beginning) => wording.fused.push((fold(beginning), Spelled::new(meant))),
                None => {
                    wording.short.insert(fold(short.trim_end_matches('.')), meant.to_owned());
                }
            }
        }
        for row in levels {
            let [stem, _level, _source] = row.cells()?;
            wording.levels.insert(fold(stem));
        }
        Ok(wording)
    }
}

/// A known name of a body.
#[derive(Clone, Debug)]
struct Entry {
    body: usize,
    spelled: Spelled,
    /// Its longer words, each with the letters of its stem.
    words: Vec<(u32, Spelled)>,
}

impl Entry {
    fn new(body: usize, name: &str) -> Self {
        let spelled = Spelled::new(name);
        let words = spelled.long_words().map(|word| (word.len() as u32, word)).collect();
        Self { body, spelled, words }
    }
}

/// Everything that names are compared with.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// The names of bodies of regions, then those of federal ones.
    entries: Vec<Entry>,
    /// The number of pairs of letters of each.
    lengths: Vec<u32>,
    /// Those of regions by the pairs of letters that they have.
    pairs: Vec<Vec<u32>>,
    /// Those of each body.
    of_body: Vec<Range<usize>>,
    /// The number of the former.
    regional: usize,
    /// The names of the bodies that a region is known to have; of federal ones for `None`.
    listed: Map<Option<usize>, Vec<usize>>,
    regions: Vec<(usize, Spelled)>,
    /// First letters of the words of a name, and its bodies.
    initials: BTreeMap<String, Vec<usize>>,
    /// The stems of all words of all names.
    vocabulary: Set<String>,
    costs: Costs,
}

/// A body that is spelled like a name.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) body: usize,
    pub(super) cost: u32,
}

/// Names are compared letter by letter with so many of those that have the most pairs of letters in common.
const COMPARED: usize = 8;
const COMPARED_ELSEWHERE: usize = 3;

/// A misread region costs less than this for each letter of its stems, in hundredths of an edit.
const REGION_PER_LETTER: u32 = 20;

/// A region's name of one word says less.
const WORD_PER_LETTER: u32 = 12;

/// A letter that is often taken for another may be misread in the shortest.
const ONE_LETTER: u32 = 65;

/// A word of so many regions' names may be cut short: «обл.», «Респ.».
const COMMON_WORD: usize = 4;

/// Of the pairs of letters of a region's name one of so many is left when it is misread.
const PAIRS_IN_COMMON: u32 = 4;

/// A region with so many times fewer of its pairs than another is not the one that is named.
const LESS_IN_COMMON: u32 = 2;

/// A name so much dearer than the best is as good as none: two edits, and what a region or a time may add to the best.
const FAR: u32 = 311;

/// A misread word costs at most this for each of its letters.
const MISREAD_PER_LETTER: u32 = 14;

/// Fewer first letters are anybody's.
const LEAST_INITIALS: usize = 3;

impl Names {
    pub(super) fn new(regions: &[RegionEntry], bodies: &[Body], confusions: &Confusions) -> Self {
        let mut names = Self {
            entries: Vec::new(),
            lengths: Vec::new(),
            pairs: vec![Vec::new(); HEAPS],
            of_body: Vec::new(),
            regional: 0,
            listed: Map::default(),
            regions: Vec::new(),
            initials: BTreeMap::new(),
            vocabulary: Set::default(),
            costs: Costs::new(confusions),
        };
        let codes: Map<&str, usize> =
            regions.iter().enumerate().map(|(nth, region)| (region.region.code.as_str(), nth)).collect();
        for (body, known) in bodies.iter().enumerate() {
            names.vocabulary.extend(words(&known.name).iter().map(|word| stem(word).to_owned()));
            let first = names.entries.len();
            for name in known.names() {
                let entry = names.entries.len();
                if known.regions.is_empty() {
                    names.listed.entry(None).or_default().push(entry);
                }
                for code in &known.regions {
                    let region = codes.get(code.as_str()).copied();
                    names.listed.entry(region).or_default().push(entry);
                }
                let known_name = Entry::new(body, &name);
                if !known.regions.is_empty() {
                    for heap in known_name.spelled.signature.heaps() {
                        names.pairs[heap].push(entry as u32);
                    }
                    names.regional = entry + 1;
                }
                names.lengths.push(known_name.spelled.signature.len());
                names.entries.push(known_name);
            }
            names.of_body.push(first..names.entries.len());
            let initials = initials(&known.name.replace("{R}", ""));
            if initials.chars().count() >= LEAST_INITIALS {
                names.initials.entry(initials).or_default().push(body);
            }
        }
        let mut counts: Map<String, usize> = Map::default();
        for word in regions.iter().flat_map(|region| words(&region.genitive)) {
            *counts.entry(word).or_insert(0) += 1;
        }
        let stops = |word: &str| counts.get(word).is_some_and(|&count| count >= COMMON_WORD);
        for (nth, region) in regions.iter().enumerate() {
            names.regions.extend(region.spellings().map(|name| (nth, Spelled::stopping(name, stops))));
        }
        names
    }

    /// The regions that `letters` may name, each with what that costs and where, the cheapest first.
    pub(super) fn regions_near(&self, letters: &Letters) -> Vec<(usize, Fit)> {
        let share = |spelled: &Spelled| {
            spelled.signature.common(&letters.signature) * 1000 / spelled.signature.len().max(1)
        };
        let shares: Vec<u32> = self.regions.iter().map(|(_, spelled)| share(spelled)).collect();
        let least = (shares.iter().max().copied().unwrap_or(0) / LESS_IN_COMMON).max(1000 / PAIRS_IN_COMMON);
        let seen = self.costs.seen(letters);
        let mut near: Vec<(usize, Fit)> = Vec::new();
        for ((region, spelled), _) in self.regions.iter().zip(shares).filter(|(_, share)| *share >= least) {
            let limit = region_limit(spelled);
            let Some(fit) = self.costs.fit_below(&seen, spelled, Manner::Within, limit) else { continue };
            match near.iter_mut().find(|(known, _)| known == region) {
                Some((_, known)) if known.rank() <= fit.rank() => {}
                Some((_, known)) => *known = fit,
                None => near.push((*region, fit)),
            }
        }
        near.sort_by_key(|(region, fit)| (fit.rank(), *region));
        near
    }

    /// The letters that name `region`, which they are known to name in `count` letters: the longest of its longer names
    /// that stands there.
    pub(super) fn region_in(&self, letters: &Letters, region: usize, count: usize) -> Option<Fit> {
        let own = self.regions.iter().filter(|(own, _)| *own == region);
        let longer = own.filter(|(_, spelled)| spelled.letters() > count);
        let fits = longer.filter_map(|(_, spelled)| {
            self.costs.fit_below(&self.costs.seen(letters), spelled, Manner::Within, region_limit(spelled))
        });
        fits.min_by_key(Fit::rank)
    }

    /// True if none of `body`'s names has all its longer words among `letters`, each at `per_letter` hundredths of an
    /// edit for a letter of its stem, or less.
    pub(super) fn misses_word(&self, letters: &Letters, body: usize, per_letter: u32) -> bool {
        let seen = self.costs.seen(letters);
        let found = |word: &(u32, Spelled)| {
            let limit = (per_letter + 1) * word.0.max(1);
            self.costs.cost_below(&seen, &word.1, Manner::Anywhere, limit).is_some()
        };
        !self.entries[self.of_body[body].clone()].iter().any(|entry| entry.words.iter().all(found))
    }

    /// True if some word of `body`'s names is seen as `word` at `most` hundredths of an edit or less.
    pub(super) fn has_word(&self, word: &str, body: usize, most: u32) -> bool {
        let letters = Letters::new(word);
        let seen = self.costs.seen(&letters);
        let mut words = self.entries[self.of_body[body].clone()].iter().flat_map(|entry| &entry.words);
        words.any(|(_, known)| self.costs.cost_below(&seen, known, Manner::Whole, most + 1).is_some())
    }

    /// The bodies of `region` whose names, without the region's, are most like `letters`, the cheapest first; besides
    /// them some that are known from `elsewhere` only.
    pub(super) fn bodies_near(
        &self,
        letters: &Letters,
        region: Option<usize>,
        manner: Manner,
        elsewhere: bool,
    ) -> Vec<Near> {
        let own = self.listed.get(&region).map_or(&[][..], Vec::as_slice);
        let counted = if elsewhere { self.in_common(letters) } else { Vec::new() };
        let common = |entry: usize| match counted.get(entry) {
            Some(&count) => u32::from(count),
            None => self.entries[entry].spelled.signature.common(&letters.signature),
        };
        let mut compared = self.alike(letters, own.iter().copied(), common, COMPARED);
        if elsewhere {
            compared.extend(self.alike(letters, 0..self.regional, common, COMPARED_ELSEWHERE));
        }
        // The likeliest first: the others are soon seen to be worse.
        compared.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        compared.dedup_by_key(|(_, entry)| *entry);
        let seen = self.costs.seen(letters);
        let mut near: Vec<Near> = Vec::new();
        let mut best = u32::MAX - FAR;
        for (_, entry) in compared {
            let Entry { body, spelled, .. } = &self.entries[entry];
            let Some(cost) = self.costs.cost_below(&seen, spelled, manner, best + FAR) else { continue };
            best = best.min(cost);
            match near.iter_mut().find(|known| known.body == *body) {
                Some(known) if known.cost <= cost => {}
                Some(known) => known.cost = cost,
                None => near.push(Near { body: *body, cost }),
            }
        }
        near.sort_by_key(|near| (near.cost, near.body));
        near
    }

    /// How many pairs of letters each name of a region's body has in common with `letters`.
    fn in_common(&self, letters: &Letters) -> Vec<u8> {
        let mut counts = vec![0; self.regional];
        for heap in letters.signature.heaps() {
            for &entry in &self.pairs[heap] {
                counts[entry as usize] += 1;
            }
        }
        counts
    }

    /// Those of `entries` that have the largest share of their pairs of letters in `common` with `letters`; of equals the
    /// first.
    fn alike(
        &self,
        letters: &Letters,
        entries: impl Iterator<Item = usize>,
        common: impl Fn(usize) -> u32,
        count: usize,
    ) -> Vec<(u32, usize)> {
        let mut alike: Vec<(u32, usize)> = Vec::with_capacity(count + 1);
        let own = letters.signature.len();
        // The next must have a larger share than the last of enough.
        let mut least = 0;
        for entry in entries {
            let both = (self.lengths[entry] + own).max(1);
            let shared = common(entry) * 2000;
            if shared < least * both {
                continue;
            }
            let share = shared / both;
            let place = alike.partition_point(|&(other, _)| other >= share);
            alike.insert(place, (share, entry));
            alike.truncate(count);
            if alike.len() == count {
                least = alike[count - 1].0 + 1;
            }
        }
        alike
    }

    /// True if `word` is `whole`, misread: «Миннстерство» is not fused.
    fn is_misread(&self, word: &str, whole: &Spelled) -> bool {
        let letters = Letters::new(word);
        let limit = letters.len() as u32 * MISREAD_PER_LETTER + 1;
        self.costs.cost_below(&self.costs.seen(&letters), whole, Manner::Whole, limit).is_some()
    }

    /// The bodies whose words begin with these letters: «ГЖИ».
    pub(super) fn of_initials(&self, written: &str) -> &[usize] {
        self.initials.get(&fold(written)).map_or(&[], Vec::as_slice)
    }
}

/// A misread region costs less than this.
fn region_limit(spelled: &Spelled) -> u32 {
    let per_letter = if spelled.words.len() > 1 { REGION_PER_LETTER } else { WORD_PER_LETTER };
    (spelled.len() as u32 * per_letter).max(ONE_LETTER)
}

/// First letters of the words of `name`, small words left out.
fn initials(name: &str) -> String {
    const SMALL: usize = 2;
    words(name)
        .iter()
        .filter(|word| word.chars().count() > SMALL)
        .filter_map(|word| word.chars().next())
        .collect()
}

/// A name with its short words written out, and how it is to be compared.
#[derive(Clone, Debug)]
pub struct Written {
    /// The name, «мин-во» and the like written out.
    pub name: String,
    /// Whole, or shortened where some word is fused or cut short.
    pub manner: Manner,
    /// True where a word is fused of several: «минздрав».
    pub fused: bool,
}

impl Wording {
    /// Those of `stems` that say a level, sorted.
    pub(super) fn levels(&self, stems: &[String]) -> Vec<String> {
        let mut levels: Vec<String> =
            stems.iter().filter(|stem| self.levels.contains(*stem)).cloned().collect();
        levels.sort_unstable();
        levels
    }

    /// `name` with its short words written out; `known` are the words that no known name has cut short.
    pub(super) fn written_out(&self, name: &str, names: &Names) -> Written {
        let tokens = Tokens::new(name);
        let mut written =
            Written { name: String::with_capacity(name.len()), manner: Manner::Whole, fused: false };
        let (mut copied, mut at) = (0, 0);
        while at < tokens.len() {
            let hyphened = tokens.is_dash(at + 1) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
            let stopped = tokens.is_mark(at + 1, '.') && tokens.is_glued(at + 1);
            let pair = if hyphened {
                format!("{}-{}", tokens.folded(at), tokens.folded(at + 2))
            } else {
                String::new()
            };
            let found = match self.short.get(&pair) {
                Some(meant) => Some((meant, 3)),
                None if stopped => self.short.get(tokens.folded(at)).map(|meant| (meant, 2)),
                None => None,
            };
            if let Some((meant, count)) = found {
                let bytes = tokens.bytes(at..at + count);
                written.name.push_str(&name[copied..bytes.start]);
                written.name.push_str(meant);
                written.name.push(' ');
                copied = bytes.end;
                at += count;
                continue;
            }
            let word = tokens.folded(at);
            let is_word = tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
            let fused = is_word
                && self.fused.iter().any(|(beginning, whole)| {
                    let rest = word.strip_prefix(beginning.as_str());
                    rest.is_some_and(|rest| rest.chars().count() > 2)
                        && !names.vocabulary.contains(stem(word))
                        && !names.is_misread(word, whole)
                });
            written.fused |= fused;
            if fused || (is_word && stopped && word.chars().count() > 2) {
                written.manner = Manner::Shortened;
            }
            at += 1;
        }
        written.name.push_str(&name[copied..]);
        written
    }
}
