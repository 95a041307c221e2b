//! What the tests of archives share: packed files made by hand, plans that differ, a register asked in SQL.

use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use crate::cli::{Ran, command, finished};

/// A plan of one measure that no other `nth` has.
pub fn plan(nth: usize) -> String {
    format!(
        "План\nмероприятий Тульской области на 2018 год\n\n№ п/п\tНаименование мероприятия\tСрок исполнения\t\
         Ответственные исполнители\n1\tРазмещение сведений номер {nth} на сайте\tдо {} марта 2018 года\t\
         Министерство культуры Тульской области\n",
        nth % 28 + 1
    )
}

/// A plan of `measures` measures.
pub fn long_plan(nth: usize, measures: usize) -> String {
    let mut plan = plan(nth);
    for number in 2..=measures {
        plan.push_str(&format!(
            "{number}\tПроведение совещания {nth}.{number} с учреждениями\tIV квартал 2018 года\tМинистерство \
             здравоохранения Тульской области, администрация города Тулы\n"
        ));
    }
    plan
}

/// A ZIP archive with these members.
pub fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in members {
        writer.start_file(*name, packed).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive with these members, whose names may be any bytes.
pub fn tar_of(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

/// The bytes, packed by gzip.
pub fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The bytes with `from` replaced everywhere by `to`, which is as long.
pub fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> =
        (0..=bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert!(!places.is_empty(), "nothing to patch");
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// The archive with the mark of a password on all members.
pub fn locked(archive: Vec<u8>) -> Vec<u8> {
    let mut archive = archive;
    for (mark, offset) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for at in 0..archive.len() - 4 {
            if archive[at..].starts_with(mark) {
                archive[at + offset] |= 1;
            }
        }
    }
    archive
}

/// A folder to work in: what is to be imported lies in `archive/`, the register in `register/`.
pub struct Place {
    pub folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("archive")).unwrap();
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("archive").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs svod in the folder.
    #[track_caller]
    pub fn svod(&self, words: &[&str]) -> Ran {
        finished(&command(words).current_dir(self.folder.path()).output().unwrap())
    }

    #[track_caller]
    pub fn import(&self, words: &[&str]) -> Ran {
        let mut all = vec!["import", "archive", "--out", "register"];
        all.extend(words);
        let ran = self.svod(&all);
        assert_eq!(ran.code, Some(0), "{}", ran.said);
        ran
    }

    /// An export as bytes.
    #[track_caller]
    pub fn export(&self, register: &str, words: &[&str]) -> Vec<u8> {
        let mut all = vec!["export", register, "--out", "exported", "--format"];
        all.extend(words);
        let ran = self.svod(&all);
        assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""), "{words:?}");
        let bytes = std::fs::read(self.path("exported")).unwrap();
        std::fs::remove_file(self.path("exported")).unwrap();
        bytes
    }

    /// Path and status of every input.
    pub fn statuses(&self) -> Vec<(String, String)> {
        let rows = ask(
            &self.path("register/register.sqlite"),
            "SELECT path, coalesce(status, 'NONE') FROM files ORDER BY path",
        );
        rows.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
    }

    pub fn status(&self, path: &str) -> String {
        let all = self.statuses();
        let found = all.iter().find(|(known, _)| known == path);
        found.unwrap_or_else(|| panic!("{path} is not among {all:#?}")).1.clone()
    }

    pub fn ask(&self, sql: &str) -> Vec<Vec<String>> {
        ask(&self.path("register/register.sqlite"), sql)
    }
}

/// The answer of a database, every value as text.
#[track_caller]
pub fn ask(file: &Path, sql: &str) -> Vec<Vec<String>> {
    let connection = Connection::open(file).unwrap();
    let mut sql = connection.prepare(sql).unwrap();
    let columns = sql.column_count();
    let text = |value: Value| match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    };
    let rows = sql.query_map([], |row| (0..columns).map(|at| row.get(at).map(text)).collect()).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_register_holds_what_the_document_holds() {
    let place = Place::new();
    place.put("plan.txt", long_plan(7, 3));
    place.import(&[]);
    let measures =
        place.ask("SELECT number, text, line_start, confidence > 0.5 FROM measures ORDER BY position");
    assert_eq!(measures[0], ["1", "Размещение сведений номер 7 на сайте", "5", "1"]);
    assert_eq!(measures.len(), 3);
    let terms = place.ask("SELECT kind, last_day, edtf FROM deadlines JOIN intervals ON deadline = deadlines.id ORDER BY deadlines.id");
    assert_eq!(terms[0], ["date", "2018-03-08", "../2018-03-08"]);
    assert_eq!(terms[1], ["interval", "2018-12-31", "2018-36"]);
    let executors = place.ask("SELECT DISTINCT executors.name, entities.id FROM executors LEFT JOIN entities ON entity = entities.id ORDER BY 1");
    assert_eq!(executors.len(), 3, "{executors:?}");
    assert_eq!(
        place.ask("SELECT region, year, plans, measures FROM by_region_and_year"),
        [["RU-TUL", "2018", "1", "3"]]
    );
    assert_eq!(place.ask("PRAGMA foreign_key_check"), Vec::<Vec<String>>::new());
    assert_eq!(place.ask("PRAGMA integrity_check"), [["ok"]]);
}

