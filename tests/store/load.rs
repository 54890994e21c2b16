//! Dumps that `load` takes or refuses: a dump is text that anybody can write, and a library has to work.

use serde_json::{Value, json};
use shengci::corrections::Correction;
use shengci::store::{Fault, Store, WordFilter};
use shengci::tokens::Kind;
use shengci::words::{Moment, WordKey};

use super::backup::{dump, library};
use super::sample::{Library, MONDAY, day, key};

/// A dump of a library in which every table has rows, a reading that was put right among them.
fn good() -> String {
    let mut library = library();
    library.add("c.txt", &["学生:xue2+sheng5"], day(1));
    let word = key("学生", "xue2 sheng1");
    let right = Correction::Reading { headword: word.headword, from: None, to: word.reading };
    library.store.correct(&[right], day(4)).expect("a correction");
    let sense = Correction::Sense { key: key("公司", "gong1 si1"), gloss: "firm".to_owned() };
    library.store.correct(&[sense], day(4)).expect("a correction");
    dump(&library.store)
}

/// The dump with another value in a column: of the row of this table that comes as the `nth`, and its line.
fn with(text: &str, table: &str, nth: usize, column: &str, value: Value) -> (String, usize) {
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (at, row) =
        lines.iter_mut().enumerate().filter(|(_, line)| line.get(table).is_some()).nth(nth).expect("a row");
    row[table][column] = value;
    (lines.iter().map(|line| format!("{line}\n")).collect(), at + 1)
}

