//! Two articles read by hand: one of our own, cut, and the tokens of a real one: every form, its kind and how often
//! it stands there.
//!
//! The real one is not ours to commit, so the gold is the sorted list of its tokens and not its text; without the
//! article beside the checkout the test says so and passes. The text is prepared here by simple means (the title
//! and the body once each, brackets of pinyin dropped), so that a fault in cleaning or alignment does not show as
//! one of segmentation.

use std::collections::BTreeMap;
use std::fs;

use shengci::dictionary::Dictionary;
use shengci::tokens::{Kind, Segmenter};

#[path = "words_gold/article.rs"]
mod article;

const GOLD: &str = include_str!("golden/meta-scale-ai/words.gold");

#[test]
fn every_token_of_the_article_is_the_one_that_a_reader_would_cut() {
    let Ok(raw) = fs::read_to_string("../shared/articles/meta-scale-ai.txt") else {
        println!("skipped: ../shared/articles/meta-scale-ai.txt is not here");
        return;
    };
    let text = article::prepare(&raw);
    let tokens = Segmenter::new(Dictionary::embedded()).cut(&text);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for token in tokens.iter().filter(|token| token.kind != Kind::Other) {
        let proposed = if token.proposed { "+" } else { "" };
        *found.entry(format!("{} {}{proposed}", token.span.of(&text), token.kind)).or_default() += 1;
    }
    let gold: BTreeMap<String, usize> = GOLD
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(token, count)| (token.to_owned(), count.parse().expect("a count")))
        .collect();
    let missing: Vec<_> = gold.iter().filter(|(token, n)| found.get(*token) != Some(n)).collect();
    let strange: Vec<_> = found.iter().filter(|(token, n)| gold.get(*token) != Some(n)).collect();
    assert!(missing.is_empty() && strange.is_empty(), "gold only: {missing:?}\nfound only: {strange:?}");
}

const OWN: &str = include_str!("golden/air-taxi/words.cut");

/// Cut by hand before the program was asked, and left so: the program is not bent to it, but may not get worse.
#[test]
fn an_article_of_our_own_is_cut_nearly_as_by_hand() {
    let gold = article::Cut::read(OWN);
    let tokens = Segmenter::new(Dictionary::embedded()).cut(&gold.text);
    let found: Vec<(usize, usize, &str)> =
        tokens.iter().map(|t| (t.span.start(), t.span.end(), t.kind.as_str())).collect();
    let missing: Vec<&str> = gold
        .tokens
        .iter()
        .filter(|token| !found.iter().any(|found| (found.0, found.1) == (token.start, token.end)))
        .map(|token| &gold.text[token.start..token.end])
        .collect();
    assert!(missing.len() <= 28, "{} of {} tokens: {missing:?}", missing.len(), gold.tokens.len());
    let name = |kind: &str| matches!(kind, "person" | "number" | "measure" | "time");
    let wrong: Vec<&str> = gold
        .tokens
        .iter()
        .filter(|token| name(&token.kind) && !found.contains(&(token.start, token.end, token.kind.as_str())))
        .map(|token| &gold.text[token.start..token.end])
        .collect();
    assert!(wrong.is_empty(), "names and numbers: {wrong:?}");
}
