//! Corrections as a YAML file that a person can read, and share.
//!
//! A list; each correction is named by the command that records it, with the same words: `correct: 银行`,
//! `reading: yín háng`. Whoever has typed the command can write the file by hand.

use serde::{Deserialize, Serialize};

use super::{Correction, typed_reading};
use crate::hanzi::{Headword, seen};
use crate::pinyin::{Reading, Tone, write};
use crate::text::usual;
use crate::tokens::Kind;
use crate::words::WordKey;

/// A correction as files and `--json` have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a correction such as “correct: 银行” and “reading: yín háng”")]
pub struct Shared {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    correct: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    split: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    into: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    join: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sense: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ignore: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    phrase: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gloss: Option<String>,
}

/// An error in a file of corrections.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ExchangeError {
    /// The line, from 1.
    pub line: usize,
    /// The message.
    pub message: String,
}

/// The largest file, in bytes.
const LARGEST: usize = 4 << 20;
/// The deepest nesting: the YAML crate takes time in the square of it, and a list of corrections has two levels.
const DEEPEST: usize = 8;

/// The first line of a file that we wrote.
const HEADER: &str = "# Corrections for shengci. Take them over with: shengci corrections --import FILE\n";

/// The file with these corrections.
#[must_use]
pub fn write<'c>(corrections: impl IntoIterator<Item = &'c Correction>) -> String {
    let list: Vec<Shared> = corrections.into_iter().map(Shared::from).collect();
    // Strings and lists of strings can always be written.
    let yaml = serde_yaml::to_string(&list).unwrap_or_default();
    format!("{HEADER}{yaml}")
}

/// The corrections of a file.
///
/// # Errors
/// When it is no YAML, or something in it is no correction.
pub fn read(text: &str) -> Result<Vec<Correction>, ExchangeError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let fail = |line: usize, message: String| ExchangeError { line, message };
    if text.len() > LARGEST || is_deep(text) {
        return Err(fail(1, "this is no file of corrections: it is too large, or all brackets".to_owned()));
    }
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Vec::new());
    }
    let list: Vec<Shared> = serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |at| at.line());
        let said = error.to_string();
        fail(line, shortened(said.split(" at line ").next().unwrap_or_default()))
    })?;
    let places = places(text);
    list.iter()
        .enumerate()
        .map(|(at, shared)| {
            Correction::try_from(shared).map_err(|wrong| {
                let (first, last) = (places.get(at).copied(), places.get(at + 1).copied());
                let first = first.unwrap_or(1);
                fail(wrong.line(text, first, last.unwrap_or(usize::MAX)), wrong.message)
            })
        })
        .collect()
}

/// Whether a text is a file just as [`write`] makes them: a hand has written nothing into it.
#[must_use]
pub fn is_as_written(text: &str) -> bool {
    text.starts_with(HEADER) && read(text).is_ok_and(|corrections| write(&corrections) == text)
}

/// The lines on which corrections begin: the dashes that stand as far left as the first one does.
fn places(text: &str) -> Vec<usize> {
    let dash = |line: &str| {
        let inside = line.trim_start();
        (inside == "-" || inside.starts_with("- ")).then(|| line.len() - inside.len())
    };
    let Some(left) = text.lines().find_map(dash) else { return Vec::new() };
    (1..).zip(text.lines()).filter(|(_, line)| dash(line) == Some(left)).map(|(number, _)| number).collect()
}

/// A fault in a correction, and the field that has it.
#[derive(Debug)]
pub struct Wrong {
    field: Option<&'static str>,
    message: String,
}

impl Wrong {
    fn with(field: &'static str) -> impl Fn(String) -> Self {
        move |message| Self { field: Some(field), message }
    }

