//! The candidates for a form: words of the dictionary and of the library, each with the readings that go with the form.

use super::lookup::Script;
use crate::dictionary::{Dictionary, Shadow};
use crate::hanzi::Headword;
use crate::pinyin::{Reading, Syllable};
use crate::words::WordKey;

/// Some readings of one word, that go together.
pub(super) struct Candidates {
    pub(super) headword: Headword,
    pub(super) readings: Vec<Vec<Syllable>>,
}

impl Candidates {
    /// The words of those readings that are wanted.
    pub(super) fn keys(&self, wanted: impl Fn(&[Syllable]) -> bool) -> Vec<WordKey> {
        self.readings
            .iter()
            .filter(|reading| wanted(reading))
            .filter_map(|reading| {
                let reading = Reading::new(&self.headword, reading.clone()).ok()?;
                Some(WordKey { headword: self.headword.clone(), reading })
            })
            .collect()
    }
}

/// The candidates for `form`, the likeliest first.
pub(super) fn candidates(
    dictionary: Dictionary,
    library: &dyn Fn(&Headword) -> Vec<WordKey>,
    form: &str,
    other: Option<&str>,
    script: Script,
) -> Vec<Candidates> {
    let mut groups = Vec::with_capacity(2);
    let simplified = dictionary.find(form);
    let traditional = dictionary.find_traditional(form);
    let written_so = |word: crate::dictionary::Word<'_>, form: &str| -> Vec<Vec<Syllable>> {
        let mut readings: Vec<Vec<Syllable>> = Vec::new();
        for entry in word.entries().filter(|entry| entry.traditional == form) {
            let reading: Vec<Syllable> = entry.syllables().collect();
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings
    };
    if let Some(word) = simplified {
        let mut readings = word.readings();
        let narrow = other.unwrap_or(if script == Script::Traditional { form } else { "" });
        let narrowed = written_so(word, narrow);
        if !narrowed.is_empty() {
            readings = narrowed;
        }
        groups.push((word.simplified.to_owned(), readings));
    }
    if let Some(word) = traditional {
        let at = if script == Script::Traditional { 0 } else { groups.len() };
        // Of a variant (瞭解) no entry says how it is read: as the word.
        let readings = written_so(word, form);
        let readings = if readings.is_empty() { word.readings() } else { readings };
        groups.insert(at, (word.simplified.to_owned(), readings));
    }
    if groups.is_empty() {
        let simple = Shadow::of(form).into_simple();
        let readings = dictionary.find(&simple).map(|word| word.readings()).unwrap_or_default();
        groups.push((simple.into_owned(), readings));
    }
    groups
        .into_iter()
        .filter_map(|(form, mut readings)| {
            let headword = Headword::new(&form).ok()?;
            for key in library(&headword) {
                if !readings.iter().any(|r| r[..] == *key.reading.syllables()) {
                    readings.push(key.reading.syllables().to_vec());
                }
            }
            (!readings.is_empty()).then_some(Candidates { headword, readings })
        })
        .collect()
}
