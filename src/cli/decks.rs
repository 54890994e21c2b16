//! Deck files: the user's own first, then those that the program carries; and a deck built from the library.
//!
//! What `export`, `make` and `check` share.

use std::collections::{BTreeMap, HashMap};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod memory;

use rayon::prelude::*;

pub use memory::name as deck_name;

use self::memory::Memory;
use super::in_anki::InAnki;
use super::settings::Settings;
use super::{Context, Failure};
use crate::deck::{self, Articles, Candidate, Cards, DeckName, Note, Outline, Spec};
use crate::dictionary::Dictionary;
use crate::package::{self, Form, Style};
use crate::source;
use crate::store::{Edited, Exported, Given, Holding, Selection, Shown, Store, WordFilter};
use crate::words::Moment;

/// A deck's definition and the name under which its exports are remembered.
#[derive(Debug)]
pub struct Definition {
    /// The file's name without its ending: `news`.
    pub handle: String,
    /// Under which the library knows what it has given.
    memory: Memory,
    /// What it asks for.
    pub spec: Spec,
}

/// A deck whose package was written.
#[derive(Debug)]
pub struct Built {
    /// Its name in Anki.
    pub name: DeckName,
    /// What the library has to remember of it, note by note.
    pub given: Vec<Given>,
    /// Notes that no deck had given before.
    pub new: usize,
    /// Notes that were given before and read otherwise now.
    pub changed: usize,
    /// Notes left out, because the learner deleted them in Anki.
    pub deleted: usize,
    /// Notes left out, because the learner gave them another note type in Anki.
    pub moved: usize,
    /// Notes left out, because the learner deleted the templates of all cards that they could have.
    pub without_card: usize,
    /// Notes that Anki did not have when it was read.
    pub added: usize,
    /// Notes that Anki has in an older form.
    pub renewed: usize,
    /// Notes with something in them that the learner wrote in Anki.
    pub edited: usize,
    /// What the decks are called in Anki, by the names under which they are given.
    pub called: BTreeMap<DeckName, DeckName>,
    /// The collection that it is for.
    pub in_anki: InAnki,
    /// The notes' guids by the numbers that the package gives them.
    pub numbers: BTreeMap<i64, String>,
    /// A deck with other settings that rewrites these notes, and how many of them.
    pub rival: Option<(String, usize)>,
}

/// How a deck is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Giving<'p> {
    /// What becomes of notes that the learner deleted in Anki.
    pub deleted: Deleted,
    /// Whose style sheet and templates the package has.
    pub style: Style,
    /// The collection that it is for, by its place; without one, the collection that was read last.
    pub place: Option<&'p str>,
}

/// What becomes of notes that the learner deleted in Anki.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deleted {
    /// They stay away.
    #[default]
    LeftOut,
    /// They are given once more.
    GivenAgain,
}

impl Built {
    /// How many notes it has.
    #[must_use]
    pub fn notes(&self) -> usize {
        self.given.len()
    }
}

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
        return from_file(path, context);
    }
    let own = own(context);
    if let Some(path) = own.iter().find(|path| handle(path) == name) {
        return from_file(path, context);
    }
    if let Some(shipped) = deck::shipped().iter().find(|shipped| shipped.handle == name) {
        let spec = deck::parse(&format!("decks/{name}.yaml"), shipped.text)?;
        return Ok(Definition { handle: name.to_owned(), memory: Memory::of_shipped(name), spec });
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
    let folder = context.config.join(memory::OWN);
    let Some(entries) = folder.and_then(|folder| std::fs::read_dir(folder).ok()) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_deck_file(path) && !super::settings::is_pipe(path))
        .collect();
    files.sort();
    files
}

/// Reads a deck file.
///
/// # Errors
/// When it can't be read, or has a fault.
pub fn from_file(path: &Path, context: &Context) -> Result<Definition, Failure> {
    let text = source::text(path)?;
    let spec = deck::parse(&path.display().to_string(), &text)?;
    Ok(Definition { handle: handle(path), memory: Memory::of_file(path, &context.config), spec })
}

impl Definition {
    /// Finds what the deck has given, if the library has that under another name.
    ///
    /// # Errors
    /// When the library can't be read or written.
    pub fn recall(&self, store: &mut Store, context: &Context) -> Result<(), Failure> {
        self.memory.take_over(&self.handle, store, &context.config)
    }

    /// Remembers what it gives now.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn remember(&self, notes: &[Given], store: &mut Store, now: Moment) -> Result<(), Failure> {
        Ok(store.record_export(self.memory.as_str(), notes, now)?)
    }
}

