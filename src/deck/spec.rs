//! The requests of a deck file.
//!
//! The settings as values; their YAML is `yaml.rs`, and what each means to a learner is told in the comments of
//! `decks/*.yaml`.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::{Cards, DeckName, TagPattern};
use crate::dictionary::{HskLevel, HskVersion};
use crate::hanzi::{Headword, seen};
use crate::tokens::Kind;
use crate::words::Status;

/// A deck, as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Its name in Anki.
    pub name: DeckName,
    /// Whether each article has a child deck of its own.
    pub by_article: bool,
    /// The HSK list that levels are of.
    pub hsk_version: HskVersion,
    /// Which words.
    pub words: Words,
    /// In which order; the first rule decides, the next ones where it is a draw.
    pub order: Vec<Order>,
    /// How many notes that Anki hasn't got yet a run adds.
    pub limit: Option<u32>,
    /// Which cards each note has.
    pub cards: Cards,
    /// How the fields are written.
    pub fields: FieldSettings,
    /// The notes' tags.
    pub tags: Vec<TagPattern>,
}

/// Which words enter the deck: those that pass every rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The statuses of the words.
    pub status: BTreeSet<Status>,
    /// The kinds of the words.
    pub kinds: BTreeSet<Kind>,
    /// The articles that they stand in.
    pub articles: Articles,
    /// How often they were seen, at least.
    pub seen: u32,
    /// Their HSK levels; nothing where every word will do.
    pub hsk: Option<Levels>,
    /// Whether one-hanzi words that every reader of news knows stay out.
    pub skip_basic: bool,
    /// Whether sums of words of the first lessons stay out.
    pub skip_transparent: bool,
    /// Words that stay out.
    pub skip: BTreeSet<Headword>,
}

/// Some of the library's articles: `all`, `last 10`, `#tag`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Articles {
    /// Every one.
    #[default]
    All,
    /// The articles that were added last.
    Last(u32),
    /// The articles with a tag.
    Tag(String),
}

/// HSK levels, and whether words that the list hasn't got count too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The levels.
    pub levels: BTreeSet<HskLevel>,
    /// Words without a level.
    pub unlisted: bool,
}

/// One rule of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// The words that were seen most come first.
    MostSeen,
    /// The lowest HSK level first, unlisted words last.
    HskLevel,
    /// The most frequent words of the language first.
    Frequency,
    /// The order in which they were first met.
    FirstSeen,
    /// The best to learn first: frequent in what was read and in the language, in a sentence with few other new words,
    /// and never before the words that it is made of.
    Teaching,
}

/// How fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSettings {
    /// Which sentence a note shows.
    pub sentence: Sentence,
    /// How many glosses stand in the first place; the others follow in small print.
    pub glosses: u32,
    /// How the reading is written.
    pub pinyin: Notation,
    /// Whether the reading is given in zhuyin too.
    pub zhuyin: bool,
    /// The colours of the tones.
    pub tone_colours: ToneColours,
    /// Whether the device speaks the word.
    pub speech: bool,
}

/// Which of a word's sentences a note shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// The one with the fewest other new words.
    MostKnown,
    /// The one of the article that was added last.
    Latest,
    /// The one in which it was first met.
    First,
    /// No sentence.
    None,
}

/// How a reading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// gōngsī
    Marks,
    /// gong1si1
    Numbers,
    /// ㄍㄨㄥ ㄙ
    Zhuyin,
}

/// A scheme of tone colours, by the name of the program that made it common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToneColours {
    /// Red, orange, green, blue, grey.
    Default,
    /// As in Pleco.
    Pleco,
    /// As in Hanping.
    Hanping,
    /// No colours.
    Off,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            status: [Status::New, Status::Learning].into(),
            kinds: [Kind::Word, Kind::Idiom].into(),
            articles: Articles::All,
            seen: 1,
            hsk: None,
            skip_basic: false,
            skip_transparent: false,
            skip: BTreeSet::new(),
        }
    }
}

impl Default for FieldSettings {
    fn default() -> Self {
        Self {
            sentence: Sentence::MostKnown,
            glosses: 3,
            pinyin: Notation::Marks,
            zhuyin: true,
            tone_colours: ToneColours::Default,
            speech: true,
        }
    }
}

impl ToneColours {
    /// The class under which the note type's style sheet keeps the colours.
    #[must_use]
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Default => Some("tones"),
            Self::Pleco => Some("tones-pleco"),
            Self::Hanping => Some("tones-hanping"),
            Self::Off => None,
        }
    }
}

impl FromStr for Articles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let last = text.strip_prefix("last ").and_then(|n| n.trim().parse().ok()).filter(|&n| n > 0);
        match (text, last, text.strip_prefix('#')) {
            ("all", ..) => Ok(Self::All),
            ("last", ..) => Ok(Self::Last(1)),
            (_, Some(n), _) => Ok(Self::Last(n)),
            (_, _, Some(tag))
                if !tag.is_empty() && !tag.contains(char::is_whitespace) && seen(tag).is_ok() =>
            {
                Ok(Self::Tag(tag.to_owned()))
            }
            _ => Err(format!("“{text}” names no articles; write all, last 10, or \"#tag\"")),
        }
    }
}

/// One item of `hsk: [4-6, unlisted]`.
impl FromStr for Levels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "unlisted" {
            return Ok(Self { unlisted: true, ..Self::default() });
        }
        let wrong = || format!("“{text}” is no HSK level; write 4, 4-6, 7-9 or unlisted");
        if text.contains(':') {
            return Err(format!(
                "“{text}” names a list; write hsk-version: 2025 on a line of its own at the top, and the \
                 levels alone here"
            ));
        }
        let (from, to) = text.split_once(['-', '–']).unwrap_or((text, text));
        let number = |text: &str| text.trim().parse::<u8>().ok().filter(|n| (1..=9).contains(n));
        let (from, to) = number(from).zip(number(to)).filter(|(from, to)| from <= to).ok_or_else(wrong)?;
        Ok(Self { levels: (from..=to).filter_map(HskLevel::new).collect(), unlisted: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_all_the_last_or_tagged() {
        assert_eq!("all".parse(), Ok(Articles::All));
        assert_eq!("last 10".parse(), Ok(Articles::Last(10)));
        assert_eq!("last".parse(), Ok(Articles::Last(1)));
        assert_eq!("#经济".parse(), Ok(Articles::Tag("经济".to_owned())));
        for wrong in ["", "last 0", "last ten", "#", "10"] {
            assert!(wrong.parse::<Articles>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn levels_are_one_or_a_range() {
        let numbers = |text: &str| {
            text.parse::<Levels>().map(|l| l.levels.iter().map(|l| l.number()).collect::<Vec<_>>())
        };
        assert_eq!(numbers("4"), Ok(vec![4]));
        assert_eq!(numbers("4-9"), Ok(vec![4, 5, 6, 7]));
        assert_eq!(numbers("7-9"), Ok(vec![7]));
        assert_eq!("unlisted".parse::<Levels>().map(|l| l.unlisted), Ok(true));
        for wrong in ["", "0", "10", "6-4", "four", "2025:4"] {
            assert!(wrong.parse::<Levels>().is_err(), "{wrong}");
        }
    }
}
