//! Words with boxes: the same page in four formats is the same lines, cells and boxes.

use svod::decode::{Format, Merge, Separator};
use svod::emit::{self, Document};
use svod::{Trace, status::Status};

use crate::support::{DICTIONARIES, trace_bytes};

/// A word of a page: its text, left, top, width in tenths of a millimetre, its line, its certainty in hundredths.
pub(crate) type Word = (&'static str, u32, u32, u32, u32, u8);

const HEIGHT: u32 = 30;

/// Words of `line` from `left` on, each letter 18 wide.
pub(crate) fn words(line: u32, left: u32, top: u32, text: &'static str) -> Vec<Word> {
    let mut x = left;
    let word = |word: &'static str| {
        let width = 18 * word.chars().count() as u32;
        let own = (word, x, top, width, line, 96);
        x += width + 9;
        own
    };
    text.split(' ').map(word).collect()
}

/// A table without lines under a title: a heading, three rows of two printed lines each.
pub(crate) fn page() -> Vec<Word> {
    let mut all = words(1, 500, 100, "План мероприятий Тульской области на 2018 год");
    let rows = [
        ["№", "Мероприятие", "Срок", "Исполнители"],
        ["1", "Провести проверку готовности", "до 1 марта", "Министерство"],
        ["", "спасательных служб", "2018 года", "образования"],
        ["2", "Подготовить сводный отчёт о", "апрель", "Министерство"],
        ["", "состоянии дорог", "2018 года", "образования"],
        ["3", "Разместить сведения на сайте", "ежемесячно", "Министерство"],
        ["", "в сети", "", "образования"],
    ];
    for (nth, row) in rows.into_iter().enumerate() {
        let apart = if nth == 0 { 0 } else { 40 + 30 * ((nth as u32 - 1) / 2) };
        let top = 300 + 45 * nth as u32 + apart;
        for (cell, left) in row.into_iter().zip([100, 200, 1000, 1400]) {
            if !cell.is_empty() {
                all.extend(words(nth as u32 + 2, left, top, cell));
            }
        }
    }
    all
}

pub(crate) fn hocr(page: &[Word]) -> String {
    let mut html = "<?xml version=\"1.0\"?><html><head><meta name='ocr-system' content='x'></head><body>\
        <div class='ocr_page' title='image \"a;b.png\"; bbox 0 0 2100 2970; ppageno 0'>"
        .to_owned();
    for line in page.chunk_by(|a, b| a.4 == b.4) {
        html.push_str("<span class='ocr_line' title='bbox 0 0 2100 40; baseline 0 -5'>");
        for (text, left, top, width, _, sure) in line {
            let (right, bottom) = (left + width, top + HEIGHT);
            let text = text.replace('&', "&amp;");
            html.push_str(&format!(
                "<span class='ocrx_word' title='bbox {left} {top} {right} {bottom}; x_wconf {sure}'>{text}</span> "
            ));
        }
        html.push_str("</span><br>");
    }
    html + "</div></body></html>"
}

fn alto(page: &[Word]) -> String {
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\">\
        <Description><MeasurementUnit>mm10</MeasurementUnit></Description><Layout>\
        <Page WIDTH=\"2100\" HEIGHT=\"2970\"><PrintSpace><TextBlock>"
            .to_owned();
    for line in page.chunk_by(|a, b| a.4 == b.4) {
        xml.push_str("<TextLine>");
        for (text, left, top, width, _, sure) in line {
            let sure = f32::from(*sure) / 100.0;
            xml.push_str(&format!(
                "<String CONTENT=\"{text}\" HPOS=\"{left}\" VPOS=\"{top}\" WIDTH=\"{width}\" HEIGHT=\"{HEIGHT}\" WC=\"{sure}\"/><SP/>"
            ));
        }
        xml.push_str("</TextLine>");
    }
    xml + "</TextBlock></PrintSpace></Page></Layout></alto>"
}

fn page_xml(page: &[Word]) -> String {
    let mut xml = "<?xml version=\"1.0\"?><PcGts><Page imageWidth=\"2100\" imageHeight=\"2970\"><TextRegion>\
        <Coords points=\"0,0 2100,0 2100,2970 0,2970\"/>"
        .to_owned();
    for line in page.chunk_by(|a, b| a.4 == b.4) {
        xml.push_str("<TextLine><Coords points=\"0,0 2100,40\"/>");
        for (text, left, top, width, _, sure) in line {
            let (right, bottom, sure) = (left + width, top + HEIGHT, f32::from(*sure) / 100.0);
            xml.push_str(&format!(
                "<Word><Coords points=\"{left},{top} {right},{top} {right},{bottom} {left},{bottom}\"/>\
                 <TextEquiv index=\"0\" conf=\"{sure}\"><Unicode>{text}</Unicode></TextEquiv>\
                 <TextEquiv index=\"1\"><Unicode>другое</Unicode></TextEquiv></Word>"
            ));
        }
        xml.push_str("<TextEquiv><Unicode>вся строка</Unicode></TextEquiv></TextLine>");
    }
    xml + "</TextRegion></Page></PcGts>"
}

