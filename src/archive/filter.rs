//! Which files are wanted, by their names. Never by what is in them.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::error::{Error, Result};

/// Glob patterns over the paths of files and members. A pattern stands for the end of a path: `*.txt`, `2018/*.txt`.
#[derive(Clone, Debug)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

/// What a name says about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It is to be read.
    Yes,
    /// It is to be read if it is an archive, for the members' sake.
    IfArchive,
    /// It is left out.
    No,
}

/// Endings of archives: behind `--include '*.txt'` they are still opened.
const ARCHIVES: [&str; 4] = [".zip", ".tar", ".tgz", ".gz"];

impl Filter {
    /// Patterns of which one must match, where there is any, and patterns of which none may.
    ///
    /// # Errors
    /// Where a pattern is none.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self> {
        let include = if include.is_empty() { None } else { Some(set(include)?) };
        Ok(Self { include, exclude: set(exclude)? })
    }

    /// True where a file of this path is read, whatever it holds.
    pub fn admits(&self, path: &str) -> bool {
        self.wants(path) == Wanted::Yes
    }

    pub(super) fn wants(&self, path: &str) -> Wanted {
        if self.exclude.is_match(path) {
            return Wanted::No;
        }
        match &self.include {
            Some(include) if !include.is_match(path) => {
                let lower = path.to_lowercase();
                let archive = ARCHIVES.iter().any(|ending| lower.ends_with(ending));
                if archive { Wanted::IfArchive } else { Wanted::No }
            }
            _ => Wanted::Yes,
        }
    }
}

fn set(patterns: &[String]) -> Result<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = format!("**/{pattern}");
        let wrong = |cause: globset::Error| {
            Error::usage(format!("«{pattern}» is no pattern: {}; write for example '*.txt'", cause.kind()))
        };
        builder.add(GlobBuilder::new(&anywhere).literal_separator(true).build().map_err(wrong)?);
    }
    builder.build().map_err(|cause| Error::usage(cause.to_string()))
}
