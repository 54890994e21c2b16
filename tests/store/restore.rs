//! A backup takes the place of whatever a library has become, and nothing of that is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use shengci::store::{Fault, Patience, Store};
use shengci::words::{By, Status};

use super::backup::{dump, library};
use super::sample::{Library, MONDAY, day, key};

/// A library with rows in every table, what a dump of it says, and a copy of it elsewhere.
struct Case {
    library: Library,
    dump: String,
    folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let mut library = library();
        // Enough for a page to be damaged that opening doesn't read.
        for number in 0..30 {
            let line = format!("公司:gong1+si1 {}", vec!["去:qu4"; number + 1].join(" "));
            library.add(&format!("more-{number}.txt"), &[line.as_str(); 20], day(6));
        }
        let folder = tempfile::tempdir().expect("a folder");
        let dump = dump(&library.store);
        library.store.backup(&folder.path().join("copy.db")).expect("a copy");
        Self { library, dump, folder }
    }

    fn path(&self) -> PathBuf {
        self.library.path()
    }

    fn copy(&self) -> PathBuf {
        self.folder.path().join("copy.db")
    }

    /// The library, closed: a file of its own.
    fn closed(self) -> (PathBuf, Self) {
        let path = self.folder.path().join("own/library.db");
        fs::create_dir(self.folder.path().join("own")).expect("a folder");
        self.library.store.backup(&path).expect("a library");
        drop(Store::open(&path, MONDAY).expect("it opens"));
        (path, self)
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// Restores, and looks whether all is there and what was there is kept.
fn mends(path: &Path, from: &Path, wanted: &str) -> PathBuf {
    let kept = Store::restore(path, from, day(8)).expect("it is put back").expect("what was there is kept");
    let store = Store::open(path, MONDAY).expect("it opens");
    assert_eq!(dump(&store), wanted);
    assert_eq!(store.check().expect("it can be read"), []);
    kept
}

#[test]
fn a_damaged_page_is_mended() {
    let (path, case) = Case::new().closed();
    let mut bytes = fs::read(&path).expect("bytes");
    let page = 8192;
    assert!(bytes.len() > page * 12, "{}", bytes.len());
    bytes[page * 3..page * 9].fill(0);
    fs::write(&path, &bytes).expect("damage");
    let kept = mends(&path, &case.copy(), &case.dump);
    assert_eq!(fs::read(&kept).expect("it is set aside"), bytes);
    let around = names(path.parent().expect("a folder"));
    assert_eq!(
        around.iter().filter(|name| *name != "backups").count(),
        2,
        "and what was set aside: {around:?}"
    );
}

#[test]
fn a_missing_table_is_mended() {
    for table in ["act", "standing", "article", "digest"] {
        let (path, case) = Case::new().closed();
        let sql = format!("PRAGMA foreign_keys = OFF; DROP TABLE {table};");
        Connection::open(&path).expect("a database").execute_batch(&sql).expect("damage");
        assert!(mends(&path, &case.copy(), &case.dump).exists());
    }
}

#[test]
fn a_library_that_is_cut_off_or_no_database_is_mended() {
    for keep in [100, 8192, 8192 * 5 + 77] {
        let (path, case) = Case::new().closed();
        let bytes = fs::read(&path).expect("bytes")[..keep].to_vec();
        fs::write(&path, &bytes).expect("damage");
        let kept = mends(&path, &case.copy(), &case.dump);
        assert_eq!(fs::read(&kept).expect("it is set aside"), bytes);
    }
    let (path, case) = Case::new().closed();
    fs::write(&path, "a letter to my aunt".repeat(1000)).expect("damage");
    let kept = mends(&path, &case.copy(), &case.dump);
    assert_eq!(fs::read_to_string(kept).expect("it is set aside"), "a letter to my aunt".repeat(1000));
    // Nothing is left of it, not even empty.
    fs::write(&path, "").expect("damage");
    assert_eq!(Store::restore(&path, &case.copy(), day(8)).expect("it is put back"), None);
    assert_eq!(dump(&Store::open(&path, MONDAY).expect("a library")), case.dump);
}

/// As `sqlite3 .recover` and `.dump` write it, and as any other program would.
fn repage(path: &Path, size: u32) {
    let sql = format!("PRAGMA journal_mode = DELETE; PRAGMA page_size = {size}; VACUUM;");
    Connection::open(path).expect("a database").execute_batch(&sql).expect("it is written anew");
}

#[test]
fn pages_of_another_size_are_no_hindrance() {
    for size in [512, 4096, 65_536] {
        let (path, case) = Case::new().closed();
        repage(&case.copy(), size);
        mends(&path, &case.copy(), &case.dump);
        let (path, case) = Case::new().closed();
        repage(&path, size);
        mends(&path, &case.copy(), &case.dump);
        mends(&path, &case.copy(), &case.dump);
        // And damaged.
        let mut bytes = fs::read(&path).expect("bytes");
        let half = bytes.len() / 2;
        bytes[half..].fill(0xA5);
        fs::write(&path, &bytes).expect("damage");
        mends(&path, &case.copy(), &case.dump);
    }
}

#[test]
fn the_source_is_left_as_it_is() {
    let case = Case::new();
    // A library that somebody has open, with what was recorded last in its log.
    let source = case.folder.path().join("other/library.db");
    fs::create_dir(case.folder.path().join("other")).expect("a folder");
    fs::copy(case.copy(), &source).expect("a library");
    let mut other = Store::open(&source, MONDAY).expect("a library");
    other.mark(&[key("公司", "gong1 si1")], Status::Ignored, &By::Hand, day(7)).expect("a mark");
    let wanted = dump(&other);
    let folder = source.parent().expect("a folder");
    let log = source.with_file_name("library.db-wal");
    assert!(fs::metadata(&log).expect("a log").len() > 0);
    let seen = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        let files = names(folder).into_iter().filter(|name| !name.ends_with("-shm"));
        files.map(|name| (name.clone(), fs::read(folder.join(&name)).expect("a file"))).collect()
    };
    let before = (names(folder), seen(folder));
    mends(&case.path(), &source, &wanted);
    assert_eq!((names(folder), seen(folder)), before);

    // The same without its owner: the log was left by a command that was killed.
    let left = case.folder.path().join("left");
    fs::create_dir(&left).expect("a folder");
    for name in ["library.db", "library.db-wal"] {
        fs::copy(folder.join(name), left.join(name)).expect("a file");
    }
    drop(other);
    let before = seen(&left);
    mends(&case.path(), &left.join("library.db"), &wanted);
    assert_eq!(seen(&left), before);
    assert_eq!(names(&left).len(), 2);
    // And one that was closed: a log is nowhere, and none comes into being.
    assert_eq!(names(folder).len(), 1);
    mends(&case.path(), &source, &wanted);
    assert_eq!(names(folder).len(), 1);
}

