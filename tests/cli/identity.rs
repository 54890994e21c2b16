//! Which article a file is, and which deck a deck file is: by where it lies, however it is typed.

use std::path::Path;

use super::with_an_article;
use crate::support::{Home, Said};

const RAIN: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河。王奶奶说，她没有见过这样的雨。";
const SCHOOL: &str = "老师带着学生去图书馆。他们在那里看了一个下午的书，晚上才回到学校。";

fn run_in(home: &Home, folder: &str, arguments: &[&str]) -> Said {
    let mut command = home.command();
    Said::of(command.current_dir(home.join(folder)).args(arguments).output().expect("shengci starts"))
}

fn articles(home: &Home) -> Vec<(i64, String)> {
    let rows = home.json(["articles"]);
    let row = |row: &serde_json::Value| {
        (row["id"].as_i64().expect("a number"), row["origin"].as_str().expect("an origin").to_owned())
    };
    rows.as_array().expect("rows").iter().map(row).collect()
}

fn named(rows: &[(i64, &str)]) -> Vec<(i64, String)> {
    rows.iter().map(|&(id, origin)| (id, origin.to_owned())).collect()
}

#[test]
fn files_of_one_name_in_two_folders_are_two_articles() {
    let home = Home::new();
    home.file("x/news.txt", RAIN);
    home.file("y/news.txt", SCHOOL);
    for folder in ["x", "y"] {
        let said = run_in(&home, folder, &["add", "news.txt"]);
        assert!(said.code == Some(0) && said.err.is_empty(), "{said:?}");
    }
    assert_eq!(articles(&home), named(&[(1, "news.txt"), (2, "news.txt")]));
    // A new wording of each goes to its own.
    home.file("x/news.txt", format!("{RAIN}好。"));
    assert!(run_in(&home, "x", &["add", "./news.txt"]).out.starts_with("1  "));
    home.file("y/news.txt", format!("{SCHOOL}好。"));
    assert!(home.ok(["add", "y/news.txt"]).starts_with("2  "));
    assert!(home.ok(["show", "y/news.txt"]).contains("图书馆"));
    home.run(["show", "news.txt"]).is_failure("could be 2 articles");
    for word in ["大雨", "图书馆"] {
        assert_eq!(home.json(["show", word])[0]["count"], 1, "{word}");
    }
    home.ok(["check"]);
}

#[test]
fn one_file_is_one_article_however_it_is_typed() {
    let home = Home::new();
    let file = home.file("x/news.txt", RAIN);
    let absolute = file.to_string_lossy().into_owned();
    assert_eq!(run_in(&home, "x", &["add", "news.txt"]).code, Some(0));
    let mut ways = vec!["./news.txt", "../x/news.txt", &absolute];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("news.txt", home.join("x/link.txt")).expect("a link");
        ways.push("link.txt");
    }
    let mut text = RAIN.to_owned();
    for way in ways {
        text.push_str("好。");
        home.file("x/news.txt", &text);
        let said = run_in(&home, "x", &["add", way]);
        assert!(said.out.contains("has a new wording"), "{way}: {said:?}");
    }
    assert_eq!(articles(&home), named(&[(1, "news.txt")]));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_do_not_collapse() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    let name = |bytes: &'static [u8]| Path::new(OsStr::from_bytes(bytes));
    std::fs::create_dir(home.join("z")).expect("a folder");
    std::fs::write(home.join("z").join(name(b"\xff.txt")), RAIN).expect("a file");
    std::fs::write(home.join("z").join(name(b"\xfe.txt")), SCHOOL).expect("a file");
    home.ok(["add", "z"]);
    assert_eq!(articles(&home).len(), 2);
    std::fs::write(home.join("z").join(name(b"\xff.txt")), format!("{RAIN}好。")).expect("a file");
    let again = home.ok([OsStr::new("add"), OsStr::from_bytes(b"z/\xff.txt")]);
    assert!(again.contains("has a new wording"), "{again}");
    assert_eq!(articles(&home).len(), 2);
    let dump = home.ok(["dump"]);
    assert!(home.pipe(["--library", "new.db", "load", "-"], dump.as_bytes()).code == Some(0));
    assert_eq!(home.ok(["--library", "new.db", "dump"]), dump);
}

