//! Compiles `src/deck/data/leads.txt`: which sense of a word its sentence calls for.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::rules::{Dictionary, lines, sentences};

/// Rust that defines `LEADS`.
pub fn compile(path: &Path, dictionary: &Dictionary<'_>) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("pub(super) static LEADS: &[Lead] = &[\n");
    for line in lines("leads.txt", &fs::read_to_string(path)?) {
        let [word, condition, gloss, pro, contra] = line.fields()[..] else {
            return Err(line.fault("not five fields"));
        };
        let general = matches!(word, "noun" | "verb");
        let gloss = if general { gloss.trim_start_matches('-') } else { gloss };
        let entries = dictionary.entries(word);
        let has = entries.iter().any(|entry| entry.glosses.iter().any(|other| other.contains(gloss)));
        if !general && (gloss.is_empty() || !has) {
            return Err(line.fault("no gloss of the word has this"));
        }
        if !general {
            sentences(&line, word, pro, contra)?;
        }
        let (side, texts) = condition.split_once(' ').ok_or_else(|| line.fault("no text beside it"))?;
        let side = match side {
            "<" => "Before",
            ">" => "After",
            "~" => "Anywhere",
            _ => return Err(line.fault("neither `<` nor `>` nor `~`")),
        };
        let texts: Vec<&str> = texts.split_whitespace().collect();
        writeln!(
            code,
            "Lead {{ word: {word:?}, side: Side::{side}, texts: &{texts:?}, gloss: {gloss:?}, line: {} }},",
            line.number
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}
