//! Where the cells are: one plan in many layouts is one grid; pages break it, recognition damages it, and it stays.

use svod::plan::Role;
use svod::tabulate::Row;

use crate::support::{read, trace};

const TITLE: &str = "План мероприятий Курганской области на 2019 год";

const HEADING: &str = "№ п/п | Наименование мероприятия | Срок исполнения | Ответственные исполнители";

/// A section row has a title only.
const PLAN: &str = "\
 | I. Работа с населением |  |
1. | Разместить на сайте сведения о порядке оказания социальных услуг | I квартал 2019 года | Департамент социальной политики Курганской области
2. | Провести опрос получателей услуг | до 1 июня 2019 года | Департамент социальной политики, учреждения социального обслуживания
 | II. Обучение специалистов |  |
3. | Организовать обучение специалистов учреждений по программам повышения квалификации | ежеквартально | Учреждения социального обслуживания
4. | Подготовить доклад об итогах работы | декабрь 2019 года | Романова Т.В.";

const GRID: &str = "\
§ I Работа с населением
1 | Разместить на сайте сведения о порядке оказания социальных услуг | I квартал 2019 года | Департамент социальной политики Курганской области
2 | Провести опрос получателей услуг | до 1 июня 2019 года | Департамент социальной политики, учреждения социального обслуживания
§ II Обучение специалистов
3 | Организовать обучение специалистов учреждений по программам повышения квалификации | ежеквартально | Учреждения социального обслуживания
4 | Подготовить доклад об итогах работы | декабрь 2019 года | Романова Т.В.
";

/// The rows of every table of `text`, drawn: number, then the cells of the other columns, always measure, deadline,
/// executors first.
fn grid(text: &str) -> String {
    const ORDER: [Role; 3] = [Role::Measure, Role::Deadline, Role::Executor];
    let mut drawn = String::new();
    for table in trace(text).tables {
        let place = |role: Role| ORDER.iter().position(|own| *own == role).unwrap_or(ORDER.len());
        let mut columns: Vec<usize> = (0..table.columns.len()).collect();
        columns.retain(|&column| table.columns[column].role != Role::Number);
        columns.sort_by_key(|&column| place(table.columns[column].role));
        for row in &table.rows {
            let number =
                |text: &Option<svod::text::Text>| text.as_ref().map_or("-", |text| text.as_str()).to_owned();
            drawn += &match row {
                Row::Section(row) => format!("§ {} {}\n", number(&row.number), row.title.as_str()),
                Row::Measure(row) => {
                    let mut cells = vec![number(&row.number)];
                    cells.extend(columns.iter().map(|&column| row.cells[column].text.as_str().to_owned()));
                    format!("{}\n", cells.join(" | "))
                }
            };
        }
    }
    drawn
}

#[track_caller]
pub fn check(text: &str, wanted: &str) {
    let found = grid(text);
    assert_eq!(found, wanted, "\n--- read from\n{text}\n--- found\n{found}\n--- wanted\n{wanted}");
}

/// The heading and the rows of the plan.
fn plan() -> Vec<[&'static str; 4]> {
    let cells = |line: &'static str| {
        let mut cells = line.split('|').map(str::trim);
        [(); 4].map(|()| cells.next().unwrap())
    };
    std::iter::once(HEADING).chain(PLAN.lines()).map(cells).collect()
}

/// Rows under the plan's title.
pub fn sheet(rows: &str) -> String {
    format!("{TITLE}\n\n{rows}\n")
}

/// `text` in lines of at most `width` characters.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                *line += &format!(" {word}")
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

const WIDTHS: [usize; 4] = [5, 30, 19, 26];

