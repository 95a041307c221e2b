//! Documents of office programs: what their cells say, what they hide, and what they may cost.

use std::io::Write;

use rust_xlsxwriter::{Format as Style, Workbook};
use svod::archive::Limits;
use svod::decode::{Format, LineKind};
use svod::emit::Document;
use svod::issue::IssueKind;

use crate::register::{patched, zip_of};
use crate::support::{DICTIONARIES, root, trace_bytes};

/// The document that `bytes` hold.
fn read(bytes: &[u8]) -> Document {
    svod::read("test", bytes, &DICTIONARIES).unwrap()
}

/// How a document ends that cannot be read.
fn status(bytes: &[u8]) -> &'static str {
    match svod::trace("test", bytes, &DICTIONARIES) {
        Ok(_) => "ok",
        Err(error) => {
            assert!(error.to_string().contains("; "), "a refusal says what to do: {error}");
            error.status().name()
        }
    }
}

/// Number, text, terms and executors of every measure.
fn measures(bytes: &[u8]) -> Vec<[String; 4]> {
    let own = read(bytes).plans.into_iter().flat_map(|plan| plan.measures);
    own.map(|measure| {
        let terms: Vec<String> = measure.deadlines.into_iter().map(|term| term.text).collect();
        let names: Vec<String> = measure.executors.into_iter().map(|name| name.text).collect();
        [measure.number.unwrap_or_default(), measure.text, terms.join("; "), names.join("; ")]
    })
    .collect()
}

fn row(number: &str, text: &str, term: &str, name: &str) -> [String; 4] {
    [number, text, term, name].map(str::to_owned)
}

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A document of Word with this body and these other parts.
fn docx_with(body: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {WORD}><w:body>{body}</w:body></w:document>");
    let mut all: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    all.extend(parts);
    zip_of(&all)
}

fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A cell with these properties.
fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn cells(texts: [&str; 4]) -> String {
    tr(&texts.map(|text| tc("", &p(text))))
}

/// A plan of Word with these rows under its heading.
fn plan(rows: &str) -> String {
    let grid = [600, 4000, 2000, 2400].map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    let heading = cells(["№ п/п", "Мероприятие", "Срок", "Исполнители"]);
    let title = p("План мероприятий Тульской области на 2018 год");
    format!("{title}<w:tbl><w:tblGrid>{grid}</w:tblGrid>{heading}{rows}</w:tbl>")
}

const RESTART: &str = "<w:vMerge w:val=\"restart\"/>";
const GOES_ON: &str = "<w:vMerge/>";

#[test]
fn a_cell_of_word_that_is_merged_downwards_is_the_cell_of_each_row() {
    let rows = [
        tr(&[
            tc("", &p("1")),
            tc("", &p("Провести проверку")),
            tc(RESTART, &p("март 2018 года")),
            tc("", &p("Министерство культуры")),
        ]),
        tr(&[
            tc("", &p("2")),
            tc("", &p("Разместить отчёт")),
            tc(GOES_ON, &p("")),
            tc("", &p("Министерство труда")),
        ]),
        cells(["3", "Подвести итоги", "", "Министерство труда"]),
    ];
    let bytes = docx(&plan(&rows.concat()));
    let wanted = [
        row("1", "Провести проверку", "март 2018 года", "Министерство культуры"),
        row("2", "Разместить отчёт", "март 2018 года", "Министерство труда"),
        row("3", "Подвести итоги", "", "Министерство труда"),
    ];
    assert_eq!(measures(&bytes), wanted);
    let document = read(&bytes);
    assert_eq!((document.source.format.as_str(), document.source.encoding), ("docx", None));
    let inherited: Vec<usize> = document.plans[0].measures.iter().map(|own| own.inherited.len()).collect();
    assert_eq!(inherited, [0, 1, 0]);
}

