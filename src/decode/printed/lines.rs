//! Words that stand side by side, as printed lines. Never asks the format's own lines: they end at columns, or run over them.

use super::{Placed, Printed, Scale, median};

/// Words whose middles lie nearer than this share of a word's height stand on one line.
const SAME_LINE: f32 = 0.45;

/// A mark that is lower than this share of a word's height («-», «,», «_») lies anywhere within its line.
const MARK: f32 = 0.5;

/// A mark whose middle is farther than so many heights from every line stands alone.
const NEAR_LINE: f32 = 0.75;

/// The printed lines of `placed`, top to bottom, each from the left.
pub(super) fn lines(mut placed: Vec<Placed>, scale: Scale) -> Vec<Printed> {
    let is_mark = |own: &Placed| own.at.height() < MARK * scale.height;
    placed.sort_by(|a, b| a.at.middle_y().total_cmp(&b.at.middle_y()));
    let (marks, words): (Vec<Placed>, Vec<Placed>) = placed.into_iter().partition(is_mark);
    let mut lines: Vec<(f32, Printed)> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some((y, line)) if word.at.middle_y() - *y < SAME_LINE * scale.height => {
                line.push(word);
                *y += (word.at.middle_y() - *y) / line.len() as f32;
            }
            _ => lines.push((word.at.middle_y(), vec![word])),
        }
    }
    for mark in marks {
        let own = mark.at.middle_y();
        let below = lines.partition_point(|(y, _)| *y < own);
        let distance = |at: usize| lines.get(at).map_or(f32::INFINITY, |(y, _)| (y - own).abs());
        let above = below.checked_sub(1).filter(|&above| distance(above) <= distance(below));
        let nearest = above.unwrap_or(below);
        if distance(nearest) < NEAR_LINE * scale.height {
            lines[nearest].1.push(mark);
        } else {
            lines.insert(below, (own, vec![mark]));
        }
    }
    for (_, line) in &mut lines {
        line.sort_by(|a, b| a.at.left.total_cmp(&b.at.left));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The middle of a line's height.
pub(super) fn middle(line: &[Placed]) -> f32 {
    median(&mut line.iter().map(|own| own.at.middle_y()).collect::<Vec<f32>>()).unwrap_or(0.0)
}

/// The top of a line.
pub(super) fn top(line: &[Placed]) -> f32 {
    line.iter().map(|own| own.at.top).fold(f32::INFINITY, f32::min)
}

/// The bottom of a line.
pub(super) fn bottom(line: &[Placed]) -> f32 {
    line.iter().map(|own| own.at.bottom).fold(f32::NEG_INFINITY, f32::max)
}
