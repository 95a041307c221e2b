//! The ten promises of an import, each a test of its name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::cli::{command, finished};
use crate::import::{import_with, reader};
use crate::register::{Place, gzip_of, locked, long_plan, patched, plan, searchable, tar_of, zip_of};
use crate::support::{DICTIONARIES, fixture_folders};

/// A document of Word with a plan of one row.
fn word(row: &[&str]) -> Vec<u8> {
    let row_of = |texts: &[&str]| -> String {
        let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        format!("<w:tr>{}</w:tr>", texts.iter().map(cell).collect::<String>())
    };
    let heading = row_of(&["№ п/п", "Мероприятие", "Срок", "Исполнители"]);
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>План мероприятий Тульской области на 2018 год</w:t></w:r></w:p>\
         <w:tbl>{heading}{}</w:tbl></w:body></w:document>",
        row_of(row)
    );
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// Every kind of thing that lies in an archive, and how it ends.
fn mixture() -> (Place, Vec<(&'static str, &'static str)>) {
    let place = Place::new();
    let mut ends = Vec::new();
    let mut put = |name: &'static str, content: &[u8], end: &'static str| {
        place.put(name, content);
        ends.push((name, end));
    };
    put("01.txt", plan(1).as_bytes(), "ok");
    put("02.txt", "Письмо, в котором плана нет.".as_bytes(), "no-plan");
    put("03.pdf", b"GIF89a", "needs-converter");
    put("04.docx", &zip_of(&[("[Content_Types].xml", b"<x/>")]), "needs-converter");
    put("05.png", b"GIF87a", "needs-converter");
    put("06.bin", b"\x00\x01\x02\x00\x03", "unknown-format");
    put("07.txt", b"", "undecodable");
    put("08.txt", plan(1).as_bytes(), "duplicate-of");
    put("09.zip", b"PK\x03\x04 and no more", "undecodable");
    put("10.zip", &locked(zip_of(&[("a.txt", plan(2).as_bytes())])), "ok");
    put("11.zip", &zip_of(&[("a.txt", plan(3).as_bytes()), ("z.txt", &vec![b' '; 30 << 20])]), "ok");
    put("12.tgz", &gzip_of(&tar_of(&[(b"b.txt", plan(4).as_bytes()), (b"c.txt", plan(1).as_bytes())])), "ok");
    put("13.docx", &word(&["5", "Провести ярмарку", "май 2018 года", "Министерство культуры"]), "ok");
    put(
        "14.docx",
        &zip_of(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", &vec![b' '; 30 << 20])]),
        "limit:ratio",
    );
    put("15.html", "<html><body><p>Письмо без плана.</p></body></html>".as_bytes(), "no-plan");
    let inside = [
        ("10.zip!/a.txt", "password"),
        ("11.zip!/a.txt", "ok"),
        ("11.zip!/z.txt", "limit:ratio"),
        ("12.tgz!/b.txt", "ok"),
        ("12.tgz!/c.txt", "duplicate-of"),
    ];
    ends.extend(inside);
    (place, ends)
}

#[test]
fn accounting() {
    let (place, ends) = mixture();
    place.import(&[]);
    let mut wanted: Vec<(String, String)> =
        ends.iter().map(|(path, end)| (format!("archive/{path}"), (*end).to_owned())).collect();
    wanted.sort();
    assert_eq!(place.statuses(), wanted);
    let status = place.svod(&["status", "register"]);
    assert_eq!(status.code, Some(0));
    assert!(status.out.starts_with("20 in = 20 accounted for\n"), "{}", status.out);
    assert!(status.out.contains("this is a GIF image; recognise it first"), "{}", status.out);
    // A sum that does not balance is noticed: a row lost, a row without an end.
    let spoil = |sql: &str| {
        let file = place.path("register/register.sqlite");
        rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap();
        place.svod(&["status", "register"])
    };
    let lost = spoil("DELETE FROM files WHERE path LIKE '%03.pdf'");
    assert_eq!(lost.code, Some(3), "{}", lost.out);
    assert!(lost.said.contains("do not balance: 20 inputs were counted, 19 are"), "{}", lost.said);
    place.import(&[]);
    assert_eq!(spoil("UPDATE files SET status = NULL WHERE path LIKE '%03.pdf'").code, Some(3));
    let empty = Place::new();
    let ran = empty.svod(&["import", "archive", "--out", "register"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("there is no file in it"), "{}", ran.said);
    let filtered = place.svod(&["import", "archive", "--out", "other", "--exclude", "*"]);
    assert!(filtered.code == Some(2) && filtered.said.contains("left out by --include"), "{}", filtered.said);
}

/// All that an archive's register says: what an interrupted run is held to.
fn whole(place: &Place, register: &str) -> Vec<u8> {
    let mut all = place.export(register, &["csv"]);
    all.extend(place.export(register, &["jsonl"]));
    all.extend(place.export(register, &["sqlite"]));
    all.extend(place.svod(&["status", register]).out.into_bytes());
    all
}

/// Numbers without a pattern, the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// What a power cut does to a log whose end was not yet on the disk: part of it is missing, or is something else.
fn tear(register: &Path, numbers: &mut Numbers) {
    let log = register.join("register.sqlite-wal");
    let never_checkpointed =
        fs::metadata(register.join("register.sqlite")).is_ok_and(|file| file.len() <= 4096);
    let Ok(bytes) = fs::read(&log) else { return };
    let _ = fs::remove_file(register.join("register.sqlite-shm"));
    if bytes.is_empty() || !never_checkpointed {
        return;
    }
    let mut torn = bytes;
    match numbers.below(3) {
        0 => torn.truncate(torn.len() - numbers.below(torn.len() as u64) as usize),
        1 => torn.extend(vec![0xA5; numbers.below(5_000) as usize]),
        _ => {
            let from = torn.len() - (numbers.below(6_000) as usize).min(torn.len());
            torn[from..].fill(0);
        }
    }
    fs::write(&log, torn).unwrap();
}

#[test]
fn kill_at_any_moment() {
    let (place, _) = mixture();
    for nth in 100..160 {
        place.put(&format!("folder/{nth}.txt"), long_plan(nth, nth % 7 + 1));
    }
    let members: Vec<(String, String)> =
        (300..315).map(|nth| (format!("{nth}.txt"), long_plan(nth, 3))).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    place.put("many.zip", zip_of(&members));
    let started = Instant::now();
    place.import(&["--quiet"]);
    let long = started.elapsed().as_millis() as u64;
    let reference = whole(&place, "register");
    let mut numbers = Numbers(7);
    let (mut kills, mut rounds) = (0, 0);
    while kills < 50 || rounds < 3 {
        rounds += 1;
        assert!(rounds < 200, "only {kills} kills hit a running import");
        let register = format!("killed{rounds}");
        loop {
            let mut import = command(&["import", "archive", "--out", &register, "--quiet"]);
            import.current_dir(place.folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = import.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(numbers.below(long)));
            if let Some(ended) = child.try_wait().unwrap() {
                assert_eq!(ended.code(), Some(0), "after {kills} kills");
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            tear(&place.path(&register), &mut numbers);
        }
        assert!(
            whole(&place, &register) == reference,
            "round {rounds}, after {kills} kills: something else is in it"
        );
        searchable(&place.path(&register).join("register.sqlite"));
        fs::remove_dir_all(place.path(&register)).unwrap();
    }
}

const FORMATS: [&[&str]; 7] =
    [&["csv"], &["csv", "--excel"], &["jsonl"], &["xlsx"], &["sqlite"], &["parquet"], &["ics"]];

#[test]
fn same_bytes() {
    let (place, _) = mixture();
    for nth in 100..140 {
        place.put(&format!("folder/{nth}.txt"), long_plan(nth, nth % 5 + 1));
    }
    place.put("more/x.txt", plan(500));
    fs::rename(place.path("archive/more"), place.path("more")).unwrap();
    fs::create_dir(place.path("elsewhere")).unwrap();
    let here = place.folder.path().to_owned();
    let run = |folder: &Path, words: &[&str], environment: &[(&str, &str)]| {
        let mut command = command(words);
        command.current_dir(folder).envs(environment.iter().copied());
        let ran = finished(&command.output().unwrap());
        assert_eq!(ran.code, Some(0), "{}", ran.said);
    };
    let absolute = here.join("more/../archive");
    let out = here.join("register4");
    run(&here, &["import", "archive", "more", "--out", "register", "--threads", "1"], &[]);
    run(
        &here,
        &["import", "more", "archive/", "--out", "register2", "--threads", "2"],
        &[("LC_ALL", "C"), ("TZ", "Asia/Kamchatka")],
    );
    // In two runs, the later name first.
    run(&here, &["import", "more", "--out", "register3", "--threads", "8"], &[]);
    run(
        &here,
        &["import", "archive", "--out", "register3", "--threads", "8"],
        &[("LANG", "ru_RU.KOI8-R"), ("TZ", "UTC")],
    );
    let words = ["import", "../more", absolute.to_str().unwrap(), "--out", out.to_str().unwrap()];
    run(&here.join("elsewhere"), &words, &[]);
    for format in FORMATS {
        let first = place.export("register", format);
        assert!(!first.is_empty());
        for other in ["register2", "register3", "register4"] {
            assert!(place.export(other, format) == first, "{format:?} of {other} differs");
        }
    }
    let page = |register: &str| {
        assert_eq!(place.svod(&["report", register, "--html", "page.html"]).code, Some(0));
        fs::read(place.path("page.html")).unwrap()
    };
    assert!(page("register") == page("register3"));
}

#[test]
fn isolation() {
    let place = Place::new();
    for nth in 0..40 {
        place.put(&format!("{nth:02}.txt"), plan(nth));
    }
    for nth in [3, 17, 18, 39] {
        place.put(&format!("{nth:02}.txt"), format!("crash {nth}"));
    }
    for nth in [8, 21] {
        place.put(&format!("{nth:02}.txt"), format!("endless {nth}"));
    }
    let crashing = |name: &str, bytes: &[u8]| {
        assert!(!bytes.starts_with(b"crash"), "a fault that this test has put in");
        while bytes.starts_with(b"endless") {
            svod::read_deadline("до 1 марта 2018 года", None, &DICTIONARIES)?;
        }
        reader(name, bytes)
    };
    let register = import_with(&place, &crashing);
    let standing = register.standing().unwrap();
    assert!(standing.balances());
    assert_eq!((standing.documents, standing.measures), (34, 34));
    let ended = |wanted: &str| -> Vec<String> {
        let statuses = place.statuses().into_iter();
        statuses.filter(|(_, status)| status == wanted).map(|(path, _)| path).collect()
    };
    assert_eq!(ended("crashed"), ["03", "17", "18", "39"].map(|nth| format!("archive/{nth}.txt")));
    assert_eq!(ended("limit:steps"), ["08", "21"].map(|nth| format!("archive/{nth}.txt")));
    // A document's size is bounded too.
    let limits = svod::archive::Limits::default();
    place.put("large.txt", vec![b' '; limits.size as usize + 1]);
    drop(register);
    place.import(&[]);
    assert_eq!(place.status("archive/large.txt"), "limit:size");
}

#[test]
fn no_document_of_the_fixtures_takes_a_twentieth_of_its_steps() {
    let limits = svod::archive::Limits::default();
    for folder in ["fixtures", "fixtures/invented"] {
        for path in fixture_folders(folder) {
            let name = path.display().to_string();
            let bytes = fs::read(path.join("input.txt")).unwrap();
            let steps = bytes.len() as u64 * limits.steps / 20;
            let read = svod::batch::attempt(&name, steps, || reader(&name, &bytes));
            assert!(read.is_ok(), "{name}: {}", read.unwrap_err());
        }
    }
}

#[test]
fn bombs() {
    let place = Place::new();
    let zeros = vec![0; 40 << 20];
    place.put("ratio.zip", zip_of(&[("zeros", &zeros), ("after.txt", plan(1).as_bytes())]));
    place.put("stream.gz", gzip_of(&zeros));
    place.put("stream.tgz", gzip_of(&tar_of(&[(b"zeros", &zeros), (b"after.txt", plan(2).as_bytes())])));
    let mut nested = zip_of(&[("deep.txt", plan(3).as_bytes())]);
    for depth in 0..6 {
        nested = zip_of(&[(format!("{depth}.zip").as_str(), &nested)]);
    }
    place.put("nested.zip", nested);
    place.put("plan.txt", plan(4));
    place.import(&[]);
    assert_eq!(place.status("archive/ratio.zip!/zeros"), "limit:ratio");
    assert_eq!(place.status("archive/ratio.zip!/after.txt"), "ok");
    assert_eq!(place.status("archive/stream.gz!/stream"), "limit:ratio");
    assert_eq!(place.status("archive/stream.tgz"), "limit:ratio");
    assert_eq!(place.status("archive/nested.zip!/5.zip!/4.zip!/3.zip!/2.zip"), "limit:depth");
    assert_eq!(place.status("archive/plan.txt"), "ok");
    let causes = place.ask("SELECT cause FROM files WHERE status LIKE 'limit:%' ORDER BY path");
    assert!(
        causes.iter().all(|cause| cause[0].contains("not") || cause[0].contains("nothing of it")),
        "{causes:?}"
    );
    assert!(place.svod(&["status", "register"]).out.contains("limit:ratio"));
}

#[test]
fn paths_are_data() {
    let place = Place::new();
    let dos: Vec<u8> = encoding_rs::IBM866.encode("ДОКЛАД").0.into_owned();
    place.put(
        "a.zip",
        patched(
            zip_of(&[("../../up.txt", plan(1).as_bytes()), ("BBBBBB.txt", plan(2).as_bytes())]),
            b"BBBBBB",
            &dos,
        ),
    );
    place.put(
        "b.tar",
        tar_of(&[(b"../up.txt", plan(3).as_bytes()), (b"/etc/absolute.txt", plan(4).as_bytes())]),
    );
    place.put("с пробелом и «кавычками».txt", plan(5));
    place.put("two\nlines;=1+1.txt", plan(6));
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStringExt;
        let name = std::ffi::OsString::from_vec(b"\xcf\xeb\xe0\xed.txt".to_vec());
        fs::write(place.path("archive").join(name), plan(7)).unwrap();
        fs::write(place.path("archive/\\xCF\\xEB\\xE0\\xED.txt"), plan(8)).unwrap();
    }
    let before = listing(place.folder.path());
    place.import(&[]);
    let paths: Vec<String> = place.statuses().into_iter().map(|(path, _)| path).collect();
    let mut wanted = vec![
        "archive/a.zip",
        "archive/a.zip!/../../up.txt",
        "archive/a.zip!/ДОКЛАД.txt",
        "archive/b.tar",
        "archive/b.tar!/../up.txt",
        "archive/b.tar!//etc/absolute.txt",
        "archive/two\\u{a}lines;=1+1.txt",
        "archive/с пробелом и «кавычками».txt",
    ];
    if cfg!(target_os = "linux") {
        wanted.extend(["archive/\\xCF\\xEB\\xE0\\xED.txt", "archive/\\\\xCF\\\\xEB\\\\xE0\\\\xED.txt"]);
    }
    wanted.sort_unstable();
    assert_eq!(paths, wanted);
    assert_eq!(place.ask("SELECT count(*) FROM measures")[0][0], (wanted.len() - 2).to_string());
    let mut after = listing(place.folder.path());
    after.retain(|path, _| !path.starts_with(place.path("register")));
    assert_eq!(after, before, "nothing lies where it did not");
    assert!(!Path::new("/etc/absolute.txt").exists());
    assert_eq!(
        place.import(&[]).said.lines().next().unwrap(),
        "8 met: 8 unchanged, 0 read".replace('8', &(wanted.len() - 4).to_string())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn disk_full_read_only_vanished_unreadable() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    for nth in 0..60 {
        place.put(&format!("{nth:02}.txt"), long_plan(nth, 8));
    }
    symlink("nowhere.txt", place.path("archive/gone.txt")).unwrap();
    symlink("/proc/self/mem", place.path("archive/memory.txt")).unwrap();
    symlink("..", place.path("archive/loop")).unwrap();
    assert!(Command::new("mkfifo").arg(place.path("archive/pipe.txt")).status().unwrap().success());
    place.import(&[]);
    assert_eq!(place.status("archive/gone.txt"), "vanished");
    assert_eq!(place.status("archive/memory.txt"), "unreadable");
    assert_eq!(place.status("archive/loop"), "unknown-format");
    assert_eq!(place.status("archive/pipe.txt"), "unknown-format");
    assert_eq!(place.ask("SELECT count(*) FROM documents"), [["60"]]);
    let reference = whole(&place, "register");
    // A file may not grow above so many blocks: what a full disk looks like to the one who writes.
    let binary = env!("CARGO_BIN_EXE_svod");
    let full = |blocks: u32| {
        let line =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec \"{binary}\" import archive --out small --quiet");
        finished(&Command::new("sh").args(["-c", &line]).current_dir(place.folder.path()).output().unwrap())
    };
    for blocks in [40, 300, 500] {
        let ran = full(blocks);
        assert_eq!(ran.code, Some(1), "{}", ran.said);
        let advice = ran.said.contains("run the same command again");
        assert!(ran.said.contains("small/register.sqlite") && advice, "{}", ran.said);
    }
    let status = place.svod(&["status", "small"]);
    assert_eq!(status.code, Some(3), "{}", status.out);
    assert!(status.said.contains("goes on where it stopped"), "{}", status.said);
    assert_eq!(place.svod(&["import", "archive", "--out", "small"]).code, Some(0));
    assert!(whole(&place, "small") == reference);
    // Nothing can be made in these.
    for out in ["archive/00.txt/register", "/proc/register"] {
        let ran = place.svod(&["import", "archive/01.txt", "--out", out]);
        assert_eq!(ran.code, Some(1), "{}", ran.said);
        assert!(ran.said.contains(out) && ran.said.contains("cannot be written"), "{}", ran.said);
    }
    let ran = place.svod(&["export", "register", "--format", "sqlite", "--out", "/proc/x.sqlite"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.contains("/proc/x.sqlite"), "{}", ran.said);
}

/// Every file under a folder: its content and its time.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(listing(&path));
        } else {
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            all.insert(path.clone(), (fs::read(&path).unwrap(), time));
        }
    }
    all
}

