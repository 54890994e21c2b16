//! A set of characters that is asked of every word: whether anything is known of words that begin so.

/// Characters of the basic plane, a bit for each.
#[derive(Clone, Debug)]
pub struct CharSet(Box<[u64; 1024]>);

impl CharSet {
    /// The set of these. Characters beyond the basic plane count as one that is in no set.
    #[must_use]
    pub fn new(chars: impl IntoIterator<Item = char>) -> Self {
        let mut bits = Box::new([0; 1024]);
        for c in chars.into_iter().map(u32::from).filter(|c| *c < 1 << 16) {
            bits[(c >> 6) as usize] |= 1 << (c & 63);
        }
        Self(bits)
    }

    /// Whether a text begins with one of them.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        let first = text.chars().next().map_or(0, u32::from);
        self.0.get((first >> 6) as usize).is_some_and(|bits| bits >> (first & 63) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_by_its_first_character() {
        let set = CharSet::new("地算𠀀".chars());
        assert!(set.begins("地方") && set.begins("算"));
        assert!(!set.begins("方地") && !set.begins("") && !set.begins("𠀀"));
    }
}
