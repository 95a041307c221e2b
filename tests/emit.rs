//! Output: nothing lost and nothing twice, the contract's keys, dates as EDTF and RRULE, flat rows that read back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use svod::emit::{Delimiter, Document, FIELDS, Rows};
use svod::text::{Span, Text};
use svod::{Trace, emit};

use crate::support::{all_fixtures, claims, fixtures, plan_with, read, root, trace, trace_bytes};

/// The letters and digits of a text, capitals made small.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The words of the approvals as printed, where the document has them in the nominative.
fn approvals(trace: &Trace) -> Vec<&Text> {
    let approvals = trace.plans.iter().filter_map(|plan| plan.approval.as_ref());
    approvals
        .flat_map(|approval| {
            let act = approval.act.iter().flat_map(|act| act.kind.iter().chain(&act.authority));
            let names = approval.person.iter().chain(&approval.position).chain(act);
            let number = approval.act.iter().flat_map(|act| &act.number);
            names.map(|named| &named.text).chain(number)
        })
        .collect()
}

/// Every word that a field of the document shows as printed, those of the approval left out.
fn printed(document: &Document) -> Vec<String> {
    let mut words: Vec<Option<String>> = Vec::new();
    for plan in document.plans.clone() {
        words.push(plan.title);
        words.extend(plan.signatory.into_iter().flat_map(|signatory| [signatory.person, signatory.position]));
        words.extend(plan.columns.into_iter().map(|column| Some(column.header)));
        words.extend(plan.sections.into_iter().flat_map(|section| [section.number, Some(section.title)]));
        for measure in plan.measures {
            words.extend([measure.number, Some(measure.text)]);
            words.extend(measure.deadlines.into_iter().map(|deadline| Some(deadline.text)));
            for executor in measure.executors {
                let agreement = executor.by_agreement.then(|| "(по согласованию)".to_owned());
                words.extend([Some(executor.text), agreement]);
            }
            words.extend(measure.fields.into_values().map(Some));
        }
    }
    words.into_iter().flatten().collect()
}

#[test]
fn fields_repairs_and_residue_together_hold_every_letter_of_a_fixture() {
    for (name, trace) in all_fixtures() {
        // The words of a date that stands over a plan are not printed; its value is.
        let dates = trace.plans.iter().filter_map(|plan| plan.approval.as_ref()).flat_map(|approval| {
            let act = approval.act.iter().flat_map(|act| &act.date);
            approval.date.iter().chain(act).flat_map(|date| date.origin.iter().copied())
        });
        let dates: Vec<&str> = dates.map(|span| trace.source.decoded.at(span)).collect();
        let document = emit::document(&trace);
        let mut balance: BTreeMap<char, i64> = BTreeMap::new();
        let mut count = |text: &str, sign: i64| {
            letters(text).for_each(|letter| *balance.entry(letter).or_default() += sign);
        };
        count(trace.source.decoded.as_str(), 1);
        dates.iter().for_each(|date| count(date, -1));
        printed(&document).iter().for_each(|text| count(text, -1));
        approvals(&trace).iter().for_each(|text| count(text.as_str(), -1));
        document.residue.iter().for_each(|residue| count(&residue.text, -1));
        for repair in &document.repairs {
            count(&repair.from, -1);
            count(&repair.to, 1);
        }
        balance.retain(|_, left| *left != 0);
        assert_eq!(balance, BTreeMap::new(), "{name}: letters lost (above zero) or invented (below)");
    }
}

/// How many fields stand for each byte of the source.
fn owners(trace: &Trace) -> Vec<usize> {
    let mut owners = vec![0; trace.source.decoded.as_str().len()];
    let mut take = |origin: &[Span]| {
        origin.iter().for_each(|span| owners[span.range()].iter_mut().for_each(|count| *count += 1));
    };
    claims(trace).iter().for_each(|text| take(&text.origin()));
    for approval in trace.plans.iter().filter_map(|plan| plan.approval.as_ref()) {
        let act = approval.act.iter().flat_map(|act| &act.date);
        approval.date.iter().chain(act).for_each(|date| take(&date.origin));
    }
    owners
}

