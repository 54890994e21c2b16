//! Compiles lists of hanzi and of words into statics: `src/hanzi/classes.txt`, and those that one room has for itself.
//!
//! ```text
//! # The hanzi that numbers are written with.
//! [NUMERALS: hanzi]
//! 〇零一二三四五六七八九十百千万亿
//! ```
//!
//! The lines that begin with `#` just above a name are its documentation. A list of `hanzi` becomes a `HanziList`, one
//! of `words` a `&[&str]`, `words readings` pairs (盖 ge3).

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Rust that defines a static for each list of the file.
pub fn compile(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut code = String::new();
    let (mut names, mut docs) = (HashSet::new(), Vec::new());
    let mut lines = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = lines.next() {
        let fault = |what: &str| format!("{}, line {number}: {what}: {line}", path.display());
        if let Some(doc) = line.strip_prefix('#') {
            docs.push(doc.trim());
            continue;
        }
        if line.trim().is_empty() {
            docs.clear();
            continue;
        }
        let head = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        let (name, form) =
            head.and_then(|head| head.split_once(": ")).ok_or_else(|| fault("no `[NAME: form]`"))?;
        if docs.is_empty() || !names.insert(name) {
            return Err(fault("a list without a word about it, or a second one of its name").into());
        }
        let mut body = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.trim().is_empty()) {
            body.push_str(line);
            body.push(' ');
        }
        let words: Vec<&str> = body.split_whitespace().collect();
        for doc in docs.drain(..) {
            writeln!(code, "/// {doc}")?;
        }
        let unlike = |members: &[String]| {
            let mut seen = HashSet::new();
            members.iter().find(|member| !seen.insert((*member).clone())).cloned()
        };
        let (declared, members) = match form {
            "hanzi" => (
                format!("crate::hanzi::HanziList = crate::hanzi::HanziList::new({:?})", words.concat()),
                words.concat().chars().map(String::from).collect::<Vec<_>>(),
            ),
            "words" => (
                format!("crate::hanzi::ListedWords = crate::hanzi::ListedWords::new(&{words:?})"),
                words.iter().map(|&word| word.to_owned()).collect(),
            ),
            "readings" if words.len() % 2 == 1 => return Err(fault("a hanzi without its reading").into()),
            "readings" => {
                let pairs: Vec<(&str, &str)> = words.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                (
                    format!("&[(&str, &str)] = &{pairs:?}"),
                    pairs.iter().map(|pair| format!("{pair:?}")).collect(),
                )
            }
            _ => return Err(fault("a form that is none of hanzi, words, readings").into()),
        };
        if members.is_empty() {
            return Err(fault("a list of nothing").into());
        }
        if let Some(twice) = unlike(&members) {
            return Err(fault(&format!("{twice} stands in it twice")).into());
        }
        writeln!(code, "pub static {name}: {declared};")?;
    }
    Ok(code)
}
