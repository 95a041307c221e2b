/*!
Words that are none: ink that was read twice, slivers of letters, borders taken for strokes.

This module never leaves a word out: those that it finds stand beside the text, behind their page. Recognition that is not
told where the columns are reads lines of cells that stand at different heights, and so the same ink under two of them:

```text
дежурства   сил   и средств          a line of one cell
  р     ция         р                what is left of it when the next cell's line is read, a little lower
```

Only what was recognised is looked at: of the words of a text layer each was written by somebody.
*/

use super::{Placed, Scale, Sheet};
use crate::decode::words::Word;

/// Two words that share so large a part of the smaller box are one, read twice; boxes of two lines that are set close share
/// a tenth.
const SHARED: f32 = 0.35;

/// No letter or figure is as low as this share of a word's height; «с» has two thirds.
const SLIVER: f32 = 0.3;

/// No sign is so many times as high as a word usually is, a bracket one and a quarter; what is left of a border is.
const BORDER: f32 = 1.35;

/// Words and those of them that are none.
pub(super) fn parted(sheet: &Sheet, placed: Vec<Placed>, scale: Scale) -> (Vec<Placed>, Vec<Placed>) {
    let mut stray: Vec<bool> = placed.iter().map(|own| is_mark(&sheet.words[own.word], own, scale)).collect();
    let mut sorted: Vec<usize> = (0..placed.len()).filter(|&at| !stray[at]).collect();
    sorted.sort_by(|&a, &b| placed[a].at.top.total_cmp(&placed[b].at.top));
    let highest = placed.iter().map(|own| own.at.height()).fold(0.0, f32::max);
    for (nth, &one) in sorted.iter().enumerate() {
        let below = sorted[nth + 1..].iter().take(MOST_NEIGHBOURS);
        let near = below.take_while(|&&other| placed[other].at.top < placed[one].at.top + highest);
        for &other in near {
            if !stray[one] && !stray[other] && shared(&placed[one], &placed[other]) >= SHARED {
                let (a, b) = (&sheet.words[placed[one].word], &sheet.words[placed[other].word]);
                if a.line == b.line || a.confidence.is_none() || b.confidence.is_none() {
                    continue;
                }
                stray[if says(a) < says(b) { one } else { other }] = true;
            }
        }
    }
    let mut stray = stray.into_iter();
    placed.into_iter().partition(|_| !stray.next().unwrap_or(false))
}

/// So many words below a word are compared with it; a line of the widest page has fifty.
const MOST_NEIGHBOURS: usize = 400;

/// True for a sliver of letters, and for signs that are higher than any.
fn is_mark(word: &Word, own: &Placed, scale: Scale) -> bool {
    if word.confidence.is_none() {
        return false;
    }
    let height = own.at.height() / scale.height;
    let letters = word.text.contains(char::is_alphanumeric);
    (letters && height < SLIVER) || (!letters && height > BORDER)
}

/// How large a part of the smaller of two boxes both have.
fn shared(a: &Placed, b: &Placed) -> f32 {
    let width = a.at.right.min(b.at.right) - a.at.left.max(b.at.left);
    let height = a.at.bottom.min(b.at.bottom) - a.at.top.max(b.at.top);
    let area = |own: &Placed| own.at.width() * own.at.height();
    let least = area(a).min(area(b));
    if least > 0.0 { width.max(0.0) * height.max(0.0) / least } else { 0.0 }
}

/// How much a reading says: its letters, and how sure recognition is of them.
fn says(word: &Word) -> usize {
    word.text.chars().count() * usize::from(word.confidence.unwrap_or(0))
}
