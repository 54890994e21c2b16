//! `make`: the main job in one go. Articles enter the library, and what is new in them becomes a deck.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use super::target::{Form, Target};
use super::{Context, Failure, export, plural, standard_input, web};
use crate::library::{Made, add, deck_file, default_output};

/// Turns articles into an Anki deck of the words that are new to you.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci make article.txt              makes article.apkg; open it with Anki
  shengci make news/ -o news.apkg       a whole folder, one deck
  shengci make https://news.example/2026/11/article.html
  pbpaste | shengci make - -o today.apkg
  shengci make article.txt --deck my    with the deck file decks/my.yaml of your settings

The articles stay in your library, so that the next deck knows what you have read.")]
pub struct MakeArgs {
    /// Files, folders (a file is an article), web addresses, or `-` for standard input.
    #[arg(required = true, value_name = "FILE|FOLDER|URL|-")]
    articles: Vec<OsString>,

    /// Where the package goes, `-` for a pipe [default: the article's name with .apkg, in this folder].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Count the same news again that the library has from elsewhere.
    #[arg(long)]
    again: bool,

    /// Cut nothing: menus, links and comments stay.
    #[arg(long)]
    keep_all: bool,

    /// The deck's definition: a name, or a deck file.
    #[arg(long, value_name = "DECK", default_value = "news")]
    deck: String,

    #[command(flatten)]
    web: web::Reach,
}

/// Adds the articles and builds the deck.
///
/// # Errors
/// When an article can't be read, or the package can't be written.
pub fn run(args: &MakeArgs, context: &mut Context) -> Result<(), Failure> {
    let definition = deck_file::find(&args.deck, &context.config)?;
    let path = args.output.clone().unwrap_or_else(|| default_output(&args.articles));
    let found = add::find(&args.articles, standard_input, args.web.way())?;
    let target = Target::open(&path, Form::Package, context)?;
    let stdout = target.is_stdout();
    let texts = found.read_named()?.again(args.again).whole(args.keep_all);
    let mut library = context.library.open()?;
    let made = library.make(texts, &definition, (&path, target), context)?;
    if let Some((rival, notes)) = &made.rival {
        context.note(&export::told_of_rival(&definition.handle, rival, *notes));
    }
    if context.json {
        return context.json_line(&made);
    }
    print(&made, if stdout { &mut context.err } else { &mut context.out })?;
    context.out.flush()?;
    Ok(())
}

/// Prints what was found, where the deck is and what to do next.
fn print(made: &Made, out: &mut dyn Write) -> io::Result<()> {
    match &made.articles[..] {
        [one] => writeln!(out, "{}", one.title)?,
        several => writeln!(out, "{} articles", several.len())?,
    }
    let same = made.articles.iter().filter(|one| one.outcome == "same").count();
    match (same, made.articles.len()) {
        (0, _) => {}
        (_, 1) => writeln!(out, "  known already; nothing was counted twice")?,
        _ => writeln!(out, "  {same} of them known already; nothing was counted twice")?,
    }
    writeln!(out, "  {}, {} of them new to you", plural(made.words, "word"), made.new)?;
    let spread: Vec<String> = made
        .hsk
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| format!("{level}: {count}"))
        .collect();
    writeln!(out, "  HSK {}: {}", made.hsk_version, spread.join("  "))?;
    let doubts = match made.doubts {
        0 => String::new(),
        1 => ", 1 doubt".to_owned(),
        n => format!(", {n} doubts"),
    };
    writeln!(out, "  {} aligned{doubts}", plural(made.pairs, "hanzi–pinyin pair"))?;
    if made.articles.iter().any(|one| one.cuts > 0) {
        let cuts: usize = made.articles.iter().map(|one| one.cuts).sum();
        let dont = if cuts == 1 { "doesn't" } else { "don't" };
        writeln!(
            out,
            "  {} left out that {dont} belong to the article (`shengci show last --cuts`)",
            plural(cuts, "passage")
        )?;
    }
    writeln!(
        out,
        "{}: {} in “{}”, {} of them new{}",
        made.file,
        plural(made.notes, "note"),
        made.deck,
        made.new_notes,
        if made.changed_notes > 0 { format!(", {} changed", made.changed_notes) } else { String::new() }
    )?;
    if made.file == "-" {
        return Ok(());
    }
    writeln!(out, "Next: open {} with Anki (File → Import, or a double click).", made.file)
}
