//! Scoring: gold that says what came out scores full; each thing that differs lowers its own score and no other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use svod::emit::Document;
use svod::eval::gold::{Deadline, Executor, Interval, Measure, Section};
use svod::eval::{Evaluation, Floors, Gold, Scores, compare, evaluate, fixtures, floors};
use tempfile::TempDir;

use crate::support::{DICTIONARIES, read, root};

const PLAN: &str = "УТВЕРЖДАЮ\nМинистр культуры\nТульской области\nА.В. Филиппов\n«29» марта 2018 г.\n\nПлан\n\
    мероприятий по улучшению качества услуг Тульской области на 2018 год\n\n\
    № п/п\tНаименование мероприятия\tСрок исполнения\tОтветственные исполнители\tРезультат\n\
    Открытость и доступность информации\t\t\t\t\n\
    1\tРазмещение сведений на официальном сайте\tIV квартал 2018 года\tМинистерство культуры, Общественная палата\tОткрытость информации\n\
    2\tОборудование входных групп пандусами\tдо 1 марта 2018 года\tМинистерство культуры\tДоступность помещений\n\
    Компетентность работников\t\t\t\t\n\
    3\tПовышение квалификации сотрудников\tежеквартально\tМинистерство культуры\tРост компетентности\n";

fn document() -> Document {
    read(PLAN)
}

/// Gold that says what the document says.
fn gold() -> Gold {
    serde_json::from_value(serde_json::to_value(document()).unwrap()).unwrap()
}

/// The names of the scores that are not full, and whether there is a line for each.
fn lowered(gold: &Gold, document: &Document) -> Vec<&'static str> {
    let (scores, differences) = compare(gold, document);
    let low: Vec<&str> =
        scores.iter().filter(|(_, count)| count.right < count.of).map(|(name, _)| *name).collect();
    for name in &low {
        let said = differences.iter().any(|line| line.starts_with(&format!("{name}: ")));
        assert!(said, "«{name}» fell and no line says why: {differences:?}");
    }
    low
}

/// Spoils the gold in one way; which scores fall.
#[track_caller]
fn spoiled(spoil: impl Fn(&mut Gold), wanted: &[&str]) {
    let mut gold = gold();
    spoil(&mut gold);
    assert_eq!(lowered(&gold, &document()), wanted);
}

fn row(gold: &mut Gold, nth: usize) -> &mut Measure {
    &mut gold.plans[0].measures[nth]
}

fn term(gold: &mut Gold) -> &mut Deadline {
    &mut gold.plans[0].measures[0].deadlines[0]
}

fn body(gold: &mut Gold, nth: usize) -> &mut Executor {
    &mut gold.plans[0].measures[0].executors[nth]
}

#[test]
fn gold_that_says_what_came_out_scores_full() {
    let (scores, differences) = compare(&gold(), &document());
    assert_eq!(differences, Vec::<String>::new());
    let drawn: Vec<String> =
        scores.iter().map(|(name, count)| format!("{name} {}/{}", count.right, count.of)).collect();
    let wanted = "approval 1/1, columns 1/1, deadlines 3/3, executors 4/4, fields 3/3, kind 1/1, numbers 3/3, \
        period 1/1, persons 4/4, region 1/1, rows 3/3, sections 3/3, signatory 1/1, text 3/3, title 1/1, wholly 3/3";
    assert_eq!(drawn.join(", "), wanted);
}

#[test]
fn the_heading_has_a_score_for_each_of_its_parts() {
    spoiled(|gold| gold.plans[0].title = Some("План закупок".to_owned()), &["title"]);
    spoiled(|gold| gold.plans[0].title = None, &["title"]);
    spoiled(|gold| gold.plans[0].kind = "roadmap".to_owned(), &["kind"]);
    spoiled(|gold| gold.plans[0].region.as_mut().unwrap().code = "RU-KLU".to_owned(), &["region"]);
    spoiled(|gold| gold.plans[0].period.as_mut().unwrap().end = "2019-12-31".to_owned(), &["period"]);
    spoiled(|gold| gold.plans[0].approval.as_mut().unwrap().date = None, &["approval"]);
    spoiled(|gold| gold.plans[0].approval.as_mut().unwrap().person = Some("И. Иванов".into()), &["approval"]);
    let signatory = serde_json::json!({ "person": "И. А. Щербакова", "position": null });
    spoiled(
        |gold| gold.plans[0].signatory = serde_json::from_value(signatory.clone()).unwrap(),
        &["signatory"],
    );
    spoiled(|gold| gold.plans[0].columns[4].role = "evidence".to_owned(), &["columns"]);
    spoiled(|gold| gold.plans[0].columns[1].header = "Цель".to_owned(), &["columns"]);
}