#[test]
fn a_cell_over_the_whole_grid_is_a_section_and_slivers_are_no_columns() {
    let section = tr(&[tc("<w:gridSpan w:val=\"4\"/>", &p("Общие вопросы"))]);
    // The edges of the last row lie a little beside those of the others.
    let grid = [600, 60, 3940, 2000, 2400].map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    let wide = |texts: [&str; 4], spans: [u32; 4]| {
        let cell = |(text, span): (&str, u32)| tc(&format!("<w:gridSpan w:val=\"{span}\"/>"), &p(text));
        tr(&texts.into_iter().zip(spans).map(cell).collect::<Vec<_>>())
    };
    let body = [
        p("План мероприятий Тульской области на 2018 год"),
        format!("<w:tbl><w:tblGrid>{grid}</w:tblGrid>"),
        wide(["№ п/п", "Мероприятие", "Срок", "Исполнители"], [1, 2, 1, 1]),
        section.replace("w:val=\"4\"", "w:val=\"5\""),
        wide(["1", "Провести проверку", "март 2018 года", "Министерство культуры"], [2, 1, 1, 1]),
        "</w:tbl>".to_owned(),
    ];
    let bytes = docx(&body.concat());
    assert_eq!(measures(&bytes), [row("1", "Провести проверку", "март 2018 года", "Министерство культуры")]);
    let sections: Vec<String> = read(&bytes).plans[0].sections.iter().map(|own| own.title.clone()).collect();
    assert_eq!(sections, ["Общие вопросы"]);
}

#[test]
fn a_table_that_only_arranges_another_is_passed_through() {
    let inner = plan(&cells(["1", "Провести проверку", "март 2018 года", "Министерство культуры"]));
    let outer = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        tc("", &p("Приложение")),
        tc("", &format!("{inner}{}", p("")))
    );
    assert_eq!(measures(&docx(&outer)), measures(&docx(&inner)));
}

#[test]
fn insertions_are_read_deletions_are_not_and_both_are_said() {
    let run = |tag: &str, text: &str| format!("<w:r><w:{tag} xml:space=\"preserve\">{text}</w:{tag}></w:r>");
    let term = format!(
        "<w:p>{}<w:del w:id=\"1\">{}</w:del><w:ins w:id=\"2\">{}</w:ins></w:p>",
        run("t", "март "),
        run("delText", "2017 года"),
        run("t", "2018 года")
    );
    let rows = tr(&[
        tc("", &p("1")),
        tc("", &p("Провести проверку")),
        tc("", &term),
        tc("", &p("Министерство культуры")),
    ]);
    let trace = trace_bytes(&docx(&plan(&rows)));
    let said = |kind: IssueKind| {
        let own: Vec<&str> = trace
            .issues
            .iter()
            .filter(|issue| issue.kind == kind)
            .map(|issue| issue.message.as_str())
            .collect();
        own.join("\n")
    };
    assert!(said(IssueKind::TrackedDeletion).contains("«2017 года»"));
    assert!(said(IssueKind::TrackedInsertion).contains("«2018 года»"));
    assert!(!trace.source.decoded.as_str().contains("2017"));
    assert_eq!(measures(&docx(&plan(&rows)))[0][2], "март 2018 года");
}

#[test]
fn the_numbers_that_word_puts_before_paragraphs_are_read() {
    let numbering = format!(
        "<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"
    );
    let number = |level: u32| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:p>"
        )
    };
    let own = |level: u32, text: &str| {
        let term = tc("", &p("март 2018 года"));
        tr(&[tc("", &number(level)), tc("", &p(text)), term, tc("", &p("Министерство культуры"))])
    };
    let rows = [
        own(0, "Провести проверку"),
        own(1, "Подготовить отчёт"),
        own(1, "Разместить отчёт"),
        own(0, "Подвести итоги"),
    ];
    let bytes = docx_with(&plan(&rows.concat()), &[("word/numbering.xml", numbering.as_bytes())]);
    let numbers: Vec<String> = measures(&bytes).into_iter().map(|[number, ..]| number).collect();
    assert_eq!(numbers, ["1", "1.1", "1.2", "2"]);
}

#[test]
fn running_heads_and_notes_stand_beside_the_text() {
    let header = format!("<w:hdr {WORD}>{}</w:hdr>", p("Для служебного пользования"));
    let notes = format!("<w:footnotes {WORD}><w:footnote>{}</w:footnote></w:footnotes>", p("Кроме городов."));
    let body = plan(&cells(["1", "Провести проверку", "март 2018 года", "Министерство культуры"]));
    let parts = [("word/header1.xml", header.as_bytes()), ("word/footnotes.xml", notes.as_bytes())];
    let bytes = docx_with(&body, &parts);
    let residue: Vec<(String, String)> =
        read(&bytes).residue.into_iter().map(|own| (own.text, format!("{:?}", own.reason))).collect();
    assert_eq!(residue, [("Кроме городов. Для служебного пользования".to_owned(), "Note".to_owned())]);
    let trace = trace_bytes(&bytes);
    let beside = trace.source.pages[0].lines.iter().filter(|line| line.kind == LineKind::Aside).count();
    assert_eq!(beside, 2);
}

