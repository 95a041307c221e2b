//! Compiles the lexicon's text into the tables that are embedded: every word form with its frequency class, the letter
//! pairs of the genre, the letter triples of the language. Writes into `OUT_DIR` only.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// Letters are numbered from 1 in alphabet order, «ё» read as «е»: a word is one byte a letter.
const ALPHABET: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюя";

/// Set on words that the lexicon holds with a capital first letter only.
const PROPER: u64 = 16;

/// The largest frequency class; the low bits hold a form's own.
const CLASS: u64 = 15;

/// The bits over the flag hold the class of the form's word.
const OF_WORD: u64 = 32;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new("dictionaries");
    for name in ["lexicon.dic", "lexicon.aff.tsv", "frequencies.tsv", "regions.tsv"] {
        println!("cargo::rerun-if-changed={}", root.join(name).display());
    }
    let out = env::var("OUT_DIR")?;
    let mut frequencies = frequencies(&fs::read_to_string(root.join("frequencies.tsv"))?)?;
    let suffixes = suffixes(&fs::read_to_string(root.join("lexicon.aff.tsv"))?)?;
    let pairs = letter_pairs(&frequencies);
    add_region_names(&fs::read_to_string(root.join("regions.tsv"))?, &mut frequencies);
    let forms = forms(&fs::read_to_string(root.join("lexicon.dic"))?, &suffixes, &frequencies)?;

    let mut builder = fst::MapBuilder::memory();
    for (key, value) in &forms {
        builder.insert(key, *value)?;
    }
    fs::write(Path::new(&out).join("lexicon.fst"), builder.into_inner()?)?;
    fs::write(Path::new(&out).join("letter-pairs.bin"), pairs)?;
    fs::write(Path::new(&out).join("letter-triples.bin"), letter_triples(forms.keys()))?;
    Ok(())
}

/// The rows of a table, without its comments.
fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn frequencies(table: &str) -> Result<BTreeMap<Vec<u8>, u64>, Box<dyn Error>> {
    let mut frequencies = BTreeMap::new();
    for row in rows(table) {
        let mut cells = row.split('\t');
        let (Some(word), Some(count)) = (cells.next(), cells.next()) else {
            return Err(format!("frequencies.tsv: not a row: {row}").into());
        };
        let key = key(word).ok_or_else(|| format!("frequencies.tsv: not a word: {word}"))?;
        *frequencies.entry(key).or_insert(0) += count.parse::<u64>()?;
    }
    Ok(frequencies)
}

/// A region's name is as usual in its own plans as this many occurrences make a word of the genre, though the corpus
/// may never name the region.
const REGION_NAME: u64 = 63;

fn add_region_names(table: &str, frequencies: &mut BTreeMap<Vec<u8>, u64>) {
    let names = rows(table).flat_map(|row| row.split('\t').skip(1).take(6));
    for word in names.flat_map(|name| name.split([' ', '-'])) {
        if let Some(key) = key(&word.to_lowercase()) {
            let count = frequencies.entry(key).or_insert(0);
            *count = (*count).max(REGION_NAME);
        }
    }
}

/// One way to inflect: what is cut, what is put there, how the word must end.
struct Suffix {
    cut: String,
    put: String,
    ending: Vec<Letters>,
}

/// One letter of a condition.
enum Letters {
    Any,
    Of(Vec<char>),
    NotOf(Vec<char>),
}

impl Letters {
    fn allow(&self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::Of(set) => set.contains(&letter),
            Self::NotOf(set) => !set.contains(&letter),
        }
    }
}

fn suffixes(table: &str) -> Result<HashMap<char, Vec<Suffix>>, Box<dyn Error>> {
    let mut suffixes: HashMap<char, Vec<Suffix>> = HashMap::new();
    for row in rows(table) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [class, cut, put, ending] = cells[..] else {
            return Err(format!("lexicon.aff.tsv: not a row: {row}").into());
        };
        let class = class.chars().next().ok_or("lexicon.aff.tsv: a row without a class")?;
        let text = |cell: &str| if cell == "0" { String::new() } else { cell.to_owned() };
        let suffix = Suffix { cut: text(cut), put: text(put), ending: condition(ending) };
        suffixes.entry(class).or_default().push(suffix);
    }
    Ok(suffixes)
}

fn condition(pattern: &str) -> Vec<Letters> {
    let mut letters = Vec::new();
    let mut rest = pattern.chars();
    while let Some(next) = rest.next() {
        letters.push(match next {
            '.' => Letters::Any,
            '[' => {
                let set: Vec<char> = rest.by_ref().take_while(|&letter| letter != ']').collect();
                match set.split_first() {
                    Some(('^', set)) => Letters::NotOf(set.to_vec()),
                    _ => Letters::Of(set),
                }
            }
            letter => Letters::Of(vec![letter]),
        });
    }
    letters
}

