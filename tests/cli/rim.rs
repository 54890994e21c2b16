//! What the program asks of the world, and when: a home folder, a clock, files of any size.

use super::with_an_article;
use crate::support::Said;

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
