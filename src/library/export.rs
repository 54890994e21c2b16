//! A deck of the library into a package that Anki imports, or straight into the Anki that runs.

mod gather;
mod in_anki;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Seek, Write};
use std::path::Path;

use serde_json::{Value, json};

pub use crate::package::Style;
pub use line::Line;

use self::gather::{Gathered, gather};
use self::in_anki::InAnki;
use self::line::Package;
use super::deck_file::{self, Definition};
use super::{Failure, Library, Listener};
use crate::deck::{self, Before, Candidate, DeckName};
use crate::learned::Pushed;
use crate::package::{self, Form};
use crate::store::{Holding, Predecessor, Selection, Store};
use crate::words::{Edits, Given, Moment, Record};

/// Where a package goes once it is complete.
pub trait Outlet {
    /// Where its bytes may be gathered meanwhile.
    fn file(&mut self) -> &mut File;

    /// It is complete: puts it there.
    ///
    /// # Errors
    /// When the disk is full or fails.
    fn put(self) -> Result<(), Failure>;
}

/// The way by which a deck is given.
#[derive(Debug)]
pub enum Way<O> {
    /// As a package.
    Package(O),
    /// Straight into the Anki that runs.
    Anki(Box<Line>),
}

/// A request to export a deck.
#[derive(Debug)]
pub struct ExportRequest<'d> {
    /// The deck.
    pub definition: &'d Definition,
    /// The only article whose words it has; those that its file names, if there is none.
    pub article: Option<i64>,
    /// The treatment of notes that the learner deleted in Anki.
    pub deleted: Deleted,
    /// The owner of the style sheet and templates in the package.
    pub style: Style,
}

/// A deck that was exported.
#[derive(Debug)]
pub struct Delivered {
    /// The deck, as its package has it.
    pub built: Built,
    /// Anki's notes before and after, where it took the package itself.
    pub pushed: Option<Pushed>,
    /// Whether the style sheet or the templates in Anki are the learner's own, and nobody has said so yet.
    pub has_own_style: bool,
}

impl Delivered {
    /// How many of the notes are in Anki since it was given them. Others that came meanwhile are none of these.
    #[must_use]
    pub fn added(&self) -> Option<usize> {
        Some(self.built.added.min(self.pushed?.after.saturating_sub(self.pushed?.before)))
    }

    /// The object of `export --json`, for the deck `handle`, whose package, if it is one, lies at `path`.
    #[must_use]
    pub fn json(&self, handle: &str, path: &Path) -> Value {
        let built = &self.built;
        json!({
            "deck": handle,
            "name": built.name.as_str(),
            "file": self.pushed.is_none().then(|| path.display().to_string()),
            "notes": built.notes(),
            "new": built.new,
            "changed": built.changed,
            "deleted_in_anki": built.deleted,
            "of_another_note_type": built.moved,
            "without_template": built.without_card,
            "notes_in_anki": self.pushed.map(|pushed| pushed.after),
            "added": self.added(),
            "brought_up_to_date": self.pushed.map(|_| built.renewed),
            "edited_in_anki": built.edited,
            "called_in_anki": built.called().as_str(),
        })
    }
}

