//! Edits of our notes, our note type and our decks in the real Anki are the learner's: they outlive every export, by
//! whatever way the program and Anki meet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{FIRST, SECOND, number};
use crate::learned::Running;
use crate::support::{Home, python};

pub const DECK: &str = "name: 新闻::生词\nwords: {status: [new, learning, known]}\n";
/// The same with a card more: every note changes.
const CHANGED: &str =
    "name: 新闻::生词\nwords: {status: [new, learning, known]}\ncards: [recognition, production]\n";

/// How a package comes to Anki, and what is read back before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `--to anki`; AnkiConnect tells where the collection's file lies, and that is read.
    File,
    /// `--to anki`; the file can't be reached.
    Connect,
    /// The same with an AnkiConnect of before 2023.
    OldConnect,
    /// `import` of the collection's file, then the package is opened by hand.
    Hand,
    /// The same with all boxes of Anki's import window ticked.
    HandMerging,
}

const WAYS: [Way; 5] = [Way::File, Way::Connect, Way::OldConnect, Way::Hand, Way::HandMerging];
/// Those that differ most.
const THREE: [Way; 3] = [Way::File, Way::Connect, Way::Hand];

/// The real Anki has a clock of its own: this is later.
const LATER: &str = "1900000000";

pub struct Learner {
    pub home: Home,
    way: Way,
    collection: String,
    /// The guids of the first article's words.
    guids: BTreeMap<String, Value>,
}

impl Learner {
    /// One whose first article is in Anki.
    pub fn new(way: Way) -> Self {
        let (home, collection) = (Home::new(), "collection.anki2".to_owned());
        let mut learner = Self { home, way, collection, guids: BTreeMap::new() };
        learner.add("1.txt", FIRST);
        learner.export(DECK, &[]);
        let report = learner.report();
        let notes = report["notes"].as_array().expect("notes").iter();
        let word = |note: &Value| note["fields"]["Hanzi"].as_str().expect("a word").to_owned();
        learner.guids = notes.map(|note| (word(note), note["guid"].clone())).collect();
        learner
    }

    pub fn add(&self, name: &str, text: &str) {
        let article = self.home.file(name, text);
        self.home.ok(["add".as_ref(), article.as_os_str()]);
    }

    /// Does in Anki what a plan of `rounds.py` says.
    pub fn in_anki(&self, steps: &Value) -> Vec<Value> {
        let plan = self.home.file("plan.json", steps.to_string());
        let collection = self.home.join(&self.collection);
        let said = python::script(
            "tests/cli_learned/rounds.py",
            &[&collection.to_string_lossy(), &plan.to_string_lossy()],
        );
        serde_json::from_str(&said).expect("the script's report")
    }

    fn report(&self) -> Value {
        self.in_anki(&json!([{"report": true}])).remove(0)
    }

    /// Anki runs, and shengci knows where.
    pub fn anki_runs(&self) -> Running {
        let collection = self.home.join(&self.collection).to_string_lossy().into_owned();
        let elsewhere = format!("/nowhere/{}/collection.media", self.collection);
        let arguments: Vec<&str> = match self.way {
            Way::Connect => vec![&collection, "--elsewhere", &elsewhere],
            Way::OldConnect => vec![&collection, "--elsewhere", &elsewhere, "--old"],
            _ => vec![&collection],
        };
        let mut anki = Running::start("tests/learned/standin.py", &arguments);
        let url = format!("http://127.0.0.1:{}", anki.line());
        self.home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
        anki
    }

    /// Exports the deck to Anki; what the program told, and what it said beside that.
    fn export(&self, deck: &str, more: &[&str]) -> (Value, String) {
        let deck = self.home.file("mine.yaml", deck).to_string_lossy().into_owned();
        let run = |arguments: &[&str]| {
            let mut command = self.home.command();
            command.args(["--json", "export", &deck]).args(arguments).args(more);
            if more.contains(&"--our-style") {
                command.env("SHENGCI_NOW", LATER);
            }
            let said = command.output().expect("it runs");
            let err = String::from_utf8(said.stderr).expect("UTF-8");
            assert!(said.status.success(), "{:?}: {err}", self.way);
            (serde_json::from_slice(&said.stdout).expect("JSON"), err)
        };
        if [Way::Hand, Way::HandMerging].contains(&self.way) {
            let collection = self.home.join(&self.collection);
            if collection.exists() {
                self.read();
            }
            let said = run(&["-o", "mine.apkg"]);
            let by = if self.way == Way::Hand { "import" } else { "connect" };
            self.in_anki(&json!([{by: self.home.join("mine.apkg")}]));
            return said;
        }
        let anki = self.anki_runs();
        let said = run(&["--to", "anki"]);
        assert_eq!(anki.end(), "");
        said
    }

