/*!
What is done with an arrival: a file, a member or an archive, read or not.

This module never decides how an input ends; it keeps what it is told, and what follows from it for the others.
*/

use rusqlite::{Connection, OptionalExtension, Result as Sql, params};

use super::prepare::Prepared;
use super::{Register, duplicates, failed, insert, search};
use crate::error::Result;
use crate::status::Status;

/// A file or member that the walk met.
#[derive(Debug)]
pub struct Arrival {
    /// Its path in the register.
    pub path: String,
    /// The input that it was found under.
    pub root: String,
    /// The path of the archive that it is a member of.
    pub container: Option<String>,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was last changed, for a file on disk.
    pub modified: Option<i64>,
    /// SHA-256 of its bytes, where they were read.
    pub sha256: Option<String>,
    /// What was found.
    pub found: Found,
}

/// What was found in an arrival.
#[derive(Debug)]
pub enum Found {
    /// What the register has of it already.
    Unchanged,
    /// The same bytes as a file that comes before it.
    Twin,
    /// A document.
    Document(Box<Prepared>),
    /// An archive, after all of its members.
    Archive {
        /// `zip`, `tar` or `gzip`.
        kind: &'static str,
        /// `ok`, or why not all members could be looked at.
        status: Status,
        /// What a person should know.
        cause: Option<String>,
    },
    /// Nothing.
    Nothing {
        /// Why.
        status: Status,
        /// Why, for a person.
        cause: String,
    },
}

/// A document that gave so many times fewer measures than before is marked.
const FAR_FEWER: u64 = 2;

/// What stood in the register before.
pub(super) struct Before {
    pub(super) id: i64,
    /// True where the row was made for this arrival: nothing is there that could change.
    fresh: bool,
    measures: u64,
    /// What it was degraded from, if it was: a second bad reading is measured by the last good one.
    good: Option<u64>,
}

impl Before {
    /// Makes the row ready to say something else.
    fn clear(&self, connection: &Connection) -> Sql<()> {
        if self.fresh { Ok(()) } else { duplicates::clear(connection, self.id) }
    }
}

impl Register {
    /// Keeps `arrival` and gives how it ended; `None` where it has to be read after all, in another round.
    ///
    /// # Errors
    /// The database's.
    pub fn arrive(&self, arrival: Arrival) -> Result<Option<Status>> {
        arrive(&self.connection, arrival).map_err(failed(&self.file()))
    }
}

fn arrive(connection: &Connection, arrival: Arrival) -> Sql<Option<Status>> {
    let before = listed(connection, &arrival)?;
    let own = before.id;
    connection.prepare_cached("INSERT OR IGNORE INTO seen VALUES (?)")?.execute([own])?;
    let sha256 = arrival.sha256.as_deref();
    match arrival.found {
        Found::Unchanged => {
            let status: Option<String> = connection
                .prepare_cached("SELECT status FROM files WHERE id = ?")?
                .query_row([own], |row| row.get(0))?;
            Ok(status.as_deref().and_then(Status::named))
        }
        Found::Twin => {
            before.clear(connection)?;
            match duplicates::twin(connection, own, sha256)? {
                Some(home) => duplicates::link(connection, own, home, sha256).map(Some),
                None => pending(connection, own).map(|()| None),
            }
        }
        Found::Document(prepared) => document(connection, &before, &arrival.path, *prepared).map(Some),
        Found::Archive { kind, status, cause } => {
            before.clear(connection)?;
            if status == Status::Ok {
                duplicates::forget_members(connection, own)?;
            }
            end(connection, own, Some(kind), None, status, cause.as_deref()).map(Some)
        }
        Found::Nothing { status, cause } => {
            nothing(connection, &before, &arrival.path, sha256, status, &cause).map(Some)
        }
    }
}

