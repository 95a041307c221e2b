/*!
Stamps, acts and signatures.

This module never puts a name into another case: positions and bodies are kept as they stand, `link` makes nominatives.

```text
УТВЕРЖДАЮ                         УТВЕРЖДЕН                                  ПРАВИТЕЛЬСТВО КИРОВСКОЙ ОБЛАСТИ
Министр труда …    position       распоряжением Правительства …  act, body   РАСПОРЯЖЕНИЕ
Тульской области                  от 01.02.2021 № 64-р           date, no.   от 14.02.2023            № 31
А.В. Филиппов      person                                                    … text of the order …
«29» марта 2017г   date                                                      Председатель …  П.Н. Лаптев
```
*/

use jiff::civil::Date;

use super::deadline;
use super::executor::person_in;
use super::heading::{join_lines, sense};
use crate::dictionaries::{BlockSense, Phrases, TokenKind, Tokens};
use crate::plan::{Act, Approval, Named, Signatory};
use crate::tabulate::{BlockLine, Gap, ends_with_signature};
use crate::text::{Found, RuleId, Text};

const DATE: RuleId = RuleId::new("approval.date");

/// The sign before an act's number, as printed and as recognition leaves it.
const NUMBER_SIGNS: &[&str] = &["#", "N", "N9", "No", "Ns", "Nо", "№", "ЛЪ", "Ле", "Хо"];

const STAMP_WORD: &str = "УТВЕРЖДАЮ";

/// A stamp has no more lines than this.
const LONGEST_STAMP: usize = 14;

/// Reads the lines over the title, and for the act those `below` it: «(утв. постановлением …)».
pub(super) fn read(lines: &[BlockLine], below: &[BlockLine], phrases: &Phrases) -> Option<Approval> {
    let mut approval = Approval::default();
    if let Some(stamp) = approve_stamp(lines, phrases) {
        read_stamp(&stamp, phrases, &mut approval);
    }
    if let Some(order) = order(lines, phrases) {
        approval.act = Some(order.act);
        if approval.person.is_none() {
            approval.person = order.signatory.person;
            approval.position = order.signatory.position;
        }
    }
    if approval.act.is_none() {
        approval.act = approved_by(lines, phrases).or_else(|| approved_by(below, phrases));
    }
    (!approval.is_empty()).then_some(approval)
}

/// The lines under «УТВЕРЖДАЮ»; where it stands beside «СОГЛАСОВАНО», only its own column of them.
fn approve_stamp(lines: &[BlockLine], phrases: &Phrases) -> Option<Vec<Text>> {
    let at = lines.iter().position(|line| stamp_word(line.text.as_str()).is_some())?;
    if lines[at..].iter().take(LONGEST_STAMP).any(|line| is_order_kind(line, phrases)) {
        return None;
    }
    let word = stamp_word(lines[at].text.as_str())?;
    let x = lines[at].text.as_str()[..word].chars().count();
    // Two spaces and more before the word: another column stands on its left.
    let beside = !lines[at].text.as_str()[..word].trim().is_empty();
    let own = |line: &BlockLine| {
        let text = &line.text;
        if !beside {
            return text.clone();
        }
        let string = text.as_str();
        let near =
            string.char_indices().map(|(byte, _)| byte).nth(x.saturating_sub(3)).unwrap_or(string.len());
        let start = string[near..]
            .find(|sign: char| !sign.is_whitespace())
            .map_or(string.len(), |offset| near + offset);
        text.slice(start..string.len())
    };
    Some(lines[at + 1..].iter().take(LONGEST_STAMP).map(own).collect())
}

/// Where «УТВЕРЖДАЮ» begins in `line`: in capitals, or alone on it. «1. Утверждаю прилагаемый план» is no stamp.
fn stamp_word(line: &str) -> Option<usize> {
    let alone = || {
        let word = line.trim().trim_end_matches([':', '.', ' ']);
        (word.to_uppercase() == STAMP_WORD).then(|| line.len() - line.trim_start().len())
    };
    line.find(STAMP_WORD).or_else(alone)
}

