//! `words`: the vocabulary with its counts.

use std::io::Write;

use rayon::prelude::*;

use super::report::{self, WordRow};
use super::settings::Settings;
use super::table::Table;
use super::{Context, Failure};
use crate::dictionary::{HskLevel, HskVersion};
use crate::store::{Seen, Selection, WordFilter};
use crate::tokens::Kind;
use crate::words::{Record, Status};

/// Lists the words that you have read, the most frequent first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci words --new --seen 2          met twice, not known yet
  shengci words --article last --hsk 4-6
  shengci words --json | jq -r '.[].simplified'

Text shows vocabulary (words and idioms) unless --kind asks for others; --json gives every kind.")]
pub struct Args {
    /// Only words that are new to you.
    #[arg(long)]
    new: bool,
    /// Only words that you are learning.
    #[arg(long)]
    learning: bool,
    /// Only words that you know.
    #[arg(long)]
    known: bool,
    /// Only words that you ignore.
    #[arg(long)]
    ignored: bool,
    /// Only words that were seen at least so often, over all that you have read.
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    seen: u32,
    /// Only these HSK levels: 4, 4-6, 7-9 or unlisted; commas between several.
    #[arg(long, value_name = "LEVELS")]
    hsk: Option<Levels>,
    /// Which HSK list: 2015, 2021 or 2025 [default: hsk-version of config.yaml, or 2025].
    #[arg(long, value_name = "LIST")]
    hsk_version: Option<HskVersion>,
    /// Only words of this article: a number, `last`, or a part of its title; counts are of it.
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
    /// Only this kind (several times for several): word, idiom, person, place, organisation, number, measure, time.
    #[arg(long, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Also words that were marked but never seen.
    #[arg(long)]
    all: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// HSK levels as typed: `4-6,unlisted`.
#[derive(Clone, Debug)]
struct Levels {
    levels: Vec<u8>,
    unlisted: bool,
}

impl std::str::FromStr for Levels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” names no HSK levels; write 4, 4-6, 7-9 or unlisted, commas between");
        let mut levels = Self { levels: Vec::new(), unlisted: false };
        for part in text.split(',').map(str::trim) {
            if part == "unlisted" {
                levels.unlisted = true;
                continue;
            }
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let from: u8 = from.parse().map_err(|_| wrong())?;
            let to: u8 = to.parse().map_err(|_| wrong())?;
            if !(1..=9).contains(&from) || !(from..=9).contains(&to) {
                return Err(wrong());
            }
            levels.levels.extend((from..=to).map(|level| level.min(7)));
        }
        Ok(levels)
    }
}

/// Lists them.
///
/// # Errors
/// When the library can't be read, or has no such article.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let store = context.existing_store()?;
    let statuses = [
        (args.new, Status::New),
        (args.learning, Status::Learning),
        (args.known, Status::Known),
        (args.ignored, Status::Ignored),
    ];
    let kinds = match (args.kind.is_empty(), context.json) {
        (false, _) => args.kind.clone(),
        (true, true) => Vec::new(),
        (true, false) => vec![Kind::Word, Kind::Idiom],
    };
    let filter = WordFilter {
        statuses: statuses.iter().filter(|(wanted, _)| *wanted).map(|&(_, status)| status).collect(),
        kinds,
        articles: match &args.article {
            Some(reference) => Selection::Ids(vec![store.article(reference)?]),
            None => Selection::All,
        },
        // Once is what is asked for where nothing is; a word that was only marked was never seen.
        seen: if args.all && args.seen == 1 { 0 } else { args.seen },
        unseen: args.all,
    };
    let version = match args.hsk_version {
        Some(version) => version,
        None => Settings::load(&context.config)?.hsk_version,
    };
    let mut words = store.words(&filter)?;
    if let Some(wanted) = &args.hsk {
        words.retain(|(record, _)| {
            wanted.has(report::meaning(&record.key).and_then(|m| m.hsk().level(version)))
        });
    }
    words.truncate(args.limit.unwrap_or(usize::MAX));
    if context.json {
        return print_json(&words, &mut context.out);
    }
    let mut table = Table::new(&[0]);
    for part in in_parts(&words, |words| Ok(rows(words, version)))? {
        table.append(part);
    }
    table.print(&mut context.out)?;
    Ok(())
}

/// Works on a list in parts, on all processors if it is long; the parts in order.
fn in_parts<T: Send>(
    words: &[(Record, Seen)],
    work: impl Fn(&[(Record, Seen)]) -> Result<T, Failure> + Send + Sync,
) -> Result<Vec<T>, Failure> {
    const PART: usize = 1024;
    match words.len() {
        0..=PART => Ok(vec![work(words)?]),
        _ => words.par_chunks(PART).map(work).collect(),
    }
}

/// The rows for people.
fn rows(words: &[(Record, Seen)], version: HskVersion) -> Table {
    let mut table = Table::default();
    for (record, seen) in words {
        let meaning = report::meaning(&record.key);
        let level = meaning.as_ref().and_then(|meaning| meaning.hsk().level(version));
        let level = level.map_or_else(String::new, |level| format!("HSK {level}"));
        let doubt = if record.sure { "" } else { " (?)" };
        let glosses: Vec<String> = report::glosses(record, meaning.as_ref()).take(2).collect();
        table.row([
            &seen.count.to_string(),
            record.key.headword.as_str(),
            &format!("{}{doubt}", record.key.pinyin(record.kind)),
            &level,
            record.status.as_str(),
            &glosses.join("; "),
        ]);
    }
    table
}

/// One list on a line of its own.
fn print_json(words: &[(Record, Seen)], out: &mut dyn Write) -> Result<(), Failure> {
    let parts = in_parts(words, |words| {
        let mut json = Vec::with_capacity(words.len() * 256);
        for (record, seen) in words {
            serde_json::to_writer(&mut json, &WordRow::new(record, *seen))?;
            json.push(b',');
        }
        Ok(json)
    })?;
    out.write_all(b"[")?;
    for (at, part) in (1..).zip(&parts) {
        let all = at == parts.len();
        out.write_all(if all { part.strip_suffix(b",").unwrap_or(part) } else { part })?;
    }
    out.write_all(b"]\n")?;
    Ok(())
}

impl Levels {
    fn has(&self, level: Option<HskLevel>) -> bool {
        level.map_or(self.unlisted, |level| self.levels.contains(&level.number()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ranges_and_the_unlisted() {
        let levels: Levels = "4-5, 8,unlisted".parse().expect("levels");
        let has = |level| levels.has(Some(HskLevel::new(level).expect("a level")));
        assert!(has(4) && has(5) && has(9) && levels.has(None));
        assert!(!has(6));
        assert!("0".parse::<Levels>().is_err() && "5-4".parse::<Levels>().is_err());
        assert!("x".parse::<Levels>().is_err());
    }
}
