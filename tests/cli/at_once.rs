//! Commands that run at once: nobody waits for what another one reads or computes, and nothing that was told as done
//! is lost.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use shengci::store::{Selection, Store};
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
fn an_article_that_is_still_being_typed_keeps_nobody_waiting() {
    let home = with_an_article();
    home.ok(["backup", "b.db"]);
    for verb in [&["add", "-"][..], &["make", "-", "-o", "x.apkg"]] {
        let mut typing = start(&home, verb);
        feed(&mut typing, &"老师在学校教书。\n".repeat(5_000));
        let said = home.run(["mark", "known", "公司"]);
        assert!(said.code == Some(0) && said.err.is_empty(), "{said:?}");
        home.ok(["restore", "b.db"]);
        home.ok(["correct", "公司", "gōngsī"]);
        let (success, _, err) = end(typing);
        assert!(success, "{err}");
    }
    assert_eq!(home.json(["articles"]).as_array().expect("rows").len(), 2);
    home.ok(["check"]);
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

/// Articles whose reading takes a while.
fn folder(home: &Home, articles: usize) {
    for number in 0..articles {
        let text: String = (0..3).map(|sentence| format!("学生{number}去公司看{sentence}条新闻。")).collect();
        home.file(&format!("news/{number:03}.txt"), text);
    }
}

#[test]
fn a_folder_is_written_in_portions_of_whole_articles() {
    let home = Home::new();
    folder(&home, 220);
    let library = home.library();
    let has = |path: &Path| {
        let store = Store::open(path, Moment(1_780_000_000)).expect("it opens");
        assert_eq!(store.check().expect("it can be read"), []);
        store.articles(&Selection::All).expect("articles").len()
    };
    home.ok(["mark", "known", "公司"]);
    let mut seen = std::collections::BTreeSet::new();
    let mut child = start(&home, &["add", "news"]);
    while child.try_wait().expect("a child").is_none() {
        let store = Store::open(&library, Moment(0)).expect("it opens");
        seen.insert(store.stats().expect("figures").articles);
    }
    assert!(child.wait().expect("it ends").success());
    assert!(seen.iter().any(|&articles| 0 < articles && articles < 220), "{seen:?}");
    assert_eq!(has(&library), 220);
    let all = home.json(["words"]);

    // Killed in the middle, and run again: as if it had not been killed.
    let mut killed = 0;
    for stop in [1, 96] {
        let path = home.join(&format!("killed-{stop}.db"));
        let name = path.to_string_lossy().into_owned();
        home.ok(["--library", &name, "mark", "known", "公司"]);
        let mut child = start(&home, &["--library", &name, "add", "news"]);
        while child.try_wait().expect("a child").is_none() {
            if path.exists()
                && Store::open(&path, Moment(0))
                    .is_ok_and(|store| store.stats().expect("figures").articles >= stop)
            {
                child.kill().expect("a child of ours");
            }
        }
        killed += usize::from(!child.wait().expect("it ends").success());
        let before = has(&path);
        assert!(before > 0);
        home.ok(["--library", &name, "add", "news"]);
        assert_eq!(has(&path), 220);
        assert!(home.json(["--library", &name, "words"]) == all, "as if it had not been killed");
    }
    assert!(killed > 0, "it was too quick to be killed");
}

#[test]
fn one_named_file_that_is_no_article_keeps_all_out() {
    let home = Home::new();
    folder(&home, 70);
    home.file("picture.txt", b"\x89PNG\r\n\x1a\n and so on");
    let mut names: Vec<String> = (0..70).map(|number| format!("news/{number:03}.txt")).collect();
    names.push("picture.txt".to_owned());
    let arguments = |verb: &str| [vec![verb.to_owned()], names.clone()].concat();
    home.run(arguments("add")).is_failure("picture.txt");
    home.run(arguments("make")).is_failure("picture.txt");
    let said = home.pipe(arguments("add").into_iter().chain(["-".to_owned()]), "雨停了。".as_bytes());
    said.is_failure("picture.txt");
    home.pipe(["add", "news", "-"], b"no hanzi at all").is_failure("standard input");
    assert!(!home.library().exists(), "no library is made for nothing");
    // In a folder it is passed over.
    std::fs::rename(home.join("picture.txt"), home.join("news/picture.txt")).expect("it is moved");
    let said = home.run(["add", "news"]);
    assert!(said.code == Some(0) && said.err.contains("passed over: "), "{said:?}");
    assert_eq!(home.json(["articles"]).as_array().expect("rows").len(), 70);
}
