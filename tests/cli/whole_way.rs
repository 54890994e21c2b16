//! From an article to a deck in Anki, and the second time.

use super::sample;
use crate::support::{Home, python};

fn path(home: &Home, name: &str) -> String {
    home.join(name).to_string_lossy().into_owned()
}

#[test]
fn an_article_becomes_a_deck_that_anki_imports_and_updates() {
    let home = Home::new();
    let article = sample();
    let said = home.ok([&article.to_string_lossy(), "-o", "first.apkg"].map(str::to_owned).iter().fold(
        vec!["make".to_owned()],
        |mut arguments, one| {
            arguments.push(one.clone());
            arguments
        },
    ));
    assert!(said.contains("notes in “新闻::生词”"), "{said}");
    let second = home.file(
        "second.txt",
        "港口城市的夜班公交\n上个月,港口开通了三条夜班公交线路。司机说,凌晨的乘客多半是图书馆的读者和医院的护士。",
    );
    home.ok(["make", &second.to_string_lossy(), "-o", "second.apkg"]);
    let report = python::script(
        "tests/cli/two_decks.py",
        &[&path(&home, "first.apkg"), &path(&home, "second.apkg"), &path(&home, "collection.anki2")],
    );
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON from the script");
    assert_eq!(report["problems"], serde_json::json!([]), "{report}");
    assert!(report["first"].as_u64().is_some_and(|n| n > 150), "{report}");
    assert_eq!(report["reviews_kept"], true, "{report}");
    assert_eq!(report["edit_kept"], true, "{report}");
    assert!(report["added_by_second"].as_u64().is_some_and(|n| n > 5), "{report}");
    assert_eq!(report["duplicates"], serde_json::json!([]), "{report}");
}

#[test]
fn the_same_deck_twice_is_the_same_bytes() {
    let home = Home::new();
    let article = sample().to_string_lossy().into_owned();
    home.ok(["make", &article, "-o", "a.apkg"]);
    home.ok(["make", &article, "-o", "b.apkg"]);
    let later =
        home.command().env("SHENGCI_NOW", "1790000000").args(["export", "news", "-o", "c.apkg"]).status();
    assert!(later.is_ok_and(|status| status.success()));
    let bytes = |name: &str| std::fs::read(home.join(name)).expect("a package");
    assert_eq!(bytes("a.apkg"), bytes("b.apkg"));
    assert_eq!(bytes("a.apkg"), bytes("c.apkg"), "a later export changes nothing that did not change");
}

#[test]
fn an_article_counts_once_and_an_edited_one_anew() {
    let home = Home::new();
    let article = home.file("a.txt", "他在银行工作。银行很远。");
    let article = article.to_string_lossy().into_owned();
    home.ok(["add", &article]);
    home.ok(["add", &article]);
    let count = || {
        let rows = home.json(["words"]);
        let row =
            rows.as_array().and_then(|rows| rows.iter().find(|row| row["simplified"] == "银行")).cloned();
        row.map(|row| (row["count"].as_u64(), row["pinyin"].as_str().map(str::to_owned)))
    };
    assert_eq!(count(), Some((Some(2), Some("yín háng".to_owned()))));
    home.file("a.txt", "他在银行工作。");
    home.ok(["add", &article]);
    assert_eq!(count().map(|(n, _)| n), Some(Some(1)));
    let articles = home.json(["articles"]);
    assert_eq!(articles.as_array().map(Vec::len), Some(1));
}

#[test]
fn read_streams_and_touches_no_library() {
    let home = Home::new();
    let said = home.pipe(["read", "--json", "-"], "他长大了。\n公司(gōngsī)很长。\n".as_bytes());
    assert_eq!(said.code, Some(0), "{said:?}");
    let rows: Vec<serde_json::Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let tiles: String =
            row["tokens"].as_array().expect("tokens").iter().filter_map(|t| t["text"].as_str()).collect();
        assert_eq!(row["text"].as_str(), Some(tiles.as_str()));
    }
    assert_eq!(rows[1]["tokens"][0]["evidence"], "article");
    assert!(!home.library().exists());
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let home = Home::new();
    home.ok(["add", &sample().to_string_lossy()]);
    let mut child = home
        .command()
        .args(["words", "--json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("shengci starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("shengci ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
