//! What several test modules need: dictionaries compiled once, documents read in one call.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use svod::dictionaries::Dictionaries;
use svod::emit::Document;
use svod::text::Text;
use svod::{Trace, emit};

/// The embedded dictionaries.
pub static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(|| Dictionaries::embedded().unwrap());

/// The folder of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The trace of a text.
pub fn trace(text: &str) -> Trace {
    trace_bytes(text.as_bytes())
}

/// The trace of bytes that are text.
pub fn trace_bytes(bytes: &[u8]) -> Trace {
    svod::trace("test", bytes, &DICTIONARIES).unwrap()
}

/// The output document of a text.
pub fn read(text: &str) -> Document {
    emit::document(&trace(text))
}

/// The folders that hold sets of fixtures: documents as received, and invented ones.
pub const SETS: [&str; 2] = ["fixtures", "fixtures/invented"];

/// The folders of the fixtures in the set `set`.
pub fn fixture_folders(set: &str) -> Vec<PathBuf> {
    let mut found = folders(&root().join(set));
    found.retain(|folder| folder.join("gold.json").is_file());
    assert!(found.len() >= 3, "the fixtures are gone");
    found
}

/// Name and trace of every fixture of the set `set`.
pub fn fixtures_of(set: &str) -> Vec<(String, Trace)> {
    let name = |folder: &Path| folder.file_name().unwrap().to_string_lossy().into_owned();
    let read = |folder: &PathBuf| trace_bytes(&std::fs::read(folder.join("input.txt")).unwrap());
    fixture_folders(set).iter().map(|folder| (name(folder), read(folder))).collect()
}

/// Name and trace of every document as received.
pub fn fixtures() -> Vec<(String, Trace)> {
    fixtures_of(SETS[0])
}

/// Name and trace of every fixture of both sets.
pub fn all_fixtures() -> Vec<(String, Trace)> {
    SETS.iter().flat_map(|set| fixtures_of(set)).collect()
}

/// The folders in a folder, sorted.
pub fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// Every text that a field of the trace's plans shows.
pub fn claims(trace: &Trace) -> Vec<&Text> {
    trace.plans.iter().flat_map(emit::claims).collect()
}

/// So many cases of a property; failures are printed, not written into the tree. The same cases each time, so that a test
/// says the same of the same code; `PROPTEST_RNG_SEED=N` tries others.
pub fn cases(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    let rng_seed = match usual.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        asked => asked,
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..usual }
}

/// A table of tab rows under the usual heading, for tests of one cell.
pub fn plan_with(deadline: &str, executors: &str) -> String {
    format!(
        "План\nмероприятий Тульской области на 2018 год\n\n№ п/п\tНаименование мероприятия\tСрок исполнения\tОтветственные исполнители\n1\tРазмещение сведений на сайте\t{deadline}\t{executors}\n"
    )
}
