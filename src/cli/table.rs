//! Columns for people: aligned by display width, where a hanzi is two cells wide.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::hanzi::made_seen;

/// Rows to print in columns. The last column is never padded.
#[derive(Debug, Default)]
pub struct Table {
    /// All cells, one after the other: a list of words has half a million.
    text: String,
    cells: Vec<Cell>,
    /// How many cells each row has.
    rows: Vec<usize>,
    right: &'static [usize],
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    bytes: usize,
    width: usize,
}

impl Table {
    /// A table whose columns of these numbers (from 0) are aligned to the right.
    #[must_use]
    pub fn new(right: &'static [usize]) -> Self {
        Self { right, ..Self::default() }
    }

    /// Adds a row. A cell is one line: what is not seen in it, a line break as well, is written out.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        let before = self.cells.len();
        for cell in cells {
            let cell = made_seen(cell.as_ref());
            self.text.push_str(&cell);
            self.cells.push(Cell { bytes: cell.len(), width: width(&cell) });
        }
        self.rows.push(self.cells.len() - before);
    }

    /// Adds the rows of another table.
    pub fn append(&mut self, mut other: Self) {
        self.text.push_str(&other.text);
        self.cells.append(&mut other.cells);
        self.rows.append(&mut other.rows);
    }

    /// Prints it, two blanks between columns.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = vec![0; self.rows.iter().copied().max().unwrap_or(0)];
        let mut cells = self.cells.iter();
        for &row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(cells.by_ref().take(row)) {
                *width = cell.width.max(*width);
            }
        }
        let (mut cells, mut text, mut line) = (self.cells.iter(), &self.text[..], String::new());
        for &row in &self.rows {
            line.clear();
            for (column, cell) in cells.by_ref().take(row).enumerate() {
                let (written, rest) = text.split_at(cell.bytes);
                text = rest;
                let padding = std::iter::repeat_n(' ', widths[column] - cell.width);
                if self.right.contains(&column) {
                    line.extend(padding);
                    line.push_str(written);
                } else {
                    line.push_str(written);
                    line.extend(padding);
                }
                line.push_str("  ");
            }
            line.truncate(line.trim_end().len());
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }
}

/// The cells that a text takes on a terminal.
fn width(text: &str) -> usize {
    // Nearly everything is of these, whose width needs no table; the rest has combining marks and the like.
    let mut width = 0;
    for c in text.chars() {
        width += match c {
            ' '..='~' | 'À'..='ɏ' => 1,
            '\u{4E00}'..='\u{9FFF}' => 2,
            _ => return text.width(),
        };
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_table_is_as_wide_as_the_table_says() {
        for c in (' '..='~').chain('À'..='ɏ').chain('\u{4E00}'..='\u{9FFF}') {
            let text = c.to_string();
            assert_eq!(width(&text), text.width(), "{c}");
        }
        assert_eq!(width("é（e\u{301}）"), 6);
    }

    #[test]
    fn hanzi_take_two_cells() {
        let mut table = Table::new(&[1]);
        table.row(["公司".to_owned(), "7".to_owned(), "company".to_owned()]);
        table.row(["AI".to_owned(), "12".to_owned(), "x".to_owned()]);
        let mut out = Vec::new();
        table.print(&mut out).expect("memory can be written");
        assert_eq!(String::from_utf8(out).as_deref(), Ok("公司   7  company\nAI    12  x\n"));
    }
}
