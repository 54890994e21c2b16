//! A line as it was given, beside the same line in its usual form, which is what is read.
//!
//! Why: who pipes a text through `read` wants the tokens of that text, and finds none of `Ｔ恤` in tokens of `T恤`.

use std::borrow::Cow;
use std::ops::Range;

use crate::annotated::Run;
use crate::span::Span;
use crate::text::Usual;

/// A text without its pinyin, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    text: String,
    /// Where each character of the text that is read begins in it, and where the last one ends.
    places: Vec<usize>,
}

impl Given {
    /// The given text behind the text `read`, which is `usual` without its `runs`; nothing where both are the same.
    pub fn new(given: &str, usual: &Usual<'_>, read: &str, runs: &[Run]) -> Option<Self> {
        if matches!(usual.text, Cow::Borrowed(_)) {
            return None;
        }
        let (mut text, mut places) = (String::new(), Vec::with_capacity(read.len() + 1));
        let ends = runs.iter().skip(1).map(|run| run.at).chain([read.len()]);
        for (run, end) in runs.iter().zip(ends) {
            let begin = text.len();
            match run.from {
                None => {
                    places.extend(begin..begin + (end - run.at));
                    text.push_str(&read[run.at..end]);
                }
                Some(from) => {
                    let first = usual.place(from);
                    places.extend((0..end - run.at).map(|at| begin + usual.place(from + at) - first));
                    text.push_str(&given[first..usual.place(from + end - run.at)]);
                }
            }
        }
        places.push(text.len());
        Some(Self { text, places })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the text that is read stands in it.
    pub fn place(&self, span: Span) -> Range<usize> {
        let place = |at: usize| self.places.get(at).copied().unwrap_or(self.text.len());
        place(span.start())..place(span.end())
    }
}
