//! jieba-rs over a learner's word list: text becomes pieces that a dictionary has.
//!
//! Without jieba's hidden Markov model: it invents words, and its inventions made half of the cuts through
//! words on tagged news (0.62 % of tokens with it, 0.49 % without, on jieba's own list; 0.15 % with this list).

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use jieba_rs::Jieba;

use crate::hanzi::CharSet;
use crate::tokens::Kind;
use crate::tokens::amend::Amendments;
use crate::tokens::pieces::{Laid, Nature, kind_of};

static LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));

static TOTAL: &str = include_str!(concat!(env!("OUT_DIR"), "/words-total.txt"));

/// The word list as it was built, `word frequency tag` a line: for `tools/segmentation`, which corrects it.
#[must_use]
pub fn word_list() -> &'static str {
    LIST
}

/// The word list, loaded when it is needed.
///
/// Loading all of it takes some 20 ms. The first text, if it is an article and no book, is cut with the words that
/// its characters can make, 2 ms; their paths are the same, since the frequency of the rest is kept. From the
/// second text on the whole list is worth its price.
#[derive(Debug, Default)]
pub(super) struct WordList {
    whole: OnceLock<Words>,
    asked: AtomicBool,
    amendments: Amendments,
}

impl WordList {
    /// The list with the learner's own words.
    pub(super) fn with(amendments: Amendments) -> Self {
        Self { amendments, ..Self::default() }
    }

    /// The learner's amendments.
    pub(super) fn amendments(&self) -> &Amendments {
        &self.amendments
    }

    /// The words to cut `text` with.
    pub(super) fn for_text(&self, text: &str) -> Loaded<'_> {
        let first = !self.asked.swap(true, Memory::Relaxed);
        if first && text.len() < AN_ARTICLE && self.whole.get().is_none() {
            Loaded::Part(Box::new(Words::of(&part(text), &self.amendments)))
        } else {
            Loaded::Whole(self.whole.get_or_init(|| Words::of(LIST.as_bytes(), &self.amendments)))
        }
    }
}

/// The kind of a word of the list, and whether no dictionary has it.
pub(super) fn listed(word: &str) -> Option<(Kind, bool)> {
    tag(word).map(|tag| (kind_of_tag(tag), tag == b'j'))
}

/// The nature of a word of the list, or of a hanzi outside it.
pub(super) fn nature(word: &str) -> Nature {
    match entry(word) {
        Some((tag, level)) => Nature { kind: kind_of_tag(tag), level, proposed: tag == b'j' },
        None => Nature::of(Kind::Word),
    }
}

/// Whether a word of the list is the name of one person, and none that many bear.
pub(super) fn is_one_person(word: &str) -> bool {
    tag(word) == Some(b'p')
}

/// 2 ln(frequency) of a word of the list, 0 for anything else.
pub(super) fn level(word: &str) -> u8 {
    listed_level(word).unwrap_or(0)
}

/// The same of a word of the list alone.
pub(super) fn listed_level(word: &str) -> Option<u8> {
    entry(word).map(|(_, level)| level)
}

/// The tag of a word of the list.
fn tag(word: &str) -> Option<u8> {
    entry(word).map(|(tag, _)| tag)
}

/// The tag of a word of the list, and its level.
fn entry(word: &str) -> Option<(u8, u8)> {
    let (form, rest) = LIST.get(place(word)..)?.lines().next()?.split_once(' ')?;
    let (_, tags) = rest.split_once(' ').filter(|_| form == word)?;
    read_tags(tags)
}

/// A tag and a level, as the build writes them one behind the other.
fn read_tags(tags: &str) -> Option<(u8, u8)> {
    let [tag @ (b'w' | b'i' | b'p' | b'n' | b's' | b'o' | b'j'), level] = *tags.as_bytes() else {
        return None;
    };
    Some((tag, char::from(level).to_digit(36).unwrap_or(0) as u8))
}

/// Where the line of a word stands in the list, or would stand.
fn place(word: &str) -> usize {
    // Lines are in the order of their words' bytes: halve until one is left.
    let list = LIST.as_bytes();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = list[start..].split(|&b| b == b'\n').next().unwrap_or_default();
        let form = line.split(|&b| b == b' ').next().unwrap_or_default();
        if form < word.as_bytes() { low = start + line.len() + 1 } else { high = start }
    }
    low
}

fn kind_of_tag(tag: u8) -> Kind {
    match tag {
        b'i' => Kind::Idiom,
        b'p' | b'n' => Kind::Person,
        b's' => Kind::Place,
        b'o' => Kind::Organisation,
        _ => Kind::Word,
    }
}

/// Longer texts are cut with the whole list at once.
const AN_ARTICLE: usize = 100_000;

/// jieba has some 60 bytes for each word of what it cuts, so it is given a book by so many bytes and the rest of the
/// line.
const AT_A_TIME: usize = 1 << 16;

/// The whole list or a part of it.
pub(super) enum Loaded<'l> {
    /// The list for all texts.
    Whole(&'l Words),
    /// The words that can stand in one text.
    Part(Box<Words>),
}