fn refused(text: &str) -> (usize, String) {
    let mut other = Library::new();
    let error = other.store.load(&mut text.as_bytes()).expect_err(text);
    assert_eq!(dump(&other.store).lines().count(), 2, "nothing was loaded");
    match error.fault() {
        Fault::Dump { line, what } => (*line, what.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_that_no_verb_could_work_with_is_refused_with_its_line() {
    let good = good();
    for (table, nth, column, value, naming) in [
        ("word", 0, "headword", json!("a b"), "blank"),
        ("word", 0, "headword", json!("abc"), "no hanzi"),
        ("word", 0, "headword", json!("公\u{1b}司"), "control"),
        ("word", 0, "headword", json!("公\u{202e}司"), "not seen"),
        ("word", 0, "headword", json!("公司们"), "syllables"),
        ("word", 0, "reading", json!("xyz"), "no syllable"),
        ("word", 0, "reading", json!("gong1"), "syllables"),
        ("word", 0, "reading", json!("gōng sī"), "not written"),
        ("word", 0, "reading", json!(""), "no syllable"),
        ("word", 0, "guid", json!("a\u{7}b"), "not seen"),
        ("word", 0, "guid", json!(""), "empty"),
        ("word", 0, "guid", json!(7), "no text"),
        ("word", 0, "born", json!(9_000_000_000_000_000_000_i64), "no moment"),
        ("word", 0, "born", json!(1_780_000_000_000_i64), "no moment"),
        ("word", 0, "born", json!(-1), "no moment"),
        ("word", 0, "id", json!("1"), "no whole number"),
        ("word", 1, "id", json!(1), "two with the number"),
        ("word", 1, "id", json!(-4), "comes after"),
        ("word", 1, "headword", json!(null), "no text"),
        ("article", 0, "added", json!(i64::MIN), "no moment"),
        ("article", 0, "changed", json!(0), "before it was added"),
        ("article", 0, "removed", json!(i64::MAX), "no moment"),
        ("article", 0, "origin_kind", json!("ftp"), "kind of origin"),
        ("article", 0, "origin_kind", json!("web"), "no origin of the kind"),
        ("article", 0, "location", json!("/a\nb"), "no location"),
        ("text", 0, "article", json!(99), "names article 99"),
        ("text", 0, "raw", json!("公\u{0}司"), "NUL"),
        ("text", 0, "raw", json!(1), "no text"),
        ("tag", 0, "tag", json!("a\u{1b}[2J"), "not seen"),
        ("tag", 0, "article", json!(99), "names article 99"),
        ("act", 0, "at", json!(-9_000_000_000_000_000_000_i64), "no moment"),
        ("act", 0, "source", json!("nobody"), "no source"),
        ("act", 0, "source", json!(null), "has a source"),
        ("act", 0, "what", json!("correct"), "has a source"),
        ("act", 0, "what", json!("forget"), "no kind of act"),
        ("act", 2, "undoes", json!(99), "names act 99"),
        ("act", 2, "undoes", json!(3), "names act 3"),
        ("mark", 0, "status", json!("mastered"), "no status"),
        ("mark", 0, "word", json!(99), "names word 99"),
        ("mark", 0, "act", json!(99), "names act 99"),
        ("mark", 0, "act", json!(4), "another kind"),
        ("correction", 0, "kind", json!("guess"), "no kind of correction"),
        ("correction", 0, "target", json!("a b"), "blank"),
        ("correction", 0, "name", json!("ship"), "ship"),
        ("correction", 0, "name", json!("number"), "no kind of name"),
        ("correction", 0, "name", json!(null), "cut off"),
        ("correction", 0, "gloss", json!("x"), "CHECK"),
        ("correction", 0, "more", json!(1), "no column"),
        ("correction", 0, "act", json!(1), "another kind"),
        ("correction", 1, "reading", json!("zzz"), "no syllable"),
        ("correction", 1, "reading", json!(null), "cut off"),
        ("correction", 1, "was", json!("xue2"), "syllables"),
        ("correction", 1, "was", json!(null), "stand together"),
        ("correction", 1, "word", json!(1), "names word 1"),
        ("correction", 2, "gloss", json!(" "), "empty"),
        ("export", 0, "deck", json!(7), "no text"),
        ("export", 0, "deck", json!(""), "empty"),
        ("export", 0, "hash", json!("\u{1b}"), "fingerprint"),
        ("export", 0, "article", json!(99), "names article 99"),
        ("export", 0, "article", json!(null), "stand together"),
        ("export", 0, "modified", json!(i64::MAX), "no moment"),
        ("export", 0, "versions", json!("1 2"), "no list of versions"),
        ("export", 0, "versions", json!("[{\"fields\": [1]}]"), "no list of versions"),
        ("anki", 0, "fields", json!("no json"), "no list of fields"),
        ("anki", 0, "fields", json!("{\"Front\": 1}"), "no list of fields"),
        ("anki", 0, "own", json!("[]"), "no list of fields"),
        ("anki", 0, "tags", json!("{}"), "no list of tags"),
        ("anki", 0, "untagged", json!("a b"), "no list of tags"),
        ("anki", 0, "gone", json!(2), "neither 0 nor 1"),
        ("anki", 0, "edited", json!("no json"), "no column"),
        ("anki", 0, "state", json!("ripe"), "no state"),
        ("anki", 0, "word", json!(99), "names word 99"),
        ("anki", 0, "at", json!(1e30), "no whole number"),
        ("anki", 0, "note", json!([1]), "no whole number"),
        ("anki", 0, "more", json!(1), "no column"),
    ] {
        let (text, line) = with(&good, table, nth, column, value.clone());
        let (found, what) = refused(&text);
        assert_eq!(found, line, "{table}.{column} = {value}: {what}");
        assert!(what.contains(naming) && what.starts_with(table), "{table}.{column} = {value}: {what}");
    }
}

#[test]
fn what_stands_twice_is_told() {
    let good = good();
    let lines: Vec<&str> = good.lines().collect();
    for (table, naming) in [
        ("tag", "same article and tag"),
        ("export", "same deck and guid"),
        ("anki", "same word and note"),
        ("article", "two with the number"),
    ] {
        let at = lines.iter().position(|line| line.starts_with(&format!("{{\"{table}\""))).expect("a row");
        let mut twice = lines.clone();
        twice.insert(at + 1, lines[at]);
        let (line, what) = refused(&twice.join("\n"));
        assert_eq!(line, at + 2, "{what}");
        assert!(what.contains(naming), "{what}");
    }
    let guid =
        serde_json::from_str::<Value>(lines.iter().find(|l| l.starts_with("{\"word\"")).expect("a word"))
            .expect("JSON")["word"]["guid"]
            .clone();
    let (text, line) = with(&good, "word", 1, "guid", guid);
    assert_eq!(refused(&text), (line, "word: an earlier line has the same guid".to_owned()));
    let two = good.replacen("{\"text\":", "{\"tag\":{},\"text\":", 1);
    assert!(refused(&two).1.contains("two tables"), "a line has one row");
    let none = lines.iter().filter(|l| !l.starts_with("{\"text\"")).copied().collect::<Vec<_>>().join("\n");
    assert!(refused(&none).1.contains("rows"), "the last line counts them");
    let none = none.replace(lines[lines.len() - 1], "").replace("\"form\":6", "\"form\":1");
    assert_eq!(refused(none.trim_end()), (2, "article: 1 has no text".to_owned()));
}

#[test]
fn numbers_are_given_anew_and_mean_the_same_rows() {
    let good = good();
    let far = |table: &str| match table {
        "word" => 1_i64 << 40,
        "article" => -(1_i64 << 50),
        _ => i64::MAX - 1000,
    };
    let mut lines: Vec<Value> = good.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for line in &mut lines {
        let (table, row) = line.as_object_mut().expect("an object").iter_mut().next().expect("a row");
        let Value::Object(row) = row else { continue };
        for (column, value) in row {
            let names = match (column.as_str(), table.as_str()) {
                ("id", table) => table,
                ("undoes", _) => "act",
                ("article" | "word" | "act" | "collection", _) => column,
                _ => continue,
            };
            if let Some(number) = value.as_i64() {
                *value = (number + far(names)).into();
            }
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    assert!(text.contains("1099511627777"), "{text}");
    let mut other = Library::new();
    other.store.load(&mut text.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), good, "the rows are those of the library that was dumped");
}

#[test]
fn older_forms_load() {
    let good = good();
    let old: String = good
        .lines()
        .map(|line| line.replace("\"form\":6", "\"form\":2").replace("\"location\":null,", "") + "\n")
        .collect();
    assert!(!old.contains("location"), "{old}");
    let mut other = Library::new();
    other.store.load(&mut old.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), good);
}

/// One of each, as `store/upgrade.rs` has them in a library of the first version.
pub fn corrections() -> Vec<Correction> {
    let WordKey { headword, reading } = key("长", "zhang3");
    let from = Some(key("长", "chang2").reading);
    vec![
        Correction::Reading { headword: headword.clone(), from: None, to: reading.clone() },
        Correction::Reading { headword: headword.clone(), from, to: reading.clone() },
        Correction::Reading {
            headword: key("旅", "lü3").headword,
            from: Some(key("旅", "lü3").reading),
            to: key("旅", "lü4").reading,
        },
        Correction::ReadingIn { phrase: "长A|了".to_owned(), headword, to: reading },
        Correction::Split { parts: ["没", "收\"到\\"].map(str::to_owned).into() },
        Correction::Join { text: "大模型".to_owned() },
        Correction::Name { text: "王力宏".to_owned(), kind: Kind::Person },
        Correction::Sense { key: key("公司", "gong1 si1"), gloss: "firm | \"co\"".to_owned() },
        Correction::Ignore { text: "公司".to_owned() },
    ]
}

#[test]
fn corrections_of_older_forms_mean_what_they_meant() {
    let mut library = Library::new();
    library.store.correct(&corrections(), day(0)).expect("corrections");
    let good = dump(&library.store);
    let mut old = String::new();
    for line in good.lines() {
        let mut line: Value = serde_json::from_str(&line.replace("\"form\":6", "\"form\":3")).expect("JSON");
        if let Some(row) = line.get_mut("correction").and_then(Value::as_object_mut) {
            let mut value = Value::Null;
            for column in ["instead_of", "phrase", "parts", "name", "gloss"] {
                let now = row.remove(column).expect("a column");
                let parts = now.as_str().filter(|_| column == "parts");
                let parts =
                    parts.map(|parts| serde_json::from_str::<Vec<String>>(parts).expect("a list").join("|"));
                value = if now.is_null() { value } else { parts.map_or(now, Value::from) };
            }
            row.insert("value".to_owned(), value);
        }
        old += &format!("{line}\n");
    }
    assert_eq!(old.matches("\"value\"").count(), corrections().len());
    let mut other = Library::new();
    other.store.load(&mut old.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), good);
    let all: Vec<Correction> =
        other.store.corrections().expect("corrections").into_iter().map(|r| r.correction).collect();
    assert_eq!(all, corrections());
}

#[test]
fn a_text_that_was_put_right_by_hand_is_found_again() {
    let good = good();
    let (text, _) = with(&good, "text", 0, "hash", json!(12));
    let mut other = Library::new();
    other.store.load(&mut text.as_bytes()).expect("it loads");
    assert_eq!(dump(&other.store), good);
}

#[test]
fn a_line_without_end_is_refused() {
    let mut endless = std::io::BufReader::new(std::io::repeat(b'x'));
    let error = Library::new().store.load(&mut endless).expect_err("no dump");
    assert!(matches!(error.fault(), Fault::Dump { line: 1, .. }), "{error}");
}

/// A library in which these statements were run behind its back.
fn damaged(sql: &str) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let mut store = Store::open(&path, MONDAY).expect("a library");
    store.load(&mut good().as_bytes()).expect("it loads");
    let connection = rusqlite::Connection::open(&path).expect("a database");
    connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).expect(sql);
    (folder, store)
}

