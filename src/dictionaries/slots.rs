/*!
What a `<slot>` of a pattern reads: numbers, years, parts of years, days, units.

A slot never computes a date: it gives the numbers that stand there. Whether the 31st of June exists is not its
concern.

Digits and numerals that recognition has damaged are read here, and only here, because only a slot demands one:
«2О18» is a year, «П» before «квартал» is II. Where the characters do not decide, all candidates are given.
*/

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use smallvec::SmallVec;

use super::calendar;
use super::lexicon::Lexicon;
use super::numerals::Numerals;
use super::tokens::{TokenKind, Tokens};
use super::words::{Senses, Unit, Words};

/// The slots of the pattern language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `<blank>`: a line to be filled in by hand, two and more low lines.
    Blank,
    /// `<clock>`: a clock time, or from one to another.
    Clock,
    /// `<condition>`: reads nothing; the condition of the term begins here and goes on to its end.
    Condition,
    /// `<count>`: a whole number in digits or words.
    Count,
    /// `<day>`: a day of a month, 1 to 31.
    Day,
    /// `<days>`: exact days: one, a list, a range; the year may be missing.
    Days,
    /// `<halves>`: half-years: one, a list, a range.
    Halves,
    /// `<length>`: a unit of time as an adjective, with its number: «месячный», «трехдневный», «10-дневный».
    Length,
    /// `<month>`: a month in two digits with a dot behind it, as in «09.2020».
    Month,
    /// `<months>`: months by name: one, a list, a range.
    Months,
    /// `<multiple>`: how often, in one word: «дважды».
    Multiple,
    /// `<number>`: digits, however many they count.
    Number,
    /// `<ordinal>`: 1 to 4.
    Ordinal,
    /// `<quarters>`: quarters: one, a list, a range.
    Quarters,
    /// `<recurrence>`: one word for a recurrence.
    Recurrence,
    /// `<school>`: a school year: «2022/2023».
    School,
    /// `<short-unit>`: a unit of time shorter than a year.
    ShortUnit,
    /// `<unit>`: a unit of time.
    Unit,
    /// `<weekdays>`: days of the week: one or a list.
    Weekdays,
    /// `<working>`: whether days are working or calendar days.
    Working,
    /// `<years>`: calendar years: one, a list, a range.
    Years,
}

impl Slot {
    /// All slots with the names they have in patterns, sorted.
    pub const ALL: &'static [(&'static str, Slot)] = &[
        ("blank", Slot::Blank),
        ("clock", Slot::Clock),
        ("condition", Slot::Condition),
        ("count", Slot::Count),
        ("day", Slot::Day),
        ("days", Slot::Days),
        ("halves", Slot::Halves),
        ("length", Slot::Length),
        ("month", Slot::Month),
        ("months", Slot::Months),
        ("multiple", Slot::Multiple),
        ("number", Slot::Number),
        ("ordinal", Slot::Ordinal),
        ("quarters", Slot::Quarters),
        ("recurrence", Slot::Recurrence),
        ("school", Slot::School),
        ("short-unit", Slot::ShortUnit),
        ("unit", Slot::Unit),
        ("weekdays", Slot::Weekdays),
        ("working", Slot::Working),
        ("years", Slot::Years),
    ];

    /// The slot of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, slot)| slot)
    }
}

/// A set of slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SlotSet(u32);

impl SlotSet {
    /// One slot.
    pub(super) fn of(slot: Slot) -> Self {
        Self(1 << slot as u32)
    }

    /// These slots where that `holds`, else none.
    fn when(holds: bool, slots: &[Slot]) -> Self {
        let slots = if holds { slots } else { &[] };
        slots.iter().fold(Self::default(), |set, &slot| set.and(Self::of(slot)))
    }

    /// What is in either.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if some slot is in both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True for no slot.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a slot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A place to be filled in.
    Blank,
    /// Hours and minutes, and the end where one stands.
    Clock((u8, u8), Option<(u8, u8)>),
    /// Here the condition begins.
    Condition,
    /// A whole number, a day of a month, an ordinal.
    Count(u32),
    /// Exact days.
    Days(SmallVec<[DayRange; 1]>),
    /// A number of units.
    Length(u32, Unit),
    /// Parts of a year (quarters, half-years or months) from and to, both inclusive.
    Parts(Parts),
    /// A unit of time.
    Unit(Unit),
    /// Days of the week, 1 is Monday.
    Weekdays(Vec<u8>),
    /// Working days where true, calendar days where false.
    Working(bool),
    /// Years from and to, both inclusive.
    Years(SmallVec<[(i16, i16); 2]>),
}

/// Parts of a year, each range inclusive at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Which parts.
    pub unit: Unit,
    /// The ranges; the end may come before the start where the words go over a year's end.
    pub ranges: SmallVec<[(u8, u8); 4]>,
    /// True where only one of the ranges is meant and the characters do not decide which.
    pub one_of: bool,
}

/// A day whose month and year may stand elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// 1 to 31.
    pub day: u8,
    /// 1 to 12.
    pub month: u8,
    /// The year as four digits.
    pub year: Option<i16>,
}

