//! Values of terms, read again by crates that know nothing of this one: EDTF, recurrence rules, calendar files.

use std::collections::BTreeSet;
use std::io::BufReader;

use edtf_core::{Bound, Edtf};
use ical::IcalParser;
use ical::parser::ical::component::IcalEvent;
use rrule::RRuleSet;
use svod::dictionaries::Example;
use svod::emit::{self, Calendar, Document};

use crate::support::{DICTIONARIES, all_fixtures, plan_with, read, root};

/// Words and period of every example of the rules and of every phrase of the frozen list.
fn phrases() -> Vec<(String, String)> {
    let mut phrases = Vec::new();
    for example in DICTIONARIES.phrases.deadlines.iter().flat_map(|rule| &rule.reads) {
        match example {
            Example::Valued(parts) if parts.len() == 2 => phrases.push((parts[0].clone(), "-".to_owned())),
            Example::Valued(parts) => phrases.push((parts[0].clone(), parts[1].clone())),
            Example::Text(words) => phrases.push((words.clone(), "-".to_owned())),
        }
    }
    let list = std::fs::read_to_string(root().join("fixtures/deadlines.tsv")).unwrap();
    for row in list.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        phrases.push((cells[0].replace("\\n", "\n"), cells[1].to_owned()));
    }
    phrases
}

/// The terms of all phrases as the output has them.
fn terms() -> Vec<emit::Deadline> {
    let read = |(words, plan): (String, String)| {
        svod::read_deadline(&words, crate::deadlines::period(&plan), &DICTIONARIES).unwrap()
    };
    phrases().into_iter().flat_map(read).map(|deadline| emit::deadline(&deadline)).collect()
}

#[test]
fn edtf_denotes_the_days_of_its_interval() {
    let bound = |bound: Bound| match bound {
        Bound::Date(date) => Some(date.to_string()),
        Bound::NegativeInfinity | Bound::PositiveInfinity => None,
        Bound::Unknown => panic!("an unknown bound"),
    };
    let mut seen = 0;
    for term in terms() {
        assert_eq!(term.edtf.len(), term.intervals.len(), "«{}»", term.text);
        for (edtf, interval) in term.edtf.iter().zip(&term.intervals) {
            let parsed = Edtf::parse(edtf).unwrap_or_else(|error| panic!("«{}»: {edtf}: {error}", term.text));
            let bounds = parsed.bounds();
            let days = (bound(bounds.earliest), bound(bounds.latest));
            assert_eq!(days, (interval.start.clone(), interval.end.clone()), "«{}»: {edtf}", term.text);
            seen += 1;
        }
    }
    assert!(seen > 400, "{seen} values");
}

#[test]
fn an_open_end_keeps_the_unit_of_the_words() {
    for (words, edtf) in [
        ("с 2019 года", "2019/.."),
        ("начиная с III квартала 2018 года", "2018-07/.."),
        ("со второго полугодия 2019 года", "2019-07/.."),
        ("с мая 2020 г.", "2020-05/.."),
        ("с 1 января 2017 года", "2017-01-01/.."),
        ("до конца 2018 года", "../2018"),
        ("до конца I квартала 2020 г.", "../2020-03"),
        ("до 1 марта 2018 года", "../2018-03-01"),
        ("3 квартал 2018 года", "2018-35"),
        ("2-3 квартал 2018 года", "2018-04/2018-09"),
        ("1 полугодие 2019 года", "2019-40"),
        ("2005-2007", "2005/2007"),
    ] {
        let found = svod::read_deadline(words, None, &DICTIONARIES).unwrap();
        assert_eq!(emit::deadline(&found[0]).edtf, [edtf], "«{words}»");
    }
}

