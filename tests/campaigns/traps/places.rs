//! Paths that lead elsewhere, nowhere, or back.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::{done, ground, lawfully, refused};
use crate::campaigns::homes::Home;

fn pipe(home: &Home, name: &str) {
    let made = Command::new("mkfifo").arg(home.path().join(name)).status();
    assert!(made.expect("mkfifo").success());
}

#[test]
fn a_folder_with_pipes_devices_and_links_in_it_is_read_to_its_end() {
    let home = Home::new(&[]);
    let folder = home.path().join("odd");
    fs::create_dir_all(folder.join("folder.txt")).expect("a folder");
    fs::write(folder.join("a.txt"), "工人在工厂里工作。").expect("an article");
    pipe(&home, "odd/pipe.txt");
    for (to, link) in [
        ("..", "up"),
        ("loop.txt", "loop.txt"),
        ("nowhere.txt", "dangling.txt"),
        ("/dev/zero", "zero.txt"),
        ("/dev/full", "full.txt"),
        ("a.txt", "again.txt"),
    ] {
        symlink(to, folder.join(link)).expect("a link");
    }
    let said = done(&home, &["add", "odd"]);
    assert!(said.contains("工人在工厂里工作"), "{said}");
}

#[test]
fn a_pipe_among_the_settings_stops_no_command() {
    let home = Home::new(&[]);
    fs::create_dir_all(home.path().join(".config/shengci/decks")).expect("a folder");
    pipe(&home, ".config/shengci/decks/pipe.yaml");
    for arguments in [&["check"][..], &["export", "news", "-o", "out.apkg"], &["export", "nonesuch"]] {
        lawfully(&home, arguments);
    }
    pipe(&home, ".config/shengci/config.yaml");
    for arguments in [&["check"][..], &["stats"], &["words"]] {
        lawfully(&home, arguments);
    }
}

#[test]
fn an_article_whose_name_ends_as_a_package_is_not_written_over() {
    let home = Home::new(&[]);
    let text = "工人在工厂里工作。";
    for name in ["news.apkg", "-.apkg"] {
        fs::write(home.path().join(name), text).expect("an article");
        refused(&home, &["make", &format!("./{name}")]);
        assert_eq!(fs::read_to_string(home.path().join(name)).expect("it is there"), text);
    }
    // Names that leave little for a stem.
    for name in ["--.txt", ".txt", "...txt"] {
        fs::write(home.path().join(name), text).expect("an article");
        done(&home, &["make", &format!("./{name}")]);
        assert_eq!(fs::read_to_string(home.path().join(name)).expect("it is there"), text);
    }
}

#[test]
fn another_name_of_the_library_is_the_library() {
    let home = Home::new(&[]);
    fs::hard_link(home.path().join("library.db"), home.path().join("same.db")).expect("a hard link");
    symlink("library.db", home.path().join("link.db")).expect("a link");
    let before = ground(&home);
    for name in ["same.db", "link.db"] {
        for arguments in [
            &["backup", name][..],
            &["export", "news", "-o", name],
            &["dump", name],
            &["stats", "--html", name],
            &["corrections", "--export", name],
            &["import", name],
            &["load", name],
            &["restore", name],
        ] {
            lawfully(&home, arguments);
            assert_eq!(ground(&home), before, "{arguments:?}");
            done(&home, &["check"]);
        }
    }
}

#[test]
fn a_library_behind_a_link_stays_behind_it() {
    let home = Home::new(&[]);
    fs::create_dir(home.path().join("cloud")).expect("a folder");
    fs::rename(home.path().join("library.db"), home.path().join("cloud/words.db")).expect("moved");
    symlink("cloud/words.db", home.path().join("library.db")).expect("a link");
    done(&home, &["mark", "known", "公司"]);
    let before = ground(&home);
    done(&home, &["restore", "older.db"]);
    let link = fs::symlink_metadata(home.path().join("library.db")).expect("it is there");
    assert!(link.is_symlink(), "the link was replaced");
    assert_ne!(ground(&home), before);
    done(&home, &["check", "--library", "cloud/words.db"]);
}

