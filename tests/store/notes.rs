//! Libraries and dumps from before the columns of notes are understood as they were meant.

use std::collections::BTreeMap;
use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};
use shengci::store::{AnkiNote, Edits, Given, Store};
use shengci::words::{AnkiState, Fingerprints};

use super::backup::dump;
use super::sample::{Library, MONDAY, day, key};
use super::upgrade::fixture;

/// Values of `anki.edited`, with their meaning.
fn edits() -> Vec<(&'static str, Edits)> {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|&(name, html)| (name.to_owned(), html.to_owned())).collect()
    };
    let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    vec![
        ("{}", Edits::default()),
        (
            r#"{":field:My \"notes\"":"<i>mine</i>",":older":"",":tags":"leech marked::\"red\"",":untagged":"0a0b0c0d 1a1b1c1d","English":"my \"own\" 'words'\nfirm: \\(x\\)","Sentence":""}"#,
            Edits {
                fields: map(&[("English", "my \"own\" 'words'\nfirm: \\(x\\)"), ("Sentence", "")]),
                own: map(&[("My \"notes\"", "<i>mine</i>")]),
                tags: list(&["leech", "marked::\"red\""]),
                untagged: list(&["0a0b0c0d", "1a1b1c1d"]),
                older: true,
                ..Edits::default()
            },
        ),
        (r#"{":gone":"",":tags":"leech"}"#, Edits { gone: true, tags: list(&["leech"]), ..Edits::default() }),
        (r#"{":moved":""}"#, Edits { moved: true, ..Edits::default() }),
    ]
}

/// Values of `export.fields`, with their meaning.
fn versions() -> Vec<(String, String)> {
    let fields: Vec<String> = (0..19).map(|field| format!("{field:08x}")).collect();
    let row = fields.join(" ");
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let with_tags =
        Fingerprints { fields, tags: Some("aaaaaaaa"), each_tag: Some(vec!["bbbbbbbb", "cccccccc"]) };
    let without = Fingerprints { each_tag: Some(vec![]), ..with_tags.clone() };
    let unknown = Fingerprints { each_tag: None, ..with_tags.clone() };
    let first = Fingerprints { tags: None, ..unknown.clone() };
    let few = Fingerprints { fields: vec!["1", "2"], tags: None, each_tag: None };
    let json = |versions: &[&Fingerprints<'_>]| serde_json::to_string(versions).expect("JSON");
    vec![
        (
            format!("{row} aaaaaaaa # #bbbbbbbb #cccccccc / {row} aaaaaaaa # / {row} aaaaaaaa / {row}"),
            json(&[&with_tags, &without, &unknown, &first]),
        ),
        ("1 2".to_owned(), json(&[&few])),
    ]
}

#[test]
fn notes_of_version_1_are_what_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(&fs::read_to_string(fixture(1)).expect("the fixture")).expect("its SQL");
    connection.execute_batch("DELETE FROM anki; DELETE FROM export;").expect("no notes");
    for (number, (edited, _)) in (1..).zip(edits()) {
        let row = (number, edited);
        connection
            .execute("INSERT INTO anki VALUES (2, ?1, 'g', 'known', 40, 3, 1768089600, ?2, 1768089601)", row)
            .expect("a note");
    }
    for (number, (fields, _)) in (1..).zip(versions()) {
        let row = (format!("g{number}"), fields);
        connection
            .execute(
                "INSERT INTO export VALUES ('news', ?1, '0f', ?2, 'recognition', 2, '公司新闻。', 1767916800, 1768003200)",
                row,
            )
            .expect("a note");
    }
    drop(connection);
    let store = Store::open(&path, MONDAY).expect("it opens");
    let notes = store.anki().expect("notes");
    let found: Vec<&Edits> = notes.iter().map(|(note, _)| &note.edited).collect();
    assert_eq!(found, edits().iter().map(|(_, edits)| edits).collect::<Vec<_>>());
    for (note, at) in &notes {
        assert_eq!((note.guid.as_deref(), note.state, at.0), (Some("g"), AnkiState::Known, 1_768_089_601));
        assert_eq!((note.interval, note.lapses, note.modified.0), (40, 3, 1_768_089_600));
    }
    let given = store.exported("news").expect("notes");
    let found: Vec<&str> = given.values().map(|exported| exported.note.versions.as_str()).collect();
    assert_eq!(found, versions().iter().map(|(_, versions)| versions.as_str()).collect::<Vec<_>>());
    let note = &given["g1"].note;
    assert_eq!(
        (note.hash.as_str(), note.cards.as_str(), note.modified.0),
        ("0f", "recognition", 1_767_916_800)
    );
    assert!(note.shown.as_ref().is_some_and(|shown| &*shown.sentence == "公司新闻。" && shown.article == 2));
    assert_eq!(store.check().expect("it can be read"), []);
}

#[test]
fn notes_of_older_forms_are_what_they_were() {
    let mut library = Library::new();
    let notes: Vec<AnkiNote> = (1..)
        .zip(edits())
        .map(|(note, (_, edited))| AnkiNote {
            key: key("新闻", "xin1 wen2"),
            note,
            guid: Some("g".to_owned()),
            state: AnkiState::Known,
            interval: 40,
            lapses: 0,
            modified: day(1),
            edited,
        })
        .collect();
    library.store.record_reading(None, &notes, day(2)).expect("notes");
    let given = (1..).zip(versions()).map(|(number, (_, versions))| Given {
        guid: format!("g{number}"),
        hash: "0f".to_owned(),
        versions,
        ..Given::default()
    });
    library.store.record_export("news", None, &given.collect::<Vec<_>>(), day(2)).expect("notes");
    let good = dump(&library.store);
    let (mut edits, mut versions) = (edits().into_iter(), versions().into_iter());
    let mut old = String::new();
    for line in good.lines() {
        let mut line: Value = serde_json::from_str(&line.replace("\"form\":6", "\"form\":4")).expect("JSON");
        if let Some(row) = line.get_mut("anki").and_then(Value::as_object_mut) {
            for column in ["fields", "own", "tags", "untagged", "older", "gone", "moved"] {
                row.remove(column).expect("a column");
            }
            row.insert("edited".to_owned(), json!(edits.next().expect("one for each").0));
        }
        if let Some(row) = line.get_mut("export").and_then(Value::as_object_mut) {
            row.remove("versions").expect("a column");
            row.insert("fields".to_owned(), json!(versions.next().expect("one for each").0));
        }
        old += &format!("{line}\n");
    }
    assert!(edits.next().is_none() && versions.next().is_none());
    let mut other = Library::new();
    other.store.load(&mut old.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), good);
    let again: Vec<AnkiNote> = other.store.anki().expect("notes").into_iter().map(|(note, _)| note).collect();
    assert_eq!(again, notes);
}
