/*!
The cells of a page one below the other, as recognition reads them best.

This module never leaves a part of the page out: what stands above, below and beside the tables is stacked like their cells.
Read over the whole page, the lines of one cell would be mixed with those of its neighbours, which stand at heights of their
own; one below the other, each cell is a paragraph:

```text
│ 1. │ Провести   │ май │          1.
│    │ сверку     │     │    →     Провести
                                   сверку
                                   май
```

What recognition costs grows with the picture, white and all: so the white around the text of a part is left out, and narrow
parts do not stand in one picture with wide ones where that saves more than starting recognition once more costs.
*/

use super::Picture;
use crate::decode::words::{Bounds, Sheet};

/// No picture that is recognised is higher, in pixels: tesseract refuses 32,768.
const HIGHEST: usize = 30_000;

/// So much white stands around each part, in inches.
const WHITE: f32 = 0.13;

/// What is left of a border reaches so far into its cell, in inches.
const INSET: f32 = 0.012;

/// A part with fewer dark pixels has nothing to read.
const SPECKS: usize = 16;

/// So many dark pixels side by side are ink; a speck has fewer.
const STROKE: usize = 3;

/// So much white stays around the ink of a part, in inches: it holds a dot or a tail that is no wider than a speck.
const MARGIN: f32 = 0.08;

/// Starting recognition costs as much as so many pixels of white.
const START: usize = 8_000_000;

/// Parts of a page in a picture of their own.
pub(in crate::decode) struct Stack {
    pub(in crate::decode) picture: Picture,
    parts: Vec<Part>,
    /// How far from the left the parts stand.
    white: usize,
}

/// A part of a page.
struct Part {
    /// Its place on the page, in pixels.
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    /// Where its top is in the stack.
    at: usize,
}

/// The parts of `page`, of which `cells` are the cells of its tables; an inch has `resolution` pixels.
pub(in crate::decode) fn stacks(page: &Picture, cells: &[Bounds], resolution: f32) -> Vec<Stack> {
    let white = (WHITE * resolution).max(4.0) as usize;
    let margin = (MARGIN * resolution).max(3.0) as usize;
    let threshold = page.threshold();
    let inset = INSET * resolution;
    let inner = cells.iter().map(|own| Bounds {
        left: own.left + inset,
        top: own.top + inset,
        right: own.right - inset,
        bottom: own.bottom - inset,
    });
    let parts = inner
        .chain(beside(page, cells))
        .filter_map(|bounds| Part::of(page, bounds))
        .filter(|part| part.says_something(page, threshold))
        .map(|part| part.trimmed(page, threshold, margin))
        .collect();
    let (narrow, wide) = by_width(parts, white);
    let groups = grouped(narrow, white).into_iter().chain(grouped(wide, white));
    groups.map(|parts| Stack::of(page, parts, white)).collect()
}

/// `parts` in two, narrow ones and wide ones, where that costs less than all in one; else all and none.
fn by_width(parts: Vec<Part>, white: usize) -> (Vec<Part>, Vec<Part>) {
    let mut sizes: Vec<(usize, usize)> =
        parts.iter().map(|part| (part.width + 2 * white, part.height + white)).collect();
    sizes.sort_unstable();
    let all: usize = sizes.iter().map(|size| size.1).sum();
    let widest = sizes.last().map_or(0, |size| size.0);
    let (mut below, mut least, mut limit) = (0, all * widest, usize::MAX);
    for &(width, height) in &sizes {
        below += height;
        let cost = below * width + (all - below) * widest + START;
        if cost < least {
            (least, limit) = (cost, width);
        }
    }
    parts.into_iter().partition(|part| part.width + 2 * white <= limit)
}

/// `parts` in groups of which each fits into a picture, with their places in it.
fn grouped(parts: Vec<Part>, white: usize) -> Vec<Vec<Part>> {
    let mut groups: Vec<Vec<Part>> = Vec::new();
    let mut height = HIGHEST;
    for mut part in parts {
        if height + part.height + white > HIGHEST || groups.is_empty() {
            groups.push(Vec::new());
            height = white;
        }
        part.at = height;
        height += part.height + white;
        if let Some(group) = groups.last_mut() {
            group.push(part);
        }
    }
    groups
}

