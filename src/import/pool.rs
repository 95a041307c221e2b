//! The threads of an import: one walks, some read, the calling one writes. Never a document that two have.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::gate::Gate;
use super::scout::{Scout, UnderWay, interrupted};
use super::turns::Turns;
use super::{Event, Order, Summary};
use crate::archive;
use crate::batch;
use crate::budget;
use crate::error::{Error, Result};
use crate::register::{Arrival, Found, Prepared, Register};

/// So many arrivals are one transaction at most: with fewer, the same pages of the indices are written more often.
const GROUP: usize = 256;

/// A transaction is not open for longer: what a crash takes away is the work of a quarter of a second.
const OPEN: Duration = Duration::from_millis(250);

/// A document to be read.
pub(super) struct Job {
    pub(super) number: u64,
    pub(super) held: u64,
    pub(super) arrival: Arrival,
    pub(super) content: Vec<u8>,
}

/// An arrival for the writer; none where the run ended before the document was read.
pub(super) struct Done {
    pub(super) number: u64,
    pub(super) held: u64,
    pub(super) arrival: Option<Arrival>,
}

/// The stack of a thread that reads: four times the usual, since a deeply nested document must not end the run.
const STACK: usize = 8 << 20;

/// One round over the inputs; gives the folders that could not be looked into besides.
pub(super) fn run(
    order: Order<'_>,
    register: &Register,
    only_wanted: bool,
    told: &mut dyn FnMut(&Event<'_>),
) -> Result<(Summary, Vec<String>)> {
    let (gate, under_way) = (Gate::default(), UnderWay::default());
    let (jobs, queue) = mpsc::channel();
    let (results, done) = mpsc::channel();
    let queue = Mutex::new(queue);
    let beside = register.beside()?;
    let turns = Turns::of(order.threads);
    let (gate, under_way, turns) = (&gate, &under_way, &turns);
    thread::scope(|scope| {
        for _ in 0..order.threads.max(1) {
            let (queue, results) = (&queue, results.clone());
            let spawned = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || work(queue, &results, order, gate, turns));
            spawned.map_err(|cause| Error::read("a thread", cause))?;
        }
        let walker = scope.spawn(move || {
            let mut scout = Scout {
                register: beside,
                only_wanted,
                gate,
                under_way,
                stop: order.stop,
                jobs,
                results,
                next: 0,
                met: 0,
                unchanged: 0,
                read: 0,
                root: String::new(),
                unlistable: Vec::new(),
            };
            archive::walk(order.roots, order.filter, order.limits, &mut scout).map(|left_out| {
                let Scout { met, unchanged, read, unlistable, .. } = scout;
                (Summary { met, unchanged, read, left_out }, unlistable)
            })
        });
        let mut writer =
            Writer { register, under_way, turns, open: Vec::new(), group: 0, begun: Instant::now() };
        let written = writer.keep_all(&done, gate, told);
        if written.is_err() {
            register.roll_back();
        }
        gate.close();
        let walked = walker.join().unwrap_or_else(|_| Err(Error::crashed("the walk over the inputs")));
        written?;
        let walked = walked?;
        if order.stop.load(Ordering::Relaxed) { Err(interrupted()) } else { Ok(walked) }
    })
}

/// Reads documents until there are no more; where the run has ended, it lets them pass unread.
fn work(queue: &Mutex<Receiver<Job>>, results: &Sender<Done>, order: Order<'_>, gate: &Gate, turns: &Turns) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { number, held, mut arrival, content }) = job else { return };
        let arrival = if order.stop.load(Ordering::Relaxed) || gate.is_closed() {
            None
        } else {
            let steps = budget::steps(content.len(), order.limits.steps);
            let turn = turns.read();
            let prepared = batch::attempt(&arrival.path, steps, || {
                (order.read)(&arrival.path, &content).and_then(Prepared::new)
            });
            drop(turn);
            arrival.found = match prepared {
                Ok(prepared) => Found::Document(Box::new(prepared)),
                Err(error) => Found::Nothing { status: error.status(), cause: error.reason() },
            };
            Some(arrival)
        };
        drop(content);
        if results.send(Done { number, held, arrival }).is_err() {
            return;
        }
    }
}

/// Takes the results in their order and keeps them, in groups.
struct Writer<'w> {
    register: &'w Register,
    under_way: &'w UnderWay,
    turns: &'w Turns,
    /// The hashes of the group that is not committed.
    open: Vec<String>,
    group: usize,
    /// When the group was begun.
    begun: Instant,
}

impl Writer<'_> {
    fn keep_all(
        &mut self,
        done: &Receiver<Done>,
        gate: &Gate,
        told: &mut dyn FnMut(&Event<'_>),
    ) -> Result<()> {
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        let mut next = 0;
        loop {
            let one = if self.group == 0 {
                done.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                done.recv_timeout(OPEN.saturating_sub(self.begun.elapsed()))
            };
            let turn = self.turns.write();
            match one {
                Ok(one) => _ = waiting.insert(one.number, one),
                Err(RecvTimeoutError::Timeout) => self.commit()?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(one) = waiting.remove(&next) {
                next += 1;
                self.keep(one, gate, told)?;
            }
            drop(turn);
        }
        self.commit()
    }

    fn keep(&mut self, one: Done, gate: &Gate, told: &mut dyn FnMut(&Event<'_>)) -> Result<()> {
        if let Some(arrival) = one.arrival {
            if self.group == 0 {
                self.register.begin()?;
                self.begun = Instant::now();
            }
            self.group += 1;
            let (path, bytes) = (arrival.path.clone(), arrival.bytes);
            let unchanged = matches!(arrival.found, Found::Unchanged);
            let on_disk = arrival.container.is_none();
            self.open.extend(arrival.sha256.clone());
            let status = self.register.arrive(arrival)?;
            told(&Event { path: &path, bytes, status, unchanged, on_disk });
        }
        gate.leave(one.held);
        let full = self.group >= GROUP || (self.group > 0 && self.begun.elapsed() >= OPEN);
        if full { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<()> {
        if self.group > 0 {
            self.register.commit()?;
            self.group = 0;
            for sha256 in self.open.drain(..) {
                self.under_way.remove(&sha256);
            }
        }
        Ok(())
    }
}