pub(crate) fn tsv(page: &[Word]) -> String {
    let mut lines =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
         1\t1\t0\t0\t0\t0\t0\t0\t2100\t2970\t-1\t\n"
            .to_owned();
    for (text, left, top, width, line, sure) in page {
        lines.push_str(&format!(
            "5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t{HEIGHT}\t{sure}.25\t{text}\n"
        ));
    }
    lines
}

fn all(page: &[Word]) -> [(Format, String); 4] {
    [
        (Format::Hocr, hocr(page)),
        (Format::Alto, alto(page)),
        (Format::PageXml, page_xml(page)),
        (Format::TsvWords, tsv(page)),
    ]
}

/// Number, text, terms and executors of every measure.
pub(crate) fn measures(document: &Document) -> Vec<String> {
    let own = document.plans.iter().flat_map(|plan| &plan.measures);
    own.map(|measure| {
        let terms: Vec<&str> = measure.deadlines.iter().map(|term| term.text.as_str()).collect();
        let names: Vec<&str> = measure.executors.iter().map(|name| name.text.as_str()).collect();
        let number = measure.number.as_deref().unwrap_or("–");
        format!("{number} | {} | {} | {}", measure.text, terms.join("; "), names.join("; "))
    })
    .collect()
}

#[test]
fn a_page_is_the_same_in_every_format_of_words_with_boxes() {
    let wanted = [
        "1 | Провести проверку готовности спасательных служб | до 1 марта 2018 года | Министерство образования",
        "2 | Подготовить сводный отчёт о состоянии дорог | апрель 2018 года | Министерство образования",
        "3 | Разместить сведения на сайте в сети | ежемесячно | Министерство образования",
    ];
    for (format, file) in all(&page()) {
        let trace = trace_bytes(file.as_bytes());
        assert_eq!(trace.source.format, format);
        assert_eq!(measures(&emit::document(&trace)), wanted, "{format:?}");
    }
}

#[test]
fn each_printed_line_has_its_cells_in_the_columns_of_the_page() {
    for (format, file) in all(&page()) {
        let trace = trace_bytes(file.as_bytes());
        let placed = trace.source.pages[0].lines.iter().filter(|line| line.separator == Separator::Placed);
        let drawn: Vec<String> = placed
            .map(|line| {
                assert!(line.merges.iter().all(|merge| *merge == Merge::Own), "{format:?}");
                let cells: Vec<&str> = line.cells.iter().map(|&cell| trace.source.decoded.at(cell)).collect();
                cells.join("|")
            })
            .collect();
        let wanted = [
            "№|Мероприятие|Срок|Исполнители",
            "1|Провести проверку готовности|до 1 марта|Министерство",
            "|спасательных служб|2018 года|образования",
            "2|Подготовить сводный отчёт о|апрель|Министерство",
            "|состоянии дорог|2018 года|образования",
            "3|Разместить сведения на сайте|ежемесячно|Министерство",
            "|в сети||образования",
        ];
        assert_eq!(drawn, wanted, "{format:?}");
    }
}

#[test]
fn every_word_knows_its_place_and_how_sure_recognition_was() {
    for (format, file) in all(&page()) {
        let Trace { source, .. } = trace_bytes(file.as_bytes());
        let said: Vec<(&str, Option<u8>)> =
            source.words.iter().map(|word| (source.decoded.at(word.span), word.confidence)).collect();
        let wanted: Vec<(&str, Option<u8>)> = page().iter().map(|word| (word.0, Some(word.5))).collect();
        let mut sorted = (said.clone(), wanted);
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        assert_eq!(sorted.0, sorted.1, "{format:?}");
        // ALTO in tenths of a millimetre is given in points.
        let unit = if format == Format::Alto { 72.0 / 254.0 } else { 1.0 };
        let first = source.words.iter().find(|word| source.decoded.at(word.span) == "Мероприятие").unwrap();
        assert!((first.bounds.left - 200.0 * unit).abs() < 0.01, "{format:?}: {:?}", first.bounds);
        assert!((first.bounds.bottom - 330.0 * unit).abs() < 0.01, "{format:?}: {:?}", first.bounds);
    }
}

#[test]
fn a_measure_says_in_which_box_of_which_page_it_stands() {
    let document = emit::document(&trace_bytes(hocr(&page()).as_bytes()));
    let own = &document.plans[0].measures[0].source.boxes;
    assert_eq!(own.len(), 1);
    let own = &own[0];
    assert_eq!((own.page, own.left, own.top, own.bottom), (1, 100.0, 385.0, 460.0), "{own:?}");
}

