//! A package that may be anybody's, and several files at once.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use rusqlite::Connection;

use super::{home_with_article, number, status};
use crate::support::Home;

const EVIL: &str = "<img src=x onerror=alert(1)>robber";

/// The collection in a package of ours.
fn unpack(package: &Path, to: &Path) {
    let mut zip = zip::ZipArchive::new(File::open(package).expect("a package")).expect("a zip");
    let mut bytes = Vec::new();
    zip.by_name("collection.anki2").expect("a collection").read_to_end(&mut bytes).expect("its bytes");
    std::fs::write(to, bytes).expect("a file");
}

fn pack(collection: &Path, package: &Path) {
    let mut zip = zip::ZipWriter::new(File::create(package).expect("a file"));
    zip.start_file("collection.anki2", zip::write::SimpleFileOptions::default()).expect("an entry");
    zip.write_all(&std::fs::read(collection).expect("a collection")).expect("room");
    zip.finish().expect("a package");
}

/// A home with a deck that was given, and what somebody made of that deck: every note has a handler in its English and a
/// tag, is known, and the note of 学生 is of another note type.
fn home_with_theirs() -> Home {
    let home = home_with_article();
    home.ok(["export", "news", "-o", "mine.apkg"]);
    let collection = home.join("theirs.anki2");
    unpack(&home.join("mine.apkg"), &collection);
    let connection = Connection::open(&collection).expect("a collection");
    // English is the fifth field.
    let fields: Vec<(i64, String)> = connection
        .prepare("SELECT id, flds FROM notes")
        .expect("notes")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("notes")
        .collect::<Result<_, _>>()
        .expect("notes");
    for (id, flds) in fields {
        let mut values: Vec<&str> = flds.split('\u{1F}').collect();
        values[4] = EVIL;
        let sql = "UPDATE notes SET flds = ?1, tags = ' theirs ', mod = mod + 1000 WHERE id = ?2";
        connection.execute(sql, (values.join("\u{1F}"), id)).expect("a note");
    }
    connection
        .execute_batch(
            "UPDATE cards SET type = 2, queue = 2, ivl = 90, reps = 9;
             UPDATE notes SET mid = 5 WHERE flds LIKE '学生%';
             UPDATE col SET models = json_set(models, '$.5', json('{\"name\":\"Basic\",\"flds\":[{\"name\":\"Front\",\"ord\":0}]}'))",
        )
        .expect("cards");
    pack(&collection, &home.join("theirs.apkg"));
    pack(&collection, &home.join("theirs.colpkg"));
    std::fs::copy(&collection, home.join("bare.apkg")).expect("a collection that is called a package");
    home
}

/// All notes of the next export, as text; and how many there are.
fn exported(home: &Home) -> (String, usize) {
    home.file(
        "every.yaml",
        "name: every\nwords: {status: [new, learning, known]}\ncards: [recognition, production]\n",
    );
    home.ok(["export", "every.yaml", "-o", "next.apkg"]);
    unpack(&home.join("next.apkg"), &home.join("next.anki2"));
    let connection = Connection::open(home.join("next.anki2")).expect("a collection");
    let notes: Vec<String> = connection
        .prepare("SELECT flds || tags FROM notes")
        .expect("notes")
        .query_map([], |row| row.get(0))
        .expect("notes")
        .collect::<Result<_, _>>()
        .expect("notes");
    (notes.join("\n"), notes.len())
}

#[test]
fn a_package_of_somebody_else_changes_nothing_of_ours() {
    for name in ["theirs.apkg", "theirs.colpkg", "bare.apkg"] {
        let home = home_with_theirs();
        let before = exported(&home);
        let row = &home.json(["import", name])[0];
        assert_eq!(number(&row["edited_notes"]), 0, "{row}");
        assert_eq!((number(&row["moved_notes"]), number(&row["deleted_notes"])), (0, 0), "{row}");
        assert!(number(&row["not_taken"]) > 5 && row["notes"] == row["not_taken"], "{row}");
        assert_eq!(status(&home, "图书馆"), "new", "how far somebody else is with a note of ours");
        assert_eq!(exported(&home), before);
        let text = home.ok(["import", name]);
        assert!(text.contains("that shengci made: left alone") && text.contains("--mine"), "{text}");
    }
}

