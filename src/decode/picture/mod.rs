/*!
Pictures of pages: grey pixels, made straight, with the lines that are drawn on them.

This module never reads a letter; recognition does, and is given the straightened picture.
*/

mod load;
mod rulings;
mod skew;
mod stack;
mod strokes;

pub(super) use load::{Fault, pages, portable};
pub(super) use rulings::{rulings, without};
pub(super) use skew::{angle, turned};
pub(super) use stack::stacks;

/// So many dots an inch are what recognition reads best.
pub(super) const BEST: f32 = 300.0;

/// The long side of a sheet of A4, in inches: what a picture whose size nobody tells is taken for.
const SHEET: f32 = 11.7;

/// Below so many dots an inch a picture is made larger, by this factor at most.
const COARSE: f32 = 220.0;
const LARGEST: f32 = 2.5;

/// A grey picture, row by row; 0 is black.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Picture {
    /// The picture as a file that every program reads: a portable grey map.
    pub(super) fn portable(&self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend_from_slice(&self.pixels);
        bytes
    }

    /// How many dots an inch it has, if it shows a whole sheet.
    pub(super) fn resolution(&self) -> f32 {
        self.width.max(self.height) as f32 / SHEET
    }

    /// How much larger recognition wants it; 1 for one that is large enough.
    pub(super) fn growth(&self) -> f32 {
        let own = self.resolution();
        if own < COARSE { (BEST / own.max(1.0)).clamp(1.0, LARGEST) } else { 1.0 }
    }

    /// The grey that parts ink from paper: that which divides the pixels into two groups as unlike as can be (Otsu 1979).
    pub(super) fn threshold(&self) -> u8 {
        let mut counts = [0u64; 256];
        self.pixels.iter().for_each(|&pixel| counts[usize::from(pixel)] += 1);
        let all: u64 = counts.iter().sum();
        let sum: f64 = counts.iter().enumerate().map(|(grey, &count)| grey as f64 * count as f64).sum();
        let (mut dark, mut dark_sum, mut best, mut threshold) = (0u64, 0.0, 0.0, 128u8);
        for (grey, &count) in counts.iter().enumerate() {
            dark += count;
            dark_sum += grey as f64 * count as f64;
            if dark == 0 || dark == all {
                continue;
            }
            let light = all - dark;
            let apart = dark_sum / dark as f64 - (sum - dark_sum) / light as f64;
            let between = dark as f64 * light as f64 * apart * apart;
            if between > best {
                (best, threshold) = (between, grey as u8);
            }
        }
        threshold
    }

    /// The grey that parts drawn lines from paper: they are thin, and so greyer than letters.
    pub(super) fn faint(&self) -> u8 {
        let threshold = self.threshold();
        threshold + (u8::MAX - threshold) / 4
    }

    /// The grey at a place between pixels; white outside.
    fn sample(&self, x: f32, y: f32) -> u8 {
        let (left, top) = (x.floor(), y.floor());
        let at = |x: f32, y: f32| {
            let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.width && (y as usize) < self.height;
            if inside { f32::from(self.pixels[y as usize * self.width + x as usize]) } else { 255.0 }
        };
        let (right, down) = (x - left, y - top);
        let upper = at(left, top) * (1.0 - right) + at(left + 1.0, top) * right;
        let lower = at(left, top + 1.0) * (1.0 - right) + at(left + 1.0, top + 1.0) * right;
        (upper * (1.0 - down) + lower * down).round() as u8
    }
}
