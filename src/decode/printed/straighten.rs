/*!
Pages that lay askew when they were read.

This module never turns more than lines of text say: the slope is the middle one of the long lines of a page.
*/

use std::collections::BTreeMap;

use super::{Bounds, Placed, Rulings, Sheet, median};

/// Lines of so many words tell a slope, …
const LEAST_WORDS: usize = 4;
/// … if there are so many of them.
const LEAST_LINES: usize = 3;

/// A smaller slope moves no word by half a line.
const STRAIGHT: f32 = 0.001;

/// A larger slope is none of a scan: the page holds something else.
const STEEPEST: f32 = 0.1;

/// The words and rulings of `sheet` as if the page had lain straight.
pub(super) fn straighten(sheet: &Sheet) -> (Vec<Placed>, Rulings) {
    let slope = slope(sheet).filter(|slope| (STRAIGHT..STEEPEST).contains(&slope.abs())).unwrap_or(0.0);
    let turned = |bounds: &Bounds| {
        let (x, y) = (bounds.middle_x() - sheet.width / 2.0, bounds.middle_y() - sheet.height / 2.0);
        let (right, down) = (y * slope, -x * slope);
        Bounds {
            left: bounds.left + right,
            right: bounds.right + right,
            top: bounds.top + down,
            bottom: bounds.bottom + down,
        }
    };
    let words = sheet.words.iter().enumerate();
    let placed = words.map(|(word, own)| Placed { word, at: turned(&own.bounds) }).collect();
    let mut rulings = sheet.rulings.clone();
    for ruling in &mut rulings {
        ruling.bounds = turned(&ruling.bounds);
    }
    (placed, rulings)
}

/// How far the lines of the page fall for each step to the right.
fn slope(sheet: &Sheet) -> Option<f32> {
    let mut lines: BTreeMap<u32, Vec<Bounds>> = BTreeMap::new();
    for word in &sheet.words {
        lines.entry(word.line).or_default().push(word.bounds);
    }
    let slopes = lines.values().filter(|line| line.len() >= LEAST_WORDS).filter_map(|line| fitted(line));
    let mut slopes: Vec<f32> = slopes.collect();
    if slopes.len() < LEAST_LINES { None } else { median(&mut slopes) }
}

/// The slope of the straight line that lies nearest to the middles of `words`.
fn fitted(words: &[Bounds]) -> Option<f32> {
    let count = words.len() as f32;
    let x = words.iter().map(Bounds::middle_x).sum::<f32>() / count;
    let y = words.iter().map(Bounds::middle_y).sum::<f32>() / count;
    let across: f32 = words.iter().map(|own| (own.middle_x() - x).powi(2)).sum();
    let down: f32 = words.iter().map(|own| (own.middle_x() - x) * (own.middle_y() - y)).sum();
    let wide = words.iter().map(Bounds::height).fold(0.0, f32::max) * LEAST_WORDS as f32;
    (across > wide * wide).then(|| down / across)
}
