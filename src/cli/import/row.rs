//! What `import` tells: how the source was understood, and what changed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::ours::Found;
use super::{Intake, Source};
use crate::cli::plural;
use crate::cli::table::Table;
use crate::deck::note_type;
use crate::learned::{Chosen, List, Mapping, Report, Shape};
use crate::store::Imported;
use crate::words::Status;

/// How a source was understood.
#[derive(Debug, Default, Serialize)]
pub struct Understood {
    note_types: Vec<NoteTypeRow>,
    columns: Option<Columns>,
    notes: usize,
    states: BTreeMap<&'static str, usize>,
    left_out: Vec<LeftOutRow>,
    edited_notes: usize,
    /// Our notes that were in Anki and are no more.
    deleted_notes: usize,
    /// Our notes that have another note type in Anki.
    moved_notes: usize,
    /// Notes that shengci made, in a package that may be anybody's.
    not_taken: usize,
    remarks: Vec<String>,
}

/// How one note type was read.
#[derive(Debug, Serialize)]
struct NoteTypeRow {
    name: String,
    notes: usize,
    words: usize,
    hanzi: Option<String>,
    reading: Option<String>,
    chosen: &'static str,
    samples: Vec<String>,
}

/// The columns of a list.
#[derive(Debug, Serialize)]
struct Columns {
    hanzi: String,
    reading: Option<String>,
}

/// What was left out for one reason.
#[derive(Debug, Serialize)]
struct LeftOutRow {
    why: String,
    count: usize,
    examples: Vec<String>,
}

/// A row of `import --json`.
#[derive(Debug, Serialize)]
pub struct Row {
    source: String,
    kind: &'static str,
    #[serde(flatten)]
    understood: Understood,
    /// Words that the source says something of.
    words: usize,
    /// Words that came to another status, by the status that they came to.
    changes: BTreeMap<&'static str, u32>,
    changed: u32,
    unchanged: u32,
    first_met: u32,
    dry_run: bool,
}

/// How many samples are shown.
const SHOWN: usize = 3;
/// How many lines of a list that could not be read are shown.
const LINES: usize = 12;

impl Understood {
    /// Of a list.
    pub fn of_list(list: &List) -> Self {
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
    pub fn of_report(report: Report, found: Found) -> Self {
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

    /// So many notes more there were, of ours, and nothing of them was taken.
    pub fn left_alone(&mut self, notes: usize) {
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
    pub fn new(source: &Source, intake: Intake, imported: &Imported, dry_run: bool) -> Self {
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

    /// For people.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.source)?;
        let understood = &self.understood;
        for remark in &understood.remarks {
            writeln!(out, "  note: {remark}")?;
        }
        if let Some(columns) = &understood.columns {
            let reading = columns.reading.as_ref().map_or_else(String::new, |r| format!(", pinyin in {r}"));
            writeln!(out, "  a table: hanzi in column {}{reading}", columns.hanzi)?;
        }
        understood.print_note_types(out)?;
        let most = if self.kind == "list" { LINES } else { usize::MAX };
        for row in understood.left_out.iter().take(most) {
            let examples: Vec<&str> = row.examples.iter().take(SHOWN).map(String::as_str).collect();
            let examples =
                if examples.is_empty() { String::new() } else { format!(" ({})", examples.join(" · ")) };
            let count = if self.kind == "list" { String::new() } else { format!("{} ", row.count) };
            writeln!(out, "  left out: {count}{}{examples}", row.why)?;
        }
        if understood.left_out.len() > most {
            writeln!(out, "  left out: {} more lines", understood.left_out.len() - most)?;
        }
        if !understood.states.is_empty() {
            let states: Vec<String> = understood
                .states
                .iter()
                .map(|(state, count)| match *state {
                    "in-anki" => format!("{count} never answered"),
                    state => format!("{count} {state}"),
                })
                .collect();
            writeln!(out, "  in Anki: {}", states.join(", "))?;
        }
        if understood.not_taken > 0 {
            writeln!(
                out,
                "  {} that shengci made: left alone, for a package may be anybody's (--mine says that it is yours; \
                 --anki and --connect read your collection)",
                plural(understood.not_taken, "note")
            )?;
        }
        if understood.edited_notes > 0 {
            writeln!(
                out,
                "  {} of our notes with something that you wrote in Anki: the next export keeps it",
                understood.edited_notes
            )?;
        }
        if understood.deleted_notes > 0 {
            writeln!(
                out,
                "  {}",
                match understood.deleted_notes {
                    1 => "1 of our notes is no more in Anki: no export brings it back by itself".to_owned(),
                    n =>
                        format!("{n} of our notes are no more in Anki: no export brings them back by itself"),
                }
            )?;
        }
        if understood.moved_notes > 0 {
            writeln!(
                out,
                "  {}",
                match understood.moved_notes {
                    1 => "1 of our notes is of another note type: it stays as it is, and no export has it"
                        .to_owned(),
                    n => format!(
                        "{n} of our notes are of another note type: they stay as they are, and no export has them"
                    ),
                }
            )?;
        }
        self.print_changes(out)
    }

    fn print_changes(&self, out: &mut dyn Write) -> io::Result<()> {
        let would = if self.dry_run { "would change" } else { "changed" };
        if self.changed == 0 {
            return writeln!(out, "  nothing {would}: {} as before", plural(self.unchanged as usize, "word"));
        }
        let to: Vec<String> =
            self.changes.iter().map(|(status, count)| format!("{count} to {status}")).collect();
        writeln!(
            out,
            "  {would}: {} ({}), {} as before; {} first met here",
            self.changed,
            to.join(", "),
            self.unchanged,
            self.first_met
        )?;
        if self.dry_run { writeln!(out, "  nothing was written (--dry-run)") } else { Ok(()) }
    }
}

impl Understood {
    fn print_note_types(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.note_types.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[1, 2]);
        let head = ["  note type", "notes", "words", "hanzi", "pinyin", "", "for example"];
        table.row(head.map(str::to_owned));
        for row in &self.note_types {
            let samples: Vec<&str> = row.samples.iter().take(SHOWN).map(String::as_str).collect();
            table.row([
                format!("  {}", row.name),
                row.notes.to_string(),
                row.words.to_string(),
                row.hanzi.clone().unwrap_or_else(|| "–".to_owned()),
                row.reading.clone().unwrap_or_else(|| "–".to_owned()),
                if row.hanzi.is_some() { row.chosen.to_owned() } else { String::new() },
                samples.join(" · "),
            ]);
        }
        table.print(out)
    }
}
