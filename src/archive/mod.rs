/*!
Folders and archives in, one entry after another out.

This module never reads what a document says, never writes to a place that an archive names, and never changes an input.
It tells containers by their content, keeps the limits, and names every file and member by a path that is the same from
any working folder: the last name of the input as typed, and the way from there on.

```text
svod import ../archive/ scans.zip
    archive/2018/plan.txt
    archive/old.zip!/ПЛАН.TXT            a member
    scans.zip!/in.tar.gz!/plan.txt       a member of an archive in an archive
```
*/

mod container;
mod file;
mod filter;
mod kind;
mod limits;
mod names;
mod package;
mod roots;

use std::path::Path;

use walkdir::WalkDir;

pub use filter::Filter;
pub use limits::Limits;
pub use package::{Package, Refusal};
pub use roots::{Root, roots};

use crate::error::Result;
use crate::status::Status;
use container::End;
use filter::Wanted;
use kind::Container;
use limits::Meter;

/// A file on disk before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The path in the register.
    pub path: String,
    /// The input that it was found under.
    pub root: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
}

/// A file or member, and what was found in it.
#[derive(Debug)]
pub struct Entry {
    /// The path in the register.
    pub path: String,
    /// The path of the archive that it is a member of.
    pub container: Option<String>,
    /// Its listing, where it is a file on disk.
    pub listed: Option<Listed>,
    /// Size in bytes, as far as it was read.
    pub bytes: u64,
    /// What it holds.
    pub content: Content,
}

/// What an entry holds.
#[derive(Debug)]
pub enum Content {
    /// A document, whole.
    Document(Vec<u8>),
    /// An archive; its members came before it.
    Archive {
        /// `zip`, `tar` or `gzip`.
        kind: &'static str,
        /// `ok`, or why not all members could be looked at.
        status: Status,
        /// What a person should know of it.
        cause: Option<String>,
    },
    /// Nothing that was read.
    Refused {
        /// Why.
        status: Status,
        /// Why, for a person, and what to do.
        cause: String,
    },
}

impl Content {
    fn archive(container: Container, end: End) -> Self {
        Self::Archive { kind: container.name(), status: end.status, cause: end.cause }
    }

    fn refused(status: Status, cause: impl Into<String>) -> Self {
        Self::Refused { status, cause: cause.into() }
    }
}

impl Entry {
    fn member(container: &str, path: String, content: Content) -> Self {
        let bytes = if let Content::Document(bytes) = &content { bytes.len() as u64 } else { 0 };
        Self { path, container: Some(container.to_owned()), listed: None, bytes, content }
    }

    fn file(listed: Listed, content: Content) -> Self {
        let path = listed.path.clone();
        Self { path, container: None, bytes: listed.bytes, listed: Some(listed), content }
    }

    fn sized(mut self, bytes: u64) -> Self {
        self.bytes = bytes;
        self
    }
}

/// Who is told of what is met on the way.
pub trait Visitor {
    /// True where the file need not be opened: nothing about it is new.
    ///
    /// # Errors
    /// Any; the walk ends with it.
    fn knows(&mut self, file: &Listed) -> Result<bool>;

    /// Takes a file or member. Members come before the archive that holds them.
    ///
    /// # Errors
    /// Any; the walk ends with it.
    fn meets(&mut self, entry: Entry) -> Result<()>;
}

/// Walks everything under `roots`, in the order of names and without following links to folders, and gives the number of files and members that `filter` left
/// out.
///
/// # Errors
/// The visitor's; what cannot be read is an entry.
pub fn walk(roots: &[Root], filter: &Filter, limits: Limits, visitor: &mut dyn Visitor) -> Result<u64> {
    let mut left_out = 0;
    for root in roots {
        for found in WalkDir::new(&root.place).sort_by_file_name() {
            match found {
                Ok(found) if found.file_type().is_dir() => {}
                Ok(found) => left_out += visit(root, found.path(), filter, limits, visitor)?,
                Err(error) => {
                    let listed = Listed {
                        path: root.path(error.path().unwrap_or(&root.place)),
                        root: root.name.clone(),
                        bytes: 0,
                        modified: 0,
                    };
                    if filter.wants(&listed.path) == Wanted::No {
                        left_out += 1;
                        continue;
                    }
                    visitor.meets(Entry::file(listed, unlisted(&error)))?;
                }
            }
        }
    }
    Ok(left_out)
}

/// How many files lie under `roots`: for a bar, before they are looked into.
pub fn count(roots: &[Root]) -> u64 {
    let files = |root: &Root| {
        let found = WalkDir::new(&root.place);
        found
            .into_iter()
            .filter(|found| found.as_ref().map_or(true, |found| !found.file_type().is_dir()))
            .count() as u64
    };
    roots.iter().map(files).sum()
}

/// One file on disk; gives how many entries were left out.
fn visit(
    root: &Root,
    place: &Path,
    filter: &Filter,
    limits: Limits,
    visitor: &mut dyn Visitor,
) -> Result<u64> {
    let path = root.path(place);
    let wanted = filter.wants(&path);
    if wanted == Wanted::No {
        return Ok(1);
    }
    let mut listed = Listed { path, root: root.name.clone(), bytes: 0, modified: 0 };
    match file::list(place) {
        Ok(listing) => (listed.bytes, listed.modified) = (listing.bytes, listing.modified),
        Err(content) => return visitor.meets(Entry::file(listed, content)).map(|()| 0),
    }
    if visitor.knows(&listed)? {
        return Ok(0);
    }
    let meter = Meter::new(limits);
    file::read(place, listed, wanted, filter, &meter, visitor)
}

/// Why the walk could not go into a place.
fn unlisted(error: &walkdir::Error) -> Content {
    match error.io_error() {
        Some(error) => file::failed(error),
        None => Content::refused(Status::Unreadable, "it cannot be listed"),
    }
}
