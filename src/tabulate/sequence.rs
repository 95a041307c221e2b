/*!
Rows without marked cells: pieces of text one after another, whether lines of a recognised page or cells in a column.

This module never changes the order of the text. It finds where rows begin, and where in a row one column ends and the
next begins.

Rows begin at numbers. Not every number is one («3 квартал», «2018 года», a list inside a cell), so the numbers are taken
that make the best chain: each the next of the one before.

Inside a row the columns come in the order of the heading, and only the cuts between them are unknown. Every way of
cutting is scored by how much each part looks like its column, and the cheapest wins:

```text
Размещение Плана мероприятий …                 measure    capital, a sentence
услуг                                          measure
в 2018 году                                    measure    a term, but a second one follows
─────────────────────────────────────────
4 квартал                                      deadline   wholly a term
2018 года                                      deadline
─────────────────────────────────────────
Министерство труда и социальной защиты         executor   begins with a body
```
*/

use smallvec::SmallVec;

use super::cell::{Fragment, Gap};
use super::numbers::{self, Levels};
use super::shapes::{Shapes, person_at};
use crate::dictionaries::Tokens;
use crate::plan::{ExecutorKind, Role};
use crate::text::Text;

/// A piece that is not cut further.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it says.
    pub text: Text,
    /// What parts it from the piece before.
    pub gap: Gap,
    /// True where a line, or a cell of one's own, begins.
    pub starts: bool,
    /// The line of the document.
    pub line: usize,
    /// True where the rows around it show that it is a section's title.
    pub is_title: bool,
}

impl Piece {
    /// A piece that the rows around it say nothing of yet.
    pub(super) fn new(text: Text, gap: Gap, starts: bool, line: usize) -> Self {
        Self { text, gap, starts, line, is_title: false }
    }

    /// True where a section's title begins.
    pub(super) fn opens_section(&self) -> bool {
        self.is_title || numbers::opens_section(self.text.as_str())
    }
}

/// A place where a row may begin.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// The piece that the number stands in.
    pub piece: usize,
    /// The number.
    pub levels: Levels,
    /// Bytes of the number in the piece.
    pub number: std::ops::Range<usize>,
    /// First byte behind it.
    pub rest: usize,
    /// How likely it is a row's number, before its neighbours are asked.
    weight: f64,
    /// True where letters stand in the places of digits: such a number must be the very next.
    damaged: bool,
}

impl Anchor {
    /// True where the number is all that its cell says.
    fn is_alone(&self, pieces: &[Piece]) -> bool {
        pieces[self.piece].text.as_str()[self.rest..].trim().is_empty()
    }
}

/// Costs of a chain of numbers: what a skipped number costs, and a numbering that begins anew. A row's number earns 1, so
/// a gap of two is bridged by two good rows behind it.
const SKIPPED: f64 = 0.7;
const MOST_SKIPPED: u32 = 8;
const RESTART: f64 = 1.6;

/// What a damaged number earns of what a whole one does.
const DAMAGED: f64 = 0.5;

/// A row's number is looked for among this many candidates before it.
const LOOK_BACK: usize = 60;

/// True if gaps part the piece number `at` from those around it.
pub(super) fn is_apart(pieces: &[Piece], at: usize) -> bool {
    pieces[at].gap != Gap::Line && pieces.get(at + 1).is_none_or(|next| next.gap != Gap::Line)
}

/// A number between two gaps that no row begins with: what comes next does not begin in capitals.
fn is_page_number(pieces: &[Piece], at: usize) -> bool {
    let next = pieces.get(at + 1).map_or("", |next| next.text.as_str().trim_start());
    numbers::is_page_mark(pieces[at].text.as_str())
        && is_apart(pieces, at)
        && (next.starts_with(char::is_lowercase) || numbers::leading(next).is_some() || next.is_empty())
}

/// The anchors of the best chain of numbers in `pieces`, which are `cells` of the source or lines. Where the numbers of most
/// rows are cells of their own, «2. Кадровое обеспечение» is none.
pub(super) fn anchors(pieces: &[Piece], cells: bool, shapes: &Shapes) -> Vec<Anchor> {
    let may_begin = |&at: &usize| cells || !is_page_number(pieces, at);
    let candidates: Vec<Anchor> =
        (0..pieces.len()).filter(may_begin).filter_map(|piece| candidate(pieces, piece, shapes)).collect();
    let all = chain(&candidates);
    let own: Vec<Anchor> = candidates.iter().filter(|anchor| anchor.is_alone(pieces)).cloned().collect();
    if !cells || own.len() == candidates.len() {
        return all;
    }
    let alone = chain(&own);
    if alone.len() >= LEAST_ALONE && alone.len() as f64 >= ALONE * all.len() as f64 { alone } else { all }
}

