//! Repair: what is mended, what is left alone, and that it is on the books.

use svod::issue::IssueKind;

use crate::support::{all_fixtures, trace};

/// The lines of a text after repair, white space squeezed.
fn mended(text: &str) -> String {
    let pages = trace(text).pages;
    let lines = pages.iter().flat_map(|page| &page.lines);
    let lines: Vec<String> = lines
        .map(|line| {
            line.cells.iter().map(|cell| cell.squeezed().as_str().to_owned()).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    lines.join("\n")
}

/// The repairs of a text: from, to, rule.
fn repairs(text: &str) -> Vec<(String, String, &'static str)> {
    let trace = trace(text);
    let cells = trace.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells);
    let repairs = cells.flat_map(|cell| cell.repairs());
    repairs
        .map(|repair| {
            let from: String = repair.origin.iter().map(|&span| trace.source.decoded.at(span)).collect();
            (from, repair.to, repair.rule.as_str())
        })
        .collect()
}

#[track_caller]
fn check(text: &str, wanted: &str, rule: &str) {
    assert_eq!(mended(text), wanted);
    assert!(repairs(text).iter().any(|(_, _, own)| *own == rule), "not by {rule}: {:?}", repairs(text));
}

#[track_caller]
fn unchanged(text: &str) {
    assert_eq!(repairs(text), [], "in «{text}»");
}

/// Holds `texts` to be left as they are by `rule`.
#[track_caller]
fn spared_by(rule: &str, texts: &[&str]) {
    for text in texts {
        let repairs = repairs(text);
        assert!(!repairs.iter().any(|(_, _, own)| *own == rule), "{text}: {repairs:?}");
    }
}

#[test]
fn misread_words_are_put_right() {
    check(
        "Размещение на информационных сгенддх",
        "Размещение на информационных стендах",
        "spelling.confusion",
    );
    check("Министерство 'груда и защиты", "Министерство труда и защиты", "spelling.confusion");
    check("граждан-потребителен услуг", "граждан-потребителей услуг", "spelling.confusion");
    check("проведение независимой оценкн", "проведение независимой оценки", "spelling.confusion");
    check("на официальный сайтах", "на официальных сайтах", "spelling.agreement");
}

#[test]
fn words_that_fell_apart_are_put_together() {
    check(
        "со ци ал ьн ой защ и ты Т ул ьской области",
        "социальной защиты Тульской области",
        "letter-spacing.run",
    );
    check(
        "мини стеретво здрав о охран е н и я Туя ьской",
        "министерство здравоохранения Тульской",
        "letter-spacing.run",
    );
    check("доведению инфор мации о целях", "доведению информации о целях", "letter-spacing.split");
    check("П Л А Н", "ПЛАН", "letter-spacing.run");
    check(
        "о соблюдении информационнойбезопасности",
        "о соблюдении информационной безопасности",
        "letter-spacing.glued",
    );
}

#[test]
fn letters_of_the_wrong_alphabet_are_put_right() {
    check("Mинистерство тpуда", "Министерство труда", "homoglyph.latin");
    check("www.bus.gov.ru и cайт", "www.bus.gov.ru и сайт", "homoglyph.latin");
}

#[test]
fn initials_in_latin_letters_are_put_right_beside_a_surname() {
    check("Гусева A.C., отдел кадров", "Гусева А.С., отдел кадров", "homoglyph.latin");
    check("A.C. Гусева", "А.С. Гусева", "homoglyph.latin");
    check("Петров-Водкин K.C.", "Петров-Водкин К.С.", "homoglyph.latin");
    check("директор B.M.Орлов", "директор В.М.Орлов", "homoglyph.latin");
    check("Иванова T.B.; Сидоров A.A.", "Иванова Т.В.; Сидоров А.А.", "homoglyph.latin");
}

#[test]
fn a_digit_inside_a_word_is_the_letter_that_it_looks_like() {
    check("Тульской 0бласти", "Тульской области", "homoglyph.digit");
    check("отдел о6учения", "отдел обучения", "homoglyph.digit");
    check("3дравоохранение", "Здравоохранение", "homoglyph.digit");
    check("начальник от4етности", "начальник отчетности", "homoglyph.digit");
    check("УПРАВЛЕНИЕ 0БРАЗОВАНИЯ", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "homoglyph.digit");
}

#[test]
fn junk_is_taken_out() {
    check("■ 6 Рассмотрение вопроса", "6 Рассмотрение вопроса", "junk.mark");
    check(" 4 | Выпуск буклетов", "4 Выпуск буклетов", "junk.mark");
    check("<p>Организация</p> столов", "Организация столов", "junk.tag");
    check("**Заместитель министра**", "Заместитель министра", "junk.emphasis");
    check("опо\u{ad}веще\u{200b}ние", "оповещение", "junk.invisible");
    check("сайта &laquo;Культура&raquo;", "сайта «Культура»", "encoding.entity");
    check("министерств\u{438}\u{306}", "министерствй", "encoding.composition");
    check("<<Дворец молодежи>>", "«Дворец молодежи»", "spelling.quote");
}

#[test]
fn initials_and_short_words_in_latin_letters_are_put_right() {
    for (seen, meant) in [
        ("Ершов A.H.", "Ершов А.Н."),
        ("Петрова E.М., Сидоров К.O.", "Петрова Е.М., Сидоров К.О."),
        ("A.B. Кузнецова", "А.В. Кузнецова"),
        ("обслуживание ha дому", "обслуживание на дому"),
        ("He требуется", "Не требуется"),
        ("сведения he позднее 1 марта", "сведения не позднее 1 марта"),
    ] {
        check(seen, meant, "homoglyph.latin");
    }
    spared_by(
        "homoglyph.latin",
        &[
            "гепатит C.",
            "по классам A.B.",
            "сайт a.b.ru",
            "J.R. Толкин",
            "площадь 5 ha земли",
            "«He is» и перевод",
            "витамины A, E",
        ],
    );
}

/// The line on the left of a cell, read as a stroke before its first word; it may be the numeral of a quarter as well.
#[test]
fn a_border_before_a_cell_is_taken_out_and_a_numeral_is_not() {
    for (seen, meant) in [
        ("|01.03.2019", "01.03.2019"),
        ("[01.04.2019", "01.04.2019"),
        ("|31.12.2020, ежегодно", "31.12.2020, ежегодно"),
        ("|в течение года", "в течение года"),
        ("|с момента подписания", "с момента подписания"),
        ("|2020 год", "2020 год"),
    ] {
        check(seen, meant, "junk.mark");
    }
    spared_by(
        "junk.mark",
        &[
            "|I квартал",
            "|5.04.2019 года",
            "|1.04.2019",
            "| квартал 2019 года",
            "[по согласованию]",
            "|V квартал",
            "|в",
        ],
    );
}

#[test]
fn what_is_right_is_left_alone() {
    for text in [
        "Товарковский дом-интернат, Одоевский и Головеньковский",
        "ГУСОН ТО «Перспектива», ГУТО, СанПиН, МБУ ЦКС РДК",
        "II квартал 2018-2020 гг., IV кв., I полугодие",
        "| квартал 2019 года",
        "от 28.12.2013 № 442-ФЗ, приказ № 2215-П, 27/Пр/18",
        "www.bus.gov.ru, plan_2018@tula.ru, https://mintrud.tularegion.ru/documents/план",
        "гендерный, антикоррупционный, маломобильных, постинтернатного, сервисов, блогеров",
        "Романова Т.В., Алексеева Е.Ю., И И Петров",
        "5-9 классы, 14.00 - 15.00, кв. 1, 35,5 %, 8(4872)24-98-31",
        "квалификаций, исполнений, населений, тестирований",
        "на ул. Ленина, г. Тула, т.д., тыс. руб.",
        "по мере необходимости, в том числе и о порядке",
        "3квартал 2018 года, 4его числа, 10тысяч, 44ФЗ, 6б класс, 30лото",
        "группа B.C. и класс A.C., Windows A.B., www.a.b.ru, версия A.B.C",
        "Twitter, COVID-19, IT-технологии, Wi-Fi",
        "a * b < c > d",
    ] {
        unchanged(text);
    }
}

#[test]
fn a_doubtful_word_is_kept_and_said() {
    // «помещении» and «помещений» are one confusion away each.
    let trace = trace("Ремонт в помещснии библиотеки\n");
    let said = trace.issues.iter().filter(|issue| issue.kind == IssueKind::DoubtfulWord);
    let said: Vec<&str> = said.map(|issue| issue.message.as_str()).collect();
    let [message] = said[..] else { panic!("said {} times", said.len()) };
    assert!(
        ["«помещснии»", "«помещении»", "«помещений»"].iter().all(|word| message.contains(word)),
        "{message}"
    );
    assert_eq!(trace.pages[0].lines[0].cells[0].as_str(), "Ремонт в помещснии библиотеки");
}

#[test]
fn nfc_never_touches_the_number_sign() {
    unchanged("№ 1, 35 ½, ™");
}

/// The mended lines of a document, cells parted by tabs, a line end inside a cell as the tag that left it.
fn lines(trace: &svod::Trace) -> Vec<String> {
    let cells = |line: &svod::normalise::Line| -> Vec<String> {
        line.cells.iter().map(|cell| cell.as_str().replace('\n', "<br>")).collect()
    };
    trace.pages.iter().flat_map(|page| &page.lines).map(|line| cells(line).join("\t")).collect()
}

#[test]
fn mending_twice_is_mending_once() {
    for (name, first) in all_fixtures() {
        let once = lines(&first);
        assert_eq!(once, lines(&trace(&once.join("\n"))), "{name}");
    }
}

#[test]
fn a_misread_sign_before_a_number_is_a_sign_again() {
    for (seen, meant) in [
        ("Федеральным законом ЛЪ 44-ФЗ", "Федеральным законом № 44-ФЗ"),
        ("от 21.11.2011 J\\Ъ 323-ФЗ", "от 21.11.2011 № 323-ФЗ"),
        ("приказ NЬ 15", "приказ № 15"),
        ("приказ ЛЪ15", "приказ №15"),
        ("учащиеся СОШ М 2", "учащиеся СОШ № 2"),
        ("воспитанники школы М 12", "воспитанники школы № 12"),
    ] {
        check(seen, meant, "number.sign");
    }
    spared_by(
        "number.sign",
        &[
            "масштаб М 1:500",
            "трасса М 4 «Дон»",
            "ремонт ФАД М 5 «Урал»",
            "размер М 50",
            "ЛЪ",
            "школа М. Горького",
            "СОШ М 1:100",
        ],
    );
}

/// A page whose columns spaces hold apart, with `rows` under a few of its own.
fn noisy(rows: &str) -> String {
    format!(
        "№      Мероприятие                    Срок                Исполнитель\n\
         1.     Провести собрание       .      март 2021 года      управление культуры      |\n\
         \u{20}      жителей                        |                   района\n\
         2.     Подготовить отчет              апрель 2021 года    отдел кадров       °\n\
         3.     Обновить стенды                май 2021 года       библиотека\n{rows}"
    )
}

/// What [`noisy`] makes of `rows`.
fn on_noisy_page(rows: &str) -> String {
    mended(&noisy(rows)).lines().skip(5).collect::<Vec<_>>().join("\n")
}

#[test]
fn specks_of_a_noisy_page_are_taken_out() {
    for (rows, wanted) in [
        (
            "|   4.     Провести беседу               июнь 2021 года      школы",
            "4. Провести беседу июнь 2021 года школы",
        ),
        (
            "‚4.  —  Провести беседу               июнь 2021 года      школы",
            "4. Провести беседу июнь 2021 года школы",
        ),
        (
            "4.    . Провести беседу       °.      июнь 2021 года     — школы",
            "4. Провести беседу июнь 2021 года школы",
        ),
        (
            "4. _   Провести‘беседу                июнь 2021 года      школы       у",
            "4. Провести беседу июнь 2021 года школы",
        ),
        ("о                                                                   ‹", ""),
        (
            "       ‚ жителей района        |  .    июнь 2021 года      школы",
            "жителей района июнь 2021 года школы",
        ),
    ] {
        assert_eq!(on_noisy_page(rows), wanted);
    }
    let trace = trace(&noisy("о      Провести беседу                июнь 2021 года      школы"));
    let said = trace.issues.iter().find(|issue| issue.kind == IssueKind::StrayMarks).unwrap();
    assert!(said.message.starts_with("5 marks") && said.message.ends_with("«о» 6."), "{}", said.message);
}

#[test]
fn what_may_be_text_of_a_noisy_page_stays() {
    for row in [
        // A sign in an empty cell, an item's dash where cells begin, a word on the next line of its cell.
        "4.     Провести беседу                -                   школы",
        "4.     - провести беседу              июнь 2021 года      школы",
        "       и                              июнь 2021 года      школы",
        // Numerals, numbers, years, blanks to be filled in, lettered columns.
        "4.     Провести беседу                |   квартал         школы",
        "4.     Провести беседу           5    июнь 2021 года      школы",
        "4.     Провести беседу                июнь 2021 года      школы           V",
        "«__»       _______      20__      г.      №    __",
        "А      Б                              В                   Г",
        "4.     Провести беседу - встречу      июнь 2021 года      Иванов А. .",
    ] {
        let squeezed = row.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(on_noisy_page(row), squeezed);
    }
}

#[test]
fn nothing_is_a_speck_on_a_clean_page() {
    for text in [
        "1.     Провести беседу       .      июнь 2021 года\n2.     Подвести итоги               -\n\
         3.     Обновить стенды              и",
        "Проза  ,  в которой  .  слова  :  разъехались  ;  но столбцов  .  в ней нет",
        "|    План    |\n|    на год    |\n",
    ] {
        spared_by("junk.speck", &[text]);
    }
}

#[test]
fn strokes_before_months_are_first_days_and_curly_brackets_round_ones() {
    check("до | июня 2017 года", "до 1 июня 2017 года", "number.numeral");
    check("с | по 15 мая, с 3 по | августа", "с по 15 мая, с 3 по 1 августа", "number.numeral");
    for text in ["| июня 2017 года", "до | июнь", "отчет | марта", "до  | июня", "до |июня"]
    {
        spared_by("number.numeral", &[text]);
    }
    check("школы {по согласованию)", "школы (по согласованию)", "spelling.bracket");
    check("согласованию}, школы", "согласованию), школы", "spelling.bracket");
    check("ГОК» {по согласованию), центр", "ГОК» (по согласованию), центр", "spelling.bracket");
    spared_by("spelling.bracket", &["{дата}", "{ }", "план {1}", "{{имя}}", "a{0}"]);
}