#[test]
fn check_finds_what_load_refuses() {
    for (sql, naming) in [
        ("UPDATE word SET headword = 'a b' WHERE id = 1", "word 1: "),
        ("UPDATE word SET reading = 'gong1' WHERE id = 1", "word 1: "),
        ("UPDATE word SET id = 1099511627776 WHERE id = 1", "word 1099511627776: "),
        ("UPDATE correction SET reading = 'zzz' WHERE kind = 'reading'", "correction 2: "),
        ("UPDATE anki SET fields = '[]'", "anki 2 7: "),
        ("UPDATE export SET versions = '{}'", "export "),
        ("UPDATE act SET at = 9000000000000000000 WHERE id = 1", "act 1: "),
        ("UPDATE act SET source = 'nobody' WHERE id = 1", "act 1: "),
        ("UPDATE mark SET act = 4", "mark 1: "),
        ("UPDATE article SET added = 1780000000000, changed = 1780000000000 WHERE id = 2", "article 2: "),
        ("UPDATE article SET id = 1099511627776 WHERE id = 2", "article 1099511627776: "),
        ("UPDATE export SET guid = char(27)", "export "),
        ("DELETE FROM text WHERE article = 2", "article 2: it has no text"),
        ("DROP TABLE act", "act"),
        ("UPDATE standing SET tally = x'ff'", "can't be read"),
    ] {
        let (_folder, store) = damaged(sql);
        let findings = store.check().expect("it can be looked through");
        let is_named = findings.iter().any(|finding| finding.what.contains(naming));
        assert!(is_named, "{sql}: {findings:?}");
    }
    assert_eq!(damaged("").1.check().expect("it can be looked through"), []);
}