#[test]
fn another_article_in_the_same_file_is_told_and_takes_nothing_away() {
    let home = Home::new();
    home.file("today.txt", RAIN);
    home.ok(["add", "today.txt"]);
    let words = home.json(["words"]);
    home.file("today.txt", SCHOOL);
    let said = home.run(["add", "today.txt"]);
    assert!(said.code == Some(0) && said.err.contains("article 1 and stays, this is article 2"), "{said:?}");
    let now = home.json(["words"]);
    let has = |word: &serde_json::Value| {
        now.as_array().expect("rows").iter().any(|now| now["simplified"] == word["simplified"])
    };
    assert!(words.as_array().expect("rows").iter().all(has), "{now}");
    home.file("today.txt", format!("{SCHOOL}好。"));
    let row = &home.json(["add", "today.txt"])[0];
    assert_eq!((row["article"].as_i64(), row["outcome"].as_str()), (Some(2), Some("edited")));
    assert_eq!(row["held_before"], serde_json::Value::Null);
    home.file("today.txt", "公司的工程师修理机器人。");
    assert_eq!(home.json(["add", "today.txt"])[0]["held_before"], 2);
    assert_eq!(articles(&home).len(), 3);
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_no_place() {
    let home = Home::new();
    let program = env!("CARGO_BIN_EXE_shengci");
    for text in [RAIN, SCHOOL] {
        let script = format!("printf '%s' '{text}' | '{program}' add /dev/fd/0");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).env("SHENGCI_LIBRARY", home.library()).env("HOME", home.path());
        assert!(command.output().expect("a shell").status.success());
    }
    assert_eq!(articles(&home), named(&[(1, "-"), (2, "-")]));
}

/// Exports a deck; how many notes it has.
fn notes(home: &Home, folder: &str, deck: &str) -> u64 {
    let said = run_in(home, folder, &["--json", "export", deck, "-o", "x.apkg"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let row: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(row["deck"], Path::new(deck).file_stem().expect("a name").to_string_lossy().as_ref());
    row["notes"].as_u64().expect("a number")
}

/// A deck that gives one word more each time: so its memory shows.
const ONE_MORE: &str = "name: One\nlimit: 1\nwords: {articles: all}\n";

#[test]
fn deck_files_of_one_name_have_a_memory_each() {
    let home = with_an_article();
    for folder in ["x", "y"] {
        home.file(&format!("{folder}/my.yaml"), ONE_MORE);
        home.file(&format!("{folder}/news.yaml"), ONE_MORE);
    }
    assert_eq!([notes(&home, "x", "my.yaml"), notes(&home, "x", "my.yaml")], [1, 2]);
    assert_eq!(notes(&home, "y", "my.yaml"), 1, "the other file has given nothing yet");
    assert_eq!(notes(&home, "x", "./my.yaml"), 3);
    // The shipped deck is none of them, and the learner's own of that name is another one.
    let shipped = notes(&home, "", "news");
    assert_eq!(notes(&home, "x", "news.yaml"), 1);
    home.file(".config/shengci/decks/news.yaml", ONE_MORE);
    assert_eq!([notes(&home, "", "news"), notes(&home, "", ".config/shengci/decks/news.yaml")], [1, 2]);
    std::fs::remove_file(home.join(".config/shengci/decks/news.yaml")).expect("a file");
    assert_eq!(notes(&home, "", "news"), shipped);
    let row = &home.json(["show", "公司"])[0]["decks"];
    let decks: Vec<_> = row.as_array().expect("decks").iter().filter_map(|deck| deck.as_str()).collect();
    assert!(decks.iter().all(|deck| ["my", "news"].contains(deck)), "{row}");
}

#[test]
fn a_deck_file_that_was_moved_goes_on() {
    let home = with_an_article();
    home.file("x/my.yaml", ONE_MORE);
    std::fs::create_dir(home.join("y")).expect("a folder");
    assert_eq!([notes(&home, "x", "my.yaml"), notes(&home, "x", "my.yaml")], [1, 2]);
    std::fs::rename(home.join("x/my.yaml"), home.join("y/my.yaml")).expect("it is moved");
    assert_eq!(notes(&home, "y", "my.yaml"), 3);
    home.file("x/my.yaml", ONE_MORE);
    assert_eq!(notes(&home, "x", "my.yaml"), 1, "what lies there now is another deck");
}

#[test]
fn a_deck_that_the_library_knows_by_its_bare_name_goes_on() {
    let home = with_an_article();
    home.file("my.yaml", ONE_MORE);
    home.file("x/news.yaml", ONE_MORE);
    assert_eq!([notes(&home, "", "my.yaml"), notes(&home, "x", "news.yaml")], [1, 1]);
    let shipped = notes(&home, "", "news");
    // As a library of before has it: nothing but names.
    let library = rusqlite::Connection::open(home.library()).expect("a library");
    library.execute_batch("UPDATE export SET deck = 'my' WHERE deck LIKE '%/my.yaml'; DELETE FROM export WHERE deck = 'shipped/news'; UPDATE export SET deck = 'news' WHERE deck LIKE '%/news.yaml';").expect("names");
    drop(library);
    assert_eq!([notes(&home, "", "my.yaml"), notes(&home, "x", "news.yaml")], [2, 2]);
    assert_eq!(notes(&home, "", "news"), shipped);
    home.ok(["check"]);
}
