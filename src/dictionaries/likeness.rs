/*!
What it costs to see a known name as the letters that stand in a document.

This module never says how much is too much. A letter that recognition takes for another costs what `confusions.tsv`
says, another ending of a word next to nothing, any other change a whole edit. An abbreviation may stop inside a word
and go on with the next, or leave words out; that costs so little that it only orders the names that fit:

```text
м и н . . . . . . . . . с о ц . . . . . . . . р а з в и т и я      минсоцразвития
      └─ Министерство ─┘      └─ социального ┘
```
*/

use std::cell::OnceCell;
use std::ops::Range;

use super::confusions::Confusions;
use super::spelled::{ANY, CODES, Letters, Spelled, Step, code};
use crate::budget;

/// A whole edit, as in the lexicon.
const EDIT: i16 = super::lexicon::EDIT as i16;

/// A letter of an ending that is another one, in hundredths of an edit.
const OTHER_ENDING: i16 = 20;

/// A letter of an ending that is not there.
const NO_ENDING: i16 = 8;

/// What an abbreviation leaves of a word it stops in: «соц» of «социальной».
const LEAST_LEFT: usize = 3;

/// More letters are not compared: no name has them, and what a cell holds would run over, the cost of the letters before
/// a whole name, the place where one inside others begins.
const LONGEST_NAME: usize = 400;
const LONGEST_TEXT: usize = 0xffff;

/// Going on with the next word behind such a rest; a region's is told from others by less.
const STOPPED: i16 = 2;
const STOPPED_WITHIN: i16 = 30;

/// A word left out by an abbreviation, and a small word («и», «по»).
pub const LEFT_OUT: u32 = 12;
const SMALL_LEFT_OUT: i16 = 1;
const LONGEST_SMALL: usize = 3;

/// Beginning or ending inside a word of the document.
const INSIDE_WORD: i16 = EDIT;

/// No way costs so much.
const DEAREST: i16 = 30_000;

/// How a known name is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// With all the letters.
    Whole,
    /// With all the letters, by a known name that may be abbreviated.
    Shortened,
    /// With some letters in a row, by a known name that may be abbreviated.
    Within,
    /// With some letters in a row, wherever they begin.
    Anywhere,
}

impl Manner {
    fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::Shortened)
    }
}

/// A longer name is taken for a region's if each letter more costs less than this.
const LETTER_NAMED: i64 = 50;

impl Fit {
    /// The less, the better a name within others fits: a longer one may cost more.
    pub fn rank(&self) -> i64 {
        i64::from(self.cost) - self.range.len() as i64 * LETTER_NAMED
    }
}

/// How well a known name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// In hundredths of an edit.
    pub cost: u32,
    /// The letters that it was compared with.
    pub range: Range<usize>,
}

/// What every misreading costs.
#[derive(Clone, Debug)]
pub(super) struct Costs {
    /// By the letter meant, then the one seen.
    single: Vec<u8>,
    /// Two letters seen for one, by the first: the second, the one meant, the cost.
    pairs: Vec<Vec<(u8, u8, u32)>>,
}

impl Costs {
    pub(super) fn new(confusions: &Confusions) -> Self {
        let mut costs = Self { single: vec![EDIT as u8; CODES * CODES], pairs: vec![Vec::new(); CODES] };
        for letter in 1..CODES {
            costs.single[letter * CODES + letter] = 0;
        }
        for confusion in confusions.iter() {
            let seen: Option<Vec<u8>> = confusion.seen.iter().map(|&letter| code(letter)).collect();
            match (seen.as_deref(), &confusion.meant[..]) {
                (Some(&[seen]), &[meant]) => {
                    let cell = &mut costs.single[usize::from(meant) * CODES + usize::from(seen)];
                    *cell = (*cell).min(confusion.cost as u8);
                }
                (Some(&[first, second]), &[meant]) => {
                    costs.pairs[usize::from(first)].push((second, meant, confusion.cost))
                }
                _ => {}
            }
        }
        costs
    }

    /// `letters` made ready for being compared with many names.
    pub(super) fn seen<'l>(&'l self, letters: &'l Letters) -> Seen<'l> {
        let changes = (0..2 * CODES).map(|_| OnceCell::new()).collect();
        Seen {
            letters,
            costs: self,
            pairs: self.pairs_in(&letters.codes),
            changes,
            starts: Default::default(),
        }
    }

