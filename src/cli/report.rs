//! `report`: how much of a text the learner knows, and which stored article can be read now.

use std::io::Write;

use super::table::Table;
use super::{Context, Failure, plural, standard_input};
use crate::dictionary::HskVersion;
use crate::library::Settings;
use crate::library::report::{self, Report};

/// Shows how much of a text you know; without one, which of your articles you can read now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci report                        your articles, the most readable first
  shengci report next.txt               a text that was not added, against what you know
  shengci report last                   the article that you added last
  shengci report last --json | jq .needed

From about 95 % known words a text can be studied, from 98 % it can be read for pleasure.")]
pub struct ReportArgs {
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
pub fn run(args: &ReportArgs, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let Some(text) = &args.text else { return rank(args.limit, context) };
    let version = args.hsk.unwrap_or(settings.hsk_version);
    let report = report::report(text, version, &context.library, standard_input)?;
    if context.json { context.json_line(&report) } else { print(&report, &mut context.out) }
}

fn print(report: &Report, out: &mut dyn Write) -> Result<(), Failure> {
    if !report.title.is_empty() {
        writeln!(out, "{}\n", report.title)?;
    }
    let mut table = Table::new(&[1, 2, 3, 4]);
    table.row(["", "known", "learning", "new", "coverage"].map(str::to_owned));
    for (name, share) in [
        ("running words", &report.tokens),
        ("  with names", &report.tokens_with_names),
        ("different words", &report.types),
        ("  with names", &report.types_with_names),
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
    writeln!(out, "\nhanzi: {} of {} stand in a word that you know", report.hanzi_known, report.hanzi)?;
    let needed: Vec<String> = report
        .needed
        .iter()
        .map(|needed| match needed.words {
            0 => format!("{} %: reached", needed.percent),
            words => format!("{} %: {words}", needed.percent),
        })
        .collect();
    writeln!(out, "words to learn until {}", needed.join("   "))?;
    let levels = report.hsk.iter().filter(|level| level.words > 0);
    let levels: Vec<String> = levels.map(|level| format!("{}: {}", level.level, level.words)).collect();
    writeln!(out, "HSK {}: {}", report.hsk_version, levels.join("   "))?;
    if !report.hardest.is_empty() {
        writeln!(out, "\nhardest sentences, by the part that you don't know:")?;
        let mut table = Table::new(&[0]);
        for hard in &report.hardest {
            table.row([format!("{:.0} %", hard.unknown), hard.sentence.clone()]);
        }
        table.print(out)?;
    }
    Ok(())
}

/// Lists the stored articles, the most readable first.
fn rank(limit: usize, context: &mut Context) -> Result<(), Failure> {
    let ranking = context.library.open_existing()?.rank(limit)?;
    if context.json {
        return context.json_line(&ranking.rows);
    }
    let mut table = Table::new(&[0, 1, 2, 3]);
    table.row(["known", "learning", "new", "article", "title"].map(str::to_owned));
    for row in &ranking.rows {
        table.row([
            format!("{:.1} %", row.coverage),
            row.learning.to_string(),
            row.new.to_string(),
            row.id.to_string(),
            row.title.clone(),
        ]);
    }
    table.print(&mut context.out)?;
    if ranking.more > 0 {
        context.note(&format!("{}; --limit shows them", plural(ranking.more, "more article")));
    }
    Ok(())
}
