//! Runs over archives: what is read again, what is not, and what becomes of files that say the same.

use std::sync::atomic::{AtomicBool, Ordering};

use svod::archive::{Filter, Limits, roots};
use svod::emit::Document;
use svod::import::{Order, complete, import};
use svod::register::{Lane, Register};

use crate::register::{Place, long_plan, plan, zip_of};
use crate::support::DICTIONARIES;

/// Imports with a reader of one's own.
pub fn import_with(place: &Place, read: &(dyn Fn(&str, &[u8]) -> svod::Result<Document> + Sync)) -> Register {
    let register = Register::create(&place.path("register")).unwrap();
    let filter = Filter::new(&[], &[]).unwrap();
    let stop = AtomicBool::new(false);
    let inputs = roots(&[place.path("archive")]).unwrap();
    let order =
        Order { roots: &inputs, filter: &filter, limits: Limits::default(), threads: 2, read, stop: &stop };
    import(order, &register, &mut |_| {}).unwrap();
    register
}

/// The reader that the program has.
pub fn reader(name: &str, bytes: &[u8]) -> svod::Result<Document> {
    svod::read(name, bytes, &DICTIONARIES)
}

fn said(ran: &crate::cli::Ran) -> &str {
    ran.said.lines().find(|line| line.contains(" met: ")).unwrap()
}

#[test]
fn a_second_run_reads_only_what_is_new_or_changed() {
    let place = Place::new();
    let kept = place.put("a.txt", plan(1));
    place.put("b.txt", plan(2));
    place.put("c.zip", zip_of(&[("in.txt", plan(3).as_bytes())]));
    assert_eq!(said(&place.import(&[])), "4 met: 0 unchanged, 3 read");
    assert_eq!(said(&place.import(&[])), "3 met: 3 unchanged, 0 read");
    // Same size and time: nothing is opened, so that nobody sees the other content.
    let time = std::fs::metadata(&kept).unwrap().modified().unwrap();
    std::fs::write(&kept, plan(6)).unwrap();
    std::fs::File::options().write(true).open(&kept).unwrap().set_modified(time).unwrap();
    place.put("b.txt", plan(4));
    place.put("d.txt", plan(5));
    assert_eq!(said(&place.import(&[])), "4 met: 2 unchanged, 2 read");
    let texts = place.ask("SELECT text FROM measures ORDER BY text");
    let numbers: Vec<&str> = texts.iter().map(|row| row[0].split(' ').nth(3).unwrap()).collect();
    assert_eq!(numbers, ["1", "3", "4", "5"]);
    // Another time and the same bytes: looked at, not read.
    std::fs::File::options()
        .write(true)
        .open(place.path("archive/d.txt"))
        .unwrap()
        .set_modified(time)
        .unwrap();
    assert_eq!(said(&place.import(&[])), "4 met: 4 unchanged, 0 read");
}

#[test]
fn a_file_that_is_gone_is_said_to_be_and_what_it_said_stays() {
    let place = Place::new();
    let gone = place.put("a.txt", plan(1));
    place.put("b.zip", zip_of(&[("x.txt", plan(2).as_bytes()), ("y.txt", plan(3).as_bytes())]));
    place.put("c.txt", plan(4));
    place.import(&[]);
    std::fs::remove_file(gone).unwrap();
    place.put("b.zip", zip_of(&[("x.txt", plan(2).as_bytes())]));
    place.import(&[]);
    assert_eq!(place.status("archive/a.txt"), "vanished");
    assert_eq!(place.status("archive/b.zip!/y.txt"), "vanished");
    assert_eq!(place.status("archive/b.zip!/x.txt"), "ok");
    assert_eq!(place.ask("SELECT count(*) FROM measures"), [["4"]]);
    // A filter looks away; what it does not see is not gone.
    place.import(&["--include", "c.*"]);
    assert_eq!(place.status("archive/b.zip!/x.txt"), "ok");
}

