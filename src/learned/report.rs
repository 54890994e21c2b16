//! The words of a collection, with how far the learner is with each.
//!
//! Notes become words through a mapping, cards a state; the strongest card of a note decides. What is left out
//! is counted with its reason, so that a wrong mapping shows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;

use super::card::Card;
use super::collection::{Collection, FIELD_SEPARATOR, Note, NoteType};
use super::field::{Plain, plain};
use super::lookup::{Lookup, Script, is_other_language};
use super::mapping::{self, Choice, Chosen, Mapping};
use super::unreadable::Unreadable;
use crate::words::{AnkiState, Moment, WordKey};

/// How a collection is to be read.
pub struct Options<'a> {
    /// From how many days of interval a word is known; Anki calls 21 mature.
    pub known_from_days: i64,
    /// Whether a card suspended before it was ever answered means that the word is to be ignored.
    pub ignore_suspended_new: bool,
    /// The fields in all note types, as the learner names them; types without such a field are left out.
    pub fields: Choice,
    /// The fields in single note types, by name; they go before `fields`.
    pub by_note_type: BTreeMap<String, Choice>,
    /// The word of one of our own notes, by its guid.
    pub own: &'a (dyn Fn(&str) -> Option<WordKey> + Sync),
    /// The numbers and names of our own note types: their notes come with all fields.
    pub own_note_types: &'a [(i64, &'a str)],
}

fn nobody(_: &str) -> Option<WordKey> {
    None
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            known_from_days: 21,
            ignore_suspended_new: false,
            fields: Choice::default(),
            by_note_type: BTreeMap::new(),
            own: &nobody,
            own_note_types: &[],
        }
    }
}

/// A word that is in Anki.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnkiWord {
    /// The word; several where the note doesn't say which reading.
    pub keys: Vec<WordKey>,
    /// The state of the note's strongest card.
    pub state: AnkiState,
    /// The interval of that card, in days; 0 for less.
    pub interval: i64,
    /// How often that card was forgotten.
    pub lapses: i64,
    /// How often it was answered.
    pub reviews: i64,
    /// The note's guid, where it is told.
    pub guid: Option<String>,
    /// The note's number.
    pub note: i64,
    /// When the note was changed last.
    pub modified: Moment,
    /// Whether it is a note of ours: by guid, or by note type.
    pub own: bool,
    /// For a note of ours, all fields with their names, as HTML: an edit of the learner's shows here.
    pub fields: Vec<(String, String)>,
    /// For a note of ours, its tags, blanks between.
    pub tags: String,
}

/// Why notes were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// No field of the note type holds Chinese words.
    NoField,
    /// The field is empty or has no hanzi.
    NoHanzi,
    /// Japanese or Korean.
    OtherLanguage,
    /// A phrase or sentence.
    Sentence,
    /// Some of its bytes are no character.
    Damaged,
    /// It hides a character.
    Unseen,
    /// Not in the dictionary, and no reading beside it.
    Unknown,
    /// The reading beside it is none that the word has.
    NoSuchReading,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoField => "of a note type without a field of Chinese words",
            Self::NoHanzi => "without hanzi",
            Self::OtherLanguage => "in another language",
            Self::Sentence => "longer than a word",
            Self::Damaged => "with damaged characters in it",
            Self::Unseen => "with a character in it that is not seen",
            Self::Unknown => "not in the dictionary",
            Self::NoSuchReading => "with a reading that the word doesn't have",
        })
    }
}

impl From<&Unreadable> for LeftOut {
    fn from(why: &Unreadable) -> Self {
        match why {
            Unreadable::NoHanzi => Self::NoHanzi,
            Unreadable::OtherLanguage => Self::OtherLanguage,
            Unreadable::Sentence => Self::Sentence,
            Unreadable::Damaged => Self::Damaged,
            Unreadable::Unseen(_) => Self::Unseen,
            Unreadable::Unknown(_) => Self::Unknown,
            Unreadable::NoSuchReading { .. } => Self::NoSuchReading,
        }
    }
}

/// The words of a collection, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The words, in the order of their notes.
    pub words: Vec<AnkiWord>,
    /// How many notes were left out, by reason, with a few of their texts.
    pub left_out: BTreeMap<LeftOut, (usize, Vec<String>)>,
    /// The fields that were read, by note type; most notes first.
    pub mappings: Vec<Mapping>,
    /// How many notes the collection has.
    pub notes: usize,
    /// Remarks for the reader: a backup was read, a field is missing.
    pub remarks: Vec<String>,
}

