//! Where words and marks stand on a page whose columns spaces hold apart. Never what the words say.

use std::ops::Range;

/// So many spaces part two cells; one parts two words.
const CELL_GAP: usize = 2;

/// What stands farther to the right, in characters, is not looked at; neither is a longer line, in bytes.
const WIDEST: usize = 600;
const LONGEST: usize = 4000;

/// The number of a page stands at least so far from the left, in characters.
const PAGE_NUMBER: usize = 12;

/// What goes on under a line goes on within so many lines, empty ones counted.
const NEXT_LINE: usize = 10;

/// A group of marks has so many at most.
const MOST_MARKS: usize = 3;

/// What a mark that stands alone may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing but dirt: no cell is ever made of it.
    Dirt,
    /// A sign that may stand in an empty cell, for «the same», or before an item.
    Sign,
    /// A letter, or a scrap of two or three Latin ones that no word is.
    Letter,
}

/// What no cell is ever made of, and what may stand in an empty one, for «the same», or before an item.
const DIRT: &str = ".,'‘’`´‚°|¦_:;~^!\\‹›©¢";
const DASHES: &str = "-–—";
const SIGNS: &str = "*+=\"“”„«»/•·<>&[]{}()";

/// What `word` is, if it is one or two signs and no figure.
pub(super) fn mark(word: &str) -> Option<Mark> {
    let dirt = |sign: char| DIRT.contains(sign);
    let dash = |sign: char| DASHES.contains(sign);
    let sign = |sign: char| dash(sign) || SIGNS.contains(sign);
    if is_scrap(word) {
        return Some(Mark::Letter);
    }
    let mut signs = word.chars();
    let (first, second, None) = (signs.next()?, signs.next(), signs.next()) else { return None };
    match second {
        None if dirt(first) => Some(Mark::Dirt),
        None if sign(first) => Some(Mark::Sign),
        None if is_plain_letter(first) => Some(Mark::Letter),
        // Two of them are a blank to be filled in.
        Some('_') if first == '_' => None,
        Some(second)
            if (dirt(first) || dirt(second))
                && [first, second].into_iter().all(|one| dirt(one) || dash(one)) =>
        {
            Some(Mark::Dirt)
        }
        // A blank to be filled in and a dash of two hyphens are none.
        Some(second)
            if first != second
                && first != '_'
                && [first, second].iter().all(|&one| dirt(one) || sign(one)) =>
        {
            Some(Mark::Sign)
        }
        Some(second) if second.is_lowercase() && (dirt(first) || sign(first)) => Some(Mark::Letter),
        // «г.» stands behind a blank for the year, a capital is an initial.
        Some(second) if dirt(second) && is_plain_letter(first) && first.is_lowercase() && first != 'г' => {
            Some(Mark::Letter)
        }
        _ => None,
    }
}

/// «en», «Joo»: a few Latin letters, not all of them capitals; an abbreviation or a numeral is none.
fn is_scrap(word: &str) -> bool {
    let short = (2..=3).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_alphabetic());
    short
        && word.bytes().skip(1).all(|letter| letter.is_ascii_lowercase())
        && !matches!(word, "ll" | "lll" | "Il" | "Ill" | "No" | "Ne" | "Ns")
}

/// A letter that is no numeral.
fn is_plain_letter(sign: char) -> bool {
    sign.is_alphabetic() && !matches!(sign, 'I' | 'V' | 'X' | 'Х' | 'І' | 'l')
}

/// A word: its bytes in the line, its characters.
pub(super) struct Word {
    pub(super) bytes: Range<usize>,
    pub(super) x: Range<usize>,
}

/// Words that one space parts.
pub(super) struct Group {
    pub(super) words: Vec<Word>,
    /// What it is, if it is nothing but marks.
    pub(super) mark: Option<Mark>,
}

impl Group {
    pub(super) fn x(&self) -> Range<usize> {
        let end = self.words.last().map_or(0, |word| word.x.end);
        self.words.first().map_or(0, |word| word.x.start)..end
    }

