//! `ignore`: something that is no word, and never enters a deck.

use super::{Context, Failure, correct};
use crate::library::correct::Wish;

/// Says that something is no word: it never enters a deck, and counts for nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci ignore 责任编辑

It keeps its place and its pinyin in sentences, and its kind becomes `other`, in whichever reading. A word that
you only don't want to learn is better marked: `shengci mark ignored WORD`.")]
pub struct IgnoreArgs {
    /// A text that is no word.
    word: String,
}

/// Records it.
///
/// # Errors
/// When it has no hanzi.
pub fn run(args: &IgnoreArgs, context: &mut Context) -> Result<(), Failure> {
    correct::record(Wish::ignore(&args.word)?, context)
}
