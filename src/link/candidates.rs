/*!
Which bodies of the dictionary a name may be, the likeliest first.

This module never lets likeness cross a guard: region, number and level are looked at apart and are never weighed
against letters. The region comes first, from the name (misread, where it is like one region's and no other's) or else
from the document; only then are the bodies of that region compared with what is left of the name.
*/

use std::ops::Range;

use crate::dictionaries::{BodyId, Letters, Manner, NameWords, Registry, TokenKind, Tokens, fold, is_among};

use super::score::{self, Evidence};
use crate::plan::Period;

/// What is known of the document in which a name stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// The region that it belongs to.
    pub region: Option<usize>,
    /// The time that it is about.
    pub period: Option<Period>,
}

/// A body that a name may be.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The body.
    pub id: BodyId,
    /// How likely it is that the name is this body's, 0 to 1.
    pub score: f64,
    /// What it costs to see this body's name as the one given, in hundredths of an edit.
    pub cost: u32,
    /// Why it cannot be the body, however like the names are.
    pub guard: Option<Guard>,
    /// Where its region was found.
    found: &'static str,
    /// The dictionary knows it from other regions only.
    elsewhere: bool,
    /// It had another name, or did not exist, in the time that the document is about.
    untimely: bool,
    /// The letters of the name that name the region, and what that costs.
    place: Range<usize>,
    place_cost: u32,
}

impl Candidate {
    /// How it was found and what speaks against it, for a person to read.
    pub fn reasons(&self) -> String {
        let mut reasons = vec![self.found.to_owned()];
        if self.elsewhere {
            reasons.push("known from other regions only".to_owned());
        }
        if self.untimely {
            reasons.push("not called so at the time of the plan".to_owned());
        }
        reasons.push(format!("{:.2} edits", f64::from(self.cost) / 100.0));
        reasons.extend(self.guard.map(|guard| guard.name().to_owned()));
        reasons.join("; ")
    }

    /// True if the link is believed.
    pub fn is_accepted(&self) -> bool {
        self.score >= score::ACCEPTED
    }
}

/// What two names differ in that are not the same body's, whatever their letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The region is misread, and another is as likely.
    Region,
    /// A number that only one of them has.
    Number,
    /// «администрации», «района», «федеральный», «отдел» in only one of them.
    Level,
    /// A Russian word that the body's name has not.
    Word,
    /// Another body had the same name at another time.
    Time,
    /// The region stands behind a preposition, as in names of federal bodies' units: «по Тульской области».
    Preposition,
}

impl Guard {
    /// The guard in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "the region is not certain",
            Self::Number => "another number",
            Self::Level => "another level",
            Self::Word => "another word",
            Self::Time => "another body had this name at another time",
            Self::Preposition => "a unit in the region, not the region's body",
        }
    }
}

/// Where a name's region was found.
#[derive(Clone, Debug)]
struct Place {
    region: Option<usize>,
    /// The letters that name it.
    range: Range<usize>,
    cost: u32,
    reason: &'static str,
}

/// A region is told from the next best by at least so much.
const REGION_MARGIN: i64 = 90;

/// A body is told from one of the same name in another region by so much.
const REGION_RIVAL: u32 = 70;

/// Words that say of a short name that its body is a federal one.
const OF_RUSSIA: &str = "россии рф российской федерации федеральный федеральная федеральное";

/// A link is believed if the region costs at most this for each of its letters.
const REGION_BELIEVED: u32 = 12;

/// So much dearer is a body that the dictionary knows from other regions only.
const ELSEWHERE: u32 = 60;

/// So much dearer is a body that was not called so in the time of the document.
const UNTIMELY: u32 = 50;

/// A name is read as a short one where a whole one costs more than this for each letter.
const WHOLE_PER_LETTER: u32 = 12;

/// A word of the body's name that is found among the letters costs at most this for each of its letters.
const WORD_PER_LETTER: u32 = 24;

/// A name with so many letters more than the body's, at such a cost, has a word more.
const MORE_LETTERS: usize = 4;
const MORE_COST: u32 = 300;

/// A body so much dearer than the likeliest is not looked at more closely; its score is 0.
const HOPELESS: u32 = 200;

