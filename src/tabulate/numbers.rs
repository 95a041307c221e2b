/*!
The numbers of rows: «1», «2.4.», «1.1.1», «■ 9.», «2.0.» where 2.6 was printed.

This module never renumbers a table: a number is read as printed, and only one that cannot be what is printed, because
both its neighbours say otherwise, is restored.
*/

use smallvec::SmallVec;

use crate::dictionaries::as_digits;

/// The levels of a row number: [2, 4] for «2.4».
pub(super) type Levels = SmallVec<[u32; 3]>;

/// A number at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leading {
    /// The levels.
    pub levels: Levels,
    /// Bytes of the number as printed, without the trailing dot or bracket.
    pub number: std::ops::Range<usize>,
    /// First byte behind the number, its dot and the space.
    pub rest: usize,
    /// True where a dot or bracket closes the number.
    pub closed: bool,
}

/// The deepest numbering, and the largest number of a level, that are taken for row numbers.
const DEEPEST: usize = 4;
const LARGEST: u32 = 999;

/// The number that `text` begins with: «1.», «2.4», «3)», «12». A year, a date or a clock time is none.
pub(super) fn leading(text: &str) -> Option<Leading> {
    let start = text.len() - text.trim_start_matches([' ', '\u{a0}', '\t', '№', '|', '■']).len();
    let mut levels = Levels::new();
    let mut at = start;
    let mut end = start;
    loop {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 {
            break;
        }
        levels.push(text[at..at + digits].parse().ok()?);
        end = at + digits;
        match text[end..].strip_prefix('.') {
            Some(rest) if rest.starts_with(|next: char| next.is_ascii_digit()) => at = end + 1,
            _ => break,
        }
    }
    let comma = || {
        // «9, Внедрение»: a full stop that was read as a comma.
        let behind = text[end..].strip_prefix(", ");
        behind.is_some_and(|behind| behind.starts_with(char::is_uppercase))
    };
    let closed = text[end..].starts_with(['.', ')']) || comma();
    let mut rest = if closed { end + 1 } else { end };
    let after = &text[rest..];
    let boundary = after.is_empty()
        || after.starts_with(char::is_whitespace)
        || (closed && after.starts_with(char::is_alphabetic));
    let plausible =
        !levels.is_empty() && levels.len() <= DEEPEST && levels.iter().all(|&level| level <= LARGEST);
    if !plausible || !boundary || levels[0] == 0 {
        return None;
    }
    let marks = |sign: char| sign.is_whitespace() || matches!(sign, '|' | '■');
    rest += after.len() - after.trim_start_matches(marks).len();
    Some(Leading { levels, number: start..end, rest, closed })
}

/// The number that `text` begins with where recognition left letters in the places of digits: «З», «б.», «IО.». What such
/// letters mean has to be proved by the numbers around.
pub(super) fn damaged(text: &str) -> Option<Leading> {
    parted(text).or_else(|| misread(text))
}

/// «1 1» where 11 was printed.
fn parted(text: &str) -> Option<Leading> {
    let start = behind_blank(text, 0);
    let signs: SmallVec<[char; 4]> = text[start..].chars().take(4).collect();
    let (tens, ones) = match signs[..] {
        [tens, ' ', ones] | [tens, ' ', ones, ' ' | '.'] => (tens.to_digit(10)?, ones.to_digit(10)?),
        _ => return None,
    };
    let end = start + 3;
    let closed = text[end..].starts_with('.');
    let rest = behind_blank(text, end + usize::from(closed));
    let levels = Levels::from_elem(10 * tens + ones, 1);
    (tens > 0).then_some(Leading { levels, number: start..end, rest, closed })
}

/// «З», «б.», «IО.».
fn misread(text: &str) -> Option<Leading> {
    let word = text.split_whitespace().next()?;
    let start = behind_blank(text, 0);
    let digits = word.trim_end_matches('.');
    let levels: Option<Levels> = digits
        .split('.')
        .map(|level| figures(level).filter(|level| level.len() <= 3)?.parse().ok())
        .collect();
    let levels = levels.filter(|levels| levels.len() <= DEEPEST && !levels.contains(&0))?;
    let end = start + word.len();
    let rest = behind_blank(text, end);
    let damaged = !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    damaged.then(|| Leading {
        levels,
        number: start..start + digits.len(),
        rest,
        closed: digits.len() < word.len(),
    })
}

/// A level's digits. In a row's number its neighbours say whether it was right, so more letters may stand for digits here
/// than in a date.
fn figures(level: &str) -> Option<String> {
    let double = |letter: char| {
        ROW_DOUBLES.iter().find(|(seen, _)| *seen == letter).map_or(letter, |&(_, digit)| digit)
    };
    as_digits(&level.chars().map(double).collect::<String>())
}

/// Letters that recognition leaves where a row's number had a digit.
const ROW_DOUBLES: &[(char, char)] = &[('!', '1'), ('S', '5'), ('Б', '5'), ('В', '8'), ('Ч', '4')];

