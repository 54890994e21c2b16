//! `report`: how much of a text the learner knows, and which stored article can be read now.
//!
//! A text need not be in the library, and there need not be one: then every word is new.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::settings::Settings;
use super::table::Table;
use super::{Context, Failure};
use crate::dictionary::HskVersion;
use crate::pipeline::Article;
use crate::source;
use crate::store::{ArticleRow, Selection, Store};
use crate::words::{Coverage, Share, Status, WordKey, coverage};

/// Shows how much of a text you know; without one, which of your articles you can read now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci report                        your articles, the most readable first
  shengci report next.txt               a text that was not added, against what you know
  shengci report last                   the article that you added last
  shengci report last --json | jq .needed

From about 95 % known words a text can be studied, from 98 % it can be read for pleasure.")]
pub struct Args {
    /// A text file, `-`, or an article: a number, `last`, a part of its title.
    #[arg(value_name = "FILE|ARTICLE")]
    text: Option<String>,

    /// The HSK list to count by [default: hsk-version of config.yaml, or 2025].
    #[arg(long, value_name = "LIST")]
    hsk: Option<HskVersion>,

    /// How many articles are listed.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
}

/// Reports.
///
/// # Errors
/// When there is no such text or article, or the library can't be read.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let Some(text) = &args.text else { return rank(args.limit, context) };
    let store = context.library.exists().then(|| context.existing_store()).transpose()?;
    let raw = raw(text, store.as_ref(), context)?;
    let article = context.reader().read(&raw);
    let known = statuses(&article, store.as_ref())?;
    let version = args.hsk.unwrap_or(settings.hsk_version);
    let status = |key: &WordKey| known.get(key).copied().unwrap_or_default();
    let coverage = coverage(&article.words, status, context.reader().dictionary(), version);
    let report = Report::new(&article, &coverage, version);
    if context.json { context.json_line(&report) } else { report.print(&mut context.out) }
}

/// A file wins over an article: whoever has a file called `12` can write `./12`, and an article has its number.
fn raw(text: &str, store: Option<&Store>, context: &Context) -> Result<String, Failure> {
    let is_number = text.parse::<i64>().is_ok() || text == "last";
    if text == "-" || (!is_number && Path::new(text).is_file()) {
        let inputs = source::gather(&[text.to_owned()])?;
        let mut raw = String::new();
        for input in &inputs {
            raw.push_str(&source::read(input, &mut std::io::stdin())?.text);
        }
        return Ok(raw);
    }
    match store {
        Some(store) => Ok(store.text(store.article(text)?)?.0),
        None if !is_number && text.contains(['.', '/']) => {
            source::gather(&[text.to_owned()])?;
            Err(context.existing_store().err().unwrap_or_else(|| Failure::new(format!("{text} is no text"))))
        }
        None => {
            Err(context.existing_store().err().unwrap_or_else(|| Failure::new(format!("{text} is no text"))))
        }
    }
}

fn statuses<'a>(
    article: &'a Article,
    store: Option<&Store>,
) -> Result<HashMap<&'a WordKey, Status>, Failure> {
    let Some(store) = store else { return Ok(HashMap::new()) };
    let keys = || article.words.iter().map(|word| &word.key);
    Ok(keys().zip(store.statuses(keys())?).collect())
}

/// A row of `report --json`.
#[derive(Debug, Serialize)]
struct Report {
    title: String,
    tokens: ShareRow,
    tokens_with_names: ShareRow,
    types: ShareRow,
    types_with_names: ShareRow,
    hanzi: u32,
    hanzi_known: u32,
    needed: Vec<Needed>,
    hsk_version: String,
    hsk: Vec<Level>,
    hardest: Vec<Hard>,
}

#[derive(Debug, Serialize)]
struct ShareRow {
    known: u32,
    learning: u32,
    new: u32,
    /// The known part, in percent.
    coverage: f64,
}

#[derive(Debug, Serialize)]
struct Needed {
    percent: u8,
    words: u32,
}

#[derive(Debug, Serialize)]
struct Level {
    level: &'static str,
    words: u32,
}

#[derive(Debug, Serialize)]
struct Hard {
    sentence: String,
    /// The part of its words that is not known, in percent.
    unknown: f64,
}

/// The names of the slots of `Coverage::hsk`.
const LEVELS: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7-9", "unlisted"];

/// One digit after the point, always downwards: 94.96 % is not 95.
fn percent(share: f64) -> f64 {
    (share * 1000.0 + 1e-9).floor() / 10.0
}

impl From<Share> for ShareRow {
    fn from(share: Share) -> Self {
        Self {
            known: share.known,
            learning: share.learning,
            new: share.new,
            coverage: percent(share.coverage()),
        }
    }
}