/// So many numbers in cells of their own, and such a share of all that may be a row's, make it a column of numbers.
const LEAST_ALONE: usize = 3;
const ALONE: f64 = 0.8;

/// Marks the cells before a row that has its number in a cell of its own and that begin with a number and a capital: a
/// section's title, «2. Кадровое обеспечение».
pub(super) fn mark_titles(pieces: &mut [Piece], anchors: &[Anchor], cells: bool) {
    if !cells || !anchors.iter().all(|anchor| anchor.is_alone(pieces)) {
        return;
    }
    for anchor in anchors.iter().skip(1) {
        let Some(start) = (0..anchor.piece).rev().find(|&at| pieces[at].starts) else { continue };
        let text = pieces[start].text.as_str();
        let titled = numbers::leading(text)
            .is_some_and(|leading| leading.closed && text[leading.rest..].starts_with(char::is_uppercase));
        pieces[start].is_title = titled;
    }
}

/// The best chain of `candidates`.
fn chain(candidates: &[Anchor]) -> Vec<Anchor> {
    // best[i]: the best score of a chain that ends with candidate i, and the one before it.
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (at, anchor) in candidates.iter().enumerate() {
        let begins = if numbers::begins(&anchor.levels) {
            0.0
        } else {
            -SKIPPED * f64::from(last(anchor).min(MOST_SKIPPED))
        };
        let opens = !anchor.damaged || (at == 0 && numbers::begins(&anchor.levels));
        let mut score = (if opens { begins + anchor.weight } else { f64::NEG_INFINITY }, None);
        for before in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let step = match numbers::follows(&candidates[before].levels, &anchor.levels) {
                Some(0) => 0.0,
                _ if anchor.damaged => continue,
                Some(skipped) if skipped <= MOST_SKIPPED => -SKIPPED * f64::from(skipped),
                _ if numbers::begins(&anchor.levels) => -RESTART,
                _ => continue,
            };
            let total = best[before].0 + step + anchor.weight;
            if total > score.0 {
                score = (total, Some(before));
            }
        }
        best.push(score);
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).max_by(|&a, &b| best[a].0.total_cmp(&best[b].0).then(b.cmp(&a)));
    while let Some(index) = at {
        chain.push(candidates[index].clone());
        at = best[index].1;
    }
    chain.reverse();
    chain
}

fn last(anchor: &Anchor) -> u32 {
    anchor.levels.last().copied().unwrap_or(0)
}

fn candidate(pieces: &[Piece], piece: usize, shapes: &Shapes) -> Option<Anchor> {
    let this = pieces.get(piece).filter(|this| this.starts)?;
    let string = this.text.as_str();
    let printed = numbers::leading(string).and_then(|number| anchor(pieces, piece, number, shapes));
    printed.or_else(|| {
        let anchor = anchor(pieces, piece, numbers::damaged(string)?, shapes)?;
        Some(Anchor { weight: anchor.weight * DAMAGED, damaged: true, ..anchor })
    })
}

/// The anchor that `leading` is in the piece number `piece`, if a row can begin so.
fn anchor(pieces: &[Piece], piece: usize, leading: numbers::Leading, shapes: &Shapes) -> Option<Anchor> {
    let string = pieces[piece].text.as_str();
    let rest = &string[leading.rest..];
    let tokens = Tokens::new(string);
    if shapes.term_at(&tokens, 0).is_some() {
        return None;
    }
    let capital =
        |text: &str| text.starts_with(|sign: char| sign.is_uppercase() || matches!(sign, '«' | '"' | '“'));
    let weight = if rest.is_empty() {
        // A number on its own: a cell, or a page number. A cell is followed by a capital.
        let next = pieces.get(piece + 1).map_or("", |next| next.text.as_str().trim_start());
        if capital(next) { 0.9 } else { 0.3 }
    } else if capital(rest) {
        1.0
    } else if leading.closed && rest.starts_with(char::is_alphabetic) {
        0.6
    } else {
        return None;
    };
    let (number, rest) = (leading.number, leading.rest);
    Some(Anchor { piece, levels: leading.levels, number, rest, weight, damaged: false })
}

