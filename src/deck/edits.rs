//! The learner's edits of our notes in Anki, and how they stay there.
//!
//! Anki takes a note of a package over its own as a whole, so a note that changed here would wipe out everything
//! that the learner has written there. What is known of that goes into the note on its way out. Ours is what one of
//! our versions of the note was: a collection may still hold an older one. All else is the learner's: what stands in
//! a field, a field of his own, a tag that we never gave, the lack of one that we did. Fingerprints are of what the
//! program wrote, never of an edit, so that an edit stays one for ever.

use std::collections::{BTreeMap, BTreeSet};

use super::fingerprints::{Version, hash_of_field, hash_of_tag};
use super::{Field, Html, Note};
use crate::words::Edits;

/// A note of ours as Anki has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AsRead {
    /// The contents of our fields, under whatever names, as HTML. One that isn't there was deleted.
    pub ours: BTreeMap<Field, String>,
    /// The fields that the learner added to our note type, with what stands in them.
    pub theirs: Vec<(String, String)>,
    /// The tags, blanks between.
    pub tags: String,
}

/// The learner's edits of a note. `given` are the fingerprints of the decks that gave it, `before` is what was found
/// when Anki was read the last time.
#[must_use]
pub fn edits<'a>(given: impl Iterator<Item = &'a str>, read: &AsRead, before: &Edits) -> Edits {
    let versions: Vec<Version<'_>> = given.flat_map(Version::all).collect();
    let own = read.theirs.iter().filter(|(_, html)| !html.is_empty()).cloned().collect();
    let mut edited = Edits { own, ..Edits::default() };
    let hashes: BTreeMap<Field, String> =
        read.ours.iter().map(|(&field, html)| (field, hash_of_field(html))).collect();
    for field in Field::ALL.into_iter().filter(|&field| field != Field::Count) {
        let (Some(html), Some(hash)) = (read.ours.get(&field), hashes.get(&field)) else {
            // An edit of a field that isn't there can't have been taken back.
            let edit = before.fields.get_key_value(field.name());
            edited.fields.extend(edit.map(|(name, html)| (name.clone(), html.clone())));
            continue;
        };
        let holds = || versions.iter().filter(|version| version.has(field, hash));
        if holds().next().is_some() {
            edited.older |= !holds().any(|version| version.newest);
        } else if !versions.is_empty() {
            // Where nothing is known of what was given (a library that was lost), nothing is known of edits.
            edited.fields.insert(field.name().to_owned(), html.clone());
        }
    }
    edit_tags(&versions, &hashes, read, before, &mut edited);
    edited
}

/// Which tags are the learner's, and which of ours the learner took away.
fn edit_tags(
    versions: &[Version<'_>],
    hashes: &BTreeMap<Field, String>,
    read: &AsRead,
    before: &Edits,
    edited: &mut Edits,
) {
    let there: Vec<(&str, String)> =
        read.tags.split_whitespace().map(|tag| (tag, hash_of_tag(tag))).collect();
    if versions.iter().any(|version| version.has_tags(&there)) {
        return;
    }
    let given: BTreeSet<&str> =
        versions.iter().filter_map(|version| version.each_tag.as_ref()).flatten().copied().collect();
    let missing = |version: &Version<'_>| -> BTreeSet<String> {
        let given = version.each_tag.iter().flatten().map(|&hash| hash.to_owned());
        given.filter(|given| there.iter().all(|(_, hash)| hash != given)).collect()
    };
    // The version that Anki holds is the one that most fields are of; of several, the one that accuses least.
    let likeness = |version: &Version<'_>| {
        let alike = hashes.iter().filter(|(field, hash)| version.has(**field, hash)).count();
        (alike, std::cmp::Reverse(missing(version).len()))
    };
    let known = versions.iter().rev().filter(|version| version.each_tag.is_some());
    let mut untagged = known.max_by_key(|version| likeness(version)).map(&missing).unwrap_or_default();
    let before = before.untagged.iter().filter(|hash| there.iter().all(|(_, there)| there != *hash));
    untagged.extend(before.cloned());
    let tags = there.iter().filter(|(_, hash)| !given.contains(hash.as_str()));
    edited.tags = tags.map(|(tag, _)| (*tag).to_owned()).collect();
    edited.untagged = untagged.into_iter().collect();
}

/// Puts what the learner wrote into a note on its way out. To be called after its hash and its fingerprints were
/// taken: the edit is not ours.
pub fn keep_edits(note: &mut Note, edited: &Edits) {
    let ours = note.fields.clone();
    for field in Field::ALL {
        if let Some(html) = edited.fields.get(field.name()) {
            note.fields[field as usize] = Html::edited_in_anki(html);
        }
    }
    // A learner who emptied every switch has a note without a card; Anki would call the package broken.
    if note.cards().iter().next().is_none() {
        let switches = Field::Recognition as usize..;
        note.fields[switches.clone()].clone_from_slice(&ours[switches]);
    }
    note.own.extend(edited.own.iter().map(|(name, html)| (name.clone(), Html::of_own_field(html))));
    note.tags.retain(|tag| !edited.untagged.contains(&hash_of_tag(tag)));
    let ours: BTreeSet<String> = note.tags.iter().map(|tag| hash_of_tag(tag)).collect();
    note.tags.extend(edited.tags.iter().filter(|tag| !ours.contains(&hash_of_tag(tag))).cloned());
    note.tags.sort();
    note.tags.dedup();
}

#[cfg(test)]
mod tests {
    use super::super::fingerprints;
    use super::super::fingerprints::without_each_tag;
    use super::super::testing::given_note as note;
    use super::*;

