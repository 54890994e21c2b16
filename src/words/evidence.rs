//! Why we believe a reading: how strong the evidence is, and which rule gave it.

use std::fmt;
use std::str::FromStr;

/// Why we believe a reading, weakest first, so that `max` picks the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The commonest reading of each hanzi: a guess.
    Character,
    /// The sentence chose among the readings of the word, or a rule about its usage and neighbours did.
    Context,
    /// The dictionary gives the word one reading.
    Dictionary,
    /// The article gives it.
    Article,
    /// The learner said so.
    Learner,
}

impl Evidence {
    /// All, weakest first.
    pub const ALL: [Self; 5] =
        [Self::Character, Self::Context, Self::Dictionary, Self::Article, Self::Learner];

    /// As `--json` and the library write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Context => "context",
            Self::Dictionary => "dictionary",
            Self::Article => "article",
            Self::Learner => "learner",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|evidence| evidence.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no kind of evidence"))
    }
}

/// The rule that a reading comes from, in the order of the ladder (`readings/ladder.rs`): of two that answered, the later
/// one overruled the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The commonest reading of a hanzi.
    Character,
    /// The reading of a hanzi in a smaller word inside the token: 先生 in 任先生.
    Inside,
    /// The sentence chose among the readings of a hanzi.
    Sentence,
    /// A numeral inside a number.
    Numeral,
    /// A measure word after a number.
    MeasureWord,
    /// A surname.
    Surname,
    /// The only reading that the dictionary has of a word.
    Dictionary,
    /// The sentence chose among the readings of a word.
    Entry,
    /// A particle in what the dictionary takes for a word: 穿着 zhe.
    Particle,
    /// A full tone in what no dictionary has: 月底 dǐ.
    FullTone,
    /// A reading that a hanzi has as a word of its own.
    OneHanzi,
    /// What a word is read nearly always: `usual.txt`.
    Usual,
    /// What the word beside decides: `beside.txt`.
    Beside,
    /// A hanzi that is repeated: 漂漂亮亮, 少不少.
    Doubled,
    /// A surname after 姓 or 小.
    Called,
    /// 儿 that only colours a vowel.
    Erhua,
    /// The object of a separable verb: 放了两周假.
    Object,
    /// What the article gives.
    Article,
    /// What the learner said.
    Learner,
}

impl Rule {
    /// As `--json` writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Inside => "inside",
            Self::Sentence => "sentence",
            Self::Numeral => "numeral",
            Self::MeasureWord => "measure-word",
            Self::Surname => "surname",
            Self::Dictionary => "dictionary",
            Self::Entry => "entry",
            Self::Particle => "particle",
            Self::FullTone => "full-tone",
            Self::OneHanzi => "one-hanzi",
            Self::Usual => "usual",
            Self::Beside => "beside",
            Self::Doubled => "doubled",
            Self::Called => "called",
            Self::Erhua => "erhua",
            Self::Object => "object",
            Self::Article => "article",
            Self::Learner => "learner",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
