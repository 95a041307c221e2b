//! One way to use several threads: a map that keeps the order. Never where there is little to do.

use rayon::prelude::*;

/// `change` of every item, in order; on several threads from `least` items on, since starting them costs more than a few
/// items do.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    change: impl Fn(&T) -> R + Send + Sync,
) -> Vec<R> {
    if items.len() < least {
        items.iter().map(change).collect()
    } else {
        items.par_iter().map(change).collect()
    }
}
