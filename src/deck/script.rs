//! A note's sentence in traditional hanzi: the form of its word there, and the sentence as rules know it.

use std::borrow::Cow;

use crate::dictionary::shadow::Scripts;
use crate::dictionary::{Script, Shadow};
use crate::words::Example;

/// How the word is written in traditional hanzi, where its sentence tells: it has another form there, or the sentence is
/// traditional and has the word as it is in simplified text.
pub fn form<'e>(headword: &str, example: Option<&'e Example>) -> Option<&'e str> {
    let example = example?;
    let form = example.form()?;
    let other = form != headword && Shadow::within(form, Some(Script::Traditional)).simple() == headword;
    let told = other || Scripts::of(&example.sentence).script() == Some(Script::Traditional);
    told.then_some(form)
}

/// The sentence in simplified hanzi, all places in it being the same.
pub fn simple(example: &Example) -> Cow<'_, Example> {
    match Shadow::of(&example.sentence).into_simple() {
        Cow::Borrowed(_) => Cow::Borrowed(example),
        Cow::Owned(sentence) => Cow::Owned(Example { sentence: sentence.into(), ..example.clone() }),
    }
}