impl Report {
    /// The state of each word over all its notes: the strongest.
    #[must_use]
    pub fn states(&self) -> BTreeMap<&WordKey, AnkiState> {
        let mut states = BTreeMap::new();
        for word in &self.words {
            for key in &word.keys {
                states
                    .entry(key)
                    .and_modify(|s: &mut AnkiState| *s = (*s).max(word.state))
                    .or_insert(word.state);
            }
        }
        states
    }
}

/// How many notes of a type are looked at for the guess.
const SAMPLE: usize = 400;
/// How many notes are read at once, on all processors.
const AT_ONCE: usize = 4096;
/// How many values the report shows.
const SHOWN: usize = 5;

/// The words of a note, or why it is left out and how its text begins.
type Outcome = Result<Vec<AnkiWord>, (LeftOut, String)>;

/// A note type with the places of its fields.
struct Chart<'c> {
    note_type: &'c NoteType,
    hanzi: Option<usize>,
    reading: Option<usize>,
    script: Script,
    given: bool,
    own: bool,
}

/// Reads what `collection` says.
#[must_use]
pub fn read_report<'c>(collection: &'c Collection, lookup: &Lookup<'_>, options: &Options<'_>) -> Report {
    let mut report =
        Report { notes: collection.notes.len(), remarks: collection.remarks.clone(), ..Report::default() };
    let mut by_type: BTreeMap<i64, Vec<&Note>> = BTreeMap::new();
    for note in &collection.notes {
        by_type.entry(note.note_type).or_default().push(note);
    }
    let mut charts = BTreeMap::new();
    for (id, notes) in &by_type {
        let Some(note_type) = collection.note_types.get(id) else { continue };
        let (chart, mapping) = chart(note_type, notes, collection, lookup, options, &mut report.remarks);
        charts.insert(*id, chart);
        report.mappings.push(mapping);
    }

    let mut words_of: BTreeMap<i64, usize> = BTreeMap::new();
    let all: Vec<&'c Note> = collection.notes.iter().collect();
    let read = all.chunks(AT_ONCE).flat_map(|some| -> Vec<(&'c Note, Outcome)> {
        let fields = collection.fields(some);
        let read = |(&note, fields): (&&'c Note, &Cow<'_, str>)| {
            (note, read_note(note, fields, charts.get(&note.note_type), collection, lookup, options))
        };
        some.par_iter().zip(&fields).map(read).collect()
    });
    for (note, outcome) in read {
        match outcome {
            Ok(words) => {
                *words_of.entry(note.note_type).or_default() += 1;
                report.words.extend(words);
            }
            Err((why, text)) => {
                let (count, examples) = report.left_out.entry(why).or_default();
                *count += 1;
                if examples.len() < SHOWN && !text.is_empty() {
                    examples.push(text);
                }
            }
        }
    }
    for mapping in &mut report.mappings {
        mapping.words = words_of.get(&mapping.note_type_id).copied().unwrap_or_default();
    }
    report.mappings.sort_by(|one, other| {
        other.notes.cmp(&one.notes).then_with(|| one.note_type_id.cmp(&other.note_type_id))
    });
    report
}

