//! What recognition over a whole page leaves: ink that was read twice, slivers, borders; and borders that run through titles.

use svod::Trace;
use svod::decode::{LineKind, Merge, Separator};
use svod::emit;

use crate::support::trace_bytes;
use crate::words::{Word, hocr, measures, page, tsv, words};

/// A word with its left, top, right and bottom, and how sure recognition is of it.
type Loose = (&'static str, [u32; 4], u8);

/// The page with words in lines of their own.
fn with(page: &[Word], loose: &[Loose]) -> String {
    let span = |(text, [left, top, right, bottom], sure): &Loose| {
        format!(
            "<span class='ocr_line' title='bbox {left} {top} {right} {bottom}'><span class='ocrx_word' \
             title='bbox {left} {top} {right} {bottom}; x_wconf {sure}'>{text}</span></span>"
        )
    };
    before_the_end(&hocr(page), &loose.iter().map(span).collect::<String>())
}

fn before_the_end(hocr: &str, what: &str) -> String {
    hocr.replace("</div></body>", &format!("{what}</div></body>"))
}

/// What stands beside the text.
fn asides(trace: &Trace) -> Vec<String> {
    let lines = trace.source.pages.iter().flat_map(|page| &page.lines);
    let aside = lines.filter(|line| line.kind == LineKind::Aside);
    aside.map(|line| trace.source.decoded.at(line.span).to_owned()).collect()
}

// In the page, «Провести» stands at 200–344, «проверку» at 353–497, «готовности» at 506–686, all at 385–415.
const STRAYS: [Loose; 5] = [
    ("р", [290, 395, 308, 428], 60),
    ("ция", [210, 392, 264, 425], 80),
    ("с", [520, 378, 538, 384], 20),
    ("eae", [1010, 478, 1100, 485], 10),
    ("|", [970, 380, 989, 430], 90),
];

#[test]
fn what_was_read_twice_stands_beside_the_text() {
    let clean = trace_bytes(hocr(&page()).as_bytes());
    let wanted = measures(&emit::document(&clean));
    for loose in STRAYS {
        let trace = trace_bytes(with(&page(), &[loose]).as_bytes());
        assert_eq!(asides(&trace), [loose.0]);
        let document = emit::document(&trace);
        assert_eq!(measures(&document), wanted, "{loose:?}");
        // Nothing is lost: the word is kept with its place, and its letters are said to be in no field.
        assert!(trace.source.words.iter().any(|own| trace.source.decoded.at(own.span) == loose.0));
        let said = document.residue.iter().any(|own| own.text.contains(loose.0));
        assert!(said || loose.0 == "|", "{loose:?}");
    }
    let all = trace_bytes(with(&page(), &STRAYS).as_bytes());
    assert_eq!(measures(&emit::document(&all)), wanted);
}

#[test]
fn a_word_of_its_own_stays_in_the_text() {
    for loose in [
        // In the line below, as near as descenders come to capitals.
        ("следующий", [560, 412, 690, 440], 60),
        // A dash is low.
        ("—", [690, 398, 720, 401], 60),
        // As high as a figure: a numeral.
        ("|", [700, 385, 708, 415], 60),
        // Beside the word and not on it.
        ("и", [690, 385, 708, 415], 60),
        // A capital over two lines that is no border.
        ("В", [700, 380, 740, 430], 60),
    ] {
        let trace = trace_bytes(with(&page(), &[loose]).as_bytes());
        assert_eq!(asides(&trace), [""; 0], "{loose:?}");
    }
    // Where nothing is recognised nothing was read twice.
    let typed = with(&page(), &STRAYS);
    let sure = ["96", "60", "80", "20", "10", "90"];
    let typed = sure.iter().fold(typed, |typed, sure| typed.replace(&format!("; x_wconf {sure}"), ""));
    assert_eq!(asides(&trace_bytes(typed.as_bytes())), [""; 0]);
}

const BORDERS: [u32; 5] = [80, 180, 980, 1380, 2000];
const LINES: [u32; 7] = [160, 290, 345, 405, 465, 525, 585];

/// A ruled table of which the third row is `odd`, words with their left ends.
fn ruled(odd: &[(u32, &'static str)]) -> Vec<Word> {
    let mut all = words(1, 500, 100, "План мероприятий Тульской области на 2018 год");
    let rows = [
        (300, ["№", "Мероприятие", "Срок", "Исполнители"]),
        (360, ["1", "Провести проверку готовности", "март 2018 года", "Министерство культуры"]),
        (480, ["2", "Составить реестр", "апрель 2018 года", "Министерство культуры"]),
        (540, ["3", "Разместить отчёт", "май 2018 года", "Министерство культуры"]),
    ];
    for (line, (top, row)) in (2..).zip(rows) {
        for (cell, left) in row.into_iter().zip([100, 200, 1000, 1400]) {
            all.extend(words(line, left, top, cell));
        }
    }
    for &(left, text) in odd {
        all.extend(words(9, left, 420, text));
    }
    all
}

/// The lines that recognition gives for it: none has a gap. As left, top, right, bottom.
fn rulings() -> Vec<[u32; 4]> {
    let lying = LINES[1..].iter().map(|&y| [BORDERS[0], y, BORDERS[4], y + 4]);
    lying.chain(BORDERS.map(|x| [x, LINES[1], x + 4, LINES[6]])).collect()
}

fn separated(page: &[Word]) -> String {
    let separators: String = rulings()
        .iter()
        .map(|[left, top, right, bottom]| {
            format!("<div class='ocr_separator' title='bbox {left} {top} {right} {bottom}'></div>")
        })
        .collect();
    before_the_end(&hocr(page), &separators)
}

/// True if the third row is one cell over all columns.
fn is_whole(trace: &Trace) -> bool {
    let given = trace.source.pages[0].lines.iter().filter(|line| line.separator == Separator::Given);
    let merges = &given.collect::<Vec<_>>()[2].merges;
    assert_eq!(merges.len(), 4);
    merges[..] == [Merge::Own, Merge::Left, Merge::Left, Merge::Left]
}

#[test]
fn a_title_in_the_middle_of_a_ruled_table_is_one_cell() {
    let middle = (BORDERS[0] + BORDERS[4]) / 2;
    for title in [
        "II. Работа с кадрами",
        "Февраль – март",
        "Раздел 2. Обучение",
        "июнь – август",
        "III. Информирование населения и подготовка кадров",
    ] {
        let width: u32 = words(1, 0, 0, title).iter().map(|word| word.3 + 9).sum::<u32>() - 9;
        let trace = trace_bytes(separated(&ruled(&[(middle - width / 2, title)])).as_bytes());
        assert!(is_whole(&trace), "{title}");
        let document = emit::document(&trace);
        assert_eq!(document.plans[0].measures.len(), 3, "{title}");
        assert_eq!(document.plans[0].sections.len(), 1, "{title}");
    }
}

#[test]
fn a_row_of_cells_is_not_made_one() {
    for odd in [
        // It begins where the cells of its column do.
        vec![(1000, "Январь")],
        vec![(200, "Провести проверку готовности и составить список")],
        // Off the middle.
        vec![(500, "Провести проверку")],
        // A number stands before it.
        vec![(100, "4"), (950, "Подготовка")],
        // In two pieces.
        vec![(700, "Провести проверку"), (1250, "Январь")],
    ] {
        let trace = trace_bytes(separated(&ruled(&odd)).as_bytes());
        assert!(!is_whole(&trace), "{odd:?}");
    }
}

#[test]
fn lines_that_tesseract_prints_as_words_without_letters_are_drawn() {
    let blank = |[left, top, right, bottom]: &[u32; 4]| {
        format!("5\t1\t9\t1\t1\t1\t{left}\t{top}\t{}\t{}\t95\t \n", right - left, bottom - top)
    };
    let drawn: String = rulings().iter().map(blank).collect();
    let (plain, ruled) = (tsv(&ruled(&[])), tsv(&ruled(&[])) + &drawn);
    let given = |file: &str| {
        let trace = trace_bytes(file.as_bytes());
        trace.source.pages[0].lines.iter().filter(|line| line.separator == Separator::Given).count()
    };
    assert_eq!(given(&ruled), 5);
    assert_eq!(given(&plain), 0);
    // A stain is as wide as high.
    let stains = drawn.replace("\t4\t95\t", "\t400\t95\t").replace("\t4\t295\t", "\t400\t295\t");
    assert_eq!(given(&(plain + &stains)), 0);
}
