//! Recognised lines without marks: what parts the rows where numbers, pages and terms are damaged.

use crate::support::{read, trace};

/// Title and heading as recognition leaves them, over `rows`.
fn sheet(rows: &str) -> String {
    format!(
        "ПЛАН\nмероприятий по развитию культуры Псковской области на 2021 год\n\n\
         № п/п Наименование мероприятий Срок исполнения Ответственные исполнители\n\n{rows}\n"
    )
}

/// Number, text, terms and executors of every measure, a line each.
fn drawn(rows: &str) -> String {
    let measures = read(&sheet(rows)).plans.into_iter().flat_map(|plan| plan.measures);
    let line = |measure: svod::emit::Measure| {
        let terms: Vec<String> = measure.deadlines.into_iter().map(|one| one.text).collect();
        let names: Vec<String> = measure.executors.into_iter().map(|one| one.name).collect();
        let number = measure.number.unwrap_or("–".to_owned());
        format!("{number} | {} | {} | {}", measure.text, terms.join(" + "), names.join(" + "))
    };
    measures.map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(rows: &str, wanted: &[&str]) {
    assert_eq!(drawn(rows), wanted.join("\n"));
}

/// The codes of what the program says of the rows.
fn said(rows: &str) -> Vec<&'static str> {
    trace(&sheet(rows)).issues.iter().map(|issue| issue.kind.name()).collect()
}

const FIRST: &str = "1 | Провести конкурс чтецов | май 2021 года | Комитет по культуре Псковской области";
const SECOND: &str = "2 | Подготовить доклад | IV квартал 2021 года | Комитет по культуре Псковской области";

#[test]
fn a_letter_that_stands_for_a_digit_begins_a_row_where_it_is_the_next() {
    for (one, two) in [("1", "2."), ("l.", "2"), ("■ 1.", "|2"), ("1,", "2")] {
        let rows = format!(
            "{one} Провести конкурс чтецов\n\nмай 2021 года Комитет по культуре Псковской области\n\n\
             {two} Подготовить доклад\n\nIV квартал 2021 года\nКомитет по культуре Псковской области\n"
        );
        check(&rows, &[FIRST, SECOND]);
    }
}

#[test]
fn letters_are_no_numbers_where_no_row_is_due() {
    let rows = "1 Провести конкурс чтецов\nЗ апреля в библиотеке\n\nмай 2021 года Комитет по культуре Псковской области\n";
    check(
        rows,
        &[
            "1 | Провести конкурс чтецов З апреля в библиотеке | май 2021 года | Комитет по культуре Псковской области",
        ],
    );
}

#[test]
fn a_row_that_lost_its_number_is_a_row_and_said() {
    let rows = "1 Провести конкурс чтецов\n\nмай 2021 года Комитет по культуре Псковской области\n\n\
                Выпустить буклет\n\nиюнь 2021 года Комитет по культуре Псковской области\n\n\
                3 Открыть выставку\n\nиюль 2021 года Комитет по культуре Псковской области\n";
    check(
        rows,
        &[
            FIRST,
            "– | Выпустить буклет | июнь 2021 года | Комитет по культуре Псковской области",
            "3 | Открыть выставку | июль 2021 года | Комитет по культуре Псковской области",
        ],
    );
    assert!(said(rows).contains(&"uncertain-row"));
}

#[test]
fn page_marks_between_rows_are_in_no_row() {
    for mark in ["2", "- 2 -", "Страница 2"] {
        let rows = format!(
            "1 Провести конкурс чтецов\n\nмай 2021 года Комитет по культуре Псковской области\n\n{mark}\n\n\
             2 Подготовить доклад\n\nIV квартал 2021 года Комитет по культуре Псковской области\n"
        );
        check(&rows, &[FIRST, SECOND]);
    }
}

#[test]
fn a_term_over_three_lines_is_one() {
    let rows = "1 Проводить занятия\n\nс 1 сентября 2021 \nгода по 1 июня 2022 \nгода\n\nКомитет по культуре Псковской области\n";
    check(
        rows,
        &[
            "1 | Проводить занятия | с 1 сентября 2021 года по 1 июня 2022 года | Комитет по культуре Псковской области",
        ],
    );
}

