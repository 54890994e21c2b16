//! The views for people who open their library with SQLite, as `docs/library.md` describes them: any SQLite can read them,
//! and the queries of the page are run out of it.

use std::collections::BTreeMap;
use std::fs;

use rusqlite::{Connection, OpenFlags};
use shengci::words::{By, Status};

use super::sample::{Library, annotated, article, day, file, key};

const PAGE: &str = "docs/library.md";

/// A library with something in each view, opened as a stranger opens it.
fn as_a_stranger() -> (Library, Connection) {
    let mut library = Library::new();
    for (number, (name, word)) in
        [("a.txt", "长:chang2"), ("b.txt", "长:zhang3 大:da4")].into_iter().enumerate()
    {
        let (raw, read) =
            article(&[&format!("{word} 公司:gong1+si1"), "公司:gong1+si1 王力宏:wang2+li4+hong2/person"]);
        let day = day(i64::try_from(number).expect("a day") * 40);
        library.store.add(&raw, &file(name), &annotated(read), day).expect("it is added");
    }
    let company = key("公司", "gong1 si1");
    library.store.mark(&[company], Status::Known, &By::Hand, day(1)).expect("a mark");
    let stranger =
        Connection::open_with_flags(library.path(), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("SQLite");
    (library, stranger)
}

/// The rows of a query, a line each.
fn rows(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let columns = statement.column_count();
    let mut rows = statement.query([]).expect("rows");
    let mut lines = Vec::new();
    while let Some(row) = rows.next().expect("a row") {
        let value = |at| match row.get_ref(at).expect("a value") {
            rusqlite::types::ValueRef::Null => "-".to_owned(),
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            value => value.as_str().expect("text").to_owned(),
        };
        lines.push((0..columns).map(value).collect::<Vec<_>>().join(" | "));
    }
    lines
}

/// The blocks of SQL of the page.
fn queries() -> Vec<String> {
    let page = fs::read_to_string(PAGE).expect("the page");
    let blocks =
        page.split("```sql\n").skip(1).map(|block| block.split("```").next().unwrap_or_default().to_owned());
    blocks.collect()
}

#[test]
fn the_queries_of_the_page_work() {
    let (library, stranger) = as_a_stranger();
    let queries = queries();
    assert_eq!(queries.len(), 3);
    let found: Vec<Vec<String>> = queries.iter().map(|sql| rows(&stranger, sql)).collect();
    assert_eq!(
        found[0],
        [
            "王力宏 | wang2 li4 hong2 | 2 | 2",
            "大 | da4 | 1 | 1",
            "长 | chang2 | 1 | 1",
            "长 | zhang3 | 1 | 1"
        ]
    );
    assert_eq!(found[1].len(), 2, "two months: {:?}", found[1]);
    assert!(found[1][0].ends_with(" | 1 | 4 | 3") && found[1][1].ends_with(" | 1 | 5 | 2"), "{:?}", found[1]);
    assert_eq!(found[2], ["长 | chang2,zhang3 | 2"]);
    drop(library);
}

#[test]
fn the_views_say_what_the_verbs_say() {
    let (mut library, _) = as_a_stranger();
    let words = library.store.words(&shengci::store::WordFilter::default()).expect("words");
    let stranger = Connection::open(library.path()).expect("SQLite");
    let seen = rows(
        &stranger,
        "SELECT headword, pinyin, status, count, articles, guid FROM vocabulary ORDER BY word",
    );
    let mut told: Vec<_> = words.iter().map(|(record, _)| record).collect();
    told.sort_by_key(|record| record.id);
    let told: Vec<String> = told
        .iter()
        .map(|r| {
            let (key, status) = (&r.key, r.status.as_str());
            format!(
                "{} | {} | {status} | {} | {} | {}",
                key.headword, key.reading, r.count, r.articles, r.guid
            )
        })
        .collect();
    assert_eq!(seen, told);
    let all = "SELECT article, title, sentences, running_words, words, first_met, added FROM reading_history";
    assert_eq!(
        rows(&stranger, all)[0],
        format!("1 | 长公司。 | 2 | 4 | 3 | 3 | {}", moment(&stranger, day(0).0))
    );
    assert_eq!(rows(&stranger, "SELECT count(*) FROM pairs WHERE hanzi = '长' AND pinyin = 'chang2'"), ["1"]);
    // An article that was removed is in none of them.
    library.store.remove(1, day(50)).expect("it is removed");
    assert_eq!(rows(&stranger, "SELECT article FROM reading_history"), ["2"]);
    assert_eq!(rows(&stranger, "SELECT DISTINCT article FROM pairs"), ["2"]);
    assert_eq!(
        rows(&stranger, "SELECT count, first_article FROM vocabulary WHERE pinyin = 'chang2'"),
        ["0 | -"]
    );
}

fn moment(connection: &Connection, seconds: i64) -> String {
    rows(connection, &format!("SELECT datetime({seconds}, 'unixepoch')")).remove(0)
}

#[test]
fn the_page_has_every_column_and_no_other() {
    let (_library, stranger) = as_a_stranger();
    let page = fs::read_to_string(PAGE).expect("the page");
    let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut view = None;
    for line in page.lines() {
        let names: Vec<&str> =
            line.split('|').next_back().map_or(vec![], |_| line.split('`').skip(1).step_by(2).collect());
        if let Some(name) = names.first().filter(|_| line.starts_with('`') && line.contains("`: ")) {
            view = Some((*name).to_owned());
        } else if line.starts_with("## ") {
            view = None;
        } else if let (Some(view), true) = (&view, line.starts_with("| `")) {
            let first = line.split('|').nth(1).unwrap_or_default();
            let columns = first.split('`').skip(1).step_by(2).map(str::to_owned);
            described.entry(view.clone()).or_default().extend(columns);
        }
    }
    let views = rows(&stranger, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    assert_eq!(described.keys().cloned().collect::<Vec<_>>(), views);
    for (view, columns) in described {
        let there = rows(&stranger, &format!("SELECT name FROM pragma_table_info('{view}') ORDER BY cid"));
        assert_eq!(columns, there, "{view}");
    }
}
