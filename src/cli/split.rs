//! `split`: what was taken for one word is several.

use super::{Context, Failure, correct};
use crate::library::correct::Wish;

/// Says that what was taken for one word is several, in all past and future articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci split 全员信 全员 信")]
pub struct SplitArgs {
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
pub fn run(args: &SplitArgs, context: &mut Context) -> Result<(), Failure> {
    correct::record(Wish::split(&args.word, &args.parts)?, context)
}
