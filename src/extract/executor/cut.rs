/*!
Where one name of an executor cell ends and the next begins.

This module never looks a name up and never says what a name is. The whole difficulty is that a comma, a line end or
«и» may part two names or stand inside one:

```text
министерство по информатизации, связи и вопросам открытого управления Тульской области, ГУТО «Центр № 1»
                              │       │                                               │
                              │       inside: «вопросам» is no nominative             two names: a form and a quote
                              inside: «связи» is no head noun in the nominative
```

After a true boundary comes a new head in the nominative, an abbreviation of an organisational form, or a person; after
a false one a genitive or a dative. A line end or a capital without any mark is a boundary under stricter terms.
*/

use std::ops::Range;

use crate::dictionaries::{Case, Gender, HeadForm, Phrases, Tokens, is_among, is_hanging};
use crate::plan::ExecutorKind;
use crate::tabulate::{Cell, Shapes, person_at};

use super::short_forms::ShortForms;

/// The tokens of each name in `cell`, in order; `tokens` are the cell's.
pub(super) fn cut(
    cell: &Cell,
    tokens: &Tokens,
    short_forms: &ShortForms,
    phrases: &Phrases,
) -> Vec<Range<usize>> {
    let breaks: Vec<usize> = cell.breaks.iter().map(|one| one.at).collect();
    let people = people(tokens);
    let listed = has_short_line(cell.text.as_str(), &breaks);
    let shapes = Shapes::new(phrases);
    Cutter { tokens, breaks: &breaks, listed, people, short_forms, shapes, phrases }.cut()
}

/// A line is short if its next word and so many letters more had room beside it.
const ROOM: usize = 3;

/// True if a line of `text` ends although the next word had room in it: the clerk ended it, not the column.
fn has_short_line(text: &str, breaks: &[usize]) -> bool {
    let mut ends: Vec<usize> = breaks.to_vec();
    ends.push(text.len());
    let mut lines: Vec<&str> = Vec::new();
    let mut start = 0;
    for end in ends {
        lines.extend(text.get(start..end).map(str::trim).filter(|line| !line.is_empty()));
        start = end;
    }
    let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    lines.windows(2).any(|pair| {
        let word = pair[1].split_whitespace().next().unwrap_or("");
        pair[0].chars().count() + 1 + word.chars().count() + ROOM <= widest
    })
}

/// The tokens of every person's name, from left to right.
fn people(tokens: &Tokens) -> Vec<Range<usize>> {
    let mut people = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match person_at(tokens, at) {
            Some(end) => {
                people.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    people
}

struct Cutter<'c> {
    tokens: &'c Tokens<'c>,
    /// Bytes at which lines begin.
    breaks: &'c [usize],
    /// Some line ends where its next word had room: names stand one below the other.
    listed: bool,
    /// Tokens of people's names.
    people: Vec<Range<usize>>,
    /// What the document's own «(далее – …)» define.
    short_forms: &'c ShortForms,
    shapes: Shapes<'c>,
    phrases: &'c Phrases,
}

/// A position before a name has no more words than this.
const LONGEST_POSITION: usize = 7;

/// A head is looked for among so many tokens: adjectives stand before it.
const LONGEST_LEAD: usize = 8;

/// A word with capitals inside that is longer is printed in capitals, or a name.
const LONGEST_ABBREVIATION: usize = 12;

/// An abbreviation with its place behind it has so many letters: a shorter one is a field of work, «ЖКХ», «ГО».
const LEAST_NAMED: usize = 4;

/// The head of a class whose superior stands before it is so many tokens away at most.
const LONGEST_SUPERIOR: usize = 8;

/// Words that leave a name open, besides those that leave anything open.
const NAMED_FOR: &str = "имени им";

/// Words for what stands under another body.
const BELOW: &str = "подведомственные подотчетные подчиненные";

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Semicolon,
    Comma,
    And,
    LineEnd,
    Nothing,
}

