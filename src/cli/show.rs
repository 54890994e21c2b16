//! `show`: an article with its pinyin, or all that is known of a word.

mod why;

use std::io::Write;

use super::{Context, Failure, plural};
use crate::library::rows::{LevelsRow, WordRow};
use crate::library::show::{CutRow, Entry, Found, Ours, ReadArticleRow, ShownArticle, ShownWord};

/// Shows an article with its pinyin, or a word with everything that is known of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci show last           the article that was added last
  shengci show last --cuts    what was cut out of it, and why
  shengci show 公司           a word: readings, glosses, sentences, decks
  shengci show --why '这个地方很精神'
                             which rules cut this sentence and read its words")]
pub struct ShowArgs {
    /// An article (a number, `last`, a path, a part of its title) or a word; with `--why`, a sentence.
    #[arg(value_name = "ARTICLE|WORD")]
    what: String,

    /// Show the rules that cut a sentence into words and read them: what each pass of the segmenter changed, and for each
    /// word the rules that had a say, the last of which decided.
    #[arg(long, conflicts_with_all = ["cuts", "doubts"])]
    why: bool,

    /// Show what was cut from the article, with the reasons.
    #[arg(long)]
    cuts: bool,

    /// Show only what needs a second look: doubts about pinyin in brackets, and readings that are not sure.
    #[arg(long)]
    doubts: bool,
}

/// Shows it.
///
/// # Errors
/// When there is no such article or word.
pub fn run(args: &ShowArgs, context: &mut Context) -> Result<(), Failure> {
    if args.why {
        return why::show(&args.what, context);
    }
    let library = context.library.open_existing()?;
    match library.find(&args.what)? {
        Found::Words(words) if context.json => context.json_line(&words),
        Found::Entries(entries) if context.json => context.json_line(&entries),
        Found::Article(article) if context.json => {
            context.json_line(&ReadArticleRow::new(&article, &library.paragraphs(&article.article)))
        }
        Found::Words(words) => words.iter().try_for_each(|word| print_word(word, &mut context.out)),
        Found::Entries(entries) => print_entries(&entries, &mut context.out),
        Found::Article(article) if args.cuts => print_cuts(&article.cuts(), &mut context.out),
        Found::Article(article) => print_article(&article, args.doubts, context),
    }
}

fn print_entry(
    simplified: &str,
    traditional: &str,
    pinyin: &str,
    glosses: &[String],
    hsk: LevelsRow,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let traditional = if traditional == simplified { String::new() } else { format!(" ({traditional})") };
    writeln!(out, "{simplified}{traditional}  {pinyin}")?;
    for gloss in glosses {
        writeln!(out, "  - {gloss}")?;
    }
    let levels: Vec<String> = hsk
        .iter()
        .filter_map(|(version, level)| level.as_ref().map(|level| format!("{version}: {level}")))
        .collect();
    if !levels.is_empty() {
        writeln!(out, "  HSK {}", levels.join(", "))?;
    }
    Ok(())
}

fn print_word(row: &ShownWord, out: &mut dyn Write) -> Result<(), Failure> {
    let word = &row.word;
    print_entry(&word.simplified, &word.traditional, &word.pinyin, &word.glosses, word.hsk, out)?;
    print_ours(&row.ours, out)?;
    let sure = if word.sure { "" } else { ", not sure: please check" };
    writeln!(out, "  reading from: {}{sure}", word.evidence)?;
    let article = if matches!(word.kind, "idiom" | "organisation" | "other") { "an" } else { "a" };
    writeln!(
        out,
        "  {}, seen {} in {}, {article} {}",
        word.status,
        plural(word.count as usize, "time"),
        plural(word.articles as usize, "article"),
        word.kind
    )?;
    match &row.decks[..] {
        [] => writeln!(out, "  in no deck yet: {}", why_not(word))?,
        decks => writeln!(out, "  in the decks {}", decks.join(", "))?,
    }
    for sentence in &row.sentences {
        writeln!(out, "  · {} ({} {})", sentence.text.trim(), sentence.article, sentence.title)?;
    }
    Ok(())
}

/// Prints the dictionary's entries of a word that the library has not met.
fn print_entries(entries: &[Entry], out: &mut dyn Write) -> Result<(), Failure> {
    for entry in entries {
        print_entry(&entry.simplified, &entry.traditional, &entry.pinyin, &entry.glosses, entry.hsk, out)?;
        print_ours(&entry.ours, out)?;
    }
    writeln!(out, "  from the dictionary; it stands in no article of your library")?;
    Ok(())
}

/// The remark on a word, or on senses of it, that CC-CEDICT lacks.
fn print_ours(ours: &Ours, out: &mut dyn Write) -> Result<(), Failure> {
    match ours {
        Ours::Nothing => {}
        Ours::Senses(senses) => {
            writeln!(out, "  CC-CEDICT lacks a sense, which is shengci's own: {}", senses.join("; "))?;
        }
        Ours::Word => writeln!(out, "  CC-CEDICT lacks it: reading and meaning are shengci's own")?,
    }
    Ok(())
}

/// Why a word stands in no deck.
fn why_not(word: &WordRow) -> &'static str {
    match (word.status, word.kind) {
        ("known", _) => "you know it",
        ("ignored", _) => "you ignore it",
        (_, "word" | "idiom") => "no export has asked for it, or the deck leaves out basic words",
        _ => "decks leave out names, numbers and dates unless their file asks for them",
    }
}

fn print_cuts(cuts: &[CutRow<'_>], out: &mut dyn Write) -> Result<(), Failure> {
    for cut in cuts {
        writeln!(out, "lines {}–{}: {}", cut.first_line, cut.last_line, cut.why)?;
        for line in cut.text.lines().take(3) {
            let short: String = line.chars().take(60).collect();
            writeln!(out, "  {short}{}", if short.len() < line.len() { "…" } else { "" })?;
        }
    }
    Ok(())
}

/// A sentence a line, its pinyin under it; or only what needs a second look, which follows in any case.
fn print_article(shown: &ShownArticle, only_doubts: bool, context: &mut Context) -> Result<(), Failure> {
    let unsure = shown.unsure();
    if !only_doubts {
        for (sentence, pinyin) in shown.sentences() {
            writeln!(context.out, "{sentence}\n  {pinyin}")?;
        }
    } else if shown.doubts.is_empty() && unsure.is_empty() {
        context.note("nothing in this article needs a second look");
    }
    for doubt in &shown.doubts {
        let line = doubt.line.map_or_else(String::new, |line| format!("line {line}, "));
        writeln!(context.out, "doubt: {line}column {}: ({}) {}", doubt.column, doubt.written, doubt.why)?;
    }
    for word in unsure {
        let (line, column) = (word.line, word.column);
        writeln!(context.out, "check: line {line}, column {column}: {} {}", word.form, word.pinyin)?;
    }
    Ok(())
}
