//! A stretch of one text, in bytes.
//!
//! Everything that points into an article (a token, an annotation, a sentence) does it with a `Span`, so that
//! there is one way to say "here". There is no char offset beside it: two truths drift apart.

use std::ops::Range;

/// A non-empty stretch of one text: byte offsets that lie on character boundaries of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `range` of `text`, unless it is empty, out of bounds, or cuts a character in two.
    #[must_use]
    pub fn new(text: &str, range: Range<usize>) -> Option<Self> {
        let slice = text.get(range.clone())?;
        if slice.is_empty() {
            return None;
        }
        Some(Self { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// As a range, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text that it covers. `text` is the text that the span was made for; of another text it gives what
    /// stands there, or nothing where that is no text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `inner` lies wholly inside.
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_never_empty_nor_cuts_a_hanzi() {
        let text = "中国";
        assert!(Span::new(text, 0..0).is_none());
        assert!(Span::new(text, 0..2).is_none());
        assert!(Span::new(text, 3..9).is_none());
        assert_eq!(Span::new(text, 3..6).map(|s| s.of(text)), Some("国"));
    }
}
