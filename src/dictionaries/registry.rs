/*!
Known bodies and regions.

The registry never accepts a name: it finds what is spelled alike and says how; whether that is enough is `link`'s
decision. Region and stem are looked up apart, so that likeness of the one can never make up for the other.
*/

use std::sync::OnceLock;

use super::confusions::Confusions;
use super::heads::Heads;
use super::lexicon::Lexicon;
use super::likeness::{Fit, Manner};
use super::names::{Names, Wording, Written};
use super::renamings::{self, Tenure};
use super::repairs::Switches;
use super::spelled::Letters;
use super::table::Row;
use super::tokens::{TokenKind, Tokens, fold};
use crate::error::Result;
use crate::map::{Map, Set};
use crate::plan::Region;

/// A federal subject.
#[derive(Clone, Debug)]
pub struct RegionEntry {
    /// The code and the nominative.
    pub region: Region,
    /// The genitive: «Тульской области».
    pub genitive: String,
    /// Every case, as folded words.
    forms: Vec<Vec<String>>,
    /// The names that misread ones are compared with.
    spellings: Vec<String>,
    /// Other names, as folded words, in the nominative.
    aliases: Vec<Vec<String>>,
    /// The genitive of a city with its word: «города Москвы».
    of_city: Option<String>,
}

impl RegionEntry {
    /// The genitive, without what the constitution puts behind a dash where `printed` has no more than the rest:
    /// «Чувашской Республики» of «Чувашской Республики – Чувашии»; a city's with «города» where `printed` has that.
    pub fn genitive_in(&self, printed: &Tokens) -> &str {
        if let Some(of_city) = &self.of_city {
            let words = words(of_city);
            let stands = |at: usize| (0..).zip(&words).all(|(nth, word)| printed.folded(at + nth) == word);
            return if (0..printed.len()).any(stands) { of_city } else { &self.genitive };
        }
        let Some((shorter, more)) = self.genitive.split_once(" – ") else { return &self.genitive };
        let (end, own) = (words(shorter).pop(), words(more).pop());
        let mut places = 0..printed.len();
        let ends = |at: usize| end.as_deref() == Some(printed.folded(at)) && !printed.is_dash(at + 1);
        let goes_on = places.clone().any(|at| own.as_deref() == Some(printed.folded(at)));
        if !goes_on && places.any(ends) { shorter } else { &self.genitive }
    }
}

/// A body whose name has a slot for the region, or a federal body.
#[derive(Clone, Debug)]
pub struct Body {
    /// `ministerstvo-finansov`, or the whole id for a federal body.
    key: String,
    /// The name, with `{R}` for the region's genitive.
    pub(super) name: String,
    /// The codes of the subjects that had such a body; empty for a federal one.
    pub(super) regions: Vec<String>,
    /// The short name of a federal body.
    short: Option<String>,
    /// Its words, made when they are asked for.
    words: OnceLock<NameWords>,
}

/// The words of a name.
#[derive(Clone, Debug)]
pub struct NameWords {
    /// Folded.
    pub words: Vec<String>,
    /// Without their endings.
    pub stems: Vec<String>,
    /// The stems among them that say a level, sorted.
    pub levels: Vec<String>,
}

impl Body {
    /// The full name without the region's, and the short one.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        std::iter::once(self.name.replace("{R}", "")).chain(self.short.clone())
    }
}

/// A body that is spelled like a name.
#[derive(Clone, Debug)]
pub struct Near {
    /// The body.
    pub id: BodyId,
    /// What it costs to see it so, in hundredths of an edit.
    pub cost: u32,
}

/// A body in a region, or a federal body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId {
    body: usize,
    region: Option<usize>,
}

/// Regions and bodies.
#[derive(Clone, Debug)]
pub struct Registry {
    regions: Vec<RegionEntry>,
    bodies: Vec<Body>,
    /// The repairs that are switched off.
    pub switches: Switches,
    /// The head nouns, for telling what a name is.
    pub heads: Heads,
    /// What recognition makes of letters.
    pub confusions: Confusions,
    /// The word forms: a word that Russian has is no misreading of another.
    pub lexicon: Lexicon,
    /// Short words, and words that say a level.
    pub wording: Wording,
    /// When bodies had their names, where that is not always.
    tenures: Map<BodyId, Tenure>,
    index: OnceLock<Index>,
    names: OnceLock<Names>,
}