/// Position, person and date, in this order or another.
fn read_stamp(lines: &[Text], phrases: &Phrases, approval: &mut Approval) {
    let mut position: Vec<BlockLine> = Vec::new();
    for line in lines {
        let line = without_marks(line);
        if line.is_blank() {
            continue;
        }
        if let Some(date) = whole_date(&line, phrases).filter(|_| approval.date.is_none()) {
            approval.date = Some(date);
        } else if ends_with_person(line.as_str()) && approval.person.is_none() {
            let (before, person) = split_person(&line);
            approval.person = Some(person);
            position.extend(before.map(|text| BlockLine { text, gap: Gap::Line }));
        } else if approval.person.is_none()
            && approval.date.is_none()
            && sense(line.as_str(), phrases).is_none_or(|sense| sense == BlockSense::Act)
        {
            position.push(BlockLine { text: line, gap: Gap::Line });
        } else {
            break;
        }
    }
    if !position.is_empty() {
        approval.position = Some(named(join_lines(&position, phrases)));
    }
}

/// Without the line to sign on, and the marks of a quotation.
fn without_marks(line: &Text) -> Text {
    let string = line.as_str();
    let mark =
        |sign: char| sign.is_whitespace() || matches!(sign, '_' | '>' | '/' | ':' | '■' | '•' | '|' | '*');
    let start = string.len() - string.trim_start_matches(mark).len();
    let end = string.trim_end_matches(mark).len().max(start);
    line.slice(start..end)
}

fn named(text: Text) -> Named {
    Named { name: text.as_str().to_owned(), text }
}

/// True if `line` ends with a person's name, its initials first, or is one.
pub(super) fn ends_with_person(line: &str) -> bool {
    let line = line.trim();
    let tokens = Tokens::new(line);
    ends_with_signature(line) || crate::tabulate::person_at(&tokens, 0) == Some(tokens.len())
}

/// What stands before the person's name at the end of `line`, and the name.
fn split_person(line: &Text) -> (Option<Text>, Named) {
    let tokens = Tokens::new(line.as_str());
    let found = (0..tokens.len())
        .find_map(|at| person_in(line, &tokens, at).filter(|(range, _)| range.end == tokens.len()));
    let Some((range, person)) = found else { return (None, named(line.clone())) };
    let before = without_marks(&line.slice(0..tokens.bytes(range).start));
    ((!before.is_blank()).then_some(before), named(person.text))
}

/// A line that is a date and nothing else.
fn whole_date(line: &Text, phrases: &Phrases) -> Option<Found<Date>> {
    let (range, date) = deadline::first_date(line, phrases)?;
    let rest = line.len() - range.len();
    (rest <= 4).then(|| Found { value: date, origin: line.slice(range).origin(), rule: DATE })
}

/// An order with its act and its signature.
struct Order {
    act: Act,
    signatory: Signatory,
}

/// «РАСПОРЯЖЕНИЕ», «П Р И К А З» on a line of its own.
fn is_order_kind(line: &BlockLine, phrases: &Phrases) -> bool {
    let string = line.text.as_str().trim();
    let alone = string.split_whitespace().count() == 1
        || string.chars().filter(|sign| sign.is_alphabetic()).count() < 16;
    alone
        && string.chars().all(|sign| !sign.is_lowercase())
        && sense(string, phrases) == Some(BlockSense::Act)
}

/// An order over the plan: its kind stands on a line of its own, in capitals, its body above, its date and number below.
fn order(lines: &[BlockLine], phrases: &Phrases) -> Option<Order> {
    let at = lines.iter().position(|line| is_order_kind(line, phrases))?;
    let mut act = Act { kind: act_kind(&lines[at].text, phrases), ..Act::default() };
    let letterhead = letterhead(&lines[..at], phrases);
    if !letterhead.is_empty() && letterhead.len() <= LONGEST_STAMP {
        act.authority = Some(named(join_lines(&letterhead, phrases)));
    }
    let below = &lines[at + 1..];
    for line in below.iter().take(4) {
        date_and_number(&line.text, phrases, &mut act);
        if act.number.is_some() {
            break;
        }
    }
    let end = below
        .iter()
        .position(|line| sense(line.text.as_str(), phrases) == Some(BlockSense::Appendix))
        .unwrap_or(below.len());
    Some(Order { act, signatory: signatory(&below[..end], phrases).unwrap_or_default() })
}

/// The lines over an order that name its body: the last paragraph that begins with one, down to the order.
fn letterhead(lines: &[BlockLine], phrases: &Phrases) -> Vec<BlockLine> {
    let lines: Vec<BlockLine> =
        lines.iter().filter(|line| !without_marks(&line.text).is_blank()).cloned().collect();
    let stamp = |line: &BlockLine| stamp_word(line.text.as_str()).is_some();
    let above = lines.iter().rposition(stamp).map_or(0, |at| at + 1);
    let begins = |at: &usize| lines[*at].gap != Gap::Line && begins_with_body(&lines[*at].text, phrases);
    let first = (above..lines.len()).rev().find(begins).unwrap_or(above);
    lines[first..].to_vec()
}

