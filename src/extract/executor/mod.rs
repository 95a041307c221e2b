/*!
The names in an executor cell.

This module never looks a name up, and leaves the boundaries between names to `cut`: it says what each name is by its
head, takes the person, the position and «(по согласованию)» out of it.
*/

mod agreement;
mod cut;
mod short_forms;

use std::ops::Range;

use crate::dictionaries::{Case, Heads, Phrases, TokenKind, Tokens, is_among};
use crate::plan::ExecutorKind;
use crate::tabulate::{Cell, Shapes, person_at};
use crate::text::Text;

use agreement::part_agreement;
use cut::cut;
pub(super) use short_forms::ShortForms;

/// A name in a cell.
#[derive(Clone, Debug)]
pub struct Mention {
    /// As printed, without «(по согласованию)».
    pub text: Text,
    /// What it is, by its head.
    pub kind: ExecutorKind,
    /// The person's name in it.
    pub person: Option<Person>,
    /// The position that stands before the person's name.
    pub position: Option<Text>,
    /// The words «(по согласованию)».
    pub by_agreement: Option<Text>,
    /// The short form that «(далее – …)» defines.
    pub defines: Option<String>,
}

/// A person's name as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub text: Text,
    /// The surname, in the case in which it stands.
    pub surname: String,
    /// The initials without dots and spaces: «ТВ».
    pub initials: String,
}

/// Cuts `cell` into the names in it.
pub(super) fn read(cell: &Cell, short_forms: &ShortForms, phrases: &Phrases) -> Vec<Mention> {
    let tokens = Tokens::new(cell.text.as_str());
    let shapes = Shapes::new(phrases);
    let mut mentions: Vec<Mention> = Vec::new();
    let ranges = cut(cell, &tokens, short_forms, phrases);
    for text in cell.text.slices(ranges.into_iter().map(|range| tokens.bytes(range))) {
        let text = trim(&text);
        let (text, by_agreement) = part_agreement(&text, phrases);
        if text.is_blank() {
            // «…, (по согласованию)»: it stands with the name before.
            if let (Some(last), Some(agreement)) = (mentions.last_mut(), by_agreement) {
                last.by_agreement.get_or_insert(agreement);
            }
            continue;
        }
        // «‘» and «|» are what recognition leaves of a ruling line.
        if !text.as_str().contains(char::is_alphanumeric) {
            continue;
        }
        mentions.push(mention(text, by_agreement, &shapes, &phrases.heads));
    }
    mentions
}

fn mention(text: Text, by_agreement: Option<Text>, shapes: &Shapes, heads: &Heads) -> Mention {
    let tokens = Tokens::new(text.as_str());
    let person = (0..tokens.len()).find_map(|at| person_in(&text, &tokens, at));
    let ends = person.as_ref().is_some_and(|(range, _)| {
        range.start > 0 && range.end == tokens.len() && tokens.folded(range.start - 1) != "им"
    });
    let kind = match shapes.name_at(&tokens, 0) {
        Some(kind) => kind,
        // «главный внештатный кардиолог Семенова О.Л.»: a position that no dictionary has.
        // «Ректору университета Власовой Н.И.»: the noun of a position, in whatever case.
        None if ends
            && (text.as_str().starts_with(char::is_lowercase) || heads.names_person(tokens.folded(0))) =>
        {
            ExecutorKind::Person
        }
        None => by_shape(&tokens),
    };
    let kind = match kind {
        ExecutorKind::Organization if is_unit(&tokens, heads) => ExecutorKind::Unit,
        ExecutorKind::Unit if is_of_service(&tokens, heads) => ExecutorKind::Organization,
        // «ТСЖ» is a class, «ТСЖ «Мир»» one of it.
        ExecutorKind::Group
            if heads.abbreviation(tokens.written(0)).is_some() && tokens.is_opening_quote(1) =>
        {
            ExecutorKind::Organization
        }
        kind => kind,
    };
    // «им. К.Н. Игумнова» is no person; a person's name ends the mention or begins it.
    let person = person
        .filter(|(range, _)| kind == ExecutorKind::Person && (range.start == 0 || range.end == tokens.len()));
    let position = person.as_ref().map(|(range, _)| {
        let bytes = tokens.bytes(range.clone());
        let beside = if range.start > 0 { 0..bytes.start } else { bytes.end..text.len() };
        trim(&text.slice(beside))
    });
    let position = position.filter(|position| !position.is_blank());
    let defines = (0..tokens.len())
        .find(|&at| opens_definition(&tokens, at))
        .and_then(|at| definition(&tokens, at).map(str::to_owned));
    Mention { kind, position, by_agreement, defines, person: person.map(|(_, person)| person), text }
}

