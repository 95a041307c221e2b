/*!
How people write things: rules, words and names, checked and compiled.

This module never sees a document and never computes a date. It loads what stands in `dictionaries/`, holds every
rule to its form, and offers matching to the stages. Each stage is given its own part.

The dictionaries are embedded; a directory of the user's own files with the same names goes over them.
*/

mod agreement;
mod beginnings;
mod calendar;
mod check;
mod compounds;
mod confusions;
mod endings;
mod government;
mod heads;
mod letters;
mod lexicon;
mod likeness;
mod names;
mod numerals;
mod pattern;
mod registry;
mod renamings;
mod repairs;
mod rules;
mod senses;
mod slots;
mod spelled;
mod table;
mod tokens;
mod words;

use std::fs;
use std::path::Path;

pub use agreement::Agreement;
pub use calendar::{as_digits, short_number};
pub use compounds::Compounds;
pub use confusions::Confusions;
pub use endings::Endings;
pub use government::Government;
pub use heads::{Case, Gender, HeadForm, Heads};
pub use letters::{LetterPairs, READABLE};
pub use lexicon::{Candidate, EDIT, Known, Lexicon};
pub use likeness::{Fit, LEFT_OUT, Manner};
pub use names::{Wording, Written};
pub use numerals::{Numerals, demands_numeral, names_part, roman, roman_of};
pub use pattern::{Match, Pattern};
pub use registry::{Body, BodyId, NameWords, Near, RegionEntry, Registry, folded_stem, transliterate};
pub use renamings::Tenure;
pub use repairs::{RepairRule, Switches};
pub use rules::{Best, Example, Rule, Rules};
pub use senses::{BlockSense, DeadlineSense};
pub use slots::{Day, DayRange, Filled, Mend, Parts, Slot, SlotReader, Value};
pub use spelled::Letters;
pub use tokens::{Token, TokenKind, Tokens, fold, is_among, is_hanging, is_letter, is_letter_or_digit};
pub use words::{Senses, Unit, Words};

use table::Row;

use crate::error::{Error, Result};
use crate::plan::Role;

/// Every dictionary, compiled; one part for each stage.
#[derive(Clone, Debug)]
pub struct Dictionaries {
    /// For `decode`.
    pub letters: LetterPairs,
    /// For `normalise`.
    pub spelling: Spelling,
    /// For `tabulate`.
    pub headings: Headings,
    /// For `extract`.
    pub phrases: Phrases,
    /// For `link`.
    pub registry: Registry,
    /// The rules that repair.
    pub repairs: Vec<RepairRule>,
}

/// What `normalise` knows: letters, words, and how they are misread.
#[derive(Clone, Debug)]
pub struct Spelling {
    /// The repairs that are switched off.
    pub switches: Switches,
    /// The letter pairs of the genre.
    pub letters: LetterPairs,
    /// The word forms.
    pub lexicon: Lexicon,
    /// What recognition makes of letters.
    pub confusions: Confusions,
    /// What compound words begin with.
    pub compounds: Compounds,
    /// The endings that words inflect with.
    pub endings: Endings,
    /// Months, units, ordinals.
    pub words: Words,
    /// Which endings stand behind a preposition.
    pub government: Government,
    /// Endings that cannot stand together.
    pub agreement: Vec<Agreement>,
}

/// What `tabulate` knows: headings, the shape of terms and names, the beginnings of blocks.
#[derive(Clone, Debug)]
pub struct Headings {
    /// What columns are for.
    pub roles: Rules<Role>,
    /// The phrases, as evidence, and for joining lines.
    pub phrases: Phrases,
}

/// What `extract` knows: terms, heads of names, blocks.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// The repairs that are switched off.
    pub switches: Switches,
    /// How terms are written.
    pub deadlines: Rules<DeadlineSense>,
    /// How headings, stamps and acts begin.
    pub blocks: Rules<BlockSense>,
    /// The heads of executors' names.
    pub heads: Heads,
    /// Months, units, ordinals.
    pub words: Words,
    /// Damaged numerals.
    pub numerals: Numerals,
    /// The word forms.
    pub lexicon: Lexicon,
    /// What recognition makes of letters.
    pub confusions: Confusions,
}

