//! Amendments by the learner: one word, several, a name, or none at all. They overrule every other rule.
//!
//! Two steps. A word that the list lacks is cut by as if the list had it, so that the neighbours are weighed too:
//! 印刷榜单 stays 印刷 and 榜单 though 刷榜 is a word now. And wherever whole tokens together are just what the
//! learner named, they become what the learner said, whatever had joined or split them.

use std::collections::BTreeMap;

use crate::dictionary::{Dictionary, Shadow};
use crate::hanzi::is_hanzi;
use crate::tokens::Kind;
use crate::tokens::jieba::listed;
use crate::tokens::pieces::{Nature, Piece, Pieces, kind_of};

/// Changes to how text is cut, by the learner. Of two about one text the later one counts.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    rules: BTreeMap<String, Rule>,
}

#[derive(Clone, Debug)]
enum Rule {
    /// One token.
    Whole(Nature),
    /// Several: how many characters each has, and what it is.
    Parts(Vec<(usize, Nature)>),
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
        let text = Shadow::of(text).into_simple();
        let nature = kind.map_or_else(|| nature(&text, dictionary), Nature::of);
        self.rules.insert(text.into_owned(), Rule::Whole(nature));
    }

    /// Never makes one token of these parts together.
    pub fn split(&mut self, parts: &[String], dictionary: Dictionary) {
        let text = parts.concat();
        let shadow = Shadow::of(&text).into_simple().into_owned();
        let mut start = 0;
        let mut lengths = Vec::with_capacity(parts.len());
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let form = shadow.get(start..start + part.len()).unwrap_or(part);
            lengths.push((part.chars().count(), nature(form, dictionary)));
            start += part.len();
        }
        self.rules.insert(shadow, Rule::Parts(lengths));
    }

    /// Words to cut with that the list lacks: text, frequency, tag.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, usize, &'static str)> {
        self.rules.iter().filter_map(|(text, rule)| {
            let Rule::Whole(nature) = rule else { return None };
            let tag = match nature.kind {
                Kind::Person => "ph",
                Kind::Place => "sh",
                Kind::Organisation => "oh",
                Kind::Word => "wh",
                Kind::Idiom => "ih",
                _ => return None,
            };
            (listed(text).is_none() && text.chars().all(is_hanzi)).then_some((text.as_str(), FREQUENCY, tag))
        })
    }

    /// Puts the pieces of a text right.
    pub(super) fn apply(&self, pieces: &mut Pieces<'_>) {
        if self.is_empty() {
            return;
        }
        pieces.rework(|cursor| match self.at(cursor.text(), cursor.rest()) {
            Some((count, Rule::Whole(nature))) => cursor.join(count, *nature),
            Some((count, Rule::Parts(parts))) => {
                cursor.gather(count);
                let Some(((_, last), first)) = parts.split_last() else { return };
                first.iter().for_each(|&(chars, nature)| cursor.split_off(chars, nature));
                cursor.is(*last);
            }
            None => {}
        });
    }

    /// The rule for what begins with the first of `pieces`, and how many of them it takes; the longest, where there
    /// are several.
    fn at(&self, text: &str, pieces: &[Piece]) -> Option<(usize, &Rule)> {
        let start = pieces.first()?.start();
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        self.rules
            .range(first.to_string()..)
            .take_while(|(form, _)| form.starts_with(first))
            .filter(|(form, _)| rest.starts_with(form.as_str()))
            .filter_map(|(form, rule)| {
                let end = start + form.len();
                let last = pieces.iter().position(|piece| piece.end() >= end)?;
                (pieces[last].end() == end).then_some((last + 1, rule))
            })
            .last()
    }
}

/// The nature of a word by itself.
fn nature(text: &str, dictionary: Dictionary) -> Nature {
    if let Some((kind, _)) = listed(text) {
        return Nature { proposed: !dictionary.has(text), ..Nature::of(kind) };
    }
    let mut kinds = text.chars().map(kind_of);
    let kind = kinds.next().filter(|&first| kinds.all(|kind| kind == first)).unwrap_or(Kind::Word);
    Nature { proposed: kind == Kind::Word && !dictionary.has(text), ..Nature::of(kind) }
}
