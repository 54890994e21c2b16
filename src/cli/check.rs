//! `check`: are the deck files right, and is the library whole?

use std::io::Write;

use super::{Context, Failure, decks};
use crate::deck;
use crate::dictionary::Dictionary;

/// Looks through your deck files and your library.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  shengci check\n  shengci check my-deck.yaml")]
pub struct Args {
    /// Deck files to look through; those of your settings if left out.
    #[arg(value_name = "FILE")]
    files: Vec<std::path::PathBuf>,
}

/// Looks them through. Every fault is told, not just the first.
///
/// # Errors
/// When there is a fault.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut faults = Vec::new();
    let files = if args.files.is_empty() { decks::own(context) } else { args.files.clone() };
    for file in &files {
        match decks::from_file(file) {
            Ok(definition) => {
                writeln!(context.out, "{}: a deck, “{}”", file.display(), definition.spec.name.as_str())?;
            }
            Err(fault) => faults.push(fault),
        }
    }
    if args.files.is_empty() {
        for shipped in deck::shipped() {
            deck::parse(&format!("decks/{}.yaml", shipped.handle), shipped.text)?;
        }
        writeln!(context.out, "{} decks are shipped", deck::shipped().len())?;
        writeln!(context.out, "dictionary: {} words", Dictionary::embedded().len())?;
        if context.library.exists() {
            for finding in context.existing_store()?.check()? {
                faults.push(Failure::new(format!("{}: {}", context.library.display(), finding.what)));
            }
            if faults.is_empty() {
                writeln!(context.out, "library: {} is whole", context.library.display())?;
            }
        } else {
            writeln!(context.out, "library: none yet at {}", context.library.display())?;
        }
    }
    match faults.len() {
        0 => Ok(()),
        n => {
            for fault in &faults {
                fault.report(&mut context.err);
            }
            Err(Failure::new(format!("{n} fault{} found", if n == 1 { "" } else { "s" }))
                .hint("mend the deck files by hand; for a library, `shengci restore` puts a backup back"))
        }
    }
}
