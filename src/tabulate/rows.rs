/*!
Entries joined into rows.

This module never moves text between rows. It joins the fragments of every cell, parts a number that is fused to its
measure, and restores a number that both its neighbours contradict.
*/

use super::cell::{Cell, Fragment, join};
use super::entry::Entry;
use super::heading::Heading;
use super::numbers::{self, Leading};
use super::{MeasureRow, Row, SectionRow};
use crate::dictionaries::Phrases;
use crate::issue::{IssueKind, Issues};
use crate::plan::{Remain, Role};
use crate::text::{Edit, Origin, RuleId, Span, Text};

const SEQUENCE: RuleId = RuleId::new("number.sequence");
const NUMERAL: RuleId = RuleId::new("number.section");

/// The rows of a table, and what stands between them.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    pub list: Vec<Row>,
    pub remains: Vec<Remain>,
}

/// Joins `entries` of a table with `columns`.
pub(super) fn finish(
    entries: Vec<Entry>,
    columns: &[Heading],
    phrases: &Phrases,
    issues: &mut Issues,
) -> TableRows {
    let number = columns.iter().position(|column| column.role == Some(Role::Number));
    let measure = columns.iter().position(|column| column.role == Some(Role::Measure));
    let mut rows = TableRows::default();
    for entry in entries {
        match entry {
            Entry::Row(fragments, inherited) => {
                let mut cells: Vec<Cell> =
                    fragments.iter().map(|fragments| join(fragments, phrases)).collect();
                let numbered = number.is_none_or(|column| !inherited.contains(&column));
                let number = match number {
                    Some(column) => take_number(&mut cells[column]),
                    None => measure.and_then(|column| part_number(&mut cells[column])),
                };
                let doubtful = false;
                rows.list.push(Row::Measure(MeasureRow { number, cells, inherited, numbered, doubtful }));
            }
            Entry::Section(fragments) => rows.list.push(Row::Section(section(&fragments, phrases))),
            Entry::Remain(text, reason) => {
                let origin = text.origin();
                rows.remains.push(Remain { origin, reason });
            }
        }
    }
    if phrases.switches.allow(SEQUENCE) {
        mend_numbers(&mut rows.list, issues);
        restore_numbers(&mut rows.list, issues);
    }
    rows
}

/// Marks the rows in which a doubt about where cells begin lies.
pub(super) fn mark_doubtful(rows: &mut [Row], doubts: &[Span]) {
    if doubts.is_empty() {
        return;
    }
    let mut places: Vec<_> = doubts.iter().map(|doubt| doubt.start()).collect();
    places.sort_unstable();
    let holds = |span: Span| {
        places.get(places.partition_point(|&at| at < span.start())).is_some_and(|&at| at < span.end())
    };
    for row in rows {
        let Row::Measure(row) = row else { continue };
        let texts = row.number.iter().chain(row.cells.iter().map(|cell| &cell.text));
        row.doubtful = texts.flat_map(Text::origin).any(holds);
    }
}

/// The number column's text without its dot; what is not a number stays as it is.
fn take_number(cell: &mut Cell) -> Option<Text> {
    let cell = std::mem::take(cell);
    if cell.is_blank() {
        return None;
    }
    match numbers::whole(cell.text.as_str()) {
        Some(Leading { number, .. }) => Some(cell.text.slice(number)),
        None => {
            let trimmed = cell.text.as_str().trim_end_matches(['.', ')', ' ']).len();
            Some(cell.text.slice(0..trimmed).trim())
        }
    }
}

/// A number that is fused to the measure: «1.1. Участие…».
fn part_number(cell: &mut Cell) -> Option<Text> {
    let leading = numbers::leading(cell.text.as_str())
        .filter(|leading| leading.closed || leading.levels.len() > 1 || leading.levels[0] < 200)?;
    let rest = cell.text.as_str()[leading.rest..].trim_start();
    if !rest.starts_with(|sign: char| sign.is_uppercase() || matches!(sign, '«' | '"')) {
        return None;
    }
    let number = cell.text.slice(leading.number.clone());
    let breaks = cell.breaks.iter().filter(|one| one.at > leading.rest);
    let breaks = breaks.map(|one| super::cell::Break { at: one.at - leading.rest, gap: one.gap }).collect();
    *cell = Cell { text: cell.text.slice(leading.rest..cell.text.len()), breaks };
    Some(number)
}

