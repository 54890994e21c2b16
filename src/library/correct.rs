//! Corrections: recorded, applied to all past and future articles, and told.

mod file;
mod reading;
mod sense;
mod stale;

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

pub use file::{Kept, in_force};
pub use sense::{Senses, SensesOf, WordToList};
pub use stale::search_in_anki;

use self::stale::Given;
use super::rows::time;
use super::{Failure, Library, Listener};
use crate::corrections::{Correction, Shared, typed_reading};
use crate::dictionary::{Dictionary, Shadow};
use crate::hanzi::{Headword, Unseen, count};
use crate::pinyin::{Reading, write};
use crate::store::Recorded;
use crate::text;
use crate::tokens::Kind;
use crate::words::WordKey;

/// Something that is to be put right, as somebody typed it; it makes sense by itself, whatever the library holds.
#[derive(Clone, Debug)]
pub struct Wish(Want);

#[derive(Clone, Debug)]
enum Want {
    /// How a word is read.
    Reading(reading::Reading),
    /// The sense of a word.
    Sense { headword: Headword, sense: String, reading: Option<String> },
    /// The analysis of a text, whether it stands in an article or not.
    Text { text: String, correction: Correction, holds: String },
    /// The corrections of a file.
    File(Vec<Correction>),
}

/// The correction that was made.
#[derive(Debug)]
pub struct Corrected {
    /// The rule that holds from now on, as a sentence without its full stop.
    pub holds: String,
    /// How many corrections were recorded.
    pub recorded: usize,
    /// How many the library had already.
    pub known: usize,
    /// How many articles were read anew.
    pub articles: usize,
    /// The corrections, as they are recorded.
    pub corrections: Vec<CorrectionRow>,
    /// Words whose notes stay in Anki, though no article has them any more.
    pub stale: Vec<WordKey>,
}

impl Corrected {
    /// The object of `--json`, whichever verb put it right.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "recorded": self.recorded,
            "known": self.known,
            "articles": self.articles,
            "corrections": self.corrections,
            "stale_notes": self.stale.iter().map(|key| key.headword.as_str()).collect::<Vec<_>>(),
        })
    }
}

/// A correction as `--json` has it.
#[derive(Debug, Serialize)]
pub struct CorrectionRow {
    id: i64,
    at: String,
    #[serde(flatten)]
    correction: Shared,
}

impl CorrectionRow {
    /// The row of a correction.
    #[must_use]
    pub fn new(recorded: &Recorded) -> Self {
        Self { id: recorded.id, at: time(recorded.at), correction: Shared::from(&recorded.correction) }
    }
}

impl Wish {
    /// A request to read a word otherwise: everywhere, within a phrase, or where it is read in another way now.
    ///
    /// # Errors
    /// When it is no word, or the pinyin doesn't fit it.
    pub fn reading(
        word: &str,
        pinyin: &str,
        phrase: Option<&str>,
        from: Option<&str>,
    ) -> Result<Self, Failure> {
        let headword = headword(word)?;
        let to = typed_as(&headword, pinyin)?;
        let from = from.map(|from| typed_as(&headword, from)).transpose()?;
        let phrase = phrase.map(str::to_owned);
        Ok(Self(Want::Reading(reading::Reading { headword, to, from, phrase })))
    }

    /// A request for another sense of a word on its card: a number of its [list](Library::senses), or a text.
    ///
    /// # Errors
    /// When it is no word.
    pub fn sense(word: &str, sense: &str, reading: Option<&str>) -> Result<Self, Failure> {
        let headword = headword(word)?;
        let (sense, reading) = (sense.to_owned(), reading.map(str::to_owned));
        Ok(Self(Want::Sense { headword, sense, reading }))
    }

    /// A request to split one word into several.
    ///
    /// # Errors
    /// When the parts don't make the word.
    pub fn split(word: &str, parts: &[String]) -> Result<Self, Failure> {
        let headword = headword(word)?;
        let word = typed(word)?;
        let parts: Vec<String> = parts.iter().map(|part| typed(part)).collect::<Result<_, _>>()?;
        let joined = parts.join(" + ");
        if parts.concat() != word || parts.iter().any(String::is_empty) {
            return Err(Failure::new(format!("{joined} are not the parts of {word}"))
                .hint("first the word, then its parts: shengci split 全员信 全员 信"));
        }
        let holds = format!("{headword} is split into {joined} from now on");
        Ok(Self::text(&word, Correction::Split { parts }, holds))
    }

    /// A request to join several words into one.
    ///
    /// # Errors
    /// When it is no word.
    pub fn join(parts: &[String]) -> Result<Self, Failure> {
        let text = typed(&parts.concat())?;
        headword(&text)?;
        if count(&text) < 2 && text.chars().count() < 2 {
            return Err(Failure::new(format!("{text} is one hanzi, which is a word by itself"))
                .hint("give the parts that belong together: shengci join 撤单 潮"));
        }
        let holds = format!("{text} is one word from now on");
        Ok(Self::text(&text, Correction::Join { text: text.clone() }, holds))
    }

