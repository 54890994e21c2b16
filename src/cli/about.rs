//! `about`: what this is made of, and under which licences.

use std::io::Write;

use super::{Context, Failure};

/// What `--version` prints: CC BY-SA asks that the dictionary's licence travels with it.
pub const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nDictionary: CC-CEDICT, © its contributors, CC BY-SA 4.0 (https://www.mdbg.net/chinese/dictionary?page=cc-cedict)",
    "\nSee `shengci about` for everything else that is inside."
);

const NOTICE: &str = include_str!("../../NOTICE");

/// Shows what is inside, and under which licences.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the notice.
///
/// # Errors
/// When stdout can't be written.
pub fn run(_: &Args, context: &mut Context) -> Result<(), Failure> {
    writeln!(context.out, "shengci {}\n\n{}", env!("CARGO_PKG_VERSION"), NOTICE.trim_end())?;
    Ok(())
}
