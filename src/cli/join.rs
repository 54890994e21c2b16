//! `join`: what was cut into several words is one.

use super::{Context, Failure, correct};
use crate::library::correct::Wish;

/// Says that what was cut into several words is one, in all past and future articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci join 撤单 潮        撤单潮 is one word; its card explains it by its parts")]
pub struct JoinArgs {
    /// Its parts, in order; or the word.
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
}

/// Records it.
///
/// # Errors
/// When it is no word.
pub fn run(args: &JoinArgs, context: &mut Context) -> Result<(), Failure> {
    correct::record(Wish::join(&args.parts)?, context)
}
