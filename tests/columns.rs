//! What columns are for where the dictionary does not know their headings, and what stands around columns held by spaces.

use crate::support::{read, trace};
use crate::tabulate::{check, sheet};

/// The roles of the columns under `heading`, over `rows`, all with tabs; and whether it is said that some were inferred.
fn roles(heading: &str, rows: &[&str]) -> (Vec<&'static str>, bool) {
    let text = sheet(&format!("{heading}\n{}", rows.join("\n")).replace(" | ", "\t"));
    let trace = trace(&text);
    let roles = trace.tables[0].columns.iter().map(|column| column.role.name()).collect();
    (roles, trace.issues.iter().any(|issue| issue.kind.name() == "inferred-columns"))
}

const NUMBER: &str = "number";
const MEASURE: &str = "measure";
const DEADLINE: &str = "deadline";
const EXECUTOR: &str = "executor";
const OTHER: &str = "other";

const ROWS: [&str; 3] = [
    "1 | Профилактика гриппа и простуды | март 2019 года | Отдел кадров",
    "2 | Правила дорожного движения | май 2019 года | Отдел охраны труда",
    "3 | Безопасность на льду водоемов | декабрь 2019 года | Отдел кадров",
];

#[test]
fn a_column_whose_heading_is_not_known_is_what_stands_in_it() {
    let wanted = vec![NUMBER, MEASURE, DEADLINE, EXECUTOR];
    for heading in [
        "№ | Сюжет | Срок | Исполнитель",
        "№ | Мероприятие | Ориентир | Исполнитель",
        "№ | Мероприятие | Срок | Кому поручено",
    ] {
        let (roles, said) = roles(heading, &ROWS);
        assert_eq!(roles, wanted, "{heading}");
        assert!(said, "{heading}: nothing is said");
    }
}

#[test]
fn a_heading_of_which_hardly_a_word_is_known_is_no_row() {
    let text =
        sheet(&format!("№ | Сюжет | Ориентир | Кому поручено\n{}", ROWS.join("\n")).replace(" | ", "\t"));
    let measures = &read(&text).plans[0].measures;
    assert_eq!(measures.len(), 3);
    assert_eq!(measures[0].text, "Профилактика гриппа и простуды");
    // A first row is none, whatever its words.
    let text = sheet(&ROWS.join("\n").replace(" | ", "\t"));
    assert_eq!(read(&text).plans[0].measures.len(), 3);
}

#[test]
fn a_known_heading_is_not_overruled_by_what_stands_under_it() {
    let (roles, said) = roles("№ | Мероприятие | Срок | Исполнитель", &ROWS);
    assert_eq!((roles, said), (vec![NUMBER, MEASURE, DEADLINE, EXECUTOR], false));
}

#[test]
fn a_column_that_looks_like_nothing_stays_what_it_is() {
    let rows = [
        "1 | Профилактика гриппа | март 2019 года | Отдел кадров | 10 чел.",
        "2 | Правила движения | май 2019 года | Отдел кадров | 15 чел.",
    ];
    let (roles, said) = roles("№ | Мероприятие | Срок | Исполнитель | Охват", &rows);
    assert_eq!((roles, said), (vec![NUMBER, MEASURE, DEADLINE, EXECUTOR, OTHER], false));
    // Names in one row of two are too few to make a column of executors.
    let rows = [
        "1 | Провести беседу | март 2019 года | Отдел кадров",
        "2 | Провести опрос | май 2019 года | по школам",
    ];
    let (roles, said) = self::roles("№ | Мероприятие | Срок | Порядок", &rows);
    assert_eq!((roles, said), (vec![NUMBER, MEASURE, DEADLINE, OTHER], false));
}

const SPACED: &str = "\
№      Мероприятие                     Срок               Исполнители
1.     Провести обучение               до 1 мая           Министерство культуры
2.     Подготовить доклад              декабрь            Министерство культуры
3.     Собрать сведения о работе       май                Отдел кадров
";

