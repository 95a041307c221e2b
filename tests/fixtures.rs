//! The documents as received: described, scored against their gold, and no word in them changed that was right.

use std::collections::{BTreeMap, BTreeSet};

use svod::Trace;
use svod::eval::{self, Evaluation, Floors};
use svod::text::Text;

use crate::support::{DICTIONARIES, SETS, claims, fixture_folders, fixtures, root};

/// Every repair of a Cyrillic letter, in fields and outside them: from, to, rule. Each was read against the source.
const REPAIRED: &[(&str, &[[&str; 3]])] = &[
    ("kaluga-2018-order", &[]),
    ("tula-2017-quality", &[]),
    (
        "tula-2018-outreach",
        &[
            ["'груда", "труда", "spelling.confusion"],
            ["Т ул ьско й", "Тульской", "letter-spacing.run"],
            ["Т ул ьской", "Тульской", "letter-spacing.run"],
            ["Туя ьской", "Тульской", "letter-spacing.split"],
            ["з д равоох ра йен: и я", "здравоохранения", "letter-spacing.run"],
            ["защ и ты", "защиты", "letter-spacing.run"],
            ["здрав о охран е н и я", "здравоохранения", "letter-spacing.run"],
            ["культура", "культуры", "name.dictionary"],
            ["мини стеретво", "министерство", "letter-spacing.split"],
            ["официальный", "официальных", "spelling.agreement"],
            ["потребителен", "потребителей", "spelling.confusion"],
            ["сгенддх", "стендах", "spelling.confusion"],
            ["со ци ал ьн ой", "социальной", "letter-spacing.run"],
            ["ш и/п", "№ п/п", "name.heading"],
        ],
    ),
];

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'А'..='я' | 'Ё' | 'ё')
}

/// The repairs of a trace that touch a Cyrillic letter, each once, sorted.
fn repaired(trace: &Trace) -> BTreeSet<[String; 3]> {
    let lines = trace.pages.iter().flat_map(|page| &page.lines);
    let cells: Vec<&Text> = lines.flat_map(|line| &line.cells).chain(claims(trace)).collect();
    let repairs = cells.into_iter().flat_map(Text::repairs).map(|repair| {
        let from: Vec<&str> = repair.origin.iter().map(|&span| trace.source.decoded.at(span)).collect();
        [from.join(" "), repair.to, repair.rule.as_str().to_owned()]
    });
    repairs.filter(|[from, to, _]| from.chars().chain(to.chars()).any(is_cyrillic)).collect()
}

#[test]
fn no_word_that_was_right_is_changed() {
    let found: Vec<(String, BTreeSet<[String; 3]>)> =
        fixtures().iter().map(|(name, trace)| (name.clone(), repaired(trace))).collect();
    let wanted: Vec<(String, BTreeSet<[String; 3]>)> = REPAIRED
        .iter()
        .map(|(name, rows)| ((*name).to_owned(), rows.iter().map(|row| row.map(str::to_owned)).collect()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_repair_in_the_list_stands_in_a_field_with_its_line() {
    for (name, trace) in fixtures() {
        let lines: Vec<&str> = trace.source.decoded.as_str().lines().collect();
        let listed = REPAIRED.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, rows)| rows);
        let repairs = svod::emit::document(&trace).repairs;
        for [from, to, rule] in listed {
            let repair = repairs.iter().find(|one| one.from == *from && one.to == *to && one.rule == *rule);
            let repair = repair.unwrap_or_else(|| panic!("{name}: «{from}» → «{to}» is in no field"));
            let first = from.split(' ').next().unwrap();
            assert!(
                lines[repair.line - 1].contains(first),
                "{name}: «{from}» is not in line {}",
                repair.line
            );
        }
    }
}

/// A measure of a fixture: its text and the words of its executors.
fn row(fixture: &str, number: &str) -> String {
    let (_, trace) = fixtures().into_iter().find(|(name, _)| name == fixture).unwrap();
    let document = svod::emit::document(&trace);
    let rows = document.plans.into_iter().flat_map(|plan| plan.measures);
    let row = rows.into_iter().find(|row| row.number.as_deref() == Some(number)).unwrap();
    let executors = row.executors.into_iter().map(|executor| executor.text);
    [row.text].into_iter().chain(executors).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_worst_words_of_the_scan_are_read() {
    assert!(row("tula-2018-outreach", "2").contains("на информационных стендах, на официальном сайте"));
    assert!(row("tula-2018-outreach", "5").contains("Министерство труда и социальной защиты"));
    let last = row("tula-2018-outreach", "11");
    assert!(last.contains("общественный совет при министерстве труда и социальной защиты Тульской области"));
    assert!(last.contains("министерство здравоохранения Тульской области"));
    assert!(last.contains("общественный совет при министерстве здравоохранения Тульской области"));
}

fn evaluations(set: &str) -> Vec<Evaluation> {
    let fixtures = eval::fixtures(&root().join(set)).unwrap();
    fixtures.iter().map(|fixture| eval::evaluate(fixture, &DICTIONARIES).unwrap()).collect()
}

fn floors(set: &str) -> Floors {
    Floors::read(&root().join(set).join("scores.toml")).unwrap()
}

#[test]
fn no_score_falls_and_every_rise_is_kept() {
    for set in SETS {
        let evaluations = evaluations(set);
        let (fallen, risen) = eval::floors(&evaluations, &floors(set));
        assert!(fallen.is_empty(), "{fallen:#?}; svod eval {set} --differences says what is not right");
        assert!(risen.is_empty(), "raise these floors in {set}/scores.toml: {risen:#?}");
    }
}

#[test]
fn every_score_of_every_fixture_has_a_floor() {
    for set in SETS {
        let floors = floors(set);
        for evaluation in evaluations(set) {
            let own: Vec<&str> = floors.0[&evaluation.name].keys().map(String::as_str).collect();
            assert_eq!(own, evaluation.scores.keys().copied().collect::<Vec<_>>(), "{}", evaluation.name);
            assert!(floors.0[&evaluation.name].values().all(|floor| (0.0..=1.0).contains(floor)));
        }
    }
}

#[test]
fn every_fixture_says_what_it_shows_where_it_is_from_and_under_what_licence() {
    for folder in SETS.iter().flat_map(|set| fixture_folders(set)) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let usual = name
            .split('-')
            .all(|part| part.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit()));
        assert!(usual && !name.is_empty(), "«{name}» is not of small letters, digits and hyphens");
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        assert_eq!(files, ["about.toml", "gold.json", "input.txt"], "{name}");
        let about = std::fs::read_to_string(folder.join("about.toml")).unwrap();
        let about: BTreeMap<String, String> = toml::from_str(&about).unwrap();
        for key in ["shows", "source", "licence", "gold"] {
            let said = about.get(key).unwrap_or_else(|| panic!("{name}: about.toml has no «{key}»"));
            assert!(said.trim().len() > 20 && said.trim().ends_with('.'), "{name}: {key} = «{said}»");
        }
        assert_eq!(about.len(), 4, "{name}: about.toml says what no one asked");
    }
}
