//! The note type: fields, templates and looks of every note that the program makes.
//!
//! **Invariant**: frozen. Anki takes a note type whose fields or templates differ from those that it knows under
//! this id for another one, and then no note of a learner is ever updated again ("conflicting"). So nothing here
//! changes but what templates and style sheet say; a golden test stands guard. Anything else would be a new note
//! type. A learner's collection is brought a newer style only once it was read, and only in the place of one of ours
//! ([`is_ours`]): whoever changes one adds the fingerprint of the former to `released.rs`.
//!
//! A card exists where its question has something to ask, so one note type serves every deck: `Recognition` and
//! `Listening` are switches, `Production` and `Cloze` hold what is asked.

mod released;

pub use released::{fingerprint, is_ours};

/// Anki's number for it; our own.
pub const ID: i64 = 1_759_271_828_459;
/// Its name in Anki.
pub const NAME: &str = "shengci 生词";
/// When it last changed, in seconds. Anki takes the note type that was changed later, as a whole, with the learner's
/// templates and style sheet; so this stays before every collection that has it.
pub const MODIFIED: i64 = 1_759_271_828;

/// A field of a note, in Anki's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The word in simplified hanzi: Anki's key for duplicates.
    Hanzi,
    /// In traditional hanzi, where they differ.
    Traditional,
    /// The reading.
    Pinyin,
    /// The reading in zhuyin.
    Zhuyin,
    /// The meaning.
    English,
    /// The measure words that go with it.
    Classifier,
    /// List and level.
    Hsk,
    /// A sentence that it stood in, the word marked.
    Sentence,
    /// The reading of the sentence.
    SentencePinyin,
    /// The sentence's article.
    Source,
    /// How often it was seen.
    Count,
    /// The hint that tells it from another word written alike.
    Hint,
    /// The doubts about it.
    Doubt,
    /// The text that the device speaks.
    Speak,
    /// A recording, of the learner's own.
    Sound,
    /// Not empty: there is a recognition card.
    Recognition,
    /// The question of the production card.
    Production,
    /// Not empty: there is a listening card.
    Listening,
    /// The question of the cloze card.
    Cloze,
}

impl Field {
    /// All of them, in Anki's order.
    pub const ALL: [Self; 19] = [
        Self::Hanzi,
        Self::Traditional,
        Self::Pinyin,
        Self::Zhuyin,
        Self::English,
        Self::Classifier,
        Self::Hsk,
        Self::Sentence,
        Self::SentencePinyin,
        Self::Source,
        Self::Count,
        Self::Hint,
        Self::Doubt,
        Self::Speak,
        Self::Sound,
        Self::Recognition,
        Self::Production,
        Self::Listening,
        Self::Cloze,
    ];

    /// Its name in Anki.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// The description that Anki's editor shows while the field is empty.
    #[must_use]
    pub fn description(self) -> &'static str {
        self.facts().2
    }

    /// Anki's number for it, by which it stays itself when a learner renames it.
    #[must_use]
    pub fn id(self) -> i64 {
        self.facts().1
    }

    fn facts(self) -> (&'static str, i64, &'static str) {
        match self {
            Self::Hanzi => ("Hanzi", 4_129_850_334_710_265_101, "the word in simplified hanzi"),
            Self::Traditional => {
                ("Traditional", 4_129_850_334_710_265_102, "in traditional hanzi, if they differ")
            }
            Self::Pinyin => ("Pinyin", 4_129_850_334_710_265_103, "the reading"),
            Self::Zhuyin => ("Zhuyin", 4_129_850_334_710_265_104, "the reading in zhuyin"),
            Self::English => ("English", 4_129_850_334_710_265_105, "what it means"),
            Self::Classifier => ("Classifier", 4_129_850_334_710_265_106, "measure words"),
            Self::Hsk => ("HSK", 4_129_850_334_710_265_107, "level and list"),
            Self::Sentence => ("Sentence", 4_129_850_334_710_265_108, "a sentence from the news"),
            Self::SentencePinyin => ("Sentence Pinyin", 4_129_850_334_710_265_109, "the sentence's reading"),
            Self::Source => ("Source", 4_129_850_334_710_265_110, "the sentence's article"),
            Self::Count => ("Count", 4_129_850_334_710_265_111, "how often it was seen"),
            Self::Hint => ("Hint", 4_129_850_334_710_265_112, "tells words apart that are written alike"),
            Self::Doubt => ("Doubt", 4_129_850_334_710_265_113, "what is not certain"),
            Self::Speak => ("Speak", 4_129_850_334_710_265_114, "what the device speaks"),
            Self::Sound => {
                ("Sound", 4_129_850_334_710_265_115, "a recording; it goes before the device's voice")
            }
            Self::Recognition => {
                ("Recognition", 4_129_850_334_710_265_116, "empty: no card that asks for the meaning")
            }
            Self::Production => {
                ("Production", 4_129_850_334_710_265_117, "what the card from English asks; empty: none")
            }
            Self::Listening => ("Listening", 4_129_850_334_710_265_118, "empty: no listening card"),
            Self::Cloze => {
                ("Cloze", 4_129_850_334_710_265_119, "the sentence with a gap; empty: no such card")
            }
        }
    }
}

/// A template: what a kind of card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in Anki.
    pub name: &'static str,
    /// Anki's number for it.
    pub id: i64,
    /// The question.
    pub front: &'static str,
    /// The answer.
    pub back: &'static str,
}

/// The templates, one for each of [`Card::ALL`](super::Card::ALL).
pub const TEMPLATES: [Template; 4] = [
    Template {
        name: "Recognition",
        id: 5_530_417_902_663_118_201,
        front: include_str!("note_type/recognition.html"),
        back: concat!(include_str!("note_type/back.html"), include_str!("note_type/answer.html")),
    },
    Template {
        name: "Production",
        id: 5_530_417_902_663_118_202,
        front: include_str!("note_type/production.html"),
        back: concat!(include_str!("note_type/back_hanzi.html"), include_str!("note_type/answer.html")),
    },
    Template {
        name: "Listening",
        id: 5_530_417_902_663_118_203,
        front: include_str!("note_type/listening.html"),
        back: concat!(include_str!("note_type/back_hanzi.html"), include_str!("note_type/answer.html")),
    },
    Template {
        name: "Cloze",
        id: 5_530_417_902_663_118_204,
        front: include_str!("note_type/cloze.html"),
        back: concat!(include_str!("note_type/back_hanzi.html"), include_str!("note_type/answer.html")),
    },
];

/// The style sheet.
pub const STYLE: &str = include_str!("note_type/style.css");
