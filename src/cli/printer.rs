//! The one way by which text reaches a person: results, notes, errors, usage.
//!
//! Articles, file names, packages and dumps hold what somebody else wrote, and a terminal obeys what it is sent:
//! `ESC ] 0 ; …` sets a window's title, U+202E turns a line round, U+009B is an escape in one byte of Latin-1. So
//! whatever is [written](std::io::Write) here is shown: what is not seen stands as `\u{1b}`, bytes that are no UTF-8
//! as U+FFFD. Two doors lead past that, by name: [`Printer::styled`] for colours of our own, [`Printer::file`] for a
//! file that goes to standard output.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::Style;

use crate::hanzi::is_unseen;

/// Shows what is written to it.
#[derive(Debug)]
pub struct Printer<W = Box<dyn Write>> {
    to: W,
    form: Form,
    /// Whether a terminal is at its end.
    terminal: bool,
    /// The first bytes of a character whose others are still to come.
    held: Vec<u8>,
    /// The last character.
    before: Option<char>,
}

/// How what is not seen is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `\u{1b}`; line breaks and tabs stay.
    Text,
    /// `\u001b`, which is the same value.
    Json,
}

impl Printer {
    /// Results: text, or JSON for machines.
    #[must_use]
    pub fn stdout(json: bool) -> Self {
        let to = Box::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        let form = if json { Form::Json } else { Form::Text };
        Self { terminal: io::stdout().is_terminal(), ..Self::new(to, form) }
    }

    /// Progress, notes and errors, in colours where a terminal shows them.
    #[must_use]
    pub fn stderr() -> Self {
        Self { terminal: io::stderr().is_terminal(), ..Self::new(Box::new(anstream::stderr()), Form::Text) }
    }
}

impl<W: Write> Printer<W> {
    fn new(to: W, form: Form) -> Self {
        Self { to, form, terminal: false, held: Vec::new(), before: None }
    }

    /// Text that goes to `to`.
    pub fn text(to: W) -> Self {
        Self::new(to, Form::Text)
    }

    /// JSON that goes to `to`, with the same values.
    pub fn json(to: W) -> Self {
        Self::new(to, Form::Json)
    }

    /// Writes `text` in a style of ours.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        write!(self.to, "{style}")?;
        self.write_all(text.as_bytes())?;
        write!(self.to, "{style:#}")
    }

    /// For the bytes of a file, which go through as they are, unless a terminal shows them to a person.
    pub fn file(&mut self) -> &mut dyn Write
    where
        W: 'static,
    {
        if self.terminal {
            self.form = Form::Text;
            self
        } else {
            &mut self.to
        }
    }

    /// Shows text that is whole: no character of it is still to come, so no byte is asked twice what it is.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn show(&mut self, text: &str) -> io::Result<()> {
        if !self.held.is_empty() {
            return self.write_all(text.as_bytes());
        }
        let (mut from, mut at) = (0, 0);
        loop {
            at += seen(&text.as_bytes()[at..]);
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let stays = c == '\n' || (c == '\t' && self.form == Form::Text);
            let before = text[..at].chars().next_back().or(self.before);
            if !stays && is_unseen(c, before) {
                self.to.write_all(&text.as_bytes()[from..at])?;
                match self.form {
                    Form::Text => write!(self.to, "{}", c.escape_unicode())?,
                    Form::Json => {
                        for unit in c.encode_utf16(&mut [0; 2]) {
                            write!(self.to, "\\u{unit:04x}")?;
                        }
                    }
                }
                from = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        self.before = text.chars().next_back().or(self.before);
        self.to.write_all(&text.as_bytes()[from..])
    }

    fn show_bytes(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok(text) => return self.show(text),
                Err(error) => error,
            };
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            self.show(std::str::from_utf8(valid).unwrap_or_default())?;
            let Some(length) = error.error_len() else {
                self.held = rest.to_owned();
                return Ok(());
            };
            self.show("\u{FFFD}")?;
            bytes = &rest[length..];
        }
    }
}

