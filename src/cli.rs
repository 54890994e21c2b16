//! The command line: one file a verb, each with its `Args` and its `run`.
//!
//! This is the one place that asks the clock, the environment and the terminal. A verb parses, calls the core,
//! and prints: results on stdout, notes on stderr.

mod about;
mod add;
mod articles;
mod check;
mod completions;
mod context;
mod decks;
mod export;
mod failure;
mod intake;
mod make;
mod pairs;
mod paths;
mod read;
mod report;
mod show;
mod summary;
mod table;
mod target;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

pub use context::Context;
pub use failure::Failure;

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
    Make(make::Args),
    #[command(alias = "ingest")]
    Add(add::Args),
    Articles(articles::Args),
    Show(show::Args),
    Words(words::Args),
    Pairs(pairs::Args),
    Read(read::Args),
    Export(export::Args),
    Check(check::Args),
    About(about::Args),
    Completions(completions::Args),
}

/// Runs the command that the arguments name. Exit codes: 0 done, 1 failed, 2 wrong usage.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut context = match Context::from_environment(cli.library, cli.json) {
        Ok(context) => context,
        Err(failure) => return failure.report(&mut anstream::stderr()),
    };
    match run(cli.verb, &mut context).and_then(|()| context.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&mut context.err),
    }
}

fn run(verb: Verb, context: &mut Context) -> Result<(), Failure> {
    match verb {
        Verb::Make(args) => make::run(&args, context),
        Verb::Add(args) => add::run(&args, context),
        Verb::Articles(args) => articles::run(&args, context),
        Verb::Show(args) => show::run(&args, context),
        Verb::Words(args) => words::run(&args, context),
        Verb::Pairs(args) => pairs::run(&args, context),
        Verb::Export(args) => export::run(&args, context),
        Verb::Check(args) => check::run(&args, context),
        Verb::Read(args) => read::run(&args, context),
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
