/*!
The full-text index, filled once for a group of arrivals.

This module never lets the index differ from the measures where something is committed: both change in one transaction.

FTS5 writes what it holds to its tables each time that a statement could be taken back alone. Filled by a trigger, it
wrote a segment for every measure, and then merged them; so the documents of a group are noted, and their measures go
into the index in one statement before the group is committed. A document may be gone again by then: the trigger that
takes measures out of the index asks whether they are in it.
*/

use rusqlite::{Connection, Result as Sql};

/// Makes the list of documents that wait for the end of their group.
pub(super) fn prepare(connection: &Connection) -> Sql<()> {
    connection.execute_batch("CREATE TEMP TABLE unsearched (document INTEGER PRIMARY KEY)")
}

/// Notes a document whose measures are not in the index.
pub(super) fn note(connection: &Connection, document: i64) -> Sql<()> {
    // A number comes back where the last document of a group was taken out again.
    connection.prepare_cached("INSERT OR IGNORE INTO temp.unsearched VALUES (?)")?.execute([document])?;
    Ok(())
}

/// Puts the measures of all noted documents into the index.
pub(super) fn fill(connection: &Connection) -> Sql<()> {
    connection
        .prepare_cached(
            "INSERT INTO search (rowid, folded) SELECT m.id, m.folded FROM temp.unsearched u
             JOIN plans p ON p.document = u.document JOIN measures m ON m.plan = p.id ORDER BY m.id",
        )?
        .execute([])?;
    connection.prepare_cached("DELETE FROM temp.unsearched")?.execute([])?;
    Ok(())
}

/// Makes the whole index anew.
pub(super) fn rebuild(connection: &Connection) -> Sql<()> {
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')", []).map(|_| ())
}