/// «Управление семейной политики министерства»: a part of a body that needs no name here.
fn is_unit(tokens: &Tokens, heads: &Heads) -> bool {
    let last = tokens.len().saturating_sub(1);
    let head = (0..3).find(|&at| tokens.folded(at) == "управление" || tokens.folded(at) == "служба");
    // «МКУ «Управление культуры администрации …»»: what stands in quotes is a name.
    let Some(head) = head.filter(|&head| !(0..head).any(|at| tokens.is_opening_quote(at))) else {
        return false;
    };
    // «Главное управление …» is a body, and so are those of a region's own administration.
    let mut behind = head + 1..tokens.len();
    let inside = tokens.folded(0) != "главное" && behind.any(|at| is_of_municipality(tokens, at));
    inside || heads.governs(tokens.folded(last), &[Case::Genitive])
}

/// «администрации города», «исполкома»: the municipality's own, which has units; not «при администрации», «администрации
/// Томской области», «администрации губернатора».
fn is_of_municipality(tokens: &Tokens, at: usize) -> bool {
    const OF_REGION: &str = "области края республики губернатора президента главы федерации";
    let beside = at > 0 && matches!(tokens.folded(at - 1), "при" | "и" | ",");
    let region = (at + 1..tokens.len()).take(2).any(|at| is_among(tokens.folded(at), OF_REGION))
        || (at + 1..tokens.len()).take(4).any(|at| tokens.folded(at) == "автономного");
    is_among(tokens.folded(at), "администрации исполкома мэрии") && !beside && !region
}

/// «Отдел МВД России по городу …»: a federal service's own unit is a body of its own.
fn is_of_service(tokens: &Tokens, heads: &Heads) -> bool {
    let head = (0..3).find(|&at| matches!(tokens.folded(at), "отдел" | "отделение"));
    head.is_some_and(|head| {
        let service = heads.abbreviation(tokens.written(head + 1)) == Some(ExecutorKind::Organization);
        service && tokens.folded(head + 2) == "россии"
    })
}

/// What a name without a known head is: a plural is a class, everything else one body.
fn by_shape(tokens: &Tokens) -> ExecutorKind {
    let first = tokens.folded(0);
    let plural =
        ["ые", "ие", "ели", "ники", "цы", "исты", "оры", "ики"].iter().any(|ending| first.ends_with(ending));
    if plural { ExecutorKind::Group } else { ExecutorKind::Organization }
}

/// The person whose name begins at token `at`, and its tokens.
pub(super) fn person_in(text: &Text, tokens: &Tokens, at: usize) -> Option<(Range<usize>, Person)> {
    let end = person_at(tokens, at)?;
    let long = |at: &usize| {
        tokens.written(*at).chars().count() > 1
            && tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Word)
    };
    let surname: Vec<usize> = (at..end).filter(long).collect();
    let first = tokens.get(*surname.first()?)?.start as usize;
    let last = tokens.get(*surname.last()?)?.end as usize;
    let initials = (at..end)
        .filter(|at| !long(at))
        .map(|at| tokens.written(at))
        .filter(|part| part.chars().all(char::is_alphabetic))
        .collect();
    let surname = tokens.text()[first..last].to_owned();
    Some((at..end, Person { text: text.slice(tokens.bytes(at..end)), surname, initials }))
}

/// True for the bracket of «(далее – министерство)».
fn opens_definition(tokens: &Tokens, at: usize) -> bool {
    tokens.is_mark(at, '(') && tokens.folded(at + 1) == "далее"
}

/// «(далее – министерство)»: the short form that the bracket at token `at` defines.
fn definition<'t>(tokens: &Tokens<'t>, at: usize) -> Option<&'t str> {
    let end = (at..tokens.len()).find(|&end| tokens.is_mark(end, ')')).unwrap_or(tokens.len());
    let start = (at + 2..end).find(|&start| {
        let connects = tokens.is_dash(start)
            || matches!(
                tokens.folded(start),
                "именуется" | "соответственно" | "именуемые" | "именуемое" | ":"
            );
        !connects
    })?;
    let words = tokens.text()[tokens.bytes(start..end)]
        .trim_matches(|sign: char| matches!(sign, '«' | '»' | '"' | ' ' | ','));
    (!words.is_empty()).then_some(words)
}

/// Without separators at the ends, and without the full stop of a list.
fn trim(text: &Text) -> Text {
    let string = text.as_str();
    let separates =
        |sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '–' | '—' | '-' | '•' | '/' | ':');
    let start = string.len() - string.trim_start_matches(separates).len();
    let mut kept = string.trim_end_matches(separates);
    let last = kept.trim_end_matches('.').rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or("");
    if kept.ends_with('.') && last.chars().count() > 3 {
        kept = kept.trim_end_matches('.');
    }
    text.slice(start..kept.len().max(start))
}
