/*!
Plain lines and cells one after another: pieces for [`sequence`](super::sequence), and rows from its cuts.

This module never splits a word, and splits a line only where a term begins or ends in it.
*/

use std::collections::HashSet;

use super::cell::{Fragment, Gap};
use super::counted;
use super::entry::{Entries, Entry};
use super::heading::{Finder, Heading, is_column_numbers};
use super::mixed;
use super::numbers;
use super::sequence::{self, Anchor, Piece};
use super::shapes::{LONGEST_TERM, Shapes};
use super::signature;
use super::stack::Stacking;
use super::strip::Strip;
use super::titles;
use super::unnumbered;
use crate::dictionaries::{BlockSense, Tokens, is_hanging, names_part};
use crate::issue::IssueKind;
use crate::plan::{Reason, Role};
use crate::text::Text;

/// A cut that costs more than this is reported: some part does not look like its column at all.
const DOUBTFUL: f64 = 2.0;

/// «Страница 2 из 7» between two rows; a longer line is text.
const LONGEST_FURNITURE: usize = 30;

/// A row that costs less has every column where it belongs; and a row that lost its number is looked for among so many
/// pieces.
const WHOLE_ROW: f64 = 1.5;
const LONGEST_LOST: usize = 60;

/// A term that ends before a name in the middle of a line begins so many lines above at most.
const LONGEST_TAIL: usize = 3;

/// A row of more pieces than this is not one: what comes after is not looked at as a part of it, and lines are cut into no
/// more.
const LONGEST_ROW: usize = 400;

/// Reads pieces as the rows of a table with `columns`.
pub(super) struct Reader<'r> {
    pub(super) columns: &'r [Heading],
    finder: Finder<'r>,
    pub(super) shapes: Shapes<'r>,
    /// True where pieces are cells of the source.
    pub(super) cells: bool,
    /// True where a row has as many pieces as the table has columns.
    counted: bool,
}

impl<'r> Reader<'r> {
    /// A reader of plain lines, or of cells where `stacking` says how the source marks them.
    pub(super) fn new(
        columns: &'r [Heading],
        finder: Finder<'r>,
        shapes: Shapes<'r>,
        stacking: Option<Stacking>,
    ) -> Self {
        let counted = matches!(stacking, Some(Stacking::Line | Stacking::Pipe));
        let cells = stacking.is_some();
        Self { columns, finder, shapes, cells, counted }
    }

    /// Rows from `pieces`; `end` is one past the last line that was offered.
    pub(super) fn read(&self, pieces: Vec<Piece>, end: usize) -> Entries {
        let mut entries = Entries { end, ..Entries::default() };
        let pieces = self.drop_repeated(pieces, &mut entries);
        let anchors = sequence::anchors(&pieces, self.cells, &self.shapes);
        let count = pieces.len();
        let mut pieces = self.drop_page_numbers(pieces, &anchors, &mut entries);
        let anchors =
            if pieces.len() < count { sequence::anchors(&pieces, self.cells, &self.shapes) } else { anchors };
        sequence::mark_titles(&mut pieces, &anchors, self.cells);
        titles::mark(&mut pieces, &anchors, self);
        let Some(first) = anchors.first() else { return unnumbered::read(self, pieces, entries) };
        self.before_rows(&pieces[..first.piece], &mut entries);
        let footing = self.footing(&pieces, anchors.last().map_or(0, |last| last.piece));
        if let Some(piece) = pieces.get(footing) {
            entries.end = piece.line;
        }
        let rows: Vec<&[Piece]> = (0..anchors.len())
            .map(|nth| {
                let start = anchors[nth].piece;
                let stop = anchors.get(nth + 1).map_or(footing, |next| next.piece);
                &pieces[start..stop.min(start + LONGEST_ROW)]
            })
            .collect();
        let counted = self.counted && counted::are_counted(&rows, &self.roles());
        for (nth, anchor) in anchors.iter().enumerate() {
            self.row(rows[nth], anchor, anchors.get(nth + 1), counted, &mut entries);
        }
        entries
    }

    /// What the columns are for that stand behind the number.
    pub(super) fn roles(&self) -> Vec<Role> {
        let roles = self.columns.iter().map(|column| column.role.unwrap_or(Role::Other));
        roles.filter(|role| *role != Role::Number).collect()
    }

