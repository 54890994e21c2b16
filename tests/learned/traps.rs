//! Collections, packages and lists that are well formed and made to hang, crash or fill the machine.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use shengci::learned::{Choice, Collection, Options, Unreadable, read_list, read_report};

use super::large;
use super::lookup;
use crate::support::Home;

/// A small collection, changed by `trap`.
fn collection(home: &Home, trap: &str) -> PathBuf {
    let path = home.join("collection.anki2");
    let _ = std::fs::remove_file(&path);
    large::make(&path, 20);
    let connection = open(&path);
    connection.execute_batch(trap).unwrap_or_else(|error| panic!("{trap}: {error}"));
    path
}

fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("a file");
    connection.create_collation("unicase", |one, other| one.cmp(other)).expect("a collation");
    connection
}

/// Why it isn't read.
fn refused(path: &Path) -> String {
    Collection::read(path).expect_err("a trap").to_string()
}

const ENDLESS: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT";

#[test]
fn only_tables_are_read() {
    let home = Home::new();
    for (trap, why) in [
        (
            format!("CREATE VIEW graves (oid, type, usn) AS {ENDLESS} x, 1, 1 FROM n"),
            "`graves` is no plain table",
        ),
        (
            format!("DROP TABLE fields; CREATE VIEW fields (ntid, ord, name) AS {ENDLESS} 7, x, 'a' FROM n"),
            "`fields` is no plain table",
        ),
        ("DROP TABLE cards; CREATE VIEW cards AS SELECT * FROM notes".into(), "`cards` is no plain table"),
        ("CREATE VIRTUAL TABLE graves USING fts5(oid, type)".into(), "`graves` is no plain table"),
        (
            "ALTER TABLE notes DROP COLUMN flds;
             ALTER TABLE notes ADD COLUMN flds GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL"
                .into(),
            "`notes` has a column that is computed",
        ),
        ("ALTER TABLE notes RENAME TO others".into(), "it has no table `notes`"),
        // A schema that says one name and means another.
        (
            "ALTER TABLE notes RENAME TO others; CREATE VIEW notes AS SELECT * FROM others;
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET type = 'table', rootpage = 2 WHERE name = 'notes'"
                .into(),
            "malformed",
        ),
    ] {
        let said = refused(&collection(&home, &trap));
        assert!(said.contains("can't be read as an Anki collection") && said.contains(why), "{trap}: {said}");
    }
}

#[test]
fn what_a_schema_says_is_not_run() {
    let home = Home::new();
    let dear = "length(hex(zeroblob(200000000))) > 0";
    for trap in [
        // A check that every row would have to pass.
        format!(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'data text', 'data text CHECK ({dear})') WHERE name = 'notes'"
        ),
        format!("CREATE INDEX dear ON notes (id) WHERE id < 0 AND {dear}"),
        format!("CREATE INDEX dearer ON notes (mid) WHERE id < 0; CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT {dear}; END"),
    ] {
        let read = Collection::read(&collection(&home, &trap)).unwrap_or_else(|error| panic!("{trap}: {error}"));
        assert_eq!(read.notes.len(), 20, "{trap}");
    }
}

#[test]
fn no_more_is_read_than_the_file_can_hold() {
    let home = Home::new();
    // Rows that share one value, which the schema has.
    let shared = format!(
        "DROP TABLE notes; CREATE TABLE notes (id integer PRIMARY KEY, guid, mid, mod, tags);
         {} INSERT INTO notes SELECT x, x, 7, 0, '' FROM n;
         ALTER TABLE notes ADD COLUMN flds TEXT DEFAULT '{}'",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)",
        "学".repeat(30_000)
    );
    let said = refused(&collection(&home, &shared));
    assert!(said.contains("more in it than a file of its size can hold"), "{said}");
}

#[test]
fn note_types_and_their_fields_are_bounded() {
    let home = Home::new();
    let numbers = |most: u32| {
        format!("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {most})")
    };
    for (trap, why) in [
        (
            format!("{} INSERT INTO notetypes SELECT x + 100, x FROM n", numbers(30_000)),
            "more than 20000 note types",
        ),
        (
            format!("{} INSERT INTO fields SELECT 7, x + 100, x FROM n", numbers(2_000)),
            "more than 1000 fields",
        ),
        (
            format!(
                "DROP TABLE notetypes; ALTER TABLE col ADD COLUMN models; UPDATE col SET models = '{}'",
                "{\"1\":".repeat(100_000)
            ),
            "its note types can't be read",
        ),
    ] {
        let said = refused(&collection(&home, &trap));
        assert!(said.contains(why), "{said}");
    }
}

