//! A register in other forms: every one holds what the register holds.

use std::fs;
use std::io::Read;

use calamine::Reader;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use svod::emit::{FIELDS, FieldKind, Sheet};

use crate::register::{Place, ask, long_plan, plan};
use crate::support::read;

/// Documents with what is hard to write: quotes, semicolons, formulas, markup, an empty cell.
fn place() -> Place {
    let place = Place::new();
    place.put("a.txt", long_plan(1, 4));
    place.put("b.txt", plan(2).replace("Размещение", "=1+1; \"<b>Размещение</b>\""));
    place.put("c.txt", "Письмо без плана <script>alert(1)</script>.");
    place.put("d <script>.txt", long_plan(3, 2).replace("IV квартал 2018 года", ""));
    place.import(&[]);
    place
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn measures(place: &Place) -> Vec<String> {
    let rows = place.ask(
        "SELECT m.text FROM measures m JOIN plans p ON p.id = m.plan JOIN documents d ON d.id = p.document
         JOIN files f ON f.id = d.file ORDER BY f.path, p.position, m.position",
    );
    rows.into_iter().map(|row| row[0].clone()).collect()
}

/// What `convert` prints of the documents.
fn converted(place: &Place, format: &str) -> String {
    let documents = ["archive/a.txt", "archive/b.txt", "archive/c.txt", "archive/d <script>.txt"];
    place.svod(&[&["convert"], &documents[..], &["--format", format]].concat()).out
}

/// The column of what is to be done.
fn column_of_texts(mut rows: csv::Reader<&[u8]>) -> Vec<String> {
    let column = rows.headers().unwrap().iter().position(|name| name == "text").unwrap();
    rows.records().map(|row| row.unwrap()[column].to_owned()).collect()
}

#[test]
fn csv_is_rfc_4180_and_says_what_convert_says() {
    let place = place();
    let exported = text(place.export("register", &["csv"]));
    let texts = column_of_texts(csv::Reader::from_reader(exported.as_bytes()));
    assert_eq!(texts, measures(&place));
    assert_eq!(texts.len(), 7);
    assert_eq!(exported, converted(&place, "csv"));
}

#[test]
fn csv_for_excel_has_a_mark_semicolons_and_no_formula() {
    let place = place();
    let exported = text(place.export("register", &["csv", "--excel"]));
    let rest = exported.strip_prefix('\u{feff}').unwrap();
    let texts = column_of_texts(csv::ReaderBuilder::new().delimiter(b';').from_reader(rest.as_bytes()));
    assert_eq!(texts.len(), 7);
    assert!(texts.iter().any(|text| text.starts_with("'=1+1; \"")), "{texts:?}");
    assert_eq!(place.svod(&["export", "register", "-f", "xlsx", "--excel", "--out", "x"]).code, Some(2));
}

#[test]
fn jsonl_is_what_convert_prints() {
    let place = place();
    assert_eq!(text(place.export("register", &["jsonl"])), converted(&place, "jsonl"));
}

#[test]
fn a_workbook_has_a_header_that_stays_a_filter_and_every_row() {
    let place = place();
    let bytes = place.export("register", &["xlsx"]);
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes.clone())).unwrap();
    let sheet = book.worksheet_range("measures").unwrap();
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(header, FIELDS.iter().map(|field| field.name).collect::<Vec<&str>>());
    let column = header.iter().position(|name| name == "text").unwrap();
    let texts: Vec<String> = sheet.rows().skip(1).map(|row| row[column].to_string()).collect();
    assert_eq!(texts, measures(&place));
    assert!(book.worksheet_formula("measures").unwrap().is_empty());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert!(
        xml.contains("state=\"frozen\"") && xml.contains("<autoFilter ref=\"A1:Z8\"/>"),
        "{}",
        &xml[..900]
    );
}

#[test]
fn a_workbook_that_is_full_goes_on_and_a_cell_that_is_full_says_so() {
    let mut sheet = Sheet::with_rows(3).unwrap();
    sheet.document(&read(&long_plan(1, 8))).unwrap();
    let words = "слово ".repeat(7_000);
    sheet.document(&read(&plan(2).replace("Размещение", &words))).unwrap();
    let mut bytes = Vec::new();
    assert_eq!(sheet.finish(&mut bytes).unwrap(), 1);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let rows: Vec<usize> =
        book.sheet_names().iter().map(|name| book.worksheet_range(name).unwrap().height() - 1).collect();
    assert_eq!(rows, [3, 3, 3]);
    let last = book.worksheet_range("measures 3").unwrap();
    assert!(
        last.rows()
            .next_back()
            .unwrap()
            .iter()
            .any(|cell| cell.to_string().ends_with("jsonl and sqlite hold all]"))
    );
}

