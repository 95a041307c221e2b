/*!
An archive into a register: many files in, one writer at the end.

This module never reads a document and never writes a row; it brings those who do together, and keeps what is under way
small.

```text
          one thread                     N threads                       the calling thread
archive ──walk, hash──→ jobs ──→ read ──→ results ──put in order──→ register
   ↑         │ unchanged, twins, refused ───────────↑                     │
   └──────── gate: so many bytes and entries may be under way ←─ leaves ──┘
```

The walk gives every entry a number; the writer takes them in that order, in groups of one transaction each. Of one
thread, reading and writing take turns. What is
under way is bounded by the gate, so memory does not grow with the number of files. A dead process leaves the groups that
were committed; the next run meets every file again, finds what it knows unchanged, and reads the rest.
*/

mod gate;
mod pool;
mod scout;
mod turns;

use std::sync::atomic::AtomicBool;

use crate::archive::{Filter, Limits, Root};
use crate::emit::Document;
use crate::error::{Error, Result};
use crate::register::Register;
use crate::status::Status;

/// What to import, and how.
#[derive(Clone, Copy)]
pub struct Order<'o> {
    /// The inputs.
    pub roots: &'o [Root],
    /// Which files of them.
    pub filter: &'o Filter,
    /// What they may cost.
    pub limits: Limits,
    /// How many documents are read at once; with one, none is read while others are written.
    pub threads: usize,
    /// Reads the bytes of the document with this name.
    pub read: &'o (dyn Fn(&str, &[u8]) -> Result<Document> + Sync),
    /// Set from outside to end the run after the documents that are being read.
    pub stop: &'o AtomicBool,
}

impl std::fmt::Debug for Order<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Order({:?}, {:?}, {} threads)", self.roots, self.limits, self.threads)
    }
}

/// One entry that the register has now.
#[derive(Debug)]
pub struct Event<'e> {
    /// Its path in the register.
    pub path: &'e str,
    /// Size in bytes.
    pub bytes: u64,
    /// How it ended; `None` where it will be read in another round.
    pub status: Option<Status>,
    /// True where nothing of it was new.
    pub unchanged: bool,
    /// True for a file on disk, false for a member.
    pub on_disk: bool,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files and members that were met.
    pub met: u64,
    /// Of these, those of which nothing was new.
    pub unchanged: u64,
    /// Documents that were read.
    pub read: u64,
    /// Files and members that the filter left out.
    pub left_out: u64,
}

/// How often documents are looked for that turned out to be needed: a file whose twin has changed needs one more round.
const ROUNDS: usize = 4;

/// Imports what `order` says into `register`, telling `told` of every entry.
///
/// # Errors
/// Where the register cannot be written, the run was ended from outside, nothing was found, or the sums do not balance.
pub fn import(order: Order<'_>, register: &Register, told: &mut dyn FnMut(&Event<'_>)) -> Result<Summary> {
    register.unbalance()?;
    register.remember(order.roots)?;
    let (mut summary, unlistable) = pool::run(order, register, false, told)?;
    if summary.met == 0 {
        return Err(nothing_found(&order, summary.left_out));
    }
    let rows = register.met()?;
    if rows != summary.met {
        return Err(Error::unbalanced(register.folder().display().to_string(), summary.met, rows));
    }
    register.forget_unmet(|root, path| {
        let inside =
            |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        order.roots.iter().any(|known| known.name == root)
            && order.filter.admits(path)
            && !unlistable.iter().any(inside)
    })?;
    summary.read += complete(order, register, told)?;
    Ok(summary)
}

/// Reads what has still to be read, wherever it lies, and gives how many documents were.
///
/// # Errors
/// As [`import`].
pub fn complete(order: Order<'_>, register: &Register, told: &mut dyn FnMut(&Event<'_>)) -> Result<u64> {
    let roots = register.roots()?;
    let everything = Filter::new(&[], &[])?;
    let order = Order { roots: &roots, filter: &everything, ..order };
    let mut read = 0;
    for _ in 0..ROUNDS {
        if !register.is_unfinished()? {
            break;
        }
        read += pool::run(order, register, true, told)?.0.read;
    }
    register.give_up()?;
    register.settle()?;
    Ok(read)
}

fn nothing_found(order: &Order<'_>, left_out: u64) -> Error {
    let names: Vec<String> = order.roots.iter().map(|root| root.place.display().to_string()).collect();
    let reason = match left_out {
        0 => "there is no file in it".to_owned(),
        _ => format!("all of its {left_out} files are left out by --include and --exclude"),
    };
    Error::content(names.join(", "), reason)
}
