/*!
Phrases of a cell as terms: which of the words around a phrase are its condition, and which turn it round.

This module never reads a phrase: it only decides whether what stands beside one leaves it its meaning.
*/

use std::ops::Range;

use super::Found;
use super::asides::Asides;
use super::items;
use crate::dictionaries::{DeadlineSense, Lexicon, Tokens, is_among, is_letter, is_letter_or_digit, roman};
use crate::plan::{Deadline, Term};
use crate::text::Text;

/// The phrases of a cell, and the words around them.
pub(super) struct Terms<'t> {
    pub(super) text: &'t Text,
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) breaks: &'t [usize],
    pub(super) found: &'t [Found],
    pub(super) asides: &'t Asides,
    pub(super) lexicon: &'t Lexicon,
}

/// A remark on a line of its own under a term has no more tokens than this; more of them are no remark.
const SHORT_REMARK: usize = 6;

/// Words of addresses and names: «ул. 8 Марта», «им. 1 Мая» are places.
const PLACES: &str = "бульвар бульвара им имени микрорайон мкр набережная пер переулок пл площади площадь поселок пр проезд \
                      проспект проспекта ул улица улице улицы шоссе";

/// Words that turn a term round when they stand right before it.
const BLOCKERS: &str = "без более больше вместо за исключая исключением кроме менее не около от перед после примерно ранее с свыше со через";

/// Words with which the condition of any term begins.
const CONDITIONS: &str =
    "в во для до если из исходя на начиная одновременно перед по после при с со согласно соответственно";

