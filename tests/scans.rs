//! Plans as PDF files, scans and files of recognised words: each gives the measures of the one gold of its plan.

#![allow(clippy::print_stderr)]

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use flate2::Crc;
use svod::emit::Document;
use svod::eval::{self, Count, Evaluation, Fixture};
use svod::status::{Limit, Status};

use crate::cli::{command, finished};
use crate::support::{DICTIONARIES, folders, root, trace_bytes};

const SET: &str = "fixtures/scans";

/// The plans' gold.
static GOLD: LazyLock<Vec<Fixture>> =
    LazyLock::new(|| eval::fixtures(&root().join("fixtures/dumps")).unwrap());

/// True if `programs` are there; says so where they are not.
fn can_run(programs: &[&str]) -> bool {
    let missing: Vec<&&str> =
        programs.iter().filter(|program| Command::new(program).arg("--version").output().is_err()).collect();
    if !missing.is_empty() {
        eprintln!(
            "skipped: {missing:?} not installed (apt install tesseract-ocr tesseract-ocr-rus poppler-utils)"
        );
    }
    missing.is_empty() && (!programs.contains(&"tesseract") || reads_russian())
}

/// True if tesseract has both alphabets; says so where it has not.
fn reads_russian() -> bool {
    let listed = Command::new("tesseract").arg("--list-langs").output().unwrap();
    let known = String::from_utf8_lossy(&[listed.stdout, listed.stderr].concat()).into_owned();
    let both = ["rus", "eng"].iter().all(|wanted| known.lines().any(|line| line.trim() == *wanted));
    if !both {
        eprintln!("skipped: tesseract has no Russian (apt install tesseract-ocr-rus)");
    }
    both
}

/// The files of the set whose names begin with `kind`, and what comes of them.
fn evaluations(kind: &str) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for plan in folders(&root().join(SET)) {
        let name = plan.file_name().unwrap().to_str().unwrap().to_owned();
        let gold = GOLD.iter().find(|own| own.name.starts_with(&format!("{name}/"))).unwrap().gold.clone();
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&plan).unwrap().map(|own| own.unwrap().path()).collect();
        files.sort();
        files.retain(|file| file.file_name().unwrap().to_str().unwrap().starts_with(kind));
        for input in files {
            let name = format!("{name}/{}", input.file_name().unwrap().to_str().unwrap());
            let fixture = Fixture { name, input, gold: gold.clone() };
            evaluations.push(eval::evaluate(&fixture, &DICTIONARIES).unwrap());
        }
    }
    evaluations
}

/// Of the measures of the files of a kind at least `share` is wholly right.
#[track_caller]
fn are_right(kind: &str, least: usize, share: f64) {
    let own = evaluations(kind);
    assert!(own.len() >= least, "{kind}: {} files", own.len());
    let mut sum = Count::default();
    let mut said = String::new();
    for evaluation in &own {
        let count = evaluation.scores["wholly"];
        sum.right += count.right;
        sum.of += count.of;
        said.push_str(&format!("{} {}/{}\n", evaluation.name, count.right, count.of));
    }
    eprintln!("{said}{kind}: {}/{}", sum.right, sum.of);
    assert!(sum.share() >= share, "{kind}: {}/{} are wholly right\n{said}", sum.right, sum.of);
}

#[test]
fn a_pdf_file_with_a_text_layer_gives_the_measures_of_the_gold() {
    if can_run(&["pdftotext", "pdftoppm"]) {
        are_right("typed", 6, 0.98);
    }
}

#[test]
fn files_of_recognised_words_give_nearly_all() {
    are_right("words", 12, 0.85);
}

#[test]
fn a_scan_at_300_dots_an_inch_gives_nearly_all() {
    if can_run(&["tesseract"]) {
        are_right("scan-300", 6, 0.85);
    }
}

#[test]
fn a_noisy_scan_at_200_dots_an_inch_gives_three_of_four() {
    if can_run(&["tesseract", "pdftoppm", "pdftotext"]) {
        // Tesseract 5.3.0 gives 59 of 78; another may read a few words otherwise.
        are_right("scan-200", 6, 0.72);
    }
}

