/*!
Where the tables of a document begin, and how their cells are marked.

This module never looks at a row. A table begins with its heading; what stands over the heading, up to the stamp, the
appendix or the title that opens it, is its block.
*/

use std::ops::Range;

use super::grid_line::{GridKind, GridLine, is_over_all};
use super::heading::Heading;
use super::stack::{self, Stacking};
use super::strip::Strip;
use super::{Recogniser, columns, grid_heading, infer, numbers, turns, wrapped};
use crate::dictionaries::BlockSense;
use crate::normalise::Separator;
use crate::parallel;
use crate::plan::Role;
use crate::text::Text;

/// How the cells under a heading are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Grid,
    Given,
    Placed,
    Columns,
    Wrapped,
    Turns,
    Stack(Stacking),
    Lines,
}

impl Layout {
    /// What a person sees of it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Grid => "cells marked by tabs, pipes or a drawn box",
            Self::Given => "cells given by the format",
            Self::Placed => "columns told by where words stand on the page",
            Self::Columns => "columns held apart by spaces",
            Self::Turns => "columns one after another, a cell a line",
            Self::Wrapped => "cells parted by pipes, lines that end inside them",
            Self::Stack(Stacking::Tab) => "one cell after another, each begun by a tab",
            Self::Stack(Stacking::Pipe) => "one cell after another, each ended by a pipe",
            Self::Stack(Stacking::Paragraph) => "one cell after another, parted by empty lines",
            Self::Stack(Stacking::Line) => "one cell a line",
            Self::Lines => "plain lines",
        }
    }
}

/// A heading and where it stands.
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) layout: Layout,
    pub(super) columns: Vec<Heading>,
    /// Lines of the same heading on later pages.
    pub(super) repeated: Vec<Range<usize>>,
}

/// The lines of a larger document are looked at on several threads.
const PARALLEL_LINES: usize = 2000;

/// Where columns are that spaces hold apart is seen on so many lines, as far as a heading goes.
const SAMPLE: usize = 400;

/// A heading has no more lines than this; a line is one again if so many of its cells are headings that are known.
const LONGEST_HEADING: usize = 10;
const LEAST_KNOWN: usize = 3;

/// A line of a cell and the pipes around it has so many cells; one with more is a row.
const LONGEST_STACKED: usize = 3;

/// Lines of a letterhead, and the order under them, lie at most so many lines apart.
const LETTERHEAD_GAP: usize = 3;

/// How far above a heading its title and stamps are looked for, in lines.
const HIGHEST_BLOCK: usize = 80;

