//! `import`: what other programs know of the learner, from lists and from Anki.
//!
//! First it is shown how the source was understood (which field holds the hanzi is a guess unless the learner says so),
//! then what changes.

use std::io::{self, Write};
use std::path::PathBuf;

use super::mark::statuses;
use super::table::Table;
use super::{Context, Failure, plural};
use crate::library::Settings;
use crate::library::import::{self, Choice, ImportRequest, NoteTypeRow, Places, Row, Surroundings};
use crate::words::Status;

/// Takes over what you know already: from a word list, an Anki package, or Anki itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci import words.txt              a word a line, Pleco's export, CSV: all of them known
  shengci import deck.apkg --dry-run    shows how the notes would be read, and changes nothing
  shengci import --anki                 the collection of Anki on this machine, open or not; only a copy is read
  shengci import --connect              through the add-on AnkiConnect, while Anki runs
  shengci import deck.apkg --field Word --pinyin-field Reading
  shengci import backup.colpkg --mine   your own export, with your edits of notes that shengci made

A package may be anybody's: notes in it that shengci made are left alone, unless --mine says that it is your own.

A card that was never answered says nothing; an interval under 21 days is learning, from 21 days on known.
Settings in config.yaml (all optional):
  known-from-days: 21
  ignore-suspended-new: false
  anki:
    profile: User 1
    url: http://127.0.0.1:8765
    key: the apiKey of AnkiConnect
    fields:
      My note type: {hanzi: Word, reading: Pinyin}")]
pub struct ImportArgs {
    /// Word lists, .apkg, .colpkg, collection.anki2.
    #[arg(value_name = "FILE", required_unless_present_any = ["anki", "connect"])]
    files: Vec<PathBuf>,

    /// Reads the collection of Anki on this machine, found in its usual places.
    #[arg(long)]
    anki: bool,

    /// Which of Anki's profiles [default: the one used last].
    #[arg(long, value_name = "NAME", requires = "anki")]
    profile: Option<String>,

    /// Reads the collection that Anki has open through the add-on AnkiConnect.
    #[arg(long)]
    connect: bool,

    /// The packages are your own exports: what you edited in notes that shengci made is kept.
    #[arg(long)]
    mine: bool,

    /// The field, or the column of a list, with the hanzi.
    #[arg(long, value_name = "NAME")]
    field: Option<String>,

    /// The field, or the column of a list, with the pinyin.
    #[arg(long, value_name = "NAME")]
    pinyin_field: Option<String>,

    /// The status to give the words of a list [default: known]; for Anki's notes the cards decide.
    #[arg(long = "as", value_name = "STATUS", value_parser = statuses())]
    says: Option<Status>,

    /// Shows what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Imports.
///
/// # Errors
/// When a source can't be found or read, or the library can't be written.
pub fn run(args: &ImportArgs, context: &mut Context) -> Result<(), Failure> {
    let settings = Settings::load(&context.config)?;
    let request = ImportRequest {
        files: args.files.clone(),
        mine: args.mine,
        anki: args.anki,
        profile: args.profile.clone(),
        connect: args.connect,
        choice: Choice { hanzi: args.field.clone(), reading: args.pinyin_field.clone() },
        says: args.says,
        dry_run: args.dry_run,
    };
    let around = Surroundings { settings: &settings, places: places(), waiting: is_waited_for };
    let rows = import::import(&request, &context.library, &around)?;
    if context.json {
        return context.json_line(&rows);
    }
    for row in &rows {
        print(row, &mut context.out)?;
    }
    Ok(())
}

/// Where Anki may have its collections.
fn places() -> Places {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    Places {
        home: variable("HOME").or_else(|| variable("USERPROFILE")),
        anki_base: variable("ANKI_BASE"),
        xdg_data_home: variable("XDG_DATA_HOME"),
        app_data: variable("APPDATA"),
    }
}

/// Says that Anki has been asked and does not answer yet.
pub fn is_waited_for() {
    // Notes are a courtesy: a closed stderr must not fail the command.
    let _ = writeln!(anstream::stderr(), "note: waiting for Anki, which is busy: at a sync, perhaps");
}

/// How many samples are shown.
const SHOWN: usize = 3;
/// How many lines of a list that could not be read are shown.
const LINES: usize = 12;

/// A source, for people.
fn print(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", row.source)?;
    let understood = &row.understood;
    for remark in &understood.remarks {
        writeln!(out, "  note: {remark}")?;
    }
    if let Some(columns) = &understood.columns {
        let reading = columns.reading.as_ref().map_or_else(String::new, |r| format!(", pinyin in {r}"));
        writeln!(out, "  a table: hanzi in column {}{reading}", columns.hanzi)?;
    }
    print_note_types(&understood.note_types, out)?;
    let most = if row.kind == "list" { LINES } else { usize::MAX };
    for left in understood.left_out.iter().take(most) {
        let examples: Vec<&str> = left.examples.iter().take(SHOWN).map(String::as_str).collect();
        let examples =
            if examples.is_empty() { String::new() } else { format!(" ({})", examples.join(" · ")) };
        let count = if row.kind == "list" { String::new() } else { format!("{} ", left.count) };
        writeln!(out, "  left out: {count}{}{examples}", left.why)?;
    }
    if understood.left_out.len() > most {
        writeln!(out, "  left out: {} more lines", understood.left_out.len() - most)?;
    }
    if !understood.states.is_empty() {
        let said = |state| if state == "in-anki" { "never answered" } else { state };
        let states = understood.states.iter().map(|(state, count)| format!("{count} {}", said(state)));
        writeln!(out, "  in Anki: {}", states.collect::<Vec<_>>().join(", "))?;
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
    match understood.deleted_notes {
        0 => {}
        1 => writeln!(out, "  1 of our notes is no more in Anki: no export brings it back by itself")?,
        n => writeln!(out, "  {n} of our notes are no more in Anki: no export brings them back by itself")?,
    }
    let stay = "they stay as they are, and no export has them";
    match understood.moved_notes {
        0 => {}
        1 => writeln!(
            out,
            "  1 of our notes is of another note type: it stays as it is, and no export has it"
        )?,
        n => writeln!(out, "  {n} of our notes are of another note type: {stay}")?,
    }
    print_changes(row, out)
}

fn print_changes(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let would = if row.dry_run { "would change" } else { "changed" };
    if row.changed == 0 {
        return writeln!(out, "  nothing {would}: {} as before", plural(row.unchanged as usize, "word"));
    }
    let to: Vec<String> = row.changes.iter().map(|(status, count)| format!("{count} to {status}")).collect();
    writeln!(
        out,
        "  {would}: {} ({}), {} as before; {} new to your library",
        row.changed,
        to.join(", "),
        row.unchanged,
        row.first_met
    )?;
    if row.dry_run { writeln!(out, "  nothing was written (--dry-run)") } else { Ok(()) }
}

fn print_note_types(note_types: &[NoteTypeRow], out: &mut dyn Write) -> io::Result<()> {
    if note_types.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&[1, 2]);
    let head = ["  note type", "notes", "words", "hanzi", "pinyin", "", "for example"];
    table.row(head.map(str::to_owned));
    for row in note_types {
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