/// Finds the fields of a note type.
fn chart<'c>(
    note_type: &'c NoteType,
    notes: &[&Note],
    collection: &Collection,
    lookup: &Lookup<'_>,
    options: &Options<'_>,
    remarks: &mut Vec<String>,
) -> (Chart<'c>, Mapping) {
    let names = &note_type.fields;
    let choice = options
        .by_note_type
        .iter()
        .find(|(name, _)| name.to_lowercase() == note_type.name.to_lowercase())
        .map(|(_, choice)| choice);
    let mut missing = |wanted: &Option<String>| {
        let wanted = wanted.as_deref()?;
        let place = mapping::column(names, wanted);
        if place.is_none() && choice.is_some() {
            remarks.push(format!(
                "the note type “{}” has no field “{wanted}”; it has {}",
                note_type.name,
                names.join(", ")
            ));
        }
        place
    };
    let wanted = choice.unwrap_or(&options.fields);
    let (hanzi, reading) = (missing(&wanted.hanzi), missing(&wanted.reading));
    let given = hanzi.is_some();
    let step = notes.len().div_ceil(SAMPLE).max(1);
    let sample: Vec<&Note> = notes.iter().copied().step_by(step).collect();
    let row = |note: &Note| -> Vec<Plain> {
        let fields = collection.fields(&[note]);
        let values = fields.iter().flat_map(|fields| fields.split(FIELD_SEPARATOR)).take(names.len());
        values.map(|value| plain(value).beginning()).collect()
    };
    let rows: Vec<Vec<Plain>> = sample.into_iter().map(row).collect();
    let (hanzi, reading) = if wanted.hanzi.is_some() && hanzi.is_none() {
        (None, None)
    } else {
        mapping::guess(names, &rows, lookup, hanzi, reading)
    };
    let text = |row: &Vec<Plain>, place: Option<usize>| {
        place.and_then(|place| row.get(place)).map(|plain| plain.text.clone()).unwrap_or_default()
    };
    let forms: Vec<String> = rows.iter().map(|row| text(row, hanzi)).collect();
    let script = lookup.script(forms.iter().map(String::as_str));
    let name = |place: Option<usize>| place.and_then(|place| names.get(place)).cloned();
    let own = options
        .own_note_types
        .iter()
        .any(|(id, name)| *id == note_type.id || name.to_lowercase() == note_type.name.to_lowercase());
    let mapping = Mapping {
        note_type: note_type.name.clone(),
        note_type_id: note_type.id,
        hanzi: name(hanzi),
        reading: name(reading),
        chosen: if given { Chosen::Given } else { Chosen::Guessed },
        script,
        samples: rows
            .iter()
            .filter(|row| !text(row, hanzi).is_empty())
            .take(SHOWN)
            .map(|row| (text(row, hanzi), text(row, reading)))
            .collect(),
        notes: notes.len(),
        words: 0,
    };
    (Chart { note_type, hanzi, reading, script, given, own }, mapping)
}