#[test]
fn a_file_that_was_moved_takes_its_document_with_it() {
    let place = Place::new();
    place.put("a.txt", plan(1));
    place.import(&[]);
    std::fs::rename(place.path("archive/a.txt"), place.path("archive/b.txt")).unwrap();
    place.import(&[]);
    assert_eq!(
        (place.status("archive/a.txt").as_str(), place.status("archive/b.txt").as_str()),
        ("vanished", "ok")
    );
    assert_eq!(
        place.ask("SELECT f.path FROM documents d JOIN files f ON f.id = d.file"),
        [["archive/b.txt"]]
    );
}

#[test]
fn when_a_home_changes_those_that_hung_on_it_are_read() {
    let place = Place::new();
    place.put("a.txt", plan(1));
    place.put("b.zip", zip_of(&[("twin.txt", plan(1).as_bytes())]));
    place.put("c.txt", plan(1));
    place.import(&[]);
    let ends = |place: &Place| {
        ["a.txt", "b.zip!/twin.txt", "c.txt"].map(|name| place.status(&format!("archive/{name}")))
    };
    assert_eq!(ends(&place), ["ok", "duplicate-of", "duplicate-of"]);
    place.put("a.txt", plan(222));
    place.import(&[]);
    assert_eq!(ends(&place), ["ok", "ok", "duplicate-of"]);
    assert_eq!(place.ask("SELECT count(*), count(DISTINCT text) FROM measures"), [["2", "2"]]);
}

#[test]
fn a_lane_is_read_again_and_only_it() {
    let place = Place::new();
    place.put("a.txt", plan(1));
    place.put("b.txt", "crash");
    place.put("c.zip", zip_of(&[("d.txt", b"crash as well")]));
    let crashing = |name: &str, bytes: &[u8]| {
        assert!(!bytes.starts_with(b"crash"), "a fault that this test has put in");
        reader(name, bytes)
    };
    let register = import_with(&place, &crashing);
    assert_eq!(place.status("archive/b.txt"), "crashed");
    assert_eq!(register.reopen(Lane::named("crashed").unwrap()).unwrap(), 2);
    let (filter, stop) = (Filter::new(&[], &[]).unwrap(), AtomicBool::new(false));
    place.put("new.txt", plan(2));
    let order = Order {
        roots: &[],
        filter: &filter,
        limits: Limits::default(),
        threads: 1,
        read: &reader,
        stop: &stop,
    };
    assert_eq!(complete(order, &register, &mut |_| {}).unwrap(), 2);
    assert_eq!(place.status("archive/b.txt"), "no-plan");
    assert_eq!(place.status("archive/c.zip!/d.txt"), "no-plan");
    assert!(!place.statuses().iter().any(|(path, _)| path.contains("new.txt")));
    assert!(register.standing().unwrap().balances());
    assert!(Lane::named("broken").unwrap_err().to_string().contains("needs-converter"));
}

#[test]
fn one_thread_reads_and_writes_by_turns() {
    let place = Place::new();
    for nth in 0..40 {
        place.put(&format!("{nth:02}.txt"), plan(nth));
    }
    let reading = AtomicBool::new(false);
    let read = |name: &str, bytes: &[u8]| {
        reading.store(true, Ordering::SeqCst);
        let document = reader(name, bytes);
        reading.store(false, Ordering::SeqCst);
        document
    };
    let register = Register::create(&place.path("register")).unwrap();
    let (filter, stop) = (Filter::new(&[], &[]).unwrap(), AtomicBool::new(false));
    let inputs = roots(&[place.path("archive")]).unwrap();
    let (roots, limits) = (&inputs[..], Limits::default());
    let order = Order { roots, filter: &filter, limits, threads: 1, read: &read, stop: &stop };
    let mut kept = 0;
    let mut told = |_: &svod::import::Event<'_>| {
        assert!(!reading.load(Ordering::SeqCst), "a document is read while one is written");
        kept += 1;
    };
    import(order, &register, &mut told).unwrap();
    assert_eq!(kept, 40);
}

