//! Documents that no one would write, each at two sizes: twice as much of it may take 2.3 times as long, never more.
//!
//! `cargo bench --bench malformed` prints a line for each kind: its size, the time for it, how many times as long the
//! double takes, and which stage grew the most; it fails where one is above the limit. `-- WORD` runs the kinds whose
//! names hold the word. The times are those that one thread had on a processor (Linux; elsewhere those of the clock), the
//! least of some runs, since other work only ever adds to them.

#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use svod::Result;
use svod::dictionaries::Dictionaries;
use svod::emit;
use svod::pipeline::{self, Stage};

/// Twice as much may take so many times as long.
const LIMIT: f64 = 2.3;

/// Runs of each size; one that seems above the limit is measured again so many times before it is believed.
const RUNS: usize = 3;
const RETRIES: usize = 3;

/// The smaller size is raised until it takes so long: below it, other costs hide how work grows.
const LEAST_TIME: Duration = Duration::from_millis(60);
const LARGEST: usize = 8 << 20;

const STAGES: [(Stage, &str); 5] = [
    (Stage::Decode, "decode"),
    (Stage::Normalise, "normalise"),
    (Stage::Tabulate, "tabulate"),
    (Stage::Extract, "extract"),
    (Stage::Link, "link"),
];

const TABS: &str = "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n";
const PIPES: &str = "| № п/п | Мероприятие | Срок исполнения | Исполнитель |\n";
const STACK: &str = "№ п/п |\nМероприятие |\nСрок исполнения |\nИсполнитель |\n";
const SPACED: &str = "№ п/п   Мероприятие                  Срок исполнения   Исполнитель\n";
const FLOW: &str = "№ п/п Мероприятие Срок исполнения Исполнитель\n";

const ONE_ROW: &str = "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n\
    1\tПровести совещание\tI квартал 2020 года\tМинистерство культуры\n";

/// A kind: its name, what stands once, what is repeated (`{}` is how often it was before), what ends it.
struct Kind(&'static str, &'static str, &'static str, &'static str);

