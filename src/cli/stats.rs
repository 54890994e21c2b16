//! `stats`: what was read and learned, week by week and level by level.
//!
//! On a terminal a few lines and a chart; `--html` writes one page that needs nothing from elsewhere.

mod chart;

use std::io::Write;
use std::path::PathBuf;

use super::table::Table;
use super::target::{Form, Target};
use super::{Context, Failure};
use crate::dictionary::HskVersion;
use crate::library::Settings;
use crate::library::stats::{Levels, Stats, StatsRow};
use crate::words::Status;

/// Shows what you have read and learned.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci stats                         figures, the last weeks, your HSK levels
  shengci stats --html progress.html    plots of everything, in one page that opens offline
  shengci stats --json | jq '.weeks[] | [.start, .known] | @csv'")]
pub struct StatsArgs {
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
pub fn run(args: &StatsArgs, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let version = args.hsk.unwrap_or(settings.hsk_version);
    let target = args.html.as_deref().map(|path| Target::open(path, Form::Page, context)).transpose()?;
    let learned = context.library.open_existing()?.learned()?;
    if let (Some(target), Some(path)) = (target, &args.html) {
        let stdout = target.is_stdout();
        target.write(learned.page(version).as_bytes())?;
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
        return context.json_line(&StatsRow::new(&learned.stats, &learned.levels(HskVersion::ALL)));
    }
    let [levels] = learned.levels([version]);
    print(&learned.stats, &levels, &mut context.out)
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
