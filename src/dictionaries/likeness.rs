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

use std::ops::Range;

use super::confusions::Confusions;
use super::lexicon::EDIT;
use super::spelled::{ANY, CODES, Letters, Spelled, Step, code};
use crate::budget;

/// A letter of an ending that is another one, in hundredths of an edit.
const OTHER_ENDING: u32 = 20;

/// A letter of an ending that is not there.
const NO_ENDING: u32 = 8;

/// What an abbreviation leaves of a word it stops in: «соц» of «социальной».
const LEAST_LEFT: usize = 3;

/// More letters are not compared: no name has them, and what a cell holds would run over, the cost of the letters before
/// a whole name, the place where one inside others begins.
const LONGEST_NAME: usize = 400;
const LONGEST_TEXT: usize = 0xffff;

/// Going on with the next word behind such a rest; a region's is told from others by less.
const STOPPED: u32 = 2;
const STOPPED_WITHIN: u32 = 30;

/// A word left out by an abbreviation, and a small word («и», «по»).
pub const LEFT_OUT: u32 = 12;
const SMALL_LEFT_OUT: u32 = 1;
const LONGEST_SMALL: usize = 3;

/// Beginning or ending inside a word of the document.
const INSIDE_WORD: u32 = EDIT;

/// No way costs so much.
const DEAREST: u32 = 0xf000;

