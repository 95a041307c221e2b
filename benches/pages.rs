//! Pages a second of scans at 300 dots an inch, beside `tesseract` alone on the same files. `cargo bench --bench pages`

#![allow(clippy::expect_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use svod::dictionaries::Dictionaries;

/// Each is read so many times; the fastest run counts.
const ROUNDS: usize = 3;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scans");
    let mut files: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("the scans are there")
        .map(|entry| entry.expect("an entry").path().join("scan-300.tif"))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    if Command::new("tesseract").arg("--version").output().is_err() {
        println!("tesseract is not installed (apt install tesseract-ocr tesseract-ocr-rus)");
        return;
    }
    let dictionaries = Dictionaries::embedded().expect("the dictionaries are sound");
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("a scan");
        let document = svod::read("scan", &bytes, &dictionaries).expect("it is read");
        document.source.pages.unwrap_or(1)
    };
    let plain = |path: &PathBuf| {
        let status = Command::new("tesseract")
            .arg(path)
            .args(["stdout", "-l", "rus+eng", "tsv"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("it runs").success(), "{}", path.display());
        0
    };
    let fastest = |what: &dyn Fn(&PathBuf) -> usize| {
        let rounds = (0..ROUNDS).map(|_| {
            let begun = Instant::now();
            let pages: usize = files.iter().map(what).sum();
            (begun.elapsed().as_secs_f64(), pages)
        });
        rounds.min_by(|a, b| a.0.total_cmp(&b.0)).expect("a round")
    };
    let ((own, pages), (other, _)) = (fastest(&read), fastest(&plain));
    println!(
        "{pages} pages: svod {:.2} pages/s, tesseract alone {:.2}",
        pages as f64 / own,
        pages as f64 / other
    );
    println!("time of svod / time of tesseract: {:.2}", own / other);
}
