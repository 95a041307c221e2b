//! Workbooks: columns that are not shown, and the names of sheets.

use rust_xlsxwriter::{Workbook, Worksheet};
use svod::emit::{self, Document};

use crate::register::zip_of;
use crate::support::trace_bytes;

const ROWS: [[&str; 5]; 4] = [
    ["№ п/п", "Мероприятие", "Код", "Срок", "Исполнители"],
    ["1", "Провести проверку", "", "март 2018 года", "Министерство культуры"],
    ["2", "Разместить отчёт", "А-2", "апрель 2018 года", "Министерство труда"],
    ["3", "Подготовить доклад", "А-3", "май 2018 года", "Министерство труда"],
];

const TITLE: &str = "План мероприятий Тульской области на 2018 год";

fn fill(sheet: &mut Worksheet) {
    sheet.write_string(0, 0, TITLE).unwrap();
    for (nth, row) in (1..).zip(ROWS) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(nth, column, text).unwrap();
        }
    }
}

fn xlsx(alter: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet);
    alter(sheet);
    book.save_to_buffer().unwrap()
}

/// Hides a column.
fn hiding(column: u16) -> impl FnOnce(&mut Worksheet) {
    move |sheet| {
        sheet.set_column_hidden(column).unwrap();
    }
}

/// A workbook of OpenDocument with these descriptions of its columns.
fn ods(columns: &str) -> Vec<u8> {
    let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = ROWS.iter().map(|own| row(own)).collect();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Реестр\">{columns}{}{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        row(&[TITLE])
    );
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn read(bytes: &[u8]) -> Document {
    emit::document(&trace_bytes(bytes))
}

/// Line and message of what is said of columns that are not shown.
fn hidden(bytes: &[u8]) -> Vec<(Option<usize>, String)> {
    let said = read(bytes).diagnostics.into_iter().filter(|own| own.code == "hidden-column");
    said.map(|own| (own.line, own.message)).collect()
}

fn message(cells: &str) -> String {
    format!("A column that the document does not show is read like the others: «{cells}».")
}

#[test]
fn a_hidden_column_is_read_and_said() {
    let one = xlsx(hiding(2));
    assert_eq!(hidden(&one), [(Some(2), message("Код; А-2; А-3"))]);
    assert_eq!(read(&one).plans[0].measures[2].text, "Подготовить доклад");
    let whole = xlsx(|sheet| {
        sheet.set_column_hidden(0).unwrap().set_column_hidden(3).unwrap();
    });
    let said = [
        (Some(1), message(&format!("{TITLE}; № п/п; 1; …"))),
        (Some(2), message("Срок; март 2018 года; апрель 2018 года; …")),
    ];
    assert_eq!(hidden(&whole), said);
    let collapsed = ods(
        "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>",
    );
    assert_eq!(hidden(&collapsed), [(Some(2), message("Код; А-2; А-3"))]);
    let filtered = ods("<table:table-column/><table:table-column table:visibility=\"filter\"/>");
    assert_eq!(
        hidden(&filtered),
        [(Some(2), message("Мероприятие; Провести проверку; Разместить отчёт; …"))]
    );
}

#[test]
fn nothing_is_said_of_columns_that_are_shown_or_empty() {
    assert_eq!(hidden(&xlsx(|_| {})), []);
    // Beside the table nothing stands.
    assert_eq!(hidden(&xlsx(hiding(7))), []);
    assert_eq!(
        hidden(&xlsx(|sheet| {
            sheet.set_column_width(2, 1).unwrap();
        })),
        []
    );
    assert_eq!(hidden(&ods("<table:table-column table:visibility=\"visible\"/>")), []);
    assert_eq!(hidden(&ods("<table:table-column table:number-columns-repeated=\"4294967295\"/>")), []);
}

#[test]
fn a_measure_says_on_which_sheet_it_stands() {
    let mut book = Workbook::new();
    let first = book.add_worksheet();
    first.set_name("Письмо").unwrap().write_string(0, 0, "Направляем план мероприятий.").unwrap();
    fill(book.add_worksheet().set_name("План 2018").unwrap());
    let document = read(&book.save_to_buffer().unwrap());
    let place = &document.plans[0].measures[0].source;
    assert_eq!((place.page, place.sheet.as_deref(), place.line_start), (Some(2), Some("План 2018"), 3));
    assert_eq!(read(&ods("")).plans[0].measures[0].source.sheet.as_deref(), Some("Реестр"));
}

#[test]
fn a_document_that_is_no_workbook_has_no_sheets() {
    let text = "План мероприятий Тульской области на 2018 год\n№ п/п\tМероприятие\tСрок\tИсполнители\n\
        1\tПровести проверку\tмарт 2018 года\tМинистерство культуры\n";
    let document = read(text.as_bytes());
    assert_eq!(document.plans[0].measures[0].source.sheet, None);
    let mut json = Vec::new();
    emit::json(&document, &mut json).unwrap();
    assert!(!String::from_utf8(json).unwrap().contains("\"sheet\""));
}
