//! AnkiConnect, as a stand-in speaks it over a collection of the real Anki.

use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

use shengci::learned::{Connect, LearnedError, Options, Pushed, read_report};

use super::{Running, key, lookup, states, study};
use crate::support::{Home, python};

pub const PATIENCE: Duration = Duration::from_secs(60);

/// The stand-in over the collection in `home`, and where it listens.
pub fn stand_in(home: &Home, arguments: &[&str]) -> (Running, String) {
    let collection = home.join("collection.anki2").to_string_lossy().into_owned();
    let arguments: Vec<&str> =
        std::iter::once(collection.as_str()).chain(arguments.iter().copied()).collect();
    let mut running = Running::start("tests/learned/standin.py", &arguments);
    let port = running.line();
    (running, format!("http://127.0.0.1:{port}"))
}

#[test]
fn through_ankiconnect_the_report_is_the_same() {
    let home = Home::new();
    study(home.path(), "fsrs");
    let from_file = super::report(&home.join("collection.anki2"));
    let (_running, url) = stand_in(&home, &["--hide-file"]);
    let connect = Connect::new(&url, None, PATIENCE);
    let collection = connect.read(21).expect("it answers");
    let through = read_report(&collection, &lookup(), &Options::default());
    assert_eq!(states(&through), states(&from_file));
    assert_eq!(through.left_out, from_file.left_out);
    assert!(through.remarks[0].contains("guids"));
    assert!(through.words.iter().all(|word| word.guid.is_none()));

    let some = connect.notes("front:朋友", 21).expect("it answers");
    assert_eq!(some.notes.len(), 1);
}

#[test]
fn where_the_file_can_be_reached_it_is_read_and_guids_are_told() {
    let home = Home::new();
    study(home.path(), "sm2");
    let (_running, url) = stand_in(&home, &[]);
    let connect = Connect::new(&url, None, PATIENCE);
    assert_eq!(connect.collection_file().expect("it answers"), Some(home.join("collection.anki2")));
    let collection = connect.read(21).expect("it answers");
    assert!(collection.notes.iter().any(|note| note.guid.as_deref() == Some("guid-chang")));
}

#[test]
fn many_cards_are_told_apart_by_searches() {
    let home = Home::new();
    study(home.path(), "sm2");
    let before = super::report(&home.join("collection.anki2"));
    python::script("tests/learned/study.py", &["more", &home.path().to_string_lossy(), "600"]);
    let (_running, url) = stand_in(&home, &["--hide-file"]);
    let connect = Connect::new(&url, None, PATIENCE);
    let collection = connect.notes("deck:*", 21).expect("it answers");
    assert!(collection.cards.len() > 600);
    let report = read_report(&collection, &lookup(), &Options::default());
    assert_eq!(states(&report), states(&before), "the 600 aren't Chinese");
}

#[test]
fn notes_and_cards_that_it_trips_over_cost_nothing_but_themselves() {
    let home = Home::new();
    study(home.path(), "sm2");
    let before = super::report(&home.join("collection.anki2"));
    python::script("tests/learned/study.py", &["strip", &home.path().to_string_lossy(), "朋友"]);
    let (_running, url) = stand_in(&home, &["--hide-file", "--broken-cards"]);
    // `deck:*` doesn't find a note without cards, but other searches do.
    let collection = Connect::new(&url, None, PATIENCE).notes("", 21).expect("it answers");
    assert!(collection.remarks[0].starts_with("1 note can't be told"), "{:?}", collection.remarks);
    let mut expected = states(&before);
    expected.remove("朋友 peng2 you5").expect("it had a card");
    assert_eq!(states(&read_report(&collection, &lookup(), &Options::default())), expected);
}

#[test]
fn an_anki_that_sees_no_file_of_ours_is_sent_the_package() {
    let home = Home::new();
    study(home.path(), "sm2");
    let package = home.join("deck.apkg");
    python::script("tests/learned/study.py", &["deck", &package.to_string_lossy(), "first"]);
    let (running, url) = stand_in(&home, &["--blind"]);
    let pushed = Connect::new(&url, None, PATIENCE).push(&package, 0, "shengci test word");
    assert_eq!(pushed.expect("it answers"), Pushed { before: 3, after: 5 });
    assert!(!home.join("collection.media/_shengci.apkg").exists(), "nothing is left behind");
    assert_eq!(running.end(), "");
}