/// The number of a page: «2», «- 2 -», at most three digits.
pub(super) fn is_page_mark(text: &str) -> bool {
    let string = text.trim().trim_matches(['-', '–', '—', ' ']);
    !string.is_empty() && string.len() <= 3 && string.bytes().all(|byte| byte.is_ascii_digit())
}

/// «- 2 -»: the number of a page that can be nothing else.
pub(super) fn is_page_between_dashes(text: &str) -> bool {
    const DASHES: [char; 3] = ['-', '–', '—'];
    let string = text.trim();
    string.starts_with(DASHES) && string.ends_with(DASHES) && is_page_mark(string)
}

/// The first byte of `text` from byte `at` on that is no white space.
fn behind_blank(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// The number that `text` is: nothing else stands there, bullets of a bad scan apart.
pub(super) fn whole(text: &str) -> Option<Leading> {
    let number = leading(text)?;
    text[number.rest..].chars().all(|sign| !sign.is_alphanumeric()).then_some(number)
}

/// How well `next` follows `last` as the number of the next row: 0 for the very next, higher for skipped ones, `None`
/// for a number that cannot follow.
pub(super) fn follows(last: &[u32], next: &[u32]) -> Option<u32> {
    if next.len() > last.len() {
        // The first child: 2 → 2.1.
        let child = next.len() == last.len() + 1 && next.starts_with(last);
        return (child && next[last.len()] <= 2).then(|| next[last.len()] - 1);
    }
    // A sibling, or a sibling of an ancestor: 2.4 → 2.5, 2.4 → 3, and 2.4 → 3.1 over a section row.
    let level = next.len() - 1;
    if next[..level] == last[..level] {
        return (next[level] > last[level]).then(|| next[level] - last[level] - 1);
    }
    let ascends = next.len() == last.len() && level > 0 && next[level] == 1;
    let steps = ascends.then(|| (0..level).find(|&at| next[at] != last[at]))?;
    let at = steps?;
    (next[at] > last[at] && next[at + 1..].iter().all(|&one| one == 1)).then(|| next[at] - last[at] - 1)
}

/// True if `number` begins a numbering: 1, 1.1, 2.1.
pub(super) fn begins(number: &[u32]) -> bool {
    number.last() == Some(&1)
}

/// The number that must stand between `before` and `after`, if exactly one fits: 2.6 between 2.5 and 2.7.
pub(super) fn between(before: &[u32], after: &[u32]) -> Option<Levels> {
    if follows(before, after) != Some(1) || before.len() != after.len() {
        return None;
    }
    let mut number: Levels = before.iter().copied().collect();
    *number.last_mut()? += 1;
    Some(number)
}

/// Digits as printed: «2.6».
pub(super) fn print(levels: &[u32]) -> String {
    let levels: Vec<String> = levels.iter().map(u32::to_string).collect();
    levels.join(".")
}

/// Words that name a section: «Раздел 2», «Направление I».
const SECTION_WORDS: [&str; 7] = ["раздел", "направление", "этап", "глава", "блок", "часть", "задача"];

/// True for a word that names a section.
pub(super) fn is_section_word(word: &str) -> bool {
    SECTION_WORDS.contains(&word.to_lowercase().as_str())
}

/// The roman numeral that numbers a section: as printed, or as recognition leaves it («П» for II, «Ш» for III). A pipe is I
/// here: sections are numbered from the first.
pub(super) fn section_numeral(written: &str) -> Option<String> {
    if crate::dictionaries::roman(written).is_some() {
        return Some(written.to_owned());
    }
    let meant = match written {
        "|" | "l" | "1" | "Т" | "Г" if written != "1" => "I",
        "П" | "||" | "Il" | "И" => "II",
        "Ш" | "|||" | "Ill" | "lll" => "III",
        "ТУ" | "ГУ" | "1У" | "IУ" | "IY" => "IV",
        _ => return None,
    };
    Some(meant.to_owned())
}

/// True if a numeral and a dot, or the word for a section, opens `text`: «I. Организационные», «Раздел 2».
pub fn opens_section(text: &str) -> bool {
    let text = text.trim_start();
    let word = &text[..text.find(|sign: char| !sign.is_alphanumeric() && sign != '|').unwrap_or(text.len())];
    let dotted = text[word.len()..].starts_with(['.', ')']);
    let behind = text[word.len()..].trim_start();
    // «войсковая ⏎ часть 24236» numbers no section.
    let few = behind.bytes().take_while(u8::is_ascii_digit).count() <= 2;
    let numbered = few && behind.starts_with(|sign: char| sign.is_ascii_digit() || sign == '№')
        || text[word.len()..]
            .split_whitespace()
            .next()
            .is_some_and(|next| section_numeral(next.trim_end_matches(['.', ')', ':'])).is_some());
    (section_numeral(word).is_some() && dotted) || (is_section_word(word) && numbered)
}
