//! `load`: a library out of a dump. Articles are read anew, since a dump holds only what was recorded.

use std::io::{BufRead, BufReader, Write};

use super::{Context, Failure};

/// Makes a library of what `shengci dump` wrote.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  shengci --library new.db load words.jsonl")]
pub struct Args {
    /// The dump, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    file: String,
}

/// Makes it.
///
/// # Errors
/// When the dump can't be read, or the library holds something already; it is then as before.
pub fn run(args: &Args, context: &mut Context) -> Result<(), Failure> {
    let mut input: Box<dyn BufRead> = if args.file == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = std::fs::File::open(&args.file).map_err(|error| {
            Failure::new(format!("{} can't be read: {error}", args.file)).hint("is the name right?")
        })?;
        Box::new(BufReader::new(file))
    };
    let fresh = !context.library.exists();
    let store_path = context.library.path()?.to_owned();
    let mut store = context.store()?;
    let older = match store.load(&mut input) {
        Ok(form) => form.is_older(),
        Err(error) => {
            drop(store);
            if fresh {
                // It was made for this dump only. What stays is an empty library, which is good for the next try.
                let _ = std::fs::remove_file(store_path);
            }
            return Err(error.into());
        }
    };
    if older {
        context.note("note: this dump is of an older form, which does not say where it ends; if it was cut off, nobody can tell");
    }
    // Each portion is a transaction: cut short, nothing recorded is at stake, and the rest stays outdated.
    let read = super::put_right::reread(context, &mut store)?;
    let library = context.library.display().to_string();
    if context.json {
        return context.json_line(&serde_json::json!({"library": library, "articles": read}));
    }
    let articles = super::plural(read, "article");
    writeln!(context.out, "{library}: all of {}; {articles} read anew", args.file)?;
    Ok(())
}
