//! Corrections count for past and future articles, keep the note, can be shared and taken back. Each test runs the
//! program itself.

use serde_json::Value;
use shengci::deck::Field;
use shengci::hanzi::Headword;
use shengci::store::Store;
use shengci::words::{Moment, Record};

use super::support::Home;

const PAST: &str = "公司的一封全员信

公司昨天发出全员信，大家都在讨论。面对撤单潮，公司的队长没有说话。
卡朱里亚说，这家银行的服务很好，打球的人也很多。
责任编辑：小李。他的头发很长，长大以后要当队长。
";
const FUTURE: &str = "银行的消息

银行发出全员信，撤单潮过去了，卡朱里亚很高兴，责任编辑也很高兴。
";

/// A library with the past article.
fn home() -> Home {
    let home = Home::new();
    home.file("past.txt", PAST);
    home.ok(["add", "past.txt"]);
    home
}

fn store(home: &Home) -> Store {
    Store::open(&home.library(), Moment(1_780_000_000)).expect("the library")
}

fn records(home: &Home, word: &str) -> Vec<Record> {
    store(home).readings_of(&Headword::new(word).expect("a headword")).expect("records")
}

/// A word of an article as `words --json` has it, if it stands there.
fn word(home: &Home, article: &str, word: &str) -> Option<Value> {
    let rows = home.json(["words", "--article", article]);
    let rows = rows.as_array().expect("rows");
    rows.iter().find(|row| row["simplified"] == word).cloned()
}

fn pinyin(home: &Home, article: &str, text: &str) -> Vec<String> {
    let rows = home.json(["words", "--article", article]);
    let rows = rows.as_array().expect("rows");
    let of = rows.iter().filter(|row| row["simplified"] == text);
    of.map(|row| row["pinyin"].as_str().expect("pinyin").to_owned()).collect()
}

#[test]
fn a_corrected_reading_counts_for_past_and_future_articles_and_keeps_the_note() {
    let home = home();
    let before = records(&home, "银行").remove(0);
    assert_eq!(before.key.reading.to_string(), "yin2 hang2");
    // A wrong correction and its correction: the learner's word is law, and the last one counts.
    let said = home.ok(["correct", "银行", "yínxíng"]);
    assert_eq!(said, "银行 is read yín xíng from now on; 1 article was read anew\n");
    assert_eq!(pinyin(&home, "1", "银行"), ["yín xíng"]);
    home.file("future.txt", FUTURE);
    home.ok(["add", "future.txt"]);
    let row = word(&home, "2", "银行").expect("the word");
    assert_eq!((row["pinyin"].as_str(), row["evidence"].as_str()), (Some("yín xíng"), Some("learner")));
    let after = records(&home, "银行");
    assert_eq!(after.len(), 1, "no second word is born: {after:?}");
    assert_eq!((after[0].id, &after[0].guid, after[0].count), (before.id, &before.guid, 3));

    let said = home.json(["correct", "银行", "yin2 hang2"]);
    assert_eq!((&said["recorded"], &said["articles"]), (&1.into(), &2.into()));
    assert_eq!(records(&home, "银行")[0].guid, before.guid);
    assert_eq!(pinyin(&home, "2", "银行"), ["yín háng"]);
    assert_eq!(home.json(["correct", "银行", "yin2 hang2"])["recorded"], 0, "once is enough");
    assert_eq!(
        home.json(["correct", "银行", "yin2 xing2"])["recorded"],
        1,
        "what was overruled may be said again"
    );
}

#[test]
fn a_phrase_changes_its_own_place_only() {
    let home = home();
    home.ok(["correct", "长", "zhǎng", "--in", "头发很长"]);
    assert_eq!(pinyin(&home, "1", "长"), ["zhǎng"]);
    assert_eq!(pinyin(&home, "1", "长大"), ["zhǎng dà"]);
    // A phrase that is a word of the library is put right as that word, and so keeps its note.
    let guid = records(&home, "队长").remove(0).guid;
    home.ok(["correct", "长", "cháng", "--in", "队长"]);
    let records = records(&home, "队长");
    assert_eq!((records.len(), records[0].key.reading.to_string().as_str()), (1, "dui4 chang2"));
    assert_eq!(records[0].guid, guid);
}