impl Recogniser<'_> {
    /// Every heading of the document; one that a later page repeats is noted with the first.
    pub(super) fn headings(&self) -> Vec<Found> {
        let may_open = parallel::map(self.strips, PARALLEL_LINES, |strip| self.may_open(strip));
        let mut all: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.strips.len() {
            let Some(next) = may_open[at].then(|| self.heading_at(at)).flatten() else {
                at += 1;
                continue;
            };
            at = next.end.max(at + 1);
            match all.last_mut() {
                Some(last) if self.repeats(last, &next) => {
                    // No longer than at first: short lines under it may be the rest of a row.
                    let end = next.end.min(next.first + (last.end - last.first));
                    last.repeated.push(next.first..end);
                    at = end;
                }
                _ => all.push(next),
            }
        }
        all
    }

    /// False for a line with which no heading begins: hardly any line does, and looking is cheap.
    fn may_open(&self, strip: &Strip) -> bool {
        let mut filled = strip.cells().iter().filter(|cell| !cell.is_blank()).take(2).peekable();
        let begins = |cell: &Text| self.finder.begins(cell.as_str());
        // The number column may have no words: an empty line of tabs, an empty first cell.
        filled.peek().is_none() && strip.separator() == Separator::Tab || filled.any(begins)
    }

    fn heading_at(&self, at: usize) -> Option<Found> {
        let strip = &self.strips[at];
        if strip.is_rule() {
            return None;
        }
        let found = |columns, end, layout| Found { first: at, end, layout, columns, repeated: Vec::new() };
        if let Some((columns, end)) = wrapped::heading(self.strips, at, &self.finder, &self.shapes) {
            return Some(found(columns, end, Layout::Wrapped));
        }
        // A heading of two levels may begin with the merged cell of the first.
        let drawn = match strip.separator() {
            Separator::Box | Separator::Placed => true,
            Separator::Pipe => strip.cells().len() > LONGEST_STACKED,
            _ => false,
        };
        let boxed = drawn && strip.filled() == 1;
        if boxed || strip.separator() != Separator::None && strip.filled() >= 2 {
            let window = self.grid(at..(at + 16).min(self.strips.len()));
            let (columns, length) = grid_heading::heading(&window, 0, &self.finder, &self.shapes)?;
            let layout = match strip.separator() {
                Separator::Given => Layout::Given,
                Separator::Placed => Layout::Placed,
                _ => Layout::Grid,
            };
            return Some(found(columns, at + length, layout));
        }
        if let Some((columns, end)) = turns::heading(self.strips, at, &self.finder) {
            return Some(found(columns, end, Layout::Turns));
        }
        if let Some((columns, kind, end)) = stack::heading(self.strips, at, &self.finder) {
            return Some(found(columns, end, Layout::Stack(kind)));
        }
        if strip.separator() != Separator::None || strip.is_blank() {
            return None;
        }
        if let Some((columns, end)) = self.spaced_heading(at) {
            return Some(found(columns, end, Layout::Columns));
        }
        let (columns, end) = self.finder.in_lines(self.strips, at)?;
        Some(found(columns, end, Layout::Lines))
    }

    /// A heading whose columns spaces hold apart, over text that is set so too.
    fn spaced_heading(&self, at: usize) -> Option<(Vec<Heading>, usize)> {
        if !self.finder.begins(self.strips[at].text().as_str()) {
            return None;
        }
        let end = (at + 40).min(self.strips.len());
        if !columns::are_columns(&self.strips[at..end]) {
            return None;
        }
        let page = self.strips[at].page;
        let sample = at..self.strips.len().min(at + SAMPLE);
        let ends = |line: usize| line > at + LONGEST_HEADING && self.moves(at, line);
        let same = sample.take_while(|&line| self.strips[line].page == page && !ends(line));
        let last = same.last()? + 1;
        let read = |head: usize| {
            let lines = columns::grid(&self.strips[at..last], head, None);
            grid_heading::heading(&lines, 0, &self.finder, &self.shapes)
        };
        // Where the heading ends is known only when it has been read; then it says nothing more of where columns are.
        let (columns, length) = read(1)?;
        let (columns, length) = read(length).filter(|again| again.1 == length).unwrap_or((columns, length));
        Some((columns, at + length))
    }

    /// True if a heading stands at line `next` too, at other places than that at line `first`: no mark parts their pages.
    fn moves(&self, first: usize, next: usize) -> bool {
        let (first, next) = (&self.strips[first], &self.strips[next]);
        if next.separator() != Separator::None || next.is_blank() || !self.may_open(next) {
            return false;
        }
        let text = next.text();
        let cells = columns::segments(&text);
        let known = cells.iter().filter(|cell| self.finder.begins(&text.as_str()[cell.bytes.clone()]));
        known.count() >= LEAST_KNOWN && columns::moved(first, next)
    }

    /// True if `next` is the heading of `last` again: the same layout, no other columns or hardly another word, and no title
    /// between them.
    fn repeats(&self, last: &Found, next: &Found) -> bool {
        let roles =
            |found: &Found| -> Vec<Role> { found.columns.iter().filter_map(|column| column.role).collect() };
        let (known, new) = (roles(last), roles(next));
        let same = new.iter().all(|role| known.contains(role)) || says_again(last, next);
        last.layout == next.layout && same && self.block_start(last.end, next.first).is_none()
    }

    /// The first line of the title and stamps that stand over the heading at line `heading`, if there are any below line
    /// `from`.
    pub(super) fn block_start(&self, from: usize, heading: usize) -> Option<usize> {
        let lowest = from.max(heading.saturating_sub(HIGHEST_BLOCK));
        let mut start = None;
        for at in (lowest..heading).rev() {
            let strip = &self.strips[at];
            let text = strip.text();
            let line = text.as_str().trim();
            if line.is_empty() {
                continue;
            }
            let capitals = !line.chars().any(char::is_lowercase);
            let act = capitals && self.shapes.opens_block(line, |sense| sense == BlockSense::Act);
            // The name of the body stands in capitals over its order.
            let letterhead =
                capitals && start.is_some_and(|start| start - at <= LETTERHEAD_GAP) && is_worded(line);
            let opens = self.shapes.opens_block(line, opens_plan) && line.starts_with(char::is_uppercase);
            if strip.filled() <= 1 && (opens || act || letterhead) {
                start = Some(at);
            } else if strip.filled() >= 2 && strip.separator() != Separator::None {
                break;
            }
        }
        start
    }

    /// A table that no heading opens, over the whole document.
    pub(super) fn without_heading(&self) -> Option<Found> {
        let rows = |range: Range<usize>| self.grid(range);
        let marked = |strip: &&Strip| strip.separator() != Separator::None && strip.filled() >= 3;
        if self.strips.iter().filter(marked).count() >= 2 {
            let first = self.strips.iter().position(|strip| marked(&strip))?;
            let lines = rows(first..self.strips.len());
            let headed = usize::from(self.heads_unknown(&lines[0]));
            let mut columns = infer::columns(&lines[headed..], &self.shapes)?;
            for (column, cell) in columns.iter_mut().zip(&lines[0].cells).filter(|_| headed > 0) {
                column.text = cell.squeezed();
            }
            let end = first + headed;
            return Some(Found { first, end, layout: Layout::Grid, columns, repeated: Vec::new() });
        }
        None
    }

    /// True for a heading of which the dictionary knows too little to believe it: one cell is a known heading, none is a
    /// row's number or a term.
    fn heads_unknown(&self, line: &GridLine) -> bool {
        let filled = || line.cells.iter().filter(|cell| !cell.is_blank());
        let of_row = |cell: &Text| {
            numbers::whole(cell.as_str()).is_some() || self.shapes.is_term(cell.as_str().trim())
        };
        filled().any(|cell| self.finder.is_heading(&cell.squeezed())) && !filled().any(of_row)
    }

    pub(super) fn grid(&self, range: Range<usize>) -> Vec<GridLine> {
        let line = |strip: &Strip| GridLine {
            cells: strip.cells().to_vec(),
            merges: strip.merges().to_vec(),
            kind: match strip.separator() {
                _ if strip.is_rule() => GridKind::Rule,
                _ if strip.is_blank() => GridKind::Blank,
                Separator::None => GridKind::Plain,
                Separator::Placed if is_over_all(strip.merges()) => GridKind::Title,
                _ => GridKind::Row,
            },
            separator: strip.separator(),
        };
        self.strips[range].iter().map(line).collect()
    }
}

