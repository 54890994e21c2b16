//! What the dictionary has of a word that the library has not met.

use std::io::Write;

use serde::Serialize;

use crate::cli::report::LevelsRow;
use crate::cli::{Context, Failure};
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::pinyin::write;

/// A reading of it. The fields are called as those of a word of the library.
#[derive(Debug, Serialize)]
struct Entry {
    simplified: String,
    traditional: String,
    pinyin: String,
    glosses: Vec<String>,
    hsk: LevelsRow,
    count: u32,
    articles: u32,
    #[serde(skip)]
    ours: bool,
}

/// Shows it; false where the dictionary doesn't have it either.
///
/// # Errors
/// When stdout can't be written.
pub fn show(form: &str, context: &mut Context) -> Result<bool, Failure> {
    let Some(word) = Dictionary::embedded().find_any(form) else { return Ok(false) };
    let mut entries = Vec::new();
    for syllables in word.readings() {
        let Some(meaning) = Meaning::of(&word, &syllables) else { continue };
        entries.push(Entry {
            simplified: word.simplified.to_owned(),
            traditional: meaning.traditional().first().map_or(word.simplified, |form| form).to_owned(),
            pinyin: write::spaced(&syllables),
            glosses: meaning.glosses().into_iter().map(|g| gloss::pretty(g, word.simplified)).collect(),
            hsk: LevelsRow(meaning.hsk()),
            count: 0,
            articles: 0,
            ours: meaning.is_ours(),
        });
    }
    if context.json {
        context.json_line(&entries)?;
        return Ok(!entries.is_empty());
    }
    for entry in &entries {
        super::print_entry(
            &entry.simplified,
            &entry.traditional,
            &entry.pinyin,
            &entry.glosses,
            entry.hsk,
            &mut context.out,
        )?;
        if entry.ours {
            writeln!(context.out, "{}", super::OURS)?;
        }
    }
    if !entries.is_empty() {
        writeln!(context.out, "  from the dictionary; it stands in no article of your library")?;
    }
    Ok(!entries.is_empty())
}