/// How many bytes at the head of a text are characters that anybody sees. Nearly all text is, told by its first byte:
/// ASCII, letters with marks up to U+023F, hanzi from U+4E00 on and what lies before them in the same rows. Two rows
/// hold the punctuation that stands between hanzi. Bytes that go on a character tell nothing.
fn seen(text: &[u8]) -> usize {
    const TOGETHER: usize = 32;
    let plain = |&byte: &u8| matches!(byte, b' '..=b'~' | 0x80..=0xC1 | 0xC3..=0xC8 | 0xE4..=0xE9);
    let mut at = 0;
    loop {
        // The compiler asks so many at once.
        while let Some(next) = text[at..].first_chunk::<TOGETHER>()
            && next.iter().fold(true, |all, byte| all & plain(byte))
        {
            at += TOGETHER;
        }
        at += text[at..].iter().position(|byte| !plain(byte)).unwrap_or(text.len() - at);
        match text[at..] {
            // U+3000 to U+303F, U+FF00 to U+FF3F: 、。「」 and ，：（）.
            [0xE3, 0x80, _, ..] | [0xEF, 0xBC, _, ..] => at += 3,
            // U+2010 to U+2027: — “ ” ….
            [0xE2, 0x80, 0x90..=0xA7, ..] => at += 3,
            _ => return at,
        }
    }
}

impl<W: Write> Write for Printer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.is_empty() {
            self.show_bytes(bytes)?;
        } else {
            let mut all = std::mem::take(&mut self.held);
            all.extend_from_slice(bytes);
            self.show_bytes(&all)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.held).is_empty() {
            self.show("\u{FFFD}")?;
        }
        self.to.flush()
    }
}

/// A message whose further lines stand further in, so that no name with a line break in it passes for an error or a
/// hint of ours.
#[must_use]
pub fn indented(message: &str) -> String {
    let mut lines = message.split('\n');
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        text.push_str(if line.starts_with("  ") { "\n" } else { "\n  " });
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    const HOSTILE: &str = "学生\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{200b}\r\t葛\u{e0100}\u{e0041}\n";

    fn written(form: Form, pieces: &[&[u8]]) -> String {
        let mut printer = Printer::new(Vec::new(), form);
        for piece in pieces {
            printer.write_all(piece).expect("memory");
        }
        printer.flush().expect("memory");
        String::from_utf8(printer.to).expect("UTF-8")
    }

    #[test]
    fn text_commands_no_terminal() {
        assert_eq!(
            written(Form::Text, &[HOSTILE.as_bytes()]),
            "学生\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{202e}\\u{200b}\\u{d}\t葛\u{e0100}\\u{e0041}\n"
        );
        assert_eq!(written(Form::Text, &[b"a\xff\xfeb\xe5\xad"]), "a\u{fffd}\u{fffd}b\u{fffd}");
    }

    #[test]
    fn it_does_not_matter_how_the_bytes_are_cut() {
        let bytes = [HOSTILE.as_bytes(), b"\xff\xe5\xad|\xc2"].concat();
        let whole = written(Form::Text, &[&bytes]);
        for size in 1..7 {
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            assert_eq!(written(Form::Text, &pieces), whole, "by {size}");
        }
    }

    #[test]
    fn what_is_told_by_its_bytes_is_seen() {
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer).as_bytes();
            let told = seen(text) == text.len();
            assert!(!told || !is_unseen(c, None), "{c:?}");
        }
        let long = "他说：“好！”——".repeat(9) + "\u{200b}" + &"好".repeat(40);
        assert_eq!(seen(long.as_bytes()), long.find('\u{200b}').expect("it stands there"));
    }

    #[test]
    fn json_keeps_its_values() {
        let json = serde_json::to_string(HOSTILE).expect("JSON");
        let shown = written(Form::Json, &[json.as_bytes()]);
        assert!(shown.contains("\\u009b") && shown.contains("\\udb40\\udc41"), "{shown}");
        assert!(shown.chars().all(|c| !is_unseen(c, Some('葛'))), "{shown}");
        assert_eq!(serde_json::from_str::<String>(&shown).expect("JSON"), HOSTILE);
    }

    #[test]
    fn our_own_colours_pass_and_those_of_others_do_not() {
        let mut printer = Printer::text(Vec::new());
        printer.styled(AnsiColor::Red.on_default(), "error:\u{1b}[32m").expect("memory");
        let text = String::from_utf8(printer.to).expect("UTF-8");
        assert_eq!(text, "\u{1b}[31merror:\\u{1b}[32m\u{1b}[0m");
    }

    #[test]
    fn a_file_passes_unless_a_terminal_shows_it() {
        for (terminal, expected) in [(false, "\u{1b}"), (true, "\\u{1b}")] {
            let mut printer = Printer { terminal, ..Printer::json(Vec::new()) };
            printer.file().write_all(b"\x1b").expect("memory");
            assert_eq!(printer.to, expected.as_bytes());
        }
    }

    #[test]
    fn a_line_break_in_a_name_makes_no_line_of_ours() {
        let forged = "a\nerror: b\n hint: run this\n  c";
        assert_eq!(indented(forged), "a\n  error: b\n   hint: run this\n  c");
    }
}
