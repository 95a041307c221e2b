//! `svod deadline`: one term for a person trying a phrase.

use std::process::ExitCode;

use jiff::civil::Date;

use super::args::Deadline;
use super::{prepare, print};
use crate::error::{Error, Result};
use crate::notation;
use crate::plan::Period;

/// Prints every term in the words: its words, its reading, its rule.
pub(super) fn run(args: &Deadline) -> Result<ExitCode> {
    let period = args.period.as_deref().map(period).transpose()?;
    let dictionaries = prepare(&args.reading)?;
    let deadlines = crate::read_deadline(&args.text, period, &dictionaries)?;
    let mut out = String::new();
    for deadline in &deadlines {
        let reading = notation(std::slice::from_ref(deadline));
        let rule = deadline.rule.map_or("no rule", |rule| rule.as_str());
        out.push_str(&format!("«{}»\n  {reading}\n  {rule}\n", deadline.text.as_str()));
    }
    if deadlines.is_empty() {
        out.push_str("no words\n");
    }
    print(&out)
}

/// «2018», «2018-2020», «2022-09-01/2023-05-31»: both ends are part of it.
fn period(words: &str) -> Result<Period> {
    let wrong =
        || Error::usage(format!("«{words}» is no period; write 2018, 2018-2020 or 2022-09-01/2023-05-31"));
    let whole = |word: &str| -> Option<Period> {
        let year = || word.trim().parse::<i16>().ok().and_then(Period::year);
        let day = || word.trim().parse::<Date>().ok().map(|day| Period { start: day, end: day });
        year().or_else(day)
    };
    let (first, last) = match words.split_once('/') {
        Some(ends) => ends,
        None => words.split_once(['-', '–']).unwrap_or((words, words)),
    };
    let (first, last) = whole(first).zip(whole(last)).ok_or_else(wrong)?;
    if first.start > last.end {
        return Err(Error::usage(format!("the period «{words}» ends before it begins")));
    }
    Ok(Period { start: first.start, end: last.end })
}
