//! `report` and `stats`.

use super::{SECOND, THIRD, home_with_article, number};
use crate::support::Home;

#[test]
fn a_text_that_is_not_added_is_reported_without_a_library() {
    let home = Home::new();
    let article = home.file("second.txt", SECOND);
    let report = home.json(["report".as_ref(), article.as_os_str()]);
    assert_eq!(report["title"], "新的机器人");
    assert_eq!(report["tokens"]["coverage"], 0.0);
    assert_eq!(number(&report["hanzi_known"]), 0);
    assert!(!home.library().exists());
    let said = home.pipe(["report", "-"], SECOND.as_bytes());
    assert!(said.out.contains("running words"), "{said:?}");
    home.run(["report", "nowhere.txt"]).is_failure("nowhere.txt");
    home.run(["report", "last"]).is_failure("there is no library");
}

#[test]
fn what_is_known_counts_and_what_is_needed_shrinks() {
    let home = home_with_article();
    let second = home.file("second.txt", SECOND);
    let needed = |home: &Home| {
        let report = home.json(["report".as_ref(), second.as_os_str()]);
        (number(&report["needed"][1]["words"]), report["tokens"]["coverage"].as_f64().expect("a share"))
    };
    let before = needed(&home);
    home.ok(["mark", "known", "机器人", "整理", "书架"]);
    let after = needed(&home);
    assert!(after.0 < before.0 && after.1 > before.1, "{before:?} {after:?}");
    let of_stored = home.json(["report", "last"]);
    assert_eq!(of_stored["title"], "海边的图书馆");
    assert!(of_stored["hardest"].as_array().is_some_and(|hardest| !hardest.is_empty()));
    let levels = of_stored["hsk"].as_array().expect("levels").iter().map(|level| number(&level["words"]));
    let types = &of_stored["types"];
    let words = number(&types["known"]) + number(&types["learning"]) + number(&types["new"]);
    assert_eq!(levels.sum::<u64>(), words);
}

#[test]
fn the_most_readable_article_stands_first() {
    let home = home_with_article();
    for (name, text) in [("second.txt", SECOND), ("third.txt", THIRD)] {
        let path = home.file(name, text);
        home.ok(["add".as_ref(), path.as_os_str()]);
    }
    let rows = home.json(["words", "--article", "2"]);
    let words: Vec<String> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["simplified"].as_str().expect("a word").to_owned())
        .filter(|word| word.chars().all(|c| c > '\u{3400}'))
        .collect();
    let known = home.pipe(["mark", "known", "-"], words.join("\n").as_bytes());
    assert_eq!(known.code, Some(0), "{known:?}");
    let ranked = home.json(["report"]);
    assert_eq!(ranked[0]["id"], 2, "{ranked}");
    assert!(ranked[0]["coverage"].as_f64() >= ranked[1]["coverage"].as_f64());
    assert_eq!(ranked.as_array().map(Vec::len), Some(3));
    assert_eq!(home.json(["report", "--limit", "1"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn progress_week_by_week_on_the_terminal_as_json_and_as_a_page() {
    let home = home_with_article();
    for (week, word) in [(0, "学生"), (1, "老师"), (2, "机器人")] {
        let now = (1_780_000_000 + week * 604_800).to_string();
        let done = home.command().args(["mark", "known", word]).env("SHENGCI_NOW", now).status();
        assert!(done.expect("it runs").success());
    }
    let stats = home.json(["stats"]);
    let known: Vec<u64> =
        stats["weeks"].as_array().expect("weeks").iter().map(|week| number(&week["known"])).collect();
    assert_eq!(known, [1, 2, 3]);
    let text = home.ok(["stats"]);
    assert!(text.contains("2  +1") && text.contains("HSK 2025"), "{text}");
    home.ok(["stats", "--html", "progress.html"]);
    let page = std::fs::read_to_string(home.join("progress.html")).expect("the page");
    assert!(page.contains("<svg") && page.contains("3 known") && !page.contains("<script"), "{page}");
    Home::new().run(["stats"]).is_failure("there is no library");
}
