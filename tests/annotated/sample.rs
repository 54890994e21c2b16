//! An article of our own with every oddity of pasted pages (`tests/cli/golden.rs` names them), against its list of pairs,
//! which was read by hand.

use std::fs;

use shengci::annotated::{AnnotatedText, DoubtWhy, lift, write};
use shengci::dictionary::Dictionary;
use shengci::document;
use shengci::pinyin::write as pinyin;

const RAW: &str = include_str!("../articles/glacier-radio.txt");

/// The lines of the list that are pairs: hanzi, as written, reading, how many times in a row.
fn gold() -> Vec<String> {
    let list = fs::read_to_string("tests/golden/glacier-radio/pairs.txt").expect("the list");
    list.lines().filter(|line| !line.starts_with("doubt")).map(str::to_owned).collect()
}

fn pairs(text: &AnnotatedText) -> Vec<String> {
    let line = |a: &shengci::annotated::Annotation| {
        let reading = pinyin::numbered(&a.syllables);
        format!("{}\t{}\t{reading}\t{}", a.span.of(text.text()), a.written, a.times)
    };
    text.annotations().iter().map(line).collect()
}

fn check(raw: &str) -> AnnotatedText {
    let text = lift(raw, Dictionary::embedded());
    let left = oddities(&text);
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(left.iter().all(|inside| !inside.contains(|c: char| c.is_ascii_lowercase())), "{left:?}");
    assert_eq!(write(&text), raw);
    text
}

/// Holds a text to the misprint and the repeats that the first user's article has, and our own after it; gives what is
/// left in brackets.
pub fn oddities(text: &AnnotatedText) -> Vec<&str> {
    let doubts: Vec<_> = text.doubts().iter().map(|d| (d.written.as_str(), d.why, d.lifted)).collect();
    assert_eq!(doubts, [("shìwèi", DoubtWhy::AgainstDictionary, false)]);
    let unsure: Vec<_> =
        text.annotations().iter().filter(|a| !a.agrees).map(|a| a.written.as_str()).collect();
    assert_eq!(unsure, ["shìwèi"]);
    let times: Vec<_> =
        text.annotations().iter().filter(|a| a.times > 1).map(|a| (a.written.as_str(), a.times)).collect();
    assert_eq!(times, [("biǎoshì", 2), ("de", 2), ("dà", 2), ("de", 3)]);

    // Of the brackets only those remain that hold Chinese.
    text.text().split('(').skip(1).map(|rest| &rest[..rest.find(')').unwrap_or(0)]).collect()
}

#[test]
fn the_first_body_gives_the_pairs_of_the_list() {
    let body: Vec<&str> = RAW.lines().skip(3).take_while(|line| !line.trim().is_empty()).collect();
    // The first two pairs stand in the line above, glued to the title.
    assert_eq!(pairs(&check(&body.join("\n"))), gold()[2..]);
}

#[test]
fn the_cleaned_article_gives_the_pairs_of_the_list() {
    let document = document::clean(RAW);
    assert!(!document.cuts.is_empty(), "the second body is cut");
    assert_eq!(pairs(&check(&document.text())), gold());
}
