//! What is not text: tags, emphasis, the remains of ruling lines. Never a letter or digit outside a tag.

use crate::decode::Separator;
use crate::dictionaries::{Switches, demands_numeral};
use crate::text::{Edit, RuleId, Text};

const TAG: RuleId = RuleId::new("junk.tag");
const EMPHASIS: RuleId = RuleId::new("junk.emphasis");
const MARK: RuleId = RuleId::new("junk.mark");
const DASH: RuleId = RuleId::new("junk.dash");
const QUOTE: RuleId = RuleId::new("spelling.quote");

/// Tags that are left in text taken from web pages; those that end a line leave a line end.
const TAGS: &[&str] = &[
    "b", "br", "center", "div", "em", "font", "i", "li", "o:p", "p", "s", "span", "strong", "sub", "sup",
    "td", "th", "tr", "u", "ul",
];

/// What Markdown puts a backslash before.
const ESCAPED: &str = ".*-_#[]()<>|'\"+!";

/// The longest tag that is looked for, attributes included, in bytes.
const LONGEST_TAG: usize = 200;

/// All of them.
pub(super) fn mend(text: Text, separator: Separator, switches: &Switches) -> Text {
    let text = drop_tags(text, switches);
    let text = drop_line_marks(text, switches);
    let text = drop_emphasis(text, switches);
    let text = join_hyphens(text, switches);
    let text = close_quotes(text, switches);
    drop_marks(text, separator, switches)
}

