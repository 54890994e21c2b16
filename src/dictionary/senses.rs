//! Which sense of a word leads: CC-CEDICT lists senses in no order of use.
//!
//! 被 is "quilt" there before it is the passive, 约 "to make an appointment" before "approximately": a card that
//! shows the first sense teaches a wrong word. The table, `senses.txt`, is ours; it only puts senses in order and
//! adds none.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::entry::Entry;
use crate::pinyin::{Syllable, parse};

/// The end of a line that keeps the other senses out of the first place.
const ALONE: &str = ".";

/// A line of the table.
struct Row {
    reading: Option<Vec<Syllable>>,
    /// For a hanzi inside a word that no dictionary has.
    part: bool,
    pieces: &'static str,
}

static TABLE: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<Row>> = HashMap::new();
    for (word, row) in include_str!("senses.txt").lines().filter_map(read) {
        table.entry(word).or_default().push(row);
    }
    table
});

fn read(line: &'static str) -> Option<(&'static str, Row)> {
    let (head, pieces) = line.split_once(" | ").filter(|_| !line.starts_with('#'))?;
    let (bare, part) = head.strip_prefix('+').map_or((head, false), |bare| (bare, true));
    let (word, reading) = bare.split_once(' ').map_or((bare, None), |(word, reading)| (word, Some(reading)));
    let reading = reading.and_then(|reading| reading.split(' ').map(parse::syllable).collect());
    Some((word, Row { reading, part, pieces }))
}

/// The senses that the table names of a word, beside the order.
#[derive(Debug, Default)]
pub(super) struct Named<'g> {
    /// The senses that it names, in their order, each with its synonyms.
    pub senses: Vec<Vec<&'g str>>,
    /// Whether no others stand beside them in the first place.
    pub alone: bool,
}

/// The senses that are named of `word`, out of its `glosses`.
pub(super) fn named<'g>(word: &str, entries: &[Entry<'_>], glosses: &[&'g str]) -> Named<'g> {
    let mut named = Named::default();
    for row in rows(word, entries).filter(|row| !row.part) {
        for piece in row.pieces.split(" / ") {
            if piece == ALONE {
                named.alone = true;
            } else {
                let synonyms = piece.split(" = ").filter_map(|piece| find(glosses, piece));
                named.senses.push(synonyms.map(|at| glosses[at]).collect());
            }
        }
    }
    named
}

/// The lines of a word in this reading.
fn rows(word: &str, entries: &[Entry<'_>]) -> impl Iterator<Item = &'static Row> {
    let reading: Vec<Syllable> = entries.first().map_or_else(Vec::new, |entry| entry.syllables().collect());
    let of_word = TABLE.get(word).map(Vec::as_slice).unwrap_or_default();
    of_word.iter().filter(move |row| row.reading.as_ref().is_none_or(|named| *named == reading))
}

/// Puts the senses in front that lead; the others keep their order. `part`: the word stands inside another one.
pub(super) fn order(word: &str, entries: &[Entry<'_>], part: bool, glosses: &mut [&str]) {
    // The sense that leads in a part goes before the one that leads in general, so it is put in front last.
    for row in rows(word, entries).filter(|row| part || !row.part) {
        for piece in row.pieces.rsplit(" / ").flat_map(|sense| sense.rsplit(" = ")) {
            if let Some(at) = find(glosses, piece) {
                glosses[..=at].rotate_right(1);
            }
        }
    }
}

/// The sense that is `piece`, else the first that begins so, else the first that has it.
fn find(glosses: &[&str], piece: &str) -> Option<usize> {
    if piece == ALONE {
        return None;
    }
    let first = |fits: &dyn Fn(&str) -> bool| glosses.iter().position(|gloss| fits(gloss));
    first(&|gloss| gloss == piece)
        .or_else(|| first(&|gloss| gloss.starts_with(piece)))
        .or_else(|| first(&|gloss| gloss.contains(piece)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Dictionary, Meaning};

    #[test]
    fn every_line_is_read_and_every_piece_found_in_one_reading() {
        let text = include_str!("senses.txt");
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut faults = Vec::new();
        for line in lines {
            let Some((headword, row)) = read(line) else {
                faults.push(format!("not read: {line}"));
                continue;
            };
            let word = Dictionary::embedded().find(headword).expect("a word of the dictionary");
            let has_all = |syllables: &Vec<Syllable>| {
                let glosses = Meaning::of(&word, syllables).expect("a reading of the word").glosses();
                let pieces = row.pieces.strip_suffix(" / .").unwrap_or(row.pieces);
                let mut pieces = pieces.split(" / ").flat_map(|sense| sense.split(" = "));
                pieces.all(|piece| find(&glosses, piece).is_some())
            };
            let named = |syllables: &Vec<Syllable>| row.reading.as_ref().is_none_or(|r| r == syllables);
            let fits = word.readings().into_iter().filter(named).filter(has_all).count();
            if fits != 1 {
                faults.push(format!("{fits} readings fit: {line}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn no_word_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("senses.txt").lines().filter(|line| !line.starts_with('#')) {
            let (head, _) = line.split_once(" | ").expect("a word and its senses");
            assert!(seen.insert(head), "{head}");
        }
        assert!(seen.len() > 500);
    }

    #[test]
    fn the_sense_that_is_met_leads_and_none_is_lost() {
        let mut glosses = ["quilt", "to cover (with)", "used to indicate passive voice"];
        order("被", &[], false, &mut glosses);
        assert_eq!(glosses, ["used to indicate passive voice", "quilt", "to cover (with)"]);
        let mut glosses = ["to live", "alive", "work"];
        order("活", &[], false, &mut glosses);
        assert_eq!(glosses[0], "to live");
        order("活", &[], true, &mut glosses);
        assert_eq!(glosses, ["work", "to live", "alive"]);
    }
}
