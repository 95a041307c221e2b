//! Walking folders and archives: what is met, under which path, and what is refused.

use std::path::Path;

use svod::archive::{Content, Entry, Filter, Limits, Listed, Visitor, roots, walk};
use svod::status::{Limit, Status};

use crate::register::{Place, gzip_of, locked, patched, tar_of, zip_of};

/// Notes what it meets; before a file is read it does what it was told to do to it.
#[derive(Default)]
struct Notes {
    met: Vec<(String, String)>,
    causes: Vec<String>,
    before: Option<Before>,
}

/// What is done to a file between its listing and its reading.
type Before = Box<dyn FnMut(&str)>;

impl Visitor for Notes {
    fn knows(&mut self, file: &Listed) -> svod::Result<bool> {
        if let Some(before) = &mut self.before {
            before(&file.path);
        }
        Ok(false)
    }

    fn meets(&mut self, entry: Entry) -> svod::Result<()> {
        let (end, cause) = match entry.content {
            Content::Document(bytes) => (String::from_utf8_lossy(&bytes).into_owned(), None),
            Content::Archive { kind, status, cause } => (format!("{kind} {status}"), cause),
            Content::Refused { status, cause } => (status.to_string(), Some(cause)),
        };
        self.met.push((entry.path, end));
        self.causes.extend(cause);
        Ok(())
    }
}

fn walked(place: &Path, filter: &Filter, limits: Limits, mut notes: Notes) -> (Notes, u64) {
    let left_out = walk(&roots(&[place.to_path_buf()]).unwrap(), filter, limits, &mut notes).unwrap();
    (notes, left_out)
}

fn all(place: &Place, limits: Limits) -> Notes {
    walked(&place.path("archive"), &Filter::new(&[], &[]).unwrap(), limits, Notes::default()).0
}

#[track_caller]
fn check(place: &Place, limits: Limits, met: &[(&str, &str)]) -> Notes {
    let notes = all(place, limits);
    let shown: Vec<(&str, &str)> =
        notes.met.iter().map(|(path, end)| (path.as_str(), end.as_str())).collect();
    assert_eq!(shown, met);
    notes
}

#[test]
fn folders_and_archives_in_archives_are_met_in_the_order_of_names() {
    let place = Place::new();
    place.put("b.txt", "b");
    place.put("a/one.txt", "1");
    let inner = zip_of(&[("deep.txt", b"deep"), ("folder/more.txt", b"more")]);
    let tar = tar_of(&[(b"in.zip", &inner), (b"plain.txt", b"plain")]);
    place.put("c.tgz", gzip_of(&tar));
    place.put("d.tar", tar_of(&[(b"x.txt", b"x")]));
    place.put("e.txt.gz", gzip_of(b"e"));
    check(
        &place,
        Limits::default(),
        &[
            ("archive/a/one.txt", "1"),
            ("archive/b.txt", "b"),
            ("archive/c.tgz!/in.zip!/deep.txt", "deep"),
            ("archive/c.tgz!/in.zip!/folder/more.txt", "more"),
            ("archive/c.tgz!/in.zip", "zip ok"),
            ("archive/c.tgz!/plain.txt", "plain"),
            ("archive/c.tgz", "gzip ok"),
            ("archive/d.tar!/x.txt", "x"),
            ("archive/d.tar", "tar ok"),
            ("archive/e.txt.gz!/e.txt", "e"),
            ("archive/e.txt.gz", "gzip ok"),
        ],
    );
}

#[test]
fn an_archive_is_told_by_what_is_in_it_and_a_document_in_parts_is_one() {
    let place = Place::new();
    place.put("a.txt", zip_of(&[("x.txt", b"x")]));
    place.put("b.docx", zip_of(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<y/>")]));
    place.put("c.zip", "no archive at all");
    place.put("d.zip", zip_of(&[("letter.docx", &zip_of(&[("[Content_Types].xml", b"<x/>")]))]));
    let notes = all(&place, Limits::default());
    let paths: Vec<&str> = notes.met.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "archive/a.txt!/x.txt",
            "archive/a.txt",
            "archive/b.docx",
            "archive/c.zip",
            "archive/d.zip!/letter.docx",
            "archive/d.zip"
        ]
    );
    assert!(notes.met[2].1.starts_with("PK") && notes.met[4].1.starts_with("PK"));
}

