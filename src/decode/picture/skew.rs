/*!
How far a page lies askew, and the page made straight.

This module never turns a page by more than a few degrees: one that lies on its side is not made upright.
*/

use super::Picture;

/// A page is looked at with so many pixels across.
const COARSE_WIDTH: usize = 1000;

/// Pages lie askew by so many degrees at most, and are tried in such steps.
const MOST: f32 = 3.0;
const STEP: f32 = 0.25;
const FINE_STEP: f32 = 0.05;

/// Less moves no letter out of its line.
const LEAST: f32 = 0.08;

/// By how many degrees the lines of `picture` fall to the right; 0 for a straight page.
pub(in crate::decode) fn angle(picture: &Picture) -> f32 {
    let dots = dots(picture);
    if dots.is_empty() {
        return 0.0;
    }
    let best = |from: f32, to: f32, step: f32| {
        let count = ((to - from) / step).round() as usize;
        let angles = (0..=count).map(|nth| from + nth as f32 * step);
        angles.max_by_key(|&angle| sharpness(&dots, angle)).unwrap_or(0.0)
    };
    let rough = best(-MOST, MOST, STEP);
    let fine = best(rough - STEP, rough + STEP, FINE_STEP);
    if fine.abs() < LEAST { 0.0 } else { fine }
}

/// The ink of a coarse view: a dot where ink begins from above, so that a stain counts by its edge only.
fn dots(picture: &Picture) -> Vec<(f32, f32)> {
    let step = (picture.width / COARSE_WIDTH).max(1);
    let threshold = picture.threshold();
    let ink = |x: usize, y: usize| picture.pixels[y * picture.width + x] <= threshold;
    let mut dots = Vec::new();
    for x in (0..picture.width).step_by(step) {
        let mut above = true;
        for y in 0..picture.height {
            let own = ink(x, y);
            if own && !above {
                dots.push((x as f32 / step as f32, y as f32 / step as f32));
            }
            above = own;
        }
    }
    dots
}

/// How unevenly the dots lie over the rows when the page is turned back by `angle`: on a straight page, text and lines
/// fill some rows and leave others free.
fn sharpness(dots: &[(f32, f32)], angle: f32) -> u64 {
    let slope = angle.to_radians().tan();
    let mut rows: Vec<u32> = Vec::new();
    for &(x, y) in dots {
        let row = (y - x * slope + COARSE_WIDTH as f32).max(0.0) as usize;
        if row >= rows.len() {
            rows.resize(row + 1, 0);
        }
        rows[row] += 1;
    }
    rows.iter().map(|&count| u64::from(count) * u64::from(count)).sum()
}

/// `picture` turned back by `angle` degrees about its middle and made `growth` times as large.
pub(in crate::decode) fn turned(picture: &Picture, angle: f32, growth: f32) -> Picture {
    if angle == 0.0 && growth == 1.0 {
        return picture.clone();
    }
    let (width, height) =
        ((picture.width as f32 * growth) as usize, (picture.height as f32 * growth) as usize);
    let (sin, cos) = angle.to_radians().sin_cos();
    let (middle_x, middle_y) = (picture.width as f32 / 2.0, picture.height as f32 / 2.0);
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        let down = (y as f32 + 0.5) / growth - middle_y;
        for x in 0..width {
            let right = (x as f32 + 0.5) / growth - middle_x;
            let (from_x, from_y) = (right * cos - down * sin + middle_x, right * sin + down * cos + middle_y);
            pixels.push(picture.sample(from_x - 0.5, from_y - 0.5));
        }
    }
    Picture { width, height, pixels }
}
