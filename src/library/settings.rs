//! `config.yaml`: what the learner has settled once, for all commands.
//!
//! Every setting has a default, so the file need not exist. A setting that doesn't exist is refused with its
//! place, or a slip of the pen would be obeyed by silence.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Failure;
use crate::deck::{Readable, Scalar, ToneColours, is_blank, read};
use crate::dictionary::HskVersion;
use crate::learned::{Choice, Connect};
use crate::source;

/// The name of the file, in the folder of settings.
pub const FILE: &str = "config.yaml";

/// The folder with `config.yaml` and `decks/`, if there is a place for one.
#[derive(Clone, Debug, Default)]
pub struct Config(Option<PathBuf>);

impl Config {
    /// The settings in this folder; none where there is no home folder to have it in.
    #[must_use]
    pub fn at(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// The path of a file or folder in it.
    #[must_use]
    pub fn join(&self, name: &str) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join(name))
    }

    /// As people read it.
    #[must_use]
    pub fn display(&self) -> impl fmt::Display + '_ {
        shown(self.0.as_deref())
    }
}

/// A place as people read it, if there is one.
#[must_use]
pub fn shown(path: Option<&Path>) -> impl fmt::Display {
    Shown(path)
}

struct Shown<'p>(Option<&'p Path>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(path) => path.display().fmt(f),
            None => f.write_str("nowhere (there is no home folder)"),
        }
    }
}

/// The learner's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The HSK list that levels are of.
    pub hsk_version: HskVersion,
    /// From how many days of interval a word is known.
    pub known_from_days: i64,
    /// Whether a card suspended before it was ever answered means that the word is to be ignored.
    pub ignore_suspended_new: bool,
    /// The colours of the tones; nothing where the deck files are to say.
    pub tone_colours: Option<ToneColours>,
    /// Where Anki is, and how its notes are read.
    pub anki: Anki,
}

/// Where Anki is, and how its notes are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anki {
    /// The profile to read; the one used last, where none is named.
    pub profile: Option<String>,
    /// Where AnkiConnect listens.
    pub url: String,
    /// Its key, if it wants one.
    pub key: Option<String>,
    /// The fields of single note types, by name.
    pub fields: BTreeMap<String, Choice>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hsk_version: HskVersion::V2025,
            known_from_days: 21,
            ignore_suspended_new: false,
            tone_colours: None,
            anki: Anki { profile: None, url: Connect::URL.to_owned(), key: None, fields: BTreeMap::new() },
        }
    }
}

impl Settings {
    /// Reads the file in the learner's folder of settings; the defaults, where there is none.
    ///
    /// # Errors
    /// When the file can't be read, or has a fault.
    pub fn load(folder: &Config) -> Result<Self, Failure> {
        // A folder that this user may not look into, such as root's, holds no settings of theirs.
        let Some(path) = folder.join(FILE).filter(|path| path.metadata().is_ok()) else {
            return Ok(Self::default());
        };
        // A pipe would be waited for by every command.
        if is_pipe(&path) {
            return Err(Failure::new(format!("the settings {} are a pipe", path.display()))
                .hint("move it away; without it the defaults count"));
        }
        let text = source::text(&path).map_err(|error| {
            Failure::new(format!("the settings can't be read: {error}"))
                .hint("the file must be UTF-8 text; without it the defaults count")
        })?;
        Self::parse(&path.display().to_string(), &text)
    }

