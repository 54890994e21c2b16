//! `dump`: all that was recorded, as text that outlives this program.

use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use super::printer::Printer;
use super::target::{Form, Target};
use super::{Context, Failure};
use crate::library::export::Outlet;

/// Writes all that your library records as text: one JSON object a line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci dump words.jsonl              into a file
  shengci dump | gzip > words.jsonl.gz
  shengci --library new.db load words.jsonl    makes the same library of it")]
pub struct DumpArgs {
    /// The file, or `-` for standard output.
    #[arg(value_name = "FILE|-", default_value = "-")]
    file: String,
}

/// Writes it.
///
/// # Errors
/// When there is no library, or the file can't be written.
pub fn run(args: &DumpArgs, context: &mut Context) -> Result<(), Failure> {
    let library = context.library.open_existing()?;
    if args.file == "-" {
        // A reader who has closed the pipe is told apart from a fault by what our own writing says.
        return match library.dump(&mut Printer::json(context.out.file())) {
            Ok(()) => Ok(()),
            Err(error) => context.finish().and(Err(error)),
        };
    }
    let mut target = Target::open(Path::new(&args.file), Form::Dump, context)?;
    let stdout = target.is_stdout();
    let mut file = Printer::json(BufWriter::new(target.file()));
    library.dump(&mut file)?;
    file.flush()?;
    drop(file);
    let bytes = target.file().stream_position()?;
    target.finish()?;
    if stdout {
        return Ok(());
    }
    if context.json {
        return context.json_line(&serde_json::json!({"file": args.file, "bytes": bytes}));
    }
    writeln!(context.out, "{}: all that was recorded, {} KB", args.file, bytes.div_ceil(1024))?;
    Ok(())
}