    /// What it costs to see `meant` as `seen`, if that is less than `limit`, and where it is seen.
    pub(super) fn fit_below(&self, seen: &Seen, meant: &Spelled, manner: Manner, limit: u32) -> Option<Fit> {
        // Most names are soon seen to be too dear; where a name begins is found out for the others only.
        self.cost_below(seen, meant, manner, limit)?;
        let row = rows::<Placed>(seen, meant, manner, limit)?;
        let (end, cell) = best(&row, seen.letters, manner);
        let start = if manner.is_whole() { 0 } else { (cell & 0xffff) as usize };
        Some(Fit { cost: cell.cost(), range: start.min(end)..end }).filter(|fit| fit.cost < limit)
    }

    /// What it costs to see `meant` as `seen`, if that is less than `limit`; in hundredths of an edit.
    pub(super) fn cost_below(&self, seen: &Seen, meant: &Spelled, manner: Manner, limit: u32) -> Option<u32> {
        let row = rows::<Bare>(seen, meant, manner, limit)?;
        let (_, cell) = best(&row, seen.letters, manner);
        Some(cell.cost()).filter(|&cost| cost < limit)
    }

    /// What each letter costs that is seen for the one meant.
    fn seen_as(&self, meant: u8) -> &[u8] {
        let at = usize::from(meant) * CODES;
        &self.single[at..at + CODES]
    }

    /// Where two letters stand that may have been one: place, the one meant, cost.
    fn pairs_in(&self, codes: &[u8]) -> Vec<(usize, u8, u32)> {
        let mut found = Vec::new();
        for (at, pair) in codes.windows(2).enumerate() {
            for &(second, meant, cost) in &self.pairs[usize::from(pair[0])] {
                if second == pair[1] {
                    found.push((at, meant, cost));
                }
            }
        }
        found
    }
}

/// Letters that names are compared with.
pub(super) struct Seen<'l> {
    letters: &'l Letters,
    costs: &'l Costs,
    /// Where two letters stand that may have been one: place, the one meant, cost.
    pairs: Vec<(usize, u8, u32)>,
    /// What each letter costs that is seen for one meant, by the letter meant; then by that of an ending.
    changes: Vec<OnceCell<Vec<i16>>>,
    /// What it costs to begin before each letter, by manner.
    starts: [OnceCell<Vec<i16>>; 3],
}

impl Seen<'_> {
    /// What it costs to begin before each letter, and behind the last.
    fn starts(&self, manner: Manner) -> &[i16] {
        let inside = |at: usize| self.letters.begins.get(at).is_some_and(|begins| !begins);
        let letters = 0..=self.letters.len();
        let [within, anywhere, whole] = &self.starts;
        match manner {
            Manner::Within => {
                within.get_or_init(|| letters.map(|at| if inside(at) { INSIDE_WORD } else { 0 }).collect())
            }
            Manner::Anywhere => anywhere.get_or_init(|| letters.map(|_| 0).collect()),
            Manner::Whole | Manner::Shortened => {
                whole.get_or_init(|| letters.map(|at| (at as i16).saturating_mul(EDIT)).collect())
            }
        }
    }

    /// What each letter costs that is seen for that of `step`.
    fn changes(&self, step: &Step) -> &[i16] {
        let at = usize::from(step.code) + if step.ending { CODES } else { 0 };
        self.changes[at].get_or_init(|| {
            let codes = self.letters.codes.iter();
            if step.ending {
                return codes.map(|&code| if code == step.code { 0 } else { OTHER_ENDING }).collect();
            }
            let costs = self.costs.seen_as(step.code);
            codes.map(|&code| i16::from(costs[usize::from(code)])).collect()
        })
    }
}

/// What a way through the letters costs so far.
trait Cell: Copy + Ord {
    /// No way.
    const NONE: Self;
    /// A way that begins at letter `at`.
    fn new(cost: i16, at: usize) -> Self;
    /// It with `cost` hundredths of an edit more.
    fn add(self, cost: i16) -> Self;
    /// In hundredths of an edit.
    fn cost(self) -> u32;
}

/// The cost alone: many are compared at once.
type Bare = i16;

impl Cell for Bare {
    const NONE: Self = DEAREST;

    #[inline]
    fn new(cost: i16, _at: usize) -> Self {
        cost
    }

