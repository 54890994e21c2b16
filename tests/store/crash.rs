//! A process that is killed leaves a whole library; two at once wait for one another.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use shengci::store::Store;

use super::sample::{Library, MONDAY, article, day, file};

const LIBRARY: &str = "SHENGCI_TEST_LIBRARY";

/// This very test program, told to run one of the helpers below.
fn child(helper: &str, library: &Library) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--ignored", "--exact", &format!("store::crash::{helper}")])
        .env(LIBRARY, library.path())
        .stdout(Stdio::null());
    command
}

fn library_of_parent() -> Option<PathBuf> {
    std::env::var_os(LIBRARY).map(PathBuf::from)
}

#[test]
#[ignore = "runs as a child process"]
fn adds_and_is_killed() {
    let Some(path) = library_of_parent() else { return };
    let mut store = Store::open(&path, MONDAY).expect("a library");
    let _ = store.adding(day(1), |adding| {
        for number in 0..2000 {
            let (raw, read) = article(&[&format!("公司:gong1+si1 {}", vec!["去:qu4"; number + 1].join(" "))]);
            adding.add(&raw, &file(&format!("{number}.txt")), &read)?;
            if number == 500 {
                // No destructor runs and nothing is flushed: as by `kill -9`.
                std::process::abort();
            }
        }
        Ok(())
    });
}

#[test]
#[ignore = "runs as a child process"]
fn adds_many() {
    let Some(path) = library_of_parent() else { return };
    for number in 0..20 {
        let mut store = Store::open(&path, MONDAY).expect("a library");
        let (raw, read) = article(&[&format!("公司:gong1+si1 {}", vec!["去:qu4"; number + 1].join(" "))]);
        store
            .add(&raw, &file(&format!("{}-{number}.txt", std::process::id())), &read, day(1))
            .expect("it waits");
    }
}

#[test]
fn killed_in_the_middle_the_library_is_as_it_was() {
    let mut library = Library::new();
    library.add("a.txt", &["公司:gong1+si1 新闻:xin1+wen2"], day(0));
    let before = library.counts();
    let status = child("adds_and_is_killed", &library).stderr(Stdio::null()).status().expect("a child");
    assert!(!status.success(), "it was killed");
    assert_eq!(library.counts(), before);
    let store = Store::open(&library.path(), MONDAY).expect("it opens");
    assert_eq!(store.check().expect("it can be read"), []);
    library.add("b.txt", &["学生:xue2+sheng5"], day(1));
    library.is_whole();
}

#[test]
fn two_processes_at_once_both_get_their_turn() {
    let library = Library::new();
    let mut children: Vec<_> =
        (0..3).map(|_| child("adds_many", &library).spawn().expect("a child")).collect();
    for child in &mut children {
        assert!(child.wait().expect("it ends").success());
    }
    // The texts are the same in all three, so each is one article.
    assert_eq!(library.store.stats().expect("figures").articles, 20);
    library.is_whole();
}

#[test]
fn two_processes_may_make_the_library_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/library.db");
    let results: Vec<_> = std::thread::scope(|scope| {
        let openers: Vec<_> = (0..6).map(|_| scope.spawn(|| Store::open(&path, MONDAY).map(drop))).collect();
        openers.into_iter().map(|opener| opener.join().expect("no panic")).collect()
    });
    for result in results {
        result.expect("it opens");
    }
}