fn forms(
    words: &str,
    suffixes: &HashMap<char, Vec<Suffix>>,
    frequencies: &BTreeMap<Vec<u8>, u64>,
) -> Result<BTreeMap<Vec<u8>, u64>, Box<dyn Error>> {
    let mut forms: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for row in rows(words) {
        let (word, classes) = row.split_once('/').unwrap_or((row, ""));
        let flag = if word.chars().next().is_some_and(char::is_uppercase) { PROPER } else { 0 };
        let paradigm: BTreeSet<Vec<u8>> = paradigm(word, classes, suffixes)?;
        let count = |form: &Vec<u8>| frequencies.get(form).copied().unwrap_or(0);
        let all: u64 = paradigm.iter().map(count).sum();
        for form in paradigm {
            let word = class(count(&form).max(all / RARE_FORM)) * OF_WORD;
            let own = class(count(&form));
            forms
                .entry(form)
                .and_modify(|known| *known = (*known & flag) | own | (*known / OF_WORD * OF_WORD).max(word))
                .or_insert(own | flag | word);
        }
    }
    for (word, count) in frequencies {
        forms.entry(word.clone()).or_insert(class(*count) * (1 + OF_WORD));
    }
    Ok(forms)
}

/// A form that the corpus has not is taken to be one in so many of its word's: a paradigm has about a dozen.
const RARE_FORM: u64 = 12;

/// The frequency class of a form that was counted `count` times: its binary logarithm.
fn class(count: u64) -> u64 {
    u64::from((count + 1).ilog2()).min(CLASS)
}

/// The keys of `word` and of its forms by the inflection `classes`.
fn paradigm(
    word: &str,
    classes: &str,
    suffixes: &HashMap<char, Vec<Suffix>>,
) -> Result<BTreeSet<Vec<u8>>, Box<dyn Error>> {
    let mut forms: BTreeSet<Vec<u8>> = key(&word.to_lowercase()).into_iter().collect();
    for class in classes.chars() {
        let class = suffixes.get(&class).ok_or_else(|| format!("lexicon.dic: no class {class}: {word}"))?;
        forms.extend(class.iter().filter_map(|suffix| key(&inflect(word, suffix)?.to_lowercase())));
    }
    Ok(forms)
}

fn inflect(word: &str, suffix: &Suffix) -> Option<String> {
    let stem = word.strip_suffix(suffix.cut.as_str())?;
    let letters: Vec<char> = word.chars().collect();
    let ending = letters.get(letters.len().checked_sub(suffix.ending.len())?..)?;
    let fits = suffix.ending.iter().zip(ending).all(|(allowed, &letter)| allowed.allow(letter));
    fits.then(|| format!("{stem}{}", suffix.put))
}

fn key(word: &str) -> Option<Vec<u8>> {
    word.chars()
        .map(|letter| {
            let letter = if letter == 'ё' { 'е' } else { letter };
            ALPHABET.chars().position(|known| known == letter).map(|at| at as u8 + 1)
        })
        .collect()
}

/// How usual each pair of neighbouring letters is: 33 × 33 bytes, row = first letter, column = second, 0 = the edge
/// of a word; the value is 8 × log2 of the pair's share, from -127 (never seen) to 0, as two's complement.
fn letter_pairs(frequencies: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
    let mut counts = vec![0u64; 33 * 33];
    for (word, count) in frequencies {
        let mut before = 0;
        for &letter in word.iter().chain(&[0]) {
            counts[usize::from(before) * 33 + usize::from(letter)] += count;
            before = letter;
        }
    }
    let total: u64 = counts.iter().sum();
    counts
        .into_iter()
        .map(|count| if count == 0 { -127.0 } else { 8.0 * (count as f64 / total as f64).log2() })
        .map(|value| value.clamp(-127.0, 0.0) as i8 as u8)
        .collect()
}

/// A triple of letters that fewer forms have is as good as none: foreign names and the lexicon's own slips.
const FEW_FORMS: u32 = 8;

/// Which triples of neighbouring letters Russian words have: 33 × 33 × 33 bits, 0 = the edge of a word.
fn letter_triples<'f>(forms: impl Iterator<Item = &'f Vec<u8>>) -> Vec<u8> {
    let mut counts = vec![0u32; 33 * 33 * 33];
    for form in forms {
        let letters: Vec<usize> =
            [0].iter().chain(form).chain(&[0]).map(|&letter| usize::from(letter)).collect();
        for triple in letters.windows(3) {
            counts[(triple[0] * 33 + triple[1]) * 33 + triple[2]] += 1;
        }
    }
    let mut bits = vec![0u8; counts.len().div_ceil(8)];
    for (at, _) in counts.iter().enumerate().filter(|(_, count)| **count >= FEW_FORMS) {
        bits[at / 8] |= 1 << (at % 8);
    }
    bits
}
