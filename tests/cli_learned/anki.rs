//! Anki's collection through the program: found in its usual place, open or not, or asked through AnkiConnect.

use std::fs;

use super::{number, status};
use crate::learned::{Running, study};
use crate::support::{Home, python};

/// A home with a profile of Anki's, in which there is a card in every state.
fn home_with_anki() -> Home {
    let home = Home::new();
    let folder = home.join(".local/share/Anki2/User 1");
    fs::create_dir_all(&folder).expect("a folder");
    study(&folder, "fsrs");
    home
}

#[test]
fn the_collection_is_found_and_read_while_anki_has_it_open() {
    let home = home_with_anki();
    let folder = home.join(".local/share/Anki2/User 1");
    let mut anki = Running::start("tests/learned/study.py", &["hold", &folder.to_string_lossy()]);
    assert_eq!(anki.line(), "open");
    let bytes = || (fs::read(folder.join("collection.anki2")), fs::read(folder.join("collection.anki2-wal")));
    let before = bytes();

    let tried = home.json(["import", "--anki", "--dry-run"]);
    assert!(!home.library().exists(), "a dry run writes nothing");
    let rows = home.json(["import", "--anki"]);
    let row = &rows[0];
    assert_eq!(tried[0]["changes"], row["changes"]);
    assert_eq!((&row["kind"], &row["dry_run"]), (&"profile".into(), &false.into()));
    assert!(number(&row["changes"]["known"]) > 5 && number(&row["changes"]["learning"]) > 3, "{row}");
    for (word, expected) in
        [("机场", "known"), ("朋友", "known"), ("老师", "learning"), ("公司", "new"), ("经济", "learning")]
    {
        assert_eq!(status(&home, word), expected, "{word}");
    }
    let left_out = row["left_out"].as_array().expect("reasons");
    assert!(left_out.iter().any(|why| why["why"] == "without hanzi"), "{row}");
    let again = home.json(["import", "--anki"]);
    assert_eq!(number(&again[0]["changed"]), 0, "a second reading says nothing new");

    let after = bytes();
    assert!(before.0.expect("it") == after.0.expect("it") && before.1.expect("log") == after.1.expect("log"));
    anki.say("go on");
    assert!(anki.line().starts_with("ok "));
    home.run(["import", "--anki", "--profile", "Nobody"]).is_failure("Anki has no profile “Nobody”");
}

#[test]
fn the_collection_is_read_while_anki_writes_into_it_without_a_pause() {
    let home = home_with_anki();
    let folder = home.join(".local/share/Anki2/User 1");
    let mut anki = Running::start("tests/learned/study.py", &["busy", &folder.to_string_lossy()]);
    assert_eq!(anki.line(), "open");
    let mut read = 0;
    for _ in 0..8 {
        let said = home.run(["import", "--anki", "--json"]);
        match said.code {
            Some(0) => read += 1,
            // It says so, and changes nothing; there is no half of a collection.
            _ => {
                said.is_failure("changed while it was copied");
            }
        }
    }
    assert!(read > 0, "never between two changes");
    assert_eq!(status(&home, "朋友"), "known");
    assert_eq!(anki.end(), "ok", "Anki's collection is whole");
    home.ok(["check"]);
}

#[test]
fn packages_of_every_form_are_read_with_their_scheduling() {
    let home = home_with_anki();
    let folder = home.join(".local/share/Anki2/User 1");
    let mut said = Vec::new();
    for name in ["legacy.apkg", "zstd.apkg", "legacy.colpkg", "zstd.colpkg", "old.anki2"] {
        let rows = home.json(["import".as_ref(), folder.join(name).as_os_str(), "--dry-run".as_ref()]);
        said.push(rows[0]["changes"].clone());
    }
    assert!(said.iter().all(|changes| *changes == said[0] && changes["known"].is_u64()), "{said:?}");
    let text = home.ok(["import".as_ref(), folder.join("zstd.apkg").as_os_str(), "--dry-run".as_ref()]);
    for part in ["note type", "Basic", "guessed", "left out:", "would change:", "nothing was written"] {
        assert!(text.contains(part), "“{part}” is not in\n{text}");
    }
    let plain = home.json(["import".as_ref(), folder.join("plain.apkg").as_os_str()]);
    assert_eq!(number(&plain[0]["changed"]), 0, "without scheduling nothing is known");
}

#[test]
fn the_settings_say_from_when_a_word_is_known_and_which_field_is_read() {
    let home = home_with_anki();
    home.file(
        ".config/shengci/config.yaml",
        "known-from-days: 8\nignore-suspended-new: true\nanki:\n  fields:\n    Traditional deck: {hanzi: English}\n",
    );
    let rows = home.json(["import", "--anki"]);
    assert_eq!((status(&home, "老师").as_str(), status(&home, "银行").as_str()), ("known", "ignored"));
    let types = rows[0]["note_types"].as_array().expect("note types");
    let given = types.iter().find(|row| row["name"] == "Traditional deck").expect("it");
    assert_eq!(
        (&given["hanzi"], &given["chosen"], &given["words"]),
        (&"English".into(), &"given".into(), &0.into())
    );
}

