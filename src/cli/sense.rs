//! `sense`: what a word means on its card.

use std::io::Write;

use super::{Context, Failure, correct};
use crate::library::correct::{Senses, Wish, WordToList};

/// Says what a word means on its card: one of the dictionary's senses, or your own words.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci sense 打                        lists its senses, with numbers
  shengci sense 打 \"to play (a game)\" --reading dǎ
  shengci sense 头发 1
  shengci sense 长 1 --reading zhǎng

The sense stands first on the card, and it alone is asked on a production card. It shows with the next export.")]
pub struct SenseArgs {
    /// The word.
    word: String,

    /// A number of the list, or what the word means.
    #[arg(value_name = "NUMBER|SENSE")]
    sense: Option<String>,

    /// Which word is meant, where it has several readings.
    #[arg(long)]
    reading: Option<String>,
}

/// Lists the senses, or records one.
///
/// # Errors
/// When the word isn't known, has several readings, or has no such sense.
pub fn run(args: &SenseArgs, context: &mut Context) -> Result<(), Failure> {
    let asked = args.sense.as_deref().map(str::trim).filter(|sense| !sense.is_empty());
    if let Some(sense) = asked {
        return correct::record(Wish::sense(&args.word, sense, args.reading.as_deref())?, context);
    }
    let word = WordToList::new(&args.word, args.reading.as_deref())?;
    let senses = context.library.open()?.senses(&word)?;
    list(&senses, context)
}

/// Lists the senses of a word, reading by reading.
fn list(Senses { headword, readings }: &Senses, context: &mut Context) -> Result<(), Failure> {
    if context.json {
        return match &readings[..] {
            [one] => context.json_line(&one.senses),
            several => {
                let rows =
                    several.iter().map(|of| serde_json::json!({"reading": of.reading, "senses": of.senses}));
                context.json_line(&rows.collect::<Vec<_>>())
            }
        };
    }
    for of in readings {
        writeln!(context.out, "{headword} {}", of.reading)?;
        for (number, sense) in (1..).zip(&of.senses) {
            writeln!(context.out, "{number:3}  {sense}")?;
        }
    }
    if let [first, _, ..] = &readings[..] {
        context.note(&format!(
            "note: to choose one, say of which reading: shengci sense {headword} NUMBER --reading {:?}",
            first.reading
        ));
    }
    Ok(())
}
