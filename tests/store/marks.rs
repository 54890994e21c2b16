//! Marks, corrections and exports are kept, and can be taken back.

use std::collections::BTreeMap;

use shengci::corrections::Correction;
use shengci::dictionary::{HskLevel, HskVersion};
use shengci::store::{AnkiNote, Edits, Exported, Fault, Given, Import, Marked, Shown, Store, StoreError};
use shengci::tokens::Kind;
use shengci::words::{AnkiState, By, Moment, Status, WordKey, guid};

use super::sample::{Library, day, key};

const NEWS: &[&str] = &["银行:yin2+xing2 大:da4", "学生:xue2+sheng5 去:qu4 银行:yin2+xing2"];

/// As `import` takes over a collection.
fn import(
    store: &mut Store,
    notes: &[AnkiNote],
    marks: &[(WordKey, Status)],
    now: Moment,
) -> Result<Marked, StoreError> {
    store.import(&[Import { by: &By::Anki, marks, notes }], now).map(|imported| imported[0].marked)
}

fn status(library: &Library, key: &WordKey) -> Status {
    library.store.statuses([key]).expect("a status")[0]
}

#[test]
fn marks_are_appended_and_undo_takes_back_a_whole_command() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    let (student, go, never) = (key("学生", "xue2 sheng5"), key("去", "qu4"), key("从未", "cong2 wei4"));
    let all = [student.clone(), go.clone(), never.clone()];
    let levels = [1, 2].into_iter().filter_map(HskLevel::new).collect();
    let hsk = By::Hsk { version: HskVersion::V2025, levels };
    let marked = library.store.mark(&all, Status::Known, &hsk, day(1)).expect("marks");
    assert_eq!(marked, Marked { changed: 3, unchanged: 0, born: 1 });
    let again = library.store.mark(&all, Status::Known, &hsk, day(1)).expect("marks");
    assert_eq!(again, Marked { changed: 0, unchanged: 3, born: 0 });
    library.store.mark(std::slice::from_ref(&student), Status::Learning, &By::Anki, day(2)).expect("marks");
    library.store.mark(std::slice::from_ref(&student), Status::Ignored, &By::Hand, day(3)).expect("marks");
    assert_eq!(status(&library, &student), Status::Ignored);
    library.is_whole();

    let undone = library.store.undo(day(4)).expect("undo");
    assert_eq!((undone.at, undone.by, undone.marks), (day(3), Some(By::Hand), 1));
    assert_eq!(status(&library, &student), Status::Learning);
    assert_eq!(library.store.undo(day(4)).expect("undo").by, Some(By::Anki));
    assert_eq!(status(&library, &student), Status::Known);
    assert_eq!(library.store.undo(day(4)).expect("undo").marks, 3);
    assert!(all.iter().all(|key| status(&library, key) == Status::New));
    let nothing = library.store.undo(day(4)).expect_err("all was taken back");
    assert!(matches!(nothing.fault(), Fault::NothingToUndo));
    library.is_whole();

    let id = library.store.readings_of(&student.headword).expect("records")[0].id;
    let history = library.store.history(id).expect("history");
    assert_eq!(history.len(), 3, "nothing is deleted");
    assert!(history.iter().all(|mark| mark.undone));
    assert_eq!((history[0].by.clone(), history[0].status, history[0].at), (hsk, Status::Known, day(1)));
}

#[test]
fn a_dry_run_changes_nothing() {
    let mut library = Library::new();
    let words = [(key("从未", "cong2 wei4"), Status::Known)];
    let marked = library.store.mark_dry(&words, &By::Anki, day(0)).expect("a dry run");
    assert_eq!(marked, Marked { changed: 1, unchanged: 0, born: 1 });
    assert!(library.store.undo(day(0)).is_err());
    assert_eq!(library.store.readings_of(&words[0].0.headword).expect("records"), []);
}