    fn in_anki(note: &Note, tags: &str) -> AsRead {
        let ours = Field::ALL.into_iter().map(|f| (f, note.field(f).as_str().to_owned())).collect();
        AsRead { ours, theirs: Vec::new(), tags: tags.to_owned() }
    }

    fn found(given: &str, note: &Note, tags: &str) -> Edits {
        edits([given].into_iter(), &in_anki(note, tags), &Edits::default())
    }

    fn english(html: &str) -> Edits {
        let fields = BTreeMap::from([("English".to_owned(), html.to_owned())]);
        Edits { fields, ..Edits::default() }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn an_edit_is_what_we_never_gave() {
        let (first, second) = (note("company", "一"), note("company; firm", "二"));
        let given = fingerprints(&second, Some(&fingerprints(&first, None)));
        let found = |note: &Note| found(&given, note, "shengci hsk::2");
        let older = found(&first);
        assert!(!older.are_any() && older.older, "the collection may hold an older version: {older:?}");
        assert_eq!(found(&second), Edits::default());
        let edited = found(&note("my firm", "一"));
        assert_eq!(edited.fields, english("my firm").fields);
        assert!(edited.are_any() && edited.older, "its sentence is an older one: {edited:?}");
        let newest = found(&note("my firm", "二"));
        assert_eq!(newest, english("my firm"));
        assert!(newest.clone().gone().gone && !newest.gone);
    }

    #[test]
    fn tags_are_ours_if_we_gave_them_and_only_then() {
        let note = note("company", "一");
        let given = fingerprints(&note, None);
        let found = |tags| found(&given, &note, tags);
        assert_eq!(found("HSK::2 shengci"), Edits::default(), "Anki keeps the case that it knew first");
        let added = found("hsk::2 hsk::mine shengci shengci::hard");
        assert_eq!(added, Edits { tags: words(&["hsk::mine", "shengci::hard"]), ..Edits::default() });
        let taken = found("hsk::2");
        assert_eq!(taken, Edits { untagged: vec![hash_of_tag("shengci")], ..Edits::default() });
        let mut out = note.clone();
        keep_edits(&mut out, &added);
        assert_eq!(out.tags, ["hsk::2", "hsk::mine", "shengci", "shengci::hard"]);
        let mut out = note.clone();
        keep_edits(&mut out, &taken);
        assert_eq!(out.tags, ["hsk::2"]);
    }

    #[test]
    fn a_tag_that_only_a_later_version_has_was_not_taken_away() {
        let (first, mut second) = (note("company", "一"), note("company", "二"));
        second.tags = vec!["hsk::3".to_owned(), "shengci".to_owned(), "shengci::check".to_owned()];
        let given = fingerprints(&second, Some(&fingerprints(&first, None)));
        let older = found(&given, &first, "hsk::2 mine shengci");
        assert_eq!((older.untagged.len(), &older.tags), (0, &words(&["mine"])), "{older:?}");
        let newest = found(&given, &second, "hsk::3 mine shengci");
        assert_eq!(newest.untagged, [hash_of_tag("shengci::check")]);
    }

    #[test]
    fn where_only_a_fingerprint_of_tags_is_known_none_is_lost() {
        let mut out = note("company", "一");
        let given = fingerprints(&out, None);
        let edited = found(&without_each_tag(&given), &out, "hsk::2 hsk::mine");
        keep_edits(&mut out, &edited);
        assert_eq!(out.tags, ["hsk::2", "hsk::mine", "shengci"]);
    }

    #[test]
    fn edits_and_fields_of_the_learners_own_go_out_again_and_stay() {
        let mut changed = note("company; firm", "三");
        let given = fingerprints(&changed, None);
        let edited = Edits {
            own: BTreeMap::from([("My notes".to_owned(), "<i>mine</i>".to_owned())]),
            tags: words(&["leech", "marked::red"]),
            ..english("<b>my</b> firm")
        };
        keep_edits(&mut changed, &edited);
        assert_eq!(changed.field(Field::English).as_str(), "<b>my</b> firm");
        assert_eq!(changed.field(Field::Sentence).as_str(), "三");
        assert_eq!(changed.own["My notes"].as_str(), "<i>mine</i>");
        assert_eq!(changed.tags, ["hsk::2", "leech", "marked::red", "shengci"]);
        let mut read = in_anki(&changed, &changed.tags.join(" "));
        read.theirs =
            vec![("My notes".to_owned(), "<i>mine</i>".to_owned()), ("Empty".to_owned(), String::new())];
        assert_eq!(edits([given.as_str()].into_iter(), &read, &Edits::default()), edited);
    }

    #[test]
    fn a_field_that_is_not_there_keeps_the_edit_that_it_had() {
        let note = note("company", "一");
        let given = fingerprints(&note, None);
        let before = english("mine");
        let mut read = in_anki(&note, "hsk::2 shengci");
        assert_eq!(edits([given.as_str()].into_iter(), &read, &before), Edits::default(), "taken back");
        read.ours.remove(&Field::English);
        assert_eq!(edits([given.as_str()].into_iter(), &read, &before), before);
    }

    #[test]
    fn of_a_note_that_was_never_given_all_tags_and_own_fields_stay() {
        let mut read = in_anki(&note("x", "y"), "mine");
        read.theirs = vec![("My notes".to_owned(), "z".to_owned())];
        let edited = edits(std::iter::empty(), &read, &Edits::default());
        let own = BTreeMap::from([("My notes".to_owned(), "z".to_owned())]);
        assert_eq!(edited, Edits { own, tags: words(&["mine"]), ..Edits::default() });
    }
}