impl Library {
    /// Builds a deck, delivers it, and remembers what it gave: what did not arrive was not given.
    ///
    /// # Errors
    /// When no word belongs in the deck, or it can't be delivered.
    pub fn export<O: Outlet>(
        &mut self,
        request: &ExportRequest<'_>,
        way: Way<O>,
        listener: &mut dyn Listener,
    ) -> Result<Delivered, Failure> {
        let definition = request.definition;
        let place = match &way {
            Way::Anki(line) => line.read_back(&mut self.store, self.now)?,
            Way::Package(_) => None,
        };
        self.bring_up_to_date(listener)?;
        let giving = Giving { deleted: request.deleted, style: request.style, place: place.as_deref() };
        let articles = request.article.map(|article| Selection::Ids(vec![article]));
        let empty = || {
            Failure::new(format!("no word of the library belongs in the deck “{}”", definition.handle))
                .hint("add articles with `shengci add`, or look at what the deck file asks for")
        };
        let (built, pushed) = match way {
            Way::Package(mut outlet) => {
                let (built, ()) =
                    build(definition, articles, &self.store, self.now, giving, nothing_more, outlet.file())?;
                built.is_full().then_some(()).ok_or_else(empty)?;
                outlet.put()?;
                (built, None)
            }
            Way::Anki(line) => {
                let mut bytes = Cursor::new(Vec::new());
                let (built, ()) =
                    build(definition, articles, &self.store, self.now, giving, nothing_more, &mut bytes)?;
                built.is_full().then_some(()).ok_or_else(empty)?;
                let package =
                    Package { bytes: bytes.get_ref(), notes: &built.numbers, called: &built.called };
                let pushed = line.push(&package, giving.place, &mut self.store)?;
                (built, Some(pushed))
            }
        };
        built.remember(definition, self)?;
        let mut has_own_style = false;
        if let Some(place) = built.in_anki.place() {
            has_own_style = request.style == Style::Theirs && built.in_anki.is_to_be_told_of_style();
            let told = has_own_style.then(deck::note_type::fingerprint);
            self.store.record_given(place, &built.in_anki.numbers(&built.called), &[], told.as_deref())?;
        }
        Ok(Delivered { built, pushed, has_own_style })
    }

    /// Whether something can be recorded in it.
    ///
    /// # Errors
    /// When it can only be read.
    pub fn writable(&self) -> Result<(), Failure> {
        Ok(self.store.writable()?)
    }

    /// The article that a number, `last`, a path or a part of a title means.
    ///
    /// # Errors
    /// When there is none, or it means several.
    pub fn article(&self, reference: &str) -> Result<i64, Failure> {
        Ok(self.store.article(reference)?)
    }
}

/// A deck whose package was written.
#[derive(Debug)]
pub struct Built {
    /// Its name in Anki.
    pub name: DeckName,
    /// The records for the library to keep, note by note.
    given: Vec<Given>,
    /// From whom the deck goes on.
    predecessor: Option<Predecessor>,
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
    /// The names of the decks in Anki, by those under which they are given.
    called: BTreeMap<DeckName, DeckName>,
    /// The collection that it is for.
    in_anki: InAnki,
    /// The notes' guids by the numbers that the package gives them.
    numbers: BTreeMap<i64, String>,
    /// A deck with other settings that rewrites these notes, as people know it, and how many of them.
    pub rival: Option<(String, usize)>,
}

/// How a deck is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Giving<'p> {
    /// The treatment of notes that the learner deleted in Anki.
    pub deleted: Deleted,
    /// The owner of the style sheet and templates in the package.
    pub style: Style,
    /// The collection that it is for, by its place; without one, the collection that was read last.
    pub place: Option<&'p str>,
}

/// The treatment of notes that the learner deleted in Anki.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deleted {
    /// They stay away.
    #[default]
    LeftOut,
    /// They are given once more.
    GivenAgain,
}

impl Built {
    /// The deck's name in Anki.
    #[must_use]
    pub fn called(&self) -> &DeckName {
        self.called.get(&self.name).unwrap_or(&self.name)
    }

    /// Remembers what was given: it has arrived.
    pub(super) fn remember(&self, definition: &Definition, library: &mut Library) -> Result<(), Failure> {
        let before = self.predecessor.as_ref();
        Ok(library.store.record_export(definition.memory(), before, &self.given, library.now)?)
    }

    /// Whether there is a note in it.
    pub(super) fn is_full(&self) -> bool {
        !self.given.is_empty()
    }

    /// How many notes it has.
    #[must_use]
    pub fn notes(&self) -> usize {
        self.given.len()
    }
}

/// Nothing but the deck is asked of the library.
fn nothing_more(_: &Store) -> Result<(), Failure> {
    Ok(())
}

