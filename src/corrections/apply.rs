//! The corrections in force, as the stages apply them.
//!
//! The segmenter is told what is one word and what is several; readings are put in last, over whatever the ladder
//! found, because the learner is its top rung. They are found by headword, and by the hanzi of whole tokens in a row,
//! so that `校长室 xiào zhǎng shì` holds even where the text is cut into 校长 and 室. Later corrections are applied after
//! earlier ones, those within a phrase after those of a word.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Correction;
use crate::dictionary::{Dictionary, Shadow};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Reading, Syllable};
use crate::tokens::{Amendments, Kind};
use crate::words::{Evidence, Occurrence, Rule};

/// The learner's corrections, ready to be applied to texts.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    amendments: Amendments,
    /// By headword: the reading that is wrong, or any, and the right one.
    words: BTreeMap<String, Vec<(Option<Reading>, Reading)>>,
    /// By their first hanzi.
    phrases: BTreeMap<char, Vec<Phrase>>,
}

/// A stretch of hanzi of which some, or all, are read so.
#[derive(Clone, Debug)]
struct Phrase {
    hanzi: Vec<char>,
    /// From this one of them on.
    first: usize,
    syllables: Vec<Syllable>,
    /// Only where it begins and ends with tokens.
    whole: bool,
}

/// A hanzi of the text: whose it is.
struct Place {
    hanzi: char,
    occurrence: usize,
    syllable: usize,
    begins: bool,
    /// Whether the hanzi before it stands just before it.
    joined: bool,
}

/// A form that was typed in traditional hanzi, as the words of a text are.
fn simple(form: &str, dictionary: Dictionary) -> Cow<'_, str> {
    if dictionary.has(form) { Cow::Borrowed(form) } else { Shadow::of(form).into_simple() }
}

impl Corrections {
    /// The corrections of a list, oldest first, ready to be applied.
    #[must_use]
    pub fn new<'c>(list: impl IntoIterator<Item = &'c Correction>, dictionary: Dictionary) -> Self {
        let mut corrections = Self::default();
        let mut within = Vec::new();
        for correction in list {
            match correction {
                Correction::Reading { headword, from, to } => {
                    let form = simple(headword.as_str(), dictionary);
                    corrections.words.entry(form.to_string()).or_default().push((from.clone(), to.clone()));
                    // A lone hanzi is always a token or a part of one: its reading is a matter of the word.
                    if from.is_none() && to.syllables().len() > 1 {
                        corrections.add_phrase(&form, 0, to, true);
                    }
                }
                Correction::ReadingIn { phrase, headword, to } => {
                    let phrase = simple(phrase, dictionary);
                    if let Some(at) = phrase.find(&*simple(headword.as_str(), dictionary)) {
                        let first = crate::hanzi::count(&phrase[..at]);
                        within.push((phrase, first, to));
                    }
                }
                Correction::Split { parts } => corrections.amendments.split(parts, dictionary),
                Correction::Join { text } => corrections.amendments.join(text, None, dictionary),
                Correction::Name { text, kind } => {
                    corrections.amendments.join(text, Some(*kind), dictionary);
                }
                Correction::Ignore { text } => {
                    corrections.amendments.join(text, Some(Kind::Other), dictionary);
                }
                // Cards alone have senses.
                Correction::Sense { .. } => {}
            }
        }
        for (phrase, first, to) in within {
            corrections.add_phrase(&phrase, first, to, false);
        }
        corrections
    }

    fn add_phrase(&mut self, phrase: &str, first: usize, to: &Reading, whole: bool) {
        let hanzi: Vec<char> = phrase.chars().filter(|&c| is_hanzi(c)).collect();
        let Some(&key) = hanzi.first() else { return };
        let syllables = to.syllables().to_vec();
        self.phrases.entry(key).or_default().push(Phrase { hanzi, first, syllables, whole });
    }

    /// The amendments that the segmenter needs.
    #[must_use]
    pub fn amendments(&self) -> Amendments {
        self.amendments.clone()
    }

    /// Puts the readings of a text right.
    pub fn put_right(&self, occurrences: &mut [Occurrence]) {
        if !self.words.is_empty() {
            for occurrence in &mut *occurrences {
                let Some(rules) = self.words.get(occurrence.key.headword.as_str()) else { continue };
                for (from, to) in rules {
                    if from.as_ref().is_none_or(|from| *from == occurrence.key.reading) {
                        Arc::make_mut(&mut occurrence.key).reading = to.clone();
                        occurrence.evidence = Evidence::Learner;
                        occurrence.rule = Rule::Learner;
                        occurrence.sure = true;
                    }
                }
            }
        }
        if !self.phrases.is_empty() {
            self.put_phrases_right(occurrences);
        }
    }

    fn put_phrases_right(&self, occurrences: &mut [Occurrence]) {
        let places = places(occurrences);
        let mut said: BTreeMap<usize, Vec<Syllable>> = BTreeMap::new();
        for at in 0..places.len() {
            let Some(phrases) = self.phrases.get(&places[at].hanzi) else { continue };
            for phrase in phrases {
                let Some(here) = places.get(at..at + phrase.hanzi.len()) else { continue };
                let alike = here.iter().map(|place| place.hanzi).eq(phrase.hanzi.iter().copied())
                    && here[1..].iter().all(|place| place.joined);
                let ends = places.get(at + phrase.hanzi.len()).is_none_or(|next| next.begins);
                if !alike || (phrase.whole && !(here[0].begins && ends)) {
                    continue;
                }
                for (place, &syllable) in here[phrase.first..].iter().zip(&phrase.syllables) {
                    let ours = || occurrences[place.occurrence].key.reading.syllables().to_vec();
                    let syllables = said.entry(place.occurrence).or_insert_with(ours);
                    if let Some(slot) = syllables.get_mut(place.syllable) {
                        *slot = syllable;
                    }
                }
            }
        }
        for (occurrence, syllables) in said {
            let occurrence = &mut occurrences[occurrence];
            let Ok(reading) = Reading::new(&occurrence.key.headword, syllables) else { continue };
            Arc::make_mut(&mut occurrence.key).reading = reading;
            // Of a longer word the learner has looked at a part only, but at the one that asked for it.
            occurrence.evidence = Evidence::Learner;
            occurrence.rule = Rule::Learner;
            occurrence.sure = true;
        }
    }
}

