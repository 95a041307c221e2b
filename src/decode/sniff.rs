//! What a file is, by its first bytes. Never by its name.

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

/// Refuses what is not text, by name.
///
/// # Errors
/// For an empty file and for the known kinds of files that are not text.
pub(super) fn refuse(name: &str, bytes: &[u8]) -> Result<()> {
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
    let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let begins = |mark: &[u8]| head.trim_ascii_start().starts_with(mark);
    if begins(b"<!doctype html") || begins(b"<html") {
        return Err(Error::unreadable(
            name,
            Status::NeedsConverter,
            "this is an HTML page",
            "save it as text first, for example with «w3m -dump»",
        ));
    }
    Ok(())
}
