//! `correct`: how a word is read, for all past and future articles.

use super::{Context, Failure, put_right};
use crate::dictionary::{Dictionary, Meaning, hanzi_readings};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, write};
use crate::store::Store;
use crate::words::{Correction, typed_reading};

/// Corrects how a word is read, in all past and future articles. Its note in Anki keeps its reviews.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci correct 银行 yínháng
  shengci correct 银行 yin2 hang2
  shengci correct 长 zhǎng --in 队长      only in this phrase
  shengci correct 长 zhǎng --from cháng   only where it is read so now

`shengci corrections` lists what was put right; `shengci undo` takes the last one back.")]
pub struct Args {
    /// The word.
    word: String,

    /// Its pinyin, with tone marks or numbers.
    #[arg(required = true, value_name = "READING")]
    reading: Vec<String>,

    /// Only within this phrase.
    #[arg(long = "in", value_name = "PHRASE", conflicts_with = "from")]
    phrase: Option<String>,

    /// Only where the word has this reading now.
    #[arg(long, value_name = "READING")]
    from: Option<String>,
}

/// Records it.
///
/// # Errors
/// When the pinyin doesn't fit the word, or nobody knows the word.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let headword = put_right::headword(&args.word)?;
    let to = reading(&headword, &args.reading.join(" "))?;
    let from = args.from.as_deref().map(|from| reading(&headword, from)).transpose()?;
    let mut store = context.store()?;
    let pinyin = write::spaced(to.syllables());
    if let Some(phrase) = &args.phrase {
        let (correction, what) = in_phrase(&headword, &to, phrase, &store)?;
        return put_right::record(context, &mut store, &[correction], &what);
    }
    let known = Dictionary::embedded().has(headword.as_str())
        || !store.readings_of(&headword)?.is_empty()
        || !store.articles_with(headword.as_str())?.is_empty();
    if !known {
        return Err(Failure::new(format!("{headword} stands in no article, and in no dictionary"))
            .hint("is it written as in the article? `shengci show last` shows how the text is cut")
            .hint("add the article first, with `shengci add FILE`"));
    }
    warn(context, &headword, &to, from.is_none());
    let what = format!("{headword} is read {pinyin} from now on");
    let correction = Correction::Reading { headword, from, to };
    put_right::record(context, &mut store, &[correction], &what)
}

/// The correction for a word within a phrase: of the phrase as a word, where it is one, so that its note is kept.
fn in_phrase(
    headword: &Headword,
    to: &Reading,
    phrase: &str,
    store: &Store,
) -> Result<(Correction, String), Failure> {
    let phrase = put_right::headword(phrase)?;
    let Some(at) = phrase.as_str().find(headword.as_str()) else {
        return Err(Failure::new(format!("{headword} does not stand in {phrase}"))
            .hint("give the phrase with the word in it: shengci correct 长 zhǎng --in 队长"));
    };
    if !phrase.as_str().chars().all(is_hanzi) {
        return Err(Failure::new(format!("{phrase} has signs that are no hanzi"))
            .hint("give a few hanzi round the word"));
    }
    let what = format!("{headword} in {phrase} is read {} from now on", write::spaced(to.syllables()));
    let first = crate::hanzi::count(&phrase.as_str()[..at]);
    if let [record] = &store.readings_of(&phrase)?[..] {
        let mut syllables = record.key.reading.syllables().to_vec();
        syllables.splice(first..first + to.syllables().len(), to.syllables().iter().copied());
        if let Ok(to) = Reading::new(&phrase, syllables) {
            return Ok((Correction::Reading { headword: phrase, from: None, to }, what));
        }
    }
    let (phrase, headword) = (phrase.to_string(), headword.clone());
    Ok((Correction::ReadingIn { phrase, headword, to: to.clone() }, what))
}

/// Says what may not be meant: a syllable that a hanzi never has, or a hanzi with several everyday readings.
fn warn(context: &mut Context, headword: &Headword, to: &Reading, everywhere: bool) {
    let dictionary = Dictionary::embedded();
    for (hanzi, syllable) in headword.as_str().chars().filter(|&c| is_hanzi(c)).zip(to.syllables()) {
        let known = hanzi_readings(dictionary, hanzi);
        let erhua = hanzi == '儿' && syllable.is_erhua();
        if !erhua && !known.is_empty() && known.iter().all(|known| known.base() != syllable.base()) {
            context.note(&format!(
                "note: no dictionary reads {hanzi} as {}; `shengci undo` takes it back",
                write::marked(*syllable)
            ));
        }
    }
    let word = dictionary.find(headword.as_str());
    if word.is_some_and(|word| Meaning::however_read(&word, to.syllables()).is_none()) {
        context.note(&format!(
            "note: the dictionary has {headword} in several other readings, so its card has no English; \
             `shengci sense {headword} \"MEANING\" --reading {:?}` gives it one",
            write::spaced(to.syllables())
        ));
    }
    let several = dictionary.find(headword.as_str()).filter(|_| headword.hanzi() == 1).is_some_and(|word| {
        word.entries().filter(|e| !e.minor).any(|e| !e.syllables().eq(to.syllables().iter().copied()))
    });
    if several && everywhere {
        context.note(&format!(
            "note: {headword} has other readings, too; it is now read so everywhere. `shengci undo` and \
             --in PHRASE or --from READING change it in some places only"
        ));
    }
}

/// The reading of a word from pinyin as people type it, with blanks between syllables or without.
///
/// # Errors
/// When it is no pinyin, has no tones, or hasn't a syllable for each hanzi.
pub fn reading(headword: &Headword, pinyin: &str) -> Result<Reading, Failure> {
    typed_reading(headword, pinyin).map_err(|error| Failure::new(error.what).hint(error.hint))
}