    pub(super) fn bytes(&self) -> Range<usize> {
        let end = self.words.last().map_or(0, |word| word.bytes.end);
        self.words.first().map_or(0, |word| word.bytes.start)..end
    }

    fn told(mut self, line: &str) -> Self {
        let marks: Option<Vec<Mark>> =
            self.words.iter().map(|word| mark(&line[word.bytes.clone()])).collect();
        self.mark = match marks.as_deref() {
            Some([only]) => Some(*only),
            Some(marks) if marks.len() <= MOST_MARKS => {
                let dirt = marks.iter().filter(|mark| **mark == Mark::Dirt).count();
                let letters = marks.contains(&Mark::Letter);
                let all = if dirt == marks.len() { Mark::Dirt } else { Mark::Sign };
                (dirt > 0 && !letters).then_some(all)
            }
            _ => None,
        };
        self
    }
}

/// A line and its groups.
pub(super) struct Row<'t> {
    pub(super) text: &'t str,
    pub(super) groups: Vec<Group>,
}

impl<'t> Row<'t> {
    fn of(text: &'t str) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let (mut x, mut at) = (0, 0);
        let read = if text.len() <= LONGEST { text } else { "" };
        for word in read.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let gap = text[at..start].chars().count();
            let end = x + gap + word.chars().count();
            let word = Word { bytes: start..start + word.len(), x: x + gap..end };
            (x, at) = (end, word.bytes.end);
            if x > WIDEST {
                break;
            }
            match groups.last_mut() {
                Some(last) if gap < CELL_GAP => last.words.push(word),
                _ => groups.push(Group { words: vec![word], mark: None }),
            }
        }
        Self { text, groups: groups.into_iter().map(|group| group.told(text)).collect() }
    }

    /// How many words of `group` are marks before its text.
    pub(super) fn opening(&self, group: &Group) -> usize {
        let marks =
            |word: &&Word| matches!(mark(&self.text[word.bytes.clone()]), Some(Mark::Dirt | Mark::Sign));
        group.words.iter().take_while(marks).count().min(group.words.len() - 1)
    }

    /// How many specks of dirt there are, alone or before the text of a cell.
    fn dirt(&self) -> usize {
        let dirt = |group: &&Group| mark(&self.text[group.words[0].bytes.clone()]) == Some(Mark::Dirt);
        self.groups.iter().filter(dirt).count()
    }

    /// True for a number that stands alone, far from the left.
    fn is_page_number(&self) -> bool {
        let mut real = self.real();
        let (Some(only), None) = (real.next(), real.next()) else { return false };
        let number = &self.text[only.bytes()];
        only.x().start >= PAGE_NUMBER && number.len() <= 3 && number.bytes().all(|sign| sign.is_ascii_digit())
    }

    /// The groups that are no marks.
    pub(super) fn real(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.mark.is_none())
    }
}

/// The lines of a page, and which places its columns use.
pub(super) struct Rows<'t> {
    pub(super) all: Vec<Row<'t>>,
    /// For every x how many lines that are set in columns have text there.
    covered: Vec<usize>,
    /// How many of them have words, not numbers, there.
    worded: Vec<usize>,
    /// How many groups begin there.
    begun: Vec<usize>,
    /// The lines from the first of three cells to the last of two.
    table: Range<usize>,
    /// How many signs and letters stand there alone, and how many groups a dash begins there.
    signs: Vec<usize>,
    letters: Vec<usize>,
    dashed: Vec<usize>,
}

/// The lines of a page, parted where its numbers say that several printed pages are one: their columns lie elsewhere.
pub(super) fn sheets<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Rows<'t>> {
    let mut sheets: Vec<Vec<Row>> = vec![Vec::new()];
    let mut ended = false;
    for row in texts.map(Row::of) {
        if ended && !row.groups.is_empty() {
            sheets.push(Vec::new());
            ended = false;
        }
        ended |= row.is_page_number();
        if let Some(last) = sheets.last_mut() {
            last.push(row);
        }
    }
    sheets.into_iter().map(Rows::of).collect()
}

