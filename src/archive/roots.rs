//! The inputs as typed, each with a name of its own. Never a name that depends on the working folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::names;
use crate::error::{Error, Result};

/// A folder or file to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its last name, with which all paths under it begin.
    pub name: String,
    /// Where it is, from the root of the disk on.
    pub place: PathBuf,
}

impl Root {
    /// The path in the register of what lies at `place` under this root.
    pub(super) fn path(&self, place: &Path) -> String {
        let mut path = self.name.clone();
        if let Ok(below) = place.strip_prefix(&self.place) {
            for name in below.iter() {
                path.push('/');
                path.push_str(&names::of_file(name));
            }
        }
        path
    }
}

/// The inputs that the words name, in the order of their names, each once.
///
/// # Errors
/// Where one cannot be found, or two places have one name.
pub fn roots(words: &[PathBuf]) -> Result<Vec<Root>> {
    let mut roots = Vec::with_capacity(words.len());
    for word in words {
        let place = fs::canonicalize(word).map_err(|cause| Error::read(word.display().to_string(), cause))?;
        // The name as typed, also of a link; «.» and «..» have none of their own.
        let name = word.file_name().or(place.file_name()).unwrap_or(OsStr::new("root"));
        roots.push(Root { name: names::of_file(name), place });
    }
    roots.sort_by(|a, b| a.name.cmp(&b.name));
    roots.dedup();
    let same = roots.windows(2).find(|pair| pair[0].name == pair[1].name);
    if let Some([first, second]) = same {
        return Err(Error::usage(format!(
            "{} and {} would both be called «{}» in the register; import the folder that holds both",
            first.place.display(),
            second.place.display(),
            first.name
        )));
    }
    Ok(roots)
}