/// The words of one note with what its cards say, or why it is left out.
fn read_note(
    note: &Note,
    fields: &str,
    chart: Option<&Chart<'_>>,
    collection: &Collection,
    lookup: &Lookup<'_>,
    options: &Options<'_>,
) -> Outcome {
    let Some(chart) = chart else { return Err((LeftOut::NoField, String::new())) };
    let from = collection.cards.partition_point(|card| card.note < note.id);
    let to = from + collection.cards[from..].partition_point(|card| card.note == note.id);
    let cards = &collection.cards[from..to];

    let field = |place: usize| fields.split(FIELD_SEPARATOR).nth(place);
    let key = note.guid.as_deref().and_then(options.own);
    let own = key.is_some() || chart.own;
    let named = || -> Vec<(String, String)> {
        let values = fields.split(FIELD_SEPARATOR).map(str::to_owned);
        chart.note_type.fields.iter().cloned().zip(values).collect()
    };
    // A note with a cloze is none of ours: nothing of it goes back.
    let word = |keys: Vec<WordKey>, ord: Option<u16>| {
        let own = own && ord.is_none();
        let states = cards
            .iter()
            .filter(|card| ord.is_none_or(|ord| ord.checked_sub(1) == Some(card.ord)))
            .map(|card: &Card| {
                (card.state(note.leech, options.known_from_days, options.ignore_suspended_new), card)
            });
        let strongest = states.max_by_key(|(state, card)| (*state, card.interval, card.reviews));
        AnkiWord {
            keys,
            state: strongest.map_or(AnkiState::InAnki, |(state, _)| state),
            interval: strongest.map_or(0, |(_, card)| card.interval.max(0)),
            lapses: strongest.map_or(0, |(_, card)| card.lapses),
            reviews: strongest.map_or(0, |(_, card)| card.reviews),
            guid: note.guid.clone(),
            note: note.id,
            modified: Moment(note.modified),
            own,
            fields: if own { named() } else { Vec::new() },
            tags: if own { note.tags.clone() } else { String::new() },
        }
    };
    if let Some(key) = key {
        return Ok(vec![word(vec![key], None)]);
    }
    let Some(hanzi) = chart.hanzi else {
        let first = plain(field(0).unwrap_or_default()).text;
        return Err((LeftOut::NoField, shortened(&first)));
    };
    let value = plain(field(hanzi).unwrap_or_default());
    let beside = chart.reading.and_then(field).map(|html| plain(html).text).unwrap_or_default();
    let reading = if beside.is_empty() { value.reading.as_str() } else { beside.as_str() };
    let found = lookup.reading_in(&value.text, reading, chart.script);
    let left_out = |why: &Unreadable| (LeftOut::from(why), shortened(&value.text));
    if !chart.given && is_other_language(fields) && found.is_none() {
        return Err(left_out(&Unreadable::OtherLanguage));
    }
    match lookup.words(&value.text, found.unwrap_or(reading), chart.script) {
        Ok(keys) => Ok(vec![word(keys, None)]),
        // A cloze in a sentence asks for the words that it hides, each with a card of its own.
        Err(why) => {
            let hidden: Vec<AnkiWord> = value
                .deletions
                .iter()
                .filter_map(|(number, hidden)| {
                    lookup.words(hidden, "", chart.script).ok().map(|keys| word(keys, Some(*number)))
                })
                .collect();
            if hidden.is_empty() { Err(left_out(&why)) } else { Ok(hidden) }
        }
    }
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(24).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learned::lookup::tests::lookup;

    /// A collection of one note type, a note and a mature card a row.
    fn collection(fields: &[&str], rows: &[&[&str]]) -> Collection {
        let note_type =
            NoteType { id: 1, name: "Deck".into(), fields: fields.iter().map(|&f| f.to_owned()).collect() };
        let note = |(id, row): (i64, &&[&str])| Note {
            id,
            guid: Some(id.to_string()),
            note_type: 1,
            modified: 0,
            leech: false,
            tags: String::new(),
            fields: row.join("\u{1F}"),
        };
        let card = |note| Card { note, ord: 0, kind: 2, queue: 2, interval: 30, reviews: 9, lapses: 0 };
        Collection {
            note_types: [(1, note_type)].into(),
            notes: (1..).zip(rows).map(note).collect(),
            cards: (1..).zip(rows).map(|(id, _)| card(id)).collect(),
            ..Collection::default()
        }
    }

    fn read(fields: &[&str], rows: &[&[&str]]) -> (Vec<String>, BTreeMap<LeftOut, usize>) {
        let report = read_report(&collection(fields, rows), &lookup(), &Options::default());
        let words = report.states().keys().map(|key| format!("{} {}", key.headword, key.reading)).collect();
        (words, report.left_out.into_iter().map(|(why, (count, _))| (why, count)).collect())
    }

    #[test]
    fn kanji_are_not_chinese_but_glosses_may_be_japanese() {
        let japanese = read(&["Kanji", "Kana"], &[&["学生", "がくせい"], &["先生", "せんせい"]]);
        assert_eq!(japanese, (vec![], [(LeftOut::OtherLanguage, 2)].into()));
        let chinese = read(
            &["中国語", "拼音", "日本語"],
            &[&["学生", "xuésheng", "がくせい"], &["长", "cháng", "ながい"]],
        );
        assert_eq!(chinese.0, ["学生 xue2 sheng5", "长 chang2"]);
    }

    #[test]
    fn a_deck_as_they_are_shared() {
        let fields = ["Key", "Traditional", "Simplified", "Pinyin.1", "Meaning", "Classifier", "Audio"];
        let rows: &[&[&str]] = &[
            &["1", "銀行", "银行", "yínháng", "bank", "家", "[sound:1.mp3]"],
            &["2", "長", "长", "zhǎng", "to grow", "", "[sound:2.mp3]"],
            &["3", "頭髮", "头发", "tóufa", "hair", "根", ""],
        ];
        assert_eq!(read(&fields, rows).0, ["头发 tou2 fa5", "银行 yin2 hang2", "长 zhang3"]);
    }

    #[test]
    fn the_strongest_note_of_a_word_decides() {
        let mut twice = collection(&["Front"], &[&["公司"], &["公司"]]);
        twice.cards[1].interval = 3;
        let report = read_report(&twice, &lookup(), &Options::default());
        assert_eq!(report.words.len(), 2);
        assert_eq!(report.states().into_values().collect::<Vec<_>>(), [AnkiState::Known]);
    }
}