#[test]
fn a_cell_that_differs_lowers_its_score_and_the_rows() {
    spoiled(|gold| row(gold, 0).number = Some("7".to_owned()), &["numbers", "wholly"]);
    spoiled(|gold| row(gold, 0).text.push_str(" министерства"), &["text", "wholly"]);
    spoiled(|gold| row(gold, 0).fields = [("result".to_owned(), "Порядок".to_owned())].into(), &["fields"]);
    spoiled(|gold| row(gold, 0).fields = [("basis".to_owned(), "Закон".to_owned())].into(), &["fields"]);
}

#[test]
fn a_term_is_right_in_all_that_gold_says_of_it() {
    let deadlines = &["deadlines", "wholly"][..];
    spoiled(|gold| term(gold).intervals[0].end = Some("2018-12-30".to_owned()), deadlines);
    spoiled(|gold| term(gold).intervals[0].start = None, deadlines);
    spoiled(|gold| term(gold).intervals.push(Interval { start: None, end: None }), deadlines);
    spoiled(|gold| term(gold).kind = "date".to_owned(), deadlines);
    spoiled(|gold| term(gold).frequency = Some("annual".to_owned()), deadlines);
    spoiled(|gold| row(gold, 0).deadlines.clear(), deadlines);
    spoiled(
        |gold| {
            let again = term(gold).clone();
            row(gold, 0).deadlines.push(again);
        },
        deadlines,
    );
}

#[test]
fn dates_that_are_the_cells_own_are_told_from_dates_of_the_plans_period() {
    spoiled(|gold| term(gold).inferred = true, &["deadlines", "wholly"]);
}

#[test]
fn executors_are_counted_by_name_and_persons_by_the_rest() {
    let executors = &["executors", "wholly"][..];
    spoiled(|gold| row(gold, 0).executors.truncate(1), executors);
    spoiled(
        |gold| {
            let mut other = body(gold, 0).clone();
            other.name = "Министерство финансов".to_owned();
            row(gold, 0).executors.push(other);
        },
        executors,
    );
    spoiled(|gold| body(gold, 1).name = "Счётная палата".to_owned(), executors);
    spoiled(|gold| body(gold, 1).by_agreement = true, &["persons"]);
    spoiled(|gold| body(gold, 1).kind = "person".to_owned(), &["persons"]);
    spoiled(|gold| body(gold, 1).position = Some("министр".to_owned()), &["persons"]);
}

#[test]
fn an_invented_executor_counts_as_much_as_a_missing_one() {
    let mut gold = gold();
    row(&mut gold, 0).executors.truncate(1);
    let count = compare(&gold, &document()).0["executors"];
    assert_eq!((count.right, count.of), (3, 4), "one right for one wanted and one invented in the first row");
}

#[test]
fn a_row_is_found_missing_or_invented_and_the_others_stay_with_their_partners() {
    for nth in 0..3 {
        spoiled(|gold| drop(gold.plans[0].measures.remove(nth)), &["rows"]);
        let added =
            Measure { text: "Закупка автобусов".to_owned(), ..row(&mut gold(), nth).clone() };
        spoiled(|gold| gold.plans[0].measures.insert(nth, added.clone()), &["rows", "wholly"]);
    }
}

#[test]
fn a_section_is_told_by_its_number_and_title() {
    let title = |gold: &mut Gold| gold.plans[0].sections[1].title = "Охрана труда".to_owned();
    spoiled(title, &["sections"]);
    let mut gold = gold();
    title(&mut gold);
    let count = compare(&gold, &document()).0["sections"];
    assert_eq!((count.right, count.of), (2, 3), "the third row stands under it, the other two do not");
    spoiled(|gold| row(gold, 1).section = None, &["sections"]);
    spoiled(|gold| row(gold, 1).section = Some(1), &["sections"]);
    spoiled(|gold| gold.plans[0].sections[0].number = Some("I".to_owned()), &["sections"]);
    let before = Section { number: None, title: "Прочее".to_owned() };
    spoiled(
        |gold| {
            gold.plans[0].sections.insert(0, before.clone());
            gold.plans[0].measures.iter_mut().for_each(|row| row.section = row.section.map(|at| at + 1));
        },
        &[],
    );
}