#[test]
fn a_deck_goes_straight_into_the_anki_that_runs_and_comes_back() {
    let home = super::home_with_article();
    home.run(["export", "news", "--to", "anki"]).is_failure("doesn't answer");
    home.run(["import", "--connect"]).is_failure("doesn't answer");
    let collection = home.join("collection.anki2");
    let mut anki = Running::start("tests/learned/standin.py", &[&collection.to_string_lossy(), "--key", "k"]);
    let url = format!("http://127.0.0.1:{}", anki.line());
    home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
    home.run(["export", "news", "--to", "anki"]).is_failure("api key");
    home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\", key: k}}\n"));
    let said = home.json(["export", "news", "--to", "anki"]);
    assert!(number(&said["notes"]) > 5 && said["notes_in_anki"] == said["notes"], "{said}");
    let again = home.json(["export", "news", "--to", "anki"]);
    assert_eq!((&again["new"], &again["notes_in_anki"]), (&0.into(), &said["notes"]), "nothing is doubled");
    let rows = home.json(["import", "--connect"]);
    assert_eq!((&rows[0]["notes"], &rows[0]["changed"]), (&said["notes"], &0.into()), "{rows}");
    assert_eq!(rows[0]["note_types"][0]["chosen"], "own");
    assert_eq!(rows[0]["edited_notes"], 0, "what we gave is no edit");
}

/// Does with the collection in a home what a plan of `rounds.py` says.
fn in_anki(home: &Home, steps: &serde_json::Value) -> serde_json::Value {
    let plan = home.file("plan.json", steps.to_string());
    let collection = home.join("collection.anki2");
    let said = python::script(
        "tests/cli_learned/rounds.py",
        &[&collection.to_string_lossy(), &plan.to_string_lossy()],
    );
    serde_json::from_str(&said).expect("the script's report")
}

#[test]
fn what_was_written_in_anki_since_the_last_import_outlives_an_export_into_it() {
    // Where the collection's file can be reached, and where notes are known by their numbers alone.
    for hide in [None, Some("--hide-file")] {
        let home = Home::new();
        let article =
            home.file("first.txt", "孩子长大了，路很长。\n\n老师带学生参观图书馆，读者说机器人很有趣。\n");
        home.ok(["add".as_ref(), article.as_os_str()]);
        let export = |deck: &str| {
            let collection = home.join("collection.anki2").to_string_lossy().into_owned();
            let arguments: Vec<&str> = [collection.as_str()].into_iter().chain(hide).collect();
            let mut anki = Running::start("tests/learned/standin.py", &arguments);
            let url = format!("http://127.0.0.1:{}", anki.line());
            home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
            let deck = home
                .file("mine.yaml", format!("name: 生词\nwords: {{status: [new, learning, known]}}\n{deck}"));
            let said = home.json(["export".as_ref(), deck.as_os_str(), "--to".as_ref(), "anki".as_ref()]);
            assert_eq!(anki.end(), "");
            said
        };
        let report = || in_anki(&home, &serde_json::json!([{"report": true}]))[0].clone();
        let first = export("");
        assert!(number(&first["new"]) > 6, "{first}");
        let guids: std::collections::BTreeMap<String, String> = report()["notes"]
            .as_array()
            .expect("notes")
            .iter()
            .map(|note| {
                let name = format!("{}{}", note["fields"]["Hanzi"], note["fields"]["Traditional"]);
                let pinyin = note["fields"]["Pinyin"].as_str().expect("pinyin").contains("zhǎng");
                let guid = note["guid"].as_str().expect("a guid").to_owned();
                (if pinyin { "zhang".to_owned() } else { name.replace('"', "") }, guid)
            })
            .collect();
        let guid = |word: &str| {
            guids.iter().find(|(name, _)| name.starts_with(word)).map(|(_, guid)| guid).expect("a note")
        };
        let (robot, library, pupil, long) = (guid("机器人"), guid("图书馆"), guid("学生"), guid("长"));
        // After now: what Anki has is never newer than what the program gives.
        let at = 1;
        in_anki(
            &home,
            &serde_json::json!([
                {"interval": [library, 40]},
                {"edit": [robot, "English", "my robot", at]}, {"tag": [robot, "mine", at]},
                {"edit": [library, "Hanzi", "书馆（图）", at]}, {"edit": [library, "Pinyin", "mine", at]},
                {"edit": [long, "English", "long, long", at]}, {"type": [pupil]},
            ]),
        );
        let second = export("cards: [recognition, production]\n");
        assert_eq!((&second["new"], &second["of_another_note_type"]), (&0.into(), &1.into()), "{second}");
        assert_eq!(number(&second["changed"]) + 1, number(&first["notes"]), "{second}");
        let after = report();
        assert_eq!(
            (&after["problems"], &after["templates"]["shengci 生词"]),
            (&serde_json::json!([]), &4.into())
        );
        let note = |guid: &str| {
            let notes = after["notes"].as_array().expect("notes");
            notes.iter().find(|note| note["guid"] == guid).expect("it").clone()
        };
        for (guid, field, text) in [
            (robot, "English", "my robot"),
            (library, "Hanzi", "书馆（图）"),
            (library, "Pinyin", "mine"),
            (long, "English", "long, long"),
        ] {
            let note = note(guid);
            assert_eq!(note["fields"][field], text, "{hide:?}");
            assert_ne!(note["fields"]["Production"], "", "{hide:?}: {text} is brought up to date");
        }
        assert_ne!(note(guid("zhang"))["fields"]["English"], "long, long");
        assert!(note(robot)["tags"].as_array().expect("tags").contains(&"mine".into()));
        assert_eq!(note(pupil)["fields"]["Front"], "学生");
        assert_eq!(note(library)["cards"][0]["ivl"], 40);
    }
}
