//! `undo`: takes back what the last command said of words.

use std::io::Write;

use super::{Context, Failure, plural};
use crate::corrections::Shared;
use crate::library::correct::said;
use crate::library::rows::time;
use crate::words::By;

/// Takes back the last marks or corrections that still count.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  shengci mark known --hsk 2021:1-4     oh, the wrong list
  shengci undo                          all of it, as if it had not been said; again for the one before")]
pub struct UndoArgs {}

/// The most corrections that are named.
const NAMED: usize = 5;

/// Takes it back.
///
/// # Errors
/// When there is nothing to take back.
pub fn run(_: &UndoArgs, context: &mut Context) -> Result<(), Failure> {
    let (undone, read) = context.library.open_existing()?.undo(context)?;
    let by = undone.by.as_ref().map(said_by);
    if context.json {
        return context.json_line(&serde_json::json!({
            "at": time(undone.at),
            "by": undone.by.as_ref().map(ToString::to_string),
            "marks": undone.marks,
            "corrections": undone.corrections.len(),
            "corrected": undone.corrections.iter().map(Shared::from).collect::<Vec<_>>(),
            "articles_read_anew": read,
        }));
    }
    let at = jiff::Timestamp::from_second(undone.at.0).unwrap_or_default();
    let what = match by {
        Some(by) => format!("{} {by}", plural(undone.marks as usize, "mark")),
        None => {
            let said: Vec<String> = undone.corrections.iter().take(NAMED).map(said).collect();
            let more = if undone.corrections.len() > NAMED { "; …" } else { "" };
            format!("{} ({}{more})", plural(undone.corrections.len(), "correction"), said.join("; "))
        }
    };
    writeln!(context.out, "taken back: {what}, of {}", at.strftime("%Y-%m-%d %H:%M UTC"))?;
    if read > 0 {
        writeln!(context.out, "{} read anew", plural(read, "article"))?;
    }
    Ok(())
}

fn said_by(by: &By) -> String {
    match by {
        By::Hand => "by hand".to_owned(),
        By::Anki => "read from Anki".to_owned(),
        By::List(name) => format!("by the list {name}"),
        By::Hsk { version, levels } => {
            let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
            format!("by HSK {version}, levels {}", levels.join(", "))
        }
    }
}