#[test]
fn a_plan_that_is_missing_or_invented_costs_all_of_its_rows() {
    let (scores, _) = compare(&gold(), &read("Просто письмо."));
    assert_eq!((scores["rows"].right, scores["rows"].of), (0, 3));
    assert_eq!((scores["wholly"].right, scores["wholly"].of), (0, 3));
    let none = Gold { plans: Vec::new() };
    assert_eq!(lowered(&none, &document()), ["rows"]);
}

#[test]
fn the_heading_of_a_plan_that_is_missing_is_not_right() {
    let (scores, _) = compare(&gold(), &read("Просто письмо."));
    let heading = ["approval", "columns", "kind", "period", "region", "title"];
    let full: Vec<&str> = heading.into_iter().filter(|name| scores[name].share() == 1.0).collect();
    assert_eq!(full, Vec::<&str>::new(), "full, though nothing was found");
}

#[test]
fn letter_case_yo_quotes_and_spaces_make_no_difference() {
    compared(&[
        ("Счётная палата", "СЧЕТНАЯ  ПАЛАТА", true),
        ("ГУТО «Центр помощи»", "ГУТО « Центр помощи »", true),
        ("ГУТО «Центр помощи»", "ГУТО \"Центр помощи\"", true),
        ("ГУТО «Центр помощи»", "ГУТО “Центр помощи”", true),
        ("ГУТО «Центр помощи»", "ГУТО „Центр помощи“", true),
        ("ГУТО «Центр помощи»", "ГУТО 'Центр\u{a0}помощи'", true),
        ("Центр\tпомощи\nсемье ", " Центр помощи семье", true),
        ("Центр помощи", "Центрпомощи", false),
        ("Центр помощи", "Центр помощи.", false),
        ("центр-приют", "центр приют", false),
        ("Мой", "Мои", false),
        ("№ 1", "№ 2", false),
    ]);
}

#[test]
fn single_quotes_are_quotes_too() {
    compared(&[("ГУТО «Центр помощи»", "ГУТО ‘Центр помощи’", true)]);
}

/// Each pair as an executor's name and as a title: wanted, found, whether they are equal.
#[track_caller]
fn compared(pairs: &[(&str, &str, bool)]) {
    for &(wanted, found, equal) in pairs {
        let (mut gold, mut document) = (gold(), document());
        row(&mut gold, 0).executors[1].name = wanted.to_owned();
        document.plans[0].measures[0].executors[1].name = found.to_owned();
        gold.plans[0].title = Some(wanted.to_owned());
        document.plans[0].title = Some(found.to_owned());
        let low = if equal { &[][..] } else { &["executors", "title", "wholly"] };
        assert_eq!(lowered(&gold, &document), low, "«{wanted}» and «{found}»");
    }
}

/// An evaluation with one score.
fn evaluation(name: &str, right: usize, of: usize) -> Evaluation {
    let scores: Scores = [("rows", svod::eval::Count { right, of })].into();
    Evaluation { name: name.to_owned(), scores, differences: Vec::new() }
}

fn floor(name: &str, score: &str, floor: f64) -> Floors {
    Floors([(name.to_owned(), BTreeMap::from([(score.to_owned(), floor)]))].into())
}

#[test]
fn a_score_below_its_floor_fails_and_one_above_asks_for_more() {
    let found = [evaluation("tula", 3, 4)];
    assert_eq!(floors(&found, &floor("tula", "rows", 0.75)), (vec![], vec![]));
    let (fallen, risen) = floors(&found, &floor("tula", "rows", 0.8));
    assert_eq!((fallen[0].as_str(), risen.len()), ("tula: rows is 0.7500 (3/4), its floor 0.8000", 0));
    let (fallen, risen) = floors(&found, &floor("tula", "rows", 0.7));
    assert_eq!((fallen.len(), risen[0].as_str()), (0, "tula: rows is 0.7500 (3/4), its floor 0.7000"));
    assert_eq!(floors(&[evaluation("tula", 0, 0)], &floor("tula", "rows", 1.0)), (vec![], vec![]));
}

