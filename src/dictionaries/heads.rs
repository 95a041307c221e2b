//! The nouns and abbreviations that names of executors begin with. Never a whole name: that is the registry's part.

use super::table::Row;
use super::tokens::fold;
use crate::error::Result;
use crate::map::{Map, Set};
use crate::plan::ExecutorKind;

/// Grammatical case, in the order of `heads.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// Кто, что.
    Nominative,
    /// Кого, чего.
    Genitive,
    /// Кому, чему.
    Dative,
    /// Кого, что.
    Accusative,
    /// Кем, чем.
    Instrumental,
    /// О ком, о чем.
    Prepositional,
}

impl Case {
    /// All cases, in order.
    pub const ALL: [Case; 6] = [
        Self::Nominative,
        Self::Genitive,
        Self::Dative,
        Self::Accusative,
        Self::Instrumental,
        Self::Prepositional,
    ];
}

/// Gender of a singular noun, or the plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// Он.
    Masculine,
    /// Она.
    Feminine,
    /// Оно.
    Neuter,
    /// Они.
    Plural,
}

/// One form of a head noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadForm {
    /// Index of the noun.
    noun: usize,
    /// The case of the form.
    pub case: Case,
    /// Gender of the noun.
    pub gender: Gender,
    /// What an executor with this head is.
    pub kind: ExecutorKind,
}

/// All heads, by folded form.
#[derive(Clone, Debug, Default)]
pub struct Heads {
    nominatives: Vec<String>,
    forms: Map<String, Vec<HeadForm>>,
    abbreviations: Map<String, ExecutorKind>,
    /// Nominatives of bodies that have others under them.
    governing: Set<String>,
    /// The noun, the adjective's stem before it, and what both are.
    pairs: Map<String, Vec<(String, ExecutorKind)>>,
}

/// What stands before the abbreviation of a service for its unit: «УМВД», «ГУФСИН», «ОГИБДД».
const UNIT_PREFIXES: &[&str] = &["ГУ", "УГ", "МО", "О", "У"];

/// A shorter abbreviation behind a prefix may be another word.
const LEAST_UNIT_LETTERS: usize = 3;

impl Heads {
    /// Compiles `heads.tsv`, `abbreviations.tsv`, `governing.tsv` and `head-pairs.tsv`.
    ///
    /// # Errors
    /// Where a row is not of their form.
    pub(crate) fn new(
        nouns: &[Row],
        abbreviations: &[Row],
        governing: &[Row],
        pairs: &[Row],
    ) -> Result<Self> {
        let mut heads = Self::default();
        for row in nouns {
            let [forms @ .., gender, kind, _source] = row.cells::<9>()?;
            let gender =
                gender_named(gender).ok_or_else(|| row.wrong(format!("«{gender}» is not m, f, n or p")))?;
            let kind =
                kind_named(kind).ok_or_else(|| row.wrong(format!("«{kind}» is not a kind of executor")))?;
            let noun = heads.nominatives.len();
            heads.nominatives.push(forms[0].to_owned());
            for (case, form) in Case::ALL.into_iter().zip(forms) {
                heads.forms.entry(fold(form)).or_default().push(HeadForm { noun, case, gender, kind });
            }
        }
        for row in abbreviations {
            let [abbreviation, kind, _expansion, _source] = row.cells()?;
            let kind =
                kind_named(kind).ok_or_else(|| row.wrong(format!("«{kind}» is not a kind of executor")))?;
            heads.abbreviations.insert(abbreviation.to_owned(), kind);
        }
        for row in governing {
            let [noun, _source] = row.cells()?;
            heads.governing.insert(noun.to_owned());
        }
        for row in pairs {
            let [adjective, noun, kind, _source] = row.cells()?;
            let kind =
                kind_named(kind).ok_or_else(|| row.wrong(format!("«{kind}» is not a kind of executor")))?;
            heads.pairs.entry(noun.to_owned()).or_default().push((adjective.to_owned(), kind));
        }
        Ok(heads)
    }

    /// Every head noun that has the folded form `word`.
    pub fn forms(&self, word: &str) -> &[HeadForm] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// The head noun whose nominative is the folded form `word`; the singular where both are.
    pub fn nominative(&self, word: &str) -> Option<HeadForm> {
        let mut forms = self.forms(word).iter().filter(|form| form.case == Case::Nominative);
        let first = *forms.next()?;
        Some(forms.find(|form| form.gender != Gender::Plural).copied().unwrap_or(first))
    }

