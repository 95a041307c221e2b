/*!
Columns that are held apart by spaces, as `pdftotext -layout` prints them.

This module never reads a word: a character's column is its x. Columns are the stretches of x that text covers, the gaps
between them are where (nearly) no line has any:

```text
x  0         1         2         3         4         5         6         7
   1     Проведение заседаний межведомственной   ежемесячно в период  межведомственная
         комиссии по вопросам подготовки         с марта по сентябрь  комиссия
   ^^^   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^   ^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^
```

Every page is measured by itself: columns start a little differently on each.
*/

use std::ops::Range;

use super::grid::{GridKind, GridLine};
use super::strip::Strip;
use crate::normalise::Separator;
use crate::text::{How, Text};

/// Two spaces and more part two cells; one space parts two words.
const CELL_GAP: usize = 2;

/// A column of x is empty where at most one line in this many has text there: page numbers and titles lie across columns.
const STRAY_SHARE: usize = 25;

/// So many lines on both sides of a gap prove it, though one line bridges it.
const VALLEY_PEAK: usize = 4;

/// At least this share of the lines, one in so many, has a gap inside where text is set in columns.
const GAPPED_SHARE: usize = 3;

/// A stretch of a line without wide gaps, with its x.
struct Segment {
    bytes: Range<usize>,
    x: Range<usize>,
}

/// True if `strips` are set in columns that spaces hold apart.
pub(super) fn are_columns(strips: &[Strip]) -> bool {
    let texts: Vec<usize> = strips
        .iter()
        .filter(|strip| !strip.is_blank() && strip.separator() == Separator::None)
        .map(|strip| {
            let segments = segments(&strip.cells()[0]);
            let indented = segments.first().is_some_and(|first| first.x.start >= 8);
            segments.len() + usize::from(indented)
        })
        .collect();
    let gapped = texts.iter().filter(|&&segments| segments >= 2).count();
    texts.len() >= 2 && gapped * GAPPED_SHARE >= texts.len()
}

/// `strips` as lines of cells.
pub(super) fn grid(strips: &[Strip]) -> Vec<GridLine> {
    let mut lines = Vec::with_capacity(strips.len());
    let mut start = 0;
    while start < strips.len() {
        let page = strips[start].page;
        let end = strips[start..]
            .iter()
            .position(|strip| strip.page != page)
            .map_or(strips.len(), |length| start + length);
        let mut on_page = page_grid(&strips[start..end]);
        // The end of the page stands in the place of its last line's end.
        if end < strips.len()
            && let Some(last) = on_page.last_mut()
            && last.kind == GridKind::Blank
        {
            last.kind = GridKind::PageEnd;
        }
        lines.append(&mut on_page);
        start = end;
    }
    lines
}

fn page_grid(strips: &[Strip]) -> Vec<GridLine> {
    let segmented: Vec<Vec<Segment>> = strips
        .iter()
        .map(|strip| if strip.is_blank() || strip.is_rule() { Vec::new() } else { segments(&strip.text()) })
        .collect();
    let columns = stretches(&segmented);
    strips
        .iter()
        .zip(&segmented)
        .map(|(strip, segments)| {
            let kind = if strip.is_rule() {
                GridKind::Rule
            } else if strip.is_blank() {
                GridKind::Blank
            } else if is_page_number(strip) {
                GridKind::Plain
            } else {
                GridKind::Row
            };
            let cells = if kind == GridKind::Row {
                cells(&strip.text(), segments, &columns)
            } else {
                vec![strip.text()]
            };
            GridLine { cells, kind, separator: Separator::None }
        })
        .collect()
}

/// A number that stands alone, far from the left: no row begins so.
fn is_page_number(strip: &Strip) -> bool {
    let text = strip.text();
    let indent = text.len() - text.as_str().trim_start().len();
    let string = text.as_str().trim();
    indent >= 12
        && !string.is_empty()
        && string.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '–' | ' '))
}

/// The stretches of x that text covers, left to right.
fn stretches(lines: &[Vec<Segment>]) -> Vec<Range<usize>> {
    // Lines with one segment may be titles: they do not vote on where columns are, unless few others do.
    let votes: Vec<&Vec<Segment>> = lines.iter().filter(|line| line.len() >= 2).collect();
    let width = votes.iter().flat_map(|line| line.iter()).map(|segment| segment.x.end).max().unwrap_or(0);
    let mut covered = vec![0usize; width + 1];
    for segment in votes.iter().flat_map(|line| line.iter()) {
        for x in segment.x.clone() {
            covered[x] += 1;
        }
    }
    let stray = votes.len() / STRAY_SHARE;
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (x, _) in covered.iter().enumerate().filter(|(_, count)| **count > stray) {
        match stretches.last_mut() {
            Some(last) if last.end + CELL_GAP > x => last.end = x + 1,
            _ => stretches.push(x..x + 1),
        }
    }
    stretches.into_iter().flat_map(|stretch| at_valleys(stretch, &covered)).collect()
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

/// The line's segments put into the columns that they overlap most.
fn cells(text: &Text, segments: &[Segment], columns: &[Range<usize>]) -> Vec<Text> {
    let mut cells = vec![Text::default(); columns.len().max(1)];
    for segment in segments {
        let overlap = |column: &Range<usize>| {
            column.end.min(segment.x.end).saturating_sub(column.start.max(segment.x.start))
        };
        let distance = |column: &Range<usize>| column.start.abs_diff(segment.x.start);
        let best = (0..columns.len())
            .max_by_key(|&at| (overlap(&columns[at]), std::cmp::Reverse(distance(&columns[at]))));
        let cell = &mut cells[best.unwrap_or(0)];
        let part = text.slice(segment.bytes.clone());
        *cell = if cell.is_empty() { part } else { Text::join([&*cell, &part], true) };
    }
    cells
}

fn segments(text: &Text) -> Vec<Segment> {
    let string = text.as_str();
    let xs = positions(text);
    let mut segments: Vec<Segment> = Vec::new();
    for word in string.split_whitespace() {
        let start = word.as_ptr() as usize - string.as_ptr() as usize;
        let bytes = start..start + word.len();
        let x = xs[bytes.start]..xs[bytes.end];
        match segments.last_mut() {
            Some(last) if x.start < last.x.end + CELL_GAP => {
                last.bytes.end = bytes.end;
                last.x.end = x.end;
            }
            _ => segments.push(Segment { bytes, x }),
        }
    }
    segments
}

/// The x of every byte of `text`, in characters of the source: a repair does not move what stands behind it.
fn positions(text: &Text) -> Vec<usize> {
    let mut xs = vec![0; text.len() + 1];
    let (mut at, mut x) = (0, 0);
    for piece in text.pieces() {
        let end = at + piece.len as usize;
        let string = &text.as_str()[at..end];
        if matches!(piece.how, How::Rewritten { .. }) {
            xs[at..end].fill(x);
            // Russian letters take two bytes; what else may stand there is too little to matter.
            x += (piece.span.len() as usize).div_ceil(2);
        } else {
            for (offset, letter) in string.char_indices() {
                xs[at + offset..at + offset + letter.len_utf8()].fill(x);
                x += 1;
            }
        }
        at = end;
        xs[at] = x;
    }
    xs
}