    #[inline]
    fn add(self, cost: i16) -> Self {
        self.saturating_add(cost)
    }

    #[inline]
    fn cost(self) -> u32 {
        self.max(0) as u32
    }
}

/// The cost in the upper, where the way began in the lower half: the cheaper is the less, then the earlier.
type Placed = u32;

impl Cell for Placed {
    const NONE: Self = (DEAREST as u32) << 16;

    #[inline]
    fn new(cost: i16, at: usize) -> Self {
        (cost as u32) << 16 | at as u32
    }

    #[inline]
    fn add(self, cost: i16) -> Self {
        self.saturating_add((cost as u32) << 16)
    }

    #[inline]
    fn cost(self) -> u32 {
        self >> 16
    }
}

/// The cheapest ways to each letter of what is seen, for all letters meant; `None` where all cost `limit` and more.
fn rows<C: Cell>(seen: &Seen, meant: &Spelled, manner: Manner, limit: u32) -> Option<Vec<C>> {
    let letters = seen.letters;
    let longest = match manner {
        Manner::Within | Manner::Anywhere => LONGEST_TEXT,
        Manner::Whole | Manner::Shortened => LONGEST_NAME,
    };
    if letters.len() > longest {
        return None;
    }
    let shortened = matches!(manner, Manner::Shortened | Manner::Within);
    let bar = i16::try_from(limit).map_or(DEAREST, |limit| limit.min(DEAREST));
    let mut rows = Rows::<C>::new(seen, manner, bar);
    if !shortened {
        rows.narrow();
    }
    for word in &meant.words {
        budget::spend(1);
        let mut left = if shortened { Some(Left::new(&rows.row)) } else { None };
        for (nth, step) in word.steps.iter().enumerate() {
            rows.step(step, seen);
            if !shortened {
                rows.narrow();
            }
            // In a word that was stopped in, another way may still be cheaper.
            if rows.is_over() && left.as_ref().is_none_or(|left| left.is_over(bar)) {
                return None;
            }
            if let Some(left) = left.as_mut().filter(|_| word.stops && nth + 1 >= LEAST_LEFT && !step.ending)
            {
                left.stop(&rows.row);
            }
        }
        if let Some(left) = left {
            left.go_on(&mut rows.row, word.steps.len(), letters, manner);
        }
    }
    Some(rows.into_row())
}

/// What an abbreviation may leave out of a word.
struct Left<C> {
    /// The ways to where the word begins.
    begun: Vec<C>,
    /// The cheapest ways that stop inside it.
    stopped: Vec<C>,
}

impl<C: Cell> Left<C> {
    fn new(row: &[C]) -> Self {
        Self { begun: row.to_vec(), stopped: vec![C::NONE; row.len()] }
    }

    fn is_over(&self, bar: i16) -> bool {
        let bar = C::new(bar, 0);
        self.begun.iter().chain(&self.stopped).all(|&cell| cell >= bar)
    }

    /// The word may stop here.
    fn stop(&mut self, row: &[C]) {
        for (stop, &cell) in self.stopped.iter_mut().zip(row) {
            *stop = cell.min(*stop);
        }
    }

    /// The ways in `row` behind the whole word of `length` letters, the word stopped in, and the word left out.
    fn go_on(&self, row: &mut [C], length: usize, letters: &Letters, manner: Manner) {
        let within = manner == Manner::Within;
        let stopping = if within { STOPPED_WITHIN } else { STOPPED };
        for (at, (cell, &stopped)) in row.iter_mut().zip(&self.stopped).enumerate() {
            // «Респ. Коми» stops at a word's end; a fused word may stop anywhere.
            if !within || letters.begins.get(at).copied().unwrap_or(true) {
                *cell = stopped.add(stopping).min(*cell);
            }
        }
        // A region's words are never left out: «области» alone is nobody's.
        if within {
            return;
        }
        let left_out = if length <= LONGEST_SMALL { SMALL_LEFT_OUT } else { LEFT_OUT as i16 };
        for (cell, &begun) in row.iter_mut().zip(&self.begun) {
            *cell = begun.add(left_out).min(*cell);
        }
    }
}

/// The cheapest ways to each letter of what is seen, for the letters meant so far; only those in `first..=last` may be
/// cheap enough.
struct Rows<C> {
    row: Vec<C>,
    next: Vec<C>,
    spare: Vec<C>,
    first: usize,
    last: usize,
    /// Ways of this cost and more are given up.
    bar: i16,
}

