//! `export`: a deck from the library into a package that Anki imports.

use std::io::Write;
use std::path::PathBuf;

use super::import::is_waited_for;
use super::target::{Form, Target};
use super::{Context, Failure, plural};
use crate::library::export::{Built, Deleted, Delivered, ExportRequest, Line, Style, Way};
use crate::library::{Settings, deck_file};

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
pub struct ExportArgs {
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
pub fn run(args: &ExportArgs, context: &mut Context) -> Result<(), Failure> {
    let definition = deck_file::find(&args.deck, &context.config)?;
    let mut library = context.library.open_existing()?;
    library.writable()?;
    let article = args.article.as_deref().map(|reference| library.article(reference)).transpose()?;
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.apkg", definition.handle)));
    let way = if args.to == "anki" {
        Way::Anki(Box::new(Line::open(Settings::load(&context.config)?, is_waited_for)?))
    } else {
        Way::Package(Target::open(&path, Form::Package, context)?)
    };
    let stdout = matches!(&way, Way::Package(target) if target.is_stdout());
    let request = ExportRequest {
        definition: &definition,
        article,
        deleted: if args.deleted { Deleted::GivenAgain } else { Deleted::LeftOut },
        style: if args.our_style { Style::Ours } else { Style::Theirs },
    };
    let delivered = library.export(&request, way, context)?;
    tell(&definition.handle, &delivered, context);
    let built = &delivered.built;
    if context.json {
        return context.json_line(&delivered.json(&definition.handle, &path));
    }
    let out = if stdout { &mut context.err } else { &mut context.out };
    if let Some(added) = delivered.added() {
        writeln!(
            out,
            "{}: {} given to Anki: {} added, {} brought up to date, {} as before",
            built.name.as_str(),
            plural(built.notes(), "note"),
            added,
            built.renewed,
            built.notes().saturating_sub(added + built.renewed)
        )?;
    } else {
        writeln!(
            out,
            "{}: {}, {} of them new, {} changed",
            path.display(),
            plural(built.notes(), "note"),
            built.new,
            built.changed
        )?;
    }
    print_what_stays(built, out)
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

/// Notices about the deck and the collection that it is for.
fn tell(handle: &str, delivered: &Delivered, context: &mut Context) {
    let built = &delivered.built;
    if let Some((rival, notes)) = &built.rival {
        context.note(&told_of_rival(handle, rival, *notes));
    }
    let called = built.called();
    if *called != built.name {
        context.note(&format!(
            "note: the deck “{}” is called “{called}” in Anki: its new cards go there",
            built.name
        ));
    }
    if delivered.has_own_style {
        context.note(
            "note: the style sheet or the templates in Anki are your own, and stay; `--our-style` takes shengci's",
        );
    }
}

/// The notice that another deck writes the same notes differently.
pub fn told_of_rival(handle: &str, rival: &str, notes: usize) -> String {
    let (notes, them) = (plural(notes, "note"), if notes == 1 { "it" } else { "them" });
    format!(
        "note: the decks “{handle}” and “{rival}” share {notes} and write {them} differently, so each export changes \
         what the other one wrote: give both deck files the same `fields:`"
    )
}
