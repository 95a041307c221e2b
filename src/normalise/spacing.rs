/*!
Words that fell apart: «со ци ал ьн ой защ и ты», «инфор мации», «П Л А Н».

This module never moves a letter: it takes white space out of words, and mends letters only in a word that it has put
together.

A line is cut at its white space into fragments. Where a fragment is no word, the fragments around it are grouped so
that every group is one, at the least cost:

```text
со ци ал ьн ой защ и ты Т ул ьской       eleven fragments
└──социальной┘ └защиты┘ └Тульской┘       three groups, each known: 3 × joined
                                         against seven fragments that are no words: 7 × unknown
```

A group that is one fragment is kept as it is, known or not, so that a line is changed only where joining makes words
of what was none.
*/

use std::ops::Range;

use super::vocabulary::{Vocabulary, is_acronym, words};
use crate::dictionaries::{Known, Spelling, fold, is_hanging};
use crate::text::{Edit, RuleId, Text};

/// A word that fell into many fragments, or into two.
const RUN: RuleId = RuleId::new("letter-spacing.run");
const SPLIT: RuleId = RuleId::new("letter-spacing.split");

/// What keeping an unknown fragment costs. Set well above the cost of a joined and mended word, so that two unknown
/// fragments that make one word are always joined.
const UNKNOWN: u32 = 300;

/// What an unknown fragment costs that need not be a word: a name, an abbreviation, a number.
const UNKNOWN_NAME: u32 = 60;

/// What a known word costs beside broken ones for every doubling that it is rarer than the commonest: «здрав» of «здрав о
/// охран е н и я» costs 56, and «качеств» with «а» behind it more than «качества».
const RARER: u32 = 4;
const COMMONEST: u32 = 14;

/// What joining costs, and what every further fragment of the word adds: less than any damage, so that a joined known
/// word beats an unknown fragment, but not nothing, so that two known words stay two.
const JOINED: u32 = 20;
const FRAGMENT: u32 = 5;

/// The cost that a join must save to be believed.
const LEAST_GAIN: u32 = 150;

/// Letters are mended in a joined word from this length on, up to this many hundredths of an edit.
const LEAST_MENDED: usize = 7;
const MENDING_LIMIT: u32 = 95;

/// A known fragment of so many letters is a word of its own.
const WHOLE_WORD: usize = 5;

/// The most fragments of one word, and how far around a broken fragment the grouping looks.
const LONGEST_WORD: usize = 24;

/// No longer stretch is joined, in bytes: a word of thirty letters with a gap behind each.
const LONGEST_JOINED: usize = 30 * 3;

/// Joins what is one word.
pub(super) fn mend(text: Text, vocabulary: &Vocabulary<'_>, spelling: &Spelling) -> Text {
    let fragments = fragments(&text, vocabulary, spelling);
    let rejoined = rejoined(text.as_str(), &fragments, vocabulary, spelling);
    let apart = |edit: &Edit| {
        let behind = rejoined.partition_point(|other| other.range.end <= edit.range.start);
        rejoined.get(behind).is_none_or(|other| other.range.start >= edit.range.end)
    };
    let mut edits: Vec<Edit> = Vec::new();
    for region in regions(&fragments) {
        let grouping = Grouping { text: text.as_str(), fragments: &fragments[region], vocabulary, spelling };
        edits.extend(grouping.best().into_iter().filter(apart));
    }
    edits.extend(rejoined.iter().cloned());
    edits.sort_by_key(|edit| edit.range.start);
    spelling.switches.edited(text, edits)
}

/// «ус луг», «го родах»: two words that the genre never uses, or a short one of them, where together they are one that it
/// uses all the time.
fn rejoined(
    string: &str,
    fragments: &[Fragment],
    vocabulary: &Vocabulary<'_>,
    spelling: &Spelling,
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for pair in fragments.windows(2) {
        let [left, right] = pair else { continue };
        let (first, second) = (&string[left.core.clone()], &string[right.core.clone()]);
        let apart = left.broken
            || right.broken
            || left.closes
            || right.opens
            || edits.last().is_some_and(|last| last.range.end > left.core.start);
        if apart || first.is_empty() || !second.starts_with(char::is_lowercase) {
            continue;
        }
        let stump = |word: &str| {
            word.len() <= 2 * LONGEST_STUMP
                && vocabulary.form(word, &spelling.lexicon).is_some_and(|known| known.frequency == 0)
        };
        if !(stump(first) || stump(second)) {
            continue;
        }
        let whole = format!("{first}{second}");
        let known = spelling.lexicon.get(&fold(&whole));
        if known.is_some_and(|known| known.word_frequency >= USUAL && known.frequency >= SEEN) {
            edits.push(Edit::new(left.core.start..right.core.end, whole, SPLIT, 75));
        }
    }
    edits
}

/// True for a short word that the genre never uses.
pub(super) fn is_stump(word: &str, form: Option<Known>) -> bool {
    (3..=2 * LONGEST_STUMP).contains(&word.len()) && form.is_some_and(|known| known.frequency == 0)
}