#[test]
fn words_are_split_joined_named_and_ignored() {
    let home = home();
    home.ok(["join", "全员", "信"]);
    home.ok(["join", "撤单", "潮"]);
    home.ok(["name", "卡朱里亚", "person"]);
    home.ok(["ignore", "责任编辑"]);
    home.file("future.txt", FUTURE);
    home.ok(["add", "future.txt"]);
    for article in ["1", "2"] {
        let kind = |text| word(&home, article, text).map(|row| row["kind"].clone());
        assert_eq!(kind("全员信"), Some("word".into()));
        assert_eq!(kind("撤单潮"), Some("word".into()));
        assert_eq!(kind("卡朱里亚"), Some("person".into()));
        assert_eq!(kind("责任编辑"), Some("other".into()));
        assert_eq!(kind("全员"), None);
        assert_eq!(word(&home, article, "撤单潮").expect("the word")["proposed"], true);
    }
    home.ok(["split", "全员信", "全员", "信"]);
    assert!(word(&home, "2", "全员").is_some() && word(&home, "2", "全员信").is_none());
    let note = home.ok(["make", "past.txt"]);
    assert!(note.contains("notes"), "{note}");
    let decks = home.json(["show", "责任编辑"]);
    assert_eq!(decks[0]["decks"], Value::Array(Vec::new()), "what is no word is in no deck");
    assert!(!home.json(["show", "撤单潮"])[0]["decks"].as_array().expect("decks").is_empty());
}

#[test]
fn a_sense_stands_first_on_the_card() {
    let home = home();
    let list = home.ok(["sense", "头发"]);
    assert!(list.starts_with("头发 tóu fa\n  1  "), "{list}");
    home.ok(["sense", "头发", "what a barber cuts"]);
    let row = home.json(["show", "头发"]);
    assert_eq!(row[0]["glosses"][0], "what a barber cuts");
    home.ok(["sense", "头发", "1"]);
    let row = home.json(["show", "头发"]);
    assert_ne!(row[0]["glosses"][0], "what a barber cuts");
    home.run(["sense", "头发", "99"]).is_failure("no sense 99");
}

/// The fields of a word's note in a package, by place.
fn fields(home: &Home, package: &str, hanzi: &str) -> Vec<String> {
    let file = std::fs::File::open(home.join(package)).expect("a package");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    let collection = home.join("collection.anki2");
    let mut to = std::fs::File::create(&collection).expect("a file");
    std::io::copy(&mut zip.by_name("collection.anki2").expect("a collection"), &mut to).expect("a copy");
    let collection = rusqlite::Connection::open(collection).expect("a collection");
    let mut notes = collection.prepare("SELECT flds FROM notes").expect("notes");
    let notes = notes.query_map([], |row| row.get::<_, String>(0)).expect("notes");
    let notes =
        notes.map(|note| note.expect("fields").split('\u{1F}').map(str::to_owned).collect::<Vec<_>>());
    notes.filter(|fields| fields[0] == hanzi).last().unwrap_or_default()
}

#[test]
fn a_word_that_is_read_as_no_dictionary_has_it_keeps_its_meaning() {
    let home = home();
    home.ok(["make", "past.txt", "-o", "before.apkg"]);
    let before = fields(&home, "before.apkg", "银行");
    home.ok(["correct", "银行", "yǐn háng"]);
    home.ok(["make", "past.txt", "-o", "after.apkg"]);
    let after = fields(&home, "after.apkg", "银行");
    for at in [Field::Traditional, Field::English, Field::Hsk, Field::Doubt, Field::Sentence] {
        assert_eq!(after[at as usize], before[at as usize], "{at:?}");
    }
    assert!(after[Field::English as usize].contains("bank"), "{after:?}");
    assert!(after[Field::Pinyin as usize].contains("yǐn"), "{after:?}");
    let row = word(&home, "1", "银行").expect("the word");
    assert_eq!((&row["glosses"][0], &row["hsk"]["2025"]), (&"bank".into(), &"3".into()));
    let said = home.run(["correct", "长", "cháo"]);
    assert!(
        said.err.contains("its card has no English") && said.err.contains("--reading \"cháo\""),
        "{said:?}"
    );
    home.ok(["sense", "长", "long", "--reading", "cháo"]);
    let said = home.run(["correct", "银行", "yínháng"]);
    assert!(!said.err.contains("English"), "{said:?}");
}

