/*!
A term on one line, for rule examples, tests and people.

This module never decides anything; it prints.

```text
interval 2018-04-01/2018-06-30,2019-04-01/2019-06-30
date ../2018-03-01
interval 2019-01-01/2019-03-31|2019-04-01/2019-06-30          one of them: the characters do not decide
recurring annual x2
recurring quarterly rrule=FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20
relative offset=P1M {после поступления предложений}
interval 2018-01-01/2018-12-31 ~                              from the plan's period
date 2018-06-22/2018-06-22 @10:00
```
*/

use jiff::civil::Date;

use crate::plan::{Choice, Deadline, Interval, Term};

/// The terms of a cell, joined by ` + `.
pub fn notation(deadlines: &[Deadline]) -> String {
    let terms: Vec<String> = deadlines.iter().map(one).collect();
    terms.join(" + ")
}

fn one(deadline: &Deadline) -> String {
    let mut parts = vec![deadline.term.kind().to_owned()];
    if let Term::Recurring { recurrence, .. } = &deadline.term {
        parts.extend(recurrence.frequency.map(|frequency| frequency.name().to_owned()));
        parts.extend(recurrence.times.map(|times| format!("x{times}")));
    }
    let separator = if deadline.term.choice() == Choice::One { "|" } else { "," };
    let intervals: Vec<String> = deadline.term.intervals().iter().map(interval).collect();
    if !intervals.is_empty() {
        parts.push(intervals.join(separator));
    }
    if let Term::Recurring { recurrence, .. } = &deadline.term {
        parts.extend(recurrence.rrule.as_ref().map(|rrule| format!("rrule={rrule}")));
    }
    parts.extend(deadline.time.map(|time| format!("@{}", time.iso())));
    if let Term::Relative(Some(offset)) = &deadline.term {
        parts.push(format!("offset={}", offset.iso()));
    }
    parts.extend(deadline.condition.as_ref().map(|condition| format!("{{{condition}}}")));
    if deadline.inferred {
        parts.push("~".to_owned());
    }
    parts.join(" ")
}

fn interval(interval: &Interval) -> String {
    let end = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
    format!("{}/{}", end(interval.start), end(interval.end))
}
