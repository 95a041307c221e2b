/*!
When a body had its name, and which body has it now.

This module never says which body a name is, and knows a day, a month or a year only as its source gives it: a change
that fell into May 2018 leaves the whole of May to both names.
*/

use jiff::civil::Date;

use super::table::Row;
use crate::error::Result;
use crate::plan::Period;

/// When a body had its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The day, month or year in which it got the name.
    since: Option<Period>,
    /// The day, month or year in which it lost it.
    until: Option<Period>,
    /// The id of the body that took its place.
    successor: Option<String>,
    /// As the dictionary has it, for a person to read.
    written: String,
}

impl Tenure {
    /// True unless the name was certainly another's, or nobody's, in all of `period`.
    pub fn meets(&self, period: &Period) -> bool {
        self.since.as_ref().is_none_or(|since| since.start <= period.end)
            && self.until.as_ref().is_none_or(|until| until.end >= period.start)
    }

    /// The id of the body that took its place.
    pub fn successor(&self) -> Option<&str> {
        self.successor.as_deref()
    }
}

impl std::fmt::Display for Tenure {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str(&self.written)
    }
}

/// The ids in `renamings.tsv` and when each had its name; `is_known` says which ids there are.
///
/// # Errors
/// Where a row is not of its form, or names a body that no table has.
pub(super) fn tenures(rows: &[Row], is_known: impl Fn(&str) -> bool) -> Result<Vec<(String, Tenure)>> {
    rows.iter().map(|row| tenure(row, &is_known)).collect()
}

fn tenure(row: &Row, is_known: impl Fn(&str) -> bool) -> Result<(String, Tenure)> {
    let [id, since, until, successor, _source] = row.cells()?;
    if let Some(unknown) = [id, successor].into_iter().find(|id| *id != "-" && !is_known(id)) {
        let tables =
            "federal.tsv has the ids of federal bodies, bodies.tsv the keys behind RU-TUL/ and the like";
        return Err(row.wrong(format!("no body has the id «{unknown}»: {tables}")));
    }
    let read = |cell: &str| match cell {
        "-" => Ok(None),
        cell => time(cell).map(Some).ok_or_else(|| {
            row.wrong(format!("«{cell}» is no day (2022-12-31), month (2018-05) or year (2020)"))
        }),
    };
    let (first, last) = (read(since)?, read(until)?);
    if first.is_none() && last.is_none() {
        return Err(row.wrong("the row says neither since when nor until when"));
    }
    if first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| first.start > last.end) {
        return Err(row.wrong(format!("«{since}» is later than «{until}»")));
    }
    if successor == id {
        return Err(row.wrong("a body does not follow itself"));
    }
    let said = |word: &str, cell: &str| (cell != "-").then(|| format!("{word} {cell}"));
    let said = [said("since", since), said("until", until), said("followed by", successor)];
    let written = said.into_iter().flatten().collect::<Vec<String>>().join(", ");
    let successor = (successor != "-").then(|| successor.to_owned());
    Ok((id.to_owned(), Tenure { since: first, until: last, successor, written }))
}

/// «2022-12-31», «2018-05», «2020».
fn time(cell: &str) -> Option<Period> {
    let digits = |part: &str, count: usize| {
        (part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i16>())
    };
    let mut parts = cell.split('-');
    let year = digits(parts.next()?, 4)?.ok()?;
    match (parts.next(), parts.next(), parts.next()) {
        (None, _, _) => Period::year(year),
        (Some(month), None, _) => {
            digits(month, 2)?.ok()?;
            let start: Date = format!("{year:04}-{month}-01").parse().ok()?;
            Some(Period { start, end: start.last_of_month() })
        }
        (Some(_), Some(_), None) => {
            let day = cell.parse().ok()?;
            Some(Period { start: day, end: day })
        }
        _ => None,
    }
}
