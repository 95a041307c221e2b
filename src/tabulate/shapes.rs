/*!
What a piece of text looks like: a term, a name, a number.

This module never reads a value. It is evidence for which column a text belongs to, and it asks the same dictionaries
that will read it later, so that what is taken for a term can be read as one.
*/

use crate::dictionaries::{
    Case, DeadlineSense, Gender, HeadForm, Phrases, TokenKind, Tokens, is_among, is_hanging, roman,
};
use crate::plan::ExecutorKind;

/// Looks at texts with the phrases of the dictionaries.
#[derive(Clone, Copy, Debug)]
pub struct Shapes<'d> {
    phrases: &'d Phrases,
}

/// The longest text that is looked at as a term, in tokens: terms are short.
pub(super) const LONGEST_TERM: usize = 60;

/// The most tokens of the event that a term depends on, of a remark behind one, and of the beginning of a term that goes on
/// behind a line end.
const LONGEST_CONDITION: usize = 14;
const LONGEST_REMARK: usize = 4;
const LONGEST_LEAD: usize = 4;

/// The most words of a subject before the dash of its term.
const LONGEST_SUBJECT: usize = 2;

/// The dash behind a word or two in small letters, or a stage («1 этап»), that begin with token `first`.
fn dash_behind_subject(tokens: &Tokens, first: usize) -> Option<usize> {
    let dash =
        (first + 1..=first + LONGEST_SUBJECT).find(|&at| tokens.is_dash(at) && !tokens.is_glued(at))?;
    let small = |at: usize| tokens.written(at).starts_with(char::is_lowercase);
    let counted =
        first + 2 == dash && (tokens.number(first).is_some() || roman(tokens.written(first)).is_some());
    (first + usize::from(counted)..dash).all(small).then_some(dash)
}

/// True for «устройство –» and nothing more.
fn is_subject(tokens: &Tokens) -> bool {
    dash_behind_subject(tokens, 0).is_some_and(|dash| dash + 1 == tokens.len())
}

/// True for the words between two terms of one cell: «но не реже», «далее –».
fn joins_terms(word: &str) -> bool {
    is_among(word, ", ; ( ) - – и а но не реже далее также либо или затем")
}

impl<'d> Shapes<'d> {
    /// A looker with `phrases`.
    pub fn new(phrases: &'d Phrases) -> Self {
        Self { phrases }
    }

