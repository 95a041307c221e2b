//! An archive of generated documents into a register, beside the same documents read and thrown away in the same run.
//!
//! `cargo bench --bench archive` runs everything; `-- speed` and `-- memory` run one part.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use svod::archive::{self, Filter, Limits};
use svod::batch::{self, Input};
use svod::dictionaries::Dictionaries;
use svod::import::{self, Order, Summary};
use svod::pipeline;
use svod::register::Register;
use tempfile::TempDir;

type Done<T> = Result<T, Box<dyn Error>>;

/// Documents of the main measurement.
const DOCUMENTS: usize = 10_000;
/// Documents on one thread and on all.
const FEWER: usize = 2_000;
/// Documents whose memory is compared.
const PEAKS: [usize; 2] = [1_000, 50_000];
const RUNS: usize = 3;

const EXECUTORS: [&str; 4] = [
    "Министерство культуры Тульской области",
    "Министерство здравоохранения Тульской области, администрация города Тулы",
    "Учреждения социального обслуживания",
    "Министерство труда и социальной защиты Тульской области, органы местного самоуправления (по согласованию)",
];
const TERMS: [&str; 5] = [
    "до 1 марта 2018 года",
    "IV квартал 2018 года",
    "ежеквартально",
    "в течение года",
    "II-III кварталы 2018 года",
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runs = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    let part = |runs: bool, part: fn() -> Done<()>| if runs { part() } else { Ok(()) };
    let done = match &wanted[..] {
        [part, documents] if part == "peak" => peak(documents),
        _ => part(runs("speed"), speed).and_then(|()| part(runs("memory"), memory)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A plan of `measures` measures that no other `nth` has.
fn document(nth: usize, measures: usize) -> String {
    let mut text = String::from(
        "УТВЕРЖДАЮ\nМинистр\n\nПлан\nмероприятий Тульской области на 2018 год\n\n№ п/п\tНаименование мероприятия\tСрок \
         исполнения\tОтветственные исполнители\n",
    );
    for number in 1..=measures {
        let (term, executor) =
            (TERMS[(nth + number) % TERMS.len()], EXECUTORS[(nth * 7 + number) % EXECUTORS.len()]);
        text.push_str(&format!(
            "{number}\tПроведение совещания № {nth}-{number} с руководителями подведомственных учреждений по вопросам \
             качества оказания услуг\t{term}\t{executor}\n"
        ));
    }
    text
}

/// A folder of documents, a thousand in each folder; gives their bytes.
fn make(folder: &Path, documents: usize, measures: usize) -> Done<u64> {
    let mut bytes = 0;
    for nth in 0..documents {
        let inner = folder.join(format!("{:03}", nth / 1_000));
        if nth % 1_000 == 0 {
            fs::create_dir_all(&inner)?;
        }
        let text = document(nth, measures);
        bytes += text.len() as u64;
        fs::write(inner.join(format!("{nth}.txt")), text)?;
    }
    Ok(bytes)
}

fn import(folder: &Path, out: &Path, threads: usize, dictionaries: &Dictionaries) -> Done<Summary> {
    let register = Register::create(out)?;
    let (filter, stop) = (Filter::new(&[], &[])?, AtomicBool::new(false));
    let roots = archive::roots(&[folder.to_path_buf()])?;
    let read = |name: &str, bytes: &[u8]| pipeline::read(name, bytes, dictionaries);
    let limits = Limits::default();
    let order = Order { roots: &roots, filter: &filter, limits, threads, read: &read, stop: &stop };
    let summary = import::import(order, &register, &mut |_| {})?;
    register.flatten()?;
    Ok(summary)
}

/// Reads every document and throws it away.
fn convert(folder: &Path, dictionaries: &Dictionaries) -> Done<usize> {
    let mut inputs = Vec::new();
    for inner in fs::read_dir(folder)? {
        for file in fs::read_dir(inner?.path())? {
            inputs.push(Input::File(file?.path()));
        }
    }
    let mut read = 0;
    batch::run(&inputs, dictionaries, &Limits::default(), |_, document| {
        read += usize::from(document.is_ok());
        Ok(())
    })?;
    Ok(read)
}

/// The median time of some runs, in seconds; `run` is given a folder that is not there.
fn median(mut run: impl FnMut(&Path) -> Done<()>) -> Done<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let folder = TempDir::new()?;
        let started = Instant::now();
        run(&folder.path().join("register"))?;
        times.push(started.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[RUNS / 2])
}

/// Imports beside readings, on one thread and on all, and a second run.
fn speed() -> Done<()> {
    let dictionaries = &Dictionaries::embedded()?;
    let threads = rayon::current_num_threads();
    let place = TempDir::new()?;
    let folder = place.path().join("archive");
    let bytes = make(&folder, DOCUMENTS, 8)?;
    let show = |what: &str, seconds: f64| {
        let (documents, megabytes) = (DOCUMENTS as f64 / seconds, bytes as f64 / 1e6 / seconds);
        println!("{what:<44} {seconds:>7.2} s {documents:>8.0} documents/s {megabytes:>7.2} MB/s");
    };
    println!("{DOCUMENTS} documents, {:.1} MB, {threads} threads, medians of {RUNS}", bytes as f64 / 1e6);
    let read = median(|_| convert(&folder, dictionaries).map(|_| ()))?;
    show("convert without output", read);
    let kept = median(|out| import(&folder, out, threads, dictionaries).map(|_| ()))?;
    show("import into SQLite", kept);
    println!("{:<44} {:>7.2}", "import/convert", kept / read);
    let out = place.path().join("register");
    import(&folder, &out, threads, dictionaries)?;
    let started = Instant::now();
    let again = import(&folder, &out, threads, dictionaries)?;
    show(
        &format!("again: {} unchanged, {} read", again.unchanged, again.read),
        started.elapsed().as_secs_f64(),
    );
    let fewer = place.path().join("fewer");
    make(&fewer, FEWER, 8)?;
    let alone = median(|out| import(&fewer, out, 1, dictionaries).map(|_| ()))?;
    let together = median(|out| import(&fewer, out, threads, dictionaries).map(|_| ()))?;
    let times = alone / together;
    println!(
        "{FEWER} documents: one thread {alone:.2} s, {threads} threads {together:.2} s, {times:.2} times as fast"
    );
    Ok(())
}

/// Most memory held by an import of few and of many documents, each in a process of its own.
fn memory() -> Done<()> {
    for documents in PEAKS {
        let output =
            Command::new(std::env::current_exe()?).args(["peak", &documents.to_string()]).output()?;
        print!("{}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(())
}

/// Imports `documents` documents twice and prints the most memory that this process held.
fn peak(documents: &str) -> Done<()> {
    let (documents, dictionaries) = (documents.parse()?, &Dictionaries::embedded()?);
    let place = TempDir::new()?;
    let (folder, out) = (place.path().join("archive"), place.path().join("register"));
    let bytes = make(&folder, documents, 4)?;
    let started = Instant::now();
    import(&folder, &out, rayon::current_num_threads(), dictionaries)?;
    let first = started.elapsed().as_secs_f64();
    let held = held();
    let started = Instant::now();
    let again = import(&folder, &out, rayon::current_num_threads(), dictionaries)?;
    println!(
        "{documents} documents, {:.1} MB: {first:.1} s, {held}; again {:.2} s, {} read, {}",
        bytes as f64 / 1e6,
        started.elapsed().as_secs_f64(),
        again.read,
        self::held()
    );
    Ok(())
}

fn held() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "memory unknown".to_owned(), |line| format!("{} at most", line.trim()))
}
