/*!
How many inputs ended how, and whether the sums balance.

This module never counts what it is told to: the number of inputs comes from the walk, the number of endings from the
rows, and a difference is a fault that the run ends with.
*/

use rusqlite::{Result as Sql, params};

use super::{Register, duplicates, failed};
use crate::error::{Error, Result};
use crate::status::Status;

/// What stands in a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Files and members that the register knows.
    pub inputs: u64,
    /// What the last finished run counted; `None` where no run has finished since something changed.
    pub counted: Option<u64>,
    /// Status, kind or cause, and how many; in the order of [`Status::ALL`], then by number.
    pub endings: Vec<Ending>,
    /// Inputs without an ending.
    pub pending: u64,
    /// Documents, plans, measures.
    pub documents: u64,
    /// Plans.
    pub plans: u64,
    /// Measures.
    pub measures: u64,
    /// Files that gave far more measures before: path, before, now.
    pub degraded: Vec<(String, u64, u64)>,
}

/// So many inputs ended so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// How.
    pub status: Status,
    /// Why, where there is more to say.
    pub cause: Option<String>,
    /// How many.
    pub inputs: u64,
}

impl Standing {
    /// True where every input has one ending, and there are as many as were counted.
    pub fn balances(&self) -> bool {
        let ended: u64 = self.endings.iter().map(|ending| ending.inputs).sum();
        self.pending == 0 && ended == self.inputs && self.counted == Some(self.inputs)
    }

    /// How many ended with `status`.
    pub fn of(&self, status: Status) -> u64 {
        self.endings.iter().filter(|ending| ending.status == status).map(|ending| ending.inputs).sum()
    }
}

/// Which inputs are to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// All with this status.
    Status(Status),
    /// All that a limit stopped.
    Limits,
    /// All that gave far fewer measures than before.
    Degraded,
}

impl Lane {
    /// The lane with this name: a status, `limit`, or `degraded`.
    ///
    /// # Errors
    /// Where there is none; the message lists them.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "limit" => return Ok(Self::Limits),
            "degraded" => return Ok(Self::Degraded),
            _ => {}
        }
        Status::named(name).map(Self::Status).ok_or_else(|| {
            let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
            Error::usage(format!("«{name}» is no lane; the lanes are {}, limit, degraded", names.join(", ")))
        })
    }
}

impl Register {
    /// What stands in the register.
    ///
    /// # Errors
    /// The database's.
    pub fn standing(&self) -> Result<Standing> {
        let counted = self.meta("counted")?.and_then(|counted| counted.parse().ok());
        let read = || -> Sql<Standing> {
            let count = |sql: &str| -> Sql<u64> {
                self.connection
                    .query_row(sql, [], |row| row.get::<_, i64>(0))
                    .map(|count| count.max(0) as u64)
            };
            Ok(Standing {
                inputs: count("SELECT count(*) FROM files")?,
                counted,
                endings: self.endings()?,
                pending: count("SELECT count(*) FROM files WHERE status IS NULL")?,
                documents: count("SELECT count(*) FROM documents")?,
                plans: count("SELECT count(*) FROM plans")?,
                measures: count("SELECT count(*) FROM measures")?,
                degraded: self.degraded()?,
            })
        };
        read().map_err(failed(&self.file()))
    }

