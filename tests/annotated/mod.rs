//! Alignment from outside: cases in every style, the user's article held against a list read by hand, and laws
//! that hold for any text.

// Clocks, files and notes of what was skipped are a test's business.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod cases;
mod laws;
mod sample;

use shengci::annotated::{AnnotatedText, Annotation};
use shengci::hanzi::is_hanzi;
use shengci::pinyin::write;

/// The hanzi that an annotation covers, without digits and letters among them.
fn hanzi(text: &AnnotatedText, annotation: &Annotation) -> String {
    annotation.span.of(text.text()).chars().filter(|&c| is_hanzi(c)).collect()
}

/// `公司 gōng sī`, as the article has it.
fn pair(text: &AnnotatedText, annotation: &Annotation) -> String {
    format!("{} {}", annotation.span.of(text.text()), write::spaced(&annotation.syllables))
}
