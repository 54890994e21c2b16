//! `corrections`: what was put right: listed, written to a file, taken over from one.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::table::Table;
use super::target::{Form, Target};
use super::{Context, Failure, correct, plural};
use crate::library::correct::{CorrectionRow, Wish, said};
use crate::library::rows::day;

/// Lists what you have put right, writes it to a file, or takes over a file of somebody else.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci corrections
  shengci corrections --export mine.yaml
  shengci corrections --import theirs.yaml

What was put right counts for all past and future articles. `shengci undo` takes the last command back.")]
pub struct CorrectionsArgs {
    /// Write them to this file, to keep or to share; `-` writes to standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    export: Option<PathBuf>,

    /// Take over those of this file, and read past articles anew.
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
}

/// Lists, exports or imports.
///
/// # Errors
/// When the library or the file can't be read or written.
pub fn run(args: &CorrectionsArgs, context: &mut Context) -> Result<(), Failure> {
    match (&args.import, &args.export) {
        (Some(path), _) => correct::record(Wish::file(path)?, context),
        (None, Some(path)) => export(path, context),
        (None, None) => list(context),
    }
}

fn export(path: &Path, context: &mut Context) -> Result<(), Failure> {
    let library = context.library.open_existing()?;
    let kept = library.corrections()?;
    let text = kept.to_text();
    if path == Path::new("-") {
        context.out.file().write_all(text.as_bytes())?;
        return Ok(());
    }
    let target = Target::open(path, Form::Corrections, context)?;
    library.spare_what_is_new(path)?;
    target.write(text.as_bytes())?;
    if context.json {
        return context.json_line(
            &serde_json::json!({"file": path.display().to_string(), "corrections": kept.corrections.len()}),
        );
    }
    writeln!(context.out, "{}: {}", path.display(), plural(kept.corrections.len(), "correction"))?;
    Ok(())
}

fn list(context: &mut Context) -> Result<(), Failure> {
    let recorded = context.library.open_existing()?.corrections()?.corrections;
    if context.json {
        return context.json_line(&recorded.iter().map(CorrectionRow::new).collect::<Vec<_>>());
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
