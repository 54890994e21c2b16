//! How each value of a setting is written, and what is said of whatever else stands there.

use super::Readable;
use crate::deck::spec::{Articles, Levels, Notation, Order, Sentence, ToneColours};
use crate::deck::{Card, DeckName, TagPattern};
use crate::dictionary::HskVersion;
use crate::hanzi::{Headword, seen};
use crate::text::usual;
use crate::tokens::Kind;
use crate::words::Status;

/// The note types that a deck file can name.
pub struct NoteTypeName;

macro_rules! readable {
    ($($type:ty, $what:literal, $known:expr;)*) => {$(
        impl Readable for $type {
            const WHAT: &'static str = $what;

            fn read(text: &str) -> Result<Self, String> {
                let known: &[(&str, Self)] = &$known;
                let found = known.iter().find(|(name, _)| *name == text);
                found.map(|(_, value)| value.clone()).ok_or_else(|| {
                    let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
                    format!("unknown value `{text}`, expected one of {}", names.join(", "))
                })
            }
        }
    )*};
    (parsed: $($type:ty, $what:literal;)*) => {$(
        impl Readable for $type {
            const WHAT: &'static str = $what;

            fn read(text: &str) -> Result<Self, String> {
                text.parse().map_err(|error| format!("{error}"))
            }
        }
    )*};
}

impl Clone for NoteTypeName {
    fn clone(&self) -> Self {
        Self
    }
}

readable! {
    bool, "true or false", [("true", true), ("false", false), ("yes", true), ("no", false), ("on", true), ("off", false)];
    NoteTypeName, "a note type: word", [("word", NoteTypeName)];
    Status, "a status: new, learning, known or ignored", Status::ALL.map(|s| (s.as_str(), s));
    Kind, "a kind of word: word, idiom, person, place …", Kind::ALL.map(|k| (k.as_str(), k));
    Card, "a kind of card: recognition, production, listening or cloze", Card::ALL.map(|c| (c.as_str(), c));
    Order, "a rule of order: most-seen, hsk-level, frequency, first-seen or teaching", [
        ("most-seen", Order::MostSeen), ("hsk-level", Order::HskLevel), ("frequency", Order::Frequency),
        ("first-seen", Order::FirstSeen), ("teaching", Order::Teaching),
    ];
    Sentence, "most-known, latest, first or none", [
        ("most-known", Sentence::MostKnown), ("latest", Sentence::Latest), ("first", Sentence::First),
        ("none", Sentence::None),
    ];
    Notation, "marks, numbers or zhuyin",
        [("marks", Notation::Marks), ("numbers", Notation::Numbers), ("zhuyin", Notation::Zhuyin)];
    ToneColours, "default, pleco, hanping or off", [
        ("default", ToneColours::Default), ("pleco", ToneColours::Pleco), ("hanping", ToneColours::Hanping),
        ("off", ToneColours::Off), ("false", ToneColours::Off),
    ];
}

readable! { parsed:
    DeckName, "a name such as 新闻::生词";
    Articles, "all, last 10, or \"#tag\"";
    HskVersion, "a list: 2015, 2021 or 2025";
    Levels, "a level such as 4, 4-6, 7-9 or unlisted";
    TagPattern, "a tag such as shengci or \"hsk::{hsk}\"";
}

impl Readable for Headword {
    const WHAT: &'static str = "a word in hanzi";

    fn read(text: &str) -> Result<Self, String> {
        seen(text).map_err(|unseen| format!("“{text}” is no word: {unseen}"))?;
        Self::new(&usual(text)).map_err(|error| error.to_string())
    }
}

impl Readable for u32 {
    const WHAT: &'static str = "a whole number from 1";

    fn read(text: &str) -> Result<Self, String> {
        text.parse().ok().filter(|&n| n > 0).ok_or_else(|| format!("“{text}” is no whole number from 1"))
    }
}
