//! The sense that leads on a card is the one of its sentence.
//!
//! Words in sentences of our own, each with a piece of the gloss that must stand first.

use std::sync::Arc;

use shengci::annotated::AnnotatedText;
use shengci::dictionary::Dictionary;
use shengci::tokens::Segmenter;
use shengci::words::{Example, ExampleWord, Moment, Status};
use shengci::{deck, readings};

/// `sentence` as the library knows it, for the card of `word`.
fn example(sentence: &str, word: &str, segmenter: &Segmenter) -> Example {
    let annotated =
        AnnotatedText::new(sentence.to_owned(), vec![], vec![]).expect("no annotations, so none is wrong");
    let occurrences = readings::read(&annotated, &segmenter.cut(sentence), Dictionary::embedded());
    let words: Vec<ExampleWord> = occurrences
        .into_iter()
        .map(|o| ExampleWord {
            span: o.span,
            kind: o.kind,
            key: (*o.key).clone(),
            sure: o.sure,
            status: Status::New,
        })
        .collect();
    Example {
        sentence: sentence.into(),
        places: words.iter().filter(|w| w.key.headword.as_str() == word).map(|w| w.span).collect(),
        words: words.into(),
        article: 1,
        title: "".into(),
        origin: "".into(),
        added: Moment(0),
        cited: Arc::default(),
    }
}

#[test]
fn the_sense_of_the_sentence_leads() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    let lines = include_str!("data/senses.tsv").lines().filter(|line| !line.starts_with('#'));
    let (mut wrong, mut all) = (Vec::new(), 0);
    for line in lines {
        let [word, sentence, piece] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        all += 1;
        let example = example(sentence, word, &segmenter);
        let key = example.words.iter().find(|w| w.key.headword.as_str() == word).map(|w| w.key.clone());
        let senses = key.map(|key| deck::leading(&key, &example, Dictionary::embedded())).unwrap_or_default();
        if !senses.first().is_some_and(|first| first.contains(piece)) {
            wrong.push(format!("{line}: {senses:?}"));
        }
    }
    println!("senses: {} of {all} lead with another one", wrong.len());
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
}