#[test]
fn words_are_found_folded_and_the_index_follows_what_goes() {
    let place = Place::new();
    place.put("plan.txt", plan(1).replace("Размещение", "УЧЁТ и размещение"));
    place.import(&[]);
    let found = |word: &str| {
        place.ask(&format!("SELECT count(*) FROM search WHERE search MATCH '{word}'"))[0][0].clone()
    };
    assert_eq!(
        (found("учет"), found("культуры"), found("учёт"), found("пожар")),
        ("1".into(), "1".into(), "0".into(), "0".into())
    );
    place.put("plan.txt", plan(1).replace("Размещение", "Тушение пожаров и размещение"));
    place.import(&[]);
    assert_eq!((found("учет"), found("пожаров")), ("0".into(), "1".into()));
    searchable(&place.path("register/register.sqlite"));
}

/// The index holds the words of all measures and no others.
#[track_caller]
pub fn searchable(file: &Path) {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)").unwrap();
    let counts = "SELECT (SELECT count(*) FROM search_docsize), (SELECT count(*) FROM measures)";
    let counts = &ask(file, counts)[0];
    assert_eq!(counts[0], counts[1], "measures in the index, and in the register");
}

#[test]
fn what_comes_and_goes_in_one_group_is_not_found() {
    let place = Place::new();
    // The inputs are walked as they are typed; the first path, in the order of paths, is the home in the end.
    for nth in 0..9 {
        for folder in ["z", "m", "a"] {
            let text = long_plan(nth, 3).replace('\n', if folder == "m" { "\r\n" } else { "\n" });
            std::fs::create_dir_all(place.path(folder)).unwrap();
            std::fs::write(place.path(folder).join(format!("{nth}.txt")), text).unwrap();
        }
    }
    let ran = place.svod(&["import", "z", "m", "a", "--out", "register"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    let file = place.path("register/register.sqlite");
    searchable(&file);
    let homes = "SELECT DISTINCT root FROM documents JOIN files ON files.id = file";
    assert_eq!(ask(&file, homes), [["a"]]);
    assert_eq!(ask(&file, "SELECT count(*) FROM search WHERE search MATCH 'размещение'"), [["9"]]);
    std::fs::write(place.path("a/0.txt"), long_plan(77, 2)).unwrap();
    place.svod(&["import", "z", "m", "a", "--out", "register"]);
    searchable(&file);
    place.svod(&["export", "register", "--format", "sqlite", "--out", "copy.sqlite"]);
    searchable(&place.path("copy.sqlite"));
}

#[test]
fn two_at_once_are_told_so() {
    let place = Place::new();
    place.put("plan.txt", plan(1));
    place.import(&[]);
    let _held = svod::register::Register::create(&place.path("register")).unwrap();
    let ran = place.svod(&["import", "archive", "--out", "register"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("another svod is writing this register"), "{}", ran.said);
    assert_eq!(place.svod(&["status", "register"]).code, Some(0), "reading is no writing");
}

/// Every file of a folder, and what is in it.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<_> = files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
    all.sort();
    all
}

#[test]
fn a_register_of_another_version_is_refused_before_anything_is_written() {
    let place = Place::new();
    place.put("plan.txt", plan(1));
    place.import(&[]);
    place.put("plan.txt", plan(2));
    let folder = place.path("register");
    for (version, what) in [(1, "of version 1, this svod knows 2"), (77, "of version 77"), (0, "no register")]
    {
        let connection = Connection::open(folder.join("register.sqlite")).unwrap();
        connection.execute_batch(&format!("PRAGMA user_version = {version}")).unwrap();
        connection.close().unwrap();
        std::fs::remove_file(folder.join("lock")).unwrap_or_default();
        let before = contents(&folder);
        for words in [
            &["import", "archive", "--out", "register"][..],
            &["retry", "register", "--lane", "ok"],
            &["status", "register"],
            &["report", "register", "--html", "page.html"],
            &["export", "register", "--format", "csv", "--out", "all.csv"],
        ] {
            let ran = place.svod(words);
            assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.said);
            let named = ran.said.contains("register/register.sqlite: ") && ran.said.contains(what);
            assert!(named && ran.said.contains("nothing was changed"), "{words:?}: {}", ran.said);
            assert!(contents(&folder) == before, "{words:?} changed something");
        }
        assert!(!place.path("page.html").exists() && !place.path("all.csv").exists());
    }
}

#[test]
fn what_is_no_register_is_named_with_what_to_do() {
    let place = Place::new();
    let said = place.svod(&["status", "archive"]).said;
    assert!(said.contains("archive: there is no register") && said.contains("svod import"), "{said}");
    std::fs::create_dir(place.path("other")).unwrap();
    std::fs::write(place.path("other/register.sqlite"), "this is a text, and a long one, and no database")
        .unwrap();
    let ran = place.svod(&["status", "other"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.contains("it is no register, or a damaged one"), "{}", ran.said);
    let inside = place.svod(&["import", "archive", "--out", "archive/register"]);
    assert_eq!(inside.code, Some(2));
    assert!(inside.said.contains("inside of") && !place.path("archive/register").exists(), "{}", inside.said);
}
