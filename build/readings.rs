//! Compiles the rules of `src/readings/data/`: usage, the words beside, and hanzi that stand on both sides of 不.
//!
//! A line whose reading the dictionary hasn't, or which chooses where there is one reading only, stops the build.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{collections::HashSet, fs};

use crate::cedict::syllables;
use crate::rules::{Dictionary, Line, lines, sentences};

/// Rust that defines `USUAL`, `BESIDE` and `DOUBLED`.
pub fn compile(data: &Path, dictionary: &Dictionary<'_>) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    let read = |file: &str| fs::read_to_string(data.join(file));
    usual(&read("usual.txt")?, dictionary, &mut code)?;
    beside(&read("beside.txt")?, dictionary, &mut code)?;
    doubled(&read("doubled.txt")?, dictionary, &mut code)?;
    Ok(code)
}

/// The first field of a line: the word, its reading, and the sign after it.
fn head<'t>(line: &Line<'t>, field: &'t str) -> Result<(&'t str, &'t str, char), Box<dyn Error>> {
    let (word, rest) = field.split_once(' ').ok_or_else(|| line.fault("no reading"))?;
    let pinyin = rest.trim_end_matches([' ', '?', '!']);
    if syllables(word, pinyin).is_none() {
        return Err(line.fault("no pinyin for each hanzi"));
    }
    Ok((word, pinyin, rest[pinyin.len()..].trim().chars().next().unwrap_or(' ')))
}

/// `among`: the dictionary must have other readings of the word too.
fn is_listed(
    line: &Line<'_>,
    dictionary: &Dictionary<'_>,
    word: &str,
    pinyin: &str,
    among: bool,
) -> Result<(), Box<dyn Error>> {
    let entries = dictionary.entries(word);
    let Some(read) = syllables(word, pinyin) else { return Err(line.fault("no pinyin")) };
    if !entries.iter().any(|entry| entry.syllables == read) {
        return Err(line.fault("the dictionary has no such reading"));
    }
    // Of a hanzi the sentence knows readings that no entry has as a word.
    if among && word.chars().nth(1).is_some() && entries.iter().all(|entry| entry.syllables == read) {
        return Err(line.fault("the dictionary has no other reading, so the line is idle"));
    }
    Ok(())
}

fn usual(text: &str, dictionary: &Dictionary<'_>, code: &mut String) -> Result<(), Box<dyn Error>> {
    let mut rules: Vec<(&str, &str, bool, usize)> = Vec::new();
    for line in lines("usual.txt", text) {
        let [first, pro, contra] = line.fields()[..] else { return Err(line.fault("not three fields")) };
        let (word, pinyin, sign) = head(&line, first)?;
        if !dictionary.entries(word).is_empty() {
            is_listed(&line, dictionary, word, pinyin, true)?;
        }
        sentences(&line, word, pro, contra)?;
        if rules.iter().any(|(other, ..)| *other == word) {
            return Err(line.fault("the word stands here already"));
        }
        rules.push((word, pinyin, sign == '?', line.number));
    }
    rules.sort_unstable();
    writeln!(code, "pub(super) static USUAL: &[Usual] = &[")?;
    for (word, pinyin, divided, line) in rules {
        writeln!(code, "Usual {{ word: {word:?}, pinyin: {pinyin:?}, divided: {divided}, line: {line} }},")?;
    }
    writeln!(code, "];")?;
    Ok(())
}

fn beside(text: &str, dictionary: &Dictionary<'_>, code: &mut String) -> Result<(), Box<dyn Error>> {
    let mut rules = Vec::new();
    let mut seen = HashSet::new();
    for line in lines("beside.txt", text) {
        let [first, beside, pro, contra] = line.fields()[..] else {
            return Err(line.fault("not four fields"));
        };
        let (word, pinyin, sign) = head(&line, first)?;
        if sign != '!' {
            is_listed(&line, dictionary, word, pinyin, false)?;
        }
        sentences(&line, word, pro, contra)?;
        let (side, words) = beside.split_once(' ').ok_or_else(|| line.fault("no words beside"))?;
        let side = match side {
            "<" => "Before",
            ">" => "After",
            _ => return Err(line.fault("neither `<` nor `>`")),
        };
        let words: Vec<&str> = words.split(' ').collect();
        if let Some(twice) = words.iter().find(|other| !seen.insert((word, side, **other))) {
            return Err(line.fault(format!("{twice} stands on that side already")));
        }
        rules.push((word, line.number, side, words, pinyin));
    }
    rules.sort_unstable();
    writeln!(code, "pub(super) static BESIDE: &[Beside] = &[")?;
    for (word, line, side, words, pinyin) in rules {
        writeln!(
            code,
            "Beside {{ word: {word:?}, side: Side::{side}, words: &{words:?}, pinyin: {pinyin:?}, line: {line} }},"
        )?;
    }
    writeln!(code, "];")?;
    Ok(())
}

fn doubled(text: &str, dictionary: &Dictionary<'_>, code: &mut String) -> Result<(), Box<dyn Error>> {
    let mut rules: Vec<(char, bool, &str, usize)> = Vec::new();
    for line in lines("doubled.txt", text) {
        let [first, between, pro, contra] = line.fields()[..] else {
            return Err(line.fault("not four fields"));
        };
        let (hanzi, pinyin, _) = head(&line, first)?;
        is_listed(&line, dictionary, hanzi, pinyin, true)?;
        sentences(&line, hanzi, pro, contra)?;
        let asked = match between {
            "不" => true,
            "一" => false,
            _ => return Err(line.fault("between them is 不 or 一")),
        };
        if !dictionary.entries(&[hanzi, between, hanzi].concat()).is_empty() {
            return Err(line.fault("the dictionary has the whole form, so the line is idle"));
        }
        let mut chars = hanzi.chars();
        let (Some(hanzi), None) = (chars.next(), chars.next()) else {
            return Err(line.fault("not one hanzi"));
        };
        if rules.iter().any(|(c, a, ..)| (*c, *a) == (hanzi, asked)) {
            return Err(line.fault("the hanzi stands here already"));
        }
        rules.push((hanzi, asked, pinyin, line.number));
    }
    rules.sort_unstable();
    writeln!(code, "pub(super) static DOUBLED: &[Doubled] = &[")?;
    for (hanzi, asked, pinyin, line) in rules {
        writeln!(code, "Doubled {{ hanzi: {hanzi:?}, asked: {asked}, pinyin: {pinyin:?}, line: {line} }},")?;
    }
    writeln!(code, "];")?;
    Ok(())
}
