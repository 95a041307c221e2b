/*!
ZIP, tar and gzip: their members, one after another, and those of the archives inside them.

This module never writes a member to the disk under any name of its own: a document is held in memory, an archive inside
an archive in an anonymous temporary file that is gone when it is closed. So `../` leads nowhere.
*/

use std::collections::HashSet;
use std::io::{self, Cursor, Read, Seek, Write};

use flate2::read::MultiGzDecoder;
use tempfile::{SpooledTempFile, spooled_tempfile};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::filter::{Filter, Wanted};
use super::kind::{self, Container, HEAD};
use super::limits::{Counted, Meter, Metered, Whole};
use super::{Content, Entry, Visitor, names};
use crate::error::Result;
use crate::status::{Limit, Status};

/// An archive inside an archive lies in memory up to this size, above it in a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// What came of looking into an archive.
#[derive(Debug)]
pub(super) struct End {
    pub(super) status: Status,
    pub(super) cause: Option<String>,
}

impl End {
    fn of(status: Status, cause: impl Into<String>) -> Self {
        Self { status, cause: Some(cause.into()) }
    }
}

/// Looks into one archive on disk and all that are inside it.
pub(super) struct Opener<'w> {
    pub(super) visitor: &'w mut dyn Visitor,
    pub(super) filter: &'w Filter,
    pub(super) meter: &'w Meter,
    pub(super) left_out: u64,
}

/// The archive that is being looked into.
struct Inside<'p> {
    path: &'p str,
    depth: u32,
    names: HashSet<String>,
}

impl<'p> Inside<'p> {
    fn new(path: &'p str, depth: u32) -> Self {
        Self { path, depth, names: HashSet::new() }
    }

    /// The path of a member. Of several members with one name the second is `name#2`.
    fn path(&mut self, name: &[u8]) -> String {
        let name = names::of_member(name);
        let mut unique = name.clone();
        let mut nth = 1;
        while !self.names.insert(unique.clone()) {
            nth += 1;
            unique = format!("{name}#{nth}");
        }
        format!("{}!/{unique}", self.path)
    }
}

