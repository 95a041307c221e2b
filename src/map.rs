//! Maps and sets with a hash that is quick on short words. Never in an order that means anything.

/// A map.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// A set.
pub(crate) type Set<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;
