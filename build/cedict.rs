//! Reads CC-CEDICT out of the crate that carries it, and makes it a learner's dictionary.
//!
//! Kept: every entry whose pinyin gives one syllable for each hanzi. Entries of one word are put in a learner's
//! order: those that are only surnames, variants or old forms last. An entry that says no more than "variant
//! of" the same simplified word with the same reading is dropped (羣 for 群, 瞭解 for 了解): its form is kept, so that it
//! finds the word.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{error::Error, fs};

use chinese_dictionary::WordEntry;

use crate::ours;
use crate::syllable::{Syllable, Tone};

/// One word with its entries, in the order in which a learner should meet them.
pub struct Word {
    pub simplified: String,
    pub frequency: u32,
    /// 1 is the most frequent; 0 where no count is known.
    pub rank: u32,
    pub entries: Vec<Entry>,
    /// Other ways to write it in traditional hanzi, of which there is no more to say.
    pub variants: Vec<String>,
}

/// One line of CC-CEDICT.
pub struct Entry {
    pub traditional: String,
    pub syllables: Vec<Syllable>,
    /// Written with a capital: a name of a person, a place or a thing.
    pub proper: bool,
    /// The syllables with a capital, bit by bit, the first one lowest: Ou1 yang2 Xiu1 is 0b101.
    pub capitals: u16,
    /// A surname, a variant, an old form and nothing else.
    pub minor: bool,
    /// Written by us: `ours.rs`.
    pub ours: bool,
    pub glosses: Vec<String>,
    pub measure_words: Vec<MeasureWord>,
    /// A bit for each level, 1 to 6 and 7–9 (bit 6), for 2015, 2021 and 2025; `hsk.rs` fills them.
    pub hsk: [u8; 3],
}

pub struct MeasureWord {
    pub traditional: String,
    pub simplified: String,
    pub syllables: Vec<Syllable>,
}

/// The words of the dictionary at `path`, with what the files in `ours` mend and add, in the order of their bytes.
pub fn read(
    path: &Path,
    ours: &Path,
    frequencies: &HashMap<String, u32>,
) -> Result<Vec<Word>, Box<dyn Error>> {
    let entries: HashMap<u32, WordEntry> = bincode::deserialize(&fs::read(path)?)?;
    let mut entries: Vec<WordEntry> = entries.into_values().collect();
    entries.sort_by_key(|entry| entry.word_id);

    let mut words: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    let uses = uses_of_traditional(&entries);
    for entry in &entries {
        if let Some(read) = read_entry(entry) {
            words.entry(entry.simplified.clone()).or_default().push(read);
        }
    }
    ours::mend(&mut words, &fs::read_to_string(ours.join("mended.txt"))?)?;
    ours::add(&mut words, &fs::read_to_string(ours.join("added.txt"))?)?;
    let mut words: Vec<Word> = words
        .into_iter()
        .map(|(simplified, mut entries)| {
            let variants = drop_idle_variants(&simplified, &mut entries);
            entries.sort_by_key(|entry| (entry.minor, entry.proper));
            most_used_first(&mut entries, &uses);
            let frequency = frequencies.get(&simplified).copied().unwrap_or(0);
            Word { simplified, frequency, rank: 0, entries, variants }
        })
        .collect();
    ours::give_senses(&mut words, &fs::read_to_string(ours.join("own.txt"))?)?;

    let mut by_frequency: Vec<usize> = (0..words.len()).filter(|&i| words[i].frequency > 0).collect();
    by_frequency.sort_by_key(|&i| std::cmp::Reverse(words[i].frequency));
    for (rank, i) in (1..).zip(by_frequency) {
        words[i].rank = rank;
    }
    Ok(words)
}

fn read_entry(entry: &WordEntry) -> Option<Entry> {
    let syllables = syllables(&entry.simplified, &entry.pinyin_numbers)?;
    let proper = entry.pinyin_numbers.chars().next().is_some_and(char::is_uppercase)
        && entry.simplified.chars().next().is_some_and(is_hanzi);
    let mut glosses: Vec<String> =
        entry.english.iter().map(|g| g.trim().to_owned()).filter(|g| !g.is_empty()).collect();
    let in_glosses = measure_words_in(&mut glosses);
    let minor = !glosses.is_empty() && glosses.iter().all(|g| is_minor(g));
    let measure_words = entry
        .measure_words
        .iter()
        .filter_map(|m| {
            Some(MeasureWord {
                traditional: m.traditional.clone(),
                simplified: m.simplified.clone(),
                syllables: self::syllables(&m.simplified, &m.pinyin_numbers)?,
            })
        })
        .chain(in_glosses)
        .collect();
    Some(Entry {
        traditional: entry.traditional.clone(),
        syllables,
        proper,
        capitals: capitals(&entry.pinyin_numbers),
        minor,
        ours: false,
        glosses,
        measure_words,
        hsk: [0; 3],
    })
}

