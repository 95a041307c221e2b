//! Workbooks: rows, columns and sheets that are not shown, and the names of sheets.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use rust_xlsxwriter::{Workbook, Worksheet};
use svod::emit::{self, Document, Reason};

use crate::register::zip_of;
use crate::support::{root, trace_bytes};

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

/// A row of OpenDocument with these attributes.
fn ods_row(attributes: &str, cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    format!("<table:table-row{attributes}>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

/// A workbook of OpenDocument with these descriptions of its columns.
fn ods(columns: &str) -> Vec<u8> {
    let rows: String = ROWS.iter().map(|own| ods_row("", own)).collect();
    ods_of(&format!(
        "<table:table table:name=\"Реестр\">{columns}{}{rows}</table:table>",
        ods_row("", &[TITLE])
    ))
}

/// A workbook of OpenDocument with these sheets; the style «ta2» is that of one that is not shown.
fn ods_of(sheets: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
         <office:automatic-styles><style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties table:display=\"true\"/>\
         </style:style><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/>\
         </style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
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
    said(bytes, "hidden-column")
}

fn said(bytes: &[u8], code: &str) -> Vec<(Option<usize>, String)> {
    let said = read(bytes).diagnostics.into_iter().filter(|own| own.code == code);
    said.map(|own| (own.line, own.message)).collect()
}

/// The plan of the fixtures as old Excel has it, whose records of this kind, the `nth` of them, are changed by `alter`.
fn xls(kind: u16, nth: usize, alter: impl Fn(&mut [u8])) -> Vec<u8> {
    let bytes = std::fs::read(root().join("fixtures/dumps/ryazan-2021-seniors/plan.xls")).unwrap();
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    let mut stream = file.open_stream("Workbook").unwrap();
    let mut records = Vec::new();
    stream.read_to_end(&mut records).unwrap();
    let short = |at: usize| u16::from_le_bytes([records[at], records[at + 1]]);
    let (mut at, mut found) = (0, Vec::new());
    while at + 4 <= records.len() {
        let end = at + 4 + usize::from(short(at + 2));
        found.extend((short(at) == kind).then_some(at + 4..end));
        at = end;
    }
    alter(&mut records[found[nth].clone()]);
    stream.seek(SeekFrom::Start(0)).unwrap();
    stream.write_all(&records).unwrap();
    drop(stream);
    file.into_inner().into_inner()
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

#[test]
fn a_hidden_row_of_any_workbook_is_read_and_said() {
    let text = "2 Разместить отчёт А-2 апрель 2018 года Министерство труда";
    let wanted =
        [(Some(4), format!("A row that the document does not show is read like the others: «{text}»."))];
    let excel = xlsx(|sheet| {
        sheet.set_row_hidden(3).unwrap();
    });
    let flat = xlsx(|sheet| {
        sheet.set_row_height(3, 0).unwrap();
    });
    let rows = |attributes: &str| {
        let rows = (0..).zip(ROWS).map(|(nth, own)| ods_row(if nth == 2 { attributes } else { "" }, &own));
        // Behind the last row others are not shown in which nothing stands.
        let rest = ods_row(" table:visibility=\"filter\" table:number-rows-repeated=\"900\"", &[""]);
        let rows: String = rows.chain([rest]).collect();
        ods_of(&format!("<table:table table:name=\"План\">{}{rows}</table:table>", ods_row("", &[TITLE])))
    };
    let collapsed = rows(" table:visibility=\"collapse\"");
    let filtered = rows(" table:visibility=\"filter\"");
    for book in [excel, flat, collapsed, filtered] {
        assert_eq!(said(&book, "hidden-row"), wanted);
        assert_eq!(read(&book).plans[0].measures.len(), 3);
    }
    assert_eq!(said(&rows(""), "hidden-row"), []);
}

#[test]
fn rows_and_columns_that_old_excel_hides_are_read_and_said() {
    const ROW: u16 = 0x0208;
    const COLUMNS: u16 = 0x007D;
    let whole = xls(ROW, 0, |_| {});
    let measures = read(&whole).plans[0].measures.len();
    assert_eq!((said(&whole, "hidden-row"), hidden(&whole), measures), (vec![], vec![], 12));
    let by_flag = |at: usize, flag: u8| move |record: &mut [u8]| record[at] |= flag;
    let flat = |at: usize| move |record: &mut [u8]| record[at..at + 2].fill(0);
    for book in [xls(ROW, 8, by_flag(12, 0x20)), xls(ROW, 8, flat(6))] {
        let rows = said(&book, "hidden-row");
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(rows[0].1.contains("read like the others: «"), "{rows:?}");
        assert_eq!(read(&book).plans[0].measures.len(), 12);
    }
    for book in [xls(COLUMNS, 1, by_flag(8, 1)), xls(COLUMNS, 1, flat(4))] {
        let columns = hidden(&book);
        assert_eq!(columns.len(), 1, "{columns:?}");
        assert_eq!(read(&book).plans[0].measures.len(), 12);
    }
    let sheet = read(&whole).plans.remove(0).measures.remove(0).source.sheet;
    assert!(sheet.is_some_and(|name| !name.is_empty()));
}

#[test]
fn a_sheet_that_is_not_shown_stands_beside_the_text_and_is_no_page() {
    let sheet = |name: &str, style: &str, rows: &str| {
        format!("<table:table table:name=\"{name}\" table:style-name=\"{style}\">{rows}</table:table>")
    };
    let plan: String = ROWS.iter().map(|own| ods_row("", own)).collect();
    let plan = ods_row("", &[TITLE]) + &plan;
    let list = ods_row("", &["Справочник", "Министерство связи"]) + &ods_row("", &["А", "Б"]);
    let opendocument = ods_of(&(sheet("Списки", "ta2", &list) + &sheet("План", "ta1", &plan)));
    let mut book = Workbook::new();
    let lists = book.add_worksheet();
    lists.set_name("Списки").unwrap().set_hidden(true);
    lists.write_string(0, 0, "Справочник").unwrap().write_string(0, 1, "Министерство связи").unwrap();
    fill(book.add_worksheet().set_name("План").unwrap().set_active(true).set_first_tab(true));
    for bytes in [opendocument, book.save_to_buffer().unwrap()] {
        let document = read(&bytes);
        let place = &document.plans[0].measures[0].source;
        assert_eq!((place.page, place.sheet.as_deref(), place.line_start), (None, Some("План"), 3));
        let beside: Vec<&str> = document
            .residue
            .iter()
            .filter(|own| own.reason == Reason::Note)
            .map(|own| own.text.as_str())
            .collect();
        assert!(beside.len() == 1 && beside[0].starts_with("Справочник Министерство связи"), "{beside:?}");
    }
}
