//! What holds for every input: no crash, no byte lost or invented, the same output on any number of threads.

use std::collections::BTreeSet;

use proptest::prelude::*;
use svod::Trace;
use svod::emit::{self, Document};
use svod::normalise::{Line, Separator};
use svod::text::{How, Text};
use unicode_normalization::UnicodeNormalization;

use crate::support::{DICTIONARIES, cases, claims, fixtures, plan_with, trace, trace_bytes};

/// So many documents are tried for each property.
const CASES: u32 = 400;

/// What plans are made of, parted by middle dots.
const FRAGMENTS: &str = "\
    План·мероприятий на 2018 год·УТВЕРЖДАЮ·№ п/п·Наименование мероприятия·Срок исполнения·\
    Ответственные исполнители·Результат·Раздел I. Общие вопросы·1·2.·3)·4.1·II·17·2018·\
    Размещение сведений на сайте·о порядке проведения·«Центр помощи·»·«·\"·(·)·–·-·;·\
    Министерство труда и социальной защиты Тульской области·(по согласованию)·Общественный совет·\
    Романова Т.В.·далее – учреждения·IV квартал·2018 года·до 1 марта·ежеквартально·постоянно·сгенддх·\
    'груда·со ци ал ьн ой·защ и ты·официальный сайтах·Mинистерство·информа-·ции·| квартал·■·**·<p>·</p>·\
    &laquo;·и\u{306}·\u{ad}·\u{200b}·ё·www.bus.gov.ru·😀·Исп.: Тюрина А.А.·стр. 2·--·├───┼───┤·+---+";

const GAPS: &[&str] = &[
    " ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n", "\r", "\t", "\t", "|", " | ", "│", "\x0c", "", "\u{a0}",
];

fn fragment() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(FRAGMENTS.split('·').collect::<Vec<_>>())
}

/// Fragments with gaps of every kind between them.
fn soup() -> impl Strategy<Value = String> {
    let pair = (fragment(), prop::sample::select(GAPS));
    prop::collection::vec(pair, 0..60)
        .prop_map(|pairs| pairs.iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

/// A plan whose rows have cells of any content, parted by tabs, pipes or verticals.
fn table() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(fragment(), 0..4);
    let row = prop::collection::vec(words.prop_map(|words| words.join(" ")), 1..6);
    (prop::collection::vec(row, 1..8), prop::sample::select(&["\t", " | ", " │ "][..])).prop_map(
        |(rows, part)| {
            let head = plan_with("IV квартал", "Министерство культуры").replace('\t', part);
            let rows = rows.iter().map(|cells| cells.join(part));
            head + &rows.collect::<Vec<String>>().join("\n")
        },
    )
}

/// A fixture of which some lines are lost, doubled, cut or mixed with fragments.
fn damaged() -> impl Strategy<Value = String> {
    let sources: Vec<String> =
        fixtures().into_iter().map(|(_, trace)| trace.source.decoded.as_str().to_owned()).collect();
    let blow = (any::<prop::sample::Index>(), 0..4usize, fragment());
    (prop::sample::select(sources), prop::collection::vec(blow, 1..12)).prop_map(|(source, blows)| {
        let mut lines: Vec<String> = source.split('\n').map(str::to_owned).collect();
        for (place, what, fragment) in blows {
            let at = place.index(lines.len());
            match what {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[at].clone()),
                2 => lines[at] = lines[at].chars().take(20).collect(),
                _ => lines[at].push_str(fragment),
            }
        }
        lines.join("\n")
    })
}

/// A document of any of these kinds.
fn document() -> impl Strategy<Value = String> {
    prop_oneof![3 => soup(), 3 => table(), 2 => damaged()]
        .prop_filter("an empty input is refused", |text| !text.is_empty())
}

/// A text is the bytes of its origin up to its repairs.
fn check_text(text: &Text, source: &str) {
    let mut at = 0;
    for piece in text.pieces() {
        let own = &text.as_str()[at..at + piece.len as usize];
        let bytes =
            source.get(piece.span.range()).expect("an origin outside the source or inside a character");
        match piece.how {
            How::Verbatim => assert_eq!(own, bytes),
            How::Space => assert!(own == " " && bytes.trim().is_empty(), "a space for «{bytes}»"),
            How::Rewritten { rule, .. } => assert!(rule.as_str().contains('.'), "a change by no rule"),
        }
        at += piece.len as usize;
    }
    assert_eq!(at, text.len(), "the pieces of «{}» do not tile it", text.as_str());
}