impl Terms<'_> {
    /// Every term. One that is not understood takes its neighbour with it where nothing parts the two: «с 32 марта по
    /// 1 апреля» is not «по 1 апреля».
    pub(super) fn read(&self) -> Vec<Deadline> {
        let mut terms: Vec<(Range<usize>, Deadline)> = Vec::with_capacity(self.found.len());
        for nth in 0..self.found.len() {
            let next = self.term(nth);
            let unknown = |deadline: &Deadline| deadline.term == Term::Unresolved;
            match terms.last_mut() {
                Some((words, last)) if !self.is_parted(nth - 1) && (unknown(last) || unknown(&next)) => {
                    words.end = self.words(nth).end;
                    *last = as_written(Text::default());
                }
                _ => terms.push((self.words(nth), next)),
            }
        }
        let bytes = |words: &Range<usize>| self.without_separators(self.tokens.bytes(words.clone()));
        let texts = self.text.slices(terms.iter().map(|(words, _)| bytes(words)));
        let with_words =
            |((_, deadline), text): ((Range<usize>, Deadline), Text)| Deadline { text, ..deadline };
        terms.into_iter().zip(texts).map(with_words).collect()
    }

    /// The tokens of term number `nth`, its subject and condition among them.
    fn words(&self, nth: usize) -> Range<usize> {
        let start = if nth == 0 { 0 } else { self.boundary(nth - 1).1 };
        let end = if nth + 1 == self.found.len() { self.tokens.len() } else { self.boundary(nth).0 };
        start..end
    }

    /// Term number `nth` with its condition; its words are still missing.
    fn term(&self, nth: usize) -> Deadline {
        let found = &self.found[nth];
        let Range { start, end } = self.words(nth);
        let (lead, tail) = (start..found.range.start, found.range.end..end);
        let mut deadline = Deadline {
            text: Text::default(),
            term: found.phrase.term.clone(),
            condition: None,
            time: found.phrase.time,
            inferred: found.phrase.inferred,
            rule: Some(found.rule),
        };
        let open = found.condition.is_some() && !found.leads;
        let (before, behind) = self.beside(nth, &lead, &tail);
        let stray = self.is_stray_lead(found, &before) || self.is_stray_tail(found, &behind);
        if stray || self.changes_meaning(lead, &tail, open) || deadline.term == Term::Unresolved {
            return as_written(Text::default());
        }
        deadline.condition = self.condition(found, tail, end);
        deadline
    }

    /// The tokens that stand before and behind term number `nth` with nothing that parts them from it, whichever term they
    /// belong to: in «12 Май А.П. после …» the initials are the next one's, and yet they make the month a name.
    fn beside(&self, nth: usize, lead: &Range<usize>, tail: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let found = &self.found[nth];
        let before = match nth.checked_sub(1) {
            Some(last) if !self.is_parted(last) => self.found[last].range.end..found.range.start,
            _ => lead.clone(),
        };
        let behind = match self.found.get(nth + 1) {
            Some(next) if is_bare(found.sense) && !self.is_parted(nth) => found.range.end..next.range.start,
            _ => tail.clone(),
        };
        (before, behind)
    }

    /// Where the words between term `nth` and the next are shared out: one past the last token of the left, the first of
    /// the right.
    fn boundary(&self, nth: usize) -> (usize, usize) {
        let gap = self.found[nth].range.end..self.found[nth + 1].range.start;
        match gap.clone().rev().find(|&at| self.is_separator(at) || self.begins_line(at)) {
            Some(at) if self.is_separator(at) => (at, at + 1),
            Some(at) => (at, at),
            None if self.found[nth].condition.is_some() => (gap.end, gap.end),
            None => (gap.start, gap.start),
        }
    }

    /// True if a comma, «и» or a line end stands between term number `nth` and the next.
    fn is_parted(&self, nth: usize) -> bool {
        let next = self.found[nth + 1].range.start;
        let mut gap = self.found[nth].range.end..next;
        self.begins_line(next) || gap.any(|at| self.is_separator(at) || self.begins_line(at))
    }

    fn is_separator(&self, at: usize) -> bool {
        matches!(self.tokens.written(at), "," | ";") || self.tokens.folded(at) == "и"
    }

    fn begins_line(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.breaks.binary_search(&(token.start as usize)).is_ok())
    }

    /// True if words stand right before a bare name of an interval, with neither a preposition nor a mark between them:
    /// «V квартал 2018 года» is not the year 2018, and «последняя среда апреля» not April.
    fn is_stray_lead(&self, found: &Found, lead: &Range<usize>) -> bool {
        let bare = is_bare(found.sense);
        let last =
            lead.clone().rev().map(|at| self.tokens.folded(at)).find(|word| word.chars().any(is_letter));
        if bare && last.is_some_and(|word| is_among(word, PLACES)) {
            return true;
        }
        let first = self.tokens.get(found.core).map_or(0, |token| token.start as usize);
        let word = self.tokens.folded(found.core);
        // «План на 2019 год», «отчет за I квартал»: there the preposition belongs to the document's name.
        let preposition = matches!(word, "в" | "во" | "с" | "до");
        let parted = lead.end.checked_sub(1).is_none_or(|last| {
            matches!(self.tokens.written(last), "," | ";" | ":" | "." | ")" | "(")
                || self.tokens.is_dash(last)
        });
        bare && !lead.is_empty() && !preposition && !parted && self.breaks.binary_search(&first).is_err()
    }

    /// True if words stand right behind a date or an interval that are neither a condition nor parted from it: «2018 чел.»,
    /// «Май А.П.».
    fn is_stray_tail(&self, found: &Found, tail: &Range<usize>) -> bool {
        let dated = matches!(found.phrase.term, Term::Date { .. } | Term::Interval { .. });
        let Some(first) = tail.clone().next().filter(|_| dated && found.condition.is_none()) else {
            return false;
        };
        let start = self.tokens.get(first).map_or(0, |token| token.start as usize);
        let word = self.tokens.folded(first).chars().any(is_letter_or_digit);
        // «Март / и апрльм»: a list that goes on, or a broken word, is no remark.
        let remark = match self.tokens.folded(first) {
            "и" | "или" | "либо" => false,
            folded => self.tokens.written(first) != folded || self.lexicon.knows(folded),
        };
        let parted = self.breaks.binary_search(&start).is_ok() && tail.len() <= SHORT_REMARK && remark;
        word && !is_among(self.tokens.folded(first), CONDITIONS) && !parted
    }

    /// True if the words around a phrase may mean that it does not say what it seems to say.
    fn changes_meaning(&self, lead: Range<usize>, tail: &Range<usize>, open: bool) -> bool {
        // «1 этап – до 1 июля», «(за 2018 год)»: these numbers are no part of a term.
        let neutral = |at: usize, range: &Range<usize>| {
            self.asides.has(at)
                || (at == 0 && items::mark(self.text.as_str()).is_some())
                || self.tokens.folded(at + 1).starts_with("этап")
                || range
                    .clone()
                    .take_while(|&before| before < at)
                    .any(|before| self.tokens.folded(before) == "за")
        };
        let number = |range: &Range<usize>| {
            let numeral =
                |at: usize| self.tokens.number(at).is_some() || roman(self.tokens.written(at)).is_some();
            range.clone().any(|at| numeral(at) && !neutral(at, range))
        };
        let before =
            lead.clone().rev().map(|at| self.tokens.folded(at)).find(|word| word.chars().any(is_letter));
        let blocked = before.is_some_and(|word| is_among(word, BLOCKERS) || is_among(word, PLACES));
        let excludes = lead.clone().chain(tail.clone()).any(|at| {
            matches!(self.tokens.folded(at), "кроме" | "исключением" | "исключая" | "не")
                || matches!(self.tokens.folded(at), "либо" | "или")
                    && (is_beside_term(at, &lead) || is_beside_term(at, tail))
        });
        blocked || excludes && !open || number(&lead) || (number(tail) && !open)
    }

    /// What the term depends on, in the document's words.
    fn condition(&self, found: &Found, tail: Range<usize>, end: usize) -> Option<String> {
        let end = if found.leads { found.core } else { end };
        let first = match found.condition {
            Some(first) => first,
            None if found.sense == DeadlineSense::OnDemand => {
                let goes_on = tail.clone().any(|at| self.tokens.folded(at).chars().any(is_letter));
                goes_on.then_some(found.range.start)?
            }
            None => {
                let word = tail.clone().find(|&at| self.tokens.folded(at).chars().any(is_letter))?;
                if !is_among(self.tokens.folded(word), CONDITIONS) {
                    return None;
                }
                word
            }
        };
        let words = unbracketed(&self.text.as_str()[self.without_separators(self.tokens.bytes(first..end))]);
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// `bytes` of the text without the commas, semicolons and white space at their ends.
    fn without_separators(&self, bytes: Range<usize>) -> Range<usize> {
        let string = &self.text.as_str()[bytes.clone()];
        let separates = |sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '/');
        let start = string.len() - string.trim_start_matches(separates).len();
        let end = string.trim_end_matches(separates).len().max(start);
        bytes.start + start..bytes.start + end
    }
}

