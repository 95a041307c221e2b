/*!
Work that is counted, so that a document which takes far more of it than documents do is given up.

A budget never looks at a clock: the same document ends the same way on every machine, with any number of threads. Steps
are counted where the program searches (patterns, the nearest word forms, like names), since only a search can take more
than it should. A document over its budget is left by unwinding, past everything that is half done.
*/

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Steps for each byte of a document. No fixture takes a twentieth of them.
pub(crate) const STEPS_A_BYTE: u64 = 2000;

/// A document of a few bytes may take as many steps as one of so many.
const LEAST_BYTES: usize = 1 << 16;

/// The steps that a document of `bytes` bytes may take.
pub(crate) fn steps(bytes: usize, a_byte: u64) -> u64 {
    a_byte.saturating_mul(bytes.max(LEAST_BYTES) as u64)
}

/// The steps that one piece of work may take, shared by its threads.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    spent: AtomicU64,
    limit: u64,
}

/// What unwinds when a budget is spent.
struct Spent;

/// Steps are told to the budget so many at a time.
const GROUP: u64 = 4096;

thread_local! {
    static CURRENT: RefCell<Option<Budget>> = const { RefCell::new(None) };
    /// Steps that the budget was not told of yet.
    static UNTOLD: Cell<u64> = const { Cell::new(0) };
}

/// What `work` gives, or `None` where it takes more than `limit` steps.
pub(crate) fn within<T>(limit: u64, work: impl FnOnce() -> T) -> Option<T> {
    let budget = Budget(Arc::new(Shared { spent: AtomicU64::new(0), limit }));
    let done = catch_unwind(AssertUnwindSafe(|| budget.over(work)));
    match done {
        Ok(done) => (!budget.is_spent()).then_some(done),
        Err(payload) if payload.is::<Spent>() => None,
        Err(payload) => resume_unwind(payload),
    }
}

/// Counts `steps` steps; leaves the work where its budget is spent.
pub(crate) fn spend(steps: u64) {
    let untold = UNTOLD.get() + steps;
    if untold < GROUP {
        UNTOLD.set(untold);
        return;
    }
    UNTOLD.set(0);
    let spent = CURRENT.with_borrow(|current| current.as_ref().is_some_and(|budget| budget.tell(untold)));
    if spent {
        resume_unwind(Box::new(Spent));
    }
}

/// The budget of the work under way on this thread, for the threads that it is shared out to.
pub(crate) fn current() -> Option<Budget> {
    CURRENT.with_borrow(Clone::clone)
}

impl Budget {
    /// Does `work` at the cost of this budget, whatever else this thread has under way.
    pub(crate) fn over<T>(&self, work: impl FnOnce() -> T) -> T {
        let _before = Before { budget: CURRENT.replace(Some(self.clone())), untold: UNTOLD.replace(0) };
        work()
    }

    /// True where the budget is spent with `steps` more.
    fn tell(&self, steps: u64) -> bool {
        self.0.spent.fetch_add(steps, Relaxed) + steps > self.0.limit
    }

    fn is_spent(&self) -> bool {
        self.tell(0)
    }
}

/// What a thread had under way; it has it again when this is dropped.
struct Before {
    budget: Option<Budget>,
    untold: u64,
}

impl Drop for Before {
    fn drop(&mut self) {
        let untold = UNTOLD.replace(self.untold);
        if let Some(budget) = CURRENT.replace(self.budget.take()) {
            budget.tell(untold);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{current, spend, within};

    fn steps(count: u64) {
        (0..count).for_each(|_| spend(1));
    }

    #[test]
    fn work_within_its_budget_is_done() {
        assert_eq!(within(10_000, || steps(10_000)), Some(()));
        assert_eq!(within(0, || 7), Some(7));
    }

    #[test]
    fn work_over_its_budget_is_left_however_little_it_is_over() {
        assert_eq!(within(10_000, || steps(10_001)), None);
        assert_eq!(within(1, || steps(2)), None);
        assert_eq!(within(1 << 20, || steps(1 << 30)), None);
    }

    #[test]
    fn a_budget_is_shared_by_the_threads_and_by_nobody_else() {
        let shared = |count: u64| {
            within(10_000, || {
                let Some(budget) = current() else { return false };
                let half = |steps_of: u64| budget.over(|| steps(steps_of));
                std::thread::scope(|scope| {
                    let other = scope.spawn(|| half(count / 2));
                    half(count - count / 2);
                    other.join().is_ok()
                })
            })
        };
        assert_eq!(shared(10_000), Some(true));
        assert_eq!(shared(10_002), None);
        let inside = within(5_000, || {
            assert_eq!(within(100_000, || steps(50_000)), Some(()));
            steps(5_000);
        });
        assert_eq!(inside, Some(()));
    }

    #[test]
    fn a_crash_goes_on_as_a_crash() {
        let crash = std::panic::catch_unwind(|| within(10, || std::panic::resume_unwind(Box::new("crash"))));
        let payload = crash.err().and_then(|payload| payload.downcast_ref::<&str>().copied());
        assert_eq!(payload, Some("crash"));
    }

    #[test]
    fn steps_without_a_budget_cost_nothing() {
        steps(100_000);
        assert!(current().is_none());
    }
}
