//! `about`: what this is made of, and under which licences.

use std::io::Write;

use super::{Context, Failure, paths};
use crate::library::settings::shown;

/// The text of `--version`: CC BY-SA asks that the dictionary's licence travels with it.
pub const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nDictionary: CC-CEDICT, © its contributors, CC BY-SA 4.0 (https://www.mdbg.net/chinese/dictionary?page=cc-cedict)",
    "\nSee `shengci about` for everything else that is inside."
);

const NOTICE: &str = include_str!("../../NOTICE");

/// Shows what is inside, under which licences, and where your library, your settings and fetched pages are.
#[derive(Debug, clap::Args)]
pub struct AboutArgs {}

/// Prints the notice.
///
/// # Errors
/// When stdout can't be written.
pub fn run(_: &AboutArgs, context: &mut Context) -> Result<(), Failure> {
    let (library, settings) = (context.library.display().to_string(), context.config.display().to_string());
    let pages = paths::pages();
    let pages = shown(pages.as_deref()).to_string();
    if context.json {
        return context.json_line(&serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"),
            "library": library,
            "settings": settings,
            "pages": pages,
            "notice": NOTICE.trim_end(),
        }));
    }
    writeln!(context.out, "shengci {}\n", env!("CARGO_PKG_VERSION"))?;
    writeln!(context.out, "library:   {library}\nsettings:  {settings} (config.yaml; decks/NAME.yaml)")?;
    writeln!(context.out, "pages:     {pages} (what was fetched; it may be deleted at any time)\n")?;
    writeln!(context.out, "{}", NOTICE.trim_end())?;
    Ok(())
}
