//! A process that is killed leaves a whole library; two at once wait for one another.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use shengci::store::{Selection, Store};
use shengci::words::{By, Status};

use super::sample::{Library, MONDAY, article, day, file, key};
use crate::support::Home;

const LIBRARY: &str = "SHENGCI_TEST_LIBRARY";

/// This very test program, told to run one of the helpers of these tests.
pub fn helper(name: &str, library: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--ignored", "--exact", "--nocapture", &format!("store::{name}")])
        .env(LIBRARY, library)
        .stdout(Stdio::null());
    command
}

fn child(name: &str, library: &Library) -> Command {
    helper(&format!("crash::{name}"), &library.path())
}

pub fn library_of_parent() -> Option<PathBuf> {
    std::env::var_os(LIBRARY).map(PathBuf::from)
}

/// The numbers of recorded articles, marks and undos.
fn recorded(path: &Path) -> [u32; 3] {
    let sql = "SELECT (SELECT count(*) FROM digest), (SELECT count(*) FROM mark),
                      (SELECT count(*) FROM act WHERE what = 'undo')";
    let connection = Connection::open(path).expect("a database");
    connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).expect("counts")
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
fn works_until_it_is_killed() {
    let Some(path) = library_of_parent() else { return };
    let mut store = Store::open(&path, MONDAY).expect("a library");
    let words = [key("公司", "gong1 si1"), key("去", "qu4"), key("新", "xin1")];
    for number in 0.. {
        let (raw, read) = article(&[&format!("公司:gong1+si1 {}", vec!["去:qu4"; number + 1].join(" "))]);
        store.add(&raw, &file(&format!("{number}.txt")), &read, day(1)).expect("it is added");
        println!("done 0");
        store.mark(&words, Status::Known, &By::Hand, day(1)).expect("marks");
        println!("done 1");
        store.undo(day(1)).expect("undo");
        println!("done 2");
    }
}

#[test]
#[ignore = "runs as a child process"]
fn marks_and_undoes() {
    let Some(path) = library_of_parent() else { return };
    for _ in 0..20 {
        let mut store = Store::open(&path, MONDAY).expect("a library");
        store.mark(&[key("公司", "gong1 si1")], Status::Known, &By::Hand, day(1)).expect("it waits");
        store.undo(day(1)).expect("it waits");
    }
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
fn what_was_said_to_be_done_outlives_a_kill_and_what_was_half_done_does_not() {
    for (round, lines) in [1, 2, 3, 4, 5, 6, 10, 20, 30, 31, 32].into_iter().enumerate() {
        let library = Library::new();
        let mut child = child("works_until_it_is_killed", &library)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let mut done = [0_u32; 3];
        let said = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let said = said
            .map_while(Result::ok)
            .filter_map(|line| line.split_once("done ").and_then(|(_, what)| what.parse::<usize>().ok()));
        for what in said.take(lines) {
            done[what] += 1;
        }
        // Not always at the same point of the next command.
        for _ in 0..round * 100 {
            std::thread::yield_now();
        }
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        assert_eq!(done.iter().sum::<u32>() as usize, lines);

        library.is_whole();
        let [articles, marks, undos] = recorded(&library.path());
        assert!(articles >= done[0] && undos >= done[2], "{articles} {undos} of {done:?}");
        assert!(marks.is_multiple_of(3) && marks / 3 >= done[1], "{marks} marks of {done:?}");
        // One command follows the other: none is missing in between.
        assert!(articles >= marks / 3 && marks / 3 >= undos && undos + 1 >= articles);
    }
}

#[test]
fn an_add_of_a_few_articles_that_is_killed_adds_all_or_nothing() {
    let home = Home::new();
    let library = home.library();
    home.file("first.txt", "公司今天发布新闻。");
    home.ok(["add", "first.txt"]);
    for number in 0..40 {
        let mut text = String::new();
        for sentence in 0..40 {
            write!(text, "学生{number}去公司看{sentence}条新闻。").expect("text");
        }
        home.file(&format!("news/{number}.txt"), &text);
    }
    let mut killed = 0;
    for bytes in [0, 50_000, 200_000] {
        let mut child = home
            .command()
            .args(["add", "news"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("shengci starts");
        // The log grows while the command is being committed.
        let log = library.with_file_name("library.db-wal");
        while child.try_wait().expect("a child").is_none()
            && !std::fs::metadata(&log).is_ok_and(|log| log.len() > bytes)
        {
            std::thread::yield_now();
        }
        let _ = child.kill();
        killed += usize::from(!child.wait().expect("it ends").success());
        let store = Store::open(&library, MONDAY).expect("it opens");
        assert_eq!(store.check().expect("it can be read"), []);
        let articles = store.articles(&Selection::All).expect("articles").len();
        assert!([1, 41].contains(&articles), "{articles} articles");
    }
    assert!(killed > 0, "it was too quick to be killed");
}

#[test]
fn adding_marking_and_undoing_at_once_lose_nothing() {
    let library = Library::new();
    let mut children: Vec<_> =
        ["adds_many", "marks_and_undoes"].map(|name| child(name, &library).spawn().expect("a child")).into();
    while children.iter_mut().any(|child| child.try_wait().expect("a child").is_none()) {
        // A reader sees one moment of it, never a half.
        assert_eq!(library.store.check().expect("it can be read"), []);
    }
    for child in &mut children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(recorded(&library.path()), [20, 20, 20]);
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