/// The words of a collection whose first note has these fields.
fn words_of(home: &Home, fields: &str, note_type: &str) -> usize {
    let path = collection(
        home,
        &format!("DELETE FROM notes WHERE id > 1; UPDATE notetypes SET name = '{note_type}'"),
    );
    open(&path).execute("UPDATE notes SET flds = ?1", [fields]).expect("a note");
    let read = Collection::read(&path).expect("a collection");
    read_report(&read, &lookup(), &Options { own_note_types: &[(1, "shengci 生词")], ..Options::default() })
        .words
        .len()
}

#[test]
fn a_field_of_whatever_length_is_read_to_its_end() {
    let home = Home::new();
    for sign in [
        "[", "<a", "[sound:", "[anki:", "[latex]", "{{c1", "{{c1::", "&", "&#", "<!--", "<style>", "汉[",
        "汉[x]", " 汉[x]",
    ] {
        let fields = format!("学生<br>{}\u{1F}xuésheng", sign.repeat(500_000 / sign.len()));
        words_of(&home, &fields, "Chinese");
    }
    assert_eq!(words_of(&home, &format!("学生{}", "\u{1F}".repeat(1_000_000)), "Chinese"), 1);
    let deep = format!("{}学生{}", "{{c1::".repeat(30_000), "}}".repeat(30_000));
    words_of(&home, &deep, "Cloze");
    // A note of ours would come with all its fields for each of the words that it hides.
    let many = format!("这是一个很长很长的句子，{}", "{{c1::学生}}，".repeat(40_000));
    assert!(words_of(&home, &many, "shengci 生词") <= 500);
}

#[test]
fn a_line_of_a_list_of_whatever_length_is_read_to_its_end() {
    let read = |text: &str| read_list(text.as_bytes(), &lookup(), &Choice::default()).expect("a list");
    let line = format!("学生={}\n公司\n", "xué".repeat(60_000));
    let list = read(&line);
    assert_eq!((list.words.len(), list.unread.len()), (1, 1));
    let Unreadable::NoSuchReading { pinyin, .. } = &list.unread[0].why else { panic!("{:?}", list.unread) };
    assert!(pinyin.len() < 200 && list.unread[0].text.len() < 1000, "it is quoted, not repeated");
    for line in [
        format!("学生={}", "xue,".repeat(60_000)),
        format!("{}={}", "学生".repeat(30_000), "xue,".repeat(30_000)),
        format!("学生 {}", "xue2 ".repeat(60_000)),
        "学/".repeat(100_000),
        "ㄒㄩㄝ".repeat(60_000),
        format!("学生={}", "ㄒ".repeat(60_000)),
        format!("学生{}", "(".repeat(200_000)),
    ] {
        read(&format!("{line}\n公司\n"));
    }
    read(&format!("公司{}\n学生\tx\n", "\tx".repeat(200_000)));
}

/// A package with a database of these bytes.
fn package(path: &Path, database: &[u8], packed: bool) {
    let mut zip = zip::ZipWriter::new(File::create(path).expect("a file"));
    let options = zip::write::SimpleFileOptions::default();
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("room");
    };
    if packed {
        put("meta", &[8, 3]);
        put("collection.anki21b", &compress_to_vec(database, CompressionLevel::Fastest));
    } else {
        put("collection.anki2", database);
    }
    zip.finish().expect("a package");
}

#[test]
fn a_package_that_swells_is_not_unpacked() {
    let home = Home::new();
    let path = home.join("bomb.apkg");
    let mut swelling = vec![0; 60 << 20];
    for packed in [false, true] {
        package(&path, &swelling, packed);
        assert!(std::fs::metadata(&path).expect("it").len() < 200_000);
        let said = refused(&path);
        assert!(said.contains("no SQLite file"), "{said}");
    }
    swelling[..16].copy_from_slice(b"SQLite format 3\0");
    for packed in [false, true] {
        package(&path, &swelling, packed);
        let said = refused(&path);
        assert!(said.contains("grows to more than 100 times its size"), "{said}");
    }
}

#[test]
fn a_small_collection_that_packs_well_is_unpacked() {
    let home = Home::new();
    let collection =
        collection(&home, "CREATE TABLE empty (x); INSERT INTO empty VALUES (zeroblob(8000000))");
    let path = home.join("well.apkg");
    for packed in [false, true] {
        package(&path, &std::fs::read(&collection).expect("it"), packed);
        assert_eq!(Collection::read(&path).expect("a package").notes.len(), 20);
    }
}

#[test]
fn a_log_larger_than_its_collection_is_read() {
    let home = Home::new();
    let path = home.join("live.anki2");
    large::make(&path, 1);
    let connection = open(&path);
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0").expect("a log");
    connection.execute("UPDATE notes SET flds = ?1", ["学生".repeat(2_000_000)]).expect("a note");
    let read = Collection::read(&path).expect("a collection");
    assert_eq!(read.notes[0].fields.len(), 12_000_000);
}
