/*!
The heading of a table: where it stands, how many columns it has, what they are for.

This module never looks below the heading; a column whose heading says nothing is told later by what stands in it.

A heading reaches us as a row of cells, as cells one after another, or as plain lines in which the words of the columns
stand in reading order («Наименование мероприятий Срок / исполнения Ответственные исполнители»). In all of them a
heading is believed only together: one «Срок» is a word, «Мероприятие», «Срок» and «Исполнитель» in a row are a table.
*/

use crate::dictionaries::{Headings, Phrases, Tokens, is_among, is_letter};
use crate::plan::Role;
use crate::text::{Edit, RuleId, Text};

use super::strip::Strip;

const HEADING: RuleId = RuleId::new("name.heading");

/// A column as its heading has it.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// The words, joined over their lines.
    pub text: Text,
    /// What they say the column is for; `None` where they say nothing.
    pub role: Option<Role>,
}

/// A match of a heading rule at the beginning of a text.
struct Matched {
    role: Role,
    /// One past the last token.
    end: usize,
    part: bool,
    becomes: Option<String>,
}

/// Finds headings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder<'d> {
    headings: &'d Headings,
}

/// A column's heading that begins with a small letter has no more signs than this.
const LONGEST_SMALL_HEADING: usize = 40;

/// Words beside the year of a value, and the most tokens that the two have.
const KINDS_OF_VALUE: &str = "факт план прогноз отчет оценка фактически планируется очередной плановый";
const LONGEST_YEAR: usize = 6;

/// The heading of a number column whose second half was misread, and how many letters that half has at most.
const NUMBER: &str = "№ п/п";
const LONGEST_SHORT_FORM: usize = 3;

/// A table has no more columns than this; what stands further right goes to the last.
pub(super) const MOST_COLUMNS: usize = 256;

/// A heading of plain lines has no more words and marks.
const LONGEST_WORDING: usize = 300;

/// The most lines that a heading of plain lines takes, empty ones included.
const LONGEST_HEADING: usize = 12;

impl<'d> Finder<'d> {
    /// A finder with `headings`.
    pub(super) fn new(headings: &'d Headings) -> Self {
        Self { headings }
    }