#[test]
fn a_signature_is_in_no_row() {
    let rows = "1 Провести конкурс чтецов\n\nмай 2021 года Комитет по культуре Псковской области\n\n\n\
                Председатель комитета                          А.А. Пушкарёв\n";
    check(rows, &[FIRST]);
    let signatory = read(&sheet(rows)).plans.remove(0).signatory.expect("nobody signed");
    assert_eq!(signatory.person.as_deref(), Some("А. А. Пушкарёв"));
}

#[test]
fn what_a_term_depends_on_stays_with_it() {
    let body = "Комитет по культуре Псковской области";
    for (printed, term) in [
        (
            "по мере поступления обращений;\nанализ – ежеквартально",
            "по мере поступления обращений + анализ – ежеквартально",
        ),
        (
            "в недельный срок со дня приема на работу,\nдалее – ежегодно",
            "в недельный срок со дня приема на работу + далее – ежегодно",
        ),
        (
            "до 15 февраля 2021 г. – разработка,\nдо 1 марта 2021 г. – утверждение",
            "до 15 февраля 2021 г. – разработка + до 1 марта 2021 г. – утверждение",
        ),
        ("устройство - до 15 мая,\nуход - до 1 сентября", "устройство - до 15 мая + уход - до 1 сентября"),
        ("ежедневно с 1 мая\nпо 30 сентября", "ежедневно с 1 мая по 30 сентября"),
        (
            "по мере поступления заявок для\nпроведения конкурса, но не реже\n1 раза в квартал",
            "по мере поступления заявок для проведения конкурса + но не реже 1 раза в квартал",
        ),
    ] {
        let rows = format!("1 Рассмотреть вопросы отрасли\n{printed}\n{body}\n");
        check(&rows, &[&format!("1 | Рассмотреть вопросы отрасли | {term} | {body}")]);
    }
}

#[test]
fn a_date_at_the_end_of_a_measure_stays_in_it() {
    let rows = "1 Подвести итоги работы театров\nв 2020 году\nI квартал 2021 года\nКомитет по культуре Псковской области\n";
    check(
        rows,
        &[
            "1 | Подвести итоги работы театров в 2020 году | I квартал 2021 года | Комитет по культуре Псковской области",
        ],
    );
}

#[test]
fn a_heading_of_two_lines_parts_its_number_from_the_measures() {
    let text = "План мероприятий Псковской области на 2021 год\n\n№ Мероприятия Срок Ответственные\n\
                п/п исполнения исполнители\n\n1. Провести конкурс чтецов\n\nмай 2021 года Комитет по культуре\n";
    let columns = &trace(text).tables[0].columns;
    let columns: Vec<(&str, &str)> =
        columns.iter().map(|column| (column.header.as_str(), column.role.name())).collect();
    assert_eq!(
        columns,
        [
            ("№ п/п", "number"),
            ("Мероприятия", "measure"),
            ("Срок исполнения", "deadline"),
            ("Ответственные исполнители", "executor"),
        ]
    );
    assert_eq!(read(text).plans[0].measures[0].text, "Провести конкурс чтецов");
}

#[test]
fn strokes_before_a_quarter_are_its_numeral_and_no_cells() {
    let body = "Комитет по культуре Псковской области";
    let rows = format!(
        "1 | Провести конкурс чтецов\n\nмай 2021 года {body}\n\n2 | Подготовить доклад\n\n|| квартал 2021 года\n{body}\n\n\
         3 | Открыть выставку\n\nиюль 2021 года {body}\n"
    );
    let wanted = [
        FIRST,
        "2 | Подготовить доклад | || квартал 2021 года | Комитет по культуре Псковской области",
        "3 | Открыть выставку | июль 2021 года | Комитет по культуре Псковской области",
    ];
    check(&rows, &wanted);
}

#[test]
fn a_quarter_without_its_numeral_is_not_the_whole_year() {
    let rows = "1 Провести конкурс чтецов\n\nквартал 2021 года\n\nКомитет по культуре Псковской области\n";
    for measure in read(&sheet(rows)).plans.into_iter().flat_map(|plan| plan.measures) {
        assert!(measure.deadlines.iter().all(|own| own.intervals.is_empty()), "{:?}", measure.deadlines);
    }
}

