//! Marks, the learner's word on words: known, learning, ignored, new.
//!
//! A mark is appended and never changes another; an undoing takes the last act back. Words that no dictionary knows fail
//! the whole before anything is written; lines of a list that can't be read are told and left out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::vocabulary::Vocabulary;
use super::{Failure, Library, Listener, Place, StandardInput};
use crate::dictionary::{Dictionary, HskLevel, HskVersion};
use crate::hanzi::{Headword, is_hanzi, seen};
use crate::learned::{Choice, List, Lookup, Script, Unread, Unreadable, read_list};
use crate::pinyin::Reading;
use crate::source;
use crate::store::{Marked, Store, Undone};
use crate::text::typed;
use crate::tokens::Kind;
use crate::words::{By, Status, WordKey, hsk};

/// The words that are to be marked.
#[derive(Clone, Debug)]
pub enum Which {
    /// Words as they were typed; `长=cháng` is one of them in one reading.
    Words(Vec<String>),
    /// The words of a list, in columns of these names.
    List(PathBuf, Choice),
    /// The words of a list that comes from elsewhere.
    Piped(StandardInput),
    /// The words of some levels of an HSK list.
    Levels(HskLevels),
}

/// Levels of an HSK list.
#[derive(Clone, Debug)]
pub struct HskLevels(HskVersion, BTreeSet<HskLevel>);

/// The words that were marked, or would be.
#[derive(Debug)]
pub struct Said {
    /// As what.
    pub status: Status,
    /// The words, in the order in which they were named.
    pub words: Vec<WordKey>,
    /// The source of the marks.
    pub by: By,
    /// The lines that could not be read.
    pub left_out: Vec<LeftOut>,
    /// The changes that it made.
    pub marked: Marked,
}

impl Said {
    /// The object of `mark --json`.
    #[must_use]
    pub fn json(&self, dry_run: bool) -> Value {
        let word =
            |key: &WordKey| json!({"simplified": key.headword.as_str(), "pinyin": key.pinyin(Kind::Word)});
        json!({
            "status": self.status.as_str(),
            "by": self.by.to_string(),
            "words": self.words.iter().map(word).collect::<Vec<_>>(),
            "changed": self.marked.changed,
            "unchanged": self.marked.unchanged,
            "first_met": self.marked.born,
            "left_out": self.left_out,
            "dry_run": dry_run,
        })
    }
}

/// A line of a list that could not be read.
#[derive(Debug, Serialize)]
pub struct LeftOut {
    /// Its number.
    pub line: usize,
    /// The text of the line.
    pub text: String,
    /// Why not.
    pub why: String,
}

/// The words to mark.
struct Marks {
    keys: Vec<WordKey>,
    by: By,
    unread: Vec<LeftOut>,
}

/// Marks words; where nothing is to be written, says what would change.
///
/// # Errors
/// When a word is in no dictionary, a list can't be read, or the library can't be written.
pub fn mark(status: Status, which: &Which, place: &Place, dry_run: bool) -> Result<Said, Failure> {
    let existing = place.open_if_there()?;
    let Marks { keys, by, unread } = marks(which, existing.as_ref().map(|library| &library.store))?;
    let words: Vec<(WordKey, Status)> = keys.iter().map(|key| (key.clone(), status)).collect();
    let marked = match (existing, dry_run) {
        (Some(mut library), true) => library.store.mark_dry(&words, &by, library.now)?,
        (None, true) => all_new(&words),
        (existing, false) => {
            let mut library = existing.map_or_else(|| place.open(), Ok)?;
            library.store.mark_each(&words, &by, library.now)?
        }
    };
    Ok(Said { status, words: keys, by, left_out: unread, marked })
}

impl Library {
    /// Takes back the last marks or corrections that still count; with how many articles were read anew for it.
    ///
    /// # Errors
    /// When there is nothing to take back.
    pub fn undo(&mut self, listener: &mut dyn Listener) -> Result<(Undone, usize), Failure> {
        let undone = self.store.undo(self.now)?;
        // A correction had changed how articles are read.
        let read = self.reread(listener)?;
        Ok((undone, read))
    }
}

