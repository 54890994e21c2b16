//! The ladder: each token that has hanzi gets a reading, from the best evidence there is.
//!
//! What the article gives; else the dictionary, where it has one reading of the word; else the sentence, which
//! chooses among the readings of the word, or of each hanzi of what no dictionary has; else the hanzi alone. Cards
//! follow CC-CEDICT, so where it has one reading of a word of several hanzi, no model may overrule it, but for the
//! particles 着 and 得, which stand after any verb.

use std::collections::HashMap;
use std::sync::Arc;

use crate::annotated::{AnnotatedText, Annotation};
use crate::dictionary::{Dictionary, Entry, Word};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, Syllable, Tone};
use crate::tokens::{Kind, Token, Tokens};
use crate::words::context::network::{REACH, States};
use crate::words::context::{Model, Odds, Said, Sentence};
use crate::words::{Evidence, Occurrence, WordKey, apart, beside, character, doubled, usual};

/// Above this a reading that the sentence chose needs no mark.
pub const SURE: f32 = 0.9;

/// Below this the sentence doesn't believe in a surname.
const NO_NAME: f32 = 0.05;

/// A sentence longer than this is read in parts, which end where something stands that is no word.
const LONGEST: usize = 400;
/// And if nothing does, anywhere.
const ENDLESS: usize = 4000;

/// The words of a text, in its order.
#[must_use]
pub fn read(text: &AnnotatedText, tokens: &Tokens, dictionary: Dictionary) -> Vec<Occurrence> {
    read_by(Model::embedded(), text, tokens, dictionary)
}

/// The same by another model: the trainer measures models that were not taught what they are asked.
#[must_use]
pub fn read_by(
    model: Model,
    text: &AnnotatedText,
    tokens: &Tokens,
    dictionary: Dictionary,
) -> Vec<Occurrence> {
    let mut reader = Reader {
        text: text.text(),
        annotations: text.annotations(),
        dictionary,
        model,
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

/// A token that waits for the end of its sentence.
struct Pending {
    token: Token,
    word: Option<Word<'static>>,
    /// Its number in the sentence.
    number: usize,
    /// Its first hanzi among the hanzi of the sentence.
    first: usize,
    hanzi: usize,
}

/// What is known so far of one hanzi of the sentence.
#[derive(Clone, Copy)]
struct Known {
    /// Where it stands in the sentence.
    at: usize,
    hanzi: char,
    said: Said,
    odds: Option<Odds>,
    /// Whether the hanzi and words nearby speak against the dictionary's only reading.
    disputed: bool,
}

/// The words of the text so far, by how they are written there: most come again and again, and each is kept once.
#[derive(Default)]
struct Met<'t>(HashMap<&'t str, (Headword, Vec<Arc<WordKey>>)>);

impl<'t> Met<'t> {
    fn headword(&mut self, form: &'t str) -> Option<Headword> {
        if let Some((headword, _)) = self.0.get(form) {
            return Some(headword.clone());
        }
        let headword = Headword::new(form).ok()?;
        self.0.insert(form, (headword.clone(), Vec::new()));
        Some(headword)
    }

    /// The word of this form that is read so.
    fn key(&mut self, form: &'t str, syllables: &[Syllable]) -> Option<Arc<WordKey>> {
        let headword = self.headword(form)?;
        let (_, keys) = self.0.get_mut(form)?;
        if let Some(key) = keys.iter().find(|key| key.reading.syllables() == syllables) {
            return Some(Arc::clone(key));
        }
        let reading = Reading::new(&headword, syllables).ok()?;
        let key = Arc::new(WordKey { headword, reading });
        keys.push(Arc::clone(&key));
        Some(key)
    }
}

struct Reader<'t> {
    text: &'t str,
    annotations: &'t [Annotation],
    dictionary: Dictionary,
    model: Model,
    sentence: Sentence,
    pending: Vec<Pending>,
    hanzi: Vec<Known>,
    /// Which of these the sentence has to settle, and where they stand.
    doubts: Vec<(usize, usize)>,
    states: States,
    met: Met<'t>,
    occurrences: Vec<Occurrence>,
}

