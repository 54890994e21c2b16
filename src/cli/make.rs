//! `make`: the main job in one go. Articles enter the library, and what is new in them becomes a deck.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::decks::Giving;
use super::intake::{self, Taken};
use super::target::{Form, Target};
use super::{Context, Failure, decks, put_right, summary};
use crate::store::{Outcome, Selection};

/// Turns articles into an Anki deck of the words that are new to you.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci make article.txt              makes article.apkg; open it with Anki
  shengci make news/ -o news.apkg       a whole folder, one deck
  pbpaste | shengci make - -o today.apkg
  shengci make article.txt --deck my    with the deck file decks/my.yaml of your settings

The articles stay in your library, so that the next deck knows what you have read.")]
pub struct Args {
    /// Files, folders (a file is an article), or `-` for standard input.
    #[arg(required = true, value_name = "FILE|FOLDER|-")]
    articles: Vec<OsString>,

    /// Where the package goes, `-` for a pipe [default: the article's name with .apkg, in this folder].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The deck's definition: a name, or a deck file.
    #[arg(long, value_name = "DECK", default_value = "news")]
    deck: String,
}

/// Adds the articles and builds the deck.
///
/// # Errors
/// When an article can't be read, or the package can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let definition = decks::find(&args.deck, context)?;
    let path = args.output.clone().unwrap_or_else(|| default_output(&args.articles));
    let found = intake::find(&args.articles)?;
    let mut target = Target::open(&path, Form::Package, context)?;
    let texts = found.read_named()?;
    let mut store = context.store()?;
    let taken: Vec<Taken> = intake::take(texts, &mut store, context)?;
    let mut ids: Vec<i64> = taken.iter().map(|one| one.added.article).collect();
    ids.sort_unstable();
    ids.dedup();
    if taken.iter().any(|one| one.added.outcome == Outcome::Same) {
        put_right::bring_up_to_date(context, &mut store)?;
    }
    definition.recall(&mut store, context)?;
    // The word list has done its work; the package needs the memory.
    context.renew_reader(&store)?;
    let selection = Selection::Ids(ids.clone());
    let built =
        decks::build(&definition, Some(selection), &store, context.now, Giving::default(), target.file())
            .map_err(added)?;
    if built.given.is_empty() {
        return Err(Failure::new("there is no word in these articles that belongs in the deck")
            .hint("the articles are in the library; do you know all their words, or does the deck file leave them out?"));
    }
    let stdout = target.is_stdout();
    target.finish(&mut context.out).map_err(added)?;
    if let Some((rival, notes)) = &built.rival {
        context.note(&decks::told_of_rival(&definition.handle, rival, *notes));
    }
    definition.remember(&built.given, &mut store, context.now)?;
    let summary = summary::Summary::new(&taken, &ids, &built, &path, &definition, &store)?;
    if context.json {
        return context.json_line(&summary);
    }
    summary.print(if stdout { &mut context.err } else { &mut context.out })?;
    context.out.flush()?;
    Ok(())
}

/// The package could not be written, but the articles were added: a second run finds them and goes on from there.
fn added(failure: Failure) -> Failure {
    failure
        .hint("the articles are in the library; run the same command again when this is mended: nothing is counted twice")
}

/// The first article's name, or the folder's, with Anki's ending.
fn default_output(articles: &[impl AsRef<OsStr>]) -> PathBuf {
    let stem = match articles {
        [one] if one.as_ref() != "-" => {
            let path = Path::new(one.as_ref());
            let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let name = if absolute.is_dir() { absolute.file_name() } else { absolute.file_stem() };
            name.map(|name| name.to_string_lossy().into_owned())
        }
        _ => None,
    };
    PathBuf::from(format!("{}.apkg", stem.unwrap_or_else(|| "shengci".to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_called_after_the_article() {
        assert_eq!(default_output(&["news/今天.txt"]), PathBuf::from("今天.apkg"));
        assert_eq!(default_output(&["-"]), PathBuf::from("shengci.apkg"));
        assert_eq!(default_output(&["a.txt", "b.txt"]), PathBuf::from("shengci.apkg"));
    }
}
