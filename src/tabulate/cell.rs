/*!
The fragments of a cell, joined.

This module never decides which fragments belong together; it is told. It joins them with a space, takes out the
hyphens that a line end put into a word, and remembers where the line ends were: to `extract`, a list of people without
commas is told by nothing else.

```text
Разработка материа-      Разработка материалов по социально-экономическому развитию
лов по социально-        the first hyphen goes: «материалов» is a word;
экономическому развитию  the second stays: «социальноэкономическому» is none
```
*/

use std::borrow::Cow;
use std::ops::Range;

use smallvec::SmallVec;

use crate::dictionaries::{Lexicon, Phrases};
use crate::normalise::CELL_LINE;
use crate::text::{Edit, RuleId, Text};

const LINE_END: RuleId = RuleId::new("hyphenation.line-end");
const GAP: RuleId = RuleId::new("hyphenation.gap");
const LOST: RuleId = RuleId::new("hyphenation.lost");

/// What parts a fragment from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The line was full.
    Line,
    /// An empty line, or the end of a paragraph.
    Blank,
    /// The end of a page or another break in the table.
    Page,
}

/// A fragment of a cell: one line of it, mostly.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// What it says.
    pub text: Text,
    /// What parts it from the one before.
    pub gap: Gap,
}

/// A place where two fragments were joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// Byte in the cell's text at which the later fragment begins.
    pub at: usize,
    /// What parted them.
    pub gap: Gap,
}

/// A joined cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The text, single-spaced.
    pub text: Text,
    /// Where line ends were, ascending.
    pub breaks: Vec<Break>,
}

impl Cell {
    /// True where nothing stands in the cell.
    pub fn is_blank(&self) -> bool {
        self.text.is_blank()
    }
}

/// Joins `fragments` into a cell.
pub fn join(fragments: &[Fragment], phrases: &Phrases) -> Cell {
    let mut text = Text::default();
    let mut breaks: Vec<Break> = Vec::new();
    let mut pending: Option<Gap> = None;
    for fragment in fragments {
        for (nth, line) in lines(&fragment.text).iter().enumerate() {
            let gap = if nth == 0 { fragment.gap } else { Gap::Line };
            let line = line.squeezed();
            if line.is_empty() {
                // A repair may have left nothing of a line but its record.
                text.append(&line);
                pending = pending.max(Some(gap));
                continue;
            }
            if text.is_empty() {
                text.append(&line);
            } else {
                text.append_spaced(&line);
                breaks
                    .push(Break { at: text.len() - line.len(), gap: pending.max(Some(gap)).unwrap_or(gap) });
            }
            pending = None;
        }
    }
    dehyphenate(Cell { text, breaks }, phrases)
}

/// A text cut at the line ends inside it, which a `<br>` or a paragraph of a cell has left.
pub(super) fn lines(text: &Text) -> SmallVec<[Cow<'_, Text>; 1]> {
    let ends = ['\n', CELL_LINE];
    if !text.as_str().contains(ends) {
        return SmallVec::from_iter([Cow::Borrowed(text)]);
    }
    let starts = std::iter::once(0).chain(text.as_str().match_indices(ends).map(|(at, _)| at + 1));
    let ends = text.as_str().match_indices(ends).map(|(at, _)| at).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| Cow::Owned(text.slice(start..end))).collect()
}

/// Takes hyphens and gaps out of words.
fn dehyphenate(cell: Cell, phrases: &Phrases) -> Cell {
    let lexicon = &phrases.lexicon;
    let mut edits = hyphens(&cell, phrases);
    edits.extend(lost_hyphens(&cell, lexicon));
    edits.retain(|edit| phrases.switches.allow(edit.rule));
    if edits.is_empty() {
        return cell;
    }
    let edits = joined(edits);
    let text = cell.text.edited(&edits);
    // A line end inside a word is none any more; every other moves to the left by what went before it.
    let (mut done, mut gone) = (0, 0);
    let mut breaks = Vec::with_capacity(cell.breaks.len());
    for one in &cell.breaks {
        while let Some(edit) = edits.get(done).filter(|edit| edit.range.end <= one.at) {
            gone += edit.range.len() - edit.with.len();
            done += 1;
        }
        if edits.get(done).is_none_or(|edit| edit.range.start >= one.at) {
            breaks.push(Break { at: one.at - gone, gap: one.gap });
        }
    }
    Cell { text, breaks }
}

