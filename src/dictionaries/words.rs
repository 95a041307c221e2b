//! The words that terms are made of, from `words.toml`. Never a phrase: those are rules.

use serde::Deserialize;
use smallvec::SmallVec;

use super::tokens::fold;
use crate::map::{Map, Set};

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

/// Everything that one word can be in a term; most words are nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Senses {
    /// 1 to 12 for a month's name.
    pub month: Option<u8>,
    /// 1 (Monday) to 7 for a weekday's name.
    pub weekday: Option<u8>,
    /// 1 to 4 for «первый» to «четвертый».
    pub ordinal: Option<u8>,
    /// A day of a month above the fourth: «пятого».
    pub ordinal_day: Option<u8>,
    /// The first word of a day of two: «двадцать».
    pub tens: Option<u8>,
    /// The number that the word names.
    pub cardinal: Option<u8>,
    /// How often, in one word: 2 for «дважды».
    pub multiple: Option<u8>,
    /// A unit of time.
    pub unit: Option<Unit>,
    /// A unit of time as an adjective, with the number in front of it, 1 where there is none: «трехдневный».
    pub unit_adjective: Option<(u8, Unit)>,
    /// One word for a recurrence.
    pub recurrence: Option<Unit>,
    /// True for «год» in any form.
    pub is_year: bool,
    /// True for one of the longer words of the rules for terms.
    pub is_of_terms: bool,
}

impl Senses {
    /// True for a word that only terms are made of: a month, «ежеквартально», «течение».
    pub fn is_term_word(&self) -> bool {
        self.is_of_terms
            || self.month.is_some()
            || self.weekday.is_some()
            || self.ordinal.is_some()
            || self.unit.is_some()
            || self.unit_adjective.is_some()
            || self.recurrence.is_some()
    }

    /// True for a word that a day of a month may begin with.
    pub fn begins_day(&self) -> bool {
        self.ordinal.is_some() || self.ordinal_day.is_some() || self.tens.is_some()
    }
}

/// The senses of words, while they are gathered.
struct Gathered<'e> {
    endings: &'e [String],
    senses: Map<String, Senses>,
}

impl Gathered<'_> {
    /// Gives every form of `entries` its value; of two values for one word the first stays.
    fn add<T: Copy>(&mut self, entries: &[Entry<T>], sense: impl Fn(&mut Senses) -> &mut Option<T>) {
        for entry in entries {
            for form in &entry.forms {
                self.each(form, |senses| {
                    sense(senses).get_or_insert(entry.value);
                });
            }
        }
    }

    /// Tells `form`, which may be a stem with «~», to the senses of every word that it stands for.
    fn each(&mut self, form: &str, mut tell: impl FnMut(&mut Senses)) {
        match form.strip_suffix('~') {
            None => tell(self.senses.entry(fold(form)).or_default()),
            Some(stem) => {
                let stem = fold(stem);
                for ending in self.endings {
                    tell(self.senses.entry(format!("{stem}{ending}")).or_default());
                }
            }
        }
    }
}

/// A full name of a month.
#[derive(Clone, Debug)]
struct MonthName {
    name: String,
    letters: Letters,
    month: u8,
}

fn month_names(entries: &[Entry<u8>]) -> Vec<MonthName> {
    let named = |entry: &Entry<u8>, form: &String| {
        let name = fold(form);
        MonthName { letters: name.chars().collect(), name, month: entry.value }
    };
    entries.iter().flat_map(|entry| entry.forms.iter().map(move |form| named(entry, form))).collect()
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
    cardinal: Vec<Entry<u8>>,
    multiple: Vec<Entry<u8>>,
    compound: Vec<Entry<u8>>,
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
    endings: Set<String>,
    senses: Map<String, Senses>,
    /// Numbers that an adjective of a unit begins with.
    compounds: Vec<(String, u8)>,
    year_misread: Map<String, String>,
    month_names: Vec<MonthName>,
}

