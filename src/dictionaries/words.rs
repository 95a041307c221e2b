//! The words that terms are made of, from `words.toml`. Never a phrase: those are rules.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use smallvec::SmallVec;

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
    /// Четверть или семестр учебного года: of no agreed length.
    Term,
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

/// The names of months as letters, by their number.
fn by_length(names: &[Entry<u8>]) -> HashMap<usize, Vec<(Letters, u8)>> {
    let mut lengths: HashMap<usize, Vec<(Letters, u8)>> = HashMap::new();
    for (name, month) in names.iter().flat_map(|entry| entry.forms.iter().map(|form| (form, entry.value))) {
        let letters: Letters = fold(name).chars().collect();
        lengths.entry(letters.len()).or_default().push((letters, month));
    }
    lengths
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
    month_name: Vec<Entry<u8>>,
    weekday: Vec<Entry<u8>>,
    ordinal: Vec<Entry<u8>>,
    ordinal_day: Vec<Entry<u8>>,
    tens: Vec<Entry<u8>>,
    cardinal: Vec<Entry<u32>>,
    multiple: Vec<Entry<u32>>,
    compound: Vec<Entry<u32>>,
    unit: Vec<Entry<Unit>>,
    unit_adjective: Vec<Entry<Unit>>,
    recurrence: Vec<Entry<Unit>>,
    year_word: Vec<String>,
    year_misread: Vec<Entry<String>>,
}

/// Two names of months have at least so many bytes, «июньиюль».
const LEAST_TOGETHER: usize = 16;

/// A word, letter by letter.
type Letters = SmallVec<[char; 10]>;

/// The compiled words. Every look-up takes a folded word.
#[derive(Clone, Debug)]
pub struct Words {
    endings: HashSet<String>,
    months: Forms<u8>,
    weekdays: Forms<u8>,
    ordinals: Forms<u8>,
    ordinal_days: Forms<u8>,
    tens: Forms<u8>,
    cardinals: Forms<u32>,
    multiples: Forms<u32>,
    compounds: Forms<u32>,
    units: Forms<Unit>,
    unit_adjectives: Forms<Unit>,
    recurrences: Forms<Unit>,
    year_words: HashSet<String>,
    year_misread: HashMap<String, String>,
    /// Full names of months, by their number of letters.
    month_names: HashMap<usize, Vec<(Letters, u8)>>,
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
            ordinal_days: Forms::new(&file.ordinal_day),
            tens: Forms::new(&file.tens),
            cardinals: Forms::new(&file.cardinal),
            multiples: Forms::new(&file.multiple),
            compounds: Forms::new(&file.compound),
            units: Forms::new(&file.unit),
            unit_adjectives: Forms::new(&file.unit_adjective),
            recurrences: Forms::new(&file.recurrence),
            year_words: file.year_word.iter().map(|word| fold(word)).collect(),
            year_misread: file
                .year_misread
                .iter()
                .flat_map(|entry| entry.forms.iter().map(|form| (fold(form), entry.value.clone())))
                .collect(),
            month_names: by_length(&file.month_name),
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

    /// Two whole names of months in one word, the first before the second, and the byte at which the second begins.
    pub fn months_together(&self, word: &str) -> Option<(u8, u8, usize)> {
        let stems = self.months.stems.get(&word.chars().next()?)?;
        if word.len() < LEAST_TOGETHER || !stems.iter().any(|(stem, _)| word.starts_with(stem.as_str())) {
            return None;
        }
        let names = |word: &str| {
            let letters: Letters = word.chars().collect();
            let known = self.month_names.get(&letters.len())?;
            known.iter().find(|(name, _)| *name == letters).map(|&(_, month)| month)
        };
        let cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at >= LEAST_TOGETHER / 2);
        cuts.filter(|at| word.len() - at >= LEAST_TOGETHER / 2).find_map(|cut| {
            let (first, last) = (names(&word[..cut])?, names(&word[cut..])?);
            (first < last).then_some((first, last, cut))
        })
    }

    /// 1 (Monday) to 7 for a weekday's name.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(word, &self.endings)
    }

    /// 1 to 4 for «первый» to «четвертый».
    pub fn ordinal(&self, word: &str) -> Option<u8> {
        self.ordinals.get(word, &self.endings)
    }

    /// The day of a month that words from the first of `two` on name, and how many of the two they are: «пятого» is one,
    /// «двадцать пятого» two.
    pub fn ordinal_day(&self, two: [&str; 2]) -> Option<(u8, usize)> {
        let one = |word: &str| self.ordinal(word).or_else(|| self.ordinal_days.get(word, &self.endings));
        if let Some(tens) = self.tens.get(two[0], &self.endings) {
            return Some((tens + one(two[1]).filter(|&unit| unit < 10)?, 2));
        }
        one(two[0]).map(|day| (day, 1))
    }

    /// True for a word that a day of a month may begin with.
    pub fn begins_day(&self, word: &str) -> bool {
        self.ordinal(word).is_some()
            || self.ordinal_days.get(word, &self.endings).is_some()
            || self.tens.get(word, &self.endings).is_some()
    }

    /// True for «год» in any form.
    pub fn is_year_word(&self, word: &str) -> bool {
        self.year_words.contains(word)
    }

    /// What a misread «год» is.
    pub fn year_misread(&self, word: &str) -> Option<&str> {
        self.year_misread.get(word).map(String::as_str)
    }

    /// The months whose name, in any case, is `word` but for one letter; with the name where it is one only.
    pub fn months_near(&self, word: &str) -> SmallVec<[(u8, String); 2]> {
        let mut near: SmallVec<[(u8, String); 2]> = SmallVec::new();
        let count = word.chars().count();
        for (name, month) in self.month_names.get(&count).into_iter().flatten() {
            let wrong = word.chars().zip(name).filter(|(seen, meant)| seen != *meant).take(2).count();
            if wrong == 1 && near.iter().all(|(known, _)| known != month) {
                near.push((*month, name.iter().collect()));
            }
        }
        near
    }

    /// The number that a word names.
    pub fn cardinal(&self, word: &str) -> Option<u32> {
        self.cardinals.get(word, &self.endings)
    }

    /// How often, in one word: 2 for «дважды».
    pub fn multiple(&self, word: &str) -> Option<u32> {
        self.multiples.get(word, &self.endings)
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
