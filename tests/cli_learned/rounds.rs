//! Three rounds of export → study → import → export with the real Anki: no duplicate, no lost review, no lost
//! edit.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{FIRST, SECOND, THIRD, number};
use crate::support::{Home, python};

const START: i64 = 1_780_000_000;
const ROUND: i64 = 100_000;

const DECK: &str = "name: 新闻::生词\nwords: {status: [new, learning, known]}\n";
/// The same with a card more: every note changes.
const CHANGED: &str =
    "name: 新闻::生词\nwords: {status: [new, learning, known]}\ncards: [recognition, production]\n";

struct Rounds {
    home: Home,
    round: i64,
    /// How Anki imports: `import` as a learner who opens the package, `connect` as AnkiConnect has it.
    by: &'static str,
}

impl Rounds {
    fn new() -> Self {
        Self { home: Home::new(), round: 1, by: "import" }
    }

    fn now(&self) -> i64 {
        START + self.round * ROUND
    }

    fn shengci(&self, arguments: &[&str]) -> Value {
        let mut command = self.home.command();
        command.env("SHENGCI_NOW", self.now().to_string()).arg("--json").args(arguments);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        serde_json::from_str(text.lines().next().unwrap_or("null")).expect("JSON")
    }

    fn anki(&self, steps: &Value) -> Vec<Value> {
        let plan = self.home.file("plan.json", steps.to_string());
        let collection = self.home.join("collection.anki2");
        let said = python::script(
            "tests/cli_learned/rounds.py",
            &[&collection.to_string_lossy(), &plan.to_string_lossy()],
        );
        serde_json::from_str(&said).expect("the script's report")
    }

    /// Adds an article, exports, and has Anki import it; how Anki sorted the notes, and all that it has then.
    fn give(&self, text: &str, deck: &str) -> (Value, Value) {
        let article = self.home.file(&format!("{}.txt", self.round), text);
        self.shengci(&["add", &article.to_string_lossy()]);
        let deck = self.home.file("mine.yaml", deck);
        self.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg"]);
        let said = self.anki(&json!([{self.by: self.home.join("mine.apkg")}, {"report": true}]));
        (said[0].clone(), said[1].clone())
    }

    fn read_back(&self) -> Value {
        let collection = self.home.join("collection.anki2");
        self.shengci(&["import", &collection.to_string_lossy()])[0].clone()
    }
}

/// Hanzi → note.
fn by_hanzi(report: &Value) -> BTreeMap<String, Value> {
    let notes = report["notes"].as_array().expect("notes");
    let of = |note: &Value| (note["fields"]["Hanzi"].as_str().expect("a word").to_owned(), note.clone());
    notes.iter().map(of).collect()
}

fn is_sound(report: &Value) {
    let notes = report["notes"].as_array().expect("notes");
    let guids: BTreeSet<&str> = notes.iter().filter_map(|note| note["guid"].as_str()).collect();
    assert_eq!(guids.len(), notes.len(), "a note stands twice");
    assert_eq!(report["duplicates"], json!([]));
    assert_eq!(report["problems"], json!([]));
}

