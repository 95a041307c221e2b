//! Bytes per second of every stage and of the whole, beside a floor on the same data in the same run.
//!
//! The floor is what any program has to do that reads text and writes JSON: check the UTF-8, check that it is in NFC,
//! write every line as a JSON string. Quote the ratio whole/floor, not the seconds: machines differ, and are noisy.
//!
//! `cargo bench --bench throughput` runs everything; `-- fixtures`, `-- cells`, `-- large` and `-- clean` run one part. The
//! clean part reads text without damage on one thread: what a word costs that nothing is wrong with. `cells` is the time of
//! one deadline cell: the median over the cells of all fixtures, beside a floor that looks at every letter of them.

#![allow(clippy::print_stdout)]

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use svod::Result;
use svod::dictionaries::Dictionaries;
use svod::emit;
use svod::pipeline::{self, Stage};
use svod::plan::Period;
use svod::text::Text;
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
    match benches(runs("fixtures"), runs("cells"), runs("large"), runs("clean")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn benches(fixtures: bool, cells: bool, large: bool, clean: bool) -> Result<()> {
    let started = Instant::now();
    let dictionaries = Dictionaries::embedded()?;
    println!("dictionaries loaded in {:.1} ms", milliseconds(started.elapsed()));
    if cells {
        time_cells(&dictionaries)?;
    }
    if !fixtures && !large && !clean {
        return Ok(());
    }
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

/// Times of reading one cell so many times.
const CELL_RUNS: u32 = 200;

/// Prints the median time of one deadline cell over all cells of the fixtures, of a tenth of them, and of a megabyte in one.
fn time_cells(dictionaries: &Dictionaries) -> Result<()> {
    let mut cells: Vec<(Vec<Text>, Option<Period>)> = Vec::new();
    for directory in ["fixtures", "fixtures/invented"] {
        for (name, bytes) in inputs(Path::new(directory)) {
            for plan in svod::trace(&name, &bytes, dictionaries)?.plans {
                let terms = plan.measures.iter().flat_map(|measure| &measure.deadlines);
                let period = plan.period.as_ref().map(|found| found.value);
                cells.extend(terms.map(|term| (vec![term.text.clone()], period)));
            }
        }
    }
    let mut times: Vec<Duration> =
        cells.iter().map(|(lines, period)| time_cell(lines, *period, dictionaries)).collect();
    let slow = times.len() * 9 / 10;
    let mid = median(&mut times);
    let letters: usize = cells.iter().map(|(lines, _)| lines[0].as_str().chars().count()).sum();
    let started = Instant::now();
    for _ in 0..CELL_RUNS {
        for (lines, _) in &cells {
            std::hint::black_box(lines[0].as_str().chars().filter(|letter| letter.is_alphabetic()).count());
        }
    }
    let floor = started.elapsed() / CELL_RUNS / u32::try_from(cells.len()).unwrap_or(1).max(1);
    println!(
        "one of {} deadline cells, {} letters in the mean: median {} ns, nine in ten under {} ns, floor {} ns",
        cells.len(),
        letters / cells.len().max(1),
        mid.as_nanos(),
        times.get(slow).map_or(0, Duration::as_nanos),
        floor.as_nanos()
    );
    let long = LONG_CELL.repeat((1 << 20) / LONG_CELL.len());
    let started = Instant::now();
    let terms = svod::read_deadline(&long, Period::year(2018), dictionaries)?.len();
    println!("one cell of a megabyte, {terms} terms: {:.0} ms", milliseconds(started.elapsed()));
    Ok(())
}

/// What a cell is filled with that must not take quadratic time.
const LONG_CELL: &str = "1 2 3 квартал , ";

fn time_cell(lines: &[Text], period: Option<Period>, dictionaries: &Dictionaries) -> Duration {
    let started = Instant::now();
    for _ in 0..CELL_RUNS {
        std::hint::black_box(svod::read_cell(lines, period, dictionaries));
    }
    started.elapsed() / CELL_RUNS
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
