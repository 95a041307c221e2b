//! One plan, many dumps: what real tools make of a typeset plan gives the measures of its one gold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use svod::emit::{self, Document};
use svod::eval::{self, Count, Evaluation, Fixture, Floors};
use svod::text::Span;

use crate::support::{DICTIONARIES, claims, folders, root};

const SET: &str = "fixtures/dumps";

/// Even odds.
const EVEN: f64 = 0.5;

/// The tools that read a picture: what they print has misread letters too.
const RECOGNISED: [&str; 2] = ["tesseract", "tesseract-layout"];

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| eval::fixtures(&root().join(SET)).unwrap());

static EVALUATIONS: LazyLock<Vec<Evaluation>> = LazyLock::new(|| {
    FIXTURES.iter().map(|fixture| eval::evaluate(fixture, &DICTIONARIES).unwrap()).collect()
});

static EXCEPTIONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str(&std::fs::read_to_string(root().join(SET).join("exceptions.toml")).unwrap()).unwrap()
});

fn tool(name: &str) -> &str {
    name.split_once('/').unwrap().1
}

fn is_exception(name: &str) -> bool {
    EXCEPTIONS.contains_key(name) || EXCEPTIONS.contains_key(&format!("*/{}", tool(name)))
}

/// The sum of a score over the dumps that a person could restore, of recognised text or of the others.
fn sum(score: &str, recognised: bool) -> Count {
    let mut sum = Count::default();
    let own = EVALUATIONS.iter().filter(|own| RECOGNISED.contains(&tool(&own.name)) == recognised);
    for evaluation in own.filter(|own| !is_exception(&own.name)) {
        let count = evaluation.scores[score];
        sum.right += count.right;
        sum.of += count.of;
    }
    sum
}

#[test]
fn every_plan_is_dumped_by_eight_tools_at_least() {
    let plans = folders(&root().join(SET));
    assert!(plans.len() >= 6, "{plans:?}");
    for plan in plans {
        let name = plan.file_name().unwrap().to_str().unwrap();
        let own = |fixture: &&Fixture| fixture.name.starts_with(&format!("{name}/"));
        let tools: BTreeSet<&str> = FIXTURES.iter().filter(own).map(|own| tool(&own.name)).collect();
        assert!(tools.len() >= 8, "{name}: {tools:?}");
        for file in ["source.html", "gold.json", "about.toml"] {
            assert!(plan.join(file).is_file(), "{name} has no {file}");
        }
    }
}

#[test]
fn every_row_that_a_person_could_restore_is_found_and_none_invented() {
    for recognised in [false, true] {
        let rows = sum("rows", recognised);
        assert!(rows.of > 0 && rows.right == rows.of, "{rows:?}");
    }
}

#[test]
fn clean_dumps_give_the_measures_of_the_gold_and_recognised_ones_nearly_all() {
    let (clean, recognised) = (sum("wholly", false), sum("wholly", true));
    assert!(clean.share() >= 0.95, "{clean:?}");
    assert!(recognised.share() >= 0.85, "{recognised:?}");
}

/// The kinds of files that a plan is kept as besides its dumps.
const FILES: [&str; 7] =
    ["plan.docx", "plan.html", "plan.ods", "plan.odt", "plan.rtf", "plan.xls", "plan.xlsx"];

#[test]
fn a_file_of_an_office_program_gives_the_measures_of_the_gold() {
    for file in FILES {
        let own: Vec<&Evaluation> = EVALUATIONS.iter().filter(|own| tool(&own.name) == file).collect();
        assert_eq!(own.len(), folders(&root().join(SET)).len(), "{file}");
        let mut wholly = Count::default();
        for evaluation in own {
            wholly.right += evaluation.scores["wholly"].right;
            wholly.of += evaluation.scores["wholly"].of;
        }
        assert!(wholly.of > 70 && wholly.share() >= 0.98, "{file}: {wholly:?}");
    }
}