#[test]
fn inputs_never_modified() {
    let (place, _) = mixture();
    let before = listing(&place.path("archive"));
    place.import(&[]);
    place.import(&["--limits", "x2"]);
    place.svod(&["retry", "register", "--lane", "needs-converter"]);
    for format in FORMATS {
        place.export("register", format);
    }
    assert_eq!(listing(&place.path("archive")), before);
}

/// The most memory that an import of `documents` documents held, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(documents: usize) -> u64 {
    let place = Place::new();
    for nth in 0..documents {
        place.put(&format!("{nth}.txt"), long_plan(nth, 6));
    }
    let mut import = command(&["import", "archive", "--out", "register", "--quiet", "--threads", "2"]);
    import.current_dir(place.folder.path()).stderr(Stdio::null());
    let mut child = import.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let line = fs::read_to_string(&status).unwrap_or_default();
        let line = line.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        most = most
            .max(line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(place.ask("SELECT count(*) FROM documents")[0][0], documents.to_string());
    most
}

#[cfg(target_os = "linux")]
#[test]
fn bounded_memory() {
    let (few, many) = (peak(250), peak(2_000));
    // Both fill the cache of the database (16 MB) and the gate; held documents would be 60 MB more.
    assert!(few > 0 && many < few + 30_000, "{few} KB for 250 documents, {many} KB for 2000");
}