#[test]
fn every_file_is_small() {
    for plan in folders(&root().join(SET)) {
        for file in std::fs::read_dir(&plan).unwrap().map(|own| own.unwrap().path()) {
            let size = file.metadata().unwrap().len();
            assert!(size < 300_000, "{}: {size} bytes", file.display());
        }
    }
}

#[test]
fn without_its_programs_a_file_needs_a_converter_and_the_package_is_named() {
    for (file, package) in [
        ("ryazan-2021-seniors/typed.pdf", "poppler-utils"),
        ("ryazan-2021-seniors/scan-300.tif", "tesseract-ocr tesseract-ocr-rus"),
    ] {
        let path = format!("{SET}/{file}");
        let ran = finished(&command(&["convert", &path]).env("PATH", "/nowhere").output().unwrap());
        assert_eq!(ran.code, Some(1), "{}", ran.said);
        assert!(ran.said.contains(package) && ran.said.contains("not installed"), "{}", ran.said);
        // Everything else still works.
        let text = "fixtures/tula-2018-outreach/input.txt";
        let ran = finished(&command(&["convert", &path, text]).env("PATH", "/nowhere").output().unwrap());
        assert!(ran.out.contains("Тульская область"), "{}", ran.said);
    }
}

fn status(bytes: &[u8]) -> Status {
    svod::trace("test", bytes, &DICTIONARIES).unwrap_err().status()
}

#[test]
fn a_damaged_pdf_file_is_undecodable_and_a_locked_one_locked() {
    if can_run(&["pdftotext"]) {
        assert_eq!(status(b"%PDF-1.4 and nothing else"), Status::Undecodable);
        let locked = std::fs::read(root().join("fixtures/scans/locked.pdf")).unwrap();
        assert_eq!(status(&locked), Status::Password);
    }
}

/// A PNG file that says it is so large.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    let mut sum = Crc::new();
    sum.update(&header);
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    file.extend(header);
    file.extend(sum.sum().to_be_bytes());
    file
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_before_it_is_made() {
    assert_eq!(status(&png(100_000, 100_000)), Status::Limit(Limit::Size));
    assert_eq!(status(&png(u32::MAX / 2, 1)), Status::Limit(Limit::Size));
    assert_eq!(status(&png(100, 100)), Status::Undecodable);
}

#[test]
fn damaged_pictures_never_crash() {
    for head in [b"\x89PNG\r\n\x1a\n".as_slice(), b"\xff\xd8\xff\xe0", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]
    {
        for tail in [b"".as_slice(), b"\0\0\0\0", b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"] {
            assert_eq!(status(&[head, tail].concat()), Status::Undecodable);
        }
    }
}

#[test]
fn a_row_of_a_pdf_file_knows_its_box() {
    if can_run(&["pdftotext", "pdftoppm"]) {
        let bytes = std::fs::read(root().join(SET).join("tomsk-2020-employment/typed.pdf")).unwrap();
        let document = svod::emit::document(&trace_bytes(&bytes));
        let boxes = &document.plans[0].measures[0].source.boxes;
        assert_eq!(boxes.len(), 1);
        // Row 1 stands on the first of two landscape pages, in points.
        assert_eq!(boxes[0].page, 1);
        assert!(boxes[0].left > 30.0 && boxes[0].right < 812.0, "{boxes:?}");
        assert!(boxes[0].top > 210.0 && boxes[0].bottom < 300.0, "{boxes:?}");
    }
}