    /// One past the last token of the term that begins at token `at`; neighbouring phrases («ежегодно, до 1 марта») are
    /// one term. `None` where no term begins.
    pub fn term_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let slots = self.phrases.slots();
        let mut end = None;
        let mut next = at;
        while next < tokens.len() && next < at + LONGEST_TERM {
            // «2 раза в год (июнь, декабрь)».
            let bracket = end.is_some() && tokens.is_mark(next, '(');
            let first = next + usize::from(bracket);
            let Some(best) = self.phrases.deadlines.longest_at(tokens, first, &slots) else { break };
            // A clock time alone may be anything.
            if best.rule.gives == DeadlineSense::Clock && end.is_none() {
                break;
            }
            let closed = usize::from(bracket && tokens.is_mark(best.found.end, ')'));
            end = Some(best.found.end + closed);
            next = best.found.end + closed;
            if matches!(tokens.folded(next), "," | ";" | "и") {
                next += 1;
            }
        }
        end
    }

    /// The share of the tokens of `text` that terms take in, 0 to 1, from its beginning; 0 where it does not begin with a
    /// term. What a term depends on is part of it («по мере поступления обращений,»), a remark behind a dash («до 1 марта –
    /// утверждение,») and the words that join two terms («, но не реже», «, далее –»), too.
    pub fn term_share(&self, text: &str) -> f64 {
        let tokens = Tokens::new(text);
        let begins = self.term_at(&tokens, 0).is_some() || self.term_behind_subject(&tokens, 0).is_some();
        if tokens.is_empty() || !begins {
            return 0.0;
        }
        let (mut at, mut covered) = (0, 0);
        while at < tokens.len().min(LONGEST_TERM) {
            let Some(end) = self.term_at(&tokens, at) else {
                let subject = self.term_behind_subject(&tokens, at).map(|term| term - at);
                covered += subject.unwrap_or(usize::from(joins_terms(tokens.folded(at))));
                at += subject.unwrap_or(1);
                continue;
            };
            let rest = self.rest_of_term(&tokens, at, end);
            covered += rest - at;
            at = rest;
        }
        covered as f64 / tokens.len() as f64
    }

    /// One past the condition or the remark of the term from token `start` to `end`; `end` where it has none. A name ends
    /// both.
    pub fn rest_of_term(&self, tokens: &Tokens, start: usize, end: usize) -> usize {
        let ends = |at: usize| matches!(tokens.written(at), "" | "," | ";" | ".");
        let begins = |at: usize| self.term_at(tokens, at).is_some() || self.name_at(tokens, at).is_some();
        let goes_on = |at: usize| !ends(at) && !begins(at);
        let length = if self.is_open_ended(tokens, start) {
            LONGEST_CONDITION
        } else if tokens.is_dash(end) {
            LONGEST_REMARK
        } else {
            return end;
        };
        let rest = (end..=end + length).find(|&at| !goes_on(at));
        rest.unwrap_or(end)
    }

    /// True if `text` reads as a term and hardly anything else, or is a term with the event it depends on.
    pub fn is_term(&self, text: &str) -> bool {
        let tokens = Tokens::new(text);
        if tokens.is_empty() || tokens.len() > LONGEST_TERM {
            return false;
        }
        let Some(end) = self.term_at(&tokens, 0) else { return false };
        end * 2 >= tokens.len() || (tokens.len() <= LONGEST_CONDITION && self.is_open_ended(&tokens, 0))
    }

    /// True if `text` begins with a term, which may go on into `next`: «не реже» and «1 раза в квартал».
    pub fn begins_term(&self, text: &str, next: &str) -> bool {
        let tokens = Tokens::new(text);
        self.term_at(&tokens, 0).is_some()
            || self.term_behind_subject(&tokens, 0).is_some()
            || is_subject(&tokens) && self.term_at(&Tokens::new(next), 0).is_some()
            || self.term_spans(text, next)
    }

    /// The token at which the term begins in «устройство – до 15 мая», from token `at` on: a word or two in small letters, a
    /// dash, a term.
    fn term_behind_subject(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let dash = dash_behind_subject(tokens, at)?;
        self.term_at(tokens, dash + 1).map(|_| dash + 1)
    }

    /// True if a phrase that begins `first` goes on into `second`: «3 квартал» and «2018 года».
    pub fn term_spans(&self, first: &str, second: &str) -> bool {
        let joined = format!("{} {second}", first.trim_end());
        let (tokens, end) = (Tokens::new(&joined), first.trim_end().len());
        // «ежедневно с 1 мая» «по 30 сентября»: of the phrases of a term it is the last.
        let mut at = 0;
        while tokens.bytes(at..at + 1).start < end
            && let Some(best) = self.phrases.deadlines.longest_at(&tokens, at, &self.phrases.slots())
        {
            let next = best.found.end;
            if tokens.bytes(at..next).end > end {
                return true;
            }
            at = if matches!(tokens.folded(next), "," | ";" | "и") { next + 1 } else { next };
        }
        false
    }

    /// True if a phrase that begins near the end of `first` goes on into `second`: «оснований, но не реже» and «1 раза в
    /// квартал».
    pub fn term_spans_end(&self, first: &str, second: &str) -> bool {
        let joined = format!("{} {second}", first.trim_end());
        let tokens = Tokens::new(&joined);
        let end = first.trim_end().len();
        let inside = (0..tokens.len()).take_while(|&at| tokens.bytes(at..at + 1).end <= end).count();
        // «Нормативный срок» «до 15 ноября»: what may begin a term and is whole without it leaves it alone.
        let waits =
            |word: &str| is_hanging(word) || is_among(word, "реже менее более позднее позже ранее чем");
        if inside == 0 || !waits(tokens.folded(inside - 1)) {
            return false;
        }
        (inside.saturating_sub(LONGEST_LEAD)..inside).any(|at| self.spans(&tokens, at, end))
    }

    /// True if the phrase at token `at` ends behind byte `end`.
    fn spans(&self, tokens: &Tokens, at: usize, end: usize) -> bool {
        let best = self.phrases.deadlines.longest_at(tokens, at, &self.phrases.slots());
        best.is_some_and(|best| tokens.bytes(at..best.found.end).end > end)
    }

    /// True if the term at token `at` has a condition that goes on in free words.
    fn is_open_ended(&self, tokens: &Tokens, at: usize) -> bool {
        let best = self.phrases.deadlines.longest_at(tokens, at, &self.phrases.slots());
        best.is_some_and(|best| {
            matches!(
                best.rule.gives,
                DeadlineSense::Relative | DeadlineSense::Offset | DeadlineSense::OnDemandBy
            )
        })
    }

    /// What kind of executor the words from token `at` on begin to name: a body's head noun in the nominative (with
    /// adjectives before it), an abbreviation, a person. `None` where they begin no name.
    pub fn name_at(&self, tokens: &Tokens, at: usize) -> Option<ExecutorKind> {
        self.name(tokens, at, false)
    }

    /// As [`name_at`](Self::name_at), taking a small-lettered plural too that may as well be a singular's genitive
    /// («организации»).
    pub fn may_name_at(&self, tokens: &Tokens, at: usize) -> Option<ExecutorKind> {
        self.name(tokens, at, true)
    }

    fn name(&self, tokens: &Tokens, at: usize, doubtful: bool) -> Option<ExecutorKind> {
        if person_at(tokens, at).is_some() {
            return Some(ExecutorKind::Person);
        }
        // «пресс-служба», «дом-музей»: the last part is the head.
        let hyphen = tokens.is_dash(at + 1) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
        if hyphen && let Some(kind) = self.head(tokens, at + 2, doubtful) {
            return Some(kind);
        }
        // «гл. специалист», «соц. педагог»: a word cut short before the noun of a position.
        let cut = (2..=LONGEST_CUT).contains(&tokens.written(at).chars().count())
            && tokens.is_mark(at + 1, '.')
            && tokens.is_glued(at + 1);
        if cut && self.head(tokens, at + 2, doubtful) == Some(ExecutorKind::Person) {
            return Some(ExecutorKind::Person);
        }
        let mut next = at;
        // «Главное управление», «краевые учреждения», «Первый заместитель»: adjectives in the nominative.
        while next < at + MOST_ADJECTIVES
            && (is_adjective(tokens.folded(next)) || begins_compound(tokens, next))
            && tokens.get(next).is_some_and(|token| token.kind == TokenKind::Word)
        {
            if self.head(tokens, next, doubtful).is_some() {
                break;
            }
            next += if tokens.is_dash(next + 1) && tokens.is_glued(next + 1) { 2 } else { 1 };
            // «социально-реабилитационный»: the first part has no ending.
            if next > at && tokens.is_dash(next.wrapping_sub(1)) {
                continue;
            }
        }
        // «Бурятский ЦГМС»: an abbreviation of a place.
        if next > at && is_of_place(tokens.folded(next - 1)) && is_capitals(tokens.written(next)) {
            return Some(ExecutorKind::Organization);
        }
        if next > at
            && let Some(kind) = self.phrases.heads.pair(tokens.folded(next - 1), tokens.folded(next))
        {
            return Some(kind);
        }
        // «Федеральной службы»: only a masculine noun has «-ой» in the nominative.
        let nominative = self.phrases.heads.nominative(tokens.folded(next));
        let other = nominative.is_some_and(|form| form.gender != Gender::Masculine);
        if next > at && other && tokens.folded(next - 1).ends_with("ой") {
            return None;
        }
        // A plural adjective in the nominative makes its noun one: «медицинские организации».
        let plural = next > at && ["ые", "ие"].iter().any(|ending| tokens.folded(next - 1).ends_with(ending));
        self.head(tokens, next, doubtful || plural)
    }

    fn head(&self, tokens: &Tokens, at: usize, doubtful: bool) -> Option<ExecutorKind> {
        let written = tokens.written(at);
        if let Some(kind) = self.phrases.heads.abbreviation(written) {
            return Some(kind);
        }
        if is_form(tokens, at) {
            return Some(ExecutorKind::Organization);
        }
        // «МО МВД России»: a unit of a service, its own abbreviation before the service's.
        if is_among(written, UNITS)
            && self.phrases.heads.abbreviation(tokens.written(at + 1)) == Some(ExecutorKind::Organization)
        {
            return Some(ExecutorKind::Organization);
        }
        let form = self.phrases.heads.nominative(tokens.folded(at))?;
        if self.phrases.heads.needs_adjective(tokens.folded(at)) {
            return None;
        }
        // «министерства» is the plural's nominative and the singular's genitive; before a genitive it is the latter.
        let also_genitive =
            self.phrases.heads.forms(tokens.folded(at)).iter().any(|form| form.case == Case::Genitive);
        let capital = written.starts_with(char::is_uppercase);
        (!also_genitive || capital || at == 0 || doubtful).then_some(form.kind)
    }

    /// True if `text` begins with the name of a body, a person or a class of bodies.
    pub fn is_name(&self, text: &str) -> bool {
        let tokens = Tokens::new(text);
        self.name_at(&tokens, 0).is_some()
    }

    /// True if `text` begins with a noun that may be a genitive as well as the nominative of a class: «Администрации».
    pub fn may_be_whose(&self, text: &str) -> bool {
        self.is_genitive(Tokens::new(text).folded(0))
    }

    /// True if token `at` goes on with the name that the word before it begins: the genitive of whose an office is
    /// («пресс-секретарь Главы города»), the abbreviation behind a place («Белогорский ОВО»).
    pub fn goes_on_at(&self, tokens: &Tokens, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| tokens.folded(at)) else { return false };
        let office = self.phrases.heads.names_person(before) && self.is_genitive(tokens.folded(at));
        office || is_of_place(before) && is_capitals(tokens.written(at))
    }

    fn is_genitive(&self, word: &str) -> bool {
        let genitive = |form: &HeadForm| form.case == Case::Genitive && form.gender != Gender::Plural;
        self.phrases.heads.forms(word).iter().any(genitive)
    }

    /// True if `text` says what a measure costs, or that it costs nothing: «1 905,0», «не требуется».
    pub fn is_money(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let worded = ["не требу", "без финансир", "без затрат", "в пределах", "за счет", "в рамках"];
        let amount = text.chars().any(|sign| sign.is_ascii_digit())
            && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | ',' | '.'));
        amount || worded.iter().any(|words| text.starts_with(words))
    }

    /// True if `text` is adjectives in the nominative and nothing more, and a name together with `next`: «Страховые
    /// медицинские» and «организации».
    pub fn is_led_name(&self, text: &str, next: &str) -> bool {
        let tokens = Tokens::new(text);
        let led = (1..MOST_ADJECTIVES).contains(&tokens.len())
            && (0..tokens.len()).all(|at| is_adjective(tokens.folded(at)));
        led && self.is_name(&format!("{} {next}", text.trim_end()))
    }

    /// True if `text` begins with the rest of a body's name: «Тульской области», «Республики Коми», «(по согласованию)».
    pub fn begins_with_rest(&self, text: &str) -> bool {
        let tokens = Tokens::new(text.trim_start());
        let territory = |at: usize| {
            matches!(tokens.folded(at), "области" | "края" | "республики" | "округа" | "района" | "федерации")
        };
        let waits =
            ["ской", "ского", "цкой", "цкого"].iter().any(|ending| tokens.folded(0).ends_with(ending));
        let agreement = tokens.is_mark(0, '(') && matches!(tokens.folded(1), "по" | "далее");
        territory(0) || (waits && territory(1)) || agreement || is_quoted_rest(text.trim())
    }

    /// True if `text` cannot be the end of a name: it is [open](super::signs::is_open), or ends with a bare form («…, ГУТО»),
    /// a bare head («министерство») or an adjective that waits for its noun («администрация Сортавальского»).
    pub fn is_unfinished(&self, text: &str) -> bool {
        let tokens = Tokens::new(text.trim_end());
        let Some(last) = tokens.len().checked_sub(1) else { return false };
        let begins = last == 0 || matches!(tokens.written(last - 1), "," | ";");
        let form = tokens.written(last).chars().count() >= 3
            && tokens.written(last).chars().all(char::is_uppercase)
            && self.phrases.heads.abbreviation(tokens.written(last)).is_some();
        let head =
            begins
                && self.phrases.heads.nominative(tokens.folded(last)).is_some_and(|form| {
                    form.kind == ExecutorKind::Organization && form.gender != Gender::Plural
                });
        let waits =
            ["ского", "ской", "цкого", "цкой"].iter().any(|ending| tokens.folded(last).ends_with(ending));
        let waits = waits || matches!(tokens.folded(last), "республики" | "республике");
        super::signs::is_open(text) || (begins && form) || head || waits
    }

    /// True if `text` is one of the block openings whose meaning `wanted` accepts.
    pub fn opens_block(&self, text: &str, wanted: impl Fn(crate::dictionaries::BlockSense) -> bool) -> bool {
        let tokens = Tokens::new(text);
        let best = self.phrases.blocks.longest_at(&tokens, 0, &self.phrases.slots());
        best.is_some_and(|best| wanted(best.rule.gives))
    }
}

