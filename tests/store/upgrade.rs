//! Libraries of every released schema open, and hold what was recorded in them.
//!
//! `v0001.sql` is such a library as text: schema and rows, written by `writes_the_fixture` when the version was
//! new, and never again once it is released.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use shengci::store::{Selection, Store, WordFilter};
use shengci::words::{By, Status};

use super::backup::library;
use super::sample::{MONDAY, annotated, article, day, file, key};

pub fn fixture(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/store/v{version:04}.sql"))
}

/// Every statement that makes a table or an index, in the order in which they were made.
fn schema(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
        )
        .expect("the schema");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a statement")).collect()
}

fn number(connection: &Connection, pragma: &str) -> i64 {
    connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).expect("a number")
}

/// A database as SQL.
fn sql(connection: &Connection) -> String {
    let mut out = String::new();
    for pragma in ["application_id", "user_version"] {
        writeln!(out, "PRAGMA {pragma} = {};", number(connection, pragma)).expect("a line");
    }
    for statement in schema(connection) {
        writeln!(out, "{statement};").expect("a line");
    }
    let mut tables = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
        )
        .expect("the schema");
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).expect("tables");
    for table in tables.map(|table| table.expect("a table")) {
        let mut rows = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect("a table");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let values: Vec<String> = (0..columns)
                .map(|at| match row.get_ref(at).expect("a value") {
                    ValueRef::Null => "NULL".to_owned(),
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Real(number) => number.to_string(),
                    ValueRef::Text(text) => {
                        format!("'{}'", String::from_utf8_lossy(text).replace('\'', "''"))
                    }
                    ValueRef::Blob(bytes) => {
                        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                        format!("x'{hex}'")
                    }
                })
                .collect();
            writeln!(out, "INSERT INTO {table} VALUES ({});", values.join(", ")).expect("a line");
        }
    }
    out
}

#[test]
#[ignore = "writes the newest fixture; run it while its schema is unreleased"]
fn writes_the_fixture() {
    let mut library = library();
    let (raw, read) = article(&["大:da4 公司:gong1+si1", "公司:gong1+si1 王力宏:wang2+li4+hong2/person"]);
    library.store.add(&raw, &file("c.txt"), &annotated(read), day(7)).expect("it is added");
    let connection = Connection::open(library.path()).expect("a database");
    let version = u32::try_from(number(&connection, "user_version")).expect("a version");
    fs::write(fixture(version), sql(&connection)).expect("a file");
}

#[test]
fn a_library_of_version_1_opens_with_all_that_was_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let old = fs::read_to_string(fixture(1)).expect("the fixture");
    Connection::open(&path).expect("a database").execute_batch(&old).expect("its SQL");

    let mut store = Store::open(&path, MONDAY).expect("it opens");
    assert_eq!(store.check().expect("it can be read"), []);
    let titles: Vec<_> =
        store.articles(&Selection::All).expect("articles").into_iter().map(|a| (a.id, a.title)).collect();
    let title = |id: i64, title: &str| (id, title.to_owned());
    assert_eq!(titles, [title(1, "公司新闻大。"), title(2, "公司新闻。"), title(3, "大公司。")]);
    assert_eq!(store.texts(1).expect("texts").len(), 2);
    let words = store.words(&WordFilter::default()).expect("words");
    let company = &words.iter().find(|(record, _)| record.key == key("公司", "gong1 si1")).expect("公司").0;
    assert_eq!((company.count, company.articles, company.status), (5, 3, Status::Known));
    assert_eq!(company.guid, shengci::words::guid(&company.key, 0));
    let history = store.history(company.id).expect("history");
    assert_eq!(history[0].by, By::List("my words".to_owned()));
    assert_eq!(store.corrections().expect("corrections").len(), 1);
    assert_eq!(store.exported("news").expect("notes").len(), 1);
    assert_eq!(store.anki().expect("notes").len(), 1);
    assert_eq!(store.pairs(&Selection::Ids(vec![3])).expect("pairs").len(), 1);
    assert_eq!((store.doubts(3).expect("doubts").len(), store.cuts(3).expect("cuts").len()), (1, 1));
    assert_eq!(store.examples(&[company.id], &Selection::All, 9).expect("examples")[&company.id].len(), 5);

    // It goes on as any other.
    let (raw, read) = article(&["学生:xue2+sheng5"]);
    let added = store.add(&raw, &file("d.txt"), &read, day(8)).expect("it is added");
    assert_eq!(added.article, 4);
    assert_eq!(store.check().expect("it can be read"), []);
}

#[test]
fn corrections_of_version_1_mean_what_they_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(&fs::read_to_string(fixture(1)).expect("the fixture")).expect("its SQL");
    connection
        .execute_batch(
            r#"INSERT INTO act VALUES (50, 'correct', NULL, 1780000000, NULL);
            DELETE FROM correction;
            INSERT INTO correction (act, kind, target, reading, value) VALUES
              (50, 'reading', '长', 'zhang3', NULL), (50, 'reading', '长', 'zhang3', 'chang2'),
              (50, 'reading', '旅', 'lü4', 'lü3'), (50, 'reading', '长', 'zhang3', '长A|了'),
              (50, 'split', '没收"到\', NULL, '没|收"到\'), (50, 'join', '大模型', NULL, NULL),
              (50, 'name', '王力宏', NULL, 'person'), (50, 'sense', '公司', 'gong1 si1', 'firm | "co"'),
              (50, 'ignore', '公司', NULL, NULL);"#,
        )
        .expect("what was recorded");
    drop(connection);
    let store = Store::open(&path, MONDAY).expect("it opens");
    let all: Vec<_> = store.corrections().expect("corrections").into_iter().map(|r| r.correction).collect();
    assert_eq!(all, super::load::corrections());
    assert_eq!(store.check().expect("it can be read"), []);
}

#[test]
fn an_old_library_comes_to_the_same_schema_as_a_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    let sql = fs::read_to_string(fixture(1)).expect("the fixture");
    Connection::open(&old).expect("a database").execute_batch(&sql).expect("its SQL");
    let [old, new] = [&old, &new].map(|path| {
        drop(Store::open(path, MONDAY).expect("a library"));
        let connection = Connection::open(path).expect("a database");
        (schema(&connection), number(&connection, "user_version"), number(&connection, "application_id"))
    });
    assert_eq!(old, new, "released: add a migration; not yet: run store::upgrade::writes_the_fixture");
}