/// How the pieces of a row are cut into columns.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// For every column, which pieces: half-open ranges, in order, without gaps.
    pub columns: Vec<std::ops::Range<usize>>,
    /// The pieces behind the last column: the title of the next section.
    pub section: std::ops::Range<usize>,
    /// The cost: how little the parts look like their columns.
    pub cost: f64,
}

/// What is worth how much. One unit is about "this part does not look like its column at all, but could be it".
mod costs {
    /// A measure is never missing, another column may be.
    pub(super) const NO_MEASURE: f64 = 6.0;
    pub(super) const NO_TERM: f64 = 2.0;
    pub(super) const NO_NAME: f64 = 2.0;
    pub(super) const NO_OTHER: f64 = 0.8;
    /// A deadline column in which no term stands, and the part of one that is no term.
    pub(super) const NOT_A_TERM: f64 = 2.0;
    pub(super) const PARTLY_A_TERM: f64 = 4.0;
    /// A name column that does not begin with a name, and one that begins with what may be one, a paragraph of its own.
    pub(super) const NOT_A_NAME: f64 = 2.5;
    pub(super) const PERHAPS_A_NAME: f64 = 0.6;
    /// Such a paragraph in a measure.
    pub(super) const NAME_IN_MEASURE: f64 = 0.8;
    /// A whole line that is a term, where no term belongs.
    pub(super) const STRAY_TERM: f64 = 1.5;
    /// A column that begins in small letters.
    pub(super) const SMALL: f64 = 0.5;
    pub(super) const SMALL_OTHER: f64 = 1.0;
    /// A name in a column that is for something else.
    pub(super) const NAME_IN_OTHER: f64 = 0.3;
    /// A measure that breaks off: «… планов мероприятий по».
    pub(super) const OPEN: f64 = 1.0;
    /// Every further piece of a deadline: a shorter one is likelier, the measure may end with a date.
    pub(super) const LONG_TERM: f64 = 0.3;
    /// A column that begins with a line of one paragraph and goes on with another: two columns, likelier.
    pub(super) const LATER_PARAGRAPH: f64 = 0.15;
    /// A paragraph about money in a column of names.
    pub(super) const MONEY_IN_NAME: f64 = 1.0;
    /// A cut in the middle of a term: «3 квартал» from «2018 года».
    pub(super) const BROKEN_TERM: f64 = 2.0;
    /// A cut where no line ends.
    pub(super) const INSIDE: f64 = 0.2;
    /// Two cells of the source in one column.
    pub(super) const TWO_CELLS: f64 = 0.6;
    /// A cut between two terms that a comma joins.
    pub(super) const PARTED_TERMS: f64 = 1.0;
    /// A line that begins with a name in a column of terms.
    pub(super) const NAME_IN_TERM: f64 = 1.5;
    /// A section title that does not look like one.
    pub(super) const NOT_A_TITLE: f64 = 3.0;
}

/// A term that goes on over line ends is looked for so many pieces back.
const LONGEST_BROKEN: usize = 3;

/// Terms are short: no more pieces than this are tried as one.
const LONGEST_TERM: usize = 8;

/// Cuts the pieces of one row into columns with `roles`; `next` where another row follows, so that a section's
/// title may stand at the end.
pub(super) fn cut(pieces: &[Piece], roles: &[Role], cells: bool, next: bool, shapes: &Shapes) -> Cut {
    let looks = Looks::of(pieces, cells, shapes);
    let count = pieces.len();
    // costs[c][e]: the cheapest way to give the first e pieces to the first c columns; back[c][e]: where column c begins.
    let mut table = vec![vec![f64::INFINITY; count + 1]; roles.len() + 1];
    let mut back = vec![vec![0; count + 1]; roles.len() + 1];
    table[0][0] = 0.0;
    for (column, &role) in roles.iter().enumerate() {
        for end in 0..=count {
            let first = if role == Role::Deadline { end.saturating_sub(LONGEST_TERM) } else { 0 };
            for start in first..=end {
                if table[column][start].is_infinite() {
                    continue;
                }
                let cost = table[column][start] + looks.cost(role, start, end);
                if cost < table[column + 1][end] {
                    table[column + 1][end] = cost;
                    back[column + 1][end] = start;
                }
            }
        }
    }
    let mut best = (table[roles.len()][count], count);
    let may_end = |end: usize| next || pieces[end].opens_section();
    for end in (0..count).rev().filter(|&end| may_end(end)) {
        let cost = table[roles.len()][end] + looks.title(end, count);
        // A numeral that opens a section speaks against the column above it even where nothing else does.
        let opens = pieces[end].opens_section();
        if cost < best.0 || (opens && cost <= best.0) {
            best = (cost, end);
        }
    }
    let mut columns: SmallVec<[std::ops::Range<usize>; 8]> = SmallVec::new();
    let mut end = best.1;
    for column in (1..=roles.len()).rev() {
        let start = back[column][end];
        columns.push(start..end);
        end = start;
    }
    columns.reverse();
    Cut { columns: columns.into_vec(), section: best.1..count, cost: best.0 }
}

