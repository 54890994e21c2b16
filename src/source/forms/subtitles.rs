//! Subtitles as a text: SubRip (`.srt`), WebVTT (`.vtt`), SubStation (`.ass`, `.ssa`).
//!
//! By hand: the crates that read these either stop at the first odd line, which half of all subtitles have, or keep tags.
//! Times, numbers and places on the screen go; a sentence that goes on in the next cue is one; who speaks is said where it
//! changes. *Law*: of two languages the Chinese lines stay; no Chinese line goes, but for one that is shown twice at once.

mod cue;
mod markup;
mod script;

pub(super) use cue::Cue;

/// The signs that end a sentence, in subtitles that write them behind most sentences.
const ENDS: &[char] = &['。', '！', '？', '…', '!', '?', '；'];
/// Signs that may stand behind the end of a sentence.
const CLOSES: &[char] = &['”', '’', '」', '』', '"', '）', ')', '》', ' ', '♪'];
/// The pause in milliseconds that ends a sentence, with or without a sign.
const PAUSE: u64 = 3_000;
/// The most characters of a sentence: in a longer one a sign was forgotten.
const LONGEST: usize = 200;

/// The most lines on the screen that a new one is compared with.
const AT_ONCE: usize = 16;

/// The kinds of subtitles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Srt,
    Vtt,
    Ass,
}

/// Which kind a text is, by how it begins.
pub(super) fn kind(text: &str) -> Option<Format> {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    if first.split_whitespace().next() == Some("WEBVTT") {
        return Some(Format::Vtt);
    }
    if first.eq_ignore_ascii_case("[script info]") {
        return Some(Format::Ass);
    }
    let is_number = first.bytes().all(|byte| byte.is_ascii_digit());
    let timing = if is_number { lines.next()? } else { first };
    cue::times(timing).map(|_| Format::Srt)
}

/// The lines of subtitles: a sentence or more each, or what one person says.
pub(super) fn lines(text: &str, kind: Format) -> Vec<String> {
    let cues = match kind {
        Format::Srt => cue::timed(text, false),
        Format::Vtt => cue::timed(text, true),
        Format::Ass => script::cues(text),
    };
    joined(&spoken(cues))
}

/// A piece of speech: its words, its speaker, its times in milliseconds.
#[derive(Debug)]
struct Said {
    start: u64,
    end: u64,
    speaker: Option<String>,
    text: String,
    /// It began with a dash: somebody else says it.
    answers: bool,
}

/// The cues as utterances, in Chinese alone where there are two languages.
fn spoken(mut cues: Vec<Cue>) -> Vec<Said> {
    cues.sort_by_key(|cue| cue.start);
    let has_hanzi = |line: &String| line.chars().any(crate::hanzi::is_hanzi);
    let is_other =
        |line: &String| !has_hanzi(line) && line.chars().any(char::is_alphabetic) || has_kana(line);
    let both =
        cues.iter().filter(|cue| cue.lines.iter().any(has_hanzi) && cue.lines.iter().any(is_other)).count();
    let chinese = cues.iter().filter(|cue| cue.lines.iter().any(has_hanzi)).count();
    let foreign = cues.iter().filter(|cue| !cue.lines.is_empty() && cue.lines.iter().all(is_other)).count();
    // In one cue, or one after the other as SubStation has it.
    let two_languages = both * 3 > chinese || foreign * 3 > chinese;
    let mut said: Vec<Said> = Vec::new();
    let mut shown: Vec<(u64, String)> = Vec::new();
    for cue in cues {
        shown.retain(|(end, _)| *end >= cue.start);
        shown.drain(..shown.len().saturating_sub(AT_ONCE));
        let mut fresh = true;
        for line in cue.lines.iter().filter(|line| !two_languages || !is_other(line)) {
            // A line that rolls up, or is drawn twice for its shadow, is said once.
            if shown.iter().any(|(_, before)| before == line) {
                continue;
            }
            shown.push((cue.end, line.clone()));
            let (dash, line) = without_dash(line);
            match said.last_mut() {
                Some(last) if !fresh && !dash => push(&mut last.text, line),
                _ => said.push(Said {
                    start: cue.start,
                    end: cue.end,
                    speaker: cue.speaker.clone(),
                    text: line.to_owned(),
                    answers: dash,
                }),
            }
            fresh = false;
        }
    }
    said
}

/// The dash that begins an answer, and what is said.
fn without_dash(line: &str) -> (bool, &str) {
    for dash in ['-', '–', '－'] {
        if let Some(rest) = line.strip_prefix(dash).filter(|rest| !rest.starts_with(dash)) {
            return (true, rest.trim_start());
        }
    }
    (false, line)
}

fn has_kana(line: &str) -> bool {
    line.chars().any(|c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}'))
}