/// From one day to another, both inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// The tokens that name it; days of a list share those of their month.
    pub tokens: Range<usize>,
    /// True where its own words name the year.
    pub dated: bool,
}

/// One slot's reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it read.
    pub value: Value,
    /// The damaged digits and numerals in it that the characters decide.
    pub mends: Vec<Mend>,
}

/// A damaged number and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The tokens.
    pub tokens: Range<usize>,
    /// What they are.
    pub to: String,
}

/// A damaged digit or numeral takes no more bytes of one token: three Cyrillic letters.
const LONGEST_DAMAGED: usize = 6;

/// The most digits that a roman numeral is misread for: «111».
const LONGEST_NUMERAL: usize = 3;

/// Reads slots with the words and numerals of a dictionary.
#[derive(Clone, Debug)]
pub struct SlotReader<'d> {
    /// The words.
    pub words: &'d Words,
    /// The damaged numerals.
    pub numerals: &'d Numerals,
    /// The word forms: a word that is one of them is not damaged.
    pub lexicon: &'d Lexicon,
    /// How many steps of patterns were tried with this reader: work that can be counted.
    pub steps: Cell<u64>,
}

/// What a slot reads and one past its last token, the longest first.
pub(super) type SlotReadings = SmallVec<[(Value, usize); 1]>;

/// Every reading of a slot, the longest first; at least one.
pub(super) type Readings = Rc<SmallVec<[Filled; 1]>>;

impl SlotReader<'_> {
    /// Everything that token `at` can be.
    pub(super) fn senses(&self, tokens: &Tokens, at: usize) -> Senses {
        tokens.senses(at, self.words)
    }

    /// As [`read`](Self::read), once for all the patterns that are tried for a match.
    pub(super) fn read_once(&self, slot: Slot, tokens: &Tokens, at: usize) -> Option<Readings> {
        if slot != Slot::Condition && !self.openings(tokens, at).meets(SlotSet::of(slot)) {
            return None;
        }
        if let Some(readings) = tokens.readings(slot, at) {
            return readings;
        }
        let readings = Some(self.read(slot, tokens, at)).filter(|found| !found.is_empty()).map(Rc::new);
        tokens.keep_readings(slot, at, &readings);
        readings
    }

    /// Every reading of `slot` from token `at`, the longest first.
    pub fn read(&self, slot: Slot, tokens: &Tokens, at: usize) -> SmallVec<[Filled; 1]> {
        if at >= tokens.len() && slot != Slot::Condition {
            return SmallVec::new();
        }
        let readings = match slot {
            Slot::Halves => return calendar::parts(self, tokens, at, Unit::Half, 2).into_iter().collect(),
            Slot::Months => return calendar::months(self, tokens, at).into_iter().collect(),
            Slot::Quarters => {
                return calendar::parts(self, tokens, at, Unit::Quarter, 4).into_iter().collect();
            }
            Slot::Days => calendar::days(self, tokens, at),
            Slot::Years => calendar::years(self, tokens, at),
            _ => self.read_one(slot, tokens, at).into_iter().collect(),
        };
        let dated = matches!(slot, Slot::Day | Slot::Days | Slot::School | Slot::Years);
        let fill = |(value, end)| {
            let mends = if dated { calendar::mended_date(self, tokens, at..end) } else { Vec::new() };
            Filled { start: at, end, value, mends }
        };
        readings.into_iter().map(fill).collect()
    }

    /// The reading of a slot that has one at most.
    fn read_one(&self, slot: Slot, tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
        let senses = || self.senses(tokens, at);
        let one = |value: Value| (value, at + 1);
        match slot {
            Slot::Blank => blank(tokens, at),
            Slot::Clock => calendar::clock(self, tokens, at),
            Slot::Condition => Some((Value::Condition, at)),
            Slot::Count => self.count(tokens, at),
            Slot::Day => calendar::day(self, tokens, at).map(|(day, end)| (Value::Count(day.into()), end)),
            Slot::Length => self.length(tokens, at),
            Slot::Month => calendar::month_number(tokens, at),
            Slot::Multiple => senses().multiple.map(|count| one(Value::Count(count.into()))),
            Slot::Number => tokens.number(at).map(|number| one(Value::Count(number))),
            Slot::Ordinal => calendar::ordinal(self, tokens, at),
            Slot::Recurrence => senses().recurrence.map(|unit| one(Value::Unit(unit))),
            Slot::School => calendar::school_year(self, tokens, at),
            Slot::ShortUnit => {
                senses().unit.filter(|&unit| unit != Unit::Year).map(|unit| one(Value::Unit(unit)))
            }
            Slot::Unit => senses().unit.map(|unit| one(Value::Unit(unit))),
            Slot::Weekdays => self.weekdays(tokens, at),
            Slot::Working => working(tokens.folded(at)).map(|working| one(Value::Working(working))),
            Slot::Days | Slot::Halves | Slot::Months | Slot::Quarters | Slot::Years => None,
        }
    }

    /// The slots whose readings may begin with token `at`: all that do, and others. Cheaper than reading.
    pub(super) fn openings(&self, tokens: &Tokens, at: usize) -> SlotSet {
        tokens.openings(at, |token| match token.kind {
            TokenKind::Number => openings_of_number(tokens, at, token.len()),
            TokenKind::Word => self.openings_of_word(tokens, at),
            TokenKind::Mark => {
                openings_of_damaged(true, true).and(SlotSet::when(tokens.is_mark(at, '_'), &[Slot::Blank]))
            }
        })
    }

    fn openings_of_word(&self, tokens: &Tokens, at: usize) -> SlotSet {
        let senses = self.senses(tokens, at);
        let written = tokens.written(at);
        let short = written.len() <= LONGEST_DAMAGED;
        let goes_on = tokens.is_glued(at + 1);
        let damaged = openings_of_damaged(
            short && calendar::are_figures(written),
            short && (goes_on || self.numerals.may_be(written)),
        );
        let sets = [
            SlotSet::when(senses.cardinal.is_some(), &[Slot::Count]),
            SlotSet::when(senses.begins_day(), &[Slot::Day, Slot::Days]),
            SlotSet::when(calendar::begins_month(self, tokens, at), &[Slot::Months]),
            SlotSet::when(senses.multiple.is_some(), &[Slot::Multiple]),
            SlotSet::when(senses.ordinal.is_some(), &[Slot::Halves, Slot::Ordinal, Slot::Quarters]),
            SlotSet::when(senses.recurrence.is_some(), &[Slot::Recurrence]),
            SlotSet::when(senses.unit.is_some(), &[Slot::ShortUnit, Slot::Unit]),
            SlotSet::when(senses.unit_adjective.is_some(), &[Slot::Length]),
            SlotSet::when(senses.weekday.is_some(), &[Slot::Weekdays]),
            SlotSet::when(working(tokens.folded(at)).is_some(), &[Slot::Working]),
        ];
        sets.into_iter().fold(damaged, SlotSet::and)
    }

    /// «3», «трех», «3 (трех)», «1-го».
    fn count(&self, tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
        let (count, mut end) = match tokens.number(at) {
            Some(count) => (count, calendar::after_ordinal_suffix(tokens, at + 1)),
            None => (self.senses(tokens, at).cardinal?.into(), at + 1),
        };
        let repeated = tokens.is_mark(end, '(')
            && tokens.is_mark(end + 2, ')')
            && self.senses(tokens, end + 1).cardinal.map(u32::from) == Some(count);
        if repeated {
            end += 3;
        }
        (count <= 1000).then_some((Value::Count(count), end))
    }

    /// «месячный», «трехдневный», «10-дневный», «3 - месячный».
    fn length(&self, tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
        if let Some(count) = tokens.number(at) {
            let word = if tokens.is_dash(at + 1) { at + 2 } else { at + 1 };
            let (_, unit) = self.senses(tokens, word).unit_adjective?;
            return (count <= 1000).then_some((Value::Length(count, unit), word + 1));
        }
        let (count, unit) = self.senses(tokens, at).unit_adjective?;
        Some((Value::Length(count.into(), unit), at + 1))
    }

    fn weekdays(&self, tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
        let mut days = vec![self.senses(tokens, at).weekday?];
        let mut end = at + 1;
        while tokens.is_mark(end, ',') || tokens.folded(end) == "и" {
            let Some(day) = self.senses(tokens, end + 1).weekday else { break };
            days.push(day);
            end += 2;
        }
        Some((Value::Weekdays(days), end))
    }
}