/// The row of the arrival, made where there is none, with its size and time.
fn listed(connection: &Connection, arrival: &Arrival) -> Sql<Before> {
    let container = match &arrival.container {
        Some(container) => Some(row_of(connection, container, &arrival.root)?),
        None => None,
    };
    let (bytes, modified) = (arrival.bytes as i64, arrival.modified);
    let Some(before) = known(connection, &arrival.path)? else {
        connection
            .prepare_cached(
                "INSERT INTO files (path, root, container, bytes, modified) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![arrival.path, arrival.root, container, bytes, modified])?;
        return Ok(Before { id: connection.last_insert_rowid(), fresh: true, measures: 0, good: None });
    };
    connection
        .prepare_cached(
            "UPDATE files SET container = ?1, bytes = ?2, modified = ?3
             WHERE id = ?4 AND (container IS NOT ?1 OR bytes IS NOT ?2 OR modified IS NOT ?3)",
        )?
        .execute(params![container, bytes, modified, before.id])?;
    Ok(before)
}

/// The row of `path`, if there is one.
fn known(connection: &Connection, path: &str) -> Sql<Option<Before>> {
    connection
        .prepare_cached("SELECT id, measures, measures_before FROM files WHERE path = ?")?
        .query_row([path], |row| {
            let (measures, good): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
            Ok(Before {
                id: row.get(0)?,
                fresh: false,
                measures: measures.max(0) as u64,
                good: good.map(|good| good.max(0) as u64),
            })
        })
        .optional()
}

fn row_of(connection: &Connection, path: &str, root: &str) -> Sql<i64> {
    if let Some(before) = known(connection, path)? {
        return Ok(before.id);
    }
    connection.prepare_cached("INSERT INTO files (path, root) VALUES (?, ?)")?.execute([path, root])?;
    Ok(connection.last_insert_rowid())
}

fn document(connection: &Connection, before: &Before, path: &str, mut prepared: Prepared) -> Sql<Status> {
    let own = before.id;
    before.clear(connection)?;
    let sha256 = prepared.document.source.sha256.clone();
    let format = prepared.document.source.format.clone();
    path.clone_into(&mut prepared.document.source.path);
    let measures = prepared.measures;
    let home = match duplicates::home_of_bytes(connection, own, &sha256)? {
        Some(home) => Some(home),
        None => match &prepared.plan_text {
            Some(text) => duplicates::home_of_plan(connection, own, text)?,
            None => None,
        },
    };
    let status = match home {
        Some(home) if home.path.as_str() < path => duplicates::link(connection, own, home.id, Some(&sha256))?,
        home => {
            let status = if prepared.document.plans.is_empty() { Status::NoPlan } else { Status::Ok };
            let document = insert::document(connection, own, &prepared, true)?;
            search::note(connection, document)?;
            end(connection, own, Some(&format), Some(&sha256), status, None)?;
            if let Some(later) = home {
                duplicates::move_home(connection, later.id, own)?;
            }
            duplicates::drop_vanished(connection, own, path, &sha256, prepared.plan_text.as_deref())?;
            status
        }
    };
    degrade(connection, before, measures)?;
    Ok(status)
}

fn nothing(
    connection: &Connection,
    before: &Before,
    path: &str,
    sha256: Option<&str>,
    status: Status,
    cause: &str,
) -> Sql<Status> {
    let own = before.id;
    // What could not be read now was perhaps read before: that stays, and the status says how it is now.
    if sha256.is_none() && matches!(status, Status::Vanished | Status::Unreadable) {
        duplicates::release(connection, own)?;
        connection
            .prepare_cached("UPDATE files SET status = ?, cause = ? WHERE id = ?")?
            .execute(params![status.name(), cause, own])?;
        return Ok(status);
    }
    before.clear(connection)?;
    let home = match sha256 {
        Some(sha256) => duplicates::home_of_bytes(connection, own, sha256)?,
        None => None,
    };
    let status = match home {
        Some(home) if home.path.as_str() < path => duplicates::link(connection, own, home.id, sha256)?,
        home => {
            end(connection, own, None, sha256, status, Some(cause))?;
            if let Some(later) = home {
                duplicates::move_home(connection, later.id, own)?;
            }
            status
        }
    };
    degrade(connection, before, 0)?;
    Ok(status)
}

/// Writes how a row ended.
fn end(
    connection: &Connection,
    id: i64,
    kind: Option<&str>,
    sha256: Option<&str>,
    status: Status,
    cause: Option<&str>,
) -> Sql<Status> {
    connection
        .prepare_cached(
            "UPDATE files SET kind = ?, sha256 = ?, status = ?, cause = ?, duplicate_of = NULL WHERE id = ?",
        )?
        .execute(params![kind, sha256, status.name(), cause, id])?;
    Ok(status)
}

/// Marks a row as one that has to be read.
fn pending(connection: &Connection, id: i64) -> Sql<()> {
    connection
        .prepare_cached("UPDATE files SET status = NULL, cause = NULL, duplicate_of = NULL WHERE id = ?")?
        .execute([id])?;
    Ok(())
}

/// Notes how many measures there are now, and marks a file that gave far more before.
fn degrade(connection: &Connection, before: &Before, measures: u64) -> Sql<()> {
    let good = before.good.unwrap_or(before.measures).max(before.measures);
    let degraded = measures * FAR_FEWER < good;
    connection
        .prepare_cached("UPDATE files SET measures = ?, measures_before = ?, degraded = ? WHERE id = ?")?
        .execute(params![measures as i64, degraded.then_some(good as i64), degraded, before.id])?;
    Ok(())
}
