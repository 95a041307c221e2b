/*!
Specks of a noisy scan, on a page whose columns spaces hold apart.

This module never takes out a figure, and nothing from a page that is clean: one that has not several marks of which no
cell is ever made. A speck stands alone, with white on both sides; on such a page signs and letters that might be text are
specks only where no column is:

```text
            |   ‚4.   —     Посадка леса в рамках       Красногвардейский,      П и IУ кварталы
            ^   ^     ^     проекта «Зеленая столица»     Алексеевский      °      2017 года
```

White takes the place of a speck, so nothing moves; which marks were left out is said, page by page.
*/

use std::ops::Range;

use super::page_rows::{Group, Mark, Row, Rows, Word, mark, sheets};
use crate::decode::{LineKind, Separator, Source, SourceLine};
use crate::dictionaries::{Spelling, names_part};
use crate::issue::{IssueKind, Issues};
use crate::text::{Edit, RuleId, Span};

const SPECK: RuleId = RuleId::new("junk.speck");

/// So many marks that no cell is made of, and so many lines set in columns, make a page noisy.
const LEAST_SPECKS: usize = 3;
const LEAST_ROWS: usize = 4;

/// A letter is a speck only with so much white on both sides.
const WHITE_AROUND_LETTER: usize = 4;

/// A letter alone on its line is one only so near to the margin: elsewhere it is a line of a title.
const MARGIN: usize = 8;

/// So many cells begin where a column does.
const LEAST_BEGINNINGS: usize = 3;

/// Of the cells of a column, one in so many at most begins with a dash that is dirt; more of them are a list.
const DASHED_SHARE: usize = 6;

/// A list's dash stands at most so many characters to the right of where cells begin.
const HANGING: usize = 3;

/// How sure it is that a mark, a sign, a letter is a speck.
const SURE_OF_MARK: u8 = 90;
const SURE_OF_SIGN: u8 = 75;
const SURE_OF_LETTER: u8 = 60;

/// A longer number is no row's.
const LONGEST_NUMBER: usize = 3;

/// No shorter word is parted from its neighbour by a speck between the two.
const LEAST_WORD: usize = 4;

/// For every line of the source the edits that take its specks out; empty where there is no noisy page.
pub(super) fn find(source: &Source, spelling: &Spelling, issues: &mut Issues) -> Vec<Vec<Edit>> {
    let mut all: Vec<Vec<Edit>> = Vec::new();
    if !spelling.switches.allow(SPECK) {
        return all;
    }
    let lines = source.pages.iter().map(|page| page.lines.len()).sum();
    for page in &source.pages {
        if !may_be_noisy(source, &page.lines) {
            continue;
        }
        let text = |line: &SourceLine| if is_free(line) { source.decoded.at(line.span) } else { "" };
        let sheets = sheets(page.lines.iter().map(text));
        let sum = |count: fn(&Rows) -> usize| sheets.iter().map(count).sum::<usize>();
        if sum(Rows::dirt) < LEAST_SPECKS || sum(Rows::in_columns) < LEAST_ROWS {
            continue;
        }
        all.resize(lines, Vec::new());
        let mut said = Vec::new();
        let rows = sheets.iter().flat_map(|rows| rows.all.iter().map(move |row| (row, rows)));
        for (nth, ((row, rows), line)) in rows.zip(&page.lines).enumerate() {
            let edits = specks(row, rows, spelling);
            let start = line.span.start();
            said.extend(
                edits
                    .iter()
                    .map(|edit| Span::new(start + edit.range.start as u32, start + edit.range.end as u32)),
            );
            all[page.first_line + nth] = edits;
        }
        note(&said, source, issues);
    }
    all
}

/// A line of text that nothing parts.
fn is_free(line: &SourceLine) -> bool {
    line.kind == LineKind::Text && line.separator == Separator::None && line.cells.len() == 1
}

/// False for nearly every page, at little cost: one with fewer marks that stand alone than make it noisy.
fn may_be_noisy(source: &Source, lines: &[SourceLine]) -> bool {
    let alone = |line: &SourceLine| {
        let string = source.decoded.at(line.span);
        let wide = is_free(line) && string.contains("  ");
        if wide { string.split_whitespace().filter(|word| mark(word) == Some(Mark::Dirt)).count() } else { 0 }
    };
    let mut found = 0;
    lines.iter().any(|line| {
        found += alone(line);
        found >= LEAST_SPECKS
    })
}

/// Says which marks of a page were left out, and where.
fn note(said: &[Span], source: &Source, issues: &mut Issues) {
    let Some(first) = said.first() else { return };
    let place = |span: &Span| format!("«{}» {}", source.decoded.at(*span), source.place(span.start()).1);
    let places: Vec<String> = said.iter().map(place).collect();
    let count = said.len();
    let message =
        format!("{count} marks are dirt and were left out; each with its line: {}.", places.join(", "));
    issues.note(IssueKind::StrayMarks, *first, message);
}

/// The edits of one line, ascending.
fn specks(row: &Row, rows: &Rows, spelling: &Spelling) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for nth in 0..row.groups.len() {
        match alone(row, nth, rows) {
            Some(sure) => {
                edits.extend(row.groups[nth].words.iter().map(|word| white(row, word.bytes.clone(), sure)))
            }
            None => edits.extend(beside_words(row, nth, rows, spelling)),
        }
    }
    edits
}