/// «ГУТО «…»», «ОГБУЗ»: an abbreviation of an organisational form with a quoted name behind it.
fn is_form(tokens: &Tokens, at: usize) -> bool {
    let written = tokens.written(at);
    let capitals = written.chars().count() >= 2 && written.chars().all(|letter| letter.is_uppercase());
    let opens =
        |at: usize| tokens.is_opening_quote(at) || (tokens.is_mark(at, '<') && tokens.is_mark(at + 1, '<'));
    let short = |at: usize| {
        let written = tokens.written(at);
        !written.is_empty() && written.chars().all(|letter| letter.is_uppercase())
    };
    capitals
        && (opens(at + 1)
            || (short(at + 1) && opens(at + 2))
            || (short(at + 1) && short(at + 2) && opens(at + 3)))
}

/// Units of a service: межмуниципальный отдел, отдел and отделение полиции, линейный отдел, пункт полиции.
const UNITS: &str = "МО ОП ЛО ЛОП ПП";

/// «Бурятский», «Приокское»: an adjective made of the name of a place, in the nominative.
fn is_of_place(word: &str) -> bool {
    ["ский", "ское", "ская", "цкий", "цкое", "цкая"].iter().any(|ending| word.ends_with(ending))
}

/// Three capitals and more, and nothing else.
fn is_capitals(written: &str) -> bool {
    written.chars().count() >= 3 && written.chars().all(char::is_uppercase) && roman(written).is_none()
}