impl<'t> Rows<'t> {
    fn of(all: Vec<Row<'t>>) -> Self {
        let none = || vec![0; WIDEST + 2];
        let cells = |least: usize| move |row: &Row| row.real().count() >= least;
        let start = all.iter().position(cells(3)).unwrap_or(0);
        let table = start..all.iter().rposition(cells(2)).map_or(0, |last| last + 1);
        let (covered, worded, begun) = (none(), none(), none());
        let (signs, dashed, letters) = (none(), none(), none());
        let mut rows = Self { all, table, covered, worded, begun, signs, letters, dashed };
        for row in &rows.all {
            let columns = row.real().count() >= 2;
            for group in &row.groups {
                let first = group.words[0].x.start;
                if group.mark.is_some() {
                    rows.signs[first] += usize::from(group.mark == Some(Mark::Sign));
                    rows.letters[first] += usize::from(group.mark == Some(Mark::Letter));
                    continue;
                }
                // A mark before the first word says nothing of where the cell begins.
                let start = group.words[row.opening(group)].x.start;
                rows.dashed[first] += usize::from(start > first);
                rows.begun[start] += 1;
                if columns {
                    let worded = row.text[group.bytes()].chars().any(char::is_alphabetic);
                    rows.covered[start..group.x().end].iter_mut().for_each(|count| *count += 1);
                    rows.worded[start..group.x().end]
                        .iter_mut()
                        .for_each(|count| *count += usize::from(worded));
                }
            }
        }
        rows
    }

    /// How many marks there are of which no cell is made.
    pub(super) fn dirt(&self) -> usize {
        self.all.iter().map(Row::dirt).sum()
    }

    /// How many lines are set in columns.
    pub(super) fn in_columns(&self) -> usize {
        self.all.iter().filter(|row| row.real().count() >= 2).count()
    }

    /// True for a line over the table or under it: over the first of three cells, under the last of two.
    pub(super) fn is_outside(&self, at: usize) -> bool {
        at < self.table.start || at >= self.table.end
    }

    /// True if words stand under `x` on the next line that has any.
    pub(super) fn goes_on(&self, at: usize, x: &Range<usize>) -> bool {
        let next = self.all[at + 1..].iter().take(NEXT_LINE).find(|row| !row.groups.is_empty());
        next.is_some_and(|row| row.real().any(|group| group.x().start < x.end && x.start < group.x().end))
    }

    /// True if marks are all that stands on the line and on those right above and below it.
    pub(super) fn is_bare(&self, at: usize) -> bool {
        self.all[at.saturating_sub(1)..(at + 2).min(self.all.len())]
            .iter()
            .all(|row| row.real().next().is_none())
    }

    /// True where no column has text, nor right beside it.
    pub(super) fn is_white(&self, x: Range<usize>) -> bool {
        near(&self.covered, x.start.saturating_sub(1)..x.end + 1).all(|count| count == 0)
    }

    /// True where numbers stand one under another, and nothing else does.
    pub(super) fn is_of_numbers(&self, x: Range<usize>) -> bool {
        let wide = x.start.saturating_sub(1)..x.end + 1;
        near(&self.worded, wide).all(|count| count == 0) && near(&self.letters, x).sum::<usize>() <= 1
    }

    /// How many signs stand alone at `x` or beside it.
    pub(super) fn signs_at(&self, x: usize) -> usize {
        near(&self.signs, x.saturating_sub(1)..x + 2).sum()
    }

    /// How many groups begin in `x`.
    pub(super) fn beginnings(&self, x: Range<usize>) -> usize {
        near(&self.begun, x).sum()
    }

    /// How many groups a mark begins at `x` or beside it.
    pub(super) fn dashed_at(&self, x: usize) -> usize {
        near(&self.dashed, x.saturating_sub(1)..x + 2).sum()
    }
}

/// The counts in `x`, as far as there are any.
fn near(counts: &[usize], x: Range<usize>) -> impl Iterator<Item = usize> + '_ {
    counts[x.start.min(counts.len())..x.end.min(counts.len())].iter().copied()
}
