//! What a file is, by its first bytes. Never by its name.

use super::{Format, words};
use crate::archive::{Limits, Package};
use crate::error::{Error, Result};
use crate::status::Status;

/// First bytes, what such a file is, and what a person can do with it.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"GIF8", "this is a GIF image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"\x1F\x8B", "this is a gzip archive", "unpack it first"),
    (b"7z\xBC\xAF", "this is a 7-Zip archive", "unpack it first"),
    (b"Rar!", "this is a RAR archive", "unpack it first"),
];

/// First bytes of files that are no text and are read.
const READ: &[(&[u8], Format)] = &[
    (b"%PDF", Format::Pdf),
    (b"\x89PNG", Format::Image),
    (b"\xFF\xD8\xFF", Format::Image),
    (b"II*\0", Format::Image),
    (b"MM\0*", Format::Image),
];

/// What the document is.
///
/// # Errors
/// For an empty file and for the known kinds of files that are not read.
pub(super) fn format(name: &str, bytes: &[u8], limits: &Limits) -> Result<Format> {
    if bytes.is_empty() {
        return Err(Error::unreadable(
            name,
            Status::Undecodable,
            "the input is empty",
            "nothing was pasted, or the file was cut off",
        ));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return container(name, bytes, limits);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return compound(name, bytes);
    }
    if let Some(&(_, what, advice)) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(Error::unreadable(name, Status::NeedsConverter, what, advice));
    }
    if let Some(&(_, format)) = READ.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(format);
    }
    if let Some(format) = words::format(bytes) {
        return Ok(format);
    }
    Ok(if is_page(bytes) { Format::Html } else { Format::Text })
}

/// What a zip container is, by the names of its parts.
fn container(name: &str, bytes: &[u8], limits: &Limits) -> Result<Format> {
    let refused = |status, what: String, advice| Err(Error::unreadable(name, status, what, advice));
    let mut package = match Package::open(bytes, limits) {
        Ok(package) => package,
        Err((status, what)) => return refused(status, what, "copy it again from where it came"),
    };
    let names = package.names();
    let has = |part: &str| names.iter().any(|name| name == part);
    if has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    let kind = package.part("mimetype").ok().flatten().unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).trim().to_owned();
    match kind
        .strip_prefix("application/vnd.oasis.opendocument.")
        .map(|kind| kind.trim_end_matches("-template"))
    {
        Some("text") => return Ok(Format::Odt),
        Some("spreadsheet") => return Ok(Format::Ods),
        _ => {}
    }
    let document = has("[Content_Types].xml") || !kind.is_empty();
    let what = if document { "this is an office document that is not read" } else { "this is a ZIP archive" };
    let advice =
        if document { "save it as DOCX, XLSX or ODT" } else { "unpack it, or give it to «svod import»" };
    refused(Status::NeedsConverter, what.to_owned(), advice)
}

/// What a compound file is, by the names of its streams: Word or Excel before 2007, or a locked document of later ones.
fn compound(name: &str, bytes: &[u8]) -> Result<Format> {
    let has = |stream: &str| {
        let wanted: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    };
    let refused = |status, what, advice| Err(Error::unreadable(name, status, what, advice));
    if has("EncryptedPackage") {
        let advice = "open it with its password and save it without one";
        return refused(Status::Password, "it is locked by a password", advice);
    }
    if has("WordDocument") {
        return Ok(Format::Doc);
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    refused(
        Status::NeedsConverter,
        "this is an old office document that is not read",
        "save it as DOCX, XLSX or ODT",
    )
}

/// So many bytes of a web page stand before its first tag that only such a page has, at most.
const HEAD: usize = 1 << 16;

/// True for a web page, whole or in part: it begins as one, or a table with rows and cells is marked up in it. Stray tags in
/// a text are none.
fn is_page(bytes: &[u8]) -> bool {
    // Of UTF-16 every other byte is left out: tags are ASCII.
    let head = bytes.iter().take(HEAD).filter(|byte| **byte != 0);
    let head: Vec<u8> = head.map(u8::to_ascii_lowercase).collect();
    let mut start = head.as_slice();
    for mark in [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"] {
        start = start.strip_prefix(mark).unwrap_or(start);
    }
    let start = start.trim_ascii_start();
    let begins = |name: &[u8]| start.starts_with(name);
    if [b"<!doctype html".as_slice(), b"<html", b"<head>", b"<body"].iter().any(|name| begins(name)) {
        return true;
    }
    let mut rest = head.as_slice();
    if begins(b"<?xml") || begins(b"<!--") {
        return after_tag(rest, b"html").is_some();
    }
    for name in [b"table".as_slice(), b"tr", b"td"] {
        match after_tag(rest, name) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

/// What stands behind the opening tag `name`.
fn after_tag<'b>(bytes: &'b [u8], name: &[u8]) -> Option<&'b [u8]> {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(name)
            && after.first().is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        {
            return Some(after);
        }
    }
    None
}