/// A Russian word may still be another one misread by one confusion: «пруда» for «труда».
const ONE_MISREADING: u32 = 60;

/// A name that costs less is the same but for endings and a letter.
const NEARLY_SAME: u32 = 100;

/// A shorter word of the document says nothing against a body.
const LEAST_WORD: usize = 4;

/// The bodies that `name` may be in a document of that `setting`, the likeliest first; none for names that are quoted,
/// which are institutions'.
pub fn candidates(name: &str, setting: &Setting, registry: &Registry) -> Vec<Candidate> {
    if name.contains(['«', '"']) {
        return Vec::new();
    }
    let written = registry.written_out(name);
    let tokens = Tokens::new(&written.name);
    let letters = Letters::new(&written.name);
    if letters.len() < 2 {
        return Vec::new();
    }
    let mut named = registry.regions_in(&tokens);
    // «Коми'гет» is not Komi, «Ямапо-Ненецкого» not Nenets.
    named.retain(|(_, range)| !is_part_of_word(&tokens, range) && !is_rest_of_word(&tokens, range.start));
    let places = match named.as_slice() {
        [] => places(&tokens, &letters, setting.region, registry),
        // Of two regions one may belong to the body's name: «… Республики Адыгея при главе … Краснодарского края».
        named => named
            .iter()
            .map(|(region, range)| named_place(&tokens, &letters, *region, range, registry))
            .collect(),
    };
    let compared = |manner: Manner| {
        let mut found: Vec<Candidate> = Vec::new();
        for place in &places {
            found.extend(at_place(place, &letters, &tokens, manner, registry));
        }
        for one in &mut found {
            let tenure = registry.tenure(one.id).zip(setting.period.as_ref());
            one.untimely = tenure.is_some_and(|(tenure, period)| !tenure.meets(period));
            one.cost += if one.untimely { UNTIMELY } else { 0 };
        }
        found.sort_by_key(|candidate| (candidate.cost, candidate.id));
        found
    };
    let judged_as = |manner: Manner| {
        let (tokens, named) = (&tokens, &named[..]);
        let name = Seen { letters: &letters, tokens, named, manner, fused: written.fused };
        judged(compared(manner), &name, registry)
    };
    let whole = judged_as(Manner::Whole);
    let believed = |found: &[Candidate]| found.first().is_some_and(Candidate::is_accepted);
    if written.manner == Manner::Whole || believed(&whole) {
        return whole;
    }
    // A misread «Департаыент» looks like a short form: what is like a whole name and like no short one is a whole one.
    let shortened = judged_as(Manner::Shortened);
    let readable = whole
        .first()
        .is_some_and(|best| best.cost <= (letters.len() - best.place.len()) as u32 * WHOLE_PER_LETTER);
    if readable && !believed(&shortened) { whole } else { shortened }
}

/// A name as its candidates are judged.
struct Seen<'n> {
    letters: &'n Letters,
    tokens: &'n Tokens<'n>,
    named: &'n [(usize, Range<usize>)],
    manner: Manner,
    fused: bool,
}

/// The place that the tokens in `range` name; more letters where the region's longer name stands there.
fn named_place(
    tokens: &Tokens,
    letters: &Letters,
    region: usize,
    range: &Range<usize>,
    registry: &Registry,
) -> Place {
    let exact = letters_of(tokens, range.clone());
    let longer = registry.region_letters(letters, region, exact.len()).map(|fit| fit.range);
    let longer = longer
        .filter(|range| range.len() > exact.len() && range.start <= exact.start && range.end >= exact.end);
    let range = longer.unwrap_or(exact);
    Place { region: Some(region), range, cost: 0, reason: "the name has its region" }
}

