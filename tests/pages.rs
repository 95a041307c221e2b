//! Web pages: what their cells say reaches the plan as the page gives it.

use svod::decode::{Format, LineKind, Merge, Separator};
use svod::emit;
use svod::text::Text;

use crate::support::{claims, read, trace, trace_bytes};

/// A page with one table under a title.
fn page(rows: &str) -> String {
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><p>План мероприятий Тульской области на 2018 год</p>\
         <table border=1><tr><th>№ п/п</th><th>Мероприятие</th><th>Срок</th><th>Исполнители</th></tr>{rows}</table></body></html>"
    )
}

/// Number, text, terms and executors of every measure.
fn measures(page: &str) -> Vec<(String, String, String, String)> {
    let document = read(page);
    let own = document.plans.into_iter().flat_map(|plan| plan.measures);
    own.map(|measure| {
        let terms: Vec<String> = measure.deadlines.into_iter().map(|term| term.text).collect();
        let names: Vec<String> = measure.executors.into_iter().map(|name| name.text).collect();
        (measure.number.unwrap_or_default(), measure.text, terms.join("; "), names.join("; "))
    })
    .collect()
}

fn row(number: &str, text: &str, term: &str, name: &str) -> (String, String, String, String) {
    (number.to_owned(), text.to_owned(), term.to_owned(), name.to_owned())
}

const RUN: &str = "<tr><td>1</td><td>Провести проверку</td><td rowspan=2>до 1 марта 2018 года</td><td>Минздрав</td></tr>\
     <tr><td>2</td><td>Подготовить отчёт</td><td>Минтруд</td></tr>\
     <tr><td>3</td><td>Разместить отчёт</td><td>апрель 2018 года</td><td>Минтруд</td></tr>";

#[test]
fn a_term_that_is_merged_over_two_rows_is_the_term_of_both() {
    let found = measures(&page(RUN));
    let wanted = [
        row("1", "Провести проверку", "до 1 марта 2018 года", "Минздрав"),
        row("2", "Подготовить отчёт", "до 1 марта 2018 года", "Минтруд"),
        row("3", "Разместить отчёт", "апрель 2018 года", "Минтруд"),
    ];
    assert_eq!(found, wanted);
    let document = read(&page(RUN));
    let inherited: Vec<&[usize]> =
        document.plans[0].measures.iter().map(|measure| measure.inherited.as_slice()).collect();
    assert_eq!(inherited, [&[] as &[usize], &[2], &[]]);
}

#[test]
fn the_letters_of_a_merged_cell_stand_in_one_field_and_its_row_alone_has_its_line() {
    let trace = trace(&page(RUN));
    let source = trace.source.decoded.as_str();
    let owners = |at: usize| {
        let spans = claims(&trace).into_iter().flat_map(Text::origin);
        spans.filter(|span| span.range().contains(&at)).count()
    };
    for (at, sign) in source.char_indices().filter(|(_, sign)| sign.is_alphanumeric()) {
        assert_eq!(owners(at), 1, "«{sign}» of {:?}", source[..at].lines().last());
    }
    let lines =
        emit::document(&trace).plans[0].measures.iter().map(|own| own.source.line_start).collect::<Vec<_>>();
    assert_eq!(lines, [4, 5, 6]);
}

#[test]
fn a_row_of_a_table_is_one_line_and_its_cells_and_merges_stand_beside_it() {
    let trace = trace(
        "<table><tr><td colspan=3>Раздел</td></tr><tr><td rowspan=2>1</td><td>а<br>б</td><td>в</td></tr><tr><td>г</td><td>д</td></tr></table>",
    );
    assert_eq!(trace.source.format, Format::Html);
    assert_eq!(trace.source.decoded.as_str(), "Раздел\n1\tа\u{b}б\tв\n\tг\tд");
    let lines: Vec<_> =
        trace.source.pages[0].lines.iter().map(|line| (line.separator, line.merges.clone())).collect();
    use Merge::{Above, Left, Own};
    let wanted = [vec![Own, Left, Left], vec![Own, Own, Own], vec![Above, Own, Own]];
    assert_eq!(lines, wanted.map(|merges| (Separator::Given, merges)));
}

