//! A library can be copied, put back, written out as text and read in again, without loss.

use std::collections::BTreeMap;
use std::fs;

use shengci::corrections::Correction;
use shengci::store::{AnkiNote, Edits, Fault, Given, Held, Holding, Reading, Selection, Shown, Store};
use shengci::tokens::Kind;
use shengci::words::{AnkiState, By, Status};

use super::sample::{Library, MONDAY, article, day, key};

const NEWS: &[&str] = &["公司:gong1+si1 新闻:xin1+wen2", "公司:gong1+si1 去:qu4 北京:bei3+jing1/place"];
const EDITED: &[&str] = &["公司:gong1+si1 新闻:xin1+wen2 大:da4"];

/// A library in which every table of the ground has rows.
pub fn library() -> Library {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    library.add("a.txt", EDITED, day(1));
    library.add("b.txt", NEWS, day(1));
    let store = &mut library.store;
    store.tag(1, &["tag".to_owned()]).expect("a tag");
    store
        .mark(&[key("公司", "gong1 si1")], Status::Known, &By::List("my words".to_owned()), day(2))
        .expect("a mark");
    store.mark(&[key("从未", "cong2 wei4")], Status::Ignored, &By::Hand, day(2)).expect("a mark");
    store.undo(day(3)).expect("undo");
    let name = Correction::Name { text: "王力宏".to_owned(), kind: Kind::Person };
    store.correct(&[name], day(4)).expect("a correction");
    let note = Given {
        guid: "g".to_owned(),
        hash: "0f".to_owned(),
        versions: r#"[{"fields":["1","2"],"tags":null,"each_tag":null}]"#.to_owned(),
        cards: "recognition".to_owned(),
        shown: Some(Shown { article: 2, sentence: "公司新闻。".into() }),
        modified: day(4),
    };
    store.record_export("news", None, &[note], day(5)).expect("an export");
    let note = AnkiNote {
        key: key("新闻", "xin1 wen2"),
        note: 7,
        guid: Some("g".to_owned()),
        state: AnkiState::Known,
        interval: 40,
        lapses: 0,
        modified: day(6),
        edited: Edits {
            fields: BTreeMap::from([("Front".to_owned(), "line\none".to_owned())]),
            ..Edits::default()
        },
    };
    let reading = Reading {
        place: "/home/me/Anki2/User 1/collection.anki2".to_owned(),
        note_type: Some("{}".to_owned()),
        decks: BTreeMap::from([(1, "Default".to_owned())]),
        notes: vec![Held { guid: "g".to_owned(), holding: Holding::There, deck: Some(1) }],
    };
    store.record_reading(Some(&reading), &[note], day(6)).expect("a note");
    let decks = BTreeMap::from([("新闻".to_owned(), 1)]);
    store.record_given(&reading.place, &decks, &["g"], Some("style")).expect("a deck");
    library
}

pub fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    store.dump(&mut bytes).expect("a dump");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn a_dump_loads_back_without_loss() {
    let library = library();
    let text = dump(&library.store);
    let tables = ["article", "text", "tag", "word", "act", "mark", "correction", "export", "anki"];
    for table in tables.into_iter().chain(["collection", "holding", "given_deck"]) {
        assert!(text.contains(&format!("{{\"{table}\":{{")), "{table} is not in {text}");
    }
    let mut other = Library::new();
    other.store.load(&mut text.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), text);
    assert_eq!(other.store.statuses([&key("公司", "gong1 si1")]).expect("a status"), [Status::Known]);

    // The derived tables come back by reading the articles anew.
    let outdated = other.store.outdated().expect("articles");
    assert_eq!(outdated.len(), 2);
    let articles: Vec<_> =
        outdated.iter().map(|o| (o.article, article(if o.article == 1 { EDITED } else { NEWS }).1)).collect();
    other.store.reread(&articles, day(9)).expect("they are read anew");
    assert_eq!(other.counts(), library.counts());
    assert_eq!(dump(&other.store), text);
    other.is_whole();

    let again = other.store.load(&mut text.as_bytes()).expect_err("it is not empty");
    assert!(matches!(again.fault(), Fault::NotEmpty));
}

#[test]
fn a_bad_dump_leaves_the_library_empty() {
    let text = dump(&library().store);
    let lines: Vec<&str> = text.lines().collect();
    let head = lines[0];
    let mut other = Library::new();
    for (bad, line) in [
        (String::new(), 1),
        ("{}".to_owned(), 1),
        (r#"{"shengci":"dump","form":99}"#.to_owned(), 1),
        (format!("{head}\nnot JSON"), 2),
        (format!("{head}\n[]"), 2),
        (format!("{head}\n{}\n{{\"sqlite_schema\":{{}}}}", lines[1]), 3),
        (format!("{head}\n{{\"article\":{{\"id\":1}}}}"), 2),
        (format!("{head}\n{{\"article\":{{\"no\":1}}}}"), 2),
        (format!("{head}\n{}", text.lines().find(|l| l.starts_with("{\"mark\"")).expect("a mark")), 2),
    ] {
        let error = other.store.load(&mut bad.as_bytes()).expect_err(&bad);
        let found = match error.fault() {
            Fault::Dump { line, .. } => Some(*line),
            // A mark of a word that isn't there is found at the end of its line, or of the transaction.
            _ => None,
        };
        assert_eq!(found, Some(line), "{bad}: {error}");
        assert_eq!(dump(&other.store).lines().count(), 2, "{bad}");
    }
}

#[test]
fn a_backup_is_put_back_and_what_was_there_is_kept() {
    let mut library = library();
    let before = dump(&library.store);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.db");
    fs::write(&copy, "an older copy").expect("a file");
    library.store.backup(&copy).expect("a copy");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing else is left there");
    assert!(library.store.backup(&library.path()).is_err(), "not over itself");
    assert!(library.store.backup(&folder.path().join("none/copy.db")).is_err());

    library.add("later.txt", &["学生:xue2+sheng5"], day(7));
    let later = dump(&library.store);
    let kept = Store::restore(&library.path(), &copy, day(8)).expect("it is put back").expect("a backup");
    assert_eq!(dump(&library.store), before, "an open library sees it too");
    assert_eq!(library.store.articles(&Selection::All).expect("articles").len(), 2);
    library.is_whole();
    assert_eq!(dump(&Store::open(&kept, MONDAY).expect("a library")), later);

    // Into a place where there is none.
    let fresh = folder.path().join("new/library.db");
    assert_eq!(Store::restore(&fresh, &copy, day(8)).expect("it is put back"), None);
    assert_eq!(dump(&Store::open(&fresh, MONDAY).expect("a library")), before);
}