/// ««Ульгэр»», ««Созвездие» (по согласованию)»: a quotation and nothing of its own behind it.
fn is_quoted_rest(text: &str) -> bool {
    let Some(end) = text.strip_prefix('«').and_then(|inner| inner.find('»')) else { return false };
    let rest = text['«'.len_utf8() + end + '»'.len_utf8()..].trim_start();
    rest.is_empty() || rest.starts_with(['(', ',', ';'])
}

/// A word cut short before the noun of a position has no more letters: «муз.», «мед.».
const LONGEST_CUT: usize = 4;

/// Tokens of adjectives before a head: «Санкт-Петербургская региональная общественная организация».
const MOST_ADJECTIVES: usize = 8;

/// «торгово-промышленная»: a first part without an ending, a hyphen and an adjective.
fn begins_compound(tokens: &Tokens, at: usize) -> bool {
    let hyphen = tokens.is_dash(at + 1) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let capital = tokens.written(at).starts_with(char::is_uppercase);
    let first = capital || tokens.folded(at).ends_with('о');
    // «психолого-медико-педагогическая»: a first part may have another behind it.
    hyphen && first && (is_adjective(tokens.folded(at + 2)) || begins_compound(tokens, at + 2))
}

/// An adjective's nominative, singular or plural.
fn is_adjective(word: &str) -> bool {
    word.chars().count() > 4
        && ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"].iter().any(|ending| word.ends_with(ending))
}

