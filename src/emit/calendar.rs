/*!
Dated terms as an iCalendar file (RFC 5545), for the calendar of whoever has to keep them.

This module never gives a term a day that the document does not give it: what has none is counted and left out.

Every event is a whole day or several, since terms are; a clock time stands in the description. The lines are written by
hand: the crate `icalendar` lets the last piece of a folded line have 76 octets, looks for white space at a byte as if it
were a letter, and brings a clock and a random number generator for two properties that must be the same in every run:

- `UID` is a hash of what the event says, so that a second import of the same plan changes nothing.
- `DTSTAMP`, which RFC 5545 demands, says when the entry was last revised: the day on which the plan was approved, or else
  the entry's own first day.
*/

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use jiff::civil::Date;

use super::document::{Choice, Deadline, DeadlineKind, Document, Interval, Measure, Plan};
use super::occurrence::Occurrences;
use crate::digest;
use crate::error::{Error, Result};

/// Octets of a line, its end not counted: RFC 5545, 3.1.
const LONGEST_LINE: usize = 75;

/// Hexadecimal digits of a hash in a UID: 128 bits.
const UID_DIGITS: usize = 32;

/// Writes the dated terms of documents into one calendar.
#[derive(Debug)]
pub struct Calendar<W: Write> {
    out: W,
    /// How often each UID was given out: a plan that is read twice gives every event twice.
    uids: HashMap<String, usize>,
    missing: Missing,
}

/// The terms that are in no calendar, by the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// All terms of the documents.
    pub terms: usize,
    /// How many of them have no day, by why.
    pub reasons: BTreeMap<&'static str, usize>,
}

/// The days of one event: the first, the one after the last, and how it comes again.
struct Days {
    first: Date,
    after: Date,
    rule: Option<String>,
}

impl<W: Write> Calendar<W> {
    /// Begins a calendar.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(out: W) -> Result<Self> {
        let mut calendar = Self { out, uids: HashMap::new(), missing: Missing::default() };
        calendar.line("BEGIN:VCALENDAR")?;
        calendar.line("VERSION:2.0")?;
        calendar.line("PRODID:-//svod//svod//RU")?;
        calendar.line("CALSCALE:GREGORIAN")?;
        Ok(calendar)
    }

    /// Writes an event for every dated term of `document`.
    ///
    /// # Errors
    /// The writer's.
    pub fn document(&mut self, document: &Document) -> Result<()> {
        for plan in &document.plans {
            for measure in &plan.measures {
                for deadline in &measure.deadlines {
                    self.missing.terms += 1;
                    match days(deadline, plan) {
                        Ok(days) => days
                            .iter()
                            .try_for_each(|days| self.event(document, plan, measure, deadline, days))?,
                        Err(reason) => *self.missing.reasons.entry(reason).or_default() += 1,
                    }
                }
            }
        }
        Ok(())
    }

    /// Ends the calendar; gives the writer back, and what is not in it.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(mut self) -> Result<(W, Missing)> {
        self.line("END:VCALENDAR")?;
        Ok((self.out, self.missing))
    }

    fn event(
        &mut self,
        document: &Document,
        plan: &Plan,
        measure: &Measure,
        deadline: &Deadline,
        days: &Days,
    ) -> Result<()> {
        let basic = |day: Date| day.strftime("%Y%m%d").to_string();
        let approved = plan.approval.as_ref().and_then(|approval| approval.date.as_deref()?.parse().ok());
        let uid = self.uid(plan, measure, deadline, days);
        self.line("BEGIN:VEVENT")?;
        self.line(&format!("UID:{uid}"))?;
        self.line(&format!("DTSTAMP:{}T000000Z", basic(approved.unwrap_or(days.first))))?;
        self.line(&format!("DTSTART;VALUE=DATE:{}", basic(days.first)))?;
        self.line(&format!("DTEND;VALUE=DATE:{}", basic(days.after)))?;
        if let Some(rule) = &days.rule {
            self.line(&format!("RRULE:{rule}"))?;
        }
        self.line(&format!("SUMMARY:{}", escaped(&measure.text)))?;
        self.line(&format!("DESCRIPTION:{}", escaped(&description(document, plan, measure, deadline))))?;
        self.line("TRANSP:TRANSPARENT")?;
        self.line("END:VEVENT")
    }

    /// A name that only this event has: a hash of what it says, and its number among those that say the same.
    fn uid(&mut self, plan: &Plan, measure: &Measure, deadline: &Deadline, days: &Days) -> String {
        let mut texts = digest::Texts::default();
        let (first, after) = (days.first.to_string(), days.after.to_string());
        let region = plan.region.as_ref().map_or("", |region| region.code.as_str());
        let (title, number) = (plan.title.as_deref().unwrap_or(""), measure.number.as_deref().unwrap_or(""));
        let rule = days.rule.as_deref().unwrap_or("");
        for part in [region, title, number, &measure.text, &deadline.text, &first, &after, rule] {
            texts.say(part);
        }
        let mut digits = texts.finish();
        digits.truncate(UID_DIGITS);
        let count = self.uids.entry(digits.clone()).or_default();
        *count += 1;
        if *count == 1 { format!("{digits}@svod") } else { format!("{digits}-{count}@svod") }
    }

    fn line(&mut self, line: &str) -> Result<()> {
        let folded = folded(line);
        self.out.write_all(folded.as_bytes()).map_err(|cause| Error::write("output", cause))
    }
}

