//! `learned`: `mark known`, in one word.

use super::mark::{Named, mark_as};
use super::{Context, Failure};
use crate::words::Status;

/// Records which words you know: short for `mark known`.
#[derive(Debug, clap::Args)]
#[command(override_usage = "shengci learned WORD…
       shengci learned --from FILE [--field NAME] [--pinyin-field NAME]
       shengci learned --hsk LIST:LEVELS")]
#[command(after_help = "Example:\n  shengci learned 公司 学生")]
pub struct LearnedArgs {
    #[command(flatten)]
    named: Named,
}

/// Marks as known.
///
/// # Errors
/// When a word is in no dictionary, a list can't be read, or the library can't be written.
pub fn run(args: &LearnedArgs, context: &mut Context) -> Result<(), Failure> {
    mark_as(Status::Known, &args.named, context)
}
