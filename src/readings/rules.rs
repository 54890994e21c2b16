//! The rules of `data/`, as `build/readings.rs` compiles them, and how they are found.

use std::sync::LazyLock;

use crate::hanzi::CharSet;
use crate::pinyin::{Syllable, parse};

/// A line of `usual.txt`: the reading that a word nearly always has.
pub struct Usual {
    pub word: &'static str,
    /// Numbered, a blank between syllables.
    pub pinyin: &'static str,
    /// The commoner of two readings, so that the card is marked.
    pub divided: bool,
    pub line: u32,
}

/// A line of `beside.txt`: the reading of a word before or after others.
pub struct Beside {
    pub word: &'static str,
    pub side: Side,
    /// How the word there begins or ends; `=` before a whole word.
    pub words: &'static [&'static str],
    pub pinyin: &'static str,
    pub line: u32,
}

/// On which side of a word another stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// A line of `doubled.txt`: a hanzi that stands on both sides of another.
pub struct Doubled {
    pub hanzi: char,
    /// Whether it is asked about (弹不弹), or else done a little (晃一晃).
    pub asked: bool,
    pub pinyin: &'static str,
    pub line: u32,
}

include!(concat!(env!("OUT_DIR"), "/readings.rs"));

/// How the words begin of which any line of `usual.txt` or `beside.txt` knows: most words are none of them.
static KNOWN: LazyLock<CharSet> = LazyLock::new(|| {
    let words = USUAL.iter().map(|rule| rule.word).chain(BESIDE.iter().map(|rule| rule.word));
    CharSet::new(words.filter_map(|word| word.chars().next()))
});

/// The line of `usual.txt` for a word.
pub fn usual(word: &str) -> Option<&'static Usual> {
    if !KNOWN.begins(word) {
        return None;
    }
    USUAL.binary_search_by(|rule| rule.word.cmp(word)).ok().map(|at| &USUAL[at])
}

/// The first line of `beside.txt` for a word that holds between its neighbours; `before` and `after` touch it.
pub fn beside(word: &str, before: Option<&str>, after: Option<&str>) -> Option<&'static Beside> {
    if !KNOWN.begins(word) {
        return None;
    }
    let from = BESIDE.partition_point(|rule| rule.word < word);
    BESIDE[from..].iter().take_while(|rule| rule.word == word).find(|rule| {
        let text = match rule.side {
            Side::Before => before,
            Side::After => after,
        };
        text.is_some_and(|text| {
            rule.words.iter().any(|word| match (word.strip_prefix('='), rule.side) {
                (Some(whole), _) => text == whole,
                (None, Side::Before) => text.ends_with(word),
                (None, Side::After) => text.starts_with(word),
            })
        })
    })
}

/// How a hanzi is read on both sides of 不 where it is asked about, or of 一.
pub fn doubled(hanzi: char, asked: bool) -> Option<&'static Doubled> {
    DOUBLED.iter().find(|rule| rule.hanzi == hanzi && rule.asked == asked)
}

/// The syllables of a rule.
pub fn syllables(pinyin: &str) -> Option<Vec<Syllable>> {
    pinyin.split(' ').map(parse::syllable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::write;
    use crate::pipeline::{Explained, Reader};

    /// The lines of a file with their numbers, in fields.
    fn lines(text: &'static str) -> impl Iterator<Item = (u32, Vec<&'static str>)> {
        let rules = |line: &&str| !line.is_empty() && !line.starts_with('#');
        let lines = (1..).zip(text.lines());
        lines.filter(move |(_, line)| rules(line)).map(|(n, line)| (n, line.split(" | ").collect()))
    }

    /// The readings in a text of the words that a line of a file decided.
    fn decided(reader: &Reader, rule: &str, line: u32, text: &str) -> Vec<String> {
        let Explained { whys, .. } = reader.explain(text);
        let answers = whys.iter().filter_map(|why| why.answers.last());
        let by_line = answers.filter(|answer| answer.rule.as_str() == rule && answer.line == Some(line));
        by_line
            .map(|answer| {
                let syllables: Vec<Syllable> = answer.syllables.iter().copied().flatten().collect();
                write::numbered(&syllables)
            })
            .collect()
    }

    #[test]
    fn every_line_reads_the_sentence_for_it_and_not_the_one_against_it() {
        let reader = Reader::new();
        let mut faults = Vec::new();
        for (rule, text) in [
            ("usual", include_str!("data/usual.txt")),
            ("beside", include_str!("data/beside.txt")),
            ("doubled", include_str!("data/doubled.txt")),
        ] {
            for (line, fields) in lines(text) {
                let [first, .., pro, contra] = fields[..] else { panic!("{rule}.txt, line {line}") };
                let (_, pinyin) = first.split_once(' ').expect("a reading");
                let pinyin = pinyin.trim_end_matches([' ', '?', '!']);
                let read = decided(&reader, rule, line, pro);
                if !read.iter().any(|read| read == pinyin || rule == "doubled" && read.starts_with(pinyin)) {
                    faults.push(format!("{rule}.txt, line {line}: not read by it: {pro} {read:?}"));
                }
                if !decided(&reader, rule, line, contra).is_empty() {
                    faults.push(format!("{rule}.txt, line {line}: read by it: {contra}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
