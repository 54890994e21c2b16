//! `correct`: how a word is read, for all past and future articles.

use std::io::Write;

use super::{Context, Failure};
use crate::library::correct::{Wish, search_in_anki};
use crate::library::read_anew;
use crate::words::WordKey;

/// Corrects how a word is read, in all past and future articles. Its note in Anki keeps its reviews.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci correct 银行 yínháng
  shengci correct 银行 yin2 hang2
  shengci correct 长 zhǎng --in 队长      only in this phrase
  shengci correct 长 zhǎng --from cháng   only where it is read so now

`shengci corrections` lists what was put right; `shengci undo` takes the last one back.")]
pub struct CorrectArgs {
    /// The word.
    word: String,

    /// Its pinyin, with tone marks or numbers.
    #[arg(required = true, value_name = "READING")]
    reading: Vec<String>,

    /// Only within this phrase.
    #[arg(long = "in", value_name = "PHRASE", conflicts_with = "from")]
    phrase: Option<String>,

    /// Only where the word has this reading now.
    #[arg(long, value_name = "READING")]
    from: Option<String>,
}

/// Records it.
///
/// # Errors
/// When the pinyin doesn't fit the word, or nobody knows the word.
pub fn run(args: &CorrectArgs, context: &mut Context) -> Result<(), Failure> {
    let pinyin = args.reading.join(" ");
    let wish = Wish::reading(&args.word, &pinyin, args.phrase.as_deref(), args.from.as_deref())?;
    record(wish, context)
}

/// Puts something right, and says so: what all verbs share that do.
///
/// # Errors
/// When it doesn't fit what the library holds, or that can't be written.
pub fn record(wish: Wish, context: &mut Context) -> Result<(), Failure> {
    let mut library = context.library.open()?;
    let corrected = library.correct(wish, context)?;
    if context.json {
        return context.json_line(&corrected.json());
    }
    let known = if corrected.recorded == 0 { " (that was recorded before)" } else { "" };
    writeln!(context.out, "{}{known}{}", corrected.holds, read_anew(corrected.articles))?;
    if !corrected.stale.is_empty() {
        context.note(&told(&corrected.stale));
    }
    Ok(())
}

/// The notice about notes that stay in Anki.
fn told(stale: &[WordKey]) -> String {
    let (still, them) = match stale.len() {
        1 => ("1 note is still in Anki, but its word is no longer in any article".to_owned(), "it"),
        n => (format!("{n} notes are still in Anki, but their words are no longer in any article"), "them"),
    };
    let search = search_in_anki(stale);
    format!("note: {still}. To delete {them}, open Browse in Anki and search for\n  {search}")
}
