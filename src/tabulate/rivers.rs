/*!
Where the columns of a page are, told by the white between them.

This module never looks at a word, only at where words stand. A river is a stretch of x where (nearly) no line has any:
two characters wide, or one where so many lines keep it free that it is no chance:

```text
Проведение заседаний межведомственной   ежемесячно в период  межведомственная
комиссии по вопросам подготовки         с марта по сентябрь  комиссия
                                     ^^^                   ^^
```
*/

use std::ops::Range;

use super::columns::{CELL_GAP, Segment};

/// A column of x is empty where at most one line in this many has text there: page numbers and titles lie across columns.
const STRAY_SHARE: usize = 25;

/// So many lines on both sides of a gap prove it, though one line bridges it.
const VALLEY_PEAK: usize = 4;

/// So many lines with words right on both sides prove a river of one character: one word in seven ends at a given place.
const LEAST_BANKS: usize = 6;

/// What stands no farther away is right beside a river, in characters.
const BANK: usize = 6;

/// The stretches of x that text covers, left to right.
pub(super) fn stretches(lines: &[&[Segment]]) -> Vec<Range<usize>> {
    // Lines with one segment may be titles: they do not vote on where columns are.
    let votes: Vec<&[Segment]> = lines.iter().copied().filter(|line| line.len() >= 2).collect();
    let width = votes.iter().flat_map(|line| line.iter()).map(|segment| segment.x.end).max().unwrap_or(0);
    let words = || votes.iter().flat_map(|line| line.iter()).flat_map(|segment| &segment.words);
    let mut covered = vec![0usize; width + 1];
    for (_, x) in words() {
        for x in x.clone() {
            covered[x] += 1;
        }
    }
    let banks = Banks::of(&votes, width);
    let stray = votes.len() / STRAY_SHARE;
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (x, _) in covered.iter().enumerate().filter(|(_, count)| **count > stray) {
        match stretches.last_mut() {
            Some(last) if last.end + CELL_GAP > x && (last.end == x || !banks.prove(last.end, x)) => {
                last.end = x + 1;
            }
            _ => stretches.push(x..x + 1),
        }
    }
    joined(stretches, &covered).into_iter().flat_map(|stretch| at_valleys(stretch, &covered)).collect()
}

/// `stretches`, those together that a river of one character parts where too few lines have words in one of them: the words
/// that proved it stand beyond, in the next column. «… школа-интернат для детей с» ends one character behind the others.
fn joined(stretches: Vec<Range<usize>>, covered: &[usize]) -> Vec<Range<usize>> {
    let is_thin = |stretch: &Range<usize>| covered[stretch.clone()].iter().all(|&count| count < LEAST_BANKS);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.start < last.end + CELL_GAP && (is_thin(last) || is_thin(&stretch)) => {
                last.end = stretch.end;
            }
            _ => joined.push(stretch),
        }
    }
    joined
}

/// How many lines have a word shortly before and shortly behind every x.
struct Banks {
    before: Vec<usize>,
    behind: Vec<usize>,
}

impl Banks {
    fn of(votes: &[&[Segment]], width: usize) -> Self {
        let mut banks = Self { before: vec![0; width + 2], behind: vec![0; width + 2] };
        for line in votes {
            // The last x that was counted, so that a line counts once.
            let (mut before, mut behind) = (0, 0);
            for (_, x) in line.iter().flat_map(|segment| &segment.words) {
                for near in x.end.max(before)..(x.end + BANK).min(width + 2) {
                    banks.before[near] += 1;
                    before = near + 1;
                }
                for near in x.start.saturating_sub(BANK).max(behind)..x.start + 1 {
                    banks.behind[near] += 1;
                    behind = near + 1;
                }
            }
        }
        banks
    }

    /// True if enough lines have words on both sides of the river from `start` to `end`.
    fn prove(&self, start: usize, end: usize) -> bool {
        self.before[start] >= LEAST_BANKS && self.behind[end] >= LEAST_BANKS
    }
}

/// `stretch` cut where a single line bridges two columns that the others keep apart, as a signature under the table does.
fn at_valleys(stretch: Range<usize>, covered: &[usize]) -> Vec<Range<usize>> {
    let is_peak = |range: Range<usize>| covered[range].iter().any(|&count| count >= VALLEY_PEAK);
    let mut parts = Vec::new();
    let (mut start, mut at) = (stretch.start, stretch.start);
    while at < stretch.end {
        let valley = (at..stretch.end).take_while(|&x| covered[x] <= 1).count();
        let is_gap = valley >= CELL_GAP && is_peak(start..at) && is_peak(at + valley..stretch.end);
        if is_gap {
            parts.push(start..at);
            start = at + valley;
        }
        at += valley.max(1);
    }
    parts.push(start..stretch.end);
    parts
}
