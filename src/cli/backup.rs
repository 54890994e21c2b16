//! `backup`: a copy of the library in one file.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::{Context, Failure};

/// Copies your library into one file, while it is in use or not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci backup                        into this folder, with the date in its name
  shengci backup /media/stick/words.db
  shengci restore words.db              puts it back")]
pub struct Args {
    /// Where the copy goes [default: shengci-DATE.db in this folder].
    file: Option<PathBuf>,
}

/// Copies it.
///
/// # Errors
/// When there is no library, or the file can't be written.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let date = jiff::Timestamp::from_second(context.now.0).unwrap_or_default();
    let named = || PathBuf::from(format!("shengci-{}.db", date.strftime("%Y-%m-%dT%H%M%SZ")));
    let file = args.file.clone().unwrap_or_else(named);
    if file.is_dir() {
        return Err(Failure::new(format!("{} is a folder, not a file", file.display()))
            .hint("name the file: shengci backup FOLDER/words.db"));
    }
    if file.exists() && !is_library(&file) {
        return Err(Failure::new(format!("{} is there already, and is no backup", file.display()))
            .hint("choose another name: only an older backup is written over"));
    }
    let store = context.existing_store()?;
    store.backup(&file)?;
    let size = std::fs::metadata(&file).map(|about| about.len()).unwrap_or_default();
    if context.json {
        let file = file.display().to_string();
        return context.json_line(&serde_json::json!({"file": file, "bytes": size}));
    }
    writeln!(context.out, "{}: the whole library, {} KB", file.display(), size.div_ceil(1024))?;
    Ok(())
}

/// Whether a file begins as a library does: SQLite's header with our application id.
fn is_library(path: &Path) -> bool {
    let mut head = [0; 72];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head.starts_with(b"SQLite format 3\0") && &head[68..] == b"shng"
}
