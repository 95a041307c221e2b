//! The figures of a report. Never the clock's: the same register gives the same page on any day.

use rusqlite::{Result as Sql, Row};

use super::{Register, Standing, failed, page};
use crate::error::Result;

/// How many executors and documents a report names.
const NAMED: u32 = 25;

/// What a report says.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub(super) standing: Standing,
    /// Month and number of terms that end in it.
    pub(super) months: Vec<(String, u64)>,
    /// Terms that name no day: their kinds and numbers.
    pub(super) without_day: Vec<(String, u64)>,
    /// Executor and number of measures.
    pub(super) executors: Vec<(String, u64)>,
    /// Measures by confidence, in tenths.
    pub(super) confidence: Vec<(String, u64)>,
    /// Region, year, plans, measures.
    pub(super) regions: Vec<(String, String, u64, u64)>,
    /// Path, measures, mean confidence, warnings and errors.
    pub(super) worst: Vec<(String, u64, f64, u64)>,
}

impl Register {
    /// One self-contained page about the register.
    ///
    /// # Errors
    /// The database's.
    pub fn page(&self) -> Result<String> {
        let standing = self.standing()?;
        let figures = self.figures(standing).map_err(failed(&self.file()))?;
        Ok(page::page(&figures))
    }

    fn figures(&self, standing: Standing) -> Sql<Figures> {
        let pair = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, count(row, 1)?));
        Ok(Figures {
            standing,
            months: self.rows(
                "SELECT substr(i.last_day, 1, 7) AS month, count(*) FROM intervals i JOIN deadlines d ON d.id = i.deadline
                 WHERE i.last_day IS NOT NULL AND d.choice = 'all' GROUP BY month ORDER BY month",
                pair,
            )?,
            without_day: self.rows(
                "SELECT kind, count(*) FROM deadlines d
                 WHERE NOT EXISTS (SELECT 1 FROM intervals i WHERE i.deadline = d.id AND i.last_day IS NOT NULL)
                 GROUP BY kind ORDER BY kind",
                pair,
            )?,
            executors: self.rows(
                &format!("SELECT executor, measures FROM load_by_executor ORDER BY measures DESC, executor LIMIT {NAMED}"),
                pair,
            )?,
            confidence: self.rows(
                "WITH RECURSIVE tenths (tenth) AS (SELECT 0 UNION ALL SELECT tenth + 1 FROM tenths WHERE tenth < 9)
                 SELECT printf('%.1f–%.1f', tenth / 10.0, (tenth + 1) / 10.0), (SELECT count(*) FROM measures
                    WHERE min(9, CAST(confidence * 10 AS INTEGER)) = tenth) FROM tenths ORDER BY tenth",
                pair,
            )?,
            regions: self.rows(
                "SELECT coalesce(region_name, 'region not told'), coalesce(year, 'year not told'), plans, measures
                 FROM by_region_and_year ORDER BY region_name IS NULL, region_name, year IS NULL, year",
                |row| Ok((row.get(0)?, row.get(1)?, count(row, 2)?, count(row, 3)?)),
            )?,
            worst: self.rows(
                &format!(
                    "SELECT f.path, count(m.id) AS measures, coalesce(avg(m.confidence), 0), (SELECT count(*)
                        FROM diagnostics g WHERE g.document = d.id AND g.severity <> 'info') AS noted
                     FROM documents d JOIN files f ON f.id = d.file JOIN plans p ON p.document = d.id
                     JOIN measures m ON m.plan = p.id
                     GROUP BY d.id ORDER BY 3, noted DESC, f.path LIMIT {NAMED}"
                ),
                |row| Ok((row.get(0)?, count(row, 1)?, row.get(2)?, count(row, 3)?)),
            )?,
        })
    }

    fn rows<T>(&self, sql: &str, read: impl FnMut(&Row<'_>) -> Sql<T>) -> Sql<Vec<T>> {
        self.connection.prepare(sql)?.query_map([], read)?.collect()
    }
}

fn count(row: &Row<'_>, at: usize) -> Sql<u64> {
    row.get::<_, i64>(at).map(|count| count.max(0) as u64)
}
