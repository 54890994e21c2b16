//! `check`: are the settings and the deck files right, and is the library whole?

use std::io::Write;

use serde::Serialize;

use super::settings::{self, Settings};
use super::{Context, Failure, decks};
use crate::deck;
use crate::dictionary::Dictionary;

/// Looks through your settings, your deck files and your library.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  shengci check\n  shengci check my-deck.yaml")]
pub struct Args {
    /// Deck files to look through; those of your settings if left out.
    #[arg(value_name = "FILE")]
    files: Vec<std::path::PathBuf>,
}

/// What was looked through: what `--json` prints.
#[derive(Debug, Default, Serialize)]
struct Looked {
    settings: Option<String>,
    decks: Vec<DeckRow>,
    shipped_decks: usize,
    dictionary_words: usize,
    library: Option<String>,
    faults: Vec<String>,
}

#[derive(Debug, Serialize)]
struct DeckRow {
    file: String,
    name: String,
}

/// Looks them through. Every fault is told, not just the first.
///
/// # Errors
/// When there is a fault.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut faults = Vec::new();
    let mut looked = Looked::default();
    let files = if args.files.is_empty() { decks::own(context) } else { args.files.clone() };
    for file in &files {
        match decks::from_file(file, context) {
            Ok(definition) => looked.decks.push(DeckRow {
                file: file.display().to_string(),
                name: definition.spec.name.as_str().to_owned(),
            }),
            Err(fault) => faults.push(fault),
        }
    }
    if args.files.is_empty() {
        for shipped in deck::shipped() {
            deck::parse(&format!("decks/{}.yaml", shipped.handle), shipped.text)?;
        }
        looked.shipped_decks = deck::shipped().len();
        looked.dictionary_words = Dictionary::embedded().len();
        if let Some(file) = context.config.join(settings::FILE).filter(|file| file.exists()) {
            looked.settings = Some(file.display().to_string());
        }
        faults.extend(Settings::load(&context.config).err());
        if context.library.exists() {
            looked.library = Some(context.library.display().to_string());
            for finding in context.store_as_it_is()?.check()? {
                faults.push(Failure::new(format!("{}: {}", context.library.display(), finding.what)));
            }
        }
    }
    looked.faults = faults.iter().map(|fault| fault.what().to_owned()).collect();
    if context.json {
        context.json_line(&looked)?;
    } else {
        print(&looked, args.files.is_empty(), context)?;
    }
    match faults.len() {
        0 => Ok(()),
        n => {
            for fault in &faults {
                fault.report(&mut context.err);
            }
            Err(Failure::new(format!("{} found", super::plural(n, "fault"))).hint(
                "mend settings and deck files by hand; for a library, `shengci restore` puts a backup back",
            ))
        }
    }
}

fn print(looked: &Looked, everything: bool, context: &mut Context) -> Result<(), Failure> {
    for deck in &looked.decks {
        writeln!(context.out, "{}: a deck, “{}”", deck.file, deck.name)?;
    }
    if !everything {
        return Ok(());
    }
    writeln!(context.out, "{} decks are shipped", looked.shipped_decks)?;
    writeln!(context.out, "dictionary: {} words", looked.dictionary_words)?;
    if looked.faults.is_empty() {
        if let Some(settings) = &looked.settings {
            writeln!(context.out, "settings: {settings} is right")?;
        }
        if let Some(library) = &looked.library {
            writeln!(context.out, "library: {library} is whole")?;
        }
    }
    if looked.library.is_none() {
        writeln!(context.out, "library: none yet at {}", context.library.display())?;
    }
    Ok(())
}