    /// What is known of words and their repair.
    pub(super) fn phrases(&self) -> &'d Phrases {
        &self.headings.phrases
    }

    fn matched(&self, tokens: &Tokens, at: usize) -> Option<Matched> {
        let best = self.headings.roles.longest_at(tokens, at, &self.headings.phrases.slots())?;
        Some(Matched {
            role: best.rule.gives,
            end: best.found.end,
            part: best.rule.part,
            becomes: best.rule.becomes.clone(),
        })
    }

    /// True if `text` begins like the heading of some column.
    pub(super) fn begins(&self, text: &str) -> bool {
        let tokens = Tokens::new(text);
        self.matched(&tokens, 0).is_some_and(|matched| !matched.part)
    }

    /// The token within a number column's heading at which the measures' heading begins: «№ Мероприятия» is two columns, «№
    /// мероприятия» one.
    fn second_heading(&self, tokens: &Tokens, at: usize, matched: &Matched) -> Option<usize> {
        let capital = |next: usize| tokens.written(next).starts_with(char::is_uppercase);
        let measure =
            |next: usize| self.matched(tokens, next).is_some_and(|found| found.role == Role::Measure);
        let mut rest = at + 1..matched.end;
        if matched.role == Role::Number { rest.find(|&next| capital(next) && measure(next)) } else { None }
    }

    /// True if `text` is a year and no more than a word about it: «2024 год», «2022 год (факт)». Such a heading says for which
    /// year, and not for what.
    pub(super) fn is_year(&self, text: &Text) -> bool {
        let tokens = Tokens::new(text.as_str());
        let four = tokens.number(0).is_some_and(|year| (1990..2100).contains(&year));
        let rest = |at: usize| {
            let word = tokens.folded(at);
            matches!(word, "год" | "г" | "." | "," | "(" | ")") || is_among(word, KINDS_OF_VALUE)
        };
        four && tokens.len() <= LONGEST_YEAR && (1..tokens.len()).all(rest)
    }

    /// True if `text` is a heading and nothing else.
    pub(super) fn is_heading(&self, text: &Text) -> bool {
        let tokens = Tokens::new(text.as_str());
        self.matched(&tokens, 0).is_some_and(|matched| matched.end == tokens.len())
    }

    /// True if `text` is two headings of different columns, one behind the other.
    pub(super) fn holds_two(&self, text: &Text) -> bool {
        let tokens = Tokens::new(text.as_str());
        let first = self.matched(&tokens, 0).filter(|first| !first.part && first.end < tokens.len());
        first.is_some_and(|first| {
            let second = self.matched(&tokens, first.end).filter(|second| !second.part);
            second.is_some_and(|second| second.role != first.role && second.end == tokens.len())
        })
    }

    /// A cell's text as a heading.
    pub(super) fn read(&self, text: &Text) -> Heading {
        let text = text.squeezed();
        let tokens = Tokens::new(text.as_str());
        // «мероприятий по противодействию коррупции … на 2022 год» is the title's second line.
        let long = text.as_str().chars().count() > LONGEST_SMALL_HEADING;
        let title = long && text.as_str().starts_with(char::is_lowercase);
        let matched = self.matched(&tokens, 0).filter(|matched| !matched.part && !title);
        let role = matched.as_ref().map(|matched| matched.role);
        let becomes = matched.and_then(|matched| {
            let misread = matched.role == Role::Number && is_short_form(&tokens, matched.end);
            let (end, becomes) =
                if misread { (tokens.len(), NUMBER.to_owned()) } else { (matched.end, matched.becomes?) };
            Some((tokens.bytes(0..end), becomes))
        });
        let text = match becomes {
            Some((range, becomes)) if text.as_str()[range.clone()] != becomes => {
                let edit = Edit::new(range, becomes, HEADING, 80);
                self.headings.phrases.switches.edited(text, vec![edit])
            }
            _ => text,
        };
        Heading { text, role }
    }

    /// The heading that begins with plain line `first` of `strips`, and one past its last line.
    pub(super) fn in_lines(&self, strips: &[Strip], first: usize) -> Option<(Vec<Heading>, usize)> {
        if !self.begins(strips.get(first)?.text().as_str()) {
            return None;
        }
        let mut columns: Vec<(Role, Vec<Text>)> = Vec::new();
        let mut end = first;
        // The words of a heading run over line ends: «№» ⏎ «п/п», so the lines are read as one text.
        let mut joined = Text::default();
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (at, strip) in strips.iter().enumerate().skip(first).take(LONGEST_HEADING) {
            if strip.is_blank() {
                continue;
            }
            let line = strip.text().squeezed();
            if is_column_numbers(&[line.as_str()]) {
                break;
            }
            joined = if joined.is_empty() { line } else { Text::join([&joined, &line], true) };
            ends.push((joined.len(), at + 1));
        }
        let tokens = Tokens::new(joined.as_str());
        // A line that is a heading in part only is none: what was found before it counts.
        let mut complete = Vec::new();
        let mut at = 0;
        while at < tokens.len().min(LONGEST_WORDING) {
            let Some(mut matched) = self.matched(&tokens, at) else { break };
            if let Some(end) = self.second_heading(&tokens, at, &matched) {
                matched.end = end;
            }
            let range = tokens.bytes(at..matched.end);
            // A heading ends where a line does: a match that stops inside a line is followed by another, or is a row.
            let text = self.read(&joined.slice(range.clone())).text;
            match columns.iter_mut().find(|(role, _)| *role == matched.role) {
                Some((_, texts)) => texts.push(text),
                None if matched.part => break,
                None => columns.push((matched.role, vec![text])),
            }
            at = matched.end;
            if let Some(&(_, line)) = ends.iter().find(|(byte, _)| *byte == range.end) {
                end = line;
                complete.clone_from(&columns);
            }
        }
        let inside = ends
            .iter()
            .any(|&(byte, line)| line == end && at < tokens.len() && tokens.bytes(at..at + 1).start < byte);
        if end == first || inside || !is_plan(complete.iter().map(|(role, _)| *role)) {
            return None;
        }
        let headings = complete.into_iter().map(|(role, texts)| {
            let text = Text::join(&texts, true);
            Heading { text: self.read(&text).text, role: Some(role) }
        });
        Some((headings.collect(), end))
    }
}

/// True if what stands behind «№» is «п/п» as recognition leaves it: «пт», «пут», «n/n».
fn is_short_form(tokens: &Tokens, at: usize) -> bool {
    let rest: String = (at..tokens.len()).map(|at| tokens.written(at)).collect();
    let letters = || rest.chars().filter(|sign| is_letter(*sign));
    let alike = rest.chars().all(|sign| sign.is_lowercase() || matches!(sign, '/' | '|' | '.' | '!'));
    let told = letters().any(|letter| matches!(letter, 'п' | 'n'))
        || letters().all(|letter| matches!(letter, 'н' | 'и' | 'л'));
    alike && told && (1..=LONGEST_SHORT_FORM).contains(&letters().count())
}

/// True if columns with these roles make a plan: what is to be done, and by when or by whom.
pub(super) fn is_plan(roles: impl Iterator<Item = Role>) -> bool {
    let roles: Vec<Role> = roles.collect();
    let has = |role: Role| roles.contains(&role);
    (has(Role::Measure) && (has(Role::Deadline) || has(Role::Executor)))
        || (has(Role::Deadline) && has(Role::Executor))
}

/// True for the row «1 2 3 4» that numbers columns: at least three numbers, ascending by one from 1, and nothing else.
pub(super) fn is_column_numbers(cells: &[&str]) -> bool {
    let numbers: Option<Vec<u32>> = cells
        .iter()
        .flat_map(|cell| cell.split_whitespace())
        .map(|word| word.trim_end_matches('.').parse().ok())
        .collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 3 && numbers[0] <= 2 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    })
}