impl<'t> Reader<'t> {
    fn push(&mut self, token: Token) {
        let form = token.span.of(self.text);
        let number = self.sentence.tokens().len();
        let start = self.sentence.chars().len();
        if form.chars().any(is_hanzi) {
            let word = self.dictionary.find_any(form).or_else(|| {
                // 臺北捷運 is in the dictionary as 台北捷運. Names and numbers are not looked for.
                let listed = matches!(token.kind, Kind::Word | Kind::Idiom);
                let form_of = || crate::dictionary::simplified(self.dictionary, form);
                let simple = listed.then(form_of).flatten()?;
                self.dictionary.find(&simple).filter(|word| word.simplified.len() == form.len())
            });
            self.sentence.push(word.map_or(form, |w| w.simplified));
            let first = self.hanzi.len();
            for (i, &c) in self.sentence.chars()[start..].iter().enumerate() {
                if is_hanzi(c) {
                    self.hanzi.push(Known {
                        at: start + i,
                        hanzi: c,
                        said: Said::default(),
                        odds: None,
                        disputed: false,
                    });
                }
            }
            self.pending.push(Pending { token, word, number, first, hanzi: self.hanzi.len() - first });
            if self.sentence.chars().len() > ENDLESS {
                self.finish();
            }
        } else {
            self.sentence.push(form);
            if form.contains(['。', '！', '？', '\n']) || self.sentence.chars().len() > LONGEST {
                self.finish();
            }
        }
    }

