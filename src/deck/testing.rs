//! Words and sentences for the unit tests of this module, written as a reader would.

use super::html::Html;
use super::{Field, Note};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, Syllable, parse};
use crate::span::Span;
use crate::tokens::Kind;
use crate::words::{Evidence, Example, ExampleWord, Moment, Record, Status, WordKey};

pub fn syllables(pinyin: &str) -> Vec<Syllable> {
    pinyin.split(' ').map(|s| parse::syllable(s).expect("a syllable")).collect()
}

pub fn key(headword: &str, pinyin: &str) -> WordKey {
    let headword = Headword::new(headword).expect("a headword");
    let reading = Reading::parse(headword.as_str(), pinyin).expect("a reading");
    WordKey { headword, reading }
}

pub fn record(headword: &str, pinyin: &str) -> Record {
    let key = key(headword, pinyin);
    Record {
        id: 1,
        guid: format!("{headword} {pinyin}"),
        key,
        kind: Kind::Word,
        evidence: Evidence::Dictionary,
        sure: true,
        proposed: false,
        sense: None,
        status: Status::New,
        count: 1,
        articles: 1,
        first_seen: Moment(1_780_000_000),
    }
}

/// A sentence from `公司/gong1 si1 很/hen3 大/da4 。`: each word with its pinyin and a blank after it; other text
/// as it is. `word` is the one that the example is for.
pub fn example(written: &str, word: &str) -> Example {
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
        let hanzi = crate::hanzi::count(form);
        let end = after.match_indices(' ').nth(hanzi - 1).map_or(after.len(), |(at, _)| at);
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
        article: 1,
        title: "一篇文章".into(),
        origin: "article.txt".into(),
        added: Moment(1_780_000_000),
        cited: std::sync::Arc::default(),
    }
}

/// HTML without its tags.
pub fn plain(html: &Html) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.as_str().chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A note as it is given, of 公司.
pub fn given_note(english: &str, sentence: &str) -> Note {
    let mut fields: [Html; Field::ALL.len()] = Default::default();
    fields[Field::Hanzi as usize] = Html::text("公司");
    fields[Field::English as usize] = Html::text(english);
    fields[Field::Sentence as usize] = Html::text(sentence);
    Note {
        guid: "g".to_owned(),
        word: 1,
        created: Moment(0),
        deck: "生词".parse().expect("a name"),
        fields,
        own: std::collections::BTreeMap::new(),
        tags: vec!["hsk::2".to_owned(), "shengci".to_owned()],
        shown: None,
    }
}
