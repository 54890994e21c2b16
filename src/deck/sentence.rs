//! Which of a word's sentences its note shows, and how the sentence is marked.
//!
//! A learner gets most from a sentence in which the word is the only new thing (Krashen's i+1); it should be
//! whole, and neither a scrap nor a page. Draws are settled by what is in the sentences, never by chance.

use std::cmp::Reverse;

use super::html::Html;
use super::spec::Sentence;
use crate::hanzi;
use crate::span::Span;
use crate::words::{Example, ExampleWord, Status, WordKey, is_vocabulary};

/// The lengths, in hanzi, that read well on a phone.
pub(super) const COMFORTABLE: std::ops::RangeInclusive<usize> = 8..=40;
/// The length that is best.
pub(super) const BEST: usize = 18;

/// A longer sentence, in bytes, is shown in part. It is a line without a stop, and whole on the notes of all its words
/// it would make a deck that grows with the square of its length.
const LONGEST: usize = 2000;
/// The bytes of it that are shown on either side of the word, some twenty hanzi.
const AROUND: usize = 60;

/// The words round the first place of a sentence that no card can hold; nothing of any other sentence.
#[must_use]
pub fn excerpt(example: &Example) -> Option<Example> {
    let place = *example.places.first().filter(|_| example.sentence.len() > LONGEST)?;
    let first = example.words.partition_point(|word| word.span.start() + AROUND < place.start());
    let end = example.words.partition_point(|word| word.span.end() <= place.end() + AROUND);
    let words = example.words.get(first..end).unwrap_or_default();
    let from = words.first().map_or(place.start(), |word| word.span.start()).min(place.start());
    let to = words.last().map_or(place.end(), |word| word.span.end()).max(place.end());
    part(example, from..to)
}

/// The part of an example's sentence that these bytes of it are, with the words in it; nothing where it lacks the word.
pub(super) fn part(example: &Example, range: std::ops::Range<usize>) -> Option<Example> {
    let sentence = example.sentence.get(range.clone())?;
    let moved = |span: Span| {
        let start = span.start().checked_sub(range.start)?;
        Span::new(sentence, start..span.end() - range.start)
    };
    let places: Vec<Span> = example.places.iter().filter_map(|&place| moved(place)).collect();
    let word = |word: &ExampleWord| Some(ExampleWord { span: moved(word.span)?, ..word.clone() });
    (!places.is_empty()).then(|| Example {
        sentence: sentence.into(),
        places,
        words: example.words.iter().filter_map(word).collect(),
        ..example.clone()
    })
}

/// Which of `examples` to show. `given` is the one that the note already has: it stays, because a sentence that changes
/// with every article would overwrite what the learner wrote beside it.
#[must_use]
pub fn choose(key: &WordKey, examples: &[Example], wish: Sentence, given: Option<&str>) -> Option<usize> {
    if wish == Sentence::None {
        return None;
    }
    if let Some(stays) = given.and_then(|given| examples.iter().position(|e| *e.sentence == *given)) {
        return Some(stays);
    }
    let fitness = |example: &Example| {
        let age = match wish {
            Sentence::Latest => (-example.added.0, -example.article),
            Sentence::First => (example.added.0, example.article),
            Sentence::MostKnown | Sentence::None => (0, 0),
        };
        let length = hanzi::count(&example.sentence);
        (age, !example.is_sure(), awkwardness(example, length), length.abs_diff(BEST))
    };
    // Words that are new are counted last, and only where that decides.
    let fit: Vec<_> = examples.iter().map(fitness).collect();
    let best = fit.iter().map(|&(age, doubtful, awkward, _)| (age, doubtful, awkward)).min()?;
    let equal = (0..examples.len()).filter(|&at| (fit[at].0, fit[at].1, fit[at].2) == best);
    equal.min_by_key(|&at| {
        let example = &examples[at];
        let age = (Reverse(example.added), Reverse(example.article));
        (unknown(key, example), fit[at].3, age, &*example.sentence)
    })
}

/// How many words of the sentence, beside this one, the learner doesn't know.
#[must_use]
pub fn unknown(key: &WordKey, example: &Example) -> usize {
    let mut new: Vec<&WordKey> = Vec::with_capacity(example.words.len());
    for word in &*example.words {
        let counts = word.status == Status::New && is_vocabulary(word.kind) && word.key != *key;
        if counts && !new.contains(&&word.key) {
            new.push(&word.key);
        }
    }
    new.len()
}

/// 0 for a whole sentence of comfortable length, 1 where it lacks one of the two, 2 where it lacks both.
fn awkwardness(example: &Example, length: usize) -> u8 {
    let text = example.sentence.trim_end_matches(['”', '’', '"', '」', '』', '）', ')']);
    let whole = text.ends_with(['。', '！', '？', '!', '?', '…', '.']);
    u8::from(!whole) + u8::from(!COMFORTABLE.contains(&length))
}

/// The sentence with its word marked.
#[must_use]
pub fn marked(example: &Example) -> Html {
    with_places(example, |html, word| html.element("b", "", |html| html.push_text(word)))
}

