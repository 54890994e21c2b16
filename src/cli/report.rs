//! The rows that `--json` prints. They are a promise: a field is never renamed or dropped.

use serde::Serialize;

use crate::pipeline::Line;

/// A line of text, read: a row of `read --json`.
#[derive(Debug, Serialize)]
pub struct LineRow<'a> {
    text: &'a str,
    tokens: Vec<TokenRow<'a>>,
}

/// A token of a line. `pinyin`, `evidence` and `sure` are null where it has no hanzi.
#[derive(Debug, Serialize)]
pub struct TokenRow<'a> {
    text: &'a str,
    pinyin: Option<String>,
    kind: &'static str,
    evidence: Option<&'static str>,
    sure: Option<bool>,
}

impl<'a> LineRow<'a> {
    /// The row of a line.
    #[must_use]
    pub fn new(line: &'a Line) -> Self {
        let text = line.annotated.text();
        let mut occurrences = line.occurrences.iter().peekable();
        let tokens = line
            .tokens
            .iter()
            .map(|token| {
                let form = token.span.of(text);
                let occurrence = occurrences.next_if(|o| o.span == token.span);
                TokenRow {
                    text: form,
                    pinyin: occurrence.map(|o| o.key.pinyin(o.kind)),
                    kind: token.kind.as_str(),
                    evidence: occurrence.map(|o| o.evidence.as_str()),
                    sure: occurrence.map(|o| o.sure),
                }
            })
            .collect();
        Self { text, tokens }
    }
}