/// Sentences that go on in the next cue are one, where the subtitles have signs at their ends.
fn joined(said: &[Said]) -> Vec<String> {
    let ended = said.iter().filter(|one| is_ended(&one.text)).count();
    let has_signs = ended * 5 > said.len();
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Said> = None;
    for one in said {
        let goes_on = before.is_some_and(|before| {
            has_signs
                && !one.answers
                && before.speaker == one.speaker
                && one.start < before.end.saturating_add(PAUSE)
                && lines.last().is_some_and(|line| !is_ended(line) && line.chars().count() < LONGEST)
        });
        match (&one.speaker, lines.last_mut()) {
            (_, Some(line)) if goes_on => push(line, &one.text),
            (Some(speaker), _) if before.and_then(|before| before.speaker.as_ref()) != Some(speaker) => {
                lines.push(format!("{speaker}：{}", one.text));
            }
            _ => lines.push(one.text.clone()),
        }
        before = Some(one);
    }
    lines
}

fn is_ended(text: &str) -> bool {
    text.trim_end_matches(CLOSES).ends_with(ENDS)
}

/// Puts what follows behind a line, with a blank between two words of letters.
fn push(line: &mut String, more: &str) {
    let narrow = |c: Option<char>| c.is_some_and(|c| c < '\u{2E80}' && !c.is_whitespace());
    if narrow(line.chars().next_back()) && narrow(more.chars().next()) {
        line.push(' ');
    }
    line.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        lines(text, kind(text).expect("subtitles"))
    }

    #[test]
    fn a_sentence_goes_on_in_the_next_cue() {
        let srt = "\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,500 X1:40 X2:600\r\n<i>昨天夜里，</i>\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\n\
            {\\an8}一场<font color=\"#fff\">大雨</font>\r\n下了三个小时。\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n“真大！”\r\n\r\n\
            4\r\n00:00:20,000 --> 00:00:21,000\r\n- 你听\r\n- 听什么？\r\n";
        assert_eq!(read(srt), ["昨天夜里，一场大雨下了三个小时。", "“真大！”", "你听", "听什么？"]);
    }

    #[test]
    fn without_signs_a_cue_is_a_line() {
        let srt: String = (0..8)
            .map(|at| format!("{at}\n00:00:0{at},000 --> 00:00:0{at},900\n今天 我们去学校{at}\n\n"))
            .collect();
        assert_eq!(read(&srt).len(), 8);
    }

    #[test]
    fn of_two_languages_the_chinese_stays() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n雨停了。\nThe rain has stopped.\n\n2\n00:00:02,000 --> 00:00:03,000\n\
            我在用WiFi。\nI'm using Wi-Fi.\n\n3\n00:00:03,000 --> 00:00:04,000\nOK\n";
        assert_eq!(read(srt), ["雨停了。", "我在用WiFi。"]);
        let one = "1\n00:00:01,000 --> 00:00:02,000\n他会用\nPhotoshop。\n\n2\n00:00:02,000 --> 00:00:03,000\n我不会。\n\n\
            3\n00:00:03,000 --> 00:00:04,000\n她也不会。\n\n4\n00:00:04,000 --> 00:00:05,000\n谁会？\n";
        assert_eq!(read(one)[0], "他会用Photoshop。");
    }

    #[test]
    fn speakers_ruby_and_notes_of_vtt() {
        let vtt = "WEBVTT - 雨\n\nSTYLE\n::cue { color: red }\n\nNOTE 雨很大\n\nintro\n00:01.000 --> 00:02.000 align:start\n\
            <v.loud 王明>去<ruby>银行<rt>yínháng</rt></ruby>吗？</v>\n\n00:02.000 --> 00:03.000\n<v 王明>我<00:02.500>去。&amp;你？\n\n\
            00:03.000 --> 00:04.000\n<v 李雪>不去。\n";
        assert_eq!(read(vtt), ["王明：去银行(yínháng)吗？", "我去。&你？", "李雪：不去。"]);
    }

    #[test]
    fn lines_that_roll_up_are_said_once() {
        let vtt = "WEBVTT\n\n00:01.000 --> 00:03.000\n昨天下雨。\n\n00:02.000 --> 00:05.000\n昨天下雨。\n今天晴天。\n\n\
            01:02.000 --> 01:05.000\n昨天下雨。\n";
        assert_eq!(read(vtt), ["昨天下雨。", "今天晴天。", "昨天下雨。"]);
    }

    #[test]
    fn the_events_of_a_script() {
        let ass = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name\nStyle: 黑体\n\n[Events]\n\
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
            Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\pos(1,2)}第二句,有逗号。\n\
            Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,译者的话。\n\
            Dialogue: 0,0:00:01.00,0:00:02.00,Default,王明,0,0,0,,{\\k20}第{\\k30}一\\N句。\n\
            Dialogue: 1,0:00:01.00,0:00:02.00,Default,王明,0,0,0,,{\\blur3}第一\\N句。\n\
            Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\n";
        assert_eq!(read(ass), ["王明：第一句。", "第二句,有逗号。"]);
    }

    #[test]
    fn no_text_is_subtitles() {
        for text in ["", "雨停了。", "1\n雨停了。", "00:01\n雨", "[Events]", "WEBVTTX", "3 --> 4"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
