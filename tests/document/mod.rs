//! Articles of our own as pasted pages, and what a careful reader keeps and cuts of them.
//!
//! Each `name.txt` and `name.html` here has a `name.golden` that was read by eye.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use shengci::document::{Document, clean, page, sentences};

/// A document as a golden file shows it.
fn shown(document: &Document) -> String {
    let mut shown = String::new();
    if let Some(title) = &document.title {
        writeln!(shown, "title {}: {}", title.line, title.text).expect("a string");
    }
    let about = &document.about;
    let published = about.published.map(|at| at.to_string());
    for (name, value) in [
        ("author", &about.author),
        ("published", &published),
        ("site", &about.site),
        ("address", &about.address),
    ] {
        if let Some(value) = value {
            writeln!(shown, "{name}: {value}").expect("a string");
        }
    }
    for paragraph in &document.paragraphs {
        writeln!(shown, "{}: {}", paragraph.line, paragraph.text).expect("a string");
    }
    for cut in &document.cuts {
        let text = cut.text.replace('\n', " ⏎ ");
        writeln!(shown, "cut {}-{} {:?}: {text}", cut.first_line, cut.last_line, cut.why).expect("a string");
    }
    shown
}

#[test]
fn pages_are_cleaned_as_a_reader_would() {
    let mut checked = 0;
    for entry in fs::read_dir("tests/document").expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "txt" || e == "html") {
            let mut raw = fs::read_to_string(&path).expect("an article");
            if path.extension().is_some_and(|e| e == "html") {
                raw = page(&raw).expect("no deeper than pages are");
            }
            let document = clean(&raw);
            let golden = fs::read_to_string(path.with_extension("golden")).unwrap_or_default();
            assert_eq!(shown(&document), golden, "{}", path.display());
            checked += 1;
        }
    }
    assert!(checked >= 23);
}

/// Letters of a text, whatever order a cleaning gives them.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Whether a character means itself: an entity, a radical and a full-width letter become what they stand for.
fn stays_itself(c: char) -> bool {
    c != '&' && shengci::text::printed(&c.to_string()) == c.to_string()
}

/// Lines such as pages are made of, so that the rules have something to bite on.
fn pasted() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("大雨来袭，城里的街道变成了河！".to_owned()),
        Just("大雨来袭，城里的街道变成了河！记者连夜采访。".to_owned()),
        Just("昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来等水退去，司机请乘客喝茶。".to_owned()),
        Just("住在老街的王奶奶说，她七十年没有见过这样的雨。邻居们连夜用沙袋把门堵上，谁也没有睡，大家一起等天亮。".to_owned()),
        Just("“好。”".to_owned()),
        Just("相关推荐".to_owned()),
        Just("评论列表".to_owned()),
        Just("暂无评论".to_owned()),
        Just("2024-05-06 10:30 来源：小城网".to_owned()),
        Just("打印 收藏".to_owned()),
        Just("".to_owned()),
        Just("　　小标题".to_owned()),
        "\\PC{0,40}".prop_map(|line| line.chars().filter(|&c| stays_itself(c)).collect()),
    ];
    (prop::collection::vec((line, any::<bool>()), 0..40)).prop_map(|lines| {
        let mut page = String::new();
        for (line, glued) in lines {
            page.push_str(&line);
            if !glued {
                page.push('\n');
            }
        }
        page
    })
}

proptest! {
    #[test]
    fn nothing_vanishes(raw in pasted()) {
        let document = clean(&raw);
        let mut all = document.text();
        for cut in &document.cuts {
            all.push_str(&cut.text);
            prop_assert!(cut.first_line <= cut.last_line && !cut.text.is_empty());
        }
        prop_assert_eq!(letters(&all), letters(&raw));
        let count = raw.split('\n').count();
        prop_assert!(document.paragraphs.iter().all(|p| p.line as usize <= count && !p.text.contains('\n')));
        // Places rise, and a text with Chinese in it keeps some.
        let lines: Vec<u32> = document.paragraphs.iter().map(|p| p.line).collect();
        prop_assert!(lines.is_sorted());
        prop_assert!(document.cuts.iter().map(|c| c.first_line).is_sorted());
        let has_hanzi = |text: &str| text.chars().any(shengci::hanzi::is_hanzi);
        prop_assert_eq!(has_hanzi(&document.text()), has_hanzi(&raw));
    }

    #[test]
    fn any_string_is_cleaned(raw in any::<String>()) {
        let document = clean(&raw);
        // A cleaned text holds nothing unseen: its sentences lie on it without overlap.
        let text = document.text();
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert!(sentence.start() >= end && !sentence.of(&text).contains('\n'));
            end = sentence.end();
        }
    }

    #[test]
    fn sentences_hold_every_hanzi(text in "[好坏1a。！？!?.;；，,…“”（）()《》「」\" \n]{0,80}") {
        let inside: usize = sentences(&text).iter().map(|s| shengci::hanzi::count(s.of(&text))).sum();
        prop_assert_eq!(inside, shengci::hanzi::count(&text));
    }
}
