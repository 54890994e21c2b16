//! Alignment from outside: cases in every style, an article held against a list read by hand, and laws that hold for
//! any text.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // files are a test's business

mod cases;
mod laws;
mod layouts;
pub mod sample;
mod spoken;

use shengci::annotated::{AnnotatedText, Annotation};
use shengci::pinyin::write;

/// `公司 gōng sī`, as the article has it.
fn pair(text: &AnnotatedText, annotation: &Annotation) -> String {
    format!("{} {}", annotation.span.of(text.text()), write::spaced(&annotation.syllables))
}
