//! Who writes waits for others who write, says so, and gives up in the end; who reads does not wait.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use shengci::store::{Fault, Given, Patience, Shown, Store};
use shengci::words::{By, Status};

use super::sample::{Library, MONDAY, day, key};

/// A patience of tests: in place of ten seconds, moments.
fn short(tell: fn(&Path)) -> Patience {
    Patience { notice: Duration::from_millis(40), end: Duration::from_millis(80), tell }
}

#[test]
fn all_wait_equally_long_and_tell_it() {
    let told = Patience::default();
    assert_eq!((told.notice, told.end), (Duration::from_secs(2), Duration::from_secs(10)));
}

#[test]
fn a_locked_library_can_be_read_and_says_so_when_written() {
    static TOLD: AtomicU32 = AtomicU32::new(0);
    let mut library = Library::new();
    library.add("a.txt", &["公司:gong1+si1"], day(0));
    let copy = library.path().with_file_name("copy.db");
    library.store.backup(&copy).expect("a copy");
    let other = Connection::open(library.path()).expect("a database");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    assert_eq!(library.counts().len(), 1);
    library.store.backup(&copy).expect("a reader needs no lock");
    let patience = short(|_| {
        TOLD.fetch_add(1, Ordering::SeqCst);
    });
    let mut store = Store::open_with(&library.path(), MONDAY, patience).expect("a reader needs no lock");
    let words = [key("公司", "gong1 si1")];
    let refused = [
        store.tag(1, &["x".to_owned()]).expect_err("it is locked"),
        store.mark(&words, Status::Known, &By::Hand, day(1)).expect_err("it is locked"),
        Store::restore_with(&library.path(), &copy, day(1), patience).expect_err("it is locked"),
    ];
    for error in refused {
        assert!(matches!(error.fault(), Fault::Locked), "{error}");
        assert!(error.to_string().contains("in use"), "{error}");
        assert!(error.hint().len() > 10, "{error}");
    }
    assert_eq!(TOLD.load(Ordering::SeqCst), 3, "once a command");
    other.execute_batch("ROLLBACK").expect("unlocked");
    store.tag(1, &["x".to_owned()]).expect("it is free");
}

#[test]
fn a_migration_waits_as_well() {
    static TOLD: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    std::fs::write(&path, "").expect("an empty file");
    let other = Connection::open(&path).expect("a database");
    other.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE").expect("a lock");
    let patience = short(|_| {
        TOLD.fetch_add(1, Ordering::SeqCst);
    });
    let error = Store::open_with(&path, MONDAY, patience).expect_err("it is locked");
    assert!(matches!(error.fault(), Fault::Locked), "{error}");
    assert!(TOLD.load(Ordering::SeqCst) > 0);
    other.execute_batch("ROLLBACK").expect("unlocked");
    Store::open_with(&path, MONDAY, patience).expect("it is free");
}

#[test]
fn what_is_marked_while_a_backup_is_put_back_is_in_the_copy_that_is_kept() {
    let mut library = Library::new();
    library.add("a.txt", &["公司:gong1+si1"], day(0));
    let copy = library.path().with_file_name("copy.db");
    library.store.backup(&copy).expect("a copy");
    let path = library.path();
    let words = [key("公司", "gong1 si1")];
    // Restores and marks in turn, as they come: each mark is in the library or in a copy.
    let kept: Vec<_> = std::thread::scope(|scope| {
        let restorer = scope.spawn(|| {
            (0..4).map(|n| Store::restore(&path, &copy, day(n)).expect("it is put back")).collect::<Vec<_>>()
        });
        let mut store = Store::open(&path, MONDAY).expect("a library");
        let mut number = 0;
        while !restorer.is_finished() {
            number += 1;
            store.tag(1, &[format!("t{number}")]).expect("it waits");
            store.mark(&words, Status::Known, &By::Hand, day(number)).expect("it waits");
        }
        restorer.join().expect("no panic").into_iter().flatten().map(|kept| (kept, number)).collect()
    });
    assert_eq!(kept.len(), 4);
    let mut tags = std::collections::BTreeSet::new();
    for path in kept.iter().map(|(kept, _)| kept).chain([&path]) {
        let connection = Connection::open(path).expect("a database");
        let mut statement = connection.prepare("SELECT tag FROM tag").expect("a statement");
        tags.extend(
            statement.query_map([], |row| row.get::<_, String>(0)).expect("rows").map(|t| t.expect("a tag")),
        );
    }
    assert_eq!(tags.len(), usize::try_from(kept[0].1).expect("small"), "{tags:?}");
}

#[test]
fn an_export_is_remembered_though_a_backup_without_its_article_came_meanwhile() {
    let mut library = Library::new();
    let given = |guid: &str, article| Given {
        guid: guid.to_owned(),
        hash: "0f".to_owned(),
        versions: "[]".to_owned(),
        cards: "recognition".to_owned(),
        shown: Some(Shown { article, sentence: "公司。".into() }),
        modified: day(0),
    };
    library.add("a.txt", &["公司:gong1+si1"], day(0));
    library
        .store
        .record_export("news", None, &[given("a", 1), given("b", 2)], day(1))
        .expect("it is recorded");
    let notes = library.store.exported("news").expect("notes");
    assert!(notes["a"].note.shown.is_some() && notes["b"].note.shown.is_none());
    library.is_whole();
}
