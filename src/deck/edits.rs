//! What the learner has written into our notes in Anki, and how it stays there.
//!
//! Anki takes a note of a package over its own as a whole, so a note that changed here would wipe out every field
//! that the learner has edited there. What is known of those edits goes into the note on its way out. An edit is
//! what none of our versions of the field ever was: a collection may still hold an older one. Fingerprints are of
//! what the program wrote, never of an edit, so that an edit stays one for ever.

use std::collections::BTreeMap;

use sha1::{Digest, Sha1};

use super::note::hex;
use super::{Field, Html, Note};

/// The fields of one note that the learner edited, by name, as HTML; the learner's own tags under [`TAGS`], and
/// what else is remembered of the note under [`OLDER`], [`GONE`] and [`MOVED`].
pub type Edits = BTreeMap<String, String>;

/// What stands for the tags among the fields; no field is called so.
const TAGS: &str = ":tags";
/// Anki holds an older version of ours. Its importer takes the newer one only if that was made later than the
/// learner's last change of the note.
const OLDER: &str = ":older";
/// The note was in Anki, and is no more.
const GONE: &str = ":gone";
/// The note is of another note type in Anki than ours.
const MOVED: &str = ":moved";
/// Between versions of a note's fingerprints, the newest first.
const VERSION: &str = " / ";
/// How many versions of a note are remembered.
const VERSIONS: usize = 16;

/// The fingerprints to remember of a note that is given, in the place of those of `before`: of each field, in the
/// order of [`Field::ALL`], then of the tags, a blank between; the newest version first, ` / ` between versions.
#[must_use]
pub fn fingerprints(note: &Note, before: Option<&str>) -> String {
    let now = format!("{} {}", note.field_hashes(), hash_of_tags(note.tags.iter().map(String::as_str)));
    let older = before.into_iter().flat_map(|before| before.split(VERSION)).filter(|&older| older != now);
    let versions: Vec<&str> = std::iter::once(now.as_str()).chain(older).take(VERSIONS).collect();
    versions.join(VERSION)
}

/// What the learner edited: the fields of a note as Anki has them, by name, that are none of what was given.
/// `given` are the fingerprints of the decks that gave the note. `tags` are the note's tags in Anki.
#[must_use]
pub fn edits<'a>(given: impl Iterator<Item = &'a str>, fields: &[(String, String)], tags: &str) -> Edits {
    let mut versions: Vec<Vec<&str>> = Vec::new();
    let mut newest: Vec<Vec<&str>> = Vec::new();
    for given in given {
        let from = versions.len();
        versions.extend(given.split(VERSION).map(|version| version.split_whitespace().collect()));
        newest.extend(versions.get(from).cloned());
    }
    if versions.is_empty() {
        // Nothing is known of what was given (a library that was lost): then nothing is known of edits.
        return Edits::new();
    }
    let is_of = |version: &[&str], field: Field, html: &str| {
        let hash = hex(&Sha1::digest(html.as_bytes()), 4);
        version.get(field as usize).is_some_and(|&given| given == hash)
    };
    let is_ours = |field: Field, html: &str| versions.iter().any(|version| is_of(version, field, html));
    let mut edited = Edits::new();
    let mut older = false;
    for field in Field::ALL.into_iter().filter(|&field| field != Field::Count) {
        let Some((_, html)) = fields.iter().find(|(name, _)| name == field.name()) else { continue };
        if is_ours(field, html) {
            older |= !newest.iter().any(|version| is_of(version, field, html));
        } else {
            edited.insert(field.name().to_owned(), html.clone());
        }
    }
    if older {
        edited.insert(OLDER.to_owned(), String::new());
    }
    let hash = hash_of_tags(tags.split_whitespace());
    if !versions.iter().any(|version| version.get(Field::ALL.len()).is_none_or(|&given| given == hash)) {
        edited.insert(TAGS.to_owned(), tags.to_owned());
    }
    edited
}

/// Whether a field or the tags are among `edits`.
#[must_use]
pub fn has_edits(edits: &Edits) -> bool {
    edits.keys().any(|name| ![OLDER, GONE, MOVED].contains(&name.as_str()))
}

/// Whether Anki held an older version of ours when it was read, so that what changed since is still owed to it.
#[must_use]
pub fn is_older(edits: &Edits) -> bool {
    edits.contains_key(OLDER)
}

/// Whether the note had been in Anki and was no more when Anki was read: the learner deleted it.
#[must_use]
pub fn is_gone(edits: &Edits) -> bool {
    edits.contains_key(GONE)
}

/// What is remembered of a note that is no more in Anki. Its edits stay known, should it come back.
#[must_use]
pub fn gone(mut edits: Edits) -> Edits {
    edits.insert(GONE.to_owned(), String::new());
    edits
}

/// Whether the learner gave the note another note type, which must keep it out of every package: an Anki that merges
/// note types on import, as AnkiConnect has it do, would merge that one into ours, empty the note, and hang the
/// reviewed cards of all our notes on the other's template (seen with Anki 26.9).
#[must_use]
pub fn is_moved(edits: &Edits) -> bool {
    edits.contains_key(MOVED)
}