#[test]
fn entities_are_never_expanded_and_bombs_are_refused() {
    let lol: String =
        (1..10).map(|nth| format!("<!ENTITY l{nth} \"{}\">", format!("&l{};", nth - 1).repeat(10))).collect();
    let document = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY l0 \"ха\">{lol}]><w:document {WORD}><w:body>{}</w:body></w:document>",
        p("&l9; &amp; &#1087;лан")
    );
    let bytes = zip_of(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", document.as_bytes())]);
    assert_eq!(trace_bytes(&bytes).source.decoded.as_str(), "&l9; & план");

    let big = vec![b' '; 40 << 20];
    assert_eq!(status(&docx_with("", &[("word/numbering.xml", &big)])), "limit:ratio");
    let document = [b"<w:document>".as_slice(), &big, b"</w:document>"].concat();
    assert_eq!(status(&zip_of(&[("word/document.xml", &document)])), "limit:ratio");
    assert_eq!(status(&zip_of(&[("xl/workbook.xml", b"<x/>"), ("xl/media/a.bin", &big)])), "limit:ratio");
}

#[test]
fn one_set_of_limits_holds_inside_every_document() {
    let none = Limits::default();
    let status = |bytes: &[u8], limits: Limits| match svod::pipeline::read_within(
        "t",
        bytes,
        &DICTIONARIES,
        &limits,
    ) {
        Ok(_) => "ok",
        Err(error) => error.status().name(),
    };
    let word = docx(&plan(&cells(["1", "Провести проверку", "март 2018 года", "Министерство культуры"])));
    let excel = xlsx(|sheet| {
        sheet.write_string(2, 1, "Провести проверку").unwrap();
    });
    let page =
        b"<html><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></html>".to_vec();
    let old = std::fs::read(root().join("fixtures/dumps/ryazan-2021-seniors/plan.xls")).unwrap();
    for bytes in [&word, &excel, &page, &old] {
        assert_eq!(status(bytes, none), "ok");
        assert_eq!(status(bytes, Limits { cells: 3, ..none }), "limit:unpacked");
    }
    for bytes in [&word, &excel] {
        assert_eq!(status(bytes, Limits { parts: 1, ..none }), "limit:members");
        assert_eq!(status(bytes, Limits { inside: 100, ..none }), "limit:unpacked");
    }
    let scan =
        std::fs::read(root().join("fixtures/scans/smolensk-2023-anticorruption/scan-150.jpg")).unwrap();
    assert_eq!(status(&scan, Limits { pixels: 1_000_000, ..none }), "limit:size");
    let pages = std::fs::read(root().join("fixtures/scans/ryazan-2021-seniors/scan-200.tif")).unwrap();
    assert_eq!(status(&pages, Limits { pages: 1, ..none }), "limit:size");
}

#[test]
fn what_is_damaged_or_locked_says_so() {
    let whole = docx(&plan(&cells(["1", "Провести проверку", "март 2018 года", "Министерство культуры"])));
    assert_eq!(status(&whole), "ok");
    assert_eq!(status(&whole[..whole.len() / 2]), "undecodable");
    assert_eq!(status(&zip_of(&[("word/document.xml", b"<w:document><w:body>")])), "undecodable");
    assert_eq!(status(&zip_of(&[("word/document.xml", b"<a></b>")])), "undecodable");
    let mut damaged = whole.clone();
    let at = damaged.windows(17).position(|window| window == b"word/document.xml").unwrap() + 30;
    damaged[at..at + 40].fill(0x55);
    assert_eq!(status(&damaged), "undecodable");
    assert_eq!(status(&zip_of(&[("xl/workbook.xml", b"<workbook/>")])), "undecodable");

    let compound = |stream: &str| {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
        file.into_inner().into_inner()
    };
    assert_eq!(status(&compound("EncryptedPackage")), "password");
    assert_eq!(status(&compound("Workbook")), "undecodable");
    assert_eq!(status(&compound("Contents")), "needs-converter");
    let manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>";
    let kind = b"application/vnd.oasis.opendocument.text";
    assert_eq!(
        status(&zip_of(&[("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x00")])),
        "password"
    );
    assert_eq!(status(&patched(docx(""), b"PK\x01\x02", b"PX\x01\x02")), "undecodable");
}

