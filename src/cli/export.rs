//! `export`: a deck from the library into a package that Anki imports.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use super::decks::Deleted;
use super::target::{Form, Target};
use super::{Context, Failure, decks, import, put_right};
use crate::store::Selection;

/// Builds a deck of your library into an Anki package.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci export news                   the new words of the last article, into news.apkg
  shengci export frequent -o top.apkg   the words that you meet most
  shengci export ./my.yaml              a deck file of your own
  shengci export news --article 12      only what stands in article 12
  shengci export news --to anki         straight into the Anki that runs, through AnkiConnect

Importing the same deck again updates its notes: nothing is doubled, and no review is lost. What you wrote into a
note in Anki stays there: `--to anki` reads it first; before you open a package, `shengci import` does.
A note that you deleted in Anki stays away once an `import` or `--to anki` has seen that.")]
pub struct Args {
    /// A deck's name (news, frequent, hsk, or one of your own), or a deck file.
    deck: String,

    /// Where the package goes, `-` for a pipe [default: the deck's name with .apkg, in this folder].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Into a package, or straight into the Anki that runs (needs its add-on AnkiConnect).
    #[arg(long, value_name = "apkg|anki", value_parser = ["apkg", "anki"], default_value = "apkg")]
    #[arg(conflicts_with = "output")]
    to: String,

    /// Also the notes that you deleted in Anki.
    #[arg(long)]
    deleted: bool,

    /// Only words of this article: a number, `last`, or a part of its title.
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
}

/// Builds it.
///
/// # Errors
/// When there is no such deck, its file has a fault, or the package can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let definition = decks::find(&args.deck, context)?;
    let mut store = context.existing_store()?;
    store.writable()?;
    let articles = match &args.article {
        Some(reference) => Some(Selection::Ids(vec![store.article(reference)?])),
        None => None,
    };
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.apkg", definition.handle)));
    let to_anki = args.to == "anki";
    let mut target = if to_anki { None } else { Some(Target::open(&path, Form::Package, context)?) };
    if to_anki {
        import::read_back(context, &mut store)?;
    }
    put_right::bring_up_to_date(context, &mut store)?;
    definition.recall(&mut store, context)?;
    let deleted = if args.deleted { Deleted::GivenAgain } else { Deleted::LeftOut };
    let mut bytes = Cursor::new(Vec::new());
    let built = match &mut target {
        Some(target) => decks::build(&definition, articles, &store, context.now, deleted, target.file())?,
        None => decks::build(&definition, articles, &store, context.now, deleted, &mut bytes)?,
    };
    if built.given.is_empty() {
        return Err(Failure::new(format!(
            "no word of the library belongs in the deck “{}”",
            definition.handle
        ))
        .hint("add articles with `shengci add`, or look at what the deck file asks for"));
    }
    let stdout = target.as_ref().is_some_and(Target::is_stdout);
    // What Anki did not take was not given: the library remembers it only afterwards.
    let pushed = match target {
        Some(target) => target.finish(&mut context.out).map(|()| None)?,
        None => Some(import::push(context, bytes.get_ref())?),
    };
    definition.remember(&built.given, &mut store, context.now)?;
    if let Some((rival, notes)) = &built.rival {
        context.note(&decks::told_of_rival(&definition.handle, rival, *notes));
    }
    if context.json {
        return context.json_line(&serde_json::json!({
            "deck": definition.handle,
            "name": built.name.as_str(),
            "file": (!to_anki).then(|| path.display().to_string()),
            "notes": built.notes(),
            "new": built.new,
            "changed": built.changed,
            "deleted_in_anki": built.deleted,
            "of_another_note_type": built.moved,
            "notes_in_anki": pushed.map(|pushed| pushed.after),
        }));
    }
    if built.deleted > 0 {
        writeln!(
            context.out,
            "left out: {} that you deleted in Anki (`--deleted` gives them again)",
            built.deleted
        )?;
    }
    if built.moved > 0 {
        writeln!(
            context.out,
            "left out: {} that you gave another note type in Anki; they stay as they are",
            built.moved
        )?;
    }
    if let Some(pushed) = pushed {
        writeln!(
            context.out,
            "{}: {} given to Anki, which has {} more of ours than before",
            built.name.as_str(),
            super::plural(built.notes(), "note"),
            pushed.after.saturating_sub(pushed.before)
        )?;
        return Ok(());
    }
    writeln!(
        if stdout { &mut context.err } else { &mut context.out },
        "{}: {}, {} of them new, {} changed",
        path.display(),
        super::plural(built.notes(), "note"),
        built.new,
        built.changed
    )?;
    Ok(())
}