#[test]
fn a_moment_of_a_wrong_clock_makes_no_week_a_row() {
    for at in [9_000_000_000_000_000_000_i64, -9_000_000_000_000_000_000, 1_780_000_000_000, 253_000_000_000]
    {
        let (_folder, store) = damaged(&format!(
            "UPDATE act SET at = {at} WHERE id = 1; UPDATE article SET added = {at}, changed = max(changed, {at}) WHERE id = 2;"
        ));
        let weeks = store.stats().expect("figures").weeks;
        // Since 1970 at the most, and not since a day that no calendar has.
        assert!(weeks.len() < 100 * 53, "{at}: {} weeks", weeks.len());
        assert!(weeks.iter().all(|week| Moment::new(week.start.0.max(0)).is_some()));
    }
}

#[test]
fn a_number_far_out_takes_no_memory() {
    for number in [300_000_000_i64, 4_294_967_295, 1 << 40] {
        let (_folder, store) = damaged(&format!(
            "UPDATE standing SET word = {number}, status = 'known' WHERE word = 1; UPDATE mark SET word = {number} WHERE word = 1; UPDATE word SET id = {number} WHERE id = 1"
        ));
        // A vector so long would be 11 GB.
        let _ = store.articles(&shengci::store::Selection::All);
        let _ = store.words(&WordFilter { unseen: true, ..WordFilter::default() });
        let _ = store.examples(&[number], &shengci::store::Selection::All, 3);
        let _ = store.stats();
        let findings = store.check().expect("it can be looked through");
        assert_eq!(findings.is_empty(), number <= i64::from(u32::MAX), "{findings:?}");
    }
}
