//! A text is read sentence by sentence: what stands nearby is asked of the model first, then every place climbs the ladder.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::fast::RandomState;
use smallvec::SmallVec;

use super::context::network::{REACH, States};
use super::context::{Model, Said, Sentence};
use super::ladder::{Rung, climb};
use super::place::{Known, Pending, Place, Readings, is_particle};
use super::verdict::Verdict;
use super::{beside, lists, written};
use crate::annotated::{AnnotatedText, Annotation};
use crate::dictionary::{Dictionary, Shadow, Word};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, Syllable, Tone, listed};
use crate::tokens::{Kind, Token, Tokens};
use crate::words::{Occurrence, WordKey};

/// The characters beyond which a sentence is read in parts, each of which ends at something that is no word.
const LONGEST: usize = 400;
/// The characters beyond which a part ends anywhere.
const ENDLESS: usize = 4000;

/// Where the hanzi nearby give all readings of a traditional form together less than this, the form was put for another by a
/// program that converts: 皮膚都幹了, 彆著急. On sentences converted by OpenCC each of the 22 below it is such a one.
const MISWRITTEN: f32 = 0.005;

/// The words of a text, in its order.
#[must_use]
pub fn read(text: &AnnotatedText, tokens: &Tokens, dictionary: Dictionary) -> Vec<Occurrence> {
    read_by(Model::embedded(), text, tokens, dictionary)
}

/// The same by the shadow of the text that is there already.
#[must_use]
pub fn read_as(
    text: &AnnotatedText,
    shadow: &Shadow<'_>,
    tokens: &Tokens,
    dictionary: Dictionary,
) -> Vec<Occurrence> {
    read_telling(Model::embedded(), text, shadow, tokens, dictionary, |_, _, _| ())
}

/// The same by another model: the trainer measures models that were not taught what they are asked.
#[must_use]
pub fn read_by(
    model: Model,
    text: &AnnotatedText,
    tokens: &Tokens,
    dictionary: Dictionary,
) -> Vec<Occurrence> {
    read_telling(model, text, &Shadow::of(text.text()), tokens, dictionary, |_, _, _| ())
}

/// The same; `answered` is told of each token, rung and verdict.
pub(super) fn read_telling(
    model: Model,
    text: &AnnotatedText,
    shadow: &Shadow<'_>,
    tokens: &Tokens,
    dictionary: Dictionary,
    answered: impl FnMut(Token, &Rung, &Verdict),
) -> Vec<Occurrence> {
    let mut reader = Reader {
        text: shadow.simple(),
        written: shadow.text(),
        annotations: text.annotations(),
        dictionary,
        model,
        answered,
        sentence: Sentence::default(),
        pending: Vec::new(),
        hanzi: Vec::new(),
        doubts: Vec::new(),
        states: States::default(),
        met: Met::default(),
        occurrences: Vec::with_capacity(tokens.as_slice().len()),
    };
    for token in tokens.iter() {
        reader.push(*token);
    }
    reader.finish();
    reader.occurrences
}

/// A form, and the words that it was read as.
type Words = (Headword, SmallVec<[Arc<WordKey>; 1]>);

/// The words of the text so far, by how they are written there: most come again and again, and each is kept once.
#[derive(Default)]
struct Met<'t>(HashMap<&'t str, Words, RandomState>);

impl<'t> Met<'t> {
    /// The word of this form that is read so.
    fn key(&mut self, form: &'t str, syllables: &[Syllable]) -> Option<Arc<WordKey>> {
        let (headword, keys) = match self.0.entry(form) {
            Entry::Occupied(met) => met.into_mut(),
            Entry::Vacant(new) => new.insert((Headword::new(form).ok()?, SmallVec::new())),
        };
        if let Some(key) = keys.iter().find(|key| key.reading.syllables() == syllables) {
            return Some(Arc::clone(key));
        }
        let reading = Reading::new(headword, syllables).ok()?;
        let key = Arc::new(WordKey { headword: headword.clone(), reading });
        keys.push(Arc::clone(&key));
        Some(key)
    }
}

struct Reader<'t, F> {
    /// The text in simplified hanzi, in which all is looked up.
    text: &'t str,
    /// The text as it is written.
    written: &'t str,
    annotations: &'t [Annotation],
    dictionary: Dictionary,
    model: Model,
    answered: F,
    sentence: Sentence,
    pending: Vec<Pending>,
    hanzi: Vec<Known>,
    /// Which of these the whole sentence has to settle, and where they stand.
    doubts: Vec<(usize, usize)>,
    states: States,
    met: Met<'t>,
    occurrences: Vec<Occurrence>,
}

