/*!
Words that were misread: «сгенддх», «'груда», «потребителен».

This module never changes a word that the lexicon knows, with one exception that grammar proves («официальный сайтах»),
and never changes a number, a name, an abbreviation or an address.

For an unknown word the lexicon gives the forms that recognition is known to confuse with it; `evidence` weighs them.
*/

use std::ops::Range;

use super::Line;
use super::evidence::{self, Verdict};
use super::vocabulary::{Vocabulary, is_abbreviation, is_known};
use crate::dictionaries::{Spelling, fold};
use crate::issue::{IssueKind, Issues};
use crate::text::{Certainty, Edit, RuleId, Span, Text};

const CONFUSION: RuleId = RuleId::new("spelling.confusion");
const AGREEMENT: RuleId = RuleId::new("spelling.agreement");

/// Puts misread words right.
pub(super) fn mend(
    text: Text,
    at: Neighbours<'_>,
    vocabulary: &Vocabulary<'_>,
    spelling: &Spelling,
    noted: &mut Issues,
) -> Text {
    let mut edits = Vec::new();
    for word in suspects(&text, vocabulary, spelling) {
        if is_half(&text, &word, at, spelling) {
            continue;
        }
        let written = &text.as_str()[word.clone()];
        // A row's number may stand before its first word.
        let first = !text.as_str()[..word.start].chars().any(char::is_alphabetic);
        let verdict = match written.chars().count() {
            ..=evidence::LONGEST_SHORT if stands_between_words(&text, &word, spelling) => {
                evidence::weigh_short(written, spelling)
            }
            _ => {
                let before = text.as_str()[..word.start].split_whitespace().next_back().unwrap_or("");
                let sure = text.slice(word.clone()).origin().first().and_then(|&span| at.certainty.of(span));
                evidence::weigh(written, before, first, sure, vocabulary, spelling)
            }
        };
        match verdict {
            Verdict::Certain(with, confidence) => {
                edits.push(Edit::new(word, cased_like(&with, written), CONFUSION, confidence));
            }
            Verdict::Doubtful(forms) => {
                let forms: Vec<String> = forms.iter().map(|form| format!("«{form}»")).collect();
                let forms = forms.join(" or ");
                let span = text.slice(word.clone()).origin().first().copied().unwrap_or(Span::new(0, 0));
                let message = format!("«{written}» may be misread for {forms}; it is kept as written.");
                noted.note(IssueKind::DoubtfulWord, span, message);
            }
            Verdict::Kept => {}
        }
    }
    spelling.switches.edited(text, edits)
}

/// A line, and the nearest lines with something in them above and below.
#[derive(Clone, Copy)]
pub(super) struct Neighbours<'l> {
    /// The line.
    pub(super) line: &'l Line,
    above: Option<&'l Line>,
    below: Option<&'l Line>,
    /// How sure recognition was of the words of the document.
    certainty: &'l Certainty,
}

/// Every line with its neighbours.
pub(super) fn with_neighbours<'l>(lines: &'l [Line], certainty: &'l Certainty) -> Vec<Neighbours<'l>> {
    let is_full = |line: &&Line| line.cells.iter().any(|cell| !cell.is_blank());
    let mut above = None;
    let mut all: Vec<Neighbours<'l>> = Vec::with_capacity(lines.len());
    for line in lines {
        all.push(Neighbours { line, above, below: None, certainty });
        above = Some(line).filter(is_full).or(above);
    }
    let mut below = None;
    for one in all.iter_mut().rev() {
        one.below = below;
        below = Some(one.line).filter(is_full).or(below);
    }
    all
}

/// True for half of a word that a line end or a gap parts, with a hyphen or without: the halves are joined when the cells
/// are known, and each alone is no word at all.
fn is_half(text: &Text, word: &Range<usize>, at: Neighbours<'_>, spelling: &Spelling) -> bool {
    let (before, after) = (text.as_str()[..word.start].trim_end(), text.as_str()[word.end..].trim_start());
    let small = text.as_str()[word.clone()].starts_with(char::is_lowercase);
    if before.ends_with(HYPHENS) || after.starts_with(HYPHENS) {
        return !is_compound(text.as_str(), word, spelling);
    }
    let written = &text.as_str()[word.clone()];
    let joined = |first: &str, second: &str| spelling.lexicon.knows(&fold(&format!("{first}{second}")));
    if before.is_empty() && small {
        let half = |cell: &Text| {
            last_word(cell)
                .is_some_and(|last| cell.as_str().trim_end().ends_with(HYPHENS) || joined(last, written))
        };
        return at.above.is_some_and(|line| line.cells.iter().any(half));
    }
    let half = |cell: &Text| first_small_word(cell).is_some_and(|first| joined(written, first));
    after.is_empty() && at.below.is_some_and(|line| line.cells.iter().any(half))
}

const HYPHENS: [char; 3] = ['-', '‐', '\u{ad}'];

