//! Fingerprints of what decks gave of a note, version by version: what is none of them was written in Anki.
//!
//! How they are remembered, [`Fingerprints`] says; the newest version comes first.

use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;

use super::note::hex;
use super::{Field, Note};
use crate::words::Fingerprints;

/// How many versions of a note are remembered.
const VERSIONS: usize = 16;

/// The fingerprints to remember of a note that is given, in the place of those of `before`.
#[must_use]
pub fn fingerprints(note: &Note, before: Option<&str>) -> String {
    let fields = note.field_hashes();
    let tags = hash_of_tags(note.tags.iter().map(String::as_str));
    let each_tag: Vec<String> = note.tags.iter().map(|tag| hash_of_tag(tag)).collect();
    let now =
        Fingerprints { fields: as_strs(&fields), tags: Some(&tags), each_tag: Some(as_strs(&each_tag)) };
    let older = before.map(read).unwrap_or_default();
    if let (Some(before), Some(true)) = (before, older.first().map(|newest| *newest == now)) {
        return before.to_owned();
    }
    // The same without its tags says less of the same version.
    let less = Fingerprints { each_tag: None, ..now.clone() };
    let older = older.into_iter().filter(|older| *older != now && *older != less);
    let versions: Vec<Fingerprints<'_>> = std::iter::once(now.clone()).chain(older).take(VERSIONS).collect();
    serde_json::to_string(&versions).unwrap_or_default()
}

fn as_strs(hashes: &[String]) -> Vec<&str> {
    hashes.iter().map(String::as_str).collect()
}

/// The versions that are remembered; none where that is no list of any.
fn read(versions: &str) -> Vec<Fingerprints<'_>> {
    serde_json::from_str(versions).unwrap_or_default()
}

/// A version of a note that was given.
#[derive(Debug)]
pub(super) struct Version<'v> {
    fields: Vec<&'v str>,
    hash_of_tags: Option<&'v str>,
    /// The fingerprints of the tags, where they are known.
    pub each_tag: Option<Vec<&'v str>>,
    /// Whether it is what its deck gave last.
    pub newest: bool,
}

impl<'v> Version<'v> {
    /// The versions in what [`fingerprints`] wrote for one deck.
    pub fn all(versions: &'v str) -> impl Iterator<Item = Self> {
        read(versions).into_iter().enumerate().map(|(place, Fingerprints { fields, tags, each_tag })| Self {
            fields,
            hash_of_tags: tags,
            each_tag,
            newest: place == 0,
        })
    }

    /// Whether this is what it gave in a field.
    pub fn has(&self, field: Field, hash: &str) -> bool {
        self.fields.get(field as usize).is_some_and(|&given| given == hash)
    }

    /// Whether these are the tags that it gave, with their fingerprints.
    pub fn has_tags(&self, tags: &[(&str, String)]) -> bool {
        let Some(given) = &self.each_tag else {
            let hash = || hash_of_tags(tags.iter().map(|(tag, _)| *tag));
            return self.hash_of_tags.is_none_or(|given| given == hash());
        };
        tags.iter().all(|(_, hash)| given.contains(&hash.as_str()))
            && given.iter().all(|given| tags.iter().any(|(_, hash)| hash == given))
    }
}

/// The fingerprint of what stands in a field.
pub(super) fn hash_of_field(html: &str) -> String {
    hex(&Sha1::digest(html.as_bytes()), 4)
}

/// A fingerprint of tags, in whatever order.
fn hash_of_tags<'t>(tags: impl Iterator<Item = &'t str>) -> String {
    let mut tags: Vec<&str> = tags.collect();
    tags.sort_unstable();
    hex(&Sha1::digest(tags.join(" ").as_bytes()), 4)
}

/// The fingerprint of a tag, as Anki tells tags apart: without regard to case, in NFC.
pub(super) fn hash_of_tag(tag: &str) -> String {
    // Nearly every tag is of these alone, which composing leaves as they are.
    let plain = tag.chars().all(|c| c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let tag = if plain { tag.to_ascii_lowercase() } else { tag.nfc().collect::<String>().to_lowercase() };
    hex(&Sha1::digest(tag.as_bytes()), 4)
}

/// The fingerprints that a program of before 2026-12 remembered of the same versions.
#[cfg(test)]
pub(super) fn without_each_tag(versions: &str) -> String {
    let less = read(versions).into_iter().map(|version| Fingerprints { each_tag: None, ..version });
    serde_json::to_string(&less.collect::<Vec<_>>()).expect("JSON")
}

#[cfg(test)]
mod tests {
    use super::super::testing::given_note as note;
    use super::*;

    #[test]
    fn versions_do_not_grow_for_ever_and_none_stands_twice() {
        let mut given = None;
        for number in 0..40 {
            given = Some(fingerprints(&note(&number.to_string(), ""), given.as_deref()));
        }
        let given = given.expect("one");
        assert_eq!(Version::all(&given).count(), VERSIONS);
        assert_eq!(fingerprints(&note("39", ""), Some(&given)), given);
    }

    #[test]
    fn each_tag_is_known_again() {
        let mut note = note("company", "一");
        note.tags = vec!["#".to_owned(), "/".to_owned(), "hsk::2".to_owned()];
        let given = fingerprints(&note, None);
        assert!(given.is_ascii(), "{given}");
        let versions: Vec<Version<'_>> = Version::all(&given).collect();
        assert_eq!(versions.len(), 1);
        let hashes = ["#", "/", "hsk::2"].map(hash_of_tag);
        assert_eq!(versions[0].each_tag.as_ref().map(|tags| *tags == hashes), Some(true));
        note.tags.clear();
        let given = fingerprints(&note, None);
        assert_eq!(Version::all(&given).next().and_then(|version| version.each_tag), Some(vec![]));
    }

    #[test]
    fn a_version_that_was_remembered_without_tags_gives_way_to_the_same_with_them() {
        let note = note("company", "一");
        let now = fingerprints(&note, None);
        let before = without_each_tag(&now);
        let mut old = Version::all(&before);
        let tags = ["shengci", "hsk::2"].map(|tag| (tag, hash_of_tag(tag)));
        assert!(old.next().is_some_and(|old| old.each_tag.is_none() && old.has_tags(&tags)));
        assert_eq!(fingerprints(&note, Some(&before)), now);
    }

    #[test]
    fn tags_are_told_apart_as_in_anki() {
        assert_eq!(
            (hash_of_tag("HSK::4"), hash_of_tag("e\u{301}")),
            (hash_of_tag("hsk::4"), hash_of_tag("é"))
        );
        assert_ne!(hash_of_tag("hsk::4"), hash_of_tag("hsk::40"));
    }
}
