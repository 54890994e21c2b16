//! A sentence with the rules that cut and read it: `show --why`, and its `--json`.

use serde::Serialize;

use crate::pinyin::write;
use crate::pipeline::{Explained, Reader};
use crate::tokens::pieces::Piece;

/// The rules that cut a sentence, in their order, and those that read its words.
#[derive(Debug, Serialize)]
pub struct ExplainedRow {
    /// The sentence.
    pub text: String,
    /// The changes by each pass of the segmenter.
    pub cuts: Vec<CutBy>,
    /// Its words.
    pub words: Vec<ReadBy>,
}

/// The work of one pass of the segmenter, or jieba's own cut.
#[derive(Debug, Serialize)]
pub struct CutBy {
    /// The pass.
    pub pass: &'static str,
    /// The line of its file of rules, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The pieces before; none for jieba, which comes first.
    pub before: Vec<String>,
    /// The pieces after.
    pub after: Vec<String>,
}

/// A word with the rungs that had a say, weakest first.
#[derive(Debug, Serialize)]
pub struct ReadBy {
    /// The word.
    pub text: String,
    /// The rungs; the last one decided.
    pub rungs: Vec<RungRow>,
}

/// The answer of a rung.
#[derive(Debug, Serialize)]
pub struct RungRow {
    /// The rule.
    pub rule: &'static str,
    /// The line of its file, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The reading after it, `…` for a hanzi that no rung has read yet.
    pub pinyin: String,
    /// Whether it needs no mark.
    pub sure: bool,
}

/// Why a sentence is cut and read as it is.
#[must_use]
pub fn why(sentence: &str) -> ExplainedRow {
    let Explained { line, steps, whys } = Reader::new().explain(sentence);
    let text = line.annotated.text();
    let of = |pieces: &[Piece]| pieces.iter().map(|piece| piece.of(text).to_owned()).collect();
    let cuts = steps.iter().map(|step| CutBy {
        pass: step.pass,
        line: step.line,
        before: of(&step.before),
        after: of(&step.after),
    });
    let words = whys.iter().map(|why| {
        let rungs = why.answers.iter().map(|answer| {
            let written = |syllable: &Option<_>| syllable.map_or("…", write::marked);
            let pinyin: Vec<&str> = answer.syllables.iter().map(written).collect();
            let (rule, line) = (answer.rule.as_str(), answer.line);
            RungRow { rule, line, pinyin: pinyin.join(" "), sure: answer.sure }
        });
        ReadBy { text: why.span.of(text).to_owned(), rungs: rungs.collect() }
    });
    ExplainedRow { cuts: cuts.collect(), words: words.collect(), text: text.to_owned() }
}