/// The places that a name without a readable region may be of.
fn places(tokens: &Tokens, letters: &Letters, own: Option<usize>, registry: &Registry) -> Vec<Place> {
    let near = registry.regions_near(letters);
    if let Some((_, best)) = near.first() {
        let close = best.rank() + REGION_MARGIN;
        let reason = "the name has its region, misread";
        return near
            .into_iter()
            .filter(|(_, fit)| fit.rank() < close)
            .map(|(region, fit)| Place { region: Some(region), range: fit.range, cost: fit.cost, reason })
            .collect();
    }
    if let Some(at) = initials(tokens) {
        // «Минздрав РТ»: the document's own region, or one that nobody knows; it is never «РФ» with a misread letter.
        let own = own.filter(|&region| {
            let entry = registry.region(region);
            entry.is_some_and(|entry| is_initials_of(tokens.written(at), &entry.region.name))
        });
        let place = own.map(|region| {
            let range = letters_of(tokens, at..at + 1);
            Place { region: Some(region), range, cost: 0, reason: "the region's initials" }
        });
        return place.into_iter().collect();
    }
    let federal = Place { region: None, range: 0..0, cost: 0, reason: "a federal body" };
    // «… Иркутфкой области»: a region that is named and not known is not the document's.
    let documents = own.filter(|_| !is_federal(tokens) && !names_other_region(tokens)).map(|region| {
        let range = own_region_letters(tokens, region, registry);
        Place { region: Some(region), range, cost: 0, reason: "the region is the document's" }
    });
    documents.into_iter().chain([federal]).collect()
}

/// The last token behind a body's name, where it looks like the initials of a region: «РТ», «КЧР», «ТО», «КК».
fn initials(tokens: &Tokens) -> Option<usize> {
    let at = tokens.len().checked_sub(1).filter(|&at| at > 0)?;
    let word = tokens.written(at);
    let letters = word.chars().count();
    let capitals = (2..=4).contains(&letters) && word.chars().all(char::is_uppercase);
    let shaped = word.starts_with('Р') || word.ends_with(['О', 'К', 'Р']);
    (capitals && shaped && word != "РФ").then_some(at)
}

/// True where `word` is the first letters of the words of `name`.
fn is_initials_of(word: &str, name: &str) -> bool {
    let words = name.split([' ', '-']).filter(|word| word.chars().count() > 1);
    word.to_lowercase().chars().eq(words.filter_map(|word| word.to_lowercase().chars().next()))
}

/// «… Российской Федерации», «… России».
fn is_federal(tokens: &Tokens) -> bool {
    (0..tokens.len()).any(|at| match tokens.folded(at) {
        "россии" => true,
        "федерации" => at > 0 && tokens.folded(at - 1) == "российской",
        _ => false,
    })
}

/// Words that stand for the document's own region: «министерство культуры области».
const OWN_REGION: [&str; 4] = ["области", "края", "республики", "округа"];

/// The letters of the word at the end that stands for the document's own region, or is the first of its words, the others
/// cut off: «… защиты Тульской».
fn own_region_letters(tokens: &Tokens, region: usize, registry: &Registry) -> Range<usize> {
    let last = tokens.len().saturating_sub(1);
    let genitive = registry.region(region).map_or("", |entry| entry.genitive.as_str());
    let cut = genitive.split_once(' ').is_some_and(|(first, _)| fold(first) == tokens.folded(last));
    if (cut && last > 1) || OWN_REGION.contains(&tokens.folded(last)) {
        letters_of(tokens, last..last + 1)
    } else {
        0..0
    }
}

/// The letters that the tokens in `range` are.
fn letters_of(tokens: &Tokens, range: Range<usize>) -> Range<usize> {
    let bytes = tokens.bytes(range);
    let before = Letters::new(&tokens.text()[..bytes.start]).len();
    before..before + Letters::new(&tokens.text()[bytes]).len()
}

fn at_place(
    place: &Place,
    letters: &Letters,
    tokens: &Tokens,
    manner: Manner,
    registry: &Registry,
) -> Vec<Candidate> {
    let rest = letters.without(place.range.clone());
    let near = registry.spelled_like(&rest, place.region, manner);
    let mut found: Vec<Candidate> = near
        .into_iter()
        .map(|near| {
            let elsewhere = !registry.is_listed(near.id);
            let own = near.cost + place.cost;
            let cost = if elsewhere { own + ELSEWHERE } else { own };
            candidate(near.id, cost, elsewhere, place)
        })
        .collect();
    let first = tokens.written(0);
    let alone = || first.chars().all(char::is_uppercase) && rest.len() == Letters::new(first).len();
    if let Some(region) = place.region.filter(|_| alone()) {
        for id in registry.of_initials(first, region) {
            found.retain(|known| known.id != id);
            found.push(candidate(id, place.cost, false, place));
        }
    }
    found
}

