//! How the derived tables pack what they hold: the words of a sentence, of an article, the tally of a word.
//!
//! Why packed: twenty million occurrences as rows with an index would make each new article pay for all that
//! came before. Packed, an article appends a few pages. Numbers are LEB128, seven bits a byte, low bits first.
//! Derived, so a change of form needs no more than a rebuild.

mod codes;

use codes::{CODES_OF_EVIDENCE, CODES_OF_KINDS, EVIDENCES, KINDS, code_of_evidence, code_of_kind};

use super::Fault;
use crate::tokens::Kind;
use crate::words::Evidence;

/// The kind and evidence of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    pub kind: Kind,
    pub evidence: Evidence,
    pub sure: bool,
    pub proposed: bool,
}

/// One word of a sentence: bytes `start..end` of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceWord {
    pub start: usize,
    pub end: usize,
    pub word: i64,
    pub marks: Marks,
}

/// One word of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub word: i64,
    pub count: u32,
    pub marks: Marks,
}

/// A sentence that a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub article: i64,
    pub sentence: u32,
}

/// The sum of a word's occurrences in all articles; whatever was added can be taken out again exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Occurrences of each kind.
    kinds: [u32; CODES_OF_KINDS],
    /// Articles with each evidence as their best.
    evidences: [u32; CODES_OF_EVIDENCE],
    /// Articles in which it is sure.
    sure: u32,
    /// Articles that propose it.
    proposed: u32,
}

impl Marks {
    fn code(self) -> u64 {
        let (kind, evidence) =
            (u64::from(code_of_kind(self.kind)), u64::from(code_of_evidence(self.evidence)));
        // The common case, sure and not proposed, fits one byte.
        u64::from(self.proposed) << 8 | u64::from(!self.sure) << 7 | kind << 3 | evidence
    }

    #[inline]
    fn from_code(code: u64) -> Option<Self> {
        let low = |bits: u64| usize::try_from(bits).ok();
        Some(Self {
            kind: (*KINDS.get(low(code >> 3 & 15)?)?)?,
            evidence: (*EVIDENCES.get(low(code & 7)?)?)?,
            sure: code >> 7 & 1 == 0,
            proposed: code >> 8 & 1 == 1,
        })
    }
}

impl Tally {
    /// Counts one article in.
    pub fn add(&mut self, entry: &Entry) {
        self.change(entry, u32::saturating_add);
    }

    /// Counts one article out.
    pub fn remove(&mut self, entry: &Entry) {
        self.change(entry, u32::saturating_sub);
    }

    fn change(&mut self, entry: &Entry, by: impl Fn(u32, u32) -> u32) {
        let kind = &mut self.kinds[usize::from(code_of_kind(entry.marks.kind))];
        *kind = by(*kind, entry.count);
        let evidence = &mut self.evidences[usize::from(code_of_evidence(entry.marks.evidence))];
        *evidence = by(*evidence, 1);
        self.sure = by(self.sure, u32::from(entry.marks.sure));
        self.proposed = by(self.proposed, u32::from(entry.marks.proposed));
    }

    /// The marks of most occurrences, with the best evidence of any article; `None` of a word never seen.
    pub fn marks(&self) -> Option<Marks> {
        let seen = EVIDENCES.iter().zip(&self.evidences).filter(|&(_, &n)| n > 0);
        let kinds = KINDS.iter().zip(&self.kinds).rev().filter_map(|(kind, n)| kind.map(|kind| (kind, n)));
        Some(Marks {
            kind: kinds.max_by_key(|&(_, n)| n)?.0,
            evidence: seen.filter_map(|(evidence, _)| *evidence).max()?,
            sure: self.sure > 0,
            proposed: self.proposed > 0,
        })
    }

    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(12);
        let used = |slots: &[u32]| {
            slots.iter().enumerate().filter(|&(_, &n)| n > 0).map(|(at, _)| 1u64 << at).sum::<u64>()
        };
        for slots in [&self.kinds[..], &self.evidences[..]] {
            put(&mut bytes, used(slots));
            slots.iter().filter(|&&n| n > 0).for_each(|&n| put(&mut bytes, n.into()));
        }
        put(&mut bytes, self.sure.into());
        put(&mut bytes, self.proposed.into());
        bytes
    }

    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let mut bytes = Bytes(bytes);
        let mut tally = Self::default();
        bytes.slots(&mut tally.kinds)?;
        bytes.slots(&mut tally.evidences)?;
        tally.sure = bytes.small()?;
        tally.proposed = bytes.small()?;
        Ok(tally)
    }
}

pub fn write_sentence(words: &[SentenceWord]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(words.len() * 6);
    let mut end = 0;
    for word in words {
        put(&mut bytes, word.start.saturating_sub(end) as u64);
        put(&mut bytes, word.end.saturating_sub(word.start) as u64);
        put(&mut bytes, word.word.unsigned_abs());
        put(&mut bytes, word.marks.code());
        end = word.end;
    }
    bytes
}