    /// Takes out headings that a new page repeats, and column numbers.
    fn drop_repeated(&self, pieces: Vec<Piece>, entries: &mut Entries) -> Vec<Piece> {
        let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
        let mut at = 0;
        while at < pieces.len() {
            let strings: Vec<&str> = pieces[at..]
                .iter()
                .take(self.columns.len())
                .map(|piece| piece.text.as_str().trim())
                .collect();
            let line = strings[0];
            let numbers = if self.cells { is_column_numbers(&strings) } else { is_column_numbers(&[line]) };
            let heads = self.repeated_heads(&pieces[at..]);
            let length = if numbers {
                if self.cells { strings.len() } else { 1 }
            } else if heads >= 2 {
                heads
            } else {
                0
            };
            if length > 0 {
                let text = Text::join(pieces[at..at + length].iter().map(|piece| &piece.text), true);
                entries.list.push(Entry::Remain(text, Reason::RepeatedHeader));
                at += length;
                continue;
            }
            kept.push(pieces[at].clone());
            at += 1;
        }
        kept
    }

    /// Takes out the numbers that stand alone between two gaps and begin no row.
    fn drop_page_numbers(&self, pieces: Vec<Piece>, anchors: &[Anchor], entries: &mut Entries) -> Vec<Piece> {
        if self.cells {
            return pieces;
        }
        let rows: HashSet<usize> = anchors.iter().map(|anchor| anchor.piece).collect();
        let furniture = |at: usize| {
            let text = pieces[at].text.as_str().trim();
            text.chars().count() < LONGEST_FURNITURE
                && self.shapes.opens_block(text, |sense| sense == BlockSense::Furniture)
        };
        let is_mark = |at: usize| numbers::is_page_mark(pieces[at].text.as_str().trim());
        let ends = |at: usize| pieces.get(at).is_none_or(|next| next.gap != Gap::Line);
        // «КОПИЯ ВЕРНА» ⏎ «2» between two gaps, too.
        let alone = |at: usize| {
            let above = at > 0 && is_mark(at) && furniture(at - 1) && pieces[at - 1].gap != Gap::Line;
            let begins = pieces[at].gap != Gap::Line || above;
            let below = || furniture(at) && at + 1 < pieces.len() && is_mark(at + 1) && ends(at + 2);
            (is_mark(at) || furniture(at)) && begins && (ends(at + 1) || below()) && !rows.contains(&at)
        };
        let drop: Vec<bool> = (0..pieces.len()).map(alone).collect();
        let mut kept = Vec::with_capacity(pieces.len());
        for (piece, drop) in pieces.into_iter().zip(drop) {
            if drop {
                entries.list.push(Entry::Remain(piece.text, Reason::Furniture));
            } else {
                kept.push(piece);
            }
        }
        kept
    }

    /// How many pieces repeat the heading, cell by cell: at least two of them, and none that says something else.
    fn repeated_heads(&self, pieces: &[Piece]) -> usize {
        if !self.cells {
            return 0;
        }
        let says = |(piece, column): &(&Piece, &Heading)| {
            let text = piece.text.squeezed();
            if text.is_blank() {
                column.text.is_blank()
            } else {
                column.role.is_some() && self.finder.read(&text).role == column.role
            }
        };
        let length = pieces.iter().zip(self.columns).take_while(says).count();
        let filled = pieces[..length].iter().filter(|piece| !piece.text.is_blank()).count();
        if filled >= 2 && length + 1 >= self.columns.len() { length } else { 0 }
    }

    /// What stands between the heading and the first row is a section title, or junk.
    fn before_rows(&self, pieces: &[Piece], entries: &mut Entries) {
        for paragraph in paragraphs(pieces) {
            let text = Text::join(paragraph.iter().map(|piece| &piece.text), true);
            let string = text.as_str().trim();
            if string.chars().filter(|sign| sign.is_alphabetic()).count() < 3 {
                entries.list.push(Entry::Remain(text, Reason::Junk));
            } else if super::signs::is_illegible(&[string]) {
                entries.doubts.push((
                    IssueKind::IllegibleText,
                    text.clone(),
                    format!("«{string}» is not readable."),
                ));
                entries.list.push(Entry::Remain(text, Reason::Junk));
            } else {
                entries.list.push(Entry::Section(sequence::fragments(paragraph)));
            }
        }
    }