/// A workbook with a title, the heading of a plan, and what `fill` adds from row 3 on.
fn xlsx(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "План мероприятий Тульской области на 2018 год").unwrap();
    for (column, heading) in (0..).zip(["№ п/п", "Мероприятие", "Срок", "Исполнители"])
    {
        sheet.write_string(1, column, heading).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn numbers_and_dates_of_excel_are_read_as_they_are_shown() {
    let style = |code: &str| Style::new().set_num_format(code);
    let bytes = xlsx(|sheet| {
        let rows: [(f64, &str, f64, &str); 4] = [
            (1.1, "0.00", 43160.0, "dd.mm.yyyy"),
            (1.2, "0.00", 43160.0, "[$-419]mmmm yyyy\" года\""),
            (2.0, "General", 2.0, "0\" кв.\""),
            (3.0, "0\\.", 43160.0, "[$-FC19]d mmmm yyyy\" г.\""),
        ];
        for (nth, (number, code, term, shown)) in (2..).zip(rows) {
            sheet.write_number_with_format(nth, 0, number, &style(code)).unwrap();
            sheet.write_string(nth, 1, "Провести проверку").unwrap();
            sheet.write_number_with_format(nth, 2, term, &style(shown)).unwrap();
            sheet.write_string(nth, 3, "Министерство культуры").unwrap();
        }
    });
    let decoded = trace_bytes(&bytes).source.decoded.as_str().to_owned();
    let shown: Vec<(&str, &str)> = decoded
        .lines()
        .skip(2)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0], cells[2])
        })
        .collect();
    assert_eq!(
        shown,
        [("1.10", "01.03.2018"), ("1.20", "Март 2018 года"), ("2", "2 кв."), ("3.", "1 марта 2018 г.")]
    );
}

#[test]
fn a_hidden_row_is_read_and_said() {
    let bytes = xlsx(|sheet| {
        for nth in 2..5u32 {
            sheet.write_number(nth, 0, f64::from(nth - 1)).unwrap();
            sheet.write_string(nth, 1, "Провести проверку").unwrap();
            sheet.write_string(nth, 2, "март 2018 года").unwrap();
            sheet.write_string(nth, 3, "Министерство культуры").unwrap();
        }
        sheet.set_row_hidden(3).unwrap();
    });
    assert_eq!(measures(&bytes).len(), 3);
    let hidden: Vec<Option<usize>> = read(&bytes)
        .diagnostics
        .into_iter()
        .filter(|own| own.code == "hidden-row")
        .map(|own| own.line)
        .collect();
    assert_eq!(hidden, [Some(4)]);
}

