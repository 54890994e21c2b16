//! The pinyin of a whole sentence is written as GB/T 16159-2012 has it.
//!
//! Sentences of our own through the stages, each with the pinyin that its card must show.

use std::sync::Arc;

use shengci::annotated::AnnotatedText;
use shengci::dictionary::Dictionary;
use shengci::tokens::Segmenter;
use shengci::words::{Example, ExampleWord, Moment, Status};
use shengci::{deck, readings};

/// The pinyin of `sentence`, without its colours.
fn written(sentence: &str, segmenter: &Segmenter, notation: deck::Notation) -> String {
    let annotated =
        AnnotatedText::new(sentence.to_owned(), vec![], vec![]).expect("no annotations, so none is wrong");
    let occurrences = readings::read(&annotated, &segmenter.cut(sentence), Dictionary::embedded());
    let word = |o: shengci::words::Occurrence| ExampleWord {
        span: o.span,
        kind: o.kind,
        key: (*o.key).clone(),
        sure: true,
        status: Status::New,
    };
    let example = Example {
        sentence: sentence.into(),
        places: vec![],
        words: occurrences.into_iter().map(word).collect(),
        article: 1,
        title: "".into(),
        origin: "".into(),
        added: Moment(0),
        cited: Arc::default(),
    };
    let html = deck::sentence_pinyin(&example, notation, Dictionary::embedded());
    let mut in_tag = false;
    html.as_str()
        .chars()
        .filter(|&c| {
            in_tag |= c == '<';
            let shown = !in_tag;
            in_tag &= c != '>';
            shown
        })
        .collect()
}

#[test]
fn a_sentence_is_written_by_the_standard() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    let lines = include_str!("data/orthography.tsv").lines().filter(|line| !line.starts_with('#'));
    let (mut wrong, mut all) = (Vec::new(), 0);
    for line in lines {
        let (sentence, expected) = line.split_once('\t').expect("a sentence and its pinyin");
        let found = written(sentence, &segmenter, deck::Notation::Marks);
        all += 1;
        if found != expected {
            wrong.push(format!("{sentence}\n  {found}\n  {expected}"));
        }
    }
    println!("orthography: {} of {all} are written otherwise", wrong.len());
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_other_notations_part_alike() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    let sentence = "王小明看着第一封信。";
    for (notation, expected) in [
        (deck::Notation::Marks, "Wáng Xiǎomíng kànzhe dì-yī fēng xìn."),
        (deck::Notation::Numbers, "Wang2 Xiao3ming2 kan4zhe5 di4-yi1 feng1 xin4."),
        (deck::Notation::Zhuyin, "ㄨㄤˊ ㄒㄧㄠˇ ㄇㄧㄥˊ ㄎㄢˋ ˙ㄓㄜ ㄉㄧˋ ㄧ ㄈㄥ ㄒㄧㄣˋ."),
    ] {
        assert_eq!(written(sentence, &segmenter, notation), expected);
    }
}