/// Cost in the upper, start in the lower half: the cheaper is the less.
type Cell = u32;
const COST: u32 = 16;

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

    /// What it costs to see `meant` as `seen`.
    pub(super) fn fit(&self, seen: &Letters, meant: &Spelled, manner: Manner) -> Fit {
        self.fit_below(seen, meant, manner, u32::MAX).unwrap_or(Fit { cost: u32::MAX >> COST, range: 0..0 })
    }

    /// What it costs to see `meant` as `seen`, if that is less than `limit`.
    pub(super) fn fit_below(
        &self,
        seen: &Letters,
        meant: &Spelled,
        manner: Manner,
        limit: u32,
    ) -> Option<Fit> {
        let count = seen.codes.len();
        let longest = match manner {
            Manner::Within | Manner::Anywhere => LONGEST_TEXT,
            Manner::Whole | Manner::Shortened => LONGEST_NAME,
        };
        if count > longest {
            return None;
        }
        let shortened = matches!(manner, Manner::Shortened | Manner::Within);
        let stopping = if manner == Manner::Within { STOPPED_WITHIN } else { STOPPED };
        let pairs = self.pairs_in(&seen.codes);
        let bar = limit.min(DEAREST) << COST;
        let row: Vec<Cell> = (0..=count).map(|at| start(at, seen, manner)).collect();
        let mut rows = Rows { next: row.clone(), row, first: 0, last: count, reach: count };
        if !shortened {
            rows.narrow(bar);
        }
        for word in &meant.words {
            budget::spend(1);
            let stops = shortened && word.stops;
            let begun = if manner == Manner::Shortened { rows.row.clone() } else { Vec::new() };
            let mut stopped: Vec<Cell> = if shortened { vec![Cell::MAX; count + 1] } else { Vec::new() };
            for (nth, step) in word.steps.iter().enumerate() {
                let change = if step.ending { None } else { Some(self.seen_as(step.code)) };
                rows.step(step, change, &seen.codes, bar);
                for &(at, _, cost) in pairs.iter().filter(|(_, meant, _)| *meant == step.code) {
                    rows.pair(at, cost);
                }
                std::mem::swap(&mut rows.row, &mut rows.next);
                if !shortened {
                    rows.narrow(bar);
                }
                // In a word that was stopped in, another way may still be cheaper.
                if rows.is_over(bar) && stopped.iter().chain(&begun).all(|&cell| cell >= bar) {
                    return None;
                }
                if stops && nth + 1 >= LEAST_LEFT && !step.ending {
                    for (stop, &cell) in stopped.iter_mut().zip(&rows.row) {
                        *stop = (*stop).min(cell);
                    }
                }
            }
            if shortened {
                // A region's words are never left out: «области» alone is nobody's.
                let left_out = match manner {
                    Manner::Within => None,
                    _ if word.steps.len() <= LONGEST_SMALL => Some(SMALL_LEFT_OUT),
                    _ => Some(LEFT_OUT),
                };
                for (at, cell) in rows.row.iter_mut().enumerate() {
                    // «Респ. Коми» stops at a word's end; a fused word may stop anywhere.
                    let here = manner == Manner::Shortened || seen.begins.get(at).copied().unwrap_or(true);
                    let stops = here && stopped[at] != Cell::MAX;
                    let stopped = if stops { add(stopped[at], stopping) } else { Cell::MAX };
                    let skipped = left_out.map_or(Cell::MAX, |cost| add(begun[at], cost));
                    *cell = (*cell).min(stopped).min(skipped);
                }
            }
        }
        let fit = best(rows.whole(), seen, manner);
        (fit.cost < limit).then_some(fit)
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

/// The cheapest ways to each letter of what is seen, for the letters meant so far; only those in `first..=last` may be
/// cheap enough.
struct Rows {
    row: Vec<Cell>,
    next: Vec<Cell>,
    first: usize,
    last: usize,
    /// The last of the row before.
    reach: usize,
}

impl Rows {
    /// Goes on with the letter `step`, whose misreadings cost `change`; those of an ending cost the same.
    fn step(&mut self, step: &Step, change: Option<&[u8]>, codes: &[u8], bar: Cell) {
        let (first, count) = (self.first, codes.len());
        let end = (self.last + 1).min(count);
        let missing = match change {
            Some(_) => EDIT,
            None if step.code == ANY => 0,
            None => NO_ENDING,
        };
        let mut before = add(self.row[first], missing);
        self.next[first] = before;
        let above = self.row[first..=end].windows(2);
        let cells = codes[first..end].iter().zip(above).zip(&mut self.next[first + 1..=end]);
        for ((&letter, above), cell) in cells {
            let change = match change {
                Some(costs) => u32::from(costs[usize::from(letter)]),
                None if letter == step.code => 0,
                None => OTHER_ENDING,
            };
            before = add(above[0], change).min(add(above[1], missing)).min(add(before, EDIT));
            *cell = before;
        }
        (self.reach, self.last) = (self.last, end);
        while self.last < count && add(before, EDIT) < bar {
            before = add(before, EDIT);
            self.last += 1;
            self.next[self.last] = before;
        }
    }

    /// Two letters from `at` on are seen for the one of this step.
    fn pair(&mut self, at: usize, cost: u32) {
        if !(self.first..=self.reach).contains(&at) {
            return;
        }
        while self.last < at + 2 {
            self.last += 1;
            self.next[self.last] = DEAREST << COST;
        }
        self.next[at + 2] = self.next[at + 2].min(add(self.row[at], cost));
    }

    /// Leaves out the ways at both ends that cost `bar` and more.
    fn narrow(&mut self, bar: Cell) {
        while self.last > self.first && self.row[self.last] >= bar {
            self.last -= 1;
        }
        while self.first < self.last && self.row[self.first] >= bar {
            self.first += 1;
        }
        if let Some(cell) = self.row.get_mut(self.last + 1) {
            *cell = DEAREST << COST;
        }
    }

    /// True if every way costs `bar` and more.
    fn is_over(&self, bar: Cell) -> bool {
        self.row[self.first..=self.last].iter().all(|&cell| cell >= bar)
    }

    /// The ways to all letters.
    fn whole(&mut self) -> &[Cell] {
        self.row[..self.first].fill(DEAREST << COST);
        self.row[self.last + 1..].fill(DEAREST << COST);
        &self.row
    }
}

fn add(cell: Cell, cost: u32) -> Cell {
    cell + (cost << COST)
}

/// The cost of beginning at letter `at`.
fn start(at: usize, seen: &Letters, manner: Manner) -> Cell {
    let inside = seen.begins.get(at).is_some_and(|begins| !begins);
    let cost = match manner {
        Manner::Within if inside => INSIDE_WORD,
        Manner::Within | Manner::Anywhere => 0,
        _ => at as u32 * EDIT,
    };
    (cost << COST) | at as u32
}

fn best(row: &[Cell], seen: &Letters, manner: Manner) -> Fit {
    let fit = |cell: Cell, end: usize| {
        let start = if manner.is_whole() { 0 } else { (cell & 0xffff) as usize };
        Fit { cost: cell >> COST, range: start.min(end)..end }
    };
    let last = row.len() - 1;
    if manner.is_whole() {
        return fit(row[last], last);
    }
    let ends = |at: usize| manner == Manner::Anywhere || seen.begins.get(at).copied().unwrap_or(true);
    let ended = |at: usize| if ends(at) { row[at] } else { add(row[at], INSIDE_WORD) };
    let at = (0..=last).min_by_key(|&at| ended(at) >> COST).unwrap_or(last);
    fit(ended(at), at)
}