impl<C: Cell> Rows<C> {
    fn new(seen: &Seen, manner: Manner, bar: i16) -> Self {
        let count = seen.letters.len();
        let starts = seen.starts(manner).iter().enumerate();
        let row: Vec<C> = starts.map(|(at, &cost)| C::new(cost, at)).collect();
        let next = vec![C::NONE; count + 1];
        Self { row, spare: next.clone(), next, first: 0, last: count, bar }
    }

    /// Goes on with the letter `step`.
    fn step(&mut self, step: &Step, seen: &Seen) {
        let first = self.first;
        // Letters that nobody meant may stand behind the last, as many as the bar allows.
        let more = 1 + usize::from((self.bar / EDIT).unsigned_abs());
        let end = (self.last + more).min(self.row.len() - 1);
        self.row[self.last + 1..=end].fill(C::NONE);
        let missing = match (step.ending, step.code) {
            (false, _) => EDIT,
            (true, ANY) => 0,
            (true, _) => NO_ENDING,
        };
        let changes = &seen.changes(step)[first..end];
        let (above, next) = (&self.row[first..=end], &mut self.next[first..=end]);
        next[0] = above[0].add(missing);
        // All three are of one length: nothing else is done in this loop, so that many letters are looked at at once.
        let (before, above, next) =
            (&above[..changes.len()], &above[1..=changes.len()], &mut next[1..=changes.len()]);
        for at in 0..changes.len() {
            next[at] = before[at].add(changes[at]).min(above[at].add(missing));
        }
        self.insert(first..end + 1);
        let reach = self.last;
        self.last = end;
        for &(at, _, cost) in
            seen.pairs.iter().filter(|(at, meant, _)| *meant == step.code && (first..=reach).contains(at))
        {
            self.pair(at, cost as i16);
        }
        std::mem::swap(&mut self.row, &mut self.next);
    }

    /// Letters that nobody meant: one, then two, then four, so that every number of them is tried.
    fn insert(&mut self, range: Range<usize>) {
        let mut count = 1;
        while count < range.len() && count * (EDIT as usize) < self.bar as usize {
            let (from, into) = (&self.next[range.clone()], &mut self.spare[range.clone()]);
            let cost = count as i16 * EDIT;
            into[..count].copy_from_slice(&from[..count]);
            let (into, own) = (&mut into[count..], &from[count..]);
            for at in 0..own.len() {
                into[at] = from[at].add(cost).min(own[at]);
            }
            std::mem::swap(&mut self.next, &mut self.spare);
            count *= 2;
        }
    }

    /// Two letters from `at` on are seen for the one of this step.
    fn pair(&mut self, at: usize, cost: i16) {
        while self.last < at + 2 {
            self.last += 1;
            self.next[self.last] = C::NONE;
        }
        self.next[at + 2] = self.row[at].add(cost).min(self.next[at + 2]);
    }

    /// Leaves out the ways at both ends that cost too much.
    fn narrow(&mut self) {
        let bar = C::new(self.bar, 0);
        while self.last > self.first && self.row[self.last] >= bar {
            self.last -= 1;
        }
        while self.first < self.last && self.row[self.first] >= bar {
            self.first += 1;
        }
    }

    /// True if every way costs too much.
    fn is_over(&self) -> bool {
        let bar = C::new(self.bar, 0);
        let cheapest = self.row[self.first..=self.last].iter().copied().fold(C::NONE, C::min);
        cheapest >= bar
    }

    /// The ways to all letters.
    fn into_row(mut self) -> Vec<C> {
        self.row[..self.first].fill(C::NONE);
        self.row[self.last + 1..].fill(C::NONE);
        self.row
    }
}

/// The letter at which the cheapest way ends, and that way.
fn best<C: Cell>(row: &[C], seen: &Letters, manner: Manner) -> (usize, C) {
    let last = row.len() - 1;
    if manner.is_whole() {
        return (last, row[last]);
    }
    let ends = |at: usize| manner == Manner::Anywhere || seen.begins.get(at).copied().unwrap_or(true);
    let ended = |at: usize| if ends(at) { row[at] } else { row[at].add(INSIDE_WORD) };
    let at = (0..=last).min_by_key(|&at| ended(at).cost()).unwrap_or(last);
    (at, ended(at))
}
