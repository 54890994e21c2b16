//! `import`: what other programs know of the learner, from lists and from Anki.
//!
//! Nothing is ever written into what is read. First it is shown how the source was understood (which field holds
//! the hanzi is a guess unless the learner says so), then what changes. All of one source is one act, so that
//! `undo` takes it back as a whole.

mod anki;
mod fields;
mod ours;
mod push;
mod row;
mod source;
mod theirs;

use std::path::PathBuf;

use super::mark::{by_list, statuses};
use super::settings::Settings;
use super::vocabulary::Vocabulary;
use super::{Context, Failure};
use crate::dictionary::Dictionary;
use crate::hanzi::Headword;
use crate::learned::{Choice, LearnedError, Lookup, read_list};
use crate::store::{AnkiNote, Import, Imported, Reading, Store};
use crate::words::{By, Status, WordKey};

pub use push::{Line, is_waited_for};
use row::{Row, Understood};
use source::Source;

/// Takes over what you know already: from a word list, an Anki package, or Anki itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci import words.txt              a word a line, Pleco's export, CSV: all of them known
  shengci import deck.apkg --dry-run    shows how the notes would be read, and changes nothing
  shengci import --anki                 the collection of Anki on this machine, open or not; only a copy is read
  shengci import --connect              through the add-on AnkiConnect, while Anki runs
  shengci import deck.apkg --field Word --pinyin-field Reading
  shengci import backup.colpkg --mine   your own export, with your edits of notes that shengci made

A package may be anybody's: notes in it that shengci made are left alone, unless --mine says that it is your own.

A card that was never answered says nothing; an interval under 21 days is learning, from 21 days on known.
Settings in config.yaml (all optional):
  known-from-days: 21
  ignore-suspended-new: false
  anki:
    profile: User 1
    url: http://127.0.0.1:8765
    key: the apiKey of AnkiConnect
    fields:
      My note type: {hanzi: Word, reading: Pinyin}")]
pub struct Args {
    /// Word lists, .apkg, .colpkg, collection.anki2.
    #[arg(value_name = "FILE", required_unless_present_any = ["anki", "connect"])]
    files: Vec<PathBuf>,

    /// Reads the collection of Anki on this machine, found in its usual places.
    #[arg(long)]
    anki: bool,

    /// Which of Anki's profiles [default: the one used last].
    #[arg(long, value_name = "NAME", requires = "anki")]
    profile: Option<String>,

    /// Reads the collection that Anki has open through the add-on AnkiConnect.
    #[arg(long)]
    connect: bool,

    /// The packages are your own exports: what you edited in notes that shengci made is kept.
    #[arg(long)]
    mine: bool,

    /// The field, or the column of a list, with the hanzi.
    #[arg(long, value_name = "NAME")]
    field: Option<String>,

    /// The field, or the column of a list, with the pinyin.
    #[arg(long, value_name = "NAME")]
    pinyin_field: Option<String>,

    /// What the words of a list are to you [default: known]; of Anki's notes the cards tell.
    #[arg(long = "as", value_name = "STATUS", value_parser = statuses())]
    says: Option<Status>,

