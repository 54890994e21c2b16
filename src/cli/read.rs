//! `read`: each line with its words and their readings. It touches no library and streams, so that it runs in
//! any pipe.

use std::io::{BufRead, BufReader, Read, Write};

use super::{Context, Failure, standard_input};
use crate::dictionary::shadow::Scripts;
use crate::library::rows::LineRow;
use crate::pipeline::{Line, Reader};

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

/// A line longer than this is refused: no sentence is, and a crawl that glued a whole site is better split.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// Reads line by line.
///
/// # Errors
/// When the file can't be read or isn't text.
pub fn run(args: &ReadArgs, context: &mut Context) -> Result<(), Failure> {
    let input: Box<dyn Read> = if args.file == "-" {
        standard_input()
    } else {
        let file = std::fs::File::open(&args.file).map_err(|error| {
            Failure::new(format!("{} can't be read: {error}", args.file)).hint("is the name right?")
        })?;
        Box::new(file)
    };
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut bytes = Vec::new();
    let mut number = 0_u64;
    let mut reader = None;
    let mut scripts = Scripts::default();
    loop {
        // Someone may wait for the answer to the line just sent: flush whenever no further input is at hand.
        if input.buffer().is_empty() {
            context.out.flush()?;
        }
        bytes.clear();
        number += 1;
        let at_hand = input.buffer().len();
        let limited = (&mut input).take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes);
        if limited.map_err(|e| Failure::new(format!("{} can't be read: {e}", args.file)))? == 0 {
            return Ok(());
        }
        let text = text(&args.file, number, &bytes)?;
        // A line that doesn't show its script is in that of the lines before it and of what has come in behind it.
        if let Some(new) = bytes.get(at_hand..).filter(|new| !new.is_empty()) {
            count(&mut scripts, new);
            count(&mut scripts, input.buffer());
        }
        let line = reader.get_or_insert_with(Reader::new).read_line_within(text, scripts.script());
        if context.json { context.json_line(&LineRow::new(&line))? } else { print(&line, &mut context.out)? }
    }
}

/// Counts the hanzi of input that may begin and end within one.
fn count(scripts: &mut Scripts, input: &[u8]) {
    input.utf8_chunks().for_each(|chunk| scripts.add(chunk.valid()));
}

fn text<'b>(file: &str, number: u64, bytes: &'b [u8]) -> Result<&'b str, Failure> {
    if bytes.len() == LONGEST_LINE && !bytes.ends_with(b"\n") {
        return Err(Failure::new(format!("{file}:{number}: the line is longer than {LONGEST_LINE} bytes"))
            .hint("give one sentence or one paragraph a line"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Failure::new(format!("{file}:{number}:{}: this is not UTF-8 text", error.valid_up_to() + 1))
            .hint("convert it first, for example: iconv -f GB18030 -t UTF-8 FILE")
    })?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(text.strip_suffix('\r').unwrap_or(text))
}

/// The tokens with a blank between, each with its pinyin in brackets.
fn print(line: &Line, out: &mut dyn Write) -> std::io::Result<()> {
    let mut occurrences = line.occurrences.iter().peekable();
    for token in line.tokens.iter() {
        out.write_all(line.form(token.span).as_bytes())?;
        if let Some(occurrence) = occurrences.next_if(|o| o.span == token.span) {
            let doubt = if occurrence.sure { "" } else { "?" };
            write!(out, "({}{doubt}) ", occurrence.key.pinyin(occurrence.kind))?;
        }
    }
    out.write_all(b"\n")
}