    /// A request to take something for the name of a person, a place or an organisation.
    ///
    /// # Errors
    /// When it has no hanzi.
    pub fn name(name: &str, kind: Kind) -> Result<Self, Failure> {
        let name = &typed(name)?;
        headword(name)?;
        let article = if kind == Kind::Organisation { "an" } else { "a" };
        let holds = format!("{name} is the name of {article} {kind} from now on");
        Ok(Self::text(name, Correction::Name { text: name.to_owned(), kind }, holds))
    }

    /// A request to take something for no word.
    ///
    /// # Errors
    /// When it has no hanzi.
    pub fn ignore(word: &str) -> Result<Self, Failure> {
        let word = &typed(word)?;
        headword(word)?;
        let holds = format!("{word} counts as no word from now on");
        Ok(Self::text(word, Correction::Ignore { text: word.to_owned() }, holds))
    }

    fn text(text: &str, correction: Correction, holds: String) -> Self {
        Self(Want::Text { text: text.to_owned(), correction, holds })
    }
}

impl Library {
    /// Puts something right, and reads past articles anew.
    ///
    /// # Errors
    /// When it doesn't fit what the library holds, or that can't be written.
    pub fn correct(&mut self, wish: Wish, listener: &mut dyn Listener) -> Result<Corrected, Failure> {
        let (corrections, holds) = match wish.0 {
            Want::Reading(reading) => {
                let (correction, holds) = reading.within(&self.store, listener)?;
                (vec![correction], holds)
            }
            Want::Sense { headword, sense, reading } => {
                let (correction, holds) = sense::chosen(headword, &sense, reading.as_deref(), &self.store)?;
                (vec![correction], holds)
            }
            Want::Text { text, correction, holds } => {
                if self.store.articles_with(&text)?.is_empty() {
                    listener
                        .note(&format!("note: {text} stands in no article yet; it counts for those to come"));
                }
                (vec![correction], holds)
            }
            Want::File(corrections) => {
                let holds = match corrections.len() {
                    1 => "1 correction holds from now on".to_owned(),
                    n => format!("{n} corrections hold from now on"),
                };
                (corrections, holds)
            }
        };
        let given = Given::within(&corrections, &self.store)?;
        let recorded = self.store.correct(&corrections, self.now)? as usize;
        let articles = self.reread(listener)?;
        let stale = given.stale(&self.store)?;
        let all = self.store.corrections()?;
        let named = |correction: &Correction| all.iter().rfind(|of| of.correction == *correction);
        Ok(Corrected {
            holds,
            recorded,
            known: corrections.len().saturating_sub(recorded),
            articles,
            corrections: corrections.iter().filter_map(named).map(CorrectionRow::new).collect(),
            stale,
        })
    }
}

/// A typed or pasted text, in the form in which articles have it.
fn typed(text: &str) -> Result<String, Failure> {
    text::typed(text).map(Cow::into_owned).map_err(|unseen| not_seen(text, unseen))
}

fn not_seen(text: &str, unseen: Unseen) -> Failure {
    Failure::new(format!("“{text}”: {unseen}"))
        .hint("type it by hand: such a character comes along with copied text")
}

/// A word as the dictionary has it, or as it was typed.
fn headword(text: &str) -> Result<Headword, Failure> {
    let text = typed(text)?;
    let found = Dictionary::embedded().find_any(&text).map(|word| word.simplified.into());
    Headword::new(&found.unwrap_or_else(|| Shadow::of(&text).into_simple()))
        .map_err(|error| Failure::new(error.to_string()).hint("give the word in hanzi, without blanks"))
}

/// The reading of a word from pinyin as people type it, with blanks between syllables or without.
fn typed_as(headword: &Headword, pinyin: &str) -> Result<Reading, Failure> {
    typed_reading(headword, pinyin).map_err(|error| Failure::new(error.what).hint(error.hint))
}

/// A correction in a line.
#[must_use]
pub fn said(correction: &Correction) -> String {
    let pinyin = |reading: &Reading| write::spaced(reading.syllables());
    match correction {
        Correction::Reading { headword, from, to } => {
            let from = from.as_ref().map_or_else(String::new, |from| format!(", not {}", pinyin(from)));
            format!("{headword} is read {}{from}", pinyin(to))
        }
        Correction::ReadingIn { phrase, headword, to } => {
            format!("{headword} in {phrase} is read {}", pinyin(to))
        }
        Correction::Split { parts } => format!("{} is {}", parts.concat(), parts.join(" + ")),
        Correction::Join { text } => format!("{text} is one word"),
        Correction::Name { text, kind } => format!("{text} is a name ({kind})"),
        Correction::Sense { key, gloss } => {
            format!("{} {} means “{gloss}”", key.headword, pinyin(&key.reading))
        }
        Correction::Ignore { text } => format!("{text} is no word"),
    }
}
