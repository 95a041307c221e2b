//! The command as a person meets it: what it prints, where, and with which exit code.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{fixture_folders, plan_with, root};

const OUTREACH: &str = "fixtures/tula-2018-outreach/input.txt";
const ORDER: &str = "fixtures/kaluga-2018-order/input.txt";

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub said: String,
}

pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_svod"));
    command.args(words).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs svod. Whatever is asked of it, it never panics and never stops without a word about the reason.
#[track_caller]
pub fn svod(words: &[&str]) -> Ran {
    finished(&command(words).output().unwrap())
}

#[track_caller]
fn svod_with(words: &[&str], input: &[u8]) -> Ran {
    let mut child =
        command(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    finished(&child.wait_with_output().unwrap())
}

#[track_caller]
pub fn finished(output: &std::process::Output) -> Ran {
    let ran = Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        said: String::from_utf8(output.stderr.clone()).unwrap(),
    };
    assert!(!ran.said.contains("panicked") && !ran.said.contains("RUST_BACKTRACE"), "{}", ran.said);
    assert!(ran.code == Some(0) || !ran.said.is_empty(), "failed without a word");
    ran
}

/// What svod prints where all goes well.
#[track_caller]
fn prints(words: &[&str]) -> String {
    let ran = svod(words);
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""), "{words:?}");
    ran.out
}

/// What svod says where `words` fail with `code`.
#[track_caller]
fn fails(words: &[&str], code: i32) -> String {
    let ran = svod(words);
    assert_eq!(ran.code, Some(code), "{words:?}: {}", ran.said);
    ran.said
}

fn file(folder: &TempDir, name: &str, content: &[u8]) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_file_becomes_one_json_document() {
    let document = json(&prints(&["convert", OUTREACH]));
    assert_eq!(document["schema"], "svod.document/1");
    assert_eq!(document["source"]["path"], OUTREACH);
    assert_eq!(document["plans"][0]["measures"].as_array().unwrap().len(), 11);
    assert_eq!(json(&prints(&["convert", OUTREACH, "--format", "json"])), document);
}

#[test]
fn standard_input_is_read_like_a_file_and_named_by_a_hyphen() {
    let ran = svod_with(&["convert", "-"], &std::fs::read(root().join(OUTREACH)).unwrap());
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    let mut document = json(&ran.out);
    assert_eq!(document["source"]["path"], "-");
    document["source"]["path"] = OUTREACH.into();
    assert_eq!(document, json(&prints(&["convert", OUTREACH])));
    assert!(fails(&["convert", "-", "-"], 2).contains("standard input"));
}

#[test]
fn several_documents_are_a_line_each_in_the_order_of_the_words() {
    let lines = prints(&["convert", OUTREACH, ORDER, OUTREACH]);
    let paths: Vec<Value> = lines.lines().map(|line| json(line)["source"]["path"].clone()).collect();
    assert_eq!(paths, [OUTREACH, ORDER, OUTREACH]);
    assert_eq!(lines, prints(&["convert", "-f", "jsonl", OUTREACH, ORDER, OUTREACH]));
    assert!(fails(&["convert", "-f", "json", OUTREACH, ORDER], 2).contains("jsonl"));
}

#[test]
fn flat_formats_have_one_header_and_a_row_for_each_measure() {
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let printed = prints(&["convert", "--format", format, OUTREACH, ORDER]);
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(printed.as_bytes());
        let paths: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
        assert_eq!(paths, [vec![OUTREACH; 11], vec![ORDER; 10]].concat(), "{format}");
    }
}

#[test]
fn a_table_is_as_wide_as_asked_and_has_no_colours_in_a_pipe() {
    for width in [80, 120] {
        let drawn = prints(&["convert", "-f", "table", "--width", &width.to_string(), OUTREACH]);
        let borders: Vec<&str> = drawn.lines().filter(|line| line.starts_with('┌')).collect();
        assert_eq!(borders.len(), 1);
        assert!(borders[0].chars().count() <= width, "{}", borders[0]);
        assert!(!drawn.contains('\u{1b}') && drawn.contains("→ 2018-35"), "{drawn}");
    }
    let drawn = prints(&["convert", "-f", "table", OUTREACH]);
    assert_eq!(drawn, prints(&["convert", "-f", "table", "--width", "120", OUTREACH]));
}