impl Opener<'_> {
    /// Looks into the archive `path`, which is `depth` archives deep.
    ///
    /// # Errors
    /// The visitor's.
    pub(super) fn open<R: Read + Seek>(
        &mut self,
        container: Container,
        path: &str,
        depth: u32,
        reader: R,
    ) -> Result<End> {
        match container {
            Container::Zip => match ZipArchive::new(reader) {
                Ok(archive) => self.zip(Inside::new(path, depth), archive),
                Err(error) => Ok(End::of(Status::Undecodable, format!("damaged zip archive: {error}"))),
            },
            Container::Tar => self.tar(Inside::new(path, depth), reader),
            Container::Gzip => self.gzip(path, depth, reader),
        }
    }

    fn zip<R: Read + Seek>(&mut self, mut inside: Inside<'_>, mut archive: ZipArchive<R>) -> Result<End> {
        let all = archive.len();
        for index in 0..all {
            let (path, packed) = match archive.by_index_raw(index) {
                Ok(member) if member.is_dir() => continue,
                Ok(member) => {
                    let path = inside.path(member.name_raw());
                    if let Some(refused) = refused(&member) {
                        self.refuse(&inside, path, member.size(), refused)?;
                        continue;
                    }
                    (path, member.compressed_size())
                }
                Err(error) => return Ok(damaged("zip", index as u64, all as u64 - index as u64, &error)),
            };
            let wanted = self.filter.wants(&path);
            if wanted == Wanted::No {
                self.left_out += 1;
                continue;
            }
            if !self.meter.member() {
                return Ok(cut(Limit::Members, index as u64, all as u64));
            }
            match archive.by_index(index) {
                Ok(member) => {
                    let mut reader = Metered::member(member, self.meter, packed);
                    self.member(&inside, path, wanted, &mut reader)?;
                }
                Err(error) => {
                    let end = End::of(Status::Undecodable, format!("damaged member: {error}"));
                    self.refuse(&inside, path, 0, end)?;
                }
            }
            if self.meter.is_full() {
                return Ok(cut(Limit::Unpacked, index as u64 + 1, all as u64));
            }
        }
        let cause = archive
            .has_duplicate_names()
            .then(|| "several members have one name; of each name only the last could be read".to_owned());
        Ok(End { status: if cause.is_some() { Status::Undecodable } else { Status::Ok }, cause })
    }

    fn tar<R: Read>(&mut self, mut inside: Inside<'_>, reader: R) -> Result<End> {
        let mut archive = tar::Archive::new(reader);
        let mut seen = 0u64;
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return Ok(damaged_tar(seen, self.meter, &error)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Ok(damaged_tar(seen, self.meter, &error)),
            };
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            let path = inside.path(&entry.path_bytes());
            let wanted = self.filter.wants(&path);
            if wanted == Wanted::No {
                self.left_out += 1;
                continue;
            }
            if !self.meter.member() {
                return Ok(cut_stream(Limit::Members, seen));
            }
            seen += 1;
            if !kind.is_file() && !kind.is_gnu_sparse() && !kind.is_contiguous() {
                let end = End::of(
                    Status::UnknownFormat,
                    "a link or a device inside an archive; it is not followed",
                );
                self.refuse(&inside, path, 0, end)?;
                continue;
            }
            let stored = entry.header().entry_size().unwrap_or(0);
            let size = entry.size();
            let mut reader = Metered::member(Whole::new(entry, size), self.meter, stored);
            self.member(&inside, path, wanted, &mut reader)?;
            if self.meter.is_full() {
                return Ok(cut_stream(Limit::Unpacked, seen));
            }
        }
        Ok(End { status: Status::Ok, cause: None })
    }

    fn gzip<R: Read>(&mut self, path: &str, depth: u32, reader: R) -> Result<End> {
        let (counted, packed) = Counted::new(reader);
        let mut reader = Metered::stream(MultiGzDecoder::new(counted), self.meter, packed.clone());
        let head = match head(&mut reader) {
            Ok(head) => head,
            Err(error) => {
                return Ok(End::of(Status::Undecodable, format!("damaged gzip archive: {error}")));
            }
        };
        let is_tar = kind::of(&head) == Some(Container::Tar);
        let whole = Cursor::new(head).chain(reader);
        let mut inside = Inside::new(path, depth);
        if is_tar {
            return self.tar(inside, whole);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let name = name.strip_suffix(".gz").unwrap_or("content").to_owned();
        let path = inside.path(name.as_bytes());
        match self.filter.wants(&path) {
            Wanted::No => self.left_out += 1,
            _ if !self.meter.member() => return Ok(cut_stream(Limit::Members, 0)),
            wanted => {
                // The stream below knows how much went in, so the member may be as large as what is allowed at all.
                let mut reader = Metered::member(whole, self.meter, u64::MAX);
                self.member(&inside, path, wanted, &mut reader)?;
            }
        }
        Ok(End { status: Status::Ok, cause: None })
    }

    /// One member: a document is read, an archive is looked into.
    fn member(
        &mut self,
        inside: &Inside<'_>,
        path: String,
        wanted: Wanted,
        reader: &mut dyn Read,
    ) -> Result<()> {
        let head = match head(reader) {
            Ok(head) => head,
            Err(error) => return self.broken(inside, path, 0, &error),
        };
        match kind::of(&head) {
            None if wanted == Wanted::IfArchive => {
                self.left_out += 1;
                Ok(())
            }
            None => self.document(inside, path, &mut Cursor::new(head).chain(reader)),
            Some(_) if inside.depth >= self.meter.limits.depth => {
                let cause = format!("it lies {} archives deep; archives in it are not opened", inside.depth);
                self.refuse(inside, path, head.len() as u64, End::of(Status::Limit(Limit::Depth), cause))
            }
            Some(container) => {
                self.nested(inside, path, wanted, container, &mut Cursor::new(head).chain(reader))
            }
        }
    }

    fn document(&mut self, inside: &Inside<'_>, path: String, reader: &mut dyn Read) -> Result<()> {
        let mut bytes = Vec::new();
        match reader.take(self.meter.limits.size + 1).read_to_end(&mut bytes) {
            Err(error) => self.broken(inside, path, bytes.len() as u64, &error),
            Ok(_) if bytes.len() as u64 > self.meter.limits.size => {
                self.refuse(inside, path, bytes.len() as u64, too_large(self.meter.limits.size))
            }
            Ok(_) => self.visitor.meets(Entry::member(inside.path, path, Content::Document(bytes))),
        }
    }

    fn nested(
        &mut self,
        inside: &Inside<'_>,
        path: String,
        wanted: Wanted,
        container: Container,
        reader: &mut dyn Read,
    ) -> Result<()> {
        let mut spool = spooled_tempfile(IN_MEMORY);
        let length = match copy(reader, &mut spool) {
            Ok(length) => length,
            Err(Copying::Reading(error)) => return self.broken(inside, path, 0, &error),
            Err(Copying::Writing(error)) => {
                let cause = format!("it cannot be unpacked into the temporary folder: {error}");
                return self.refuse(inside, path, 0, End::of(Status::Unreadable, cause));
            }
        };
        if container == Container::Zip && is_document(&mut spool) {
            if wanted == Wanted::IfArchive {
                self.left_out += 1;
                return Ok(());
            }
            return self.document(inside, path, &mut spool);
        }
        let end = self.open(container, &path, inside.depth + 1, spool)?;
        self.visitor.meets(Entry::member(inside.path, path, Content::archive(container, end)).sized(length))
    }

    fn refuse(&mut self, inside: &Inside<'_>, path: String, bytes: u64, end: End) -> Result<()> {
        let content = Content::Refused { status: end.status, cause: end.cause.unwrap_or_default() };
        self.visitor.meets(Entry::member(inside.path, path, content).sized(bytes))
    }

    /// A member that could not be read to its end.
    fn broken(&mut self, inside: &Inside<'_>, path: String, bytes: u64, error: &io::Error) -> Result<()> {
        let end = match self.meter.take_broken() {
            Some(Limit::Ratio) => End::of(
                Status::Limit(Limit::Ratio),
                format!(
                    "more than {} bytes come out of each packed one; nothing of it is kept",
                    self.meter.limits.ratio
                ),
            ),
            Some(limit) => {
                End::of(Status::Limit(limit), "the archive holds too much; nothing of this member is kept")
            }
            None => End::of(Status::Undecodable, format!("damaged member: {error}")),
        };
        self.refuse(inside, path, bytes, end)
    }
}

