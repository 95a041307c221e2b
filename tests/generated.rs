//! Names as documents spell them, made from the dictionary's: inflected, cut short, misread, and names that no dictionary
//! has. Nothing here calls the program: what it folds and forgives is spelled out a second time, from grammar.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How a name was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Making {
    /// As the dictionary has it.
    AsIs,
    /// In capitals throughout.
    Capitals,
    /// In one of the oblique cases.
    Inflected,
    /// The words' usual short forms: «мин-во», «обл.».
    ShortWords,
    /// Words fused: «Минздрав», «соцзащиты».
    Fused,
    /// First letters: «ГЖИ».
    Initials,
    /// Without its region, in a document of that region.
    OwnRegion,
    /// A letter in fifty misread.
    Light,
    /// A letter in twenty misread.
    Middle,
    /// A letter in ten misread.
    Heavy,
    /// A body that the dictionary has not: a word of another in place of one.
    Unknown,
    /// As [`Making::Unknown`], a letter in twenty misread.
    UnknownMisread,
    /// A known stem with a number or a level of its own.
    Guarded,
    /// As [`Making::Guarded`], a letter in twenty misread.
    GuardedMisread,
}

impl Making {
    pub const ALL: [Making; 14] = [
        Making::AsIs,
        Making::Capitals,
        Making::Inflected,
        Making::ShortWords,
        Making::Fused,
        Making::Initials,
        Making::OwnRegion,
        Making::Light,
        Making::Middle,
        Making::Heavy,
        Making::Unknown,
        Making::UnknownMisread,
        Making::Guarded,
        Making::GuardedMisread,
    ];
}

/// A name, and whose it is.
#[derive(Clone, Debug)]
pub struct Name {
    pub making: Making,
    pub text: String,
    /// The code of the document's region.
    pub own: Option<String>,
    /// The entity's id; none for names that the dictionary has not.
    pub entity: Option<String>,
    /// The entity that it must not be taken for.
    pub not: Option<String>,
}

/// A plain linear congruential generator, so that every run makes the same names.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// The rows of a table of the dictionaries.
fn rows(root: &Path, name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root.join("dictionaries").join(name)).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The facts of the dictionaries' tables.
pub struct Facts {
    /// Code, and the six cases.
    regions: Vec<(String, Vec<String>)>,
    /// Key, name with the region's place, codes.
    bodies: Vec<(String, String, Vec<String>)>,
    /// What a letter is seen as, and how often of 10,000 times.
    misread: BTreeMap<String, Vec<(String, usize)>>,
    /// Head nouns: the six cases and the gender.
    heads: BTreeMap<String, (Vec<String>, String)>,
}

impl Facts {
    /// Reads the tables under the package's folder `root`.
    pub fn read(root: &Path) -> Self {
        let regions = rows(root, "regions.tsv").into_iter().map(|row| (row[0].clone(), row[1..7].to_vec()));
        let bodies = rows(root, "bodies.tsv").into_iter().map(|row| {
            let codes = row[2].split(' ').map(|code| format!("RU-{code}")).collect();
            (row[0].clone(), row[1].clone(), codes)
        });
        let mut misread: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for row in rows(root, "confusions.tsv") {
            // How often it was seen, where it was measured; the others are rare.
            let times = row[4].parse().unwrap_or(0).max(1);
            misread.entry(row[1].clone()).or_default().push((row[0].clone(), times));
        }
        let heads = rows(root, "heads.tsv")
            .into_iter()
            .filter(|row| row[6] != "p")
            .map(|row| (row[0].clone(), (row[0..6].to_vec(), row[6].clone())));
        Self { regions: regions.collect(), bodies: bodies.collect(), misread, heads: heads.collect() }
    }

    fn genitive(&self, code: &str) -> &str {
        self.regions.iter().find(|(own, _)| own == code).map_or("", |(_, forms)| forms[1].as_str())
    }

    /// Every body in every region that has it: key, region, the name with the region's place.
    fn pairs(&self) -> Vec<(&str, &str, &str)> {
        let all = self.bodies.iter().flat_map(|(key, name, codes)| {
            codes.iter().map(move |code| (key.as_str(), code.as_str(), name.as_str()))
        });
        all.collect()
    }

