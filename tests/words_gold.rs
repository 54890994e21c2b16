//! An article of our own, cut by hand.

use shengci::dictionary::Dictionary;
use shengci::tokens::Segmenter;

#[path = "words_gold/article.rs"]
pub mod article;

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
