//! Imports from lists and from Anki: what other programs know of the learner.
//!
//! Nothing is ever written into what is read. All of one source is one act, so that it is taken back as a whole.

pub mod collection;
mod fields;
pub mod ours;
mod source;
mod theirs;
mod understood;

use std::path::PathBuf;

pub use crate::learned::{Choice, Places};
pub use source::PATIENCE;
pub use understood::{Columns, LeftOutRow, NoteTypeRow, Row, Understood};

use self::source::Source;
use super::mark::{all_new, by_list};
use super::vocabulary::Vocabulary;
use super::{Failure, Place, Settings};
use crate::dictionary::Dictionary;
use crate::hanzi::Headword;
use crate::learned::{Lookup, read_list};
use crate::store::{AnkiNote, Import, Imported, Reading, Store};
use crate::words::{By, Status, WordKey};

/// A request to import, with how sources are to be understood.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// Word lists, packages, collections.
    pub files: Vec<PathBuf>,
    /// Whether the packages are the learner's own: then the edits in them are, too.
    pub mine: bool,
    /// The collection of Anki on this machine.
    pub anki: bool,
    /// Which of its profiles; else the one of the settings, or the one that was used last.
    pub profile: Option<String>,
    /// The collection that Anki has open.
    pub connect: bool,
    /// The fields, or columns, with the hanzi and the pinyin.
    pub choice: Choice,
    /// The status for the words of a list; known, where nothing is said.
    pub says: Option<Status>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// The facts about the world that an import needs.
#[derive(Debug)]
pub struct Surroundings<'s> {
    /// The learner's settings.
    pub settings: &'s Settings,
    /// Where Anki may have its collections.
    pub places: Places,
    /// Is called when Anki takes its time to answer.
    pub waiting: fn(),
}

/// The contents of a source, ready for the library.
pub struct Intake {
    /// The statuses that it gives words.
    pub marks: Vec<(WordKey, Status)>,
    /// The source of the marks.
    pub by: By,
    /// The notes to remember.
    pub notes: Vec<AnkiNote>,
    /// The collection to remember.
    pub reading: Option<Reading>,
    /// How it was understood.
    pub understood: Understood,
}

/// Takes over what is named; a row for each source. All are read before anything is written: one that can't be read
/// leaves the library as it was.
///
/// # Errors
/// When a source can't be found or read, or the library can't be written.
pub fn import(
    request: &ImportRequest,
    place: &Place,
    around: &Surroundings<'_>,
) -> Result<Vec<Row>, Failure> {
    let sources = source::find(request, around.settings, &around.places)?;
    if request.says.is_some()
        && let Some(anki) = sources.iter().find(|source| !matches!(source, Source::List { .. }))
    {
        return Err(Failure::new(format!(
            "--as is of lists; what a note of {} is to you, its cards tell",
            anki.name()
        ))
        .hint("leave --as out; `shengci mark learning WORD` says otherwise of single words"));
    }
    let library = place.open_if_there()?;
    let store = library.as_ref().map(|library| &library.store);
    let vocabulary = Vocabulary::of(store)?;
    let intakes = sources
        .iter()
        .map(|source| read(source, request, around, &vocabulary, store))
        .collect::<Result<Vec<_>, _>>()?;
    let imports: Vec<Import<'_>> = intakes
        .iter()
        .map(|intake| Import { by: &intake.by, marks: &intake.marks, notes: &intake.notes })
        .collect();
    let readings: Vec<&Reading> = intakes.iter().filter_map(|intake| intake.reading.as_ref()).collect();
    let imported = match (library, request.dry_run) {
        (Some(mut library), true) => library.store.import_dry(&imports, library.now)?,
        (None, true) => imports.iter().map(into_nothing).collect(),
        (library, false) => {
            let mut library = library.map_or_else(|| place.open(), Ok)?;
            library.store.import_read(&imports, &readings, library.now)?
        }
    };
    let rows = sources.iter().zip(intakes).zip(&imported);
    Ok(rows.map(|((source, intake), imported)| Row::new(source, intake, imported, request.dry_run)).collect())
}

/// The effect of a source on a library that does not exist yet.
fn into_nothing(source: &Import<'_>) -> Imported {
    let mut imported = Imported { marked: all_new(source.marks), ..Imported::default() };
    for (_, status) in source.marks.iter().filter(|(_, status)| *status != Status::New) {
        *imported.changes.entry(*status).or_default() += 1;
    }
    imported
}

fn read(
    source: &Source,
    request: &ImportRequest,
    around: &Surroundings<'_>,
    vocabulary: &Vocabulary,
    store: Option<&Store>,
) -> Result<Intake, Failure> {
    let library = |headword: &Headword| vocabulary.readings_of(headword);
    let lookup = Lookup::new(Dictionary::embedded(), &library);
    let choice = request.choice.clone();
    if let Source::List { path, bytes } = source {
        let list = read_list(bytes, &lookup, &choice)?;
        if list.words.is_empty() && list.unread.is_empty() {
            return Err(Failure::new(format!("{} names no word", path.display()))
                .hint("a list has one word a line, its pinyin beside it or not"));
        }
        let says = request.says.unwrap_or(Status::Known);
        let marks = list.words.iter().flat_map(|word| &word.keys).map(|key| (key.clone(), says));
        return Ok(Intake {
            marks: once(marks),
            by: by_list(path)?,
            notes: Vec::new(),
            reading: None,
            understood: Understood::of_list(&list),
        });
    }
    let mut collection = source.collection(around.settings, around.waiting)?;
    fields::are_there(&collection, &choice)?;
    let left = if source.is_mine() { 0 } else { theirs::leave(&mut collection, vocabulary, store)? };
    let mut intake = collection::read(collection, &lookup, choice, around.settings, vocabulary, store)?;
    intake.understood.left_alone(left);
    Ok(intake)
}

/// Each word once, as it was said first.
fn once(marks: impl Iterator<Item = (WordKey, Status)>) -> Vec<(WordKey, Status)> {
    let mut seen = std::collections::BTreeSet::new();
    marks.filter(|(key, _)| seen.insert(key.clone())).collect()
}