#[test]
fn every_letter_stands_in_one_field_or_in_the_residue_in_the_order_of_the_source() {
    for (name, trace) in fixtures() {
        let source = trace.source.decoded.as_str();
        let owners = owners(&trace);
        let mut free = String::new();
        for (at, sign) in source.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
            let line = source[..at].matches('\n').count() + 1;
            assert!(owners[at] <= 1, "{name}: «{sign}» of line {line} is in two fields");
            if owners[at] == 0 {
                free.push(sign);
            }
        }
        let document = emit::document(&trace);
        let kept: String = document.residue.iter().map(|residue| residue.text.as_str()).collect();
        assert_eq!(kept.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>(), free, "{name}");
        for residue in &document.residue {
            let lines: Vec<&str> = source
                .lines()
                .skip(residue.line_start - 1)
                .take(residue.line_end + 1 - residue.line_start)
                .collect();
            let there = residue.text.split(' ').all(|word| lines.iter().any(|line| line.contains(word)));
            assert!(there, "{name}: {residue:?} does not stand in {lines:?}");
        }
    }
}

#[test]
fn residue_says_why_it_stands_in_no_field() {
    let text = plan_with("IV квартал", "Министерство культуры");
    let document = read(&format!("Уважаемые коллеги!\n\n{text}\n\n- 7 -\n"));
    let said: Vec<(&str, emit::Reason)> =
        document.residue.iter().map(|residue| (residue.text.as_str(), residue.reason)).collect();
    assert_eq!(said, [("Уважаемые коллеги!", emit::Reason::Prose), ("- 7 -", emit::Reason::Furniture)]);
}

