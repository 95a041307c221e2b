//! The words that terms are made of, from `words.toml`. Never a phrase: those are rules.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::tokens::fold;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Час.
    Hour,
    /// День.
    Day,
    /// Неделя.
    Week,
    /// Месяц.
    Month,
    /// Квартал.
    Quarter,
    /// Полугодие.
    Half,
    /// Год.
    Year,
}

/// Forms of words with their values.
#[derive(Clone, Debug, Default)]
struct Forms<T> {
    words: HashMap<String, T>,
    /// By the stem's first letter, so that a word is held against few of them.
    stems: HashMap<char, Vec<(String, T)>>,
}

impl<T: Copy> Forms<T> {
    fn new(entries: &[Entry<T>]) -> Self {
        let mut forms = Self { words: HashMap::new(), stems: HashMap::new() };
        for (form, value) in
            entries.iter().flat_map(|entry| entry.forms.iter().map(|form| (form, entry.value)))
        {
            match form.strip_suffix('~') {
                Some(stem) => {
                    let first = stem.chars().next().unwrap_or('~');
                    forms.stems.entry(first).or_default().push((fold(stem), value));
                }
                None => {
                    forms.words.insert(fold(form), value);
                }
            }
        }
        forms
    }

    fn get(&self, word: &str, endings: &HashSet<String>) -> Option<T> {
        self.words.get(word).copied().or_else(|| {
            let stems = self.stems.get(&word.chars().next()?)?;
            let found = stems.iter().find(|(stem, _)| {
                word.strip_prefix(stem.as_str()).is_some_and(|ending| endings.contains(ending))
            });
            found.map(|&(_, value)| value)
        })
    }

    /// The value of a stem that `word` begins with, and what follows the stem.
    fn split<'w>(&self, word: &'w str) -> Option<(T, &'w str)> {
        self.words
            .iter()
            .filter_map(|(stem, &value)| Some((stem.len(), value, word.strip_prefix(stem.as_str())?)))
            .max_by_key(|&(length, ..)| length)
            .map(|(_, value, rest)| (value, rest))
    }
}

#[derive(Deserialize)]
struct Entry<T> {
    value: T,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    endings: Vec<String>,
    month: Vec<Entry<u8>>,
    weekday: Vec<Entry<u8>>,
    ordinal: Vec<Entry<u8>>,
    cardinal: Vec<Entry<u32>>,
    compound: Vec<Entry<u32>>,
    unit: Vec<Entry<Unit>>,
    unit_adjective: Vec<Entry<Unit>>,
    recurrence: Vec<Entry<Unit>>,
}

/// The compiled words. Every look-up takes a folded word.
#[derive(Clone, Debug)]
pub struct Words {
    endings: HashSet<String>,
    months: Forms<u8>,
    weekdays: Forms<u8>,
    ordinals: Forms<u8>,
    cardinals: Forms<u32>,
    compounds: Forms<u32>,
    units: Forms<Unit>,
    unit_adjectives: Forms<Unit>,
    recurrences: Forms<Unit>,
}

impl Words {
    /// Compiles `words.toml`; the error says what is wrong with it.
    pub fn new(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        Ok(Self {
            endings: file.endings.iter().map(|ending| fold(ending)).collect(),
            months: Forms::new(&file.month),
            weekdays: Forms::new(&file.weekday),
            ordinals: Forms::new(&file.ordinal),
            cardinals: Forms::new(&file.cardinal),
            compounds: Forms::new(&file.compound),
            units: Forms::new(&file.unit),
            unit_adjectives: Forms::new(&file.unit_adjective),
            recurrences: Forms::new(&file.recurrence),
        })
    }

    /// True for what may follow a stem.
    pub fn is_ending(&self, ending: &str) -> bool {
        self.endings.contains(ending)
    }

    /// True for a word that names a time by itself.
    pub fn is_calendar_word(&self, word: &str) -> bool {
        self.month(word).is_some()
            || self.weekday(word).is_some()
            || self.ordinal(word).is_some()
            || self.unit(word).is_some()
            || self.unit_adjective(word).is_some()
            || self.recurrence(word).is_some()
    }

    /// 1 to 12 for a month's name.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(word, &self.endings)
    }

    /// 1 (Monday) to 7 for a weekday's name.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(word, &self.endings)
    }

    /// 1 to 4 for «первый» to «четвертый».
    pub fn ordinal(&self, word: &str) -> Option<u8> {
        self.ordinals.get(word, &self.endings)
    }

    /// The number that a word names.
    pub fn cardinal(&self, word: &str) -> Option<u32> {
        self.cardinals.get(word, &self.endings)
    }

    /// A unit of time.
    pub fn unit(&self, word: &str) -> Option<Unit> {
        self.units.get(word, &self.endings)
    }

    /// A unit of time as an adjective, with the number in front of it where there is one: «трехдневный».
    pub fn unit_adjective(&self, word: &str) -> Option<(u32, Unit)> {
        if let Some(unit) = self.unit_adjectives.get(word, &self.endings) {
            return Some((1, unit));
        }
        let (count, rest) = self.compounds.split(word)?;
        Some((count, self.unit_adjectives.get(rest, &self.endings)?))
    }

    /// One word for a recurrence.
    pub fn recurrence(&self, word: &str) -> Option<Unit> {
        self.recurrences.get(word, &self.endings)
    }
}
