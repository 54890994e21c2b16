//! `check`: are the settings and the deck files right, and is the library whole?

use std::io::Write;

use super::failure::tell;
use super::{Context, Failure, plural};
use crate::library::check::{self, Looked};

/// Looks through your settings, your deck files and your library.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  shengci check\n  shengci check my-deck.yaml")]
pub struct CheckArgs {
    /// Deck files to look through; those of your settings if left out.
    #[arg(value_name = "FILE")]
    files: Vec<std::path::PathBuf>,
}

/// Looks them through. Every fault is told, not just the first.
///
/// # Errors
/// When there is a fault.
pub fn run(args: &CheckArgs, context: &mut Context) -> Result<(), Failure> {
    let looked = check::check(&args.files, &context.config, &context.library)?;
    if context.json {
        context.json_line(&looked)?;
    } else {
        print(&looked, args.files.is_empty(), context)?;
    }
    match looked.faults.len() {
        0 => Ok(()),
        n => {
            for fault in &looked.faults {
                tell(fault, &mut context.err);
            }
            Err(Failure::new(format!("{} found", plural(n, "fault"))).hint(
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