/// The effect of marking on a library that does not exist yet.
pub fn all_new(words: &[(WordKey, Status)]) -> Marked {
    let keys: BTreeSet<&WordKey> = words.iter().map(|(key, _)| key).collect();
    let changed = words.iter().filter(|(_, status)| *status != Status::New).map(|(key, _)| key);
    let changed = u32::try_from(changed.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX);
    let born = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    Marked { changed, unchanged: born - changed, born }
}

fn marks(which: &Which, store: Option<&Store>) -> Result<Marks, Failure> {
    if let Which::Levels(HskLevels(version, levels)) = which {
        let keys = of_levels(*version, levels);
        let by = By::Hsk { version: *version, levels: levels.iter().copied().collect() };
        return Ok(Marks { keys, by, unread: Vec::new() });
    }
    let vocabulary = Vocabulary::of(store)?;
    let library = |headword: &Headword| vocabulary.readings_of(headword);
    let lookup = Lookup::new(Dictionary::embedded(), &library);
    match which {
        Which::List(path, columns) => {
            let list = read_list(&source::bytes(path)?, &lookup, columns)?;
            of_list(list, by_list(path)?, &path.display().to_string())
        }
        Which::Piped(stdin) => {
            let bytes = source::stream(&mut stdin(), "standard input")?;
            let list = read_list(&bytes, &lookup, &Choice::default())?;
            // The learner piped it here and now: that is said by hand.
            of_list(list, By::Hand, "standard input")
        }
        Which::Words(words) => of_words(words, &lookup),
        Which::Levels(_) => Ok(Marks { keys: Vec::new(), by: By::Hand, unread: Vec::new() }),
    }
}

/// The source of a list's marks: the list, by the name of its file.
///
/// # Errors
/// When the name has a character that is not seen: the library would keep it, and tell it with every `undo`.
pub fn by_list(path: &Path) -> Result<By, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match seen(&name) {
        Ok(()) => Ok(By::List(name)),
        Err(unseen) => Err(Failure::new(format!("the name of the list {}: {unseen}", path.display()))
            .hint("give the file another name; the library remembers who said what by it")),
    }
}

fn of_list(list: List, by: By, name: &str) -> Result<Marks, Failure> {
    if list.words.is_empty() {
        let why = list.unread.first().map_or_else(String::new, |u| format!("; line {}: {}", u.line, u.why));
        return Err(Failure::new(format!("{name} names no word{why}"))
            .hint("a list has one word a line, its pinyin beside it or not"));
    }
    let left_out = |u: Unread| LeftOut { line: u.line, text: u.text, why: u.why.to_string() };
    let unread = list.unread.into_iter().map(left_out).collect();
    Ok(Marks { keys: unique(list.words.into_iter().flat_map(|word| word.keys)), by, unread })
}

