//! XML as elements and text. Never expands an entity but the five that XML itself has: another stands as it is written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What is met on the way through a document.
pub(super) enum Node<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// The element with this name, prefix left out, ends.
    Close(&'x str),
    /// Characters.
    Text(&'x str),
}

/// The beginning of an element.
pub(super) struct Element<'x> {
    start: &'x BytesStart<'x>,
    /// The name without its prefix.
    pub(super) name: &'x str,
}

impl Element<'_> {
    /// The value of the attribute `name`, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        let own = |key: &str| local(key) == name;
        let found = self.start.attributes().flatten().find(|attribute| own(attribute.key.as_ref()))?;
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// The attribute `name` as a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attr(name)?.trim().parse().ok()
    }

    /// True where the attribute `val` does not switch the property off.
    pub(super) fn is_on(&self) -> bool {
        !self.attr("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Tells `take` of every node of `xml`.
///
/// # Errors
/// Where it is not well formed: what is wrong, for a person.
pub(super) fn walk(xml: &[u8], mut take: impl FnMut(Node<'_>)) -> Result<(), String> {
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    let xml = match std::str::from_utf8(xml) {
        Ok(xml) => std::borrow::Cow::Borrowed(xml),
        Err(_) => decoded(xml)?,
    };
    let mut reader = Reader::from_str(&xml);
    let mut depth = 0usize;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("damaged XML at byte {}: {error}", reader.error_position()))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                take(Node::Open(Element { name: local(start.name().as_ref()), start: &start }));
            }
            Event::Empty(start) => {
                let name = start.name();
                let name = local(name.as_ref());
                take(Node::Open(Element { name, start: &start }));
                take(Node::Close(name));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(local(end.name().as_ref())));
            }
            Event::Text(text) => take(Node::Text(&text.xml10_content())),
            Event::CData(text) => take(Node::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(sign)) => take(Node::Text(sign.encode_utf8(&mut [0; 4]))),
                _ => {
                    let name: &str = &reference;
                    match quick_xml::escape::resolve_predefined_entity(name) {
                        Some(sign) => take(Node::Text(sign)),
                        None => take(Node::Text(&format!("&{name};"))),
                    }
                }
            },
            Event::Eof if depth > 0 => return Err("damaged XML: it ends before its elements do".to_owned()),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// XML that is not in UTF-8: in UTF-16 with a mark, or in what its first line says.
fn decoded(xml: &[u8]) -> Result<std::borrow::Cow<'_, str>, String> {
    let head = &xml[..xml.len().min(100)];
    let stated = || {
        let head = String::from_utf8_lossy(head);
        let label = head.split_once("encoding=")?.1.get(1..)?.split(['"', '\'']).next()?.to_owned();
        encoding_rs::Encoding::for_label(label.as_bytes())
    };
    let marked = encoding_rs::Encoding::for_bom(xml);
    let encoding = marked.map(|(encoding, _)| encoding).or_else(stated);
    let encoding = encoding.ok_or("damaged XML: it is not in the encoding that it says")?;
    Ok(encoding.decode(xml).0)
}
