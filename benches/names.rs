//! How exactly and how fast names are linked, beside a plain scan by ratio over the same names in the same run.
//!
//! `cargo bench --bench names` prints first the figures of every way in which names are spelled, then what share of the
//! links is right among those of a score, then the speed. Quote the speed as a ratio: machines differ.

#![allow(clippy::print_stdout, unreachable_pub)]

#[path = "../tests/figures.rs"]
mod figures;
#[path = "../tests/generated.rs"]
mod generated;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use figures::{Figures, Judged};
use generated::{Facts, Making, Name, names};
use rapidfuzz::fuzz::RatioBatchComparator;
use svod::dictionaries::Dictionaries;
use svod::link::Setting;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dictionaries = match Dictionaries::embedded() {
        Ok(dictionaries) => dictionaries,
        Err(error) => {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let step = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1);
    let facts = Facts::read(root);
    let names = names(&facts, 2018, step);
    let judged = figures::judge(&names, &dictionaries.registry);
    let rival = Rival::new(&facts, &names);
    println!(
        "{:<16} {:>7} {:>9} {:>9} {:>9} {:>7} {:>12} {:>14}",
        "names", "number", "first", "linked", "wrongly", "guards", "ratio: first", "ratio: linked"
    );
    for making in Making::ALL {
        let own = Figures::of(&judged, making);
        let (first, linked) = rival.of(&names, making);
        println!(
            "{:<16} {:>7} {:>9.4} {:>9.4} {:>9.4} {:>7} {:>12.4} {:>14.4}",
            format!("{making:?}"),
            own.names,
            own.first,
            own.linked,
            own.wrong,
            own.guards,
            first,
            linked
        );
    }
    println!("\nright among the links of a score");
    for (from, to, links, right) in figures::calibration(&judged) {
        println!("{from:.2}–{to:.2} {links:>7} {right:.4}");
    }
    if std::env::var_os("SVOD_NAMES_WRONG").is_some() {
        wrong(&judged);
    }
    speed(&names, &dictionaries);
    ExitCode::SUCCESS
}

/// The names that are not linked right, for a person to read.
fn wrong(judged: &[Judged]) {
    for one in judged.iter().filter(|one| !one.is_right()) {
        println!(
            "{:?}\t{}\twanted {}\tfirst {}\t{:.3}\t{}",
            one.name.making,
            one.name.text,
            one.name.entity.as_deref().unwrap_or("-"),
            one.first.as_deref().unwrap_or("-"),
            one.score,
            one.reasons
        );
    }
}

/// A scan over all full names by the ratio of equal letters.
struct Rival {
    /// For every name: the most like entity, its ratio.
    found: Vec<(String, f64)>,
    /// The ratio that links 97 of 100 names that are misread in a letter of twenty.
    threshold: f64,
}

impl Rival {
    fn new(facts: &Facts, names: &[Name]) -> Self {
        let known = facts.whole_names();
        let found: Vec<(String, f64)> = names
            .iter()
            .map(|name| {
                let text = name.text.to_lowercase();
                let scan = RatioBatchComparator::new(text.chars());
                let mut best = (String::new(), 0.0);
                for (entity, whole) in &known {
                    let ratio = scan.similarity(whole.chars());
                    if ratio > best.1 {
                        best = (entity.clone(), ratio);
                    }
                }
                best
            })
            .collect();
        let middle = names.iter().zip(&found).filter(|(name, _)| name.making == Making::Middle);
        let mut ratios: Vec<f64> = middle.map(|(_, (_, ratio))| *ratio).collect();
        ratios.sort_by(f64::total_cmp);
        let threshold = ratios.get(ratios.len() * 3 / 100).copied().unwrap_or(1.0);
        Self { found, threshold }
    }

    /// The shares of names of one making whose entity is the most like, and that are linked at all.
    fn of(&self, names: &[Name], making: Making) -> (f64, f64) {
        let own: Vec<(&Name, &(String, f64))> =
            names.iter().zip(&self.found).filter(|(name, _)| name.making == making).collect();
        let all = own.len().max(1) as f64;
        let first = own.iter().filter(|(name, (entity, _))| name.entity.as_ref() == Some(entity)).count();
        let linked = own.iter().filter(|(_, (_, ratio))| *ratio >= self.threshold).count();
        (first as f64 / all, linked as f64 / all)
    }
}

/// 50,000 names against the dictionary on two threads, and what the index costs.
fn speed(names: &[Name], dictionaries: &Dictionaries) {
    const NAMES: usize = 50_000;
    let Ok(fresh) = Dictionaries::embedded() else { return };
    let started = Instant::now();
    let _ = svod::link::candidates(
        "Министерство культуры Тульской области",
        &Setting::default(),
        &fresh.registry,
    );
    println!("\nindex and first name {:.1} ms", started.elapsed().as_secs_f64() * 1000.0);
    let many: Vec<&Name> = names.iter().cycle().take(NAMES).collect();
    let started = Instant::now();
    std::thread::scope(|scope| {
        for half in many.chunks(NAMES / 2) {
            scope.spawn(move || {
                for name in half {
                    std::hint::black_box(svod::link::candidates(
                        &name.text,
                        &Setting::default(),
                        &dictionaries.registry,
                    ));
                }
            });
        }
    });
    let own = started.elapsed();
    println!("{NAMES} names of all kinds on two threads {:.2} s", own.as_secs_f64());
}