#[test]
fn a_corrected_reading_keeps_the_guid_and_undo_puts_it_back() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    let (wrong, right) = (key("银行", "yin2 xing2"), key("银行", "yin2 hang2"));
    let correction =
        Correction::Reading { headword: wrong.headword.clone(), from: None, to: right.reading.clone() };
    let others = [
        Correction::Split { parts: vec!["高度".to_owned(), "评价".to_owned()] },
        Correction::Join { text: "大模型".to_owned() },
        Correction::Name { text: "王力宏".to_owned(), kind: Kind::Person },
        Correction::Sense { key: right.clone(), gloss: "a bank, \"of money\"".to_owned() },
        Correction::Ignore { text: "责任编辑".to_owned() },
    ];
    assert!(!library.store.has_corrections().expect("an answer"));
    assert_eq!(library.store.correct(std::slice::from_ref(&correction), day(1)).expect("a correction"), 1);
    assert_eq!(library.store.correct(std::slice::from_ref(&correction), day(1)).expect("a correction"), 0);
    assert_eq!(library.store.correct(&others, day(2)).expect("corrections"), 5);
    let listed: Vec<Correction> =
        library.store.corrections().expect("corrections").into_iter().map(|r| r.correction).collect();
    assert_eq!(listed, [&[correction][..], &others].concat());

    let record = library.store.readings_of(&right.headword).expect("records").remove(0);
    assert_eq!((record.key, record.guid, record.count), (right.clone(), guid(&wrong, 0), 2));
    library.is_whole();

    assert_eq!(library.store.undo(day(3)).expect("undo").corrections, others);
    library.store.undo(day(3)).expect("undo");
    assert_eq!(library.store.corrections().expect("corrections"), []);
    let record = library.store.readings_of(&right.headword).expect("records").remove(0);
    assert_eq!((record.key, record.guid), (wrong.clone(), guid(&wrong, 0)));

    // Where both readings are known there is nothing to rename.
    library.store.mark(std::slice::from_ref(&right), Status::Known, &By::Hand, day(4)).expect("a mark");
    let correction = Correction::Reading {
        headword: wrong.headword.clone(),
        from: Some(wrong.reading),
        to: right.reading,
    };
    library.store.correct(&[correction], day(4)).expect("a correction");
    assert_eq!(library.store.readings_of(&wrong.headword).expect("records").len(), 2);
}

#[test]
fn where_both_readings_are_known_the_guid_that_was_given_goes_to_the_right_one() {
    let (wrong, right) = (key("银行", "yin2 xing2"), key("银行", "yin2 hang2"));
    let correction = [Correction::Reading {
        headword: wrong.headword.clone(),
        from: Some(wrong.reading.clone()),
        to: right.reading.clone(),
    }];
    let guids = |library: &Library| {
        let all = library.store.readings_of(&wrong.headword).expect("records");
        [&wrong, &right].map(|key| all.iter().find(|r| r.key == *key).expect("a word").guid.clone())
    };
    let (of_wrong, of_right) = (guid(&wrong, 0), guid(&right, 0));
    // By the decks that gave the wrong and the right one, and on which days.
    let cases = [
        (None, None, false),
        (Some(1), None, true),
        (None, Some(1), false),
        (Some(1), Some(2), true),
        (Some(2), Some(1), false),
    ];
    for (gave_wrong, gave_right, swapped) in cases {
        let mut library = Library::new();
        library.add("a.txt", NEWS, day(0));
        library.add("b.txt", &["银行:yin2+hang2 大:da4"], day(0));
        for (own, on) in [(&of_wrong, gave_wrong), (&of_right, gave_right)] {
            let Some(on) = on else { continue };
            let note = Given { guid: own.clone(), ..given("b", "x", day(on)) };
            library.store.record_export("news", None, &[note], day(on)).expect("notes");
        }
        library.store.correct(&correction, day(3)).expect("a correction");
        let after = if swapped { [&of_right, &of_wrong] } else { [&of_wrong, &of_right] };
        assert_eq!(guids(&library).each_ref(), after, "{gave_wrong:?} {gave_right:?}");
        library.store.undo(day(4)).expect("undo");
        assert_eq!(guids(&library), [of_wrong.clone(), of_right.clone()]);
        library.is_whole();
    }
}

