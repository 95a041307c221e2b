/*!
Output against gold.

This module never writes gold and never looks inside a stage: it reads what a person made by hand from the source, runs
the program as a user would, and counts.

Texts are equal when they are equal after folding letter case, «ё», quotes and white space.
*/

mod compare;
pub mod gold;
pub mod repair;
mod report;

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use compare::{Count, Scores, compare};
pub use gold::Gold;
pub use report::{floors, json, table};

use crate::dictionaries::Dictionaries;
use crate::emit::Document;
use crate::error::{Error, Result};
use crate::pipeline;

/// What a fixture's directory holds: an input, and its gold.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The directory's name.
    pub name: String,
    /// The input.
    pub input: PathBuf,
    /// The gold.
    pub gold: Gold,
}

/// A fixture, what came out, and how much of it is right.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The fixture's name.
    pub name: String,
    /// How much is right.
    pub scores: Scores,
    /// What is not, one line each.
    pub differences: Vec<String>,
}

/// The fixtures below `directory`: every folder with a `gold.json` and an `input.*`.
///
/// # Errors
/// Where the directory cannot be read, holds no fixture, or a gold file is not one.
pub fn fixtures(directory: &Path) -> Result<Vec<Fixture>> {
    let failed = |cause| Error::read(directory.display().to_string(), cause);
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let folder = entry.map_err(failed)?.path();
        let gold = folder.join("gold.json");
        if !gold.is_file() {
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        fixtures.push(Fixture { name, input: input(&folder)?, gold: Gold::read(&gold)? });
    }
    fixtures.sort_by(|a, b| a.name.cmp(&b.name));
    if fixtures.is_empty() {
        let reason = "no folder in it holds a gold.json and an input; see fixtures/README.md";
        return Err(Error::content(directory.display().to_string(), reason));
    }
    Ok(fixtures)
}

fn input(folder: &Path) -> Result<PathBuf> {
    let failed = |cause| Error::read(folder.display().to_string(), cause);
    let mut inputs: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.file_stem().is_some_and(|stem| stem == "input") {
            inputs.push(path);
        }
    }
    inputs.sort();
    inputs
        .into_iter()
        .next()
        .ok_or_else(|| Error::content(folder.display().to_string(), "a gold.json and no input"))
}

/// Runs the program on a fixture and compares.
///
/// # Errors
/// Where the input cannot be read.
pub fn evaluate(fixture: &Fixture, dictionaries: &Dictionaries) -> Result<Evaluation> {
    let bytes =
        fs::read(&fixture.input).map_err(|cause| Error::read(fixture.input.display().to_string(), cause))?;
    let document: Document = pipeline::read(&fixture.name, &bytes, dictionaries)?;
    let (scores, differences) = compare(&fixture.gold, &document);
    Ok(Evaluation { name: fixture.name.clone(), scores, differences })
}

/// The least scores that are accepted: one table for each fixture, a number for each score.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Floors(pub std::collections::BTreeMap<String, std::collections::BTreeMap<String, f64>>);

impl Floors {
    /// Reads `path`.
    ///
    /// # Errors
    /// Where the file cannot be read or is not such a table.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let toml = fs::read_to_string(path).map_err(|cause| Error::read(&name, cause))?;
        toml::from_str(&toml).map_err(|error| {
            let line = error.span().map_or(1, |span| toml[..span.start].matches('\n').count() + 1);
            Error::content(format!("{name}:{line}"), error.message().to_owned())
        })
    }
}