/// Builds a deck from the library and writes its package to `out`. `articles` takes the place of what the definition
/// says of articles.
///
/// # Errors
/// When the library can't be read, or the package can't be written.
pub fn build(
    definition: &Definition,
    articles: Option<Selection>,
    store: &Store,
    now: Moment,
    giving: Giving<'_>,
    out: &mut (impl Write + Seek),
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
    let edited = store.edited()?;
    let in_anki = InAnki::of(store, giving.place)?;
    let leave_out = giving.deleted == Deleted::LeftOut;
    let (mut deleted, mut moved) = (0, 0);
    let candidates = store
        .words(&filter)?
        .into_iter()
        .filter(|(record, _)| {
            let holding = in_anki.holding(&record.guid, edited.get(&record.guid));
            let is_moved = holding == Some(Holding::Moved);
            let is_gone = leave_out && holding == Some(Holding::Deleted);
            let decks = exported.get(&record.guid);
            let from_here =
                usize::from(decks.is_some_and(|decks| decks.contains_key(definition.memory.as_str())));
            deleted += if is_gone { from_here } else { 0 };
            moved += if is_moved { from_here } else { 0 };
            !is_gone && !is_moved
        })
        .map(|(record, _)| {
            let given = exported.get(&record.guid).map(|decks| given(decks, definition.memory.as_str()));
            Candidate { record, examples: Vec::new(), given }
        })
        .collect();
    let mut candidates = deck::select(spec, candidates, dictionary);
    add_examples(spec, &mut candidates, &exported, &selection, store)?;
    let plan = deck::plan(spec, candidates, dictionary);
    // The learner's own goes in last: an edit is no change of ours.
    let written = |at: usize| {
        let mut note = plan.note(at);
        let anki = edited.get(&note.guid);
        let given = remembered(&note, exported.get(&note.guid).and_then(latest), anki, now);
        if let Some(anki) = anki {
            deck::keep_edits(&mut note, &anki.fields);
        }
        (note, given)
    };
    let mut kept: Vec<usize> = (0..plan.len()).collect();
    if let Some(form) = in_anki.form().filter(|form| !form.has_all_cards()) {
        kept.retain(|&at| written(at).0.cards().iter().any(|card| form.place_of(card).is_some()));
    }
    let all = plan.outlines();
    let mut outlines: Vec<Outline> = kept.iter().map(|&at| all[at].clone()).collect();
    let from_here = exported.iter().filter(|(_, decks)| decks.contains_key(definition.memory.as_str()));
    let from_here: Vec<&str> = from_here.map(|(guid, _)| guid.as_str()).collect();
    let called = in_anki.called(spec, outlines.iter().map(|outline| &outline.deck), &from_here);
    for outline in &mut outlines {
        outline.deck = called[&outline.deck].clone();
    }
    let mut given: Vec<Option<Given>> = vec![None; kept.len()];
    let notes = |places: &[usize]| {
        let written: Vec<(Note, Given)> = places.par_iter().map(|&at| written(kept[at])).collect();
        let keep = |((note, of), &at): ((Note, Given), &usize)| {
            let modified = of.modified;
            given[at] = Some(of);
            (note, modified)
        };
        written.into_iter().zip(places).map(keep).collect()
    };
    let form = Form { there: in_anki.form(), style: giving.style, now };
    package::write_each(&called[&spec.name], &outlines, form, notes, out)?;
    let name = plan.name().clone();
    let given: Vec<Given> = given.into_iter().flatten().collect();
    let before = |given: &Given| exported.get(&given.guid).and_then(latest);
    let is_changed = |given: &Given| before(given).is_some_and(|before| before.note.hash != given.hash);
    let is_there =
        |given: &Given| in_anki.holding(&given.guid, edited.get(&given.guid)) == Some(Holding::There);
    let is_older_there = |given: &Given| match edited.get(&given.guid) {
        // Some AnkiConnects don't tell when a note was changed.
        Some(anki) if anki.modified.0 > 0 => anki.modified < given.modified,
        _ => is_changed(given),
    };
    let has_edits = |given: &Given| edited.get(&given.guid).is_some_and(|anki| deck::has_edits(&anki.fields));
    let count = |of: &dyn Fn(&Given) -> bool| given.iter().filter(|given| of(given)).count();
    let changed = count(&is_changed);
    let rival = if changed == 0 { None } else { rival(definition.memory.as_str(), &given, &exported) };
    Ok(Built {
        name,
        new: count(&|given| !exported.contains_key(&given.guid)),
        changed,
        deleted,
        moved,
        without_card: plan.len() - kept.len(),
        added: count(&|given| !is_there(given)),
        renewed: count(&|given| is_there(given) && is_older_there(given)),
        edited: count(&has_edits),
        rival,
        numbers: outlines
            .iter()
            .map(|of| (package::note_id(of.created, &of.guid), of.guid.clone()))
            .collect(),
        called,
        in_anki,
        given,
    })
}

