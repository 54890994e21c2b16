//! A deck of the library into a package that Anki imports, or straight into the Anki that runs.

mod in_anki;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Cursor, Seek, Write};
use std::sync::Arc;

use rayon::prelude::*;

pub use super::push::Line;
pub use crate::package::Style;
pub use in_anki::numbers;

use self::in_anki::InAnki;
use super::deck_file::{self, Definition};
use super::{Failure, Library, Listener};
use crate::deck::{self, Articles, Candidate, Cards, DeckName, Note, Outline, Spec};
use crate::dictionary::Dictionary;
use crate::learned::Pushed;
use crate::package::{self, Form};
use crate::store::{Edited, Exported, Given, Holding, Selection, Shown, Store, WordFilter};
use crate::words::Moment;

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

/// What is to be exported.
#[derive(Debug)]
pub struct Wish<'d> {
    /// The deck.
    pub definition: &'d Definition,
    /// The only article whose words it has; those that its file names, if there is none.
    pub article: Option<i64>,
    /// What becomes of notes that the learner deleted in Anki.
    pub deleted: Deleted,
    /// Whose style sheet and templates the package has.
    pub style: Style,
}

/// A deck that was exported.
#[derive(Debug)]
pub struct Delivered {
    /// The deck, as its package has it.
    pub built: Built,
    /// What Anki had before and after, where it took the package itself.
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
}

impl Library {
    /// Builds a deck, delivers it, and remembers what it gave: what did not arrive was not given.
    ///
    /// # Errors
    /// When no word belongs in the deck, or it can't be delivered.
    pub fn export<O: Outlet>(
        &mut self,
        wish: &Wish<'_>,
        way: Way<O>,
        listener: &mut dyn Listener,
    ) -> Result<Delivered, Failure> {
        let definition = wish.definition;
        let place = match &way {
            Way::Anki(line) => line.read_back(&mut self.store, self.now)?,
            Way::Package(_) => None,
        };
        self.bring_up_to_date(listener)?;
        definition.recall(self)?;
        let giving = Giving { deleted: wish.deleted, style: wish.style, place: place.as_deref() };
        let articles = wish.article.map(|article| Selection::Ids(vec![article]));
        let empty = || {
            Failure::new(format!("no word of the library belongs in the deck “{}”", definition.handle))
                .hint("add articles with `shengci add`, or look at what the deck file asks for")
        };
        let (built, pushed) = match way {
            Way::Package(mut outlet) => {
                let built = build(definition, articles, &self.store, self.now, giving, outlet.file())?;
                built.is_full().then_some(()).ok_or_else(empty)?;
                outlet.put()?;
                (built, None)
            }
            Way::Anki(line) => {
                let mut bytes = Cursor::new(Vec::new());
                let built = build(definition, articles, &self.store, self.now, giving, &mut bytes)?;
                built.is_full().then_some(()).ok_or_else(empty)?;
                let pushed = line.push(bytes.get_ref(), &built, giving.place, &mut self.store)?;
                (built, Some(pushed))
            }
        };
        definition.remember(&built.given, self)?;
        let mut has_own_style = false;
        if let Some(place) = built.in_anki.place() {
            has_own_style = wish.style == Style::Theirs && built.in_anki.is_to_be_told_of_style();
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
    pub(super) called: BTreeMap<DeckName, DeckName>,
    /// The collection that it is for.
    in_anki: InAnki,
    /// The notes' guids by the numbers that the package gives them.
    pub(super) numbers: BTreeMap<i64, String>,
    /// A deck with other settings that rewrites these notes, as people know it, and how many of them.
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
    /// What the deck is called in Anki.
    #[must_use]
    pub fn called(&self) -> &DeckName {
        self.called.get(&self.name).unwrap_or(&self.name)
    }

    fn is_full(&self) -> bool {
        !self.given.is_empty()
    }

    /// How many notes it has.
    #[must_use]
    pub fn notes(&self) -> usize {
        self.given.len()
    }
}

/// So many sentences of a word are looked at to find the best one.
const SENTENCES: usize = 6;

/// Builds a deck from the library and writes its package to `out`. `articles` takes the place of what the definition
/// says of articles.
///
/// # Errors
/// When the library can't be read, or the package can't be written.
pub(super) fn build(
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
            let from_here = usize::from(decks.is_some_and(|decks| decks.contains_key(definition.memory())));
            deleted += if is_gone { from_here } else { 0 };
            moved += if is_moved { from_here } else { 0 };
            !is_gone && !is_moved
        })
        .map(|(record, _)| {
            let given = exported.get(&record.guid).map(|decks| given(decks, definition.memory()));
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
    let from_here = exported.iter().filter(|(_, decks)| decks.contains_key(definition.memory()));
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
    let rival = if changed == 0 { None } else { rival(definition, &given, &exported) };
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
    definition: &Definition,
    all: &[Given],
    exported: &BTreeMap<String, BTreeMap<String, Exported>>,
) -> Option<(String, usize)> {
    let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
    for given in all {
        let Some(decks) = exported.get(&given.guid) else { continue };
        let as_before = decks.get(definition.memory()).is_some_and(|own| own.note.hash == given.hash);
        let last = decks.iter().max_by_key(|(_, exported)| exported.note.modified);
        if let Some((deck, _)) = last.filter(|(_, last)| as_before && last.note.hash != given.hash) {
            *rivals.entry(deck).or_default() += 1;
        }
    }
    let (rival, notes) = rivals.into_iter().max_by_key(|(_, notes)| *notes)?;
    let name = deck_file::name(rival);
    Some((if name == definition.handle { rival } else { name }.to_owned(), notes))
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
