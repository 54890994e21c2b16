//! The clause round a word, where its sentence is too long for a card.
//!
//! A sentence of sixty hanzi is read once and never again. It is cut at commas and stops: the clause of the word, with those
//! beside it until it reads well, and never through a quotation or a bracket.

use std::ops::Range;

use super::sentence::{BEST, COMFORTABLE, part};
use crate::hanzi;
use crate::text::{closing, is_closing};
use crate::words::Example;

/// The clauses round the first place of a sentence that is too long; nothing of any other, or where no whole clause is short
/// enough.
pub fn around(example: &Example) -> Option<Example> {
    let (sentence, place) = (&*example.sentence, example.places.first()?);
    if hanzi::count(sentence) <= *COMFORTABLE.end() {
        return None;
    }
    let clauses = clauses(sentence);
    let at = clauses.iter().position(|clause| place.start() < clause.end)?;
    let (mut first, mut last) = (at, at);
    let range = |first: usize, last: usize| clauses[first].start..clauses[last].end;
    let fits = |first: usize, last: usize| hanzi::count(&sentence[range(first, last)]) <= *COMFORTABLE.end();
    loop {
        let here = &sentence[range(first, last)];
        if hanzi::count(here) >= BEST && is_balanced(here) {
            break;
        }
        // The clause behind a word tells more of it than the one before.
        if last + 1 < clauses.len() && fits(first, last + 1) {
            last += 1;
        } else if first > 0 && fits(first - 1, last) {
            first -= 1;
        } else {
            break;
        }
    }
    let range = range(first, last);
    let shown = sentence[range.clone()].trim_end_matches(['，', ',', '；', ';', '：', ':', '、', ' ']);
    let is_good = fits(first, last) && hanzi::count(shown) >= *COMFORTABLE.start() && is_balanced(shown);
    let range = range.start..range.start + shown.len();
    let holds = place.start() >= range.start && place.end() <= range.end;
    (is_good && holds).then(|| part(example, range)).flatten()
}

/// The clauses of a sentence, each with the sign that ends it; a comma between digits ends none.
fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let (mut start, mut before) = (0, ' ');
    let mut signs = sentence.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let next = signs.peek().map_or(' ', |&(_, c)| c);
        let ends = match c {
            '，' | '。' | '；' | '！' | '？' | ';' | '!' | '?' => true,
            ',' => !(before.is_ascii_digit() && next.is_ascii_digit()),
            _ => false,
        };
        // A sign that closes belongs to what it closes.
        if ends && !is_closing(next) {
            let end = at + c.len_utf8();
            clauses.push(start..end);
            start = end;
        }
        before = c;
    }
    if start < sentence.len() {
        clauses.push(start..sentence.len());
    }
    clauses
}

/// Whether each sign that opens is closed.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        if let Some(close) = closing(c) {
            open.push(close);
        } else if is_closing(c) && open.pop() != Some(c) {
            return false;
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::testing::example;
    use crate::span::Span;

    const LONG: &str = "去年夏天，一位老工程师在海边的小城里租了一间房，他每天早晨沿着沙滩走到灯塔，“我喜欢这里的风，也喜欢这里的人”，\
他笑着说，然后回到屋里写他的书，一直写到深夜。";

    fn of(sentence: &str, word: &str) -> Example {
        let at = sentence.find(word).expect("the word");
        let place = Span::new(sentence, at..at + word.len()).expect("a span");
        Example {
            sentence: sentence.into(),
            places: vec![place],
            words: [].into(),
            ..example("他/ta1 。", "他")
        }
    }

    fn shown(word: &str) -> Option<String> {
        around(&of(LONG, word)).map(|example| example.sentence.to_string())
    }

    #[test]
    fn a_long_sentence_is_shown_by_its_clauses() {
        assert_eq!(shown("工程师").as_deref(), Some("一位老工程师在海边的小城里租了一间房"));
        assert_eq!(shown("深夜").as_deref(), Some("他笑着说，然后回到屋里写他的书，一直写到深夜。"));
        let quoted = shown("风").expect("a clause");
        assert!(quoted.contains("“我喜欢这里的风，也喜欢这里的人”"), "{quoted}");
    }

    #[test]
    fn a_sentence_that_reads_well_stays_whole() {
        assert_eq!(around(&of("他每天早晨沿着沙滩走到灯塔。", "灯塔")), None);
        assert!(!is_balanced("［他说") && is_balanced("［他说］"), "square brackets are brackets, too");
        let endless = "他".repeat(60);
        assert_eq!(around(&of(&endless, "他")), None);
    }
}
