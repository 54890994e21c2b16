//! `backup`: a copy of the library in one file.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::target::{followed, spare};
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
    let to = followed(&file);
    spare(&to, context.library.path()?)?;
    let replaced = to.exists();
    if replaced && !to.is_file() {
        return Err(Failure::new(format!("{} is no file that can be written over", file.display()))
            .hint("name the file: shengci backup FOLDER/words.db"));
    }
    if replaced && !is_backup(&to) {
        return Err(Failure::new(format!("{} is there already, and is no backup", file.display()))
            .hint("choose another name: only an older backup is written over"));
    }
    let store = context.existing_store()?;
    store.backup(&to)?;
    let size = std::fs::metadata(&to).map(|about| about.len()).unwrap_or_default();
    if context.json {
        let file = file.display().to_string();
        return context.json_line(&serde_json::json!({"file": file, "bytes": size, "replaced": replaced}));
    }
    let instead = if replaced { ", in the place of an older backup" } else { "" };
    writeln!(context.out, "{}: the whole library, {} KB{instead}", file.display(), size.div_ceil(1024))?;
    Ok(())
}

/// Whether a file is empty or begins as a backup does: SQLite's header with our application id, and no journal
/// beside the file. A library that somebody uses has one.
fn is_backup(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(72).read_to_end(&mut head));
    let is_library = || head.starts_with(b"SQLite format 3\0") && head.get(68..) == Some(b"shng");
    let in_use = head.get(18) == Some(&2);
    read.is_ok() && (head.is_empty() || (is_library() && !in_use))
}
