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

use super::page_rows::{Group, Mark, Row, Rows, mark, sheets};
use crate::decode::{LineKind, Separator, Source, SourceLine};
use crate::dictionaries::{Spelling, names_part};
use crate::issue::{IssueKind, Issues};
use crate::text::{Edit, RuleId, Span};

const SPECK: RuleId = RuleId::new("junk.speck");

/// So many marks that no cell is made of, and so many lines set in columns, make a page noisy.
const LEAST_SPECKS: usize = 3;
const LEAST_ROWS: usize = 4;

/// A letter is a speck only with so much white on both sides, and with no more than so many on a line with words.
const MOST_LETTERS: usize = 2;
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

/// What stands over a table or under it is far from words with so much white on both sides.
const FAR: usize = 5;

/// Marks that no text has, alone among its words or grown to one.
const HARD: &str = "`°~^‚¦_‹›©¢";
const GROWN: &str = "‘’'`°‚_^~";
const DASHES: &[&str] = &["-", "–", "—"];

/// A year has so many figures.
const YEAR: usize = 4;

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
        if !is_noisy(&sheets) {
            continue;
        }
        all.resize(lines, Vec::new());
        let mut said = Vec::new();
        let rows = sheets.iter().flat_map(|rows| (0..rows.all.len()).map(move |at| (at, rows)));
        for (nth, ((at, rows), line)) in rows.zip(&page.lines).enumerate() {
            let edits = specks(at, rows, spelling);
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

/// True for a page with several marks that no cell is made of, among lines that are set in columns.
fn is_noisy(sheets: &[Rows]) -> bool {
    let dirt = sheets.iter().map(Rows::dirt).sum::<usize>();
    dirt >= LEAST_SPECKS && sheets.iter().map(Rows::in_columns).sum::<usize>() >= LEAST_ROWS
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

/// The edits of line `at`, ascending.
fn specks(at: usize, rows: &Rows, spelling: &Spelling) -> Vec<Edit> {
    let row = &rows.all[at];
    let mut edits: Vec<Edit> = Vec::new();
    for nth in 0..row.groups.len() {
        match alone(at, nth, rows) {
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

/// How sure it is that group number `nth` of line `at` is a speck and nothing else.
fn alone(at: usize, nth: usize, rows: &Rows) -> Option<u8> {
    let row = &rows.all[at];
    let group = &row.groups[nth];
    let free = || rows.is_white(group.x()) || (rows.is_outside(at) && is_far(at, nth, rows));
    match group.mark? {
        Mark::Dirt => (!is_figure(row, group)).then_some(SURE_OF_MARK),
        Mark::Sign => (free() && rows.signs_at(group.x().start) <= 2).then_some(SURE_OF_SIGN),
        Mark::Letter => {
            let alone = row.text[group.bytes()].chars().count() == 1;
            let place = free() || (alone && rows.is_of_numbers(group.x())) || is_loose(at, nth, rows);
            (place && is_lonely(at, nth, rows)).then_some(SURE_OF_LETTER)
        }
    }
}

/// True for a stroke that is a numeral of a part of a year.
fn is_figure(row: &Row, group: &Group) -> bool {
    let rest = row.text[group.bytes().end..].trim_start();
    let stroke = row.text[group.bytes()].contains(['|', '!', '\\']);
    stroke && names_part(rest)
}

/// The white between group `nth` and what stands beside it, the narrower of both sides.
fn white_around(row: &Row, nth: usize) -> usize {
    let own = row.groups[nth].x();
    let before = nth.checked_sub(1).map_or(usize::MAX, |left| own.start - row.groups[left].x().end);
    let behind = row.groups.get(nth + 1).map_or(usize::MAX, |right| right.x().start - own.end);
    before.min(behind)
}

/// True for what stands far from all words over or under a table: at the end of a line, or where there is nothing else.
fn is_far(at: usize, nth: usize, rows: &Rows) -> bool {
    let row = &rows.all[at];
    let end = !row.groups[nth..].iter().any(|group| group.mark.is_none());
    let start = !row.groups[..nth].iter().any(|group| group.mark.is_none());
    match (start, end) {
        // A letter may be a line of a title, a sign is none.
        (true, true) => row.groups[nth].mark == Some(Mark::Sign) || rows.is_bare(at),
        _ => (start || end) && white_around(row, nth) >= FAR,
    }
}

/// True for a letter inside a column that no wrapped word can be: it stands where no cell begins, and nothing goes on under
/// it, or the line has nothing but marks.
fn is_loose(at: usize, nth: usize, rows: &Rows) -> bool {
    let row = &rows.all[at];
    let x = row.groups[nth].x();
    let begins = rows.beginnings(x.start.saturating_sub(1)..x.start + 2) >= LEAST_BEGINNINGS;
    let dirt = row.groups.iter().any(|group| group.mark == Some(Mark::Dirt));
    !begins && (!rows.goes_on(at, &x) || dirt && row.real().next().is_none())
}

/// True for a letter with white around it, nearly the only one of its line: the columns of a heading may be lettered.
fn is_lonely(at: usize, nth: usize, rows: &Rows) -> bool {
    let row = &rows.all[at];
    let letters = row.groups.iter().filter(|group| group.mark == Some(Mark::Letter)).count();
    let words = row.real().next().is_some();
    let dirt = row.groups.iter().any(|group| group.mark == Some(Mark::Dirt));
    let beside = words || dirt || row.groups[nth].x().start < MARGIN || rows.is_bare(at);
    let few = match (words, dirt) {
        (true, _) => letters <= MOST_LETTERS,
        (false, dirt) => letters == 1 || (dirt && rows.is_outside(at)),
    };
    few && white_around(row, nth) >= WHITE_AROUND_LETTER && beside
}

/// Specks that stand among the words of group `nth`: before the first, between two, behind the last, grown to one.
fn beside_words(row: &Row, nth: usize, rows: &Rows, spelling: &Spelling) -> Vec<Edit> {
    let group = &row.groups[nth];
    let mut edits: Vec<Edit> = Vec::new();
    let opening = opening(row, group, rows);
    let first = !row.groups[..nth].iter().any(|group| group.mark.is_none());
    for (at, word) in group.words.iter().enumerate() {
        let string = &row.text[word.bytes.clone()];
        let last = at + 1 == group.words.len() && at > 0;
        if at < opening || is_hard(string) || last && string == "|" {
            let sure = if mark(string) == Some(Mark::Dirt) { SURE_OF_MARK } else { SURE_OF_SIGN };
            edits.push(white(row, word.bytes.clone(), sure));
            continue;
        }
        let numbered = first && at == opening && row.groups.len() > 1;
        let before = if numbered { before_number(string) } else { None };
        let rest = &row.text[word.bytes.start..group.bytes().end];
        let grown = before.or_else(|| before_word(string, rest, spelling)).map(|length| 0..length);
        if let Some(within) = grown.or_else(|| between(string, spelling)) {
            let start = word.bytes.start;
            edits.push(white(row, start + within.start..start + within.end, SURE_OF_SIGN));
        }
        let next = group.words.get(at + 1).map(|word| &row.text[word.bytes.clone()]);
        let behind = match next {
            None if numbered && group.words.len() == 1 => behind_number(string),
            Some(next) => dot_inside(string, next, spelling),
            None => None,
        };
        if let Some(from) = behind {
            edits.push(white(row, word.bytes.start + from..word.bytes.end, SURE_OF_SIGN));
        }
    }
    edits
}

/// One or two marks that no text has anywhere; a blank to be filled in is none.
fn is_hard(word: &str) -> bool {
    mark(word) == Some(Mark::Dirt) && word.chars().all(|sign| HARD.contains(sign))
}

/// How many words of `group` are specks before the text of a cell.
fn opening(row: &Row, group: &Group, rows: &Rows) -> usize {
    let count = row.opening(group);
    let marks = &group.words[..count];
    let rest = &row.text[group.words[count].bytes.start..];
    let dirt = marks.iter().any(|word| mark(&row.text[word.bytes.clone()]) == Some(Mark::Dirt));
    match marks {
        [] => 0,
        // A list's dashes stand where cells begin; one that hangs out of the column is dirt.
        [only] if DASHES.contains(&&row.text[only.bytes.clone()]) => {
            let text = group.words[count].x.start;
            let begun = rows.beginnings(text.saturating_sub(1)..text + 2);
            let hanging = rows.beginnings(only.x.start.saturating_sub(HANGING)..only.x.start + 1);
            let few = rows.dashed_at(only.x.start) * DASHED_SHARE <= begun;
            usize::from(begun >= LEAST_BEGINNINGS && hanging == 0 && few)
        }
        _ if dirt && !names_part(rest) => count,
        _ => 0,
    }
}

/// Bytes of what stands before the number of a row: «‚4.», «'12.».
fn before_number(word: &str) -> Option<usize> {
    let sign = word.chars().next().filter(|&sign| GROWN.contains(sign) || matches!(sign, ',' | '.' | '|'))?;
    let number = word[sign.len_utf8()..].strip_suffix(['.', ')'])?;
    let figures = (1..=LONGEST_NUMBER).contains(&number.len()) && is_number(number);
    figures.then_some(sign.len_utf8())
}

/// Where a speck stands behind the number of a row: «6;», «4°».
fn behind_number(word: &str) -> Option<usize> {
    let number = word.trim_end_matches(|sign| GROWN.contains(sign) || matches!(sign, ';' | ':' | ','));
    let figures = (1..=LONGEST_NUMBER).contains(&number.len()) && is_number(number);
    (figures && number.len() < word.len()).then_some(number.len())
}

/// Where a dot stands behind a whole word though the sentence goes on: «пожароопасному. сезону».
fn dot_inside(word: &str, next: &str, spelling: &Spelling) -> Option<usize> {
    let whole = word.strip_suffix('.')?;
    let letters = whole.chars().count() > LEAST_WORD && whole.chars().all(char::is_lowercase);
    let goes_on = next.starts_with(char::is_lowercase) && is_known(next, spelling);
    (letters && goes_on && is_known(whole, spelling)).then_some(whole.len())
}

/// Bytes of what stands before a word that is known and opens no quotation: «‘управление».
fn before_word(word: &str, rest: &str, spelling: &Spelling) -> Option<usize> {
    let sign = word.chars().next().filter(|&sign| GROWN.contains(sign))?;
    let closed = rest[sign.len_utf8()..].contains(['‘', '’', '\'', '`', '”', '“', '"', '»']);
    let word = &word[sign.len_utf8()..];
    let named = sign == '‚' && word.chars().count() >= LEAST_WORD && word.chars().all(char::is_alphabetic);
    (!closed && (named || is_known(word, spelling))).then_some(sign.len_utf8())
}

/// Where a speck stands in `word` between two words that are known: «Место‘проведения», «Срок.исполнения», «2022.года».
fn between(word: &str, spelling: &Spelling) -> Option<Range<usize>> {
    let start = word.find(|sign| GROWN.contains(sign) || matches!(sign, '|' | '.'))?;
    let sign = word[start..].chars().next()?;
    let (first, second) = (&word[..start], &word[start + sign.len_utf8()..]);
    let year = first.len() == YEAR && is_number(first);
    let goes_on = sign != '.' || second.starts_with(char::is_lowercase);
    let both = (year || is_known(first, spelling)) && is_known(second, spelling);
    (both && goes_on).then(|| start..start + sign.len_utf8())
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|sign| sign.is_ascii_digit())
}

/// True for a word that the language has, and long enough to be no chance.
fn is_known(word: &str, spelling: &Spelling) -> bool {
    let letters = word.trim_end_matches([',', '.', ';', ')']);
    let long = letters.chars().count() >= LEAST_WORD && letters.chars().all(char::is_alphabetic);
    long && spelling.lexicon.knows(letters)
}
