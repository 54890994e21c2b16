//! `add`: articles enter the library.

use std::ffi::OsString;
use std::io::Write;

use super::{Context, Failure, plural, standard_input, web};
use crate::library::add::{self, Outcome, Taken};
use crate::library::rows::AddedRow;

/// Reads articles into the library: files, folders (a file is an article, and so is each chapter of an EPUB and each text of
/// a zip), web pages, or `-` for standard input.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci add article.txt
  shengci add news/ more/*.txt
  shengci add https://news.example/2026/11/article.html
  pbpaste | shengci add -

An article that the library has already changes no count. A new wording of a file replaces the old one's words; another
article in the same file is added, and the old one stays. Of an article on several pages give the address of the first.")]
pub struct AddArgs {
    /// Files, folders, web addresses, or `-`.
    #[arg(required = true, value_name = "FILE|FOLDER|URL|-")]
    articles: Vec<OsString>,

    /// Count the same news again that the library has from elsewhere.
    #[arg(long)]
    again: bool,

    /// Cut nothing: menus, links and comments stay.
    #[arg(long)]
    keep_all: bool,

    #[command(flatten)]
    web: web::Reach,
}

/// Adds them.
///
/// # Errors
/// When one that was named can't be read, or the library can't be written: nothing is added then, or it is told what was.
pub fn run(args: &AddArgs, context: &mut Context) -> Result<(), Failure> {
    let found = add::find(&args.articles, standard_input, args.web.way())?;
    let texts = found.read_named()?.again(args.again).whole(args.keep_all);
    let mut library = context.library.open()?;
    let taken = add::add(texts, &mut library, context)?;
    if context.json {
        return context.json_line(&taken.iter().map(AddedRow::new).collect::<Vec<_>>());
    }
    for one in &taken {
        writeln!(context.out, "{}", line(one))?;
    }
    Ok(())
}

/// The outcome for an article, in a line.
fn line(taken: &Taken) -> String {
    let added = &taken.added;
    let words = plural(added.words as usize, "word");
    let what = match added.outcome {
        Outcome::New => format!("{words}, {} of them new to the library", added.born),
        Outcome::Same => format!("was there already (from {}); nothing was counted again", added.origin),
        Outcome::Copy => format!(
            "is there already from elsewhere ({}), nearly word for word; nothing was counted (`--again` counts it)",
            added.origin
        ),
        Outcome::Edited => {
            format!("has a new wording: {words}, {} new to the library", added.born)
        }
    };
    format!("{}  {}: {what}", added.article, added.title)
}
