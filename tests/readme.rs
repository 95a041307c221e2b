//! What the README shows is what happens: every command in it is run, every column of the flat formats is in it.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use svod::emit::FIELDS;
use tempfile::TempDir;

use crate::support::root;

/// Commands of the README that are shown and not run: they build, fetch, or print what only a shell reads.
const SHOWN: &[&str] =
    &["cargo build", "cargo install", "cargo test", "cd ", "git clone ", "svod completions "];

/// A command and what the README says that it prints.
#[derive(Debug, PartialEq)]
struct Example {
    command: String,
    printed: Vec<String>,
    /// True where the last line is «…»: more is printed than is shown.
    cut: bool,
}

/// The commands in the `console` blocks of a page.
fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside && line.trim() == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            examples.push(Example { command: command.to_owned(), printed: Vec::new(), cut: false });
        } else if let Some(example) = examples.last_mut().filter(|_| inside) {
            assert!(!example.cut, "«…» is not the last line of {example:?}");
            match line.trim() {
                "…" => example.cut = true,
                _ => example.printed.push(line.trim_end().to_owned()),
            }
        }
    }
    examples
}

/// A folder with everything of the package in it, in which a command may leave files.
fn workplace() -> TempDir {
    let folder = TempDir::new().unwrap();
    for entry in std::fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        std::os::unix::fs::symlink(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

/// What a command of the README prints, standard error last; `None` where it is only shown.
fn run(command: &str, folder: &Path) -> Option<Vec<String>> {
    if SHOWN.iter().any(|shown| command.starts_with(shown)) {
        return None;
    }
    let line = command.replacen("cargo run --release -- ", "svod ", 1);
    assert!(line.contains("svod "), "the README shows «{command}», which no test knows how to run");
    let mut path = OsString::from(Path::new(env!("CARGO_BIN_EXE_svod")).parent().unwrap());
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(folder).env("PATH", path).stdin(Stdio::null());
    let output = shell.output().unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.code() != Some(127) && !printed.contains("panicked"), "«{command}»: {printed}");
    Some(printed.lines().map(|line| line.trim_end().to_owned()).collect())
}

/// What the README says of an example that is not so.
fn wrong(example: &Example, folder: &Path) -> Option<String> {
    let printed = run(&example.command, folder)?;
    let right = if example.cut {
        printed.len() > example.printed.len() && printed.starts_with(&example.printed)
    } else {
        printed == example.printed
    };
    let told = || format!("$ {}\n{}\n", example.command, printed.join("\n"));
    (!right).then(told)
}

fn readme() -> String {
    let path = root().join("README.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_command_of_the_readme_prints_what_stands_under_it() {
    let examples = examples(&readme());
    let ran = examples.iter().filter(|one| !SHOWN.iter().any(|shown| one.command.starts_with(shown)));
    assert!(ran.count() > 0, "README.md has no console block with a command that can be run");
    let folder = workplace();
    let wrong: Vec<String> = examples.iter().filter_map(|example| wrong(example, folder.path())).collect();
    assert!(wrong.is_empty(), "README.md shows something else than is printed:\n\n{}", wrong.join("\n"));
}

/// The lines of the `sql` block: each question and its answer's SQL.
fn questions() -> Vec<(String, String)> {
    let readme = readme();
    let block =
        readme.split_once("```sql\n").expect("README.md has no sql block").1.split_once("```").unwrap().0;
    let lines: Vec<&str> = block.lines().collect();
    let pair = |pair: &[&str]| (pair[0].strip_prefix("-- ").unwrap().to_owned(), pair[1].to_owned());
    lines.chunks(2).map(pair).collect()
}

#[test]
fn each_of_the_ten_questions_is_a_line_and_answered() {
    let place = crate::register::Place::new();
    let today = place.path("clock");
    let soon = crate::register::ask(&today, "SELECT strftime('%d.%m.%Y', 'now', '+10 days')")[0][0].clone();
    for fixture in ["kaluga-2018-order", "tula-2018-outreach"] {
        let text = std::fs::read(root().join("fixtures").join(fixture).join("input.txt")).unwrap();
        place.put(&format!("{fixture}.txt"), text);
    }
    place.put("soon.txt", crate::support::plan_with(&soon, "Министерство культуры"));
    place.put("open.txt", crate::support::plan_with("", "Министерство здравоохранения"));
    place.put("scan.pdf", b"GIF89a");
    place.import(&[]);
    let questions = questions();
    assert_eq!(questions.len(), 10);
    let answers: Vec<Vec<Vec<String>>> = questions.iter().map(|(_, sql)| place.ask(sql)).collect();
    for ((question, _), answer) in questions.iter().zip(&answers) {
        assert!(!answer.is_empty(), "nothing is answered to «{question}»");
    }
    let of = |nth: usize, column: usize| {
        answers[nth].iter().map(|row| row[column].as_str()).collect::<Vec<&str>>()
    };
    assert_eq!(of(0, 2), ["Размещение сведений на сайте"]);
    assert!(of(1, 0).iter().all(|day| ("2018-04-01"..="2018-06-30").contains(day)), "{:?}", answers[1]);
    let ministry =
        answers[2].iter().find(|row| row[0] == "Министерство труда и социальной защиты Тульской области");
    assert_eq!(answers[3].len().to_string(), ministry.unwrap()[1], "two ways to count one body's measures");
    let load: Vec<usize> = of(2, 1).iter().map(|measures| measures.parse().unwrap()).collect();
    assert!(load.is_sorted_by(|one, next| one >= next) && load[0] > 1, "{load:?}");
    assert_eq!(of(4, 0), ["archive/open.txt"]);
    assert_eq!(
        answers[5].concat(),
        ["Калужская область", "2018", "1", "10", "Тульская область", "2018", "3", "13"]
    );
    assert!(of(6, 2).is_sorted_by_key(|confidence| (confidence.parse::<f64>().unwrap() * 1e6) as u64));
    assert!(of(7, 2).iter().any(|text| text.contains("официальном сайте министерства")), "{:?}", answers[7]);
    assert_eq!(of(8, 1), ["needs-converter"]);
    assert!(answers[9].iter().any(|row| row[..2] == ["Туя ьской", "Тульской"]), "{:?}", answers[9]);
}

/// The columns of the flat formats as the README has them.
fn fields() -> String {
    let row = |name: &str, meaning: &str| format!("| `{name}` | {meaning} |\n");
    let rows: String = FIELDS.iter().map(|field| row(field.name, field.meaning)).collect();
    format!("| column | meaning |\n|---|---|\n{rows}")
}

#[test]
fn every_column_of_the_flat_formats_stands_in_the_readme() {
    let readme = readme();
    let after = readme.split_once("<!-- fields -->").expect("README.md has no <!-- fields -->").1;
    let table = after.split_once("<!-- /fields -->").expect("README.md has no <!-- /fields -->").0;
    assert_eq!(table.trim(), fields().trim(), "put this between the marks:\n\n{}", fields());
}

#[test]
fn examples_are_found_in_console_blocks_only() {
    let page =
        "$ svod no\n```sh\n$ svod no\n```\n```console\n$ svod a\none\n\ntwo  \n$ svod b\n…\n```\ntext\n";
    let example = |command: &str, printed: &[&str], cut| Example {
        command: command.to_owned(),
        printed: printed.iter().map(|line| (*line).to_owned()).collect(),
        cut,
    };
    let wanted = [example("svod a", &["one", "", "two"], false), example("svod b", &[], true)];
    assert_eq!(examples(page), wanted);
}

#[test]
fn an_example_that_is_not_so_is_noticed() {
    let folder = workplace();
    let term = "«IV квартал»\n  interval 2018-10-01/2018-12-31 ~\n  deadline.quarters";
    let page = |command: &str, printed: &str| format!("```console\n$ {command}\n{printed}\n```\n");
    let is_right = |command: &str, printed: &str| {
        examples(&page(command, printed)).iter().all(|example| wrong(example, folder.path()).is_none())
    };
    let command = "svod deadline \"IV квартал\" --period 2018";
    assert!(is_right(command, term));
    assert!(is_right(&command.replace("svod", "cargo run --release -- "), term));
    assert!(is_right(command, "«IV квартал»\n…"));
    assert!(!is_right(command, "«III квартал»\n…"));
    assert!(!is_right(command, "«IV квартал»"));
    assert!(!is_right(command, &format!("{term}\n…")));
    let piped = "svod convert - < fixtures/tula-2018-outreach/input.txt | head -n 2";
    assert!(is_right(piped, "{\n  \"schema\": \"svod.document/1\","));
    assert!(is_right("svod completions fish", "what no test looks at"));
}