#[test]
fn parquet_has_typed_columns_and_nulls() {
    let place = place();
    let bytes = place.export("register", &["parquet"]);
    let path = place.path("x.parquet");
    fs::write(&path, bytes).unwrap();
    let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
    let of = |name: &str| FIELDS.iter().position(|field| field.name == name).unwrap();
    let rows: Vec<parquet::record::Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let texts: Vec<String> = rows.iter().map(|row| row.get_string(of("text")).unwrap().clone()).collect();
    assert_eq!(texts, measures(&place));
    assert!(rows[0].get_long(of("line_start")).unwrap() > 0);
    assert!(rows[0].get_double(of("confidence")).unwrap() > 0.0);
    let empty = rows.last().unwrap().get_column_iter().nth(of("deadline_end")).unwrap().1;
    assert_eq!(*empty, parquet::record::Field::Null);
}

#[test]
fn a_copy_has_all_tables_and_nothing_of_this_machine() {
    let place = place();
    let bytes = place.export("register", &["sqlite"]);
    fs::write(place.path("copy.sqlite"), &bytes).unwrap();
    let copy = place.path("copy.sqlite");
    for table in [
        "files",
        "documents",
        "plans",
        "sections",
        "measures",
        "deadlines",
        "intervals",
        "executors",
        "entities",
        "repairs",
        "diagnostics",
        "residue",
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(ask(&copy, &sql), place.ask(&sql), "{table}");
    }
    let rows = ask(&copy, "SELECT text FROM rows ORDER BY rowid");
    assert_eq!(rows.concat(), measures(&place));
    assert_eq!(ask(&copy, "SELECT count(*) FROM roots")[0][0], "0");
    assert_eq!(ask(&copy, "SELECT count(*) FROM files WHERE modified IS NOT NULL")[0][0], "0");
    let folder = place.folder.path().to_str().unwrap().as_bytes();
    assert!(!bytes.windows(folder.len()).any(|window| window == folder));
    assert_eq!(ask(&copy, "PRAGMA foreign_key_check"), Vec::<Vec<String>>::new());
    assert!(FIELDS.iter().filter(|field| field.kind != FieldKind::Text).count() == 4);
}

#[test]
fn a_calendar_has_the_terms_of_all_documents() {
    let place = place();
    let exported = text(place.export("register", &["ics"]));
    assert_eq!(exported, converted(&place, "ics"));
    let calendar = ical::IcalParser::new(exported.as_bytes()).next().unwrap().unwrap();
    let dated = "SELECT count(*) FROM deadlines d WHERE d.kind IN ('date', 'interval') AND EXISTS
                 (SELECT 1 FROM intervals i WHERE i.deadline = d.id)";
    assert_eq!(calendar.events.len().to_string(), place.ask(dated)[0][0]);
    assert!(!calendar.events.is_empty());
}

#[test]
fn the_page_stands_alone_and_escapes_what_it_shows() {
    let place = place();
    assert_eq!(place.svod(&["report", "register", "--html", "page.html"]).code, Some(0));
    let page = fs::read_to_string(place.path("page.html")).unwrap();
    for word in [
        "4 inputs, 4 accounted for; 4 documents, 3 plans, 7 measures",
        "2018-03",
        "2018-12",
        "no-plan",
        "<svg",
        "Тульская область",
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(page.contains("d &lt;script&gt;.txt"));
    for word in ["<script", "http", "src=", "@import", "url("] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_one_that_was_there() {
    let place = place();
    fs::create_dir(place.path("taken")).unwrap();
    for format in ["csv", "jsonl", "xlsx", "sqlite", "parquet", "ics"] {
        let ran = place.svod(&["export", "register", "--format", format, "--out", "taken"]);
        assert_eq!(ran.code, Some(1), "{format}");
        assert!(ran.said.contains("taken"), "{}", ran.said);
    }
    let names: Vec<String> = fs::read_dir(place.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.iter().any(|name| name.starts_with(".svod-")), "{names:?}");
}