/// True if the words of `next` are those of `last`, though recognition put them into other columns.
fn says_again(last: &Found, next: &Found) -> bool {
    let words = |found: &Found| -> Vec<String> {
        let texts = found.columns.iter().map(|column| column.text.as_str());
        let words = texts.flat_map(|text| text.split(|sign: char| !sign.is_alphabetic()));
        words.filter(|word| word.chars().count() >= LEAST_WORD).map(str::to_lowercase).collect()
    };
    let (known, new) = (words(last), words(next));
    let again = new.iter().filter(|word| known.contains(word)).count();
    again >= LEAST_AGAIN && again as f64 >= SAID_AGAIN * new.len() as f64
}

/// Shorter words say nothing; so many of the others, and such a share of them, make it the same heading.
const LEAST_WORD: usize = 4;
const LEAST_AGAIN: usize = 4;
const SAID_AGAIN: f64 = 0.8;

/// More than a number or a mark.
fn is_worded(line: &str) -> bool {
    line.chars().filter(|sign| sign.is_alphabetic()).count() > 3
}

/// What opens the block over a table: a stamp, an appendix, a title.
fn opens_plan(sense: BlockSense) -> bool {
    !matches!(sense, BlockSense::Agreement | BlockSense::Contact | BlockSense::Furniture | BlockSense::Act)
}