#[test]
fn an_output_file_holds_what_would_be_printed() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "plan.json", b"what stood here before");
    assert_eq!(prints(&["convert", OUTREACH, "--output", &path]), "");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), prints(&["convert", OUTREACH]));
    assert_eq!(names(folder.path()), ["plan.json"]);
}

#[test]
fn an_output_file_stays_as_it_was_where_nothing_could_be_read() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "plan.json", b"what stood here before");
    assert!(fails(&["convert", "no-such-file.txt", "-o", &path], 1).contains("no-such-file.txt"));
    assert_eq!(std::fs::read(&path).unwrap(), b"what stood here before");
    assert_eq!(names(folder.path()), ["plan.json"]);
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_there() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("taken");
    std::fs::create_dir(&place).unwrap();
    let place = place.to_str().unwrap();
    assert!(fails(&["convert", OUTREACH, "-o", place], 1).contains(place));
    assert_eq!(names(folder.path()), ["taken"]);
    let nowhere = folder.path().join("no-such-folder/plan.json");
    let nowhere = nowhere.to_str().unwrap();
    assert!(fails(&["convert", OUTREACH, "-o", nowhere], 1).contains(nowhere));
}

#[cfg(unix)]
#[test]
fn an_output_file_may_be_read_by_whom_any_new_file_may_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let usual = file(&folder, "usual", b"");
    let path = folder.path().join("plan.json");
    prints(&["convert", OUTREACH, "-o", path.to_str().unwrap()]);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(format!("{:o}", mode(&path)), format!("{:o}", mode(Path::new(&usual))));
}

#[test]
fn what_is_no_document_is_named_with_advice_and_the_others_are_written() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing.txt").to_str().unwrap().to_owned();
    let here = folder.path().to_str().unwrap().to_owned();
    let cases = [
        (missing, "No such file"),
        (here, "name the files in it"),
        (file(&folder, "empty.txt", b""), "the input is empty"),
        (file(&folder, "scan.pdf", b"GIF89a"), "recognise it first"),
        (file(&folder, "noise.bin", b"\0\x01\x02\0\xff\xfe\0\x80\0\0\x03"), "save it as plain text first"),
    ];
    for (path, advice) in &cases {
        let said = fails(&["convert", path], 1);
        assert!(said.starts_with(&format!("svod: {path}: ")) && said.contains(advice), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let mut words = vec!["convert", "-f", "jsonl"];
    words.extend(cases.iter().map(|(path, _)| path.as_str()));
    words.extend([OUTREACH, ORDER]);
    let ran = svod(&words);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 2), "{}", ran.said);
    assert!(cases.iter().all(|(path, _)| ran.said.contains(path.as_str())));
    assert!(ran.said.ends_with("5 of 7 inputs failed\n"), "{}", ran.said);
}

#[test]
fn wrong_words_are_answered_with_how_to_say_it_right() {
    for (words, hint) in [
        (&["convert"][..], "<FILE>"),
        (&["convert", OUTREACH, "--format", "xml"], "jsonl"),
        (&["convert", OUTREACH, "--threads", "0"], "1..=1024"),
        (&["transmute"], "--help"),
        (&["explain"], "<FILE>"),
        (&["deadline", "IV квартал", "--period", "весна"], "2018-2020"),
        (&["completions", "cobol"], "bash"),
    ] {
        let said = fails(words, 2);
        assert!(said.contains(hint), "{words:?}: {said}");
    }
}