impl Report {
    fn new(article: &Article, coverage: &Coverage, version: HskVersion) -> Self {
        let text = article.annotated.text();
        let sentence = |index: u32| {
            article
                .sentences
                .get(index as usize)
                .map(|span| span.of(text).trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            title: article.document.title.as_ref().map(|title| title.text.clone()).unwrap_or_default(),
            tokens: coverage.tokens.into(),
            tokens_with_names: coverage.tokens_with_names.into(),
            types: coverage.types.into(),
            types_with_names: coverage.types_with_names.into(),
            hanzi: coverage.hanzi.0,
            hanzi_known: coverage.hanzi.1,
            needed: coverage.needed.map(|(percent, words)| Needed { percent, words }).into(),
            hsk_version: version.to_string(),
            hsk: LEVELS.into_iter().zip(coverage.hsk).map(|(level, words)| Level { level, words }).collect(),
            hardest: coverage
                .hardest
                .iter()
                .map(|&(index, unknown)| Hard { sentence: sentence(index), unknown: percent(unknown) })
                .collect(),
        }
    }

    fn print(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if !self.title.is_empty() {
            writeln!(out, "{}\n", self.title)?;
        }
        let mut table = Table::new(&[1, 2, 3, 4]);
        table.row(["", "known", "learning", "new", "coverage"].map(str::to_owned));
        for (name, share) in [
            ("running words", &self.tokens),
            ("  with names", &self.tokens_with_names),
            ("different words", &self.types),
            ("  with names", &self.types_with_names),
        ] {
            table.row([
                name.to_owned(),
                share.known.to_string(),
                share.learning.to_string(),
                share.new.to_string(),
                format!("{:.1} %", share.coverage),
            ]);
        }
        table.print(out)?;
        writeln!(out, "\nhanzi: {} of {} stand in a word that you know", self.hanzi_known, self.hanzi)?;
        let needed: Vec<String> = self
            .needed
            .iter()
            .map(|needed| match needed.words {
                0 => format!("{} %: reached", needed.percent),
                words => format!("{} %: {words}", needed.percent),
            })
            .collect();
        writeln!(out, "words to learn until {}", needed.join("   "))?;
        let levels = self.hsk.iter().filter(|level| level.words > 0);
        let levels: Vec<String> = levels.map(|level| format!("{}: {}", level.level, level.words)).collect();
        writeln!(out, "HSK {}: {}", self.hsk_version, levels.join("   "))?;
        if !self.hardest.is_empty() {
            writeln!(out, "\nhardest sentences, by the part that you don't know:")?;
            let mut table = Table::new(&[0]);
            for hard in &self.hardest {
                table.row([format!("{:.0} %", hard.unknown), hard.sentence.clone()]);
            }
            table.print(out)?;
        }
        Ok(())
    }
}

/// A row of the ranking.
#[derive(Debug, Serialize)]
struct Ranked {
    id: i64,
    title: String,
    coverage: f64,
    coverage_with_names: f64,
    learning: u32,
    new: u32,
    words: u32,
}

/// Lists the stored articles, the most readable first.
fn rank(limit: usize, context: &mut Context) -> Result<(), Failure> {
    let mut articles = context.existing_store()?.articles(&Selection::All)?;
    let unknown = |row: &ArticleRow| row.types.new + row.types.learning;
    articles.sort_by(|one, other| {
        let shares = other.tokens.coverage().total_cmp(&one.tokens.coverage());
        shares.then_with(|| unknown(one).cmp(&unknown(other))).then_with(|| other.id.cmp(&one.id))
    });
    let total = articles.len();
    let rows = articles.into_iter().take(limit).map(|row| Ranked {
        id: row.id,
        coverage: percent(row.tokens.coverage()),
        coverage_with_names: percent(row.tokens_with_names.coverage()),
        learning: row.types.learning,
        new: row.types.new,
        words: row.types.total(),
        title: row.title,
    });
    let rows: Vec<Ranked> = rows.collect();
    if context.json {
        return context.json_line(&rows);
    }
    let mut table = Table::new(&[0, 1, 2, 3]);
    table.row(["known", "learning", "new", "article", "title"].map(str::to_owned));
    for row in &rows {
        table.row([
            format!("{:.1} %", row.coverage),
            row.learning.to_string(),
            row.new.to_string(),
            row.id.to_string(),
            row.title.clone(),
        ]);
    }
    table.print(&mut context.out)?;
    if total > rows.len() {
        context.note(&format!("{}; --limit shows them", super::plural(total - rows.len(), "more article")));
    }
    Ok(())
}