#[test]
fn repairs_are_in_the_order_of_the_source_and_name_its_very_bytes_and_line() {
    let mut seen = 0;
    for (name, trace) in all_fixtures() {
        let source = trace.source.decoded.as_str();
        let mut known: BTreeSet<(usize, String, String, String)> = BTreeSet::new();
        for repair in claims(&trace).iter().flat_map(|text| text.repairs()) {
            let from: Vec<&str> = repair.origin.iter().map(|span| &source[span.range()]).collect();
            let line = source[..repair.origin[0].start() as usize].matches('\n').count() + 1;
            let from = from.join(" ");
            known.insert((line, from, repair.to, repair.rule.as_str().to_owned()));
        }
        let document = emit::document(&trace);
        assert!(document.repairs.is_sorted_by_key(|repair| repair.line), "{name}");
        let listed: BTreeSet<_> = document
            .repairs
            .iter()
            .map(|repair| (repair.line, repair.from.clone(), repair.to.clone(), repair.rule.clone()))
            .collect();
        assert_eq!(listed, known, "{name}");
        for repair in serde_json::to_value(&document).unwrap()["repairs"].as_array().unwrap() {
            let area = repair["rule"].as_str().unwrap().split('.').next().unwrap().replace('-', "_");
            assert_eq!(repair["kind"], area.as_str(), "{repair}");
            assert!((0.0..=1.0).contains(&repair["confidence"].as_f64().unwrap()), "{repair}");
            assert_ne!(repair["from"], repair["to"], "{repair}");
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} repairs");
}

#[test]
fn a_measure_stands_on_the_lines_that_gold_names() {
    for (name, trace) in fixtures() {
        let path = root().join("fixtures").join(&name).join("gold.json");
        let gold: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let found = serde_json::to_value(emit::document(&trace)).unwrap();
        let lines = |document: &Value| -> Vec<(Value, Value)> {
            let measures = document["plans"][0]["measures"].as_array().unwrap().iter();
            measures
                .map(|row| (row["source"]["line_start"].clone(), row["source"]["line_end"].clone()))
                .collect()
        };
        assert_eq!(lines(&found), lines(&gold), "{name}");
        assert_eq!(found["source"]["pages"], Value::Null, "{name} has no pages");
    }
}

#[test]
fn pages_and_lines_are_counted_as_in_the_source() {
    let cover = "Пояснительная записка\nо плане\n";
    let text = plan_with("IV квартал", "Министерство культуры");
    let document = read(&format!("{cover}\x0c{text}"));
    assert_eq!(document.source.pages, Some(2));
    let place = &document.plans[0].measures[0].source;
    let line = text.lines().position(|line| line.starts_with("1\t")).unwrap() + 1;
    assert_eq!((place.page, place.line_start, place.line_end), (Some(2), line, line));
    let prose = &document.residue[0];
    assert_eq!((prose.page, prose.line_start, prose.line_end), (Some(1), 1, 2));
    let whole = read(&format!("{cover}\n{text}")).plans[0].measures[0].source.clone();
    assert_eq!((whole.page, whole.line_start), (None, line + 3));
}

#[test]
fn the_hash_is_of_the_bytes_as_they_came() {
    let abc = emit::document(&trace_bytes(b"abc"));
    assert_eq!(abc.source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let marked = emit::document(&trace_bytes(b"\xEF\xBB\xBFabc"));
    assert_eq!((marked.source.bytes, abc.source.bytes), (6, 3));
    assert_ne!(marked.source.sha256, abc.source.sha256);
    let hashes: BTreeMap<String, String> =
        fixtures().into_iter().map(|(name, trace)| (name, trace.source.sha256)).collect();
    for (name, hash) in [
        ("kaluga-2018-order", "a8a14a42b581e931fd11e3cbb43dd18e0301e6cea7f0749c10f032d652c1e1bb"),
        ("tula-2017-quality", "d4f8c0161ae2265f21d89f03884b059963e5a3144589246fb7c45df449a40cb3"),
        ("tula-2018-outreach", "f2d889cb97c0cb01fad932284e8ac6c430167a6d8a78c1df6efb6def023e05ca"),
    ] {
        assert_eq!(hashes[name], hash, "{name} is no longer as it was received");
    }
}

/// The only deadline of a plan for 2018 with these words.
fn deadline(words: &str) -> Value {
    let document = serde_json::to_value(read(&plan_with(words, "Министерство культуры"))).unwrap();
    let deadlines = document["plans"][0]["measures"][0]["deadlines"].as_array().unwrap().clone();
    assert_eq!(deadlines.len(), 1, "«{words}»: {deadlines:?}");
    deadlines[0].clone()
}

fn strings(values: &Value) -> Vec<&str> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}

#[test]
fn an_interval_is_written_in_edtf_in_the_unit_of_the_words() {
    for (words, kind, edtf) in [
        ("25.12.2018", "date", "2018-12-25"),
        ("до 1 марта 2018 года", "date", "../2018-03-01"),
        ("15 марта 2018-2019 гг.", "date", "2018-03-15 2019-03-15"),
        ("3 квартал 2018 года", "interval", "2018-35"),
        ("1 квартал 2018 года", "interval", "2018-33"),
        ("2-3 квартал 2018 года", "interval", "2018-04/2018-09"),
        ("IV квартал 2018 г. - I квартал 2019 г.", "interval", "2018-10/2019-03"),
        ("II квартал 2018-2020 гг.", "interval", "2018-34 2019-34 2020-34"),
        ("IV квартал", "interval", "2018-36"),
        ("I полугодие 2018 года", "interval", "2018-40"),
        ("II полугодие 2018 года", "interval", "2018-41"),
        ("октябрь 2018 года", "interval", "2018-10"),
        ("июнь - октябрь 2018 года", "interval", "2018-06/2018-10"),
        ("с 1 по 15 марта 2018 года", "interval", "2018-03-01/2018-03-15"),
        ("с 1 января 2018 года", "interval", "2018-01-01/.."),
        ("2017 год", "interval", "2017"),
        ("2018-2020 годы", "interval", "2018/2020"),
        ("в течение года", "interval", "2018"),
        ("постоянно в течение 2018 года", "continuous", "2018"),
        ("Постоянно", "continuous", ""),
        ("ежеквартально в 2018 году", "recurring", "2018"),
        ("в месячный срок после поступления предложений", "relative", ""),
        ("по мере необходимости", "on_demand", ""),
        ("____ 2019 года", "placeholder", ""),
        ("как карта ляжет", "unresolved", ""),
    ] {
        let deadline = deadline(words);
        let found = (deadline["kind"].as_str().unwrap(), strings(&deadline["edtf"]).join(" "));
        assert_eq!(found, (kind, edtf.to_owned()), "«{words}»");
        assert_eq!(deadline["intervals"].as_array().unwrap().len(), edtf.split_whitespace().count());
        assert_eq!(deadline["choice"], "all", "«{words}»");
    }
}

#[test]
fn candidates_are_told_from_terms_that_are_all_meant() {
    let doubtful = deadline("| квартал 2019 года");
    assert_eq!(doubtful["choice"], "one");
    assert_eq!(strings(&doubtful["edtf"]), ["2019-33", "2019-34", "2019-35"]);
    let code = |text: &str| read(text).diagnostics.into_iter().any(|one| one.code == "ambiguous-deadline");
    assert!(code(&plan_with("| квартал 2019 года", "Министерство культуры")));
    assert!(!code(&plan_with("I квартал 2019 года", "Министерство культуры")));
}

#[test]
fn a_recurrence_is_written_as_rfc_5545_has_it() {
    let last = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1";
    let after = "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20";
    let words = "ежеквартально, до 20 числа месяца, следующего за отчетным кварталом";
    for (words, frequency, times, rrule) in [
        ("ежеквартально", "quarterly", None, Some(last)),
        (words, "quarterly", None, Some(after)),
        ("ежемесячно", "monthly", None, Some("FREQ=MONTHLY;BYMONTHDAY=-1")),
        ("ежемесячно до 10 числа", "monthly", None, Some("FREQ=MONTHLY;BYMONTHDAY=10")),
        ("еженедельно", "weekly", None, Some("FREQ=WEEKLY")),
        ("ежедневно", "daily", None, Some("FREQ=DAILY")),
        ("ежегодно до 1 марта", "annual", None, Some("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1")),
        ("не менее 2 раз в год", "annual", Some(2), Some("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")),
    ] {
        let deadline = deadline(words);
        let found =
            (deadline["frequency"].as_str().unwrap(), deadline["times"].as_u64(), deadline["rrule"].as_str());
        assert_eq!(found, (frequency, times, rrule), "«{words}»");
    }
    assert_eq!(deadline("в течение 10 рабочих дней")["offset"], "P10B");
    assert_eq!(deadline("22 июня 2018 года в 10.00")["time"], "10:00");
}

/// The rows of a flat format as a reader of it sees them, the header among them.
fn rows(documents: &[&Document], delimiter: Delimiter) -> Vec<Vec<String>> {
    let mut rows = Rows::new(Vec::new(), delimiter).unwrap();
    documents.iter().for_each(|document| rows.document(document).unwrap());
    let bytes = rows.into_inner().unwrap();
    let mut reader = csv::ReaderBuilder::new();
    match delimiter {
        Delimiter::Comma => reader.has_headers(false),
        Delimiter::Excel => reader.has_headers(false).delimiter(b';'),
        Delimiter::Tab => reader.has_headers(false).delimiter(b'\t').quoting(false),
    };
    let records = reader.from_reader(bytes.as_slice()).into_records();
    records.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn flat_rows_read_back_as_they_were_written() {
    let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a column has the name of another");
    assert!(FIELDS.iter().all(|field| !field.meaning.trim().is_empty()));
    let documents: Vec<Document> = all_fixtures().iter().map(|(_, trace)| emit::document(trace)).collect();
    for delimiter in [Delimiter::Comma, Delimiter::Tab] {
        let rows = rows(&documents.iter().collect::<Vec<_>>(), delimiter);
        assert_eq!(rows[0], names);
        let measures = documents.iter().flat_map(|document| &document.plans).map(|plan| plan.measures.len());
        assert_eq!(rows.len(), 1 + measures.sum::<usize>(), "a row for each measure and nothing else");
        for (row, (document, plan, measure)) in rows[1..].iter().zip(documents.iter().flat_map(|document| {
            let plans = document.plans.iter();
            plans.flat_map(move |plan| plan.measures.iter().map(move |measure| (document, plan, measure)))
        })) {
            // A table of tabs has no line ends inside its cells.
            let flat = |value: String| match delimiter {
                Delimiter::Tab => value.replace('\n', " "),
                Delimiter::Comma | Delimiter::Excel => value,
            };
            let values = FIELDS.iter().map(|field| flat((field.value)(document, plan, measure)));
            assert_eq!(*row, values.collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_cell_with_every_separator_in_it_survives() {
    let mut document = emit::document(&trace(&plan_with("IV квартал", "Министерство культуры")));
    let hard = "\"Первый\"; второй,\nтретий\tи «=1+1»\r\nконец\"";
    document.plans[0].measures[0].text = hard.to_owned();
    let at = FIELDS.iter().position(|field| field.name == "text").unwrap();
    assert_eq!(rows(&[&document], Delimiter::Comma)[1][at], hard);
    assert_eq!(rows(&[&document], Delimiter::Tab)[1][at], hard.replace(['\t', '\n', '\r'], " "));
}
