/*!
Drawn boxes: which of a table's verticals a line has.

This module never moves a character. A line of merged cells has fewer verticals than the table; where all of its own stand
under those of the others, it is known which are missing:

```text
│ № │ Мероприятие │ Срок                 │      merged: an empty cell stands for the vertical that is not there
│   │             ├─────────┬────────────┤      a line drawn in part: its dashes say nothing
│   │             │ начало  │ окончание  │
```

A box of pipes, hyphens and plus signs is read as the others where whole lines of it are drawn.
*/

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::LineIndex;

/// The verticals of a drawn box.
pub(super) const VERTICALS: [char; 6] = ['│', '┃', '║', '¦', '┆', '┊'];

/// Verticals are those of the table where at least so many lines have them all.
const LEAST_ALIKE: usize = 2;

/// A pipe is a vertical where so many lines are drawn from one plus sign to another.
const LEAST_DRAWN: usize = 3;

/// So many hyphens are a line; fewer say that a cell is empty.
const LEAST_DASHES: usize = 3;

/// Where a drawn line meets a vertical.
fn is_junction(sign: char) -> bool {
    matches!(sign, '├' | '┤' | '┼' | '┬' | '┴' | '╞' | '╡' | '╪' | '╠' | '╣' | '╬')
}

/// A horizontal of a drawn box.
fn is_horizontal(sign: char) -> bool {
    matches!(sign, '─' | '━' | '═' | '╌' | '┄')
}

/// True if cells of `content` are drawn lines and others say something.
pub(super) fn is_drawn_in_part(content: &str) -> bool {
    let signs = content.contains("+-") && content.contains("-+");
    (signs || content.contains(is_junction) && content.contains(is_horizontal))
        && content.contains(char::is_alphanumeric)
}

/// True if `sign` parts two cells of a line; `part` where it is drawn in part, `pipes` where pipes are verticals.
pub(super) fn parts(sign: char, part: bool, pipes: bool) -> bool {
    VERTICALS.contains(&sign)
        || (pipes && sign == '|')
        || (part && (is_junction(sign) || (pipes && sign == '+')))
}

/// True for a cell in which nothing but a drawn line stands.
pub(super) fn is_drawn(cell: &str) -> bool {
    if cell.trim().len() >= LEAST_DASHES && cell.trim().bytes().all(|byte| byte == b'-') {
        return true;
    }
    let cell = cell.trim_matches(|sign: char| sign.is_whitespace() || is_junction(sign));
    !cell.is_empty() && cell.chars().all(|sign| is_horizontal(sign) || is_junction(sign))
}

/// How many lines have their verticals in the same places.
type Counts = BTreeMap<Vec<usize>, usize>;

/// The verticals of every box of a document.
pub(super) struct Boxes {
    boxes: Vec<(Range<usize>, Vec<usize>)>,
    /// True where pipes are verticals.
    pub(super) pipes: bool,
}

impl Boxes {
    /// Looks over the whole document.
    pub(super) fn of(string: &str, lines: &LineIndex) -> Self {
        let rules = string.lines().filter(|line| is_ruled(line)).take(LEAST_DRAWN);
        let pipes = string.contains('|') && rules.count() == LEAST_DRAWN;
        if !pipes && !string.contains(VERTICALS) {
            return Self { boxes: Vec::new(), pipes };
        }
        let mut runs: Vec<(Range<usize>, Counts)> = Vec::new();
        for line in 0..lines.len() {
            let content = string.get(lines.span(line, string).range()).unwrap_or("");
            let ruled = pipes && is_ruled(content);
            let places = if ruled { Vec::new() } else { places(content, pipes) };
            if places.is_empty() && !ruled && !content.contains(is_horizontal) {
                continue;
            }
            match runs.last_mut() {
                Some((range, _)) if range.end == line => range.end = line + 1,
                _ => runs.push((line..line + 1, BTreeMap::new())),
            }
            if let Some((_, counts)) = runs.last_mut() {
                *counts.entry(places).or_default() += 1;
            }
        }
        let full = runs.into_iter().filter_map(|(range, counts)| {
            let alike = counts.into_iter().filter(|(_, count)| *count >= LEAST_ALIKE);
            Some((range, alike.map(|(places, _)| places).max_by_key(Vec::len)?))
        });
        Self { boxes: full.collect(), pipes }
    }

    /// For each of the cells of `content`, line number `line`, how many verticals its merged cell hides.
    pub(super) fn hidden(&self, line: usize, content: &str) -> Vec<usize> {
        let at = self.boxes.partition_point(|(range, _)| range.end <= line);
        let own = places(content, self.pipes);
        let Some((_, all)) = self.boxes.get(at).filter(|(range, _)| range.contains(&line)) else {
            return Vec::new();
        };
        if own.len() >= all.len() || own.first() != all.first() || own.last() != all.last() {
            return Vec::new();
        }
        let known: Option<Vec<usize>> = own.iter().map(|place| all.binary_search(place).ok()).collect();
        let Some(known) = known else { return Vec::new() };
        std::iter::once(0).chain(known.windows(2).map(|pair| pair[1] - pair[0] - 1)).collect()
    }
}

/// «+-----+--+»: a line that is drawn by signs, from edge to edge.
fn is_ruled(content: &str) -> bool {
    let line = content.trim();
    line.starts_with("+-") && line.ends_with("-+") && line.chars().all(|sign| matches!(sign, '+' | '-'))
}

/// Where in `content` verticals stand, in characters.
fn places(content: &str, pipes: bool) -> Vec<usize> {
    let part = is_drawn_in_part(content);
    let signs = content.chars().enumerate();
    signs.filter(|&(_, sign)| parts(sign, part, pipes)).map(|(place, _)| place).collect()
}