#[test]
fn merged_cells_of_a_sheet_cost_what_they_hold() {
    let plain = Style::new();
    let bytes = xlsx(|sheet| {
        sheet.write_string(2, 0, "1").unwrap();
        sheet.write_string(2, 1, "Провести проверку").unwrap();
        sheet.merge_range(2, 2, 3, 2, "март 2018 года", &plain).unwrap();
        sheet.write_string(2, 3, "Министерство культуры").unwrap();
        sheet.write_string(3, 0, "2").unwrap();
        sheet.write_string(3, 1, "Разместить отчёт").unwrap();
        sheet.write_string(3, 3, "Министерство труда").unwrap();
    });
    let terms: Vec<String> = measures(&bytes).into_iter().map(|[_, _, term, _]| term).collect();
    assert_eq!(terms, ["март 2018 года", "март 2018 года"]);

    // A merge over a whole sheet, and a cell in its last corner.
    let sheet = |cells: &str, merges: &str| {
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/>\
             <sheetData>{cells}</sheetData>{merges}</worksheet>"
        );
        zip_of(&[
            ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"План\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".as_bytes()),
            ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    let text = |at: &str| {
        format!(
            "<row r=\"{}\"><c r=\"{at}\" t=\"inlineStr\"><is><t>План</t></is></c></row>",
            at.trim_start_matches(char::is_alphabetic)
        )
    };
    let far = sheet(
        &(text("A1") + &text("XFD1048576")),
        "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
    );
    let trace = trace_bytes(&far);
    assert_eq!(trace.source.format, Format::Xlsx);
    assert!(trace.source.lines.len() <= 2, "{:?}", trace.source.decoded.as_str());
}

#[test]
fn rtf_has_cells_alphabets_and_numbers_of_its_own() {
    let koi = "\\'cf\\'eb\\'e0\\'ed"; // «План» in windows-1251
    let cell = |text: &str| format!("\\pard\\intbl {text}\\cell ");
    let defined = "\\trowd\\cellx600\\cellx4600\\clvmgf\\cellx6600\\cellx9000 ";
    let below = "\\trowd\\cellx600\\cellx4600\\clvmrg\\cellx6600\\cellx9000 ";
    let escaped = |text: &str| -> String {
        text.encode_utf16()
            .map(|unit| if unit < 128 { (unit as u8 as char).to_string() } else { format!("\\u{unit}?") })
            .collect()
    };
    let line = |defined: &str, texts: [&str; 4]| {
        format!("{defined}{}\\row\n", texts.map(|text| cell(&escaped(text))).concat())
    };
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1251{{\\fonttbl{{\\f0\\fcharset204 Times;}}}}{{\\*\\generator X;}}{{\\info{{\\title no}}}}\
         \\pard\\f0 {koi} {}\\par {}{}{}}}",
        escaped("мероприятий Тульской области на 2018 год"),
        line(defined, ["№ п/п", "Мероприятие", "Срок", "Исполнители"]),
        line(defined, ["1", "Провести проверку", "март 2018 года", "Министерство культуры"]),
        line(below, ["2", "Разместить отчёт", "", "Министерство труда"]),
    );
    let document = read(rtf.as_bytes());
    assert_eq!(document.source.format, "rtf");
    assert_eq!(document.plans[0].title.as_deref(), Some("План мероприятий Тульской области на 2018 год"));
    let wanted = [
        row("1", "Провести проверку", "март 2018 года", "Министерство культуры"),
        row("2", "Разместить отчёт", "март 2018 года", "Министерство труда"),
    ];
    assert_eq!(measures(rtf.as_bytes()), wanted);
    for torn in
        ["{\\rtf1", "{\\rtf1 }}}}", "{\\rtf1\\u-1\\'", "{\\rtf1\\bin99999 x", "{\\rtf1\\cell\\row\\cell"]
    {
        assert_eq!(status(torn.as_bytes()), "ok", "{torn}");
    }
}

#[test]
fn a_text_of_opendocument_has_spans_changes_and_notes() {
    let space = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let covered = "<table:covered-table-cell/>";
    let row_of = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row_of(&["№ п/п", "Мероприятие", "Срок", "Исполнители"].map(|text| cell("", text))),
        row_of(&[cell("table:number-columns-spanned=\"4\"", "Общие вопросы"), covered.repeat(3)]),
        row_of(&[
            cell("", "1"),
            cell(
                "",
                "Провести<text:s/>проверку<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Кроме городов.</text:p></text:note-body></text:note>",
            ),
            cell("table:number-rows-spanned=\"2\"", "март 2018 года"),
            cell("", "Министерство культуры"),
        ]),
        row_of(&[
            cell("", "2"),
            cell("", "Разместить   отчёт"),
            covered.to_owned(),
            cell("", "Министерство труда"),
        ]),
    ];
    let content = format!(
        "<office:document-content {space}><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion>\
         <text:p>старое</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:p>План мероприятий Тульской области на 2018 год</text:p><table:table>{}</table:table></office:text></office:body></office:document-content>",
        rows.concat()
    );
    let bytes = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    let wanted = [
        row("1", "Провести проверку", "март 2018 года", "Министерство культуры"),
        row("2", "Разместить отчёт", "март 2018 года", "Министерство труда"),
    ];
    assert_eq!(measures(&bytes), wanted);
    let document = read(&bytes);
    assert_eq!(document.plans[0].sections[0].title, "Общие вопросы");
    assert!(
        document
            .diagnostics
            .iter()
            .any(|own| own.code == "tracked-deletion" && own.message.contains("старое"))
    );
    let residue: Vec<&str> = document.residue.iter().map(|own| own.text.as_str()).collect();
    assert_eq!(residue, ["Кроме городов."]);
}

