//! The command line: one file a verb, each with its arguments (`MarkArgs`) and its `run`.
//!
//! This is the one place that asks the clock, the environment and the terminal. A verb parses, calls one function of
//! `library`, and prints: results on stdout, notes on stderr.

mod about;
mod add;
mod articles;
mod backup;
mod check;
mod clean;
mod completions;
mod context;
mod correct;
mod corrections;
mod dump;
mod export;
mod failure;
mod feed;
mod ignore;
mod import;
mod join;
mod learned;
mod load;
mod make;
mod mark;
mod name;
mod pairs;
mod paths;
mod printer;
mod read;
mod report;
mod restore;
mod sense;
mod show;
mod signals;
mod split;
mod stats;
mod table;
mod target;
mod undo;
mod usage;
mod web;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use context::standard_input;
use printer::Printer;

pub use crate::library::Failure;
use crate::library::plural;
pub use context::Context;

/// 生词: turns Chinese news articles into Anki decks of the words that are new to you.
#[derive(Debug, Parser)]
#[command(
    name = "shengci",
    version,
    long_version = about::LONG_VERSION,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:
  shengci make article.txt              an article becomes article.apkg; open it with Anki
  shengci make news/ -o news.apkg       a whole folder, one deck
  shengci words --new --seen 2          what you met twice and don't know yet
  shengci show last                     the last article with its pinyin"
)]
pub struct Cli {
    /// The library file [default: shengci/library.db in your data folder].
    #[arg(long, global = true, value_name = "FILE", env = "SHENGCI_LIBRARY", hide_env_values = true)]
    library: Option<std::path::PathBuf>,

    /// Print JSON for machines instead of text for people.
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Make(make::MakeArgs),
    #[command(visible_alias = "ingest")]
    Add(add::AddArgs),
    Feed(feed::FeedArgs),
    Articles(articles::ArticlesArgs),
    Show(show::ShowArgs),
    Words(words::WordsArgs),
    Pairs(pairs::PairsArgs),
    Read(read::ReadArgs),
    Mark(mark::MarkArgs),
    Learned(learned::LearnedArgs),
    Undo(undo::UndoArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Report(report::ReportArgs),
    Stats(stats::StatsArgs),
    Correct(correct::CorrectArgs),
    Split(split::SplitArgs),
    Join(join::JoinArgs),
    Name(name::NameArgs),
    Sense(sense::SenseArgs),
    Ignore(ignore::IgnoreArgs),
    Corrections(corrections::CorrectionsArgs),
    Clean(clean::CleanArgs),
    Check(check::CheckArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Dump(dump::DumpArgs),
    Load(load::LoadArgs),
    About(about::AboutArgs),
    Completions(completions::CompletionsArgs),
}

/// Runs the command that the arguments name. Exit codes: 0 done, 1 failed, 2 wrong usage.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return usage::tell(&error, &arguments),
    };
    let watch = signals::watch();
    let mut context = match Context::from_environment(cli.library, cli.json) {
        Ok(context) => context,
        Err(failure) => return failure::tell(&failure, &mut Printer::stderr()),
    };
    match run(cli.verb, &mut context).and_then(|()| context.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure::tell(&signals::explain(&watch, failure), &mut context.err),
    }
}

fn run(verb: Verb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        Verb::Make(args) => make::run(&args, context),
        Verb::Add(args) => add::run(&args, context),
        Verb::Feed(args) => feed::run(&args, context),
        Verb::Articles(args) => articles::run(&args, context),
        Verb::Show(args) => show::run(&args, context),
        Verb::Words(args) => words::run(&args, context),
        Verb::Pairs(args) => pairs::run(&args, context),
        Verb::Export(args) => export::run(&args, context),
        Verb::Correct(args) => correct::run(&args, context),
        Verb::Split(args) => split::run(&args, context),
        Verb::Join(args) => join::run(&args, context),
        Verb::Name(args) => name::run(&args, context),
        Verb::Sense(args) => sense::run(&args, context),
        Verb::Ignore(args) => ignore::run(&args, context),
        Verb::Corrections(args) => corrections::run(&args, context),
        Verb::Clean(args) => clean::run(&args, context),
        Verb::Check(args) => check::run(&args, context),
        Verb::Read(args) => read::run(&args, context),
        Verb::Mark(args) => mark::run(&args, context),
        Verb::Learned(args) => learned::run(&args, context),
        Verb::Undo(args) => undo::run(&args, context),
        Verb::Import(args) => import::run(&args, context),
        Verb::Report(args) => report::run(&args, context),
        Verb::Stats(args) => stats::run(&args, context),
        Verb::Backup(args) => backup::run(&args, context),
        Verb::Restore(args) => restore::run(&args, context),
        Verb::Dump(args) => dump::run(&args, context),
        Verb::Load(args) => load::run(&args, context),
        Verb::About(args) => about::run(&args, context),
        Verb::Completions(args) => completions::run(&args, context, Cli::command()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