/// The events of a term, or why it has none.
fn days(deadline: &Deadline, plan: &Plan) -> std::result::Result<Vec<Days>, &'static str> {
    if deadline.choice == Choice::One {
        return Err("one of several readings");
    }
    match deadline.kind {
        DeadlineKind::Recurring => recurrence(deadline, plan).map(|days| vec![days]),
        DeadlineKind::Relative => Err("counted from an event"),
        DeadlineKind::OnDemand => Err("on demand"),
        DeadlineKind::Placeholder => Err("a blank"),
        DeadlineKind::Unresolved => Err("not understood"),
        DeadlineKind::Continuous if deadline.intervals.is_empty() => Err("continuous"),
        _ if deadline.intervals.is_empty() => Err("the plan names no period"),
        _ => deadline.intervals.iter().map(|one| interval(one).ok_or("out of the calendar")).collect(),
    }
}

/// «до 1 марта» is that day, «с 1 марта» the day on which it begins.
fn interval(interval: &Interval) -> Option<Days> {
    let day = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<Date>().ok());
    let (start, end) = (day(&interval.start), day(&interval.end));
    let first = start.or(end)?;
    let last = end.filter(|_| start.is_some()).unwrap_or(first);
    Some(Days { first, after: last.tomorrow().ok()?, rule: None })
}

/// A recurrence from its first day in the bounds that the cell names, or the plan.
fn recurrence(deadline: &Deadline, plan: &Plan) -> std::result::Result<Days, &'static str> {
    let rule = deadline.rrule.as_deref().ok_or("a recurrence that no rule can say")?;
    let day = |day: Option<&String>| day.and_then(|day| day.parse::<Date>().ok());
    let bounds = deadline.intervals.first();
    let period = plan.period.as_ref();
    let start = day(bounds.and_then(|one| one.start.as_ref())).or(day(period.map(|period| &period.start)));
    let end = day(deadline.intervals.last().and_then(|one| one.end.as_ref()))
        .or(day(period.map(|period| &period.end)));
    // «Раз в 5 лет»: in which years, the words do not say.
    if rule.contains("INTERVAL=") {
        return Err("a recurrence without a first day");
    }
    let occurrences = Occurrences::new(rule).ok_or("a recurrence that no rule can say")?;
    if let (Some(times), Some(frequency)) = (deadline.times, deadline.frequency)
        && occurrences.in_each(frequency) != times as usize
    {
        return Err("a recurrence that no rule can say");
    }
    let (start, end) = occurrences.window(deadline, start.ok_or("a recurrence without a first day")?, end);
    let first = occurrences.first(start, end).ok_or("a recurrence with no day in the plan's period")?;
    let until = end.map_or(String::new(), |end| format!(";UNTIL={}", end.strftime("%Y%m%d")));
    let after = first.tomorrow().map_err(|_| "out of the calendar")?;
    Ok(Days { first, after, rule: Some(format!("{rule}{until}")) })
}

/// What a person wants to know about the day.
fn description(document: &Document, plan: &Plan, measure: &Measure, deadline: &Deadline) -> String {
    let executors: Vec<&str> = measure.executors.iter().map(|executor| executor.name.as_str()).collect();
    let number = measure.number.as_ref().map(|number| format!("Пункт: {number}"));
    let inferred = deadline.inferred.then(|| "Год взят из периода плана".to_owned());
    let lines = [
        number,
        Some(format!("Срок: {}", deadline.text)),
        deadline.time.as_ref().map(|time| format!("Время: {time}")),
        deadline.times.map(|times| format!("Раз за период: {times}")),
        deadline.condition.as_ref().map(|condition| format!("Условие: {condition}")),
        inferred,
        (!executors.is_empty()).then(|| format!("Исполнители: {}", executors.join("; "))),
        plan.title.as_ref().map(|title| format!("План: {title}")),
        plan.region.as_ref().map(|region| format!("Регион: {}", region.name)),
        Some(format!(
            "Источник: {}, строки {}–{}",
            document.source.path, measure.source.line_start, measure.source.line_end
        )),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

/// A value of type TEXT: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            sign if sign.is_control() => escaped.push(' '),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// The line with its end, continued on lines that begin with a space wherever it is longer than 75 octets; no character is
/// cut.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / LONGEST_LINE * 3 + 2);
    let mut octets = 0;
    for sign in line.chars() {
        if octets + sign.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(sign);
        octets += sign.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}
