//! Gold files: what a person read in the document. Never written by a program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Result};

/// The plans of a document.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// In reading order.
    pub plans: Vec<Plan>,
}

impl Gold {
    /// Reads `path`.
    ///
    /// # Errors
    /// Where the file cannot be read or is not gold.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|cause| Error::read(&name, cause))?;
        serde_json::from_slice(&bytes).map_err(|error| Error::content(name, error.to_string()))
    }
}

/// A plan.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Plan {
    pub title: Option<String>,
    pub kind: String,
    pub region: Option<Region>,
    pub period: Option<Period>,
    pub approval: Option<Approval>,
    pub signatory: Option<Signatory>,
    pub columns: Vec<Column>,
    pub sections: Vec<Section>,
    pub measures: Vec<Measure>,
}

/// A region.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Region {
    pub code: String,
    pub name: String,
}

/// A period.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Period {
    pub start: String,
    pub end: String,
}

/// An approval.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Approval {
    pub person: Option<String>,
    pub position: Option<String>,
    pub date: Option<String>,
    pub act: Option<Act>,
}

/// An act.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Act {
    pub kind: Option<String>,
    pub number: Option<String>,
    pub date: Option<String>,
    pub authority: Option<String>,
}

/// A signature.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Signatory {
    pub person: Option<String>,
    pub position: Option<String>,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Column {
    pub header: String,
    pub role: String,
}

/// A section.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Section {
    pub number: Option<String>,
    pub title: String,
}

/// A measure.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Measure {
    pub number: Option<String>,
    pub section: Option<usize>,
    pub text: String,
    pub deadlines: Vec<Deadline>,
    pub executors: Vec<Executor>,
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// A deadline.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Deadline {
    pub text: String,
    pub kind: String,
    pub intervals: Vec<Interval>,
    pub frequency: Option<String>,
    pub condition: Option<String>,
    #[serde(default)]
    pub inferred: bool,
}

/// An interval.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Interval {
    pub start: Option<String>,
    pub end: Option<String>,
}

/// An executor.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Executor {
    pub text: String,
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub by_agreement: bool,
    pub position: Option<String>,
}
