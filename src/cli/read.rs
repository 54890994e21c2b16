//! `read`: each line with its words and their readings. It touches no library and streams, so that it runs in
//! any pipe.
//!
//! The lines of a file are one text, in which what is a name in one line is one in the others. Those of a pipe are read
//! each by itself: someone may wait for the answer to the one just sent.

use std::cell::LazyCell;
use std::io::{BufRead, BufReader, Read, Write};

use super::{Context, Failure, standard_input};
use crate::dictionary::Script;
use crate::dictionary::shadow::Scripts;
use crate::library::rows::LineRow;
use crate::pipeline::Reader;

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

/// Bytes of a page: the lines of a file that are read together, as many as the longest article has.
const PAGE: usize = 1 << 16;

/// Reads a pipe line by line, and a file page by page.
///
/// # Errors
/// When the input can't be read or isn't text.
pub fn run(args: &ReadArgs, context: &mut Context) -> Result<(), Failure> {
    if args.file == "-" {
        return pipe(Lines::new("-", standard_input()), context);
    }
    let file = std::fs::File::open(&args.file).map_err(|error| {
        Failure::new(format!("{} can't be read: {error}", args.file)).hint("is the name right?")
    })?;
    pages(Lines::new(&args.file, Box::new(file)), context)
}

fn pipe(mut lines: Lines<'_>, context: &mut Context) -> Result<(), Failure> {
    let reader = LazyCell::new(Reader::new);
    let mut scripts = Scripts::default();
    loop {
        // Flush whenever no further input is at hand.
        if lines.input.buffer().is_empty() {
            context.out.flush()?;
        }
        let at_hand = lines.input.buffer().len();
        if !lines.advance()? {
            return Ok(());
        }
        let text = lines.text()?;
        // A line that doesn't show its script is in that of the lines before it and of what has come in behind it.
        if let Some(new) = lines.bytes.get(at_hand..).filter(|new| !new.is_empty()) {
            count(&mut scripts, new);
            count(&mut scripts, lines.input.buffer());
        }
        print(&LineRow::new(&reader.read_line_within(text, scripts.script())), context)?;
    }
}

/// A page ends after [`PAGE`] bytes, and where the script changes: the hanzi that two scripts share have two meanings.
fn pages(mut lines: Lines<'_>, context: &mut Context) -> Result<(), Failure> {
    let reader = LazyCell::new(Reader::new);
    let (mut page, mut script) = (Vec::new(), None);
    loop {
        let more = lines.advance();
        let text = if let Ok(true) = more { lines.text().map(Some) } else { Ok(None) };
        let own = text.as_ref().ok().and_then(|text| Scripts::of((*text)?).script());
        let full = page.iter().map(String::len).sum::<usize>() >= PAGE;
        let other = own.is_some() && script.is_some() && own != script;
        if full || other || !matches!(text, Ok(Some(_))) {
            print_page(&reader, &page, script, context)?;
            page.clear();
        }
        more?;
        let Some(text) = text? else { return Ok(()) };
        script = own.or(script);
        page.push(text.to_owned());
    }
}

fn print_page(
    reader: &Reader,
    page: &[String],
    script: Option<Script>,
    context: &mut Context,
) -> Result<(), Failure> {
    if page.is_empty() {
        return Ok(());
    }
    let whole = reader.read_line_within(&page.join("\n"), script);
    let rows = LineRow::each(&whole);
    if rows.len() == page.len() {
        return rows.iter().try_for_each(|row| print(row, context));
    }
    // Pinyin on lines of its own was taken for that of the lines beside it.
    page.iter().try_for_each(|line| print(&LineRow::new(&reader.read_line_within(line, script)), context))
}

/// The lines of an input.
struct Lines<'f> {
    file: &'f str,
    input: BufReader<Box<dyn Read>>,
    /// The one that was read last, with its end.
    bytes: Vec<u8>,
    number: u64,
}

impl<'f> Lines<'f> {
    fn new(file: &'f str, input: Box<dyn Read>) -> Self {
        Self { file, input: BufReader::with_capacity(1 << 16, input), bytes: Vec::new(), number: 0 }
    }

    /// Reads the next line; false at the end of the input.
    fn advance(&mut self) -> Result<bool, Failure> {
        self.bytes.clear();
        self.number += 1;
        let limited = (&mut self.input).take(LONGEST_LINE as u64).read_until(b'\n', &mut self.bytes);
        let length = limited.map_err(|e| Failure::new(format!("{} can't be read: {e}", self.file)))?;
        Ok(length > 0)
    }

    /// The line, without its end.
    fn text(&self) -> Result<&str, Failure> {
        let Self { file, bytes, number, .. } = self;
        if bytes.len() == LONGEST_LINE && !bytes.ends_with(b"\n") {
            return Err(Failure::new(format!(
                "{file}:{number}: the line is longer than {LONGEST_LINE} bytes"
            ))
            .hint("give one sentence or one paragraph a line"));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            Failure::new(format!("{file}:{number}:{}: this is not UTF-8 text", error.valid_up_to() + 1))
                .hint("convert it first, for example: iconv -f GB18030 -t UTF-8 FILE")
        })?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        Ok(text.strip_suffix('\r').unwrap_or(text))
    }
}

/// Counts the hanzi of input that may begin and end within one.
fn count(scripts: &mut Scripts, input: &[u8]) {
    input.utf8_chunks().for_each(|chunk| scripts.add(chunk.valid()));
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