#[test]
#[allow(clippy::print_stderr)]
fn old_word_is_read_through_libreoffice_or_the_package_is_named() {
    let folder = crate::support::root().join("fixtures/dumps/smolensk-2023-anticorruption");
    let (old, new) = (
        std::fs::read(folder.join("old-word.doc")).unwrap(),
        std::fs::read(folder.join("plan.docx")).unwrap(),
    );
    match svod::read("test", &old, &DICTIONARIES) {
        Ok(document) => {
            assert_eq!(document.source.format, "doc");
            assert_eq!(measures(&old), measures(&new));
        }
        Err(error) => {
            eprintln!("skipped: {error}");
            assert_eq!(error.status().name(), "needs-converter");
            assert!(error.to_string().contains("libreoffice-writer-nogui"), "{error}");
        }
    }
    let mut locked = old;
    let head = locked.windows(2).position(|window| window == [0xEC, 0xA5]).unwrap();
    locked[head + 11] |= 1;
    assert_eq!(status(&locked), "password");
}

#[test]
fn the_numbers_of_lists_in_opendocument_are_read() {
    let item = |text: &str| {
        format!(
            "<text:list text:style-name=\"L\" text:continue-numbering=\"true\"><text:list-item><text:p>{text}</text:p></text:list-item></text:list>"
        )
    };
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"x\" xmlns:style=\"s\"><text:list-style style:name=\"L\">\
         <text:list-level-style-number text:level=\"1\" style:num-suffix=\".\" style:num-format=\"1\"/></text:list-style>\
         <office:body><office:text>{}{}<text:p>Конец</text:p></office:text></office:body></office:document-content>",
        item("Провести проверку"),
        item("Разместить отчёт")
    );
    let bytes = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(
        trace_bytes(&bytes).source.decoded.as_str(),
        "1. Провести проверку\n2. Разместить отчёт\nКонец"
    );
}

/// The printed page of every measure, with the line of it, and how many pages there are.
fn places(bytes: &[u8]) -> (Vec<(Option<usize>, usize)>, Option<usize>) {
    let document = read(bytes);
    let own = document.plans.iter().flat_map(|plan| &plan.measures).map(|own| &own.source);
    (own.map(|own| (own.page, own.line_start)).collect(), document.source.pages)
}

#[test]
fn a_measure_of_word_says_on_which_printed_page_it_begins() {
    let own = |number: &str, text: &str| {
        let rest = [tc("", &p("март 2018 года")), tc("", &p("Министерство культуры"))].concat();
        tr(&[tc("", number), tc("", text), rest])
    };
    let seen = "<w:lastRenderedPageBreak/>";
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let broken = |text: &str| format!("<w:p><w:r>{seen}<w:t>{text}</w:t></w:r></w:p>");
    let rows = [
        own(&p("1"), &p("Провести проверку")),
        // A row that begins a page: Word says so in its first cell, or in several.
        own(&broken("2"), &p("Разместить отчёт")),
        own(&broken("3"), &broken("Подготовить доклад")),
        // A row that goes on over the end of its page.
        own(&p("4"), &format!("<w:p>{}<w:r>{seen}</w:r>{}</w:p>", run("Обновить "), run("перечень"))),
        own(&p("5"), &p("Подвести итоги")),
    ];
    let section = |kind: &str| format!("<w:sectPr><w:type w:val=\"{kind}\"/></w:sectPr>");
    let ending = |kind: &str| format!("<w:p><w:pPr>{}</w:pPr></w:p>", section(kind));
    let table = plan(&rows.concat());
    let pages = vec![(Some(1), 3), (Some(2), 1), (Some(3), 1), (Some(3), 2), (Some(4), 1)];
    assert_eq!(places(&docx(&table)), (pages, Some(4)));
    assert_eq!(measures(&docx(&table))[3][1], "Обновить перечень");

    // A letter before the plan, which begins a page: demanded by a break, a paragraph, or a section.
    let short = plan(&rows[0]);
    let letter = p("Направляем план мероприятий.");
    let demanded = |between: &str| places(&docx(&format!("{letter}{between}{short}{}", section("nextPage"))));
    let second = |line: usize| (vec![(Some(2), line)], Some(2));
    let hard = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    assert_eq!(demanded(hard), second(4));
    // What Word saw of a page that is demanded is no second one.
    let titled = format!("{hard}<w:p><w:r>{seen}<w:t>Приложение</w:t></w:r></w:p>");
    assert_eq!(demanded(&titled), second(5));
    let before = format!("<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{}</w:p>", run("Приложение"));
    assert_eq!(demanded(&before), second(4));
    assert_eq!(demanded(&ending("continuous")), second(3));
    let flowing = format!("{letter}{}{short}{}", ending("nextPage"), section("continuous"));
    assert_eq!(places(&docx(&flowing)), (vec![(None, 5)], None));
    // A line that only ends is no page, and a file that knows none tells none.
    assert_eq!(demanded("<w:p><w:r><w:br/></w:r></w:p>").1, None);
}

