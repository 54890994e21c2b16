//! Deck files: the user's own first, then those that the program carries; and a deck built from the library.
//!
//! What `export`, `make` and `check` share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::settings::Settings;
use super::{Context, Failure};
use crate::deck::{self, Articles, Candidate, Cards, Deck, Note, Spec};
use crate::dictionary::Dictionary;
use crate::package;
use crate::store::{Exported, Given, Selection, Shown, Store, WordFilter};
use crate::words::Moment;

/// A deck's definition and the name under which its exports are remembered.
#[derive(Debug)]
pub struct Definition {
    /// The file's name without its ending: `news`.
    pub handle: String,
    /// What it asks for.
    pub spec: Spec,
}

/// A deck that is ready to be written.
#[derive(Debug)]
pub struct Built {
    /// The deck.
    pub deck: Deck,
    /// The bytes of its package.
    pub bytes: Vec<u8>,
    /// What the library has to remember of it.
    pub given: Vec<Given>,
    /// Notes that no deck had given before.
    pub new: usize,
    /// Notes that were given before and read otherwise now.
    pub changed: usize,
}

/// Sentences of so many words are held at a time.
const AT_A_TIME: usize = 4000;

/// So many sentences of a word are looked at to find the best one.
const SENTENCES: usize = 6;

/// The definition that `name` means: a file, a deck of the user's own, or a shipped one.
///
/// # Errors
/// When there is none (the nearest name is suggested), or its file has a fault.
pub fn find(name: &str, context: &Context) -> Result<Definition, Failure> {
    let mut definition = find_as_written(name, context)?;
    if let Some(colours) = Settings::load(&context.config)?.tone_colours {
        definition.spec.fields.tone_colours = colours;
    }
    Ok(definition)
}

fn find_as_written(name: &str, context: &Context) -> Result<Definition, Failure> {
    let path = Path::new(name);
    if is_deck_file(path) {
        return from_file(path);
    }
    let own = own(context);
    if let Some(path) = own.iter().find(|path| handle(path) == name) {
        return from_file(path);
    }
    if let Some(shipped) = deck::shipped().iter().find(|shipped| shipped.handle == name) {
        let spec = deck::parse(&format!("decks/{name}.yaml"), shipped.text)?;
        return Ok(Definition { handle: name.to_owned(), spec });
    }
    let handles: Vec<String> = own.iter().map(|path| handle(path)).collect();
    let known: Vec<&str> = handles.iter().map(String::as_str).collect();
    let failure = Failure::new(format!("there is no deck “{name}”"));
    Err(match deck::nearest(name, &known) {
        Some(nearest) => failure.hint(format!("did you mean `{nearest}`?")),
        None => {
            let shipped = deck::shipped().iter().map(|deck| deck.handle);
            let all: Vec<&str> = shipped.chain(known.iter().copied()).collect();
            failure.hint(format!("there are {}", all.join(", ")))
        }
    })
}

/// The deck files in the user's settings, by name.
#[must_use]
pub fn own(context: &Context) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(context.config.join("decks")) else { return Vec::new() };
    let mut files: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_deck_file(path)).collect();
    files.sort();
    files
}

/// Reads a deck file.
///
/// # Errors
/// When it can't be read, or has a fault.
pub fn from_file(path: &Path) -> Result<Definition, Failure> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(format!("the deck file {shown} can't be read: {error}"))
            .hint("is the name right, and is it UTF-8 text?")
    })?;
    Ok(Definition { handle: handle(path), spec: deck::parse(&shown, &text)? })
}

