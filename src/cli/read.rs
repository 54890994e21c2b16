//! `read`: each line with its words and their readings. It touches no library and streams, so that it runs in
//! any pipe.

use std::io::Write;

use super::{Context, Failure, standard_input};
use crate::library::read::{Told, read};
use crate::library::rows::LineRow;

/// Prints each line of a text with its words and their pinyin.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  echo 他长大了 | shengci read -
  shengci read --json article.txt | jq -r '.tokens[].text'")]
pub struct ReadArgs {
    /// A text file, or `-` for standard input.
    #[arg(value_name = "FILE|-")]
    file: String,
}

/// Reads a pipe line by line, and a file page by page.
///
/// # Errors
/// When the input can't be read or isn't text.
pub fn run(args: &ReadArgs, context: &mut Context) -> Result<(), Failure> {
    read(&args.file, standard_input, |told| match told {
        Told::Waits => Ok(context.out.flush()?),
        Told::Line(row) => print(row, context),
    })
}

/// The tokens with a blank between, each with its pinyin in brackets.
fn print(row: &LineRow, context: &mut Context) -> Result<(), Failure> {
    if context.json {
        return context.json_line(row);
    }
    let out = &mut context.out;
    for token in &row.tokens {
        out.write_all(token.text.as_bytes())?;
        if let Some(pinyin) = &token.pinyin {
            let doubt = if token.sure == Some(false) { "?" } else { "" };
            write!(out, "({pinyin}{doubt}) ")?;
        }
    }
    out.write_all(b"\n")?;
    Ok(())
}