/// What every piece looks like, found out once.
pub(super) struct Looks<'p> {
    pieces: &'p [Piece],
    shapes: &'p Shapes<'p>,
    /// True where pieces are cells of the source.
    cells: bool,
    names: Vec<bool>,
    terms: Vec<bool>,
    /// True where a piece begins with a term.
    begins: Vec<bool>,
    /// True where a piece is in the middle of a term that the piece before begins.
    broken: Vec<bool>,
    /// True where nothing can end with a piece, and where no name can.
    open: Vec<bool>,
    unfinished: Vec<bool>,
    /// True where a piece begins with the rest of a name.
    rest: Vec<bool>,
    /// True for a paragraph in small letters that begins like a name or like a genitive: «директора школ».
    perhaps: Vec<bool>,
    /// True where a line in the middle of a paragraph begins with what may be a genitive: «на портале» ⏎ «Администрации».
    whose: Vec<bool>,
    /// True for a line that is the name of whoever holds the position on the line above.
    holder: Vec<bool>,
    /// True for a paragraph that says what a measure costs.
    money: Vec<bool>,
}

impl<'p> Looks<'p> {
    pub(super) fn of(pieces: &'p [Piece], cells: bool, shapes: &'p Shapes<'p>) -> Self {
        let terms = pieces.iter().map(|piece| shapes.is_term(piece.text.as_str())).collect();
        let next = |at: usize| pieces.get(at + 1).map_or("", |next| next.text.as_str());
        let names = (0..pieces.len()).map(|at| names_over(pieces, at, cells, shapes)).collect();
        let begins: Vec<bool> =
            (0..pieces.len()).map(|at| shapes.begins_term(pieces[at].text.as_str(), next(at))).collect();
        // «с 1 сентября 2021» ⏎ «года по 1 июня 2022»: a term may go on over several line ends.
        let broken = (0..pieces.len()).map(|at| {
            (at.saturating_sub(LONGEST_BROKEN)..at).any(|first| {
                begins[first] && !are_bare(&pieces[first..=at], cells) && {
                    let before = Text::join(pieces[first..at].iter().map(|piece| &piece.text), true);
                    shapes.term_spans(before.as_str(), pieces[at].text.as_str())
                }
            }) || at > 0 && shapes.term_spans_end(pieces[at - 1].text.as_str(), pieces[at].text.as_str())
        });
        let broken = broken.collect();
        let perhaps = |piece: &Piece| {
            let text = piece.text.as_str().trim();
            !cells
                && piece.gap != Gap::Line
                && text.starts_with(char::is_lowercase)
                && shapes.may_name_at(&Tokens::new(text), 0).is_some()
        };
        let money = |piece: &Piece| !cells && piece.gap != Gap::Line && shapes.is_money(piece.text.as_str());
        let every =
            |test: &dyn Fn(&str) -> bool| pieces.iter().map(|piece| test(piece.text.as_str())).collect();
        Self {
            pieces,
            shapes,
            cells,
            names,
            terms,
            begins,
            broken,
            open: every(&super::signs::is_open),
            unfinished: every(&|text| shapes.is_unfinished(text)),
            rest: every(&|text| shapes.begins_with_rest(text)),
            perhaps: pieces.iter().map(perhaps).collect(),
            whose: (0..pieces.len()).map(|at| is_whose(pieces, at, cells, shapes)).collect(),
            holder: (0..pieces.len()).map(|at| is_holder(pieces, at, shapes)).collect(),
            money: pieces.iter().map(money).collect(),
        }
    }

    /// What it costs to give the pieces from `start` to `end` to a column for `role`.
    pub(super) fn cost(&self, role: Role, start: usize, end: usize) -> f64 {
        if start == end {
            return match role {
                Role::Measure => costs::NO_MEASURE,
                Role::Deadline => costs::NO_TERM,
                Role::Executor => costs::NO_NAME,
                _ => costs::NO_OTHER,
            };
        }
        let own = match role {
            Role::Measure => self.measure(start, end),
            Role::Deadline => self.term(start, end),
            Role::Executor | Role::CoExecutor => self.name(start, end),
            _ => self.other(role, start, end),
        };
        own + self.edges(start, end)
    }

