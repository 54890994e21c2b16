//! Corrections of CC-CEDICT and additions to it: `src/dictionary/mended.txt`, `added.txt` and `own.txt`.
//!
//! A line that the dictionary has overtaken (the reading is right there now, the word is listed) stops the build, so
//! that a newer dictionary is never written over by old lines.

use std::collections::BTreeMap;
use std::error::Error;

use crate::cedict::{Entry, Word, capitals, is_hanzi, is_minor, syllables};

type Words = BTreeMap<String, Vec<Entry>>;

/// Lines `word wrong reading > right reading`; what follows `#` is why.
pub fn mend(words: &mut Words, lines: &str) -> Result<(), Box<dyn Error>> {
    for (number, line) in numbered(lines) {
        let fault = |what: &str| format!("mended.txt, line {number}: {what}: {line}");
        let (word, readings) = line.split_once(' ').ok_or_else(|| fault("no reading"))?;
        let (wrong, right) = readings.split_once(" > ").ok_or_else(|| fault("no ` > `"))?;
        let read = |pinyin: &str| syllables(word, pinyin).ok_or_else(|| fault("no pinyin for each hanzi"));
        let (wrong, right) = (read(wrong)?, read(right)?);
        let mut found = false;
        for entry in words.get_mut(word).into_iter().flatten().filter(|entry| entry.syllables == wrong) {
            entry.syllables.clone_from(&right);
            found = true;
        }
        if !found {
            return Err(fault("the dictionary has no such reading").into());
        }
    }
    Ok(())
}

/// Lines in the form of CC-CEDICT itself: `藏醫 藏医 [zang4 yi1] /Tibetan medicine/`.
pub fn add(words: &mut Words, lines: &str) -> Result<(), Box<dyn Error>> {
    for (number, line) in numbered(lines) {
        let fault = |what: &str| format!("added.txt, line {number}: {what}: {line}");
        let (head, glosses) = line.split_once("] /").ok_or_else(|| fault("no gloss"))?;
        let (forms, pinyin) = head.split_once(" [").ok_or_else(|| fault("no pinyin"))?;
        let (traditional, simplified) = forms.split_once(' ').ok_or_else(|| fault("not two forms"))?;
        if traditional.chars().count() != simplified.chars().count()
            || !simplified.chars().all(|c| is_hanzi(c) || c.is_ascii_alphanumeric())
        {
            return Err(fault("the two forms don't fit").into());
        }
        let syllables = syllables(simplified, pinyin).ok_or_else(|| fault("no pinyin for each hanzi"))?;
        let glosses: Vec<String> = glosses.split('/').filter(|g| !g.is_empty()).map(str::to_owned).collect();
        if glosses.is_empty() {
            return Err(fault("no gloss").into());
        }
        let proper = pinyin.starts_with(char::is_uppercase);
        let entries = words.entry(simplified.to_owned()).or_default();
        if entries.iter().any(|entry| entry.syllables == syllables && entry.proper == proper) {
            return Err(fault("the dictionary has it").into());
        }
        entries.push(Entry {
            traditional: traditional.to_owned(),
            syllables,
            proper,
            capitals: capitals(pinyin),
            minor: glosses.iter().all(|gloss| is_minor(gloss)),
            ours: true,
            glosses,
            measure_words: Vec::new(),
            hsk: [0; 3],
        });
    }
    Ok(())
}

/// Lines `标注 [biao1 zhu4] /to label (data); to annotate/`: senses that the dictionary's own entry of that word lacks. They
/// stand before its senses, as entries of ours.
pub fn give_senses(words: &mut [Word], lines: &str) -> Result<(), Box<dyn Error>> {
    for (number, line) in numbered(lines) {
        let fault = |what: &str| format!("own.txt, line {number}: {what}: {line}");
        let (head, glosses) = line.split_once("] /").ok_or_else(|| fault("no gloss"))?;
        let (simplified, pinyin) = head.split_once(" [").ok_or_else(|| fault("no pinyin"))?;
        let syllables = syllables(simplified, pinyin).ok_or_else(|| fault("no pinyin for each hanzi"))?;
        let glosses: Vec<String> = glosses.split('/').filter(|g| !g.is_empty()).map(str::to_owned).collect();
        let at = words.binary_search_by(|word| word.simplified.as_str().cmp(simplified));
        let entries =
            &mut words[at.map_err(|_| fault("no word of the dictionary: it belongs in added.txt"))?].entries;
        let fits = |entry: &Entry| entry.syllables == syllables && !entry.proper;
        let before =
            entries.iter().position(fits).ok_or_else(|| fault("the dictionary has no such reading"))?;
        let has = |gloss: &String| entries.iter().any(|entry| fits(entry) && entry.glosses.contains(gloss));
        if glosses.is_empty() || glosses.iter().any(has) || entries[before].ours {
            return Err(fault("no gloss, or one that the dictionary has").into());
        }
        let entry = Entry {
            traditional: entries[before].traditional.clone(),
            syllables,
            proper: false,
            capitals: 0,
            minor: false,
            ours: true,
            glosses,
            measure_words: Vec::new(),
            hsk: [0; 3],
        };
        entries.insert(before, entry);
    }
    Ok(())
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.split('#').next().unwrap_or_default().trim()))
        .filter(|(_, line)| !line.is_empty())
}