pub fn read_sentence(bytes: &[u8]) -> Result<Vec<SentenceWord>, Fault> {
    let mut bytes = Bytes(bytes);
    let mut words = Vec::with_capacity(bytes.0.len() / 4);
    let mut end = 0;
    while !bytes.0.is_empty() {
        let start = end + bytes.size()?;
        end = start + bytes.size()?;
        let word = bytes.id()?;
        let marks = Marks::from_code(bytes.take()?).ok_or_else(damaged)?;
        words.push(SentenceWord { start, end, word, marks });
    }
    Ok(words)
}

/// `entries` are sorted by word.
pub fn write_profile(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * 4);
    let mut last = 0;
    for entry in entries {
        put(&mut bytes, (entry.word - last).unsigned_abs());
        put(&mut bytes, entry.count.into());
        put(&mut bytes, entry.marks.code());
        last = entry.word;
    }
    bytes
}

pub fn read_profile(bytes: &[u8]) -> impl Iterator<Item = Result<Entry, Fault>> {
    let mut bytes = Bytes(bytes);
    let mut last = 0;
    std::iter::from_fn(move || {
        if bytes.0.is_empty() {
            return None;
        }
        let mut entry = || {
            last += bytes.id()?;
            let count = bytes.small()?;
            let marks = Marks::from_code(bytes.take()?).ok_or_else(damaged)?;
            Ok(Entry { word: last, count, marks })
        };
        let entry = entry();
        if entry.is_err() {
            bytes.0 = &[];
        }
        Some(entry)
    })
}

/// Tells word, count and kind of each entry of a profile. Six million of them stand between a learner of ten years
/// and the list of their articles, so nothing else is read.
pub fn each_of_profile(bytes: &[u8], mut tell: impl FnMut(usize, u32, Kind)) -> Result<(), Fault> {
    let mut bytes = Bytes(bytes);
    let mut word = 0_usize;
    while !bytes.0.is_empty() {
        let mut entry = || {
            word = word.checked_add(bytes.short()? as usize)?;
            let (count, code) = (bytes.short()?, bytes.short()?);
            Some((count, (*KINDS.get((code >> 3 & 15) as usize)?)?))
        };
        let (count, kind) = entry().ok_or_else(damaged)?;
        tell(word, count, kind);
    }
    Ok(())
}

/// `places` are sorted.
pub fn write_places(places: &[Place]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(places.len() * 3);
    let mut last = 0;
    for place in places {
        put(&mut bytes, (place.article - last).unsigned_abs());
        put(&mut bytes, place.sentence.into());
        last = place.article;
    }
    bytes
}

pub fn read_places(bytes: &[u8]) -> Result<Vec<Place>, Fault> {
    let mut bytes = Bytes(bytes);
    let mut places = Vec::new();
    let mut article = 0;
    while !bytes.0.is_empty() {
        article += bytes.id()?;
        places.push(Place { article, sentence: bytes.small()? });
    }
    Ok(places)
}

/// `offsets` are sorted.
pub fn write_offsets(offsets: &[usize]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(offsets.len() * 2);
    let mut last = 0;
    for &offset in offsets {
        put(&mut bytes, offset.saturating_sub(last) as u64);
        last = offset;
    }
    bytes
}

pub fn read_offsets(bytes: &[u8]) -> Result<Vec<usize>, Fault> {
    let mut bytes = Bytes(bytes);
    let mut offsets = Vec::new();
    let mut last = 0;
    while !bytes.0.is_empty() {
        last += bytes.size()?;
        offsets.push(last);
    }
    Ok(offsets)
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    #[inline]
    fn take(&mut self) -> Result<u64, Fault> {
        // Most numbers are small.
        if let Some((&byte, rest)) = self.0.split_first()
            && byte < 0x80
        {
            self.0 = rest;
            return Ok(u64::from(byte));
        }
        self.take_long()
    }

    fn take_long(&mut self) -> Result<u64, Fault> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or_else(damaged)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(damaged())
    }

    /// A number of at most 32 bits; an `Option`, for the loops in which an error's size would tell.
    #[inline]
    fn short(&mut self) -> Option<u32> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        if byte < 0x80 {
            return Some(u32::from(byte));
        }
        let mut number = u32::from(byte & 0x7F);
        for shift in [7, 14, 21, 28] {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return (shift < 28 || byte < 0x10).then_some(number);
            }
        }
        None
    }

    #[inline]
    fn small(&mut self) -> Result<u32, Fault> {
        u32::try_from(self.take()?).map_err(|_| damaged())
    }

    /// A size or offset: bounded, so that sums of them can't overflow.
    fn size(&mut self) -> Result<usize, Fault> {
        Ok(self.small()? as usize)
    }

    /// A number of a row: bounded likewise.
    #[inline]
    fn id(&mut self) -> Result<i64, Fault> {
        Ok(i64::from(self.small()?))
    }

    fn slots(&mut self, slots: &mut [u32]) -> Result<(), Fault> {
        let used = self.take()?;
        for (at, slot) in slots.iter_mut().enumerate() {
            if used >> at & 1 == 1 {
                *slot = self.small()?;
            }
        }
        Ok(())
    }
}

