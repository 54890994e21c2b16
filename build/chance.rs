//! Compiles `src/tokens/data/chance.txt`: words that chance makes of neighbours.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::rules::{Line, lines, sentences};

/// Rust that defines `RULES`. `listed` are the words that jieba can cut; no other is ever looked at.
pub fn compile(path: &Path, listed: &HashSet<&str>) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut rules: Vec<(&str, String)> = Vec::new();
    for line in lines("chance.txt", &text) {
        let fields = line.fields();
        let (first, conditions, pro, contra, takes) = match fields[..] {
            [first, conditions, pro, contra] => (first, conditions, pro, contra, ""),
            [first, conditions, pro, contra, takes] => (first, conditions, pro, contra, takes),
            _ => return Err(line.fault("not four fields, or five")),
        };
        let takes = match takes.strip_prefix("+ ") {
            Some(hanzi) => hanzi,
            None if takes.is_empty() => "",
            None => return Err(line.fault("no `+ ` before the hanzi that the second word takes")),
        };
        let (word, names) = first.strip_prefix('^').map_or((first, false), |word| (word, true));
        if !listed.contains(word) {
            return Err(line.fault("no word of the list, so the line is idle"));
        }
        if rules.iter().any(|(other, _)| *other == word) {
            return Err(line.fault("the word stands here already"));
        }
        sentences(&line, word, pro, contra)?;
        let mut hanzi = word.char_indices().map(|(at, _)| at);
        let Some(cut) = hanzi.nth(1) else { return Err(line.fault("a word of one hanzi has no boundary")) };
        if !pro.contains(&format!("{}/{}", &word[..cut], &word[cut..])) {
            return Err(line.fault("the sentence for it has no `/` after the first hanzi of the word"));
        }
        if !contra.contains(word) {
            return Err(line.fault("the sentence against it hasn't the word"));
        }
        let any = conditions.split(';').map(|all| all_of(&line, all)).collect::<Result<Vec<_>, _>>()?;
        rules.push((
            word,
            format!(
                "Rule {{ word: {word:?}, names: {names}, any: &[{}], takes: {takes:?}, line: {} }},",
                any.join(", "),
                line.number
            ),
        ));
    }
    rules.sort_unstable();
    let mut code = String::from("pub(super) static RULES: &[Rule] = &[\n");
    for (_, rule) in rules {
        writeln!(code, "{rule}")?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn all_of(line: &Line<'_>, all: &str) -> Result<String, Box<dyn Error>> {
    let conditions = all.split(',').map(|one| condition(line, one.trim())).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("&[{}]", conditions.join(", ")))
}

fn condition(line: &Line<'_>, text: &str) -> Result<String, Box<dyn Error>> {
    let (text, holds) = text.strip_prefix("not ").map_or((text, true), |text| (text, false));
    let mut parts = text.split(' ');
    let name = parts.next().unwrap_or_default();
    let mut words: Vec<&str> = parts.collect();
    let what = match name {
        "always" => "Always".to_owned(),
        "ends" => "Ends".to_owned(),
        "begins" => "Begins".to_owned(),
        "first" => "First".to_owned(),
        "counts" => "Counts".to_owned(),
        "counted" => "Counted".to_owned(),
        "named" => "Named".to_owned(),
        "before" => format!("Before(&{words:?})"),
        "after" => format!("After(&{words:?})"),
        "second" => format!("Second(&{words:?})"),
        "earlier" => format!("Earlier(&{words:?})"),
        "within" => {
            let many: usize =
                words.first().and_then(|n| n.parse().ok()).ok_or_else(|| line.fault("within how many?"))?;
            words.remove(0);
            format!("Within({many}, &{words:?})")
        }
        _ => return Err(line.fault(format!("“{name}” is no condition"))),
    };
    if what.contains('(') == words.is_empty() {
        return Err(line.fault(format!("“{name}” with words, or without")));
    }
    Ok(format!("({holds}, Where::{what})"))
}
