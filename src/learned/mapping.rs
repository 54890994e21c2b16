//! Which field of a note type, or column of a list, holds the hanzi, and which the reading.
//!
//! Anki prescribes no names, so names only help; what decides is the content: how many values are words of the
//! dictionary, and how often a value is the pinyin of the word beside it. The guess is always shown, and the
//! learner's word goes before it.

use crate::learned::field_names;
use std::collections::BTreeSet;

use super::field::Plain;
use super::lookup::{Lookup, Script};
use crate::hanzi::is_hanzi;

/// The learner's choice of fields; a field that is `None` is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The field with the hanzi.
    pub hanzi: Option<String>,
    /// The field with the reading.
    pub reading: Option<String>,
}

/// How a mapping came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// From names and content.
    Guessed,
    /// The learner named the field.
    Given,
}

/// The fields that are read in one note type, or columns in one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The note type's name.
    pub note_type: String,
    /// Its number.
    pub note_type_id: i64,
    /// The field with the hanzi; `None` where no field holds Chinese words.
    pub hanzi: Option<String>,
    /// The field with the reading.
    pub reading: Option<String>,
    /// The one who chose.
    pub chosen: Chosen,
    /// The script of the hanzi.
    pub script: Script,
    /// A few values of both fields, as plain text.
    pub samples: Vec<(String, String)>,
    /// How many notes are of this type.
    pub notes: usize,
    /// How many of them were read as words.
    pub words: usize,
}

/// The contents of one column, counted.
struct Seen {
    score: f64,
}

/// The columns with the hanzi and with the reading. `rows` are a sample; `hanzi` and `reading` are those that
/// the learner named.
pub(super) fn guess(
    names: &[String],
    rows: &[Vec<Plain>],
    lookup: &Lookup<'_>,
    hanzi: Option<usize>,
    reading: Option<usize>,
) -> (Option<usize>, Option<usize>) {
    let hanzi = hanzi.or_else(|| {
        (0..names.len())
            .filter_map(|column| Some((column, hanzi_column(column, names, rows, lookup)?)))
            // The first of equals: `max_by` would take the last.
            .rev()
            .max_by(|(_, one), (_, other)| one.score.total_cmp(&other.score))
            .map(|(column, _)| column)
    });
    let reading = reading.or_else(|| {
        let hanzi = hanzi?;
        let is_word = |row: &Vec<Plain>| {
            row.get(hanzi).is_some_and(|word| lookup.words(&word.text, "", Script::Simplified).is_ok())
        };
        let rows: Vec<&Vec<Plain>> = rows.iter().filter(|row| is_word(row)).collect();
        (0..names.len())
            .filter(|&column| column != hanzi)
            .filter_map(|column| Some((column, reading_column(column, hanzi, names, &rows, lookup)?)))
            .rev()
            .max_by(|(_, one), (_, other)| one.score.total_cmp(&other.score))
            .map(|(column, _)| column)
    });
    (hanzi, reading)
}