    fn parse(file: &str, text: &str) -> Result<Self, Failure> {
        let defaults = Self::default();
        if is_blank(text) {
            return Ok(defaults);
        }
        let read: SettingsFile = read(file, text).map_err(|fault| {
            let hint = fault.hint.clone();
            Failure::new(fault.to_string()).hint(hint.unwrap_or_else(|| {
                "without the line the default counts; `shengci help import` tells what can be set".to_owned()
            }))
        })?;
        let anki = read.anki.unwrap_or_default();
        Ok(Self {
            hsk_version: read.hsk_version.map_or(defaults.hsk_version, |v| v.0),
            known_from_days: read.known_from_days.map_or(defaults.known_from_days, |days| i64::from(days.0)),
            ignore_suspended_new: read.ignore_suspended_new.map_or(defaults.ignore_suspended_new, |b| b.0),
            tone_colours: read.tone_colours.map(|colours| colours.0),
            anki: Anki {
                profile: anki.profile.map(|text| text.0.0),
                url: anki.url.map_or(defaults.anki.url, |text| text.0.0),
                key: anki.key.map(|text| text.0.0),
                fields: anki.fields.into_iter().map(|(name, choice)| (name, choice.into())).collect(),
            },
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, expecting = "settings such as “hsk-version: 2025”")]
struct SettingsFile {
    hsk_version: Option<Scalar<HskVersion>>,
    known_from_days: Option<Scalar<u32>>,
    ignore_suspended_new: Option<Scalar<bool>>,
    #[serde(alias = "tone-colors")]
    tone_colours: Option<Scalar<ToneColours>>,
    anki: Option<AnkiFile>,
}

#[derive(Default, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    expecting = "settings for Anki, such as “profile: User 1”, indented under it"
)]
struct AnkiFile {
    profile: Option<Scalar<Text>>,
    url: Option<Scalar<Text>>,
    key: Option<Scalar<Text>>,
    #[serde(default)]
    fields: BTreeMap<String, FieldsFile>,
}

#[derive(Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    expecting = "the fields of a note type, such as “{hanzi: Front, reading: Pinyin}”"
)]
struct FieldsFile {
    hanzi: Scalar<Text>,
    reading: Option<Scalar<Text>>,
}

impl From<FieldsFile> for Choice {
    fn from(file: FieldsFile) -> Self {
        Self { hanzi: Some(file.hanzi.0.0), reading: file.reading.map(|text| text.0.0) }
    }
}

/// A text; a number will do, since profiles are called `1` too.
struct Text(String);

impl Readable for Text {
    const WHAT: &'static str = "a text";

    fn read(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

/// Whether a path leads to a named pipe, which is waited for until somebody writes to it.
pub fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata().is_ok_and(|about| about.file_type().is_fifo())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let failure = Settings::parse("config.yaml", text).expect_err("a fault");
        [&[failure.what().to_owned()], failure.hints()].concat().join("\n")
    }

    #[test]
    fn an_empty_file_and_one_with_everything() {
        for text in ["", "\u{FEFF}# nothing yet\n\n"] {
            assert_eq!(Settings::parse("x", text).expect("settings"), Settings::default(), "{text:?}");
        }
        let settings = Settings::parse(
            "x",
            "hsk-version: 2021\nknown-from-days: 30\nignore-suspended-new: yes\ntone-colours: pleco\nanki:\n  \
             profile: 1\n  url: http://127.0.0.1:9\n  key: k\n  fields:\n    Basic: {hanzi: Front, reading: Back}\n    \
             Cloze:\n      hanzi: Text\n",
        )
        .expect("settings");
        assert_eq!(settings.hsk_version, HskVersion::V2021);
        assert_eq!((settings.known_from_days, settings.ignore_suspended_new), (30, true));
        assert_eq!(settings.tone_colours, Some(ToneColours::Pleco));
        assert_eq!(settings.anki.profile.as_deref(), Some("1"));
        assert_eq!(
            (settings.anki.url.as_str(), settings.anki.key.as_deref()),
            ("http://127.0.0.1:9", Some("k"))
        );
        let basic = Choice { hanzi: Some("Front".to_owned()), reading: Some("Back".to_owned()) };
        assert_eq!(settings.anki.fields["Basic"], basic);
        assert_eq!(settings.anki.fields["Cloze"].reading, None);
    }

    #[test]
    fn faults_have_a_place() {
        for (text, expected) in [
            (
                "hsk_version: 2025\n",
                "config.yaml:1:1: “hsk_version” is no setting here; there are hsk-version,",
            ),
            ("hsk_version: 2025\n", "did you mean “hsk-version”?"),
            (
                "known-from-days: soon\n",
                "config.yaml:1:18: known-from-days: “soon” is no whole number from 1",
            ),
            ("anki:\n  port: 1\n", "config.yaml:2:3: anki: “port” is no setting here"),
            (
                "anki:\n  fields:\n    Basic: Front\n",
                "config.yaml:3:12: anki.fields.Basic: \"Front\" stands here",
            ),
            ("hsk-version: 2019\n", "“2019” is no HSK version"),
        ] {
            assert!(fault(text).contains(expected), "{text:?}: {}", fault(text));
        }
    }
}
