//! `svod repairs`: what repair mends, mends wrongly, and harms. Never a judgement without the truth beside it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::args::Repairs;
use super::{eval::gate, prepare, print};
use crate::dictionaries::Dictionaries;
use crate::error::{Error, Result};
use crate::eval::repair::{self, Figures};
use crate::eval::{self, Evaluation};
use crate::noise::{Class, Laboratory};

/// What is measured apart: words of gold, clean text of other fields, pages that were really recognised.
#[derive(Default)]
struct Kinds {
    gold: Figures,
    clean: Figures,
    recognised: Figures,
}

/// Measures the words of every folder and prints the figures.
pub(super) fn run(args: &Repairs) -> Result<ExitCode> {
    let dictionaries = prepare(&args.reading)?;
    let mut kinds = Kinds::default();
    for directory in &args.directories {
        measure(directory, args, &dictionaries, &mut kinds)?;
    }
    let named = [("gold", kinds.gold), ("clean", kinds.clean), ("recognised", kinds.recognised)];
    let mut evaluations = Vec::new();
    let mut out = String::new();
    for (name, figures) in named.into_iter().filter(|(_, figures)| figures.clean > 0) {
        if args.differences {
            figures.mistakes.iter().for_each(|mistake| out.push_str(&format!("  {mistake}\n")));
        }
        out.push_str(&repair::table(name, &figures));
        let scores = repair::scores(&figures);
        evaluations.push(Evaluation { name: name.to_owned(), scores, differences: Vec::new() });
    }
    if evaluations.is_empty() {
        let folders: Vec<String> = args.directories.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::content(folders.join(", "), "no gold.json, clean.txt or recognised.tsv in it"));
    }
    print(&if args.json { eval::json(&evaluations) } else { out })?;
    gate(&evaluations, args.gate.as_deref())
}

/// Adds what one folder holds.
fn measure(directory: &Path, args: &Repairs, dictionaries: &Dictionaries, kinds: &mut Kinds) -> Result<()> {
    let laboratory = |dose| Laboratory {
        confusions: &dictionaries.spelling.confusions,
        dose,
        seed: args.damage.seed,
        classes: &Class::OF_WORDS,
    };
    let doses = [laboratory(0.0), laboratory(args.damage.dose)];
    let clean = directory.join("clean.txt");
    let recognised = directory.join("recognised.tsv");
    if clean.is_file() {
        // Other fields have other words: how many of them repair knows says little, that it leaves them alone says all.
        repair::measure(&read(&clean)?, &doses[0], dictionaries, &mut kinds.clean)?;
    }
    if recognised.is_file() {
        repair::measure_recognised(&read(&recognised)?, dictionaries, &mut kinds.recognised)?;
    }
    if !clean.is_file() && !recognised.is_file() {
        for fixture in eval::fixtures(directory)? {
            for laboratory in &doses {
                repair::measure(&repair::words_of(&fixture), laboratory, dictionaries, &mut kinds.gold)?;
            }
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|cause| Error::read(path.display().to_string(), cause))
}