#[test]
fn every_letter_of_an_office_file_stands_in_one_field_or_in_the_residue() {
    for fixture in FIXTURES.iter().filter(|own| FILES.contains(&tool(&own.name))) {
        let trace =
            svod::trace(&fixture.name, &std::fs::read(&fixture.input).unwrap(), &DICTIONARIES).unwrap();
        assert_eq!(format!("plan.{}", trace.source.format.name()), tool(&fixture.name));
        let source = trace.source.decoded.as_str();
        let mut owners = vec![0; source.len()];
        let mut take = |origin: &[Span]| {
            origin.iter().for_each(|span| owners[span.range()].iter_mut().for_each(|count| *count += 1));
        };
        claims(&trace).iter().for_each(|text| take(&text.origin()));
        for approval in trace.plans.iter().filter_map(|plan| plan.approval.as_ref()) {
            let act = approval.act.iter().flat_map(|act| &act.date);
            approval.date.iter().chain(act).for_each(|date| take(&date.origin));
        }
        let mut free = String::new();
        for (at, sign) in source.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
            assert!(owners[at] <= 1, "{}: «{sign}» at byte {at} is in two fields", fixture.name);
            free.extend((owners[at] == 0).then_some(sign));
        }
        let kept: String = emit::document(&trace).residue.into_iter().map(|own| own.text).collect();
        assert_eq!(
            kept.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>(),
            free,
            "{}",
            fixture.name
        );
    }
}

#[test]
fn no_score_of_a_dump_falls_and_every_rise_is_kept() {
    let floors = Floors::read(&root().join(SET).join("scores.toml")).unwrap();
    let (fallen, risen) = eval::floors(&EVALUATIONS, &floors);
    assert!(fallen.is_empty(), "{fallen:#?}; svod eval {SET} --differences says what is not right");
    assert!(risen.is_empty(), "raise these floors in {SET}/scores.toml: {risen:#?}");
    for evaluation in EVALUATIONS.iter() {
        let own: Vec<&str> = floors.0[&evaluation.name].keys().map(String::as_str).collect();
        assert_eq!(own, evaluation.scores.keys().copied().collect::<Vec<_>>(), "{}", evaluation.name);
    }
}

#[test]
fn every_exception_names_a_dump_and_stands_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("fixtures/README.md")).unwrap();
    for (name, reason) in EXCEPTIONS.iter() {
        let known = FIXTURES.iter().any(|own| own.name == *name || format!("*/{}", tool(&own.name)) == *name);
        assert!(known, "there is no dump {name}");
        assert!(readme.contains(name) && readme.contains(reason), "{name} is not in fixtures/README.md");
    }
}

/// What is doubtful in a document: it holds no plan, a row is uncertain, or a measure is given less than even odds.
fn doubts(document: &Document) -> usize {
    let codes = ["no-plan", "uncertain-row", "number-gap", "unplaced-text", "missing-deadline"];
    let said = document.diagnostics.iter().filter(|own| codes.contains(&own.code.as_str())).count();
    let measures = document.plans.iter().flat_map(|plan| &plan.measures);
    said + measures.filter(|measure| measure.confidence < EVEN).count()
}

#[test]
fn where_a_part_of_the_table_is_gone_it_is_said() {
    for fixture in FIXTURES.iter().filter(|fixture| is_exception(&fixture.name)) {
        let bytes = std::fs::read(&fixture.input).unwrap();
        let document = svod::read(&fixture.name, &bytes, &DICTIONARIES).unwrap();
        let evaluation = EVALUATIONS.iter().find(|own| own.name == fixture.name).unwrap();
        let wrong = evaluation.scores["wholly"].of - evaluation.scores["wholly"].right;
        assert!(
            wrong == 0 || doubts(&document) > 0,
            "{}: {wrong} are wrong and nothing is said",
            fixture.name
        );
    }
}