#[test]
fn an_import_from_anki_is_one_command() {
    let mut library = Library::new();
    let note = |word: &WordKey, state| AnkiNote {
        key: word.clone(),
        note: 1,
        guid: Some(guid(word, 0)),
        state,
        interval: 30,
        lapses: 0,
        modified: day(0),
        edited: Edits::default(),
    };
    let (bank, go) = (key("银行", "yin2 hang2"), key("去", "qu4"));
    let notes = [note(&bank, AnkiState::Known), note(&go, AnkiState::InAnki)];
    let marks = [(bank.clone(), Status::Known)];
    let marked = import(&mut library.store, &notes, &marks, day(0)).expect("an import");
    assert_eq!(marked, Marked { changed: 1, unchanged: 0, born: 1 });
    assert_eq!(library.store.anki().expect("notes").len(), 2);
    assert_eq!(library.store.undo(day(1)).expect("undo").by, Some(By::Anki));
    library.is_whole();

    // The library refuses the second note, so the first one and the mark are not there either.
    let other = rusqlite::Connection::open(library.path()).expect("a database");
    other
        .execute_batch(
            "CREATE TRIGGER no BEFORE INSERT ON anki WHEN new.note = 9 BEGIN SELECT raise(ABORT, 'no'); END",
        )
        .expect("a trigger");
    let late = AnkiNote { note: 9, ..note(&go, AnkiState::Known) };
    let failed = import(&mut library.store, &[note(&bank, AnkiState::Learning), late], &marks, day(2));
    assert!(failed.is_err());
    assert_eq!(status(&library, &bank), Status::New);
    assert!(library.store.anki().expect("notes").iter().all(|(_, at)| *at == day(0)));
}

fn given(guid: &str, hash: &str, modified: Moment) -> Given {
    let shown = Shown { article: 1, sentence: "银行大。".into() };
    Given {
        guid: guid.to_owned(),
        hash: hash.to_owned(),
        versions: r#"[{"fields":["1","2"],"tags":null,"each_tag":null}]"#.to_owned(),
        cards: "recognition".to_owned(),
        shown: (guid == "a").then_some(shown),
        modified,
    }
}

#[test]
fn what_each_deck_gave_is_remembered() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    let store = &mut library.store;
    store
        .record_export("news", None, &[given("a", "x", day(0)), given("b", "y", day(0))], day(0))
        .expect("notes");
    store.record_export("news", None, &[given("a", "z", day(3))], day(3)).expect("notes");
    store.record_export("other", None, &[given("b", "w", day(4))], day(4)).expect("notes");
    let news = store.exported("news").expect("notes");
    assert_eq!(news["a"], Exported { note: given("a", "z", day(3)), given: day(0) });
    assert_eq!(news["b"], Exported { note: given("b", "y", day(0)), given: day(0) });
    let all = store.exported_by_all().expect("notes");
    assert_eq!(all["b"].keys().collect::<Vec<_>>(), ["news", "other"]);
    assert_eq!(all["b"]["other"], Exported { note: given("b", "w", day(4)), given: day(4) });
}

#[test]
fn what_was_read_back_from_anki_is_kept() {
    let mut library = Library::new();
    let fields = BTreeMap::from([("English".to_owned(), "my \"own\" words".to_owned())]);
    let edited = Edits { fields, tags: vec!["mine".to_owned()], older: true, ..Edits::default() };
    let mut note = AnkiNote {
        key: key("银行", "yin2 hang2"),
        note: 1_500_000_000_000,
        guid: None,
        state: AnkiState::Known,
        interval: 30,
        lapses: 1,
        modified: day(0),
        edited,
    };
    library.store.record_reading(None, std::slice::from_ref(&note), day(0)).expect("a note");
    note.state = AnkiState::Learning;
    note.guid = Some("abc".to_owned());
    library.store.record_reading(None, std::slice::from_ref(&note), day(1)).expect("a note");
    assert_eq!(library.store.anki().expect("notes"), [(note.clone(), day(1))]);
    assert_eq!(library.store.guids().expect("guids")[&guid(&note.key, 0)], note.key);
    library.is_whole();
}