/// A part of a word that is by chance a word itself has at most so many letters.
const LONGEST_STUMP: usize = 3;

/// The least frequency class of a word that fell into two others: 63 times and more in the genre's corpus, and the form
/// itself 7 times and more, as one that lost a single letter must be: «но вы» is not «новы», «отмен и» not «отмени».
const USUAL: u8 = 6;
const SEEN: u8 = 3;

/// A stretch between white space.
struct Fragment {
    range: Range<usize>,
    /// Its letters without the marks around them.
    core: Range<usize>,
    /// Made of letters, with nothing but marks around them.
    lettered: bool,
    /// Made of letters that make no word.
    broken: bool,
    /// Nothing may be joined across a fragment's closing or opening mark.
    opens: bool,
    closes: bool,
}

fn fragments(text: &Text, vocabulary: &Vocabulary<'_>, spelling: &Spelling) -> Vec<Fragment> {
    let string = text.as_str();
    string
        .split_whitespace()
        .map(|chunk| {
            let start = chunk.as_ptr() as usize - string.as_ptr() as usize;
            let is_letter = |letter: char| matches!(letter, 'А'..='я' | 'ё' | 'Ё');
            let lead = chunk.find(is_letter).unwrap_or(chunk.len());
            let tail = chunk.rfind(is_letter).map_or(lead, |at| at + 2);
            let core = &chunk[lead..tail];
            let after = &chunk[tail..];
            // «Е1.» is a mark, no piece of a word.
            let all_letters = !core.is_empty()
                && core.chars().all(is_letter)
                && !chunk.chars().any(|sign| sign.is_ascii_alphanumeric());
            let abbreviation = after.starts_with('.');
            Fragment {
                range: start..start + chunk.len(),
                core: start + lead..start + tail,
                lettered: all_letters,
                broken: all_letters
                    && !abbreviation
                    && !vocabulary.knows(core, &spelling.lexicon)
                    && !is_acronym(core),
                opens: lead > 0,
                closes: !after.is_empty(),
            }
        })
        .collect()
}

/// Stretches of fragments around broken ones, as far as nothing closes them off.
fn regions(fragments: &[Fragment]) -> Vec<Range<usize>> {
    let mut regions: Vec<Range<usize>> = Vec::new();
    for (at, _) in fragments.iter().enumerate().filter(|(_, fragment)| fragment.broken) {
        let region = at.saturating_sub(LONGEST_WORD / 2)..(at + LONGEST_WORD / 2).min(fragments.len());
        match regions.last_mut() {
            Some(last) if last.end >= region.start => last.end = region.end,
            _ => regions.push(region),
        }
    }
    regions
}

struct Grouping<'g> {
    text: &'g str,
    fragments: &'g [Fragment],
    vocabulary: &'g Vocabulary<'g>,
    spelling: &'g Spelling,
}

/// What a known word costs for being rare.
fn rareness(known: Known) -> u32 {
    RARER * COMMONEST.saturating_sub(u32::from(known.frequency))
}

/// A joined word.
struct Group {
    cost: u32,
    /// What was joined and mended, of the cost.
    doubt: u32,
    word: String,
}

