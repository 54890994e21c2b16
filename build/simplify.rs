//! Writes what each traditional hanzi is in simplified text: by CC-CEDICT's own words, by OpenCC's tables, by our lines.
//!
//! Layout of the table, little-endian, for U+3400 to U+9FFF: a u16 each, its simplified form or 0 where it has no other,
//! then a byte each of what else is known of it. The reader is `src/dictionary/shadow.rs`. Phrases, in which a hanzi is
//! something else than mostly (乾隆, 計畫), become Rust.
//!
//! A form of another length in UTF-8 is left out: a shadow has the byte lengths of its text.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::cedict::Word;
use crate::rules::{Line, lines, sentences};

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// No simplified text has it.
const TRADITIONAL: u8 = 1;
/// No traditional text has it.
const SIMPLIFIED: u8 = 2;
/// The word that it stands in decides what it becomes.
const BY_WORD: u8 = 4;

/// The table, and Rust that defines `PHRASES`.
pub fn compile(words: &[Word], data: &Path) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let opencc = |file: &str| fs::read_to_string(data.join("opencc").join(file));
    let characters = opencc("TSCharacters.txt")?;
    let variants = opencc("HKVariantsRev.txt")?;
    let known: BTreeSet<char> =
        words.iter().filter(|word| word.frequency > 0).flat_map(|word| word.simplified.chars()).collect();

    let mut mostly: BTreeMap<char, char> = BTreeMap::new();
    for (from, forms) in pairs(words) {
        let most = forms.into_iter().max_by_key(|&(_, count)| count);
        mostly.extend(most.map(|(to, _)| (from, to)));
    }
    let table = one_to_one(&characters);
    mostly.extend(&table);
    for (from, standard) in one_to_one(&variants) {
        if from != standard && !known.contains(&from) && !table.contains_key(&from) {
            mostly.insert(from, table.get(&standard).copied().unwrap_or(standard));
        }
    }

    let (text, phrases) = (fs::read_to_string(data.join("shadow.txt"))?, opencc("TSPhrases.txt")?);
    let mut longer: BTreeMap<&str, &str> = rows(&phrases).collect();
    let mut by_hand = BTreeSet::new();
    for line in lines("shadow.txt", &text) {
        let (from, to) = forms(&line)?;
        if !by_hand.insert(from) {
            return Err(line.fault("the form stands here already"));
        }
        match (single(from), single(to)) {
            (Some(from), Some(to)) if mostly.insert(from, to) == Some(to) => {
                return Err(line.fault("that is what it becomes without the line"));
            }
            (Some(_), Some(_)) => {}
            _ if longer.insert(from, to) == Some(to) || in_one_word(words, from, to) => {
                return Err(line.fault("the dictionary or OpenCC says so without the line"));
            }
            _ => {}
        }
    }
    longer.retain(|from, to| from.chars().count() == to.chars().count());
    mostly.retain(|from, to| (FIRST..=LAST).contains(&u32::from(*from)) && from.len_utf8() == to.len_utf8());

    let becomes = |from: char| mostly.get(&from).copied().unwrap_or(from);
    let mut by_word: BTreeSet<char> = BTreeSet::new();
    let of_words = words.iter().flat_map(|word| {
        let written = word.entries.iter().map(|entry| &entry.traditional).chain(&word.variants);
        written.map(|written| (written.as_str(), word.simplified.as_str()))
    });
    for (from, to) in of_words.chain(longer.iter().map(|(from, to)| (*from, *to))) {
        if from.chars().count() == to.chars().count() && from.chars().nth(1).is_some() {
            let changed = from.chars().zip(to.chars()).filter(|&(from, to)| becomes(from) != to);
            by_word.extend(changed.map(|(from, _)| from));
        }
    }
    let (written, used) = (opencc("STCharacters.txt")?, one_to_one(&variants));
    let only_simplified: BTreeSet<char> = rows(&written)
        .filter_map(|(simplified, forms)| {
            let one = single(simplified)?;
            (!forms.contains(one) && !used.contains_key(&one)).then_some(one)
        })
        .collect();

    let mut forms = Vec::new();
    let mut marks = Vec::new();
    for c in (FIRST..=LAST).filter_map(char::from_u32) {
        let form = becomes(c);
        let other = form != c;
        forms.extend((if other { u32::from(form) as u16 } else { 0 }).to_le_bytes());
        let also_simplified = other && known.contains(&c);
        marks.push(
            if other && !also_simplified { TRADITIONAL } else { 0 }
                | if !other && only_simplified.contains(&c) { SIMPLIFIED } else { 0 }
                | if also_simplified || by_word.contains(&c) { BY_WORD } else { 0 },
        );
    }
    forms.extend(marks);
    let mut code = String::from("pub(super) static PHRASES: &[(&str, &str)] = &[\n");
    for (from, to) in longer {
        writeln!(code, "({from:?}, {to:?}),")?;
    }
    code.push_str("];\n");
    Ok((forms, code))
}

/// The two forms of a line of ours, and its two sentences.
fn forms<'t>(line: &Line<'t>) -> Result<(&'t str, &'t str), Box<dyn Error>> {
    let [forms, pro, contra] = line.fields()[..] else { return Err(line.fault("not three fields")) };
    let (from, to) = forms.split_once(' ').ok_or_else(|| line.fault("not two forms"))?;
    if from.len() != to.len() || from.chars().count() != to.chars().count() {
        return Err(line.fault("the two forms are not of one length"));
    }
    sentences(line, from, pro, contra)?;
    Ok((from, to))
}

/// Whether the dictionary has `from` as a traditional form of `to`, or as it stands.
fn in_one_word(words: &[Word], from: &str, to: &str) -> bool {
    let at = words.binary_search_by(|word| word.simplified.as_str().cmp(to));
    at.is_ok_and(|at| {
        let word = &words[at];
        word.entries.iter().any(|entry| entry.traditional == from) || word.variants.iter().any(|v| v == from)
    })
}

/// The lines of a table of OpenCC: a form, and the forms that it can be, the first being the usual one.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (from, to) = line.split_once('\t')?;
        // Of hanzi all are wanted, of phrases the usual one.
        let first = to.split(' ').next().filter(|_| from.chars().nth(1).is_some());
        Some((from, first.unwrap_or(to)))
    })
}

/// The usual form of each hanzi of such a table.
fn one_to_one(table: &str) -> BTreeMap<char, char> {
    rows(table).filter_map(|(from, to)| Some((single(from)?, to.chars().next()?))).collect()
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The simplified hanzi of each traditional one in the words of the dictionary, and how often they are that. An old form or a variant says
/// nothing of how a text is written today, unless there is no other (妳).
fn pairs(words: &[Word]) -> BTreeMap<char, BTreeMap<char, u64>> {
    let (mut becomes, mut rarely) = (BTreeMap::new(), BTreeMap::new());
    for word in words {
        let often = u64::from(word.frequency) + 1;
        for entry in &word.entries {
            add(if entry.minor { &mut rarely } else { &mut becomes }, &entry.traditional, word, often);
        }
        word.variants.iter().for_each(|variant| add(&mut rarely, variant, word, often));
    }
    for (from, forms) in rarely {
        becomes.entry(from).or_insert(forms);
    }
    becomes
}

fn add(becomes: &mut BTreeMap<char, BTreeMap<char, u64>>, written: &str, word: &Word, often: u64) {
    if written.chars().count() == word.simplified.chars().count() {
        for (from, to) in written.chars().zip(word.simplified.chars()) {
            *becomes.entry(from).or_default().entry(to).or_default() += often;
        }
    }
}