#[test]
fn corrections_are_listed_and_shared() {
    let home = home();
    home.ok(["correct", "银行", "yínxíng"]);
    home.ok(["split", "银行", "银", "行"]);
    home.ok(["sense", "头发", "what a barber cuts: hair"]);
    assert_eq!(
        home.ok(["corrections"]),
        "1  2026-05-28  银行 is read yín xíng\n2  2026-05-28  银行 is 银 + 行\n\
         3  2026-05-28  头发 tóu fa means “what a barber cuts: hair”\n"
    );
    let rows = home.json(["corrections"]);
    assert_eq!((&rows[0]["correct"], &rows[0]["reading"]), (&"银行".into(), &"yín xíng".into()));
    assert_eq!(rows[1]["into"], serde_json::json!(["银", "行"]));
    home.ok(["corrections", "--export", "mine.yaml"]);
    let file = std::fs::read(home.join("mine.yaml")).expect("the file");

    let other = Home::new();
    other.file("past.txt", PAST);
    other.ok(["add", "past.txt"]);
    other.file("theirs.yaml", &file);
    let said = other.ok(["corrections", "--import", "theirs.yaml"]);
    assert_eq!(said, "3 corrections hold from now on; 1 article was read anew\n");
    assert_eq!(other.ok(["corrections", "--export", "-"]).as_bytes(), file);
    assert!(word(&other, "1", "银").is_some() && word(&other, "1", "银行").is_none());
    let again = other.json(["corrections", "--import", "theirs.yaml"]);
    assert_eq!((&again["recorded"], &again["known"]), (&0.into(), &3.into()));
    store(&other).undo(Moment(1_780_000_001)).expect("one command, one undo");
    assert_eq!(other.ok(["corrections"]), "");
}

#[test]
fn a_file_with_two_words_on_one_thing_is_taken_over_once() {
    let home = home();
    home.ok(["correct", "银行", "yínxíng"]);
    home.ok(["correct", "银行", "yínháng"]);
    home.ok(["corrections", "--export", "mine.yaml"]);
    assert_eq!(home.json(["corrections", "--import", "mine.yaml"])["recorded"], 0);
    assert_eq!(pinyin(&home, "1", "银行"), ["yín háng"]);
    let other = Home::new();
    other.file("past.txt", PAST);
    other.ok(["add", "past.txt"]);
    other.file("mine.yaml", std::fs::read(home.join("mine.yaml")).expect("the file"));
    other.ok(["corrections", "--import", "mine.yaml"]);
    assert_eq!(pinyin(&other, "1", "银行"), ["yín háng"]);
    assert_eq!(records(&other, "银行").len(), 1);
}

#[test]
fn what_is_taken_back_is_read_as_before() {
    let home = home();
    let guid = records(&home, "银行").remove(0).guid;
    home.ok(["correct", "银行", "yínxíng"]);
    let mut library = store(&home);
    assert_eq!(library.outdated().expect("articles"), [], "past articles were read anew");
    assert_eq!(library.undo(Moment(1_780_000_001)).expect("undo").corrections.len(), 1);
    assert_eq!(library.outdated().expect("articles").len(), 1, "whoever comes next reads it anew");
    drop(library);
    home.ok(["ignore", "没有这回事"]);
    let records = records(&home, "银行");
    assert_eq!((records.len(), records[0].key.reading.to_string().as_str()), (1, "yin2 hang2"));
    assert_eq!((&records[0].guid, records[0].evidence.as_str()), (&guid, "dictionary"));
    assert!(store(&home).outdated().expect("articles").is_empty());
}

#[test]
fn the_verb_takes_back_and_reads_anew() {
    let home = home();
    home.ok(["join", "全员", "信"]);
    home.ok(["correct", "长", "cháng", "--in", "队长"]);
    let said = home.json(["undo"]);
    assert_eq!((&said["corrections"], &said["articles_read_anew"]), (&1.into(), &1.into()));
    assert_eq!(pinyin(&home, "1", "队长"), ["duì zhǎng"]);
    assert!(word(&home, "1", "全员信").is_some(), "the one before still counts");
    home.ok(["undo"]);
    assert!(word(&home, "1", "全员信").is_none() && word(&home, "1", "全员").is_some());
    home.run(["undo"]).is_failure("nothing");
}

#[test]
fn mistakes_are_explained() {
    let home = home();
    home.run(["correct", "银行", "yín"]).is_failure("has 2 hanzi, but “yín” has 1 syllable");
    home.run(["correct", "银行", "yinhang"]).is_failure("no tones");
    home.run(["correct", "银行", "bank"]).is_failure("no pinyin");
    home.run(["correct", "bank", "yín"]).is_failure("no hanzi");
    home.run(["correct", "錒銰鑍", "yī yī yī"]).is_failure("stands in no article");
    home.run(["correct", "长", "zhǎng", "--in", "队员"]).is_failure("does not stand in");
    home.run(["split", "全员信", "全员"]).code.filter(|&code| code == 2).expect("wrong usage");
    home.run(["split", "全员信", "全", "信"]).is_failure("not the parts of 全员信");
    home.run(["sense", "行", "to walk"]).is_failure("several words");
    home.run(["corrections", "--import", "none.yaml"]).is_failure("none.yaml");
    home.file("bad.yaml", "- ignore: 图\n- correct: 银行\n  reading: yín\n");
    home.run(["corrections", "--import", "bad.yaml"]).is_failure("bad.yaml:3: ");
    assert_eq!(home.ok(["corrections"]), "", "nothing was recorded");
    let strange = home.run(["correct", "银行", "yín gōng"]);
    assert!(strange.err.contains("no dictionary reads 行 as gōng"), "{strange:?}");
}