#[cold]
fn damaged() -> Fault {
    Fault::Corrupt("a packed list of words ends too early or holds an unknown code".to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks() -> impl Strategy<Value = Marks> {
        (0..Kind::ALL.len(), 0..Evidence::ALL.len(), any::<bool>(), any::<bool>()).prop_map(
            |(kind, evidence, sure, proposed)| Marks {
                kind: Kind::ALL[kind],
                evidence: Evidence::ALL[evidence],
                sure,
                proposed,
            },
        )
    }

    /// The codes that libraries have. A line may be added; none may be changed.
    #[test]
    fn codes_are_those_that_libraries_have() {
        let kinds: Vec<String> =
            Kind::ALL.iter().map(|&kind| format!("{} {kind}", code_of_kind(kind))).collect();
        let evidences: Vec<String> = Evidence::ALL
            .iter()
            .map(|&evidence| format!("{} {evidence}", code_of_evidence(evidence)))
            .collect();
        for code in [
            "0 word",
            "1 idiom",
            "2 person",
            "3 place",
            "4 organisation",
            "5 number",
            "6 measure",
            "7 time",
            "8 latin",
            "9 other",
        ] {
            assert!(kinds.iter().any(|kind| kind == code), "{code}: {kinds:?}");
        }
        for code in ["0 character", "1 context", "2 dictionary", "3 article", "4 learner"] {
            assert!(evidences.iter().any(|evidence| evidence == code), "{code}: {evidences:?}");
        }
        // Two of one code would overwrite each other in the tables.
        assert_eq!(KINDS.iter().flatten().count(), Kind::ALL.len());
        assert_eq!(EVIDENCES.iter().flatten().count(), Evidence::ALL.len());
        // By hand: proposed, unsure, a kind, an evidence.
        let marks = Marks { kind: Kind::Person, evidence: Evidence::Article, sure: false, proposed: true };
        assert_eq!(marks.code(), 256 + 128 + (2 << 3) + 3);
        assert_eq!(
            Marks::from_code((9 << 3) + 1).map(|m| (m.kind, m.evidence)),
            Some((Kind::Other, Evidence::Context))
        );
        assert_eq!(Marks::from_code(15 << 3), None);
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(list in prop::collection::vec((0..300usize, 1..40usize, 1..1_000_000i64, 1..500u32, marks()), 0..40)) {
            let (mut words, mut entries, mut places, mut offsets) = (vec![], vec![], vec![], vec![]);
            let (mut at, mut last) = (0, 0);
            for &(gap, length, word, count, marks) in &list {
                words.push(SentenceWord { start: at + gap, end: at + gap + length, word, marks });
                at += gap + length;
                last += word;
                entries.push(Entry { word: last, count, marks });
                places.push(Place { article: last, sentence: count });
                offsets.push(at);
            }
            prop_assert_eq!(&read_sentence(&write_sentence(&words)).expect("words"), &words);
            let read: Result<Vec<Entry>, _> = read_profile(&write_profile(&entries)).collect();
            prop_assert_eq!(&read.expect("a profile"), &entries);
            let mut told = Vec::new();
            each_of_profile(&write_profile(&entries), |word, count, kind| told.push((word, count, kind))).expect("a profile");
            let all: Vec<_> =
                entries.iter().map(|e| (usize::try_from(e.word).expect("natural"), e.count, e.marks.kind)).collect();
            prop_assert_eq!(told, all);
            prop_assert_eq!(&read_places(&write_places(&places)).expect("places"), &places);
            prop_assert_eq!(&read_offsets(&write_offsets(&offsets)).expect("offsets"), &offsets);

            let mut tally = Tally::default();
            entries.iter().for_each(|entry| tally.add(entry));
            prop_assert_eq!(&Tally::read(&tally.write()).expect("a tally"), &tally);
            prop_assert_eq!(tally.marks().is_some(), !entries.is_empty());
            entries.iter().for_each(|entry| tally.remove(entry));
            prop_assert_eq!(tally, Tally::default());
        }

        #[test]
        fn damaged_bytes_are_an_error_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = read_sentence(&bytes);
            let _ = read_profile(&bytes).count();
            let _ = each_of_profile(&bytes, |_, _, _| {});
            let _ = read_places(&bytes);
            let _ = read_offsets(&bytes);
            let _ = Tally::read(&bytes);
        }
    }
}