/// What names are looked up in, made when the first name is looked up.
#[derive(Clone, Debug, Default)]
struct Index {
    /// Region forms by their first folded word: region and form.
    regions: Map<String, Vec<(usize, usize)>>,
    /// Other names of regions by the stem of their first word: region and name.
    aliases: Map<String, Vec<(usize, usize)>>,
    /// Bodies by the stem of the first word of a name.
    heads: Map<String, Bucket>,
}

/// The bodies whose names begin alike.
#[derive(Clone, Debug, Default)]
struct Bucket {
    /// Each name of a body, in full or short, with the body; the region's place left out.
    names: Vec<(usize, String)>,
    /// The stems of those names; most documents ask for one bucket only.
    stems: OnceLock<Vec<(usize, String)>>,
}

impl Bucket {
    fn stems(&self) -> &[(usize, String)] {
        self.stems.get_or_init(|| self.names.iter().map(|(body, name)| (*body, stems(name))).collect())
    }
}

/// Compiles `regions.tsv`.
///
/// # Errors
/// Where a row is not of its form.
pub(super) fn regions(rows: &[Row]) -> Result<Vec<RegionEntry>> {
    let region = |row: &Row| {
        let [code, nominative, genitive, dative, accusative, instrumental, prepositional, aliases, _source] =
            row.cells()?;
        let row_aliases = aliases;
        let mut aliases: Vec<Vec<String>> =
            aliases.split("; ").filter(|alias| *alias != "-").map(words).collect();
        aliases.sort();
        let cases = [nominative, genitive, dative, accusative, instrumental, prepositional];
        // «Чувашской Республики – Чувашии» is as often «Чувашской Республики».
        let shorter = cases.iter().filter_map(|form| Some(form.split_once(['–', '('])?.0));
        let mut forms: Vec<Vec<String>> = cases.iter().copied().chain(shorter).map(words).collect();
        forms.sort();
        forms.dedup();
        let parts = code.strip_prefix("RU-").filter(|code| is_code(code));
        parts.ok_or_else(|| row.wrong(format!("«{code}» is no code of a subject, as RU-TUL is")))?;
        let region = Region { code: code.to_owned(), name: nominative.to_owned() };
        let long =
            |name: &&str| name.chars().filter(|letter| letter.is_alphabetic()).count() >= LEAST_MISREAD;
        let others = row_aliases.split("; ").filter(|alias| *alias != "-");
        let shorter = genitive.split_once(['–', '(']).map(|(shorter, _)| shorter);
        let spellings = std::iter::once(genitive).chain(shorter).chain(others).filter(long);
        let spellings = spellings.map(str::to_owned).collect();
        let with_word: Vec<String> = std::iter::once("г".to_owned()).chain(words(nominative)).collect();
        let city = with_word.len() == 2 && aliases.contains(&with_word);
        let of_city = city.then(|| format!("города {genitive}"));
        Ok(RegionEntry { region, genitive: genitive.to_owned(), forms, spellings, aliases, of_city })
    };
    rows.iter().map(region).collect()
}

/// A shorter name of a region is known as it is spelled or not at all.
const LEAST_MISREAD: usize = 6;

impl RegionEntry {
    /// The names that misread ones are compared with.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().map(String::as_str)
    }
}

