//! A collection that Anki has open: read as it is this moment, never touched.

use std::fs;

use shengci::learned::{AnkiState, Collection, LearnedError};

use super::{Running, report, states, study};
use crate::support::Home;

#[test]
fn a_collection_open_in_anki_is_read_with_its_latest_changes_and_left_alone() {
    let home = Home::new();
    study(home.path(), "sm2");
    let folder = home.path().to_string_lossy().into_owned();
    let mut anki = Running::start("tests/learned/study.py", &["hold", &folder]);
    assert_eq!(anki.line(), "open");
    let log = home.join("collection.anki2-wal");
    let bytes = || (fs::read(home.join("collection.anki2")).expect("it"), fs::read(&log).expect("its log"));
    let before = bytes();
    assert!(before.1.len() > 32, "the change is in the log");
    let files = || -> Vec<String> {
        let names = fs::read_dir(home.path()).expect("a folder").flatten();
        let mut names: Vec<String> = names.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let there = files();

    let read = report(&home.join("collection.anki2"));
    assert_eq!(states(&read)["机场 ji1 chang3"], AnkiState::Known, "only the log has it");
    assert_eq!(read.remarks, Vec::<String>::new());
    assert_eq!(bytes(), before);
    assert_eq!(files(), there, "no file of ours lies beside it");

    anki.say("go on");
    let said = anki.line();
    assert!(said.starts_with("ok "), "{said}");
}

#[test]
fn a_collection_that_changes_while_it_is_copied_is_read_whole_or_not_at_all() {
    let home = Home::new();
    study(home.path(), "sm2");
    fs::remove_dir_all(home.join("backups")).expect("the backups");
    let mut anki = Running::start("tests/learned/study.py", &["busy", &home.path().to_string_lossy()]);
    assert_eq!(anki.line(), "open");
    let (mut whole, mut most) = (0, 0);
    for _ in 0..30 {
        match Collection::read(&home.join("collection.anki2")) {
            Ok(collection) => {
                let of_notes = |id: &i64| collection.notes.binary_search_by_key(id, |note| note.id).is_ok();
                assert!(collection.cards.iter().all(|card| of_notes(&card.note)), "a card without its note");
                assert!(collection.cards.len() >= collection.notes.len(), "a note without its card");
                assert!(collection.notes.len() >= most, "notes that were there are gone");
                (whole, most) = (whole + 1, collection.notes.len());
            }
            Err(LearnedError::Busy(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    eprintln!("read whole {whole} times of 30, {most} notes at the end");
    assert!(whole >= 15 && most > 40, "{whole} of 30, {most} notes");
    assert_eq!(anki.end(), "ok");
}

#[test]
fn a_damaged_collection_is_read_from_its_newest_backup() {
    let home = Home::new();
    study(home.path(), "sm2");
    let path = home.join("collection.anki2");
    let whole = fs::read(&path).expect("a collection");
    fs::write(&path, &whole[..whole.len() / 2]).expect("half of it");
    let read = report(&path);
    assert_eq!(states(&read)["朋友 peng2 you5"], AnkiState::Known);
    assert_eq!(read.remarks.len(), 1);
    assert!(read.remarks[0].contains("read the newest backup instead"), "{:?}", read.remarks);
    fs::remove_dir_all(home.join("backups")).expect("the backups");
    let error = Collection::read(&path).expect_err("nothing to read");
    assert!(matches!(error, LearnedError::Collection { .. }), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("colpkg")));
}
