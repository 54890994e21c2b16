//! The grammar that all files of rules share: `word | conditions | a sentence for it | a sentence against it`.
//!
//! Why text: a rule about Chinese is read, doubted and mended by people who know Chinese. The two sentences are its
//! tests (`readings::rules`, `tokens::chance`), so a line without them stops the build, as does one that can't fire.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Display;

use crate::cedict::{Entry, Word};

/// A line of a file of rules, with its number there.
#[derive(Clone, Copy)]
pub struct Line<'t> {
    file: &'t str,
    pub number: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    /// The fault of this line, as the build tells it.
    pub fn fault(&self, what: impl Display) -> Box<dyn Error> {
        format!("{}, line {}: {what}: {}", self.file, self.number, self.text).into()
    }

    /// The fields between its bars.
    pub fn fields(&self) -> Vec<&'t str> {
        self.text.split(" | ").map(str::trim).collect()
    }
}

/// The lines of a file that are neither blank nor begin with `#`.
pub fn lines<'t>(file: &'t str, text: &'t str) -> impl Iterator<Item = Line<'t>> {
    (1..)
        .zip(text.lines())
        .filter(|(_, text)| !text.trim().is_empty() && !text.starts_with('#'))
        .map(move |(number, text)| Line { file, number, text })
}

/// The two sentences must be there: one with the word that the rule is about, one with some of its hanzi.
pub fn sentences(line: &Line<'_>, word: &str, pro: &str, contra: &str) -> Result<(), Box<dyn Error>> {
    if !word.chars().all(|c| pro.contains(c)) {
        return Err(line.fault("the sentence for it hasn't the word"));
    }
    if !word.chars().any(|c| contra.contains(c)) || pro == contra {
        return Err(line.fault("the sentence against it has no hanzi of the word, or is the one for it"));
    }
    Ok(())
}

/// The words of the dictionary by their simplified form.
pub struct Dictionary<'w>(HashMap<&'w str, &'w [Entry]>);

impl<'w> Dictionary<'w> {
    pub fn new(words: &'w [Word]) -> Self {
        Self(words.iter().map(|word| (word.simplified.as_str(), &word.entries[..])).collect())
    }

    /// The entries of a word; none where the dictionary hasn't got it.
    pub fn entries(&self, word: &str) -> &'w [Entry] {
        self.0.get(word).copied().unwrap_or_default()
    }
}
