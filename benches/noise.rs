//! Measures wholly right against the dose of each kind of damage, over the fixtures that are not damaged by themselves.
//!
//! `cargo bench --bench noise` prints a row for each kind and for all of them together; a column is a dose. The first column
//! is the text as it is. `cargo bench --bench noise -- DIR` takes the fixtures of another folder.

#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::ExitCode;

use svod::Result;
use svod::dictionaries::Dictionaries;
use svod::eval::{self, Fixture};
use svod::noise::{Class, Laboratory};
use svod::pipeline;

const DOSES: [f32; 5] = [0.0, 0.1, 0.25, 0.5, 1.0];
const SEED: u64 = 7;

fn main() -> ExitCode {
    let named = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    match print(Path::new(named.as_deref().unwrap_or("fixtures"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn print(directory: &Path) -> Result<()> {
    let dictionaries = Dictionaries::embedded()?;
    let fixtures = eval::fixtures(directory)?;
    print!("{:<14}", "wholly right");
    DOSES.iter().for_each(|dose| print!(" {dose:>8}"));
    println!();
    let each = Class::ALL.map(|class| (class.name(), vec![class]));
    let scan = Class::ALL.into_iter().filter(|class| *class != Class::Encoding).collect();
    for (name, classes) in each.into_iter().chain([("scan", scan)]) {
        print!("{name:<14}");
        for dose in DOSES {
            let laboratory = Laboratory {
                confusions: &dictionaries.spelling.confusions,
                dose,
                seed: SEED,
                classes: &classes,
            };
            print!(" {:>8.3}", wholly_right(&fixtures, &laboratory, &dictionaries)?);
        }
        println!();
    }
    Ok(())
}

/// The share of the measures that are wholly right when every fixture is damaged so.
fn wholly_right(
    fixtures: &[Fixture],
    laboratory: &Laboratory<'_>,
    dictionaries: &Dictionaries,
) -> Result<f64> {
    let (mut right, mut of) = (0, 0);
    for fixture in fixtures {
        let clean = std::fs::read_to_string(&fixture.input)
            .map_err(|cause| svod::Error::read(fixture.input.display().to_string(), cause))?;
        let damaged = laboratory.damage(&clean);
        let document = pipeline::read(&fixture.name, damaged.text.as_bytes(), dictionaries)?;
        let (scores, _) = eval::compare(&fixture.gold, &document);
        if let Some(count) = scores.get("wholly") {
            right += count.right;
            of += count.of;
        }
    }
    Ok(right as f64 / f64::from(of.max(1) as u32))
}
