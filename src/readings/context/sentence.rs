//! A sentence as the model sees it: its hanzi, and where its words begin and end.
//!
//! Built once a sentence and asked for every doubtful hanzi in it. Digits, letters and the marks that end a
//! sentence are folded together, because 3点 and 8点 teach the same.

use super::features::mix;

/// One sentence, in characters. Its buffers are kept, so that reading an article allocates once.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    text: String,
    places: Vec<usize>,
    pub(super) chars: Vec<char>,
    pub(super) folded: Vec<u32>,
    pub(super) tokens: Vec<(usize, usize)>,
    /// The hash of each token's text: a feature of each of its hanzi, so it is worked out once.
    pub(super) hashes: Vec<u64>,
}

impl Sentence {
    /// Forgets what it held.
    pub fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
        self.chars.clear();
        self.folded.clear();
        self.tokens.clear();
        self.hashes.clear();
    }

    /// Adds the next token.
    pub fn push(&mut self, token: &str) {
        let start = self.chars.len();
        for (at, c) in token.char_indices() {
            self.places.push(self.text.len() + at);
            self.chars.push(c);
            self.folded.push(fold(c));
        }
        self.text.push_str(token);
        self.tokens.push((start, self.chars.len()));
        self.hashes.push(hash(&self.folded[start..]));
    }

    /// Its characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Its tokens: where each begins and ends, in characters.
    #[must_use]
    pub fn tokens(&self) -> &[(usize, usize)] {
        &self.tokens
    }

    /// The text from one character up to another.
    #[must_use]
    pub fn between(&self, start: usize, end: usize) -> &str {
        let place = |at: usize| self.places.get(at).copied().unwrap_or(self.text.len());
        self.text.get(place(start)..place(end)).unwrap_or_default()
    }
}

/// A token's text, folded, as one number.
fn hash(folded: &[u32]) -> u64 {
    folded.iter().fold(5, |hash, &c| mix(hash, u64::from(c)))
}

fn fold(c: char) -> u32 {
    u32::from(match c {
        '0'..='9' | '０'..='９' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        '!' | '！' | '?' | '？' | '；' | ';' => '。',
        ',' => '，',
        _ => c,
    })
}