/// True where the container is one document; the reader stands at its beginning afterwards.
pub(super) fn is_document<R: Read + Seek>(reader: &mut R) -> bool {
    let document =
        ZipArchive::new(&mut *reader).is_ok_and(|archive| kind::is_document(archive.file_names_raw()));
    reader.rewind().is_ok() && document
}

/// Why a document of more than `size` bytes is refused.
pub(super) fn too_large(size: u64) -> End {
    End::of(
        Status::Limit(Limit::Size),
        format!("it has more than {size} bytes; split it, or raise the limits with --limits x4"),
    )
}

/// The first bytes of a reader: all that are needed to tell what it is.
pub(super) fn head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What is known of a member before it is read.
fn refused<R: Read + ?Sized>(member: &zip::read::ZipFile<'_, R>) -> Option<End> {
    if member.encrypted() {
        return Some(End::of(Status::Password, "locked by a password; unpack it and import the folder"));
    }
    if member.is_symlink() {
        return Some(End::of(Status::UnknownFormat, "a link inside an archive; it is not followed"));
    }
    let known = [CompressionMethod::Stored, CompressionMethod::Deflated, CompressionMethod::Deflate64];
    let method = member.compression();
    (!known.contains(&method)).then(|| {
        let cause =
            format!("packed by a method that is not read ({method}); unpack it and import the folder");
        End::of(Status::NeedsConverter, cause)
    })
}

fn damaged(what: &str, seen: u64, left: u64, error: &ZipError) -> End {
    End::of(
        Status::Undecodable,
        format!("damaged {what} archive: {error}; {seen} members were looked at, {left} were not"),
    )
}

fn damaged_tar(seen: u64, meter: &Meter, error: &io::Error) -> End {
    match meter.take_broken() {
        Some(limit) => cut_stream(limit, seen),
        None => End::of(
            Status::Undecodable,
            format!("damaged tar archive: {error}; {seen} members were looked at, what follows was not"),
        ),
    }
}

fn cut(limit: Limit, seen: u64, all: u64) -> End {
    let left = all.saturating_sub(seen);
    End::of(Status::Limit(limit), format!("{seen} members were looked at, {left} were not"))
}

fn cut_stream(limit: Limit, seen: u64) -> End {
    End::of(Status::Limit(limit), format!("{seen} members were looked at, what follows was not"))
}

/// Which side of a copy failed.
enum Copying {
    Reading(io::Error),
    Writing(io::Error),
}

/// Copies all of `reader` and winds `spool` back.
fn copy(reader: &mut dyn Read, spool: &mut SpooledTempFile) -> std::result::Result<u64, Copying> {
    let mut buffer = vec![0; 1 << 16];
    let mut length = 0u64;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                spool.write_all(&buffer[..read]).map_err(Copying::Writing)?;
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Copying::Reading(error)),
        }
    }
    spool.rewind().map_err(Copying::Writing)?;
    Ok(length)
}
