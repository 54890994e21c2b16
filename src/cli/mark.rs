//! `mark`: what the learner says of words.
//!
//! A mark is appended and never changes another; `undo` takes the last command back. Words that no dictionary
//! knows fail the command before anything is written; lines of a list that can't be read are told and left out.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::table::Table;
use super::vocabulary::Vocabulary;
use super::{Context, Failure};
use crate::dictionary::{Dictionary, HskLevel, HskVersion};
use crate::hanzi::{Headword, is_hanzi, seen};
use crate::learned::{Choice, List, Lookup, Script, Unreadable, read_list};
use crate::pinyin::Reading;
use crate::source;
use crate::store::{Marked, Store};
use crate::tokens::Kind;
use crate::words::{By, Status, WordKey, hsk};

/// Says of words that you know them, learn them, or never want to see them.
#[derive(Debug, clap::Args)]
#[command(override_usage = "shengci mark <known|learning|ignored|new> WORD…
       shengci mark <known|learning|ignored|new> --from FILE [--field NAME] [--pinyin-field NAME]
       shengci mark <known|learning|ignored|new> --hsk LIST:LEVELS")]
#[command(after_help = "Examples:
  shengci mark known 公司 学生             both words, in all their readings
  shengci mark known 长=cháng              長 long, but not 长 zhǎng, to grow
  shengci mark ignored 扎克伯格            never in a deck, and in no count
  shengci mark known --hsk 2025:1-4        levels 1 to 4 of the list of 2025 (or 2021, 2015)
  shengci mark known --from words.txt      a list: one word a line, Pleco's export, or a table
  shengci words --hsk 1 --json | jq -r '.[].simplified' | shengci mark known -
  shengci undo                             takes the last of these back")]
pub struct Args {
    /// What you say: new, learning, known or ignored.
    #[arg(value_name = "known|learning|ignored|new", value_parser = statuses(), hide_possible_values = true)]
    status: Status,

    #[command(flatten)]
    which: Which,
}

/// Says of words that you know them: `mark known`.
#[derive(Debug, clap::Args)]
#[command(override_usage = "shengci learned WORD…
       shengci learned --from FILE [--field NAME] [--pinyin-field NAME]
       shengci learned --hsk LIST:LEVELS")]
#[command(after_help = "Example:\n  shengci learned 公司 学生")]
pub struct LearnedArgs {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(group(clap::ArgGroup::new("named").args(["words", "from", "hsk"]).required(true).multiple(true)))]
struct Which {
    /// Words in simplified or traditional hanzi; `长=cháng` for one reading, `-` for a list on standard input.
    #[arg(value_name = "WORD", conflicts_with_all = ["from", "hsk"])]
    words: Vec<String>,

    /// A list of words: one a line, Pleco's export, CSV.
    #[arg(long, value_name = "FILE", conflicts_with = "hsk")]
    from: Option<PathBuf>,

    /// Levels of an HSK list: 2025:1-4, 2021:3, 2015:1,2.
    #[arg(long, value_name = "LIST:LEVELS", value_parser = levels)]
    hsk: Option<Levels>,

    /// The column of the list with the hanzi, by name or number.
    #[arg(long, value_name = "NAME", requires = "from")]
    field: Option<String>,

    /// The column of the list with the pinyin.
    #[arg(long, value_name = "NAME", requires = "from")]
    pinyin_field: Option<String>,

    /// Shows what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Debug)]
struct Levels(HskVersion, BTreeSet<HskLevel>);

/// What is to be marked.
struct Marks {
    keys: Vec<WordKey>,
    by: By,
    unread: Vec<(usize, String, String)>,
}

/// Marks.
///
/// # Errors
/// When a word is in no dictionary, a list can't be read, or the library can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    mark(args.status, &args.which, context)
}

/// Marks as known.
///
/// # Errors
/// As [`run`].
pub fn run_learned(args: &LearnedArgs, context: &mut Context) -> Result<(), Failure> {
    mark(Status::Known, &args.which, context)
}

fn mark(status: Status, which: &Which, context: &mut Context) -> Result<(), Failure> {
    // Settings are not needed here, but a fault in them is best told at the first command that follows it.
    if let Err(fault) = Settings::load(&context.config) {
        context.note(&format!("note: {}", fault.what()));
    }
    let existing = context.library.exists().then(|| context.existing_store()).transpose()?;
    let marks = marks(which, existing.as_ref())?;
    let words: Vec<(WordKey, Status)> = marks.keys.iter().map(|key| (key.clone(), status)).collect();
    let marked = match (existing, which.dry_run) {
        (Some(mut store), true) => store.mark_dry(&words, &marks.by, context.now)?,
        (None, true) => all_new(&words),
        (existing, false) => {
            let mut store = existing.map_or_else(|| context.store(), Ok)?;
            store.mark_each(&words, &marks.by, context.now)?
        }
    };
    print(status, which, &marks, marked, context)
}

/// What marking does to a library that does not exist yet.
pub fn all_new(words: &[(WordKey, Status)]) -> Marked {
    let keys: BTreeSet<&WordKey> = words.iter().map(|(key, _)| key).collect();
    let changed = words.iter().filter(|(_, status)| *status != Status::New).map(|(key, _)| key);
    let changed = u32::try_from(changed.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX);
    let born = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    Marked { changed, unchanged: born - changed, born }
}