    /// Shows what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What a source says, ready for the library.
struct Intake {
    marks: Vec<(WordKey, Status)>,
    by: By,
    notes: Vec<AnkiNote>,
    reading: Option<Reading>,
    understood: Understood,
}

/// Imports.
///
/// # Errors
/// When a source can't be found or read, or the library can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let sources = source::find(args, &settings)?;
    if args.says.is_some()
        && let Some(anki) = sources.iter().find(|source| !matches!(source, Source::List { .. }))
    {
        return Err(Failure::new(format!(
            "--as is of lists; what a note of {} is to you, its cards tell",
            anki.name()
        ))
        .hint("leave --as out; `shengci mark learning WORD` says otherwise of single words"));
    }
    // All are read before anything is written: one that can't be read leaves the library as it was.
    let store = context.library.exists().then(|| context.existing_store()).transpose()?;
    let vocabulary = Vocabulary::of(store.as_ref())?;
    let intakes = sources
        .iter()
        .map(|source| read(source, args, &settings, &vocabulary, store.as_ref()))
        .collect::<Result<Vec<_>, _>>()?;
    let imports: Vec<Import<'_>> = intakes
        .iter()
        .map(|intake| Import { by: &intake.by, marks: &intake.marks, notes: &intake.notes })
        .collect();
    let readings: Vec<&Reading> = intakes.iter().filter_map(|intake| intake.reading.as_ref()).collect();
    let imported = match (store, args.dry_run) {
        (Some(mut store), true) => store.import_dry(&imports, context.now)?,
        (None, true) => imports.iter().map(into_nothing).collect(),
        (store, false) => {
            store.map_or_else(|| context.store(), Ok)?.import_read(&imports, &readings, context.now)?
        }
    };
    let rows: Vec<Row> = sources
        .iter()
        .zip(intakes)
        .zip(&imported)
        .map(|((source, intake), imported)| Row::new(source, intake, imported, args.dry_run))
        .collect();
    if context.json {
        return context.json_line(&rows);
    }
    for row in &rows {
        row.print(&mut context.out)?;
    }
    Ok(())
}

/// What a source does to a library that does not exist yet.
fn into_nothing(source: &Import<'_>) -> Imported {
    let mut imported = Imported { marked: super::mark::all_new(source.marks), ..Imported::default() };
    for (_, status) in source.marks.iter().filter(|(_, status)| *status != Status::New) {
        *imported.changes.entry(*status).or_default() += 1;
    }
    imported
}

fn read(
    source: &Source,
    args: &Args,
    settings: &Settings,
    vocabulary: &Vocabulary,
    store: Option<&Store>,
) -> Result<Intake, Failure> {
    let library = |headword: &Headword| vocabulary.readings_of(headword);
    let lookup = Lookup::new(Dictionary::embedded(), &library);
    let choice = Choice { hanzi: args.field.clone(), reading: args.pinyin_field.clone() };
    if let Source::List { path, bytes } = source {
        let list = read_list(bytes, &lookup, &choice)?;
        if list.words.is_empty() && list.unread.is_empty() {
            return Err(Failure::new(format!("{} names no word", path.display()))
                .hint("a list has one word a line, its pinyin beside it or not"));
        }
        let says = args.says.unwrap_or(Status::Known);
        let marks = list.words.iter().flat_map(|word| &word.keys).map(|key| (key.clone(), says));
        return Ok(Intake {
            marks: once(marks),
            by: by_list(path)?,
            notes: Vec::new(),
            reading: None,
            understood: Understood::of_list(&list),
        });
    }
    let mut collection = source.collection(settings)?;
    fields::are_there(&collection, &choice)?;
    let left = if source.is_mine() { 0 } else { theirs::leave(&mut collection, vocabulary, store)? };
    let mut intake = anki::read(collection, &lookup, choice, settings, vocabulary, store)?;
    intake.understood.left_alone(left);
    Ok(intake)
}

/// Each word once, as it was said first.
fn once(marks: impl Iterator<Item = (WordKey, Status)>) -> Vec<(WordKey, Status)> {
    let mut seen = std::collections::BTreeSet::new();
    marks.filter(|(key, _)| seen.insert(key.clone())).collect()
}

impl From<LearnedError> for Failure {
    fn from(error: LearnedError) -> Self {
        let failure = Self::new(error.to_string());
        match (error.hint(), &error) {
            (Some(hint), _) => failure.hint(hint),
            (None, LearnedError::Refused { .. }) => {
                failure.hint("is the add-on AnkiConnect the newest, and does Anki's own window say more?")
            }
            (None, _) => failure.hint("`shengci help import` has examples"),
        }
    }
}
