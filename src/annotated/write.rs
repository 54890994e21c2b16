//! Annotated text back into a text with brackets: the inverse of `lift`.
//!
//! Why: a test can hold that nothing is lost, and a learner can take an article with its pinyin elsewhere. The
//! brackets are half-width and follow the last hanzi that they read, as most pages print them.

use super::{AnnotatedText, Annotation};
use crate::pinyin::write::joined;

/// The text with its pinyin, as the article wrote it, in half-width brackets.
#[must_use]
pub fn write(annotated: &AnnotatedText) -> String {
    let text = annotated.text();
    let readings = annotated.annotations().iter().map(|a| (a.span.end(), bracketed(a, text)));
    let doubted = annotated.doubts().iter().filter(|d| d.lifted).map(|d| (d.at, format!("({})", d.written)));
    let mut brackets: Vec<(usize, String)> = readings.chain(doubted).collect();
    brackets.sort_by_key(|&(at, _)| at);

    let mut out = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for (at, bracket) in brackets {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(&bracket);
        from = from.max(at);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn bracketed(annotation: &Annotation, text: &str) -> String {
    let written = if annotation.written.is_empty() {
        joined(annotation.span.of(text), &annotation.syllables)
    } else {
        annotation.written.clone()
    };
    format!("({written})").repeat(annotation.times.max(1) as usize)
}