/// Builds a deck from the library. `articles` takes the place of what the definition says of articles.
///
/// # Errors
/// When the library can't be read.
pub fn build(
    definition: &Definition,
    articles: Option<Selection>,
    store: &Store,
    now: Moment,
) -> Result<Built, Failure> {
    let spec = &definition.spec;
    let dictionary = Dictionary::embedded();
    let selection = articles.unwrap_or_else(|| match &spec.words.articles {
        Articles::All => Selection::All,
        Articles::Last(n) => Selection::Last(*n),
        Articles::Tag(tag) => Selection::Tag(tag.clone()),
    });
    let filter = WordFilter {
        statuses: spec.words.status.iter().copied().collect(),
        kinds: spec.words.kinds.iter().copied().collect(),
        articles: selection.clone(),
        seen: spec.words.seen,
        unseen: false,
    };
    let exported = store.exported_by_all()?;
    let candidates = store
        .words(&filter)?
        .into_iter()
        .map(|(record, _)| {
            let given = exported.get(&record.guid).map(|decks| given(decks, &definition.handle));
            Candidate { record, examples: Vec::new(), given }
        })
        .collect();
    let mut candidates = deck::select(spec, candidates, dictionary);
    for some in candidates.chunks_mut(AT_A_TIME) {
        let ids: Vec<i64> = some.iter().map(|candidate| candidate.record.id).collect();
        let shown: BTreeMap<i64, Shown> = some
            .iter()
            .filter_map(|candidate| {
                let last = latest(exported.get(&candidate.record.guid)?)?;
                Some((candidate.record.id, last.note.shown.clone()?))
            })
            .collect();
        let mut examples = store.examples_keeping(&ids, &selection, SENTENCES, &shown)?;
        for candidate in some {
            candidate.examples = examples.remove(&candidate.record.id).unwrap_or_default();
            deck::settle(spec, candidate);
        }
    }
    let mut deck = deck::build(spec, candidates, dictionary);
    let before = |note: &Note| exported.get(&note.guid).and_then(latest);
    let given: Vec<Given> = deck
        .notes
        .par_iter()
        .map(|note| {
            let hash = note.hash();
            // A note that reads as it did is as old as it was: Anki then leaves the learner's edits alone.
            let same = before(note).filter(|before| before.note.hash == hash);
            Given {
                modified: same.map_or(now, |before| before.note.modified),
                guid: note.guid.clone(),
                hash,
                fields: deck::fingerprints(note, before(note).map(|before| before.note.fields.as_str())),
                cards: note.cards().to_string(),
                shown: note
                    .shown
                    .as_ref()
                    .map(|shown| Shown { article: shown.article, sentence: shown.sentence.clone() }),
            }
        })
        .collect();
    let modified: BTreeMap<&str, Moment> =
        given.iter().map(|given| (given.guid.as_str(), given.modified)).collect();
    // Only now: an edit of the learner's is no change of ours.
    let edited = store.edited()?;
    for note in &mut deck.notes {
        if let Some(edits) = edited.get(&note.guid) {
            deck::keep_edits(note, edits);
        }
    }
    let bytes = package::write(&deck, |note| modified.get(note.guid.as_str()).copied().unwrap_or(now))?;
    let new = given.iter().filter(|given| !exported.contains_key(&given.guid)).count();
    let changed = given
        .iter()
        .filter(|given| {
            exported.get(&given.guid).and_then(latest).is_some_and(|before| before.note.hash != given.hash)
        })
        .count();
    Ok(Built { deck, bytes, given, new, changed })
}

/// The deck that wrote notes of this one otherwise since this one gave them, and how many: the two have other
/// settings, and each rewrites the notes of the other.
///
/// # Errors
/// When the library can't be read.
pub fn rival(
    definition: &Definition,
    built: &Built,
    store: &Store,
) -> Result<Option<(String, usize)>, Failure> {
    if built.changed == 0 {
        return Ok(None);
    }
    let exported = store.exported_by_all()?;
    let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
    for given in &built.given {
        let Some(decks) = exported.get(&given.guid) else { continue };
        let as_before = decks.get(&definition.handle).is_some_and(|own| own.note.hash == given.hash);
        let last = decks.iter().max_by_key(|(_, exported)| exported.note.modified);
        if let Some((deck, _)) = last.filter(|(_, last)| as_before && last.note.hash != given.hash) {
            *rivals.entry(deck).or_default() += 1;
        }
    }
    Ok(rivals.into_iter().max_by_key(|(_, notes)| *notes).map(|(deck, notes)| (deck.to_owned(), notes)))
}

/// What to tell the learner of another deck that writes the same notes otherwise.
#[must_use]
pub fn told_of_rival(handle: &str, rival: &str, notes: usize) -> String {
    format!(
        "note: the decks “{handle}” and “{rival}” write {} otherwise each, and a word has one note: give both deck \
         files the same `fields:`",
        super::plural(notes, "note")
    )
}

/// As a note was given last, by whichever deck.
fn latest(decks: &BTreeMap<String, Exported>) -> Option<&Exported> {
    decks.values().max_by_key(|exported| exported.note.modified)
}

fn given(decks: &BTreeMap<String, Exported>, handle: &str) -> deck::Given {
    let cards = decks
        .values()
        .filter_map(|exported| exported.note.cards.parse::<Cards>().ok())
        .fold(Cards::default(), Cards::or);
    let sentence =
        latest(decks).and_then(|last| last.note.shown.as_ref()).map(|shown| shown.sentence.clone());
    deck::Given { cards, sentence, here: decks.contains_key(handle) }
}

fn is_deck_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn handle(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
