//! How much may be under way at once. Never so little that one large document could not pass.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// So many entries may wait for the writer: enough that a slow document does not starve the other threads.
const ENTRIES: usize = 256;

/// So many bytes of documents may be held.
const BYTES: u64 = 64 << 20;

/// How long a wait lasts before it is looked whether the run has been ended.
const LOOK: Duration = Duration::from_millis(100);

/// Counts what is under way.
#[derive(Debug, Default)]
pub(super) struct Gate {
    under_way: Mutex<(usize, u64)>,
    left: Condvar,
    closed: AtomicBool,
}

impl Gate {
    /// Waits until `bytes` more may be under way; false where the run has ended meanwhile.
    pub(super) fn enter(&self, bytes: u64, stop: &AtomicBool) -> bool {
        let mut held = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.closed.load(Ordering::Relaxed) || stop.load(Ordering::Relaxed) {
                return false;
            }
            if held.0 == 0 || (held.0 < ENTRIES && held.1 + bytes <= BYTES) {
                held.0 += 1;
                held.1 += bytes;
                return true;
            }
            held = self.left.wait_timeout(held, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Says that an entry of `bytes` is no longer under way.
    pub(super) fn leave(&self, bytes: u64) {
        let mut held = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        held.0 = held.0.saturating_sub(1);
        held.1 = held.1.saturating_sub(bytes);
        drop(held);
        self.left.notify_one();
    }

    /// Lets nothing more in.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.left.notify_all();
    }

    /// True where nothing more is let in.
    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}
