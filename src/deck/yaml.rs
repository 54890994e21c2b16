//! Deck files: the YAML of a [`Spec`].
//!
//! The one file that names the YAML crate, for the program's own settings too ([`read`]). A learner writes these files by hand, so a fault is told with its
//! line and column, what would be right, and the nearest name. Scalars go through a visitor over `FromStr`,
//! because `untagged` enums and `try_from` on a struct point at the wrong line.

mod fault;
mod values;

pub(super) use fault::nearest_of;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use self::fault::{explain, places_of};
use self::values::NoteTypeName;
use super::spec::{Articles, FieldSettings, Levels, Notation, Order, Sentence, Spec, ToneColours, Words};
use super::{Card, DeckName, TagPattern};
use crate::dictionary::{HskLevel, HskVersion};
use crate::hanzi::Headword;
use crate::tokens::Kind;
use crate::words::Status;

/// An error in a deck file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct DeckFileError {
    /// The file, as the user knows it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The message.
    pub message: String,
    /// The advice.
    pub hint: Option<String>,
}

/// The largest deck file, in bytes: a skip list of some thousand words fits.
const LARGEST: usize = 1 << 20;
/// The most opening brackets in it.
const MOST_BRACKETS: usize = 1000;

/// Reads a deck file. `file` is its name for messages.
///
/// # Errors
/// When it is no YAML, or has a setting that doesn't exist, is missing, or has a value that can't be.
pub fn parse(file: &str, text: &str) -> Result<Spec, DeckFileError> {
    let file_of = |at: (usize, usize), message: String, hint: Option<String>| DeckFileError {
        file: file.to_owned(),
        line: at.0,
        column: at.1,
        message,
        hint,
    };
    if is_blank(text) {
        let hint = "the least that a deck needs is a line such as “name: 新闻::生词”".to_owned();
        return Err(file_of((1, 1), "there is no setting in this file".to_owned(), Some(hint)));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let read: File = read(file, text)?;
    let version = read.hsk_version.as_ref().map_or(HskVersion::V2025, |v| v.0);
    let beyond = |levels: &Levels| levels.levels.contains(&HskLevel::SEVEN_TO_NINE);
    if version == HskVersion::V2015 && read.words.hsk.as_ref().is_some_and(|l| l.0.iter().any(beyond)) {
        let message = "the HSK list of 2015 ends at level 6".to_owned();
        let hint = Some("write 1-6, or take the list of 2021 or 2025 with hsk-version".to_owned());
        return Err(file_of(places_of(text, "hsk:").next().unwrap_or((1, 1)), message, hint));
    }
    Ok(read.into_spec(version))
}

/// Whether nothing is set in `text`.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Reads the YAML of any settings, faults told as those of a deck file are.
///
/// # Errors
/// When it is no YAML, or has a setting that doesn't exist, is missing, or has a value that can't be.
pub fn read<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, DeckFileError> {
    let fault = |at: (usize, usize), message: String, hint: Option<String>| DeckFileError {
        file: file.to_owned(),
        line: at.0,
        column: at.1,
        message,
        hint,
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // The YAML crate takes time in the square of the depth, and no settings need any.
    if text.len() > LARGEST || text.bytes().filter(|b| matches!(b, b'[' | b'{')).count() > MOST_BRACKETS {
        let hint = Some("copy one that comes with shengci and change it".to_owned());
        return Err(fault((1, 1), "these are no settings: too many, or all brackets".to_owned(), hint));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let at = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let (at, message, hint) = explain(text, at, &error.to_string());
        fault(at, message, hint)
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, expecting = "settings such as “name: 新闻::生词”")]
struct File {
    name: Scalar<DeckName>,
    #[serde(default)]
    by_article: Scalar<bool>,
    hsk_version: Option<Scalar<HskVersion>>,
    #[serde(default)]
    words: WordsFile,
    order: Option<Many<Order, 1>>,
    limit: Option<Scalar<u32>>,
    #[serde(rename = "note-type")]
    _note_type: Option<Scalar<NoteTypeName>>,
    cards: Option<Many<Card, 1>>,
    #[serde(default)]
    fields: FieldsFile,
    tags: Option<Many<TagPattern, 0>>,
}

#[derive(Default, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    expecting = "settings for words, such as “status: [new, learning]”, indented under it"
)]
struct WordsFile {
    status: Option<Many<Status, 1>>,
    kinds: Option<Many<Kind, 1>>,
    articles: Option<Scalar<Articles>>,
    seen: Option<Scalar<u32>>,
    hsk: Option<Many<Levels, 1>>,
    skip_basic: Option<Scalar<bool>>,
    skip_transparent: Option<Scalar<bool>>,
    skip: Option<Many<Headword, 0>>,
}