#[test]
fn three_rounds_lose_nothing_and_double_nothing() {
    let mut rounds = Rounds::new();
    let (sorted, first) = rounds.give(FIRST, DECK);
    is_sound(&first);
    let words = by_hanzi(&first);
    assert_eq!(number(&sorted["new"]), words.len() as u64);
    let guid = |word: &str| words[word]["guid"].as_str().expect("a guid").to_owned();
    let (robot, library, pupil) = (guid("机器人"), guid("图书馆"), guid("学生"));

    // The learner studies, writes into two notes, and tags one.
    let edited = rounds.now() + 1000;
    let said = rounds.anki(&json!([
        {"answer": [robot, 1]}, {"answer": [robot, 3]}, {"interval": [library, 40]}, {"interval": [pupil, 5]},
        {"edit": [robot, "English", "<b>robot</b>, my own gloss", edited]},
        {"edit": [library, "Sentence", "my own sentence: 图书馆。", edited]},
        {"tag": [robot, "mine::hard", edited]},
        {"report": true},
    ]));
    let reviews = number(&said[0]["reviews"]);
    assert!(reviews >= 4);
    let studied = by_hanzi(&said[0]);
    let row = rounds.read_back();
    assert_eq!(number(&row["edited_notes"]), 2, "{row}");
    for (word, status) in [("机器人", "learning"), ("图书馆", "known"), ("学生", "learning"), ("读者", "new")]
    {
        assert_eq!(super::status(&rounds.home, word), status, "{word}");
    }

    // The same notes again, unchanged, with those of a second article.
    rounds.round = 2;
    let (sorted, second) = rounds.give(SECOND, DECK);
    is_sound(&second);
    assert_eq!(number(&sorted["updated"]), 0, "a mere re-export touches nothing: {sorted}");
    assert!(number(&sorted["new"]) > 0 && number(&sorted["conflicting"]) == 0, "{sorted}");
    let words = by_hanzi(&second);
    for (hanzi, before) in &studied {
        assert_eq!(&words[hanzi], before, "{hanzi}");
    }
    let later = rounds.now() + 1000;
    let said = rounds.anki(&json!([
        {"answer": [pupil, 1]}, {"edit": [pupil, "Sound", "[sound:xuesheng.mp3]", later]}, {"report": true},
    ]));
    let reviews_then = number(&said[0]["reviews"]);
    assert!(reviews_then > reviews);
    let studied = by_hanzi(&said[0]);
    assert_eq!(number(&rounds.read_back()["edited_notes"]), 3);

    // Every note changes: what is the learner's stays, what is ours is brought up to date.
    rounds.round = 3;
    let (sorted, third) = rounds.give(THIRD, CHANGED);
    is_sound(&third);
    assert_eq!(number(&sorted["updated"]), studied.len() as u64, "{sorted}");
    assert_eq!(number(&third["reviews"]), reviews_then, "no review is lost");
    let words = by_hanzi(&third);
    for (hanzi, before) in &studied {
        let after = &words[hanzi];
        assert_eq!(after["cards"][0], before["cards"][0], "the scheduling of {hanzi}");
        assert_ne!(after["fields"]["Production"], "", "{hanzi} has what the deck asks for now");
        for field in ["Hanzi", "Pinyin", "English", "Sentence", "Sound"] {
            assert_eq!(after["fields"][field], before["fields"][field], "{field} of {hanzi}");
        }
    }
    assert_eq!(words["机器人"]["fields"]["English"], "<b>robot</b>, my own gloss");
    assert_eq!(words["图书馆"]["fields"]["Sentence"], "my own sentence: 图书馆。");
    assert_eq!(words["学生"]["fields"]["Sound"], "[sound:xuesheng.mp3]");
    let tags: Vec<&str> =
        words["机器人"]["tags"].as_array().expect("tags").iter().filter_map(Value::as_str).collect();
    assert!(tags.contains(&"mine::hard") && tags.contains(&"shengci"), "{tags:?}");

    // And they are edits still, after our own fields have changed round them.
    let row = rounds.read_back();
    assert_eq!((number(&row["edited_notes"]), number(&row["changed"])), (3, 0), "{row}");
    rounds.round = 4;
    let (sorted, fourth) = rounds.give("书店关门了。\n\n老板回家了，书店很安静。\n", CHANGED);
    is_sound(&fourth);
    assert_eq!(number(&sorted["updated"]), 0, "{sorted}");
    assert_eq!(by_hanzi(&fourth)["机器人"], words["机器人"]);
}

#[test]
fn an_edit_that_was_taken_back_is_none_any_more() {
    let mut rounds = Rounds::new();
    let (_, first) = rounds.give(FIRST, DECK);
    let note = by_hanzi(&first)["机器人"].clone();
    let (guid, ours) = (&note["guid"], &note["fields"]["English"]);
    rounds.anki(&json!([{"edit": [guid, "English", "mine", rounds.now() + 10]}]));
    assert_eq!(number(&rounds.read_back()["edited_notes"]), 1);
    rounds.anki(&json!([{"edit": [guid, "English", ours, rounds.now() + 20]}]));
    assert_eq!(number(&rounds.read_back()["edited_notes"]), 0);
    rounds.round = 2;
    let (_, second) = rounds.give(SECOND, CHANGED);
    assert_eq!(&by_hanzi(&second)["机器人"]["fields"]["English"], ours);
}

#[test]
fn an_older_version_that_anki_still_has_is_no_edit() {
    let mut rounds = Rounds::new();
    rounds.give(FIRST, DECK);
    // Exported again with changes, but not imported.
    rounds.round = 2;
    let deck = rounds.home.file("mine.yaml", CHANGED);
    let said = rounds.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg"]);
    assert!(number(&said["changed"]) > 5, "{said}");
    assert_eq!(number(&rounds.read_back()["edited_notes"]), 0);
}