    /// `name` as recognition may leave it, one letter in `rate` misread and one at least.
    pub fn misread(&self, name: &str, rate: usize, dice: &mut Dice) -> String {
        let letters: Vec<char> = name.chars().collect();
        for _ in 0..20 {
            let mut seen = String::new();
            let mut at = 0;
            let mut changed = false;
            while at < letters.len() {
                let two: String = letters[at..(at + 2).min(letters.len())].iter().collect();
                let hit = letters[at].is_alphabetic() && dice.one_in(rate);
                let double = hit && letters.len() > at + 1 && self.misread.contains_key(&two);
                let meant = if double { two } else { letters[at].to_lowercase().collect() };
                match self.misread.get(&meant).filter(|_| hit) {
                    Some(ways) => {
                        let total: usize = ways.iter().map(|(_, times)| times).sum();
                        let mut left = dice.below(total);
                        let way = ways.iter().find(|(_, times)| {
                            let here = left < *times;
                            left = left.saturating_sub(*times);
                            here
                        });
                        seen.push_str(way.map_or(meant.as_str(), |(way, _)| way));
                        changed = true;
                    }
                    // Narrow spaces are lost, wide letters parted, five times more rarely.
                    None if letters[at] == ' ' && dice.one_in(rate * 5) => changed = true,
                    None => {
                        seen.push(letters[at]);
                        if letters[at].is_alphabetic() && dice.one_in(rate * 50) {
                            seen.push(' ');
                        }
                    }
                }
                at += if double { 2 } else { 1 };
            }
            if changed {
                return seen;
            }
        }
        name.to_owned()
    }

    /// `name` with the words up to its head in the case number `case`; none where no head is known.
    fn inflected(&self, name: &str, case: usize) -> Option<String> {
        let words: Vec<&str> = name.split(' ').collect();
        let at = words.iter().take(4).position(|word| self.heads.contains_key(&word.to_lowercase()))?;
        let (forms, gender) = &self.heads[&words[at].to_lowercase()];
        let mut result: Vec<String> = Vec::new();
        for (nth, word) in words.iter().enumerate() {
            result.push(match nth {
                _ if nth < at => adjective(word, gender, case)?,
                _ if nth == at => cased(&forms[case], word),
                _ => (*word).to_owned(),
            });
        }
        Some(result.join(" "))
    }
}

/// An adjective's nominative in another case; none where its ending is none of an adjective.
fn adjective(word: &str, gender: &str, case: usize) -> Option<String> {
    let hard = ["ый", "ая", "ое"].iter().find_map(|ending| word.strip_suffix(ending));
    let velar = word.strip_suffix("ий");
    let stem = hard.or(velar)?;
    let endings = match (gender, velar.is_some() || stem.ends_with(['к', 'г', 'х'])) {
        ("f", _) => ["ая", "ой", "ой", "ую", "ой", "ой"],
        ("m", false) => ["ый", "ого", "ому", "ый", "ым", "ом"],
        ("m", true) => ["ий", "ого", "ому", "ий", "им", "ом"],
        (_, false) => ["ое", "ого", "ому", "ое", "ым", "ом"],
        (_, true) => ["ое", "ого", "ому", "ое", "им", "ом"],
    };
    Some(format!("{stem}{}", endings[case]))
}

