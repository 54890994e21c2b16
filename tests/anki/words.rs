//! Words and sentences for decks, written as a reader would: `公司/gong1 si1 很/hen3 大/da4 。`

use shengci::deck::{Before, Candidate};
use shengci::hanzi::{self, Headword, is_hanzi};
use shengci::pinyin::Reading;
use shengci::span::Span;
use shengci::tokens::Kind;
use shengci::words::{Evidence, Example, ExampleWord, Moment, Record, Status, WordKey};

/// A word that stood in `sentences`, of articles with these titles.
pub fn word(headword: &str, pinyin: &str, sentences: &[(&str, &str)]) -> Candidate {
    let examples: Vec<Example> = (1..)
        .zip(sentences)
        .map(|(article, (title, text))| example(article, title, text, headword))
        .collect();
    let key = key(headword, pinyin);
    let record = Record {
        id: 1,
        guid: format!("test{headword}{pinyin}"),
        key,
        kind: Kind::Word,
        evidence: Evidence::Dictionary,
        sure: true,
        proposed: false,
        sense: None,
        status: Status::New,
        count: 2,
        articles: 1,
        first_seen: Moment(1_780_000_000),
    };
    Candidate { record, examples, before: Before::default() }
}

fn key(headword: &str, pinyin: &str) -> WordKey {
    let headword = Headword::new(headword).expect("a headword");
    let reading = Reading::parse(headword.as_str(), pinyin).expect("a reading");
    WordKey { headword, reading }
}

fn example(article: i64, title: &str, written: &str, word: &str) -> Example {
    let mut sentence = String::new();
    let mut words = Vec::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if !is_hanzi(c) {
            sentence.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (form, after) = rest.split_once('/').expect("a word has its pinyin");
        let end = after.match_indices(' ').nth(hanzi::count(form) - 1).map_or(after.len(), |(at, _)| at);
        let start = sentence.len();
        sentence.push_str(form);
        words.push((start..sentence.len(), key(form, &after[..end])));
        rest = after.get(end + 1..).unwrap_or_default();
    }
    let words: Vec<ExampleWord> = words
        .into_iter()
        .map(|(range, key)| ExampleWord {
            span: Span::new(&sentence, range).expect("a span"),
            kind: Kind::Word,
            key,
            sure: true,
            status: Status::New,
        })
        .collect();
    Example {
        places: words.iter().filter(|w| w.key.headword.as_str() == word).map(|w| w.span).collect(),
        words: words.into(),
        sentence: sentence.into(),
        article,
        title: title.into(),
        origin: "article.txt".into(),
        added: Moment(1_780_000_000 + article),
        cited: std::sync::Arc::default(),
    }
}
