//! The lines of an input, each with its words and their readings. No library is asked.
//!
//! The lines of a file are one text, in which what is a name in one line is one in the others. Those of a pipe are read
//! each by itself: someone may wait for the answer to the one just sent.

use std::cell::LazyCell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use super::rows::LineRow;
use super::{Failure, StandardInput};
use crate::dictionary::Script;
use crate::dictionary::shadow::Scripts;
use crate::pipeline::Reader;

/// The longest line in bytes: no sentence is longer, and a crawl that glued a whole site is better split.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// Bytes of a page: the lines of a file that are read together, as many as the longest article has.
const PAGE: usize = 1 << 16;

/// A piece of news of an input that is read.
#[derive(Debug)]
pub enum Told<'l> {
    /// No further input is at hand: someone may wait for the answer to the line just sent.
    Waits,
    /// A line.
    Line(&'l LineRow<'l>),
}

/// Reads the file of this name page by page, and standard input, for `-`, line by line.
///
/// # Errors
/// When the input can't be read, isn't text or has too long a line; those of `told`.
pub fn read(
    file: &str,
    stdin: StandardInput,
    mut told: impl FnMut(Told<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if file == "-" {
        return pipe(Lines::new("-", stdin()), &mut told);
    }
    let opened = File::open(file)
        .map_err(|error| Failure::new(format!("{file} can't be read: {error}")).hint("is the name right?"))?;
    pages(Lines::new(file, Box::new(opened)), &mut told)
}

/// Whoever is told of lines.
type Teller<'t> = &'t mut dyn FnMut(Told<'_>) -> Result<(), Failure>;

fn pipe(mut lines: Lines<'_>, told: Teller<'_>) -> Result<(), Failure> {
    let reader = LazyCell::new(Reader::new);
    let mut scripts = Scripts::default();
    loop {
        if lines.input.buffer().is_empty() {
            told(Told::Waits)?;
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
        told(Told::Line(&LineRow::new(&reader.read_line_within(text, scripts.script()))))?;
    }
}

/// A page ends after [`PAGE`] bytes, and where the script changes: the hanzi that two scripts share have two meanings.
fn pages(mut lines: Lines<'_>, told: Teller<'_>) -> Result<(), Failure> {
    let reader = LazyCell::new(Reader::new);
    let (mut page, mut script) = (Page::default(), None);
    loop {
        let more = lines.advance();
        let text = if let Ok(true) = more { lines.text().map(Some) } else { Ok(None) };
        let own = text.as_ref().ok().and_then(|text| Scripts::of((*text)?).script());
        let full = page.bytes >= PAGE;
        let other = own.is_some() && script.is_some() && own != script;
        if full || other || !matches!(text, Ok(Some(_))) {
            tell_page(&reader, &page.lines, script, told)?;
            page = Page::default();
        }
        more?;
        let Some(text) = text? else { return Ok(()) };
        script = own.or(script);
        page.add(text);
    }
}

/// Lines that are read together.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// Those of all lines with their ends, so that a page of empty lines is full in the end, too.
    bytes: usize,
}

impl Page {
    fn add(&mut self, line: &str) {
        self.bytes += line.len() + 1;
        self.lines.push(line.to_owned());
    }
}

fn tell_page(
    reader: &Reader,
    page: &[String],
    script: Option<Script>,
    told: Teller<'_>,
) -> Result<(), Failure> {
    if page.is_empty() {
        return Ok(());
    }
    let whole = reader.read_line_within(&page.join("\n"), script);
    let rows = LineRow::each(&whole);
    if rows.len() == page.len() {
        return rows.iter().try_for_each(|row| told(Told::Line(row)));
    }
    // Pinyin on lines of its own was taken for that of the lines beside it.
    page.iter().try_for_each(|line| told(Told::Line(&LineRow::new(&reader.read_line_within(line, script)))))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_empty_lines_is_full_in_the_end() {
        let mut page = Page::default();
        (0..PAGE).for_each(|_| page.add(""));
        assert!(page.bytes >= PAGE, "{} bytes", page.bytes);
    }
}
