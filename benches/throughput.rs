//! Bytes per second of every stage and of the whole, beside a floor on the same data in the same run.
//!
//! The floor is what any program has to do that reads text and writes JSON: check the UTF-8, check that it is in NFC,
//! write every line as a JSON string. Quote the ratio whole/floor, not the seconds: machines differ, and are noisy.
//!
//! `cargo bench --bench throughput` runs everything; `-- fixtures`, `-- large` and `-- clean` run one part. The clean part
//! reads text without damage on one thread: what a word costs that nothing is wrong with.

#![allow(clippy::print_stdout)]

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use svod::Result;
use svod::dictionaries::Dictionaries;
use svod::emit;
use svod::pipeline::{self, Stage};
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Runs of each measurement; the median is printed.
const RUNS: usize = 9;
const LARGE_RUNS: usize = 3;

/// Size of the concatenation, in bytes.
const LARGE: usize = 50 << 20;

const STAGES: [Stage; 5] = [Stage::Decode, Stage::Normalise, Stage::Tabulate, Stage::Extract, Stage::Link];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runs = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    match benches(runs("fixtures"), runs("large"), runs("clean")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn benches(fixtures: bool, large: bool, clean: bool) -> Result<()> {
    let started = Instant::now();
    let dictionaries = Dictionaries::embedded()?;
    println!("dictionaries loaded in {:.1} ms", milliseconds(started.elapsed()));
    let inputs = inputs(Path::new("fixtures"));
    println!(
        "{:<28} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "MB/s", "decode", "normalise", "tabulate", "extract", "link", "emit", "whole", "floor", "ratio"
    );
    if fixtures {
        for (name, bytes) in &inputs {
            measure(name, bytes, &dictionaries, RUNS)?;
        }
    }
    if large {
        let mut concatenation: Vec<u8> = Vec::with_capacity(LARGE + (1 << 20));
        while concatenation.len() < LARGE {
            for (_, bytes) in &inputs {
                concatenation.extend_from_slice(bytes);
                concatenation.push(b'\n');
            }
        }
        measure("50 MB of them", &concatenation, &dictionaries, LARGE_RUNS)?;
    }
    if clean {
        let text = clean_text()?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let measured =
            pool.map(|pool| pool.install(|| measure("clean, one thread", &text, &dictionaries, RUNS)));
        measured.unwrap_or(Ok(()))?;
    }
    Ok(())
}

fn inputs(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut inputs: Vec<(String, Vec<u8>)> = fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let bytes = fs::read(entry.path().join("input.txt")).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), bytes))
        })
        .collect();
    inputs.sort();
    inputs
}

/// Size of the clean text, in bytes.
const CLEAN: usize = 8 << 20;

/// The words of the invented fixtures' gold, over and over.
fn clean_text() -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let fixtures = svod::eval::fixtures(Path::new("fixtures/invented"))?;
    while text.len() < CLEAN {
        for fixture in &fixtures {
            text.extend_from_slice(svod::eval::repair::words_of(fixture).as_bytes());
        }
    }
    Ok(text)
}

/// Times every stage of `runs` runs and prints the medians.
fn measure(name: &str, bytes: &[u8], dictionaries: &Dictionaries, runs: usize) -> Result<()> {
    let mut stages: Vec<Vec<Duration>> = vec![Vec::new(); STAGES.len()];
    let (mut emitted, mut wholes, mut floors) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let started = Instant::now();
        let mut last = started;
        let trace = pipeline::observe(name, bytes, dictionaries, |stage| {
            let now = Instant::now();
            if let Some(nth) = STAGES.iter().position(|known| *known == stage) {
                stages[nth].push(now - last);
            }
            last = now;
        })?;
        let mut out = Vec::new();
        emit::json_line(&emit::document(&trace), &mut out)?;
        emitted.push(last.elapsed());
        wholes.push(started.elapsed());
        drop(trace);
        let started = Instant::now();
        std::hint::black_box(floor(bytes));
        floors.push(started.elapsed());
    }
    let speed = |times: &mut Vec<Duration>| bytes.len() as f64 / 1e6 / median(times).as_secs_f64().max(1e-9);
    print!("{name:<28}");
    for times in &mut stages {
        print!(" {:>9.1}", speed(times));
    }
    let (emit, whole, floor) = (speed(&mut emitted), speed(&mut wholes), speed(&mut floors));
    println!(" {emit:>9.1} {whole:>9.2} {floor:>9.1} {:>9.1}", floor / whole);
    Ok(())
}

/// What has to be done by anyone: check, and write.
fn floor(bytes: &[u8]) -> usize {
    let Ok(string) = std::str::from_utf8(bytes) else { return 0 };
    let normal = is_nfc_quick(string.chars()) == IsNormalized::Yes;
    let mut out = Vec::with_capacity(bytes.len());
    for line in string.lines() {
        let _ = serde_json::to_writer(&mut out, line);
    }
    out.len() + usize::from(normal)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
