//! What the register knows. Never a change to it.

use std::path::PathBuf;

use rusqlite::{OptionalExtension, params};

use super::{Register, failed};
use crate::archive::Root;
use crate::emit::{self, Document};
use crate::error::Result;
use crate::status::Status;

/// What the register knows of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Size when it was read.
    pub bytes: u64,
    /// Its time when it was read.
    pub modified: Option<i64>,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// How it ended; `None` where it has still to be read.
    pub status: Option<Status>,
}

impl Register {
    /// What is known of `path`.
    ///
    /// # Errors
    /// The database's.
    pub fn known(&self, path: &str) -> Result<Option<Known>> {
        self.connection
            .prepare_cached("SELECT bytes, modified, sha256, status FROM files WHERE path = ?")
            .and_then(|mut sql| {
                sql.query_row([path], |row| {
                    let status: Option<String> = row.get(3)?;
                    Ok(Known {
                        bytes: row.get::<_, i64>(0)?.max(0) as u64,
                        modified: row.get(1)?,
                        sha256: row.get(2)?,
                        status: status.as_deref().and_then(Status::named),
                    })
                })
                .optional()
            })
            .map_err(failed(&self.file()))
    }

    /// True where something at `path` has still to be read: itself, or a member of it.
    ///
    /// # Errors
    /// The database's.
    pub fn wants(&self, path: &str) -> Result<bool> {
        // «!» opens the members, and `"` is the sign after it.
        self.asks(
            "SELECT EXISTS (SELECT 1 FROM files WHERE status IS NULL AND (path = ?1 OR (path > ?1 || '!' AND path < ?1 || '\"')))",
            &[&path],
        )
    }

    /// True where a file that comes before `path` has these bytes.
    ///
    /// # Errors
    /// The database's.
    pub fn has_before(&self, sha256: &str, path: &str) -> Result<bool> {
        self.asks(
            "SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ? AND path < ?
             AND status IS NOT NULL AND status NOT IN ('vanished', 'unreadable'))",
            &[&sha256, &path],
        )
    }

    /// True where anything has still to be read.
    ///
    /// # Errors
    /// The database's.
    pub fn is_unfinished(&self) -> Result<bool> {
        self.asks("SELECT EXISTS (SELECT 1 FROM files WHERE status IS NULL)", &[])
    }

    /// A word that the register keeps about itself.
    ///
    /// # Errors
    /// The database's.
    pub fn meta(&self, name: &str) -> Result<Option<String>> {
        self.connection
            .query_row("SELECT value FROM meta WHERE name = ?", [name], |row| row.get(0))
            .optional()
            .map_err(failed(&self.file()))
    }

    /// The inputs of all runs.
    ///
    /// # Errors
    /// The database's.
    pub fn roots(&self) -> Result<Vec<Root>> {
        let rows =
            self.connection.prepare("SELECT name, place FROM roots ORDER BY name").and_then(|mut sql| {
                sql.query_map([], |row| {
                    Ok(Root { name: row.get(0)?, place: path_of(row.get::<_, Vec<u8>>(1)?) })
                })?
                .collect()
            });
        rows.map_err(failed(&self.file()))
    }

    /// Gives the path of every document's file and its packed JSON to `take`, in the order of the paths.
    ///
    /// # Errors
    /// The database's, and those of `take`.
    pub fn packed(&self, mut take: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
        let file = self.file();
        let broken = failed(&file);
        let sql = "SELECT f.path, d.json FROM documents d JOIN files f ON f.id = d.file ORDER BY f.path";
        let mut sql = self.connection.prepare(sql).map_err(&broken)?;
        let mut rows = sql.query([]).map_err(&broken)?;
        while let Some(row) = rows.next().map_err(&broken)? {
            let path: String = row.get(0).map_err(&broken)?;
            let packed: Vec<u8> = row.get(1).map_err(&broken)?;
            take(&path, &packed)?;
        }
        Ok(())
    }

    /// Gives every document to `take`, in the order of the paths.
    ///
    /// # Errors
    /// The database's, and those of `take`.
    pub fn documents(&self, mut take: impl FnMut(&Document) -> Result<()>) -> Result<()> {
        self.packed(|_, packed| take(&emit::unpacked(packed)?))
    }

    pub(super) fn asks(&self, sql: &str, with: &[&dyn rusqlite::ToSql]) -> Result<bool> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut sql| sql.query_row(with, |row| row.get(0)))
            .map_err(failed(&self.file()))
    }

    /// Remembers where the inputs lie. One name is one place: a second place with the same name is refused while the
    /// first is still there.
    ///
    /// # Errors
    /// The database's, and where two places have one name.
    pub fn remember(&self, roots: &[Root]) -> Result<()> {
        for known in self.roots()? {
            let other = roots.iter().find(|root| root.name == known.name && root.place != known.place);
            if let Some(other) = other.filter(|_| known.place.exists()) {
                return Err(crate::error::Error::usage(format!(
                    "{} is called «{}» in this register, and {} would be called the same; import the folder that holds \
                     both, or import into another register",
                    known.place.display(),
                    known.name,
                    other.place.display()
                )));
            }
        }
        for root in roots {
            let sql = "INSERT INTO roots (name, place) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET place = excluded.place";
            self.connection
                .execute(sql, params![root.name, bytes_of(&root.place)])
                .map_err(failed(&self.file()))?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn bytes_of(path: &std::path::Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    <std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn bytes_of(path: &std::path::Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
