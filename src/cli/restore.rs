//! `restore`: a backup in the place of the library, which is kept.

use std::io::Write;
use std::path::PathBuf;

use super::{Context, Failure};
use crate::library::copies;

/// Puts a backup in the place of your library, which is kept beside it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  shengci restore shengci-2026-11-23T090000Z.db")]
pub struct RestoreArgs {
    /// A file that `shengci backup` wrote, or one of those in `backups/` beside the library.
    file: PathBuf,
}

/// Puts it there.
///
/// # Errors
/// When the file is no whole library, or the library can't be written.
pub fn run(args: &RestoreArgs, context: &mut Context) -> Result<(), Failure> {
    let kept = copies::restore(&context.library, &args.file)?;
    let library = context.library.display().to_string();
    if context.json {
        let kept = kept.map(|path| path.display().to_string());
        return context.json_line(&serde_json::json!({"library": library, "kept": kept}));
    }
    writeln!(context.out, "{library}: as it was in {}", args.file.display())?;
    if let Some(kept) = kept {
        writeln!(context.out, "what was there before is kept: {}", kept.display())?;
    }
    Ok(())
}
