/*!
One SQLite file with everything that an archive holds, and how each of its files ended.

This module never reads an input: it is told of one arrival after another and keeps what it is told, a document and its
status in one transaction. What it says at the end depends on the inputs alone, not on their order, on how often the
run was broken off, or on the clock.

```text
register/
    register.sqlite      schema.sql: documents, plans, measures …, files with their statuses, views
    lock                 held by the process that writes; a dead process holds nothing
```
*/

mod arrive;
mod copy;
mod duplicates;
mod fold;
mod insert;
mod page;
mod prepare;
mod read;
mod report;
mod search;
mod statuses;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

pub use arrive::{Arrival, Found};
pub use fold::fold;
pub use prepare::Prepared;
pub use read::Known;
pub use statuses::{Ending, Lane, Standing};

use crate::error::{Error, Result};

/// The name of the SQLite file in the register's folder.
pub const FILE: &str = "register.sqlite";
const LOCK: &str = "lock";

/// The version of the tables, kept in the file.
const VERSION: i64 = 2;

/// So many statements are kept ready: more than there are, since to make one costs as much as to write several rows.
const STATEMENTS: usize = 100;

/// A register that is open.
#[derive(Debug)]
pub struct Register {
    connection: Connection,
    folder: PathBuf,
    /// Held for as long as this process writes.
    _lock: Option<Connection>,
}

impl Register {
    /// Opens the register in `folder` for writing, and makes an empty one where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be written, holds something else, or another process is writing. What another svod made
    /// is refused before anything is written.
    pub fn create(folder: &Path) -> Result<Self> {
        let file = folder.join(FILE);
        // A first look that cannot change anything; where it does not succeed, after a crash, the second one does.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let seen = Connection::open_with_flags(&file, flags).and_then(|connection| version(&connection));
        if let Ok(Some(version)) = seen {
            admit(version, &file)?;
        }
        fs::create_dir_all(folder).map_err(|cause| Error::write(folder.display().to_string(), cause))?;
        let lock = lock(folder)?;
        let connection = Connection::open(&file).map_err(failed(&file))?;
        if let Some(version) = version(&connection).map_err(failed(&file))? {
            admit(version, &file)?;
        }
        let register = Self { connection, folder: folder.to_path_buf(), _lock: Some(lock) };
        register.prepare_for_writing().map_err(failed(&file))?;
        Ok(register)
    }

    /// Opens the register in `folder` for writing, where there is one.
    ///
    /// # Errors
    /// As [`create`](Self::create), and where there is none.
    pub fn open_for_writing(folder: &Path) -> Result<Self> {
        present(folder)?;
        Self::create(folder)
    }