#[derive(Default, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    expecting = "settings for fields, such as “pinyin: marks”, indented under it"
)]
struct FieldsFile {
    sentence: Option<Scalar<Sentence>>,
    glosses: Option<Scalar<u32>>,
    pinyin: Option<Scalar<Notation>>,
    zhuyin: Option<Scalar<bool>>,
    #[serde(alias = "tone-colors")]
    tone_colours: Option<Scalar<ToneColours>>,
    speech: Option<Scalar<bool>>,
}

impl File {
    fn into_spec(self, hsk_version: HskVersion) -> Spec {
        let (words, fields) = (Words::default(), FieldSettings::default());
        let default_tags =
            || ["shengci", "hsk::{hsk}", "article::{article}"].iter().filter_map(|t| t.parse().ok());
        Spec {
            name: self.name.0,
            by_article: self.by_article.0,
            hsk_version,
            words: Words {
                status: self.words.status.map_or(words.status, |l| l.0.into_iter().collect()),
                kinds: self.words.kinds.map_or(words.kinds, |l| l.0.into_iter().collect()),
                articles: self.words.articles.map_or(words.articles, |s| s.0),
                seen: self.words.seen.map_or(words.seen, |s| s.0),
                hsk: self.words.hsk.map(|l| {
                    l.0.into_iter().fold(Levels::default(), |mut all, levels| {
                        all.levels.extend(levels.levels);
                        all.unlisted |= levels.unlisted;
                        all
                    })
                }),
                skip_basic: self.words.skip_basic.map_or(words.skip_basic, |s| s.0),
                skip_transparent: self.words.skip_transparent.map_or(words.skip_transparent, |s| s.0),
                skip: self.words.skip.map_or(words.skip, |l| l.0.into_iter().collect()),
            },
            order: self.order.map_or_else(|| vec![Order::MostSeen], |l| l.0),
            limit: self.limit.map(|s| s.0),
            cards: self.cards.map_or_else(|| vec![Card::Recognition], |l| l.0).into_iter().collect(),
            fields: FieldSettings {
                sentence: self.fields.sentence.map_or(fields.sentence, |s| s.0),
                glosses: self.fields.glosses.map_or(fields.glosses, |s| s.0),
                pinyin: self.fields.pinyin.map_or(fields.pinyin, |s| s.0),
                zhuyin: self.fields.zhuyin.map_or(fields.zhuyin, |s| s.0),
                tone_colours: self.fields.tone_colours.map_or(fields.tone_colours, |s| s.0),
                speech: self.fields.speech.map_or(fields.speech, |s| s.0),
            },
            tags: self.tags.map_or_else(|| default_tags().collect(), |l| l.0),
        }
    }
}

/// A value with a grammar of its own.
pub trait Readable: Sized {
    /// A description of valid values, for whoever wrote something else.
    const WHAT: &'static str;

    /// The value that `text` stands for.
    ///
    /// # Errors
    /// When it stands for none; in words for whoever wrote it.
    fn read(text: &str) -> Result<Self, String>;
}

/// A value of a setting, read by its own grammar, so that a fault is told at its exact place.
#[derive(Clone, Debug, Default)]
pub struct Scalar<T>(pub T);

impl<'de, T: Readable> Deserialize<'de> for Scalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(PhantomData<T>);
        impl<T: Readable> Visitor<'_> for Text<T> {
            type Value = Scalar<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::WHAT)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::read(text).map(Scalar).map_err(E::custom)
            }

            fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
                self.visit_str(if value { "true" } else { "false" })
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
                self.visit_str(&value.to_string())
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
                self.visit_str(&value.to_string())
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
                self.visit_str(&value.to_string())
            }
        }
        deserializer.deserialize_any(Text(PhantomData))
    }
}

