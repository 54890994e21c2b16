//! `join`: what was cut into several words is one.

use super::{Context, Failure, put_right};
use crate::words::Correction;

/// Says that what was cut into several words is one, in all past and future articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci join 撤单 潮        撤单潮 is one word; its card explains it by its parts")]
pub struct Args {
    /// Its parts, in order; or the word.
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
}

/// Records it.
///
/// # Errors
/// When it is no word.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let text = args.parts.concat();
    put_right::headword(&text)?;
    if crate::hanzi::count(&text) < 2 && text.chars().count() < 2 {
        return Err(Failure::new(format!("{text} is one hanzi, which is a word by itself"))
            .hint("give the parts that belong together: shengci join 撤单 潮"));
    }
    let mut store = context.store()?;
    put_right::note_unseen(context, &store, &text)?;
    let what = format!("{text} is one word from now on");
    put_right::record(context, &mut store, &[Correction::Join { text }], &what)
}