/// True for the bare name of a day, a year or a part of one.
pub(super) fn is_bare(sense: DeadlineSense) -> bool {
    use DeadlineSense::{Days, Halves, Months, PartsAfterYears, Quarters, Years};
    matches!(sense, Days | Halves | Months | PartsAfterYears | Quarters | Years)
}

/// True if token `at` stands at an end of the words `beside` a term: «2018 год или позже», not «– слияние или ликвидация».
fn is_beside_term(at: usize, beside: &Range<usize>) -> bool {
    beside.contains(&at) && (at <= beside.start + 1 || at + 1 == beside.end)
}

/// Without the brackets at its ends that nothing inside it answers to.
fn unbracketed(words: &str) -> &str {
    let mut words = words.trim_matches([' ', ',', ';']);
    loop {
        let (open, closed) = (words.matches('(').count(), words.matches(')').count());
        let shorter = match (words.strip_prefix('('), words.strip_suffix(')')) {
            (Some(inner), _) if open > closed => inner,
            (_, Some(inner)) if closed > open => inner,
            (None, None) if words.ends_with('(') => &words[..words.len() - 1],
            (Some(_), Some(_)) if open == 1 => &words[1..words.len() - 1],
            _ => return words,
        };
        words = shorter.trim_matches([' ', ',', ';']);
    }
}

/// A term that is kept as it stands.
pub(super) fn as_written(text: Text) -> Deadline {
    Deadline { text, term: Term::Unresolved, condition: None, time: None, inferred: false, rule: None }
}