/// Builds a deck from the library and writes its package to `out`. `articles` takes the place of what the definition
/// says of articles, and `more` sees the library as the deck saw it.
///
/// # Errors
/// When the library can't be read, or the package can't be written.
pub(super) fn build<M>(
    definition: &Definition,
    articles: Option<Selection>,
    store: &Store,
    now: Moment,
    giving: Giving<'_>,
    more: impl FnOnce(&Store) -> Result<M, Failure>,
    out: &mut (impl Write + Seek),
) -> Result<(Built, M), Failure> {
    let spec = &definition.spec;
    let (gathered, more) = store.at_one_moment(|store| -> Result<_, Failure> {
        Ok((gather(definition, articles, store, giving)?, more(store)?))
    })?;
    let Gathered { mut plan, in_anki, predecessor, from_here, deleted, moved } = gathered;
    let without_card = match in_anki.form().filter(|form| !form.has_all_cards()) {
        Some(form) => plan.retain(|note| note.cards().iter().any(|card| form.place_of(card).is_some())),
        None => 0,
    };
    let decks: BTreeSet<DeckName> = plan.decks().collect();
    let called = in_anki.called(spec, decks.iter(), &from_here);
    plan.call(called.clone());
    let form = Form { there: in_anki.form(), style: giving.style, now };
    let given = package::write_plan(&plan, form, out)?;
    let notes: Vec<(&Candidate, &Given)> = plan.candidates().iter().zip(&given).collect();
    let count = |of: &dyn Fn(&Candidate, &Given) -> bool| {
        notes.iter().filter(|(candidate, given)| of(candidate, given)).count()
    };
    let is_there = |candidate: &Candidate| {
        in_anki.holding(&candidate.record.guid, candidate.before.anki.as_ref()) == Some(Holding::There)
    };
    let changed = count(&|candidate, given| is_changed(&candidate.before, given));
    Ok((
        Built {
            name: spec.name.clone(),
            new: count(&|candidate, _| candidate.before.decks.is_empty()),
            changed,
            deleted,
            moved,
            without_card,
            added: count(&|candidate, _| !is_there(candidate)),
            renewed: count(&|candidate, given| {
                is_there(candidate) && is_older_there(&candidate.before, given)
            }),
            edited: count(&|candidate, _| candidate.before.edits().is_some_and(Edits::are_any)),
            rival: if changed == 0 { None } else { rival(definition, &notes) },
            numbers: numbers_of(&notes),
            predecessor,
            called,
            in_anki,
            given,
        },
        more,
    ))
}

/// The notes' guids by the numbers that the package gives them.
fn numbers_of(notes: &[(&Candidate, &Given)]) -> BTreeMap<i64, String> {
    let number = |record: &Record| package::note_id(record.first_seen, &record.guid);
    notes.iter().map(|(of, _)| (number(&of.record), of.record.guid.clone())).collect()
}

/// Whether a note reads otherwise than it was given last.
fn is_changed(before: &Before, given: &Given) -> bool {
    before.last().is_some_and(|(_, last)| last.hash != given.hash)
}

/// Whether Anki has a note in an older form.
fn is_older_there(before: &Before, given: &Given) -> bool {
    match &before.anki {
        // Some AnkiConnects don't tell when a note was changed.
        Some(anki) if anki.modified.0 > 0 => anki.modified < given.modified,
        _ => is_changed(before, given),
    }
}

/// The deck that wrote notes of this one otherwise since this one gave them, and how many: the two have other
/// settings, and each rewrites the notes of the other.
fn rival(definition: &Definition, notes: &[(&Candidate, &Given)]) -> Option<(String, usize)> {
    let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
    for (Candidate { before, .. }, given) in notes {
        let own = before.decks.get(definition.memory());
        let as_before = own.is_some_and(|own| own.note.hash == given.hash);
        if let Some((deck, _)) = before.last().filter(|(_, last)| as_before && last.hash != given.hash) {
            *rivals.entry(deck).or_default() += 1;
        }
    }
    let (rival, notes) = rivals.into_iter().max_by_key(|(_, notes)| *notes)?;
    let name = deck_file::name(rival);
    Some((if name == definition.handle { rival } else { name }.to_owned(), notes))
}