#[test]
fn pages_of_word_part_nothing_and_notes_stand_on_none() {
    let own = |number: &str| cells([number, "Провести проверку", "март 2018 года", "Министерство культуры"]);
    let broken = own("2").replacen("<w:t ", "<w:lastRenderedPageBreak/><w:t ", 1);
    let body = |second: &str| plan(&(own("1") + second + &own("3")));
    assert_eq!(measures(&docx(&body(&broken))), measures(&docx(&body(&own("2")))));
    let notes = format!("<w:footnotes {WORD}><w:footnote>{}</w:footnote></w:footnotes>", p("Кроме городов."));
    let bytes = docx_with(&body(&broken), &[("word/footnotes.xml", notes.as_bytes())]);
    let document = read(&bytes);
    let note = document.residue.iter().find(|own| own.text.contains("городов")).unwrap();
    assert_eq!((note.page, document.source.pages), (None, Some(2)));
}

#[test]
fn a_measure_of_opendocument_or_rtf_says_on_which_printed_page_it_begins() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let line = |texts: [&str; 4]| format!("<table:table-row>{}</table:table-row>", texts.map(cell).concat());
    let own = |number: &str| line([number, "Провести проверку", "март 2018 года", "Министерство культуры"]);
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:fo=\"f\">\
         <office:automatic-styles><style:style style:name=\"P1\" style:family=\"paragraph\"><style:paragraph-properties fo:break-before=\"page\"/>\
         </style:style></office:automatic-styles><office:body><office:text><text:p>Направляем план.</text:p>\
         <text:p text:style-name=\"P1\"><text:soft-page-break/>План мероприятий Тульской области на 2018 год</text:p>\
         <table:table>{}{}<text:soft-page-break/>{}{}</table:table></office:text></office:body></office:document-content>",
        line(["№ п/п", "Мероприятие", "Срок", "Исполнители"]),
        own("1"),
        own("2"),
        own("3").replace("проверку", "про<text:soft-page-break/>верку"),
    );
    let bytes = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(places(&bytes), (vec![(Some(2), 3), (Some(3), 1), (Some(3), 2)], Some(4)));
    assert_eq!(measures(&bytes)[2][1], "Провести проверку");

    let escaped = |text: &str| -> String { text.encode_utf16().map(|unit| format!("\\u{unit}?")).collect() };
    let line = |texts: [&str; 4]| {
        let cells = texts.map(|text| format!("\\pard\\intbl {}\\cell ", escaped(text))).concat();
        format!("\\trowd\\cellx600\\cellx4600\\cellx6600\\cellx9000 {cells}\\row\n")
    };
    let table = [
        line(["№ п/п", "Мероприятие", "Срок", "Исполнители"]),
        line(["1", "Провести проверку", "март 2018 года", "Министерство культуры"]),
    ];
    let rtf = |between: &str, title: &str| {
        let (letter, table) = (escaped("Направляем план."), table.concat());
        format!("{{\\rtf1\\ansi\\pard {letter}{between}{title}{table}}}").into_bytes()
    };
    let title = format!("\\pard {}\\par ", escaped("План мероприятий Тульской области на 2018 год"));
    assert_eq!(places(&rtf("\\page ", &title)), (vec![(Some(2), 3)], Some(2)));
    assert_eq!(places(&rtf("\\sect\\sectd ", &title)), (vec![(Some(2), 3)], Some(2)));
    assert_eq!(places(&rtf("\\sect\\sectd ", "")), (vec![(Some(2), 2)], Some(2)));
    assert_eq!(places(&rtf("\\sect\\sectd\\sbknone ", &title)), (vec![(None, 4)], None));
}