#[test]
fn what_was_read_of_our_own_collection_stays_when_a_package_says_otherwise() {
    let home = home_with_theirs();
    let own = home.join("collection.anki2");
    unpack(&home.join("mine.apkg"), &own);
    let edit = "UPDATE notes SET flds = replace(flds, 'library', 'my library'), mod = mod + 10 WHERE flds LIKE '图书馆%'";
    Connection::open(&own).expect("a collection").execute(edit, []).expect("a note");
    let row = &home.json(["import", "collection.anki2"])[0];
    assert_eq!(number(&row["edited_notes"]), 1, "{row}");
    let before = exported(&home);
    home.ok(["import", "theirs.apkg"]);
    assert_eq!(exported(&home), before);
    assert!(before.0.contains("my library"), "{}", before.0);
    assert_eq!(number(&home.json(["import", "collection.anki2"])[0]["deleted_notes"]), 0);
}

#[test]
fn an_export_of_ones_own_brings_its_edits_but_nothing_that_runs() {
    for (name, option) in [("theirs.apkg", Some("--mine")), ("theirs.anki2", None)] {
        let home = home_with_theirs();
        let (_, all) = exported(&home);
        let row = &home.json(["import", name].into_iter().chain(option))[0];
        assert!(number(&row["edited_notes"]) > 5 && row["not_taken"] == 0, "{row}");
        assert_eq!(number(&row["moved_notes"]), 1, "{row}");
        assert_eq!(status(&home, "图书馆"), "known");
        let (notes, left) = exported(&home);
        assert!(notes.contains("<img src=\"x\">robber") && notes.contains("theirs"), "{notes}");
        assert!(!notes.contains("onerror"), "{notes}");
        assert_eq!(left, all - 1, "a note of another note type is not exported");
    }
}

#[test]
fn words_of_other_notes_are_taken_from_any_package() {
    let home = home_with_theirs();
    let collection = home.join("theirs.anki2");
    let connection = Connection::open(&collection).expect("a collection");
    let fields = format!("银行{}", "\u{1F}".repeat(18));
    let sql = "INSERT INTO notes SELECT 77, 'theirs', 5, mod, usn, '', ?1, sfld, csum, flags, data FROM notes LIMIT 1";
    connection.execute(sql, [fields]).expect("a note");
    let sql = "INSERT INTO cards SELECT 77, 77, did, 0, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue,
                 odid, flags, data FROM cards LIMIT 1";
    connection.execute(sql, []).expect("a card");
    pack(&collection, &home.join("theirs.apkg"));
    let row = &home.json(["import", "theirs.apkg"])[0];
    assert_eq!((number(&row["changes"]["known"]), number(&row["words"])), (1, 1), "{row}");
    assert_eq!(status(&home, "银行"), "known");
}

#[test]
fn several_files_are_taken_all_or_none() {
    let home = home_with_article();
    home.file("good.txt", "图书馆\n");
    home.file("more.txt", "机器人\n图书馆\n");
    home.file("bad.apkg", b"PK\x03\x04 and no more");
    let said = home.run(["--json", "import", "good.txt", "bad.apkg"]);
    said.is_failure("bad.apkg is no Anki package");
    assert_eq!(status(&home, "图书馆"), "new");

    let tried = home.json(["import", "good.txt", "more.txt", "--dry-run"]);
    assert_eq!(status(&home, "图书馆"), "new");
    let rows = home.json(["import", "good.txt", "more.txt"]);
    for rows in [&tried, &rows] {
        assert_eq!(
            (&rows[0]["changed"], &rows[1]["changed"], &rows[1]["unchanged"]),
            (&1.into(), &1.into(), &1.into())
        );
        assert_eq!(rows[1]["changes"], serde_json::json!({"known": 1}));
    }
    home.ok(["undo"]);
    assert_eq!(
        (status(&home, "图书馆").as_str(), status(&home, "机器人").as_str()),
        ("known", "new"),
        "an act each"
    );
}

#[test]
fn what_is_no_list_is_not_read_for_ever() {
    let home = Home::new();
    home.run(["import", "/dev/zero"]).is_failure("/dev/zero is larger than 32 MiB");
}
