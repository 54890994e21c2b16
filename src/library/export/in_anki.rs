//! A deck in the learner's Anki, as it was read last: which notes, in which decks, of what note type.

use std::collections::BTreeMap;

use crate::deck::{self, DeckName, Spec};
use crate::package::TypeInAnki;
use crate::store::{Holding, KnownCollection, ReadBack, Store, StoreError};

/// The collection that a package is for.
#[derive(Debug, Default)]
pub struct InAnki {
    known: Option<KnownCollection>,
    form: Option<TypeInAnki>,
}

impl InAnki {
    /// The collection at a place; without a place, the one that was read last. Where none was read, nothing is known.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn of(store: &Store, place: Option<&str>) -> Result<Self, StoreError> {
        let known = store.collection(place)?;
        let form = known.as_ref().and_then(|known| TypeInAnki::of_text(known.note_type.as_deref()?));
        Ok(Self { known, form })
    }

    /// Our note type as it is there.
    pub fn form(&self) -> Option<&TypeInAnki> {
        self.form.as_ref()
    }

    /// The identity of the collection.
    pub fn place(&self) -> Option<&str> {
        self.known.as_ref().map(|known| known.place.as_str())
    }

    /// The state of a note in it; `None` of one that was never read. `anki` is what was read of the note, which tells
    /// where that was before collections were told apart.
    pub fn holding(&self, guid: &str, anki: Option<&ReadBack>) -> Option<Holding> {
        if let Some((holding, _)) = self.known.as_ref().and_then(|known| known.notes.get(guid)) {
            return Some(*holding);
        }
        let anki = anki?;
        Some(match (anki.edits.gone, anki.edits.moved) {
            (true, _) => Holding::Deleted,
            (_, true) => Holding::Moved,
            _ => Holding::There,
        })
    }

    /// Whether the learner's own style goes before a newer one of ours, and nobody has said so yet.
    pub fn is_to_be_told_of_style(&self) -> bool {
        let told = self.known.as_ref().and_then(|known| known.style.as_deref());
        self.form.as_ref().is_some_and(TypeInAnki::has_own_style)
            && told != Some(&*deck::note_type::fingerprint())
    }

    /// The names there of the decks in `names`: their own names, unless the learner has given them others. A deck is
    /// known by the number that it got when it was given; where that was never seen, and there is none of its name, the
    /// deck is the one in which most of its notes lie. `given` are these notes.
    pub fn called<'n>(
        &self,
        spec: &'n Spec,
        names: impl Iterator<Item = &'n DeckName>,
        given: &[impl AsRef<str>],
    ) -> BTreeMap<DeckName, DeckName> {
        let home = self
            .known_deck(&spec.name)
            .or_else(|| self.where_most_lie(spec, given))
            .unwrap_or_else(|| spec.name.clone());
        let of = |name: &DeckName| {
            let below = || name.as_str().strip_prefix(spec.name.as_str()).unwrap_or_default();
            self.known_deck(name)
                .or_else(|| DeckName::of_anki(&format!("{home}{}", below())))
                .unwrap_or_else(|| name.clone())
        };
        let mut called: BTreeMap<DeckName, DeckName> = BTreeMap::new();
        for name in names.chain([&spec.name]) {
            if !called.contains_key(name) {
                called.insert(name.clone(), if *name == spec.name { home.clone() } else { of(name) });
            }
        }
        called
    }

    /// A deck that was given before, or that has this very name.
    fn known_deck(&self, name: &DeckName) -> Option<DeckName> {
        let known = self.known.as_ref()?;
        let by_number = known.given_decks.get(name.as_str()).and_then(|number| known.decks.get(number));
        if let Some(called) = by_number.and_then(|called| DeckName::of_anki(called)) {
            return Some(called);
        }
        let folded = name.as_str().to_lowercase();
        known.decks.values().any(|there| there.to_lowercase() == folded).then(|| name.clone())
    }

    /// The deck in which most of these notes lie; where each article has a deck of its own, the one above those.
    fn where_most_lie(&self, spec: &Spec, notes: &[impl AsRef<str>]) -> Option<DeckName> {
        let known = self.known.as_ref()?;
        let mut decks: BTreeMap<&str, usize> = BTreeMap::new();
        for guid in notes {
            let Some((Holding::There, Some(number))) = known.notes.get(guid.as_ref()) else { continue };
            let Some(name) = known.decks.get(number) else { continue };
            let above = name.rsplit_once("::").map(|(above, _)| above).filter(|_| spec.by_article);
            *decks.entry(above.unwrap_or(name)).or_default() += 1;
        }
        // The first of equals: `max_by_key` would take the last.
        DeckName::of_anki(decks.into_iter().rev().max_by_key(|(_, notes)| *notes)?.0)
    }

    /// The numbers of decks there, by the names under which they are given.
    pub fn numbers(&self, called: &BTreeMap<DeckName, DeckName>) -> BTreeMap<String, i64> {
        let there = self.known.iter().flat_map(|known| &known.decks);
        numbers(called, &there.map(|(&number, name)| (name.clone(), number)).collect())
    }
}