impl Deref for Loaded<'_> {
    type Target = Words;

    fn deref(&self) -> &Words {
        match self {
            Self::Whole(words) => words,
            Self::Part(words) => words,
        }
    }
}

/// The lines of the list whose every character stands in `text`, and one that no text holds with the frequency of
/// all the others: jieba weighs a word by its share of the whole.
fn part(text: &str) -> Vec<u8> {
    let present: BTreeSet<char> = text.chars().collect();
    let set = CharSet::new(present.iter().copied());
    // The set knows the basic plane alone; that a word of another is taken in vain does no harm.
    let has = |c: char| set.contains(c) || c > '\u{FFFF}';
    let mut lines = String::with_capacity(1 << 18);
    let (mut all, mut kept): (u64, u64) = (TOTAL.trim().parse().unwrap_or(0), 0);
    for &first in &present {
        let begin = LIST.get(place(first.encode_utf8(&mut [0; 4]))..).unwrap_or_default();
        for line in begin.split_inclusive('\n').take_while(|line| line.starts_with(first)) {
            let mut chars = line.char_indices();
            let Some((end, ' ')) = chars.find(|&(_, c)| !has(c) || c == ' ') else { continue };
            lines.push_str(line);
            kept += line[end + 1..].split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        }
    }
    all = all.saturating_sub(kept).max(1);
    lines.push_str(&format!("\u{10FFFD} {all} -\n"));
    lines.into_bytes()
}

/// Words, loaded.
#[derive(Debug)]
pub(super) struct Words {
    jieba: Jieba,
}

impl Words {
    fn of(mut lines: &[u8], amendments: &Amendments) -> Self {
        let mut jieba = Jieba::with_dict(&mut lines).expect("the build writes `word frequency tag` lines");
        for (word, frequency, tag) in amendments.words() {
            jieba.add_word(word, Some(frequency), Some(tag));
        }
        Self { jieba }
    }

    /// Lays the pieces of what follows, up to byte `end`.
    pub(super) fn cut(&self, end: usize, laid: &mut Laid<'_>) {
        let text = laid.text().get(..end).unwrap_or_default();
        while laid.end() < text.len() {
            let from = laid.end();
            // No word goes across a line's end.
            let enough = text.as_bytes().get(from + AT_A_TIME..).unwrap_or_default();
            let to = enough
                .iter()
                .position(|&byte| byte == b'\n')
                .map_or(text.len(), |at| from + AT_A_TIME + at + 1);
            for tagged in self.jieba.tag(&text[from..to], false) {
                match read_tags(tagged.tag) {
                    Some((tag, level)) => {
                        let nature = Nature { kind: kind_of_tag(tag), level, proposed: tag == b'j' };
                        laid.to(from + tagged.byte_end, nature);
                    }
                    None => runs(tagged.word, laid),
                }
            }
        }
    }
}

/// Lays out the text outside the list: runs of digits and of letters, and every other character by itself.
fn runs(text: &str, laid: &mut Laid<'_>) {
    let mut last = None;
    let base = laid.end();
    for (at, c) in text.char_indices() {
        let kind = kind_of(c);
        let end = base + at + c.len_utf8();
        if last == Some(kind) && matches!(kind, Kind::Number | Kind::Latin) {
            laid.on_to(end);
        } else {
            laid.to(end, Nature::of(kind));
        }
        last = Some(kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::pieces::Pieces;

    #[test]
    fn a_part_of_the_list_cuts_as_the_whole_does() {
        let text = "在激烈的竞争中，公司们会出现又消失，但是一直存在。年仅28岁的华裔天才官宣加入，掀翻牌桌！研究生命的起源。";
        let list = WordList::default();
        let cut = |words: &Words| Pieces::lay(text, |laid| words.cut(text.len(), laid));
        let first = list.for_text(text);
        assert!(matches!(first, Loaded::Part(_)));
        let second = list.for_text(text);
        assert!(matches!(second, Loaded::Whole(_)));
        assert_eq!(cut(&first), cut(&second));
    }

    #[test]
    fn a_word_is_found_in_the_list() {
        let lines: Vec<&str> = word_list().lines().collect();
        for line in [lines[0], lines[1], lines[lines.len() / 3], lines[lines.len() - 1]] {
            let mut fields = line.split(' ');
            let word = fields.next().expect("a word");
            let tag = fields.nth(1).and_then(|tag| tag.bytes().next()).expect("a tag");
            assert_eq!(listed(word), Some((kind_of_tag(tag), tag == b'j')), "{word}");
        }
        assert_eq!(listed("公司"), Some((Kind::Word, false)));
        assert_eq!(listed("硅谷"), Some((Kind::Place, false)));
        assert!(
            [listed("公"), listed("公司司"), listed(""), listed("zzz")].iter().skip(1).all(Option::is_none)
        );
    }

    #[test]
    fn the_total_is_the_sum() {
        let sum: u64 = word_list().lines().filter_map(|l| l.split(' ').nth(1)?.parse::<u64>().ok()).sum();
        assert_eq!(TOTAL.trim().parse(), Ok(sum));
    }
}
