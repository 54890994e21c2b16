//! An import that is killed leaves all of it or nothing, and so do two at once.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use shengci::dictionary::Dictionary;
use shengci::hanzi::is_hanzi;

use super::number;
use crate::learned::large;
use crate::support::Home;

/// A list of many words, and how many.
fn long_list(home: &Home) -> std::path::PathBuf {
    let words = Dictionary::embedded().words().map(|word| word.simplified);
    let words: Vec<&str> = words.filter(|word| word.chars().all(is_hanzi)).take(12_000).collect();
    home.file("long.txt", words.join("\n"))
}

/// Imports `file`, and kills the import once it has written so many bytes. Whether it was killed before it ended.
fn import_killed_after(home: &Home, file: &Path, bytes: u64) -> bool {
    let log = home.join("library.db-wal");
    let size = || fs::metadata(&log).map_or(0, |about| about.len());
    let mut child = home
        .command()
        .arg("import")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let started = size();
    while child.try_wait().expect("a child").is_none() {
        if size() >= started + bytes {
            child.kill().expect("a child of ours");
        }
    }
    !child.wait().expect("it ended").success()
}

#[test]
fn an_import_killed_at_any_moment_is_there_whole_or_not_at_all() {
    let home = Home::new();
    let list = long_list(&home);
    home.ok(["mark", "known", "学生"]);
    let before = number(&home.json(["stats"])["never_seen"]["known"]);
    let mut killed = 0;
    // Killed as soon as anything is written, then ever later.
    for bytes in [1_u64, 20_000, 200_000, 1_000_000] {
        killed += u32::from(import_killed_after(&home, &list, bytes));
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
fn an_import_from_anki_killed_at_any_moment_is_there_whole_or_not_at_all() {
    let home = Home::new();
    let collection = home.join("collection.anki2");
    large::make(&collection, 9_000);
    home.ok(["mark", "known", "学生"]);
    let words = |home: &Home| number(&home.json(["stats"])["never_seen"]["known"]);
    let before = words(&home);
    let (mut killed, mut whole) = (0, false);
    for bytes in [1_u64, 200_000, 1_500_000] {
        killed += u32::from(import_killed_after(&home, &collection, bytes));
        home.ok(["check"]);
        let known = words(&home);
        whole |= known > before;
        assert!(known == before || known > before + 4_000, "{known} of it");
    }
    assert!(killed > 0, "no import was slow enough to be killed");
    let row = home.json(["import".as_ref(), collection.as_os_str()]);
    assert!(whole || number(&row[0]["changed"]) > 8_000, "{row}");
    assert!(words(&home) > before + 4_000);
    let again = home.json(["import".as_ref(), collection.as_os_str()]);
    assert_eq!((&again[0]["notes"], &again[0]["changed"]), (&9_000.into(), &0.into()));
    home.ok(["check"]);
    assert!(!fs::read_dir(home.path()).expect("a folder").flatten().any(|entry| {
        let name = entry.file_name();
        name.to_string_lossy().starts_with("collection.anki2-")
    }));
}

#[test]
fn an_import_from_anki_while_articles_are_added_and_another_import_runs() {
    let home = Home::new();
    let collection = home.join("collection.anki2");
    large::make(&collection, 3_000);
    let list = home.file("list.txt", "公司\n学生\n机器人\n");
    let articles: Vec<_> = [super::FIRST, super::SECOND, super::THIRD]
        .iter()
        .enumerate()
        .map(|(number, text)| home.file(&format!("{number}.txt"), text))
        .collect();
    let start = |verb: &str, path: &std::path::Path| {
        home.command().arg(verb).arg(path).stdout(Stdio::null()).spawn().expect("it starts")
    };
    let mut running =
        vec![start("import", &collection), start("import", &collection), start("import", &list)];
    running.extend(articles.iter().map(|path| start("add", path)));
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    home.ok(["check"]);
    assert_eq!(super::status(&home, "机器人"), "known");
    assert_eq!(home.json(["report"]).as_array().map(Vec::len), Some(3), "all three articles");
    let again = home.json(["import".as_ref(), collection.as_os_str()]);
    assert_eq!(number(&again[0]["changed"]), 0, "{again}");
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