/// The printed lines of a row, cell beside cell, each put together by `line`.
fn printed(row: &[&str; 4], line: impl Fn(&[String; 4]) -> String) -> String {
    let cells: Vec<Vec<String>> = row.iter().zip(WIDTHS).map(|(cell, width)| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap();
    let cell = |column: usize, at: usize| cells[column].get(at).cloned().unwrap_or_default();
    let lines = (0..height).map(|at| line(&[cell(0, at), cell(1, at), cell(2, at), cell(3, at)]));
    lines.collect::<Vec<_>>().join("\n")
}

fn padded(cells: &[String; 4], between: &str) -> String {
    let blank = |cell: &String, width: usize| " ".repeat(width - cell.chars().count());
    let cells = cells.iter().zip(WIDTHS).map(|(cell, width)| format!("{cell}{}", blank(cell, width)));
    cells.collect::<Vec<_>>().join(between)
}

/// A drawn box: `rule` is the line between two rows, `marks` open, part and close a line of cells.
fn boxed(rule: &str, marks: [&str; 3]) -> String {
    let mut lines = vec![rule.to_owned()];
    for row in &plan() {
        if row[0].is_empty() {
            let width = WIDTHS.iter().sum::<usize>() + 9 - row[1].chars().count();
            lines.push(format!("{}{}{}{}", marks[0], row[1], " ".repeat(width), marks[2]));
        } else {
            let [open, between, close] = marks;
            lines.push(printed(row, |line| format!("{open}{}{close}", padded(line, between))));
        }
        lines.push(rule.to_owned());
    }
    lines.join("\n")
}

fn rows(line: impl Fn(&[&str; 4]) -> String) -> String {
    plan().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn rows_of_tabs_are_a_grid() {
    check(&sheet(&rows(|row| row.join("\t"))), GRID);
}

#[test]
fn a_section_may_stand_in_the_number_column_or_with_its_number_there() {
    let first = sheet(&rows(|row| match row {
        ["", title, ..] => format!("{title}\t\t\t"),
        _ => row.join("\t"),
    }));
    check(&first, GRID);
    let split = sheet(&rows(|row| match row[1].split_once(". ") {
        Some((number, title)) if row[0].is_empty() => format!("{number}.\t{title}\t\t"),
        _ => row.join("\t"),
    }));
    check(&split, GRID);
}

#[test]
fn printed_lines_as_rows_of_tabs_are_joined() {
    check(&sheet(&rows(|row| printed(row, |line| line.join("\t")))), GRID);
}

#[test]
fn rows_of_pipes_are_a_grid() {
    check(&sheet(&rows(|row| format!("{} |", row.join(" | ")))), GRID);
    let merged = rows(|row| match row {
        ["", title, ..] => format!("{title} ||||"),
        _ => format!("{} |", row.join(" | ")),
    });
    check(&sheet(&merged), GRID);
}

#[test]
fn markdown_is_a_grid() {
    let text = rows(|row| format!("| {} |", row.join(" | ")));
    let (heading, body) = text.split_once('\n').unwrap();
    check(&sheet(&format!("{heading}\n|---|:---|---|---|\n{body}")), GRID);
}

#[test]
fn a_unicode_box_is_a_grid() {
    let rule = format!("├{}┤", WIDTHS.map(|width| "─".repeat(width + 2)).join("┼"));
    check(&sheet(&boxed(&rule, ["│ ", " │ ", " │"])), GRID);
}

#[test]
fn an_ascii_box_is_a_grid() {
    let plus = format!("+{}+", WIDTHS.map(|width| "-".repeat(width + 2)).join("+"));
    check(&sheet(&boxed(&plus, ["| ", " | ", " |"])), GRID);
    check(&sheet(&boxed(&plus, ["¦ ", " ¦ ", " ¦"])), GRID);
}

#[test]
fn columns_that_spaces_hold_apart_are_a_grid() {
    let text = rows(|row| {
        if row[0].is_empty() {
            return format!("{}{}", " ".repeat(30), row[1]);
        }
        printed(row, |line| padded(line, "   ").trim_end().to_owned())
    });
    check(&sheet(&text), GRID);
}

/// One cell after another, each between `open` and `close`.
fn stacked(open: &str, close: &str) -> String {
    rows(|row| {
        let filled = row.iter().filter(|cell| !cell.is_empty());
        filled.map(|cell| format!("{open}{cell}{close}")).collect::<Vec<_>>().join("\n")
    })
}

#[test]
fn one_cell_after_another_is_a_grid() {
    check(&sheet(&stacked("", "\n")), GRID);
    check(&sheet(&stacked("\t", "")), GRID);
    check(&sheet(&stacked("", " |")), GRID);
}

#[test]
fn recognised_lines_in_reading_order_are_a_grid() {
    let text = rows(|row| {
        let cells: Vec<String> =
            row[1..].iter().map(|cell| wrap(cell, 40).join("\n")).filter(|cell| !cell.is_empty()).collect();
        format!("{} {}\n", row[0], cells.join("\n")).trim_start().to_owned()
    });
    check(&sheet(&text), GRID);
}

/// Rows of tabs under `heading`.
fn tabs(heading: &str, rows: &[&str]) -> String {
    sheet(&format!("{heading}\n{}", rows.join("\n")).replace(" | ", "\t"))
}

/// Holds rows of tabs against a grid of `wanted` rows, and the diagnostics against the codes that must be among them.
#[track_caller]
fn check_tabs(heading: &str, rows: &[&str], wanted: &[&str], codes: &[&str]) {
    let text = tabs(heading, rows);
    check(&text, &wanted.iter().map(|row| format!("{row}\n")).collect::<String>());
    let said: Vec<String> = read(&text).diagnostics.into_iter().map(|own| own.code).collect();
    for code in codes {
        assert!(said.iter().any(|own| own == code), "{code} is not among {said:?}");
    }
}

const TRAINING: &str = "1 | Провести обучение | постоянно | Министерство культуры";
const REPORT: &str = "2 | Подготовить доклад | декабрь | Министерство культуры";

#[test]
fn a_row_goes_on_over_a_page_number_and_a_row_of_column_numbers() {
    let first =
        "1 | Провести обследование условий жизни граждан, проживающих в | до 1 июня | Отделы социальной";
    let rest = " | сельских поселениях |  | защиты населения";
    let whole = "1 | Провести обследование условий жизни граждан, проживающих в сельских поселениях | \
        до 1 июня | Отделы социальной защиты населения";
    for between in ["2", "\n2\n", "1 | 2 | 3 | 4", "\u{c}2", "Страница 2 из 3"] {
        check_tabs(HEADING, &[first, between, rest, REPORT], &[whole, REPORT], &[]);
    }
}

#[test]
fn a_repeated_heading_takes_nothing_of_the_row_that_goes_on_under_it() {
    let first = "1 | Провести обследование условий жизни | до 1 июня | Отделы социальной";
    let whole = "1 | Провести обследование условий жизни граждан в селах | до 1 июня | Отделы социальной защиты населения";
    let rows = [first, HEADING, " | граждан в селах |  | защиты населения", REPORT];
    check_tabs(HEADING, &rows, &[whole, REPORT], &[]);
}

/// A row whose executors end with `end`, and go on behind a page end with `rest`, one column to the left.
#[track_caller]
fn check_shifted(end: &str, rest: &str) {
    let rows = [
        &format!("1 | Провести обучение | ГУТО «Центр помощи семье», {end} | постоянно"),
        "-- | -- | -- | --",
        &format!(" | {rest} |  | "),
        "2 | Подготовить доклад | Министерство культуры | декабрь",
    ];
    let whole = format!("1 | Провести обучение | постоянно | ГУТО «Центр помощи семье», {end} {rest}");
    let heading = "№ п/п | Наименование мероприятия | Исполнители | Срок исполнения";
    check_tabs(heading, &rows, &[&whole, REPORT], &["shifted-cells"]);
}

#[test]
fn a_continuation_that_lost_a_column_is_put_back_and_said() {
    check_shifted("ГУТО «Дубенский", "дом-интернат», ГУТО «Первомайский дом-интернат»");
    check_shifted("ГУТО «Дубенский дом-интернат»,", "ГУТО «Первомайский дом-интернат»");
}

#[test]
fn a_bare_form_or_head_at_the_end_of_a_cell_leaves_it_open() {
    check_shifted("министерство", "культуры Тульской области, ГУТО «Первомайский дом-интернат»");
    check_shifted("ГУТО", "«Дубенский дом-интернат», ГУТО «Первомайский дом-интернат»");
}

#[test]
fn an_empty_cell_stays_empty_and_is_nobodys_continuation() {
    let rows = [
        "1 | Провести обучение |  | Министерство культуры",
        "2 | Подготовить доклад | декабрь | ",
        "3 |  | постоянно | Министерство культуры",
        "4 | Разместить сведения |  | ",
    ];
    check_tabs(HEADING, &rows, &rows, &["missing-deadline", "missing-executor", "empty-measure"]);
}

#[test]
fn a_total_and_a_column_number_row_are_no_measures() {
    let rows = ["1 | 2 | 3 | 4", TRAINING, REPORT, " | Итого |  | ", " | ВСЕГО по разделу: |  | "];
    check_tabs(HEADING, &rows, &[TRAINING, REPORT], &[]);
    let residue = read(&tabs(HEADING, &rows)).residue;
    for text in ["Итого", "ВСЕГО", "1 2 3 4"] {
        let kept = residue.iter().any(|own| own.text.replace(['\t', '\n'], " ").contains(text));
        assert!(kept, "«{text}» is lost");
    }
}

#[test]
fn a_damaged_number_is_restored_between_its_neighbours_and_said() {
    let row = |number: &str| format!("{number} | Провести обучение | постоянно | Министерство культуры");
    let wanted = ["2.4", "2.5", "2.6", "2.7"].map(row);
    for damaged in ["2.0.", "2.б", "2.G."] {
        let rows = ["2.4.", "2.5.", damaged, "2.7."].map(row);
        let (rows, wanted) = (rows.each_ref().map(String::as_str), wanted.each_ref().map(String::as_str));
        check_tabs(HEADING, &rows, &wanted, &["repaired-number"]);
    }
}

#[test]
fn numbers_that_skip_or_stand_twice_are_kept_and_said() {
    let row = |number: &str| format!("{number} | Провести обучение | постоянно | Министерство культуры");
    let rows = ["1", "2", "5", "5", "6"].map(row);
    let rows = rows.each_ref().map(String::as_str);
    check_tabs(HEADING, &rows, &rows, &["number-gap", "duplicate-number"]);
}

#[test]
fn columns_may_stand_in_any_order_and_without_numbers() {
    let wanted = [TRAINING.replacen('1', "-", 1), REPORT.replacen('2', "-", 1)];
    let wanted = wanted.each_ref().map(String::as_str);
    let first = [
        "постоянно | Провести обучение | Министерство культуры",
        "декабрь | Подготовить доклад | Министерство культуры",
    ];
    check_tabs("Дата проведения | Мероприятие | Ответственный", &first, &wanted, &[]);
    let last = [
        "Министерство культуры | постоянно | Провести обучение",
        "Министерство культуры | декабрь | Подготовить доклад",
    ];
    check_tabs("Ответственные | Сроки | Перечень мероприятий", &last, &wanted, &[]);
}

#[test]
fn a_table_without_a_heading_is_told_by_what_stands_in_it() {
    let rows = [
        "1 | Провести обучение специалистов | I квартал 2019 года | Министерство культуры",
        "2 | Подготовить доклад об итогах | декабрь 2019 года | Министерство культуры",
        "3 | Разместить сведения на сайте | до 1 марта 2019 года | Отдел кадров",
    ];
    check_tabs("", &rows, &rows, &["inferred-columns"]);
    let under_numbers = ["1 | 2 | 3 | 4", rows[0], rows[1], rows[2]];
    check_tabs("", &under_numbers, &rows, &["inferred-columns"]);
}

#[test]
fn one_cell_a_line_with_an_empty_line_for_an_empty_cell_is_a_grid() {
    let text = rows(|row| match row {
        ["", title, ..] => (*title).to_owned(),
        _ => row.join("\n"),
    });
    check(&sheet(&text), GRID);
    let heading = "№\nп/п\nНаименование мероприятия\nСрок\nисполнения\nОтветственные\nисполнители";
    let rows = "1.\nПровести обучение\n\nМинистерство культуры\n2.\nПодготовить доклад\nдекабрь\n\n3.\nСобрать сведения\nмай\nОтдел кадров";
    let wanted = "1 | Провести обучение |  | Министерство культуры\n2 | Подготовить доклад | декабрь | \n3 | Собрать сведения | май | Отдел кадров\n";
    check(&sheet(&format!("{heading}\n{rows}")), wanted);
}

/// The plan as pipes between cells, with lines filled to `width`; two spaces end a row.
#[test]
fn pipes_between_cells_whose_lines_end_anywhere_are_a_grid() {
    let line = |row: &[&str; 4]| match row {
        ["", title, ..] => (*title).to_owned(),
        _ => row.join("| "),
    };
    let text = rows(|row| format!("{}  ", wrap(&line(row), 60).join("\n")));
    let (heading, body) = text.split_once("  \n").unwrap();
    check(&sheet(&format!("{heading}  \n---|---|---|---  \n{body}")), GRID);
}

/// The printed lines of a row whose cells stand in the middle of its height.
fn centred(row: &[&str; 4], line: impl Fn(&[String; 4]) -> String) -> String {
    let cells: Vec<Vec<String>> = row.iter().zip(WIDTHS).map(|(cell, width)| wrap(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap();
    let cell = |column: usize, at: usize| {
        let above = (height - cells[column].len()) / 2;
        at.checked_sub(above).and_then(|at| cells[column].get(at)).cloned().unwrap_or_default()
    };
    let lines = (0..height).map(|at| line(&[cell(0, at), cell(1, at), cell(2, at), cell(3, at)]));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_number_in_the_middle_of_its_row_begins_the_row_where_the_box_does() {
    let rule = format!("├{}┤", WIDTHS.map(|width| "─".repeat(width + 2)).join("┼"));
    let mut lines = vec![rule.clone()];
    for row in plan().iter().filter(|row| !row[0].is_empty()) {
        lines.push(centred(row, |line| format!("│ {} │", padded(line, " │ "))));
        lines.push(rule.clone());
    }
    let measures: String =
        GRID.lines().filter(|line| !line.starts_with('§')).map(|line| format!("{line}\n")).collect();
    check(&sheet(&lines.join("\n")), &measures);
}

#[test]
fn a_heading_of_two_levels_gives_both_its_columns_the_role_of_the_merged_cell() {
    let text = "┌────┬────────────────────┬─────────────────────────┬──────────────────────┐\n\
                │    │                    │     Срок исполнения     │                      │\n\
                │ №  │    Мероприятие     ├────────────┬────────────┤     Исполнители      │\n\
                │    │                    │   начало   │ окончание  │                      │\n\
                ├────┼────────────────────┼────────────┼────────────┼──────────────────────┤\n\
                │ 1. │ Опашка полей       │ 15.04.2019 │ 31.05.2019 │ Министерство лесного │\n\
                │    │                    │            │            │ хозяйства            │\n\
                ├────┼────────────────────┼────────────┼────────────┼──────────────────────┤\n\
                │ 2. │ Проверка водоемов  │ 01.04.2019 │ 30.04.2019 │ Отдел надзора        │\n\
                └────┴────────────────────┴────────────┴────────────┴──────────────────────┘";
    let wanted = "1 | Опашка полей | 15.04.2019 | 31.05.2019 | Министерство лесного хозяйства\n\
                  2 | Проверка водоемов | 01.04.2019 | 30.04.2019 | Отдел надзора\n";
    check(&sheet(text), wanted);
    let roles: Vec<Role> = trace(&sheet(text)).tables[0].columns.iter().map(|column| column.role).collect();
    assert_eq!(roles, [Role::Number, Role::Measure, Role::Deadline, Role::Deadline, Role::Executor]);
}

#[test]
fn a_line_of_dashes_draws_the_columns_even_where_one_space_parts_two_cells() {
    let text = "  №   Мероприятие              Срок     Исполнители\n\
                \x20 --- ------------------------ -------- ----------------------\n\
                \x20 1.  Опашка населенных пунктов постоянно Министерство лесного\n\
                \x20 2.  Проверка готовности       май      Отдел надзора\n";
    // The cells are as wide as the dashes under their headings, and a space parts them.
    let text = text.replace("Опашка населенных пунктов постоянно", "Опашка населенных полос  ежегодно");
    let text = text.replace("готовности       май ", "готовности      май ");
    let wanted = "1 | Опашка населенных полос | ежегодно | Министерство лесного\n\
                  2 | Проверка готовности | май | Отдел надзора\n";
    check(&sheet(&text), wanted);
}

#[test]
fn a_stray_pipe_in_columns_held_by_spaces_is_no_mark() {
    let text = "№      Мероприятие                     Срок               Исполнители\n\
                1.     Провести обучение               |до 1 мая          Министерство культуры\n\
                2.     Подготовить доклад              |декабрь           Министерство культуры\n\
                3.     Собрать сведения о работе       май                |Отдел кадров\n";
    let wanted = "1 | Провести обучение | до 1 мая | Министерство культуры\n\
                  2 | Подготовить доклад | декабрь | Министерство культуры\n\
                  3 | Собрать сведения о работе | май | Отдел кадров\n";
    check(&sheet(text), wanted);
}

/// Cells parted by empty lines, under the plan's heading.
fn paragraphs(cells: &[&str]) -> String {
    let heading = HEADING.split(" | ").collect::<Vec<_>>().join("\n\n");
    sheet(&format!("{heading}\n\n{}", cells.join("\n\n")))
}

#[test]
fn a_row_without_a_number_between_cells_is_a_row() {
    let text = paragraphs(&[
        "1.",
        "Подготовить доклад",
        "май 2019 года",
        "Департамент культуры",
        "Обобщить практику",
        "2 раза в год (июнь, декабрь)",
        "Департамент финансов",
        "2.",
        "Провести опрос",
        "постоянно",
        "Департамент культуры",
    ]);
    check(
        &text,
        "1 | Подготовить доклад | май 2019 года | Департамент культуры\n\
         - | Обобщить практику | 2 раза в год (июнь, декабрь) | Департамент финансов\n\
         2 | Провести опрос | постоянно | Департамент культуры\n",
    );
}

#[test]
fn a_numbered_title_between_rows_is_a_section_where_numbers_are_cells_of_their_own() {
    let text = paragraphs(&[
        "1. Работа с населением",
        "1",
        "Подготовить доклад",
        "май 2019 года",
        "Романова Т.В.",
        "2",
        "Провести опрос",
        "постоянно",
        "Петров П.П.",
        "2. Обучение специалистов",
        "3",
        "Открыть курсы",
        "до 1 июня 2019 года",
        "Романова Т.В.",
        "Петров П.П.",
    ]);
    check(
        &text,
        "§ 1 Работа с населением\n\
         1 | Подготовить доклад | май 2019 года | Романова Т.В.\n\
         2 | Провести опрос | постоянно | Петров П.П.\n\
         § 2 Обучение специалистов\n\
         3 | Открыть курсы | до 1 июня 2019 года | Романова Т.В. Петров П.П.\n",
    );
}

#[test]
fn a_table_of_values_under_the_plan_is_none_of_its_rows() {
    let text = sheet(
        "| № | Мероприятие | Срок | Исполнитель | Объем финансирования, 2019 год | 2020 год |\n\
         |---|---|---|---|---|---|\n\
         | 1 | Построить школу | 2020 год | Департамент строительства | 10,0 | 20,0 |\n\
         | 2 | Открыть школу | 2020 год | Департамент образования | 0,0 | 1,0 |\n\n\
         Целевые показатели\n\n\
         | Наименование показателя | 2018 год (факт) | 2019 год | 2020 год |\n\
         |---|---|---|---|\n\
         | Доля детей в новых школах | 10 | 12 | 15 |\n",
    );
    check(
        &text,
        "1 | Построить школу | 2020 год | Департамент строительства | 10,0 | 20,0\n\
         2 | Открыть школу | 2020 год | Департамент образования | 0,0 | 1,0\n",
    );
    let roles: Vec<&str> = trace(&text).tables[0].columns.iter().map(|column| column.role.name()).collect();
    assert_eq!(roles, ["number", "measure", "deadline", "executor", "funding", "funding"]);
}

#[test]
fn a_line_with_the_number_above_those_of_the_next_rows_is_a_section() {
    let text = sheet(
        "№\tМероприятие\tСрок\tИсполнитель\n1.1\tОткрыть курсы\tпостоянно\tДепартамент труда\n\
         2. Социальное обслуживание\n2.1\tПровести опрос\tмай 2019 года\tДепартамент труда\n",
    );
    check(
        &text,
        "1.1 | Открыть курсы | постоянно | Департамент труда\n§ 2 Социальное обслуживание\n\
         2.1 | Провести опрос | май 2019 года | Департамент труда\n",
    );
}