fn check_texts(trace: &Trace) {
    let source = trace.source.decoded.as_str();
    claims(trace).into_iter().for_each(|text| check_text(text, source));
    let cells = trace.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells);
    cells.for_each(|text| check_text(text, source));
}

fn check_repairs(trace: &Trace) {
    let document = emit::document(trace);
    let listed: BTreeSet<(&str, &str)> =
        document.repairs.iter().map(|repair| (repair.to.as_str(), repair.rule.as_str())).collect();
    for repair in claims(trace).into_iter().flat_map(Text::repairs) {
        assert!(listed.contains(&(repair.to.as_str(), repair.rule.as_str())), "not listed: {repair:?}");
    }
}

fn check_values(trace: &Trace) {
    let known: BTreeSet<String> =
        claims(trace).iter().map(|text| text.squeezed().as_str().to_owned()).collect();
    for value in values(&emit::document(trace)) {
        assert!(known.contains(value), "«{value}» stands in no text");
    }
}

/// The values that are texts.
fn values(document: &Document) -> impl Iterator<Item = &str> {
    let measures = document.plans.iter().flat_map(|plan| &plan.measures);
    let of_rows = measures.flat_map(|row| {
        let terms = row.deadlines.iter().map(|deadline| deadline.text.as_str());
        let bodies = row.executors.iter().map(|executor| executor.text.as_str());
        row.number.as_deref().into_iter().chain([row.text.as_str()]).chain(terms).chain(bodies)
    });
    let of_plans = document.plans.iter().flat_map(|plan| {
        let headers = plan.columns.iter().map(|column| column.header.as_str());
        let sections = plan.sections.iter().map(|section| section.title.as_str());
        plan.title.as_deref().into_iter().chain(headers).chain(sections)
    });
    of_plans.chain(of_rows)
}

/// How many fields stand for each byte of the source.
fn owners(trace: &Trace) -> Vec<u32> {
    let mut owners = vec![0; trace.source.decoded.as_str().len()];
    let approvals = trace.plans.iter().filter_map(|plan| plan.approval.as_ref());
    let dates = approvals
        .flat_map(|approval| approval.date.iter().chain(approval.act.iter().flat_map(|act| &act.date)));
    let dates = dates.map(|date| date.origin.clone());
    for span in claims(trace).iter().map(|text| text.origin()).chain(dates).flatten() {
        owners[span.range()].iter_mut().for_each(|count| *count += 1);
    }
    owners
}

fn check_fields(trace: &Trace) {
    let owners = owners(trace);
    let twice = |&(at, sign): &(usize, char)| sign.is_alphanumeric() && owners[at] > 1;
    let twice: String =
        trace.source.decoded.as_str().char_indices().filter(twice).map(|(_, sign)| sign).collect();
    assert_eq!(twice, "", "letters that stand in two fields");
}

fn check_residue(trace: &Trace) {
    // Decomposed letters and digits are what the account is made in.
    let letters = |text: &str| text.nfd().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let owners = owners(trace);
    let signs = trace.source.decoded.as_str().char_indices();
    let free: String = signs.filter(|(at, _)| owners[*at] == 0).map(|(_, sign)| sign).collect();
    let kept: String = emit::document(trace).residue.iter().map(|residue| residue.text.as_str()).collect();
    assert_eq!(letters(&kept), letters(&free), "the residue is not what no field holds");
}

/// All that holds of a document.
/// Undone, the repairs of a mended cell give back the characters of the source, one after another and none left out.
fn check_undone(trace: &Trace) {
    let source = &trace.source;
    let received = source.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells);
    let mended = trace.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells);
    for (received, mended) in received.zip(mended) {
        let undone: String = mended.pieces().iter().map(|piece| source.decoded.at(piece.span)).collect();
        assert_eq!(undone, source.decoded.at(*received), "undone from «{}»", mended.as_str());
    }
}

fn check(trace: &Trace) {
    check_undone(trace);
    check_texts(trace);
    check_repairs(trace);
    check_values(trace);
    check_fields(trace);
    check_residue(trace);
}

#[test]
fn the_fixtures_keep_the_books() {
    for (_, trace) in fixtures() {
        assert!(claims(&trace).len() > 40);
        check(&trace);
    }
}

