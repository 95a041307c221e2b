//! A document as it is kept: its JSON, packed. Never anything but the JSON.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::document::Document;
use crate::error::{Error, Result};

/// The JSON of `document` on one line, packed.
///
/// # Errors
/// Never for a document of this crate.
pub fn packed(document: &Document) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    super::json_line(document, &mut encoder)?;
    encoder.flush().and_then(|()| encoder.finish()).map_err(|cause| Error::write("output", cause))
}

/// The line of JSON in `packed`.
///
/// # Errors
/// Where the bytes are damaged.
pub fn unpacked_line(packed: &[u8]) -> Result<String> {
    let mut line = String::new();
    ZlibDecoder::new(packed).read_to_string(&mut line).map_err(|cause| Error::read("packed JSON", cause))?;
    Ok(line)
}

/// The document in `packed`.
///
/// # Errors
/// Where the bytes are damaged.
pub fn unpacked(packed: &[u8]) -> Result<Document> {
    serde_json::from_str(&unpacked_line(packed)?)
        .map_err(|error| Error::content("packed JSON", error.to_string()))
}

/// A value in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum LogValue<'v> {
    /// Words.
    Text(&'v str),
    /// A count.
    Number(u64),
    /// Yes or no.
    Flag(bool),
}

/// A JSON object of one line out of names and values, for a log.
pub fn log_line(fields: &[(&str, LogValue<'_>)]) -> String {
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{}", serde_json::to_string(value).unwrap_or_default()))
        .collect();
    format!("{{{}}}", parts.join(","))
}
