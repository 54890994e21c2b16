//! `export`: a deck from the library into a package that Anki imports.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use super::decks::{Built, Definition, Deleted, Giving};
use super::target::{Form, Target};
use super::{Context, Failure, decks, import, put_right};
use crate::deck;
use crate::learned::Pushed;
use crate::package::Style;
use crate::store::{Selection, Store};

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
A note that you deleted in Anki stays away once an `import` or `--to anki` has seen that. Fields and templates that
you added, renamed or deleted, your own style sheet and the name that you gave the deck stay too.")]
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

    /// Takes shengci's style sheet and templates, in the place of your own.
    #[arg(long)]
    our_style: bool,

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
    let line = if to_anki { Some(import::Line::open(context)?) } else { None };
    let place = match &line {
        Some(line) => line.read_back(&mut store, context.now)?,
        None => None,
    };
    put_right::bring_up_to_date(context, &mut store)?;
    definition.recall(&mut store, context)?;
    let giving = Giving {
        deleted: if args.deleted { Deleted::GivenAgain } else { Deleted::LeftOut },
        style: if args.our_style { Style::Ours } else { Style::Theirs },
        place: place.as_deref(),
    };
    let mut bytes = Cursor::new(Vec::new());
    let built = match &mut target {
        Some(target) => decks::build(&definition, articles, &store, context.now, giving, target.file())?,
        None => decks::build(&definition, articles, &store, context.now, giving, &mut bytes)?,
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
    let pushed = match (target, &line) {
        (Some(target), _) => target.finish(&mut context.out).map(|()| None)?,
        (None, Some(line)) => Some(line.push(bytes.get_ref(), &built, giving.place, &mut store)?),
        (None, None) => None,
    };
    definition.remember(&built.given, &mut store, context.now)?;
    tell(&definition, &built, giving.style, &mut store, context)?;
    if context.json {
        let called = &built.called[&built.name];
        return context.json_line(&serde_json::json!({
            "deck": definition.handle,
            "name": built.name.as_str(),
            "file": (!to_anki).then(|| path.display().to_string()),
            "notes": built.notes(),
            "new": built.new,
            "changed": built.changed,
            "deleted_in_anki": built.deleted,
            "of_another_note_type": built.moved,
            "without_template": built.without_card,
            "notes_in_anki": pushed.map(|pushed| pushed.after),
            "added": pushed.map(|pushed| added(&built, pushed)),
            "brought_up_to_date": pushed.map(|_| built.renewed),
            "edited_in_anki": built.edited,
            "called_in_anki": called.as_str(),
        }));
    }
    if let Some(pushed) = pushed {
        let added = added(&built, pushed);
        writeln!(
            context.out,
            "{}: {} given to Anki: {} added, {} brought up to date, {} as before",
            built.name.as_str(),
            super::plural(built.notes(), "note"),
            added,
            built.renewed,
            built.notes().saturating_sub(added + built.renewed)
        )?;
    } else {
        writeln!(
            if stdout { &mut context.err } else { &mut context.out },
            "{}: {}, {} of them new, {} changed",
            path.display(),
            super::plural(built.notes(), "note"),
            built.new,
            built.changed
        )?;
    }
    let out = if stdout { &mut context.err } else { &mut context.out };
    print_what_stays(&built, out)
}

/// How many of the notes are in Anki since it was given them. Others that came meanwhile are none of these.
fn added(built: &Built, pushed: Pushed) -> usize {
    built.added.min(pushed.after.saturating_sub(pushed.before))
}

/// Which notes keep what the learner wrote, and which were left out.
fn print_what_stays(built: &Built, out: &mut dyn Write) -> Result<(), Failure> {
    if built.edited > 0 {
        writeln!(out, "kept: what you wrote in Anki in {} of them", built.edited)?;
    }
    if built.deleted > 0 {
        writeln!(out, "left out: {} that you deleted in Anki (`--deleted` gives them again)", built.deleted)?;
    }
    if built.moved > 0 {
        let stay = if built.moved == 1 { "it stays as it is" } else { "they stay as they are" };
        writeln!(out, "left out: {} that you gave another note type in Anki; {stay}", built.moved)?;
    }
    if built.without_card > 0 {
        writeln!(
            out,
            "left out: {} of which you deleted all templates in Anki; `cards:` in the deck file asks for others",
            built.without_card
        )?;
    }
    Ok(())
}

/// What the learner should know of the deck and of the collection that it is for.
fn tell(
    definition: &Definition,
    built: &Built,
    style: Style,
    store: &mut Store,
    context: &mut Context,
) -> Result<(), Failure> {
    if let Some((rival, notes)) = &built.rival {
        context.note(&decks::told_of_rival(&definition.handle, rival, *notes));
    }
    let called = &built.called[&built.name];
    if *called != built.name {
        context.note(&format!(
            "note: the deck “{}” is called “{called}” in Anki: its new cards go there",
            built.name
        ));
    }
    let Some(place) = built.in_anki.place() else { return Ok(()) };
    let is_told = style == Style::Theirs && built.in_anki.is_to_be_told_of_style();
    if is_told {
        context.note(
            "note: the style sheet or the templates in Anki are your own, and stay; `--our-style` takes shengci's",
        );
    }
    let told = is_told.then(deck::note_type::fingerprint);
    store.record_given(place, &built.in_anki.numbers(&built.called), &[], told.as_deref())?;
    Ok(())
}
