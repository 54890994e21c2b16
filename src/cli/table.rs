//! Columns for people: aligned by display width, where a hanzi is two cells wide.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// Rows to print in columns. The last column is never padded.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    right: &'static [usize],
}

impl Table {
    /// A table whose columns of these numbers (from 0) are aligned to the right.
    #[must_use]
    pub fn new(right: &'static [usize]) -> Self {
        Self { rows: Vec::new(), right }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Prints it, two blanks between columns.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| {
                self.rows.iter().filter_map(|row| row.get(c)).map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let padding = " ".repeat(widths[column] - cell.width());
                let parts = if self.right.contains(&column) { [&padding, cell] } else { [cell, &padding] };
                line.extend(parts.map(String::as_str));
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
