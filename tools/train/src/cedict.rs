//! The dictionary as lines for `samples.py`: number, traditional, simplified, numbered pinyin, glosses by `/`.
//!
//! From the table that the program carries, so that the samples and the program read the same dictionary.

#![allow(clippy::print_stdout)]

use std::io::{BufWriter, Write};

use anyhow::Result;
use shengci::dictionary::Dictionary;

/// Prints every entry.
pub fn print(dictionary: Dictionary) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let entries =
        dictionary.words().flat_map(|w| w.entries().map(move |e| (w.simplified, e)).collect::<Vec<_>>());
    for (number, (simplified, entry)) in entries.enumerate() {
        let syllables: Vec<String> = entry.syllables().map(|s| s.to_string().replace('ü', "u:")).collect();
        let glosses: Vec<&str> = entry.glosses().collect();
        let (pinyin, glosses) = (syllables.join(" "), glosses.join("/"));
        writeln!(out, "{number}\t{}\t{simplified}\t{pinyin}\t{glosses}", entry.traditional)?;
    }
    Ok(())
}
