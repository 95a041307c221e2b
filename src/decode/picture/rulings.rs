/*!
The lines that are drawn on a page: long runs of ink, lying or standing.

This module never takes a letter for a line: a run has to be longer than any stroke, and thin.
*/

use super::Picture;
use crate::decode::words::{Bounds, Ruling};

/// A line is at least so long, in inches; one that stands between two lying ones may be as short as a row is high.
const SHORTEST: f32 = 0.3;
const LOWEST_ROW: f32 = 0.1;

/// A line is at most so thick.
const THICKEST: f32 = 0.06;

/// Scanning tears a line by so much, in inches.
const TORN: f32 = 0.012;

/// A line that is not quite straight changes its row by so many pixels from one run to the next.
const DRIFT: usize = 3;

/// A stretch of ink in a row, or of a column.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// The row, or the column.
    at: usize,
    from: usize,
    to: usize,
}

/// Runs that make one line.
struct Stroke {
    first: usize,
    last: usize,
    from: usize,
    to: usize,
}

/// The lines of `picture`, of which an inch has `resolution` pixels; what is no lighter than `threshold` is ink.
pub(in crate::decode) fn rulings(picture: &Picture, resolution: f32, threshold: u8) -> Vec<Ruling> {
    let ink = Ink { picture, threshold };
    let least = (SHORTEST * resolution).max(8.0) as usize;
    let torn = (TORN * resolution).max(1.0) as usize;
    let thickest = (THICKEST * resolution).max(3.0) as usize;
    let thin = |stroke: &&Stroke| stroke.last - stroke.first < thickest;
    let lying = strokes(ink.lying(least, torn), torn);
    let row = (LOWEST_ROW * resolution).max(4.0) as usize;
    let mut standing = strokes(ink.standing(row, torn), torn);
    let meets = |stroke: &Stroke, y: usize| {
        let near = |own: &Stroke| own.first <= y + torn + DRIFT && y <= own.last + torn + DRIFT;
        let across = |own: &Stroke| own.from <= stroke.last + DRIFT && stroke.first <= own.to + DRIFT;
        lying.iter().any(|own| near(own) && across(own))
    };
    standing.retain(|own| own.to - own.from >= least || (meets(own, own.from) && meets(own, own.to)));
    let edges = |first: usize, last: usize| (first as f32, last as f32 + 1.0);
    let mut rulings = Vec::new();
    for stroke in lying.iter().filter(thin) {
        let ((top, bottom), (left, right)) =
            (edges(stroke.first, stroke.last), (stroke.from as f32, stroke.to as f32));
        rulings.push(Ruling { bounds: Bounds { left, top, right, bottom } });
    }
    for stroke in standing.iter().filter(thin) {
        let ((left, right), (top, bottom)) =
            (edges(stroke.first, stroke.last), (stroke.from as f32, stroke.to as f32));
        rulings.push(Ruling { bounds: Bounds { left, top, right, bottom } });
    }
    rulings
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

/// A run that may go on.
#[derive(Clone, Copy, Default)]
struct Open {
    from: usize,
    /// One past its last pixel; 0 for none.
    to: usize,
}

impl Open {
    /// Takes a pixel of ink at `place`; a run that it does not go on with is closed.
    fn take(&mut self, place: usize, at: usize, least: usize, torn: usize, runs: &mut Vec<Run>) {
        if self.to > 0 && place <= self.to + torn {
            self.to = place + 1;
        } else {
            self.close(at, least, runs);
            *self = Self { from: place, to: place + 1 };
        }
    }

    fn close(&self, at: usize, least: usize, runs: &mut Vec<Run>) {
        if self.to >= self.from + least {
            runs.push(Run { at, from: self.from, to: self.to });
        }
    }
}

/// Runs that touch, as strokes; a stroke that is torn goes on where it was aimed.
fn strokes(runs: Vec<Run>, torn: usize) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::new();
    let mut near = 0;
    for run in runs {
        while near < strokes.len() && strokes[near].last + DRIFT < run.at {
            near += 1;
        }
        let touches = |stroke: &&mut Stroke| {
            stroke.last + DRIFT >= run.at
                && run.from <= stroke.to + 4 * torn
                && stroke.from <= run.to + 4 * torn
        };
        match strokes[near..].iter_mut().find(touches) {
            Some(stroke) => {
                stroke.last = stroke.last.max(run.at);
                stroke.from = stroke.from.min(run.from);
                stroke.to = stroke.to.max(run.to);
            }
            None => strokes.push(Stroke { first: run.at, last: run.at, from: run.from, to: run.to }),
        }
    }
    strokes
}
