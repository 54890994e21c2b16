//! Four processes on one library: none is refused, and what each was told is there at the end.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::homes::Home;
use super::is_long;

/// The words that each process marks and puts right, none of which another one has.
const WORDS: [[&str; 3]; 4] = [
    ["火车", "飞机", "汽车"],
    ["苹果", "香蕉", "葡萄"],
    ["医院", "图书馆", "邮局"],
    ["星期", "月亮", "太阳"],
];

/// The commands of one process, one round.
fn round(process: usize, round: usize) -> Vec<Vec<String>> {
    let words = WORDS[process];
    let own = |name: &str| format!("{name}-{process}-{round}");
    let commands = [
        vec!["add".to_owned(), own("folder")],
        vec!["mark".to_owned(), "known".to_owned(), words[0].to_owned()],
        vec!["words".to_owned()],
        vec!["export".to_owned(), "./all.yaml".to_owned(), "-o".to_owned(), format!("{}.apkg", own("out"))],
        vec!["backup".to_owned(), format!("{}.db", own("copy"))],
        vec!["sense".to_owned(), words[1].to_owned(), "mine".to_owned()],
        vec!["mark".to_owned(), "learning".to_owned(), words[2].to_owned()],
        vec!["add".to_owned(), format!("{}.txt", own("single"))],
        vec!["stats".to_owned()],
        vec!["name".to_owned(), format!("小{}", ["甲", "乙", "丙", "丁"][process]), "person".to_owned()],
        vec!["report".to_owned()],
        vec!["check".to_owned()],
    ];
    commands.to_vec()
}

/// Writes what a round reads.
fn prepare(home: &Home, process: usize, round: usize) {
    let folder = home.path().join(format!("folder-{process}-{round}"));
    std::fs::create_dir(&folder).expect("a folder");
    let article = |number: usize| {
        let mut text = format!("第{process}人第{round}次第{number}条新闻\n");
        for sentence in 0..6 {
            write!(text, "老师{sentence}说，学生{process}的{number}本书{round}在图书馆里。").expect("text");
        }
        text
    };
    for number in 0..5 {
        std::fs::write(folder.join(format!("{number}.txt")), article(number)).expect("an article");
    }
    std::fs::write(home.path().join(format!("single-{process}-{round}.txt")), article(9))
        .expect("an article");
}

#[test]
fn four_processes_at_once_are_not_refused_and_lose_nothing() {
    let home = Home::new(&[]);
    std::fs::write(home.path().join("all.yaml"), fuzz::world::DECK).expect("a deck file");
    let articles = |home: &Home| -> BTreeSet<String> {
        let said = home.run(&["--json", "articles"]).expect("it ends");
        let rows: Value = serde_json::from_slice(&said.out).expect("JSON");
        let rows = rows.as_array().expect("rows");
        rows.iter().map(|row| row["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let before = articles(&home);
    let end = Instant::now() + Duration::from_secs(20);
    let rounds: Vec<usize> = std::thread::scope(|scope| {
        let processes: Vec<_> = (0..WORDS.len())
            .map(|process| {
                let home = &home;
                scope.spawn(move || {
                    for number in 0.. {
                        prepare(home, process, number);
                        for arguments in round(process, number) {
                            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                            let said = home.run(&arguments).expect("it ends");
                            assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
                        }
                        if !is_long() || Instant::now() > end {
                            return number + 1;
                        }
                    }
                    0
                })
            })
            .collect();
        processes.into_iter().map(|process| process.join().expect("no command was refused")).collect()
    });
    assert_eq!(home.run(&["check"]).expect("it ends").code, 0);
    let after = articles(&home);
    for (process, rounds) in rounds.into_iter().enumerate() {
        for round in 0..rounds {
            for number in [0, 1, 2, 3, 4, 9] {
                let title = format!("第{process}人第{round}次第{number}条新闻");
                assert!(after.contains(&title), "{title} is gone: {after:?}");
            }
        }
    }
    assert!(before.is_subset(&after));
    let said = home.run(&["--json", "words", "--all"]).expect("it ends");
    let words: Value = serde_json::from_slice(&said.out).expect("JSON");
    let status = |word: &str| {
        let mut rows = words.as_array().expect("rows").iter().filter(|row| row["simplified"] == word);
        rows.next().map(|row| row["status"].clone())
    };
    let corrections = String::from_utf8(home.run(&["corrections"]).expect("it ends").out).expect("text");
    for [known, sensed, learning] in WORDS {
        assert_eq!(status(known), Some("known".into()), "{known}");
        assert_eq!(status(learning), Some("learning".into()), "{learning}");
        assert!(corrections.contains(sensed), "{sensed} is not in {corrections}");
    }
}
