//! Terms: the examples of the rules, the frozen list, and what must never be read as a date.

use jiff::civil::Date;
use proptest::prelude::*;
use svod::dictionaries::{Example, Tokens};
use svod::extract::notation;
use svod::plan::{Deadline, Period, Term};

use crate::support::{DICTIONARIES, cases, root};

/// «2018», «2018/2020», «2022-09-01/2023-05-31»; «-» for none.
pub fn period(words: &str) -> Option<Period> {
    if words == "-" {
        return None;
    }
    let (first, last) = words.split_once('/').unwrap_or((words, words));
    let start =
        |word: &str| word.parse::<Date>().unwrap_or_else(|_| Date::constant(word.parse().unwrap(), 1, 1));
    let end =
        |word: &str| word.parse::<Date>().unwrap_or_else(|_| Date::constant(word.parse().unwrap(), 12, 31));
    Some(Period { start: start(first), end: end(last) })
}

fn read(words: &str, plan: &str) -> Vec<Deadline> {
    svod::read_deadline(words, period(plan), &DICTIONARIES).unwrap()
}

fn value(words: &str, plan: &str) -> String {
    notation(&read(words, plan))
}

#[test]
fn every_rule_reads_its_examples_and_nothing_reads_what_it_refuses() {
    let rules = &DICTIONARIES.phrases.deadlines;
    let slots = DICTIONARIES.phrases.slots();
    let (mut reads, mut refuses) = (0, 0);
    let mut wrong: Vec<String> = Vec::new();
    for rule in rules.iter() {
        for example in &rule.reads {
            let Example::Valued(parts) = example else { panic!("{}: {example:?} has no value", rule.id) };
            let (words, plan, wanted) = match &parts[..] {
                [words, wanted] => (words, "-", wanted),
                [words, plan, wanted] => (words, plan.as_str(), wanted),
                _ => panic!("{}: {parts:?}", rule.id),
            };
            assert_eq!(value(words, plan), *wanted, "{}: «{words}»", rule.id);
            let tokens = Tokens::new(words);
            let by_this = (0..tokens.len()).any(|at| {
                rules
                    .longest_at(&tokens, at, &slots)
                    .is_some_and(|best| best.rule.id == rule.id && best.tied.is_empty())
            });
            // Damaged words are put right before they are matched; then the term says by which rule.
            let by_this = by_this || read(words, plan).iter().any(|deadline| deadline.rule == Some(rule.id));
            if !by_this {
                wrong.push(format!("{} does not read «{words}»", rule.id));
            }
            reads += 1;
        }
        for words in &rule.refuses {
            if read(words, "2018").iter().any(|deadline| deadline.term != Term::Unresolved) {
                wrong.push(format!(
                    "{} refuses «{words}», which is read as {}",
                    rule.id,
                    value(words, "2018")
                ));
            }
            refuses += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(reads >= 400 && refuses >= 150, "{reads} examples, {refuses} counter-examples");
}

/// The frozen lists, and how many of each must be read wholly right; raise it when the program gets better.
const FROZEN: [(&str, usize); 3] =
    [("deadlines.tsv", 220), ("deadlines-second.tsv", 147), ("deadlines-third.tsv", 149)];

#[test]
fn the_frozen_lists_are_read_and_no_date_is_wrong() {
    for (name, floor) in FROZEN {
        let list = std::fs::read_to_string(root().join("fixtures").join(name)).unwrap();
        let mut right = 0;
        let mut other = Vec::new();
        for row in list.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let (words, plan, wanted) =
                (cells[0].replace("\\n", "\n"), cells[1], cells[2].replace("\\n", " "));
            let found = value(&words, plan);
            if found == wanted {
                right += 1;
                continue;
            }
            let expected = dates(&wanted);
            assert!(
                dates(&found).iter().all(|date| expected.contains(date)),
                "«{words}» is {wanted}, read as {found}"
            );
            other.push(format!("«{words}»: wanted {wanted}, found {found}"));
        }
        assert!(right >= floor, "{name}: {right} right\n{}", other.join("\n"));
        assert!(right <= floor, "raise the floor of {name} to {right}");
    }
}

/// The dates that a value names.
fn dates(value: &str) -> Vec<String> {
    let parts = value.split([' ', ',', '|', '/', ';']);
    parts.filter(|part| part.parse::<Date>().is_ok()).map(str::to_owned).collect()
}

#[test]
fn what_only_looks_like_a_term_is_kept_as_written() {
    for words in [
        "кв. 1",
        "5-9 классы",
        "14.00 - 15.00",
        "от 28.12.2013 № 442-ФЗ",
        "протокол № 1 от 23.05.2018",
        "Федеральный закон от 21.07.2014 № 256-ФЗ",
        "2018 чел.",
        "март-апрель или май",
        "кроме июля 2018 года",
        "через 2 квартала",
        "31 июня 2018 года",
        "29 февраля 2019 года",
        "V квартал 2018 года",
        "III полугодие 2018 года",
        "с 2020 по 2018 год",
        "не ежегодно",
        "120 кв.м",
        "2 мкр.",
        "35,5 %",
    ] {
        for deadline in read(words, "2018") {
            assert_eq!(deadline.term, Term::Unresolved, "«{words}»");
        }
    }
}

#[test]
fn every_word_of_a_cell_stands_in_one_of_its_terms() {
    for words in [
        "план размещается до 1 февраля года, следующего за годом оценки, отчеты размещаются ежеквартально",
        "1 этап - до 1 июля 2018 года, 2 этап - до 1 октября 2018 года",
        "ежеквартально (за I квартал - до 15 апреля)",
        "в 2019 году по графику, далее постоянно",
    ] {
        let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        let kept: String =
            read(words, "2018").iter().map(|deadline| letters(deadline.text.as_str())).collect();
        assert_eq!(kept, letters(words), "«{words}»");
    }
}

#[test]
fn a_year_that_the_cell_does_not_name_is_the_plans_and_said_to_be() {
    assert_eq!(value("IV квартал", "2018"), "interval 2018-10-01/2018-12-31 ~");
    assert_eq!(value("IV квартал", "-"), "unresolved");
    assert_eq!(value("до 15 мая", "2022-09-01/2023-05-31"), "date ../2023-05-15 ~");
    assert_eq!(value("октябрь", "2022-09-01/2023-05-31"), "interval 2022-10-01/2022-10-31 ~");
}

/// The steps of patterns that are tried for `words`, as a cell is searched: from left to right, on behind every match.
fn steps(words: &str) -> u64 {
    let (tokens, slots) = (Tokens::new(words), DICTIONARIES.phrases.slots());
    let mut at = 0;
    while at < tokens.len() {
        let best = DICTIONARIES.phrases.deadlines.longest_at(&tokens, at, &slots);
        at = best.map_or(at + 1, |best| best.found.end);
    }
    slots.steps.get()
}

#[test]
fn a_long_cell_takes_linear_work() {
    for words in [
        "1 2 3 квартал , ",
        "1, 2, 3, ",
        "I, II, ",
        "май, июнь, ",
        "1 2 ",
        "01.02.2018, ",
        "до ",
        "2018 ",
        "2018, 2019, ",
        "_ ",
        "с 1 по ",
        "в течение ",
        "20 18 ",
        "июпь, ",
        "раз в ",
        "после ",
    ] {
        let (one, two) = (steps(&words.repeat(500)), steps(&words.repeat(1000)));
        assert!(two <= one * 2 + 2000, "«{words}»: {one} steps for 500, {two} for 1000");
    }
    // All of a long cell is read and put together, too.
    let words = "1 2 3 квартал , ".repeat(10_000);
    assert!(!read(&words, "2018").is_empty());
}

/// Pieces of cells that name no day and no part of a year, whatever stands beside them.
const LOOK_ALIKES: &str = "5-9 классы|кв. 1|120 кв.м|14.00 - 15.00|от 28.12.2013 № 442-ФЗ|протокол № 1 от 23.05.2018|\
    приказ|отчет|школа № 12|100 чел.|2500 рублей|35,5 %|п. 2.4|ст. 15|ул. 8 Марта|г. Калуга|до|к|с|по|в|на|за|и|-|,|;|(|)|\
    квартальный отчёт|годовой план|месячник|декада|ГОСТ 2018-80|тел. 31-12-18|Май А.П.|первый|второй|1|2|10|12|31|№ 5|два|\
    три раза|II|IV|V|не менее|после|5-го|1.2.3|10.00|ч.|г.|руб.|№ 2018|программа «Развитие на 2014-2020 годы»|шт.|года|\
    год|квартир|маевка|мартовский|сентябрины|учебный|половина|раз в|каждый|числа|месяца";

proptest! {
    #![proptest_config(cases(3000))]

    /// Dates are never made of numbers and words that look like parts of them.
    #[test]
    fn what_names_no_date_is_given_none(pieces in prop::collection::vec(
        prop::sample::select(LOOK_ALIKES.split('|').collect::<Vec<_>>()), 1..7)
    ) {
        let words = pieces.join(" ");
        for deadline in read(&words, "2018") {
            let dated = !deadline.term.intervals().is_empty();
            prop_assert!(!dated, "«{words}» is read as {}", notation(&[deadline]));
        }
    }
}

#[test]
fn the_items_of_a_list_have_terms_of_their_own() {
    let two = "date ../2019-06-01 + date ../2019-10-01";
    assert_eq!(value("а) до 1 июня 2019 г.\nб) до 1 октября 2019 г.", "2019"), two);
    assert_eq!(value("1) до 1 июня 2019 г.; 2) до 1 октября 2019 г.", "2019"), two);
    assert_eq!(value("1. до 1 июня 2019 г.\n2. до 1 октября 2019 г.", "2019"), two);
    assert_eq!(
        value("а) до 1 июня 2019 г.\nб) до 1 октября 2019 г.\nв) постоянно", "2019"),
        format!("{two} + continuous")
    );
    // No list: a day, a number of a point.
    assert_eq!(
        value("1.06.2019\n2.06.2019", "2019"),
        "date 2019-06-01/2019-06-01 + date 2019-06-02/2019-06-02"
    );
}

#[test]
fn the_years_of_a_programme_are_no_term() {
    assert_eq!(
        value("2020 год, по программе «Чистая вода (2019-2024 годы)»", "2020"),
        "interval 2020-01-01/2020-12-31 {по программе «Чистая вода (2019-2024 годы)»}"
    );
    assert_eq!(
        value("в рамках подпрограммы «Безопасные дороги (2018-2020 годы)»", "2019"),
        "relative {в рамках подпрограммы «Безопасные дороги (2018-2020 годы)»}"
    );
    // A day in quotation marks is a day.
    assert_eq!(value("до «15» марта 2019 г.", "2019"), "date ../2019-03-15");
}

/// The terms of a table with the columns `heading`, a line a measure.
fn of_rows(heading: &str, rows: &str) -> Vec<String> {
    let text = format!("План работы Управления образования на 2022/2023 учебный год\n{heading}\n{rows}\n");
    let trace = crate::support::trace(&text);
    trace.plans[0].measures.iter().map(|measure| notation(&measure.deadlines)).collect()
}

#[test]
fn a_month_over_a_section_is_the_month_of_its_days() {
    let rows = "СЕНТЯБРЬ\t\t\t\n1\tЛинейки ко Дню знаний\t1\tМетодисты\n2\tОлимпиады\t15-26\tМетодисты\n\
                3\tМесячник безопасности\tв течение месяца\tМетодисты\n4\tСовещание\tвторая декада\tМетодисты\n\
                5\tОтчет\tдо 10 числа\tМетодисты\n6\tКонкурс\tс 20 сентября по 3 октября\tМетодисты\n\
                7\tМониторинг\tв течение учебного года\tМетодисты\n8\tСобрание\t\tМетодисты\n\
                МАРТ\t\t\t\n9\tСлет\t3, 17\tМетодисты\n";
    assert_eq!(
        of_rows("№\tМероприятие\tСрок\tОтветственные", rows),
        [
            "date 2022-09-01/2022-09-01 ~",
            "interval 2022-09-15/2022-09-26 ~",
            "interval 2022-09-01/2022-09-30 ~",
            "interval 2022-09-11/2022-09-20 ~",
            "date ../2022-09-10 ~",
            "interval 2022-09-20/2022-10-03 ~",
            "interval 2022-09-01/2023-05-31 ~",
            "interval 2022-09-01/2022-09-30 ~",
            "date 2023-03-03/2023-03-03,2023-03-17/2023-03-17 ~",
        ]
    );
}

#[test]
fn a_section_that_is_no_month_dates_nothing() {
    let rows = "I. Работа с кадрами\t\t\t\n1\tСовещание\tдо 10 числа\tМетодисты\n2\tСобрание\t\tМетодисты\n";
    assert_eq!(of_rows("№\tМероприятие\tСрок\tОтветственные", rows), ["unresolved", ""]);
}

#[test]
fn a_beginning_and_an_end_in_two_columns_are_one_term() {
    let rows = "1\tРемонт школ\t01.06.2023\t25.08.2023\tОтдел образования\n\
                2\tОлимпиады\tоктябрь\tмай\tМетодисты\n3\tСовещания\tпостоянно\tмай\tМетодисты\n";
    assert_eq!(
        of_rows("№\tМероприятие\tСрок начала\tСрок окончания\tОтветственные", rows),
        [
            "interval 2023-06-01/2023-08-25",
            "interval 2022-10-01/2023-05-31 ~",
            "continuous + interval 2023-05-01/2023-05-31 ~",
        ]
    );
    // Two columns that are no beginning and end have a term each.
    let rows = "1\tРемонт школ\tиюнь 2023 г.\tавгуст 2023 г.\tОтдел образования\n";
    assert_eq!(
        of_rows("№\tМероприятие\tСрок исполнения\tСрок представления\tОтветственные", rows),
        ["interval 2023-06-01/2023-06-30 + interval 2023-08-01/2023-08-31"]
    );
}