/// Every rule that the examples and the frozen list give, with the first days that its words mean from the first of
/// January 2019 on, a Tuesday. Made by hand from a calendar of 2019, not from any program's output.
const FIRST_DAYS: &[(&str, [&str; 3])] = &[
    ("FREQ=DAILY", ["2019-01-01", "2019-01-02", "2019-01-03"]),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", ["2019-01-01", "2019-01-02", "2019-01-03"]),
    ("FREQ=DAILY;INTERVAL=10", ["2019-01-01", "2019-01-11", "2019-01-21"]),
    ("FREQ=MONTHLY;BYDAY=-1FR", ["2019-01-25", "2019-02-22", "2019-03-29"]),
    ("FREQ=MONTHLY;BYDAY=-1TU", ["2019-01-29", "2019-02-26", "2019-03-26"]),
    ("FREQ=MONTHLY;BYDAY=-1WE", ["2019-01-30", "2019-02-27", "2019-03-27"]),
    ("FREQ=MONTHLY;BYDAY=1MO", ["2019-01-07", "2019-02-04", "2019-03-04"]),
    ("FREQ=MONTHLY;BYDAY=1TU", ["2019-01-01", "2019-02-05", "2019-03-05"]),
    ("FREQ=MONTHLY;BYDAY=2TU", ["2019-01-08", "2019-02-12", "2019-03-12"]),
    ("FREQ=MONTHLY;BYDAY=3TH", ["2019-01-17", "2019-02-21", "2019-03-21"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2019-01-31", "2019-02-28", "2019-03-29"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", ["2019-01-01", "2019-02-01", "2019-03-01"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10", ["2019-01-14", "2019-02-14", "2019-03-14"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5", ["2019-01-07", "2019-02-07", "2019-03-07"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2019-01-31", "2019-02-28", "2019-03-31"]),
    ("FREQ=MONTHLY;BYMONTHDAY=1", ["2019-01-01", "2019-02-01", "2019-03-01"]),
    ("FREQ=MONTHLY;BYMONTHDAY=1,10,20", ["2019-01-01", "2019-01-10", "2019-01-20"]),
    ("FREQ=MONTHLY;BYMONTHDAY=10", ["2019-01-10", "2019-02-10", "2019-03-10"]),
    ("FREQ=MONTHLY;BYMONTHDAY=11", ["2019-01-11", "2019-02-11", "2019-03-11"]),
    ("FREQ=MONTHLY;BYMONTHDAY=15,25", ["2019-01-15", "2019-01-25", "2019-02-15"]),
    ("FREQ=MONTHLY;BYMONTHDAY=20", ["2019-01-20", "2019-02-20", "2019-03-20"]),
    ("FREQ=MONTHLY;BYMONTHDAY=25", ["2019-01-25", "2019-02-25", "2019-03-25"]),
    ("FREQ=MONTHLY;BYMONTHDAY=5", ["2019-01-05", "2019-02-05", "2019-03-05"]),
    ("FREQ=MONTHLY;BYMONTHDAY=5,20", ["2019-01-05", "2019-01-20", "2019-02-05"]),
    ("FREQ=MONTHLY;INTERVAL=2", ["2019-01-01", "2019-03-01", "2019-05-01"]),
    ("FREQ=WEEKLY", ["2019-01-01", "2019-01-08", "2019-01-15"]),
    ("FREQ=WEEKLY;BYDAY=FR", ["2019-01-04", "2019-01-11", "2019-01-18"]),
    ("FREQ=WEEKLY;BYDAY=MO", ["2019-01-07", "2019-01-14", "2019-01-21"]),
    ("FREQ=WEEKLY;BYDAY=MO,WE", ["2019-01-02", "2019-01-07", "2019-01-09"]),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", ["2019-01-02", "2019-01-04", "2019-01-07"]),
    ("FREQ=WEEKLY;BYDAY=SA", ["2019-01-05", "2019-01-12", "2019-01-19"]),
    ("FREQ=WEEKLY;BYDAY=SU", ["2019-01-06", "2019-01-13", "2019-01-20"]),
    ("FREQ=WEEKLY;BYDAY=TH", ["2019-01-03", "2019-01-10", "2019-01-17"]),
    ("FREQ=WEEKLY;BYDAY=TU,FR", ["2019-01-01", "2019-01-04", "2019-01-08"]),
    ("FREQ=WEEKLY;BYDAY=WE", ["2019-01-02", "2019-01-09", "2019-01-16"]),
    ("FREQ=WEEKLY;INTERVAL=2", ["2019-01-01", "2019-01-15", "2019-01-29"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", ["2019-01-01", "2019-04-01", "2019-07-01"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15", ["2019-01-15", "2019-04-15", "2019-07-15"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20", ["2019-01-20", "2019-04-20", "2019-07-20"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=3", ["2019-01-03", "2019-04-03", "2019-07-03"]),
    ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10", ["2019-01-10", "2019-07-10", "2020-01-10"]),
    ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15", ["2019-01-15", "2019-07-15", "2020-01-15"]),
    ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=-1", ["2019-10-31", "2020-10-31", "2021-10-31"]),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", ["2019-12-01", "2020-12-01", "2021-12-01"]),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", ["2019-12-31", "2020-12-31", "2021-12-31"]),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", ["2019-01-15", "2020-01-15", "2021-01-15"]),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20", ["2019-01-20", "2020-01-20", "2021-01-20"]),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25", ["2019-01-25", "2020-01-25", "2021-01-25"]),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1", ["2019-02-01", "2020-02-01", "2021-02-01"]),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", ["2019-03-31", "2019-06-30", "2019-09-30"]),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", ["2019-03-25", "2019-06-25", "2019-09-25"]),
    ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", ["2019-03-31", "2020-03-31", "2021-03-31"]),
    ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", ["2019-03-01", "2020-03-01", "2021-03-01"]),
    ("FREQ=YEARLY;BYMONTH=4,10;BYMONTHDAY=-1", ["2019-04-30", "2019-10-31", "2020-04-30"]),
    ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", ["2019-04-01", "2020-04-01", "2021-04-01"]),
    ("FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=-1", ["2019-05-31", "2019-11-30", "2020-05-31"]),
    ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1", ["2019-05-31", "2020-05-31", "2021-05-31"]),
    ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", ["2019-05-01", "2020-05-01", "2021-05-01"]),
    ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", ["2019-06-30", "2019-12-31", "2020-06-30"]),
    ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1", ["2019-06-01", "2019-12-01", "2020-06-01"]),
    ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", ["2019-06-20", "2019-12-20", "2020-06-20"]),
    ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", ["2019-06-30", "2020-06-30", "2021-06-30"]),
    ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1", ["2019-09-01", "2020-09-01", "2021-09-01"]),
    ("FREQ=YEARLY;INTERVAL=2", ["2019-01-01", "2021-01-01", "2023-01-01"]),
    ("FREQ=YEARLY;INTERVAL=5", ["2019-01-01", "2024-01-01", "2029-01-01"]),
];

/// The first `count` days of a rule, as the crate `rrule` expands it.
fn expanded(start: &str, rule: &str, count: u16) -> Vec<String> {
    let set: RRuleSet = format!("DTSTART:{start}T000000Z\nRRULE:{rule}").parse().unwrap();
    set.all(count).dates.iter().map(|date| date.format("%Y-%m-%d").to_string()).collect()
}

#[test]
fn a_rule_expands_to_the_days_that_its_words_name() {
    let rules: BTreeSet<String> = terms().into_iter().filter_map(|term| term.rrule).collect();
    let known: BTreeSet<String> = FIRST_DAYS.iter().map(|(rule, _)| (*rule).to_owned()).collect();
    let unchecked: Vec<&String> = rules.difference(&known).collect();
    assert!(unchecked.is_empty(), "no first days are written down for {unchecked:#?}");
    for (rule, days) in FIRST_DAYS {
        assert_eq!(expanded("20190101", rule, 3), *days, "{rule}");
    }
}

/// The calendar of documents.
fn calendar(documents: &[Document]) -> String {
    let mut calendar = Calendar::new(Vec::new()).unwrap();
    documents.iter().for_each(|document| calendar.document(document).unwrap());
    String::from_utf8(calendar.finish().unwrap().0).unwrap()
}

fn events(calendar: &str) -> Vec<IcalEvent> {
    let calendars: Vec<_> =
        IcalParser::new(BufReader::new(calendar.as_bytes())).map(Result::unwrap).collect();
    let [only] = &calendars[..] else { panic!("{} calendars", calendars.len()) };
    only.events.clone()
}

fn property(event: &IcalEvent, name: &str) -> Option<String> {
    let found = event.properties.iter().find(|property| property.name == name)?;
    found.value.clone()
}

/// DTSTART, DTEND and RRULE of the events of a plan with the term `words`.
fn days(words: &str) -> Vec<(String, String, Option<String>)> {
    let calendar = calendar(&[read(&plan_with(words, "Министерство культуры"))]);
    let days = |event: &IcalEvent| {
        let of = |name| property(event, name);
        (of("DTSTART").unwrap(), of("DTEND").unwrap(), of("RRULE"))
    };
    events(&calendar).iter().map(days).collect()
}

/// The crate `rrule` wants the last day as a time, where the first one is.
fn with_time(rule: &str) -> String {
    if rule.contains(";UNTIL=") { format!("{rule}T000000Z") } else { rule.to_owned() }
}

fn day(first: &str, after: &str, rule: Option<&str>) -> (String, String, Option<String>) {
    (first.to_owned(), after.to_owned(), rule.map(str::to_owned))
}

#[test]
fn a_calendar_has_the_days_of_the_terms() {
    assert_eq!(days("до 1 марта 2018 года"), [day("20180301", "20180302", None)]);
    assert_eq!(days("31.12.2018"), [day("20181231", "20190101", None)]);
    assert_eq!(
        days("I, III кварталы 2018 года"),
        [day("20180101", "20180401", None), day("20180701", "20181001", None)]
    );
    assert_eq!(days("с 1 сентября 2018 г."), [day("20180901", "20180902", None)]);
    let monthly = "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20181231";
    assert_eq!(days("ежемесячно"), [day("20180131", "20180201", Some(monthly))]);
    // Of the reports on 2018 the first is due in April, and the last in January 2019.
    let reports = "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20;UNTIL=20190331";
    let words = "ежеквартально, до 20 числа месяца, следующего за отчетным кварталом";
    assert_eq!(days(words), [day("20180420", "20180421", Some(reports))]);
    let thursdays = "FREQ=MONTHLY;BYDAY=-1TH;UNTIL=20180831";
    let words = "последний четверг каждого месяца с 1 марта по 31 августа 2018 года";
    assert_eq!(days(words), [day("20180329", "20180330", Some(thursdays))]);
}

#[test]
fn a_calendar_has_no_day_for_what_has_none() {
    for words in [
        "постоянно",
        "по мере необходимости",
        "| квартал 2018 года",
        "2 раза в год",
        "после поступления предложений",
        "____ 2018 года",
        "31 июня 2018 года",
    ] {
        assert_eq!(days(words), [], "«{words}»");
    }
    let document = read(&plan_with("постоянно", "Министерство культуры"));
    let mut calendar = Calendar::new(Vec::new()).unwrap();
    calendar.document(&document).unwrap();
    let (_, missing) = calendar.finish().unwrap();
    assert_eq!(
        (missing.terms, missing.reasons.into_iter().collect::<Vec<_>>()),
        (1, vec![("continuous", 1)])
    );
}

#[test]
fn a_calendar_of_every_fixture_is_read_again() {
    let documents: Vec<Document> = all_fixtures().iter().map(|(_, trace)| emit::document(trace)).collect();
    let calendar = calendar(&documents);
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
    let mut uids = BTreeSet::new();
    let events = events(&calendar);
    assert!(events.len() > 300, "{} events", events.len());
    for event in &events {
        let of = |name| property(event, name).unwrap();
        assert!(uids.insert(of("UID")), "{} twice", of("UID"));
        assert!(of("DTSTART") < of("DTEND"), "{}", of("UID"));
        assert!(of("DTSTAMP").ends_with("T000000Z"));
        // RFC 5545: the first day of a recurrence is one of its days.
        if let Some(rule) = property(event, "RRULE") {
            let first = expanded(&of("DTSTART"), &with_time(&rule), 1);
            assert_eq!(first[0].replace('-', ""), of("DTSTART"), "{rule}");
        }
    }
}

#[test]
fn the_texts_of_an_event_are_whole() {
    let text = "Размещение; сведений, на «сайте» \\ портале";
    let document = read(
        &plan_with("до 1 марта 2018 года", "Министерство культуры")
            .replace("Размещение сведений на сайте", text),
    );
    let calendar = calendar(std::slice::from_ref(&document));
    let unfolded = calendar.replace("\r\n ", "");
    let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
    let plain = line.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    assert_eq!(plain, document.plans[0].measures[0].text);
    assert_eq!(line, "Размещение\\; сведений\\, на «сайте» \\\\ портале");
    let description = unfolded.split("\r\n").find_map(|line| line.strip_prefix("DESCRIPTION:")).unwrap();
    assert!(description.contains("Исполнители: Министерство культуры"), "{description}");
    assert!(description.contains("\\nПлан: План мероприятий Тульской области на 2018 год"), "{description}");
}