    fn row(
        &self,
        pieces: &[Piece],
        anchor: &Anchor,
        next: Option<&Anchor>,
        counted: bool,
        entries: &mut Entries,
    ) {
        let roles = self.roles();
        let mut own: Vec<Piece> = pieces.to_vec();
        let number = own[0].text.slice(anchor.number.clone());
        let rest = own[0].text.slice(anchor.rest..own[0].text.len());
        if rest.is_blank() && own.len() > 1 {
            own.remove(0);
        } else {
            own[0].text = rest;
        }
        let cells = |own: &[Piece]| own.iter().filter(|piece| piece.starts).count();
        while cells(&own) > roles.len() && own.last().is_some_and(|last| last.text.is_blank()) {
            own.pop();
        }
        if let Some(cuts) = counted::several(&own, &roles, &self.shapes).filter(|_| self.cells) {
            return self.put_rows(&own, &cuts, number, anchor, entries);
        }
        let titled = || counted::with_title(&own, &roles, &self.shapes).filter(|_| counted && next.is_some());
        let cut = match self.exact(&own, &roles).or_else(titled) {
            Some(cut) => cut,
            None => {
                let split = if self.cells { own.clone() } else { self.split(&own) };
                own = split;
                // A section's title may stand between two rows.
                sequence::cut(&own, &roles, self.cells, next.is_some(), &self.shapes)
            }
        };
        let is_parent = next.is_some_and(|next| {
            next.levels.len() == anchor.levels.len() + 1 && next.levels.starts_with(&anchor.levels)
        });
        let says =
            |role: Role| cut.columns.iter().zip(&roles).any(|(range, own)| *own == role && !range.is_empty());
        if is_parent && !says(Role::Deadline) {
            entries.list.push(Entry::Section(sequence::fragments(pieces)));
            return;
        }
        let mixed = !self.cells && mixed::is_mixed(&own, &cut, &roles);
        if cut.cost > DOUBTFUL || mixed {
            let message = format!(
                "The columns of row {} could not be told apart with certainty.",
                numbers::print(&anchor.levels)
            );
            entries.doubts.push((IssueKind::UncertainRow, number.clone(), message));
        }
        let one_is_missing =
            next.is_some_and(|next| numbers::follows(&anchor.levels, &next.levels) == Some(1));
        let lost = one_is_missing.then(|| self.row_without_number(&own, &roles)).flatten();
        if let Some((end, first, second)) = lost {
            let message = format!(
                "The row behind {} has lost its number; it is told by its columns.",
                numbers::print(&anchor.levels)
            );
            entries.doubts.push((IssueKind::UncertainRow, number.clone(), message));
            self.put_row(&own[..end], &first, Some(number), entries);
            self.put_row(&own[end..], &second, None, entries);
            return;
        }
        self.put_row(&own, &cut, Some(number), entries);
    }

    /// Where the row behind begins that lost its number, and both rows' columns: the numbers say that one is missing, and the
    /// pieces make two rows that have something in every column.
    fn row_without_number(
        &self,
        own: &[Piece],
        roles: &[Role],
    ) -> Option<(usize, sequence::Cut, sequence::Cut)> {
        let cut = |own: &[Piece]| {
            let cut = sequence::cut(own, roles, self.cells, false, &self.shapes);
            let whole = cut.cost < WHOLE_ROW && cut.columns.iter().all(|range| !range.is_empty());
            whole.then_some(cut)
        };
        let begins = |at: &usize| {
            own[*at].gap != Gap::Line && own[*at].text.as_str().trim_start().starts_with(char::is_uppercase)
        };
        let mut found = (1..own.len().min(LONGEST_LOST)).filter(begins).filter_map(|at| {
            let (first, second) = (cut(&own[..at])?, cut(&own[at..])?);
            let cost = first.cost + second.cost;
            Some((cost, (at, first, second)))
        });
        let first = found.next()?;
        let best = found.fold(first, |best, next| if next.0 < best.0 { next } else { best });
        Some(best.1)
    }

    /// A row with its number, and those behind it that have none.
    fn put_rows(
        &self,
        own: &[Piece],
        cuts: &[sequence::Cut],
        number: Text,
        anchor: &Anchor,
        entries: &mut Entries,
    ) {
        let message = format!(
            "The row behind {} has no number; it has a cell for every column.",
            numbers::print(&anchor.levels)
        );
        for (nth, cut) in cuts.iter().enumerate() {
            if nth > 0 {
                let first = own[cut.columns[0].start].text.clone();
                entries.doubts.push((IssueKind::UncertainRow, first, message.clone()));
            }
            self.put_row(own, cut, (nth == 0).then(|| number.clone()), entries);
        }
    }

    /// A row whose pieces are cut into columns, and the section's title behind it.
    fn put_row(&self, own: &[Piece], cut: &sequence::Cut, number: Option<Text>, entries: &mut Entries) {
        let number = number.map(|text| Fragment { text, gap: Gap::Line });
        let mut cells = self.cells_of(own, &cut.columns);
        let place = self.columns.iter().position(|column| column.role == Some(Role::Number));
        match (place, number) {
            (Some(column), Some(number)) => cells[column].push(number),
            (None, Some(number)) => self.put_number(&mut cells, number),
            (_, None) => {}
        }
        entries.list.push(Entry::Row(cells, Vec::new()));
        if !cut.section.is_empty() {
            entries.list.push(Entry::Section(sequence::fragments(&own[cut.section.clone()])));
        }
    }

