//! Each fault of a library is told in words, with a hint, and leaves the file as it was.

use std::fs;

use rusqlite::Connection;
use shengci::store::{Fault, Store, StoreError};

use super::sample::{Library, MONDAY, day};

fn says(error: &StoreError, naming: &str) {
    assert!(error.to_string().contains(naming), "{error}");
    assert!(error.hint().len() > 10, "{error}");
}

#[test]
fn a_file_that_is_no_library_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("text.db");
    fs::write(&text, "公司新闻".repeat(500)).expect("a file");
    let before = fs::read(&text).expect("bytes");
    let error = Store::open(&text, MONDAY).expect_err("it is a text");
    assert!(matches!(error.fault(), Fault::NotSqlite));
    says(&error, "text.db");
    assert_eq!(fs::read(&text).expect("bytes"), before);

    let other = folder.path().join("other.db");
    Connection::open(&other).expect("a database").execute_batch("CREATE TABLE t (a)").expect("a table");
    let before = fs::read(&other).expect("bytes");
    let error = Store::open(&other, MONDAY).expect_err("it is another program's");
    assert!(matches!(error.fault(), Fault::NotALibrary));
    says(&error, "another program");
    assert_eq!(fs::read(&other).expect("bytes"), before);

    let error = Store::open_existing(&folder.path().join("none.db"), MONDAY).expect_err("there is none");
    assert!(matches!(error.fault(), Fault::Missing));
    assert!(!folder.path().join("none.db").exists());

    let error = Store::open(&text.join("library.db"), MONDAY).expect_err("a file is no folder");
    assert!(matches!(error.fault(), Fault::Unwritable(_)));
    let error = Store::open(folder.path(), MONDAY).expect_err("a folder is no file");
    assert!(matches!(error.fault(), Fault::NotAFile(_)));
    says(&error, "a folder");
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.db");
    fs::write(&path, "").expect("a file");
    assert!(Store::open(&path, MONDAY).is_ok());
}

#[test]
fn a_library_of_a_newer_shengci_is_refused() {
    let library = Library::new();
    let path = library.path();
    drop(library.store.stats());
    Connection::open(&path)
        .expect("a database")
        .execute_batch("PRAGMA user_version = 999")
        .expect("a version");
    let error = Store::open(&path, MONDAY).expect_err("it is newer");
    assert!(matches!(error.fault(), Fault::Newer { found: 999, .. }));
    says(&error, "newer");
}

#[test]
fn a_damaged_library_is_reported_and_never_deleted() {
    let mut library = Library::new();
    for number in 0..40 {
        let lines = format!("公司:gong1+si1 {}", vec!["去:qu4"; number + 1].join(" "));
        library.add(&format!("{number}.txt"), &[&lines], day(0));
    }
    let path = library.path();
    drop(library.store);
    let mut bytes = fs::read(&path).expect("bytes");
    let length = bytes.len();
    bytes[length / 4..].fill(0xA5);
    fs::write(&path, &bytes).expect("damage");
    let found = Store::open(&path, MONDAY).and_then(|store| store.check());
    assert!(!matches!(found, Ok(findings) if findings.is_empty()), "the damage is seen");
    assert_eq!(fs::read(&path).expect("it is still there").len(), length);
}

#[test]
fn derived_figures_that_are_off_are_found_and_put_right() {
    let mut library = Library::new();
    library.add("a.txt", &["公司:gong1+si1 去:qu4"], day(0));
    Connection::open(library.path())
        .expect("a database")
        .execute_batch("UPDATE standing SET count = 5, status = 'known' WHERE word = 1")
        .expect("damage");
    let findings = library.store.check().expect("findings");
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.derived));
    library.store.derive().expect("derived");
    library.is_whole();
}
