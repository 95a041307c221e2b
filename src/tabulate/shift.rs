/*!
By how many columns the cells of a continued row stand beside their own, because a page lost or won an empty column.

This module never moves a cell that begins a row, but with all others of its page. Each place is scored by how well the cells go on with what stands
above them, and a move must better the score by more than it costs.
*/

use super::cell::Fragment;
use super::grid_line::{GridKind, GridLine};
use super::heading::Heading;
use super::numbers;
use super::shapes::Shapes;
use super::signs::is_open;
use crate::plan::Role;
use crate::text::Text;

/// A page loses or wins one column, two at most.
const FARTHEST: isize = 2;

/// What a move by one column costs. A name under a heading for names is worth 1, so one good cell pays for a move and a
/// cell that merely begins with a small letter does not.
const MOVE: f64 = 0.6;

/// A term in the deadline column and a name in the executor column.
const OWN_KIND: f64 = 1.0;

/// What goes on with an unfinished cell, and what begins in the middle of a sentence.
const AFTER_OPEN: f64 = 0.7;
const SMALL_LETTER: f64 = 0.5;

/// What goes on with a name that cannot end so: «…, министерство», «…, ГУТО».
const AFTER_UNFINISHED: f64 = 1.3;

/// An empty cell above: there is nothing to go on with.
const NOTHING_ABOVE: f64 = -0.5;

/// Text in the number column, a sentence or a name in the deadline column, anything else there that is no term.
const IN_NUMBERS: f64 = -3.0;
const SENTENCE_IN_TERMS: f64 = -2.0;
const OTHER_IN_TERMS: f64 = -0.3;

/// The same under a term that is whole.
const BEHIND_TERM: f64 = -0.7;

/// No term has so many letters on one line.
const LONGEST_TERM: usize = 60;

/// The rows of a page fit so much better one column on, and not at all where they are, where the page lost that column.
const LEAST_GAIN: i32 = 3;

/// Puts the cells of every page under their own headings that lost or won a column on the left; by how many columns each page
/// was moved, page by page, where it was.
pub(super) fn pages(columns: &[Heading], lines: &mut [GridLine], shapes: &Shapes) -> Vec<(usize, isize)> {
    let mut moved = Vec::new();
    for (nth, page) in lines.split_inclusive_mut(|line| line.kind == GridKind::PageEnd).enumerate() {
        let fits = |shift: isize| -> i32 {
            let rows = page.iter().filter(|line| line.kind == GridKind::Row);
            rows.map(|line| fit_of_row(columns, &line.cells, shift, shapes)).sum()
        };
        let own = fits(0);
        let Some(shift) = [1, -1].into_iter().find(|&shift| own <= 0 && fits(shift) >= own + LEAST_GAIN)
        else {
            continue;
        };
        let empty = |line: &GridLine| line.cells.first().is_some_and(Text::is_blank);
        if shift < 0 && !page.iter().filter(|line| line.kind == GridKind::Row).all(empty) {
            continue;
        }
        for line in page.iter_mut().filter(|line| line.kind == GridKind::Row) {
            if shift > 0 {
                line.cells.insert(0, Text::default());
            } else {
                line.cells.remove(0);
            }
        }
        moved.push((nth, shift));
    }
    moved
}

/// How many of a row's cells look like what their columns are for, less those that look like another.
fn fit_of_row(columns: &[Heading], cells: &[Text], shift: isize, shapes: &Shapes) -> i32 {
    let one = |(at, column): (usize, &Heading)| {
        let cell = at
            .checked_add_signed(-shift)
            .and_then(|at| cells.get(at))
            .map_or("", |cell| cell.as_str().trim());
        match column.role {
            _ if cell.is_empty() => 0,
            Some(Role::Number) => {
                if numbers::whole(cell).is_some() {
                    1
                } else {
                    -1
                }
            }
            Some(Role::Deadline) => i32::from(shapes.is_term(cell)) - i32::from(shapes.is_name(cell)),
            Some(Role::Executor) => i32::from(shapes.is_name(cell)) - i32::from(shapes.is_term(cell)),
            _ => 0,
        }
    };
    columns.iter().enumerate().map(one).sum()
}

/// A row that may go on: the fragments of its cells, under the headings of its columns.
pub(super) struct Above<'a> {
    pub columns: &'a [Heading],
    pub shapes: &'a Shapes<'a>,
    pub cells: &'a [Vec<Fragment>],
}

impl Above<'_> {
    /// The number of columns to the right by which `cells`, of which `filled` are not empty, go on best.
    pub(super) fn shift(&self, cells: &[Text], filled: &[usize]) -> isize {
        let (Some(&first), Some(&last)) = (filled.first(), filled.last()) else { return 0 };
        let least = -(first as isize).min(FARTHEST);
        let most = ((self.columns.len() - 1 - last) as isize).min(FARTHEST);
        let score = |shift: isize| -> f64 {
            let fits = filled.iter().map(|&at| self.fit(at.saturating_add_signed(shift), &cells[at]));
            fits.sum::<f64>() - MOVE * shift.unsigned_abs() as f64
        };
        let mut best = (f64::MIN, 0);
        for shift in least..=most {
            if score(shift) > best.0 {
                best = (score(shift), shift);
            }
        }
        best.1
    }

    /// How well `text` goes on with what stands above it in `column`.
    fn fit(&self, column: usize, text: &Text) -> f64 {
        let string = text.as_str().trim();
        let above = self.cells.get(column).map_or(&[][..], Vec::as_slice);
        let joins = self.joins(above.last().map_or("", |last| last.text.as_str().trim()), string);
        match self.columns.get(column).and_then(|column| column.role) {
            Some(Role::Number) => IN_NUMBERS,
            Some(Role::Deadline) => {
                let whole: Vec<&str> =
                    above.iter().map(|part| part.text.as_str().trim()).chain([string]).collect();
                if self.shapes.is_term(string) || self.shapes.is_term(&whole.join(" ")) {
                    OWN_KIND
                } else if string.chars().count() > LONGEST_TERM || self.shapes.is_name(string) {
                    SENTENCE_IN_TERMS
                } else if above.last().is_some_and(|last| self.shapes.is_term(last.text.as_str())) {
                    joins + BEHIND_TERM
                } else {
                    joins + OTHER_IN_TERMS
                }
            }
            Some(Role::Executor | Role::CoExecutor) if self.shapes.is_name(string) => joins + OWN_KIND,
            _ => joins,
        }
    }

    /// How well `text` goes on with the line `above` it, by how they end and begin.
    fn joins(&self, above: &str, text: &str) -> f64 {
        let small =
            |sign: char| sign.is_lowercase() || matches!(sign, '(' | ')' | ',' | '«' | '"' | '-' | '–');
        if above.is_empty() {
            NOTHING_ABOVE
        } else if is_open(above) {
            AFTER_OPEN
        } else if self.shapes.is_unfinished(above) {
            AFTER_UNFINISHED
        } else if text.starts_with(small) {
            SMALL_LETTER
        } else {
            0.0
        }
    }
}