    /// The cells of a row whose pieces are cut into the columns `ranges`; that of the number is empty.
    pub(super) fn cells_of(&self, own: &[Piece], ranges: &[std::ops::Range<usize>]) -> Vec<Vec<Fragment>> {
        let mut ranges = ranges.iter();
        let cell = |column: &Heading| match column.role {
            Some(Role::Number) => Vec::new(),
            _ => ranges.next().map_or_else(Vec::new, |range| sequence::fragments(&own[range.clone()])),
        };
        self.columns.iter().map(cell).collect()
    }

    /// Where the table has no number column, the number goes back in front of the measure, where it was printed.
    fn put_number(&self, cells: &mut [Vec<Fragment>], number: Fragment) {
        let measure = self.columns.iter().position(|column| column.role == Some(Role::Measure)).unwrap_or(0);
        if let Some(cell) = cells.get_mut(measure) {
            cell.insert(0, number);
        }
    }

    /// One cell for each column: nothing is left to find out.
    fn exact(&self, pieces: &[Piece], roles: &[Role]) -> Option<sequence::Cut> {
        if !self.cells {
            return None;
        }
        let starts: Vec<usize> = (0..pieces.len()).filter(|&at| at == 0 || pieces[at].starts).collect();
        let mut filled = starts.clone();
        while filled.len() > roles.len()
            && filled.last().is_some_and(|&at| pieces[at..].iter().all(|piece| piece.text.is_blank()))
        {
            filled.pop();
        }
        let last = filled.last().copied()?;
        if filled.len() != roles.len() || pieces[last].opens_section() {
            return None;
        }
        let end = |nth: usize| filled.get(nth + 1).copied().unwrap_or(pieces.len());
        let columns = filled.iter().enumerate().map(|(nth, &start)| start..end(nth)).collect();
        Some(sequence::Cut { columns, section: pieces.len()..pieces.len(), cost: 0.0 })
    }

    /// Cuts lines where a term begins or ends in them.
    pub(super) fn split(&self, pieces: &[Piece]) -> Vec<Piece> {
        let mut split = Vec::with_capacity(pieces.len());
        let at_names = self.name_behind_measure();
        for (nth, piece) in pieces.iter().enumerate() {
            let mut cuts = self.cuts(piece.text.as_str());
            if cuts.is_empty() {
                cuts.extend(self.tail_cut(&pieces[nth.saturating_sub(LONGEST_TAIL)..=nth]));
            }
            if at_names {
                cuts.extend(self.name_cuts(piece.text.as_str()));
                cuts.sort_unstable();
                cuts.dedup();
            }
            let mut start = 0;
            if split.len() + cuts.len() > LONGEST_ROW {
                cuts.clear();
            }
            cuts.push(piece.text.len());
            for cut in cuts {
                let text = piece.text.slice(start..cut);
                if !text.is_blank() || start == 0 {
                    let (gap, starts) =
                        if start == 0 { (piece.gap, piece.starts) } else { (Gap::Line, false) };
                    split.push(Piece { text, gap, starts, ..piece.clone() });
                }
                start = cut;
            }
        }
        split
    }

    /// The byte of the last of `lines` at which a term ends that a line above begins, with a name behind it: «последнего
    /// месяца» ⏎ «квартала МКУ «Водоканал»».
    fn tail_cut(&self, lines: &[Piece]) -> Option<usize> {
        let (last, above) = lines.split_last()?;
        let goes_on = |first: &usize| lines[first + 1..].iter().all(|line| line.gap == Gap::Line);
        let ends = |first: usize| {
            let before = Text::join(above[first..].iter().map(|piece| &piece.text), true).squeezed();
            let joined = format!("{} {}", before.as_str(), last.text.as_str());
            let tokens = Tokens::new(&joined);
            let end = self.shapes.term_at(&tokens, 0)?;
            let byte = tokens.bytes(end..end + 1).start.checked_sub(before.len() + 1)?;
            let word = tokens.written(end).starts_with(char::is_uppercase);
            (byte > 0 && word && self.shapes.name_at(&tokens, end).is_some()).then_some(byte)
        };
        (0..above.len()).filter(goes_on).find_map(ends)
    }