#[test]
fn names_of_members_are_utf_8_or_ibm866_and_each_is_one_path() {
    let place = Place::new();
    let dos: Vec<u8> = encoding_rs::IBM866.encode("ПЛАН").0.into_owned();
    place.put("a.zip", patched(zip_of(&[("AAAA.TXT", b"1")]), b"AAAA", &dos));
    place.put("b.zip", zip_of(&[("план.txt", b"2"), ("folder\\inner.txt", b"3")]));
    place.put("c.tar", tar_of(&[(b"same", b"4"), (b"same", b"5"), (b"two\nlines", b"6")]));
    check(
        &place,
        Limits::default(),
        &[
            ("archive/a.zip!/ПЛАН.TXT", "1"),
            ("archive/a.zip", "zip ok"),
            ("archive/b.zip!/план.txt", "2"),
            ("archive/b.zip!/folder/inner.txt", "3"),
            ("archive/b.zip", "zip ok"),
            ("archive/c.tar!/same", "4"),
            ("archive/c.tar!/same#2", "5"),
            ("archive/c.tar!/two\\u{a}lines", "6"),
            ("archive/c.tar", "tar ok"),
        ],
    );
}

#[test]
fn filters_choose_by_the_end_of_the_path_and_look_into_archives() {
    let place = Place::new();
    place.put("2018/plan.txt", "1");
    place.put("2019/plan.txt", "2");
    place.put("2019/scan.pdf", "3");
    place.put("more.zip", zip_of(&[("in/plan.txt", b"4"), ("in/note.doc", b"5")]));
    let met = |include: &[&str], exclude: &[&str]| {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let filter = Filter::new(&words(include), &words(exclude)).unwrap();
        let (notes, left_out) = walked(&place.path("archive"), &filter, Limits::default(), Notes::default());
        let documents: String =
            notes.met.iter().map(|(_, end)| end.as_str()).filter(|end| end.len() == 1).collect();
        (documents, left_out)
    };
    assert_eq!(met(&[], &[]), ("12345".to_owned(), 0));
    assert_eq!(met(&["*.txt"], &[]), ("124".to_owned(), 2));
    assert_eq!(met(&["2018/*.txt"], &[]), ("1".to_owned(), 4));
    assert_eq!(met(&[], &["*.zip", "scan.*"]), ("12".to_owned(), 2));
    assert_eq!(met(&["*.txt"], &["2019/*"]), ("14".to_owned(), 3));
    let said = Filter::new(&["[".to_owned()], &[]).unwrap_err().to_string();
    assert!(said.contains("«[»") && said.contains("*.txt"), "{said}");
}

#[test]
fn every_limit_is_named_and_what_was_cut_is_said() {
    let limits = Limits { size: 100, ratio: 200, depth: 2, members: 3, unpacked: 5_000, ..Limits::default() };
    let place = Place::new();
    place.put("a.txt", "x".repeat(101));
    place.put("b.zip", zip_of(&[("1", b"1"), ("2", b"2"), ("3", b"3"), ("4", b"4"), ("5", b"5")]));
    place.put("c.zip", zip_of(&[("1.zip", &zip_of(&[("2.zip", &zip_of(&[("x", b"x")]))]))]));
    place.put("d.zip", zip_of(&[("big", &vec![b'x'; 6_000]), ("after", b"x")]));
    place.put("e.txt", "x");
    let notes = check(
        &place,
        limits,
        &[
            ("archive/a.txt", "limit:size"),
            ("archive/b.zip!/1", "1"),
            ("archive/b.zip!/2", "2"),
            ("archive/b.zip!/3", "3"),
            ("archive/b.zip", "zip limit:members"),
            ("archive/c.zip!/1.zip!/2.zip", "limit:depth"),
            ("archive/c.zip!/1.zip", "zip ok"),
            ("archive/c.zip", "zip ok"),
            ("archive/d.zip!/big", "limit:size"),
            ("archive/d.zip!/after", "x"),
            ("archive/d.zip", "zip ok"),
            ("archive/e.txt", "x"),
        ],
    );
    assert_eq!(notes.causes[1], "3 members were looked at, 2 were not");
    let unpacked = Limits { size: 10_000, unpacked: 5_000, ..Limits::default() };
    let notes = all(&place, unpacked);
    let ends: Vec<&str> =
        notes.met.iter().filter(|(path, _)| path.contains("d.zip")).map(|(_, end)| end.as_str()).collect();
    assert_eq!(ends, ["limit:unpacked", "zip limit:unpacked"]);
    assert_eq!(notes.causes.last().unwrap(), "1 members were looked at, 1 were not");
}

