/*!
Names in the nominative: «министерству финансов» is «министерство финансов».

This module never inflects a word that the heads do not list, except the adjectives before it: what follows the head is
in the genitive whatever case the head is in, and stays.
*/

use crate::dictionaries::{Case, Gender, HeadForm, Heads, TokenKind, Tokens, fold};
use crate::plan::ExecutorKind;

/// A head is looked for among so many words: adjectives stand before it.
const FURTHEST_HEAD: usize = 5;

/// `name` with its head in the nominative; unchanged where no head is known. An office can stand for a body: «Губернатора
/// Омской области».
pub fn of_body(name: &str, heads: &Heads) -> String {
    let tokens = Tokens::new(name);
    let office = heads.names_person(tokens.folded(0));
    let wanted = |form: &HeadForm| (form.kind == ExecutorKind::Person) == office;
    nominative_at(&tokens, 0, heads, wanted)
        .map_or_else(|| name.to_owned(), |(end, head)| format!("{head}{}", &name[end..]))
}

/// A position with its noun in the nominative, and that behind a dash: «заместителя министра – начальника управления».
pub(super) fn of_position(position: &str, heads: &Heads) -> String {
    let tokens = Tokens::new(position);
    let person = |form: &HeadForm| form.kind == ExecutorKind::Person;
    let mut result = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < tokens.len() {
        let begins = at == 0 || (tokens.is_dash(at - 1) && !tokens.is_glued(at));
        if begins && let Some((end, head)) = nominative_at(&tokens, at, heads, person) {
            let start = tokens.bytes(at..at + 1).start;
            // «Вице- губернатор»: the noun behind the dash has been reached from before it.
            if start < copied {
                at += 1;
                continue;
            }
            result.push_str(&position[copied..start]);
            result.push_str(&head);
            copied = end;
        }
        at += 1;
    }
    result.push_str(&position[copied..]);
    result
}

/// The words from token `at` to the head in the nominative, and the byte behind them.
fn nominative_at(
    tokens: &Tokens,
    at: usize,
    heads: &Heads,
    wanted: impl Fn(&HeadForm) -> bool,
) -> Option<(usize, String)> {
    let head = (at..(at + FURTHEST_HEAD).min(tokens.len()))
        .find(|&head| heads.forms(tokens.folded(head)).iter().any(&wanted))?;
    // «Кабинета Министров»: behind another noun it is no head.
    let words = (at..head).all(|word| is_before_head(tokens, word));
    let forms: Vec<HeadForm> = heads.forms(tokens.folded(head)).iter().copied().filter(&wanted).collect();
    let form = best_form(&forms, at == head, tokens, head)?;
    if !words {
        return None;
    }
    let mut result = String::new();
    for word in at..head {
        if word > at && !tokens.is_glued(word) {
            result.push(' ');
        }
        result.push_str(&adjective(tokens.written(word), form));
    }
    if head > at && !tokens.is_glued(head) {
        result.push(' ');
    }
    result.push_str(&cased_like(heads.nominative_of(form), tokens.written(head)));
    Some((tokens.bytes(head..head + 1).end, result))
}

/// The form that the adjectives before it allow; a nominative where they say nothing.
fn best_form(forms: &[HeadForm], bare: bool, tokens: &Tokens, head: usize) -> Option<HeadForm> {
    let singular = |form: &&HeadForm| form.gender != Gender::Plural;
    if bare {
        let nominative =
            forms.iter().find(|form| form.case == Case::Nominative && form.gender != Gender::Plural);
        return nominative.or_else(|| forms.iter().find(singular)).or_else(|| forms.first()).copied();
    }
    let before = tokens.folded(head - 1);
    let plural =
        ["ые", "ие", "ых", "их", "ым", "им", "ыми", "ими"].iter().any(|ending| before.ends_with(ending))
            && forms.iter().any(|form| form.gender == Gender::Plural);
    let fits = forms.iter().find(|form| (form.gender == Gender::Plural) == plural);
    fits.or_else(|| forms.first()).copied()
}

/// Endings of adjectives in the nominative and in the other cases.
const NOMINATIVE: [&str; 9] = ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"];
const OBLIQUE: [&str; 12] = ["ого", "его", "ому", "ему", "ыми", "ими", "ой", "ей", "ых", "их", "ую", "юю"];
const ALSO: [&str; 4] = ["ым", "им", "ом", "ем"];

/// True for what may stand before a head: an adjective, the first part of one («социально-реабилитационного»), «и».
fn is_before_head(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.folded(at);
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let part = tokens.is_dash(at + 1) && tokens.is_glued(at + 1);
    let word_token = tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    tokens.is_dash(at)
        || word == "и"
        || word_token && (part || ends(&NOMINATIVE) || ends(&OBLIQUE) || ends(&ALSO))
}

/// An adjective in the nominative of the head's gender; other words unchanged.
fn adjective(written: &str, form: HeadForm) -> String {
    if form.case == Case::Nominative {
        return written.to_owned();
    }
    let folded = fold(written);
    let Some(ending) =
        OBLIQUE.iter().chain(&ALSO).find(|ending| folded.ends_with(**ending) && folded.chars().count() > 4)
    else {
        return written.to_owned();
    };
    let stem = &written[..written.len() - ending.len()];
    let last = stem.chars().last().unwrap_or(' ');
    let soft = matches!(last, 'к' | 'г' | 'х' | 'ж' | 'ш' | 'ч' | 'щ')
        || matches!(*ending, "его" | "ему" | "ей" | "их" | "им" | "ем" | "юю");
    let ending = match form.gender {
        Gender::Masculine if soft => "ий",
        Gender::Masculine => "ый",
        Gender::Feminine => "ая",
        Gender::Neuter if matches!(*ending, "его" | "ему" | "им") && !matches!(last, 'к' | 'г' | 'х') => {
            "ее"
        }
        Gender::Neuter => "ое",
        Gender::Plural if soft => "ие",
        Gender::Plural => "ые",
    };
    format!("{stem}{ending}")
}

fn cased_like(word: &str, written: &str) -> String {
    if written.starts_with(char::is_uppercase) { super::tidy::capital(word) } else { word.to_owned() }
}