    /// How many of the pieces from `start` to `end` are terms, or begin like names, but for the first.
    pub(super) fn strays(&self, start: usize, end: usize) -> usize {
        (start + 1..end).filter(|&at| self.terms[at] || self.names[at]).count()
    }

    /// Costs that do not depend on the column: where it begins, and how many cells it takes.
    fn edges(&self, start: usize, end: usize) -> f64 {
        if self.cells && !self.pieces[start].starts {
            return f64::INFINITY;
        }
        let broken = if self.broken[start] { costs::BROKEN_TERM } else { 0.0 };
        let broken = broken + if self.is_parted_list(start) { costs::PARTED_TERMS } else { 0.0 };
        let broken = broken + if self.holder[start] { costs::BROKEN_TERM } else { 0.0 };
        let apart = |piece: &Piece| piece.gap != Gap::Line;
        let later = start > 0 && !apart(&self.pieces[start]) && self.pieces[start + 1..end].iter().any(apart);
        let broken = broken + if later && !self.cells { costs::LATER_PARAGRAPH } else { 0.0 };
        let inside = broken + if self.pieces[start].starts { 0.0 } else { costs::INSIDE };
        let joins = |piece: &Piece| {
            let small = piece
                .text
                .as_str()
                .trim_start()
                .starts_with(|sign: char| sign.is_lowercase() || matches!(sign, '-' | '–' | '•' | '('));
            if small { costs::TWO_CELLS / 4.0 } else { costs::TWO_CELLS }
        };
        let cells: f64 = if self.cells { self.pieces[start + 1..end].iter().map(joins).sum() } else { 0.0 };
        inside + cells
    }

    /// True if piece `start` begins with a term behind one that ends with a comma: «до 15 мая – разработка,» «до 1 июня – …».
    fn is_parted_list(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        let listed = self.pieces[before].text.as_str().trim_end().ends_with([',', ';']);
        listed && self.begins[start] && self.begins[before] && self.pieces[before].starts
    }

    fn measure(&self, start: usize, end: usize) -> f64 {
        let small = self.begins_small(start);
        let open = self.open[end - 1];
        let stray = self.terms[start..end].iter().filter(|&&term| term).count() as f64;
        let names = self.perhaps[start + 1..end].iter().filter(|&&name| name).count() as f64;
        f64::from(u8::from(small)) * costs::SMALL
            + f64::from(u8::from(open)) * costs::OPEN
            + 0.1 * stray
            + costs::NAME_IN_MEASURE * names
    }

    fn term(&self, start: usize, end: usize) -> f64 {
        if !self.begins[start] {
            return costs::NOT_A_TERM + costs::PARTLY_A_TERM + costs::LONG_TERM * (end - start - 1) as f64;
        }
        let text = Text::join(self.pieces[start..end].iter().map(|piece| &piece.text), true).squeezed();
        let whole = self.shapes.is_term(text.as_str());
        let share = if whole {
            self.shapes.term_share(text.as_str()).max(0.85)
        } else {
            self.shapes.term_share(text.as_str())
        };
        let none = if share == 0.0 { costs::NOT_A_TERM } else { 0.0 };
        let names = self.names[start + 1..end].iter().filter(|&&name| name).count() as f64;
        none + costs::NAME_IN_TERM * names
            + costs::PARTLY_A_TERM * (1.0 - share)
            + costs::LONG_TERM * (end - start - 1) as f64
    }

    fn name(&self, start: usize, end: usize) -> f64 {
        let begins = match (self.names[start], self.perhaps[start]) {
            (true, _) => 0.0,
            (false, true) => costs::PERHAPS_A_NAME,
            (false, false) => costs::NOT_A_NAME,
        };
        let stray = self.terms[start..end].iter().filter(|&&term| term).count() as f64;
        // Small letters say nothing where a paragraph begins.
        let small = if self.begins_small(start) && !self.perhaps[start] { costs::SMALL / 2.0 } else { 0.0 };
        let open = if self.unfinished[end - 1] { costs::OPEN } else { 0.0 };
        let whose = if self.whose[start] { costs::PERHAPS_A_NAME } else { 0.0 };
        let money = self.money[start + 1..end].iter().filter(|&&money| money).count() as f64;
        begins + small + open + whose + costs::STRAY_TERM * stray + costs::MONEY_IN_NAME * money
    }