/// A list of at least `MIN`; its brackets may be left out: `status: new, learning`.
struct Many<T, const MIN: usize>(Vec<T>);

impl<'de, T: Readable, const MIN: usize> Deserialize<'de> for Many<T, MIN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T, const MIN: usize>(PhantomData<T>);
        impl<'de, T: Readable, const MIN: usize> Visitor<'de> for List<T, MIN> {
            type Value = Many<T, MIN>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list in brackets, each {}", T::WHAT)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(Scalar(item)) = items.next_element()? {
                    list.push(item);
                }
                if list.len() < MIN {
                    return Err(A::Error::custom(format!(
                        "the list is empty; write at least one, each {}",
                        T::WHAT
                    )));
                }
                Ok(Many(list))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let items = text.split(',').map(|item| T::read(item.trim()).map_err(E::custom));
                items.collect::<Result<_, E>>().map(Many)
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
                self.visit_str(&value.to_string())
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match parse("x.yaml", text) {
            Ok(spec) => panic!("{text:?} was read as {spec:?}"),
            Err(e) => e.hint.as_ref().map_or_else(|| e.to_string(), |hint| format!("{e} | {hint}")),
        }
    }

    #[test]
    fn a_name_is_enough() {
        let spec = parse("x.yaml", "name: 生词").expect("a deck");
        assert_eq!(spec.cards.to_string(), "recognition");
        assert_eq!(spec.hsk_version, HskVersion::V2025);
        assert_eq!(spec.words, Words::default());
        assert_eq!(spec.tags.len(), 3);
    }

    #[test]
    fn every_setting_is_read() {
        let spec = parse(
            "x.yaml",
            "\u{FEFF}# words\r\nname: 新闻::生词\r\nby-article: yes\r\nhsk-version: 2021\r\nwords:\r\n  status: new\r\n\
             \x20 kinds: [word, idiom, place]\r\n  articles: last 10\r\n  seen: 2\r\n  hsk: [4-6, unlisted]\r\n\
             \x20 skip-basic: true\r\n  skip: [扎克伯格]\r\norder: [teaching, hsk-level]\r\nlimit: 40\r\n\
             note-type: word\r\ncards: [cloze, recognition]\r\nfields:\r\n  sentence: latest\r\n  glosses: 2\r\n\
             \x20 pinyin: numbers\r\n  zhuyin: off\r\n  tone-colors: off\r\n  speech: false\r\ntags: []\r\n",
        )
        .expect("a deck");
        assert!(spec.by_article);
        assert_eq!(spec.hsk_version, HskVersion::V2021);
        assert_eq!(spec.words.status, [Status::New].into());
        assert_eq!(spec.words.articles, Articles::Last(10));
        assert_eq!(spec.words.seen, 2);
        let levels = spec.words.hsk.expect("levels");
        assert!(levels.unlisted && levels.levels.len() == 3);
        assert!(spec.words.skip_basic && spec.words.skip.len() == 1);
        assert_eq!(spec.order, [Order::Teaching, Order::HskLevel]);
        assert_eq!(spec.limit, Some(40));
        assert_eq!(spec.cards.to_string(), "recognition,cloze");
        assert_eq!(
            spec.fields,
            FieldSettings {
                sentence: Sentence::Latest,
                glosses: 2,
                pinyin: Notation::Numbers,
                zhuyin: false,
                tone_colours: ToneColours::Off,
                speech: false,
            }
        );
        assert!(spec.tags.is_empty());
    }

    #[test]
    fn faults_have_a_place_and_a_hint() {
        for (text, expected) in [
            (
                "name: x\nwords:\n  min_count: 2\n",
                "x.yaml:3:3: words: “min_count” is no setting here; there are status, kinds, articles, seen, \
                 hsk, skip-basic, skip-transparent, skip | did you mean “seen”?",
            ),
            (
                "name: x\nwords:\n  status: [new, lerning]\n",
                "x.yaml:3:17: words.status[1]: “lerning” can't stand here; there are new, learning, known, \
                 ignored | did you mean “learning”?",
            ),
            (
                "name: x\nwords:\n\tseen: 2\n",
                "x.yaml:3:1: a tab stands before a setting | put blanks there: YAML indents with blanks alone, two a step",
            ),
            ("name: x\nlimit: many\n", "x.yaml:2:8: limit: “many” is no whole number from 1"),
            ("name: x\nlimit: 0\n", "x.yaml:2:8: limit: “0” is no whole number from 1"),
            (
                "name: x\nlimit: [1]\n",
                "x.yaml:2:8: limit: a list stands here; it should be a whole number from 1",
            ),
            (
                "name: x\ncards: []\n",
                "x.yaml:2:8: cards: the list is empty; write at least one, each a kind of card: recognition, production, listening or cloze",
            ),
            ("name: [x]\n", "x.yaml:1:7: name: a list stands here; it should be a name such as 新闻::生词"),
            ("name: \"新闻::\"\n", "x.yaml:1:7: name: “新闻::” is no name for a deck: a part of it is empty"),
            (
                "limit: 4\n",
                "x.yaml:1:1: the setting “name” is missing | the deck needs a name, such as “name: 新闻::生词”",
            ),
            ("name: x\nname: y\n", "x.yaml:2:1: “name” is set twice | keep one of the two"),
            (
                "name: x\nwords:\n  articles: last week\n",
                "x.yaml:3:13: words.articles: “last week” names no articles; write all, last 10, or \"#tag\"",
            ),
            (
                "name: x\nhsk-version: 2015\nwords:\n  hsk: 5-7\n",
                "x.yaml:4:3: the HSK list of 2015 ends at level 6 | write 1-6, or take the list of 2021 or 2025 with hsk-version",
            ),
            (
                "name: x\nhsk-version: 4\n",
                "x.yaml:2:14: hsk-version: “4” is no HSK version; known are 2015, 2021 and 2025",
            ),
            (
                "name: x\ntags: [\"{levl}\"]\n",
                "x.yaml:2:8: tags[0]: “{levl}” stands for nothing in a tag; there are {hsk}, {article} and {kind}",
            ),
            (
                "name: x\nwords: new\n",
                "x.yaml:2:8: words: \"new\" stands here; it should be settings for words, such as “status: [new, learning]”, indented under it",
            ),
            (
                "# nothing\n\n",
                "x.yaml:1:1: there is no setting in this file | the least that a deck needs is a line such as “name: 新闻::生词”",
            ),
            (
                "just text\n",
                "x.yaml:1:1: \"just text\" stands here; it should be settings such as “name: 新闻::生词”",
            ),
        ] {
            assert_eq!(fault(text), expected, "{text:?}");
        }
    }

    #[test]
    fn brackets_may_be_left_out() {
        let spec = parse("x.yaml", "name: x\ncards: recognition, cloze\nwords: {status: new, hsk: 4}")
            .expect("a deck");
        assert_eq!(spec.cards.to_string(), "recognition,cloze");
        assert_eq!(spec.words.hsk.map(|levels| levels.levels.len()), Some(1));
    }

    #[test]
    fn a_file_that_is_made_to_hurt_is_refused() {
        assert!(parse("x.yaml", &format!("name: {}", "[".repeat(100_000))).is_err());
        assert!(parse("x.yaml", &"- ".repeat(20_000)).is_err());
        assert!(parse("x.yaml", &"? ".repeat(20_000)).is_err());
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (i, of) in ('b'..='i').zip('a'..) {
            bomb.push_str(&format!("{i}: &{i} [{}]\n", vec![format!("*{of}"); 9].join(",")));
        }
        assert!(parse("x.yaml", &bomb).is_err());
        assert!(parse("x.yaml", "name: x\n---\nname: y\n").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z:\\[\\]{}#&*!|>'\"%@`,\\-? \t\n生]{0,60}") {
            let _ = parse("x.yaml", &text);
        }
    }
}
