//! The library as a file: cut-off dumps, copies, and folders that can't be written.

use std::fs;

use super::with_an_article;
use crate::support::Home;

#[test]
fn a_dump_that_is_not_all_there_is_refused() {
    let home = with_an_article();
    home.ok(["mark", "known", "公司"]);
    let dump = home.ok(["dump"]);
    let lines: Vec<&str> = dump.lines().collect();
    let without = |left_out: usize| -> String {
        lines
            .iter()
            .enumerate()
            .filter(|&(at, _)| at != left_out)
            .map(|(_, line)| format!("{line}\n"))
            .collect()
    };
    for (dump, naming) in [
        (lines[..lines.len() - 3].join("\n"), "cut off"),
        (without(4), "rows"),
        (without(lines.len() - 1), "cut off"),
        (format!("{dump}{}\n", lines[1]), "ended before"),
    ] {
        let said = home.pipe(["--library", "new.db", "load", "-"], dump.as_bytes());
        said.is_failure(naming);
        assert!(!home.join("new.db").exists(), "a load that fails leaves no library");
    }
    let older = without(lines.len() - 1).replace("\"form\":6", "\"form\":1");
    let said = home.pipe(["--library", "older.db", "load", "-"], older.as_bytes());
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("older form"), "{said:?}");
    home.ok(["--library", "new.db", "load", &home.file("d.jsonl", &dump).to_string_lossy()]);
    assert_eq!(home.ok(["--library", "new.db", "dump"]), dump);
}

#[test]
fn a_load_that_fails_leaves_a_library_that_was_there() {
    let home = with_an_article();
    home.pipe(["load", "-"], b"nonsense").is_failure("not empty");
    assert!(home.library().exists());
}

#[test]
fn copies_are_told_apart() {
    let home = with_an_article();
    home.ok(["backup", "b.db"]);
    let mut bytes = fs::read(home.join("b.db")).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(7);
    home.file("bad.db", bytes);
    let said = home.run(["restore", "bad.db"]);
    said.is_failure("bad.db");
    assert!(said.err.contains("the backup") && !said.err.contains("backups"), "{said:?}");
    home.run(["restore", "library.db"]).is_failure("the library itself");
    home.run(["backup", "library.db"]).is_failure("the library itself");
}

/// A library that may be read and not written, in a folder that can't be written either.
#[cfg(unix)]
#[test]
fn a_library_that_can_only_be_read_is_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let home = with_an_article();
    let folder = home.join("ro");
    fs::create_dir(&folder).expect("a folder");
    let library = folder.join("my 100% library?.db");
    fs::copy(home.library(), &library).expect("a library");
    home.file("new.txt", "雨停了，孩子们跑出去玩。");
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    mode(&library, 0o444);
    mode(&folder, 0o555);
    mode(home.path(), 0o777);
    let root = fs::metadata(home.path()).expect("the home").uid() == 0;
    let run = |arguments: &[&str]| {
        let mut command = home.command();
        command.env("SHENGCI_LIBRARY", &library).args(arguments);
        if root {
            // Nothing is forbidden to root.
            command.uid(65534).gid(65534);
        }
        command.output().expect("shengci starts")
    };
    for arguments in [
        &["articles"][..],
        &["words"],
        &["show", "last"],
        &["report"],
        &["stats"],
        &["dump"],
        &["dump", "d.jsonl"],
        &["backup", "copy.db"],
        &["check"],
        &["corrections"],
    ] {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    assert!(String::from_utf8_lossy(&run(&["articles"]).stdout).contains("图书馆"));
    assert_eq!(home.ok(["--library", "copy.db", "dump"]), home.ok(["dump"]));
    for arguments in
        [&["mark", "known", "公司"][..], &["export", "news", "-o", "x.apkg"], &["add", "new.txt"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("can't be opened or written"), "{output:?}");
    }
    assert!(!home.join("x.apkg").exists(), "no package that the library knows nothing of");
    mode(&folder, 0o755);
}

#[test]
fn what_nobody_sees_makes_no_other_article() {
    let home = Home::new();
    let text = "海边的图书馆\n\n这座图书馆在海边。\n工程师在图书馆里。\n";
    let add = |name: &str, text: &str| {
        let file = home.file(name, text);
        home.json(["add".as_ref(), file.as_os_str()])[0]["outcome"].as_str().expect("an outcome").to_owned()
    };
    assert_eq!(add("a.txt", text), "new");
    assert_eq!(add("b.txt", &text.replace('\n', "\r\n")), "same");
    assert_eq!(add("c.txt", &text.replace('\n', " \u{3000}\n")), "same");
    assert_eq!(add("d.txt", &format!("\n\n{text}\n\n")), "same");
    assert_eq!(add("e.txt", text.trim_end()), "same");
    assert_eq!(add("a.txt", &text.replace('\n', "\r\n")), "same");
    let said = home.pipe(["add", "-"], format!("{text}\n").as_bytes());
    assert!(said.out.contains("was there already"), "{said:?}");
    assert_eq!(add("f.txt", &text.replace("工程师", "工程师们")), "new");
    assert_eq!(home.json(["articles"]).as_array().expect("rows").len(), 2);
}

#[test]
fn what_another_version_read_is_read_anew_before_cards_are_made_of_it() {
    let home = with_an_article();
    let library = rusqlite::Connection::open(home.join("library.db")).expect("a library");
    let versions = |library: &rusqlite::Connection| -> Vec<i64> {
        let mut of = library.prepare("SELECT version FROM digest").expect("a statement");
        of.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a number")).collect()
    };
    let ours = versions(&library);
    // One that counted its versions by hand, and a later one: it may be that of a newer program.
    for (version, command) in [
        (4, &["export", "news", "-o", "a.apkg"][..]),
        (ours[0] + 1, &["make", "a.txt", "-o", "b.apkg"]),
        (0, &["export", "news", "-o", "a.apkg"]),
    ] {
        library.execute("UPDATE digest SET version = ?1", [version]).expect("it is written");
        let said = home.run(command);
        assert!(said.code == Some(0) && said.err.contains("1 article was read anew"), "{}", said.err);
        assert_eq!(versions(&library), ours);
    }
    home.ok(["check"]);
}