/// What is remembered of a note that has another note type in Anki.
#[must_use]
pub fn moved(mut edits: Edits) -> Edits {
    edits.insert(MOVED.to_owned(), String::new());
    edits
}

/// A fingerprint of tags, in whatever order.
fn hash_of_tags<'t>(tags: impl Iterator<Item = &'t str>) -> String {
    let mut tags: Vec<&str> = tags.collect();
    tags.sort_unstable();
    hex(&Sha1::digest(tags.join(" ").as_bytes()), 4)
}

/// Puts the learner's edits into a note on its way out. To be called after its hash and its fingerprints were
/// taken: the edit is not ours.
pub fn keep_edits(note: &mut Note, edited: &Edits) {
    let ours = note.fields.clone();
    for field in Field::ALL {
        if let Some(html) = edited.get(field.name()) {
            note.fields[field as usize] = Html::edited_in_anki(html);
        }
    }
    // A learner who emptied every switch has a note without a card; Anki would call the package broken.
    if note.cards().iter().next().is_none() {
        let switches = Field::Recognition as usize..;
        note.fields[switches.clone()].clone_from_slice(&ours[switches]);
    }
    let roots: Vec<String> = note.tags.iter().map(|tag| root(tag).to_owned()).collect();
    let own = edited.get(TAGS).into_iter().flat_map(|tags| tags.split_whitespace());
    // A tag such as `hsk::4` is the deck's to change; what has another beginning is the learner's.
    note.tags.extend(own.filter(|tag| !roots.iter().any(|root_| root_ == root(tag))).map(str::to_owned));
    note.tags.sort();
    note.tags.dedup();
}

/// The beginning of a tag: `hsk` of `hsk::4`.
fn root(tag: &str) -> &str {
    tag.split("::").next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Moment;

    fn note(english: &str, sentence: &str) -> Note {
        let mut fields: [Html; Field::ALL.len()] = Default::default();
        fields[Field::Hanzi as usize] = Html::text("公司");
        fields[Field::English as usize] = Html::text(english);
        fields[Field::Sentence as usize] = Html::text(sentence);
        let deck = "生词".parse().expect("a name");
        let tags = vec!["hsk::2".to_owned(), "shengci".to_owned()];
        Note { guid: "g".to_owned(), word: 1, created: Moment(0), deck, fields, tags, shown: None }
    }

    fn in_anki(note: &Note) -> Vec<(String, String)> {
        Field::ALL.into_iter().map(|f| (f.name().to_owned(), note.field(f).as_str().to_owned())).collect()
    }

    #[test]
    fn an_edit_is_what_we_never_gave() {
        let (first, second) = (note("company", "一"), note("company; firm", "二"));
        let given = fingerprints(&second, Some(&fingerprints(&first, None)));
        let found = |note: &Note| edits([given.as_str()].into_iter(), &in_anki(note), "shengci hsk::2");
        let older = found(&first);
        assert!(
            !has_edits(&older) && is_older(&older),
            "the collection may hold an older version: {older:?}"
        );
        assert_eq!(found(&second), Edits::new());
        let edited = found(&note("my firm", "一"));
        assert_eq!(edited.get("English").map(String::as_str), Some("my firm"));
        assert!(has_edits(&edited) && is_older(&edited), "its sentence is an older one: {edited:?}");
        let newest = found(&note("my firm", "二"));
        assert_eq!(newest, Edits::from([("English".to_owned(), "my firm".to_owned())]));
        assert!(is_gone(&gone(newest.clone())) && !is_gone(&newest));
        let tagged = edits([given.as_str()].into_iter(), &in_anki(&second), "hsk::2 mine shengci");
        assert_eq!(tagged, Edits::from([(TAGS.to_owned(), "hsk::2 mine shengci".to_owned())]));
    }

    #[test]
    fn edits_and_tags_go_out_again_and_stay_edits() {
        let mut changed = note("company; firm", "三");
        let given = fingerprints(&changed, None);
        let edited = Edits::from([
            ("English".to_owned(), "<b>my</b> firm".to_owned()),
            (TAGS.to_owned(), "hsk::1 leech marked::red".to_owned()),
        ]);
        keep_edits(&mut changed, &edited);
        assert_eq!(changed.field(Field::English).as_str(), "<b>my</b> firm");
        assert_eq!(changed.field(Field::Sentence).as_str(), "三");
        assert_eq!(changed.tags, ["hsk::2", "leech", "marked::red", "shengci"]);
        let again = edits([given.as_str()].into_iter(), &in_anki(&changed), "leech");
        assert_eq!(again.get("English").map(String::as_str), Some("<b>my</b> firm"));
    }

    #[test]
    fn of_a_note_that_was_never_given_nothing_is_an_edit() {
        assert!(edits(std::iter::empty(), &in_anki(&note("x", "y")), "mine").is_empty());
    }

    #[test]
    fn versions_do_not_grow_for_ever_and_none_stands_twice() {
        let mut given = None;
        for number in 0..40 {
            given = Some(fingerprints(&note(&number.to_string(), ""), given.as_deref()));
        }
        let given = given.expect("one");
        assert_eq!(given.split(VERSION).count(), VERSIONS);
        assert_eq!(fingerprints(&note("39", ""), Some(&given)), given);
    }
}
