//! `stats`: what was read and learned, week by week and level by level.
//!
//! On a terminal a few lines and a chart; `--html` writes one page that needs nothing from elsewhere.

mod chart;
mod html;
mod levels;

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::settings::Settings;
use super::table::Table;
use super::target::{Form, Target};
use super::{Context, Failure};
use crate::dictionary::HskVersion;
use crate::store::{Stats, Week};
use crate::words::{Moment, Status};
use levels::Levels;

/// Shows what you have read and learned.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci stats                         figures, the last weeks, your HSK levels
  shengci stats --html progress.html    plots of everything, in one page that opens offline
  shengci stats --json | jq '.weeks[] | [.start, .known] | @csv'")]
pub struct Args {
    /// Writes a page with plots; `-` writes it to standard output.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// The HSK list to count by [default: hsk-version of config.yaml, or 2025].
    #[arg(long, value_name = "LIST")]
    hsk: Option<HskVersion>,
}

/// How many weeks the terminal shows.
const WEEKS: usize = 10;

/// Shows them.
///
/// # Errors
/// When there is no library, or the page can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let version = args.hsk.unwrap_or(settings.hsk_version);
    let target = args.html.as_deref().map(|path| Target::open(path, Form::Page, context)).transpose()?;
    let store = context.existing_store()?;
    let mut stats = store.stats()?;
    until(context.now, &mut stats.weeks);
    let words = store.begun()?;
    if let (Some(target), Some(path)) = (target, &args.html) {
        let all = Levels::of(&words, HskVersion::ALL);
        let chosen = HskVersion::ALL.iter().position(|&of| of == version).unwrap_or_default();
        let stdout = target.is_stdout();
        target.write(html::page(&stats, &all, chosen, context.now).as_bytes(), &mut context.out)?;
        if stdout {
            return Ok(());
        }
        let file = path.display().to_string();
        if context.json {
            return context.json_line(&serde_json::json!({ "file": file }));
        }
        writeln!(context.out, "{file}: open it with any browser")?;
        return Ok(());
    }
    if context.json {
        let all = Levels::of(&words, HskVersion::ALL);
        return context.json_line(&StatsRow::new(&stats, &all));
    }
    let [levels] = Levels::of(&words, [version]);
    print(&stats, &levels, &mut context.out)
}

/// Quiet weeks since anything was recorded are weeks, too: what is known stays known. Those of more than a lifetime are
/// of a wrong clock.
fn until(now: Moment, weeks: &mut Vec<Week>) {
    const WEEK: i64 = 7 * 86_400;
    const LIFETIME: i64 = 100 * 52 * WEEK;
    if weeks.last().is_some_and(|last| last.start.0.saturating_add(LIFETIME) < now.0) {
        return;
    }
    while let Some(last) = weeks.last()
        && last.start.0.saturating_add(WEEK) <= now.0
    {
        let start = Moment(last.start.0 + WEEK);
        weeks.push(Week { start, known: last.known, learning: last.learning, ..Week::default() });
    }
}

/// What `stats --json` prints.
#[derive(Debug, Serialize)]
struct StatsRow<'a> {
    articles: u32,
    occurrences: u64,
    words: u32,
    seen: Statuses,
    never_seen: Statuses,
    weeks: Vec<WeekRow>,
    hsk: &'a [Levels],
}

#[derive(Debug, Serialize)]
struct Statuses {
    new: u32,
    learning: u32,
    known: u32,
    ignored: u32,
}

#[derive(Debug, Serialize)]
struct WeekRow {
    start: String,
    articles: u32,
    new_words: u32,
    known: u32,
    learning: u32,
}

impl Statuses {
    fn of(counts: &std::collections::BTreeMap<Status, u32>) -> Self {
        let count = |status| counts.get(&status).copied().unwrap_or(0);
        Self {
            new: count(Status::New),
            learning: count(Status::Learning),
            known: count(Status::Known),
            ignored: count(Status::Ignored),
        }
    }
}

impl<'a> StatsRow<'a> {
    fn new(stats: &Stats, hsk: &'a [Levels]) -> Self {
        let week = |week: &Week| WeekRow {
            start: super::report::day(week.start),
            articles: week.articles,
            new_words: week.new_words,
            known: week.known,
            learning: week.learning,
        };
        Self {
            articles: stats.articles,
            occurrences: stats.occurrences,
            words: stats.words,
            seen: Statuses::of(&stats.seen),
            never_seen: Statuses::of(&stats.unseen),
            weeks: stats.weeks.iter().map(week).collect(),
            hsk,
        }
    }
}

fn print(stats: &Stats, levels: &Levels, out: &mut dyn Write) -> Result<(), Failure> {
    let all = |status| {
        let of = |counts: &std::collections::BTreeMap<Status, u32>| counts.get(&status).copied().unwrap_or(0);
        of(&stats.seen) + of(&stats.unseen)
    };
    let mut table = Table::new(&[1]);
    for (name, number) in [
        ("articles", u64::from(stats.articles)),
        ("running words", stats.occurrences),
        ("different words", u64::from(stats.words)),
        ("known", u64::from(all(Status::Known))),
        ("learning", u64::from(all(Status::Learning))),
        ("ignored", u64::from(all(Status::Ignored))),
    ] {
        table.row([name.to_owned(), number.to_string()]);
    }
    table.print(out)?;

    if !stats.weeks.is_empty() {
        writeln!(out, "\nweek         known")?;
        let last = &stats.weeks[stats.weeks.len().saturating_sub(WEEKS)..];
        chart::bars(last, out)?;
    }

    writeln!(out, "\nHSK {} (a word counts once for each of its readings)", levels.version)?;
    let mut table = Table::new(&[1, 2, 3]);
    table.row(["level", "known", "learning", "of", ""].map(str::to_owned));
    for level in &levels.levels {
        table.row([
            level.level.clone(),
            level.known.to_string(),
            level.learning.to_string(),
            level.total.to_string(),
            chart::share(level.known, level.learning, level.total),
        ]);
    }
    table.print(out)?;
    Ok(())
}
