//! Texts: slicing, joining and rewriting keep the books.

use proptest::prelude::*;
use svod::text::{Decoded, Edit, How, RuleId, Span, Text};

const RULE: RuleId = RuleId::new("spelling.test");

fn text(source: &Decoded) -> Text {
    source.text(Span::new(0, source.as_str().len() as u32))
}

fn check_books(text: &Text, source: &Decoded) {
    let mut at = 0;
    for piece in text.pieces() {
        let end = at + piece.len as usize;
        let own = &text.as_str()[at..end];
        assert!(piece.span.end() as usize <= source.as_str().len(), "an origin lies outside the source");
        if piece.how == How::Verbatim {
            assert_eq!(own, source.at(piece.span), "a verbatim piece differs from its bytes");
        }
        at = end;
    }
    assert_eq!(at, text.len(), "the pieces do not tile the string");
}

#[test]
fn a_rewritten_word_knows_its_bytes_and_its_rule() {
    let source = Decoded::new("на сгенддх, на".to_owned());
    let whole = text(&source);
    let at = whole.as_str().find("сгенддх").unwrap();
    let mended = whole.edited(&[Edit::new(at..at + "сгенддх".len(), "стендах", RULE, 70)]);
    assert_eq!(mended.as_str(), "на стендах, на");
    check_books(&mended, &source);
    let repairs = mended.repairs();
    assert_eq!(repairs.len(), 1);
    assert_eq!(source.at(repairs[0].origin[0]), "сгенддх");
    assert_eq!((repairs[0].to.as_str(), repairs[0].rule, repairs[0].confidence), ("стендах", RULE, 70));
}

#[test]
fn a_deleted_tag_keeps_its_letters_on_the_books() {
    let source = Decoded::new("<p>ГУСОН ТО</p>".to_owned());
    let whole = text(&source);
    let end = whole.len();
    let bare = whole.edited(&[Edit::certain(0..3, "", RULE), Edit::certain(end - 4..end, "", RULE)]);
    assert_eq!(bare.as_str(), "ГУСОН ТО");
    check_books(&bare, &source);
    assert_eq!(bare.origin().as_slice(), [Span::new(0, source.as_str().len() as u32)]);
    let first = bare.slice(0.."ГУСОН".len());
    assert_eq!(source.at(first.origin()[0]), "<p>ГУСОН", "a deletion goes with what follows it");
    let last = bare.slice("ГУСОН ".len()..bare.len());
    assert_eq!(source.at(last.origin()[0]), "ТО</p>", "a deletion at the end goes with what ends the text");
}

#[test]
fn a_joined_cell_has_a_list_of_origins_and_no_hull() {
    let source = Decoded::new("Разработать | Минэко\nпроект      | номики".to_owned());
    let lines = [source.text(Span::new(0, 22)), source.text(Span::new(38, 50))];
    let joined = Text::join(&lines, true);
    assert_eq!(joined.as_str(), "Разработать проект");
    check_books(&joined, &source);
    assert_eq!(joined.origin().len(), 2);
}

#[test]
fn white_space_is_squeezed_without_a_repair() {
    let source = Decoded::new("  в \u{a0} 2018\tгоду ".to_owned());
    let squeezed = text(&source).squeezed();
    assert_eq!(squeezed.as_str(), "в 2018 году");
    check_books(&squeezed, &source);
    assert!(squeezed.repairs().is_empty());
}

#[test]
fn an_edit_over_two_fragments_keeps_both_origins() {
    let source = Decoded::new("мате\nриалов".to_owned());
    let lines = [source.text(Span::new(0, 8)), source.text(Span::new(9, 21))];
    let joined = Text::join(&lines, false);
    let mended = joined.edited(&[Edit::certain(4..12, "тери", RULE)]);
    assert_eq!(mended.as_str(), "материалов");
    check_books(&mended, &source);
    let repairs = mended.repairs();
    assert_eq!(repairs.len(), 1, "one edit is one repair");
    assert_eq!(repairs[0].origin.as_slice(), [Span::new(4, 8), Span::new(9, 13)]);
}

/// One step of a random derivation.
#[derive(Clone, Debug)]
enum Step {
    Slice(usize, usize),
    Edit(usize, usize, String),
    Squeeze,
    Double,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0usize..60, 0usize..60).prop_map(|(a, b)| Step::Slice(a.min(b), a.max(b))),
        (0usize..60, 0usize..60, "[а-я <>]{0,4}").prop_map(|(a, b, with)| Step::Edit(
            a.min(b),
            a.max(b),
            with
        )),
        Just(Step::Squeeze),
        Just(Step::Double),
    ];
    prop::collection::vec(step, 0..8)
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(crate::support::cases(256))]

    #[test]
    fn the_books_are_right_after_any_derivation(string in "[а-яА-Я0-9 <>\u{a0}\n«»-]{0,40}", steps in steps()) {
        let source = Decoded::new(string);
        let mut current = text(&source);
        for step in steps {
            let own = current.as_str().to_owned();
            current = match step {
                Step::Slice(from, to) => current.slice(boundary(&own, from)..boundary(&own, to)),
                Step::Edit(from, to, with) => {
                    let (from, to) = (boundary(&own, from), boundary(&own, to));
                    let edited = current.edited(&[Edit::new(from..to, with.clone(), RULE, 50)]);
                    // A rewritten piece is not divisible, so an edit inside one takes all of it.
                    prop_assert!(edited.as_str().contains(&with));
                    edited
                }
                Step::Squeeze => current.squeezed(),
                Step::Double => Text::join([&current, &current], true),
            };
            check_books(&current, &source);
        }
    }

    #[test]
    fn two_halves_of_a_text_are_the_text(string in "[а-я0-9 <>]{0,30}", cut in 0usize..60, edit in (0usize..60, 0usize..60)) {
        let source = Decoded::new(string);
        let own = source.as_str().to_owned();
        let (from, to) = (boundary(&own, edit.0.min(edit.1)), boundary(&own, edit.0.max(edit.1)));
        let whole = text(&source).edited(&[Edit::certain(from..to, "", RULE)]);
        prop_assume!(!whole.is_empty());
        let cut = boundary(whole.as_str(), cut);
        let halves = [whole.slice(0..cut), whole.slice(cut..whole.len())];
        let spans = |text: &Text| -> u32 { text.pieces().iter().map(|piece| piece.span.len()).sum() };
        prop_assert_eq!(format!("{}{}", halves[0].as_str(), halves[1].as_str()), whole.as_str());
        prop_assert_eq!(spans(&halves[0]) + spans(&halves[1]), spans(&whole), "a source byte is lost or stands twice");
    }
}

#[test]
fn slices_of_one_walk_are_the_slices() {
    let source = Decoded::new("Мини стерство культуры, отдел  музеев".to_owned());
    let line = text(&source);
    let gap = line.as_str().find(' ').unwrap();
    let mended = line.edited(&[Edit::new(gap..gap + 1, "", RULE, 90)]);
    let joined = Text::join([&mended, &line], true);
    let cuts: Vec<usize> = (0..=joined.len()).filter(|&at| joined.as_str().is_char_boundary(at)).collect();
    for step in 1..6 {
        let ranges: Vec<_> = cuts.windows(step + 1).step_by(step).map(|cut| cut[0]..cut[step]).collect();
        let each: Vec<Text> = ranges.iter().map(|range| joined.slice(range.clone())).collect();
        let walked = joined.slices(ranges);
        for (one, other) in each.iter().zip(&walked) {
            assert_eq!((one.as_str(), one.pieces()), (other.as_str(), other.pieces()));
        }
        assert_eq!(each.len(), walked.len());
    }
}
