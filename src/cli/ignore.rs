//! `ignore`: something that is no word, and never enters a deck.

use super::{Context, Failure, put_right};
use crate::words::Correction;

/// Says that something is no word: it never enters a deck, and counts for nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci ignore 责任编辑

It keeps its place and its pinyin in sentences, and its kind becomes `other`, in whichever reading. A word that
you only don't want to learn is better marked: `shengci mark ignored WORD`.")]
pub struct Args {
    /// What is no word.
    word: String,
}

/// Records it.
///
/// # Errors
/// When it has no hanzi.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    put_right::headword(&args.word)?;
    let mut store = context.store()?;
    put_right::note_unseen(context, &store, &args.word)?;
    let what = format!("{} counts as no word from now on", args.word);
    put_right::record(context, &mut store, &[Correction::Ignore { text: args.word.clone() }], &what)
}