#[test]
fn what_the_learner_does_in_anki_stays_done() {
    for by in ["import", "connect"] {
        let mut rounds = Rounds { by, ..Rounds::new() };
        let (_, first) = rounds.give(FIRST, DECK);
        let words = by_hanzi(&first);
        let guid = |word: &str| words[word]["guid"].as_str().expect("a guid").to_owned();
        let (robot, library, pupil, reader) = (guid("机器人"), guid("图书馆"), guid("学生"), guid("读者"));

        // Deleted, suspended, moved to a deck of another name with its own options, tagged, edited.
        let at = rounds.now() + 1000;
        rounds.anki(&json!([
            {"interval": [robot, 40]}, {"suspend": [robot]}, {"delete": [pupil]},
            {"options": [library, "我的::生词", 7]},
            {"edit": [library, "English", "my library", at]}, {"tag": [library, "mine", at]},
        ]));
        let row = rounds.read_back();
        assert_eq!((number(&row["deleted_notes"]), number(&row["edited_notes"])), (1, 1), "{row}");

        rounds.round = 2;
        let (_, second) = rounds.give(SECOND, CHANGED);
        is_sound(&second);
        let now = by_hanzi(&second);
        assert!(!now.contains_key("学生"), "{by}: what was deleted came back");
        assert_eq!(
            (&now["机器人"]["cards"][0]["queue"], &now["机器人"]["cards"][0]["ivl"]),
            (&json!(-1), &json!(40))
        );
        assert_eq!(now["图书馆"]["fields"]["English"], "my library");
        assert_ne!(now["图书馆"]["fields"]["Production"], "", "and is brought up to date");
        assert_eq!(now["图书馆"]["cards"][0]["deck"], "我的::生词", "a card stays in the deck that it is in");
        assert_eq!(second["per_day"]["我的::生词"], 7, "{by}: the deck's options are the learner's");
        assert!(now["图书馆"]["tags"].as_array().expect("tags").contains(&json!("mine")));

        // The next round: the first deletion is not told again as one of now, another follows.
        let at = rounds.now() + 1000;
        rounds.anki(&json!([
            {"answer": [reader, 1]}, {"edit": [reader, "Hanzi", "读者!", at]}, {"delete": [robot]},
        ]));
        rounds.read_back();
        assert_eq!(
            super::status(&rounds.home, "读者"),
            "learning",
            "known by its guid, whatever is written in it"
        );
        rounds.round = 3;
        let (_, third) = rounds.give(THIRD, DECK);
        is_sound(&third);
        let now = by_hanzi(&third);
        assert!(!now.contains_key("学生") && !now.contains_key("机器人"), "{by}");
        assert!(
            now.contains_key("读者!") && !now.contains_key("读者"),
            "{by}: no second note of an edited word"
        );

        // Asked for, they come again; and then they are there.
        rounds.round = 4;
        let deck = rounds.home.join("mine.yaml");
        let said = rounds.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg", "--deleted"]);
        assert_eq!(said["deleted_in_anki"], 0);
        rounds.anki(&json!([{by: rounds.home.join("mine.apkg")}]));
        assert_eq!(number(&rounds.read_back()["deleted_notes"]), 0);
        let said = rounds.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg"]);
        assert_eq!((&said["deleted_in_anki"], &said["new"]), (&json!(0), &json!(0)), "{said}");
    }
}

#[test]
fn a_note_of_another_note_type_is_left_alone_and_harms_no_other() {
    let mut rounds = Rounds { by: "connect", ..Rounds::new() };
    let (_, first) = rounds.give(FIRST, DECK);
    let words = by_hanzi(&first);
    let (robot, library) = (&words["机器人"]["guid"], &words["图书馆"]["guid"]);
    rounds.anki(&json!([{"interval": [library, 40]}, {"type": [robot]}]));
    assert_eq!(number(&rounds.read_back()["moved_notes"]), 1);
    rounds.round = 2;
    let article = rounds.home.file("2.txt", SECOND);
    rounds.shengci(&["add", &article.to_string_lossy()]);
    let deck = rounds.home.file("mine.yaml", CHANGED);
    let said = rounds.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg"]);
    assert_eq!(said["of_another_note_type"], 1, "{said}");
    let said = rounds.anki(&json!([{"connect": rounds.home.join("mine.apkg")}, {"report": true}]));
    assert_eq!(said[1]["problems"], json!([]));
    assert_eq!(said[1]["templates"]["shengci 生词"], 4, "the note types were merged");
    let of = |guid: &Value| {
        let notes = said[1]["notes"].as_array().expect("notes");
        notes.iter().find(|note| &note["guid"] == guid).expect("it").clone()
    };
    assert_eq!((&of(robot)["kind"], &of(robot)["fields"]["Front"]), (&json!("Basic"), &json!("机器人")));
    let card = &of(library)["cards"][0];
    assert_eq!((&card["ord"], &card["ivl"]), (&json!(0), &json!(40)));
}

#[test]
fn what_changed_here_reaches_a_note_that_the_learner_changed_since() {
    let mut rounds = Rounds::new();
    let (_, first) = rounds.give(FIRST, DECK);
    let robot = by_hanzi(&first)["机器人"]["guid"].clone();
    // Exported again with changes, but not imported; then the learner writes into the older version.
    rounds.round = 2;
    let deck = rounds.home.file("mine.yaml", CHANGED);
    rounds.shengci(&["export", &deck.to_string_lossy(), "-o", "mine.apkg"]);
    rounds.anki(&json!([{"edit": [robot, "English", "my robot", rounds.now() + 1000]}]));
    assert_eq!(number(&rounds.read_back()["edited_notes"]), 1);
    rounds.round = 3;
    let (_, third) = rounds.give(SECOND, CHANGED);
    let note = &by_hanzi(&third)["机器人"];
    assert_eq!(note["fields"]["English"], "my robot");
    assert_ne!(note["fields"]["Production"], "", "the newer version was owed to it");
    // Then Anki has the newest, and nothing is owed.
    rounds.read_back();
    rounds.round = 4;
    let (sorted, _) = rounds.give(THIRD, CHANGED);
    assert_eq!(number(&sorted["updated"]), 0, "{sorted}");
}
