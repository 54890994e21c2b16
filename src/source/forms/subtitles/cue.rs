//! The cues of SubRip and WebVTT: a line of times, and the lines under it.

use super::markup;

/// A subtitle: its text, its times and its speaker.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::source::forms) struct Cue {
    /// In milliseconds.
    pub start: u64,
    pub end: u64,
    /// Who says it, where the file says so.
    pub speaker: Option<String>,
    /// Without tags; none is blank.
    pub lines: Vec<String>,
}

/// The cues of a text. Of WebVTT (`strict`) a blank line ends a cue; of SubRip, which others write by hand, only the next
/// one's number and times do.
pub(super) fn timed(text: &str, strict: bool) -> Vec<Cue> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let timings: Vec<usize> = (0..lines.len()).filter(|&at| times(lines[at]).is_some()).collect();
    let mut cues = Vec::with_capacity(timings.len());
    for (index, &at) in timings.iter().enumerate() {
        let Some((start, end)) = times(lines[at]) else { continue };
        let next = timings.get(index + 1).copied();
        let mut own = &lines[at + 1..next.unwrap_or(lines.len())];
        if strict {
            own = &own[..own.iter().position(|line| line.is_empty()).unwrap_or(own.len())];
        } else if let Some((last, before)) = own.split_last()
            && next.is_some()
            && !last.is_empty()
            && last.bytes().all(|byte| byte.is_ascii_digit())
        {
            // The number of the next one.
            own = before;
        }
        let plain: Vec<markup::Plain> = own.iter().map(|line| markup::plain(line)).collect();
        let speaker = plain.iter().find_map(|plain| plain.speaker.clone());
        let lines = plain.into_iter().map(|plain| plain.text).filter(|text| !text.is_empty()).collect();
        cues.push(Cue { start, end, speaker, lines });
    }
    cues
}

/// The times of a line that is `00:01:02,003 --> 00:01:04,000`, in milliseconds.
pub(super) fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((time(start.trim())?, time(end.split_whitespace().next()?)?))
}

/// A time of day in milliseconds: hours may be left out, and fractions have any length.
pub(super) fn time(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let parts: Vec<u64> = whole.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|&part| part > 9_999) {
        return None;
    }
    let seconds = parts.iter().fold(0, |sum, part| sum * 60 + part);
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(seconds * 1000 + digits.parse::<u64>().ok()?)
}