#[test]
fn a_signature_over_a_page_number_is_in_no_row() {
    let text = format!(
        "{SPACED}\n\n       Начальник отдела                                   П.А. Войнович\n\n{:>40}\n",
        2
    );
    let rows = "1 | Провести обучение | до 1 мая | Министерство культуры\n\
                2 | Подготовить доклад | декабрь | Министерство культуры\n\
                3 | Собрать сведения о работе | май | Отдел кадров\n";
    check(&sheet(&text), rows);
    let signatory = read(&sheet(&text)).plans.remove(0).signatory.expect("nobody signed");
    assert_eq!(signatory.person.as_deref(), Some("П. А. Войнович"));
}

#[test]
fn years_under_a_heading_of_sums_are_of_the_heading() {
    let text = "\
№      Мероприятие                     Срок          Исполнители              Объем финансирования
                                                                              2021 год     2022 год
       1. Строительство газопроводов и водоводов
1.1.   Построить газопровод            2021 год      Министерство энергетики  10,0         -
1.2.   Построить водовод               2022 год      Министерство энергетики  -            20,0
";
    let wanted = "§ 1 Строительство газопроводов и водоводов\n\
                  1.1 | Построить газопровод | 2021 год | Министерство энергетики | 10,0 | -\n\
                  1.2 | Построить водовод | 2022 год | Министерство энергетики | - | 20,0\n";
    check(&sheet(text), wanted);
}

/// The terms of the only row of a plan for April 2022 with its days and its hours in two columns.
fn terms(days: &str, hours: &str) -> String {
    let text = format!(
        "План мероприятий на апрель 2022 года\n\nДата\tВремя\tМероприятие\tОтветственный\n\
         {days}\t{hours}\tПровести совещание\tОтдел кадров\n{days}\t\tПровести беседу\tОтдел кадров\n"
    );
    let measure = read(&text).plans.remove(0).measures.remove(0);
    let term =
        |own: &svod::emit::Deadline| format!("{} {}", own.edtf.join(","), own.time.as_deref().unwrap_or("–"));
    measure.deadlines.iter().map(term).collect::<Vec<_>>().join(" + ")
}

#[test]
fn hours_in_a_column_of_their_own_are_those_of_the_day_beside_them() {
    assert_eq!(terms("1 апреля", "10.00"), "2022-04-01 10:00");
    assert_eq!(terms("12", "10.10"), "2022-04-12 10:10");
    assert_eq!(terms("04.04.2022", "с 9:00 до 18:00"), "2022-04-04 09:00/18:00");
    assert_eq!(terms("5-8 апреля", "14-30 ч."), "2022-04-05/2022-04-08 14:30");
    assert_eq!(terms("15 апреля", "в 9 часов"), "2022-04-15 09:00");
}

#[test]
fn what_is_no_certain_hour_gives_none() {
    // From ten to twelve, or twelve minutes past ten.
    assert!(!terms("1 апреля", "10-12").contains("10:12"));
    assert!(!terms("1 апреля", "25.00").contains(':'));
    assert!(!terms("1 апреля", "после обеда").contains(':'));
    // Whose hour it is cannot be told.
    assert!(!terms("до 1 апреля; ежедневно", "10.00").contains(':'));
    assert!(!terms("", "10.00").contains("2022"));
}

#[test]
fn a_column_of_time_without_one_of_days_is_of_terms() {
    let text = "План мероприятий на 2022 год\n\n№\tМероприятие\tВремя проведения\tОтветственный\n\
                1\tПровести совещание\t10.10\tОтдел кадров\n2\tПровести беседу\tмай\tОтдел кадров\n";
    let plan = read(text).plans.remove(0);
    let terms: Vec<String> = plan.measures.iter().map(|own| own.deadlines[0].edtf.join(",")).collect();
    assert_eq!(terms, ["2022-10-10", "2022-05"]);
}
