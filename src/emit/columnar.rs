//! Parquet: one row a measure, a column for each field. Never a value where the row has none: that is null.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::document::Document;
use super::fields::{FIELDS, FieldKind};
use crate::error::{Error, Result};

/// Rows that are held and written together.
const GROUP: usize = 10_000;

/// Collects rows and writes them in groups.
pub struct Columns<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    rows: Vec<Vec<String>>,
}

impl<W: Write + Send> std::fmt::Debug for Columns<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Columns({} rows held)", self.rows.len())
    }
}

impl<W: Write + Send> Columns<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(out: W) -> Result<Self> {
        let properties = WriterProperties::builder().set_created_by("svod".to_owned()).build();
        let writer =
            SerializedFileWriter::new(out, Arc::new(schema()?), Arc::new(properties)).map_err(failed)?;
        Ok(Self { writer, rows: Vec::new() })
    }

    /// Adds the measures of `document`.
    ///
    /// # Errors
    /// The writer's.
    pub fn document(&mut self, document: &Document) -> Result<()> {
        for plan in &document.plans {
            for measure in &plan.measures {
                self.rows.push(FIELDS.iter().map(|field| (field.value)(document, plan, measure)).collect());
                if self.rows.len() == GROUP {
                    self.flush()?;
                }
            }
        }
        Ok(())
    }

    /// Ends the file and gives the writer back.
    ///
    /// # Errors
    /// The writer's.
    pub fn into_inner(mut self) -> Result<W> {
        self.flush()?;
        self.writer.into_inner().map_err(failed)
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        let mut nth = 0;
        while let Some(mut column) = group.next_column().map_err(failed)? {
            write_column(column.untyped(), rows.iter().map(|row| row[nth].as_str())).map_err(failed)?;
            column.close().map_err(failed)?;
            nth += 1;
        }
        group.close().map(|_| ()).map_err(failed)
    }
}

fn schema() -> Result<Type> {
    let column = |field: &super::FlatField| {
        let (physical, converted) = match field.kind {
            FieldKind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            FieldKind::Whole => (Physical::INT64, ConvertedType::NONE),
            FieldKind::Real => (Physical::DOUBLE, ConvertedType::NONE),
        };
        Type::primitive_type_builder(field.name, physical)
            .with_converted_type(converted)
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    };
    let columns = FIELDS.iter().map(column).collect::<std::result::Result<Vec<_>, _>>().map_err(failed)?;
    Type::group_type_builder("measures").with_fields(columns).build().map_err(failed)
}

/// Writes the values that are there, and which are.
fn write_column<'v>(
    writer: &mut ColumnWriter<'_>,
    values: impl Iterator<Item = &'v str>,
) -> std::result::Result<(), ParquetError> {
    let values: Vec<&str> = values.collect();
    match writer {
        ColumnWriter::Int64ColumnWriter(writer) => {
            let (levels, known) = split(&values, |value| value.parse::<i64>().ok());
            writer.write_batch(&known, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let (levels, known) = split(&values, |value| value.parse::<f64>().ok());
            writer.write_batch(&known, Some(&levels), None)?;
        }
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let (levels, known) = split(&values, |value| (!value.is_empty()).then(|| ByteArray::from(value)));
            writer.write_batch(&known, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General("a column of a type that no field has".to_owned())),
    }
    Ok(())
}

/// Which values are there (1) and which are not (0), and those that are.
fn split<T>(values: &[&str], read: impl Fn(&str) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let read: Vec<Option<T>> = values.iter().map(|value| read(value)).collect();
    let levels = read.iter().map(|value| i16::from(value.is_some())).collect();
    (levels, read.into_iter().flatten().collect())
}

fn failed(error: ParquetError) -> Error {
    Error::write("parquet file", std::io::Error::other(error.to_string()))
}