impl<'t, F: FnMut(Token, &Rung, &Verdict)> Reader<'t, F> {
    fn push(&mut self, token: Token) {
        let form = token.span.of(self.text);
        let number = self.sentence.tokens().len();
        let start = self.sentence.chars().len();
        if form.chars().any(is_hanzi) {
            let written = token.span.of(self.written);
            let word = self.dictionary.find_any(form);
            self.sentence.push(word.map_or(form, |w| w.simplified));
            let first = self.hanzi.len();
            let mut as_written = written.chars();
            for (i, &c) in self.sentence.chars()[start..].iter().enumerate() {
                let written = as_written.next().unwrap_or(c);
                if is_hanzi(c) {
                    self.hanzi.push(Known {
                        at: start + i,
                        hanzi: c,
                        written,
                        said: Said::default(),
                        odds: None,
                        disputed: false,
                    });
                }
            }
            let hanzi = self.hanzi.len() - first;
            let readings = Readings::of(word.as_ref(), hanzi, written);
            self.pending.push(Pending { token, word, readings, number, first, hanzi });
            if self.sentence.chars().len() > ENDLESS {
                self.finish();
            }
        } else {
            self.sentence.push(form);
            let ends = |c: char| c == '\n' || lists::SENTENCE_ENDS.contains(c);
            if form.contains(ends) || self.sentence.chars().len() > LONGEST {
                self.finish();
            }
        }
    }

    /// Reads the sentence that was gathered.
    fn finish(&mut self) {
        self.ask_nearby();
        self.settle();
        for number in 0..self.pending.len() {
            let occurrence = self.occurrence(number);
            self.occurrences.extend(occurrence);
        }
        self.pending.clear();
        self.hanzi.clear();
        self.doubts.clear();
        self.sentence.clear();
    }

    /// Asks the hanzi and words nearby about every hanzi that has more than one reading where it stands.
    fn ask_nearby(&mut self) {
        for token in &self.pending {
            let whole = self.sentence.tokens().get(token.number).is_some_and(|(a, b)| b - a == token.hanzi);
            for i in token.first..token.first + token.hanzi {
                let known = self.hanzi[i];
                let said = match &token.word {
                    Some(word) if whole && !beside::is_loose(word.simplified) => {
                        Said::among(token.readings.iter(), i - token.first)
                    }
                    _ => Said::default(),
                };
                let mut odds = self.model.nearby(&self.sentence, known.at, token.number, &said);
                if let Some(only) = said.only().filter(|_| !is_particle(known.hanzi)) {
                    self.hanzi[i].disputed = odds.is_some_and(|odds| odds.speak_against(only));
                    continue;
                }
                if let (Some(odds), Some(word), 1) = (&mut odds, &token.word, token.hanzi) {
                    odds.keep(|syllable| stands_alone(word, syllable));
                }
                if let (Some(odds), None, Kind::Person) = (&mut odds, &token.word, token.token.kind) {
                    odds.keep(|syllable| is_in_names(known.hanzi, syllable));
                }
                if let (Some(odds), true) = (&mut odds, token.readings.are_none()) {
                    let so_written = written::readings(self.dictionary, known.written, known.hanzi);
                    let left = odds.sum(|syllable| so_written.contains(&syllable));
                    if left > 0.0 && left < MISWRITTEN {
                        self.hanzi[i].written = known.hanzi;
                    } else {
                        odds.keep(|syllable| so_written.is_empty() || so_written.contains(&syllable));
                    }
                }
                if odds.is_some_and(|odds| !self.model.settles(known.hanzi, &odds)) {
                    self.doubts.push((i, known.at));
                }
                self.hanzi[i] = Known { said, odds, ..self.hanzi[i] };
            }
        }
    }

    /// Asks the whole sentence where the hanzi and words nearby left a doubt. Doubts far apart are asked by themselves:
    /// what lies between them is not read for either.
    fn settle(&mut self) {
        let doubts = std::mem::take(&mut self.doubts);
        for near in doubts.chunk_by(|&(_, a), &(_, b)| b - a <= REACH) {
            let (Some(&(_, first)), Some(&(_, last))) = (near.first(), near.last()) else { continue };
            self.model.run(&self.sentence, first, last, &mut self.states);
            for &(i, _) in near {
                let known = &mut self.hanzi[i];
                let Some(odds) = known.odds else { continue };
                let (sentence, states) = (&self.sentence, &self.states);
                known.odds =
                    Some(self.model.whole(self.dictionary, sentence, known.at, &known.said, &odds, states));
            }
        }
        self.doubts = doubts;
    }

    /// The occurrence of a token as the ladder reads it; nothing where a hanzi of it stays open.
    fn occurrence(&mut self, number: usize) -> Option<Occurrence> {
        let pending = self.pending.get(number)?;
        let Token { span, kind, proposed } = pending.token;
        let form = pending.word.map_or(span.of(self.text), |word| word.simplified);
        let place = Place {
            dictionary: self.dictionary,
            model: self.model,
            text: self.text,
            annotations: self.annotations,
            sentence: &self.sentence,
            tokens: &self.pending,
            number,
            hanzi: &self.hanzi[pending.first..pending.first + pending.hanzi],
            headword: form,
        };
        let verdict = climb(&place, |rung, said| (self.answered)(pending.token, rung, said));
        Some(Occurrence {
            span,
            kind,
            key: self.met.key(form, &verdict.syllables()?)?,
            evidence: verdict.evidence(),
            rule: verdict.rule(),
            sure: verdict.is_sure(),
            proposed,
        })
    }
}

