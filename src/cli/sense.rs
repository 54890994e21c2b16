//! `sense`: what a word means on its card.

use std::io::Write;

use super::{Context, Failure, correct, put_right};
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::hanzi::Headword;
use crate::pinyin::{Reading, write};
use crate::store::Store;
use crate::words::{Correction, WordKey};

/// Says what a word means on its card: one of the dictionary's senses, or your own words.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci sense 打                        lists its senses, with numbers
  shengci sense 打 \"to play (a game)\" --reading dǎ
  shengci sense 头发 1
  shengci sense 长 1 --reading zhǎng

The sense stands first on the card, and it alone is asked on a production card. It shows with the next export.")]
pub struct Args {
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
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let headword = put_right::headword(&args.word)?;
    let mut store = context.store()?;
    let asked = args.sense.as_deref().map(str::trim).filter(|sense| !sense.is_empty());
    if asked.is_none() && args.reading.is_none() {
        return list(&headword, &readings(&headword, &store)?, context);
    }
    let key = WordKey { reading: which(&headword, args.reading.as_deref(), &store)?, headword };
    let word = Dictionary::embedded().find(key.headword.as_str());
    let meaning = word.as_ref().and_then(|word| Meaning::however_read(word, key.reading.syllables()));
    let glosses = meaning.as_ref().map(Meaning::glosses).unwrap_or_default();
    let pretty = |gloss: &str| gloss::pretty(gloss, key.headword.as_str());
    let Some(sense) = asked else { return list(&key.headword, std::slice::from_ref(&key.reading), context) };
    let gloss = match sense.parse::<usize>() {
        Ok(number) => match number.checked_sub(1).and_then(|at| glosses.get(at)) {
            Some(&gloss) => gloss.to_owned(),
            None => {
                let many = glosses.len();
                return Err(Failure::new(format!("{} has no sense {number}, but {many}", key.headword))
                    .hint(format!("`shengci sense {}` lists them", key.headword)));
            }
        },
        Err(_) => glosses.iter().find(|gloss| pretty(gloss) == sense).map_or(sense, |v| v).to_owned(),
    };
    put_right::typed(&gloss)?;
    let pinyin = write::spaced(key.reading.syllables());
    let what = format!("{} {pinyin} means “{}” on its card from now on", key.headword, pretty(&gloss));
    put_right::record(context, &mut store, &[Correction::Sense { key, gloss }], &what)
}

/// Lists the senses of a word, reading by reading.
fn list(headword: &Headword, readings: &[Reading], context: &mut Context) -> Result<(), Failure> {
    let word = Dictionary::embedded().find(headword.as_str());
    let pretty = |gloss: &str| gloss::pretty(gloss, headword.as_str());
    let senses = |reading: &Reading| -> Vec<String> {
        let meaning = word.as_ref().and_then(|word| Meaning::however_read(word, reading.syllables()));
        meaning.iter().flat_map(Meaning::glosses).map(pretty).collect()
    };
    if context.json {
        return match readings {
            [one] => context.json_line(&senses(one)),
            several => {
                let row = |reading: &Reading| serde_json::json!({"reading": write::spaced(reading.syllables()), "senses": senses(reading)});
                context.json_line(&several.iter().map(row).collect::<Vec<_>>())
            }
        };
    }
    for reading in readings {
        writeln!(context.out, "{headword} {}", write::spaced(reading.syllables()))?;
        for (number, gloss) in (1..).zip(senses(reading)) {
            writeln!(context.out, "{number:3}  {gloss}")?;
        }
    }
    if readings.len() > 1 {
        let first = readings.first().map(|first| write::spaced(first.syllables())).unwrap_or_default();
        context.note(&format!(
            "note: to choose one, say of which reading: shengci sense {headword} NUMBER --reading {first:?}"
        ));
    }
    Ok(())
}

/// The readings that a word was seen with, or else those of the dictionary.
fn readings(headword: &Headword, store: &Store) -> Result<Vec<Reading>, Failure> {
    let mut readings: Vec<Reading> = store
        .readings_of(headword)?
        .into_iter()
        .filter(|record| record.count > 0)
        .map(|record| record.key.reading)
        .collect();
    if readings.is_empty() {
        let word = Dictionary::embedded().find(headword.as_str());
        let entries = word.iter().flat_map(|word| word.entries()).filter(|entry| !entry.minor);
        for reading in entries.filter_map(|e| Reading::new(headword, e.syllables().collect::<Vec<_>>()).ok())
        {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    if readings.is_empty() {
        return Err(Failure::new(format!("{headword} stands in no article, and in no dictionary"))
            .hint("is it written as in the article? `shengci words` lists what was read"));
    }
    Ok(readings)
}

/// The reading that is meant: the one that was named, else the only one that was seen, else the dictionary's only.
fn which(headword: &Headword, named: Option<&str>, store: &Store) -> Result<Reading, Failure> {
    if let Some(named) = named {
        return correct::reading(headword, named);
    }
    match &readings(headword, store)?[..] {
        [one] => Ok(one.clone()),
        several => {
            let list: Vec<String> = several.iter().map(|r| write::spaced(r.syllables())).collect();
            Err(Failure::new(format!("{headword} is several words: {}", list.join(", ")))
                .hint(format!("say which one: --reading {:?}", list[0])))
        }
    }
}
