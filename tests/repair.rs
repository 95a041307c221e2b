//! What repair makes of damage whose truth is known; the laboratory that makes it; the switches.

use std::collections::BTreeSet;

use svod::dictionaries::Dictionaries;
use svod::emit;
use svod::eval;
use svod::eval::repair::{Figures, measure, measure_recognised, words_of};
use svod::noise::{Class, Laboratory};

use crate::support::{DICTIONARIES, fixtures, root, trace};

fn laboratory(dose: f32, classes: &[Class]) -> Laboratory<'_> {
    Laboratory { confusions: &DICTIONARIES.spelling.confusions, dose, seed: 7, classes }
}

/// The words of all gold.
fn gold() -> String {
    let sets = ["fixtures", "fixtures/invented"].map(|set| eval::fixtures(&root().join(set)).unwrap());
    sets.iter().flatten().map(words_of).collect()
}

#[test]
fn no_rule_harms_more_than_it_mends() {
    let mut damaged = Figures::default();
    let mut clean = Figures::default();
    measure(&gold(), &laboratory(0.5, &Class::OF_WORDS), &DICTIONARIES, &mut damaged).unwrap();
    measure(&gold(), &laboratory(0.0, &[]), &DICTIONARIES, &mut clean).unwrap();
    for (rule, count) in &damaged.rules {
        let harm = damaged.harm.get(rule).copied().unwrap_or(0) + clean.harm.get(rule).copied().unwrap_or(0);
        assert!(count.right > count.of - count.right + harm, "{rule}: {count:?}, harm {harm}");
    }
    assert!(damaged.rules.len() >= 5, "only {:?} mended anything", damaged.rules.keys());
    assert_eq!(damaged.exact_harm + clean.exact_harm, 0, "{:?} {:?}", damaged.mistakes, clean.mistakes);
}

#[test]
fn figures_count_what_happened() {
    let mut figures = Figures::default();
    measure_recognised(
        "информационных\tинформационных\nстендах\tсгенддх\nслова\tзззз\n\nсуть\tсуть\n",
        &DICTIONARIES,
        &mut figures,
    )
    .unwrap();
    let recall = figures.recall();
    assert_eq!((recall.right, recall.of, figures.clean, figures.harmed()), (1, 2, 2, 0));
    let precision = figures.precision();
    assert_eq!((precision.right, precision.of), (1, 1));
}

#[test]
fn the_same_dose_and_seed_give_the_same_damage_and_no_dose_none() {
    let clean = gold();
    let once = laboratory(0.5, &Class::ALL).damage(&clean);
    assert_eq!(once, laboratory(0.5, &Class::ALL).damage(&clean));
    assert_ne!(once.text, Laboratory { seed: 8, ..laboratory(0.5, &Class::ALL) }.damage(&clean).text);
    let none = laboratory(0.0, &Class::ALL).damage(&clean);
    assert_eq!((none.text, none.damages.len()), (clean, 0));
}

#[test]
fn damage_is_on_the_books() {
    let clean = gold();
    for class in Class::OF_WORDS.into_iter().chain([Class::Hyphenation]) {
        let damaged = laboratory(1.0, &[class]).damage(&clean);
        let mut undone = String::new();
        let mut at = 0;
        for damage in &damaged.damages {
            assert_eq!(damage.class, class);
            assert_ne!(damaged.text[damage.range.clone()], damage.clean);
            undone.push_str(&damaged.text[at..damage.range.start]);
            undone.push_str(&damage.clean);
            at = damage.range.end;
        }
        undone.push_str(&damaged.text[at..]);
        assert!(undone == clean, "{class:?} changed what it does not own to");
        let share = damaged.damages.len() as f32 / clean.split_whitespace().count() as f32;
        assert!(
            share > class.rate() / 4.0 && share < 1.5 * class.rate(),
            "{class:?} damages {share} of the words"
        );
    }
}

#[test]
fn numbers_addresses_and_codes_are_never_damaged() {
    let exact = "до 15.05.2018 № 442-ФЗ www.bus.gov.ru plan@tula.ru ГУТО 27/Пр/18 8(4872)24-98-31";
    let classes: Vec<Class> = Class::OF_WORDS.into_iter().chain([Class::Hyphenation]).collect();
    for seed in 0..200 {
        let laboratory = Laboratory { seed, ..laboratory(10.0, &classes) };
        assert_eq!(laboratory.damage(exact).text, exact);
    }
}

#[test]
fn every_repair_of_the_output_is_a_rule_of_the_list() {
    let known: BTreeSet<&str> = DICTIONARIES.repairs.iter().map(|rule| rule.id.as_str()).collect();
    for (name, trace) in fixtures() {
        for repair in emit::document(&trace).repairs {
            assert!(known.contains(repair.rule.as_str()), "{name}: {}", repair.rule);
        }
    }
}

/// The dictionaries with one repair switched off.
fn without(repair: &str) -> Dictionaries {
    let mut dictionaries = DICTIONARIES.clone();
    dictionaries.switch_off(repair).unwrap();
    dictionaries
}

#[test]
fn a_repair_that_is_switched_off_repairs_nothing() {
    for (name, whole) in fixtures() {
        let source = whole.source.decoded.as_str();
        for rule in &DICTIONARIES.repairs {
            let trace = svod::trace(&name, source.as_bytes(), &without(&rule.id)).unwrap();
            let repairs = emit::document(&trace).repairs;
            assert!(repairs.iter().all(|repair| repair.rule != rule.id), "{name}: {} is not off", rule.id);
        }
        let trace = svod::trace(&name, source.as_bytes(), &without("all")).unwrap();
        assert_eq!(emit::document(&trace).repairs.len(), 0, "{name}");
    }
}

#[test]
fn a_repair_that_nobody_knows_is_refused() {
    let error = DICTIONARIES.clone().switch_off("spelling.confusions").unwrap_err().to_string();
    assert!(error.contains("«spelling.confusions»") && error.contains("spelling.confusion,"), "{error}");
}

#[test]
fn the_examples_of_the_repairs_hold() {
    // What the stages after this one mend is shown by their own tests.
    let later = ["hyphenation", "name", "number"];
    for rule in &DICTIONARIES.repairs {
        let area = rule.id.split('.').next().unwrap();
        // Specks are told by their page: `normalise` shows them.
        if later.contains(&area)
            || matches!(rule.id.as_str(), "spelling.term" | "junk.speck")
            || rule.id.starts_with("encoding.")
        {
            continue;
        }
        let received = rule.from.replace("⟨U+00AD⟩", "\u{ad}");
        let line = format!("{received} Слово");
        let trace = trace(&line);
        let cell = &trace.pages[0].lines[0].cells[0];
        let mended = cell.squeezed().as_str().to_owned();
        assert_eq!(mended, format!("{} Слово", rule.to), "{}", rule.id);
        assert!(cell.repairs().iter().any(|repair| repair.rule.as_str() == rule.id), "{}", rule.id);
    }
}