#[test]
fn the_stages_of_a_measure_are_its_terms() {
    let rows = "1 Провести конкурс чтецов\n\n1 этап – май 2021 года,\n2 этап – июнь 2021 года\n\n\
                Комитет по культуре Псковской области\n";
    check(
        rows,
        &["1 | Провести конкурс чтецов | 1 этап – май 2021 года + 2 этап – июнь 2021 года | \
           Комитет по культуре Псковской области"],
    );
}

/// As [`drawn`], of a table with the executors before the terms.
fn names_first(rows: &str) -> String {
    let heading = "№ п/п Наименование мероприятий Ответственные исполнители Срок исполнения";
    let text = sheet(rows)
        .replace("№ п/п Наименование мероприятий Срок исполнения Ответственные исполнители", heading);
    let measures = read(&text).plans.into_iter().flat_map(|plan| plan.measures);
    let names = |measure: &svod::emit::Measure| {
        measure.executors.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" + ")
    };
    measures.map(|measure| format!("{} | {}", measure.text, names(&measure))).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_paragraph_in_small_letters_that_may_be_a_name_is_no_end_of_a_measure() {
    let rows = "1 Провести учения в зданиях\n\nдиректора школ, Комитет по культуре\n\nмай 2021 года\n";
    assert_eq!(names_first(rows), "Провести учения в зданиях | директора школ + Комитет по культуре");
    // The rest of a sentence, though its noun may be a name's.
    let rows = "1 Провести беседы в здании\nадминистрации города\n\nКомитет по культуре\n\nмай 2021 года\n";
    assert_eq!(names_first(rows), "Провести беседы в здании администрации города | Комитет по культуре");
}

#[test]
fn a_position_over_a_term_begins_no_signature() {
    let rows =
        "1 Направить отчет\n\nсекретарь комиссии\n\nдо 15 января 2021 года\n\n\nГлава города А.А. Пушкарёв\n";
    assert_eq!(names_first(rows), "Направить отчет | секретарь комиссии");
    assert_eq!(
        names_first("1 Выставка имени\nВ.И. Ленина\n\nКомитет по культуре\n\nмай 2021 года\n"),
        "Выставка имени В.И. Ленина | Комитет по культуре"
    );
}

#[test]
fn a_term_that_ends_before_a_name_in_the_middle_of_a_line_ends_there() {
    check(
        "1 Проверка системы оповещения\n\nежеквартально,\nне позднее 25 числа\nпоследнего месяца\n\
         квартала МКУ «Единая дежурно-диспетчерская\nслужба»\n\n\
         2 Подведение итогов\n\nдо 1 июля 2021 г.\nКомитет по культуре Псковской области",
        &[
            "1 | Проверка системы оповещения | ежеквартально, не позднее 25 числа последнего месяца квартала \
             | МКУ «Единая дежурно-диспетчерская служба»",
            "2 | Подведение итогов | до 1 июля 2021 г. | Комитет по культуре Псковской области",
        ],
    );
}

#[test]
fn adjectives_wait_for_their_noun_on_the_next_line_and_an_office_for_its_holder() {
    check(
        "1 Анкетирование пациентов\n\nIII квартал 2021 г.\n\nСтраховые медицинские\nорганизации\n\n\
         2 Публикация материалов на портале\nАдминистрации\n\n1 раз в месяц\n\n\
         пресс-секретарь Главы города Сурина А.Ю.\n\nКОПИЯ ВЕРНА\n2\n\n\
         3 Выставка декоративного искусства\n\nмарт 2021 г.\n\nЗаведующая музеем\nЛаптева О.С.",
        &[
            "1 | Анкетирование пациентов | III квартал 2021 г. | Страховые медицинские организации",
            "2 | Публикация материалов на портале Администрации | 1 раз в месяц | Сурина А. Ю.",
            "3 | Выставка декоративного искусства | март 2021 г. | Лаптева О. С.",
        ],
    );
}