    /// Reads the collection by `import`.
    fn read(&self) -> Value {
        if [Way::Connect, Way::OldConnect].contains(&self.way) {
            let anki = self.anki_runs();
            let rows = self.home.json(["import", "--connect"]);
            assert_eq!(anki.end(), "");
            return rows[0].clone();
        }
        let collection = self.home.join(&self.collection);
        self.home.json(["import".as_ref(), collection.as_os_str()])[0].clone()
    }

    pub fn guid(&self, word: &str) -> Value {
        self.guids[word].clone()
    }
}

/// The note of a word, known by its first hanzi field or by what stands there now.
fn note(report: &Value, word: &str) -> Value {
    let notes = report["notes"].as_array().expect("notes");
    let of = |note: &&Value| note["fields"]["Hanzi"] == word;
    notes.iter().find(of).unwrap_or_else(|| panic!("no note of {word}")).clone()
}

fn by_guid(report: &Value, guid: &Value) -> Value {
    let notes = report["notes"].as_array().expect("notes");
    notes.iter().find(|note| &note["guid"] == guid).expect("a note").clone()
}

fn is_sound(report: &Value, way: Way) {
    assert_eq!(report["problems"], json!([]), "{way:?}");
    assert_eq!(report["duplicates"], json!([]), "{way:?}");
    assert_eq!(report["empty"], 0, "{way:?}");
    let kinds = report["templates"].as_object().expect("note types");
    let ours = kinds.keys().filter(|name| name.starts_with("shengci")).count();
    assert!(ours <= 1, "{way:?}: a second note type of ours: {kinds:?}");
}

