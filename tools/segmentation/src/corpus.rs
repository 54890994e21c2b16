//! The tagged corpus, with each personal name in one piece.

use std::fs;
use std::path::Path;

/// One line: its text, its words as byte ranges with their tags, and which half it belongs to.
pub struct Line {
    pub text: String,
    pub words: Vec<Word>,
    /// Of the half that is learned from.
    pub training: bool,
}

pub struct Word {
    pub start: usize,
    pub end: usize,
    pub tag: String,
}

impl Line {
    pub fn of(&self, word: &Word) -> &str {
        &self.text[word.start..word.end]
    }

    /// Whether byte `at` is a boundary between words.
    pub fn boundary(&self, at: usize) -> bool {
        at == 0 || self.words.binary_search_by_key(&at, |w| w.end).is_ok()
    }

    /// Whether `start..end` cuts through a word and reaches beyond it: no later split or join mends that.
    pub fn crossed(&self, start: usize, end: usize) -> bool {
        let first = self.words.partition_point(|w| w.end <= start);
        let last = self.words.partition_point(|w| w.end < end);
        first != last && !(self.boundary(start) && self.boundary(end))
    }
}

/// Surname and given name are two words in the corpus (江/nr 泽民/nr); here they are one.
pub fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (number, line) in fs::read_to_string(path)?.lines().enumerate() {
        let (mut text, mut words): (String, Vec<Word>) = Default::default();
        let mut open = false;
        for item in line.split_whitespace() {
            let Some((word, tag)) = item.rsplit_once('/') else { continue };
            let word = word.trim_start_matches('[');
            let tag = tag.split(']').next().unwrap_or(tag);
            let start = text.len();
            text.push_str(word);
            match words.last_mut() {
                Some(last) if open && tag == "nr" => {
                    last.end = text.len();
                    open = false;
                }
                _ if word.is_empty() => {}
                _ => {
                    words.push(Word { start, end: text.len(), tag: tag.to_owned() });
                    open = tag == "nr" && word.chars().count() <= 2;
                }
            }
        }
        if !text.is_empty() {
            lines.push(Line { text, words, training: (number / 1000) % 2 == 1 });
        }
    }
    Ok(lines)
}
