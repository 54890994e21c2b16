//! Commands that meet: at one output, at a library that is only being made, at one that is being replaced.

use std::collections::BTreeSet;
use std::fs;

use super::{done, lawfully};
use crate::campaigns::homes::Home;

/// Runs all of these at once, each of which must succeed.
fn at_once(home: &Home, commands: &[Vec<String>]) {
    std::thread::scope(|scope| {
        for arguments in commands {
            scope.spawn(move || {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                done(home, &arguments);
            });
        }
    });
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn one_output_written_by_several_is_whole() {
    let home = Home::new(&[]);
    fs::write(home.path().join("all.yaml"), fuzz::world::DECK).expect("a deck file");
    for command in
        ["export ./all.yaml -o same.apkg", "dump same.jsonl", "backup same.db", "stats --html same.html"]
    {
        at_once(&home, &vec![words(command); 4]);
    }
    let package = fs::File::open(home.path().join("same.apkg")).expect("the package");
    assert!(zip::ZipArchive::new(package).is_ok());
    done(&home, &["check", "--library", "same.db"]);
    done(&home, &["load", "same.jsonl", "--library", "new.db"]);
    assert!(
        fs::read_to_string(home.path().join("same.html")).expect("a page").trim_end().ends_with("</html>")
    );
}

#[test]
fn a_new_library_made_by_several_has_what_each_of_them_did() {
    let home = Home::new(&[]);
    for round in 0..5 {
        let library = format!("first-{round}.db");
        let of = |command: &str| words(&format!("--library {library} {command}"));
        at_once(
            &home,
            &[of("add news/1.txt"), of("mark known 公司"), of("import list.txt"), of("sense 学生 pupil")],
        );
        let dump = done(&home, &["dump", "-", "--library", &library]);
        for what in ["\"article\":", "第1条新闻", "pupil", "list.txt", "公司"] {
            assert!(dump.contains(what), "{what} is not in {library}");
        }
        done(&home, &["check", "--library", &library]);
    }
}

/// A library that is replaced while others write to it: what they were told as done is in it, or in a copy that was kept.
#[test]
fn marks_beside_a_restore_are_in_the_library_or_in_a_copy_that_was_kept() {
    let home = Home::new(&[]);
    let marked =
        ["苹果", "香蕉", "葡萄", "医院", "邮局", "星期", "月亮", "太阳", "飞机", "汽车", "火山", "足球"];
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for word in marked {
                done(&home, &["mark", "known", word]);
            }
        });
        scope.spawn(|| {
            for _ in 0..4 {
                done(&home, &["restore", "older.db"]);
            }
        });
    });
    done(&home, &["check"]);
    let mut dumps = done(&home, &["dump", "-"]);
    for copy in fs::read_dir(home.path().join("backups")).expect("what was kept").flatten() {
        let name = format!("backups/{}", copy.file_name().to_string_lossy());
        if name.ends_with(".db") {
            dumps += &done(&home, &["dump", "-", "--library", &name]);
        }
    }
    let gone: Vec<_> =
        marked.into_iter().filter(|word| !dumps.contains(&format!("\"headword\":\"{word}\""))).collect();
    assert!(gone.is_empty(), "told as known, and gone: {gone:?}");
}

/// Each `undo` takes back one command, and no two the same one.
#[test]
fn several_that_undo_at_once_take_back_one_command_each() {
    let home = Home::new(&[]);
    let acts = |home: &Home| {
        let dump = done(home, &["dump", "-"]);
        let undone =
            dump.lines().filter(|line| line.starts_with("{\"act\":") && line.contains("\"what\":\"undo\""));
        undone.map(|line| line.split("\"undoes\":").nth(1).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for word in ["公司", "老师", "学生", "银行"] {
        done(&home, &["mark", "ignored", word]);
    }
    let before = acts(&home).len();
    at_once(&home, &vec![words("undo"); 4]);
    let undone = acts(&home);
    assert_eq!(undone.len(), before + 4);
    assert_eq!(undone.iter().collect::<BTreeSet<_>>().len(), undone.len(), "{undone:?}");
    assert!(!done(&home, &["words", "--all", "--ignored"]).contains("公司"));
    lawfully(&home, &["undo"]);
}
