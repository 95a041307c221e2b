//! Reading and writing by turns, where one thread was asked for. Never a wait where there are more: what is written is
//! a small part of the work, and the system shares the processors out.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Whose turn it is.
#[derive(Debug)]
pub(super) struct Turns {
    by_turns: bool,
    state: Mutex<State>,
    over: Condvar,
}

#[derive(Debug, Default)]
struct State {
    taken: bool,
    /// The writer goes first, so that what was read is kept soon.
    writer_waits: bool,
}

/// Held by who works; the turn is over when it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'t>(&'t Turns);

impl Turns {
    /// The turns of a run on so many threads.
    pub(super) fn of(threads: usize) -> Self {
        Self { by_turns: threads <= 1, state: Mutex::default(), over: Condvar::new() }
    }

    /// Waits for a turn to read in.
    pub(super) fn read(&self) -> Option<Turn<'_>> {
        self.take(|state| state.taken || state.writer_waits)
    }

    /// Waits for a turn to write in.
    pub(super) fn write(&self) -> Option<Turn<'_>> {
        if self.by_turns {
            self.state().writer_waits = true;
        }
        let turn = self.take(|state| state.taken);
        if self.by_turns {
            self.state().writer_waits = false;
        }
        turn
    }

    fn take(&self, has_to_wait: impl FnMut(&mut State) -> bool) -> Option<Turn<'_>> {
        if !self.by_turns {
            return None;
        }
        let waited = self.over.wait_while(self.state(), has_to_wait);
        waited.unwrap_or_else(PoisonError::into_inner).taken = true;
        Some(Turn(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().taken = false;
        self.0.over.notify_all();
    }
}
