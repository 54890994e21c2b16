//! The text layer of a PDF, by `pdftotext` of Poppler where it is installed.
//!
//! Why a program beside ours: PDFs are programs themselves, and what reads them has had holes each year. That one is kept
//! by the systems, runs by itself, and is stopped after [`PATIENCE`]. Its lines are those of the paper: here they become
//! paragraphs again.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::Fault;
use crate::source::LARGEST;
use crate::text::printed;
use crate::unpack;

const FORM: &str = "a PDF";
/// A book of a thousand pages takes ten seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// So much of what it complains of is read.
const COMPLAINT: u64 = 4096;

/// The text of a PDF, a paragraph a line.
pub(super) fn read(bytes: &[u8]) -> Result<String, Fault> {
    let damaged = |why: String| Fault::Damaged(FORM, why);
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => Fault::NoTool,
            _ => damaged(error.to_string()),
        })?;
    let said = said(&mut child, bytes.to_owned());
    // Whether it is done or not: nobody waits for what it still says.
    let _ = child.kill();
    let status = child.wait().map_err(|error| damaged(error.to_string()))?;
    let (text, complaint) = said.ok_or_else(|| damaged("`pdftotext` took too long".to_owned()))?;
    let text = text.ok_or(Fault::Grows(FORM))?;
    if complaint.contains("Incorrect password") {
        return Err(Fault::Locked(FORM));
    }
    if text.is_empty() && !status.success() {
        let line = complaint.lines().next().unwrap_or("`pdftotext` can't read it");
        return Err(damaged(line.trim().to_owned()));
    }
    let text = String::from_utf8_lossy(&text);
    if !text.chars().any(|c| c.is_alphanumeric()) {
        return Err(Fault::NoTextLayer);
    }
    Ok(paragraphs(&text))
}

/// The output of `pdftotext` for these bytes, if it ends well, and its complaints; nothing where it takes too long.
fn said(child: &mut Child, bytes: Vec<u8>) -> Option<(Option<Vec<u8>>, String)> {
    let (mut to, from, complaints) = (child.stdin.take()?, child.stdout.take()?, child.stderr.take()?);
    // It may end before it has read all; then what it says counts.
    thread::spawn(move || to.write_all(&bytes));
    let (send, receive) = mpsc::channel();
    let sender = send.clone();
    thread::spawn(move || {
        let text = unpack::whole(from, LARGEST).unwrap_or_default();
        sender.send((Some(text), String::new()))
    });
    thread::spawn(move || {
        let mut complaint = Vec::new();
        let _ = complaints.take(COMPLAINT).read_to_end(&mut complaint);
        send.send((None, String::from_utf8_lossy(&complaint).into_owned()))
    });
    let one = receive.recv_timeout(PATIENCE).ok()?;
    let other = receive.recv_timeout(PATIENCE).ok()?;
    let (text, complaint) = if one.0.is_some() { (one.0, other.1) } else { (other.0, one.1) };
    Some((text?, complaint))
}

/// Lines of a paper become paragraphs: what stands on each page goes (its number, its running head), and a line that
/// reaches the margin goes on in the next, unless a sentence ends there.
fn paragraphs(text: &str) -> String {
    let pages: Vec<Vec<&str>> =
        text.split('\u{C}').map(|page| page.lines().map(str::trim).collect()).collect();
    let heads: Vec<&str> =
        pages.iter().filter_map(|page| page.iter().find(|line| !line.is_empty()).copied()).collect();
    let running =
        |line: &str| heads.len() >= 3 && heads.iter().filter(|head| **head == line).count() * 2 > heads.len();
    let mut lines: Vec<&str> = Vec::new();
    for page in &pages {
        let shown = |line: &&&str| !line.is_empty() && !is_number(line) && !running(line);
        let from = page.iter().position(|line| shown(&line)).unwrap_or(page.len());
        let to = page.iter().rposition(|line| shown(&line)).map_or(from, |at| at + 1);
        // A page that ends in the middle of a sentence goes on with the next one: no blank line between.
        lines.extend(&page[from..to]);
    }
    let mut widths: Vec<usize> = lines.iter().map(|line| width(line)).filter(|&width| width > 0).collect();
    widths.sort_unstable();
    let column = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
    let mut paragraphs = String::new();
    // The line before, where a sentence may go on behind it.
    let mut open: Option<usize> = None;
    for line in lines {
        if line.is_empty() {
            open = None;
            continue;
        }
        if open.is_some_and(|before| (before + width(first_word(line))) * 10 >= column * 9) {
            let narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if narrow(paragraphs.chars().next_back()) && narrow(line.chars().next()) {
                paragraphs.push(' ');
            }
        } else if !paragraphs.is_empty() {
            paragraphs.push('\n');
        }
        paragraphs.push_str(&printed(line));
        let ends = line.ends_with(['。', '！', '？', '”', '」', '…', '：']);
        open = Some(width(line)).filter(|_| !ends && column >= NARROWEST);
    }
    paragraphs.push('\n');
    paragraphs
}

/// The smallest part of a line that can't be broken: a hanzi, or a word of letters.
fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| c >= '\u{2E80}' || c.is_whitespace()).unwrap_or(line.len());
    let first = line.chars().next().map_or(0, char::len_utf8);
    &line[..end.max(first)]
}

/// A column is no narrower: what is, may be verse or a list.
const NARROWEST: usize = 20;

/// The number of a page: `12`, `- 12 -`, `12 / 30`.
fn is_number(line: &str) -> bool {
    line.chars().any(|c| c.is_ascii_digit())
        && line.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '/' | '·' | ' '))
}

/// Columns on a paper: a hanzi takes two.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paper_are_paragraphs_again() {
        let text = "雨的故事\n大雨过后\n\n昨天夜里一场大雨让城里的许多街道变\n成了小河，公交车不得不在半路停下来。\n住在老街的王奶奶说，她七十年没有见\n\n1\n\u{C}\
            雨的故事\n过这样的雨，邻居们连夜用 iPhone\nPro 照亮。\n\n- 2 -\n\u{C}雨的故事\n第二天，天晴了。\n3\n\u{C}";
        assert_eq!(
            paragraphs(text),
            "大雨过后\n昨天夜里一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。\n\
             住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用 iPhone Pro 照亮。\n第二天，天晴了。\n"
        );
    }

    #[test]
    fn verse_stays() {
        assert_eq!(paragraphs("床前明月光\n疑是地上霜\n"), "床前明月光\n疑是地上霜\n");
    }
}