fn working(word: &str) -> Option<bool> {
    if word.starts_with("рабоч") {
        Some(true)
    } else {
        word.starts_with("календарн").then_some(false)
    }
}

/// The slots that a word or a mark may begin which stands for damaged digits, for a damaged numeral.
fn openings_of_damaged(digits: bool, numeral: bool) -> SlotSet {
    SlotSet::when(digits, &[Slot::Day, Slot::Days, Slot::School, Slot::Years])
        .and(SlotSet::when(numeral, &[Slot::Halves, Slot::Ordinal, Slot::Quarters]))
}

/// The slots that the number of `figures` digits at token `at` may begin.
fn openings_of_number(tokens: &Tokens, at: usize, figures: usize) -> SlotSet {
    let year = figures <= 4 && calendar::begins_year(tokens, at);
    SlotSet::when(true, &[Slot::Count, Slot::Days, Slot::Length, Slot::Number])
        .and(SlotSet::when(figures <= 2, &[Slot::Clock, Slot::Day, Slot::Month]))
        .and(SlotSet::when(figures <= LONGEST_NUMERAL, &[Slot::Halves, Slot::Ordinal, Slot::Quarters]))
        .and(SlotSet::when(year, &[Slot::School, Slot::Years]))
}

/// Two and more low lines, with or without white space between them.
fn blank(tokens: &Tokens, at: usize) -> Option<(Value, usize)> {
    let length = (at..tokens.len()).take_while(|&at| tokens.is_mark(at, '_')).count();
    (length >= 2).then_some((Value::Blank, at + length))
}
