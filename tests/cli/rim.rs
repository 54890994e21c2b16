//! The program's demands of the world, and their time: a home folder, a clock, files of any size.

use super::with_an_article;
use crate::support::{Home, Said};

/// Runs it where there is no home folder: one that depends on where one stands is none. (Without any, the system's list
/// of users is asked, which has one for whoever runs the tests.)
#[cfg(unix)]
fn homeless(home: &Home, arguments: &[&str]) -> Said {
    let mut command = home.command();
    command.env_remove("SHENGCI_LIBRARY").env("HOME", "nowhere").args(arguments);
    Said::of(command.output().expect("shengci starts"))
}

#[cfg(unix)]
#[test]
fn a_home_folder_is_asked_for_when_it_is_needed() {
    let home = Home::new();
    home.file("a.txt", "公司的工程师在图书馆里修理机器人。");
    let ok = |arguments: &[&str]| {
        let said = homeless(&home, arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
        said.out
    };
    assert!(ok(&["read", "a.txt"]).contains("gōng sī"));
    assert!(ok(&["about"]).contains("no home folder"));
    ok(&["completions", "bash"]);
    ok(&["report", "a.txt"]);
    for arguments in [
        &["add", "a.txt"][..],
        &["words"],
        &["stats"],
        &["mark", "known", "公司"],
        &["undo"],
        &["export", "news", "-o", "n.apkg"],
        &["check"],
        &["backup", "b.db"],
        &["restore", "b.db"],
        &["dump", "d.jsonl"],
    ] {
        ok(&[&["--library", "l.db"], arguments].concat());
    }
    ok(&["--library", "new.db", "load", "d.jsonl"]);
    for arguments in [
        &["words"][..],
        &["add", "a.txt"],
        &["mark", "known", "公司"],
        &["export", "news"],
        &["backup", "c.db"],
        &["restore", "b.db"],
        &["load", "d.jsonl"],
    ] {
        let said = homeless(&home, arguments);
        said.is_failure("no home folder to keep the library in");
        assert!(said.err.contains("--library FILE"), "{said:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_folders_of_xdg_do_without_a_home() {
    let home = with_an_article();
    let mut command = home.command();
    command.env_remove("SHENGCI_LIBRARY").env("HOME", "nowhere").env("XDG_DATA_HOME", home.join("data"));
    let said = Said::of(command.args(["add", "a.txt"]).output().expect("shengci starts"));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(home.join("data/shengci/library.db").exists());
}

#[test]
fn a_clock_that_says_nonsense_is_told() {
    let home = with_an_article();
    let at = |now: &str| {
        let mut command = home.command();
        Said::of(command.env("SHENGCI_NOW", now).args(["mark", "known", "公司"]).output().expect("it starts"))
    };
    let said = at("1780000000000");
    assert!(said.is_failure("no moment from 1970").err.contains("not milliseconds"), "{said:?}");
    for now in ["-1", "9223372036854775807", "soon", "-000001-01-01T00:00:00Z", ""] {
        at(now).is_failure("SHENGCI_NOW");
    }
    assert_eq!(home.json(["stats"])["seen"]["known"], 0, "nothing was recorded");
    for now in ["0", "253370764799", "2026-11-23T09:00:00Z"] {
        assert_eq!(at(now).code, Some(0), "{now}");
    }
}

#[test]
fn weeks_of_a_clock_that_was_wrong_fill_no_page() {
    let home = with_an_article();
    let mut command = home.command();
    command.env("SHENGCI_NOW", "253370764799").args(["mark", "known", "公司"]);
    assert!(command.output().expect("it starts").status.success());
    let weeks = home.json(["stats"])["weeks"].as_array().expect("weeks").len();
    let page = home.ok(["stats", "--html", "-"]);
    assert!(weeks < 10 && page.len() < 200_000, "{weeks} weeks, {} bytes", page.len());
    let mut command = home.command();
    let page = command
        .env("SHENGCI_NOW", "253370764799")
        .args(["stats", "--html", "-"])
        .output()
        .expect("it starts");
    assert!(page.stdout.len() < 200_000, "{} bytes", page.stdout.len());
}

/// Whatever is read whole has one limit, and one message.
#[cfg(unix)]
#[test]
fn what_has_no_end_is_refused() {
    let home = with_an_article();
    let zero = std::path::Path::new("/dev/zero");
    for link in ["deck.yaml", ".config/shengci/decks/endless.yaml"] {
        let link = home.join(link);
        std::fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
        std::os::unix::fs::symlink(zero, link).expect("a link");
    }
    for arguments in [
        &["add", "/dev/zero"][..],
        &["mark", "known", "--from", "/dev/zero"],
        &["import", "/dev/zero"],
        &["corrections", "--import", "/dev/zero"],
        &["export", "deck.yaml"],
        &["export", "endless"],
    ] {
        let said = home.run(arguments);
        said.is_failure("is larger than 32 MiB");
        assert!(said.err.contains("split it"), "{said:?}");
    }
    home.run(["load", "/dev/zero", "--library", "new.db"]).is_failure("line 1 of the dump");
    assert!(!home.join("new.db").exists());
    let mut command = home.command();
    let endless = std::fs::File::open(zero).expect("zeros");
    let said = Said::of(command.args(["mark", "known", "-"]).stdin(endless).output().expect("it starts"));
    said.is_failure("standard input is larger than 32 MiB");
    std::os::unix::fs::symlink(zero, home.join(".config/shengci/config.yaml")).expect("a link");
    home.run(["stats"]).is_failure("config.yaml is larger than 32 MiB");
}

/// A pipe gives its beginning once: what looks at it first must keep it.
#[cfg(unix)]
#[test]
fn a_list_comes_out_of_a_pipe_whole() {
    let home = Home::new();
    let program = env!("CARGO_BIN_EXE_shengci");
    let script = format!("printf '公司\\n学生\\n老师\\n图书馆\\n' | '{program}' --json import /dev/fd/0");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).env("SHENGCI_LIBRARY", home.library()).env("HOME", home.path());
    let output = command.output().expect("a shell");
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((rows[0]["words"].as_u64(), rows[0]["changed"].as_u64()), (Some(4), Some(4)), "{rows}");
}

#[test]
fn check_looks_through_a_library_that_no_verb_can_work_with() {
    let home = with_an_article();
    home.ok(["correct", "公司", "gōng sì"]);
    let library = rusqlite::Connection::open(home.library()).expect("a library");
    library.execute_batch("UPDATE correction SET reading = 'zzz'").expect("damage");
    drop(library);
    let said = home.run(["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("correction 1: “zzz” is no syllable"), "{said:?}");
}