#[test]
fn a_word_of_which_recognition_was_not_sure_is_kept_and_lowers_the_confidence() {
    let mut doubtful = page();
    let word = doubtful.iter_mut().find(|word| word.0 == "готовности").unwrap();
    word.5 = 7;
    let (sure, unsure) = (trace_bytes(hocr(&page()).as_bytes()), trace_bytes(hocr(&doubtful).as_bytes()));
    assert_eq!(sure.source.decoded, unsure.source.decoded);
    let confidences = |trace: &Trace| -> Vec<f64> {
        trace.plans[0].measures.iter().map(|measure| measure.confidence).collect()
    };
    let (sure, unsure) = (confidences(&sure), confidences(&unsure));
    assert!(unsure[0] < sure[0] * 0.7, "{unsure:?} {sure:?}");
    assert_eq!(unsure[1..], sure[1..]);
}

#[test]
fn certainty_is_read_as_each_format_means_it() {
    let whole = hocr(&page());
    let decimal = whole.replace("x_wconf 96", "x_wconf 95.83");
    assert_eq!(trace_bytes(decimal.as_bytes()).source.words[0].confidence, Some(96));
    let without = whole.replace("; x_wconf 96", "");
    assert_eq!(trace_bytes(without.as_bytes()).source.words[0].confidence, None);
    // CC is inverted: 0 is sure.
    for (figures, wanted) in [("0 0 0 0", Some(100)), ("9 9 9 9", Some(0)), ("0009", Some(75)), ("", None)] {
        let xml = alto(&page()).replace("WC=\"0.96\"", &format!("CC=\"{figures}\""));
        assert_eq!(trace_bytes(xml.as_bytes()).source.words[0].confidence, wanted, "{figures}");
    }
    let refused = tsv(&page()).replace("96.25", "-1");
    assert_eq!(trace_bytes(refused.as_bytes()).source.words[0].confidence, None);
}

#[test]
fn a_page_that_lay_askew_has_the_same_cells() {
    // Two degrees: the right end of the table lies by two lines lower than its left.
    let askew: Vec<Word> = page()
        .into_iter()
        .map(|word| (word.0, word.1, (word.2 as f32 + word.1 as f32 * 0.035) as u32, word.3, word.4, word.5))
        .collect();
    let (straight, askew) = (trace_bytes(hocr(&page()).as_bytes()), trace_bytes(hocr(&askew).as_bytes()));
    assert_eq!(measures(&emit::document(&askew)), measures(&emit::document(&straight)));
}

#[test]
fn lines_without_words_are_spread_over_their_boxes() {
    let lines = "<html><body><div class=ocr_page title='bbox 0 0 1000 1000'>\
        <span class=ocr_line title='bbox 100 100 500 140'>План на год</span></div></body></html>";
    let source = trace_bytes(lines.as_bytes()).source;
    let places: Vec<(&str, i32)> =
        source.words.iter().map(|word| (source.decoded.at(word.span), word.bounds.left as i32)).collect();
    assert_eq!(places, [("План", 100), ("на", 281), ("год", 390)]);
}

#[test]
fn a_hyphen_of_its_own_ends_the_word_before_it() {
    let xml = "<alto><Layout><Page WIDTH=\"900\" HEIGHT=\"900\"><TextLine><String CONTENT=\"согласо\" HPOS=\"0\" VPOS=\"0\" \
        WIDTH=\"70\" HEIGHT=\"20\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"согласование\"/><HYP CONTENT=\"-\"/></TextLine></Page></Layout></alto>";
    let source = trace_bytes(xml.as_bytes()).source;
    assert_eq!(source.decoded.as_str().trim(), "согласо-");
}

#[test]
fn what_is_no_file_of_words_is_not_taken_for_one() {
    for text in [
        "level of water\tpage_num\n5\t1\n",
        "План мероприятий: ocr_page, ocrx_word\n",
        "<p>alto и PcGts</p>\n",
        "hocr\n",
        "<page><word>план</word></page>\n",
    ] {
        let format = trace_bytes(text.as_bytes()).source.format;
        assert!(matches!(format, Format::Text | Format::Html), "{text}: {format:?}");
    }
}

#[test]
fn a_damaged_file_gets_its_status_and_no_panic() {
    let whole = tsv(&page());
    let broken = whole.replace("\t2100\t", "\tx\t");
    let error = svod::trace("words.tsv", broken.as_bytes(), &DICTIONARIES).unwrap_err();
    assert_eq!(error.status(), Status::Undecodable, "{error}");
    for (_, file) in all(&page()) {
        for cut in (0..file.len()).step_by(97) {
            let _ = svod::trace("cut", &file.as_bytes()[..cut], &DICTIONARIES);
        }
    }
}
