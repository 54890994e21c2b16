//! How a word is read: what of it can be recorded, and what may not have been meant.

use super::{Failure, Listener, headword};
use crate::corrections::Correction;
use crate::dictionary::{Dictionary, Meaning, hanzi_readings};
use crate::hanzi::{Headword, count, is_hanzi};
use crate::pinyin::{self, write};
use crate::store::Store;

/// A corrected reading of a word.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The word.
    pub headword: Headword,
    /// The reading from now on.
    pub to: pinyin::Reading,
    /// Only where it is read so now.
    pub from: Option<pinyin::Reading>,
    /// Only within this phrase.
    pub phrase: Option<String>,
}

impl Reading {
    /// The correction of a library, and what holds with it. What may not be meant is told.
    pub fn within(self, store: &Store, listener: &mut dyn Listener) -> Result<(Correction, String), Failure> {
        let Self { headword, to, from, phrase } = self;
        if let Some(phrase) = &phrase {
            return in_phrase(&headword, &to, phrase, store);
        }
        let known = Dictionary::embedded().has(headword.as_str())
            || !store.readings_of(&headword)?.is_empty()
            || !store.articles_with(headword.as_str())?.is_empty();
        if !known {
            return Err(Failure::new(format!("{headword} stands in no article, and in no dictionary"))
                .hint("is it written as in the article? `shengci show last` shows how the text is cut")
                .hint("add the article first, with `shengci add FILE`"));
        }
        warn(&headword, &to, from.is_none(), listener);
        let holds = format!("{headword} is read {} from now on", write::spaced(to.syllables()));
        Ok((Correction::Reading { headword, from, to }, holds))
    }
}

/// The correction for a word within a phrase: of the phrase as a word, where it is one, so that its note is kept.
fn in_phrase(
    word: &Headword,
    to: &pinyin::Reading,
    phrase: &str,
    store: &Store,
) -> Result<(Correction, String), Failure> {
    let phrase = headword(phrase)?;
    let Some(at) = phrase.as_str().find(word.as_str()) else {
        return Err(Failure::new(format!("{word} does not stand in {phrase}"))
            .hint("give the phrase with the word in it: shengci correct 长 zhǎng --in 队长"));
    };
    if !phrase.as_str().chars().all(is_hanzi) {
        return Err(Failure::new(format!("{phrase} has signs that are no hanzi"))
            .hint("give a few hanzi round the word"));
    }
    let what = format!("{word} in {phrase} is read {} from now on", write::spaced(to.syllables()));
    let first = count(&phrase.as_str()[..at]);
    if let [record] = &store.readings_of(&phrase)?[..] {
        let mut syllables = record.key.reading.syllables().to_vec();
        syllables.splice(first..first + to.syllables().len(), to.syllables().iter().copied());
        if let Ok(to) = pinyin::Reading::new(&phrase, syllables) {
            return Ok((Correction::Reading { headword: phrase, from: None, to }, what));
        }
    }
    let (phrase, headword) = (phrase.to_string(), word.clone());
    Ok((Correction::ReadingIn { phrase, headword, to: to.clone() }, what))
}

/// Says what may not be meant: a syllable that a hanzi never has, or a hanzi with several everyday readings.
fn warn(headword: &Headword, to: &pinyin::Reading, everywhere: bool, listener: &mut dyn Listener) {
    let dictionary = Dictionary::embedded();
    for (hanzi, syllable) in headword.as_str().chars().filter(|&c| is_hanzi(c)).zip(to.syllables()) {
        let known = hanzi_readings(dictionary, hanzi);
        let erhua = hanzi == '儿' && syllable.is_erhua();
        if !erhua && !known.is_empty() && known.iter().all(|known| known.base() != syllable.base()) {
            listener.note(&format!(
                "note: no dictionary reads {hanzi} as {}; `shengci undo` takes it back",
                write::marked(*syllable)
            ));
        }
    }
    let word = dictionary.find(headword.as_str());
    if word.is_some_and(|word| Meaning::however_read(&word, to.syllables()).is_none()) {
        listener.note(&format!(
            "note: the dictionary has {headword} in several other readings, so its card has no English; \
             `shengci sense {headword} \"MEANING\" --reading {:?}` gives it one",
            write::spaced(to.syllables())
        ));
    }
    let several = dictionary.find(headword.as_str()).filter(|_| headword.hanzi() == 1).is_some_and(|word| {
        word.entries().filter(|e| !e.minor).any(|e| !e.syllables().eq(to.syllables().iter().copied()))
    });
    if several && everywhere {
        listener.note(&format!(
            "note: {headword} has other readings, too; it is now read so everywhere. `shengci undo` and \
             --in PHRASE or --from READING change it in some places only"
        ));
    }
}
