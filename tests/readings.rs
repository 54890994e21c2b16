//! Every everyday polyphone, in a plain sentence of our own, is read as CC-CEDICT reads it.
//!
//! The sentences are a test and no training data: a reading is mended by a rule or by better training, and the
//! few that are still wrong stand in [`WRONG`], so that the list can only get shorter unnoticed.

use shengci::annotated::AnnotatedText;
use shengci::dictionary::Dictionary;
use shengci::pinyin::{Syllable, Tone, parse};
use shengci::readings;
use shengci::tokens::Segmenter;
use shengci::words::Occurrence;

/// Sentences that are read wrongly, and known to be.
const WRONG: &[&str] = &[];

struct Case {
    text: String,
    at: usize,
    reading: Syllable,
    line: &'static str,
}

fn cases(text: &'static str) -> Vec<Case> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (marked, reading) = line.split_once('\t').expect("a sentence and a reading");
            let at = marked.find('[').expect("a marked hanzi");
            let reading = parse::syllable(reading).expect("a syllable");
            Case { text: marked.replace(['[', ']'], ""), at, reading, line }
        })
        .collect()
}

fn read(text: &str, segmenter: &Segmenter) -> Vec<Occurrence> {
    let annotated =
        AnnotatedText::new(text.to_owned(), vec![], vec![]).expect("no annotations, so none is wrong");
    readings::read(&annotated, &segmenter.cut(text), Dictionary::embedded())
}

fn at(occurrences: &[Occurrence], text: &str, at: usize) -> Option<(Syllable, bool)> {
    let occurrence = occurrences.iter().find(|o| o.span.range().contains(&at))?;
    let before = shengci::hanzi::count(text.get(occurrence.span.start()..at)?);
    Some((*occurrence.key.reading.syllables().get(before)?, occurrence.sure))
}

#[test]
fn everyday_polyphones_are_read_right() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    let mut wrong = Vec::new();
    let cases = cases(include_str!("data/polyphones.tsv"));
    for case in &cases {
        let found = at(&read(&case.text, &segmenter), &case.text, case.at);
        if found.map(|(syllable, _)| syllable) != Some(case.reading) && !WRONG.contains(&case.line) {
            wrong.push(format!("{}: {found:?}", case.line));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Sentences that the program was never mended by, and the share that must be right, neutral tones forgiven.
const APART: [(&str, f64); 2] =
    [(include_str!("data/plain.tsv"), 0.975), (include_str!("data/lone.tsv"), 0.93)];

#[test]
fn sentences_that_nothing_was_mended_by_are_read_right() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    for (text, least) in APART {
        let cases = cases(text);
        let right = |case: &&Case| {
            let found = at(&read(&case.text, &segmenter), &case.text, case.at).map(|(syllable, _)| syllable);
            found.is_some_and(|ours| is_alike(ours, case.reading))
        };
        let wrong: Vec<&str> = cases.iter().filter(|case| !right(case)).map(|case| case.line).collect();
        let share = 1.0 - wrong.len() as f64 / cases.len() as f64;
        assert!(
            share >= least,
            "{share}: {} of {} are wrong:\n{}",
            wrong.len(),
            cases.len(),
            wrong.join("\n")
        );
    }
}

/// Whether two readings are the same, or the same but for a neutral tone.
fn is_alike(ours: Syllable, gold: Syllable) -> bool {
    let neutral = |s: Syllable| s.tone() == Tone::Neutral;
    ours == gold || ours.base() == gold.base() && (neutral(ours) || neutral(gold))
}

/// The share of hanzi that must be right, neutral tones forgiven, in each part of `data/running.tsv`.
const RUNNING: [(&str, f64); 4] = [("tuned", 0.995), ("later", 0.995), ("fresh", 0.99), ("apart", 0.995)];

#[test]
fn running_text_is_read_right_hanzi_by_hanzi() {
    let segmenter = Segmenter::new(Dictionary::embedded());
    for (part, least) in RUNNING {
        let (mut right, mut all, mut wrong) = (0_u32, 0_u32, Vec::new());
        for line in include_str!("data/running.tsv").lines().filter(|line| line.starts_with(part)) {
            let mut columns = line.split('\t').skip(1);
            let (text, gold) = columns.next().zip(columns.next()).expect("a sentence and its readings");
            let occurrences = read(text, &segmenter);
            let places = text.char_indices().filter(|&(_, c)| shengci::hanzi::is_hanzi(c));
            assert_eq!(places.clone().count(), gold.split(' ').count(), "{text}: a reading for each hanzi");
            for ((place, hanzi), gold) in places.zip(gold.split(' ')) {
                all += 1;
                let found = at(&occurrences, text, place).map(|(syllable, _)| syllable);
                let fits = |gold: &str| {
                    let gold = parse::syllable(gold).expect("a syllable");
                    found.is_some_and(|ours| is_alike(ours, gold))
                };
                if gold.split('|').any(fits) {
                    right += 1;
                } else {
                    wrong.push(format!("{hanzi} {found:?} for {gold}: {text}"));
                }
            }
        }
        let share = f64::from(right) / f64::from(all);
        assert!(share >= least, "{part}: {right} of {all} are right:\n{}", wrong.join("\n"));
    }
}