#[test]
fn duplicates() {
    let place = Place::new();
    let text = long_plan(1, 3);
    let cyrillic = encoding_rs::WINDOWS_1251.encode(&text).0.into_owned();
    place.put("b.txt", &text);
    place.put("c.txt", &text);
    place.put("d.zip", zip_of(&[("e.txt", text.as_bytes()), ("f.txt", &cyrillic)]));
    place.put("g.txt", text.replace('\n', "\r\n"));
    place.put("h.txt", long_plan(2, 3));
    let ran = place.import(&[]);
    assert!(
        ran.said.starts_with("7 met: 0 unchanged, 4 read\n"),
        "the same bytes are read once: {}",
        ran.said
    );
    let links = |place: &Place| {
        place.ask("SELECT f.path, home.path, f.cause FROM files f JOIN files home ON home.id = f.duplicate_of ORDER BY f.path")
    };
    let (bytes, plan) = ("the same bytes", "the same plan, word by word");
    assert_eq!(
        links(&place),
        [
            ["archive/c.txt", "archive/b.txt", bytes],
            ["archive/d.zip!/e.txt", "archive/b.txt", bytes],
            ["archive/d.zip!/f.txt", "archive/b.txt", plan],
            ["archive/g.txt", "archive/b.txt", plan],
        ]
    );
    assert_eq!(place.ask("SELECT count(*) FROM documents"), [["2"]]);
    // A file that comes first takes the document over, as if it had always been there.
    place.put("a.txt", &cyrillic);
    place.import(&[]);
    let homes: Vec<String> = links(&place).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(homes, vec!["archive/a.txt"; 5]);
    place.svod(&["import", "archive", "--out", "fresh"]);
    assert!(whole(&place, "register") == whole(&place, "fresh"));
}
