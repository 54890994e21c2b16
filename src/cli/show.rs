//! `show`: an article with its pinyin, or all that is known of a word.

mod entry;
mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde::Serialize;

use super::decks::deck_name;
use super::report::{LevelsRow, LineRow, WordRow};
use super::{Context, Failure, plural};
use crate::annotated::{AnnotatedText, DoubtWhy};
use crate::deck::{Notation, sentence_pinyin};
use crate::dictionary::{Dictionary, Meaning};
use crate::document::Why;
use crate::hanzi::{Headword, is_hanzi};
use crate::pipeline::{Article, Line};
use crate::span::Span;
use crate::store::{Exported, Fault, Seen, Selection, Store};
use crate::words::{Example, ExampleWord, Moment, Status};

/// Shows an article with its pinyin, or a word with everything that is known of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci show last           the article that was added last
  shengci show last --cuts    what was cut out of it, and why
  shengci show 公司           a word: readings, glosses, sentences, decks
  shengci show --why '这个地方很精神'
                             which rules cut this sentence and read its words")]
pub struct Args {
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
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    if args.why {
        return why::show(&args.what, context);
    }
    let store = context.existing_store()?;
    if args.what.chars().all(is_hanzi)
        && let Some(simplified) = context.reader().dictionary().find_any(&args.what).map(|w| w.simplified)
        && word(simplified, &store, context)?
    {
        return Ok(());
    }
    if word(&args.what, &store, context)? {
        return Ok(());
    }
    let id = match store.article(&args.what) {
        Ok(id) => id,
        Err(error) if matches!(error.fault(), Fault::NoArticle { .. }) => {
            if entry::show(&args.what, context)? {
                return Ok(());
            }
            let failure = Failure::from(error);
            let has_hanzi = args.what.chars().any(is_hanzi);
            return Err(if has_hanzi {
                failure.hint("no dictionary has such a word, either")
            } else {
                failure
            });
        }
        Err(error) => return Err(error.into()),
    };
    article(id, args, &store, context)
}

/// Shows a word in all its readings; false where the library doesn't have it.
fn word(form: &str, store: &Store, context: &mut Context) -> Result<bool, Failure> {
    let Ok(headword) = Headword::new(form) else { return Ok(false) };
    let records = store.readings_of(&headword)?;
    if records.is_empty() {
        return Ok(false);
    }
    let exported = store.exported_by_all()?;
    let mut rows = Vec::new();
    for record in &records {
        let examples =
            store.examples(&[record.id], &Selection::All, 3)?.remove(&record.id).unwrap_or_default();
        let word = Dictionary::embedded().find(form);
        let meaning = word.and_then(|word| Meaning::of(&word, record.key.reading.syllables()));
        rows.push(ShownWord {
            ours: meaning.is_some_and(|meaning| meaning.is_ours()),
            word: WordRow::new(record, Seen { count: record.count, articles: record.articles }),
            decks: exported.get(&record.guid).map(names).unwrap_or_default(),
            sentences: examples
                .into_iter()
                .map(|example| Sentence {
                    text: example.sentence.to_string(),
                    article: example.article,
                    title: example.title.to_string(),
                })
                .collect(),
        });
    }
    if context.json {
        context.json_line(&rows)?;
        return Ok(true);
    }
    for row in &rows {
        print_word(row, &mut context.out)?;
    }
    Ok(true)
}

/// The names of decks, each once.
fn names(decks: &BTreeMap<String, Exported>) -> Vec<String> {
    let names: BTreeSet<&str> = decks.keys().map(|deck| deck_name(deck)).collect();
    names.into_iter().map(str::to_owned).collect()
}

#[derive(Debug, Serialize)]
struct ShownWord {
    #[serde(flatten)]
    word: WordRow,
    #[serde(skip)]
    ours: bool,
    decks: Vec<String>,
    sentences: Vec<Sentence>,
}

#[derive(Debug, Serialize)]
struct Sentence {
    text: String,
    article: i64,
    title: String,
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
    if row.ours {
        writeln!(out, "{OURS}")?;
    }
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

/// What is said of a word that CC-CEDICT lacks.
const OURS: &str = "  CC-CEDICT lacks it: reading and meaning are shengci's own";

/// Why a word stands in no deck.
fn why_not(word: &WordRow) -> &'static str {
    match (word.status, word.kind) {
        ("known", _) => "you know it",
        ("ignored", _) => "you ignore it",
        (_, "word" | "idiom") => "no export has asked for it, or the deck leaves out basic words",
        _ => "decks leave out names, numbers and dates unless their file asks for them",
    }
}

#[derive(Debug, Serialize)]
struct ShownArticle<'a> {
    article: i64,
    title: &'a str,
    paragraphs: Vec<LineRow<'a>>,
    doubts: Vec<DoubtRow>,
    cuts: Vec<CutRow<'a>>,
}

#[derive(Debug, Serialize)]
struct DoubtRow {
    line: Option<u32>,
    column: usize,
    written: String,
    why: &'static str,
}

#[derive(Debug, Serialize)]
struct CutRow<'a> {
    first_line: u32,
    last_line: u32,
    why: &'static str,
    text: &'a str,
}