/// What is left of the page: full stretches above, between and below the tables, and the sides of these.
fn beside(page: &Picture, cells: &[Bounds]) -> Vec<Bounds> {
    let (right, bottom) = (page.width as f32, page.height as f32);
    let mut tables: Vec<Bounds> = Vec::new();
    let mut sorted = cells.to_vec();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    for cell in sorted {
        match tables.last_mut() {
            Some(last) if cell.top <= last.bottom => *last = last.with(&cell),
            _ => tables.push(cell),
        }
    }
    let mut parts = Vec::new();
    let mut from = 0.0;
    for table in &tables {
        parts.push(Bounds { left: 0.0, top: from, right, bottom: table.top });
        parts.push(Bounds { left: 0.0, right: table.left, ..*table });
        parts.push(Bounds { left: table.right, right, ..*table });
        from = table.bottom;
    }
    parts.push(Bounds { left: 0.0, top: from, right, bottom });
    parts
}

impl Part {
    fn of(page: &Picture, bounds: Bounds) -> Option<Self> {
        let (left, top) = (bounds.left.max(0.0) as usize, bounds.top.max(0.0) as usize);
        let (right, bottom) = (bounds.right.max(0.0) as usize, bounds.bottom.max(0.0) as usize);
        let (right, bottom) = (right.min(page.width), bottom.min(page.height));
        let inside = left < right && top < bottom && bottom - top < HIGHEST;
        inside.then(|| Self { left, top, width: right - left, height: bottom - top, at: 0 })
    }

    fn row<'p>(&self, page: &'p Picture, y: usize) -> &'p [u8] {
        let start = (self.top + y) * page.width + self.left;
        &page.pixels[start..start + self.width]
    }

    /// The part without the white around its ink, of which `margin` pixels are left.
    fn trimmed(self, page: &Picture, threshold: u8, margin: usize) -> Self {
        let (mut left, mut right, mut top, mut bottom) = (self.width, 0, self.height, 0);
        for y in 0..self.height {
            let mut run = 0;
            for (x, pixel) in self.row(page, y).iter().enumerate() {
                run = if *pixel <= threshold { run + 1 } else { 0 };
                if run >= STROKE {
                    (left, right) = (left.min(x + 1 - STROKE), right.max(x + 1));
                    (top, bottom) = (top.min(y), y + 1);
                }
            }
        }
        if left >= right {
            return self;
        }
        let (left, top) = (left.saturating_sub(margin), top.saturating_sub(margin));
        let (right, bottom) = ((right + margin).min(self.width), (bottom + margin).min(self.height));
        Self { left: self.left + left, top: self.top + top, width: right - left, height: bottom - top, at: 0 }
    }

    fn says_something(&self, page: &Picture, threshold: u8) -> bool {
        let rows = (0..self.height).flat_map(|y| self.row(page, y));
        rows.filter(|pixel| **pixel <= threshold).take(SPECKS).count() == SPECKS
    }
}

impl Stack {
    fn of(page: &Picture, parts: Vec<Part>, white: usize) -> Self {
        let width = parts.iter().map(|part| part.width).max().unwrap_or(0) + 2 * white;
        let height = parts.last().map_or(0, |last| last.at + last.height) + white;
        let mut pixels = vec![u8::MAX; width * height];
        for part in &parts {
            for y in 0..part.height {
                let start = (part.at + y) * width + white;
                pixels[start..start + part.width].copy_from_slice(part.row(page, y));
            }
        }
        Self { picture: Picture { width, height, pixels }, parts, white }
    }

    /// Puts the words that were read in the stack where they stand on the page.
    pub(in crate::decode) fn unstack(&self, read: &mut Sheet) {
        for word in &mut read.words {
            let middle = word.bounds.middle_y();
            let nth = self.parts.partition_point(|part| part.at as f32 <= middle).saturating_sub(1);
            let Some(part) = self.parts.get(nth) else { continue };
            let right = part.left as f32 - self.white as f32;
            let down = part.top as f32 - part.at as f32;
            word.bounds.left += right;
            word.bounds.right += right;
            word.bounds.top += down;
            word.bounds.bottom += down;
        }
    }
}
