//! `words`: the vocabulary with its counts.

use std::io::Write;

use super::table::Table;
use super::{Context, Failure};
use crate::dictionary::HskVersion;
use crate::library::Settings;
use crate::library::words::{LevelFilter, Listed, WordQuery};
use crate::tokens::Kind;
use crate::words::Status;

/// Lists the words that you have read, the most frequent first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci words --new --seen 2          met twice, not known yet
  shengci words --article last --hsk 4-6
  shengci words --json | jq -r '.[].simplified'

Text shows vocabulary (words and idioms) unless --kind asks for others; --json gives every kind.")]
pub struct WordsArgs {
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
    hsk: Option<LevelFilter>,
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

/// Lists them.
///
/// # Errors
/// When the library can't be read, or has no such article.
pub fn run(args: &WordsArgs, context: &mut Context) -> Result<(), Failure> {
    let library = context.library.open_existing()?;
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
    let article = args.article.as_deref().map(|article| library.article(article)).transpose()?;
    let version = match args.hsk_version {
        Some(version) => version,
        None => Settings::load(&context.config)?.hsk_version,
    };
    let words = library.words(&WordQuery {
        statuses: statuses.iter().filter(|(wanted, _)| *wanted).map(|&(_, status)| status).collect(),
        kinds,
        article,
        seen: args.seen,
        unseen: args.all,
        hsk: args.hsk.clone().map(|levels| (levels, version)),
        limit: args.limit,
    })?;
    if context.json {
        for part in words.json()? {
            context.out.write_all(&part)?;
        }
        context.out.write_all(b"\n")?;
        return Ok(());
    }
    let mut table = Table::new(&[0]);
    for part in words.listed(version, rows)? {
        table.append(part);
    }
    table.print(&mut context.out)?;
    Ok(())
}

/// The rows for people.
fn rows(words: &mut dyn Iterator<Item = Listed>) -> Table {
    let mut table = Table::default();
    for word in words {
        let level = word.level.map_or_else(String::new, |level| format!("HSK {level}"));
        let doubt = if word.sure { "" } else { " (?)" };
        table.row([
            &word.count.to_string(),
            &word.simplified,
            &format!("{}{doubt}", word.pinyin),
            &level,
            word.status.as_str(),
            &word.glosses.join("; "),
        ]);
    }
    table
}
