//! `backup`: a copy of the library in one file.

use std::io::Write;
use std::path::PathBuf;

use super::{Context, Failure};
use crate::library::copies;

/// Copies your library into one file, while it is in use or not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci backup                        into this folder, with the date in its name
  shengci backup /media/stick/words.db
  shengci restore words.db              puts it back")]
pub struct BackupArgs {
    /// Where the copy goes [default: shengci-DATE.db in this folder].
    file: Option<PathBuf>,
}

/// Copies it.
///
/// # Errors
/// When there is no library, or the file can't be written.
pub fn run(args: &BackupArgs, context: &mut Context) -> Result<(), Failure> {
    let date = jiff::Timestamp::from_second(context.now.0).unwrap_or_default();
    let named = || PathBuf::from(format!("shengci-{}.db", date.strftime("%Y-%m-%dT%H%M%SZ")));
    let file = args.file.clone().unwrap_or_else(named);
    let backup = copies::back_up(&context.library, &file)?;
    if context.json {
        let file = file.display().to_string();
        let row = serde_json::json!({"file": file, "bytes": backup.bytes, "replaced": backup.replaced});
        return context.json_line(&row);
    }
    let instead = if backup.replaced { ", in the place of an older backup" } else { "" };
    writeln!(
        context.out,
        "{}: the whole library, {} KB{instead}",
        file.display(),
        backup.bytes.div_ceil(1024)
    )?;
    Ok(())
}
