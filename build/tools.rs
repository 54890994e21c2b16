//! Compiles `src/document/data/tools.txt`: what sites print at the head and the foot of an article.

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Rust that defines the rules as `(how, phrase, a line that it cuts, a line that it leaves)`.
pub fn compile(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut code = String::from("pub const TOOLS: &[(How, &str, &str, &str)] = &[\n");
    let mut seen = HashSet::new();
    for (number, line) in
        (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let fault = |what: &str| format!("{}, line {number}: {what}: {line}", path.display());
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [how, phrase, cuts, leaves] = fields[..] else {
            return Err(fault("not `how | phrase | a line that it cuts | a line that it leaves`").into());
        };
        let how = match how {
            "is" => "Is",
            "begins" => "Begins",
            "ends" => "Ends",
            "holds" => "Holds",
            _ => return Err(fault("a how that is none of is, begins, ends, holds").into()),
        };
        if phrase.is_empty() || cuts.is_empty() || leaves.is_empty() || !seen.insert((how, phrase)) {
            return Err(fault("an empty field, or a rule that stands there twice").into());
        }
        writeln!(code, "    (How::{how}, {phrase:?}, {cuts:?}, {leaves:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}
