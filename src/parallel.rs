//! One way to use several threads: a map that keeps the order. Never where there is little to do.

use rayon::prelude::*;

use crate::budget;

/// `change` of every item, in order; on several threads from `least` items on, since starting them costs more than a few
/// items do. All of them are work under the caller's budget.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    change: impl Fn(&T) -> R + Send + Sync,
) -> Vec<R> {
    if items.len() < least {
        items.iter().map(change).collect()
    } else {
        let budget = budget::current();
        let change = |item| match &budget {
            Some(budget) => budget.over(|| change(item)),
            None => change(item),
        };
        items.par_iter().map(change).collect()
    }
}