#[test]
fn what_is_locked_or_damaged_is_said_of_the_member_or_the_archive() {
    let place = Place::new();
    place.put("a.zip", locked(zip_of(&[("secret.txt", b"secret")])));
    let whole = zip_of(&[("x.txt", b"x")]);
    place.put("b.zip", &whole[..whole.len() - 30]);
    let tar = tar_of(&[(b"one", &[b'1'; 600]), (b"two", &[b'2'; 600])]);
    place.put("c.tar", &tar[..2_100]);
    place.put("d.gz", &gzip_of(&[b'x'; 9_000])[..20]);
    let notes = all(&place, Limits::default());
    let ends: Vec<(&str, &str)> = notes
        .met
        .iter()
        .map(|(path, end)| (path.as_str(), if end.starts_with('1') { "ones" } else { end.as_str() }))
        .collect();
    assert_eq!(
        ends,
        [
            ("archive/a.zip!/secret.txt", "password"),
            ("archive/a.zip", "zip ok"),
            ("archive/b.zip", "zip undecodable"),
            ("archive/c.tar!/one", "ones"),
            ("archive/c.tar!/two", "undecodable"),
            ("archive/c.tar", "tar undecodable"),
            ("archive/d.gz", "gzip undecodable"),
        ]
    );
}

#[test]
fn a_file_that_grows_or_goes_while_it_is_read_is_said_to() {
    for (growing, end) in [(true, Status::Unreadable), (false, Status::Vanished)] {
        let place = Place::new();
        place.put("a.txt", "a");
        place.put("b.txt", "b");
        let path = place.path("archive/a.txt");
        let touch = move |name: &str| {
            if name.ends_with("a.txt") && growing {
                std::fs::write(&path, "a and more").unwrap();
            } else if name.ends_with("a.txt") {
                std::fs::remove_file(&path).unwrap();
            }
        };
        let notes = Notes { before: Some(Box::new(touch)), ..Notes::default() };
        let (notes, _) =
            walked(&place.path("archive"), &Filter::new(&[], &[]).unwrap(), Limits::default(), notes);
        assert_eq!(notes.met[0], ("archive/a.txt".to_owned(), end.name().to_owned()));
        assert_eq!(notes.met[1].1, "b", "one file costs no other");
    }
}

#[test]
fn a_path_begins_with_the_input_s_last_name_wherever_one_stands() {
    let place = Place::new();
    place.put("x.txt", "x");
    let names = |word: &Path| roots(&[word.to_path_buf()]).unwrap().remove(0).name;
    assert_eq!(names(&place.path("archive")), "archive");
    assert_eq!(names(&place.path("archive/../archive/.")), "archive");
    assert_eq!(names(&place.path("archive/x.txt")), "x.txt");
    std::fs::create_dir_all(place.path("other/archive")).unwrap();
    let twice = roots(&[place.path("archive"), place.path("other/archive")]).unwrap_err().to_string();
    assert!(twice.contains("would both be called «archive»"), "{twice}");
    assert!(roots(&[place.path("nowhere")]).unwrap_err().to_string().contains("nowhere"));
    assert_eq!(roots(&[place.path("archive"), place.path("archive")]).unwrap().len(), 1);
}

#[test]
fn statuses_have_one_name_each() {
    for status in Status::ALL {
        assert_eq!(Status::named(status.name()), Some(status));
    }
    assert_eq!(Status::named("limit"), None);
    assert_eq!(Status::Limit(Limit::Ratio).to_string(), "limit:ratio");
}