#[test]
fn a_library_may_have_any_name_and_lie_in_any_folder() {
    for name in [
        &b"a?b.db"[..],
        b"a#b.db",
        b"a%20b.db",
        b"it's.db",
        b"a\nb.db",
        b"-x.db",
        b"sp ace.db",
        b"no-end",
        b"two..db",
        "生词.db".as_bytes(),
        b"\xff.db",
        b"f\xff/library.db",
        b"file:x/library.db",
    ] {
        let home = Home::new(&[]);
        let path = home.path().join(OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let run = |arguments: &[&OsStr]| {
            let output =
                home.command().arg("--library").arg(&path).args(arguments).output().expect("it starts");
            assert!(
                output.status.success(),
                "{path:?} {arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            output.stdout
        };
        let run_words = |words: &str| run(&words.split(' ').map(OsStr::new).collect::<Vec<_>>());
        run_words("add a.txt");
        let words = run_words("words --json");
        let copy = path.with_file_name("copy.db");
        run(&["backup".as_ref(), copy.as_os_str()]);
        run_words("mark known 公司");
        // Twice: the second time there is something to keep, and something that was kept.
        run(&["restore".as_ref(), copy.as_os_str()]);
        run_words("mark known 老师");
        run(&["restore".as_ref(), copy.as_os_str()]);
        assert_eq!(run_words("words --json"), words, "{path:?}");
        run_words("check");
        let kept = path.with_file_name("backups");
        let kept = fs::read_dir(kept).expect("what was kept").flatten();
        let of_sqlite = |name: &str| name.ends_with("-wal") || name.ends_with("-shm");
        let kept: Vec<_> = kept.filter(|copy| !of_sqlite(&copy.file_name().to_string_lossy())).collect();
        assert_eq!(kept.len(), 2, "{path:?}: {kept:?}");
    }
}

#[test]
fn where_no_copy_can_be_kept_the_library_is_not_replaced() {
    let home = Home::new(&[]);
    fs::write(home.path().join("backups"), "a file, no folder").expect("a file");
    let before = ground(&home);
    refused(&home, &["restore", "older.db"]);
    assert_eq!(ground(&home), before);
    assert_eq!(fs::read_to_string(home.path().join("backups")).expect("it is there"), "a file, no folder");
}

#[test]
fn an_output_that_cannot_be_is_refused_and_nothing_is_left() {
    let home = Home::new(&[]);
    fs::create_dir(home.path().join("folder")).expect("a folder");
    let long = "n".repeat(300);
    for output in ["folder", "folder/", "no/such/out", "a.txt/out", &long, "/proc/self/out"] {
        for arguments in [
            &["export", "news", "-o"][..],
            &["dump"],
            &["backup"],
            &["stats", "--html"],
            &["corrections", "--export"],
        ] {
            let said = refused(&home, &[arguments, &[output]].concat());
            assert!(!said.contains("report it"), "{said}");
        }
    }
    assert_eq!(fs::read_dir(home.path().join("folder")).expect("a folder").count(), 0);
    let names = fs::read_dir(home.path()).expect("the home").flatten();
    assert!(
        !names.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().starts_with(".shengci-"))
    );
}

#[test]
fn a_command_in_a_folder_that_was_removed_works_or_says_so() {
    let home = Home::new(&[]);
    for words in [
        "words",
        "stats",
        "mark known 公司",
        "backup",
        "export news",
        "dump",
        "add ../a.txt",
        "make ../a.txt",
        "check",
    ] {
        let said = super::in_shell(&home, "mkdir -p gone; cd gone; rmdir ../gone", words);
        fuzz::program::lawful(&said).unwrap_or_else(|what| panic!("{words}: {what}"));
    }
    done(&home, &["check"]);
}
