//! The shape of the house: who may use whom, how long a file is, what stands in the dictionaries and at the top level.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::support::{folders, root};

/// Which top modules may use which others. A permission that nobody uses fails as well as one that is missing.
const MAY_USE: &[(&str, &str)] = &[
    ("archive", "budget error status"),
    ("batch", "archive budget dictionaries emit error pipeline status"),
    ("budget", ""),
    ("child", ""),
    (
        "cli",
        "archive batch decode dictionaries emit error eval import link noise pipeline plan register status tabulate text",
    ),
    ("decode", "archive child dictionaries digest error issue parallel status text"),
    ("dictionaries", "budget error map plan text"),
    ("digest", ""),
    ("emit", "decode digest error issue pipeline plan text"),
    ("error", "status"),
    ("eval", "dictionaries emit error noise pipeline text"),
    ("extract", "dictionaries issue parallel plan tabulate text"),
    ("import", "archive batch budget digest emit error register status"),
    ("issue", "text"),
    ("link", "dictionaries extract issue parallel plan text"),
    ("map", ""),
    ("noise", "dictionaries"),
    ("normalise", "decode dictionaries issue map parallel text"),
    ("parallel", "budget"),
    ("pipeline", "archive decode dictionaries emit error extract issue link normalise plan tabulate text"),
    ("plan", "text"),
    ("register", "archive digest emit error status"),
    ("status", ""),
    ("tabulate", "dictionaries issue normalise parallel plan text"),
    ("text", ""),
];

const SERIALISING: [&str; 3] = ["dictionaries", "emit", "eval"];
const ON_DISK: [&str; 8] = ["archive", "batch", "cli", "decode", "dictionaries", "emit", "eval", "register"];

/// Stages and vocabulary: each says in its first lines what it never does.
const SAYS_NEVER: [&str; 16] = [
    "archive",
    "decode",
    "dictionaries",
    "emit",
    "error",
    "extract",
    "import",
    "issue",
    "link",
    "noise",
    "normalise",
    "plan",
    "register",
    "status",
    "tabulate",
    "text",
];

const LONGEST_FILE: usize = 500;

const TOP_LEVEL: &str = ".ci .git .gitattributes .gitignore ARCHITECTURE.md CHANGELOG.md Cargo.lock Cargo.toml \
    LICENSE README.md benches dictionaries fixtures justfile rustfmt.toml src target tests";

/// A source file.
struct Source {
    path: PathBuf,
    /// The names of its module from the root of the crate; none for the roots themselves.
    module: Vec<String>,
    text: String,
}

impl Source {
    fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// The lines that are neither comments nor blank.
    fn code(&self) -> Vec<&str> {
        let mut inside = false;
        let mut code = Vec::new();
        for line in self.text.lines() {
            let trimmed = line.trim();
            inside |= trimmed.starts_with("/*");
            if !inside && !trimmed.is_empty() && !trimmed.starts_with("//") {
                code.push(line.split(" // ").next().unwrap());
            }
            inside &= !trimmed.ends_with("*/");
        }
        code
    }

    /// The comment at the top.
    fn doc(&self) -> &str {
        match self.text.strip_prefix("/*!") {
            Some(block) => block.split("*/").next().unwrap(),
            None => {
                let own = |line: &&str| line.starts_with("//!");
                let length: usize = self.text.split_inclusive('\n').take_while(own).map(str::len).sum();
                &self.text[..length]
            }
        }
    }

    /// The other top modules that the code names, by `crate::` or by as many `super::` as lead to the root.
    fn uses(&self) -> BTreeSet<String> {
        let code = self.code().join("\n");
        let root = "super::".repeat(self.module.len());
        let mut used = BTreeSet::new();
        for start in ["crate::", root.as_str()] {
            for (at, _) in code.match_indices(start) {
                let rest = &code[at + start.len()..];
                // Of a group, nested or not, every word is looked at; those that name no module are none.
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(group) => group.split(';').next().unwrap().split(['{', '}', ',']).collect(),
                    None => vec![rest],
                };
                let first = |name: &str| -> String {
                    let own = |letter: &char| letter.is_ascii_lowercase() || *letter == '_';
                    name.trim().chars().take_while(own).collect()
                };
                used.extend(names.into_iter().map(first));
            }
        }
        used.retain(|name| name != self.top() && MAY_USE.iter().any(|(module, _)| module == name));
        used
    }
}

/// Every source file of the library, sorted; the build script stands apart.
fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = files(&src, true);
    paths.retain(|path| path.extension().is_some_and(|own| own == "rs") && !path.ends_with("build.rs"));
    assert!(paths.len() > 50, "the sources are gone");
    let source = |path: PathBuf| {
        let inner = path.strip_prefix(&src).unwrap().with_extension("");
        let names = inner.iter().map(|name| name.to_string_lossy().into_owned());
        let module = names.filter(|name| !matches!(name.as_str(), "mod" | "lib" | "main")).collect();
        Source { text: std::fs::read_to_string(&path).unwrap(), path: inner.with_extension("rs"), module }
    };
    paths.into_iter().map(source).collect()
}

/// The files in a folder, and in those under it where `deep`, sorted.
fn files(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    if deep {
        found.extend(folders(folder).iter().flat_map(|inner| files(inner, true)));
    }
    found.sort();
    found
}

#[track_caller]
fn none_of(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The files of the modules that are not `allowed` in whose code one of `words` stands.
fn with_words(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !allowed.contains(&source.top())) {
        let code = source.code();
        let found = code.iter().filter(|line| words.iter().any(|word| line.contains(word)));
        faults.extend(found.map(|line| format!("{}: {}", source.path.display(), line.trim())));
    }
    faults
}