    /// The nominative of a form's noun.
    pub fn nominative_of(&self, form: HeadForm) -> &str {
        self.nominatives.get(form.noun).map_or("", String::as_str)
    }

    /// True if the folded `word` is the noun of a position, in any case.
    pub fn names_person(&self, word: &str) -> bool {
        self.forms(word).iter().any(|form| form.kind == ExecutorKind::Person)
    }

    /// True if the folded `word` is a head that cannot be a nominative: «заместителя», «министерством». «управы» may be the
    /// plural of «управа», whether `heads.tsv` has it or not.
    pub fn is_oblique(&self, word: &str) -> bool {
        let plural = |form: &HeadForm| {
            form.case == Case::Genitive && matches!(form.gender, Gender::Feminine | Gender::Neuter)
        };
        let forms = self.forms(word);
        !forms.is_empty() && !forms.iter().any(|form| form.case == Case::Nominative || plural(form))
    }

    /// True if the folded `word` is, in one of `cases`, the singular of a body that has others under it.
    pub fn governs(&self, word: &str, cases: &[Case]) -> bool {
        self.forms(word).iter().any(|form| {
            form.gender != Gender::Plural
                && cases.contains(&form.case)
                && self.governing.contains(self.nominative_of(*form))
        })
    }

    /// What two folded words are together, where that is not what the second is: «организационный комитет».
    pub fn pair(&self, adjective: &str, noun: &str) -> Option<ExecutorKind> {
        let known = self.pairs.get(noun)?;
        known.iter().find(|(stem, _)| adjective.starts_with(stem.as_str())).map(|&(_, kind)| kind)
    }

    /// The kind of executor behind an abbreviation as written; `None` for words that are none.
    pub fn abbreviation(&self, written: &str) -> Option<ExecutorKind> {
        let known = |written: &str| self.abbreviations.get(written).copied();
        let of_unit = |prefix: &&str| {
            known(written.strip_prefix(*prefix).filter(|rest| rest.chars().count() >= LEAST_UNIT_LETTERS)?)
        };
        // «минздрав», «Зам. главы»: the first letter may have the other case; and a department is called as a ministry is.
        let other_case = || known(&with_other_first(written)?);
        let department = || {
            let rest = written.strip_prefix("Деп").or_else(|| written.strip_prefix("деп"))?;
            known(&format!("Мин{rest}"))
        };
        // «МинприродыРБ»: the region's initials, grown on.
        let of_region = || {
            let stem = written.trim_end_matches(char::is_uppercase);
            let initials = written.len() - stem.len();
            ((4..=8).contains(&initials) && stem.chars().count() > LEAST_UNIT_LETTERS).then(|| known(stem))?
        };
        known(written)
            .or_else(of_region)
            .or_else(|| UNIT_PREFIXES.iter().find_map(of_unit))
            .or_else(other_case)
            .or_else(department)
    }

    /// True if the folded noun names somebody only behind one of its adjectives: «муниципальные образования».
    pub fn needs_adjective(&self, noun: &str) -> bool {
        let Some(own) = self.nominative(noun) else { return false };
        self.pairs.get(noun).is_some_and(|pairs| pairs.iter().any(|&(_, kind)| kind == own.kind))
    }
}

/// A word in small letters with its first letter in the other case; `None` for words with capitals inside.
fn with_other_first(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if rest.is_empty() || !rest.chars().all(char::is_lowercase) {
        return None;
    }
    let other = if first.is_uppercase() { first.to_lowercase().next() } else { first.to_uppercase().next() };
    Some(format!("{}{rest}", other?))
}

fn gender_named(name: &str) -> Option<Gender> {
    match name {
        "m" => Some(Gender::Masculine),
        "f" => Some(Gender::Feminine),
        "n" => Some(Gender::Neuter),
        "p" => Some(Gender::Plural),
        _ => None,
    }
}

fn kind_named(name: &str) -> Option<ExecutorKind> {
    ExecutorKind::ALL.iter().find(|kind| kind.name() == name).copied()
}
