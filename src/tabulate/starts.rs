/*!
Where the columns of a page are, told by where cells begin.

This module never looks at a word, only at where it stands. A converter sets proportional letters on a grid of characters, so
the ends of cells run into their neighbours; their beginnings stay nearly in place:

```text
2.1.    Проведение флюорографических осмотров           2022–2023 годы           Медицинские организации,      Охват населения
        населения, в том числе с использованием                                  подведомственные Министерству осмотрами не менее 75
^       ^                                               ^                        ^                             ^
```
*/

use std::ops::Range;

use super::columns::Segment;

/// Beginnings so many characters apart are of one column; two columns lie farther apart.
const JITTER: usize = 2;
const LEAST_WIDTH: usize = 4;

/// Beginnings so far apart are of two columns, though no line has both.
const FAR: usize = 12;

/// A column is begun by at least so many cells, and by one in so many of the lines.
const LEAST_CELLS: usize = 2;
const LINE_SHARE: usize = 16;

/// Where no white parts two columns, one in so many lines must begin the second.
const UNPARTED_SHARE: usize = 4;

/// So large a share of all cells must begin where columns do.
const EXPLAINED: f64 = 0.75;

/// Behind the beginning of a column, so many characters of the cell before it may still stand.
const OVERHANG: usize = 3;

/// A word so far from where a column begins may be the one that begins it.
const NEAR: usize = OVERHANG + 1;

/// The columns of `lines`, from each one's beginning to the next one's; `rivers` are the columns that white parts.
pub(super) fn stretches(
    lines: &[&[Segment]],
    rivers: &[Range<usize>],
    count: Option<usize>,
) -> Option<Vec<Range<usize>>> {
    let width = lines.iter().copied().flatten().map(|segment| segment.x.end).max()?;
    let (mut votes, mut beside) = (vec![0usize; width + 1], vec![0usize; width + 1]);
    for line in lines {
        for segment in *line {
            votes[segment.x.start] += 1;
            beside[segment.x.start] += usize::from(line.len() >= 2);
        }
    }
    let rows = lines.iter().filter(|line| line.len() >= 2).count();
    let mut starts = peaks(&votes, &beside, LEAST_CELLS.max(rows / LINE_SHARE));
    // Where no white parts two columns, many cells must begin.
    let parted = |start: usize| rivers.iter().any(|river| river.start.abs_diff(start) <= OVERHANG);
    starts.retain(|&(start, weight)| parted(start) || weight * UNPARTED_SHARE >= rows);
    if let Some(count) = count.filter(|&count| starts.len() > count) {
        starts.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
        starts.truncate(count);
    }
    let starts: Vec<usize> = beside_each_other(starts, lines);
    let all: usize = beside.iter().sum();
    let near = |x: usize| starts.iter().any(|start| start.abs_diff(x) <= JITTER);
    let explained: usize = (0..=width).filter(|&x| near(x)).map(|x| beside[x]).sum();
    if all == 0 || (explained as f64) < EXPLAINED * all as f64 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([width + 1]);
    Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// The places where most cells begin, strongest first.
fn peaks(votes: &[usize], beside: &[usize], least: usize) -> Vec<(usize, usize)> {
    let window = |counts: &[usize], x: usize| -> usize {
        counts[x.saturating_sub(JITTER)..(x + JITTER + 1).min(counts.len())].iter().sum()
    };
    let mut free: Vec<bool> = beside.iter().map(|&count| count > 0).collect();
    let mut order: Vec<usize> = (0..votes.len()).filter(|&x| beside[x] > 0).collect();
    order.sort_by_key(|&x| (std::cmp::Reverse((votes[x] + window(votes, x), votes[x])), x));
    let mut peaks = Vec::new();
    for x in order {
        if !free[x] || window(votes, x) < least {
            continue;
        }
        peaks.push((x, window(votes, x)));
        for near in x.saturating_sub(LEAST_WIDTH - 1)..(x + LEAST_WIDTH).min(free.len()) {
            free[near] = false;
        }
    }
    peaks
}

/// Left to right, without those that stand beside no cell of the column on their left: a centred cell begins anywhere.
fn beside_each_other(mut peaks: Vec<(usize, usize)>, lines: &[&[Segment]]) -> Vec<usize> {
    peaks.sort_unstable();
    // A cell that begins between the two is one cell, and proves nothing.
    let both = |left: usize, right: usize| {
        let begins = |segment: &&Segment, at: usize| segment.x.start.abs_diff(at) <= JITTER;
        let two = |line: &&&[Segment]| {
            let mut cells = line.iter();
            cells.any(|cell| begins(&cell, left)) && cells.any(|cell| begins(&cell, right))
        };
        lines.iter().filter(two).count()
    };
    let mut at = 1;
    while at < peaks.len() {
        let ((left, strong), (right, weak)) = (peaks[at - 1], peaks[at]);
        if both(left, right) >= LEAST_CELLS || right - left > FAR {
            at += 1;
        } else {
            peaks.remove(if weak <= strong { at } else { at - 1 });
        }
    }
    peaks.into_iter().map(|(start, _)| start).collect()
}

/// `columns` and those in which nothing stands but the heading `head`.
pub(super) fn with_heading(mut columns: Vec<Range<usize>>, head: &[Vec<Segment>]) -> Vec<Range<usize>> {
    let Some(line) = head.iter().max_by_key(|line| line.len()).filter(|line| line.len() >= 3) else {
        return columns;
    };
    for (nth, segment) in line.iter().enumerate() {
        let from = nth.checked_sub(1).map_or(0, |before| line[before].x.end);
        let to = line.get(nth + 1).map_or(usize::MAX, |next| next.x.start);
        if !columns.iter().any(|column| column.start < to && column.end > from) {
            columns.push(segment.x.clone());
        }
    }
    columns.sort_unstable_by_key(|column| column.start);
    columns
}

/// The parts of a line's segments, each with its column: a segment that reaches into the next column is cut at the word that
/// begins nearest to where that column does.
pub(super) fn parts(line: &[Segment], columns: &[Range<usize>]) -> Vec<(Range<usize>, usize)> {
    let mut parts = Vec::new();
    for segment in line {
        let column = |x: usize| {
            let near = (0..columns.len()).min_by_key(|&at| columns[at].start.abs_diff(x));
            near.filter(|&at| columns[at].start.abs_diff(x) <= NEAR)
                .or_else(|| columns.iter().rposition(|column| column.start <= x))
                .unwrap_or(0)
        };
        let alone = line.len() == 1;
        let mut at = column(segment.x.start);
        let mut first = 0;
        let reach = if alone { 1 } else { NEAR };
        for (next, column) in columns.iter().enumerate().skip(at + 1) {
            if segment.x.end <= column.start + OVERHANG {
                break;
            }
            // The word that stands there, or the first of those near it.
            let within = |reach: usize| {
                (first + 1..segment.words.len())
                    .find(|&word| segment.words[word].1.start.abs_diff(column.start) <= reach)
            };
            let Some(word) = within(1).or_else(|| within(reach)) else { continue };
            parts.push((segment.words[first].0.start..segment.words[word - 1].0.end, at));
            (first, at) = (word, next);
        }
        parts.push((segment.words[first].0.start..segment.bytes.end, at));
    }
    parts
}
