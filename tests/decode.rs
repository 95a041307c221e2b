//! Bytes into characters: encodings, pages, marks, and what is refused.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, UTF_8, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};
use svod::decode::{LineKind, Separator};
use svod::issue::IssueKind;

use crate::support::{DICTIONARIES, trace, trace_bytes};

const PAGE: &str = "План мероприятий по улучшению качества оказания услуг Тульской области на 2017 год.\n\
    Размещение информации о результатах проведения независимой оценки качества на официальном сайте министерства.\n\
    Яблоков Юрий, щука, эхо, объём, съезд: Министерство труда и социальной защиты.\n";

fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    // The encoder has no UTF-16 and falls back for letters that a code page has not; «ё» is in all of these.
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "the page must fit into {}", encoding.name());
    bytes.into_owned()
}

fn refusal(bytes: &[u8]) -> String {
    svod::trace("plan.txt", bytes, &DICTIONARIES).expect_err("must be refused").to_string()
}

#[test]
fn every_cyrillic_encoding_is_told_by_its_letters() {
    for encoding in [UTF_8, WINDOWS_1251, KOI8_R, IBM866, ISO_8859_5, X_MAC_CYRILLIC] {
        let trace = trace_bytes(&encode(PAGE, encoding));
        assert_eq!(trace.source.encoding, Some(encoding.name()));
        assert_eq!(trace.source.decoded.as_str(), PAGE, "{}", encoding.name());
    }
}

#[test]
fn a_page_in_capitals_is_told_too() {
    let capitals = PAGE.to_uppercase();
    for encoding in [WINDOWS_1251, KOI8_R, IBM866, ISO_8859_5, X_MAC_CYRILLIC] {
        assert_eq!(trace_bytes(&encode(&capitals, encoding)).source.encoding, Some(encoding.name()));
    }
}

#[test]
fn byte_order_marks_and_utf_16_are_read() {
    let with_mark = [b"\xEF\xBB\xBF".as_slice(), PAGE.as_bytes()].concat();
    assert_eq!(trace_bytes(&with_mark).source.decoded.as_str(), PAGE);
    let units: Vec<u16> = PAGE.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for (bytes, mark, label) in [(little, b"\xFF\xFE", "UTF-16LE"), (big, b"\xFE\xFF", "UTF-16BE")] {
        let marked = [mark.as_slice(), &bytes].concat();
        for bytes in [marked, bytes] {
            let trace = trace_bytes(&bytes);
            assert_eq!((trace.source.encoding, trace.source.decoded.as_str()), (Some(label), PAGE));
        }
    }
}

#[test]
fn a_doubtful_encoding_is_said() {
    let few = encode("План на год", WINDOWS_1251);
    let trace = trace_bytes(&few);
    assert_eq!(trace.source.decoded.as_str(), "План на год");
    assert!(
        trace.issues.iter().any(|issue| issue.kind == IssueKind::UncertainEncoding),
        "eleven letters decide nothing"
    );
    let page = trace_bytes(&encode(&PAGE.repeat(3), WINDOWS_1251));
    assert!(!page.issues.iter().any(|issue| issue.kind == IssueKind::UncertainEncoding), "a page decides");
}

#[test]
fn damaged_utf_8_stays_utf_8_and_the_loss_is_said() {
    let mut bytes = PAGE.as_bytes().to_vec();
    bytes[20] = 0xFF;
    let trace = trace_bytes(&bytes);
    assert_eq!(trace.source.encoding, Some("UTF-8"));
    assert!(trace.issues.iter().any(|issue| issue.kind == IssueKind::UnreadableBytes));
}

