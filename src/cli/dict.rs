//! `svod dict`: for the person who keeps the dictionary of bodies. Never changes a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{Dict, DictCommand};
use super::{complain, prepare, print};
use crate::dictionaries::{Dictionaries, Example, Registry, TokenKind, Tokens, folded_stem, transliterate};
use crate::emit::{Mentioned, mentioned};
use crate::error::{Error, Result};
use crate::link::{Candidate, Setting, candidates, of_body};
use crate::notation;
use crate::plan::{ExecutorKind, Period, Term};

/// So many candidates are shown.
const SHOWN: usize = 5;

/// Runs one of the tools.
pub(super) fn run(args: &Dict) -> Result<ExitCode> {
    match &args.command {
        DictCommand::Check { directory } => check(directory),
        DictCommand::Find { text, region, period, reading } => {
            let registry = prepare(reading)?.registry;
            find(text, &setting(region.as_deref(), period.as_deref(), &registry)?, &registry)
        }
        DictCommand::Suggest { results, reading } => suggest(results, &prepare(reading)?.registry),
        DictCommand::Try { bodies, results, reading } => {
            let old = prepare(reading)?;
            let new = Dictionaries::with_bodies(reading.dictionaries.as_deref(), bodies)?;
            changes(&old.registry, &new.registry, results)
        }
    }
}

/// Loads the folder's files over the built-in ones and holds the rules to their examples.
fn check(directory: &Path) -> Result<ExitCode> {
    let dictionaries = Dictionaries::with_directory(directory)?;
    let mut faults = dictionaries.faults();
    faults.extend(deadline_faults(&dictionaries)?);
    for fault in &faults {
        complain(&format!("{}: {fault}", directory.display()));
    }
    if !faults.is_empty() {
        return Ok(ExitCode::from(2));
    }
    print(&format!("{}: no fault\n", directory.display()))
}

/// What the rules of terms say and do not do.
fn deadline_faults(dictionaries: &Dictionaries) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for rule in dictionaries.phrases.deadlines.iter() {
        for example in &rule.reads {
            let Example::Valued(parts) = example else {
                faults.push(format!("deadlines.toml: {} has an example without a value", rule.id));
                continue;
            };
            let (words, plan, wanted) = match &parts[..] {
                [words, wanted] => (words, None, wanted),
                [words, plan, wanted] => (words, period(plan), wanted),
                _ => continue,
            };
            let found = notation(&crate::read_deadline(words, plan, dictionaries)?);
            if found != *wanted {
                faults.push(format!("deadlines.toml: {} reads «{words}» as {found}, not {wanted}", rule.id));
            }
        }
        for words in &rule.refuses {
            let read = crate::read_deadline(words, Period::year(2018), dictionaries)?;
            if read.iter().any(|deadline| deadline.term != Term::Unresolved) {
                faults.push(format!("deadlines.toml: {} refuses «{words}», which is read", rule.id));
            }
        }
    }
    Ok(faults)
}

/// «2018», «2018/2020», «2022-09-01/2023-05-31».
fn period(words: &str) -> Option<Period> {
    let (first, last) = words.split_once('/').unwrap_or((words, words));
    let part = |word: &str| match word.parse() {
        Ok(day) => Some(Period { start: day, end: day }),
        Err(_) => word.parse().ok().and_then(Period::year),
    };
    Some(Period { start: part(first)?.start, end: part(last)?.end })
}

/// What was said of the document.
fn setting(region: Option<&str>, years: Option<&str>, registry: &Registry) -> Result<Setting> {
    let known = |code: &str| {
        let unknown = || Error::usage(format!("no subject has the code «{code}»; write it as RU-TUL"));
        registry.region_of_code(code).ok_or_else(unknown)
    };
    let read = |years: &str| {
        let unread = || Error::usage(format!("«{years}» is no time; write it as 2018 or 2018/2020"));
        period(years).ok_or_else(unread)
    };
    Ok(Setting { region: region.map(known).transpose()?, period: years.map(read).transpose()? })
}

/// Prints the candidates for a name, the likeliest first.
fn find(text: &str, setting: &Setting, registry: &Registry) -> Result<ExitCode> {
    let found = candidates(text, setting, registry);
    let mut out = String::new();
    if !found.first().is_some_and(Candidate::is_accepted) {
        out.push_str("not in the dictionary");
        out.push_str(if found.is_empty() { "\n" } else { "; the nearest are\n" });
    }
    for one in found.iter().take(SHOWN) {
        let (id, name) = (registry.id(one.id), registry.name(one.id));
        out.push_str(&format!("{:.2} {id}\n     {name}\n     {}\n", one.score, one.reasons()));
        if let Some(tenure) = registry.tenure(one.id) {
            out.push_str(&format!("     called so {tenure}\n"));
        }
    }
    print(&out)
}

/// The executors of all `results` that may stand in the dictionary of bodies: institutions' quoted names do not.
fn bodies_in(results: &[PathBuf]) -> Result<Vec<Mentioned>> {
    let mut found = Vec::new();
    for path in results {
        let subject = path.display().to_string();
        let content = fs::read_to_string(path).map_err(|cause| Error::read(subject.as_str(), cause))?;
        found.extend(mentioned(&subject, &content)?);
    }
    let body = |one: &Mentioned| {
        let kinds = [ExecutorKind::Organization, ExecutorKind::Council];
        kinds.iter().any(|kind| kind.name() == one.kind) && !one.text.contains(['«', '"'])
    };
    found.retain(body);
    Ok(found)
}

/// The name of the body in an executor: a council's is that of the body it stands beside.
fn body_of(one: &Mentioned) -> &str {
    match one.text.split_once(" при ") {
        Some((_, body)) if one.kind == ExecutorKind::Council.name() => body,
        _ => &one.text,
    }
}

