//! `show --why`: the rules that cut and read a sentence.

use std::io::Write;

use serde::Serialize;

use crate::cli::{Context, Failure};
use crate::pinyin::write;
use crate::pipeline::{Explained, Reader};
use crate::readings::{Answer, Why};
use crate::tokens::Step;

/// The work of one pass of the segmenter, or jieba's own cut.
#[derive(Serialize)]
struct StepRow<'s> {
    pass: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    before: Vec<&'s str>,
    after: Vec<&'s str>,
}

/// A word with the rungs that had a say, weakest first.
#[derive(Serialize)]
struct WordRow<'s> {
    text: &'s str,
    rungs: Vec<RungRow>,
}

#[derive(Serialize)]
struct RungRow {
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    pinyin: String,
    sure: bool,
}

#[derive(Serialize)]
struct ExplainedRow<'s> {
    text: &'s str,
    cuts: Vec<StepRow<'s>>,
    words: Vec<WordRow<'s>>,
}

/// Shows why a sentence is cut and read as it is.
pub fn show(sentence: &str, context: &mut Context) -> Result<(), Failure> {
    let Explained { line, steps, whys } = Reader::new().explain(sentence);
    let text = line.annotated.text();
    let rows = ExplainedRow {
        text,
        cuts: steps.iter().map(|step| StepRow::new(step, text)).collect(),
        words: whys.iter().map(|why| WordRow::new(why, text)).collect(),
    };
    if context.json {
        context.json_line(&rows)?;
        return Ok(());
    }
    let out = &mut context.out;
    for StepRow { pass, line, before, after } in &rows.cuts {
        let rule =
            line.map_or_else(|| (*pass).to_owned(), |line| format!("{pass} (chance.txt, line {line})"));
        if before.is_empty() {
            writeln!(out, "{rule}: {}", after.join("|"))?;
        } else {
            writeln!(out, "{rule}: {} → {}", before.join("|"), after.join("|"))?;
        }
    }
    for word in &rows.words {
        writeln!(out, "\n{}", word.text)?;
        for RungRow { rule, line, pinyin, sure } in &word.rungs {
            let from = line.map_or_else(String::new, |line| format!(", {rule}.txt, line {line}"));
            let mark = if *sure { "" } else { " ?" };
            writeln!(out, "  {pinyin}{mark}  {rule}{from}")?;
        }
    }
    Ok(())
}

impl<'s> StepRow<'s> {
    fn new(step: &'s Step, text: &'s str) -> Self {
        let of =
            |pieces: &[crate::tokens::pieces::Piece]| pieces.iter().map(|piece| piece.of(text)).collect();
        Self { pass: step.pass, line: step.line, before: of(&step.before), after: of(&step.after) }
    }
}

impl<'s> WordRow<'s> {
    fn new(why: &Why, text: &'s str) -> Self {
        Self { text: why.span.of(text), rungs: why.answers.iter().map(RungRow::new).collect() }
    }
}

impl RungRow {
    fn new(answer: &Answer) -> Self {
        let written = |syllable: &Option<_>| syllable.map_or("…", write::marked);
        let pinyin: Vec<&str> = answer.syllables.iter().map(written).collect();
        Self { rule: answer.rule.as_str(), line: answer.line, pinyin: pinyin.join(" "), sure: answer.sure }
    }
}
