//! Tags and the text between them, as hOCR, ALTO and PAGE XML have them. Never expands an entity that a file defines.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A part of a marked-up file.
pub(super) enum Part {
    Open(Tag),
    /// The name of the element that ends.
    Close(String),
    Text(String),
}

/// An opening tag.
pub(super) struct Tag {
    /// Its name without a prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty where it has none.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    fn of(start: &BytesStart) -> Self {
        let mut attributes = Vec::new();
        for own in start.html_attributes().with_checks(false).flatten() {
            attributes.push((own.key.local_name().into_inner().to_owned(), unescaped(&own.value)));
        }
        Self { name: start.local_name().into_inner().to_owned(), attributes }
    }
}

/// The name of the first element of `head`.
pub(super) fn root(head: &str) -> Option<String> {
    let mut reader = reader(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().into_inner().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Gives every part of `string` to `take`, in order; an element without content opens and closes.
///
/// # Errors
/// Where the markup is damaged: what, and at which byte.
pub(super) fn walk(string: &str, mut take: impl FnMut(Part)) -> Result<(), String> {
    let mut reader = reader(string);
    loop {
        let event = reader.read_event().map_err(|cause| {
            format!("the markup is damaged at byte {}: {cause}", reader.buffer_position())
        })?;
        match event {
            Event::Start(start) => take(Part::Open(Tag::of(&start))),
            Event::Empty(start) => {
                take(Part::Open(Tag::of(&start)));
                take(Part::Close(start.local_name().into_inner().to_owned()));
            }
            Event::End(end) => take(Part::Close(end.local_name().into_inner().to_owned())),
            Event::Text(text) => take(Part::Text(text.html_content().into_owned())),
            Event::CData(text) => take(Part::Text(text.html_content().into_owned())),
            Event::GeneralRef(entity) => {
                let name = entity.borrow().into_inner().into_owned();
                take(Part::Text(unescaped(&format!("&{name};"))));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn reader(string: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(string);
    let config = reader.config_mut();
    // hOCR is HTML: `<meta>` and `<br>` need no end.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// `raw` with characters for the five entities of XML, the no-break space and numbers; others stay as they are written.
fn unescaped(raw: &str) -> String {
    let mut string = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        string.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|&end| end <= LONGEST_ENTITY);
        match end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            Some((end, character)) => {
                string.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                string.push('&');
                rest = &rest[1..];
            }
        }
    }
    string.push_str(rest);
    string
}

/// «&#1048576;» and nothing longer.
const LONGEST_ENTITY: usize = 10;

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = entity.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())
        }
    }
}