/// Takes the measure words out that stand in a gloss: `decision (CL:個|个[ge4],項|项[xiang4])`.
fn measure_words_in(glosses: &mut [String]) -> Vec<MeasureWord> {
    let mut found = Vec::new();
    for gloss in glosses {
        let Some((before, rest)) = gloss.split_once(" (CL:") else { continue };
        let Some((listed, after)) = rest.split_once(')') else { continue };
        found.extend(listed.split(',').filter_map(|word| {
            let (forms, pinyin) = word.trim().strip_suffix(']')?.split_once('[')?;
            let (traditional, simplified) = forms.split_once('|').unwrap_or((forms, forms));
            Some(MeasureWord {
                traditional: traditional.to_owned(),
                simplified: simplified.to_owned(),
                syllables: syllables(simplified, pinyin)?,
            })
        }));
        *gloss = format!("{before}{after}");
    }
    found
}

/// One syllable for each hanzi, from `T xu4`, `hua1 r5` or `lu:4`; letters and commas have none.
pub fn syllables(word: &str, pinyin: &str) -> Option<Vec<Syllable>> {
    let mut syllables = Vec::new();
    for part in pinyin.split_whitespace() {
        let Some(number) = part.chars().last().and_then(|c| c.to_digit(10)) else { continue };
        let base = part[..part.len() - 1].to_lowercase().replace("u:", "ü").replace('v', "ü");
        let Some(tone) = u8::try_from(number).ok().and_then(Tone::from_number) else { continue };
        match Syllable::new(&base, tone) {
            Some(syllable) => syllables.push(syllable),
            None if base.chars().all(|c| c.is_ascii_digit()) => {}
            None => return None,
        }
    }
    let hanzi = word.chars().filter(|&c| is_hanzi(c)).count();
    (hanzi > 0 && hanzi == syllables.len()).then_some(syllables)
}

/// Which syllables of a pinyin with numbers have a capital.
pub fn capitals(pinyin: &str) -> u16 {
    let numbered = pinyin.split_whitespace().filter(|part| part.ends_with(|c: char| c.is_ascii_digit()));
    let capital = numbered.take(16).enumerate().filter(|(_, part)| part.starts_with(char::is_uppercase));
    capital.fold(0, |bits, (at, _)| bits | 1 << at)
}

pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}'
        | '\u{F900}'..='\u{FAFF}' | '〇')
}

pub fn is_minor(gloss: &str) -> bool {
    let start = |s: &str| gloss.starts_with(s);
    start("surname ")
        || start("variant of ")
        || start("old variant of ")
        || start("archaic variant of ")
        || start("erroneous variant of ")
        || start("Japanese variant of ")
        || start("see ")
        || start("also written ")
        || start("used in ")
        || start("(archaic)")
        || start("(old)")
        || start("Kangxi radical")
}

/// How many words have each traditional hanzi in them.
fn uses_of_traditional(entries: &[WordEntry]) -> HashMap<char, u32> {
    let mut uses = HashMap::new();
    for c in entries.iter().flat_map(|entry| entry.traditional.chars()) {
        *uses.entry(c).or_insert(0) += 1;
    }
    uses
}

/// Puts, among the entries of one reading, the traditional form first that most words are written with: 年 "year"
/// before 秊 "harvest", 後 "after" before 后 "empress". The order of the readings stays.
fn most_used_first(entries: &mut [Entry], uses: &HashMap<char, u32>) {
    let rarest = |entry: &Entry| entry.traditional.chars().filter_map(|c| uses.get(&c)).min().copied();
    for i in 0..entries.len() {
        let alike =
            |a: &Entry, b: &Entry| a.syllables == b.syllables && (a.minor, a.proper) == (b.minor, b.proper);
        let best = (i..entries.len())
            .filter(|&j| alike(&entries[i], &entries[j]))
            .max_by_key(|&j| (rarest(&entries[j]), std::cmp::Reverse(j)));
        if let Some(best) = best {
            entries.swap(i, best);
        }
    }
}

/// Drops the entries that say nothing but that they are variants; the forms of these. Where the word has several readings,
/// an entry without a gloss stays, which tells of the form how it is read (份子 fèn zǐ, of 分子).
fn drop_idle_variants(simplified: &str, entries: &mut Vec<Entry>) -> Vec<String> {
    let mut variants = Vec::new();
    let others: Vec<Vec<Syllable>> =
        entries.iter().filter(|e| !e.minor).map(|e| e.syllables.clone()).collect();
    let several = others.iter().any(|other| Some(other) != others.first());
    entries.retain_mut(|entry| {
        let idle = entry.glosses.iter().all(|gloss| {
            gloss.contains("variant of ")
                && gloss.split(['|', ' ']).any(|part| part.split('[').next() == Some(simplified))
        });
        let dropped = entry.minor && idle && others.contains(&entry.syllables);
        if !dropped || entry.traditional == simplified {
            return !dropped;
        }
        if several {
            entry.glosses.clear();
        } else {
            variants.push(entry.traditional.clone());
        }
        several
    });
    variants
}