/// A section row: «II. Повышение…», «2 | Превентивные меры», «Раздел 3. …», «Ш. …» where III was printed.
fn section(fragments: &[Fragment], phrases: &Phrases) -> SectionRow {
    let text = join(fragments, phrases).text;
    let string = text.as_str();
    let named = string.find(char::is_whitespace).filter(|&end| numbers::is_section_word(&string[..end]));
    let start = named.map_or(0, |end| string.len() - string[end..].trim_start_matches([' ', '№']).len());
    let end = string[start..]
        .find(|sign: char| sign.is_whitespace() || matches!(sign, '.' | ')' | ':'))
        .map_or(string.len(), |at| start + at);
    let closed = string[end..].starts_with(['.', ')', ':']) || named.is_some();
    let numeral = numbers::section_numeral(&string[start..end]).filter(|_| closed);
    if let Some(numeral) = numeral {
        let rest = string[end..].trim_start_matches(['.', ')', ':', ' ', '–', '-']);
        let number = text.slice(start..end);
        let number = if number.as_str() == numeral {
            number
        } else {
            let edit = Edit::new(0..number.len(), numeral, NUMERAL, 75);
            phrases.switches.edited(number, vec![edit])
        };
        return SectionRow {
            number: Some(number),
            title: text.slice(string.len() - rest.len()..string.len()),
        };
    }
    match numbers::leading(&string[start..]).filter(|leading| !string[start + leading.rest..].is_empty()) {
        Some(leading) => SectionRow {
            number: Some(text.slice(start + leading.number.start..start + leading.number.end)),
            title: text.slice(start + leading.rest..text.len()),
        },
        None => SectionRow { number: None, title: text },
    }
}

/// A number with letters in the places of digits, where it is the very next: «б» behind 5 is 6.
fn mend_numbers(rows: &mut [Row], issues: &mut Issues) {
    // The first row's number may be damaged too: «l.» follows nothing and is 1.
    let mut last = Some(numbers::Levels::from_elem(0, 1));
    for row in rows {
        let known = levels(row);
        let Row::Measure(MeasureRow { number: Some(number), .. }) = row else { continue };
        let damaged = numbers::damaged(number.as_str()).filter(|_| known.is_none());
        let follows = |meant: &Leading| {
            last.as_ref().is_some_and(|last| numbers::follows(last, &meant.levels) == Some(0))
        };
        if let Some(meant) = damaged.filter(follows) {
            let restored = numbers::print(&meant.levels);
            let message = format!("The number «{}» is read as {restored}: it is the next.", number.as_str());
            issues.note(IssueKind::RepairedNumber, first(&number.origin()), message);
            *number = number.edited(&[Edit::new(0..number.len(), restored, SEQUENCE, 80)]);
            last = Some(meant.levels);
        } else if known.is_some() {
            last = known;
        }
    }
}

/// A number that does not follow the one before it, where the one behind it follows a third: «2.0» between 2.5 and 2.7 is
/// 2.6.
fn restore_numbers(rows: &mut [Row], issues: &mut Issues) {
    let places: Vec<usize> = (0..rows.len()).filter(|&at| matches!(rows[at], Row::Measure(_))).collect();
    for window in places.windows(3) {
        let levels: Vec<Option<numbers::Levels>> = window.iter().map(|&at| levels(&rows[at])).collect();
        let (Some(before), Some(after)) = (&levels[0], &levels[2]) else { continue };
        let Some(meant) = numbers::between(before, after) else { continue };
        if levels[1].as_ref() == Some(&meant) {
            continue;
        }
        let Row::Measure(row) = &mut rows[window[1]] else { continue };
        let Some(number) = &row.number else { continue };
        let (printed, restored) = (number.as_str().to_owned(), numbers::print(&meant));
        if !is_misread(&printed, &restored) {
            continue;
        }
        let origin = number.origin();
        let edited = number.edited(&[Edit::new(0..number.len(), restored.clone(), SEQUENCE, 80)]);
        row.number = Some(edited);
        let message = format!(
            "The number «{printed}» stands between {} and {}; read as {restored}.",
            numbers::print(before),
            numbers::print(after)
        );
        issues.note(IssueKind::RepairedNumber, first(&origin), message);
    }
}

/// As many signs, one of them different, or a number that is no number at all.
fn is_misread(printed: &str, restored: &str) -> bool {
    let different = printed.chars().zip(restored.chars()).filter(|(a, b)| a != b).count();
    printed.chars().count() == restored.chars().count() && different == 1
        || !printed.chars().any(|sign| sign.is_ascii_digit())
}

fn levels(row: &Row) -> Option<numbers::Levels> {
    match row {
        Row::Measure(MeasureRow { number: Some(number), numbered: true, .. }) => {
            numbers::whole(number.as_str()).map(|leading| leading.levels)
        }
        _ => None,
    }
}

/// The first span of an origin.
pub(super) fn first(origin: &Origin) -> Span {
    origin.first().copied().unwrap_or(Span::new(0, 0))
}

/// The levels of two numbers, and whether the second skips some.
pub(super) fn note_gaps(rows: &[Row], issues: &mut Issues) {
    let mut last: Option<numbers::Levels> = None;
    for row in rows {
        let Some(next) = levels(row) else {
            continue;
        };
        let Row::Measure(MeasureRow { number: Some(number), .. }) = row else { continue };
        if let Some(last) = &last {
            let span = first(&number.origin());
            match numbers::follows(last, &next) {
                Some(0) => {}
                Some(skipped) => {
                    let message = format!(
                        "{skipped} number(s) are missing between {} and {}.",
                        numbers::print(last),
                        numbers::print(&next)
                    );
                    issues.note(IssueKind::NumberGap, span, message);
                }
                None if *last == next => {
                    issues.note(
                        IssueKind::DuplicateNumber,
                        span,
                        format!("Number {} stands twice.", numbers::print(&next)),
                    );
                }
                None => {}
            }
        }
        last = Some(next);
    }
}