/// One past the last token of a person's name that begins at token `at`: «Романова Т.В.», «Т. В. Романова».
pub fn person_at(tokens: &Tokens, at: usize) -> Option<usize> {
    surname_first(tokens, at).or_else(|| initials_first(tokens, at))
}

fn surname_first(tokens: &Tokens, at: usize) -> Option<usize> {
    let mut next = surname(tokens, at)?;
    next = initials(tokens, next)?;
    Some(next)
}

fn initials_first(tokens: &Tokens, at: usize) -> Option<usize> {
    surname(tokens, initials(tokens, at)?)
}

/// A word with a capital and small letters, or a double name of two: «Иванова-Петрова», «ПЕТРОВА» in all capitals too.
fn surname(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_part = |at: usize| {
        let mut letters = tokens.written(at).chars();
        let long = tokens.written(at).chars().count() >= 2;
        let first = letters.next().is_some_and(char::is_uppercase);
        let rest = tokens.written(at).chars().skip(1);
        let even = rest.clone().all(char::is_lowercase) || rest.clone().all(char::is_uppercase);
        long && first && even && tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    };
    if !is_part(at) {
        return None;
    }
    let double =
        tokens.is_dash(at + 1) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2) && is_part(at + 2);
    Some(if double { at + 3 } else { at + 1 })
}

/// «Т.В.», «Т. В.», «Т.В» and «Т.»: one or two capitals with dots.
fn initials(tokens: &Tokens, at: usize) -> Option<usize> {
    let initial = |at: usize| {
        let written = tokens.written(at);
        written.chars().count() == 1 && written.chars().all(char::is_uppercase)
    };
    if !initial(at) || !tokens.is_mark(at + 1, '.') {
        return None;
    }
    let mut next = at + 2;
    if initial(next) {
        next += 1;
        if tokens.is_mark(next, '.') || tokens.is_mark(next, ',') && tokens.is_glued(next) {
            next += if tokens.is_mark(next, '.') { 1 } else { 0 };
        }
    }
    Some(next)
}