fn candidate(id: BodyId, cost: u32, elsewhere: bool, place: &Place) -> Candidate {
    Candidate {
        id,
        score: 0.0,
        cost,
        guard: None,
        found: place.reason,
        elsewhere,
        untimely: false,
        place: place.range.clone(),
        place_cost: place.cost,
    }
}

/// The candidates with their guards and scores.
fn judged(mut found: Vec<Candidate>, name: &Seen, registry: &Registry) -> Vec<Candidate> {
    let costs: Vec<(BodyId, u32)> = found.iter().map(|one| (one.id, one.cost)).collect();
    let best = costs.first().map_or(0, |&(_, cost)| cost);
    let mut outside = Outside::default();
    for candidate in &mut found {
        if candidate.cost > best + HOPELESS {
            continue;
        }
        let others = costs.iter().filter(|(id, _)| !registry.is_same(*id, candidate.id));
        let rival = others.map(|(_, cost)| *cost).min();
        let elsewhere = |(id, cost): &&(BodyId, u32)| {
            registry.is_in_other_region(*id, candidate.id) && *cost < candidate.cost + REGION_RIVAL
        };
        let uncertain = costs.iter().any(|other| elsewhere(&other))
            || candidate.place_cost > candidate.place.len() as u32 * REGION_BELIEVED;
        let renamed = rival == Some(candidate.cost) && registry.tenure(candidate.id).is_some();
        candidate.guard = match (uncertain, renamed) {
            (true, _) => Some(Guard::Region),
            (_, true) => Some(Guard::Time),
            _ => guard(candidate, outside.of(name, &candidate.place, registry), name, registry),
        };
        let evidence = Evidence {
            cost: candidate.cost,
            place: candidate.place_cost,
            letters: name.letters.len() - candidate.place.len(),
            margin: rival.map(|rival| i64::from(rival) - i64::from(candidate.cost)),
            shortened: name.manner == Manner::Shortened,
            fused: name.fused,
        };
        candidate.score = if candidate.guard.is_some() { 0.0 } else { score::of(&evidence) };
    }
    found
}

/// What a name has outside its region's letters, for each place where those may stand.
#[derive(Default)]
struct Outside(Vec<(Range<usize>, NameWords, Letters)>);

impl Outside {
    /// The words of `name` outside `place`, and its letters there.
    fn of(&mut self, name: &Seen, place: &Range<usize>, registry: &Registry) -> (&NameWords, &Letters) {
        let known = self.0.iter().position(|(known, ..)| known == place).unwrap_or_else(|| {
            let words = registry.words_of(words_outside(name.tokens, place));
            self.0.push((place.clone(), words, name.letters.without(place.clone())));
            self.0.len() - 1
        });
        let (_, words, letters) = &self.0[known];
        (words, letters)
    }
}

/// The folded words of a name outside its region's, numbers too; a word with a digit or an apostrophe inside is misread
/// and none.
fn words_outside(tokens: &Tokens, place: &Range<usize>) -> Vec<String> {
    let mut words = Vec::new();
    let mut letters = 0;
    for at in 0..tokens.len() {
        let kind = tokens.get(at).map(|token| token.kind);
        let own = if kind == Some(TokenKind::Word) { Letters::new(tokens.written(at)).len() } else { 0 };
        let begins = place.contains(&letters) && (own > 0 || letters > place.start);
        let inside = begins || (place.start > letters && place.start < letters + own);
        // «№ 3Тульской» lost a space; «№» says that it is a number.
        let numbered = at > 0 && tokens.is_mark(at - 1, '№') && kind == Some(TokenKind::Number);
        let misread = is_part_of_word(tokens, &(at..at + 1));
        letters += if misread && kind != Some(TokenKind::Word) { tokens.written(at).len() } else { own };
        if numbered || (!inside && !misread && kind.is_some_and(|kind| kind != TokenKind::Mark)) {
            words.push(tokens.folded(at).to_owned());
        }
    }
    words
}

