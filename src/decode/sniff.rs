//! What a file is, by its first bytes. Never by its name.

use super::Format;
use crate::error::{Error, Result};
use crate::status::Status;

/// First bytes, what such a file is, and what a person can do with it.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "this is a PDF file", "turn it into text first, for example with «pdftotext -layout»"),
    (
        b"PK\x03\x04",
        "this is a ZIP container (Word, Excel or an archive)",
        "save the document as plain text first",
    ),
    (b"\xD0\xCF\x11\xE0", "this is an old Word or Excel file", "save the document as plain text first"),
    (b"{\\rtf", "this is an RTF file", "save the document as plain text first"),
    (b"\x89PNG", "this is a PNG image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"\xFF\xD8\xFF", "this is a JPEG image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"II*\0", "this is a TIFF image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"MM\0*", "this is a TIFF image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"GIF8", "this is a GIF image", "recognise it first, for example with «tesseract -l rus+eng»"),
    (b"\x1F\x8B", "this is a gzip archive", "unpack it first"),
    (b"7z\xBC\xAF", "this is a 7-Zip archive", "unpack it first"),
    (b"Rar!", "this is a RAR archive", "unpack it first"),
];

/// What the document is.
///
/// # Errors
/// For an empty file and for the known kinds of files that are not read.
pub(super) fn format(name: &str, bytes: &[u8]) -> Result<Format> {
    if bytes.is_empty() {
        return Err(Error::unreadable(
            name,
            Status::Undecodable,
            "the input is empty",
            "nothing was pasted, or the file was cut off",
        ));
    }
    if let Some(&(_, what, advice)) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(Error::unreadable(name, Status::NeedsConverter, what, advice));
    }
    Ok(if is_page(bytes) { Format::Html } else { Format::Text })
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