#[test]
fn a_backup_that_is_none_changes_nothing() {
    let (path, case) = Case::new().closed();
    let bad = |name: &str, bytes: &[u8]| {
        let file = case.folder.path().join(name);
        fs::write(&file, bytes).expect("a file");
        file
    };
    let whole = fs::read(case.copy()).expect("bytes");
    let mut damaged = whole.clone();
    damaged[8192 * 4..8192 * 6].fill(3);
    let lacking = bad("lacking.db", &whole);
    let sql = "PRAGMA foreign_keys = OFF; DROP TABLE mark;";
    Connection::open(&lacking).expect("a database").execute_batch(sql).expect("damage");
    let newer = bad("newer.db", &whole);
    Connection::open(&newer)
        .expect("a database")
        .execute_batch("PRAGMA user_version = 99")
        .expect("a version");
    let before = (fs::read(&path).expect("bytes"), names(path.parent().expect("a folder")));
    for (file, naming) in [
        (bad("text.db", b"no library"), "no SQLite database"),
        (bad("empty.db", b""), "another program"),
        (bad("cut.db", &whole[..whole.len() - 9000]), "is damaged"),
        (bad("damaged.db", &damaged), "is damaged"),
        (lacking, "mark"),
        (newer, "newer"),
        (case.folder.path().join("none.db"), "no such file"),
        (case.folder.path().to_owned(), "a folder"),
        (path.clone(), "the library itself"),
    ] {
        let error = Store::restore(&path, &file, day(9)).expect_err(&file.display().to_string());
        assert!(error.to_string().contains(naming), "{error}");
        assert_eq!(
            (fs::read(&path).expect("bytes"), names(path.parent().expect("a folder"))),
            before,
            "{error}"
        );
    }
}