#[test]
fn a_module_uses_what_it_may_and_no_other() {
    let sources = sources();
    let mut faults = Vec::new();
    let modules: BTreeSet<&str> = sources.iter().map(Source::top).filter(|top| !top.is_empty()).collect();
    let listed: BTreeSet<&str> = MAY_USE.iter().map(|&(module, _)| module).collect();
    assert_eq!(modules, listed, "the table and the top modules differ");
    for (module, allowed) in MAY_USE {
        let allowed: BTreeSet<String> = allowed.split_whitespace().map(str::to_owned).collect();
        let own = sources.iter().filter(|source| source.top() == *module);
        let used: BTreeSet<String> = own.flat_map(Source::uses).collect();
        faults.extend(used.difference(&allowed).map(|other| format!("{module} must not use {other}")));
        faults.extend(allowed.difference(&used).map(|other| format!("{module} does not use {other}")));
    }
    none_of(faults);
}

#[test]
fn only_the_edges_know_formats() {
    none_of(with_words(&["serde", "schemars", "toml::", "csv::"], &SERIALISING));
}

#[test]
fn one_module_knows_archives_one_the_database_and_one_workbooks() {
    none_of(with_words(&["zip::", "tar::", "walkdir::", "globset::"], &["archive"]));
    none_of(with_words(&["calamine::", "cfb::", "quick_xml::", "scraper::", "ssfmt::"], &["decode"]));
    none_of(with_words(&["rusqlite::"], &["register"]));
    none_of(with_words(&["rust_xlsxwriter::", "parquet::"], &["emit"]));
}

#[test]
fn only_the_edges_know_the_disk() {
    none_of(with_words(&["std::fs", "fs::", "File::", "tempfile"], &ON_DISK));
}

#[test]
fn no_file_is_long() {
    let long = |source: &Source| {
        let lines = source.code().len();
        (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines of code", source.path.display()))
    };
    none_of(sources().iter().filter_map(long).collect());
}

#[test]
fn every_file_says_what_it_is_and_every_stage_what_it_never_does() {
    let mut faults = Vec::new();
    for source in sources() {
        let doc = source.doc();
        let top = SAYS_NEVER.contains(&source.top()) && source.module.len() == 1;
        if doc.trim().is_empty() {
            faults.push(format!("{} has no words at the top", source.path.display()));
        } else if top && !doc.to_lowercase().contains("never") {
            faults.push(format!("{} does not say what it never does", source.path.display()));
        }
    }
    none_of(faults);
}

#[test]
fn nothing_in_the_program_gives_up_or_prints_past_its_edge() {
    let words = [
        "unwrap()",
        ".expect(",
        "panic!",
        "todo!",
        "unimplemented!",
        "unreachable!",
        "println!",
        "print!(",
        "dbg!",
    ];
    none_of(with_words(&words, &[]));
}

#[test]
fn dictionaries_are_sorted_composed_and_clean() {
    let mut faults = Vec::new();
    for path in files(&root().join("dictionaries"), false) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fault = |what: String| faults.push(format!("{name}: {what}"));
        if !text.chars().eq(text.nfc()) {
            fault("is not composed (NFC)".to_owned());
        }
        if text.contains('\r') || !text.ends_with('\n') || text.ends_with("\n\n") {
            fault("does not end its lines as it should".to_owned());
        }
        if let Some(line) = text.lines().find(|line| line.ends_with([' ', '\t', '\u{a0}'])) {
            fault(format!("white space at the end of «{line}»"));
        }
        let keys: Vec<&str> = if name.ends_with(".toml") {
            text.lines().filter_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"')).collect()
        } else if name.ends_with(".tsv") || name.ends_with(".dic") {
            text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
        } else {
            Vec::new()
        };
        for pair in keys.windows(2).filter(|pair| pair[0] >= pair[1]) {
            fault(format!("«{}» stands before «{}»", pair[0], pair[1]));
        }
    }
    none_of(faults);
}

#[test]
fn every_table_says_where_its_rows_are_from() {
    let tables = files(&root().join("dictionaries"), false);
    let mut faults = Vec::new();
    for path in tables.iter().filter(|path| path.extension().is_some_and(|own| own == "tsv")) {
        let text = std::fs::read_to_string(path).unwrap();
        let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        if !head.contains("Source") {
            faults.push(format!("{} names no source", path.display()));
        }
    }
    none_of(faults);
}

#[test]
fn nothing_stray_stands_at_the_top() {
    let known: Vec<&str> = TOP_LEVEL.split_whitespace().collect();
    let names = std::fs::read_dir(root()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    none_of(names.filter(|name| !known.contains(&name.as_str())).collect());
}

/// The names under `[dependencies]`.
fn dependencies() -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    manifest["dependencies"].as_table().unwrap().keys().cloned().collect()
}

#[test]
fn every_dependency_is_used() {
    let sources = sources();
    let used = |name: &String| {
        let path = format!("{}::", name.replace('-', "_"));
        sources.iter().any(|source| source.code().iter().any(|line| line.contains(&path)))
    };
    none_of(dependencies().into_iter().filter(|name| !used(name)).collect());
}

#[test]
fn every_dependency_has_its_reason_in_the_architecture() {
    let path = root().join("ARCHITECTURE.md");
    let architecture = std::fs::read_to_string(&path).expect("ARCHITECTURE.md names the dependencies");
    let named = |name: &String| architecture.contains(&format!("`{name}`"));
    none_of(dependencies().into_iter().filter(|name| !named(name)).collect());
}