/// Words of rules that are shorter are no evidence that a term stands here.
const LEAST_TERM_WORD: usize = 5;

impl Phrases {
    /// A reader of slots with these words and numerals.
    pub fn slots(&self) -> SlotReader<'_> {
        SlotReader {
            words: &self.words,
            numerals: &self.numerals,
            lexicon: &self.lexicon,
            steps: Default::default(),
        }
    }
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        /// The dictionary files that are compiled in, by name.
        const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../dictionaries/", $name)))),*];
    };
}

embedded!(
    "abbreviations.tsv",
    "agreement.tsv",
    "blocks.toml",
    "bodies.tsv",
    "compounds.tsv",
    "confusions.tsv",
    "deadlines.toml",
    "endings.tsv",
    "federal.tsv",
    "governing.tsv",
    "government.tsv",
    "head-pairs.tsv",
    "headings.toml",
    "heads.tsv",
    "levels.tsv",
    "numerals.tsv",
    "regions.tsv",
    "renamings.tsv",
    "repairs.tsv",
    "shortenings.tsv",
    "words.toml",
);

impl Dictionaries {
    /// The dictionaries that are compiled in.
    ///
    /// # Errors
    /// Never for a released program: the tests hold the embedded files to their form.
    pub fn embedded() -> Result<Self> {
        Self::over(&Files::default())
    }

    /// The dictionaries that are compiled in, with the files of `directory` over them: a file there is read after the
    /// one of the same name here, and its rules and rows go before.
    ///
    /// # Errors
    /// Where a file cannot be read, has a name that no dictionary has, or breaks its form.
    pub fn with_directory(directory: &Path) -> Result<Self> {
        Self::over(&Files::read(directory)?)
    }

    /// Switches a repair off: a rule («spelling.confusion»), an area («spelling») or `all`. What it would have mended is
    /// read as it was received.
    ///
    /// # Errors
    /// Where no repair has that name.
    pub fn switch_off(&mut self, repair: &str) -> Result<()> {
        let mut switches = self.spelling.switches.clone();
        switches.switch_off(repair, &self.repairs)?;
        self.headings.phrases.switches = switches.clone();
        self.phrases.switches = switches.clone();
        self.registry.switches = switches.clone();
        self.spelling.switches = switches;
        Ok(())
    }

    /// The embedded ones, those of `directory` where there is one, and the bodies in the table `bodies` over them.
    ///
    /// # Errors
    /// As [`Dictionaries::with_directory`].
    pub fn with_bodies(directory: Option<&Path>, bodies: &Path) -> Result<Self> {
        let mut files = directory.map_or_else(|| Ok(Files::default()), Files::read)?;
        let mut new = OwnFile::read("bodies.tsv", bodies)?;
        // What stands in the directory's own table stays.
        if let Some(at) = files.own.iter().position(|own| own.name == new.name) {
            new.content = format!("{}\n{}", new.content.trim_end(), files.own.remove(at).content);
        }
        files.own.push(new);
        Self::over(&files)
    }

    fn over(files: &Files) -> Result<Self> {
        let lexicon =
            Lexicon::embedded().map_err(|error| Error::dictionary("lexicon", None, error.to_string()))?;
        let heads = files.heads()?;
        let confusions = Confusions::new(&files.rows("confusions.tsv"))?;
        let deadlines = files.rules("deadlines.toml", DeadlineSense::named)?;
        let mut term_words: Vec<(String, bool)> =
            deadlines.iter().flat_map(|rule| rule.pattern.words()).collect();
        term_words.retain(|(word, _)| word.chars().count() >= LEAST_TERM_WORD);
        term_words.sort();
        term_words.dedup();
        let words = files.words(&term_words)?;
        let phrases = Phrases {
            switches: Switches::default(),
            deadlines,
            blocks: files.rules("blocks.toml", BlockSense::named)?,
            heads: heads.clone(),
            words: words.clone(),
            numerals: Numerals::new(&files.rows("numerals.tsv"))?,
            lexicon: lexicon.clone(),
            confusions: confusions.clone(),
        };
        Ok(Self {
            letters: LetterPairs::embedded(),
            repairs: repairs::rules(&table::rows("repairs.tsv", files.both("repairs.tsv").0))?,
            registry: files.registry(heads, confusions.clone(), lexicon.clone())?,
            spelling: Spelling {
                switches: Switches::default(),
                letters: LetterPairs::embedded(),
                lexicon,
                confusions,
                compounds: Compounds::new(&files.rows("compounds.tsv"))?,
                endings: Endings::new(&files.rows("endings.tsv"))?,
                words,
                government: Government::new(&files.rows("government.tsv"))?,
                agreement: agreement::agreements(&files.rows("agreement.tsv"))?,
            },
            headings: Headings {
                roles: files.rules("headings.toml", senses::role)?,
                phrases: phrases.clone(),
            },
            phrases,
        })
    }
}