const KINDS: &[Kind] = &[
    Kind("tabs on a line", "", "\t", "\n"),
    Kind("tabs on a line under a heading", TABS, "\t", "\n"),
    Kind("lines of one tab", TABS, "\t\n", ""),
    Kind("one line of words", "", "Проведение совещания ", "\n"),
    Kind(
        "one line of rows",
        FLOW,
        "{}. Провести совещание до 1 марта 2020 года Министерство культуры ",
        "\n",
    ),
    Kind("one line of letters", "", "щ", "\n"),
    Kind("one line of spaced letters", "", "П р о в е с т и ", "\n"),
    Kind("one line of digits", "", "1.", "\n"),
    Kind("box that is never closed", "┌───┬───┐\n", "│ Провести │ совещание\n├──\n", ""),
    Kind("box corners", "", "┌┬├┼└┘", "\n"),
    Kind(
        "box of crooked rows",
        "│№ п/п│Мероприятие│Срок исполнения│Исполнитель│\n",
        "││{}│Провести\n│───┼\n",
        "",
    ),
    Kind(
        "box drawn by signs",
        "---T---¬\n¦№ п/п¦Мероприятие¦Срок исполнения¦Исполнитель¦\n",
        "¦ ¦Провести ¦ ¦\n+--\n",
        "",
    ),
    Kind(
        "columns",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель",
        "\tПримечание",
        "\n1\tПровести\tмарт\tШкола\n",
    ),
    Kind(
        "columns of pipes",
        "| № п/п | Мероприятие | Срок исполнения | Исполнитель |",
        " a |",
        "\n| 1 | Провести | март | Школа |\n",
    ),
    Kind("columns held by spaces", SPACED, "1   ", "\n"),
    Kind("cells of a row", TABS, "Провести\t", "\n"),
    Kind(
        "long measure",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\t",
        "Провести совещание ",
        "\tмарт\tШкола\n",
    ),
    Kind(
        "long term",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\t",
        "до 1 марта 2020 года, ",
        "\tШкола\n",
    ),
    Kind(
        "long term of words",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\t",
        "после совещания ",
        "\tШкола\n",
    ),
    Kind(
        "long list of names",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "Министерство культуры, ",
        "\n",
    ),
    Kind(
        "long name",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "министерство культуры области ",
        "\n",
    ),
    Kind(
        "list of persons",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "Иванов И.И. ",
        "\n",
    ),
    Kind("measure of many lines", ONE_ROW, "\tи совещание\t\t\n", ""),
    Kind("term of many lines", ONE_ROW, "\t\tдо 1 мая\t\n", ""),
    Kind("names of many lines", ONE_ROW, "\t\t\tАдминистрация города\n", ""),
    Kind(
        "box cell of many lines",
        "│№ п/п│Мероприятие│Срок исполнения│Исполнитель│\n├──┼──┼──┼──┤\n",
        "│  │и совещание-│май│школа│\n",
        "",
    ),
    Kind("hyphens at line ends", ONE_ROW, "\tсовеща-\t\t\n\tние\t\t\n", ""),
    Kind("opening quotation marks", ONE_ROW, "«", "\n"),
    Kind(
        "quotation marks in names",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "«Школа ",
        "\n",
    ),
    Kind(
        "straight quotation marks",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "\"Школа ",
        "\n",
    ),
    Kind(
        "doubled angle signs",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "<< Школа ",
        "\n",
    ),
    Kind(
        "brackets",
        "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n1\tПровести\tмарт\t",
        "(Школа ",
        "\n",
    ),
    Kind("pipes on a line", PIPES, "|", "\n"),
    Kind("lines of one pipe", STACK, "|\n", ""),
    Kind("cells ended by pipes", STACK, "Провести |\n", ""),
    Kind("lines that end inside pipes", PIPES, "| Провести\n", ""),
    Kind("rules of Markdown", PIPES, "|---|---|---|---|\n", ""),
    Kind("section rows of tabs", TABS, "II. Раздел\t\t\t\n", ""),
    Kind("section rows without numerals", TABS, "Раздел о школах\t\t\t\n", ""),
    Kind("numbered section rows", TABS, "{}. Раздел о школах\t\t\t\n", ""),
    Kind("plain section rows", PIPES, "Раздел о школах\n", ""),
    Kind(
        "section rows of a box",
        "│№ п/п│Мероприятие│Срок исполнения│Исполнитель│\n├──┼──┼──┼──┤\n",
        "│Раздел о школах │\n├──┼──┼──┼──┤\n",
        "",
    ),
    Kind("plain section lines", FLOW, "II. Раздел\n\n", ""),
    Kind("page breaks", TABS, "1\tПровести\tмарт\tШкола\n\u{c}", ""),
    Kind("page breaks in plain lines", FLOW, "1. Провести март Школа\n\u{c}", ""),
    Kind(
        "page breaks in columns",
        SPACED,
        "1       Провести                     март              Школа\n\u{c}",
        "",
    ),
    Kind("empty pages", TABS, "\u{c}", ""),
    Kind("headings", "", "№ п/п\tМероприятие\tСрок исполнения\tИсполнитель\n", ""),
    Kind("headings of plain lines", "", "№ п/п Мероприятие Срок исполнения Исполнитель\n", ""),
    Kind("titles and headings", "", "План мероприятий\nМероприятие\tСрок исполнения\tИсполнитель\n", ""),
    Kind("titles", "", "ПЛАН\nмероприятий на 2020 год\n", ""),
    Kind(
        "numbered plain lines",
        FLOW,
        "{}. Провести совещание до 1 марта 2020 года Министерство культуры\n",
        "",
    ),
    Kind("plain lines of one number", FLOW, "1. Провести совещание\n", ""),
    Kind("bare numbers", FLOW, "{}\n\n", ""),
    Kind("plain lines of a row", FLOW, "и провести совещание\n", ""),
    Kind("plain lines of terms", FLOW, "до 1 марта 2020 года\n", ""),
    Kind(
        "cells parted by empty lines",
        "№ п/п\n\nМероприятие\n\nСрок исполнения\n\nИсполнитель\n\n",
        "{}\n\nПровести совещание\n\nмарт\n\nШкола\n\n",
        "",
    ),
    Kind(
        "cells parted by empty lines, no numbers",
        "Мероприятие\n\nСрок исполнения\n\nИсполнитель\n\n",
        "Провести совещание\n\n",
        "",
    ),
    Kind(
        "cells on tab-indented lines",
        "\t№ п/п\n\tМероприятие\n\tСрок исполнения\n\tИсполнитель\n",
        "\t{}.\n\tПровести\n\tмарт\n\tШкола\n",
        "",
    ),
    Kind(
        "rows held by spaces",
        SPACED,
        "{}       Провести                     март              Школа\n",
        "",
    ),
    Kind("lines held by spaces", SPACED, "        и совещание                  \n", ""),
    Kind("empty lines", TABS, "\n", ""),
    Kind("totals", TABS, "Итого\t100\t\t\n", ""),
    Kind("names of signatures", ONE_ROW, "Министр\t\t\t\n", ""),
    Kind("misread words", TABS, "1\tПроведсние совещанпя\tмapт\tМинпстерство кyльтуры\n", ""),
    Kind("words that fell apart", "", "Про ведение сове щания ", "\n"),
    Kind("definitions", "", "министерство культуры (далее – Минкультуры) ", "\n"),
    Kind("order before a plan", "", "В соответствии с указом приказываю:\n1. Утвердить план.\n", ""),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runs = |kind: &&Kind| wanted.is_empty() || wanted.iter().any(|word| kind.0.contains(word.as_str()));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let measured = pool.map(|pool| pool.install(|| all(KINDS.iter().filter(runs))));
    match measured {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::FAILURE,
        Ok(Err(error)) => {
            println!("{error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures `kinds`; true if none is above the limit.
fn all<'k>(kinds: impl Iterator<Item = &'k Kind>) -> Result<bool> {
    let dictionaries = Dictionaries::embedded()?;
    println!("{:<44} {:>9} {:>9} {:>7}  {:>7}", "", "KB", "ms", "twice", "stage");
    let mut within = true;
    for kind in kinds {
        within &= measure(kind, &dictionaries)? <= LIMIT;
    }
    Ok(within)
}

/// The text of `kind`, of about so many bytes.
fn text(kind: &Kind, bytes: usize) -> String {
    let mut text = kind.1.to_owned();
    let mut nth = 0;
    while text.len() < bytes {
        nth += 1;
        text.push_str(&kind.2.replace("{}", &(nth % 1000).to_string()));
    }
    text.push_str(kind.3);
    text
}

/// Prints how `kind` grows, and gives it back.
fn measure(kind: &Kind, dictionaries: &Dictionaries) -> Result<f64> {
    let mut size = 8 << 10;
    while size < LARGEST && times(&text(kind, size), dictionaries)?[STAGES.len()] < LEAST_TIME {
        size *= 2;
    }
    let (one, two) = (text(kind, size), text(kind, 2 * size));
    let (mut least, mut double) = (least(&one, dictionaries)?, least(&two, dictionaries)?);
    for _ in 0..RETRIES {
        if ratio(least[STAGES.len()], double[STAGES.len()]) <= LIMIT {
            break;
        }
        for (all, text) in [(&mut least, &one), (&mut double, &two)] {
            for (least, time) in all.iter_mut().zip(self::least(text, dictionaries)?) {
                *least = time.min(*least);
            }
        }
    }
    let grown = ratio(least[STAGES.len()], double[STAGES.len()]);
    let grew = |nth: &usize| double[*nth].saturating_sub(least[*nth]);
    let worst = (0..STAGES.len()).max_by_key(grew).unwrap_or(0);
    println!(
        "{:<44} {:>9} {:>9.1} {grown:>7.2}  {:>7.2} {}{}",
        kind.0,
        size >> 10,
        least[STAGES.len()].as_secs_f64() * 1e3,
        ratio(least[worst], double[worst]),
        STAGES[worst].1,
        if grown > LIMIT { "  ABOVE THE LIMIT" } else { "" }
    );
    Ok(grown)
}

fn ratio(one: Duration, two: Duration) -> f64 {
    two.as_secs_f64() / one.as_secs_f64().max(1e-9)
}

/// The least times of some runs.
fn least(text: &str, dictionaries: &Dictionaries) -> Result<Vec<Duration>> {
    let mut least = times(text, dictionaries)?;
    for _ in 1..RUNS {
        for (least, time) in least.iter_mut().zip(times(text, dictionaries)?) {
            *least = time.min(*least);
        }
    }
    Ok(least)
}

/// The time of each stage, and of all of it with what is written.
fn times(text: &str, dictionaries: &Dictionaries) -> Result<Vec<Duration>> {
    let clock = Instant::now();
    let started = worked(clock);
    let mut last = started;
    let mut times = Vec::with_capacity(STAGES.len() + 1);
    let trace = pipeline::observe("malformed", text.as_bytes(), dictionaries, |_| {
        let now = worked(clock);
        times.push(now.saturating_sub(last));
        last = now;
    })?;
    let mut out = Vec::new();
    emit::json_line(&emit::document(&trace), &mut out)?;
    times.push(worked(clock).saturating_sub(started));
    Ok(times)
}

/// How long this thread has worked; where no one counts it, how long ago `clock` was.
fn worked(clock: Instant) -> Duration {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|counted| counted.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| clock.elapsed(), Duration::from_nanos)
}