/// «УТВЕРЖДЕН приказом … от … № …», «Приложение к приказу …», «… утвержденному решением … от …».
fn approved_by(lines: &[BlockLine], phrases: &Phrases) -> Option<Act> {
    let stamp = |line: &BlockLine| {
        let line = line.text.as_str().trim_start_matches([' ', '(']);
        matches!(sense(line, phrases), Some(BlockSense::Approved | BlockSense::Appendix))
    };
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| stamp(&lines[at])).collect();
    starts.into_iter().rev().find_map(|at| {
        let text = join_lines(&lines[at..(at + LONGEST_STAMP).min(lines.len())], phrases);
        let by_body =
            |act: &Act| act.authority.as_ref().is_some_and(|body| begins_with_body(&body.text, phrases));
        act(&text, phrases).filter(|act| act.date.is_some() || act.number.is_some() || by_body(act))
    })
}

/// True if the words of a body or an office come first: «Министерства …», not «о мерах …».
fn begins_with_body(text: &Text, phrases: &Phrases) -> bool {
    let tokens = Tokens::new(text.as_str());
    (0..2).any(|at| {
        !phrases.heads.forms(tokens.folded(at)).is_empty()
            || phrases.heads.abbreviation(tokens.written(at)).is_some()
    })
}

/// The last act that `text` names: kind, body, date, number.
fn act(text: &Text, phrases: &Phrases) -> Option<Act> {
    let tokens = Tokens::new(text.as_str());
    let is_kind = |at: &usize| {
        phrases
            .blocks
            .longest_at(&tokens, *at, &phrases.slots())
            .is_some_and(|best| best.rule.gives == BlockSense::Act)
    };
    let at = (0..tokens.len()).rev().find(is_kind)?;
    let kind = act_kind(&text.slice(tokens.bytes(at..at + 1)), phrases);
    let rest = tokens.bytes(at + 1..tokens.len());
    let rest = text.slice(rest);
    let mut act = Act { kind, ..Act::default() };
    let end = date_and_number(&rest, phrases, &mut act);
    let body = without_marks(&rest.slice(0..end));
    if !body.is_blank() {
        act.authority = Some(named(body));
    }
    Some(act)
}

fn act_kind(text: &Text, phrases: &Phrases) -> Option<Named> {
    let text = text.trim();
    let tokens = Tokens::new(text.as_str());
    let best = phrases.blocks.longest_at(&tokens, 0, &phrases.slots())?;
    let name = best.rule.becomes.clone()?;
    Some(Named { text: text.slice(tokens.bytes(0..best.found.end)), name })
}

/// Fills in the date and the number of an act from `text`, and returns the byte at which they begin.
fn date_and_number(text: &Text, phrases: &Phrases, act: &mut Act) -> usize {
    let mut begin = text.len();
    let tokens = Tokens::new(text.as_str());
    if let Some((range, date)) = deadline::first_date(text, phrases) {
        let from = (0..tokens.len())
            .rev()
            .find(|&at| tokens.folded(at) == "от" && tokens.bytes(at..at + 1).start < range.start);
        begin = from.map_or(range.start, |at| tokens.bytes(at..at + 1).start);
        act.date = Some(Found { value: date, origin: text.slice(range).origin(), rule: DATE });
    }
    let from = (0..tokens.len()).find(|&at| tokens.folded(at) == "от" && is_blank_at(&tokens, at + 1));
    if let Some(from) = from {
        begin = begin.min(tokens.bytes(from..from + 1).start);
        act.date = act.date.take().or_else(|| filled_in(text, &tokens, from + 1));
    }
    let sign = |at: &usize| {
        let before = tokens.folded(at.wrapping_sub(1));
        NUMBER_SIGNS.contains(&tokens.written(*at)) && !matches!(before, "протокол" | "приложение")
    };
    // «приказом МБДОУ № 18 от … № 6а»: the number behind the date is the act's.
    let signs: Vec<usize> = (0..tokens.len()).filter(sign).collect();
    let dated = begin < text.len();
    let behind = |at: &&usize| tokens.bytes(**at..**at + 1).start > begin;
    let own = signs.iter().find(behind).or_else(|| signs.first());
    if let Some(&at) = own
        && act.number.is_none()
    {
        act.number = number_after(text, &tokens, at + 1);
        let start = tokens.bytes(at..at + 1).start;
        if act.number.is_some() || !dated {
            begin = begin.min(start);
        }
    }
    begin
}

