//! Walks ahead: decides of every entry whether it has to be read. Never reads a document.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

use super::gate::Gate;
use super::pool::{Done, Job};
use crate::archive::{Content, Entry, Listed, Visitor};
use crate::digest;
use crate::error::{Error, Result};
use crate::register::{Arrival, Found, Known, Register};
use crate::status::Status;

/// Documents that are being read: their hashes and the paths that come first.
#[derive(Debug, Default)]
pub(super) struct UnderWay(Mutex<HashMap<String, String>>);

impl UnderWay {
    /// Notes a document; true where one with the same bytes and an earlier path is being read.
    fn has_before(&self, sha256: &str, path: &str) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(sha256) {
            Some(first) if first.as_str() < path => true,
            _ => {
                known.insert(sha256.to_owned(), path.to_owned());
                false
            }
        }
    }

    /// Forgets a document that the register has.
    pub(super) fn remove(&self, sha256: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(sha256);
    }
}

/// The walk's side of an import.
pub(super) struct Scout<'s> {
    pub(super) register: Register,
    /// True where only what the register wants is read.
    pub(super) only_wanted: bool,
    pub(super) gate: &'s Gate,
    pub(super) under_way: &'s UnderWay,
    pub(super) stop: &'s AtomicBool,
    pub(super) jobs: Sender<Job>,
    pub(super) results: Sender<Done>,
    pub(super) next: u64,
    pub(super) met: u64,
    pub(super) unchanged: u64,
    pub(super) read: u64,
    /// The input whose members are being met.
    pub(super) root: String,
    /// Folders that could not be looked into.
    pub(super) unlistable: Vec<String>,
}

impl Visitor for Scout<'_> {
    fn knows(&mut self, file: &Listed) -> Result<bool> {
        if self.stop.load(Ordering::Relaxed) || self.gate.is_closed() {
            return Err(interrupted());
        }
        self.root.clone_from(&file.root);
        if self.only_wanted {
            return self.register.wants(&file.path).map(|wants| !wants);
        }
        let Some(known) = self.register.known(&file.path)? else { return Ok(false) };
        let same = known.bytes == file.bytes && known.modified == Some(file.modified);
        if !same || !is_settled(&known) || self.register.wants(&file.path)? {
            return Ok(false);
        }
        self.met += 1;
        self.unchanged += 1;
        let arrival = arrival(file.path.clone(), Some(file), None, file.bytes, Found::Unchanged);
        self.send(Arrival { sha256: known.sha256, ..arrival }, None)?;
        Ok(true)
    }

    fn meets(&mut self, entry: Entry) -> Result<()> {
        if let Some(listed) = &entry.listed {
            self.root.clone_from(&listed.root);
            if matches!(entry.content, Content::Refused { .. }) {
                self.unlistable.push(entry.path.clone());
            }
        }
        let known = self.register.known(&entry.path)?;
        if self.only_wanted && known.is_none() {
            return Ok(());
        }
        self.met += 1;
        let (path, bytes) = (entry.path, entry.bytes);
        let listed = entry.listed.as_ref();
        let mut arrival = arrival(path, listed, entry.container, bytes, Found::Unchanged);
        if listed.is_none() {
            arrival.root.clone_from(&self.root);
        }
        match entry.content {
            Content::Document(content) => self.document(arrival, known, content),
            Content::Archive { kind, status, cause } => {
                arrival.found = Found::Archive { kind, status, cause };
                self.send(arrival, None)
            }
            Content::Refused { status, cause } => {
                let wanted = known.is_some_and(|known| known.status.is_none());
                if self.only_wanted && !wanted {
                    return Ok(());
                }
                arrival.found = Found::Nothing { status, cause };
                self.send(arrival, None)
            }
        }
    }
}

impl Scout<'_> {
    fn document(&mut self, mut arrival: Arrival, known: Option<Known>, content: Vec<u8>) -> Result<()> {
        let sha256 = digest::of(&content);
        let settled = known.as_ref().is_some_and(is_settled);
        let same = known.is_some_and(|known| known.sha256.as_ref() == Some(&sha256));
        arrival.sha256 = Some(sha256.clone());
        if settled && (same || self.only_wanted) {
            self.unchanged += 1;
            return self.send(arrival, None);
        }
        let before = self.under_way.has_before(&sha256, &arrival.path);
        if before || self.register.has_before(&sha256, &arrival.path)? {
            arrival.found = Found::Twin;
            return self.send(arrival, None);
        }
        self.read += 1;
        self.send(arrival, Some(content))
    }

    /// Sends an entry on its way: with its bytes to be read, without them straight to the writer.
    fn send(&mut self, arrival: Arrival, content: Option<Vec<u8>>) -> Result<()> {
        let held = content.as_ref().map_or(0, |content| content.len() as u64);
        if !self.gate.enter(held, self.stop) {
            return Err(interrupted());
        }
        let number = self.next;
        self.next += 1;
        let sent = match content {
            Some(content) => self.jobs.send(Job { number, held, arrival, content }).is_ok(),
            None => self.results.send(Done { number, held, arrival: Some(arrival) }).is_ok(),
        };
        if sent { Ok(()) } else { Err(interrupted()) }
    }
}

/// True where nothing has to be done about a file as long as it stays as it is.
fn is_settled(known: &Known) -> bool {
    known.status.is_some_and(|status| !matches!(status, Status::Vanished | Status::Unreadable))
}

fn arrival(
    path: String,
    listed: Option<&Listed>,
    container: Option<String>,
    bytes: u64,
    found: Found,
) -> Arrival {
    let root = listed.map(|listed| listed.root.clone()).unwrap_or_default();
    Arrival {
        path,
        root,
        container,
        bytes,
        modified: listed.map(|listed| listed.modified),
        sha256: None,
        found,
    }
}

pub(super) fn interrupted() -> Error {
    Error::interrupted("interrupted; what was read is kept, and the same command goes on from there")
}
