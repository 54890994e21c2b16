//! `backup`, `restore`, `dump`, `load`: nothing is lost on the way.

use super::{home_with_article, status};
use crate::support::Home;

#[test]
fn a_backup_brings_back_what_was_and_what_was_is_kept() {
    let home = home_with_article();
    home.ok(["mark", "known", "学生"]);
    home.ok(["backup", "copy.db"]);
    home.ok(["mark", "ignored", "学生"]);
    let said = home.ok(["restore", "copy.db"]);
    assert!(said.contains("what was there before is kept"), "{said}");
    assert_eq!(status(&home, "学生"), "known");
    let kept: Vec<_> = std::fs::read_dir(home.join("backups")).expect("backups").flatten().collect();
    assert_eq!(kept.len(), 1);
    home.ok(["restore".as_ref(), kept[0].path().as_os_str()]);
    assert_eq!(status(&home, "学生"), "ignored");

    home.file("notes.txt", "mine");
    home.run(["backup", "notes.txt"]).is_failure("is there already, and is no backup");
    home.run(["restore", "notes.txt"]).is_failure("notes.txt");
    home.ok(["backup", "copy.db"]);
    Home::new().run(["backup"]).is_failure("there is no library");
}

#[test]
fn a_dump_makes_the_same_library_again() {
    let home = home_with_article();
    home.ok(["mark", "known", "学生", "公司"]);
    home.ok(["mark", "known", "--hsk", "2015:1"]);
    home.ok(["undo"]);
    home.ok(["dump", "all.jsonl"]);
    home.ok(["--library", "new.db", "load", "all.jsonl"]);
    let dump = std::fs::read_to_string(home.join("all.jsonl")).expect("a dump");
    assert_eq!(home.ok(["--library", "new.db", "dump"]), dump);
    for question in [&["words", "--all"][..], &["report"], &["report", "last"], &["pairs"]] {
        let asked = |library: &str| home.json(["--library", library].iter().chain(question));
        let (old, new) = (asked(&home.library().to_string_lossy()), asked("new.db"));
        assert_eq!(old, new, "{question:?}");
    }
    home.run(["load", "all.jsonl"]).is_failure("is not empty");
    home.file("broken.jsonl", format!("{}\nnonsense\n", dump.lines().next().expect("a line")));
    home.run(["--library", "other.db", "load", "broken.jsonl"]).is_failure("line 2 of the dump");
}