#[test]
fn packages_go_in_without_a_duplicate_and_keep_scheduling_and_edits() {
    let home = Home::new();
    study(home.path(), "sm2");
    let package = home.join("deck.apkg");
    let make = |gloss: &str, later: &str| {
        python::script("tests/learned/study.py", &["deck", &package.to_string_lossy(), gloss, later]);
    };
    let push = || -> (usize, usize, Vec<String>) {
        let (running, url) = stand_in(&home, &["--key", "secret"]);
        let connect = Connect::new(&url, Some("secret"), PATIENCE);
        let pushed = connect.push(&package, 0, "shengci test word").expect("it answers");
        let collection = connect.read(21).expect("it answers");
        let own = |guid: &str| (guid == "g1").then(|| key("城市", "cheng2 shi4"));
        let report = read_report(&collection, &lookup(), &Options { own: &own, ..Options::default() });
        let ours: Vec<_> = report.words.iter().filter(|word| word.own).collect();
        assert_eq!(ours.len(), 1);
        let mut said = vec![format!("{:?} {}", ours[0].state, ours[0].interval)];
        said.extend(ours[0].fields.iter().skip(1).map(|(_, value)| value.clone()));
        assert_eq!(running.end(), "");
        (pushed.before, pushed.after, said)
    };
    let of = |said: [&str; 3]| said.map(str::to_owned).to_vec();

    make("first", "0");
    assert_eq!(push(), (3, 5, of(["InAnki 0", "chéngshì", "first"])));
    python::script("tests/learned/study.py", &["learn", &home.path().to_string_lossy(), "g1"]);
    make("second", "-5");
    assert_eq!(push(), (5, 5, of(["Known 99", "chéngshì!", "first"])), "a mere re-export changes nothing");
    make("third", "1000");
    assert_eq!(
        push(),
        (5, 5, of(["Known 99", "chéngshì", "third"])),
        "a newer note is taken, its cards stay"
    );
}

#[test]
fn what_goes_wrong_is_said_with_what_to_do() {
    let home = Home::new();
    study(home.path(), "sm2");
    let error = Connect::new("http://127.0.0.1:1", None, PATIENCE).version().expect_err("nobody is there");
    assert_eq!(error.to_string(), "Anki doesn't answer at http://127.0.0.1:1: nothing listens there");
    assert!(error.hint().is_some_and(|hint| hint.contains("start Anki")));

    let (running, url) = stand_in(&home, &["--key", "secret"]);
    for key in [None, Some("wrong")] {
        let error = Connect::new(&url, key, PATIENCE).version().expect_err("the key is wrong");
        assert!(error.hint().is_some_and(|hint| hint.contains("apiKey")), "{error}");
    }
    let connect = Connect::new(&url, Some("secret"), PATIENCE);
    assert_eq!(connect.version().expect("it answers"), 6);
    let broken = home.file("broken.apkg", b"PK\x03\x04");
    let error = connect.push(&broken, 0, "x").expect_err("no package");
    assert!(error.to_string().starts_with("AnkiConnect refuses importPackage: "), "{error}");
    assert!(connect.push(&home.join("none.apkg"), 0, "x").is_err());
    assert_eq!(running.end(), "");

    let gone = Connect::new(&url, Some("secret"), PATIENCE).version().expect_err("it has gone");
    assert!(matches!(gone, LearnedError::NotRunning { .. }), "{gone}");

    let (running, url) = stand_in(&home, &["--silent"]);
    let error = Connect::new(&url, None, Duration::from_millis(200)).version().expect_err("it is silent");
    assert!(matches!(error, LearnedError::Silent { .. }) && error.hint().is_some(), "{error}");
    assert_eq!(running.end(), "");

    let (running, url) = stand_in(&home, &["--closed"]);
    let connect = Connect::new(&url, None, PATIENCE);
    for error in [connect.read(21).map(drop), connect.push(&broken, 0, "x").map(drop)] {
        let error = error.expect_err("no profile is open");
        assert!(error.hint().is_some_and(|hint| hint.starts_with("open a profile")), "{error}");
    }
    assert_eq!(running.end(), "");

    let (_running, url) = stand_in(&home, &["--speaks", "5"]);
    let error = Connect::new(&url, None, PATIENCE).version().expect_err("it is old");
    assert!(error.to_string().ends_with("it speaks version 5"), "{error}");
}

#[test]
fn an_answer_without_end_is_not_read_to_it() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let sending = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut sent = 0_u64;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
        while sent < 1 << 30 && stream.write_all(&[b' '; 1 << 16]).is_ok() {
            sent += 1 << 16;
        }
        sent
    });
    let error = Connect::new(&url, None, PATIENCE).version().expect_err("no answer");
    assert!(matches!(error, LearnedError::TooLarge { .. }), "{error}");
    assert!(sending.join().expect("it ends") < 200 << 20);
}
