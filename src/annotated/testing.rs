//! How the tests of each layout see a lifted text.

use super::{Annotation, Doubt, lift};
use crate::dictionary::Dictionary;
use crate::pinyin::write;

/// The clean text, and its annotations and then its doubts: `银 yín; Misfit háng`.
pub fn lifted(text: &str) -> (String, String) {
    let lifted = lift(text, Dictionary::embedded());
    let pair = |a: &Annotation| format!("{} {}", a.span.of(lifted.text()), write::spaced(&a.syllables));
    let doubt = |d: &Doubt| format!("{:?} {}", d.why, d.written);
    let all = lifted.annotations().iter().map(pair).chain(lifted.doubts().iter().map(doubt));
    let all = all.collect::<Vec<_>>().join("; ");
    (lifted.text().to_owned(), all)
}
