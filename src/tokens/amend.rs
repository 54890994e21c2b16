//! What the learner says is one word, several, a name, or none at all: it overrules every other rule.
//!
//! Two steps. A word that the list lacks is cut by as if the list had it, so that the neighbours are weighed too:
//! 印刷榜单 stays 印刷 and 榜单 though 刷榜 is a word now. And wherever whole tokens together are just what the
//! learner named, they become what the learner said, whatever had joined or split them.

use std::collections::BTreeMap;

use crate::dictionary::Dictionary;
use crate::hanzi::is_hanzi;
use crate::tokens::jieba::listed;
use crate::tokens::pieces::{Piece, kind_of};
use crate::tokens::{Kind, shadow};

/// Changes to how text is cut, by the learner. Of two about one text the later one counts.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    rules: BTreeMap<String, Rule>,
}

#[derive(Clone, Debug)]
enum Rule {
    /// One token.
    Whole { kind: Kind, proposed: bool },
    /// Several: how many bytes each has, and what it is.
    Parts(Vec<(u32, Kind, bool)>),
}

/// The frequency of a word that the learner added: that of an everyday word.
const FREQUENCY: usize = 5000;

impl Amendments {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// `text` is one token of this kind; without one, the word that a dictionary has, else a proposed one.
    pub fn join(&mut self, text: &str, kind: Option<Kind>, dictionary: Dictionary) {
        let text = shadow::of(text, dictionary);
        let (own, proposed) = nature(&text, dictionary);
        let rule = match kind {
            Some(kind) => Rule::Whole { kind, proposed: false },
            None => Rule::Whole { kind: own, proposed },
        };
        self.rules.insert(text.into_owned(), rule);
    }

    /// What these parts make together is never one token.
    pub fn split(&mut self, parts: &[String], dictionary: Dictionary) {
        let text = parts.concat();
        let shadow = shadow::of(&text, dictionary).into_owned();
        let mut start = 0;
        let mut lengths = Vec::with_capacity(parts.len());
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let form = shadow.get(start..start + part.len()).unwrap_or(part);
            let (kind, proposed) = nature(form, dictionary);
            lengths.push((part.len() as u32, kind, proposed));
            start += part.len();
        }
        self.rules.insert(shadow, Rule::Parts(lengths));
    }

    /// Words to cut with that the list lacks: text, frequency, tag.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, usize, &'static str)> {
        self.rules.iter().filter_map(|(text, rule)| {
            let tag = match rule {
                Rule::Whole { kind: Kind::Person, .. } => "ph",
                Rule::Whole { kind: Kind::Place, .. } => "sh",
                Rule::Whole { kind: Kind::Organisation, .. } => "oh",
                Rule::Whole { kind: Kind::Word, .. } => "wh",
                Rule::Whole { kind: Kind::Idiom, .. } => "ih",
                _ => return None,
            };
            (listed(text).is_none() && text.chars().all(is_hanzi)).then_some((text.as_str(), FREQUENCY, tag))
        })
    }

    /// Puts the pieces of a text right.
    pub(super) fn apply(&self, text: &str, pieces: &mut Vec<Piece>) {
        if self.is_empty() {
            return;
        }
        let old = std::mem::take(pieces);
        pieces.reserve(old.len());
        let mut rest = &old[..];
        while let Some(&piece) = rest.first() {
            let Some((length, rule)) = self.at(text, rest) else {
                pieces.push(piece);
                rest = &rest[1..];
                continue;
            };
            let (start, end) = (piece.start, rest[length - 1].end);
            rest = &rest[length..];
            match rule {
                Rule::Whole { kind, proposed } => {
                    pieces.push(Piece { proposed: *proposed, ..Piece::new(start, end, *kind) });
                }
                Rule::Parts(parts) => {
                    pieces.extend(parts.iter().scan(start, |at, &(bytes, kind, proposed)| {
                        let piece = Piece { proposed, ..Piece::new(*at, *at + bytes, kind) };
                        *at += bytes;
                        Some(piece)
                    }));
                }
            }
        }
    }

    /// The rule for what begins with the first of `pieces`, and how many of them it takes; the longest, where there
    /// are several.
    fn at(&self, text: &str, pieces: &[Piece]) -> Option<(usize, &Rule)> {
        let start = pieces.first()?.start;
        let rest = text.get(start as usize..)?;
        let first = rest.chars().next()?;
        self.rules
            .range(first.to_string()..)
            .take_while(|(form, _)| form.starts_with(first))
            .filter(|(form, _)| rest.starts_with(form.as_str()))
            .filter_map(|(form, rule)| {
                let end = start + form.len() as u32;
                let last = pieces.iter().position(|piece| piece.end >= end)?;
                (pieces[last].end == end).then_some((last + 1, rule))
            })
            .last()
    }
}

/// What a word is by itself, and whether no dictionary has it.
fn nature(text: &str, dictionary: Dictionary) -> (Kind, bool) {
    if let Some((kind, _)) = listed(text) {
        return (kind, !dictionary.has(text));
    }
    let mut kinds = text.chars().map(kind_of);
    let kind = kinds.next().filter(|&first| kinds.all(|kind| kind == first)).unwrap_or(Kind::Word);
    (kind, kind == Kind::Word && !dictionary.has(text))
}