/// «Ямапо-Ненецкого», «Т омской»: what stands before it is a part of the same word.
fn is_rest_of_word(tokens: &Tokens, at: usize) -> bool {
    const WORDS: &str = "А В И К О С У";
    let before = at.checked_sub(1).map_or("", |before| tokens.written(before));
    let parted =
        before.chars().count() == 1 && before.chars().all(char::is_uppercase) && !is_among(before, WORDS);
    let hyphened = at > 1 && tokens.is_dash(at - 1) && tokens.is_glued(at) && tokens.is_glued(at - 1);
    parted || hyphened
}

/// True if the tokens in `range` are glued to a digit or an apostrophe that stands for a letter, or are one.
fn is_part_of_word(tokens: &Tokens, range: &Range<usize>) -> bool {
    let is = |at: usize, kind: TokenKind| tokens.get(at).is_some_and(|token| token.kind == kind);
    let sign = |at: usize| is(at, TokenKind::Number) || tokens.is_mark(at, '\'');
    let pair = |at: usize| {
        tokens.is_glued(at + 1)
            && ((is(at, TokenKind::Word) && sign(at + 1)) || (sign(at) && is(at + 1, TokenKind::Word)))
    };
    (range.start > 0 && pair(range.start - 1)) || (range.end > 0 && pair(range.end - 1))
}

fn guard(
    candidate: &Candidate,
    outside: (&NameWords, &Letters),
    name: &Seen,
    registry: &Registry,
) -> Option<Guard> {
    let own = registry.words(candidate.id);
    let (seen, _) = outside;
    if numbers(&seen.words) != numbers(&own.words) {
        return Some(Guard::Number);
    }
    let more = seen.levels.iter().any(|level| !own.levels.contains(level));
    // «Минприроды» in a region's plan is as likely the region's own; «Минприроды России» is not.
    let of_region = || name.fused && !seen.words.iter().any(|word| is_among(word, OF_RUSSIA));
    let other_level = if registry.is_regional(candidate.id) { more } else { of_region() };
    if other_level {
        return Some(Guard::Level);
    }
    let tokens = name.tokens;
    let behind =
        |range: &Range<usize>| range.start > 0 && matches!(tokens.folded(range.start - 1), "в" | "во" | "по");
    let known = candidate.cost < NEARLY_SAME && registry.is_listed(candidate.id);
    if !known && name.named.iter().any(|(_, range)| behind(range)) {
        return Some(Guard::Preposition);
    }
    let whole = candidate.cost > 0 && name.manner == Manner::Whole;
    (whole && has_other_word(candidate, own, outside, registry)).then_some(Guard::Word)
}

/// True if the name has a Russian word that the body's has not, or misses one that it has.
fn has_other_word(
    candidate: &Candidate,
    own: &NameWords,
    (seen, rest): (&NameWords, &Letters),
    registry: &Registry,
) -> bool {
    let letters: usize = own.words.iter().map(|word| word.chars().count()).sum();
    if candidate.cost >= MORE_COST && rest.len() >= letters + MORE_LETTERS {
        return true;
    }
    let other = |(word, stem): (&String, &String)| {
        word.chars().count() >= LEAST_WORD
            && !own.stems.contains(stem)
            && !own.words.iter().any(|own| own.starts_with(word.as_str()) || own.ends_with(word.as_str()))
            && registry.lexicon.knows(word)
            && !registry.has_word(word, candidate.id, ONE_MISREADING)
    };
    seen.words.iter().zip(&seen.stems).any(other) || registry.misses_word(rest, candidate.id, WORD_PER_LETTER)
}

/// The numbers among `words`, in order; nothing is number 0, which is a misread «о».
fn numbers(words: &[String]) -> Vec<&str> {
    let number = |word: &&str| *word != "0" && word.bytes().all(|byte| byte.is_ascii_digit());
    words.iter().map(String::as_str).filter(number).collect()
}

/// True if an adjective before «области» or «края», or a name behind «республики», says whose the body is.
fn names_other_region(tokens: &Tokens) -> bool {
    let capital = |at: usize| tokens.written(at).starts_with(char::is_uppercase);
    (1..tokens.len()).any(|at| match tokens.folded(at) {
        "области" | "края" | "округа" => {
            let before = tokens.folded(at - 1);
            capital(at - 1) && ["ой", "ого"].iter().any(|ending| before.ends_with(ending))
        }
        "республики" => capital(at + 1) || capital(at - 1),
        _ => false,
    })
}