#[test]
fn a_folder_of_dictionaries_that_is_not_there_is_a_wrong_word_and_no_wrong_input() {
    let said = fails(&["convert", OUTREACH, "--dictionaries", "no-such-folder"], 2);
    assert!(said.contains("no-such-folder"), "{said}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = TempDir::new().unwrap();
    let small = file(&folder, "small.txt", plan_with("IV квартал", "Министерство культуры").as_bytes());
    for words in [
        &["convert", "-f", "json", &small][..],
        &["convert", "-f", "csv", &small],
        &["convert", "-f", "tsv", &small],
        &["convert", "-f", "jsonl", OUTREACH],
        &["convert", "-f", "csv", OUTREACH],
        &["convert", "-f", "tsv", OUTREACH, ORDER],
        &["convert", "-f", "table", OUTREACH],
        &["explain", OUTREACH],
        &["schema"],
        &["eval", "fixtures"],
        &["completions", "bash"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = command(words).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn the_schema_is_printed_and_names_its_dialect() {
    let printed = prints(&["schema"]);
    assert_eq!(printed, svod::emit::schema());
    assert_eq!(json(&printed)["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_shell_gets_a_script_that_completes_convert() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(prints(&["completions", shell]).contains("convert"), "{shell}");
    }
}

#[test]
fn a_value_is_explained_from_its_bytes_to_its_rule() {
    let tree = prints(&["explain", OUTREACH, "--measure", "8"]);
    assert!(tree.starts_with("measure 8 · lines 95–113 · confidence 0."), "{tree}");
    let deadline = "├─ deadline «3 квартал 2018 года»\n\
        │  ├─ line 104 [5605, 5621) 3 квартал\n\
        │  ├─ line 105 [5623, 5636) 2018 года\n\
        │  ├─ rule deadline.quarters\n\
        │  └─ interval 2018-07-01/2018-09-30\n";
    assert!(tree.contains(deadline), "{tree}");
    assert!(tree.contains("entity RU-TUL/ministerstvo-truda-i-sotsialnoy-zashchity · score "), "{tree}");
    assert_eq!(tree, prints(&["explain", OUTREACH, "-m", "8."]));
    let source = std::fs::read_to_string(root().join(OUTREACH)).unwrap();
    assert_eq!((&source[5605..5621], &source[5623..5636]), ("3 квартал", "2018 года"));
}

/// A box of two pages' worth of habits: a number in the middle of its row, an empty cell, a column that no heading names.
const DRAWN: &str = "План мероприятий Курганской области на 2019 год\n\n\
    ┌────┬──────────────────┬──────────────┬───────────────┐\n\
    │ №  │ Мероприятие      │ Срок         │ Исполнители   │\n\
    ├────┼──────────────────┼──────────────┼───────────────┤\n\
    │    │ Провести         │              │ Министерство  │\n\
    │ 1. │ обучение         │ до 1 мая     │ культуры      │\n\
    ├────┼──────────────────┼──────────────┼───────────────┤\n\
    │    │ Подготовить      │              │               │\n\
    │ 2. │ доклад           │              │ Отдел кадров  │\n\
    └────┴──────────────────┴──────────────┴───────────────┘\n";

#[test]
fn tables_are_drawn_with_what_each_decision_rested_on() {
    let ran = svod_with(&["explain", "-", "--draw"], DRAWN.as_bytes());
    let wanted = "\
table 1 · line 4 – line 10 · cells marked by tabs, pipes or a drawn box
│ number      «№» by its heading
│ measure     «Мероприятие» by its heading
│ deadline    «Срок» by its heading
│ executor    «Исполнители» by its heading
│ · rows reach from one drawn or empty line to the next: most of those blocks have one number
1
│ measure     Провести⏎ обучение
│ deadline    до 1 мая
│ executor    Министерство⏎ культуры
2
│ measure     Подготовить⏎ доклад
│ deadline    –
│ executor    Отдел кадров
⏎ a line end joined, ¶ an empty line joined, ⤓ a page's end joined, ↑ a cell merged from above, – an empty cell, ! doubtful
";
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), wanted), "{}", ran.said);
}

#[test]
fn what_was_moved_is_drawn_under_its_row() {
    let drawn = prints(&["explain", "--draw", "fixtures/invented/yaroslavl-2020-social-quality/input.txt"]);
    let row = drawn.split("\n1\n").nth(1).unwrap().split("\n2\n").next().unwrap();
    assert!(row.contains("«Ростовский⤓ социально-реабилитационный центр»"), "{row}");
    assert!(row.contains("│ ! line 20: Cells of a continued row were moved by 1 column(s)."), "{row}");
}

#[test]
fn a_repair_is_explained_with_its_rule() {
    let tree = prints(&["explain", OUTREACH, "--measure", "2"]);
    assert!(tree.contains("repair «сгенддх» → «стендах» by spelling.confusion (0."), "{tree}");
    assert!(tree.contains("Размещение на информационных сгенддх, на"), "the source's own words: {tree}");
}

#[test]
fn a_number_that_is_not_there_is_answered_with_those_that_are() {
    let ran = svod(&["explain", ORDER, "--measure", "77"]);
    assert_ne!(ran.code, Some(0));
    assert_eq!(ran.out, "");
    assert!(ran.said.contains(ORDER) && ran.said.contains("no measure 77"), "{}", ran.said);
    assert!(ran.said.contains("1, 2, 3, 4, 5, 6, 7, 8, 9, 10"), "{}", ran.said);
}

#[test]
fn a_term_is_read_alone_in_the_period_given() {
    let read = |words: &[&str]| prints(words).lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    let inferred = ["«IV квартал»", "interval 2018-10-01/2018-12-31 ~", "deadline.quarters"];
    assert_eq!(read(&["deadline", "IV квартал", "--period", "2018"]), inferred);
    assert_eq!(read(&["deadline", "IV квартал"])[1], "unresolved");
    assert_eq!(read(&["deadline", "в течение года", "--period", "2018-2020"])[1].matches("~").count(), 1);
    let school = ["deadline", "до 15 мая", "--period", "2022-09-01/2023-05-31"];
    assert_eq!(read(&school)[1], "date ../2023-05-15 ~");
}

#[test]
fn scores_are_given_for_machines_and_held_against_their_floors() {
    let scores = json(&prints(&["eval", "fixtures", "--json"]));
    let all: Vec<&String> = scores.as_object().unwrap().keys().collect();
    let present: Vec<String> = fixture_folders("fixtures")
        .iter()
        .map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(all, present.iter().collect::<Vec<_>>());
    let rows = &scores["kaluga-2018-order"]["rows"];
    assert_eq!((&rows["right"], &rows["of"], &rows["share"]), (&10.into(), &10.into(), &1.0.into()));

    let folder = TempDir::new().unwrap();
    let gate = |floor: &str| {
        let lines: Vec<String> = present.iter().map(|name| format!("[{name}]\nrows = {floor}\n")).collect();
        svod(&["eval", "fixtures", "--gate", &file(&folder, "scores.toml", lines.concat().as_bytes())])
    };
    assert_eq!((gate("1.0").code, gate("1.0").said.as_str()), (Some(0), ""));
    let fallen = gate("1.1");
    assert_eq!(fallen.code, Some(1));
    assert!(present.iter().all(|name| fallen.said.contains(&format!("{name}: rows is 1.0000"))));
}

#[test]
fn several_inputs_make_one_calendar_of_the_same_bytes_on_any_number_of_threads() {
    let one = svod(&["convert", OUTREACH, ORDER, "--format", "ics", "--threads", "1"]);
    let eight = svod(&["convert", OUTREACH, ORDER, "--format", "ics", "--threads", "8"]);
    assert_eq!((one.code, one.out == eight.out), (Some(0), true));
    assert_eq!(one.out.matches("BEGIN:VCALENDAR").count(), 1);
    assert!(one.out.ends_with("END:VCALENDAR\r\n"));
    assert!(one.said.contains("terms have no date and are not in the calendar"), "{}", one.said);
    assert!(one.said.contains("continuous"), "{}", one.said);
}

#[test]
fn a_name_is_shown_with_what_it_may_be_and_why_not() {
    let found = prints(&["dict", "find", "Минздрав Тульской обл."]);
    assert!(found.contains("RU-TUL/ministerstvo-zdravookhraneniya\n"), "{found}");
    assert!(!found.contains("not in the dictionary"), "{found}");
    let refused = prints(&["dict", "find", "Министерство обороны", "--region", "RU-TUL"]);
    assert!(refused.starts_with("not in the dictionary; the nearest are\n0.00 "), "{refused}");
    assert_eq!(prints(&["dict", "find", "ГУК «Театр»"]), "not in the dictionary\n");
    let old = prints(&["dict", "find", "Минобрнауки России", "--period", "2017"]);
    assert!(
        old.starts_with("0.9") && old.contains("\n     called so until 2018-05, followed by RU/"),
        "{old}"
    );
    assert!(old.contains("not called so at the time of the plan"), "{old}");
    let wrong = svod(&["dict", "find", "Минобрнауки России", "--period", "май"]);
    assert!(wrong.said.contains("«май» is no time; write it as 2018 or 2018/2020"), "{}", wrong.said);
    let wrong = svod(&["dict", "find", "Министерство культуры", "--region", "RU-XYZ"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(2), ""));
    assert!(wrong.said.contains("no subject has the code «RU-XYZ»"), "{}", wrong.said);
}

#[test]
fn a_folder_of_dictionaries_is_checked_with_file_line_and_reason() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_str().unwrap();
    let file = |name: &str, content: &str| std::fs::write(folder.path().join(name), content).unwrap();
    file("bodies.tsv", "# own\nsovet\tСовет старейшин {R}\tTUL\town\n");
    assert_eq!(prints(&["dict", "check", path]), format!("{path}: no fault\n"));
    file("bodies.tsv", "# own\nsovet\tСовет старейшин {R}\tXYZ\town\n");
    let wrong = svod(&["dict", "check", path]);
    assert_eq!(wrong.code, Some(2));
    let place = format!("{}:2: no subject has the code «RU-XYZ»", folder.path().join("bodies.tsv").display());
    assert!(wrong.said.contains(&place), "{}", wrong.said);
}

#[test]
fn unlinked_names_are_suggested_and_new_lines_tried_before_they_are_used() {
    let folder = TempDir::new().unwrap();
    let results = folder.path().join("results.jsonl");
    let plan = plan_with("постоянно", "Министерство чудес Тульской области, Министерство культуры");
    let twice = plan_with("постоянно", "министерству чудес Тульской области; Министерство снов");
    let one = |plan: &str| svod_with(&["convert", "-", "--format", "jsonl"], plan.as_bytes()).out;
    std::fs::write(&results, one(&plan) + &one(&twice)).unwrap();
    let results = results.to_str().unwrap();
    let suggested = prints(&["dict", "suggest", results]);
    assert_eq!(
        suggested,
        "ministerstvo-chudes\tМинистерство чудес {R}\tTUL\tseen 2 times\n\
         ministerstvo-snov\tМинистерство снов {R}\tTUL\tseen once\n"
    );
    let doubtful = "общественный совет при Правительстве Тульской области; УМВД России по Тульской области";
    let third = folder.path().join("third.jsonl");
    std::fs::write(&third, one(&plan_with("постоянно", doubtful))).unwrap();
    let lines = prints(&["dict", "suggest", third.to_str().unwrap()]);
    assert!(lines.contains("# pravitelstvo\tПравительство {R}\tTUL\tseen once\n"), "{lines}");
    assert!(lines.contains("# umvd-rossii-po\tУМВД России по {R}\tTUL\tseen once\n"), "{lines}");
    let new = folder.path().join("new.tsv");
    std::fs::write(&new, suggested.lines().next().unwrap()).unwrap();
    let tried = prints(&["dict", "try", new.to_str().unwrap(), results]);
    assert!(
        tried.contains("Министерство чудес Тульской области\t-\tRU-TUL/ministerstvo-chudes\n"),
        "{tried}"
    );
    assert!(tried.ends_with("2 of 4 links change\n"), "{tried}");
    let broken = svod(&["dict", "suggest", "README.md"]);
    assert!(broken.said.contains("README.md") && broken.code == Some(2), "{}", broken.said);
}