/// The words of the command line: all of them, or none.
fn of_words(words: &[String], lookup: &Lookup<'_>) -> Result<Marks, Failure> {
    let (mut keys, mut faults) = (Vec::new(), Vec::new());
    let (mut lone_pinyin, mut wrong_pinyin) = (false, false);
    for word in words {
        // `长=cháng` needs no quotes in any shell.
        let word = match typed(word) {
            Ok(word) => word,
            Err(unseen) => {
                faults.push(format!("“{word}”: {unseen}"));
                continue;
            }
        };
        let found = match word.split_once(['=', '＝']) {
            Some((text, reading)) => lookup.exactly(text, reading, Script::Simplified),
            None => lookup.words(&word, "", Script::Simplified),
        };
        match found {
            Ok(found) => {
                keys.extend(found);
                // 乾 is a form of its own, 乾 qián, and the traditional one of 干 gān.
                if !word.contains(['=', '＝']) {
                    keys.extend(lookup.words(&word, "", Script::Traditional).into_iter().flatten());
                }
            }
            Err(why) => {
                lone_pinyin |= !word.chars().any(is_hanzi);
                wrong_pinyin |= matches!(why, Unreadable::NoSuchReading { .. });
                faults.push(format!("“{word}”: {why}"));
            }
        }
    }
    if faults.is_empty() {
        return Ok(Marks { keys: unique(keys.into_iter()), by: By::Hand, unread: Vec::new() });
    }
    let what = match faults.len() {
        1 => format!("nothing was marked: {}", faults[0]),
        n => format!("nothing was marked; {n} words can't be:\n  {}", faults.join("\n  ")),
    };
    Err(Failure::new(what).hint(if lone_pinyin {
        "write a word and its pinyin as one: 长=cháng"
    } else if wrong_pinyin {
        "give the word alone for all its readings; `shengci show WORD` lists them"
    } else {
        "a word that no dictionary has can be given with its pinyin: 小模型=xiǎo·mó·xíng"
    }))
}

/// The words of some levels of a list, each reading that the list has.
fn of_levels(version: HskVersion, levels: &BTreeSet<HskLevel>) -> Vec<WordKey> {
    let dictionary = Dictionary::embedded();
    let mut keys = Vec::new();
    for word in dictionary.words() {
        if !word.entries().any(|entry| entry.hsk.level(version).is_some()) {
            continue;
        }
        let Ok(headword) = Headword::new(word.simplified) else { continue };
        for syllables in word.readings() {
            let Ok(reading) = Reading::new(&headword, syllables) else { continue };
            let key = WordKey { headword: headword.clone(), reading };
            if hsk(dictionary, &key).level(version).is_some_and(|level| levels.contains(&level)) {
                keys.push(key);
            }
        }
    }
    keys
}

/// Each word once, in the order given.
fn unique(keys: impl Iterator<Item = WordKey>) -> Vec<WordKey> {
    let mut seen = BTreeSet::new();
    keys.filter(|key| seen.insert(key.clone())).collect()
}

impl std::str::FromStr for HskLevels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || {
            format!(
                "“{text}” names no levels; write the list and the levels, such as 2025:1-4, 2021:7-9 or 2015:1,2"
            )
        };
        let (version, rest) = text.split_once(':').ok_or_else(form)?;
        let version: HskVersion = version.parse()?;
        let mut levels = BTreeSet::new();
        for part in rest.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number =
                |n: &str| n.trim().parse::<u8>().ok().filter(|n| (1..=9).contains(n)).ok_or_else(form);
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return Err(form());
            }
            if version == HskVersion::V2015 && last > 6 {
                return Err("the HSK list of 2015 ends at level 6".to_owned());
            }
            levels.extend((first..=last).filter_map(HskLevel::new));
        }
        Ok(Self(version, levels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_name_their_list() {
        let of = |text: &str| {
            text.parse().map(|HskLevels(v, l)| (v, l.iter().map(|l| l.number()).collect::<Vec<_>>()))
        };
        assert_eq!(of("2025:1-4"), Ok((HskVersion::V2025, vec![1, 2, 3, 4])));
        assert_eq!(of("2021:6,7-9"), Ok((HskVersion::V2021, vec![6, 7])));
        for wrong in ["1-4", "2025", "2025:", "2025:4-1", "2025:0", "2025:10", "2015:7", "2019:1"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_words_of_a_level_are_of_that_level() {
        let one = of_levels(HskVersion::V2025, &HskLevel::new(1).into_iter().collect());
        assert!((200..600).contains(&one.len()), "{}", one.len());
        assert!(one.iter().any(|key| key.headword.as_str() == "学生"));
        let all = of_levels(HskVersion::V2025, &(1..=9).filter_map(HskLevel::new).collect());
        assert!(all.len() > 10_000, "{}", all.len());
    }
}