/// Names that are one: how each is spelled, and of which regions.
#[derive(Default)]
struct Cluster {
    spellings: BTreeMap<String, usize>,
    regions: BTreeMap<String, usize>,
    count: usize,
}

/// Names whose stems are so much alike are one, misread.
const SAME: f64 = 0.92;

/// Prints lines for `bodies.tsv`.
fn suggest(results: &[PathBuf], registry: &Registry) -> Result<ExitCode> {
    let mut clusters: BTreeMap<String, Cluster> = BTreeMap::new();
    for one in bodies_in(results)?.into_iter().filter(|one| one.entity.is_none()) {
        let name = match one.kind == ExecutorKind::Council.name() {
            // «совет при Правительстве»: the body is the Government.
            true => of_body(body_of(&one), &registry.heads),
            false => one.name.clone(),
        };
        let (stem, region) = without_region(&name, registry);
        let cluster = clusters.entry(key_of(&stem)).or_default();
        cluster.count += 1;
        *cluster.spellings.entry(stem).or_insert(0) += 1;
        if let Some(code) = region.or(one.region) {
            *cluster.regions.entry(code.trim_start_matches("RU-").to_owned()).or_insert(0) += 1;
        }
    }
    let mut sorted: Vec<(String, Cluster)> = Vec::new();
    let mut by_count: Vec<(String, Cluster)> = clusters.into_iter().collect();
    by_count.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    for (key, cluster) in by_count {
        let same = sorted.iter_mut().find(|(known, _)| {
            strsim::normalized_levenshtein(known, &key) >= SAME && digits(known) == digits(&key)
        });
        match same {
            Some((_, known)) => {
                known.count += cluster.count;
                for (code, count) in cluster.regions {
                    *known.regions.entry(code).or_insert(0) += count;
                }
            }
            None => sorted.push((key, cluster)),
        }
    }
    sorted.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    print(&sorted.iter().map(|(_, cluster)| line(cluster, registry)).collect::<String>())
}

fn digits(key: &str) -> Vec<&str> {
    key.split(' ').filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// The stems of a name: what its cases have in common.
fn key_of(name: &str) -> String {
    words(name).iter().map(|word| folded_stem(word)).collect::<Vec<_>>().join(" ")
}

fn words(name: &str) -> Vec<String> {
    let tokens = Tokens::new(name);
    let word = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind != TokenKind::Mark);
    (0..tokens.len()).filter(word).map(|at| tokens.folded(at).to_owned()).collect()
}

/// A name with {R} in the place of its region, and that region's code.
fn without_region(name: &str, registry: &Registry) -> (String, Option<String>) {
    let tokens = Tokens::new(name);
    match registry.regions_in(&tokens).first() {
        Some((region, range)) => {
            let mut stem = name.to_owned();
            stem.replace_range(tokens.bytes(range.clone()), "{R}");
            (stem, registry.region(*region).map(|entry| entry.region.code.clone()))
        }
        None => (format!("{name} {{R}}"), None),
    }
}

/// A name of fewer words says too little to be a body's of its own.
const LEAST_WORDS: usize = 2;

/// A row of `bodies.tsv` to be reviewed; as a comment where some word says that it is no body of the region.
fn line(cluster: &Cluster, registry: &Registry) -> String {
    let usual = cluster.spellings.iter().max_by_key(|&(name, count)| (*count, std::cmp::Reverse(name)));
    let name = usual.map_or("", |(name, _)| name.as_str());
    let own = words(&name.replace("{R}", ""));
    let key: Vec<String> = own.iter().map(|word| transliterate(word)).collect();
    let codes: Vec<&str> = cluster.regions.keys().map(String::as_str).collect();
    // «… по {R}» is a unit of a federal body and no genitive; «институт» alone is anybody's.
    let before = words(name.split("{R}").next().unwrap_or(""));
    let unit = before.last().is_some_and(|word| matches!(word.as_str(), "в" | "во" | "по" | "на"));
    let short = own.len() < LEAST_WORDS;
    let doubtful = codes.is_empty() || unit || short || !registry.words_of(own).levels.is_empty();
    let mark = if doubtful { "# " } else { "" };
    let seen = if cluster.count == 1 { "once".to_owned() } else { format!("{} times", cluster.count) };
    format!("{mark}{}\t{name}\t{}\tseen {seen}\n", key.join("-"), codes.join(" "))
}

/// Prints what each name is linked to with the old and with the new bodies, where that differs.
fn changes(old: &Registry, new: &Registry, results: &[PathBuf]) -> Result<ExitCode> {
    let entity = |one: &Mentioned, registry: &Registry| {
        let own = one.region.as_deref().and_then(|code| registry.region_of_code(code));
        let setting = Setting { region: own, period: one.period };
        let best = candidates(body_of(one), &setting, registry).into_iter().next()?;
        best.is_accepted().then(|| registry.id(best.id))
    };
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let (mut asked, mut changed) = (0, 0);
    for one in bodies_in(results)? {
        asked += 1;
        let (before, after) = (entity(&one, old), entity(&one, new));
        if before != after {
            changed += 1;
            let shown = |entity: Option<String>| entity.unwrap_or_else(|| "-".to_owned());
            *counts.entry((one.text, shown(before), shown(after))).or_insert(0) += 1;
        }
    }
    let mut rows: Vec<((String, String, String), usize)> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = String::new();
    for ((text, before, after), count) in rows {
        out.push_str(&format!("{count}\t{text}\t{before}\t{after}\n"));
    }
    out.push_str(&format!("{changed} of {asked} links change\n"));
    print(&out)
}
