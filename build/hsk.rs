//! Gives the dictionary's entries their levels in the HSK lists of 2015, 2021 and 2025.
//!
//! The levels that come with the dictionary have holes (公司 and 今天 are in no newer list there), so the lists are
//! read as they are, row by row, out of crate `hsk`: a row looks for its entries, and so none is lost unseen.
//! A row says which reading it means, save those of 2015; the lists write sandhi (`yì diǎnr`) and neutral tones
//! otherwise than CC-CEDICT, so tones give way before the reading does. The file's layout is told in that crate's
//! `src/catalog.rs`.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use crate::cedict::{Entry, Word};

/// The entries that a row of a list has found.
#[derive(Default)]
pub struct Found {
    /// Words of the list.
    pub words: usize,
    /// Words that no entry has.
    pub missing: Vec<String>,
}

struct Row<'d> {
    word: &'d str,
    /// As `go1ngsi1`, the tone after its vowel; empty in 2015.
    pinyin: &'d str,
    levels: u8,
}

/// Puts the levels of all three lists into the entries; what came of each list.
pub fn assign(words: &mut [Word], data: &Path) -> Result<[Found; 3], Box<dyn Error>> {
    let data = fs::read(data)?;
    let lists = [read(&data, 0)?, read(&data, 1)?, read(&data, 2)?];
    let places: HashMap<String, usize> =
        words.iter().enumerate().map(|(at, word)| (word.simplified.clone(), at)).collect();
    let mut spoken: HashMap<&str, HashSet<&str>> = HashMap::new();
    for row in lists.iter().flatten().filter(|row| !row.pinyin.is_empty()) {
        spoken.entry(row.word).or_default().insert(row.pinyin);
    }
    let erhua: HashSet<String> = words
        .iter()
        .filter(|word| word.entries.iter().any(|e| e.syllables.last().is_some_and(|s| s.is_erhua())))
        .map(|word| word.simplified.clone())
        .collect();
    let is_erhua = |word: &str| erhua.contains(word) || !places.contains_key(word);
    let mut found: [Found; 3] = Default::default();
    for (list, rows) in lists.iter().enumerate() {
        let own: HashSet<&str> = rows.iter().map(|row| row.word).collect();
        found[list].words = own.len();
        for row in rows {
            let mut any = false;
            for form in forms(row.word) {
                let Some(&at) = places.get(form) else { continue };
                // 玩儿 serves 玩 where that has no row of its own.
                if form != row.word && own.contains(form) {
                    continue;
                }
                let meant = if form == row.word {
                    meant(&words[at].entries, row, spoken.get(row.word))
                } else if form.len() + "儿".len() == row.word.len() && !is_erhua(row.word) {
                    // 女儿 is no 女: its 儿 is a syllable.
                    continue;
                } else {
                    let pinyin = row.pinyin.strip_suffix('r').unwrap_or(row.pinyin);
                    meant(&words[at].entries, &Row { word: form, pinyin, levels: row.levels }, None)
                };
                let entries = &mut words[at].entries;
                for at in meant {
                    entries[at].hsk[list] |= row.levels;
                    any = true;
                }
            }
            if !any && !found[list].missing.iter().any(|word| word == row.word) {
                found[list].missing.push(row.word.to_owned());
            }
        }
    }
    Ok(found)
}

/// A row's word; the word that it is an erhua form of; the parts of 虽然……但是……
fn forms(word: &str) -> impl Iterator<Item = &str> {
    let bare = word.strip_suffix('儿').filter(|bare| !bare.is_empty());
    let parts = word.split('…').filter(move |part| !part.is_empty() && *part != word);
    std::iter::once(word).chain(bare).chain(parts)
}

/// The entries that a row means: those with its reading, else with its letters, else the word's only reading or
/// all of them.
fn meant(entries: &[Entry], row: &Row<'_>, spoken: Option<&HashSet<&str>>) -> Vec<usize> {
    let with = |fits: &dyn Fn(&Entry) -> bool| {
        let all: Vec<usize> = (0..entries.len()).filter(|&at| fits(&entries[at])).collect();
        // The list means 王 the king, not the surname.
        let common: Vec<usize> =
            all.iter().copied().filter(|&at| !entries[at].minor && !entries[at].proper).collect();
        if common.is_empty() { all } else { common }
    };
    let tries: [&dyn Fn(&Entry) -> bool; 4] = [
        &|entry| key(entry) == row.pinyin,
        &|entry| row.pinyin.is_empty() && spoken.is_some_and(|keys| keys.contains(key(entry).as_str())),
        &|entry| !row.pinyin.is_empty() && letters(&key(entry)) == letters(row.pinyin),
        &|_| true,
    ];
    tries.into_iter().map(with).find(|meant| !meant.is_empty()).unwrap_or_default()
}

/// An entry's reading as the lists write it.
fn key(entry: &Entry) -> String {
    let mut key = String::new();
    for syllable in &entry.syllables {
        let base = syllable.base().replace('ü', "v");
        let tone = syllable.tone().number();
        let vowel = ["a", "e", "ou"]
            .iter()
            .find_map(|vowel| base.find(vowel))
            .or_else(|| base.rfind(['i', 'o', 'u', 'v', 'm', 'n']));
        match vowel.filter(|_| (1..=4).contains(&tone)) {
            Some(vowel) => {
                key.push_str(&base[..=vowel]);
                key.push(char::from(b'0' + tone));
                key.push_str(&base[vowel + 1..]);
            }
            None => key.push_str(&base),
        }
    }
    key
}

fn letters(key: &str) -> String {
    key.chars().filter(char::is_ascii_lowercase).collect()
}

/// One of the three lists.
fn read(data: &[u8], list: usize) -> Result<Vec<Row<'_>>, Box<dyn Error>> {
    let bytes = |at: usize, length: usize| data.get(at..at + length).ok_or("the HSK lists are cut off");
    let small =
        |at: usize| Ok::<_, &str>(usize::from(u16::from_le_bytes([bytes(at, 2)?[0], bytes(at, 2)?[1]])));
    let number = |at: usize| Ok::<_, &str>(small(at)? | small(at + 2)? << 16);
    if data.get(..6) != Some(b"HSK1\x01\0") {
        return Err("the HSK lists of crate hsk have another form than that of 1.0.0".into());
    }
    let strings = number(8)?;
    let (first, count) = (number(16 + 8 * list)?, number(20 + 8 * list)?);
    let mut rows = Vec::with_capacity(count);
    for row in first..first + count {
        let at = 40 + 16 * row;
        let word = std::str::from_utf8(bytes(strings + number(at)?, small(at + 8)?)?)?;
        let pinyin = std::str::from_utf8(bytes(strings + number(at + 4)?, small(at + 10)?)?)?;
        rows.push(Row { word, pinyin, levels: bytes(at + 12, 1)?[0] });
    }
    Ok(rows)
}