/// The hanzi of all words, in their dictionary forms.
fn places(occurrences: &[Occurrence]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut end = None;
    for (occurrence, word) in occurrences.iter().enumerate() {
        let mut joined = end == Some(word.span.start());
        let mut begins = true;
        let mut syllable = 0;
        for c in word.key.headword.as_str().chars() {
            if is_hanzi(c) {
                places.push(Place { hanzi: c, occurrence, syllable, begins, joined });
                (syllable, joined) = (syllable + 1, true);
            } else {
                joined = false;
            }
            begins = false;
        }
        end = Some(word.span.end());
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hanzi::Headword;
    use crate::pinyin::write;
    use crate::span::Span;
    use crate::words::WordKey;

    /// `队/dui4 长/chang2 ，`: tokens with their readings; others are left out, as in a text.
    fn words(written: &str) -> Vec<Occurrence> {
        let text: String = written.split(' ').filter_map(|token| token.split('/').next()).collect();
        let mut at = 0;
        let mut occurrences = Vec::new();
        for token in written.split(' ') {
            let (form, pinyin) = token.split_once('/').unwrap_or((token, ""));
            let span = Span::new(&text, at..at + form.len()).expect("a token");
            at += form.len();
            if let Ok(headword) = Headword::new(form) {
                let reading = Reading::parse(form, &pinyin.replace('+', " ")).expect("a reading");
                occurrences.push(Occurrence {
                    span,
                    kind: Kind::Word,
                    key: Arc::new(WordKey { headword, reading }),
                    evidence: Evidence::Context,
                    rule: Rule::Sentence,
                    sure: false,
                    proposed: false,
                });
            }
        }
        occurrences
    }

    fn word(text: &str) -> Headword {
        Headword::new(text).expect("a headword")
    }

    fn reading(text: &str, from: Option<&str>, to: &str) -> Correction {
        let parse = |pinyin| Reading::parse(text, pinyin).expect("a reading");
        Correction::Reading { headword: word(text), from: from.map(parse), to: parse(to) }
    }

    fn within(phrase: &str, text: &str, to: &str) -> Correction {
        let to = Reading::parse(text, to).expect("a reading");
        Correction::ReadingIn { phrase: phrase.to_owned(), headword: word(text), to }
    }

    /// The readings; a star behind those that the learner gave.
    fn put_right(list: &[Correction], written: &str) -> String {
        let mut occurrences = words(written);
        Corrections::new(list, Dictionary::embedded()).put_right(&mut occurrences);
        let show = |o: &Occurrence| {
            assert_eq!(o.sure, o.evidence == Evidence::Learner, "{o:?}");
            let star = if o.evidence == Evidence::Learner { "*" } else { "" };
            format!("{}{star}", write::numbered(o.key.reading.syllables()).replace(' ', "+"))
        };
        occurrences.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_is_read_as_the_learner_says() {
        let list = [reading("银行", None, "yin2 hang2")];
        assert_eq!(
            put_right(&list, "银行/yin2+xing2 大/da4 银行家/yin2+xing2+jia1"),
            "yin2+hang2* da4 yin2+xing2+jia1"
        );
        let only = [reading("长", Some("chang2"), "zhang3")];
        assert_eq!(put_right(&only, "长/chang2 长/chang4"), "zhang3* chang4");
    }

    #[test]
    fn the_later_correction_counts() {
        let list = [
            reading("行", None, "hang2"),
            reading("行", Some("hang2"), "xing2"),
            reading("行", Some("hang2"), "heng2"),
        ];
        assert_eq!(put_right(&list, "行/xing2"), "xing2*");
    }

    #[test]
    fn a_word_that_is_cut_apart_is_still_read_so() {
        let list = [reading("校长室", None, "xiao4 zhang3 shi4")];
        assert_eq!(put_right(&list, "校长/xiao4+chang2 室/shi4"), "xiao4+zhang3* shi4*");
        assert_eq!(
            put_right(&list, "校/xiao4 长/chang2 ， 室/shi4"),
            "xiao4 chang2 shi4",
            "not over a comma"
        );
        assert_eq!(put_right(&list, "学校/xue2+xiao4 长/chang2 室/shi4"), "xue2+xiao4 chang2 shi4");
    }

    #[test]
    fn within_a_phrase_only() {
        let list = [within("队长", "长", "zhang3")];
        assert_eq!(put_right(&list, "队/dui4 长/chang2 很/hen3 长/chang2"), "dui4 zhang3* hen3 chang2");
        assert_eq!(put_right(&list, "中队长/zhong1+dui4+chang2"), "zhong1+dui4+zhang3*");
        let all = [within("队长", "长", "zhang3"), reading("长", None, "chang4")];
        assert_eq!(put_right(&all, "队/dui4 长/chang2 长/chang2"), "dui4 zhang3* chang4*");
    }

    #[test]
    fn nothing_is_changed_without_a_correction() {
        assert_eq!(put_right(&[], "队/dui4 长/chang2"), "dui4 chang2");
        let missing = [within("没有这个", "长", "zhang3")];
        assert_eq!(put_right(&missing, "没有/mei2+you3 长/chang2"), "mei2+you3 chang2");
    }
}
