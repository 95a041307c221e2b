//! A document that is a zip of parts: Word, Excel, OpenDocument. Never more of them than the limits allow.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{Limits, Meter, Metered};
use crate::status::{Limit, Status};

/// An open document.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    meter: Meter,
}

impl std::fmt::Debug for Package<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Package({} parts)", self.archive.len())
    }
}

/// Why a part cannot be read: how the input ends, and the cause for a person.
pub type Refusal = (Status, String);

impl<'b> Package<'b> {
    /// Opens the document `bytes`, which may cost what `limits` say.
    ///
    /// # Errors
    /// Where it is damaged or has too many parts.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let limits = Limits { unpacked: limits.inside, members: limits.parts, ..*limits };
        if archive.len() as u64 > limits.members {
            let cause = format!("it has more than {} parts", limits.members);
            return Err((Status::Limit(Limit::Members), cause));
        }
        Ok(Self { archive, meter: Meter::new(limits) })
    }

    /// The names of the parts, those that are no text left out.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect()
    }

    /// The bytes of the part `name`; `None` where there is none.
    ///
    /// # Errors
    /// Where it is damaged, locked, or more comes out of it than the limits allow.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let locked = self.archive.by_index_raw(index).is_ok_and(|member| member.encrypted());
        if locked {
            return Err((Status::Password, "locked by a password".to_owned()));
        }
        let member = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let packed = member.compressed_size();
        let mut bytes = Vec::new();
        let read = Metered::member(member, &self.meter, packed).read_to_end(&mut bytes);
        match (read, self.meter.take_broken()) {
            (_, Some(limit)) => {
                Err((Status::Limit(limit), "too much comes out of what is packed in it".to_owned()))
            }
            (Err(error), None) => Err((Status::Undecodable, format!("damaged part {name}: {error}"))),
            (Ok(_), None) => Ok(Some(bytes)),
        }
    }

    /// Unpacks every part and throws it away, so that what another reader unpacks is known to keep the limits.
    ///
    /// # Errors
    /// As [`part`](Self::part).
    pub fn weigh(&mut self) -> Result<(), Refusal> {
        self.names().iter().try_for_each(|name| self.part(name).map(|_| ()))
    }
}

fn damaged(error: &ZipError) -> Refusal {
    (Status::Undecodable, format!("damaged container: {error}"))
}