#[test]
fn a_damaged_library_that_somebody_has_open_is_waited_for() {
    static TOLD: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let (path, case) = Case::new().closed();
    let mut open = super::crash::helper("restore::holds_it_open", &path)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a child");
    let mut said = std::io::BufReader::new(open.stdout.take().expect("a pipe"));
    let mut line = String::new();
    while !line.contains("it is open") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut said, &mut line).expect("a line") > 0);
    }
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[8192 * 3..8192 * 9].fill(0);
    fs::write(&path, &bytes).expect("damage");
    let short = Patience {
        notice: std::time::Duration::from_millis(40),
        end: std::time::Duration::from_millis(80),
        tell: |_| {
            TOLD.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        },
    };
    let error = Store::restore_with(&path, &case.copy(), day(8), short).expect_err("somebody has it open");
    assert!(matches!(error.fault(), Fault::Locked), "{error}");
    assert_eq!(TOLD.load(std::sync::atomic::Ordering::SeqCst), 1);
    assert_eq!(fs::read(&path).expect("bytes"), bytes, "it is left as it was");
    drop(open.stdin.take());
    open.wait().expect("it ends");
    mends(&path, &case.copy(), &case.dump);
}

#[test]
#[ignore = "runs as a child process"]
fn holds_it_open() {
    let Some(path) = super::crash::library_of_parent() else { return };
    let store = Store::open(&path, MONDAY).expect("a library");
    store.stats().expect("it can be read");
    println!("\nit is open");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("a line");
}

#[test]
fn a_file_that_comes_into_the_place_of_an_open_library_is_noticed() {
    let mut case = Case::new();
    let path = case.path();
    let words = [key("公司", "gong1 si1")];
    // As a program that keeps folders alike does it.
    fs::copy(case.copy(), path.with_file_name("newer")).expect("a file");
    fs::rename(path.with_file_name("newer"), &path).expect("it is replaced");
    let error =
        case.library.store.mark(&words, Status::Ignored, &By::Hand, day(8)).expect_err("it would be lost");
    assert!(matches!(error.fault(), Fault::Replaced), "{error}");
    assert!(error.hint().contains("again"));
}

#[test]
fn the_log_of_a_library_that_is_gone_does_not_spoil_the_new_one() {
    let (path, case) = Case::new().closed();
    let mut store = Store::open(&path, MONDAY).expect("a library");
    store.mark(&[key("公司", "gong1 si1")], Status::Ignored, &By::Hand, day(7)).expect("a mark");
    let log = fs::read(path.with_file_name("library.db-wal")).expect("a log");
    drop(store);
    fs::remove_file(&path).expect("it is deleted");
    fs::write(path.with_file_name("library.db-wal"), &log).expect("its log stays");
    let error = Store::open(&path, MONDAY).expect_err("SQLite would throw it away");
    assert!(matches!(error.fault(), Fault::Corrupt(_)) && !path.exists(), "{error}");
    let mut beside = mends(&path, &case.copy(), &case.dump).into_os_string();
    beside.push("-wal");
    assert_eq!(fs::read(beside).expect("the log is kept"), log);
}

#[test]
fn an_empty_file_beside_a_log_is_damage() {
    let (path, case) = Case::new().closed();
    let mut store = Store::open(&path, MONDAY).expect("a library");
    store.mark(&[key("公司", "gong1 si1")], Status::Ignored, &By::Hand, day(7)).expect("a mark");
    let log = fs::read(path.with_file_name("library.db-wal")).expect("a log");
    drop(store);
    fs::write(&path, "").expect("damage");
    fs::write(path.with_file_name("library.db-wal"), &log).expect("its log");
    let error = Store::open(&path, MONDAY).expect_err("something was recorded there");
    assert!(matches!(error.fault(), Fault::Corrupt(_)), "{error}");
    let aside = mends(&path, &case.copy(), &case.dump);
    let mut beside = aside.into_os_string();
    beside.push("-wal");
    assert_eq!(fs::read(beside).expect("the log is kept"), log);
}