    fn endings(&self) -> Sql<Vec<Ending>> {
        let sql = "SELECT status, cause, count(*) FROM files WHERE status IS NOT NULL
            GROUP BY status, cause ORDER BY count(*) DESC, cause";
        let mut sql = self.connection.prepare(sql)?;
        let rows = sql.query_map([], |row| {
            let (status, cause, inputs): (String, Option<String>, i64) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Status::named(&status).map(|status| Ending { status, cause, inputs: inputs.max(0) as u64 }))
        })?;
        let mut endings: Vec<Ending> = rows.collect::<Sql<Vec<_>>>()?.into_iter().flatten().collect();
        endings.sort_by_key(|ending| ending.status);
        Ok(endings)
    }

    fn degraded(&self) -> Sql<Vec<(String, u64, u64)>> {
        let sql =
            "SELECT path, coalesce(measures_before, 0), measures FROM files WHERE degraded ORDER BY path";
        let mut sql = self.connection.prepare(sql)?;
        let count =
            |row: &rusqlite::Row<'_>, at: usize| row.get::<_, i64>(at).map(|count| count.max(0) as u64);
        sql.query_map([], |row| Ok((row.get(0)?, count(row, 1)?, count(row, 2)?)))?.collect()
    }

    /// Says that a run has begun: until it ends, nothing is known to balance.
    ///
    /// # Errors
    /// The database's.
    pub fn unbalance(&self) -> Result<()> {
        self.run("DELETE FROM meta WHERE name = 'counted'; DELETE FROM seen")
    }

    /// How many rows this run has met.
    ///
    /// # Errors
    /// The database's.
    pub fn met(&self) -> Result<u64> {
        self.connection
            .query_row("SELECT count(*) FROM seen JOIN files USING (id)", [], |row| row.get::<_, i64>(0))
            .map(|count| count.max(0) as u64)
            .map_err(failed(&self.file()))
    }

    /// Says that a run has ended: names are settled, and the number of inputs is kept for later runs to be held to.
    ///
    /// # Errors
    /// The database's.
    pub fn settle(&self) -> Result<()> {
        self.run(
            "DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM executors WHERE entity = entities.id);
             UPDATE entities SET name = (SELECT min(name) FROM executors WHERE entity = entities.id);
             INSERT OR REPLACE INTO meta SELECT 'counted', count(*) FROM files;",
        )
    }

    /// Marks the inputs of a lane, and the archives that hold them, as still to be read; gives how many.
    ///
    /// # Errors
    /// The database's.
    pub fn reopen(&self, lane: Lane) -> Result<u64> {
        let (which, name) = match lane {
            Lane::Status(status) => ("status = ?1", status.name()),
            Lane::Limits => ("status LIKE ?1", "limit:%"),
            Lane::Degraded => ("degraded AND ?1 = ?1", ""),
        };
        let sql = format!("UPDATE files SET status = NULL WHERE status IS NOT NULL AND {which}");
        self.connection.execute(&sql, [name]).map(|count| count as u64).map_err(failed(&self.file()))
    }

    /// Says of the files on disk that this run did not meet that they are gone, where `gone_from` says so of their input
    /// and path; with them go the members of archives.
    ///
    /// # Errors
    /// The database's.
    pub fn forget_unmet(&self, gone_from: impl Fn(&str, &str) -> bool) -> Result<()> {
        let file = self.file();
        let broken = failed(&file);
        let mut gone: Vec<i64> = Vec::new();
        {
            let sql =
                "SELECT id, path, root FROM files WHERE container IS NULL AND id NOT IN (SELECT id FROM seen)
                AND (status IS NULL OR status <> 'vanished')";
            let mut sql = self.connection.prepare(sql).map_err(&broken)?;
            let mut rows = sql.query([]).map_err(&broken)?;
            while let Some(row) = rows.next().map_err(&broken)? {
                let (path, root): (String, String) =
                    (row.get(1).map_err(&broken)?, row.get(2).map_err(&broken)?);
                if gone_from(&root, &path) {
                    gone.push(row.get(0).map_err(&broken)?);
                }
            }
        }
        let forget = || -> Sql<()> {
            gone.iter().try_for_each(|&id| {
                duplicates::vanish(&self.connection, id)?;
                let members = "WITH RECURSIVE inside (id) AS (
                        SELECT id FROM files WHERE container = ?1
                        UNION ALL SELECT f.id FROM files f JOIN inside ON f.container = inside.id)
                    SELECT id FROM inside";
                let members: Vec<i64> = self
                    .connection
                    .prepare_cached(members)?
                    .query_map([id], |row| row.get(0))?
                    .collect::<Sql<_>>()?;
                members.into_iter().try_for_each(|member| duplicates::vanish(&self.connection, member))
            })
        };
        forget().map_err(&broken)
    }

    /// Says of everything that is still to be read, and was not found again, that it is gone.
    ///
    /// # Errors
    /// The database's.
    pub fn give_up(&self) -> Result<()> {
        let cause = "it could not be found again; import the folder that it lay in";
        self.connection
            .execute(
                "UPDATE files SET status = ?, cause = ? WHERE status IS NULL",
                params![Status::Vanished.name(), cause],
            )
            .map(|_| ())
            .map_err(failed(&self.file()))
    }
}
