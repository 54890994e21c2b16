//! No verb is forgotten: each is either attacked as a writer, or leaves everything as it is.

use std::collections::BTreeSet;

use super::homes::Home;
use super::world;
use super::writers::WRITERS;

/// Verbs that write nothing, with arguments that each of them takes.
const READERS: &[&[&str]] = &[
    &["articles"],
    &["show", "last"],
    &["words", "--all"],
    &["pairs"],
    &["read", "a.txt"],
    &["clean", "a.txt", "--cuts"],
    &["report"],
    &["report", "news/1.txt"],
    &["stats"],
    &["check"],
    &["corrections"],
    &["feed", "list"],
    &["sense", "公司"],
    &["mark", "known", "公司", "--dry-run"],
    &["import", "list.txt", "--dry-run"],
    &["import", "deck.apkg", "--dry-run"],
    &["about"],
    &["completions", "bash"],
    &["help"],
];

#[test]
fn every_verb_is_known_as_one_that_writes_or_one_that_does_not() {
    let known: BTreeSet<&str> =
        WRITERS.iter().map(|writer| writer.verb()).chain(READERS.iter().map(|words| words[0])).collect();
    let home = Home::new(&[]);
    let verbs = fuzz::world::verbs(world().program(), home.path()).expect("the program helps");
    let listed: BTreeSet<&str> = verbs.iter().map(|(verb, _)| verb.as_str()).collect();
    assert!(listed.len() > 25, "{listed:?}");
    assert_eq!(listed, known, "a new verb needs a row in WRITERS (tests/campaigns/writers.rs) or in READERS");
}

#[test]
fn verbs_that_only_read_leave_everything_as_it_is() {
    let home = Home::new(&[]);
    let before = home.state().expect("a state");
    for arguments in READERS {
        let said = home.run(arguments).expect("it ends");
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    }
    let after = home.state().expect("a state");
    assert_eq!(after.ground, before.ground);
    let kept = |name: &&String| !name.ends_with("-wal") && !name.ends_with("-shm");
    assert_eq!(
        after.files.keys().filter(kept).collect::<Vec<_>>(),
        before.files.keys().filter(kept).collect::<Vec<_>>()
    );
}
