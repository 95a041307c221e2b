/*!
A clean copy of the register: the same tables in a new file, in the order of the paths.

This module never copies a row with its number: the numbers of a register tell in which order things came, and two
registers of one archive must give the same bytes. Left out are the packed JSON, the times of files and the folders that
the inputs lay in. Added is a table `rows`, with a column for each field of the flat formats.
*/

use std::path::Path;

use rusqlite::{Connection, Result as Sql, params, params_from_iter};

use super::prepare::Prepared;
use super::{Register, STATEMENTS, VERSION, failed, insert, search};
use crate::emit::{self, Document, FIELDS, FieldKind};
use crate::error::Result;

impl Register {
    /// Writes the copy to the file `place`, which is empty or not there.
    ///
    /// # Errors
    /// The databases'.
    pub fn copy(&self, place: &Path) -> Result<()> {
        let there = failed(place);
        let copy = Connection::open(place).map_err(&there)?;
        copy.set_prepared_statement_cache_capacity(STATEMENTS);
        begin(&copy).map_err(&there)?;
        self.copy_files(&copy).map_err(&there)?;
        self.packed(|path, packed| {
            let prepared = Prepared::new(emit::unpacked(packed)?)?;
            document(&copy, path, &prepared).map_err(&there)
        })?;
        search::rebuild(&copy).map_err(&there)?;
        let settle = format!(
            "UPDATE entities SET name = (SELECT min(name) FROM executors WHERE entity = entities.id);
             INSERT INTO meta SELECT 'counted', count(*) FROM files;
             PRAGMA user_version = {VERSION}; COMMIT; VACUUM"
        );
        copy.execute_batch(&settle).map_err(&there)?;
        copy.close().map_err(|(_, error)| there(error))
    }

    fn copy_files(&self, copy: &Connection) -> Sql<()> {
        let files =
            "SELECT path, root, kind, bytes, sha256, status, cause, measures, measures_before, degraded
            FROM files ORDER BY path";
        let mut insert = copy.prepare(
            "INSERT INTO files (path, root, kind, bytes, sha256, status, cause, measures, measures_before, degraded)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut files = self.connection.prepare(files)?;
        let mut rows = files.query([])?;
        while let Some(row) = rows.next()? {
            let values: Vec<rusqlite::types::Value> = (0..10).map(|at| row.get(at)).collect::<Sql<_>>()?;
            insert.execute(params_from_iter(values))?;
        }
        for column in ["container", "duplicate_of"] {
            let others = format!(
                "SELECT f.path, other.path FROM files f JOIN files other ON other.id = f.{column} ORDER BY f.path"
            );
            let mut link = copy.prepare(&format!(
                "UPDATE files SET {column} = (SELECT id FROM files WHERE path = ?2) WHERE path = ?1"
            ))?;
            let mut others = self.connection.prepare(&others)?;
            let mut rows = others.query([])?;
            while let Some(row) = rows.next()? {
                link.execute(params![row.get::<_, String>(0)?, row.get::<_, String>(1)?])?;
            }
        }
        Ok(())
    }
}

/// The tables, with nothing in them.
fn begin(copy: &Connection) -> Sql<()> {
    copy.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN;",
    )?;
    copy.execute_batch(include_str!("schema.sql"))?;
    let column = |field: &emit::FlatField| {
        let kind = match field.kind {
            FieldKind::Text => "TEXT",
            FieldKind::Whole => "INTEGER",
            FieldKind::Real => "REAL",
        };
        format!("\"{}\" {kind}", field.name)
    };
    let columns: Vec<String> = FIELDS.iter().map(column).collect();
    copy.execute_batch(&format!("CREATE TABLE rows ({}) STRICT", columns.join(", ")))
}

fn document(copy: &Connection, path: &str, prepared: &Prepared) -> Sql<()> {
    let file =
        copy.prepare_cached("SELECT id FROM files WHERE path = ?")?.query_row([path], |row| row.get(0))?;
    insert::document(copy, file, prepared, false)?;
    rows(copy, &prepared.document)
}

fn rows(copy: &Connection, document: &Document) -> Sql<()> {
    let marks = vec!["nullif(?, '')"; FIELDS.len()].join(", ");
    let mut insert = copy.prepare_cached(&format!("INSERT INTO rows VALUES ({marks})"))?;
    for plan in &document.plans {
        for measure in &plan.measures {
            insert.execute(params_from_iter(
                FIELDS.iter().map(|field| (field.value)(document, plan, measure)),
            ))?;
        }
    }
    Ok(())
}