/// The second part of an ISO 3166-2 code: two or three capitals.
fn is_code(code: &str) -> bool {
    matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Compiles `bodies.tsv`.
///
/// # Errors
/// Where a row is not of its form.
pub(super) fn bodies(rows: &[Row], subjects: &[RegionEntry]) -> Result<Vec<Body>> {
    let known: Set<&str> = subjects.iter().map(|entry| entry.region.code.as_str()).collect();
    let body = |row: &Row| {
        let [key, name, regions, _source] = row.cells()?;
        if !name.contains("{R}") {
            return Err(row.wrong(format!("«{name}» has no place {{R}} for the region")));
        }
        if let Some(code) = regions.split(' ').find(|code| !is_code(code)) {
            return Err(row.wrong(format!("«{code}» is no code of a subject, as TUL is")));
        }
        let regions: Vec<String> = regions.split(' ').map(|code| format!("RU-{code}")).collect();
        if let Some(code) = regions.iter().find(|code| !known.contains(code.as_str())) {
            return Err(row.wrong(format!("no subject has the code «{code}»; regions.tsv lists them")));
        }
        Ok(Body { key: key.to_owned(), name: name.to_owned(), regions, short: None, words: OnceLock::new() })
    };
    rows.iter().map(body).collect()
}

/// Compiles `federal.tsv`.
///
/// # Errors
/// Where a row is not of its form.
pub(super) fn federal(rows: &[Row]) -> Result<Vec<Body>> {
    let body = |row: &Row| {
        let [id, name, short, _source] = row.cells()?;
        let short = (short != "-").then(|| short.to_owned());
        Ok(Body {
            key: id.to_owned(),
            name: name.to_owned(),
            regions: Vec::new(),
            short,
            words: OnceLock::new(),
        })
    };
    rows.iter().map(body).collect()
}

impl Registry {
    pub(super) fn new(
        regions: Vec<RegionEntry>,
        mut bodies: Vec<Body>,
        federal: Vec<Body>,
        heads: Heads,
        confusions: Confusions,
        lexicon: Lexicon,
        wording: Wording,
    ) -> Self {
        bodies.extend(federal);
        let (index, names) = (OnceLock::new(), OnceLock::new());
        Self {
            switches: Switches::default(),
            regions,
            bodies,
            heads,
            confusions,
            lexicon,
            wording,
            tenures: Map::default(),
            index,
            names,
        }
    }

    /// Takes in `renamings.tsv`; the first row of a body goes before others.
    ///
    /// # Errors
    /// Where a row is not of its form, or names a body that is in no table.
    pub(super) fn renamed(&mut self, rows: &[Row]) -> Result<()> {
        for (id, tenure) in renamings::tenures(rows, |id| !self.of_id(id).is_empty())? {
            for body in self.of_id(&id) {
                self.tenures.entry(body).or_insert_with(|| tenure.clone());
            }
        }
        Ok(())
    }

    /// The bodies of that id: several where the same stands in the table with its region in two places.
    fn of_id(&self, id: &str) -> Vec<BodyId> {
        let regional = id.split_once('/').and_then(|(code, key)| Some((self.region_of_code(code)?, key)));
        let (region, key) = regional.map_or((None, id), |(region, key)| (Some(region), key));
        let same = self.bodies.iter().enumerate().filter(|(_, known)| known.key == key);
        same.map(|(body, _)| BodyId { body, region }).filter(|&id| self.is_listed(id)).collect()
    }

    /// When a body had its name; `None` where that is not known to have a beginning or an end.
    pub fn tenure(&self, id: BodyId) -> Option<&Tenure> {
        self.tenures.get(&id)
    }

    /// The region of that code.
    pub fn region_of_code(&self, code: &str) -> Option<usize> {
        self.regions.iter().position(|entry| entry.region.code == code)
    }

    /// The regions that `letters` may name, with what that costs and where, the cheapest first.
    pub fn regions_near(&self, letters: &Letters) -> Vec<(usize, Fit)> {
        self.names().regions_near(letters)
    }

    /// The letters that name `region` by a name of more than `count` letters.
    pub fn region_letters(&self, letters: &Letters, region: usize, count: usize) -> Option<Fit> {
        self.names().region_in(letters, region, count)
    }

    /// True if a word of the body's name is not found among `letters` at `per_letter` hundredths of an edit for each
    /// letter of its stem.
    pub fn misses_word(&self, letters: &Letters, id: BodyId, per_letter: u32) -> bool {
        self.names().misses_word(letters, id.body, per_letter)
    }

    /// True if a word of the body's name is seen as `word` at `most` hundredths of an edit.
    pub fn has_word(&self, word: &str, id: BodyId, most: u32) -> bool {
        self.names().has_word(word, id.body, most)
    }

    /// The bodies whose names are most like `letters`, which are a name without its region's, the cheapest first: of
    /// `region`, some known elsewhere among them, or the federal ones.
    pub fn spelled_like(&self, letters: &Letters, region: Option<usize>, manner: Manner) -> Vec<Near> {
        let elsewhere = region.is_some() && manner == Manner::Whole;
        let near = self.names().bodies_near(letters, region, manner, elsewhere);
        near.into_iter()
            .map(|near| Near { id: BodyId { body: near.body, region }, cost: near.cost })
            .collect()
    }

    /// The bodies that `region` is known to have and whose words begin with the letters `written`: «ГЖИ».
    pub fn of_initials(&self, written: &str, region: usize) -> Vec<BodyId> {
        let bodies = self.names().of_initials(written).iter();
        let ids = bodies.map(|&body| BodyId { body, region: Some(region) });
        ids.filter(|&id| self.is_listed(id)).collect()
    }

    /// `name` with its short words written out.
    pub fn written_out(&self, name: &str) -> Written {
        self.wording.written_out(name, self.names())
    }

    /// The words of the body's name without its region's.
    pub fn words(&self, id: BodyId) -> &NameWords {
        let body = &self.bodies[id.body];
        body.words.get_or_init(|| self.words_of(words(&body.name.replace("{R}", ""))))
    }

    /// Folded words of a name as they are compared.
    pub fn words_of(&self, words: Vec<String>) -> NameWords {
        let stems: Vec<String> = words.iter().map(|word| stem(word).to_owned()).collect();
        NameWords { levels: self.wording.levels(&stems), stems, words }
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(&self.regions, &self.bodies, &self.confusions))
    }

    /// The region number `region`.
    pub fn region(&self, region: usize) -> Option<&RegionEntry> {
        self.regions.get(region)
    }

    /// The regions that `tokens` name in any case, with the tokens that name them, in order and without overlaps;
    /// the longest name wins.
    pub fn regions_in(&self, tokens: &Tokens) -> Vec<(usize, std::ops::Range<usize>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.region_at(tokens, at) {
                Some((region, end)) => {
                    found.push((region, at..end));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn region_at(&self, tokens: &Tokens, at: usize) -> Option<(usize, usize)> {
        let index = self.index();
        let forms = index.regions.get(tokens.folded(at)).into_iter().flatten();
        let forms = forms.filter_map(|&(region, form)| {
            Some((region, match_words(&self.regions[region].forms[form], tokens, at, false)?))
        });
        let aliases = index.aliases.get(stem(tokens.folded(at))).into_iter().flatten();
        let aliases = aliases.filter_map(|&(region, alias)| {
            Some((region, match_words(&self.regions[region].aliases[alias], tokens, at, true)?))
        });
        let mut best: Option<(usize, usize)> = None;
        for (region, end) in forms.chain(aliases) {
            if best.is_none_or(|(_, longest)| end > longest) {
                best = Some((region, end));
            }
        }
        best
    }

    /// The bodies of `region` whose name, without the region's, has exactly the stems of `name`; federal bodies for
    /// no region.
    pub fn bodies_like(&self, name: &str, region: Option<usize>) -> Vec<BodyId> {
        let key = stems(name);
        let same = self.bucket(&key).iter().filter(|(_, stems)| *stems == key).map(|(body, _)| *body);
        self.in_region(same, region)
    }

    /// The bodies of `region` that begin with the same word as `name`, each with the stems of its name.
    pub fn bodies_near(&self, name: &str, region: Option<usize>) -> Vec<(BodyId, &str)> {
        let bucket = self.bucket(&stems(name));
        let near = bucket.iter().filter_map(|(body, stems)| {
            let id = self.in_region([*body].into_iter(), region).pop()?;
            Some((id, stems.as_str()))
        });
        near.collect()
    }

    /// The bodies whose names begin with the first stem of `key`, with the stems of the whole names.
    fn bucket(&self, key: &str) -> &[(usize, String)] {
        let head = key.split(' ').next().unwrap_or("");
        self.index().heads.get(head).map_or(&[], Bucket::stems)
    }

    fn in_region(&self, bodies: impl Iterator<Item = usize>, region: Option<usize>) -> Vec<BodyId> {
        let fits = |body: &usize| self.bodies[*body].regions.is_empty() == region.is_none();
        let mut ids: Vec<BodyId> = bodies.filter(fits).map(|body| BodyId { body, region }).collect();
        // Where a subject's own way of placing its name is known, the others are left out.
        if ids.iter().any(|&id| self.is_listed(id)) {
            ids.retain(|&id| self.is_listed(id));
        }
        ids
    }

    /// True if the registry knows that this subject had this body, and for every federal body.
    pub fn is_listed(&self, id: BodyId) -> bool {
        let regions = &self.bodies[id.body].regions;
        match id.region {
            Some(region) => regions.contains(&self.regions[region].region.code),
            None => regions.is_empty(),
        }
    }

    /// True for a body of a region.
    pub fn is_regional(&self, id: BodyId) -> bool {
        id.region.is_some()
    }

    /// The canonical name, nominative.
    pub fn name(&self, id: BodyId) -> String {
        self.named(id, |region| &region.genitive)
    }

    /// The name of a body, its region's as long as `printed` has it: see [`RegionEntry::genitive_in`].
    pub fn name_in(&self, id: BodyId, printed: &str) -> String {
        self.named(id, |region| region.genitive_in(&Tokens::new(printed)))
    }

    fn named<'r>(&'r self, id: BodyId, genitive: impl Fn(&'r RegionEntry) -> &'r str) -> String {
        let name = &self.bodies[id.body].name;
        match id.region {
            Some(region) => name.replace("{R}", genitive(&self.regions[region])),
            None => name.clone(),
        }
    }

    /// True if both have the same id.
    pub fn is_same(&self, one: BodyId, other: BodyId) -> bool {
        one.region == other.region && self.bodies[one.body].key == self.bodies[other.body].key
    }

    /// True if both are bodies of two regions.
    pub fn is_in_other_region(&self, one: BodyId, other: BodyId) -> bool {
        one.region.is_some() && other.region.is_some() && one.region != other.region
    }

    /// The id of the entity in the output.
    pub fn id(&self, id: BodyId) -> String {
        let key = &self.bodies[id.body].key;
        match id.region {
            Some(region) => format!("{}/{key}", self.regions[region].region.code),
            None => key.clone(),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for (region, entry) in self.regions.iter().enumerate() {
                for (form, words) in entry.forms.iter().enumerate() {
                    if let Some(first) = words.first() {
                        index.regions.entry(first.clone()).or_default().push((region, form));
                    }
                }
                for (alias, words) in entry.aliases.iter().enumerate() {
                    if let Some(first) = words.first() {
                        index.aliases.entry(stem(first).to_owned()).or_default().push((region, alias));
                    }
                }
            }
            for (body, entry) in self.bodies.iter().enumerate() {
                let full = entry.name.replace("{R}", "");
                for name in std::iter::once(full).chain(entry.short.clone()) {
                    let first = name.split_whitespace().next().unwrap_or("");
                    let bucket = index.heads.entry(folded_stem(first)).or_default();
                    bucket.names.push((body, name));
                }
            }
            index
        })
    }
}

/// A shorter word is an abbreviation, or too like others without its ending.
const LEAST_INFLECTED: usize = 5;

/// The folded words of `name`, marks left out.
pub(super) fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::new(name);
    let is_word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark);
    (0..tokens.len()).filter(is_word).map(|at| tokens.folded(at).to_owned()).collect()
}