/// A user's own dictionary files.
#[derive(Default)]
struct Files {
    own: Vec<OwnFile>,
}

/// A file of the user's, which goes over the embedded one of the same name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct OwnFile {
    name: String,
    /// As it was given, for errors.
    path: String,
    content: String,
}

impl OwnFile {
    fn read(name: &str, path: &Path) -> Result<Self> {
        let shown = path.display().to_string();
        let content = fs::read_to_string(path).map_err(|cause| Error::read(shown.as_str(), cause))?;
        Ok(Self { name: name.to_owned(), path: shown, content })
    }
}

impl Files {
    fn read(directory: &Path) -> Result<Self> {
        let failed = |cause: std::io::Error| {
            let reason = format!("cannot be read: {cause}");
            Error::dictionary(directory.display().to_string(), None, reason)
        };
        let mut own = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !EMBEDDED.iter().any(|(known, _)| *known == name) {
                let known: Vec<&str> = EMBEDDED.iter().map(|&(known, _)| known).collect();
                let reason = format!("no dictionary has this name; known are {}", known.join(", "));
                return Err(Error::dictionary(path.display().to_string(), None, reason));
            }
            own.push(OwnFile::read(&name, &path)?);
        }
        own.sort();
        Ok(Self { own })
    }

    /// The embedded file of that name, and the user's own where there is one.
    fn both(&self, name: &str) -> (&str, Option<&OwnFile>) {
        let embedded = EMBEDDED.iter().find(|(known, _)| *known == name).map_or("", |&(_, content)| content);
        (embedded, self.own.iter().find(|own| own.name == name))
    }

    fn rules<G: Copy + PartialEq>(&self, name: &str, gives: impl Fn(&str) -> Option<G>) -> Result<Rules<G>> {
        let (embedded, own) = self.both(name);
        let mut rules = Rules::new(name, embedded, &gives)?;
        if let Some(own) = own {
            rules.overlay(Rules::new(&own.path, &own.content, &gives)?);
        }
        Ok(rules)
    }

    /// The rows of the user's own table and of the embedded one, in this order.
    fn rows<'f>(&'f self, name: &'f str) -> Vec<Row<'f>> {
        let (embedded, own) = self.both(name);
        let mut rows = own.map_or_else(Vec::new, |own| table::rows(&own.path, &own.content));
        rows.extend(table::rows(name, embedded));
        rows
    }

    fn words(&self, terms: &[(String, bool)]) -> Result<Words> {
        let (embedded, own) = self.both("words.toml");
        let (name, toml) = own.map_or(("words.toml", embedded), |own| (&own.path, &own.content));
        Words::new(toml, terms).map_err(|error| rules::toml_error(name, toml, &error))
    }

    fn heads(&self) -> Result<Heads> {
        Heads::new(
            &self.rows("heads.tsv"),
            &self.rows("abbreviations.tsv"),
            &self.rows("governing.tsv"),
            &self.rows("head-pairs.tsv"),
        )
    }

    fn registry(&self, heads: Heads, confusions: Confusions, lexicon: Lexicon) -> Result<Registry> {
        let wording = names::Wording::new(&self.rows("shortenings.tsv"), &self.rows("levels.tsv"))?;
        let regions = registry::regions(&self.rows("regions.tsv"))?;
        let bodies = registry::bodies(&self.rows("bodies.tsv"), &regions)?;
        let federal = registry::federal(&self.rows("federal.tsv"))?;
        let mut registry = Registry::new(regions, bodies, federal, heads, confusions, lexicon, wording);
        registry.renamed(&self.rows("renamings.tsv"))?;
        Ok(registry)
    }
}