#[test]
fn a_cell_over_all_columns_is_a_section_and_a_number_merged_over_two_rows_one_measure() {
    let found = measures(&page(
        "<tr><td colspan=4>повышение качества услуг</td></tr>\
         <tr><td rowspan=2>1</td><td rowspan=2>Провести проверку</td><td>март 2018 года</td><td>Министерство здравоохранения</td></tr>\
         <tr><td>май 2018 года</td><td>Министерство труда и социальной защиты</td></tr>\
         <tr><td>2</td><td>Подготовить отчёт</td><td>июнь 2018 года</td><td>Министерство труда и социальной защиты</td></tr>",
    ));
    let wanted = [
        row(
            "1",
            "Провести проверку",
            "март 2018 года; май 2018 года",
            "Министерство здравоохранения; Министерство труда и социальной защиты",
        ),
        row("2", "Подготовить отчёт", "июнь 2018 года", "Министерство труда и социальной защиты"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_table_that_arranges_the_page_is_not_the_table() {
    let inner = page(RUN);
    let inner = &inner[inner.find("<table").unwrap()..inner.find("</body>").unwrap()];
    let outer = format!(
        "<html><body><table><tr><td>меню</td><td><table><tr><td><p>План мероприятий</p>{inner}</td></tr></table></td></tr></table>"
    );
    assert_eq!(measures(&outer), measures(&page(RUN)));
}

#[test]
fn a_small_table_inside_a_cell_is_text_of_the_cell() {
    let found = measures(&page(
        "<tr><td>1</td><td>Провести проверку организаций, которые перечислены ниже<table><tr><td>школа</td><td>№ 5</td></tr></table></td>\
         <td>март 2018 года</td><td>Минздрав</td></tr>",
    ));
    assert_eq!(
        found,
        [row(
            "1",
            "Провести проверку организаций, которые перечислены ниже школа № 5",
            "март 2018 года",
            "Минздрав"
        )]
    );
}

#[test]
fn the_encoding_is_the_pages_where_its_letters_agree_and_else_theirs() {
    let encoded = |meta: &str, encoding: &'static encoding_rs::Encoding| {
        let page = page(RUN).replace("<meta charset=\"utf-8\">", meta);
        let trace = trace_bytes(&encoding.encode(&page).0);
        (trace.source.encoding.unwrap(), trace.source.decoded.as_str().contains("Провести проверку"))
    };
    let (cp1251, koi8) = (encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R);
    let word = "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">";
    assert_eq!(encoded("", cp1251), ("windows-1251", true));
    assert_eq!(encoded(word, cp1251), ("windows-1251", true));
    assert_eq!(encoded(word, koi8), ("KOI8-R", true));
    assert_eq!(encoded("<meta charset='koi8-r'>", koi8), ("KOI8-R", true));
    assert_eq!(encoded(word, encoding_rs::UTF_8), ("UTF-8", true));
}

#[test]
fn stray_tags_are_text_and_a_page_without_its_head_is_a_page() {
    let format = |text: &str| trace_bytes(text.as_bytes()).source.format;
    for text in [
        "<p>План</p> <u>мероприятий</u>",
        "Таблица <table> в тексте, и <td> тоже",
        "1 <b>Провести</b> <br> до 1 марта <a",
        "a < b, c > d",
        "<план>",
    ] {
        assert_eq!(format(text), Format::Text, "{text}");
    }
    for text in [
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><title>План</title>",
        "\u{feff}  <HTML xmlns:o=\"urn\">План",
        "<table border=1><tbody><tr align=left><td>План</td></tr></table>",
        "<?xml version=\"1.0\"?><!DOCTYPE html><html><body>План</body></html>",
        "<!-- saved --><html><body>План</body></html>",
    ] {
        assert_eq!(format(text), Format::Html, "{text}");
    }
}

#[test]
fn what_a_page_does_not_show_stands_beside_the_text() {
    let trace = trace(
        "<html><head><title>Сайт</title><script>var a = 1;</script></head><body><p>План</p><span style='display: none'>спрятано</span></body>",
    );
    assert_eq!(trace.source.decoded.as_str().trim_start(), "План\n\nСайт\nспрятано");
    let kinds: Vec<LineKind> = trace.source.pages[0].lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == LineKind::Aside).count(), 2);
    let residue: Vec<_> =
        emit::document(&trace).residue.into_iter().map(|own| (own.text, own.reason)).collect();
    assert_eq!(
        residue,
        [("План".to_owned(), emit::Reason::Prose), ("Сайт спрятано".to_owned(), emit::Reason::Note)]
    );
}

#[test]
fn a_table_of_great_spans_costs_what_it_holds() {
    let wide =
        format!("<table><tr><td colspan=1000000 rowspan=65534>{}</td></tr><tr><td>б</td></tr></table>", "а");
    let trace = trace(&wide);
    assert!(trace.source.pages[0].lines.iter().all(|line| line.cells.len() <= 2));
    let tall: String = (0..3000).map(|_| "<td rowspan=0>а</td>").collect();
    let rows = "<tr></tr>".repeat(3000);
    let bomb = format!("<table><tr>{tall}</tr>{rows}</table>");
    let error = svod::trace("bomb", bomb.as_bytes(), &crate::support::DICTIONARIES).unwrap_err();
    assert_eq!(error.status().name(), "limit:unpacked", "{error}");
}

#[test]
fn items_of_a_list_have_the_numbers_that_a_browser_shows() {
    let trace = trace(
        "<html><ol start=3><li>три<li>четыре<ul><li>точка</ul></ol><ol type=a><li>первое</li></ol></html>",
    );
    let lines: Vec<&str> = trace.source.decoded.as_str().lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["3. три", "4. четыре", "точка", "a. первое"]);
}

#[test]
fn a_signature_in_a_table_of_its_own_is_no_row_and_a_merged_note_no_section() {
    let rows = "<tr><td>1</td><td>Провести проверку</td><td>март 2018 года</td><td>Министерство культуры</td></tr>\
        <tr><td colspan=4>* По согласованию с городами</td></tr>";
    for signature in [
        "<tr><td>Министр культуры<br>Тульской области</td><td></td><td>Т.В. Рыбкина</td></tr>",
        "<tr><td>Министр культуры</td><td>Тульской</td><td>области</td><td>Т.В. Рыбкина</td></tr>",
    ] {
        let page = page(rows).replace("</body>", &format!("<table>{signature}</table></body>"));
        assert_eq!(
            measures(&page),
            [row("1", "Провести проверку", "март 2018 года", "Министерство культуры")]
        );
        let document = read(&page);
        assert!(document.plans[0].sections.is_empty());
        assert!(document.residue.iter().any(|own| own.text.contains("По согласованию с городами")));
    }
    let page = page(rows).replace("</body>", "<table><tr><td>Министр культуры<br>Тульской области</td><td></td><td>Т.В. Рыбкина</td></tr></table></body>");
    let signatory = read(&page).plans.remove(0).signatory.unwrap();
    assert_eq!(signatory.person.as_deref(), Some("Т. В. Рыбкина"));
}