/// One past the last token where `words` stand from token `at` on, marks between them passed over; in any case where they
/// may be `inflected`.
fn match_words(words: &[String], tokens: &Tokens, mut at: usize, inflected: bool) -> Option<usize> {
    for (nth, word) in words.iter().enumerate() {
        if nth > 0 {
            while tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark)
                && !tokens.is_mark(at, ',')
            {
                at += 1;
            }
        }
        let spoken = tokens.folded(at);
        let fits = spoken == word
            || (inflected && word.chars().count() >= LEAST_INFLECTED && stem(spoken) == stem(word));
        if !fits {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The stems of the words of `name`, joined by spaces: what two spellings in different cases have in common.
pub(super) fn stems(name: &str) -> String {
    let words = words(name);
    let stems: Vec<&str> = words.iter().map(|word| stem(word)).collect();
    stems.join(" ")
}

/// Endings of all cases, sorted.
const ENDINGS: [&str; 49] = [
    "а", "ам", "ами", "ах", "ая", "е", "ев", "его", "ей", "ем", "ему", "и", "ие", "ией", "ии", "ий", "ием",
    "им", "ими", "их", "ию", "ия", "иям", "иями", "иях", "й", "о", "ов", "ого", "ое", "ой", "ом", "ому",
    "ою", "у", "ую", "ы", "ые", "ый", "ым", "ыми", "ых", "ь", "ью", "ья", "ю", "юю", "я", "яя",
];

/// A folded word without its ending.
///
/// It need not be the grammar's stem: it need only be the same for all cases of a word, and at least three letters.
pub(super) fn stem(word: &str) -> &str {
    let letters = word.chars().count();
    let longest = letters.saturating_sub(3).min(4);
    let mut cuts: [usize; 4] = [word.len(); 4];
    for (nth, (at, _)) in word.char_indices().rev().take(longest).enumerate() {
        cuts[nth] = at;
    }
    let ending = cuts[..longest].iter().rev().find(|&&at| ENDINGS.contains(&&word[at..]));
    ending.map_or(word, |&at| &word[..at])
}

/// `stem` of any spelling.
pub fn folded_stem(word: &str) -> String {
    stem(&fold(word)).to_owned()
}

/// A folded word in Latin letters, as the keys of bodies are spelled.
pub fn transliterate(word: &str) -> String {
    const LATIN: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    ];
    word.chars()
        .map(|letter| match letter {
            'а'..='я' => LATIN[letter as usize - 'а' as usize].to_owned(),
            other => other.to_string(),
        })
        .collect()
}