/// «материа- лов»: a hyphen and a space inside a word, at a line end or where one was.
fn hyphens(cell: &Cell, phrases: &Phrases) -> Vec<Edit> {
    let lexicon = &phrases.lexicon;
    let string = cell.text.as_str();
    let mut edits = Vec::new();
    for (at, mark) in string.match_indices(['-', '\u{ad}', '‐', '¬']) {
        let after = at + mark.len();
        let Some(next) = string[after..].strip_prefix(' ') else {
            edits.extend(inner_hyphen(string, at..after, lexicon));
            continue;
        };
        let (left, right) = (last_word(&string[..at]), first_word(next));
        if left.is_empty() || right.is_empty() || string[..at].ends_with(' ') {
            continue;
        }
        let at_line_end = cell.breaks.binary_search_by_key(&(after + 1), |one| one.at).is_ok();
        let rule = if at_line_end { LINE_END } else { GAP };
        let small = right.starts_with(char::is_lowercase);
        let glued = format!("{left}{right}");
        // «врачей-» «терапевтов» are words of their own, and so rare a word as the two together may be none.
        let rare = lexicon.get(&glued).is_some_and(|known| known.word_frequency == 0);
        let used = |word: &&str| lexicon.get(word).is_some_and(|known| known.word_frequency > 0);
        // «дело-» «производства»: a first part with its joining vowel makes no word of its own.
        let two_words = rare
            && !left.ends_with('о')
            && [left, right].iter().all(|word| word.chars().count() > 3 && used(word));
        // «Апа-» «титыводоканал»: the second part of a compound is a word.
        let pieces = at_line_end && !lexicon.knows(right) && !lexicon.knows(left) && !left.ends_with('о');
        // «Минобра-зования» stands in no lexicon, but is known to head a name.
        let known = || lexicon.knows(&glued) || phrases.heads.abbreviation(&glued).is_some();
        // «Шу-» «бин О.Р.»: the second part of a double surname is a capital's.
        let surname = left.starts_with(char::is_uppercase) && is_initial(next[right.len()..].trim_start());
        if small && !two_words && (pieces || surname || mark == "\u{ad}" || known()) {
            edits.push(Edit::new(at..after + 1, "", rule, 95));
        } else if (at_line_end || left.ends_with('о'))
            && (small || left.starts_with(char::is_uppercase))
            && !is_suspended(next)
        {
            // The hyphen is the word's own: only the line end goes.
            edits.push(whole_word(at - left.len()..after + 1 + right.len(), after, string, rule, 90));
        }
    }
    edits
}

/// True if `text` begins with a capital and a dot.
fn is_initial(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
}

/// `edits` in order; two of words that share one («социально- культурно- бытовых») as one.
fn joined(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.range.start);
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match joined.last_mut() {
            Some(last) if edit.range.start < last.range.end => {
                let shared = last.range.end - edit.range.start;
                last.with.push_str(&edit.with[shared..]);
                last.range.end = edit.range.end;
            }
            _ => joined.push(edit),
        }
    }
    joined
}

/// The word in `range` without the space at `gap`; the whole word, so that the repair can be seen.
fn whole_word(range: Range<usize>, gap: usize, string: &str, rule: RuleId, confidence: u8) -> Edit {
    let word = format!("{}{}", &string[range.start..gap], &string[gap + 1..range.end]);
    Edit::new(range, word, rule, confidence)
}

/// «согласо-ванию»: a hyphen of a line end that recognition put into one line; neither part is a word, the whole is.
fn inner_hyphen(string: &str, mark: Range<usize>, lexicon: &Lexicon) -> Option<Edit> {
    let (left, right) = (last_word(&string[..mark.start]), first_word(&string[mark.end..]));
    let small = right.starts_with(char::is_lowercase) && left.chars().count() > 2;
    let whole = lexicon.get(&format!("{left}{right}")).is_some_and(|known| known.word_frequency > 0);
    let parts = lexicon.knows(left) && lexicon.knows(right);
    (small && whole && !parts).then(|| Edit::new(mark, "", GAP, 90))
}

/// «научно- и культурно-просветительный»: the hyphen stands for the rest of the word.
fn is_suspended(next: &str) -> bool {
    next.starts_with("и ") || next.starts_with("или ") || next.starts_with("либо ")
}

/// «Понедельн» «ик»: a line end in the middle of a word that left no hyphen, where neither part is a word.
fn lost_hyphens(cell: &Cell, lexicon: &Lexicon) -> Vec<Edit> {
    let string = cell.text.as_str();
    let mut edits = Vec::new();
    for one in cell.breaks.iter().filter(|one| one.gap == Gap::Line) {
        let Some(before) = string[..one.at].strip_suffix(' ') else { continue };
        let (left, right) = (last_word(before), first_word(&string[one.at..]));
        let whole = !left.is_empty() && before.ends_with(left) && right.starts_with(char::is_lowercase);
        if !whole
            || lexicon.knows(left) && lexicon.knows(right)
            || is_short_word(right) && lexicon.knows(left)
        {
            continue;
        }
        let glued = format!("{left}{right}");
        let better = !lexicon.knows(left) || (!lexicon.knows(right) && !is_short_word(right));
        if better && glued.chars().count() > 4 && lexicon.knows(&glued) {
            let range = one.at - 1 - left.len()..one.at + right.len();
            edits.push(whole_word(range, one.at - 1, string, LOST, 85));
        }
    }
    edits
}

fn is_short_word(word: &str) -> bool {
    matches!(word, "а" | "в" | "и" | "к" | "о" | "с" | "у" | "я")
}

fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_alphabetic())
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len())]
}