/// How well a column does for the hanzi; `None` if it can't be.
fn hanzi_column(column: usize, names: &[String], rows: &[Vec<Plain>], lookup: &Lookup<'_>) -> Option<Seen> {
    let (mut filled, mut with_hanzi, mut words) = (0_u32, 0_u32, 0_u32);
    let mut distinct = BTreeSet::new();
    for value in rows.iter().filter_map(|row| row.get(column)) {
        filled += u32::from(!value.text.is_empty());
        if !value.text.chars().any(is_hanzi) {
            continue;
        }
        with_hanzi += 1;
        let is_word = lookup.words(&value.text, "", Script::Simplified).is_ok()
            || value.deletions.iter().any(|(_, d)| lookup.words(d, "", Script::Simplified).is_ok());
        words += u32::from(is_word);
        distinct.insert(value.text.as_str());
    }
    let name = names.get(column).map(|name| name.to_lowercase()).unwrap_or_default();
    let place = field_names::HANZI.iter().position(|known| name.contains(known));
    let other = field_names::OTHER.iter().any(|known| name.contains(known));
    let share = f64::from(words) / f64::from(with_hanzi.max(1));
    let needed = if place.is_some() && !other { 0.2 } else { 0.5 };
    if words == 0 || share < needed {
        return None;
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let bonus = place.map_or(0.0, |place| 0.5 - count(place) * 0.02);
    let score = f64::from(words) / count(rows.len().max(1))
        + 0.3 * count(distinct.len()) / f64::from(with_hanzi.max(1))
        + bonus
        - if other { 1.0 } else { 0.0 }
        + if column == 0 { 0.1 } else { 0.0 }
        - 0.1 * f64::from(filled - with_hanzi) / f64::from(filled.max(1));
    Some(Seen { score })
}

/// How well a column does for the reading, of rows that name words; `None` if it can't be.
fn reading_column(
    column: usize,
    hanzi: usize,
    names: &[String],
    rows: &[&Vec<Plain>],
    lookup: &Lookup<'_>,
) -> Option<Seen> {
    let (mut filled, mut fit, mut toned, mut pure) = (0_u32, 0_u32, 0_u32, 0_u32);
    for row in rows {
        let (Some(word), Some(value)) = (row.get(hanzi), row.get(column)) else { continue };
        if value.text.is_empty() {
            continue;
        }
        filled += 1;
        if let Some(reading) = lookup.reading_in(&word.text, &value.text, Script::Simplified) {
            fit += 1;
            toned += u32::from(!reading.chars().all(|c| c.is_ascii_alphabetic() || c == ' '));
            pure += u32::from(reading.len() == value.text.len());
        }
    }
    let name = names.get(column).map(|name| name.to_lowercase()).unwrap_or_default();
    let is_pinyin = field_names::READING.iter().any(|known| name.contains(known));
    let named = is_pinyin || field_names::ZHUYIN.iter().any(|known| name.contains(known));
    let share = f64::from(fit) / f64::from(filled.max(1));
    let of = |n: u32| f64::from(n) / f64::from(filled.max(1));
    (fit > 0 && (share >= 0.5 || (named && share >= 0.2)))
        .then(|| Seen { score: share + of(toned) + of(pure) + if is_pinyin { 0.3 } else { 0.0 } })
}

/// The column of this name, in any case.
pub(super) fn column(names: &[String], wanted: &str) -> Option<usize> {
    let wanted = wanted.trim().to_lowercase();
    names.iter().position(|name| name.trim().to_lowercase() == wanted)
}

/// Whether a row of a table reads like the names of its columns: a name of a field, and no word of ours.
pub(super) fn is_header(cells: &[String]) -> bool {
    let named = |cell: &String| {
        let cell = cell.trim().to_lowercase();
        field_names::HANZI
            .iter()
            .chain(field_names::READING.all())
            .chain(field_names::GLOSS.all())
            .any(|name| cell == *name)
    };
    // A list of words can begin with 字 or 词; two such names beside each other can't be chance.
    cells.iter().filter(|cell| named(cell)).count() >= 2
        || cells.iter().any(|cell| named(cell) && cell.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learned::field::plain;
    use crate::learned::lookup::tests::lookup;

    fn guessed(names: &[&str], rows: &[&[&str]]) -> (Option<usize>, Option<usize>) {
        let names: Vec<String> = names.iter().map(|&n| n.to_owned()).collect();
        let rows: Vec<Vec<Plain>> =
            rows.iter().map(|row| row.iter().map(|value| plain(value)).collect()).collect();
        guess(&names, &rows, &lookup(), None, None)
    }

    #[test]
    fn content_decides_and_names_help() {
        let rows: &[&[&str]] = &[
            &["学生", "個", "xuésheng", "student", "我是学生。"],
            &["公司", "家", "gōngsī", "company", "公司在北京。"],
        ];
        let names = ["Simplified", "Measure word", "Pinyin", "English", "Sentence"];
        assert_eq!(guessed(&names, rows), (Some(0), Some(2)));
        assert_eq!(guessed(&["a", "Classifier", "c", "d", "e"], rows), (Some(0), Some(2)));
        let reversed: &[&[&str]] = &[&["student", "学生"], &["company", "公司"]];
        assert_eq!(guessed(&["Front", "Back"], reversed), (Some(1), None));
        let mixed: &[&[&str]] = &[&["长", "cháng<br>long"], &["公司", "gōngsī<br>company"]];
        assert_eq!(guessed(&["Front", "Back"], mixed), (Some(0), Some(1)));
        let both: &[&[&str]] = &[&["學生", "学生"], &["公司", "公司"]];
        assert_eq!(guessed(&["Traditional", "Simplified"], both), (Some(1), None));
    }

    #[test]
    fn fields_without_words_are_nobodys() {
        let sentences: &[&[&str]] = &[&["我昨天去北京了。", "x"], &["你今天去哪儿？", "y"]];
        assert_eq!(guessed(&["Front", "Back"], sentences), (None, None));
        assert_eq!(guessed(&["Front", "Back"], &[&["le chat", "cat"]]), (None, None));
    }
}