fn marks(which: &Which, store: Option<&Store>) -> Result<Marks, Failure> {
    if let Some(Levels(version, levels)) = &which.hsk {
        let keys = of_levels(*version, levels);
        let by = By::Hsk { version: *version, levels: levels.iter().copied().collect() };
        return Ok(Marks { keys, by, unread: Vec::new() });
    }
    let vocabulary = Vocabulary::of(store)?;
    let library = |headword: &Headword| vocabulary.readings_of(headword);
    let lookup = Lookup::new(Dictionary::embedded(), &library);
    if let Some(path) = &which.from {
        let bytes = source::bytes(path)?;
        let columns = Choice { hanzi: which.field.clone(), reading: which.pinyin_field.clone() };
        let list = read_list(&bytes, &lookup, &columns)?;
        return of_list(list, by_list(path)?, &path.display().to_string());
    }
    if which.words.iter().any(|word| word == "-") {
        if which.words.len() > 1 {
            return Err(Failure::new("`-` stands beside other words")
                .hint("give either words or `-`; a list on standard input has one word a line"));
        }
        let bytes = source::stream(&mut std::io::stdin(), "standard input")?;
        let list = read_list(&bytes, &lookup, &Choice::default())?;
        // The learner piped it here and now: that is said by hand.
        return of_list(list, By::Hand, "standard input");
    }
    of_words(&which.words, &lookup)
}

/// Who says what a list says: the list, by the name of its file.
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
    let unread = list.unread.into_iter().map(|u| (u.line, u.text, u.why.to_string())).collect();
    Ok(Marks { keys: unique(list.words.into_iter().flat_map(|word| word.keys)), by, unread })
}

/// The words of the command line: all of them, or none.
fn of_words(words: &[String], lookup: &Lookup<'_>) -> Result<Marks, Failure> {
    let (mut keys, mut faults) = (Vec::new(), Vec::new());
    let (mut lone_pinyin, mut wrong_pinyin) = (false, false);
    for word in words {
        // `长=cháng` needs no quotes in any shell.
        let found =
            seen(word).map_err(Unreadable::Unseen).and_then(|()| match word.split_once(['=', '＝']) {
                Some((text, reading)) => lookup.exactly(text, reading, Script::Simplified),
                None => lookup.words(word, "", Script::Simplified),
            });
        match found {
            Ok(found) => {
                keys.extend(found);
                // 乾 is a form of its own, 乾 qián, and the traditional one of 干 gān.
                if !word.contains(['=', '＝']) {
                    keys.extend(lookup.words(word, "", Script::Traditional).into_iter().flatten());
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

/// How many words are named one by one.
const NAMED: usize = 12;
/// How many unread lines are told.
const TOLD: usize = 20;

fn print(
    status: Status,
    which: &Which,
    marks: &Marks,
    marked: Marked,
    context: &mut Context,
) -> Result<(), Failure> {
    for (line, text, why) in marks.unread.iter().take(TOLD) {
        context.note(&format!("line {line} is left out: {text}: {why}"));
    }
    if marks.unread.len() > TOLD {
        context.note(&format!("… and {} more lines", marks.unread.len() - TOLD));
    }
    if context.json {
        let word = |key: &WordKey| serde_json::json!({"simplified": key.headword.as_str(), "pinyin": key.pinyin(Kind::Word)});
        return context.json_line(&serde_json::json!({
            "status": status.as_str(),
            "by": marks.by.to_string(),
            "words": marks.keys.iter().map(word).collect::<Vec<_>>(),
            "changed": marked.changed,
            "unchanged": marked.unchanged,
            "first_met": marked.born,
            "left_out": marks.unread.iter().map(|(line, text, why)| serde_json::json!({"line": line, "text": text, "why": why})).collect::<Vec<_>>(),
            "dry_run": which.dry_run,
        }));
    }
    if marks.keys.len() <= NAMED {
        let mut table = Table::new(&[]);
        for key in &marks.keys {
            table.row([key.headword.to_string(), key.pinyin(Kind::Word)]);
        }
        table.print(&mut context.out)?;
    }
    let would = if which.dry_run { "would be " } else { "" };
    writeln!(
        context.out,
        "{would}{status}: {}, {} as before{}",
        super::plural(marked.changed as usize, "word"),
        marked.unchanged,
        if marked.born > 0 { format!("; {} first met here", marked.born) } else { String::new() },
    )?;
    Ok(())
}

/// The statuses, as the shell completes them.
pub fn statuses() -> impl clap::builder::TypedValueParser<Value = Status> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(["known", "learning", "ignored", "new"])
        .try_map(|text| text.parse::<Status>())
}

fn levels(text: &str) -> Result<Levels, String> {
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
        let number = |n: &str| n.trim().parse::<u8>().ok().filter(|n| (1..=9).contains(n)).ok_or_else(form);
        let (first, last) = (number(first)?, number(last)?);
        if first > last {
            return Err(form());
        }
        if version == HskVersion::V2015 && last > 6 {
            return Err("the HSK list of 2015 ends at level 6".to_owned());
        }
        levels.extend((first..=last).filter_map(HskLevel::new));
    }
    Ok(Levels(version, levels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_name_their_list() {
        let of =
            |text| levels(text).map(|Levels(v, l)| (v, l.iter().map(|l| l.number()).collect::<Vec<_>>()));
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