/// The numbers of decks, by the names under which they are given; `there` has the numbers by the names that they have in
/// Anki.
pub fn numbers(
    called: &BTreeMap<DeckName, DeckName>,
    there: &BTreeMap<String, i64>,
) -> BTreeMap<String, i64> {
    let folded: BTreeMap<String, i64> =
        there.iter().map(|(name, number)| (name.to_lowercase(), *number)).collect();
    let number = |(given, called): (&DeckName, &DeckName)| {
        Some((given.to_string(), *folded.get(&called.as_str().to_lowercase())?))
    };
    called.iter().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(yaml: &str) -> Spec {
        deck::parse("x.yaml", yaml).expect("a deck file")
    }

    fn in_anki(decks: &[(i64, &str)], given: &[(&str, i64)], notes: &[(&str, i64)]) -> InAnki {
        let known = KnownCollection {
            decks: decks.iter().map(|&(number, name)| (number, name.to_owned())).collect(),
            given_decks: given.iter().map(|&(name, number)| (name.to_owned(), number)).collect(),
            notes: notes
                .iter()
                .map(|&(guid, deck)| (guid.to_owned(), (Holding::There, Some(deck))))
                .collect(),
            ..KnownCollection::default()
        };
        InAnki { known: Some(known), form: None }
    }

    fn called(there: &InAnki, yaml: &str, names: &[&str], given: &[&str]) -> Vec<String> {
        let names: Vec<DeckName> = names.iter().map(|name| name.parse().expect("a name")).collect();
        let called = there.called(&spec(yaml), names.iter(), given);
        names.iter().map(|name| called[name].to_string()).collect()
    }

    #[test]
    fn a_deck_is_known_by_its_number_then_by_its_name_then_by_its_notes() {
        let yaml = "name: 新闻::生词";
        let names = ["新闻::生词"];
        let moved = &[("a", 2), ("b", 2), ("c", 3)][..];
        let given = ["a", "b", "c"];
        assert_eq!(called(&InAnki::default(), yaml, &names, &[]), names);
        let renamed = in_anki(&[(2, "News words"), (3, "x"), (4, "新闻::生词")], &[("新闻::生词", 2)], &[]);
        assert_eq!(called(&renamed, yaml, &names, &given), ["News words"]);
        let cards_moved = in_anki(&[(2, "Mine"), (3, "x"), (4, "新闻::生词")], &[("新闻::生词", 4)], moved);
        assert_eq!(
            called(&cards_moved, yaml, &names, &given),
            names,
            "the deck is there: new cards go into it"
        );
        let unseen = in_anki(&[(2, "News words"), (3, "x")], &[], moved);
        assert_eq!(called(&unseen, yaml, &names, &given), ["News words"]);
        assert_eq!(called(&unseen, yaml, &names, &[]), names, "another deck of ours");
    }

    #[test]
    fn decks_of_articles_go_below_the_renamed_one() {
        let yaml = "name: 新闻\nby-article: true";
        let names = ["新闻::一", "新闻::二"];
        let there = in_anki(&[(2, "News"), (3, "News::一")], &[], &[("a", 3)]);
        assert_eq!(called(&there, yaml, &names, &["a"]), ["News::一", "News::二"]);
        let there = in_anki(&[(2, "News"), (3, "News::Eins")], &[("新闻", 2), ("新闻::一", 3)], &[]);
        assert_eq!(called(&there, yaml, &names, &["a"]), ["News::Eins", "News::二"]);
    }
}
