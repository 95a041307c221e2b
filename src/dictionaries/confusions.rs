//! What recognition makes of letters, from `confusions.tsv`. Never which reading is right.

use smallvec::SmallVec;

use super::lexicon::{EDIT, code};
use super::table::Row;
use crate::error::Result;

/// One way in which letters are misread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confusion {
    /// What stands in the text, lower case.
    pub seen: SmallVec<[char; 2]>,
    /// What was printed, as letter numbers of the lexicon.
    pub meant: SmallVec<[u8; 2]>,
    /// The cost in hundredths of an edit.
    pub cost: u32,
    /// How often the printed letters were seen so, of 10,000 times; 0 where it was not measured.
    pub times: u32,
}

/// All of them, by the first character seen.
#[derive(Clone, Debug, Default)]
pub struct Confusions {
    list: Vec<Confusion>,
}

impl Confusions {
    /// Compiles rows of (seen, meant, cost, source, times of 10,000).
    ///
    /// # Errors
    /// Where a row is not of that form.
    pub(crate) fn new(rows: &[Row]) -> Result<Self> {
        let mut list = Vec::new();
        for row in rows {
            let [seen, meant, cost, _source, times] = row.cells()?;
            let letters: Option<SmallVec<[u8; 2]>> = meant.chars().map(code).collect();
            let letters = letters.ok_or_else(|| row.wrong(format!("«{meant}» is not Cyrillic letters")))?;
            let cost: u32 = cost.parse().map_err(|_| row.wrong(format!("«{cost}» is not a cost")))?;
            if cost == 0 || cost > EDIT || seen.is_empty() {
                return Err(row.wrong(format!("a cost is 1 to {EDIT}, and something must be seen")));
            }
            let times: u32 = times.parse().map_err(|_| row.wrong(format!("«{times}» is not a count")))?;
            let seen = super::tokens::fold(seen).chars().collect();
            list.push(Confusion { seen, meant: letters, cost, times });
        }
        list.sort_by(|a, b| a.seen.cmp(&b.seen));
        Ok(Self { list })
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Confusion> {
        self.list.iter()
    }

    /// Those whose seen characters `letters` (lower case) begins with.
    pub(crate) fn starting<'c>(&'c self, letters: &'c [char]) -> impl Iterator<Item = &'c Confusion> {
        let first = letters.first().copied();
        let start = self.list.partition_point(|confusion| confusion.seen.first().copied() < first);
        self.list[start..]
            .iter()
            .take_while(move |confusion| first.is_some() && confusion.seen.first().copied() == first)
            .filter(|confusion| letters.starts_with(&confusion.seen))
    }

    /// What the letters (lower case) at the beginning of `printed` were measured to be taken for: the characters seen,
    /// how many letters they stand for, how often of 10,000 times.
    pub fn measured<'c>(&'c self, printed: &'c [char]) -> impl Iterator<Item = (&'c [char], usize, u32)> {
        let stands = |confusion: &&Confusion| {
            let letters = printed.iter().map(|&letter| code(letter));
            confusion.times > 0
                && confusion.meant.len() <= printed.len()
                && letters.zip(&confusion.meant).all(|(letter, meant)| letter == Some(*meant))
        };
        let found = self.list.iter().filter(stands);
        found.map(|confusion| (&confusion.seen[..], confusion.meant.len(), confusion.times))
    }

    /// True if `seen` is `meant` with one letter misread for another.
    pub fn parts(&self, seen: &str, meant: &str) -> bool {
        if seen.chars().count() != meant.chars().count() {
            return false;
        }
        let different: Vec<(char, char)> = seen.chars().zip(meant.chars()).filter(|(a, b)| a != b).collect();
        matches!(different[..], [(a, b)] if self.cost(a, b) < EDIT)
    }

    /// The cheapest way to see the letter `seen` for `meant`, in hundredths of an edit.
    pub fn cost(&self, seen: char, meant: char) -> u32 {
        let (seen, Some(meant)) = ([seen], code(meant)) else { return EDIT };
        let fits = self
            .starting(&seen)
            .filter(|confusion| confusion.seen.len() == 1 && confusion.meant[..] == [meant]);
        fits.map(|confusion| confusion.cost).min().unwrap_or(EDIT)
    }
}