/// What comes of the file of a plan: the document, and how many of the first `rows` rows of the gold are wholly right; they and
/// no others are found.
#[track_caller]
fn read_rows(plan: &str, file: &str, rows: usize) -> (Document, usize) {
    let mut gold = GOLD.iter().find(|own| own.name.starts_with(&format!("{plan}/"))).unwrap().gold.clone();
    gold.plans[0].measures.truncate(rows);
    let bytes = std::fs::read(root().join(SET).join(plan).join(file)).unwrap();
    let document = svod::emit::document(&trace_bytes(&bytes));
    let (scores, differences) = eval::compare(&gold, &document);
    eprintln!("{plan}/{file}: {}/{rows}\n{}", scores["wholly"].right, differences.join("\n"));
    let numbers: Vec<_> = document.plans[0].measures.iter().map(|own| own.number.clone()).collect();
    let wanted: Vec<_> = gold.plans[0].measures.iter().map(|own| own.number.clone()).collect();
    assert_eq!(numbers, wanted, "{file}");
    (document, scores["wholly"].right)
}

#[test]
fn a_coarse_jpeg_of_one_page_gives_what_its_rows_say() {
    if can_run(&["tesseract"]) {
        // 150 dots an inch, 0.5° askew, artefacts of JPEG around every letter: two numbers of seven are misread («a1», «21»), and
        // the heading of the measures («Содепжлние»), whose column is then kept as one of no known role.
        let plan = "smolensk-2023-anticorruption";
        let gold = &GOLD.iter().find(|own| own.name.starts_with(plan)).unwrap().gold.plans[0].measures;
        let bytes = std::fs::read(root().join(SET).join(plan).join("scan-150.jpg")).unwrap();
        let measures = svod::emit::document(&trace_bytes(&bytes)).plans.remove(0).measures;
        assert_eq!(measures.len(), 7);
        let says = |nth: usize| {
            let wanted = gold[nth].text.to_lowercase();
            let own = &measures[nth];
            own.text.to_lowercase() == wanted || own.fields.values().any(|text| text.to_lowercase() == wanted)
        };
        let right = (0..7).filter(|&nth| says(nth)).count();
        let numbered = (0..7).filter(|&nth| measures[nth].number == gold[nth].number).count();
        assert!(right >= 6 && numbered >= 5, "{right} texts, {numbered} numbers of 7");
    }
}

#[test]
fn a_stamp_and_a_signature_over_the_approval_harm_no_row() {
    if can_run(&["tesseract"]) {
        let (document, right) = read_rows("ryazan-2021-seniors", "stamped-300.tif", 12);
        assert!(right >= 10, "{right} of 12");
        assert_eq!(document.plans[0].columns.len(), 4);
    }
}

#[test]
fn a_stamp_and_a_signature_over_the_table_cost_no_row() {
    if can_run(&["tesseract"]) {
        // On two of three pages, over borders and cells: what is straight of the stamp's circles is no border. Tesseract 5.3.0
        // gives 10; what stands under the ink is misread.
        let (document, right) = read_rows("tver-2022-tuberculosis", "stamped-300.tif", 13);
        assert!(right >= 9, "{right} of 13");
        assert_eq!(document.plans[0].columns.len(), 5);
    }
}

#[test]
fn each_page_of_a_mixed_pdf_file_is_read_as_what_it_is() {
    if can_run(&["tesseract", "pdftoppm", "pdftotext"]) {
        // A table over three landscape pages: typed, scanned, and typed in fonts that name other letters.
        let (document, right) = read_rows("orenburg-2019-steppe-fires", "mixed.pdf", 12);
        assert!(right >= 9, "{right} of 12");
        assert_eq!(document.source.pages, Some(3));
        let broken: Vec<&str> = document
            .diagnostics
            .iter()
            .filter(|own| own.code == "broken-text-layer")
            .map(|own| own.message.as_str())
            .collect();
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert!(broken[0].contains("page 3"), "{broken:?}");
        // What was typed is believed as it is, what was recognised is not quite; a page is wider than high.
        let measures = &document.plans[0].measures;
        let boxes = &measures[0].source.boxes;
        assert!(boxes[0].page == 1 && boxes[0].right > 600.0 && boxes[0].bottom < 596.0, "{boxes:?}");
        assert_eq!(measures[11].executors.last().unwrap().text.split(' ').next_back(), Some("области"));
    }
}
