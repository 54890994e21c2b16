//! Commands that run at once: nobody waits for what another one reads or computes, and nothing that was told as done
//! is lost.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use shengci::store::Store;
use shengci::words::Moment;

use super::with_an_article;
use crate::support::Home;

/// A command that is running, with its standard input open.
fn start(home: &Home, arguments: &[&str]) -> Child {
    home.command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("shengci starts")
}

/// Feeds it more than a pipe holds: once this is written, it has begun to read.
fn feed(child: &mut Child, text: &str) {
    child.stdin.as_mut().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
}

fn end(mut child: Child) -> (bool, String, String) {
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_load_that_fails_leaves_what_another_command_has_recorded_meanwhile() {
    let home = with_an_article();
    // More lines than the pipe holds: the load is in the middle of them.
    home.ok(["mark", "known", "--hsk", "2021:1-4"]);
    let dump = home.ok(["dump"]);
    let (begun, rest) = dump.split_at(dump[..200_000].rfind('\n').expect("lines") + 1);
    // One that has a fault, and one that comes too late.
    for (rest, why) in [("garbage\n", "line "), (rest, "not empty")] {
        let mut load = start(&home, &["--library", "new.db", "load", "-"]);
        feed(&mut load, begun);
        home.ok(["--library", "new.db", "mark", "known", "公司"]);
        feed(&mut load, rest);
        let (success, out, err) = end(load);
        assert!(!success && out.is_empty() && err.contains(why), "{err}");
        assert!(home.ok(["--library", "new.db", "words", "--known", "--all"]).contains("公司"));
        assert_eq!(home.json(["--library", "new.db", "articles"]).as_array().expect("rows").len(), 0);
        std::fs::remove_file(home.join("new.db")).expect("a library");
    }
    let left: Vec<_> = std::fs::read_dir(home.path())
        .expect("the home")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".shengci-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_load_goes_into_a_library_that_is_there_and_empty() {
    let home = with_an_article();
    home.ok(["mark", "known", "公司"]);
    let dump = home.ok(["dump"]);
    home.file("d.jsonl", &dump);
    drop(Store::open(&home.join("new.db"), Moment(0)).expect("an empty library"));
    home.file("void.db", "");
    for library in ["new.db", "void.db", "none.db"] {
        home.pipe(["--library", library, "load", "-"], &dump.as_bytes()[..dump.len() / 2]).is_failure("dump");
        home.ok(["--library", library, "load", "d.jsonl"]);
        assert_eq!(home.ok(["--library", library, "dump"]), dump);
        home.ok(["--library", library, "check"]);
    }
}

#[test]
fn whoever_waits_says_so_and_goes_on() {
    let home = with_an_article();
    let other = rusqlite::Connection::open(home.library()).expect("a library");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    let mut waiting = start(&home, &["mark", "known", "公司"]);
    let mut err = BufReader::new(waiting.stderr.take().expect("a pipe"));
    let mut line = String::new();
    err.read_line(&mut line).expect("a line");
    assert!(line.starts_with("waiting for another shengci that writes to the library "), "{line}");
    other.execute_batch("ROLLBACK").expect("the lock is given back");
    let mut more = String::new();
    err.read_to_string(&mut more).expect("text");
    assert_eq!(more, "");
    assert!(end(waiting).0);
    assert!(home.ok(["words", "--known", "--all"]).contains("公司"));
}