    /// The line of the field, between the line of the correction and that of the next one.
    fn line(&self, text: &str, first: usize, next: usize) -> usize {
        let Some(field) = self.field else { return first };
        let named = |line: &str| {
            let inside = line.trim_start().trim_start_matches("- ").trim_start();
            inside.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        let mut lines = (1..).zip(text.lines()).skip(first - 1).take_while(|(number, _)| *number < next);
        lines.find(|(_, line)| named(line)).map_or(first, |(number, _)| number)
    }
}

impl From<String> for Wrong {
    fn from(message: String) -> Self {
        Self { field: None, message }
    }
}

/// A message that quotes the file may quote all of it, such as an article that was named by mistake.
fn shortened(message: &str) -> String {
    const MOST: usize = 120;
    if message.chars().count() <= MOST {
        return message.to_owned();
    }
    let short: String = message.chars().take(MOST).collect();
    format!("{}… — this is no list of corrections", short.lines().next().unwrap_or_default())
}

/// Whether brackets or blanks nest deeper than any list of corrections.
fn is_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let brackets = text.bytes().any(|b| {
        match b {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    });
    let dashes = |line: &str| line.split_whitespace().take_while(|&word| word == "-").count() > DEEPEST;
    let blanks = |line: &str| line.len() - line.trim_start().len() > 4 * DEEPEST;
    brackets || text.lines().any(|line| dashes(line) || blanks(line))
}

impl From<&Correction> for Shared {
    fn from(correction: &Correction) -> Self {
        let pinyin = |reading: &Reading| {
            // Without any mark it would read as pinyin whose tones were forgotten.
            let toned = reading.syllables().iter().any(|syllable| syllable.tone() != Tone::Neutral);
            let written = if toned { write::spaced } else { write::numbered };
            Some(written(reading.syllables()))
        };
        match correction {
            Correction::Reading { headword, from, to } => Self {
                correct: Some(headword.to_string()),
                reading: pinyin(to),
                from: from.as_ref().and_then(pinyin),
                ..Self::default()
            },
            Correction::ReadingIn { phrase, headword, to } => Self {
                correct: Some(headword.to_string()),
                reading: pinyin(to),
                phrase: Some(phrase.clone()),
                ..Self::default()
            },
            Correction::Split { parts } => {
                Self { split: Some(parts.concat()), into: Some(parts.clone()), ..Self::default() }
            }
            Correction::Join { text } => Self { join: Some(text.clone()), ..Self::default() },
            Correction::Name { text, kind } => {
                Self { name: Some(text.clone()), kind: Some(kind.to_string()), ..Self::default() }
            }
            Correction::Sense { key, gloss } => Self {
                sense: Some(key.headword.to_string()),
                reading: pinyin(&key.reading),
                gloss: Some(gloss.clone()),
                ..Self::default()
            },
            Correction::Ignore { text } => Self { ignore: Some(text.clone()), ..Self::default() },
        }
    }
}

impl TryFrom<&Shared> for Correction {
    type Error = Wrong;

    fn try_from(shared: &Shared) -> Result<Self, Wrong> {
        let shared = &shared.usual()?;
        let need = |field: &Option<String>, what: &str| {
            field.clone().filter(|text| !text.trim().is_empty()).ok_or_else(|| format!("“{what}” is missing"))
        };
        let headword = |text: &str| Headword::new(text).map_err(|error| error.to_string());
        let word = |text: &str| headword(text).map(|headword| headword.to_string());
        let read = |text: &str, pinyin: &str, field| {
            typed_reading(&headword(text)?, pinyin).map_err(|error| Wrong::with(field)(error.what))
        };
        let correction = match shared {
            Shared { correct: Some(text), .. } => {
                let to = read(text, &need(&shared.reading, "reading")?, "reading")?;
                match &shared.phrase {
                    Some(phrase) if !phrase.contains(text.as_str()) => {
                        return Err(Wrong::with("in")(format!("{text} does not stand in {phrase}")));
                    }
                    Some(phrase) => Self::ReadingIn { phrase: word(phrase)?, headword: headword(text)?, to },
                    None => {
                        let from = shared.from.as_ref().map(|from| read(text, from, "from")).transpose()?;
                        Self::Reading { headword: headword(text)?, from, to }
                    }
                }
            }
            Shared { split: Some(text), .. } => {
                let parts = shared.into.clone().unwrap_or_default();
                if parts.len() < 2 || parts.concat() != word(text)? || parts.iter().any(String::is_empty) {
                    return Err(Wrong::with("into")(format!("“into” has not the parts of {text}")));
                }
                Self::Split { parts }
            }
            Shared { join: Some(text), .. } => Self::Join { text: word(text)? },
            Shared { name: Some(text), .. } => {
                let kind: Kind = need(&shared.kind, "kind")?.parse().map_err(Wrong::with("kind"))?;
                if !kind.is_name() {
                    return Err(Wrong::with("kind")(format!(
                        "“{kind}” is no kind of name; there are person, place, organisation"
                    )));
                }
                Self::Name { text: word(text)?, kind }
            }
            Shared { sense: Some(text), .. } => {
                let reading = read(text, &need(&shared.reading, "reading")?, "reading")?;
                let key = WordKey { headword: headword(text)?, reading };
                let gloss = need(&shared.gloss, "gloss")?.trim().to_owned();
                seen(&gloss).map_err(|unseen| Wrong::with("gloss")(format!("“{gloss}”: {unseen}")))?;
                Self::Sense { key, gloss }
            }
            Shared { ignore: Some(text), .. } => Self::Ignore { text: word(text)? },
            _ => {
                return Err("this says nothing; there are correct, split, join, name, sense, ignore"
                    .to_owned()
                    .into());
            }
        };
        // A field that would be dropped silently is a mistake: two commands in one, or a word of another command.
        if Shared::from(&correction).fields() != shared.fields() {
            return Err("this mixes several corrections; each needs a dash of its own".to_owned().into());
        }
        correction.seen().map_err(|unseen| unseen.to_string())?;
        Ok(correction)
    }
}

impl Shared {
    /// The same with its words in the form in which articles have them; what is not seen has no place in a shared file.
    fn usual(&self) -> Result<Self, String> {
        let form = |text: &String| {
            seen(text).map(|()| usual(text).into_owned()).map_err(|unseen| unseen.to_string())
        };
        let word = |field: &Option<String>| field.as_ref().map(form).transpose();
        Ok(Self {
            correct: word(&self.correct)?,
            split: word(&self.split)?,
            into: self.into.as_ref().map(|parts| parts.iter().map(form).collect()).transpose()?,
            join: word(&self.join)?,
            name: word(&self.name)?,
            sense: word(&self.sense)?,
            ignore: word(&self.ignore)?,
            phrase: word(&self.phrase)?,
            ..self.clone()
        })
    }