    fn other(&self, role: Role, start: usize, end: usize) -> f64 {
        let stray = self.terms[start..end].iter().filter(|&&term| term).count() as f64;
        let names = self.names[start..end].iter().filter(|&&name| name).count() as f64;
        let money = role == Role::Funding && self.money[start];
        let small =
            if self.rest[start] || self.begins_small(start) && !money { costs::SMALL_OTHER } else { 0.0 };
        let open = if self.open[end - 1] { costs::OPEN } else { 0.0 };
        // A place is an institution as often as not.
        let name = if role == Role::Place { costs::NAME_IN_OTHER / 2.0 } else { costs::NAME_IN_OTHER };
        0.2 + name * names + small + open + costs::STRAY_TERM / 2.0 * stray
    }

    /// A section title at the end of a row: one cell or paragraph of its own.
    fn title(&self, start: usize, end: usize) -> f64 {
        let first = &self.pieces[start];
        let own = if self.cells { first.starts } else { first.gap != Gap::Line };
        if !own || (self.cells && self.pieces[start + 1..end].iter().any(|piece| piece.starts)) {
            return f64::INFINITY;
        }
        let string = first.text.as_str().trim();
        let capitals = string.chars().all(|letter| !letter.is_lowercase());
        if first.opens_section() {
            0.0
        } else if capitals
            && !self.names[start]
            && string.chars().filter(|letter| letter.is_alphabetic()).count() > 3
        {
            0.3
        } else if string.starts_with(char::is_uppercase)
            && !self.names[start]
            && (!self.terms[start] || self.cells)
        {
            costs::NOT_A_TITLE / 3.0
        } else {
            costs::NOT_A_TITLE
        }
    }

    fn begins_small(&self, start: usize) -> bool {
        self.pieces[start].text.as_str().trim_start().starts_with(char::is_lowercase)
    }
}

/// True if a name begins with piece `at`; adjectives that fill the line wait for their noun on the next: «Страховые
/// медицинские» ⏎ «организации».
fn names_over(pieces: &[Piece], at: usize, cells: bool, shapes: &Shapes) -> bool {
    let text = pieces[at].text.as_str();
    let below = pieces.get(at + 1).filter(|next| !cells && next.gap == Gap::Line && next.starts);
    let waits = |next: &&Piece| {
        let begins = pieces[at].gap != Gap::Line && text.trim_start().starts_with(char::is_uppercase);
        begins && shapes.is_led_name(text, next.text.as_str())
    };
    shapes.is_name(text) || below.is_some_and(|next| waits(&next))
}

/// True if a line in the middle of a paragraph, behind no term, begins with what may be a genitive.
fn is_whose(pieces: &[Piece], at: usize, cells: bool, shapes: &Shapes) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &pieces[before]) else { return false };
    !cells
        && pieces[at].gap == Gap::Line
        && pieces[at].starts
        && !shapes.is_term(before.text.as_str())
        && shapes.may_be_whose(pieces[at].text.as_str())
}

/// True if piece `at` is a person's name, and the line above it a position: «Заведующая музеем» ⏎ «Лаптева О.С.».
fn is_holder(pieces: &[Piece], at: usize, shapes: &Shapes) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &pieces[before]) else { return false };
    let tokens = Tokens::new(pieces[at].text.as_str());
    let above = Tokens::new(before.text.as_str());
    let vacant = (0..above.len()).all(|at| person_at(&above, at).is_none());
    pieces[at].gap == Gap::Line
        && person_at(&tokens, 0).is_some()
        && vacant
        && shapes.name_at(&above, 0) == Some(ExecutorKind::Person)
}

/// True if `pieces` are cells and all but the last, whole cells too, are bare figures: «1-11» above «сентябрь» are grades.
fn are_bare(pieces: &[Piece], cells: bool) -> bool {
    let Some((last, before)) = pieces.split_last() else { return false };
    // A day and a year are no grades.
    let short = |text: &str| text.split(|sign: char| !sign.is_ascii_digit()).all(|run| run.len() <= 2);
    let bare = |piece: &Piece| {
        let text = piece.text.as_str();
        !text.contains(|sign: char| sign.is_alphabetic() || sign == '.') && short(text)
    };
    cells && last.starts && last.gap != Gap::Line && before.iter().all(bare)
}

/// The fragments of `pieces`.
pub(super) fn fragments(pieces: &[Piece]) -> Vec<Fragment> {
    pieces.iter().map(|piece| Fragment { text: piece.text.clone(), gap: piece.gap }).collect()
}
