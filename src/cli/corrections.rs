//! `corrections`: what was put right: listed, written to a file, taken over from one.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::report::{day, time};
use super::table::Table;
use super::target::{Form, Target};
use super::{Context, Failure, put_right};
use crate::pinyin::{Reading, write};
use crate::source;
use crate::store::{Recorded, Store};
use crate::words::{Correction, Shared, read_corrections, write_corrections};

/// Lists what you have put right, writes it to a file, or takes over a file of somebody else.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci corrections
  shengci corrections --export mine.yaml
  shengci corrections --import theirs.yaml

What was put right counts for all past and future articles. `shengci undo` takes the last command back.")]
pub struct Args {
    /// Write them to this file, to keep or to share; `-` writes to standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    export: Option<PathBuf>,

    /// Take over those of this file, and read past articles anew.
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
}

/// A correction as `--json` has it.
#[derive(Debug, Serialize)]
pub struct Row {
    id: i64,
    at: String,
    #[serde(flatten)]
    correction: Shared,
}

impl Row {
    /// The row of a correction.
    #[must_use]
    pub fn new(recorded: &Recorded) -> Self {
        Self { id: recorded.id, at: time(recorded.at), correction: Shared::from(&recorded.correction) }
    }
}

/// Lists, exports or imports.
///
/// # Errors
/// When the library or the file can't be read or written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    match (&args.import, &args.export) {
        (Some(path), _) => import(path, context),
        (None, Some(path)) => export(path, context),
        (None, None) => list(context),
    }
}

fn import(path: &Path, context: &mut Context) -> Result<(), Failure> {
    let shown = path.display();
    let text = source::text(path)?;
    let corrections = read_corrections(&text).map_err(|error| {
        Failure::new(format!("{shown}:{}: {}", error.line, error.message))
            .hint("`shengci corrections --export -` shows how such a file looks; nothing was taken over")
    })?;
    if corrections.is_empty() {
        return Err(Failure::new(format!("there is no correction in {shown}"))
            .hint("`shengci corrections --export -` shows how such a file looks"));
    }
    let mut store = context.store()?;
    let what = match corrections.len() {
        1 => "1 correction holds from now on".to_owned(),
        n => format!("{n} corrections hold from now on"),
    };
    put_right::record(context, &mut store, &corrections, &what)
}

fn export(path: &Path, context: &mut Context) -> Result<(), Failure> {
    let store = context.existing_store()?;
    let recorded = in_force(store.corrections()?);
    let text = write_corrections(recorded.iter().map(|recorded| &recorded.correction));
    if path == Path::new("-") {
        context.out.file().write_all(text.as_bytes())?;
        return Ok(());
    }
    let target = Target::open(path, Form::Corrections, context)?;
    spare_what_is_new(path, &store)?;
    target.write(text.as_bytes(), &mut context.out)?;
    if context.json {
        return context.json_line(
            &serde_json::json!({"file": path.display().to_string(), "corrections": recorded.len()}),
        );
    }
    writeln!(context.out, "{}: {}", path.display(), super::plural(recorded.len(), "correction"))?;
    Ok(())
}

/// Refuses to write over corrections that this library never had: a hand, or somebody else, put them there.
fn spare_what_is_new(path: &Path, store: &Store) -> Result<(), Failure> {
    // What is no file of corrections was refused before; an empty file, a pipe or a device has none.
    let is_file = path.is_file() && std::fs::metadata(path).is_ok_and(|about| about.len() > 0);
    let text = if is_file { std::fs::read_to_string(path)? } else { String::new() };
    let theirs = read_corrections(&text).unwrap_or_default();
    let ours = if theirs.is_empty() { Vec::new() } else { store.corrections_ever()? };
    let new = theirs.iter().filter(|one| !ours.contains(one)).count();
    if new == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(Failure::new(format!("{shown} has {} that your library lacks", super::plural(new, "correction")))
        .hint(format!("take them over first: shengci corrections --import {shown}"))
        .hint("or choose another place: --export FILE; it was left as it is"))
}

/// Without those that a later one has overruled.
fn in_force(recorded: Vec<Recorded>) -> Vec<Recorded> {
    let overruled = |at: usize| {
        let later = &recorded[at + 1..];
        later.iter().any(|later| recorded[at].correction.is_overruled_by(&later.correction))
    };
    let kept: Vec<bool> = (0..recorded.len()).map(|at| !overruled(at)).collect();
    recorded.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(one, _)| one).collect()
}

fn list(context: &mut Context) -> Result<(), Failure> {
    let recorded = in_force(context.existing_store()?.corrections()?);
    if context.json {
        return context.json_line(&recorded.iter().map(Row::new).collect::<Vec<_>>());
    }
    if recorded.is_empty() {
        context.note("nothing was put right yet; `shengci correct --help` says how");
    }
    let mut table = Table::new(&[0]);
    for recorded in &recorded {
        table.row([recorded.id.to_string(), day(recorded.at), said(&recorded.correction)]);
    }
    table.print(&mut context.out)?;
    Ok(())
}

/// A correction in a line.
#[must_use]
pub fn said(correction: &Correction) -> String {
    let pinyin = |reading: &Reading| write::spaced(reading.syllables());
    match correction {
        Correction::Reading { headword, from, to } => {
            let from = from.as_ref().map_or_else(String::new, |from| format!(", not {}", pinyin(from)));
            format!("{headword} is read {}{from}", pinyin(to))
        }
        Correction::ReadingIn { phrase, headword, to } => {
            format!("{headword} in {phrase} is read {}", pinyin(to))
        }
        Correction::Split { parts } => format!("{} is {}", parts.concat(), parts.join(" + ")),
        Correction::Join { text } => format!("{text} is one word"),
        Correction::Name { text, kind } => format!("{text} is a name ({kind})"),
        Correction::Sense { key, gloss } => {
            format!("{} {} means “{gloss}”", key.headword, pinyin(&key.reading))
        }
        Correction::Ignore { text } => format!("{text} is no word"),
    }
}
