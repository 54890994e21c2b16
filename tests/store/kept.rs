//! Copies that are kept by the program itself: the one just made always, five of each library, and nothing of others.

use std::fs;
use std::path::{Path, PathBuf};

use shengci::store::Store;
use shengci::words::{By, Moment, Status};

use super::backup::dump;
use super::sample::{MONDAY, article, day, file, key};

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A library with an article, and a backup of it.
    fn library(&self, name: &str) -> PathBuf {
        let path = self.join(name);
        let mut store = Store::open(&path, MONDAY).expect("a library");
        let (raw, read) = article(&["公司:gong1+si1 新闻:xin1+wen2"]);
        store.add(&raw, &file("a.txt"), &read, MONDAY).expect("it is added");
        store.backup(&self.join("b.bak")).expect("a copy");
        path
    }

    fn restore(&self, library: &Path, now: Moment) -> PathBuf {
        Store::restore(library, &self.join("b.bak"), now).expect("it is put back").expect("it is kept")
    }

    fn copies(&self) -> Vec<String> {
        let names = fs::read_dir(self.join("backups")).expect("the folder");
        let mut names: Vec<String> =
            names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn mark(library: &Path) {
    let mut store = Store::open(library, MONDAY).expect("a library");
    store.mark(&[key("公司", "gong1 si1")], Status::Known, &By::Hand, MONDAY).expect("a mark");
}

#[test]
fn the_copy_just_made_outlives_those_of_a_library_with_a_longer_name() {
    let place = Place::new();
    let (long, short) = (place.library("library-work.db"), place.library("library.db"));
    let other = place.library("library.sqlite");
    for n in 1..=5 {
        place.restore(&long, day(n));
        place.restore(&other, day(n));
    }
    mark(&short);
    let before = dump(&Store::open(&short, MONDAY).expect("a library"));
    let kept = place.restore(&short, day(0));
    assert_eq!(dump(&Store::open(&kept, MONDAY).expect("the copy is there")), before);
    assert_eq!(place.copies().len(), 11, "{:?}", place.copies());
    for n in 6..=8 {
        place.restore(&long, day(n));
        place.restore(&other, day(n));
    }
    assert_eq!(place.copies().len(), 11, "five of each, and one: {:?}", place.copies());
    assert!(kept.exists());
}

#[test]
fn a_clock_that_went_back_takes_no_copy_away() {
    let place = Place::new();
    let library = place.library("library.db");
    let kept: Vec<PathBuf> = (0..7).rev().map(|n| place.restore(&library, day(n))).collect();
    assert!(kept.iter().all(|copy| copy.exists()), "{:?}", place.copies());
    // When it is right again, the five newest stay of those that are not of the future.
    let last = place.restore(&library, day(4));
    assert!(last.exists() && last.to_string_lossy().ends_with("-2.db"), "{}", last.display());
    let copies = place.copies();
    assert_eq!(copies.len(), 7, "{copies:?}");
    assert!(
        !copies.iter().any(|name| name.contains(&"2026-01-05T".to_owned())),
        "the oldest went: {copies:?}"
    );
}

#[test]
fn a_file_of_the_learner_in_the_folder_is_never_touched() {
    let place = Place::new();
    let library = place.library("library.db");
    fs::create_dir(place.join("backups")).expect("a folder");
    let own =
        ["library-1-before-exam.db", "library-2026-01-05T000000Z-before-exam.db", "library-.db", "notes.txt"];
    for name in own {
        fs::copy(place.join("b.bak"), place.join("backups").join(name)).expect("a file");
    }
    fs::create_dir(place.join("backups/library-2000-01-01T000000Z-v1.db")).expect("a folder");
    for n in 1..=8 {
        place.restore(&library, day(n));
    }
    let copies = place.copies();
    assert!(own.iter().all(|name| copies.iter().any(|copy| copy == name)), "{copies:?}");
    assert_eq!(copies.len(), own.len() + 1 + 5, "{copies:?}");
}

#[test]
fn only_whole_copies_count_and_empty_ones_go() {
    let place = Place::new();
    let library = place.library("library.db");
    let first = place.restore(&library, day(1));
    let whole = fs::read(&first).expect("a copy");
    for (n, bytes) in [
        (2, &[][..]),
        (3, &[]),
        (4, &whole[..whole.len() / 2]),
        (5, b"SQLite format 3\0 and no more"),
        (6, &vec![7; 20_000]),
    ] {
        fs::write(
            place.join(&format!("backups/library-2026-01-{:02}T000000Z-before-restore.db", 5 + n)),
            bytes,
        )
        .expect("what a killed restore left");
    }
    for n in 7..=10 {
        place.restore(&library, day(n));
    }
    assert!(first.exists(), "with it there are five whole ones: {:?}", place.copies());
    assert!(!place.copies().iter().any(|name| name.contains("2026-01-07") || name.contains("2026-01-08")));
    place.restore(&library, day(11));
    assert!(!first.exists());
    assert_eq!(place.copies().len(), 5, "{:?}", place.copies());
}

#[test]
fn two_of_one_second_are_two() {
    let place = Place::new();
    let library = place.library("library.db");
    let kept: Vec<PathBuf> = (0..12).map(|_| place.restore(&library, day(1))).collect();
    assert_eq!(kept.iter().filter(|copy| copy.exists()).count(), 5);
    assert!(kept[7..].iter().all(|copy| copy.exists()), "the last five: {:?}", place.copies());

    let aside: Vec<PathBuf> = (0..3)
        .map(|n| {
            fs::write(&library, format!("damage {n}").repeat(1000)).expect("a file");
            place.restore(&library, day(1))
        })
        .collect();
    for (n, aside) in aside.iter().enumerate() {
        assert_eq!(fs::read_to_string(aside).expect("it is kept"), format!("damage {n}").repeat(1000));
    }
}

#[test]
fn a_migration_and_a_restore_share_the_five() {
    let place = Place::new();
    let library = place.library("library.db");
    let folder = place.join("backups");
    fs::create_dir(&folder).expect("a folder");
    for n in 1..=4 {
        let name = format!("library-2026-01-{:02}T000000Z-v1.db", 5 + n);
        fs::copy(place.join("b.bak"), folder.join(name)).expect("a copy of before a migration");
    }
    place.restore(&library, day(5));
    assert_eq!(place.copies().len(), 5);
    place.restore(&library, day(6));
    assert_eq!(place.copies().len(), 5, "{:?}", place.copies());
    assert!(!place.copies()[0].contains("2026-01-06"), "{:?}", place.copies());
}