fn article(id: i64, args: &Args, store: &Store, context: &mut Context) -> Result<(), Failure> {
    let (raw, _) = store.text(id)?;
    let article = context.reader().read(&raw);
    let doubts = doubts(&article);
    let cuts: Vec<CutRow<'_>> = article
        .document
        .cuts
        .iter()
        .map(|cut| CutRow {
            first_line: cut.first_line,
            last_line: cut.last_line,
            why: cut_reason(cut.why),
            text: &cut.text,
        })
        .collect();
    if context.json {
        let lines: Vec<Line> = paragraphs(&article, context);
        let title = lines.first().map_or("", |line| line.annotated.text());
        let paragraphs = lines.iter().map(LineRow::new).collect();
        return context.json_line(&ShownArticle { article: id, title, paragraphs, doubts, cuts });
    }
    if args.cuts {
        for cut in &cuts {
            writeln!(context.out, "lines {}–{}: {}", cut.first_line, cut.last_line, cut.why)?;
            for line in cut.text.lines().take(3) {
                let short: String = line.chars().take(60).collect();
                writeln!(context.out, "  {short}{}", if short.len() < line.len() { "…" } else { "" })?;
            }
        }
        return Ok(());
    }
    if !args.doubts {
        print_text(&article, &mut context.out)?;
    }
    if args.doubts && doubts.is_empty() && article.occurrences.iter().all(|occurrence| occurrence.sure) {
        context.note("nothing in this article needs a second look");
    }
    for doubt in &doubts {
        let line = doubt.line.map_or_else(String::new, |line| format!("line {line}, "));
        writeln!(context.out, "doubt: {line}column {}: ({}) {}", doubt.column, doubt.written, doubt.why)?;
    }
    let mut places = article.annotated.places();
    for occurrence in article.occurrences.iter().filter(|occurrence| !occurrence.sure) {
        let form = occurrence.span.of(article.annotated.text());
        let place = places.of(occurrence.span.start());
        let line = article.document.raw_line(place.line).unwrap_or(0);
        let pinyin = occurrence.key.pinyin(occurrence.kind);
        writeln!(context.out, "check: line {line}, column {}: {form} {pinyin}", place.column)?;
    }
    Ok(())
}

/// The article's paragraphs, each read on its own: what `--json` gives.
fn paragraphs(article: &Article, context: &Context) -> Vec<Line> {
    article.document.text().lines().map(|line| context.reader().read_line(line)).collect()
}

/// A sentence a line, its pinyin under it; what is not sure has a `?`.
fn print_text(article: &Article, out: &mut dyn Write) -> Result<(), Failure> {
    let text: &AnnotatedText = &article.annotated;
    let mut occurrences = article.occurrences.iter().peekable();
    for sentence in &article.sentences {
        writeln!(out, "{}", sentence.of(text.text()))?;
        let mut words = Vec::new();
        while let Some(occurrence) = occurrences.next_if(|o| o.span.start() < sentence.end()) {
            let from = |at: usize| at.saturating_sub(sentence.start());
            let place = from(occurrence.span.start())..from(occurrence.span.end());
            let Some(span) = Span::new(sentence.of(text.text()), place) else { continue };
            words.push(ExampleWord {
                span,
                kind: occurrence.kind,
                key: (*occurrence.key).clone(),
                sure: occurrence.sure,
                status: Status::New,
            });
        }
        let pinyin = pinyin_of(sentence.of(text.text()), words);
        writeln!(out, "  {pinyin}")?;
    }
    Ok(())
}

/// The pinyin of a sentence, as cards have it.
fn pinyin_of(sentence: &str, words: Vec<ExampleWord>) -> String {
    let example = Example {
        sentence: sentence.into(),
        places: Vec::new(),
        words: words.into_iter().collect(),
        article: 0,
        title: "".into(),
        origin: "".into(),
        added: Moment::default(),
    };
    let html = sentence_pinyin(&example, Notation::Marks, Dictionary::embedded());
    let mut text = String::new();
    for piece in html.as_str().split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    html_escape::decode_html_entities(&text).trim().to_owned()
}

fn doubts(article: &Article) -> Vec<DoubtRow> {
    let mut places = article.annotated.places();
    article
        .annotated
        .doubts()
        .iter()
        .map(|doubt| {
            let place = places.of(doubt.at);
            DoubtRow {
                line: article.document.raw_line(place.line),
                column: place.column,
                written: doubt.written.clone(),
                why: match doubt.why {
                    DoubtWhy::Misfit => "is pinyin, but not of the hanzi before it",
                    DoubtWhy::Ambiguous => "can be read in several ways",
                    DoubtWhy::UnknownReading => "gives a tone that no dictionary has; it was not taken",
                    DoubtWhy::AgainstDictionary => "is against the dictionary; cards follow the dictionary",
                },
            }
        })
        .collect()
}

fn cut_reason(why: Why) -> &'static str {
    match why {
        Why::RepeatedTitle => "the title once more",
        Why::Repeated => "stood there before",
        Why::Noise => "what the site prints round an article",
        Why::Comments => "the comment box",
    }
}
