//! An import that is killed leaves all of it or nothing, and so do two at once.

use std::fs;
use std::process::Stdio;

use shengci::dictionary::Dictionary;
use shengci::hanzi::is_hanzi;

use super::number;
use crate::support::Home;

/// A list of many words, and how many.
fn long_list(home: &Home) -> std::path::PathBuf {
    let words = Dictionary::embedded().words().map(|word| word.simplified);
    let words: Vec<&str> = words.filter(|word| word.chars().all(is_hanzi)).take(12_000).collect();
    home.file("long.txt", words.join("\n"))
}

#[test]
fn an_import_killed_at_any_moment_is_there_whole_or_not_at_all() {
    let home = Home::new();
    let list = long_list(&home);
    home.ok(["mark", "known", "学生"]);
    let before = number(&home.json(["stats"])["never_seen"]["known"]);
    let log = home.join("library.db-wal");
    let size = |path| fs::metadata(path).map_or(0, |about: fs::Metadata| about.len());
    let mut killed = 0;
    // Killed as soon as anything is written, then ever later.
    for bytes in [1_u64, 20_000, 200_000, 1_000_000] {
        let mut child = home
            .command()
            .arg("import")
            .arg(&list)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let started = size(&log);
        while child.try_wait().expect("a child").is_none() {
            if size(&log) >= started + bytes {
                child.kill().expect("a child of ours");
            }
        }
        killed += u32::from(!child.wait().expect("it ended").success());
        home.ok(["check"]);
        let known = number(&home.json(["stats"])["never_seen"]["known"]);
        assert!(known == before || known > before + 11_000, "{known} of it");
        if known > before {
            home.ok(["undo"]);
        }
    }
    assert!(killed > 0, "no import was slow enough to be killed");
    home.ok(["import".as_ref(), list.as_os_str()]);
    assert!(number(&home.json(["stats"])["never_seen"]["known"]) > before + 11_000);
}

#[test]
fn two_imports_at_once_both_arrive() {
    let home = Home::new();
    let (one, other) = (home.file("one.txt", "公司\n学生\n"), home.file("other.txt", "老师\n朋友\n"));
    let start =
        |list| home.command().arg("import").arg(list).stdout(Stdio::null()).spawn().expect("it starts");
    let (mut first, mut second) = (start(&one), start(&other));
    assert!(first.wait().expect("it ends").success());
    assert!(second.wait().expect("it ends").success());
    assert_eq!(number(&home.json(["stats"])["never_seen"]["known"]), 4);
}
