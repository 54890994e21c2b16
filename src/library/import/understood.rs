//! How a source was understood, and what changed with it: the rows of `import --json`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Intake;
use super::ours::Altered;
use super::source::Source;
use crate::deck::note_type;
use crate::learned::{Chosen, List, Mapping, Report, Shape};
use crate::store::Imported;
use crate::words::Status;

/// How a source was understood.
#[derive(Debug, Default, Serialize)]
pub struct Understood {
    /// How its note types were read.
    pub note_types: Vec<NoteTypeRow>,
    /// The columns of a list that is a table.
    pub columns: Option<Columns>,
    /// How many notes, or lines, it has.
    pub notes: usize,
    /// How many words are how far, by the name of that.
    pub states: BTreeMap<&'static str, usize>,
    /// The notes and lines that were left out, reason by reason.
    pub left_out: Vec<LeftOutRow>,
    /// Our notes with something in them that the learner wrote.
    pub edited_notes: usize,
    /// Our notes that were in Anki and are no more.
    pub deleted_notes: usize,
    /// Our notes that have another note type in Anki.
    pub moved_notes: usize,
    /// Notes that shengci made, in a package that may be anybody's.
    pub not_taken: usize,
    /// Further remarks.
    pub remarks: Vec<String>,
}

/// How one note type was read.
#[derive(Debug, Serialize)]
pub struct NoteTypeRow {
    /// Its name.
    pub name: String,
    /// How many notes are of it.
    pub notes: usize,
    /// Words that were found in them.
    pub words: usize,
    /// Where the hanzi stand.
    pub hanzi: Option<String>,
    /// Where the pinyin stands.
    pub reading: Option<String>,
    /// The one who chose: `own`, `given`, `guessed`.
    pub chosen: &'static str,
    /// Hanzi with their pinyin, for example.
    pub samples: Vec<String>,
}

/// The columns of a list.
#[derive(Debug, Serialize)]
pub struct Columns {
    /// Where the hanzi stand.
    pub hanzi: String,
    /// Where the pinyin stands.
    pub reading: Option<String>,
}

/// The notes or lines that were left out for one reason.
#[derive(Debug, Serialize)]
pub struct LeftOutRow {
    /// The reason.
    pub why: String,
    /// How often.
    pub count: usize,
    /// For example.
    pub examples: Vec<String>,
}

/// A row of `import --json`.
#[derive(Debug, Serialize)]
pub struct Row {
    /// As messages call it.
    pub source: String,
    /// The kind of source.
    pub kind: &'static str,
    /// How it was understood.
    #[serde(flatten)]
    pub understood: Understood,
    /// Words that the source says something of.
    pub words: usize,
    /// Words that came to another status, by the status that they came to.
    pub changes: BTreeMap<&'static str, u32>,
    /// Words whose status changed.
    pub changed: u32,
    /// Words whose status is as before.
    pub unchanged: u32,
    /// Words that the library had never met.
    pub first_met: u32,
    /// Whether all of that would be, and nothing was written.
    pub dry_run: bool,
}

impl Understood {
    /// Of a list.
    pub(super) fn of_list(list: &List) -> Self {
        let columns = match &list.shape {
            Shape::Lines => None,
            Shape::Table { hanzi, reading } => {
                Some(Columns { hanzi: hanzi.clone(), reading: reading.clone() })
            }
        };
        let left_out = list.unread.iter().map(|unread| LeftOutRow {
            why: format!("line {}: {}", unread.line, unread.why),
            count: 1,
            examples: vec![unread.text.clone()],
        });
        Self {
            columns,
            notes: list.words.len() + list.unread.len(),
            left_out: left_out.collect(),
            ..Self::default()
        }
    }

    /// Of a collection.
    pub(super) fn of_report(report: Report, found: Altered) -> Self {
        let mut states: BTreeMap<&'static str, usize> = BTreeMap::new();
        for state in report.states().into_values() {
            *states.entry(state.status().map_or("in-anki", Status::as_str)).or_default() += 1;
        }
        let left_out = report.left_out.into_iter().map(|(why, (count, examples))| LeftOutRow {
            why: why.to_string(),
            count,
            examples,
        });
        Self {
            note_types: report.mappings.into_iter().map(NoteTypeRow::from).collect(),
            columns: None,
            notes: report.notes,
            states,
            left_out: left_out.collect(),
            edited_notes: found.edited,
            deleted_notes: found.deleted,
            moved_notes: found.moved,
            not_taken: 0,
            remarks: report.remarks,
        }
    }

    /// Counts further notes of ours, of which nothing was taken.
    pub(super) fn left_alone(&mut self, notes: usize) {
        self.notes += notes;
        self.not_taken = notes;
    }
}

impl From<Mapping> for NoteTypeRow {
    fn from(mapping: Mapping) -> Self {
        let own = mapping.note_type_id == note_type::ID;
        let guess = if mapping.chosen == Chosen::Given { "given" } else { "guessed" };
        let beside = |reading: &str| if reading.is_empty() { String::new() } else { format!(" {reading}") };
        Self {
            name: mapping.note_type,
            notes: mapping.notes,
            words: mapping.words,
            hanzi: mapping.hanzi,
            reading: mapping.reading,
            chosen: if own { "own" } else { guess },
            samples: mapping
                .samples
                .iter()
                .map(|(hanzi, reading)| format!("{}{}", first_line(hanzi), beside(first_line(reading))))
                .collect(),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

impl Row {
    /// The row of a source.
    pub(super) fn new(source: &Source, intake: Intake, imported: &Imported, dry_run: bool) -> Self {
        let Imported { marked, changes } = imported;
        Self {
            source: source.name(),
            kind: source.kind(),
            understood: intake.understood,
            words: intake.marks.len(),
            changes: changes.iter().map(|(status, count)| (status.as_str(), *count)).collect(),
            changed: marked.changed,
            unchanged: marked.unchanged,
            first_met: marked.born,
            dry_run,
        }
    }
}
