/*!
The lines that are drawn on a page: long runs of ink, lying or standing.

This module never takes a letter for a line: a run has to be longer than any stroke, and thin. Nor does it take a stamp or a
signature for borders. What is straight of an arc or a loop is short, and nothing is at its ends; a short border ends at others:

```text
──┬────┬──      ⎛‾‾‾⎞
  │    │        │   │     four short straight pieces, and no end of one meets another
──┴────┴──      ⎝___⎠
```
*/

use super::Picture;
use super::strokes::{Open, Run, Stroke, strokes};
use crate::decode::words::{Bounds, Ruling};

/// A line is at least so long, in inches; one that stands between two lying ones may be as short as a row is high.
const SHORTEST: f32 = 0.3;
const LOWEST_ROW: f32 = 0.1;

/// One that does not end at others is at least so long, in inches: the circle of a stamp is straight over 0.4.
const FREE: f32 = 0.6;

/// A line is at most so thick.
const THICKEST: f32 = 0.06;

/// Scanning tears a line by so much, in inches; a faint one is torn by more, and its pieces lie in one line.
const TORN: f32 = 0.012;
const FAINT: f32 = 0.1;

/// A line that is not quite straight changes its row by so many pixels from one run to the next.
pub(super) const DRIFT: usize = 3;

/// What ended at a line that is none is looked for so many times over.
const ROUNDS: usize = 8;

/// The lines of `picture`, of which an inch has `resolution` pixels; what is no lighter than `threshold` is ink.
pub(in crate::decode) fn rulings(picture: &Picture, resolution: f32, threshold: u8) -> Vec<Ruling> {
    let ink = Ink { picture, threshold };
    let pixels = |inches: f32, least: f32| (inches * resolution).max(least) as usize;
    let torn = pixels(TORN, 1.0);
    let measures = Measures {
        least: pixels(SHORTEST, 8.0),
        free: pixels(FREE, 16.0),
        thickest: pixels(THICKEST, 3.0),
        faint: pixels(FAINT, 2.0),
        near: torn + DRIFT,
    };
    let lying = strokes(ink.lying(measures.least, torn), torn, measures.thickest);
    let standing = strokes(ink.standing(pixels(LOWEST_ROW, 4.0), torn), torn, measures.thickest);
    let (lying, standing) = joined(lying, standing, &measures);
    let edges = |own: &Stroke| (own.first as f32, own.last as f32 + 1.0, own.from as f32, own.to as f32);
    let lying = lying.iter().map(edges).map(|(top, bottom, left, right)| Bounds { left, top, right, bottom });
    let standing = standing.iter().map(edges);
    let standing = standing.map(|(left, right, top, bottom)| Bounds { left, top, right, bottom });
    lying.chain(standing).map(|bounds| Ruling { bounds }).collect()
}

/// What lines are held against, in pixels.
struct Measures {
    least: usize,
    free: usize,
    thickest: usize,
    faint: usize,
    /// An end meets a line that is so near.
    near: usize,
}

/// The strokes that are lines: each is long, or ends at other lines on both sides.
fn joined(
    mut lying: Vec<Stroke>,
    mut standing: Vec<Stroke>,
    measures: &Measures,
) -> (Vec<Stroke>, Vec<Stroke>) {
    for _ in 0..ROUNDS {
        let count = lying.len() + standing.len();
        standing = held(standing, &lying, measures);
        lying = held(lying, &standing, measures);
        if lying.len() + standing.len() == count {
            break;
        }
    }
    (lying, standing)
}

/// Those of `strokes` that are long, or of which each end meets one of `across` or goes on in another.
fn held(strokes: Vec<Stroke>, across: &[Stroke], measures: &Measures) -> Vec<Stroke> {
    let ends = |own: &Stroke, end: usize| {
        let crosses =
            |other: &Stroke| other.from <= own.last + measures.near && own.first <= other.to + measures.near;
        let goes_on = |other: &Stroke| {
            let (before, behind) = (other.to.abs_diff(own.from), own.to.abs_diff(other.from));
            let gap = if end == own.from { before } else { behind };
            gap <= measures.faint && other.len() >= measures.least && own.len() >= measures.least
        };
        let middle = usize::midpoint(own.first, own.last);
        around(across, end, measures).any(crosses) || around(&strokes, middle, measures).any(goes_on)
    };
    let is_held = |own: &Stroke| own.len() >= measures.free || (ends(own, own.from) && ends(own, own.to));
    let kept: Vec<bool> = strokes.iter().map(is_held).collect();
    strokes.into_iter().zip(kept).filter_map(|(own, kept)| kept.then_some(own)).collect()
}

/// Those of `strokes`, which are in the order of their first rows (or columns), that run near row (or column) `at`.
fn around<'s>(strokes: &'s [Stroke], at: usize, measures: &Measures) -> impl Iterator<Item = &'s Stroke> {
    let near = measures.near;
    let from = strokes.partition_point(|own| own.first + 2 * measures.thickest + near < at);
    let below = strokes[from..].iter().take_while(move |own| own.first <= at + near);
    below.filter(move |own| at <= own.last + near)
}

/// `picture` without its `rulings`: recognition takes a line beside a figure for a letter, or the figure for a part of it.
pub(in crate::decode) fn without(mut picture: Picture, rulings: &[Ruling]) -> Picture {
    let inside = |from: f32, to: f32, most: usize| {
        let from = (from as usize).saturating_sub(EDGE);
        from..(to.max(0.0) as usize + EDGE).min(most).max(from)
    };
    for Ruling { bounds } in rulings {
        let columns = inside(bounds.left, bounds.right, picture.width);
        for y in inside(bounds.top, bounds.bottom, picture.height) {
            let row = y * picture.width;
            picture.pixels[row + columns.start..row + columns.end].fill(u8::MAX);
        }
    }
    picture
}

/// The edge of a line is blurred so many pixels wide.
const EDGE: usize = 2;

struct Ink<'p> {
    picture: &'p Picture,
    threshold: u8,
}

impl Ink<'_> {
    /// The long runs of every row.
    fn lying(&self, least: usize, torn: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        for (at, row) in self.picture.pixels.chunks_exact(self.picture.width.max(1)).enumerate() {
            let mut open = Open::default();
            for (x, &pixel) in row.iter().enumerate() {
                if pixel <= self.threshold {
                    open.take(x, at, least, torn, &mut runs);
                }
            }
            open.close(at, least, &mut runs);
        }
        runs
    }

    /// The long runs of every column, found row by row.
    fn standing(&self, least: usize, torn: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut open = vec![Open::default(); self.picture.width];
        for (y, row) in self.picture.pixels.chunks_exact(self.picture.width.max(1)).enumerate() {
            for (x, &pixel) in row.iter().enumerate() {
                if pixel <= self.threshold {
                    open[x].take(y, x, least, torn, &mut runs);
                }
            }
        }
        for (x, open) in open.iter().enumerate() {
            open.close(x, least, &mut runs);
        }
        runs.sort_by_key(|run| (run.at, run.from));
        runs
    }
}
