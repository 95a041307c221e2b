//! One file on disk: what it is, and its bytes at rest. Never half of a file that is being written.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::container::{self, Opener, head, too_large};
use super::filter::{Filter, Wanted};
use super::kind::{self, Container};
use super::limits::Meter;
use super::{Content, Entry, Listed, Visitor};
use crate::error::Result;
use crate::status::Status;

/// Size and time of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) bytes: u64,
    pub(super) modified: i64,
}

/// Size and time of the file at `place`, links followed; or why it cannot be read.
pub(super) fn list(place: &Path) -> std::result::Result<Listing, Content> {
    let known = fs::metadata(place).map_err(|error| failed(&error))?;
    if known.is_dir() {
        let cause = "a link to a folder; it is not followed, import the folder itself";
        return Err(Content::refused(Status::UnknownFormat, cause));
    }
    if !known.is_file() {
        let cause = "it is no file: a pipe, a socket or a device; it is not opened";
        return Err(Content::refused(Status::UnknownFormat, cause));
    }
    let modified = known.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or(0);
    Ok(Listing { bytes: known.len(), modified })
}

/// What an error of the disk means for the file.
pub(super) fn failed(error: &io::Error) -> Content {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Content::refused(Status::Vanished, "it was listed, and gone when it was to be read; import again")
        }
        io::ErrorKind::PermissionDenied => {
            Content::refused(Status::Unreadable, "it may not be read; allow it and import again")
        }
        _ => Content::refused(Status::Unreadable, format!("it cannot be read: {error}")),
    }
}

/// Reads the file at `place` and tells the visitor; gives how many entries were left out.
pub(super) fn read(
    place: &Path,
    listed: Listed,
    wanted: Wanted,
    filter: &Filter,
    meter: &Meter,
    visitor: &mut dyn Visitor,
) -> Result<u64> {
    let opened = match open(place) {
        Ok(opened) => opened,
        Err(error) => return visitor.meets(Entry::file(listed, failed(&error))).map(|()| 0),
    };
    let Opened { mut file, container } = opened;
    let Some(container) = container else {
        if wanted == Wanted::IfArchive {
            return Ok(1);
        }
        let content = document(place, &mut file, &listed, meter.limits.size);
        return visitor.meets(Entry::file(listed, content)).map(|()| 0);
    };
    let mut opener = Opener { visitor, filter, meter, left_out: 0 };
    let mut end = opener.open(container, &listed.path, 1, io::BufReader::new(file))?;
    let left_out = opener.left_out;
    if list(place).ok() != Some(Listing { bytes: listed.bytes, modified: listed.modified }) {
        end = container::End { status: Status::Unreadable, cause: Some(CHANGED.to_owned()) };
    }
    visitor.meets(Entry::file(listed, Content::archive(container, end)))?;
    Ok(left_out)
}

/// Why what was read of a file is not kept.
const CHANGED: &str = "it changed while it was read; import again when it is at rest";

/// An open file at its beginning.
struct Opened {
    file: File,
    container: Option<Container>,
}

fn open(place: &Path) -> io::Result<Opened> {
    let mut file = File::open(place)?;
    let head = head(&mut file)?;
    file.rewind()?;
    let mut container = kind::of(&head);
    if container == Some(Container::Zip) && container::is_document(&mut file) {
        container = None;
    }
    Ok(Opened { file, container })
}

/// The bytes of a document, if the file is after reading what it was before.
fn document(place: &Path, file: &mut File, listed: &Listed, size: u64) -> Content {
    let mut bytes = Vec::new();
    if let Err(error) = file.take(size + 1).read_to_end(&mut bytes) {
        return failed(&error);
    }
    if bytes.len() as u64 > size {
        let end = too_large(size);
        return Content::refused(end.status, end.cause.unwrap_or_default());
    }
    match list(place) {
        Ok(after) if (after.bytes, after.modified) == (listed.bytes, listed.modified) => {
            Content::Document(bytes)
        }
        Ok(_) => Content::refused(Status::Unreadable, CHANGED),
        Err(content) => content,
    }
}