/// True where the word across the hyphen is a known one: «врачей-тсрапевтов».
fn is_compound(string: &str, word: &Range<usize>, spelling: &Spelling) -> bool {
    let known = |other: Option<&str>| {
        other.is_some_and(|other| {
            other.chars().count() >= LEAST_NEIGHBOUR && is_known(other, &spelling.lexicon)
        })
    };
    let (before, after) = (&string[..word.start], &string[word.end..]);
    match (before.strip_suffix(HYPHENS), after.strip_prefix(HYPHENS)) {
        (Some(before), _) => known(super::vocabulary::words(before).next_back()) && !before.ends_with(' '),
        (_, Some(after)) => known(super::vocabulary::words(after).next()) && !after.starts_with(' '),
        _ => false,
    }
}

/// The word that `cell` ends with, a hyphen behind it or not.
fn last_word(cell: &Text) -> Option<&str> {
    let end = cell.as_str().trim_end().trim_end_matches(HYPHENS);
    super::vocabulary::words(end).next_back().filter(|last| end.ends_with(last))
}

/// The word in small letters that `cell` begins with.
fn first_small_word(cell: &Text) -> Option<&str> {
    let start = cell.as_str().trim_start();
    let first = super::vocabulary::words(start).next()?;
    (start.starts_with(first) && first.starts_with(char::is_lowercase)).then_some(first)
}

/// True for a word without marks, in small letters, between two whole known words: in «о ц е н к а» no letter is one.
fn stands_between_words(text: &Text, word: &Range<usize>, spelling: &Spelling) -> bool {
    let (before, after) = (&text.as_str()[..word.start], &text.as_str()[word.end..]);
    let whole = |chunk: Option<&str>| {
        let letters = chunk.map(|chunk| chunk.trim_matches(|sign: char| !sign.is_alphanumeric()));
        letters
            .is_some_and(|word| word.chars().count() >= LEAST_NEIGHBOUR && is_known(word, &spelling.lexicon))
    };
    before.ends_with(char::is_whitespace)
        && after.starts_with(char::is_whitespace)
        && text.as_str()[word.clone()].chars().all(char::is_lowercase)
        && whole(before.split_whitespace().next_back())
        && whole(after.split_whitespace().next())
}

/// A neighbour has at least so many letters.
const LEAST_NEIGHBOUR: usize = 3;

/// Byte ranges of the unknown words, with an apostrophe that stands before one and is no
/// quotation mark: recognition makes «'г» of «т».
fn suspects(text: &Text, vocabulary: &Vocabulary<'_>, spelling: &Spelling) -> Vec<Range<usize>> {
    let string = text.as_str();
    let mut suspects = Vec::new();
    for chunk in string.split_whitespace() {
        let offset = chunk.as_ptr() as usize - string.as_ptr() as usize;
        if chunk.bytes().any(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'/' | b'_' | b'#'))
        {
            continue;
        }
        for word in super::vocabulary::words(chunk) {
            let start = word.as_ptr() as usize - chunk.as_ptr() as usize;
            let lead = &chunk[..start];
            let quoted = lead.ends_with('\'')
                && !lead.ends_with("''")
                && !string[offset + start..].contains('\'')
                && !string[..offset].contains('\'');
            if quoted {
                suspects.push(offset + start - 1..offset + start + word.len());
            } else if !vocabulary.knows(word, &spelling.lexicon)
                && !is_abbreviation(word, &chunk[start + word.len()..])
            {
                suspects.push(offset + start..offset + start + word.len());
            }
        }
    }
    suspects
}

/// `word` with the capitals of `written`.
fn cased_like(word: &str, written: &str) -> String {
    let capital = written.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

/// Puts an adjective right whose ending the next word excludes: «официальный сайтах».
pub(super) fn agree(text: Text, spelling: &Spelling) -> Text {
    let string = text.as_str();
    let mut edits = Vec::new();
    let mut before = "";
    for word in string.split_whitespace() {
        if let Some(with) = agreed(before, word, spelling) {
            let start = before.as_ptr() as usize - string.as_ptr() as usize;
            edits.push(Edit::new(start..start + before.len(), with, AGREEMENT, 85));
        }
        before = word;
    }
    spelling.switches.edited(text, edits)
}

fn agreed(adjective: &str, noun: &str, spelling: &Spelling) -> Option<String> {
    let mut rules = spelling.agreement.iter().filter(|rule| adjective.ends_with(&rule.seen)).peekable();
    rules.peek()?;
    let bare = noun.trim_end_matches(|sign: char| !sign.is_alphabetic());
    let rule = rules.find(|rule| bare.ends_with(&rule.next))?;
    let respelled = format!("{}{}", adjective.strip_suffix(&rule.seen)?, rule.becomes);
    let letters = adjective.chars().all(char::is_alphabetic) && noun.chars().count() > 4;
    let known = [adjective, respelled.as_str()].iter().all(|word| spelling.lexicon.knows(&fold(word)));
    (letters && known).then_some(respelled)
}