    /// True where the names stand right behind the measure: no term parts the two.
    fn name_behind_measure(&self) -> bool {
        let roles: Vec<Role> = self.columns.iter().filter_map(|column| column.role).collect();
        roles.windows(2).any(|pair| pair == [Role::Measure, Role::Executor])
    }

    /// Bytes inside `line` at which a name in the nominative begins with a capital that nothing before it asks for.
    fn name_cuts(&self, line: &str) -> Vec<usize> {
        let tokens = Tokens::new(line);
        let begins = |&at: &usize| {
            let before = tokens.folded(at - 1);
            let open =
                is_hanging(before) || matches!(tokens.written(at - 1), "«" | "\"" | "(" | "№" | "." | "-");
            !open
                && !self.shapes.goes_on_at(&tokens, at)
                && tokens.written(at).starts_with(char::is_uppercase)
                && self.shapes.name_at(&tokens, at).is_some()
        };
        (1..tokens.len()).filter(begins).map(|at| tokens.bytes(at..at + 1).start).collect()
    }

    /// Bytes of `line` at which a column may end: the end of a term that begins the line, the ends of a term that has a
    /// name behind it or ends the line.
    fn cuts(&self, line: &str) -> Vec<usize> {
        let tokens = Tokens::new(line);
        let mut cuts = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.shapes.term_at(&tokens, at) {
                Some(end) => {
                    let ends_line = end >= tokens.len();
                    let name_follows = self.shapes.name_at(&tokens, end).is_some();
                    // «в течение 10 дней со дня поступления»: the words behind it are its condition.
                    let start = tokens.bytes(at..at + 1).start;
                    let whole = || tokens.len() - at <= LONGEST_TERM && self.shapes.is_term(&line[start..]);
                    if at == 0 || name_follows || ends_line || whole() {
                        // «по мере поступления обращений;»: what the first term of a line depends on stays with it, and so
                        // does the comma behind it.
                        let end = if at == 0 { self.shapes.rest_of_term(&tokens, at, end) } else { end };
                        let comma = matches!(tokens.written(end), "," | ";");
                        let end = if comma { end + 1 } else { end };
                        // «квартал 2023 г.» begins on the line above or has lost its numeral; it is not the whole year.
                        let year_of_part = at > 0 && names_part(&line[tokens.bytes(at - 1..at).start..]);
                        cuts.extend((!year_of_part).then_some(start));
                        cuts.push(tokens.bytes(end..end + 1).start);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        cuts.retain(|&cut| cut > 0 && cut < line.len());
        cuts.dedup();
        cuts
    }

    /// The first piece behind the table: a signature, a stamp, a contact, another heading; from piece `from` on.
    pub(super) fn footing(&self, pieces: &[Piece], from: usize) -> usize {
        let opens = |at: &usize| {
            let piece = &pieces[*at];
            piece.gap != Gap::Line
                && (self.opens_other(piece.text.as_str())
                    || signature::begins(piece.text.as_str(), strings(&pieces[*at..]), &self.shapes))
        };
        (from + 1..pieces.len()).find(opens).unwrap_or(pieces.len())
    }

    fn opens_other(&self, line: &str) -> bool {
        let line = line.trim();
        let stamp = |sense| {
            use BlockSense::{Appendix, Approve, Approved, Contact, Furniture};
            matches!(sense, Approve | Approved | Appendix | Contact | Furniture)
        };
        let act = |sense| sense == BlockSense::Act;
        let capitals = line.chars().all(|letter| !letter.is_lowercase());
        self.shapes.opens_block(line, stamp)
            || (capitals && self.shapes.opens_block(line, act))
            || line.chars().all(|sign| sign == '_' || sign.is_whitespace())
    }
}

fn strings(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().map(|piece| piece.text.as_str())
}

fn paragraphs(pieces: &[Piece]) -> Vec<&[Piece]> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for at in 1..=pieces.len() {
        if at == pieces.len() || pieces[at].gap != Gap::Line {
            paragraphs.push(&pieces[start..at]);
            start = at;
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Every line of `strips` that has something on it, as a piece.
pub(super) fn lines(strips: &[Strip], first: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut gap = Gap::Blank;
    let mut page = strips.first().map_or(0, |strip| strip.page);
    for (nth, strip) in strips.iter().enumerate() {
        if strip.page != page {
            gap = Gap::Page;
            page = strip.page;
        }
        if strip.is_blank() || strip.is_rule() {
            gap = gap.max(Gap::Blank);
            continue;
        }
        pieces.push(Piece::new(strip.text(), gap, true, first + nth));
        gap = Gap::Line;
    }
    pieces
}
