/*!
Many inputs, read in parallel, given back in order.

This module never looks into a document. One bad input never costs another: a file that cannot be read, and a document
that crashes the program, become outcomes of their own.
*/

use std::fs;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::archive::Limits;
use crate::budget;
use crate::dictionaries::Dictionaries;
use crate::emit::Document;
use crate::error::{Error, Result};
use crate::pipeline;
use crate::status::{Limit, Status};

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Standard,
}

impl Input {
    /// The name in the output: the path as it was given, `-` for standard input.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Standard => "-".to_owned(),
        }
    }

    /// All bytes.
    ///
    /// # Errors
    /// Where the file cannot be opened or read.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let read = match self {
            Self::File(path) if path.is_dir() => {
                Err(io::Error::other("it is a folder; name the files in it"))
            }
            Self::File(path) => fs::read(path),
            Self::Standard => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
        };
        read.map_err(|cause| Error::read(self.name(), cause))
    }
}

/// So many inputs are held in memory at once.
const CHUNK: usize = 64;

/// Reads `inputs`, each within `limits`, and gives every document, or why there is none, to `take`, in the order of the
/// inputs; stops where `take` fails.
///
/// # Errors
/// The first error of `take`.
pub fn run(
    inputs: &[Input],
    dictionaries: &Dictionaries,
    limits: &Limits,
    mut take: impl FnMut(&Input, Result<Document>) -> Result<()>,
) -> Result<()> {
    for chunk in inputs.chunks(CHUNK) {
        let documents: Vec<Result<Document>> = match chunk {
            // One input has the threads to itself.
            [only] => vec![read(only, dictionaries, limits)],
            _ => chunk.par_iter().map(|input| read(input, dictionaries, limits)).collect(),
        };
        for (input, document) in chunk.iter().zip(documents) {
            take(input, document)?;
        }
    }
    Ok(())
}

fn read(input: &Input, dictionaries: &Dictionaries, limits: &Limits) -> Result<Document> {
    let name = input.name();
    let bytes = input.bytes()?;
    attempt(&name, budget::steps(bytes.len(), limits.steps), || {
        pipeline::read_within(&name, &bytes, dictionaries, limits)
    })
}

/// What `read` gives for the document `name`, which may take `steps` steps; a crash is an error of this document.
///
/// # Errors
/// Those of `read`, and where it takes more steps, or the program crashes.
pub fn attempt<T>(name: &str, steps: u64, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let done = catch_unwind(AssertUnwindSafe(|| budget::within(steps, read)));
    let Ok(done) = done else { return Err(Error::crashed(name)) };
    done.unwrap_or_else(|| {
        Err(Error::unreadable(
            name,
            Status::Limit(Limit::Steps),
            "reading it takes far more work than documents of its size do",
            "raise the limits with --limits x4",
        ))
    })
}
