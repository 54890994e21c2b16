//! Tags of a note: `shengci`, `hsk::{hsk}`, `article::{article}`.

use std::str::FromStr;

use super::title;
use crate::hanzi::{Unseen, seen};

/// A tag, perhaps with places that each note fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagPattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Place(Place),
}

/// The places that can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The list and the level: `2025::4`, `2025::7-9`, `2025::unlisted`.
    Hsk,
    /// The title of the sentence's article.
    Article,
    /// The kind of the word: `word`, `idiom`.
    Kind,
}

/// Why a text is no tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagPatternError {
    /// A brace without its partner, or a place that doesn't exist.
    #[error("“{0}” stands for nothing in a tag; there are {{hsk}}, {{article}} and {{kind}}")]
    Place(String),
    /// Anki's tags have no blanks.
    #[error("the tag “{0}” is empty or has a blank or a quotation mark in it; Anki's tags have none")]
    Blank(String),
    /// There is a character that nobody sees.
    #[error("“{0}” is no tag: {1}")]
    Unseen(String, Unseen),
}

/// The values for the places of a tag.
#[derive(Clone, Debug)]
pub struct Filling<'a> {
    /// For `{hsk}`.
    pub hsk: String,
    /// For `{article}`, if the note has a sentence.
    pub article: Option<&'a str>,
    /// For `{kind}`.
    pub kind: &'static str,
}

impl FromStr for TagPattern {
    type Err = TagPatternError;

    fn from_str(text: &str) -> Result<Self, TagPatternError> {
        if text.is_empty() || text.chars().any(|c| c.is_whitespace() || c == '"') {
            return Err(TagPatternError::Blank(text.to_owned()));
        }
        seen(text).map_err(|unseen| TagPatternError::Unseen(text.to_owned(), unseen))?;
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let unknown = || TagPatternError::Place(rest[at..].to_owned());
            if at > 0 {
                parts.push(Part::Text(rest[..at].to_owned()));
            }
            let end = at + rest[at..].find('}').ok_or_else(unknown)?;
            parts.push(Part::Place(match &rest[at..=end] {
                "{hsk}" => Place::Hsk,
                "{article}" => Place::Article,
                "{kind}" => Place::Kind,
                other => return Err(TagPatternError::Place(other.to_owned())),
            }));
            rest = &rest[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }
}

impl TagPattern {
    /// The tag of one note; none where there is nothing to fill in.
    #[must_use]
    pub fn fill(&self, filling: &Filling<'_>) -> Option<String> {
        let mut tag = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => tag.push_str(text),
                Part::Place(Place::Hsk) => tag.push_str(&filling.hsk),
                Part::Place(Place::Kind) => tag.push_str(filling.kind),
                Part::Place(Place::Article) => tag.push_str(&safe(filling.article?)?),
            }
        }
        Some(tag)
    }
}

/// A title as a part of a tag: no blanks, no quotation marks, no `::` of its own, not endless.
fn safe(title: &str) -> Option<String> {
    let joined: Vec<&str> = title.split(|c: char| c.is_whitespace() || c.is_control() || c == '"').collect();
    let joined = joined.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("_");
    let fit: String = title::fit(&joined).chars().take(60).collect();
    let fit = fit.trim_matches([':', '_']);
    (!fit.is_empty()).then(|| fit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(pattern: &str, article: Option<&str>) -> Option<String> {
        let pattern: TagPattern = pattern.parse().expect("a tag");
        pattern.fill(&Filling { hsk: "2025::4".to_owned(), article, kind: "word" })
    }

    #[test]
    fn places_are_filled() {
        assert_eq!(fill("hsk::{hsk}", None).as_deref(), Some("hsk::2025::4"));
        assert_eq!(fill("x{kind}y", None).as_deref(), Some("xwordy"));
        assert_eq!(
            fill("article::{article}", Some(" “天才” AI::加入\u{3000}\"Meta\" ")).as_deref(),
            Some("article::“天才”_AI:加入_Meta")
        );
        assert_eq!(fill("article::{article}", Some("  ")), None);
        assert_eq!(fill("article::{article}", None), None);
    }

    #[test]
    fn a_place_that_does_not_exist_is_named() {
        for wrong in ["{level}", "a{", "a}b", "{hsk"] {
            assert!(matches!(wrong.parse::<TagPattern>(), Err(TagPatternError::Place(_))), "{wrong}");
        }
        for wrong in ["", "a b", "a\"b"] {
            assert!(matches!(wrong.parse::<TagPattern>(), Err(TagPatternError::Blank(_))), "{wrong}");
        }
    }
}