/// Whether a word of one hanzi can be read so: what is unstressed in other words (去 in 进去) isn't by itself.
fn stands_alone(word: &Word<'_>, syllable: Syllable) -> bool {
    syllable.tone() != Tone::Neutral
        || word.spoken().any(|spoken| spoken.syllables.iter().next() == Some(syllable))
}

/// Whether a given name or a foreign one can be read so: with a tone and a vowel (姆 is no m̄ there), and not as a hanzi
/// is only read as a word by itself.
fn is_in_names(hanzi: char, syllable: Syllable) -> bool {
    let never = listed(lists::NEVER_IN_NAMES, hanzi).any(|other| other == syllable);
    !never && syllable.tone() != Tone::Neutral && !matches!(syllable.base(), "m" | "n" | "ng")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::write;
    use crate::span::Span;
    use crate::words::Evidence;

    /// The readings of a text cut at the blanks; a token that begins with `*` is a person.
    fn readings(cut: &str, annotations: &[(&str, &str)]) -> Vec<(String, Evidence)> {
        let text = cut.replace([' ', '*'], "");
        let mut tokens = Vec::new();
        let mut at = 0;
        for form in cut.split(' ') {
            let kind = if form.starts_with('*') { Kind::Person } else { Kind::Word };
            let end = at + form.trim_start_matches('*').len();
            tokens.push(Token { span: Span::new(&text, at..end).expect("a token"), kind, proposed: false });
            at = end;
        }
        let annotations = annotations.iter().map(|(hanzi, pinyin)| {
            let start = text.find(hanzi).expect("hanzi of the text");
            let span = Span::new(&text, start..start + hanzi.len()).expect("hanzi");
            let syllables = Reading::parse(hanzi, pinyin).expect("pinyin").syllables().into();
            Annotation { span, syllables, written: (*pinyin).to_owned(), times: 1, agrees: true }
        });
        let annotated = AnnotatedText::new(text.clone(), annotations.collect(), vec![]).expect("in order");
        let tokens = Tokens::tile(&text, tokens).expect("tokens tile");
        let occurrences = read(&annotated, &tokens, Dictionary::embedded());
        occurrences.iter().map(|o| (write::numbered(o.key.reading.syllables()), o.evidence)).collect()
    }

    #[test]
    fn what_the_article_gives_is_believed_but_for_sandhi_and_stress() {
        let given = readings(
            "一个 先生 去 朝阳",
            &[("一个", "yi2 ge4"), ("先生", "xian1 sheng1"), ("朝阳", "chao2 yang2")],
        );
        let read: Vec<&str> = given.iter().map(|(reading, _)| reading.as_str()).collect();
        assert_eq!(read, ["yi1 ge5", "xian1 sheng5", "qu4", "chao2 yang2"]);
        assert_eq!(given[3].1, Evidence::Article);
    }

    #[test]
    fn a_misprint_in_the_article_never_reaches_a_card() {
        let dictionary = Dictionary::embedded();
        let segmenter = crate::tokens::Segmenter::new(dictionary);
        for (raw, word, reading, evidence) in [
            ("他把她视为(shìwèi)朋友。", "视为", "shi4 wei2", Evidence::Dictionary),
            ("他想要那个(nàgè)东西。", "那个", "na4 ge5", Evidence::Article),
            ("他住在朝阳(cháoyáng)的山坡上。", "朝阳", "chao2 yang2", Evidence::Article),
        ] {
            let text = crate::annotated::lift(raw, dictionary);
            let occurrences = read(&text, &segmenter.cut(text.text()), dictionary);
            let found = occurrences.iter().find(|o| o.key.headword.as_str() == word).expect("the word");
            let numbered = write::numbered(found.key.reading.syllables());
            assert_eq!((numbered.as_str(), found.evidence), (reading, evidence), "{raw}");
        }
    }

    #[test]
    fn a_surname_is_read_as_one_only_where_a_person_is() {
        assert_eq!(readings("*任小明 来 了", &[])[0].0, "ren2 xiao3 ming2");
        assert_eq!(readings("他 担任 经理", &[])[1].0, "dan1 ren4");
        assert_eq!(readings("单 老师 好", &[])[0].0, "shan4");
    }

    #[test]
    fn doubled_words_are_read_as_the_single_one() {
        assert_eq!(readings("打扮 得 漂漂亮亮", &[])[2].0, "piao4 piao4 liang4 liang4");
    }

    #[test]
    fn the_dictionary_is_overruled_by_a_particle_alone() {
        let (reading, evidence) = readings("他 穿着 拖鞋 就 出来 了", &[])[1].clone();
        assert_eq!((reading.as_str(), evidence), ("chuan1 zhe5", Evidence::Context));
        assert_eq!(readings("他 终于 挣脱 了", &[])[2], ("zheng4 tuo1".to_owned(), Evidence::Dictionary));
    }
}