impl Words {
    /// Compiles `words.toml`; the error says what is wrong with it. `terms` are the words and stems (`true`) that the
    /// rules for terms name.
    pub fn new(toml: &str, terms: &[(String, bool)]) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let endings: Vec<String> = file.endings.iter().map(|ending| fold(ending)).collect();
        let mut gathered = Gathered { endings: &endings, senses: Map::default() };
        gathered.add(&file.month, |senses| &mut senses.month);
        gathered.add(&file.weekday, |senses| &mut senses.weekday);
        gathered.add(&file.ordinal, |senses| &mut senses.ordinal);
        gathered.add(&file.ordinal_day, |senses| &mut senses.ordinal_day);
        gathered.add(&file.tens, |senses| &mut senses.tens);
        gathered.add(&file.cardinal, |senses| &mut senses.cardinal);
        gathered.add(&file.multiple, |senses| &mut senses.multiple);
        gathered.add(&file.unit, |senses| &mut senses.unit);
        gathered.add(&file.recurrence, |senses| &mut senses.recurrence);
        for entry in &file.unit_adjective {
            for form in &entry.forms {
                gathered.each(form, |senses| {
                    senses.unit_adjective.get_or_insert((1, entry.value));
                });
            }
        }
        for word in &file.year_word {
            gathered.each(word, |senses| senses.is_year = true);
        }
        for (word, stem) in terms {
            let form = if *stem { format!("{word}~") } else { word.clone() };
            gathered.each(&form, |senses| senses.is_of_terms = true);
        }
        let senses = gathered.senses;
        let forms = |entry: &Entry<u8>| -> Vec<(String, u8)> {
            entry.forms.iter().map(|form| (fold(form), entry.value)).collect()
        };
        Ok(Self {
            senses,
            compounds: file.compound.iter().flat_map(forms).collect(),
            year_misread: file
                .year_misread
                .iter()
                .flat_map(|entry| entry.forms.iter().map(|form| (fold(form), entry.value.clone())))
                .collect(),
            month_names: month_names(&file.month_name),
            endings: endings.into_iter().collect(),
        })
    }

    /// Everything that `word` can be.
    pub fn senses(&self, word: &str) -> Senses {
        match self.senses.get(word) {
            Some(senses) => *senses,
            None => Senses { unit_adjective: self.compound(word), ..Senses::default() },
        }
    }

    /// «трехдневный»: a number and a unit in one word.
    fn compound(&self, word: &str) -> Option<(u8, Unit)> {
        let numbered = self.compounds.iter().filter_map(|(number, count)| {
            let (_, unit) = self.senses.get(word.strip_prefix(number.as_str())?)?.unit_adjective?;
            Some((number.len(), (*count, unit)))
        });
        numbered.max_by_key(|&(length, _)| length).map(|(_, found)| found)
    }

    /// True for what may follow a stem.
    pub fn is_ending(&self, ending: &str) -> bool {
        self.endings.contains(ending)
    }

    /// True for a word that only terms are made of.
    pub fn is_term_word(&self, word: &str) -> bool {
        self.senses(word).is_term_word()
    }

    /// 1 to 12 for a month's name.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.senses(word).month
    }

    /// Two whole names of months in one word, the first before the second, and the byte at which the second begins.
    pub fn months_together(&self, word: &str) -> Option<(u8, u8, usize)> {
        if word.len() < LEAST_TOGETHER {
            return None;
        }
        self.month_names.iter().find_map(|first| {
            let rest = word.strip_prefix(first.name.as_str())?;
            let last = self.month_names.iter().find(|last| last.name == rest)?;
            (first.month < last.month).then_some((first.month, last.month, first.name.len()))
        })
    }

    /// What a misread «год» is.
    pub fn year_misread(&self, word: &str) -> Option<&str> {
        self.year_misread.get(word).map(String::as_str)
    }

    /// The months whose name, in any case, is `word` but for one letter; with the name where it is one only.
    pub fn months_near(&self, word: &str) -> SmallVec<[(u8, String); 2]> {
        let mut near: SmallVec<[(u8, String); 2]> = SmallVec::new();
        let letters: Letters = word.chars().collect();
        for known in self.month_names.iter().filter(|known| known.letters.len() == letters.len()) {
            let wrong =
                letters.iter().zip(&known.letters).filter(|(seen, meant)| seen != meant).take(2).count();
            if wrong == 1 && near.iter().all(|(month, _)| *month != known.month) {
                near.push((known.month, known.name.clone()));
            }
        }
        near
    }
}