/// «от ____», «от « 10»____01____»: a line to be filled in.
fn is_blank_at(tokens: &Tokens, at: usize) -> bool {
    (at..at + 4).find(|&at| tokens.is_mark(at, '_')).is_some_and(|blank| {
        (at..blank).all(|at| matches!(tokens.written(at), "«" | "»" | "\"") || tokens.number(at).is_some())
    })
}

/// A date whose day, month and year were filled into a blank line: «« 10»______01____2022».
fn filled_in(text: &Text, tokens: &Tokens, at: usize) -> Option<Found<Date>> {
    let mark = |at: usize| matches!(tokens.written(at), "«" | "»" | "\"" | "_" | ".");
    let end = (at..tokens.len()).find(|&at| !mark(at) && tokens.number(at).is_none()).unwrap_or(tokens.len());
    let figures: Vec<usize> = (at..end).filter(|&at| tokens.number(at).is_some()).collect();
    let [day, month, year] = figures[..] else { return None };
    let value = |at: usize| tokens.number(at).and_then(|value| i16::try_from(value).ok());
    let part = |at: usize| value(at).and_then(|value| i8::try_from(value).ok());
    let date =
        Date::new(value(year)?, part(month)?, part(day)?).ok().filter(|_| tokens.written(year).len() == 4)?;
    Some(Found { value: date, origin: text.slice(tokens.bytes(day..year + 1)).origin(), rule: DATE })
}

/// «2215-П», «27/Пр/18», «ОД-541-П», «6а»: a digit among its signs, up to the next white space.
fn number_after(text: &Text, tokens: &Tokens, at: usize) -> Option<Text> {
    let first = tokens.get(at).filter(|token| token.kind != TokenKind::Mark)?;
    let start = first.start as usize;
    let number = text.as_str()[start..].split_whitespace().next()?;
    if !number.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let number = number.trim_end_matches([',', '.', ')', ';', '»', '"']);
    Some(text.slice(start..start + number.len()))
}

/// The signature in `lines`: a position over one or more lines and a name with its initials first.
pub(super) fn signatory(lines: &[BlockLine], phrases: &Phrases) -> Option<Signatory> {
    let contact = lines
        .iter()
        .position(|line| sense(line.text.as_str(), phrases) == Some(BlockSense::Contact))
        .unwrap_or(lines.len());
    let lines = &lines[..contact];
    let at =
        (0..lines.len()).rev().find(|&at| ends_with_signature(without_marks(&lines[at].text).as_str()))?;
    let (before, person) = split_person(&without_marks(&lines[at].text));
    let first = (at.saturating_sub(LONGEST_STAMP / 2)..=at).find(|&line| {
        let tokens = Tokens::new(lines[line].text.as_str().trim());
        is_position(&tokens, 0, phrases)
            // «заместителя Губернатора …» ends a sentence above.
            && !phrases.heads.is_oblique(tokens.folded(0))
            && lines[line].text.as_str().trim().chars().count() < 120
    });
    let mut position: Vec<BlockLine> = first.map_or_else(Vec::new, |first| lines[first..at].to_vec());
    position.extend(before.map(|text| BlockLine { text, gap: Gap::Line }));
    let position = (!position.is_empty()).then(|| named(join_lines(&position, phrases)));
    Some(Signatory { person: Some(person), position })
}

/// True if a position begins with token `at`: its noun, or an adjective or numeral before it.
pub(super) fn is_position(tokens: &Tokens, at: usize, phrases: &Phrases) -> bool {
    let noun = |at: usize| phrases.heads.names_person(tokens.folded(at));
    let acting = |at: usize| matches!(tokens.folded(at), "и" | "исполняющий" | "исполняющего" | "временно");
    let qualifier = |at: usize| {
        let word = tokens.folded(at);
        ["ый", "ий", "ого", "его", "ой", "ая", "ому"].iter().any(|ending| word.ends_with(ending))
            && word.chars().count() > 4
    };
    let deputy = |at: usize| tokens.folded(at) == "вице" && tokens.is_dash(at + 1) && noun(at + 2);
    noun(at)
        || deputy(at)
        || (qualifier(at) && (noun(at + 1) || (qualifier(at + 1) && noun(at + 2))))
        || (acting(at) && (at + 1..at + 7).any(noun) && tokens.is_mark(at + 1, '.'))
}