    /// Reads the sentence that was gathered.
    fn finish(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        for token in &pending {
            for i in token.first..token.first + token.hanzi {
                let known = self.hanzi[i];
                let said = match &token.word {
                    Some(word) if token.hanzi > 1 && !beside::is_loose(word.simplified) => {
                        Said::by(word, i - token.first)
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
                if odds.is_some_and(|odds| !self.model.settles(known.hanzi, &odds)) {
                    self.doubts.push((i, known.at));
                }
                self.hanzi[i] = Known { said, odds, ..known };
            }
        }
        self.settle();
        for (i, token) in pending.iter().enumerate() {
            let span = token.token.span;
            let next = pending.get(i + 1).map(|next| next.token.span.of(self.text));
            let before = i.checked_sub(1).and_then(|i| pending.get(i)).map(|before| before.token.span);
            let before = before.filter(|before| before.end() == span.start()).map(|b| b.of(self.text));
            let after = pending.get(i + 1).map(|after| after.token.span);
            let after = after.filter(|after| after.start() == span.end()).map(|a| a.of(self.text));
            let mut occurrence = self.occurrence(token, next, (before, after));
            if let (Some(occurrence), 1) = (&mut occurrence, token.hanzi)
                && let Some(syllable) = self.by_verb(&pending[..i], token, after)
                && occurrence.evidence < Evidence::Article
                && let Some(key) = self.met.key(self.form(token), &[syllable])
            {
                (occurrence.key, occurrence.sure) = (key, true);
                occurrence.evidence = occurrence.evidence.max(Evidence::Context);
            }
            self.occurrences.extend(occurrence);
        }
        self.pending = pending;
        self.pending.clear();
        self.hanzi.clear();
        self.doubts.clear();
        self.sentence.clear();
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

    /// Puts in the particle that the sentence has where the dictionary has a noun: 她穿着(zhe)红衣服, but 她的穿着(zhuó);
    /// likewise in words that are mostly chance neighbours.
    fn by_particle(&self, token: &Pending, syllables: &mut [Syllable]) -> bool {
        let known = &self.hanzi[token.first..token.first + token.hanzi];
        let loose = token.word.is_some_and(|word| beside::is_loose(word.simplified));
        let mut overruled = false;
        for (known, syllable) in known.iter().zip(syllables) {
            let odds = known.odds.filter(|_| loose || is_particle(known.hanzi));
            let best = odds.and_then(|odds| odds.best());
            if let Some((other, _)) = best.filter(|&(other, odds)| other != *syllable && odds > SURE) {
                *syllable = other;
                overruled = true;
            }
        }
        overruled
    }

    /// How a token is written in the dictionary, or else in the text.
    fn form(&self, token: &Pending) -> &'t str {
        token.word.map_or(token.token.span.of(self.text), |word| word.simplified)
    }

    /// `before` and `after` touch the token; `next` may stand beyond a comma.
    fn occurrence(
        &mut self,
        token: &Pending,
        next: Option<&str>,
        (before, after): (Option<&str>, Option<&str>),
    ) -> Option<Occurrence> {
        let form = self.form(token);
        let headword = self.met.headword(form)?;
        let (mut syllables, mut evidence, mut sure) = match &token.word {
            Some(word) if token.hanzi > 1 => self.by_word(token, word),
            _ => self.by_hanzi(token, next),
        }?;
        let usual = usual::reading(
            self.dictionary,
            headword.as_str(),
            token.word.as_ref(),
            token.token.kind,
            next,
            (&syllables, sure),
        );
        if let Some(decided) = beside::reading(headword.as_str(), before, after) {
            (syllables, sure) = (decided, true);
        } else if let Some((usual, certain)) = usual {
            (syllables, sure) = (usual, certain);
        }
        if token.word.is_none() {
            let known = &self.hanzi[token.first..token.first + token.hanzi];
            let hanzi: Vec<char> = known.iter().map(|known| known.hanzi).collect();
            sure |= doubled::read(self.dictionary, self.model, &hanzi, &mut syllables);
        }
        self.by_beside(token, (before, after), &mut syllables, &mut sure);
        let ours = syllables.clone();
        let given = self.by_article(token, &mut syllables);
        if given > 0 {
            let listed = token.word.is_some_and(|word| word.read_as(&syllables).next().is_some());
            if !listed {
                cite(&headword, &ours, &mut syllables);
            }
        }
        if given > 0 && given == syllables.len() {
            (evidence, sure) = (Evidence::Article, true);
        }
        Some(Occurrence {
            span: token.token.span,
            kind: token.token.kind,
            key: self.met.key(form, &syllables)?,
            evidence,
            sure,
            proposed: token.token.proposed,
        })
    }

    /// The reading of an object whose verb stands some words before it.
    fn by_verb(&self, before: &[Pending], token: &Pending, after: Option<&str>) -> Option<Syllable> {
        let known = self.hanzi.get(token.first)?;
        known.odds?;
        let mut end = token.token.span.start();
        let touching = before.iter().rev().take(apart::MOST).take_while(|before| {
            let touches = before.token.span.end() == end;
            end = before.token.span.start();
            touches
        });
        let mut clause: Vec<&str> = touching.map(|before| before.token.span.of(self.text)).collect();
        clause.reverse();
        let form = token.token.span.of(self.text);
        apart::reading(self.dictionary, &clause, form, after)
    }

    /// Puts in a surname that stands alone, and the 儿 that only colours a vowel.
    fn by_beside(
        &self,
        token: &Pending,
        (before, after): (Option<&str>, Option<&str>),
        syllables: &mut [Syllable],
        sure: &mut bool,
    ) {
        let (form, kind) = (token.token.span.of(self.text), token.token.kind);
        if let Some((at, surname)) = beside::surname(self.dictionary, form, kind, before)
            && let Some(slot) = syllables.get_mut(at)
        {
            *slot = surname;
        }
        if (token.word.is_none() || token.hanzi == 1)
            && beside::is_erhua(form, kind, before, after)
            && !self.is_syllable(token)
            && let (Some(slot), Some(erhua)) = (syllables.last_mut(), beside::erhua())
        {
            *slot = erhua;
            *sure |= token.hanzi == 1;
        }
    }

    /// Whether the sentence is sure that the last hanzi has a vowel of its own: 儿 in 孛儿只斤.
    fn is_syllable(&self, token: &Pending) -> bool {
        let best =
            self.hanzi[token.first..token.first + token.hanzi].last().and_then(|last| last.odds?.best());
        best.is_some_and(|(syllable, odds)| odds > SURE && syllable.tone() != Tone::Neutral)
    }

    /// A word of several hanzi: its reading, or the one among its readings that the sentence likes best.
    fn by_word(&self, token: &Pending, word: &Word<'static>) -> Option<(Vec<Syllable>, Evidence, bool)> {
        let main = word.entries().any(|entry| !entry.minor);
        let fits = |entry: &Entry<'_>| entry.syllables().len() == token.hanzi && !(main && entry.minor);
        let mut entries = word.entries().filter(fits);
        let Some(first) = entries.next() else { return self.by_hanzi(token, None) };
        if entries.all(|entry| entry.syllables().eq(first.syllables())) {
            let mut syllables: Vec<Syllable> = first.syllables().collect();
            let overruled = self.by_particle(token, &mut syllables);
            let evidence = if overruled { Evidence::Context } else { Evidence::Dictionary };
            let disputed =
                self.hanzi[token.first..token.first + token.hanzi].iter().any(|known| known.disputed);
            return Some((syllables, evidence, !disputed));
        }
        let mut best: Option<(Entry<'_>, f32)> = None;
        let mut sum = 0.0;
        let mut seen: Vec<Entry<'_>> = Vec::new();
        for entry in word.entries().filter(fits) {
            if seen.iter().any(|other| other.syllables().eq(entry.syllables())) {
                continue;
            }
            seen.push(entry);
            let likely: f32 = entry
                .syllables()
                .zip(&self.hanzi[token.first..])
                .map(|(syllable, known)| known.odds.map_or(1.0, |odds| odds.of_unstressed(syllable)))
                .product();
            sum += likely;
            if best.is_none_or(|(_, most)| likely > most) {
                best = Some((entry, likely));
            }
        }
        let (entry, likely) = best?;
        Some((entry.syllables().collect(), Evidence::Context, likely > SURE * sum))
    }

    /// A hanzi alone, or several that no dictionary has as a word.
    fn by_hanzi(&self, token: &Pending, next: Option<&str>) -> Option<(Vec<Syllable>, Evidence, bool)> {
        let (mut evidence, mut sure) = (Evidence::Character, true);
        let mut syllables = Vec::with_capacity(token.hanzi);
        for (i, known) in self.hanzi[token.first..token.first + token.hanzi].iter().enumerate() {
            let surname = match (token.token.kind, next) {
                _ if i > 0 => None,
                (Kind::Person, _) if character::is_transliteration(token.token.span.of(self.text)) => None,
                (Kind::Person, _) => character::surname(self.dictionary, known.hanzi),
                (_, Some(next)) if token.hanzi == 1 && character::is_title(next) => {
                    character::surname(self.dictionary, known.hanzi)
                }
                _ => None,
            };
            let part = self.part(token, known);
            let best = known.odds.and_then(|odds| odds.best()).map(|(syllable, odds)| match part {
                // Names use more readings of a lone hanzi than the dictionary lists (媛 yuán), so there it only confirms.
                Some(part) if part == syllable => (part, odds.max(SURE)),
                Some(part) if token.hanzi > 1 && (odds < SURE || part.base() == syllable.base()) => {
                    (part, odds.max(SURE))
                }
                _ => (syllable, odds),
            });
            let sentence_is_sure = best.is_some_and(|(_, odds)| odds >= SURE);
            let counted =
                counted(token, self.dictionary, known.hanzi, i + 1 == token.hanzi, sentence_is_sure);
            let (syllable, certain, why) = match (surname, best) {
                // 盛碗汤 is cut as a name, but read by the sentence as a bowl of soup.
                (Some(surname), _) => {
                    let doubted = known.odds.is_some_and(|odds| odds.of(surname) < NO_NAME);
                    (surname, !doubted, Evidence::Context)
                }
                (None, _) if counted.is_some() => (counted?, true, Evidence::Context),
                (None, Some((syllable, odds))) => (syllable, odds >= SURE, Evidence::Context),
                (None, None) if part.is_some() && token.hanzi > 1 => (part?, true, Evidence::Context),
                (None, None) => {
                    let (syllable, only) = character::common(self.model, self.dictionary, known.hanzi)?;
                    (syllable, only, Evidence::Character)
                }
            };
            evidence = evidence.max(why);
            sure &= certain;
            syllables.push(syllable);
        }
        if token.word.is_some() && evidence == Evidence::Character {
            evidence = Evidence::Dictionary;
        }
        Some((syllables, evidence, sure))
    }

    /// What the dictionary says of one hanzi where it has no word of several: its only reading when it stands alone,
    /// or that in a smaller word inside the token (先生 in 任先生).
    fn part(&self, token: &Pending, known: &Known) -> Option<Syllable> {
        if let (1, Some(word)) = (token.hanzi, &token.word) {
            return Said::by(word, 0).only().filter(|_| word.simplified.len() == known.hanzi.len_utf8());
        }
        if token.hanzi < 3 || token.word.is_some() {
            return None;
        }
        let bounds = *self.sentence.tokens().get(token.number)?;
        Said::inside(self.dictionary, &self.sentence, known.at, bounds).only()
    }

    /// Puts in what the article gives, and says of how many hanzi. What the dictionary can't read so may be a
    /// misprint (视为 given as shì wèi), and is no evidence.
    fn by_article(&self, token: &Pending, syllables: &mut [Syllable]) -> usize {
        let span = token.token.span;
        let from = self.annotations.partition_point(|a| a.span.end() <= span.start());
        let mut given = 0;
        // Where the hanzi looked at last stands, and how many stand before it: annotations are in the order of the text.
        let (mut counted_to, mut before) = (span.start(), 0);
        let over = self.annotations[from..].iter().take_while(|a| a.span.start() < span.end());
        for annotation in over.filter(|annotation| annotation.agrees) {
            let hanzi = annotation.span.of(self.text).char_indices().filter(|&(_, c)| is_hanzi(c));
            for ((at, _), &syllable) in hanzi.zip(&annotation.syllables) {
                let place = annotation.span.start() + at;
                if place < span.start() || place >= span.end() {
                    continue;
                }
                before += self.text.get(counted_to..place).map_or(0, crate::hanzi::count);
                counted_to = place;
                if let Some(slot) = syllables.get_mut(before) {
                    *slot = syllable;
                    given += 1;
                }
            }
        }
        given
    }
}

/// How a hanzi is read inside a number, or as the measure word after one. A sentence that is sure may overrule the
/// numeral (六安), but no measure word that the dictionary reads in one way.
fn counted(token: &Pending, dictionary: Dictionary, hanzi: char, last: bool, sure: bool) -> Option<Syllable> {
    let kind = token.token.kind;
    if !matches!(kind, Kind::Number | Kind::Measure | Kind::Time) {
        return None;
    }
    let measure_word =
        || (kind == Kind::Measure && last).then(|| character::measure_word(dictionary, hanzi)).flatten();
    character::numeral(hanzi).filter(|_| !sure).or_else(measure_word)
}

/// Whether a word of one hanzi can be read so: what is unstressed in other words (去 in 进去) isn't by itself.
fn stands_alone(word: &Word<'_>, syllable: Syllable) -> bool {
    syllable.tone() != Tone::Neutral || word.entries().any(|entry| entry.syllables().next() == Some(syllable))
}

/// Whether a given name or a foreign one can be read so: with a tone and a vowel (姆 is no m̄ there), and not as a hanzi
/// is only read as a word by itself: 长 is long in names, 少 young, 拉 a sound.
fn is_in_names(hanzi: char, syllable: Syllable) -> bool {
    let never = matches!(
        (hanzi, syllable.base(), syllable.tone().number()),
        ('长', "zhang", 3)
            | ('少', "shao", 3)
            | ('拉', "la", 2 | 3)
            | ('切', "qie", 1)
            | ('择', "zhai", 2)
            | ('中', "zhong", 4)
            | ('发', "fa", 4)
            | ('得', "dei", 3)
            | ('都', "dou", 1)
            | ('石', "dan", 4)
            | ('奇', "ji", 1)
            | ('大', "dai", 4)
    );
    !never && syllable.tone() != Tone::Neutral && !matches!(syllable.base(), "m" | "n" | "ng")
}

/// Hanzi that are particles after any verb, so that a word of the dictionary may be a chance neighbour.
fn is_particle(hanzi: char) -> bool {
    matches!(hanzi, '着' | '得')
}

/// Puts the dictionary's syllable back where the article's is the same but for sandhi (yí gè) or the neutral tone
/// (xiān shēng): cards carry citation readings.
fn cite(headword: &Headword, ours: &[Syllable], given: &mut [Syllable]) {
    let hanzi = headword.as_str().chars().filter(|&c| is_hanzi(c));
    for ((hanzi, &ours), given) in hanzi.zip(ours).zip(given) {
        let neutral = ours.tone() == Tone::Neutral || given.tone() == Tone::Neutral;
        if ours.base() == given.base() && (neutral || matches!(hanzi, '一' | '不')) {
            *given = ours;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::write;
    use crate::span::Span;

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
