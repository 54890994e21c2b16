//! Clocks, locales, limits and handles that are not as they should be.

#![cfg(unix)]

use super::{done, ground, in_shell};
use crate::campaigns::homes::Home;

fn lawful(said: &fuzz::program::Said, of: &str) {
    fuzz::program::lawful(said).unwrap_or_else(|what| panic!("{of}: {what}"));
}

#[test]
fn a_clock_that_is_wrong_spoils_nothing() {
    for now in [
        "0",
        "-1",
        "-62135596801",
        "253402300799",
        "253402300800",
        "1780000000000",
        "99999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "9999-12-31T23:59:59Z",
        "",
        "soon",
    ] {
        let home = Home::new(&[]);
        let clock = format!("export SHENGCI_NOW='{now}'");
        for words in [
            "add news/1.txt",
            "mark known 公司",
            "stats",
            "stats --html wrong.html",
            "report",
            "export news -o wrong.apkg",
            "backup wrong.db",
            "restore older.db",
            "undo",
        ] {
            lawful(&in_shell(&home, &clock, words), &format!("{now} {words}"));
        }
        let page = std::fs::metadata(home.path().join("wrong.html")).map_or(0, |about| about.len());
        // A row a week from 1970 on is all right, one from the year 1 on is not.
        assert!(page < 4 << 20, "a page of {page} bytes at {now}");
        // And afterwards, with a clock that is right.
        for words in [&["check"][..], &["words"], &["stats"], &["mark", "known", "老师"], &["dump", "-"]] {
            done(&home, words);
        }
    }
}

#[test]
fn handles_that_are_closed_are_not_taken_for_files() {
    for closed in ["exec <&-", "exec >&-", "exec 2>&-", "exec <&- >&- 2>&-"] {
        let home = Home::new(&[]);
        for words in [
            "add news/1.txt",
            "mark known 公司",
            "make news/2.txt -o new.apkg",
            "backup new.db",
            "dump new.jsonl",
        ] {
            in_shell(&home, closed, words);
        }
        done(&home, &["check"]);
        done(&home, &["check", "--library", "new.db"]);
        let package = std::fs::File::open(home.path().join("new.apkg")).expect("the package");
        assert!(zip::ZipArchive::new(package).is_ok(), "{closed}");
    }
}

#[test]
fn with_few_handles_a_command_does_all_or_nothing() {
    for handles in 3..20 {
        let home = Home::new(&[]);
        let before = ground(&home);
        let said = in_shell(&home, &format!("ulimit -n {handles}"), "mark known 公司");
        // Below that the program itself can't be loaded.
        if said.code != 127 {
            lawful(&said, &format!("{handles} handles"));
        }
        let after = ground(&home);
        assert_eq!(after != before, said.code == 0, "{handles} handles: {}", said.err);
        let said = in_shell(&home, &format!("ulimit -n {handles}"), "export news -o few.apkg");
        assert_eq!(home.path().join("few.apkg").exists(), said.code == 0, "{handles} handles: {}", said.err);
        done(&home, &["check"]);
    }
}

#[test]
fn no_locale_and_no_terminal_change_what_is_written() {
    let home = Home::new(&[]);
    let words = done(&home, &["words"]);
    for before in [
        "export LC_ALL=C",
        "export LC_ALL=zh_CN.GB18030",
        "export LC_ALL=tr_TR.UTF-8",
        "export LANG=nonsense",
        "export TERM=dumb COLUMNS=1 LINES=0",
        "export COLUMNS=99999999999999999999",
        "export TZ=Pacific/Kiritimati",
        "export RAYON_NUM_THREADS=nonsense",
        "export RAYON_NUM_THREADS=1",
    ] {
        let said = in_shell(&home, before, "words");
        assert_eq!(said.code, 0, "{before}: {}", said.err);
        assert_eq!(String::from_utf8_lossy(&said.out), words, "{before}");
    }
}

#[test]
fn without_a_place_for_temporary_files_it_is_said_so() {
    let home = Home::new(&[]);
    std::fs::write(home.path().join("file"), "").expect("a file");
    let before = ground(&home);
    for place in ["/nonexistent", "\"$PWD/file\""] {
        for words in ["import deck.apkg", "export news -o -"] {
            let said = in_shell(&home, &format!("export TMPDIR={place}"), words);
            lawful(&said, &format!("{place} {words}"));
            assert!(said.code == 0 || !said.err.contains("is no Anki package"), "{}", said.err);
        }
        assert_eq!(ground(&home), before, "{place}");
    }
    assert_eq!(in_shell(&home, "export TMPDIR=/nonexistent", "mark known 公司").code, 0);
}

#[test]
fn whatever_the_umask_the_learner_can_go_on() {
    for mask in ["000", "077", "277", "777"] {
        let home = Home::new(&[]);
        for words in
            ["--library new.db add a.txt", "export news -o new.apkg", "dump new.jsonl", "backup copy.db"]
        {
            let said = in_shell(&home, &format!("umask {mask}"), words);
            assert_eq!(said.code, 0, "{mask} {words}: {}", said.err);
        }
        done(&home, &["check"]);
    }
}
