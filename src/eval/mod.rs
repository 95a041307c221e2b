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

/// An input and the gold that holds for it.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The directory's name; for a dump, a slash and the tool's name behind it.
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

/// The fixtures below `directory`: every folder with a `gold.json`, and an `input.*` or dumps of one plan, each named for
/// the tool that made it.
///
/// # Errors
/// Where the directory cannot be read, holds no fixture, or a gold file is not one.
pub fn fixtures(directory: &Path) -> Result<Vec<Fixture>> {
    let mut fixtures = Vec::new();
    for folder in entries(directory)? {
        let gold = folder.join("gold.json");
        if !gold.is_file() {
            continue;
        }
        let gold = Gold::read(&gold)?;
        for (name, input) in inputs(&folder)? {
            fixtures.push(Fixture { name, input, gold: gold.clone() });
        }
    }
    if fixtures.is_empty() {
        let reason = "no folder in it holds a gold.json and an input; see fixtures/README.md";
        return Err(Error::content(directory.display().to_string(), reason));
    }
    Ok(fixtures)
}

/// What stands in `folder`, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |cause| Error::read(folder.display().to_string(), cause);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| Ok(entry.map_err(failed)?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}

/// The inputs that the gold of `folder` holds for, with their names: its `input.*`, else every dump in it, a text named for
/// its tool or a `plan.*` for its kind.
fn inputs(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let part = |name: Option<&std::ffi::OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    let (paths, own) = (entries(folder)?, part(folder.file_name()));
    if let Some(input) = paths.iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input")) {
        return Ok(vec![(own, input.clone())]);
    }
    let is_text = |path: &Path| path.extension().is_some_and(|kind| kind == "txt");
    let is_plan = |path: &Path| path.file_stem().is_some_and(|stem| stem == "plan");
    let dumps = paths.into_iter().filter(|path| is_text(path) || is_plan(path));
    let name = |path: &Path| part(if is_plan(path) { path.file_name() } else { path.file_stem() });
    let named: Vec<(String, PathBuf)> = dumps.map(|path| (format!("{own}/{}", name(&path)), path)).collect();
    if named.is_empty() {
        return Err(Error::content(folder.display().to_string(), "a gold.json and no input"));
    }
    Ok(named)
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
