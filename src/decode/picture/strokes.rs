/*!
Runs of ink into strokes: what touches, and runs on in the same direction.

This module never lets what a line touches move it: where most of its ink lies says where it runs, and an arc or a letter that
comes near is cut off.
*/

use super::rulings::DRIFT;

/// So much of a line's ink says where it runs and how thick it is; the rest may be of what it touches.
const OWN_INK: f32 = 0.8;

/// Page and camera slant a border by so much at most, beside the pixels that its steps are inexact by; a pen slants its strokes
/// by more.
const SLANT: f32 = 0.025;
const STEPS: f32 = 2.0;

/// A stretch of ink in a row, or of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The row, or the column.
    pub(super) at: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Run {
    fn len(&self) -> usize {
        self.to - self.from
    }

    fn middle(&self) -> f32 {
        (self.from + self.to) as f32 / 2.0
    }
}

/// Runs that make one line.
#[derive(Debug)]
pub(super) struct Stroke {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A run that may go on.
#[derive(Clone, Copy, Default)]
pub(super) struct Open {
    from: usize,
    /// One past its last pixel; 0 for none.
    to: usize,
}

impl Open {
    /// Takes a pixel of ink at `place`; a run that it does not go on with is closed.
    pub(super) fn take(&mut self, place: usize, at: usize, least: usize, torn: usize, runs: &mut Vec<Run>) {
        if self.to > 0 && place <= self.to + torn {
            self.to = place + 1;
        } else {
            self.close(at, least, runs);
            *self = Self { from: place, to: place + 1 };
        }
    }

    pub(super) fn close(&self, at: usize, least: usize, runs: &mut Vec<Run>) {
        if self.to >= self.from + least {
            runs.push(Run { at, from: self.from, to: self.to });
        }
    }
}

/// The strokes of `runs` that are thinner than `thickest`, in the order of their first rows (or columns).
pub(super) fn strokes(runs: Vec<Run>, torn: usize, thickest: usize) -> Vec<Stroke> {
    let touching = touching(runs, torn);
    let mut strokes: Vec<Stroke> =
        touching.iter().filter_map(|(_, runs)| Stroke::thin(runs, thickest)).collect();
    strokes.sort_by_key(|own| (own.first, own.from));
    strokes
}

/// Runs that touch, with the hull of them; what is torn goes on where it was aimed.
fn touching(runs: Vec<Run>, torn: usize) -> Vec<(Stroke, Vec<Run>)> {
    let mut found: Vec<(Stroke, Vec<Run>)> = Vec::new();
    let mut near = 0;
    for run in runs {
        while near < found.len() && found[near].0.last + DRIFT < run.at {
            near += 1;
        }
        let touches = |(hull, _): &&mut (Stroke, Vec<Run>)| {
            hull.last + DRIFT >= run.at && run.from <= hull.to + 4 * torn && hull.from <= run.to + 4 * torn
        };
        match found[near..].iter_mut().find(touches) {
            Some((hull, own)) => {
                hull.take(&run);
                own.push(run);
            }
            None => found.push((Stroke::at(&run), vec![run])),
        }
    }
    found
}

impl Stroke {
    fn at(run: &Run) -> Self {
        Self { first: run.at, last: run.at, from: run.from, to: run.to }
    }

    fn take(&mut self, run: &Run) {
        (self.first, self.last) = (self.first.min(run.at), self.last.max(run.at));
        (self.from, self.to) = (self.from.min(run.from), self.to.max(run.to));
    }

    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }

    /// The line that `runs` are, without what it only touches; none where it is as thick as `thickest`, or slanted.
    fn thin(runs: &[Run], thickest: usize) -> Option<Self> {
        let path = Path::of(runs);
        let off = |run: &Run| (run.at as f32 - path.at(run.middle())).abs();
        let thickness = 2.0 * weighed(runs, OWN_INK, off) / OWN_INK;
        if thickness >= thickest as f32 {
            return None;
        }
        let mut own = runs.iter().filter(|run| off(run) <= thickest as f32 / 2.0);
        let mut stroke = Self::at(own.next()?);
        own.for_each(|run| stroke.take(run));
        let length = stroke.len() as f32;
        ((path.slope * length).abs() <= SLANT * length + STEPS).then_some(stroke)
    }
}

/// Where a line runs: it need not be quite straight.
struct Path {
    /// A place on it, and the row (or column) there.
    place: f32,
    at: f32,
    slope: f32,
}

impl Path {
    /// Through the middles of both halves of `runs`; along their row where they have no halves.
    fn of(runs: &[Run]) -> Self {
        let middle = weighed(runs, 0.5, Run::middle);
        let (left, right): (Vec<Run>, Vec<Run>) = runs.iter().partition(|run| run.middle() < middle);
        let length = runs.iter().map(Run::len).max().unwrap_or(0) as f32;
        let half = |own: &[Run]| (weighed(own, 0.5, Run::middle), weighed(own, 0.5, |run| run.at as f32));
        let ((from, start), (to, end)) = (half(&left), half(&right));
        if left.is_empty() || to - from < length / 2.0 {
            return Self { place: middle, at: weighed(runs, 0.5, |run| run.at as f32), slope: 0.0 };
        }
        Self { place: from, at: start, slope: (end - start) / (to - from) }
    }

    fn at(&self, place: f32) -> f32 {
        self.at + (place - self.place) * self.slope
    }
}

/// The value that `share` of the ink of `runs` does not surpass; 0 where there are none.
fn weighed(runs: &[Run], share: f32, value: impl Fn(&Run) -> f32) -> f32 {
    let mut values: Vec<(f32, usize)> = runs.iter().map(|run| (value(run), run.len())).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = values.iter().map(|own| own.1).sum();
    let mut sum = 0;
    let reached = values.iter().find(|own| {
        sum += own.1;
        sum as f32 >= share * all as f32
    });
    reached.map_or(0.0, |own| own.0)
}
