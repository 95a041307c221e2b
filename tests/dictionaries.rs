//! The contract of the dictionaries: every rule holds its own examples, every row has its form, a user's own go over them.

use std::collections::{BTreeMap, BTreeSet};

use svod::dictionaries::{Dictionaries, Pattern, SlotReader, Tokens, Value, fold, roman, roman_of};
use svod::plan::Role;

use crate::support::{DICTIONARIES, root};

fn slots() -> SlotReader<'static> {
    DICTIONARIES.phrases.slots()
}

#[test]
fn every_rule_for_headings_and_blocks_reads_and_refuses_what_it_says() {
    let faults = DICTIONARIES.faults();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_rule_has_a_name_and_a_pattern_of_its_own() {
    let files = ["headings.toml", "blocks.toml", "deadlines.toml"];
    for key in ["id", "pattern"] {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for file in files {
            let text = std::fs::read_to_string(root().join("dictionaries").join(file)).unwrap();
            let start = format!("{key} = ");
            for value in text.lines().filter_map(|line| line.strip_prefix(start.as_str())) {
                let before = seen.insert(value.to_owned(), file);
                assert_eq!(before, None, "{key} {value} stands twice, again in {file}");
            }
        }
        assert!(seen.len() > 80, "only {} of {key}", seen.len());
    }
}

/// A pattern, what it takes in from the first word to the last, and near misses.
const CONSTRUCTS: &[(&str, &str, &str)] = &[
    ("план", "план; ПЛАН; план.", "плана; планы; пла; план ."),
    ("план~", "план; плана; ПЛАНАМИ", "планирование; плановый; пла"),
    ("отчёт", "отчет; отчёт; ОТЧЁТ", "отчёты; счёт"),
    ("(план~|график) работ~", "план работ; графиК работы; планы работы", "графика работ; работ; план"),
    (
        "до [начала|конца] года",
        "до года; до начала года; до конца года",
        "до середины года; до начала конца года; до",
    ),
    ("[примерн~] (план [работ~]|график)", "план; примерный план работы; график", "график работы; примерный"),
    ("план - график", "план-график; план – график; План—график", "план график; планграфик"),
    ("№ <count>", "№ 2; №2; № два", "N 2; 2; №"),
    ("срок \\( план~ \\)", "срок (план); СРОК ( плана )", "срок план; срок (план; срок [план]"),
    (
        "<quarters> <years>",
        "IV квартал 2018 года; 2-3 кв. 2018 г.; I, II кварталы 2018-2019 гг.",
        "V квартал 2018 года; IV квартал; квартал 2018 года",
    ),
    ("<months>", "март; январь – февраль; март, апрель", "мартовский; 3; январь –"),
    ("до <days>", "до 25.12.2018; до 1 марта; до 1 марта 2018 года", "до марта; до 32.01.2018; до 25"),
    ("<count> раз", "3 раз; трех раз; 3 (трех) раз", "раз; 3 (двух) раз; несколько раз"),
    ("<length> срок", "месячный срок; трехдневный срок; 10-дневный срок", "новый срок; 10 срок"),
    ("<blank> <years>", "____ 2019 года; _ _ 2019 г.", "_ 2019 года; 2019 года"),
    ("<recurrence>", "ежеквартально; Ежемесячный; ежегодно", "квартально; ежечасно"),
];

#[test]
fn a_pattern_takes_in_what_its_constructs_say_and_nothing_near_it() {
    let slots = slots();
    for (pattern, reads, refuses) in CONSTRUCTS {
        let compiled = Pattern::new(pattern).unwrap();
        for (texts, wanted) in [(reads, true), (refuses, false)] {
            for text in texts.split("; ") {
                let whole = compiled.match_whole(&Tokens::new(text), &slots).is_some();
                assert_eq!(whole, wanted, "{pattern} against «{text}»");
            }
        }
    }
}

#[test]
fn the_longest_way_through_a_pattern_wins() {
    let pattern = Pattern::new("план [работ~|работ~ на <years>]").unwrap();
    let end = |text: &str| pattern.match_at(&Tokens::new(text), 0, &slots()).map(|found| found.end);
    assert_eq!(end("план работы на 2018 год и далее"), Some(5), "up to «год»");
    assert_eq!(end("план работы на лето"), Some(2), "up to «работы»");
    assert_eq!(end("работа по плану"), None);
}

#[test]
fn a_pattern_that_is_no_pattern_is_refused_with_its_reason() {
    let cases = [
        ("", "the pattern is empty"),
        ("(план|график", "a group is not closed by «)»"),
        ("[план", "a group is not closed by «]»"),
        ("(план]", "a group is not closed by «)»"),
        ("план)", "«)» in the pattern closes nothing"),
        ("план | график", "«|» in the pattern closes nothing"),
        ("(план|)", "a group has an empty alternative; write [..] instead"),
        ("<срок>", "there is no slot <срок>"),
        ("<years", "a slot is not closed by «>»"),
        ("план \\", "a backslash ends the pattern"),
    ];
    for (pattern, reason) in cases {
        assert_eq!(Pattern::new(pattern).expect_err(pattern), reason);
    }
}

/// What a slot alone reads from `text`, drawn.
fn slot(name: &str, text: &str) -> String {
    let found = Pattern::new(name).unwrap().match_whole(&Tokens::new(text), &slots());
    match found.as_ref().map(|found| &found.values[0].value) {
        None => "-".to_owned(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Parts(parts)) => {
            let ranges: Vec<String> = parts.ranges.iter().map(|(a, b)| format!("{a}..{b}")).collect();
            ranges.join(if parts.one_of { " or " } else { " and " })
        }
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn numerals_are_read_whole_and_where_damaged_only_as_far_as_they_decide() {
    for value in 1..40 {
        let written = roman_of(value).unwrap();
        assert_eq!(roman(&written), Some(value), "{written}");
        assert_eq!(roman(&written.replace('I', "І").replace('X', "Х")), Some(value), "{written} in Cyrillic");
    }
    for nothing in ["", "IIII", "VV", "IIX", "XL", "L", "1", "П", "iv"] {
        assert_eq!(roman(nothing), None, "«{nothing}»");
    }
    assert_eq!((roman_of(0), roman_of(40), roman("Ⅳ")), (None, None, Some(4)));
    let cases = [
        ("IV квартал", "4..4"),
        ("1У квартал", "4..4"),
        ("П квартал", "2..2"),
        ("Ш кв.", "3..3"),
        ("I-Ш кварталы", "1..3"),
        ("I, III кварталы", "1..1 and 3..3"),
        ("второй квартал", "2..2"),
        ("| квартал", "1..1 or 2..2 or 3..3"),
        ("Ж квартал", "-"),
        ("5 квартал", "-"),
    ];
    for (text, wanted) in cases {
        assert_eq!(slot("<quarters>", text), wanted, "«{text}»");
    }
}

#[test]
fn numbers_are_read_in_words_and_digits() {
    let cases = [("3", "3"), ("трех", "3"), ("3 (трех)", "3"), ("Двенадцати", "12"), ("1000", "1000")];
    for (text, wanted) in cases {
        assert_eq!(slot("<count>", text), wanted, "«{text}»");
    }
    for text in ["3 (двух)", "третий", "1001", "9999999999", "-3"] {
        assert_eq!(slot("<count>", text), "-", "«{text}»");
    }
}

#[test]
fn the_lexicon_knows_words_in_all_their_forms_and_no_nonsense() {
    let known = "министерство министерства министерству министерством министерстве министерств министерствам \
        министерствами министерствах мероприятие мероприятия мероприятию мероприятием мероприятии мероприятий \
        мероприятиям мероприятиями мероприятиях социальный социального социальному социальным социальном социальная \
        социальную социальной социальное социальные социальных социальными обеспечить обеспечивает обеспечен \
        информационно разъяснительной объём объем съезд Тульской Калужская";
    let unknown: Vec<&str> =
        known.split_whitespace().filter(|word| !DICTIONARIES.spelling.lexicon.knows(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let nonsense = "сгенддх ьсой стеретво мероприягие оведение щзш плпн министсрство";
    let taken: Vec<&str> =
        nonsense.split_whitespace().filter(|word| DICTIONARIES.spelling.lexicon.knows(word)).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

/// The rows of an embedded table as cells.
fn rows(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("dictionaries").join(file)).unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn every_subject_has_a_code_and_all_its_cases() {
    let rows = rows("regions.tsv");
    assert_eq!(rows.len(), 89);
    let codes: BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(codes.len(), 89, "a code stands twice");
    for row in &rows {
        let own = row[0].strip_prefix("RU-").unwrap_or_default();
        let shaped = (2..=3).contains(&own.len()) && own.bytes().all(|letter| letter.is_ascii_uppercase());
        assert!(shaped, "{}", row[0]);
        for form in &row[1..7] {
            let cyrillic =
                form.chars().all(|sign| matches!(sign, 'А'..='я' | 'ё' | ' ' | '-' | '–' | '(' | ')'));
            assert!(!form.is_empty() && cyrillic, "{}: «{form}»", row[0]);
        }
    }
}

#[test]
fn every_form_of_a_subject_is_that_subject_and_no_other() {
    for row in rows("regions.tsv") {
        let others = row[7].split("; ").filter(|other| *other != "-");
        for form in row[1..7].iter().map(String::as_str).chain(others) {
            for text in [form.to_owned(), form.to_uppercase(), form.replace('–', "-")] {
                let found = DICTIONARIES.registry.regions_in(&Tokens::new(&text));
                let codes: Vec<&str> = found
                    .iter()
                    .map(|&(region, _)| DICTIONARIES.registry.region(region).unwrap().region.code.as_str())
                    .collect();
                assert_eq!(codes, [row[0].as_str()], "«{text}»");
            }
        }
    }
}

#[test]
fn a_confusion_costs_less_than_a_wrong_letter_and_never_nothing() {
    let rows = rows("confusions.tsv");
    assert!(rows.len() > 80);
    for row in rows {
        let cost: u32 = row[2].parse().unwrap();
        assert!((1..svod::dictionaries::EDIT).contains(&cost), "{row:?}");
        assert!(!row[0].is_empty() && row[1].chars().all(|letter| matches!(letter, 'а'..='я')), "{row:?}");
        assert_ne!(fold(&row[0]), row[1], "a letter is not misread as itself");
    }
}

/// The dictionaries with one file of a user's own over them.
fn with_file(name: &str, content: &str) -> svod::Result<Dictionaries> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    Dictionaries::with_directory(folder.path())
}

const OWN_RULE: &str = r#"
[[rule]]
id = "heading.own"
pattern = "кому поручено"
gives = "executor"
reads = ["Кому поручено"]
refuses = ["Кому"]
"#;

#[test]
fn a_file_of_the_users_own_goes_over_the_embedded_one() {
    let role = |dictionaries: &Dictionaries, text: &str| {
        let slots = dictionaries.phrases.slots();
        dictionaries.headings.roles.longest_at(&Tokens::new(text), 0, &slots).map(|best| best.rule.gives)
    };
    assert_eq!(role(&DICTIONARIES, "Кому поручено"), None);
    let own = with_file("headings.toml", OWN_RULE).unwrap();
    assert_eq!(role(&own, "Кому поручено"), Some(Role::Executor));
    assert_eq!(role(&own, "Срок исполнения"), Some(Role::Deadline), "the others are still there");
    let replaced = OWN_RULE.replace("heading.own", "heading.note");
    let own = with_file("headings.toml", &replaced).unwrap();
    assert_eq!(role(&own, "Примечание"), None, "a rule of the same name takes the other's place");
    let own = with_file("bodies.tsv", "sovet\tСовет старейшин {R}\tTUL\tmade up\n").unwrap();
    let region = own.registry.regions_in(&Tokens::new("Тульская область"))[0].0;
    let found = own.registry.bodies_like("Советом старейшин", Some(region));
    assert_eq!(own.registry.name(found[0]), "Совет старейшин Тульской области");
}

#[test]
fn an_empty_folder_changes_nothing_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let same = Dictionaries::with_directory(folder.path()).unwrap();
    assert_eq!(same.headings.roles.iter().count(), DICTIONARIES.headings.roles.iter().count());
    let error = Dictionaries::with_directory(&folder.path().join("none")).unwrap_err().to_string();
    assert!(error.contains("none: cannot be read"), "{error}");
}

#[track_caller]
fn refused(file: &str, content: &str, wanted: &str) {
    let error = with_file(file, content).err().map_or("no error".to_owned(), |error| error.to_string());
    assert!(error.contains(wanted), "wanted {wanted}, found {error}");
}

#[test]
fn a_broken_file_is_refused_by_name_line_and_reason() {
    let with = |from: &str, to: &str| OWN_RULE.replace(from, to);
    let rule =
        |from, to, wanted| refused("headings.toml", &with(from, to), &format!("headings.toml:{wanted}"));
    rule("кому поручено", "(кому", "3: heading.own: a group is not closed by «)»");
    rule("кому поручено", "<кому>", "3: heading.own: there is no slot <кому>");
    rule("executor", "исполнитель", "3: heading.own: nothing gives «исполнитель»");
    rule("[\"Кому\"]", "[]", "3: heading.own: a rule says what it reads and what it refuses");
    rule("gives =", "gibt =", "5: unknown field `gibt`");
    rule("refuses = [", "refuses = ", "7: ");
    let cases = [
        ("words.toml", "endings = [\"а\"]", ":1: missing field"),
        ("agreement.tsv", "# words\nий\tах", ":2: 4 cells are needed, 2 are here"),
        ("heads.tsv", "а\tа\tа\tа\tа\tа\tx\tgroup\t-", ":1: «x» is not m, f, n or p"),
        ("heads.tsv", "а\tа\tа\tа\tа\tа\tm\tking\t-", ":1: «king» is not a kind of executor"),
        ("confusions.tsv", "г\tт\t101\t-\t0", ":1: a cost is 1 to 100"),
        ("confusions.tsv", "г\tt\t20\t-\t0", ":1: «t» is not Cyrillic letters"),
        ("numerals.tsv", "Ж\tIIII\t3\t-", ":1: «IIII» is not a roman numeral"),
        ("bodies.tsv", "sovet\tСовет\tTUL\t-", ":1: «Совет» has no place {R} for the region"),
        ("heading.toml", OWN_RULE, ": no dictionary has this name; known are abbreviations.tsv, "),
    ];
    for (file, content, wanted) in cases {
        refused(file, content, &format!("{file}{wanted}"));
    }
}

#[test]
fn a_rule_name_that_stands_twice_in_a_file_is_refused() {
    refused("headings.toml", &OWN_RULE.repeat(2), "headings.toml:10: heading.own");
}

#[test]
fn a_renaming_is_of_a_known_body_and_has_a_time() {
    let cases = [
        ("RU/nobody\t-\t2020\t-\town", "1: no body has the id «RU/nobody»"),
        ("RU-TUL/ministerstvo-chudes\t-\t2020\t-\town", "1: no body has the id «RU-TUL/ministerstvo-chudes»"),
        ("RU-TUL/ministerstvo-kultury\t-\t2020\tRU-TUL/nobody\town", "1: no body has the id «RU-TUL/nobody»"),
        ("RU-TUL/ministerstvo-kultury\t-\tмай 2020\t-\town", "1: «май 2020» is no day"),
        ("RU-TUL/ministerstvo-kultury\t-\t2020-13\t-\town", "1: «2020-13» is no day"),
        ("RU-TUL/ministerstvo-kultury\t2020-02-30\t-\t-\town", "1: «2020-02-30» is no day"),
        ("RU-TUL/ministerstvo-kultury\t-\t-\t-\town", "1: the row says neither since when nor until when"),
        ("RU-TUL/ministerstvo-kultury\t2021\t2020-12-31\t-\town", "1: «2021» is later than «2020-12-31»"),
        (
            "RU-TUL/ministerstvo-kultury\t-\t2020\tRU-TUL/ministerstvo-kultury\town",
            "1: a body does not follow itself",
        ),
    ];
    for (row, wanted) in cases {
        refused("renamings.tsv", row, &format!("renamings.tsv:{wanted}"));
    }
    for row in ["2019\t-\t-", "-\t2019-05\tRU-TUL/ministerstvo-finansov", "2019-05-01\t2020\t-"] {
        let own = with_file("renamings.tsv", &format!("RU-TUL/ministerstvo-kultury\t{row}\town"));
        assert!(own.is_ok(), "{row}");
    }
}

#[test]
fn a_region_code_that_is_none_is_refused() {
    refused("regions.tsv", &format!("Тула{}\t-\t-\n", "\tТула".repeat(6)), "regions.tsv:1: «Тула»");
    refused("bodies.tsv", "sovet\tСовет {R}\tTULA\t-\n", "bodies.tsv:1: «TULA»");
}