#[test]
fn raised_limits_let_through_what_they_refused() {
    let place = Place::new();
    let mut text = plan(1).into_bytes();
    text.extend(vec![b' '; 30 << 20]);
    place.put("a.zip", zip_of(&[("wide.txt", &text)]));
    place.import(&[]);
    assert_eq!(place.status("archive/a.zip!/wide.txt"), "limit:ratio");
    let ran = place.svod(&["retry", "register", "--lane", "limit", "--limits", "x8"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    assert_eq!(place.status("archive/a.zip!/wide.txt"), "ok");
    let ran = place.svod(&["retry", "register", "--lane", "limit", "--limits", "x8"]);
    assert!(ran.said.contains("no input is in the lane «limit»"), "{}", ran.said);
    assert_eq!(ran.code, Some(0));
}

#[test]
fn raised_limits_reach_inside_documents() {
    let place = Place::new();
    let body: String =
        plan(1).lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles xmlns:w=\"w\">{}</w:styles>", " ".repeat(30 << 20));
    let parts = [
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ];
    place.put("plan.docx", zip_of(&parts));
    place.import(&[]);
    assert_eq!(place.status("archive/plan.docx"), "limit:ratio");
    let ran = place.svod(&["convert", "archive/plan.docx"]);
    assert!(ran.code == Some(1) && ran.said.contains("--limits x4"), "{}", ran.said);
    let ran = place.svod(&["convert", "archive/plan.docx", "--limits", "x8"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    let ran = place.svod(&["retry", "register", "--lane", "limit", "--limits", "x8"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    let status = place.status("archive/plan.docx");
    assert!(["ok", "no-plan"].contains(&status.as_str()), "{status}");
}

#[test]
fn fewer_measures_than_before_are_said() {
    let place = Place::new();
    place.put("a.txt", long_plan(1, 10));
    place.put("b.txt", long_plan(2, 10));
    place.put("c.txt", long_plan(3, 10));
    place.import(&[]);
    place.put("a.txt", "Письмо без плана.");
    place.put("b.txt", long_plan(2, 4));
    place.put("c.txt", long_plan(3, 8));
    let ran = place.import(&[]);
    assert!(ran.said.contains("degraded: archive/a.txt: 10 measures before, 0 now"), "{}", ran.said);
    assert!(ran.said.contains("degraded: archive/b.txt: 10 measures before, 4 now"), "{}", ran.said);
    assert!(!ran.said.contains("c.txt"), "{}", ran.said);
    place.put("a.txt", long_plan(1, 10));
    assert!(!place.import(&[]).said.contains("a.txt"), "it is well again");
}

#[test]
fn the_way_of_telling_is_chosen() {
    let place = Place::new();
    place.put("a.txt", plan(1));
    place.put("b.pdf", b"GIF89a");
    let log = place.import(&["--json-log"]).said;
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["path"], &lines[0]["status"]), (&"archive/a.txt".into(), &"ok".into()));
    assert_eq!((&lines[1]["status"], &lines[2]["inputs"]), (&"needs-converter".into(), &2.into()));
    let quiet = place.import(&["--quiet"]).said;
    assert!(quiet.starts_with("2 met: 2 unchanged") && quiet.contains("tesseract"), "{quiet}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_it_has_and_the_next_goes_on() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    for nth in 0..300 {
        place.put(&format!("{nth:03}.txt"), long_plan(nth, 20));
    }
    let mut import = crate::cli::command(&["import", "archive", "--out", "register"]);
    let running =
        import.current_dir(place.folder.path()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let running = running.unwrap();
    let log = place.path("register/register.sqlite-wal");
    while std::fs::metadata(&log).map_or(0, |log| log.len()) < 300_000 {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", running.id())]).status().unwrap();
    assert!(sent.success());
    let ended = crate::cli::finished(&running.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(130), "{}", ended.said);
    assert!(
        ended.said.contains("what was read is kept, and the same command goes on from there"),
        "{}",
        ended.said
    );
    let status = place.svod(&["status", "register"]);
    assert_eq!(status.code, Some(3), "{}", status.out);
    let kept: usize = place.ask("SELECT count(*) FROM documents")[0][0].parse().unwrap();
    assert!((1..300).contains(&kept), "{kept}");
    let unchanged = format!("300 met: {kept} unchanged, {} read", 300 - kept);
    assert_eq!(said(&place.import(&[])), unchanged);
}