/// The sentence with a gap where its word stands.
#[must_use]
pub fn with_gap(example: &Example) -> Html {
    with_places(example, |html, word| {
        html.element("span", "gap", |html| html.push_text(&"＿".repeat(word.chars().count())));
    })
}

fn with_places(example: &Example, mut show: impl FnMut(&mut Html, &str)) -> Html {
    let mut html = Html::new();
    let mut at = 0;
    for place in &example.places {
        if place.start() < at {
            continue;
        }
        html.push_text(example.sentence.get(at..place.start()).unwrap_or_default());
        show(&mut html, place.of(&example.sentence));
        at = place.end();
    }
    html.push_text(example.sentence.get(at..).unwrap_or_default());
    html
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, key};
    use super::*;
    use crate::words::Moment;

    fn known(mut example: Example, words: &[&str]) -> Example {
        for word in std::sync::Arc::make_mut(&mut example.words) {
            if words.contains(&word.key.headword.as_str()) {
                word.status = Status::Known;
            }
        }
        example
    }

    #[test]
    fn the_sentence_with_the_fewest_new_words_wins_unless_it_is_a_scrap() {
        let scrap = example("股份/gu3 fen4 。", "股份");
        let hard = example(
            "迄今为止/qi4 jin1 wei2 zhi3 最/zui4 大/da4 规模/gui1 mo2 的/de5 股份/gu3 fen4 交易/jiao1 yi4 。",
            "股份",
        );
        let easy = known(
            example(
                "他/ta1 今天/jin1 tian1 买/mai3 了/le5 这/zhe4 家/jia1 公司/gong1 si1 的/de5 股份/gu3 fen4 。",
                "股份",
            ),
            &["他", "今天", "买", "了", "这", "家", "的"],
        );
        let key = key("股份", "gu3 fen4");
        assert_eq!(unknown(&key, &easy), 1);
        assert_eq!(unknown(&key, &hard), 6);
        let examples = [scrap, hard, easy];
        let chosen = |wish, given| choose(&key, &examples, wish, given).map(|at| &*examples[at].sentence);
        assert_eq!(chosen(Sentence::MostKnown, None), Some("他今天买了这家公司的股份。"));
        assert_eq!(chosen(Sentence::MostKnown, Some("股份。")), Some("股份。"), "what was given stays");
        assert_eq!(chosen(Sentence::None, None), None);
    }

    #[test]
    fn a_sentence_that_is_read_beyond_doubt_goes_before_one_that_is_not() {
        let mut doubtful = example("只好/zhi3 hao3 自己/zi4 ji3 种/zhong4 菜/cai4 来/lai2 吃/chi1 。", "种");
        let sure = example("种/zhong4 。", "种");
        let key = key("种", "zhong4");
        assert_eq!(choose(&key, &[sure.clone(), doubtful.clone()], Sentence::MostKnown, None), Some(1));
        std::sync::Arc::make_mut(&mut doubtful.words)[2].sure = false;
        assert_eq!(choose(&key, &[sure, doubtful], Sentence::MostKnown, None), Some(0));
    }

    #[test]
    fn latest_and_first_go_by_when_the_article_was_added() {
        let mut early = example("他/ta1 走/zou3 。", "走");
        early.added = Moment(1);
        let mut late = example("她/ta1 走/zou3 。", "走");
        late.added = Moment(2);
        let examples = [late, early];
        let key = key("走", "zou3");
        let chosen = |wish| choose(&key, &examples, wish, None).map(|at| examples[at].added);
        assert_eq!(chosen(Sentence::Latest), Some(Moment(2)));
        assert_eq!(chosen(Sentence::First), Some(Moment(1)));
    }

    #[test]
    fn of_an_endless_sentence_the_words_round_the_first_place_are_shown() {
        let words = "公司/gong1 si1 投资/tou2 zi1 学校/xue2 xiao4 ".repeat(200);
        let endless = example(words.trim_end(), "学校");
        let shown = excerpt(&endless).expect("it is endless");
        assert_eq!(shown.places.len(), 4);
        assert_eq!(shown.places[0].of(&shown.sentence), "学校");
        assert!(endless.sentence.starts_with(&*shown.sentence), "{}", shown.sentence);
        assert_eq!(
            shown.words.iter().map(|word| word.span.of(&shown.sentence)).collect::<String>(),
            *shown.sentence
        );
        assert!(hanzi::count(&shown.sentence) < 40);
        assert_eq!(excerpt(&shown), None);
    }

    #[test]
    fn every_place_is_marked_or_left_open() {
        let example = example("刚刚/gang1 gang1 来/lai2 ，刚刚/gang1 gang1 走/zou3 <b>。", "刚刚");
        assert_eq!(marked(&example).as_str(), "<b>刚刚</b>来，<b>刚刚</b>走&lt;b&gt;。");
        assert_eq!(
            with_gap(&example).as_str(),
            "<span class=\"gap\">＿＿</span>来，<span class=\"gap\">＿＿</span>走&lt;b&gt;。"
        );
    }
}
