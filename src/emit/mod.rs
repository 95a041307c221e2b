/*!
Plans in, bytes out.

This module never decides about content: a value that is not in the plan is not in the output.

One list, [`FIELDS`], says what a row of a flat format holds; the header of CSV and TSV and the table in the README come
from it. The JSON keys, and the JSON Schema, come from the types in [`document`](self::document).
*/

mod calendar;
mod claims;
mod columnar;
mod convert;
mod delimited;
mod document;
mod edtf;
mod fields;
mod occurrence;
mod packed;
mod repairs;
mod residue;
mod results;
mod sheet;
mod table;

use std::io::Write;

pub use calendar::{Calendar, Missing};
pub use claims::of as claims;
pub use columnar::Columns;
pub use convert::{deadline, document};
pub use delimited::{Delimiter, Rows};
pub use document::*;
pub(crate) use fields::name_of;
pub use fields::{FIELDS, FieldKind, FlatField};
pub use packed::{LogValue, log_line, packed, unpacked, unpacked_line};
pub use results::{Mentioned, mentioned};
pub use sheet::Sheet;
pub use table::{draw, terminal_width};

use crate::error::{Error, Result};

/// The document as JSON of several lines.
///
/// # Errors
/// Never for a document of this crate; the writer's errors otherwise.
pub fn json(document: &Document, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)
        .map_err(|error| Error::write("output", error.into()))?;
    out.write_all(b"\n").map_err(|cause| Error::write("output", cause))
}

/// The document as JSON on one line.
///
/// # Errors
/// As [`json`].
pub fn json_line(document: &Document, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer(&mut *out, document).map_err(|error| Error::write("output", error.into()))?;
    out.write_all(b"\n").map_err(|cause| Error::write("output", cause))
}

/// The JSON Schema (2020-12) of the output, made from its types.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Document);
    schema.insert("$id".to_owned(), SCHEMA.into());
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