impl Grouping<'_> {
    /// The edits of the cheapest grouping, if it is much cheaper than leaving everything as it is.
    fn best(&self) -> Vec<Edit> {
        let count = self.fragments.len();
        let alone: Vec<u32> = self.fragments.iter().map(|fragment| self.alone(fragment)).collect();
        // costs[i]: the cheapest way to group the first i fragments; back[i]: where its last group begins.
        let mut costs = vec![0u32; count + 1];
        let mut back: Vec<(usize, Option<Group>)> = vec![(0, None)];
        for end in 1..=count {
            let mut best = (costs[end - 1] + alone[end - 1], end - 1, None);
            for start in (end.saturating_sub(LONGEST_WORD)..end.saturating_sub(1)).rev() {
                let length = self.fragments[end - 1].core.end - self.fragments[start].core.start;
                if length > LONGEST_JOINED || !self.may_join(start, end) {
                    break;
                }
                let saved: u32 = alone[start..end].iter().sum();
                if saved < UNKNOWN {
                    continue;
                }
                if let Some(group) = self.join(start..end)
                    && costs[start] + group.cost < best.0
                {
                    best = (costs[start] + group.cost, start, Some(group));
                }
            }
            costs[end] = best.0;
            back.push((best.1, best.2));
        }
        let unchanged: u32 = alone.iter().sum();
        if costs[count] + LEAST_GAIN > unchanged {
            return Vec::new();
        }
        self.edits(back)
    }

    fn edits(&self, mut back: Vec<(usize, Option<Group>)>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut end = self.fragments.len();
        while end > 0 {
            let (start, group) = std::mem::replace(&mut back[end], (end - 1, None));
            if let Some(group) = group {
                let range = self.fragments[start].core.start..self.fragments[end - 1].core.end;
                let rule = if end - start == 2 { SPLIT } else { RUN };
                let confidence = 98u32.saturating_sub(group.doubt / 4).max(50) as u8;
                edits.push(Edit::new(range, group.word, rule, confidence));
            }
            end = start;
        }
        edits.reverse();
        edits
    }

    fn alone(&self, fragment: &Fragment) -> u32 {
        if !fragment.broken {
            let word = &self.text[fragment.core.clone()];
            return self.vocabulary.form(word, &self.spelling.lexicon).map_or(0, rareness);
        }
        // A capital at the beginning of a cell is no sign of a name.
        let first = !self.text[..fragment.core.start].chars().any(char::is_alphabetic);
        let capital = !first && self.text[fragment.core.clone()].starts_with(char::is_uppercase);
        let long = fragment.core.len() > 2 * 3;
        if capital && long { UNKNOWN_NAME } else { UNKNOWN }
    }

    /// No closing mark inside, no opening mark inside, and letters everywhere. A colon or full stop inside a word that
    /// fell apart is damage too, as long as what follows it goes on in small letters.
    fn may_join(&self, start: usize, end: usize) -> bool {
        let inner = &self.fragments[start..end];
        inner.iter().all(|fragment| fragment.lettered)
            && inner[1..].iter().all(|fragment| !fragment.opens)
            && inner[..inner.len() - 1].iter().zip(&inner[1..]).all(|(fragment, next)| {
                let tail = &self.text[fragment.core.end..fragment.range.end];
                let goes_on = !self.text[next.core.clone()].starts_with(char::is_uppercase);
                !fragment.closes || (matches!(tail, ":" | "." | "'") && goes_on && fragment.broken)
            })
    }

    /// The word that the fragments make together, if they make one.
    fn join(&self, fragments: Range<usize>) -> Option<Group> {
        let parts = &self.fragments[fragments.clone()];
        let last = parts.len() - 1;
        let written: String = parts
            .iter()
            .enumerate()
            .map(|(nth, part)| {
                if nth == last {
                    &self.text[part.core.clone()]
                } else {
                    &self.text[part.core.start..part.range.end]
                }
            })
            .collect();
        let base = JOINED + FRAGMENT * parts.len() as u32;
        let joined = fold(&written);
        let known = self
            .spelling
            .lexicon
            .get(&joined)
            .filter(|_| written.chars().count() > 2 && words(&written).count() == 1);
        let letter_apart = parts.len() == 2 && parts.iter().any(|part| part.core.len() <= 2);
        if let Some(known) = known {
            let apart = || {
                parts.iter().filter(|part| part.core.len() > 2).filter_map(|part| {
                    self.vocabulary.form(&self.text[part.core.clone()], &self.spelling.lexicon)
                })
            };
            let usual = |alone: Known| alone.frequency >= known.frequency;
            // «Выявление м» may be «Выявлением» as well as «Выявление и».
            // «по зере» is a preposition and a misread word, not a form of «позёр».
            let first = fold(&self.text[parts[0].core.clone()]);
            let unheard = parts.len() == 2 && known.word_frequency == 0 && is_hanging(&first);
            if unheard || letter_apart && (known.frequency < SEEN || apart().any(usual)) {
                return None;
            }
            return Some(Group {
                cost: base + rareness(known),
                doubt: base,
                word: self.cased(&written, parts),
            });
        }
        // A long word that is one already is not a part of another: «П квартал».
        let whole = |part: &Fragment| part.core.len() >= 2 * WHOLE_WORD && !part.broken;
        let letter = |part: &Fragment| part.core.len() <= 2 && !part.broken;
        let letter_apart = parts.len() == 2 && parts.iter().any(letter);
        if written.chars().count() < LEAST_MENDED
            || parts.len() < 2
            || parts.iter().any(whole)
            || letter_apart
        {
            return None;
        }
        let candidates = self.spelling.lexicon.nearest(&written, &self.spelling.confusions, MENDING_LIMIT);
        let weight = |cost: u32, frequency: u8, count: u32| {
            i64::from(cost) - 4 * i64::from(frequency) - if count > 0 { 30 } else { 0 }
        };
        let best = candidates.into_iter().min_by_key(|candidate| {
            weight(candidate.cost, candidate.known.frequency, self.vocabulary.count(&candidate.word))
        })?;
        if best.known.frequency == 0 && self.vocabulary.count(&best.word) == 0 {
            return None;
        }
        let doubt = base + best.cost;
        Some(Group { cost: doubt + rareness(best.known), doubt, word: self.cased_like(&best.word, parts) })
    }

    /// The letters as written, small ones where only the first fragment began with a capital.
    fn cased(&self, written: &str, parts: &[Fragment]) -> String {
        self.cased_like(&written.to_lowercase(), parts)
    }

    fn cased_like(&self, word: &str, parts: &[Fragment]) -> String {
        let capital = |part: &Fragment| self.text[part.core.clone()].chars().all(char::is_uppercase);
        if parts.iter().all(capital) {
            return word.to_uppercase();
        }
        if self.text[parts[0].core.clone()].starts_with(char::is_uppercase) {
            let mut letters = word.chars();
            return letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
        }
        word.to_owned()
    }
}