#[test]
fn what_is_not_text_is_refused_by_name_with_advice() {
    let cases: [(&[u8], &str); 4] = [
        (b"", "plan.txt: the input is empty"),
        (b"PK\x03\x04\x14\x00", "plan.txt: damaged container"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1", "plan.txt: this is an old office document that is not read"),
        (
            b"\x01\x02\x00\x00\x07\x08\x0e\x00\x01\x00\x02\x03",
            "plan.txt: this is a file of no kind that can be read",
        ),
    ];
    for (bytes, message) in cases {
        let refusal = refusal(bytes);
        assert!(refusal.starts_with(message), "{refusal}");
        assert!(refusal.contains("; "), "a refusal says what to do: {refusal}");
    }
}

#[test]
fn a_text_without_cyrillic_is_read_and_said() {
    let empty = trace("Plan of action, nothing else.");
    assert!(empty.plans.is_empty());
    assert!(empty.issues.iter().any(|issue| issue.kind == IssueKind::NoCyrillic));
    let latin = "Hanpapnenue meponpugtug no ynyuweHuto kayecmea ".repeat(10);
    assert!(trace(&latin).issues.iter().any(|issue| issue.kind == IssueKind::LatinRecognition));
}

#[test]
fn a_form_feed_ends_a_page_and_lines_count_from_its_top() {
    let trace = trace("раз\nдва\n\u{c}три\nчетыре\n");
    assert!(trace.source.paged);
    let offset = trace.source.decoded.as_str().find("четыре").unwrap() as u32;
    assert_eq!(trace.source.place(offset), (Some(2), 2));
    let unpaged = crate::support::trace("раз\r\nдва\rтри\n");
    let offset = unpaged.source.decoded.as_str().find("три").unwrap() as u32;
    assert_eq!(unpaged.source.place(offset), (None, 3), "CR LF is one line end, a lone CR is one too");
}

fn marks(text: &str) -> Vec<(LineKind, Separator, usize)> {
    let source = trace(text).source;
    source.pages[0].lines.iter().map(|line| (line.kind, line.separator, line.cells.len())).collect()
}

#[test]
fn marked_cells_are_found_and_stray_pipes_are_not() {
    use LineKind::{Rule, Text};
    assert_eq!(marks("1\tРазместить\t2018 год"), [(Text, Separator::Tab, 3)]);
    assert_eq!(marks("--\t--\t---"), [(Rule, Separator::Tab, 3)]);
    assert_eq!(marks("│ 1 │ Разместить │"), [(Text, Separator::Box, 4)]);
    assert_eq!(marks("├───┼────────────┤")[0].0, Rule);
    assert_eq!(marks("---T---¬")[0].0, Rule);
    let table = "| 1 | а |\n| 2 | б |\n| 3 | в |";
    assert!(marks(table).iter().all(|line| *line == (Text, Separator::Pipe, 4)));
    let scan = "1 Разместить сведения\nна сайте\n 4 | Выпуск буклетов\n| о порядке\nпроведения\n";
    assert!(marks(scan).iter().all(|line| line.1 == Separator::None), "two lines with pipes are no table");
}

#[test]
fn text_that_was_decoded_wrongly_once_before_is_mended_and_every_word_is_on_the_books() {
    for (taken, meant) in
        [(WINDOWS_1252, WINDOWS_1251), (WINDOWS_1251, UTF_8), (WINDOWS_1251, KOI8_R), (KOI8_R, WINDOWS_1251)]
    {
        let plain = PAGE.replace(['ё', 'Ё'], "е");
        let bytes = encode(&plain, meant);
        let (garbled, _) = taken.decode_without_bom_handling(&bytes);
        let trace = trace(&garbled);
        let lines: Vec<String> = trace.pages[0]
            .lines
            .iter()
            .map(|line| line.cells[0].squeezed().as_str().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let wanted: Vec<&str> = plain.lines().collect();
        assert_eq!(lines, wanted, "{} read as {}", meant.name(), taken.name());
        assert!(trace.issues.iter().any(|issue| issue.kind == IssueKind::MendedEncoding));
        let mended = trace.pages[0].lines[0].cells[0].repairs();
        assert!(mended.iter().all(|repair| repair.rule.area() == "encoding") && !mended.is_empty());
    }
}
