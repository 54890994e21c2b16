//! `load`: a library out of a dump. Articles are read anew, since a dump holds only what was recorded.

use std::io::{BufRead, BufReader, Write};

use super::{Context, Failure, plural, standard_input};
use crate::library::copies;

/// Makes a library of what `shengci dump` wrote.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  shengci --library new.db load words.jsonl")]
pub struct LoadArgs {
    /// The dump, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    file: String,
}

/// Makes it.
///
/// # Errors
/// When the dump can't be read, or the library holds something already; it is then as before.
pub fn run(args: &LoadArgs, context: &mut Context) -> Result<(), Failure> {
    let mut input: Box<dyn BufRead> = if args.file == "-" {
        Box::new(BufReader::new(standard_input()))
    } else {
        let file = std::fs::File::open(&args.file).map_err(|error| {
            Failure::new(format!("{} can't be read: {error}", args.file)).hint("is the name right?")
        })?;
        Box::new(BufReader::new(file))
    };
    let place = context.library.clone();
    let read = copies::load(&place, &mut input, context)?;
    let library = context.library.display().to_string();
    if context.json {
        return context.json_line(&serde_json::json!({"library": library, "articles": read}));
    }
    let articles = plural(read, "article");
    writeln!(context.out, "{library}: all of {}; {articles} read anew", args.file)?;
    Ok(())
}