#[test]
fn a_share_is_never_rounded_up() {
    let (fallen, _) = floors(&[evaluation("tula", 29_999, 30_000)], &floor("tula", "rows", 1.0));
    assert_eq!(fallen, ["tula: rows is 0.9999 (29999/30000), its floor 1.0000"]);
}

#[test]
fn a_gate_that_does_not_fit_the_fixtures_fails() {
    let found = [evaluation("tula", 4, 4)];
    let fallen = |floors_of: &Floors| floors(&found, floors_of).0.join("\n");
    assert!(fallen(&floor("omsk", "rows", 1.0)).contains("omsk: has floors and was not evaluated"));
    assert!(fallen(&floor("omsk", "rows", 1.0)).contains("tula: has no floors"));
    assert_eq!(fallen(&floor("tula", "beauty", 0.0)), "tula: there is no score «beauty»");
}

/// A folder with one fixture whose gold has this text.
fn folder(gold: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let fixture = folder.path().join("small");
    std::fs::create_dir(&fixture).unwrap();
    std::fs::write(fixture.join("input.txt"), PLAN).unwrap();
    std::fs::write(fixture.join("gold.json"), gold).unwrap();
    (folder, fixture.join("gold.json"))
}

fn said(folder: &TempDir) -> String {
    fixtures(folder.path()).unwrap_err().to_string()
}

#[test]
fn gold_that_is_none_is_named_with_the_place() {
    let (broken, path) = folder("{\n \"plans\": [,]\n}\n");
    assert!(said(&broken).starts_with(&format!("{}: ", path.display())), "{}", said(&broken));
    assert!(said(&broken).contains("line 2 column 12"), "{}", said(&broken));
    let (keyless, path) =
        folder("{\"plans\": [\n{\"title\": \"План\", \"kind\": \"plan\",\n\"columns\": []}]}");
    assert!(said(&keyless).starts_with(&path.display().to_string()), "{}", said(&keyless));
    assert!(said(&keyless).contains("sections") && said(&keyless).contains("line 3"), "{}", said(&keyless));
    let empty = TempDir::new().unwrap();
    assert!(said(&empty).contains("gold.json"), "{}", said(&empty));
}

#[test]
fn scores_that_are_no_table_are_named_with_the_place() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("scores.toml");
    for wrong in ["[tula]\nrows = 1.0\ntext = much\n", "[tula]\nrows = 1.0\ntext = \"much\"\n"] {
        std::fs::write(&path, wrong).unwrap();
        let said = Floors::read(&path).unwrap_err().to_string();
        let reason = said.strip_prefix(&path.display().to_string()).expect("the file is named");
        assert!(reason.contains('3'), "the third line is not named: {said}");
    }
}

#[test]
fn the_command_gives_the_scores_of_its_folder_and_says_what_differs() {
    let mut wanted = serde_json::to_value(document()).unwrap();
    wanted["plans"][0]["measures"][0]["number"] = "7".into();
    let (folder, _) = folder(&wanted.to_string());
    let scores = evaluate(&fixtures(folder.path()).unwrap()[0], &DICTIONARIES).unwrap().scores;
    assert_eq!((scores["numbers"].right, scores["numbers"].of), (2, 3));
    let gate = folder.path().join("scores.toml");
    std::fs::write(&gate, "[small]\nnumbers = 1.0\nrows = 0.5\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_svod"));
    let ran = command.current_dir(root()).arg("eval").arg(folder.path()).arg("--differences");
    let output = ran.arg("--gate").arg(&gate).output().unwrap();
    let (out, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(out.contains("numbers: wanted Some(\"7\"), found Some(\"1\")") && out.contains("2/3"), "{out}");
    assert!(said.contains("below the floor: small: numbers is 0.66") && said.contains("(2/3)"), "{said}");
    assert!(said.contains("raise the floor: small: rows is 1.0000 (3/3), its floor 0.5000"), "{said}");
}
