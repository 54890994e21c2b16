//! `articles`: what the library holds, with how much of it you know.

use std::io::Write;

use super::table::Table;
use super::{Context, Failure};
use crate::library::rows::{ArticleJson, day};

/// Lists the articles of your library, with the share of their words that you know.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci articles
  shengci articles --json | jq '.[] | select(.known > 0.9) | .title'

`words` and `new` count different words; `of the text known` is the share of its running words, so that a word
that stands there ten times counts ten times.")]
pub struct ArticlesArgs {}

/// Lists them.
///
/// # Errors
/// When the library can't be read.
pub fn run(_: &ArticlesArgs, context: &mut Context) -> Result<(), Failure> {
    let rows = context.library.open_existing()?.articles()?;
    if context.json {
        return context.json_line(&rows.iter().map(ArticleJson::new).collect::<Vec<_>>());
    }
    let mut table = Table::new(&[0, 2, 3, 4]);
    if !rows.is_empty() {
        table.row(["", "added", "words", "new", "of the text known", "title"].map(str::to_owned));
    }
    for row in &rows {
        table.row([
            row.id.to_string(),
            day(row.added),
            row.types.total().to_string(),
            row.types.new.to_string(),
            format!("{:.0} %", row.tokens.coverage() * 100.0),
            row.title.clone(),
        ]);
    }
    table.print(&mut context.out)?;
    if rows.is_empty() {
        writeln!(context.err, "no article yet; add one with `shengci add FILE`")?;
    }
    Ok(())
}
