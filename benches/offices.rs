//! Megabytes per second of documents of office programs, beside a floor on the same data in the same run.
//!
//! The floor is what any reader of them has to do: unpack every part and walk over its XML. Quote the ratio, not the seconds.
//! A megabyte is one of the unpacked XML. Decoding ends where lines and cells are known; what follows is the same as for
//! text, and `throughput` times it.
//!
//! `cargo bench --bench offices`

#![allow(clippy::print_stdout, clippy::expect_used)]

use std::io::{Cursor, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use quick_xml::events::Event;
use rust_xlsxwriter::Workbook;
use svod::Result;
use svod::dictionaries::Dictionaries;
use svod::pipeline::{self, Stage};
use zip::write::SimpleFileOptions;

/// Runs of each measurement; the median is printed.
const RUNS: usize = 7;

/// Rows of the generated plans.
const ROWS: usize = 5000;

fn main() -> ExitCode {
    match bench() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bench() -> Result<()> {
    let dictionaries = Dictionaries::embedded()?;
    println!("{:<6} {:>9} {:>9} {:>9} {:>9} {:>7}", "MB/s", "XML, MB", "decode", "whole", "floor", "ratio");
    for (name, bytes) in [("docx", docx()), ("xlsx", xlsx())] {
        let size = floor(&bytes);
        let floor = median(|| {
            let started = Instant::now();
            assert_eq!(floor(&bytes), size);
            Ok(started.elapsed())
        })?;
        let decode = median(|| {
            let (started, mut ended) = (Instant::now(), Duration::ZERO);
            pipeline::observe(name, &bytes, &dictionaries, |stage| {
                if stage == Stage::Decode {
                    ended = started.elapsed();
                }
            })?;
            Ok(ended)
        })?;
        let whole = median(|| {
            let started = Instant::now();
            let document = pipeline::read(name, &bytes, &dictionaries)?;
            assert_eq!(document.plans[0].measures.len(), ROWS, "{name}");
            Ok(started.elapsed())
        })?;
        let speed = |time: Duration| size as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{name:<6} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>7.2}",
            size as f64 / 1e6,
            speed(decode),
            speed(whole),
            speed(floor),
            decode.as_secs_f64() / floor.as_secs_f64()
        );
    }
    Ok(())
}

fn median(mut run: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..RUNS).map(|_| run()).collect::<Result<Vec<Duration>>>()?;
    times.sort();
    Ok(times[RUNS / 2])
}

/// Unpacks every part, walks over the XML, and gives how many bytes that were.
fn floor(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut size = 0;
    for nth in 0..archive.len() {
        let mut part = String::new();
        archive.by_index(nth).expect("a part").read_to_string(&mut part).expect("text");
        let mut reader = quick_xml::Reader::from_str(&part);
        while !matches!(reader.read_event().expect("XML"), Event::Eof) {}
        size += part.len();
    }
    size
}

/// The cells of row `nth`.
fn row(nth: usize) -> [String; 4] {
    [
        nth.to_string(),
        format!("Провести проверку готовности учреждений культуры района № {nth} к отопительному периоду"),
        "до 1 сентября 2018 года".to_owned(),
        "Министерство культуры Тульской области".to_owned(),
    ]
}

const HEADING: [&str; 4] = ["№ п/п", "Мероприятие", "Срок исполнения", "Ответственные исполнители"];
const TITLE: &str = "План мероприятий Тульской области на 2018 год";

fn docx() -> Vec<u8> {
    let paragraph = |text: &str| {
        format!(
            "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let row_of = |cells: &[String]| {
        let cell =
            |text: &String| format!("<w:tc><w:tcPr><w:tcW w:w=\"2400\"/></w:tcPr>{}</w:tc>", paragraph(text));
        format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = (1..=ROWS).map(|nth| row_of(&row(nth))).collect();
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body>{}<w:tbl>{}{rows}</w:tbl></w:body></w:document>",
        paragraph(TITLE),
        row_of(&HEADING.map(str::to_owned))
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    writer.write_all(document.as_bytes()).expect("a part");
    writer.finish().expect("an archive").into_inner()
}

fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, TITLE).expect("a cell");
    for (at, heading) in (0..).zip(HEADING) {
        sheet.write_string(1, at, heading).expect("a cell");
    }
    for nth in 1..=ROWS {
        for (at, text) in (0..).zip(row(nth)) {
            sheet.write_string(nth as u32 + 1, at, text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
