//! Single characters: decomposed letters, entities, «№», what cannot be seen. Never a letter for another letter.

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

use crate::dictionaries::Switches;
use crate::text::{Edit, RuleId, Text};

const COMPOSITION: RuleId = RuleId::new("encoding.composition");
const ENTITY: RuleId = RuleId::new("encoding.entity");
const NUMBER_SIGN: RuleId = RuleId::new("number.sign");
const INVISIBLE: RuleId = RuleId::new("junk.invisible");

/// HTML entities that are left in text taken from web pages.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&gt;", ">"),
    ("&laquo;", "«"),
    ("&lt;", "<"),
    ("&mdash;", "—"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&quot;", "\""),
    ("&raquo;", "»"),
    ("&shy;", ""),
];

/// True for text in which no rule about characters finds anything: Cyrillic letters, digits, gaps, and the marks that
/// stand between words.
pub(super) fn are_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return true,
            [b'-', b'-', ..] => return false,
            // «0бласти», «от4ет»: a digit that may stand for a letter.
            [b'0'..=b'9', 0xd0 | 0xd1, ..] | [0xd0 | 0xd1, _, b'0'..=b'9', ..] => return false,
            // «ЛЪ 44»: «СОШ М 2»: signs that may be misread for another.
            [0xd0, 0xaa, ..] | [0xd0, 0x9c, b' ', b'0'..=b'9', ..] => return false,
            [0xd0 | 0xd1, _, rest @ ..] => rest,
            [b' ' | b'\t' | b'0'..=b'9' | b'.' | b',' | b':' | b';' | b'(' | b')', rest @ ..] => rest,
            [b'-' | b'"' | b'/' | b'%' | b'?' | b'!' | b'+', rest @ ..] => rest,
            // «, »; –, —, “, ”, „, …; №.
            [0xc2, 0xab | 0xbb, rest @ ..] => rest,
            [0xe2, 0x80, 0x93 | 0x94 | 0x9c..=0x9e | 0xa6, rest @ ..] => rest,
            [0xe2, 0x84, 0x96, rest @ ..] => rest,
            _ => return false,
        }
    }
}

/// All of them.
pub(super) fn mend(text: Text, switches: &Switches) -> Text {
    let text = compose(text, switches);
    let text = decode_entities(text, switches);
    let text = drop_invisible(text, switches);
    sign_numbers(text, switches)
}

/// What recognition makes of «№»; no Russian word, name or abbreviation is spelled so.
const NUMBER_SIGNS: &[&str] = &["ЛЪ", "NЬ", "J\\Ъ", "J\\Ь", "JЪ"];

/// Beginnings of the words that have a number behind them: «школа № 2», «Приложение № 1».
const NUMBERED: &[&str] = &["школ", "лице", "гимнази", "поликлиник", "больниц", "приложени", "протокол"];

/// Abbreviations of numbered institutions; those of most end in «ОУ». «ФАД М 5» is a road.
const INSTITUTIONS: &[&str] = &["ДМШ", "ДХШ", "ДШИ", "ДЮСШ", "ООШ", "СОШ"];

/// True if `word` is one of them.
fn is_numbered(word: &str) -> bool {
    let folded = word.to_lowercase();
    let institution = INSTITUTIONS.contains(&word) || word.len() > "ОУ".len() && word.ends_with("ОУ");
    institution || NUMBERED.iter().any(|beginning| folded.starts_with(beginning))
}

/// A number of one to three figures and nothing that goes on with it: «1:500» is a scale.
fn is_number(text: &str) -> bool {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&figures) && !text[figures..].starts_with([':', '-', '/'])
}

/// «№» before a number, where it was misread: «ЛЪ 44-ФЗ».
fn sign_numbers(text: Text, switches: &Switches) -> Text {
    let string = text.as_str();
    if !string.contains(['Ъ', 'Ь', 'М']) {
        return text;
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut before = "";
    for chunk in string.split_whitespace() {
        let at = chunk.as_ptr() as usize - string.as_ptr() as usize;
        let numbered = std::mem::replace(&mut before, chunk);
        if chunk == "М" && is_numbered(numbered) && is_number(string[at + chunk.len()..].trim_start()) {
            edits.push(Edit::new(at..at + chunk.len(), "№", NUMBER_SIGN, 80));
            continue;
        }
        let Some(sign) = NUMBER_SIGNS.iter().find(|sign| chunk.starts_with(**sign)) else { continue };
        if string[at + sign.len()..].trim_start().starts_with(|next: char| next.is_ascii_digit()) {
            edits.push(Edit::new(at..at + sign.len(), "№", NUMBER_SIGN, 90));
        }
    }
    switches.edited(text, edits)
}

/// Letters and their separate accents into one («и» and a breve into «й»). NFC, never NFKC: that makes «No» of «№».
fn compose(text: Text, switches: &Switches) -> Text {
    let composed =
        |letter: char| matches!(letter, '\0'..='\u{2ff}' | 'Ѐ'..='ѿ' | '\u{2002}'..='\u{206f}' | '№');
    if text.as_str().chars().all(composed) || is_nfc_quick(text.as_str().chars()) == IsNormalized::Yes {
        return text;
    }
    let mut clusters: Vec<(usize, String)> = Vec::new();
    for (at, letter) in text.as_str().char_indices() {
        match clusters.last_mut() {
            Some((_, cluster)) if is_combining_mark(letter) => cluster.push(letter),
            _ => clusters.push((at, letter.to_string())),
        }
    }
    let edits: Vec<Edit> = clusters
        .into_iter()
        .filter_map(|(at, cluster)| {
            let composed: String = cluster.nfc().collect();
            (composed != cluster).then(|| Edit::certain(at..at + cluster.len(), composed, COMPOSITION))
        })
        .collect();
    switches.edited(text, edits)
}

fn decode_entities(text: Text, switches: &Switches) -> Text {
    if !text.as_str().contains('&') {
        return text;
    }
    let edits: Vec<Edit> = text
        .as_str()
        .match_indices('&')
        .filter_map(|(at, _)| {
            let (entity, sign) =
                ENTITIES.iter().find(|(entity, _)| text.as_str()[at..].starts_with(entity))?;
            Some(Edit::certain(at..at + entity.len(), *sign, ENTITY))
        })
        .collect();
    switches.edited(text, edits)
}

/// Zero-width characters and soft hyphens; one at the end of a line still says that the word goes on, and stays.
fn drop_invisible(text: Text, switches: &Switches) -> Text {
    let invisible = |letter: char| matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    if !text.as_str().contains(invisible) {
        return text;
    }
    let content = text.as_str().trim_end().len();
    let edits: Vec<Edit> = text
        .as_str()
        .char_indices()
        .filter(|&(at, letter)| {
            invisible(letter) && !(letter == '\u{ad}' && at + letter.len_utf8() == content)
        })
        .map(|(at, letter)| Edit::certain(at..at + letter.len_utf8(), "", INVISIBLE))
        .collect();
    switches.edited(text, edits)
}
