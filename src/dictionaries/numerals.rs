//! Roman numerals, whole and as recognition leaves them, from `numerals.tsv`. Never read outside a slot that demands one.

use smallvec::SmallVec;

use super::table::Row;
use super::tokens::fold;
use crate::error::Result;
use crate::map::Map;

/// A candidate that was seen in fewer than this share of the cases is not considered: one in twenty-five.
const LEAST_SHARE: f64 = 0.04;

/// What a damaged numeral may mean, ascending.
pub(super) type Candidates = SmallVec<[u8; 3]>;

/// The letter that a 3 is misread for.
pub(super) const THREE: &str = "З";

/// The measured confusions.
#[derive(Clone, Debug, Default)]
pub struct Numerals {
    seen: Map<String, Candidates>,
}

impl Numerals {
    /// Compiles rows of (seen, meant, count, source).
    ///
    /// # Errors
    /// Where a row is not of that form.
    pub(crate) fn new(rows: &[Row]) -> Result<Self> {
        let mut counts: Map<&str, Vec<(u8, f64)>> = Map::default();
        for row in rows {
            let [seen, meant, count, _source] = row.cells()?;
            let value = roman(meant).ok_or_else(|| row.wrong(format!("«{meant}» is not a roman numeral")))?;
            let count = count.parse().map_err(|_| row.wrong(format!("«{count}» is not a count")))?;
            counts.entry(seen).or_default().push((value, count));
        }
        let seen = counts.into_iter().map(|(seen, values)| {
            let total: f64 = values.iter().map(|(_, count)| count).sum();
            let mut likely: Candidates = values
                .iter()
                .filter(|(_, count)| count / total >= LEAST_SHARE)
                .map(|&(value, _)| value)
                .collect();
            likely.sort_unstable();
            (seen.to_owned(), likely)
        });
        Ok(Self { seen: seen.collect() })
    }

    /// True if `written` may be one, with nothing glued to it.
    pub(super) fn may_be(&self, written: &str) -> bool {
        written == THREE || roman(written).is_some() || self.seen.contains_key(written)
    }

    /// What `written` may mean where a numeral is demanded: one value where the characters decide.
    pub fn read(&self, written: &str) -> Option<Candidates> {
        match roman(written) {
            Some(value) => Some(Candidates::from_elem(value, 1)),
            None => self.seen.get(written).cloned(),
        }
    }
}

/// The value of a roman numeral up to 39, in Latin letters, their Cyrillic doubles, or the Unicode signs.
pub fn roman(written: &str) -> Option<u8> {
    let mut letters: SmallVec<[u8; 8]> = SmallVec::new();
    for letter in written.chars() {
        letters.push(match letter {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            'Ⅰ'..='Ⅻ' if written.chars().count() == 1 => return Some((letter as u32 - 0x215F) as u8),
            _ => return None,
        });
    }
    let mut total = 0;
    for (nth, &value) in letters.iter().enumerate() {
        let next = letters.get(nth + 1).copied().unwrap_or(0);
        if value < next { total -= i32::from(value) } else { total += i32::from(value) }
    }
    let total = u8::try_from(total).ok().filter(|total| (1..40).contains(total))?;
    let well_formed = letters_of(total).eq(letters);
    well_formed.then_some(total)
}

/// The values of the letters of a roman numeral.
fn letters_of(numeral: u8) -> impl Iterator<Item = u8> {
    let tens = std::iter::repeat_n(10, usize::from(numeral / 10));
    tens.chain(ONES[usize::from(numeral % 10)].bytes().map(|letter| match letter {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    }))
}

/// The roman numerals of 0 to 9.
const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

/// The roman numeral of 1 to 39.
pub fn roman_of(value: u8) -> Option<String> {
    if !(1..40).contains(&value) {
        return None;
    }
    Some("X".repeat(usize::from(value / 10)) + ONES[usize::from(value % 10)])
}

/// «квартал» and «полугодие» are told by so many letters.
const LONGEST_PART: usize = 8;

/// True if what stands before `rest` may be a numeral: «квартал», or what joins it to the next one, follows.
pub fn demands_numeral(rest: &str) -> bool {
    names_part(rest) || ["-", "–", ",", "и ", "И "].iter().any(|sign| rest.starts_with(sign))
}

/// True if `rest` begins with the name of a part of a year, in full or short.
pub fn names_part(rest: &str) -> bool {
    let next = fold(&rest.chars().take(LONGEST_PART).collect::<String>());
    ["квартал", "кв.", "кв ", "полугоди"].iter().any(|word| next.starts_with(word))
}