fn drop_tags(text: Text, switches: &Switches) -> Text {
    if !text.as_str().contains('<') {
        return text;
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (at, _) in text.as_str().match_indices('<') {
        let Some((length, name)) = tag(beginning(&text.as_str()[at..], LONGEST_TAG)) else { continue };
        let with = if name == "br" { "\n" } else { "" };
        edits.push(Edit::certain(at..at + length, with, TAG));
    }
    switches.edited(text, edits)
}

/// The first `length` bytes of `text`, or what comes up to the sign that lies there.
fn beginning(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// The length and the name of the tag that `text` begins with.
fn tag(text: &str) -> Option<(usize, String)> {
    let end = text.find('>')?;
    let inner = text[1..end].trim_start_matches('/').trim_end_matches('/');
    let name = inner.split_whitespace().next()?.to_lowercase();
    let attributes = &inner[inner.find(char::is_whitespace).unwrap_or(inner.len())..];
    let fits = TAGS.contains(&name.as_str()) && (attributes.trim().is_empty() || attributes.contains('='));
    (fits && !inner.contains('<')).then_some((end + 1, name))
}

/// «#» of a Markdown heading and «>» of a quotation at the beginning of a line.
fn drop_line_marks(text: Text, switches: &Switches) -> Text {
    let string = text.as_str();
    let start = string.len() - string.trim_start().len();
    let marks = string[start..].len() - string[start..].trim_start_matches(['#', '>']).len();
    let rest = &string[start + marks..];
    if marks == 0 || !rest.starts_with(' ') || !rest.chars().any(char::is_alphabetic) {
        return text;
    }
    switches.edited(text, vec![Edit::certain(start..start + marks, "", MARK)])
}

/// «**» of Markdown and of bad scans, and the backslash that Markdown puts before a mark. One «*» is a footnote.
fn drop_emphasis(text: Text, switches: &Switches) -> Text {
    let string = text.as_str();
    if !string.contains("**") && !string.contains('\\') {
        return text;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    while let Some(found) = string[at..].find(['*', '\\']) {
        let start = at + found;
        let stars = string[start..].len() - string[start..].trim_start_matches('*').len();
        at = start + stars.max(1);
        // A backslash that ends a line, or a line of a cell, is Markdown's line end.
        let ends = || string[at..].trim().is_empty() || string[at..].starts_with("  ");
        let escaped = stars == 0 && (string[at..].starts_with(|sign: char| ESCAPED.contains(sign)) || ends());
        if stars >= 2 || escaped {
            edits.push(Edit::certain(start..at, "", EMPHASIS));
        }
    }
    switches.edited(text, edits)
}

/// «--» and «---» where a dash was printed; more of them are a rule or a blank to be filled in.
fn join_hyphens(text: Text, switches: &Switches) -> Text {
    let string = text.as_str();
    if !string.contains("--") {
        return text;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let (first, last) = (string.find(char::is_alphanumeric), string.rfind(char::is_alphanumeric));
    let mut at = 0;
    while let Some(found) = string[at..].find("--") {
        let start = at + found;
        at = start + (string[start..].len() - string[start..].trim_start_matches('-').len());
        let (before, after) = (&string[..start], &string[at..]);
        let beside = first.is_some_and(|first| first < start) || last.is_some_and(|last| last >= at);
        if at - start <= 3 && beside && stands_as_dash(before, after) {
            edits.push(Edit::certain(start..at, if at - start == 2 { "–" } else { "—" }, DASH));
        }
    }
    switches.edited(text, edits)
}

/// True where a dash may stand: between two gaps, or between two words or numbers. «--help» is none.
fn stands_as_dash(before: &str, after: &str) -> bool {
    let neighbours = (before.chars().next_back().unwrap_or(' '), after.chars().next().unwrap_or(' '));
    let both = |is: fn(char) -> bool| is(neighbours.0) && is(neighbours.1);
    both(char::is_whitespace) || both(char::is_alphanumeric)
}

/// «<<» and «>>» where guillemets were printed.
fn close_quotes(text: Text, switches: &Switches) -> Text {
    let string = text.as_str();
    if !string.contains("<<") && !string.contains(">>") {
        return text;
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (seen, meant) in [("<<", "«"), (">>", "»")] {
        edits.extend(
            string.match_indices(seen).map(|(at, _)| Edit::certain(at..at + seen.len(), meant, QUOTE)),
        );
    }
    edits.sort_by_key(|edit| edit.range.start);
    switches.edited(text, edits)
}

/// What scanners leave of ruling lines: a black square before a number, a pipe that parts nothing.
///
/// A pipe before «квартал» is not one of them: there it stands for a numeral.
fn drop_marks(text: Text, separator: Separator, switches: &Switches) -> Text {
    let string = text.as_str();
    let square =
        |letter: char| matches!(letter, '■' | '□' | '▪' | '▫' | '●' | '◆' | '♦' | '▬' | '►' | '\u{f0b7}');
    let mut edits: Vec<Edit> = Vec::new();
    for (nth, chunk) in string.split_whitespace().enumerate() {
        let at = chunk.as_ptr() as usize - string.as_ptr() as usize;
        let rest = string[at + chunk.len()..].trim_start();
        let stray_pipe = chunk == "|" && separator != Separator::Pipe && !demands_numeral(rest);
        let stray_square =
            nth == 0 && chunk.chars().all(square) && rest.starts_with(|next: char| next.is_alphanumeric());
        // «|Департамент»: the line on the left of the cell.
        let line = matches!(separator, Separator::None | Separator::Given | Separator::Placed)
            && (chunk.starts_with('|') || (chunk.starts_with('[') && !string.contains(']')));
        let word = || begins_cell(&chunk[1..], rest) && !demands_numeral(&chunk[1..]);
        if line && word() {
            edits.push(Edit::certain(at..at + 1, "", MARK));
        } else if stray_pipe || stray_square {
            let end = string.len() - rest.len();
            edits.push(Edit::certain(at..end, "", MARK));
        }
    }
    switches.edited(text, edits)
}

/// So many capitals are an abbreviation, no numeral of a quarter.
const LONGER_THAN_NUMERALS: usize = 4;

/// True for a word, a year, a whole date, or a preposition with its word behind it: nothing that a pipe may be the numeral of.
fn begins_cell(word: &str, rest: &str) -> bool {
    let mut letters = word.chars();
    if is_whole_date(word) {
        return true;
    }
    if matches!(word, "в" | "В" | "B" | "с" | "С" | "к" | "К") {
        return rest.starts_with(char::is_lowercase);
    }
    let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let first = letters.next().is_some_and(char::is_alphabetic);
    let capitals = word.chars().count() >= LONGER_THAN_NUMERALS && word.chars().all(char::is_uppercase);
    year || capitals || (first && letters.next().is_some_and(char::is_lowercase))
}

/// A day of two figures, a month of two, a year of four: with a numeral more it would be no date.
fn is_whole_date(word: &str) -> bool {
    let parts: Vec<&str> = word.trim_end_matches([',', ';', '.']).split('.').collect();
    let figures = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(figures) && parts.iter().map(|part| part.len()).eq([2, 2, 4])
}
