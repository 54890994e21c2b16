//! The tokens of a real article, read by hand: every form, its kind and how often it stands there.
//!
//! The article is not ours to commit, so the gold is the sorted list of its tokens and not its text; without the
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