/// White in the place of `range`, as wide as what stood there.
fn white(row: &Row, range: Range<usize>, sure: u8) -> Edit {
    let signs = row.text[range.clone()].chars().count();
    Edit::new(range, " ".repeat(signs), SPECK, sure)
}

/// How sure it is that group number `nth` of the line is a speck and nothing else.
fn alone(row: &Row, nth: usize, rows: &Rows) -> Option<u8> {
    let group = &row.groups[nth];
    match group.mark? {
        Mark::Dirt => (!is_figure(row, group)).then_some(SURE_OF_MARK),
        Mark::Sign => {
            (rows.is_white(group.x()) && rows.signs_at(group.x().start) <= 2).then_some(SURE_OF_SIGN)
        }
        Mark::Letter => (rows.is_white(group.x()) && is_lonely(row, nth)).then_some(SURE_OF_LETTER),
    }
}

/// True for a stroke that is a numeral of a part of a year.
fn is_figure(row: &Row, group: &Group) -> bool {
    let rest = row.text[group.bytes().end..].trim_start();
    let stroke = row.text[group.bytes()].contains(['|', '!', '\\']);
    stroke && names_part(rest)
}

/// True for the only letter of its line, far from the words on both sides.
fn is_lonely(row: &Row, nth: usize) -> bool {
    let letters = row.groups.iter().filter(|group| group.mark == Some(Mark::Letter)).count();
    let own = row.groups[nth].x();
    let before = nth.checked_sub(1).map_or(usize::MAX, |left| own.start - row.groups[left].x().end);
    let behind = row.groups.get(nth + 1).map_or(usize::MAX, |right| right.x().start - own.end);
    let words = row.groups.iter().any(|group| group.mark.is_none());
    letters == 1 && before.min(behind) >= WHITE_AROUND_LETTER && (words || own.start < MARGIN)
}

/// Specks that stand among the words of group `nth`: before the first, behind the last, grown to one.
fn beside_words(row: &Row, nth: usize, rows: &Rows, spelling: &Spelling) -> Vec<Edit> {
    let group = &row.groups[nth];
    let mut edits = Vec::new();
    let text = |word: &Word| &row.text[word.bytes.clone()];
    let (Some(first), Some(last)) = (group.words.first(), group.words.last()) else { return edits };
    if group.words.len() > 1 && opens(row, group, rows) {
        let sure = if mark(text(first)) == Some(Mark::Dirt) { SURE_OF_MARK } else { SURE_OF_SIGN };
        edits.push(white(row, first.bytes.clone(), sure));
    }
    for word in &group.words {
        edits.extend(grown(text(word), spelling).map(|within| {
            let start = word.bytes.start;
            white(row, start + within.start..start + within.end, SURE_OF_SIGN)
        }));
    }
    let numbered = nth == 0 && row.groups.len() > 1;
    if let Some(length) = numbered.then(|| before_number(text(first))).flatten() {
        edits.push(white(row, first.bytes.start..first.bytes.start + length, SURE_OF_SIGN));
    }
    let tail = |sign: char| matches!(sign, '_' | '`' | '°' | '|' | '~' | '^' | '‚' | '¦');
    if group.words.len() > 1 && text(last).chars().all(tail) {
        edits.push(white(row, last.bytes.clone(), SURE_OF_MARK));
    }
    edits
}

/// True where the first word of `group` is a speck before the text of a cell.
fn opens(row: &Row, group: &Group, rows: &Rows) -> bool {
    let (first, second) = (&group.words[0], &group.words[1]);
    let string = &row.text[first.bytes.clone()];
    let rest = &row.text[second.bytes.start..];
    match mark(string) {
        Some(Mark::Dirt) => !names_part(rest),
        // A list's dashes stand where cells begin; one that hangs out of the column is dirt.
        Some(Mark::Sign) if matches!(string, "-" | "–" | "—") => {
            let begun = rows.beginnings(second.x.start - 1..second.x.start + 2);
            let hanging = rows.beginnings(first.x.start.saturating_sub(HANGING)..first.x.start + 1);
            let dashed = rows.dashed_at(first.x.start);
            begun >= LEAST_BEGINNINGS && hanging == 0 && dashed * DASHED_SHARE <= begun
        }
        _ => false,
    }
}

/// Bytes of what stands before the number of a row: «‚4.», «'12.».
fn before_number(word: &str) -> Option<usize> {
    let sign = word
        .chars()
        .next()
        .filter(|sign| matches!(sign, '‚' | '\'' | '‘' | '’' | '`' | '°' | ',' | '.' | '_' | '|'))?;
    let number = word[sign.len_utf8()..].strip_suffix(['.', ')'])?;
    let figures = number.len() <= LONGEST_NUMBER
        && !number.is_empty()
        && number.bytes().all(|sign| sign.is_ascii_digit());
    figures.then_some(sign.len_utf8())
}

/// Where a speck stands in `word` between two words that are known: «Место‘проведения».
fn grown(word: &str, spelling: &Spelling) -> Option<Range<usize>> {
    let speck = |sign: char| matches!(sign, '‘' | '’' | '\'' | '`' | '°' | '‚' | '|' | '_' | '^' | '~');
    let start = word.find(speck)?;
    let end = start + word[start..].chars().next()?.len_utf8();
    let known = |part: &str| {
        let letters = part.trim_end_matches([',', '.', ';', ')']);
        let long = letters.chars().count() >= LEAST_WORD && letters.chars().all(char::is_alphabetic);
        long && spelling.lexicon.knows(letters)
    };
    (known(&word[..start]) && known(&word[end..])).then_some(start..end)
}
