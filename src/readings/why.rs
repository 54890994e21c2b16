//! Why a word is read so: the rungs that had a say, in their order.

use super::context::Model;
use super::sentences::read_telling;
use crate::annotated::AnnotatedText;
use crate::dictionary::{Dictionary, Shadow};
use crate::pinyin::Syllable;
use crate::span::Span;
use crate::tokens::Tokens;
use crate::words::Rule;

/// The answers of the rungs about one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Where it stands in the text.
    pub span: Span,
    /// Who answered, weakest first; the last one decided. All other rungs were asked and had nothing to say.
    pub answers: Vec<Answer>,
}

/// The answer of a rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The rung.
    pub rule: Rule,
    /// The reading after it; a hanzi that nobody has read yet has none.
    pub syllables: Vec<Option<Syllable>>,
    /// Whether it needs no mark.
    pub sure: bool,
    /// The line of the rung's file of rules.
    pub line: Option<u32>,
}

/// Why each word of a text is read as it is, in its order.
#[must_use]
pub fn why(text: &AnnotatedText, tokens: &Tokens, dictionary: Dictionary) -> Vec<Why> {
    let mut all: Vec<Why> = Vec::new();
    read_telling(
        Model::embedded(),
        text,
        &Shadow::of(text.text()),
        tokens,
        dictionary,
        |token, rung, verdict| {
            if all.last().is_none_or(|last| last.span != token.span) {
                all.push(Why { span: token.span, answers: Vec::new() });
            }
            let Some(last) = all.last_mut() else { return };
            last.answers.push(Answer {
                rule: rung.rule,
                syllables: verdict.each().map(|heard| heard.map(|heard| heard.syllable)).collect(),
                sure: verdict.is_sure(),
                line: verdict.line,
            });
        },
    );
    all
}
