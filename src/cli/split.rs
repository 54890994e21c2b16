//! `split`: what was taken for one word is several.

use super::{Context, Failure, put_right};
use crate::words::Correction;

/// Says that what was taken for one word is several, in all past and future articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci split 全员信 全员 信")]
pub struct Args {
    /// The word that is none.
    word: String,

    /// Its parts, in order.
    #[arg(required = true, num_args = 2.., value_name = "PART")]
    parts: Vec<String>,
}

/// Records it.
///
/// # Errors
/// When the parts don't make the word.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let word = put_right::headword(&args.word)?;
    if args.parts.concat() != args.word || args.parts.iter().any(String::is_empty) {
        return Err(Failure::new(format!("{} are not the parts of {}", args.parts.join(" + "), args.word))
            .hint("first the word, then its parts: shengci split 全员信 全员 信"));
    }
    let mut store = context.store()?;
    put_right::note_unseen(context, &store, &args.word)?;
    let what = format!("{word} is split into {} from now on", args.parts.join(" + "));
    put_right::record(context, &mut store, &[Correction::Split { parts: args.parts.clone() }], &what)
}
