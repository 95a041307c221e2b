//! What an archive and a document may cost. Never a guess by what it says of itself: what comes out is counted.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::budget::STEPS_A_BYTE;
use crate::status::Limit;

/// The limits of one import. All of them hold for what really comes out, whatever an archive's headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document. The largest plan known has half a megabyte of text.
    pub size: u64,
    /// Unpacked bytes for each packed one, above [`FREE`] bytes. Text packs 4 to 10 times, drawn tables up to 50.
    pub ratio: u64,
    /// Archives inside one another.
    pub depth: u32,
    /// Members of one archive on disk, all archives inside it together.
    pub members: u64,
    /// Unpacked bytes of one archive on disk, all archives inside it together.
    pub unpacked: u64,
    /// Steps of search for each byte of a document.
    pub steps: u64,
    /// Parts of one document that is a container: Word, Excel, OpenDocument.
    pub parts: u64,
    /// Unpacked bytes of all parts that are read of one document: twenty times the largest known.
    pub inside: u64,
    /// Cells of one document; a row of a merged table costs as many as the table has columns. The largest plan known has ten
    /// thousand.
    pub cells: u64,
    /// Pixels of one picture: a sheet of A3 at 600 dots an inch has seventy million.
    pub pixels: u64,
    /// Pages of one document: a register of measures has hundreds.
    pub pages: u64,
    /// How many times its usual time, memory and output another program may take.
    pub programs: u32,
}

/// So much may come out of anything, however small it is packed.
const FREE: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 16 << 20,
            ratio: 200,
            depth: 4,
            members: 200_000,
            unpacked: 4 << 30,
            steps: STEPS_A_BYTE,
            parts: 10_000,
            inside: 256 << 20,
            cells: 4_000_000,
            pixels: 80_000_000,
            pages: 2000,
            programs: 1,
        }
    }
}

impl Limits {
    /// Every limit `times` as high.
    pub fn times(self, times: u32) -> Self {
        let wide = u64::from(times);
        Self {
            size: self.size.saturating_mul(wide),
            ratio: self.ratio.saturating_mul(wide),
            depth: self.depth.saturating_mul(times),
            members: self.members.saturating_mul(wide),
            unpacked: self.unpacked.saturating_mul(wide),
            steps: self.steps.saturating_mul(wide),
            parts: self.parts.saturating_mul(wide),
            inside: self.inside.saturating_mul(wide),
            cells: self.cells.saturating_mul(wide),
            pixels: self.pixels.saturating_mul(wide),
            pages: self.pages.saturating_mul(wide),
            programs: self.programs.saturating_mul(times),
        }
    }
}

/// What came out of one archive on disk so far, and which limit stopped it.
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) limits: Limits,
    unpacked: Cell<u64>,
    members: Cell<u64>,
    broken: Cell<Option<Limit>>,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, unpacked: Cell::new(0), members: Cell::new(0), broken: Cell::new(None) }
    }

    /// Counts a member; false where it is one too many.
    pub(super) fn member(&self) -> bool {
        self.members.set(self.members.get() + 1);
        self.members.get() <= self.limits.members
    }

    /// The limit that the last read broke, taken away: the next member starts afresh.
    pub(super) fn take_broken(&self) -> Option<Limit> {
        self.broken.take()
    }

    /// True where nothing more may come out of the archive.
    pub(super) fn is_full(&self) -> bool {
        self.unpacked.get() > self.limits.unpacked
    }

    fn breaks(&self, limit: Limit) -> io::Error {
        self.broken.set(Some(limit));
        io::Error::other("a limit was reached")
    }
}

/// A reader that counts what it gives.
pub(super) struct Counted<R> {
    inner: R,
    given: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let given = Rc::new(Cell::new(0));
        (Self { inner, given: Rc::clone(&given) }, given)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given.set(self.given.get() + read as u64);
        Ok(read)
    }
}

/// A reader of unpacked bytes that stops at the limits.
pub(super) struct Metered<'m, R> {
    inner: R,
    meter: &'m Meter,
    packed: Rc<Cell<u64>>,
    given: u64,
    /// False for the stream that members are then read from: they are counted themselves.
    adds: bool,
}

impl<'m, R: Read> Metered<'m, R> {
    /// A member of which `packed` bytes are stored.
    pub(super) fn member(inner: R, meter: &'m Meter, packed: u64) -> Self {
        Self { inner, meter, packed: Rc::new(Cell::new(packed)), given: 0, adds: true }
    }

    /// A stream of members; `packed` says how many bytes went in so far.
    pub(super) fn stream(inner: R, meter: &'m Meter, packed: Rc<Cell<u64>>) -> Self {
        Self { inner, meter, packed, given: 0, adds: false }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.given += read as u64;
        if self.adds {
            self.meter.unpacked.set(self.meter.unpacked.get() + read as u64);
        }
        if self.meter.is_full() || self.given > self.meter.limits.unpacked {
            return Err(self.meter.breaks(Limit::Unpacked));
        }
        let allowed = self.packed.get().saturating_mul(self.meter.limits.ratio).max(FREE);
        if self.given > allowed {
            return Err(self.meter.breaks(Limit::Ratio));
        }
        Ok(read)
    }
}

/// A reader of so many bytes, to which an end before them is an error: a tar archive that was cut off ends silently.
pub(super) struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Whole<R> {
    pub(super) fn new(inner: R, bytes: u64) -> Self {
        Self { inner, left: bytes }
    }
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            let missing = format!("{} of its bytes are missing", self.left);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, missing));
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
