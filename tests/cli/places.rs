//! Where a library may lie, who may read it, and what is told where it can't be.

use std::fs;

use super::with_an_article;

#[test]
fn what_sqlite_takes_for_no_file_is_refused() {
    let home = with_an_article();
    for library in [":memory:", "file:x.db?mode=memory", "file:x.db"] {
        for arguments in [&["mark", "known", "公司"][..], &["words"], &["add", "a.txt"], &["load", "a.txt"]]
        {
            let said = home.run([&["--library", library], arguments].concat());
            said.is_failure("can't be a library");
        }
    }
    // Under such a name in a folder, they are files like others.
    home.ok(["--library", "./:memory:", "mark", "known", "公司"]);
    assert!(home.ok(["--library", "./:memory:", "words", "--known", "--all"]).contains("公司"));
    home.ok(["backup", "./:memory:.bak"]);
    home.ok(["backup", "file:copy.db"]);
    assert!(home.join("file:copy.db").exists() && !home.join("copy.db").exists());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_as_what_it_is() {
    let home = with_an_article();
    fs::create_dir(home.join("folder")).expect("a folder");
    let pipe = home.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    for (library, what) in
        [("folder", "a folder"), ("pipe", "a pipe"), ("/dev/null", "a device"), ("/dev/full", "a device")]
    {
        for arguments in [&["words"][..], &["mark", "known", "公司"], &["restore", "b.db"]] {
            let said = home.run([&["--library", library], arguments].concat());
            said.is_failure(what);
            assert!(!said.err.contains("fault of shengci"), "{said:?}");
        }
        home.run(["restore", library]).is_failure(what);
        home.run(["backup", library]).is_failure("no").err.contains("file");
    }
    assert!(!fs::metadata("/dev/null").expect("a device").is_file());
}

#[cfg(unix)]
#[test]
fn what_somebody_reads_and_knows_is_for_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let home = with_an_article();
    let library = home.join("deep/er/library.db");
    let name = library.to_string_lossy().into_owned();
    home.ok(["--library", &name, "add", "a.txt"]);
    assert_eq!((mode(&home.join("deep")), mode(&home.join("deep/er"))), (0o700, 0o700));
    assert_eq!(mode(&library), 0o600);
    let open = shengci::store::Store::open(&library, shengci::words::Moment(0)).expect("a library");
    let mut open = open;
    open.tag(1, &["x".to_owned()]).expect("it is written");
    assert_eq!(mode(&library.with_file_name("library.db-wal")), 0o600);
    drop(open);
    home.ok(["--library", &name, "backup", "copy.db"]);
    home.ok(["--library", &name, "dump", "dump.jsonl"]);
    home.ok(["--library", &name, "restore", "copy.db"]);
    home.ok(["--library", "loaded.db", "load", "dump.jsonl"]);
    for file in ["copy.db", "dump.jsonl", "loaded.db"] {
        assert_eq!(mode(&home.join(file)), 0o600, "{file}");
    }
    assert_eq!(mode(&home.join("deep/er/backups")), 0o700);
    for copy in fs::read_dir(home.join("deep/er/backups")).expect("a folder") {
        assert_eq!(mode(&copy.expect("an entry").path()), 0o600);
    }
    // A file that the learner has opened to others stays so.
    fs::set_permissions(home.join("copy.db"), fs::Permissions::from_mode(0o640)).expect("permissions");
    home.ok(["--library", &name, "backup", "copy.db"]);
    assert_eq!(mode(&home.join("copy.db")), 0o640);
    fs::set_permissions(&library, fs::Permissions::from_mode(0o660)).expect("permissions");
    home.ok(["--library", &name, "mark", "known", "公司"]);
    assert_eq!(mode(&library), 0o660);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_names() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let home = with_an_article();
    let dump = home.ok(["dump"]);
    let name = |byte: u8| OsString::from_vec(vec![b'l', byte, b'.', b'd', b'b']);
    for byte in [0xFE, 0xFF] {
        home.ok([OsString::from("backup"), name(byte)]);
        assert!(home.path().join(name(byte)).exists());
    }
    let library = [OsString::from("--library"), name(0xFF)];
    home.ok(library.iter().cloned().chain(["mark", "known", "公司"].map(OsString::from)));
    home.ok(library.iter().cloned().chain([OsString::from("restore"), name(0xFE)]));
    assert_eq!(home.ok(library.iter().cloned().chain([OsString::from("dump")])), dump);
    let copies: Vec<OsString> = fs::read_dir(home.join("backups"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert!(copies.len() == 1 && copies[0].as_encoded_bytes().starts_with(b"l\xFF-"), "{copies:?}");
}

#[test]
fn damage_is_told_as_damage() {
    let home = with_an_article();
    home.ok(["mark", "known", "公司"]);
    home.ok(["backup", "good.db"]);
    for sql in [
        "DROP TABLE act",
        "DROP TABLE standing",
        "DROP VIEW vocabulary; ALTER TABLE word DROP COLUMN born",
        "UPDATE word SET headword = CAST(x'ff41' AS TEXT)",
        "UPDATE word SET reading = CAST(x'ff' AS TEXT)",
        "UPDATE sentence SET text = CAST(x'e4ff' AS TEXT)",
        "UPDATE text SET raw = CAST(x'ff' AS TEXT)",
        "UPDATE digest SET title = CAST(x'ff' AS TEXT), tokens = -1",
        "UPDATE digest SET tokens = 9000000000000, types = -5",
        "UPDATE standing SET count = 9000000000000",
        "UPDATE standing SET tally = x'ff', places = x'ffffffffff'",
        "UPDATE act SET source = 'nobody'",
        "UPDATE sentence SET id = id + 4611686018427387904",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'INTEGER') WHERE name = 'article'",
    ] {
        let path = home.join("bad.db");
        fs::copy(home.join("good.db"), &path).expect("a copy");
        let connection = rusqlite::Connection::open(&path).expect("a database");
        connection
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"))
            .expect(sql);
        drop(connection);
        for arguments in [
            &["words"][..],
            &["articles"],
            &["show", "1"],
            &["show", "公司"],
            &["stats"],
            &["report"],
            &["mark", "learning", "公司"],
            &["export", "news", "-o", "x.apkg"],
            &["correct", "公司", "gōngsī"],
            &["undo"],
            &["dump"],
            &["check"],
            &["add", "a.txt"],
        ] {
            let said = home.run([&["--library", "bad.db"], arguments].concat());
            assert!([Some(0), Some(1)].contains(&said.code), "{sql}: {arguments:?}: {said:?}");
            assert!(!said.err.contains("fault of shengci"), "{sql}: {arguments:?}: {said:?}");
        }
        home.ok(["--library", "bad.db", "restore", "good.db"]);
        assert!(home.ok(["--library", "bad.db", "words", "--known", "--all"]).contains("公司"), "{sql}");
        home.ok(["--library", "bad.db", "check"]);
    }
}

/// A stick that is pulled out, a network disk that fails: no page of a library is mapped into memory, where the system
/// could answer a missing one with nothing but a signal.
#[cfg(target_os = "linux")]
#[test]
fn no_page_of_a_library_is_mapped() {
    let home = with_an_article();
    let store = shengci::store::Store::open(&home.library(), shengci::words::Moment(0)).expect("a library");
    store.stats().expect("figures");
    let maps = fs::read_to_string("/proc/self/maps").expect("what is mapped");
    let library = home.library().canonicalize().expect("a path");
    let is_library = |line: &&str| line.ends_with(&*library.to_string_lossy());
    assert_eq!(maps.lines().find(is_library), None);
}

#[test]
fn a_library_that_is_cut_off_under_a_command_is_told() {
    let home = crate::support::Home::new();
    home.file("a.txt", "学生去公司看新闻。老师在学校教书。".repeat(400));
    home.ok(["add", "a.txt"]);
    let whole = fs::read(home.library()).expect("bytes");
    for keep in (8192..whole.len()).step_by(8192 * 3) {
        let store =
            shengci::store::Store::open(&home.library(), shengci::words::Moment(0)).expect("a library");
        let file = fs::File::options().write(true).open(home.library()).expect("the file");
        file.set_len(keep as u64).expect("it is cut off");
        // It answers, or fails in words; it does not end by a signal.
        for answer in [store.check().map(drop), store.stats().map(drop), store.outdated().map(drop)] {
            if let Err(error) = answer {
                assert!(!error.hint().contains("fault of shengci"), "{error}");
            }
        }
        drop(store);
        fs::write(home.library(), &whole).expect("it is whole again");
    }
}

#[cfg(unix)]
#[test]
fn a_library_behind_a_link_is_one_library() {
    let home = with_an_article();
    fs::create_dir(home.join("elsewhere")).expect("a folder");
    fs::rename(home.library(), home.join("elsewhere/real.db")).expect("it is moved");
    std::os::unix::fs::symlink("elsewhere/real.db", home.library()).expect("a link");
    home.ok(["mark", "known", "公司"]);
    home.ok(["backup", "b.db"]);
    home.ok(["mark", "known", "工程师"]);
    home.ok(["restore", "b.db"]);
    assert!(fs::symlink_metadata(home.library()).expect("it is there").is_symlink());
    assert_eq!(fs::read_dir(home.join("elsewhere/backups")).expect("beside the file").count(), 1);
    fs::write(home.join("elsewhere/real.db"), "damage".repeat(3000)).expect("damage");
    home.ok(["restore", "b.db"]);
    assert!(fs::symlink_metadata(home.library()).expect("it is there").is_symlink());
    assert!(home.ok(["--library", "elsewhere/real.db", "words", "--known", "--all"]).contains("公司"));
}