fn names(report: &Value, list: &str) -> Vec<String> {
    let list = report["type"][list].as_array().expect("a list");
    list.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_field_of_the_learners_own_keeps_what_is_in_it() {
    for way in WAYS {
        let learner = Learner::new(way);
        let robot = learner.guid("机器人");
        learner.in_anki(&json!([
            {"add_field": ["My notes"]}, {"add_field": ["Frequency"]}, {"move_field": ["My notes", 2]},
            {"edit": [robot, "My notes", "<script>f()</script> <iframe src=\"x\"></iframe>mine", 1]},
            {"edit": [robot, "English", "my robot", 1]},
        ]));
        learner.add("2.txt", SECOND);
        learner.export(CHANGED, &[]);
        let after = learner.report();
        is_sound(&after, way);
        let robot = by_guid(&after, &robot);
        assert_eq!(
            robot["fields"]["My notes"], "<script>f()</script> <iframe src=\"x\"></iframe>mine",
            "{way:?}"
        );
        assert_eq!(robot["fields"]["English"], "my robot", "{way:?}");
        assert_ne!(robot["fields"]["Production"], "", "{way:?}: it is brought up to date");
        assert_eq!(note(&after, "图书馆")["fields"]["My notes"], "", "{way:?}");
        assert_ne!(note(&after, "图书馆")["fields"]["Production"], "", "{way:?}");
        assert_eq!(note(&after, "书架")["fields"]["My notes"], "", "{way:?}: a new word");
        assert_eq!(note(&after, "书架")["fields"]["Pinyin"].as_str().map(|p| p.contains("shū")), Some(true));
        assert_eq!(names(&after, "flds")[..4], ["Hanzi", "Traditional", "My notes", "Pinyin"], "{way:?}");
        assert_eq!(number(&learner.read()["edited_notes"]), 1, "{way:?}");
    }
}

#[test]
fn edits_outlive_a_field_that_is_renamed() {
    for way in [Way::File, Way::Connect, Way::OldConnect, Way::Hand] {
        let learner = Learner::new(way);
        let (robot, library) = (learner.guid("机器人"), learner.guid("图书馆"));
        learner.in_anki(&json!([{"edit": [robot, "English", "mine before", 1]}]));
        learner.export(DECK, &[]);
        learner.in_anki(&json!([{"rename_field": ["English", "Meaning"]}]));
        learner.export(DECK, &[]);
        learner.in_anki(&json!([{"edit": [library, "Meaning", "mine after", 1]}]));
        learner.export(CHANGED, &[]);
        let after = learner.report();
        is_sound(&after, way);
        for (guid, text) in [(&robot, "mine before"), (&library, "mine after")] {
            let note = by_guid(&after, guid);
            assert_eq!(note["fields"]["Meaning"], text, "{way:?}");
            assert_ne!(note["fields"]["Production"], "", "{way:?}: {text} is brought up to date");
            assert_eq!(note["fields"]["English"], Value::Null, "{way:?}");
        }
        assert_ne!(note(&after, "学生")["fields"]["Meaning"], "", "{way:?}");
        assert_eq!(number(&learner.read()["edited_notes"]), 2, "{way:?}");
    }
}

#[test]
fn a_note_that_was_deleted_stays_deleted_though_it_was_never_read() {
    for way in [Way::File, Way::Connect, Way::OldConnect] {
        let learner = Learner::new(way);
        let robot = learner.guid("机器人");
        learner.in_anki(&json!([{"delete": [robot]}]));
        let (said, _) = learner.export(CHANGED, &[]);
        assert_eq!((&said["deleted_in_anki"], &said["added"]), (&json!(1), &json!(0)), "{way:?}: {said}");
        let there = |report: &Value| {
            report["notes"].as_array().expect("notes").iter().any(|note| note["guid"] == robot)
        };
        assert!(!there(&learner.report()), "{way:?}");
        let (said, _) = learner.export(CHANGED, &["--deleted"]);
        assert_eq!(said["added"], 1, "{way:?}: {said}");
        assert!(there(&learner.report()), "{way:?}");
    }
}

#[test]
fn a_style_of_the_learners_own_is_never_written_over() {
    for way in WAYS {
        let learner = Learner::new(way);
        let robot = learner.guid("机器人");
        learner.in_anki(&json!([
            {"css": [".card { color: red } /* mine */"]}, {"back": ["Recognition", "{{Hanzi}} MINE"]},
            {"font": ["Hanzi", "My Font"]}, {"name_type": ["My words"]}, {"type_changed": [1]},
        ]));
        let (_, err) = learner.export(CHANGED, &[]);
        assert!(err.contains("--our-style"), "{way:?}: {err}");
        let (_, err) = learner.export(CHANGED, &[]);
        assert!(!err.contains("--our-style"), "{way:?}: told once: {err}");
        let after = learner.report();
        let kind = &after["type"];
        assert_eq!(kind["css"], ".card { color: red } /* mine */", "{way:?}");
        assert_eq!(kind["tmpls"][0]["afmt"], "{{Hanzi}} MINE", "{way:?}");
        assert_eq!(
            (&kind["name"], &kind["flds"][0]["font"]),
            (&json!("My words"), &json!("My Font")),
            "{way:?}"
        );
        assert_ne!(by_guid(&after, &robot)["fields"]["Production"], "", "{way:?}");
        is_sound(&after, way);

        learner.in_anki(&json!([{"rename_field": ["English", "Meaning"]}, {"add_field": ["My notes"]}]));
        learner.export(CHANGED, &["--our-style"]);
        let after = learner.report();
        let kind = &after["type"];
        assert_eq!(kind["css"], shengci::deck::note_type::STYLE, "{way:?}");
        let back = kind["tmpls"][0]["afmt"].as_str().expect("a template");
        assert!(back.contains("{{#Meaning}}") && !back.contains("MINE"), "{way:?}: {back}");
        assert_eq!(names(&after, "flds")[19..], ["My notes"], "{way:?}");
        is_sound(&after, way);
    }
}

/// The first style sheet that was ever given.
fn older_style() -> String {
    let newest = shengci::deck::note_type::STYLE;
    newest.lines().filter(|line| !line.contains(".unsure")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_older_style_of_ours_gives_way_to_the_newer_one() {
    for way in [Way::File, Way::Connect, Way::Hand, Way::HandMerging] {
        let learner = Learner::new(way);
        assert!(shengci::deck::note_type::is_ours(&older_style()), "{}", older_style());
        learner.in_anki(&json!([{"css": [older_style()]}, {"font": ["Hanzi", "My Font"]}]));
        let (_, err) = learner.export(DECK, &[]);
        assert!(!err.contains("--our-style"), "{way:?}: {err}");
        let kind = &learner.report()["type"];
        assert_eq!(kind["css"], shengci::deck::note_type::STYLE, "{way:?}");
        assert_eq!(kind["flds"][0]["font"], "My Font", "{way:?}");
    }
}

#[test]
fn tags_are_the_learners_but_for_those_that_we_gave() {
    for way in THREE {
        let learner = Learner::new(way);
        let (robot, library) = (learner.guid("机器人"), learner.guid("图书馆"));
        let mine = ["hsk::mine", "shengci::hard", "article::favourite", "red"];
        let steps: Vec<Value> = mine.iter().map(|tag| json!({"tag": [robot, tag, 1]})).collect();
        learner.in_anki(&json!(steps));
        learner.in_anki(&json!([{"untag": [library, "shengci"]}]));
        for _ in 0..2 {
            learner.export(CHANGED, &[]);
            let after = learner.report();
            let tags = |guid| -> BTreeSet<String> {
                let tags = by_guid(&after, guid)["tags"].clone();
                serde_json::from_value(tags).expect("tags")
            };
            assert!(mine.iter().all(|tag| tags(&robot).contains(*tag)), "{way:?}: {:?}", tags(&robot));
            assert!(tags(&robot).contains("shengci"), "{way:?}");
            assert!(!tags(&library).contains("shengci"), "{way:?}: {:?}", tags(&library));
            assert!(tags(&library).iter().any(|tag| tag.starts_with("hsk::")), "{way:?}");
        }
        // A tag of ours that changes gives way to the newer one.
        learner.export(&format!("{CHANGED}tags: [shengci, \"hsk::mine\", other]\n"), &[]);
        let after = learner.report();
        let tags = by_guid(&after, &robot)["tags"].clone();
        let tags: BTreeSet<String> = serde_json::from_value(tags).expect("tags");
        let expected = ["article::favourite", "hsk::mine", "other", "red", "shengci", "shengci::hard"];
        assert_eq!(tags.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{way:?}");
    }
}

#[test]
fn a_deck_that_was_renamed_is_followed() {
    for way in THREE {
        let learner = Learner::new(way);
        if way == Way::Hand {
            learner.read();
        }
        learner.in_anki(
            &json!([{"rename_deck": ["新闻::生词", "News words"]}, {"rename_deck": ["新闻", "News"]}]),
        );
        learner.add("2.txt", SECOND);
        let (said, err) = learner.export(CHANGED, &[]);
        assert!(err.contains("is called “News words” in Anki"), "{way:?}: {err}");
        assert_eq!(
            (&said["name"], &said["called_in_anki"]),
            (&json!("新闻::生词"), &json!("News words")),
            "{way:?}"
        );
        let after = learner.report();
        assert_eq!(after["decks"], json!(["Default", "News", "News words"]), "{way:?}");
        assert_eq!(note(&after, "书架")["cards"][0]["deck"], "News words", "{way:?}");
        is_sound(&after, way);
    }
}

#[test]
fn where_cards_were_moved_new_ones_go_to_the_deck_that_they_were_given_to() {
    for way in [Way::File, Way::Connect] {
        let learner = Learner::new(way);
        let moves: Vec<Value> = learner.guids.values().map(|guid| json!({"move": [guid, "Mine"]})).collect();
        learner.in_anki(&json!(moves));
        learner.add("2.txt", SECOND);
        let (_, err) = learner.export(DECK, &[]);
        assert!(!err.contains("is called"), "{way:?}: {err}");
        let after = learner.report();
        assert_eq!(note(&after, "书架")["cards"][0]["deck"], "新闻::生词", "{way:?}");
        assert_eq!(note(&after, "机器人")["cards"][0]["deck"], "Mine", "{way:?}");
    }
}

#[test]
fn fields_and_templates_that_were_deleted_stay_deleted() {
    for way in WAYS {
        let learner = Learner::new(way);
        let robot = learner.guid("机器人");
        learner.in_anki(&json!([{"edit": [robot, "Hint", "my hint", 1]}]));
        learner.export(DECK, &[]);
        learner.in_anki(&json!([
            {"remove_field": ["Zhuyin"]}, {"remove_template": ["Cloze"]}, {"remove_template": ["Production"]},
            {"add_template": ["My card", "{{Hanzi}} {{Sound}}"]},
        ]));
        learner.add("2.txt", SECOND);
        let (said, _) = learner.export(&CHANGED.replace("production", "production, listening, cloze"), &[]);
        assert_eq!(said["edited_in_anki"], 1, "{way:?}: {said}");
        let after = learner.report();
        is_sound(&after, way);
        assert!(!names(&after, "flds").contains(&"Zhuyin".to_owned()), "{way:?}");
        assert_eq!(names(&after, "tmpls"), ["Recognition", "Listening", "My card"], "{way:?}");
        let robot = by_guid(&after, &robot);
        assert_eq!(robot["fields"]["Hint"], "my hint", "{way:?}");
        assert_ne!(robot["fields"]["Listening"], "", "{way:?}: it is brought up to date in this very run");
        let kinds = |note: &Value| -> Vec<u64> {
            note["cards"].as_array().expect("cards").iter().map(|card| number(&card["ord"])).collect()
        };
        assert_eq!(kinds(&robot), [0, 1, 2], "{way:?}");
        assert_eq!(kinds(&note(&after, "书架"))[..2], [0, 1], "{way:?}");
        assert_eq!(number(&learner.read()["edited_notes"]), 1, "{way:?}");

        let (said, _) = learner.export(&CHANGED.replace("recognition, production", "cloze"), &[]);
        assert_eq!(said["without_template"], 0, "{way:?}: what has a card keeps it: {said}");
        learner.add("3.txt", super::THIRD);
        let (said, _) = learner.export(&CHANGED.replace("recognition, production", "cloze"), &[]);
        assert!(number(&said["without_template"]) > 0, "{way:?}: {said}");
        is_sound(&learner.report(), way);
    }
}

#[test]
fn what_one_collection_lacks_another_may_have() {
    for way in [Way::File, Way::Connect] {
        let mut learner = Learner::new(way);
        let robot = learner.guid("机器人");
        learner.read();
        std::fs::create_dir(learner.home.join("other")).expect("a folder");
        learner.add("2.txt", SECOND);
        let second = "name: 新闻::生词\nwords: {status: [new, learning, known], articles: last}\n";
        learner.collection = "other/collection.anki2".to_owned();
        let (first, _) = learner.export(second, &[]);
        assert_eq!(first["added"], first["notes"], "{way:?}: {first}");
        assert_eq!(number(&learner.read()["deleted_notes"]), 0, "{way:?}: they never were in this one");
        let (said, _) = learner.export(DECK, &[]);
        assert_eq!(said["deleted_in_anki"], 0, "{way:?}: {said}");
        assert!(number(&said["notes"]) > number(&first["notes"]), "{way:?}: {said}");

        // A deletion in the one is none in the other.
        learner.in_anki(&json!([{"delete": [robot]}]));
        let (said, _) = learner.export(DECK, &[]);
        assert_eq!(said["deleted_in_anki"], 1, "{way:?}: {said}");
        learner.collection = "collection.anki2".to_owned();
        let (said, _) = learner.export(CHANGED, &[]);
        assert_eq!(said["deleted_in_anki"], 0, "{way:?}: {said}");
        assert_ne!(by_guid(&learner.report(), &robot)["fields"]["Production"], "", "{way:?}");
        learner.collection = "other/collection.anki2".to_owned();
        let (said, _) = learner.export(CHANGED, &[]);
        assert_eq!(said["deleted_in_anki"], 1, "{way:?}: {said}");
    }
}
