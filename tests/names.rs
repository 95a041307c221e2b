//! The figures of linking, on names made from the dictionary's own: what is promised for each way of spelling them.

use std::sync::LazyLock;

use crate::figures::{Figures, Judged, calibration, judge};
use crate::generated::{Dice, Facts, Making, names};
use crate::support::{DICTIONARIES, root};

/// Every third body of the dictionary; `cargo bench --bench names` takes them all, with other dice.
static JUDGED: LazyLock<Vec<Judged>> =
    LazyLock::new(|| judge(&names(&Facts::read(&root()), 71, 3), &DICTIONARIES.registry));

fn of(making: Making) -> Figures {
    let figures = Figures::of(&JUDGED, making);
    assert!(figures.names >= 100, "{making:?}: only {} names were made", figures.names);
    figures
}

/// What is not right, to be read where a figure falls.
fn wrong(making: Making) -> String {
    let own = JUDGED.iter().filter(|one| one.name.making == making && !one.is_right());
    own.take(20).fold(String::new(), |list, one| {
        let first = one.first.as_deref().unwrap_or("-");
        list + &format!("\n{} → {first} {:.2} ({})", one.name.text, one.score, one.reasons)
    })
}

#[test]
fn the_right_body_is_the_likeliest() {
    let promised = [
        (Making::AsIs, 0.999),
        (Making::Capitals, 0.999),
        (Making::Inflected, 0.99),
        (Making::ShortWords, 0.99),
        (Making::Fused, 0.99),
        (Making::Initials, 0.99),
        (Making::OwnRegion, 0.99),
        (Making::Light, 0.995),
        (Making::Middle, 0.99),
        (Making::Heavy, 0.98),
    ];
    for (making, least) in promised {
        let first = of(making).first;
        assert!(first >= least, "{making:?}: {first:.4} is less than {least}{}", wrong(making));
    }
}

#[test]
fn what_is_believed_is_nearly_all_that_is_right() {
    for (making, least) in [(Making::Inflected, 0.98), (Making::Light, 0.99), (Making::Middle, 0.97)] {
        let linked = of(making).linked;
        assert!(linked >= least, "{making:?}: {linked:.4} is less than {least}{}", wrong(making));
    }
}

#[test]
fn hardly_a_link_is_to_another_body() {
    for making in Making::ALL.into_iter().filter(|making| of(*making).first > 0.0) {
        let amiss = of(making).wrong;
        assert!(amiss <= 0.005, "{making:?}: {amiss:.4}{}", wrong(making));
    }
}

#[test]
fn a_body_that_the_dictionary_has_not_is_not_linked() {
    let others: Vec<String> = Facts::read(&root()).whole_names().into_iter().map(|(_, name)| name).collect();
    assert!(
        JUDGED
            .iter()
            .filter(|one| one.name.making == Making::Unknown)
            .all(|one| !others.contains(&one.name.text.to_lowercase()))
    );
    for making in [Making::Unknown, Making::UnknownMisread] {
        let linked = of(making).linked;
        assert!(linked <= 0.01, "{making:?}: {linked:.4}{}", wrong(making));
    }
}

#[test]
fn no_link_passes_a_guard() {
    let past = JUDGED.iter().filter(|one| one.passes_guard());
    let past: Vec<String> = past
        .map(|one| format!("{} → {} {}", one.name.text, one.first.as_deref().unwrap_or("-"), one.reasons))
        .collect();
    assert!(past.is_empty(), "\n{}", past.join("\n"));
    assert!(Making::ALL.into_iter().all(|making| of(making).guards == 0));
    assert!(JUDGED.iter().any(|one| one.name.not.is_some()), "names with guards are made");
}

#[test]
fn a_score_is_the_share_of_links_that_are_right() {
    for (from, to, links, right) in calibration(&JUDGED) {
        if links >= 50 && from >= 0.9 {
            assert!(right >= from - 0.02, "of {links} links of {from} to {to} only {right:.3} are right");
        }
        if links >= 50 && to <= 0.5 {
            assert!(right <= to + 0.1, "of {links} links of {from} to {to} as many as {right:.3} are right");
        }
    }
}

#[test]
fn names_are_made_the_same_in_every_run_and_never_by_the_program() {
    let facts = Facts::read(&root());
    let text = |seed: u64| names(&facts, seed, 50).into_iter().map(|name| name.text).collect::<Vec<_>>();
    assert_eq!(text(5), text(5));
    assert_ne!(text(5), text(55));
    let mut dice = Dice::new(1);
    let name = "Министерство финансов Тульской области";
    assert_ne!(facts.misread(name, 50, &mut dice), name, "a misread name differs");
    let source = std::fs::read_to_string(root().join("tests/generated.rs")).unwrap();
    assert!(!source.contains("svod::"), "the names are made without the program");
}
