//! Compiles `src/tokens/data/split.txt`: words that may be two where they stand.

use std::collections::{BTreeSet, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use crate::rules::{lines, sentences};

/// Rust that defines `SPLITS`, in order. `listed` are the words that jieba can cut; no other is ever looked at.
pub fn compile(path: &Path, listed: &HashSet<&str>) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for line in lines("split.txt", &text) {
        let [word, pro, contra] = line.fields()[..] else { return Err(line.fault("not three fields")) };
        if !listed.contains(word) {
            return Err(line.fault("no word of the list, so the line is idle"));
        }
        sentences(&line, word, pro, contra)?;
        if pro.replace('/', "").find(word).is_none() || pro.contains(word) || !contra.contains(word) {
            return Err(
                line.fault("the first sentence needs the word with a `/` in it, the second the word whole")
            );
        }
        if !words.insert(word) {
            return Err(line.fault("the word stands here already"));
        }
    }
    Ok(format!("static SPLITS: &[&str] = &{words:?};\n").replace("&{", "&[").replace('}', "]"))
}