fn cased(word: &str, like: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if like.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// Words as clerks shorten them.
const SHORT_WORDS: [(&str, &[&str]); 12] = [
    ("Министерство", &["Мин-во", "м-во", "Мин."]),
    ("Департамент", &["Деп-т", "Департ.", "деп."]),
    ("Комитет", &["К-т", "ком-т"]),
    ("Управление", &["Упр-е", "упр."]),
    ("Агентство", &["агент-во"]),
    ("Инспекция", &["инсп."]),
    ("Главное", &["Гл."]),
    ("Государственная", &["Гос."]),
    ("социальной", &["соц."]),
    ("области", &["обл."]),
    ("Республики", &["Респ."]),
    ("хозяйства", &["хоз-ва"]),
];

/// How «мин-» and the like are fused with the words behind them.
const FUSED: [(&str, &str); 34] = [
    ("здравоохранения", "здрав"),
    ("финансов", "фин"),
    ("образования и науки", "обрнауки"),
    ("образования", "образования"),
    ("культуры", "культуры"),
    ("культуры", "культ"),
    ("спорта", "спорт"),
    ("сельского хозяйства", "сельхоз"),
    ("сельского хозяйства и продовольствия", "сельхозпрод"),
    ("экономического развития", "экономразвития"),
    ("экономики", "экономики"),
    ("социального развития", "соцразвития"),
    ("социальной защиты", "соцзащиты"),
    ("социальной защиты населения", "соцзащиты"),
    ("социальной политики", "соцполитики"),
    ("социальных отношений", "соцотношений"),
    ("строительства", "строй"),
    ("транспорта", "транс"),
    ("транспорта и дорожного хозяйства", "трансдорхоз"),
    ("энергетики", "энерго"),
    ("промышленности и торговли", "промторг"),
    ("промышленности", "пром"),
    ("труда и социальной защиты", "труд"),
    ("труда и занятости населения", "труд"),
    ("труда", "труд"),
    ("имущественных отношений", "имущ"),
    ("природных ресурсов", "природ"),
    ("природных ресурсов и экологии", "природы"),
    ("лесного хозяйства", "лесхоз"),
    ("юстиции", "юст"),
    ("туризма", "туризма"),
    ("инвестиций", "инвест"),
    ("просвещения", "просвещения"),
    ("информатизации и связи", "информсвязи"),
];

const FUSED_HEADS: [(&str, &str); 2] = [("Министерство ", "Мин"), ("Департамент ", "Деп")];

/// Phrases fused inside a name.
const FUSED_INSIDE: [(&str, &str); 4] = [
    ("социальной защиты", "соцзащиты"),
    ("социального развития", "соцразвития"),
    ("социальной политики", "соцполитики"),
    ("сельского хозяйства", "сельхоз"),
];

/// Levels and numbers that make a known stem another body's name.
const GUARDS: [&str; 6] = [
    "{S} администрации города {R}",
    "{S} администрации Центрального района {R}",
    "{S} № 3 {R}",
    "{S} муниципального района {R}",
    "Отдел {S} {R}",
    "Федеральная служба: {S} {R}",
];

/// Every name of one kind is made from every `step`-th body of the dictionary.
pub fn names(facts: &Facts, seed: u64, step: usize) -> Vec<Name> {
    let mut dice = Dice::new(seed);
    let mut made: Vec<Name> = Vec::new();
    let stems: BTreeSet<String> = facts.bodies.iter().map(|(_, name, _)| plain(name)).collect();
    let words: Vec<String> = swappable(&facts.bodies);
    for (key, code, name) in facts.pairs().into_iter().skip(seed as usize % step).step_by(step) {
        let genitive = facts.genitive(code);
        let whole = name.replace("{R}", genitive);
        let entity = format!("{code}/{key}");
        let mut add = |making: Making, text: String| {
            let known = Some(entity.clone());
            made.push(Name { making, text, own: None, entity: known, not: None });
        };
        add(Making::AsIs, whole.clone());
        add(Making::Capitals, whole.to_uppercase());
        for case in 1..6 {
            if let Some(text) = facts.inflected(&whole, case) {
                add(Making::Inflected, text);
            }
        }
        if let Some(text) = short_words(&whole, &mut dice) {
            add(Making::ShortWords, text);
        }
        for text in fused(name) {
            add(Making::Fused, text.replace("{R}", genitive));
        }
        if let Some(text) = initials(name) {
            add(Making::Initials, format!("{text} {genitive}"));
        }
        for (making, rate) in [(Making::Light, 50), (Making::Middle, 20), (Making::Heavy, 10)] {
            add(making, facts.misread(&whole, rate, &mut dice));
        }
        let text = single_spaced(&name.replace("{R}", ""));
        let own = Some(code.to_owned());
        made.push(Name { making: Making::OwnRegion, text, own, entity: Some(entity.clone()), not: None });
        if let Some(other) = swapped(name, &words, &stems, &mut dice) {
            let text = other.replace("{R}", genitive);
            let misread = facts.misread(&text, 20, &mut dice);
            for (making, text) in [(Making::Unknown, text), (Making::UnknownMisread, misread)] {
                made.push(Name { making, text, own: None, entity: None, not: None });
            }
        }
        if name.ends_with(" {R}") {
            let stem = name.trim_end_matches(" {R}");
            let guard = GUARDS[dice.below(GUARDS.len())];
            let text = guard.replace("{S}", stem).replace("{R}", genitive);
            let misread = facts.misread(&text, 20, &mut dice);
            for (making, text) in [(Making::Guarded, text), (Making::GuardedMisread, misread)] {
                made.push(Name { making, text, own: None, entity: None, not: Some(entity.clone()) });
            }
        }
    }
    without_ambiguous(made)
}

/// A short form that two bodies of one region have says neither.
fn without_ambiguous(made: Vec<Name>) -> Vec<Name> {
    let mut meant: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let own = |name: &Name| format!("{}|{}", name.text.to_lowercase(), name.own.as_deref().unwrap_or(""));
    for name in &made {
        meant.entry(own(name)).or_default().extend(name.entity.clone());
    }
    made.into_iter().filter(|name| meant[&own(name)].len() <= 1).collect()
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name in small letters, without its region's and without marks.
fn plain(name: &str) -> String {
    let letters: String = name.replace("{R}", "").replace(',', " ").to_lowercase();
    single_spaced(&letters)
}

fn short_words(name: &str, dice: &mut Dice) -> Option<String> {
    let short = |word: &str, dice: &mut Dice| {
        let (_, forms) = SHORT_WORDS.iter().find(|(long, _)| *long == word)?;
        Some(forms[dice.below(forms.len())].to_owned())
    };
    let words: Vec<String> =
        name.split(' ').map(|word| short(word, dice).unwrap_or_else(|| word.to_owned())).collect();
    let text = words.join(" ");
    (text != name).then_some(text)
}

fn fused(name: &str) -> Vec<String> {
    let mut made = Vec::new();
    for (head, short) in FUSED_HEADS {
        let Some(rest) = name.strip_prefix(head).and_then(|rest| rest.strip_suffix(" {R}")) else { continue };
        let ways = FUSED.iter().filter(|(long, _)| *long == rest);
        made.extend(ways.map(|(_, way)| format!("{short}{way} {{R}}")));
    }
    for (long, short) in FUSED_INSIDE {
        if name.contains(long) {
            made.push(name.replace(long, short));
        }
    }
    made
}

fn initials(name: &str) -> Option<String> {
    let words: Vec<&str> = name.strip_suffix(" {R}")?.split([' ', '-']).collect();
    let long = words.iter().filter(|word| word.chars().count() > 2);
    let letters: String = long.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    (3..=6).contains(&letters.chars().count()).then_some(letters)
}

/// The longer words of all names that follow the head.
fn swappable(bodies: &[(String, String, Vec<String>)]) -> Vec<String> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for (_, name, _) in bodies {
        let own = name.split(' ').skip(1).map(|word| word.trim_matches([',', '(', ')']));
        words.extend(own.filter(|word| word.chars().count() >= 4 && !word.contains('{')).map(str::to_owned));
    }
    words.into_iter().collect()
}

/// `name` with one of its words behind the head changed for one of another body's that ends alike; none where every try
/// gives a name that some region has.
fn swapped(name: &str, words: &[String], stems: &BTreeSet<String>, dice: &mut Dice) -> Option<String> {
    let own: Vec<&str> = name.split(' ').collect();
    let places: Vec<usize> = (1..own.len())
        .filter(|&at| own[at].chars().count() >= 4 && own[at].chars().all(char::is_alphabetic))
        .collect();
    if places.is_empty() {
        return None;
    }
    for _ in 0..200 {
        let at = places[dice.below(places.len())];
        let ending: String = own[at].chars().rev().take(2).collect();
        let other = &words[dice.below(words.len())];
        let alike = other.chars().rev().take(2).eq(ending.chars());
        // Another form of the same word is the same body.
        let same = own[at].chars().take(4).eq(other.chars().take(4));
        if !alike || same || own.contains(&other.as_str()) {
            continue;
        }
        let mut changed: Vec<&str> = own.clone();
        changed[at] = other;
        let changed = changed.join(" ");
        if !stems.contains(&plain(&changed)) {
            return Some(changed);
        }
    }
    None
}

impl Facts {
    /// The ids and the full names, in small letters, of every body in every region that has it.
    pub fn whole_names(&self) -> Vec<(String, String)> {
        let whole = |(key, code, name): (&str, &str, &str)| {
            (format!("{code}/{key}"), name.replace("{R}", self.genitive(code)).to_lowercase())
        };
        self.pairs().into_iter().map(whole).collect()
    }
}
