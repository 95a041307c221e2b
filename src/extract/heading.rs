/*!
The lines over a table: title, period, approval, and what the running text says of people.

This module never looks into the table. The lines come as one list; the title is what stands last, the stamps stand
above it, and above them may stand a whole order.
*/

use super::Appointment;
use super::approval;
use super::deadline::{self, Dated};
use super::executor::person_in;
use crate::dictionaries::{BlockSense, Phrases, Tokens};
use crate::plan::{Approval, Period, PlanKind};
use crate::tabulate::{BlockLine, Fragment, Gap, join};
use crate::text::{Found, RuleId, Text};

/// What the lines over a table say.
#[derive(Debug, Default)]
pub(super) struct Heading {
    pub(super) title: Option<Text>,
    pub(super) kind: PlanKind,
    pub(super) period: Option<Found<Period>>,
    pub(super) approval: Option<Approval>,
    pub(super) appointments: Vec<Appointment>,
}

const APPROVAL_YEAR: RuleId = RuleId::new("period.approval-year");

/// A title has no more lines than this.
const LONGEST_TITLE: usize = 14;

/// Reads the lines over a table.
pub(super) fn read(lines: &[BlockLine], phrases: &Phrases) -> Heading {
    let title_lines = title_range(lines, phrases);
    let above = &lines[..title_lines.as_ref().map_or(lines.len(), |range| range.start)];
    let title = title_lines.clone().map(|range| join_lines(&lines[range], phrases));
    let kind = title.as_ref().map_or(PlanKind::Other, |title| kind(title.as_str(), phrases));
    let below = &lines[title_lines.map_or(lines.len(), |range| range.end)..];
    let approval = approval::read(above, below, phrases);
    let period = period(title.as_ref(), approval.as_ref(), phrases);
    let appointments = appointments(above, phrases);
    Heading { title, kind, period, approval, appointments }
}

/// The meaning of the block rule that a line begins with.
pub(super) fn sense(line: &str, phrases: &Phrases) -> Option<BlockSense> {
    let line = line.trim();
    let tokens = Tokens::new(line);
    phrases.blocks.longest_at(&tokens, 0, &phrases.slots()).map(|best| best.rule.gives)
}

/// The lines joined into one text, hyphens at line ends taken out.
pub(super) fn join_lines(lines: &[BlockLine], phrases: &Phrases) -> Text {
    let fragments: Vec<Fragment> =
        lines.iter().map(|line| Fragment { text: line.text.clone(), gap: line.gap }).collect();
    join(&fragments, phrases).text
}

fn opens_title(line: &str, phrases: &Phrases) -> bool {
    let titled = |sense| {
        matches!(
            sense,
            BlockSense::Plan
                | BlockSense::Schedule
                | BlockSense::Roadmap
                | BlockSense::Programme
                | BlockSense::Other
        )
    };
    let unquoted = line.trim().trim_start_matches(['«', '"', '“', '„']);
    unquoted.starts_with(char::is_uppercase) && sense(line, phrases).is_some_and(titled)
}

/// The lines of the title: from the last line that opens one, or one shortly before it, to the table.
fn title_range(lines: &[BlockLine], phrases: &Phrases) -> Option<std::ops::Range<usize>> {
    let opens = |at: &usize| {
        opens_title(lines[*at].text.as_str(), phrases) || opens_over_line_end(lines, *at, phrases)
    };
    let last = (0..lines.len()).rev().find(opens)?;
    // «ПЛАН» ⏎ «… программы»: a line inside the title may open one, too.
    let lowest = last.saturating_sub(LONGEST_TITLE / 2);
    let calm = |range: std::ops::Range<usize>| {
        !lines[range].iter().any(|line| breaks_title(line.text.as_str(), phrases))
    };
    let first = (lowest..last).find(|at| opens(at) && calm(*at + 1..last)).unwrap_or(last);
    let end = (first + 1..lines.len())
        .find(|&at| at - first >= LONGEST_TITLE || ends_title(lines[at].text.as_str(), phrases));
    Some(first..end.unwrap_or(lines.len()))
}

