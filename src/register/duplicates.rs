/*!
Files that say the same. Never two documents of one content.

Of several files with the same bytes, or with the same plan word by word, the one whose path comes first is the home of
the document; the others are `duplicate-of` it. It does not matter which came first into the register: a home moves to
an earlier path when one arrives, and when a home changes or goes, those that hung on it are read again.
*/

use rusqlite::{Connection, OptionalExtension, Result as Sql, params};

use crate::status::Status;

/// The file that has the document.
pub(super) struct Home {
    pub(super) id: i64,
    pub(super) path: String,
}

/// Makes a row ready to say something else: its document goes, and files that hung on it have to be read.
pub(super) fn clear(connection: &Connection, id: i64) -> Sql<()> {
    connection.prepare_cached("DELETE FROM documents WHERE file = ?")?.execute([id])?;
    release(connection, id)
}

/// Files that hang on `id` have to be read themselves.
pub(super) fn release(connection: &Connection, id: i64) -> Sql<()> {
    connection
        .prepare_cached(
            "UPDATE files SET status = NULL, cause = NULL, duplicate_of = NULL WHERE duplicate_of = ?",
        )?
        .execute([id])?;
    Ok(())
}

/// The home of the file with these bytes that comes before `own`.
pub(super) fn twin(connection: &Connection, own: i64, sha256: Option<&str>) -> Sql<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT coalesce(f.duplicate_of, f.id) FROM files f, files own
             WHERE own.id = ?1 AND f.sha256 = ?2 AND f.id <> own.id AND f.path < own.path
             AND f.status IS NOT NULL AND f.status <> 'vanished' ORDER BY f.path LIMIT 1",
        )?
        .query_row(params![own, sha256], |row| row.get(0))
        .optional()
}

/// The home of these bytes, other than `own`.
pub(super) fn home_of_bytes(connection: &Connection, own: i64, sha256: &str) -> Sql<Option<Home>> {
    connection
        .prepare_cached(
            "SELECT h.id, h.path FROM files f JOIN files h ON h.id = coalesce(f.duplicate_of, f.id)
             WHERE f.sha256 = ?2 AND f.id <> ?1 AND h.id <> ?1 AND f.status IS NOT NULL AND f.status <> 'vanished'
             AND f.status <> 'unreadable' ORDER BY h.path LIMIT 1",
        )?
        .query_row(params![own, sha256], |row| Ok(Home { id: row.get(0)?, path: row.get(1)? }))
        .optional()
}

/// The home of this plan, other than `own`.
pub(super) fn home_of_plan(connection: &Connection, own: i64, plan_text: &str) -> Sql<Option<Home>> {
    connection
        .prepare_cached(
            "SELECT f.id, f.path FROM documents d JOIN files f ON f.id = d.file
             WHERE d.plan_text = ?2 AND f.id <> ?1 AND f.status IS NOT NULL AND f.status <> 'vanished'
             AND f.status <> 'unreadable' ORDER BY f.path LIMIT 1",
        )?
        .query_row(params![own, plan_text], |row| Ok(Home { id: row.get(0)?, path: row.get(1)? }))
        .optional()
}

/// Says that `own` is a duplicate of `home`.
pub(super) fn link(connection: &Connection, own: i64, home: i64, sha256: Option<&str>) -> Sql<Status> {
    connection
        .prepare_cached(
            "UPDATE files SET status = ?1, duplicate_of = ?2, sha256 = ?3,
                (kind, measures) = (SELECT kind, measures FROM files WHERE id = ?2),
                cause = CASE WHEN ?3 = (SELECT sha256 FROM files WHERE id = ?2)
                    THEN 'the same bytes' ELSE 'the same plan, word by word' END
             WHERE id = ?4",
        )?
        .execute(params![Status::DuplicateOf.name(), home, sha256, own])?;
    Ok(Status::DuplicateOf)
}

/// The document moved from `later` to `own`: everything that hung there hangs here.
pub(super) fn move_home(connection: &Connection, later: i64, own: i64) -> Sql<()> {
    connection.prepare_cached("DELETE FROM documents WHERE file = ?")?.execute([later])?;
    connection
        .prepare_cached("UPDATE files SET status = ?1, duplicate_of = ?2 WHERE duplicate_of = ?3 OR id = ?3")?
        .execute(params![Status::DuplicateOf.name(), own, later])?;
    connection
        .prepare_cached(
            "UPDATE files SET cause = CASE WHEN sha256 = (SELECT sha256 FROM files WHERE id = ?1)
                THEN 'the same bytes' ELSE 'the same plan, word by word' END WHERE duplicate_of = ?1",
        )?
        .execute([own])?;
    Ok(())
}

/// A document whose file is gone lives on in `own`, which says the same.
pub(super) fn drop_vanished(
    connection: &Connection,
    own: i64,
    path: &str,
    sha256: &str,
    plan_text: Option<&str>,
) -> Sql<()> {
    let gone: Vec<i64> = connection
        .prepare_cached(
            "SELECT f.id FROM documents d JOIN files f ON f.id = d.file
             WHERE (d.sha256 = ?1 OR d.plan_text = ?2) AND f.id <> ?3 AND f.status IN ('vanished', 'unreadable')",
        )?
        .query_map(params![sha256, plan_text, own], |row| row.get(0))?
        .collect::<Sql<_>>()?;
    for id in gone {
        connection.prepare_cached("DELETE FROM documents WHERE file = ?")?.execute([id])?;
        connection
            .prepare_cached("UPDATE files SET cause = cause || ?, measures = 0 WHERE id = ?")?
            .execute(params![format!("; the same stands in {path}"), id])?;
    }
    Ok(())
}

/// Members that an archive had before and has no more.
pub(super) fn forget_members(connection: &Connection, container: i64) -> Sql<()> {
    let gone: Vec<i64> = connection
        .prepare_cached(
            "SELECT id FROM files WHERE container = ? AND id NOT IN (SELECT id FROM seen)
             AND (status IS NULL OR status <> 'vanished')",
        )?
        .query_map([container], |row| row.get(0))?
        .collect::<Sql<_>>()?;
    gone.into_iter().try_for_each(|id| vanish(connection, id))
}

/// Says that a file is gone. What it said stays, unless another says the same.
pub(super) fn vanish(connection: &Connection, id: i64) -> Sql<()> {
    connection
        .prepare_cached(
            "UPDATE files SET status = ?, duplicate_of = NULL, cause = CASE WHEN sha256 IS NULL AND kind IS NULL
                THEN 'it was never read and is gone' ELSE 'it was read before and is gone; what it said is kept' END
             WHERE id = ?",
        )?
        .execute(params![Status::Vanished.name(), id])?;
    release(connection, id)
}
