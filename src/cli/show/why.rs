//! `show --why`: the rules that cut and read a sentence.

use std::io::Write;

use crate::cli::{Context, Failure};
use crate::library::show::{CutBy, RungRow, why};

/// Shows why a sentence is cut and read as it is.
pub fn show(sentence: &str, context: &mut Context) -> Result<(), Failure> {
    let explained = why(sentence);
    if context.json {
        return context.json_line(&explained);
    }
    let out = &mut context.out;
    for CutBy { pass, line, before, after } in &explained.cuts {
        let rule =
            line.map_or_else(|| (*pass).to_owned(), |line| format!("{pass} (chance.txt, line {line})"));
        if before.is_empty() {
            writeln!(out, "{rule}: {}", after.join("|"))?;
        } else {
            writeln!(out, "{rule}: {} → {}", before.join("|"), after.join("|"))?;
        }
    }
    for word in &explained.words {
        writeln!(out, "\n{}", word.text)?;
        for RungRow { rule, line, pinyin, sure } in &word.rungs {
            let from = line.map_or_else(String::new, |line| format!(", {rule}.txt, line {line}"));
            let mark = if *sure { "" } else { " ?" };
            writeln!(out, "  {pinyin}{mark}  {rule}{from}")?;
        }
    }
    Ok(())
}