    /// Which fields it has.
    fn fields(&self) -> [bool; 12] {
        [
            self.correct.is_some(),
            self.split.is_some(),
            self.into.is_some(),
            self.join.is_some(),
            self.name.is_some(),
            self.kind.is_some(),
            self.sense.is_some(),
            self.ignore.is_some(),
            self.reading.is_some(),
            self.from.is_some(),
            self.phrase.is_some(),
            self.gloss.is_some(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# Corrections for shengci. Take them over with: shengci corrections --import FILE
- correct: 银行
  reading: yín háng
- correct: 长
  reading: zhǎng
  from: cháng
- correct: 长
  reading: zhǎng
  in: 队长
- split: 全员信
  into:
  - 全员
  - 信
- join: 撤单潮
- name: 卡朱里亚
  kind: person
- sense: 打
  reading: dǎ
  gloss: 'to play: a game'
- ignore: 责任编辑
";

    #[test]
    fn a_file_is_read_and_written_alike() {
        let corrections = read(FILE).expect("corrections");
        assert_eq!(corrections.len(), 8);
        assert_eq!(write(&corrections), FILE);
        assert_eq!(read(&write(&[])), Ok(Vec::new()));
        assert_eq!(read("# nothing\n"), Ok(Vec::new()));
        assert!(is_as_written(FILE) && is_as_written(&write(&[])));
        for by_hand in [FILE.replace("- join", "# from my teacher\n- join"), FILE.replace(HEADER, "")] {
            assert!(!is_as_written(&by_hand), "{by_hand}");
        }
    }

    #[test]
    fn a_hand_may_write_it_in_its_own_way() {
        let by_hand = "- {split: 全员信, into: [全员, 信]}\n- correct: 银行\n  reading: yínháng\n";
        let corrections = read(by_hand).expect("corrections");
        assert_eq!(
            corrections,
            [&read(FILE).expect("corrections")[3], &read(FILE).expect("corrections")[0]].map(Clone::clone)
        );
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        for (text, line, saying) in [
            ("- correct: 银行\n", 1, "“reading” is missing"),
            ("- ignore: 图\n- correct: 银行\n  reading: yín\n", 3, "2 hanzi, but “yín” has 1 syllable"),
            ("# mine\n-\n  correct: 银行\n\n  # by hand\n  reading: yinhang\n", 6, "has no tones"),
            ("- split: 全员信\n  into: [全员]\n", 2, "not the parts of 全员信"),
            (
                "- split: 全员信\n  into:\n  - '全员'\n  - '信'\n- name: 王力\n  kind: word\n- ignore: 图\n",
                6,
                "no kind of name",
            ),
            ("- split: 全员信\n  into:\n  - 全员\n  - \"信:\"\n- ignore: 图\n", 2, "not the parts"),
            ("- ignore: 图\n  join: 图片\n", 1, "mixes several"),
            ("- reading: yín\n", 1, "says nothing"),
            ("- correct: 长\n  reading: zhǎng\n  in: 队员\n", 3, "does not stand in"),
            ("- ignore: 图\n  colour: red\n", 2, "unknown field `colour`"),
            ("- ignore: abc\n", 1, "no hanzi"),
            ("- sense: 打\n  reading: dǎ\n  gloss: \"a \\e]0;x\\a\"\n", 3, "not seen (U+001B)"),
            ("- ignore: 图\n- sense: 打\n  reading: dǎ\n  gloss: a\u{202e}b\n", 4, "not seen (U+202E)"),
            ("- ignore: 图\n- join: 图\u{200b}片\n", 2, "not seen (U+200B)"),
            ("ignore: 图\n", 1, "invalid type: map"),
            ("- [[[[[[[[[[\n", 1, "all brackets"),
            (&"公司的工程师在图书馆里。".repeat(50), 1, "this is no list of corrections"),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(error.line, line, "{text}: {error}");
            assert!(error.message.contains(saying), "{text}: {error}");
        }
    }
}