#[test]
fn reading_a_line_touches_no_library() {
    let home = home();
    home.ok(["correct", "银行", "yínxíng"]);
    let said = home.pipe(["read", "--json", "-"], "银行\n".as_bytes());
    assert!(said.out.contains("yín háng"), "{said:?}");
}

#[test]
fn the_senses_of_all_readings_are_listed() {
    let home = Home::new();
    let said = home.run(["sense", "打"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("打 dá\n") && said.out.contains("打 dǎ\n"), "{said:?}");
    assert!(said.err.contains("--reading"), "{said:?}");
    home.run(["sense", "打", "2"]).is_failure("several words");
    home.ok(["sense", "打", "2", "--reading", "dǎ"]);
    let rows = home.json(["sense", "长"]);
    assert_eq!(rows[1]["reading"], "zhǎng", "{rows}");
}

#[test]
fn what_was_overruled_is_neither_listed_nor_shared() {
    let home = home();
    home.ok(["correct", "银行", "yínxíng"]);
    home.ok(["correct", "银行", "yínháng"]);
    home.ok(["correct", "长", "zhǎng"]);
    home.ok(["correct", "长", "cháng", "--from", "zhǎng"]);
    home.ok(["join", "全员", "信"]);
    home.ok(["split", "全员信", "全员", "信"]);
    let list = home.ok(["corrections"]);
    assert_eq!(list.lines().count(), 4, "{list}");
    assert!(!list.contains("xíng") && !list.contains("one word"), "{list}");
    let file = home.ok(["corrections", "--export", "-"]);
    assert_eq!(file.matches("- correct:").count(), 3, "the two of 长 go together: {file}");
    home.ok(["undo"]);
    assert!(home.ok(["corrections"]).contains("全员信 is one word"), "what it had overruled holds again");
}

#[test]
fn a_file_may_say_it_as_the_command_does() {
    let home = home();
    home.file("mine.yaml", "- correct: 银行\n  reading: yínxíng\n");
    home.ok(["corrections", "--import", "mine.yaml"]);
    assert_eq!(pinyin(&home, "1", "银行"), ["yín xíng"]);
    home.file("bad.yaml", "- ignore: 图\n- correct: 银行\n  reading: yín\n");
    home.run(["corrections", "--import", "bad.yaml"]).is_failure("bad.yaml:3:");
    let said = home.run(["corrections", "--import", "past.txt"]);
    said.is_failure("past.txt:1:");
    assert!(said.err.chars().count() < 500, "{said:?}");
    home.file("none.yaml", "# nothing\n");
    home.run(["corrections", "--import", "none.yaml"]).is_failure("no correction");
    home.run(["join", "你"]).is_failure("one hanzi");
}

#[test]
fn notes_that_are_left_behind_are_told() {
    let home = home();
    home.ok(["join", "全员", "信"]);
    let said = home.run(["split", "全员信", "全员", "信"]);
    assert!(!said.err.contains("in Anki"), "no deck has given it: {said:?}");
    home.ok(["join", "全员", "信"]);
    home.ok(["make", "past.txt", "-o", "x.apkg"]);
    let said = home.run(["split", "全员信", "全员", "信"]);
    assert!(said.err.contains("1 note is still in Anki"), "{said:?}");
    assert!(said.err.contains("\"note:shengci 生词\" Hanzi:全员信"), "{said:?}");
    let said = home.json(["ignore", "银行"]);
    assert_eq!(said["stale_notes"], serde_json::json!(["银行"]));
    assert_eq!(
        (&said["corrections"][0]["ignore"], said["corrections"][0]["id"].is_i64()),
        (&"银行".into(), true)
    );
    let said = home.run(["correct", "服务", "fú wù"]);
    assert!(!said.err.contains("in Anki"), "the note is kept: {said:?}");
}

#[test]
fn undo_says_what_it_takes_back() {
    let home = home();
    home.ok(["correct", "银行", "yínxíng"]);
    let said = home.ok(["undo"]);
    assert!(said.contains("1 correction (银行 is read yín xíng)"), "{said}");
    home.ok(["ignore", "银行"]);
    let said = home.json(["undo"]);
    assert_eq!(said["corrected"][0]["ignore"], "银行");
    assert!(said["at"].as_str().expect("a moment").ends_with('Z'), "{said}");
}
