//! Sets of characters that are asked of every word of every line, so that the answer, nearly always no, costs little.

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
        text.chars().next().is_some_and(|first| self.contains(first))
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, c: char) -> bool {
        let code = u32::from(c);
        self.0.get((code >> 6) as usize).is_some_and(|bits| bits >> (code & 63) & 1 == 1)
    }
}

/// A list of hanzi as a rule's author wrote it (`classes.txt`, a room's `lists.txt`).
#[derive(Debug)]
pub struct HanziList {
    text: &'static str,
    /// A bit for the lowest ten bits of each: where it is not set, the list need not be searched.
    bits: [u64; 16],
}

impl HanziList {
    /// The list of these.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut bits, mut at, mut code) = ([0; 16], 0, 0);
        while at < bytes.len() {
            // The low bits of a character are those of its last bytes, six in each; ASCII is its byte.
            let byte = bytes[at] as usize;
            code = if byte < 0x80 { byte } else { code << 6 | byte & 63 };
            at += 1;
            if at == bytes.len() || bytes[at] & 0xC0 != 0x80 {
                bits[code >> 6 & 15] |= 1 << (code & 63);
            }
        }
        Self { text, bits }
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.bits[code >> 6 & 15] >> (code & 63) & 1 == 1 && self.text.contains(c)
    }

    /// Whether the text is one of them and nothing else.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        let mut chars = text.chars();
        chars.next().is_some_and(|c| chars.next().is_none() && self.contains(c))
    }

    /// All of them, as they were written.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }
}

/// A list of words as a rule's author wrote it, in that order.
#[derive(Debug)]
pub struct ListedWords {
    words: &'static [&'static str],
    /// A bit for the lowest ten bits of the first character of each: where it is not set, the list need not be searched.
    bits: [u64; 16],
}

impl ListedWords {
    /// The list of these, none of them empty.
    #[must_use]
    pub const fn new(words: &'static [&'static str]) -> Self {
        let (mut bits, mut number) = ([0; 16], 0);
        while number < words.len() {
            let bytes = words[number].as_bytes();
            let mut code = bytes[0] as usize;
            let mut at = 1;
            while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
                code = code << 6 | bytes[at] as usize & 63;
                at += 1;
            }
            bits[code >> 6 & 15] |= 1 << (code & 63);
            number += 1;
        }
        Self { words, bits }
    }

    /// All of them, as they were written.
    #[must_use]
    pub const fn all(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether the text is one of them.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let first = text.chars().next().map_or(0, |c| c as usize);
        self.bits[first >> 6 & 15] >> (first & 63) & 1 == 1 && self.words.contains(&text)
    }
}

impl std::ops::Deref for ListedWords {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_what_was_written() {
        let list = HanziList::new("一A𠀀地é");
        for c in '\0'..=char::MAX {
            assert_eq!(list.contains(c), list.as_str().contains(c), "{c:?}");
        }
        assert!(list.has("地") && !list.has("地一") && !list.has(""));
    }

    #[test]
    fn a_text_is_known_by_its_first_character() {
        let set = CharSet::new("地算𠀀".chars());
        assert!(set.begins("地方") && set.begins("算"));
        assert!(!set.begins("方地") && !set.begins("") && !set.begins("𠀀"));
    }
}