#[test]
fn a_line_that_is_a_heading_in_part_stands_in_one_field() {
    check(&trace(
        "Наименование мероприятия\nСрок исполнения\tРаздел I. Общие вопросы\n1 Размещение сведений",
    ));
}

#[test]
fn a_pipe_is_no_white_space() {
    check(&trace("План|План\nНаименование мероприятия\nПлан | План\n\nСрок исполнения План|"));
}

#[test]
fn an_order_under_a_stamp_is_read_once() {
    let stamp = "УТВЕРЖДАЮ\nПРАВИТЕЛЬСТВО ТУЛЬСКОЙ ОБЛАСТИ\nРАСПОРЯЖЕНИЕ\nот 14.02.2018 № 31\nПредседатель\nП.Н. Лаптев\n\n";
    check(&trace(&format!("{stamp}{}", plan_with("постоянно", "Министерство культуры"))));
}

/// The output's bytes on so many threads.
fn json_on(threads: usize, source: &str) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut bytes = Vec::new();
    pool.install(|| emit::json(&emit::document(&trace(source)), &mut bytes)).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A document of more lines, tables and rows than a single thread is given.
fn large() -> String {
    let sources: Vec<String> =
        fixtures().iter().map(|(_, trace)| trace.source.decoded.as_str().to_owned()).collect();
    let row = |nth: usize| {
        format!("{nth}\tРазмещение сведений № {nth}\tдо {} марта 2018 года\tМинистерство\n", nth % 28 + 1)
    };
    let rows: String = (2..=300).map(row).collect();
    sources.join("\n").repeat(6) + "\n" + &plan_with("постоянно", "Министерство культуры") + &rows
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let mut sources: Vec<String> =
        fixtures().iter().map(|(_, trace)| trace.source.decoded.as_str().to_owned()).collect();
    let large = large();
    let plans = trace(&large).plans;
    let rows = plans.iter().map(|plan| plan.measures.len()).max();
    assert!(large.lines().count() > 2000 && plans.len() > 8 && rows >= Some(300), "too small to be parted");
    sources.push(large);
    for source in sources {
        let one = json_on(1, &source);
        for threads in [2, 8] {
            assert!(json_on(threads, &source) == one, "{threads} threads differ from one");
        }
    }
}

/// A document after repair, its lines, cells and pages parted as they were.
fn mended(text: &str) -> String {
    let line = |line: &Line| -> String {
        let part = match line.separator {
            Separator::None | Separator::Tab | Separator::Given | Separator::Placed => "\t",
            Separator::Pipe => "|",
            Separator::Box => "│",
        };
        line.cells.iter().map(Text::as_str).collect::<Vec<_>>().join(part)
    };
    let pages = trace(text).pages;
    let pages = pages.iter().map(|page| page.lines.iter().map(line).collect::<Vec<_>>().join("\n"));
    pages.collect::<Vec<String>>().join("\x0c")
}

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn mending_twice_is_mending_once(text in damaged()) {
        let once = mended(&text);
        prop_assume!(!once.is_empty());
        assert_eq!(mended(&once), once);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(trace) = svod::trace("bytes", &bytes, &DICTIONARIES) {
            check_texts(&trace);
            check_residue(&trace);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{1,200}") {
        let trace = trace_bytes(text.as_bytes());
        check_texts(&trace);
        check_residue(&trace);
    }

    #[test]
    fn any_words_are_terms_or_kept_as_written(words in prop::collection::vec(fragment(), 1..6)) {
        let words = words.join(" ");
        let terms = svod::read_deadline(&words, None, &DICTIONARIES).unwrap();
        terms.iter().for_each(|term| check_text(&term.text, &words));
    }

    #[test]
    fn every_text_is_its_bytes_up_to_its_repairs(text in document()) {
        check_texts(&trace(&text));
    }

    #[test]
    fn every_change_is_listed(text in document()) {
        check_repairs(&trace(&text));
    }

    #[test]
    fn every_value_stands_in_a_text(text in document()) {
        check_values(&trace(&text));
    }

    #[test]
    fn no_letter_stands_in_two_fields(text in document()) {
        check_fields(&trace(&text));
    }

    #[test]
    fn what_no_field_holds_is_in_the_residue(text in document()) {
        check_residue(&trace(&text));
    }
}