impl Cutter<'_> {
    /// The tokens of each name, in order.
    fn cut(&self) -> Vec<Range<usize>> {
        let mut names: Vec<Range<usize>> = Vec::new();
        let first = if self.is_item(0) { 2 } else { 0 };
        let mut start = first;
        let mut quotes = 0usize;
        let mut brackets = 0usize;
        for at in first..self.tokens.len() {
            match self.tokens.written(at) {
                _ if self.opens_quote(at) => quotes += 1,
                "»" | "”" | "“" | "\"" => quotes = quotes.saturating_sub(1),
                "(" => brackets += 1,
                ")" => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            let Some(next) = self.next_name(at) else { continue };
            if brackets > 0 || next <= start || self.person(next).is_some_and(|person| person.start < next) {
                continue;
            }
            // A quotation that was never closed ends where another form with a quotation begins; and one mark may close
            // two quotations: «Центр «Солнышко».
            let closed = self.tokens.written(at) == "»" || self.is_agreement_end(at);
            if quotes > 0 && !closed && !self.is_form(next) {
                continue;
            }
            if self.is_boundary(at, next, start) {
                quotes = 0;
                names.push(start..at + 1);
                start = next;
            }
        }
        names.push(start..self.tokens.len());
        names
    }

    /// True for a mark that opens a quotation; a straight one, and «“», by where it stands.
    fn opens_quote(&self, at: usize) -> bool {
        let before_word = self.tokens.is_glued(at + 1) && !self.tokens.is_glued(at);
        match self.tokens.written(at) {
            "«" | "„" => true,
            "\"" | "“" => before_word,
            _ => false,
        }
    }

    /// The first token of what would follow if a name ended with token `at`; separators are passed over.
    fn next_name(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        while matches!(self.tokens.written(next), "," | ";" | "/" | "•")
            || (self.tokens.folded(next) == "и" && next > at)
            || self.is_item(next)
            || self.is_together(next)
        {
            next += if self.is_item(next) || self.is_together(next) { 2 } else { 1 };
        }
        (next < self.tokens.len() && !matches!(self.tokens.written(at), "," | ";" | "/" | "•"))
            .then_some(next)
    }

    /// «совместно с» between two names.
    fn is_together(&self, at: usize) -> bool {
        self.tokens.folded(at) == "совместно" && matches!(self.tokens.folded(at + 1), "с" | "со")
    }

    /// «2.» or «2)» before a name of a numbered list.
    fn is_item(&self, at: usize) -> bool {
        self.tokens.number(at).is_some_and(|number| number < 100)
            && matches!(self.tokens.written(at + 1), "." | ")")
            && !self.tokens.is_glued(at)
            && !self.tokens.is_mark(at.wrapping_sub(1), '№')
            && !self.tokens.is_glued(at + 2)
    }

    fn mark(&self, at: usize, next: usize) -> Mark {
        let between = at + 1..next;
        let has = |test: &dyn Fn(usize) -> bool| between.clone().any(test);
        let line = self
            .tokens
            .get(next)
            .is_some_and(|token| self.breaks.binary_search(&(token.start as usize)).is_ok());
        if has(&|at| matches!(self.tokens.written(at), ";" | "•"))
            || between.clone().any(|at| self.is_item(at))
        {
            Mark::Semicolon
        } else if has(&|at| matches!(self.tokens.written(at), "," | "/")) {
            Mark::Comma
        } else if has(&|at| self.tokens.folded(at) == "и") {
            Mark::And
        } else if line {
            Mark::LineEnd
        } else {
            Mark::Nothing
        }
    }

    /// True if a name ends with token `at` and the next begins with token `next`.
    fn is_boundary(&self, at: usize, next: usize, start: usize) -> bool {
        let mark = self.mark(at, next);
        if mark == Mark::Semicolon || (at + 1..next).any(|between| self.is_together(between)) {
            return true;
        }
        let line = self
            .tokens
            .get(next)
            .is_some_and(|token| self.breaks.binary_search(&(token.start as usize)).is_ok());
        if self.person(next).is_some() {
            // «им. И.О. Фамилия» and a position before its holder are one name with the person.
            let named = matches!(self.tokens.folded(at), "им" | "ип")
                || (self.tokens.is_mark(at, '.') && self.tokens.folded(at.wrapping_sub(1)) == "им");
            let position = self.holds_position(start);
            // «Начальник отдела Шестакова Е.П. Гордеева А.В.»: he who holds it has been named.
            let vacant = !self.people.iter().any(|person| person.start >= start && person.end <= at + 1);
            let held = mark != Mark::Comma && position && vacant;
            return !named && !held && self.ends_name(at);
        }
        let capital = self.tokens.written(next).starts_with(char::is_uppercase);
        if self.person(start).is_some_and(|person| person.end == at + 1) {
            // Behind a person's name nothing goes on but his position: «Орлова Т.Н., начальник отдела …».
            let position = mark == Mark::Comma && self.is_position_behind(next);
            let capital = mark == Mark::Comma && capital;
            return !position && (capital || self.shapes.may_name_at(self.tokens, next).is_some());
        }
        if mark == Mark::Comma
            && self.is_held(start, at)
            && (capital || self.shapes.may_name_at(self.tokens, next).is_some())
        {
            return true;
        }
        if mark == Mark::Comma
            && (self.is_agreement_end(at)
                || self.begins_position(next)
                || self.begins_class(at, next)
                || self.is_short_form(next)
                || self.begins_class_below(next))
        {
            return true;
        }
        if self.is_agreement_end(at) && self.shapes.may_name_at(self.tokens, next).is_some() {
            return true;
        }
        if self.is_form(next) {
            let listed = mark == Mark::Comma && self.is_listed_form(start, next);
            return self.ends_name(at) && !self.is_modified_form(at, mark) && !listed;
        }
        if mark == Mark::Comma && self.is_lone_abbreviation(start, at, next) {
            return true;
        }
        let Some(kind) = self.shapes.may_name_at(self.tokens, next) else { return false };
        let head = self.head(next);
        let certain = self.is_certain(head);
        match mark {
            Mark::Semicolon => true,
            Mark::Comma if self.is_participle(next) || self.is_subordinate(start, next) => false,
            Mark::Comma => certain || capital || line || !self.is_enumeration(start, at, kind),
            Mark::And if self.is_enumeration(start, at, kind) => false,
            Mark::And => {
                // «министерство … края и министерство …»: behind a region nothing but another name goes on.
                let behind_region = self.ends_with_region(at) && self.is_singular(head);
                certain && (capital || self.is_abbreviation(at) || behind_region) && self.ends_name(at)
            }
            Mark::LineEnd | Mark::Nothing if (start..=at).all(|token| self.is_abbreviation(token)) => false,
            Mark::LineEnd | Mark::Nothing => {
                let region = self.ends_with_region(at);
                // «Управление Госавтоинспекции» ⏎ «УМВД России»: an abbreviation may stand in any case.
                let abbreviation = self.is_abbreviation(head) && !region;
                let closed = self.ends_name(at) && !abbreviation;
                if capital {
                    let own = certain || (line && !self.is_superior(start, head));
                    let branch = mark == Mark::Nothing && self.is_branch_of(start, at, head);
                    return closed && !branch && (region || (own && !self.is_adjective_of(at, next)));
                }
                // «учреждение ⏎ центр …» is one name, «учреждения социального обслуживания ⏎ органы …» are two.
                // «институт» is a name of its own, «министерство» waits for what it governs.
                let waits = self.phrases.heads.governs(self.tokens.folded(at), &Case::ALL);
                let head_alone = self.is_head(at) && (waits || !self.listed);
                let complete = region || (line && !self.is_adjective(at) && !head_alone);
                let below = region || self.is_listed_class(start, head);
                let plural = below && line && kind == ExecutorKind::Group;
                closed && (certain || plural) && complete
            }
        }
    }

    /// «Руководители УМУП «…», УМУП «…»»: the same form again, in a list under a head in the plural.
    fn is_listed_form(&self, start: usize, next: usize) -> bool {
        let class = self.shapes.name_at(self.tokens, start) == Some(ExecutorKind::Group);
        class && self.tokens.written(start + 1) == self.tokens.written(next)
    }

    /// An abbreviation that no dictionary has, alone between two marks, behind a class, abbreviations, or a name that is
    /// closed: «…», УГХ (по согласованию)». «по делам ГО, ЧС» goes on.
    fn is_lone_abbreviation(&self, start: usize, at: usize, next: usize) -> bool {
        let written = self.tokens.written(next);
        let letters = written.chars().count();
        let capitals =
            (2..=LONGEST_ABBREVIATION).contains(&letters) && written.chars().all(char::is_uppercase);
        let behind = self.tokens.written(next + 1);
        // «ОСВОД Кубани», «УГХ г. Тамбова»: whose it is may stand behind it.
        let whose = letters >= LEAST_NAMED
            && !self.is_abbreviation(at)
            && (behind.starts_with(char::is_uppercase) || matches!(behind, "по" | "г"));
        let alone = matches!(behind, "" | "," | ";")
            || (behind == "(" && self.tokens.folded(next + 2) == "по")
            || whose;
        let class = self.shapes.name_at(self.tokens, start) == Some(ExecutorKind::Group);
        let abbreviations = || (start..=at).all(|token| self.is_abbreviation(token));
        let open = (start..at).any(|token| self.tokens.folded(token) == "по");
        let complete = self.ends_with_region(at) || (!open && (class || abbreviations()));
        capitals && alone && complete && self.ends_name(at)
    }

    /// «Отделение по Курской области ГУ Банка России»: behind the region of a branch stands, on the same line, whose it is.
    fn is_branch_of(&self, start: usize, at: usize, head: usize) -> bool {
        let branch = is_among(self.tokens.folded(start), "отделение отдел филиал представительство");
        let by = (start..at).any(|token| self.tokens.folded(token) == "по");
        branch && by && self.ends_with_region(at) && self.is_abbreviation(head)
    }

    /// True if the head is a singular's nominative.
    fn is_singular(&self, head: usize) -> bool {
        let nominative = self.phrases.heads.nominative(self.tokens.folded(head));
        nominative.is_some_and(|form| form.gender != Gender::Plural)
    }

    /// «начальник отдела Колесник В.Н.»: a position whose holder ends with token `at`.
    fn is_held(&self, start: usize, at: usize) -> bool {
        let holder = self.people.iter().any(|person| person.start > start && person.end == at + 1);
        holder && self.holds_position(start)
    }

    fn holds_position(&self, start: usize) -> bool {
        self.shapes.name_at(self.tokens, start) == Some(ExecutorKind::Person)
            || self.begins_position(start)
            || self.is_position(start)
    }

    /// The person whose name token `at` belongs to.
    fn person(&self, at: usize) -> Option<&Range<usize>> {
        let after = self.people.partition_point(|person| person.start <= at);
        self.people[..after].last().filter(|person| person.contains(&at))
    }

    /// The bracket that closes «(по согласованию)».
    fn is_agreement_end(&self, at: usize) -> bool {
        self.tokens.is_mark(at, ')')
            && (at.saturating_sub(5)..at).any(|before| self.tokens.folded(before).starts_with("соглас"))
    }

    /// Small words and, right behind them, a person: «главный внештатный кардиолог Семенова О.Л.».
    fn begins_position(&self, at: usize) -> bool {
        let Some(person) =
            self.people.iter().find(|person| person.start > at && person.start <= at + LONGEST_POSITION)
        else {
            return false;
        };
        let small = |word: usize| {
            let written = self.tokens.written(word);
            written.chars().all(|letter| letter.is_alphabetic() && !letter.is_uppercase())
        };
        (at..person.start).all(small)
    }

    /// A position with no person of its own behind it.
    fn is_position_behind(&self, at: usize) -> bool {
        let parted = |person: &Range<usize>| {
            (at..person.start).any(|between| matches!(self.tokens.written(between), "," | ";"))
        };
        let mut behind = self.people.iter().filter(|person| person.start > at);
        let held = behind.any(|person| person.start <= at + LONGEST_POSITION && !parted(person));
        self.shapes.name_at(self.tokens, at) == Some(ExecutorKind::Person)
            && self.person(at).is_none()
            && !held
    }

    /// A class that no head names, behind a region or a closed quotation: «…, крупнейшие заказчики …». A participle goes on
    /// with the name before it: «…, подведомственные министерству».
    fn begins_class(&self, at: usize, next: usize) -> bool {
        let word = self.tokens.folded(next);
        let plural = word.chars().count() > 4 && ["ые", "ие"].iter().any(|ending| word.ends_with(ending));
        let subordinate = ["нные", "мые", "подведомственные"].iter().any(|ending| word.ends_with(ending));
        let republic = self.tokens.folded(at.wrapping_sub(1)) == "республики";
        plural && !subordinate && !self.is_participle(next) && (self.ends_with_region(at) || republic)
    }

    /// «осуществляющие управление», «отнесенные к …»: it goes on with the name before it. «управляющие организации» are a
    /// class of their own.
    fn is_participle(&self, at: usize) -> bool {
        let word = self.tokens.folded(at);
        if self.shapes.name_at(self.tokens, at) == Some(ExecutorKind::Group) {
            return false;
        }
        [
            "ющие",
            "ящие",
            "ащие",
            "ущие",
            "вшие",
            "ющее",
            "ящее",
            "ющий",
            "ющая",
            "отнесенные",
            "подведомственные",
            "расположенные",
            "созданные",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
    }

    /// «учреждения, подведомственные администрации района»: whose the class before it is.
    fn is_subordinate(&self, start: usize, at: usize) -> bool {
        let class = self.shapes.may_name_at(self.tokens, start) == Some(ExecutorKind::Group);
        let word = self.tokens.folded(at);
        class
            && is_among(word, BELOW)
            && self.phrases.heads.governs(self.tokens.folded(at + 1), &[Case::Dative])
    }

    /// A short form of the document's own, with nothing but a mark or an agreement behind it.
    fn is_short_form(&self, next: usize) -> bool {
        self.short_forms.end_at(self.tokens, next).is_some_and(|end| {
            matches!(self.tokens.written(end), "" | "," | ";") || self.tokens.is_mark(end, '(')
        })
    }

    /// «подведомственные префектуре учреждения»: a class with its superior before its noun. «учреждения, подведомственные
    /// администрации района» ends without a noun of its own.
    fn begins_class_below(&self, next: usize) -> bool {
        let heads = &self.phrases.heads;
        let noun = |at: usize| {
            let word = self.tokens.folded(at);
            // «органам исполнительной власти»: a genitive.
            let before = self.tokens.folded(at - 1);
            let whose = ["ой", "ей", "ого", "его", "ых", "их"].iter().any(|ending| before.ends_with(ending));
            let plural = |form: &HeadForm| form.gender == Gender::Plural && form.case == Case::Nominative;
            heads.forms(word).iter().any(plural) && !whose && !heads.governs(word, &[Case::Genitive])
        };
        let goes_on = |&at: &usize| {
            !matches!(self.tokens.written(at), "" | "," | ";" | "(") && self.tokens.folded(at) != "и"
        };
        is_among(self.tokens.folded(next), BELOW)
            && (next + 1..next + LONGEST_SUPERIOR).take_while(goes_on).skip(1).any(noun)
    }

    /// A class below another, each on its line: «подведомственные учреждения ⏎ комиссии по делам …»; a body that governs is
    /// whose the class above is.
    fn is_listed_class(&self, start: usize, head: usize) -> bool {
        let class = self.shapes.may_name_at(self.tokens, start) == Some(ExecutorKind::Group);
        let whose = self.phrases.heads.governs(self.tokens.folded(head), &[Case::Genitive, Case::Dative]);
        self.listed && class && !whose
    }

    /// «отдел кадров ⏎ Министерства»: the genitive of the body that the unit, council or person belongs to.
    fn is_superior(&self, start: usize, head: usize) -> bool {
        let forms = self.phrases.heads.forms(self.tokens.folded(head));
        let genitive = forms.iter().any(|form| form.case == Case::Genitive && form.gender != Gender::Plural);
        let subordinate = self.shapes.name_at(self.tokens, start).is_some_and(|kind| {
            matches!(kind, ExecutorKind::Unit | ExecutorKind::Council | ExecutorKind::Person)
        });
        genitive && (subordinate || self.tokens.folded(start) == "управление" || self.is_of_subject(head))
    }

    /// «Департамент экономики ⏎ Администрации Томской области»: a subject has one administration, so it is no plural.
    fn is_of_subject(&self, head: usize) -> bool {
        const SUBJECTS: &str = "области края республики";
        let mut behind = (head + 1..self.tokens.len()).take(3);
        matches!(self.tokens.folded(head), "администрации" | "правительства")
            && behind.any(|at| is_among(self.tokens.folded(at), SUBJECTS))
    }

    /// The token of the head noun of the name that begins at `at`.
    fn head(&self, at: usize) -> usize {
        if self.is_abbreviation(at) {
            return at;
        }
        (at..at + LONGEST_LEAD)
            .find(|&head| !self.phrases.heads.forms(self.tokens.folded(head)).is_empty())
            .unwrap_or(at)
    }

    /// True where the head can be a nominative only: «министерство», «отдел»; «организации» may be a genitive too, and its
    /// adjective decides then: «медицинские организации».
    fn is_certain(&self, head: usize) -> bool {
        let forms = self.phrases.heads.forms(self.tokens.folded(head));
        let nominative = forms.iter().any(|form| form.case == Case::Nominative);
        let oblique = forms.iter().any(|form| !matches!(form.case, Case::Nominative | Case::Accusative));
        let adjective = head.checked_sub(1).map_or("", |before| self.tokens.folded(before));
        let plural = forms.iter().any(|form| form.gender == Gender::Plural && form.case == Case::Nominative);
        let agrees = plural && (adjective.ends_with("ые") || adjective.ends_with("ие"));
        (nominative && !oblique)
            || agrees
            || self.phrases.heads.abbreviation(self.tokens.written(head)).is_some()
    }

    /// True if the words up to token `at` are a list in the dative or genitive that the next word may go on:
    /// «министерство по делам семьи, организации досуга».
    fn is_enumeration(&self, start: usize, at: usize, kind: ExecutorKind) -> bool {
        let by = (start..at).rev().find(|&token| self.tokens.folded(token) == "по");
        let closed = self.ends_with_region(at) || matches!(self.tokens.written(at), "»" | "\"" | ")");
        by.is_some() && !closed && kind == ExecutorKind::Group
    }

    /// A word of a region's or municipality's name: the end of a body's name.
    fn ends_with_region(&self, at: usize) -> bool {
        let word = self.tokens.folded(at);
        ["области", "края", "республики", "округа", "района", "города", "россии", "федерации", "югры"]
            .contains(&word)
            || matches!(self.tokens.written(at), "»" | "\"" | ")" | "”")
    }

    /// False where token `at` leaves its name open: a preposition, an opening mark, an adjective.
    fn ends_name(&self, at: usize) -> bool {
        let word = self.tokens.folded(at);
        let hanging = is_hanging(word) || is_among(word, NAMED_FOR);
        let open = self.opens_quote(at) || matches!(self.tokens.written(at), "(" | "№" | "-" | "–" | "—");
        !hanging && !open
    }

    /// «Главное Управление», «Государственная Инспекция»: the capital goes on with an adjective of the same name.
    fn is_adjective_of(&self, at: usize, next: usize) -> bool {
        // «Российской ⏎ Федерации» too: an adjective in the genitive waits for its noun over a line end.
        let word = self.tokens.folded(at);
        let genitive = word.ends_with("ской") || word.ends_with("ского");
        self.is_adjective(at) && (genitive || self.mark(at, next) == Mark::Nothing)
    }

    fn is_adjective(&self, at: usize) -> bool {
        let word = self.tokens.folded(at);
        ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ского", "ских"]
            .iter()
            .any(|ending| word.ends_with(ending))
    }

    /// A position's noun: it goes on with the body that the person serves.
    fn is_position(&self, at: usize) -> bool {
        self.phrases.heads.names_person(self.tokens.folded(at))
    }

    fn is_head(&self, at: usize) -> bool {
        !self.phrases.heads.forms(self.tokens.folded(at)).is_empty()
    }

    /// «ГУТО «», «ГБУЗ Архангельской области «»: an organisational form and a quotation.
    fn is_form(&self, at: usize) -> bool {
        let written = self.tokens.written(at);
        let capitals =
            |written: &str| written.chars().count() >= 2 && written.chars().all(char::is_uppercase);
        if !capitals(written) {
            return false;
        }
        let known = self.phrases.heads.abbreviation(written).is_some();
        let quote = (at + 1..at + 6).find(|&next| self.tokens.is_opening_quote(next));
        let plain =
            |quote: usize| (at + 1..quote).all(|between| capitals(self.tokens.written(between)) || known);
        quote.is_some_and(plain)
    }

    /// «филиал ФГБУ «…»», «директор ГБУ «…»»: the form goes on with a name that has begun.
    fn is_modified_form(&self, at: usize, mark: Mark) -> bool {
        let word = self.tokens.folded(at);
        let head = self.is_head(at);
        let adjective = !self.ends_with_region(at)
            && ["ый", "ий", "ой", "ая", "ое", "ого", "ому"].iter().any(|ending| word.ends_with(ending));
        let position = matches!(mark, Mark::Nothing | Mark::LineEnd) && self.is_position(at);
        // «Елабужский институт (филиал) ФГАОУ ВО «…»», «Бурятский ЦГМС – филиал ФГБУ «…»».
        let branch = self.tokens.is_mark(at, ')') && self.tokens.folded(at.wrapping_sub(1)) == "филиал"
            || word == "филиал" && self.tokens.is_dash(at.wrapping_sub(1));
        position
            || (branch && matches!(mark, Mark::Nothing | Mark::LineEnd))
            || (mark == Mark::Nothing && (head || adjective))
            || (matches!(mark, Mark::Nothing | Mark::LineEnd) && self.is_abbreviation(at))
    }

    /// «ГУТО», «КУ ВО»: an organisational form, which goes on with what follows it.
    fn is_abbreviation(&self, at: usize) -> bool {
        let written = self.tokens.written(at);
        // «СПб» too: two capitals and more, wherever they stand.
        let capitals = written.chars().filter(|letter| letter.is_uppercase()).count() >= 2
            && written.chars().count() <= LONGEST_ABBREVIATION;
        capitals || self.phrases.heads.abbreviation(written).is_some()
    }
}
