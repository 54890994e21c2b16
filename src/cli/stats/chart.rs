//! Bars of text, for a terminal: whole and broken blocks, a row a week.

use std::io::{self, Write};

use crate::library::rows::day;
use crate::library::stats::Week;

/// How many cells the longest bar takes.
const WIDTH: u32 = 40;
/// A cell, filled from the left by eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A row a week: its Monday, a bar as long as the words known at its end, their number, and what the week added.
///
/// # Errors
/// When `out` can't be written.
pub fn bars(weeks: &[Week], out: &mut dyn Write) -> io::Result<()> {
    let most = weeks.iter().map(|week| week.known).max().unwrap_or(0);
    let mut before = None;
    for week in weeks {
        let change = match before {
            Some(before) if week.known > before => format!("  +{}", week.known - before),
            Some(before) if week.known < before => format!("  −{}", before - week.known),
            _ => String::new(),
        };
        let bar = bar(week.known, most);
        let gap = if bar.is_empty() { "" } else { " " };
        writeln!(out, "{}   {bar}{gap}{}{change}", day(week.start), week.known)?;
        before = Some(week.known);
    }
    Ok(())
}

fn bar(value: u32, most: u32) -> String {
    let eighths = u64::from(value) * u64::from(WIDTH) * 8 / u64::from(most.max(1));
    let whole = usize::try_from(eighths / 8).unwrap_or(0);
    let rest = usize::try_from(eighths % 8).unwrap_or(0);
    format!("{}{}", "█".repeat(whole), EIGHTHS[rest])
}

/// Twenty cells: known ones, those being learned, and the rest.
#[must_use]
pub fn share(known: u32, learning: u32, total: u32) -> String {
    const CELLS: u32 = 20;
    let cells = |count: u32| (count * CELLS).div_ceil(total.max(1)).min(CELLS);
    let known_cells = cells(known);
    let learning_cells = cells(known + learning) - known_cells;
    let cell = |glyph: &str, count: u32| glyph.repeat(count as usize);
    let rest = CELLS - known_cells - learning_cells;
    format!("{}{}{}", cell("█", known_cells), cell("▒", learning_cells), cell("·", rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Moment;

    #[test]
    fn the_longest_bar_is_the_largest_number() {
        let week = |at: i64, known| Week { start: Moment(at * 604_800), known, ..Week::default() };
        let mut out = Vec::new();
        bars(&[week(0, 0), week(1, 50), week(2, 100), week(3, 99)], &mut out).expect("memory can be written");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "1970-01-01   0");
        assert_eq!(lines[1], format!("1970-01-08   {} 50  +50", "█".repeat(20)));
        assert_eq!(lines[2], format!("1970-01-15   {} 100  +50", "█".repeat(40)));
        assert_eq!(lines[3], format!("1970-01-22   {}▌ 99  −1", "█".repeat(39)));
    }

    #[test]
    fn a_share_always_has_twenty_cells() {
        for (known, learning, total) in [(0, 0, 0), (1, 0, 5000), (2500, 2500, 5000), (5, 0, 5)] {
            assert_eq!(share(known, learning, total).chars().count(), 20);
        }
        assert!(share(1, 0, 5000).starts_with('█'), "a first word shows");
    }
}