    /// Opens the register in `folder` for reading; another process may be writing it.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let file = present(folder)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&file, flags).map_err(failed(&file))?;
        let register = Self { connection, folder: folder.to_path_buf(), _lock: None };
        let begin = "PRAGMA foreign_keys = ON; PRAGMA query_only = ON; PRAGMA busy_timeout = 10000; BEGIN;";
        let Some(version) = version(&register.connection).map_err(failed(&file))? else {
            let reason =
                "nothing is in it: the import that made it was ended at once; run the same command again";
            return Err(Error::content(file.display().to_string(), reason));
        };
        admit(version, &file)?;
        register.connection.execute_batch(begin).map_err(failed(&file))?;
        Ok(register)
    }

    /// A second way into a register that this process is writing: it sees what is committed.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn beside(&self) -> Result<Self> {
        let file = self.file();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&file, flags).map_err(failed(&file))?;
        connection.busy_timeout(Duration::from_secs(10)).map_err(failed(&file))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self { connection, folder: self.folder.clone(), _lock: None })
    }

    /// Begins a group of arrivals that are kept together.
    ///
    /// # Errors
    /// The database's.
    pub fn begin(&self) -> Result<()> {
        self.run("BEGIN IMMEDIATE")
    }

    /// Keeps what arrived since [`begin`](Self::begin), and makes it findable by its words.
    ///
    /// # Errors
    /// The database's, as where the disk is full: then nothing of the group is kept.
    pub fn commit(&self) -> Result<()> {
        search::fill(&self.connection).map_err(failed(&self.file()))?;
        self.run("COMMIT")
    }

    /// Forgets what arrived since [`begin`](Self::begin).
    pub fn roll_back(&self) {
        // Where nothing was begun, or the database has done so itself, there is nothing to forget.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Puts everything into the one file, so that it can be copied and read where nothing can be written.
    ///
    /// # Errors
    /// The database's.
    pub fn flatten(&self) -> Result<()> {
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")?;
        // Somebody who is reading keeps the log in use; then it stays, and nothing is lost.
        let _ = self.connection.execute_batch("PRAGMA journal_mode = DELETE");
        Ok(())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn prepare_for_writing(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(Duration::from_secs(10))?;
        self.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // A log is written first and read again after a crash. Between checkpoints nothing waits for the disk; what a
        // power cut takes away are the last groups, whole, and the next run reads those documents again.
        self.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;",
        )?;
        if version(&self.connection)?.is_none() {
            let all =
                format!("BEGIN; {} PRAGMA user_version = {VERSION}; COMMIT;", include_str!("schema.sql"));
            self.connection.execute_batch(&all)?;
        }
        self.connection.execute_batch("CREATE TEMP TABLE seen (id INTEGER PRIMARY KEY)")?;
        search::prepare(&self.connection)
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(failed(&self.file()))
    }
}

/// The SQLite file of the register in `folder`, if it is there.
fn present(folder: &Path) -> Result<PathBuf> {
    let file = folder.join(FILE);
    if file.is_file() {
        return Ok(file);
    }
    let reason =
        format!("there is no register ({FILE}) in it; make one with «svod import PATH --out FOLDER»");
    Err(Error::content(folder.display().to_string(), reason))
}

/// The version of the tables; `None` where there is no table.
fn version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let empty = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)";
    if connection.query_row(empty, [], |row| row.get(0))? {
        return Ok(None);
    }
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map(Some)
}

/// Refuses tables that this svod does not know.
fn admit(version: i64, file: &Path) -> Result<()> {
    let reason = match version {
        VERSION => return Ok(()),
        0 => "it is a database and no register; nothing was changed, name another folder".to_owned(),
        _ => format!(
            "its tables are of version {version}, this svod knows {VERSION}; nothing was changed: import the same \
             inputs into a new folder, or use the svod that made it"
        ),
    };
    Err(Error::content(file.display().to_string(), reason))
}

/// A second database, empty, whose lock is the register's: the system takes it from a process that dies.
fn lock(folder: &Path) -> Result<Connection> {
    let file = folder.join(LOCK);
    let lock = Connection::open(&file).map_err(failed(&file))?;
    lock.busy_timeout(Duration::ZERO).map_err(failed(&file))?;
    lock.execute_batch("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE").map_err(|error| {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::content(
                folder.display().to_string(),
                "another svod is writing this register; wait for it to end, or import into another folder",
            ),
            _ => failed(&file)(error),
        }
    })?;
    Ok(lock)
}

/// What an error of the database means, and what to do.
fn failed(file: &Path) -> impl Fn(rusqlite::Error) -> Error {
    move |error| {
        let what = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                "no space is left on the disk; free some and run the same command again, it goes on where it stopped"
            }
            Some(ErrorCode::SystemIoFailure) => {
                "the disk failed or is full; put it right and run the same command again, it goes on where it stopped"
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "another program is writing it; wait for it to end"
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                "it cannot be opened for writing here; allow it, or name another folder"
            }
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                let what = format!("it is no register, or a damaged one; import into a new folder ({error})");
                return Error::read(file.display().to_string(), std::io::Error::other(what));
            }
            _ => "the database refused",
        };
        Error::write(file.display().to_string(), std::io::Error::other(format!("{what} ({error})")))
    }
}
