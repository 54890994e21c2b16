//! `pairs`: the hanzi–pinyin pairs that articles carried, as they were aligned.

use super::table::Table;
use super::{Context, Failure};

/// Lists the hanzi–pinyin pairs that an article carried, or all articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci pairs last
  shengci pairs --json")]
pub struct PairsArgs {
    /// A number, `last`, a path, or a part of a title; all articles if left out.
    article: Option<String>,
}

/// Lists them, in the order of the text.
///
/// # Errors
/// When the library can't be read, or has no such article.
pub fn run(args: &PairsArgs, context: &mut Context) -> Result<(), Failure> {
    let library = context.library.open_existing()?;
    let article = args.article.as_deref().map(|article| library.article(article)).transpose()?;
    let rows = library.pairs(article)?;
    if context.json {
        return context.json_line(&rows);
    }
    let mut table = Table::new(&[2]);
    for row in rows {
        table.row([row.hanzi, row.pinyin, row.count.to_string()]);
    }
    table.print(&mut context.out)?;
    Ok(())
}