/// «МЕРОПРИЯТИЯ» ⏎ «по подготовке …».
fn opens_over_line_end(lines: &[BlockLine], at: usize, phrases: &Phrases) -> bool {
    let Some(next) = lines.get(at + 1) else { return false };
    let short = lines[at].text.as_str().trim().chars().count() < 30;
    short
        && opens_title(&format!("{} {}", lines[at].text.as_str().trim(), next.text.as_str().trim()), phrases)
}

/// A stamp, an act or a name between two lines: they are not of one title.
fn breaks_title(line: &str, phrases: &Phrases) -> bool {
    let stamp = |sense| {
        matches!(
            sense,
            BlockSense::Approve
                | BlockSense::Approved
                | BlockSense::Appendix
                | BlockSense::Agreed
                | BlockSense::Act
        )
    };
    sense(line, phrases).is_some_and(stamp) || approval::ends_with_person(line)
}

/// What stands under a title and is not of it: an act in brackets, the list of amendments.
fn ends_title(line: &str, phrases: &Phrases) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    let act = ["(утв", "(в ред", "(в редакции", "утвержден", "список изменяющих", "(прил"]
        .iter()
        .any(|start| lower.starts_with(start));
    act || breaks_title(line, phrases) || crate::tabulate::opens_section(line)
}

/// What a plan calls itself; a «дорожная карта» anywhere in the title makes it one.
fn kind(title: &str, phrases: &Phrases) -> PlanKind {
    let tokens = Tokens::new(title);
    let at = |at: usize| phrases.blocks.longest_at(&tokens, at, &phrases.slots()).map(|best| best.rule.gives);
    if (0..tokens.len()).any(|token| at(token) == Some(BlockSense::Roadmap)) {
        return PlanKind::Roadmap;
    }
    match at(0) {
        Some(BlockSense::Schedule) => PlanKind::Schedule,
        Some(BlockSense::Programme) => PlanKind::Programme,
        Some(BlockSense::Plan) => PlanKind::Plan,
        _ => PlanKind::Other,
    }
}

/// The period in the title; else the year of approval. A title that leaves the year blank has none.
fn period(title: Option<&Text>, approval: Option<&Approval>, phrases: &Phrases) -> Option<Found<Period>> {
    if let Some(title) = title {
        match deadline::dated(title, phrases) {
            Dated::Period(period, range, rule) => {
                return Some(Found { value: period, origin: title.slice(range).origin(), rule });
            }
            Dated::Blank => return None,
            Dated::Nothing => {}
        }
    }
    let approval = approval?;
    let date = approval.date.as_ref().or(approval.act.as_ref()?.date.as_ref())?;
    let value = Period::year(date.value.year())?;
    Some(Found { value, origin: date.origin.clone(), rule: APPROVAL_YEAR })
}

/// «… возложить на заместителя министра – начальника управления … Т.В. Романову»: people and their positions.
fn appointments(lines: &[BlockLine], phrases: &Phrases) -> Vec<Appointment> {
    let mut found = Vec::new();
    for paragraph in paragraphs(lines) {
        let text = join_lines(paragraph, phrases);
        let tokens = Tokens::new(text.as_str());
        let mut since = 0;
        let mut at = 0;
        while at < tokens.len() {
            // «Министра С.А. Куликову»: the noun of a position is no surname.
            let noun = phrases.heads.names_person(tokens.folded(at));
            let Some((range, person)) = person_in(&text, &tokens, at).filter(|_| !noun) else {
                if matches!(tokens.written(at), ";" | ":") {
                    since = at + 1;
                }
                at += 1;
                continue;
            };
            let position = (since..range.start).find(|&token| approval::is_position(&tokens, token, phrases));
            if let Some(position) = position {
                let bytes = tokens.bytes(position..range.start);
                let position = text.slice(bytes);
                found.push(Appointment { person, position: trim_end(&position) });
            }
            since = range.end;
            at = range.end;
        }
    }
    found
}

fn trim_end(text: &Text) -> Text {
    let kept = text
        .as_str()
        .trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '–' | '-' | '—'));
    text.slice(0..kept.len())
}

/// Lines that no blank line parts, each paragraph of an order on its own.
fn paragraphs(lines: &[BlockLine]) -> Vec<&[BlockLine]> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for at in 1..=lines.len() {
        if at == lines.len() || lines[at].gap != Gap::Line {
            paragraphs.push(&lines[start..at]);
            start = at;
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