/// Gives each word the sentence that its note will show.
fn add_examples(
    spec: &Spec,
    candidates: &mut [Candidate],
    exported: &BTreeMap<String, BTreeMap<String, Exported>>,
    selection: &Selection,
    store: &Store,
) -> Result<(), Failure> {
    let ids: Vec<i64> = candidates.iter().map(|candidate| candidate.record.id).collect();
    let shown = candidates.iter().filter_map(|candidate| {
        let last = latest(exported.get(&candidate.record.guid)?)?;
        Some((candidate.record.id, last.note.shown.clone()?))
    });
    let shown: BTreeMap<i64, Shown> = shown.collect();
    let by_id: HashMap<i64, &Candidate> = candidates.iter().map(|one| (one.record.id, one)).collect();
    let mut chosen = store.examples_by(&ids, selection, SENTENCES, &shown, |word, examples| {
        by_id.get(&word).and_then(|candidate| deck::choose(spec, candidate, examples))
    })?;
    for candidate in candidates {
        candidate.examples.extend(chosen.remove(&candidate.record.id).flatten());
    }
    Ok(())
}

/// What the library has to remember of a note; `before` is how it was given last.
fn remembered(note: &Note, before: Option<&Exported>, anki: Option<&Edited>, now: Moment) -> Given {
    let hash = note.hash();
    // A note that reads as it did is as old as it was: Anki then leaves the learner's edits alone. But where Anki held
    // an older version that the learner changed since, it would never take this one.
    let owed = |before: &Exported| {
        anki.is_some_and(|anki| deck::is_older(&anki.fields) && anki.modified >= before.note.modified)
    };
    let same = before.filter(|before| before.note.hash == hash && !owed(before));
    // Nor one that is no newer: an edit of this very second, or from a phone whose clock is ahead.
    let later = anki.map_or(now, |anki| Moment::nearest(now.0.max(anki.modified.0 + 1)));
    let shown = |shown: &deck::Shown| Shown { article: shown.article, sentence: Arc::clone(&shown.sentence) };
    Given {
        modified: same.map_or(later, |before| before.note.modified),
        guid: note.guid.clone(),
        hash,
        fields: deck::fingerprints(note, before.map(|before| before.note.fields.as_str())),
        cards: note.cards().to_string(),
        shown: note.shown.as_ref().map(shown),
    }
}

/// The deck that wrote notes of this one otherwise since this one gave them, and how many: the two have other
/// settings, and each rewrites the notes of the other.
fn rival(
    memory: &str,
    all: &[Given],
    exported: &BTreeMap<String, BTreeMap<String, Exported>>,
) -> Option<(String, usize)> {
    let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
    for given in all {
        let Some(decks) = exported.get(&given.guid) else { continue };
        let as_before = decks.get(memory).is_some_and(|own| own.note.hash == given.hash);
        let last = decks.iter().max_by_key(|(_, exported)| exported.note.modified);
        if let Some((deck, _)) = last.filter(|(_, last)| as_before && last.note.hash != given.hash) {
            *rivals.entry(deck).or_default() += 1;
        }
    }
    rivals.into_iter().max_by_key(|(_, notes)| *notes).map(|(deck, notes)| (deck.to_owned(), notes))
}

/// What to tell the learner of another deck that writes the same notes otherwise.
#[must_use]
pub fn told_of_rival(handle: &str, rival: &str, notes: usize) -> String {
    let name = deck_name(rival);
    let rival = if name == handle { rival } else { name };
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

fn given(decks: &BTreeMap<String, Exported>, memory: &str) -> deck::Given {
    let cards = decks
        .values()
        .filter_map(|exported| exported.note.cards.parse::<Cards>().ok())
        .fold(Cards::default(), Cards::or);
    let sentence =
        latest(decks).and_then(|last| last.note.shown.as_ref()).map(|shown| shown.sentence.to_string());
    deck::Given { cards, sentence, here: decks.contains_key(memory) }
}

fn is_deck_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn handle(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
