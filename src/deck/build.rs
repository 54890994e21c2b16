//! Words and their sentences become the notes of a deck.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::hint::{self, Contexts};
use super::html::Html;
use super::meaning::{self, Sense};
use super::note::{Note, Shown};
use super::spec::{Notation, Order, Spec};
use super::tags::Filling;
use super::{Card, Cards, DeckName, Field, order, pinyin, sentence};
use crate::dictionary::Dictionary;
use crate::words::{Evidence, Example, Moment, Record, WordKey};

/// The tag of a note that a person should look at.
const CHECK: &str = "shengci::check";

/// A word with its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub record: Record,
    /// Sentences that it stood in; the one of [`Given::sentence`] among them, if it is still there. None before
    /// [`select`](super::select()).
    pub examples: Vec<Example>,
    /// What an earlier run gave of it, if any did.
    pub given: Option<Given>,
}

impl Candidate {
    /// Whether this deck gave it before: it stays, so that its note is brought up to date, and counts for no limit.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.given.as_ref().is_some_and(|given| given.here)
    }
}

/// What Anki already has of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Its cards, over all decks: they stay, or they would be blank in Anki.
    pub cards: Cards,
    /// The sentence that it shows: it stays, too.
    pub sentence: Option<String>,
    /// Whether it was this deck that gave it.
    pub here: bool,
}

/// A deck, ready to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    /// Its name in Anki.
    pub name: DeckName,
    /// Its notes, in the order in which they are to be learned.
    pub notes: Vec<Note>,
}

/// Which of a word's sentences its note will show.
#[must_use]
pub fn choose(spec: &Spec, candidate: &Candidate, mut examples: Vec<Example>) -> Option<Example> {
    let given = candidate.given.as_ref().and_then(|given| given.sentence.as_deref());
    for example in &mut examples {
        if let Some(excerpt) = sentence::excerpt(example) {
            *example = excerpt;
        }
    }
    let at = sentence::choose(&candidate.record.key, &examples, spec.fields.sentence, given)?;
    Some(examples.swap_remove(at))
}

/// The deck that `spec` describes, out of the words that [`select`](super::select()) left.
#[must_use]
pub fn build(spec: &Spec, candidates: Vec<Candidate>, dictionary: Dictionary) -> Deck {
    let plan = plan(spec, candidates, dictionary);
    let notes = (0..plan.len()).into_par_iter().map(|at| plan.note(at)).collect();
    Deck { name: spec.name.clone(), notes }
}

/// The same, its notes still to be written: thirty thousand of them would fill the memory.
#[must_use]
pub fn plan(spec: &Spec, mut candidates: Vec<Candidate>, dictionary: Dictionary) -> Plan<'_> {
    for candidate in &mut candidates {
        let examples = std::mem::take(&mut candidate.examples);
        candidate.examples.extend(choose(spec, candidate, examples));
    }
    let unknown = |c: &Candidate| match c.examples.first() {
        Some(example) if spec.order.contains(&Order::Teaching) => sentence::unknown(&c.record.key, example),
        // A word without a sentence is taught as if its sentence were hard.
        _ => 9,
    };
    order::sort(spec, &mut candidates, |c| &c.record, unknown, dictionary);
    if let Some(limit) = spec.limit {
        order::cut(&mut candidates, limit, Candidate::is_given);
    }
    Plan { writer: Writer::new(spec, &candidates, dictionary), candidates }
}

/// A deck whose words, order and sentences are settled.
pub struct Plan<'s> {
    writer: Writer<'s>,
    candidates: Vec<Candidate>,
}

/// What a note will be, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its guid.
    pub guid: String,
    /// When its word was first seen.
    pub created: Moment,
    /// The deck that its cards go to.
    pub deck: DeckName,
}

impl Plan<'_> {
    /// The deck's name.
    #[must_use]
    pub fn name(&self) -> &DeckName {
        &self.writer.spec.name
    }

    /// How many notes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// What its notes will be, in the order in which they are to be learned.
    #[must_use]
    pub fn outlines(&self) -> Vec<Outline> {
        let outline = |candidate: &Candidate| Outline {
            guid: candidate.record.guid.clone(),
            created: candidate.record.first_seen,
            deck: self.writer.deck(candidate),
        };
        self.candidates.iter().map(outline).collect()
    }

    /// Writes the note at a place of that order.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn note(&self, at: usize) -> Note {
        self.writer.note(&self.candidates[at])
    }
}

/// What all notes of a deck have in common.
struct Writer<'s> {
    spec: &'s Spec,
    dictionary: Dictionary,
    /// Headwords that stand in this deck with several readings.
    twins: BTreeSet<String>,
    contexts: Contexts,
}

impl<'s> Writer<'s> {
    fn new(spec: &'s Spec, candidates: &[Candidate], dictionary: Dictionary) -> Self {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for candidate in candidates {
            *seen.entry(candidate.record.key.headword.as_str()).or_default() += 1;
        }
        let twins: BTreeSet<String> =
            seen.into_iter().filter(|&(_, n)| n > 1).map(|(headword, _)| headword.to_owned()).collect();
        let mut writer = Self { spec, dictionary, twins, contexts: Contexts::default() };
        let keys = candidates.iter().map(|candidate| &candidate.record.key);
        writer.contexts =
            Contexts::of(keys.filter(|key| hint::is_lone_hanzi(key) && writer.is_ambiguous(key)), dictionary);
        writer
    }

    /// Whether the word is written like another one.
    fn is_ambiguous(&self, key: &WordKey) -> bool {
        self.twins.contains(key.headword.as_str()) || hint::has_other_readings(key, self.dictionary)
    }

    fn note(&self, candidate: &Candidate) -> Note {
        let (spec, record) = (self.spec, &candidate.record);
        let key = &record.key;
        let headword = key.headword.as_str();
        let example = candidate.examples.first();
        let sense = meaning::sense(record, example, self.dictionary);
        let listed = sense.listed();
        let glosses = usize::try_from(spec.fields.glosses).unwrap_or(usize::MAX);
        let level = listed.and_then(|meaning| meaning.hsk().level(spec.hsk_version));
        let alike = self.is_ambiguous(key);
        let capital = record.kind.is_name() || listed.is_some_and(|m| m.is_proper());
        let reading = pinyin::word(headword, key.reading.syllables(), capital, spec.fields.pinyin);
        let question = sense.question(key, glosses);
        let doubt = doubt(record, example, &sense);

        let mut fields: [Html; Field::ALL.len()] = Default::default();
        let mut set = |field: Field, html: Html| fields[field as usize] = html;
        set(Field::Hanzi, Html::text(headword));
        set(Field::Traditional, traditional(headword, listed.map(|m| m.traditional()).unwrap_or_default()));
        set(Field::Pinyin, self.coloured(&reading));
        if spec.fields.zhuyin && spec.fields.pinyin != Notation::Zhuyin {
            set(Field::Zhuyin, Html::text(&pinyin::zhuyin(key.reading.syllables())));
        }
        set(Field::English, sense.answer(headword, glosses));
        set(Field::Classifier, self.measure_words(&sense));
        if let Some(level) = level {
            set(Field::Hsk, Html::text(&format!("HSK {level} ({})", spec.hsk_version)));
        }
        if let Some(example) = example {
            set(Field::Sentence, sentence::marked(example));
            set(
                Field::SentencePinyin,
                self.coloured(&pinyin::sentence(example, spec.fields.pinyin, self.dictionary)),
            );
            set(Field::Source, source(example));
        }
        set(Field::Count, Html::text(&record.count.to_string()));
        if alike {
            set(Field::Hint, self.hint(candidate));
        }
        set(Field::Doubt, doubt.clone());
        let speak = if spec.fields.speech { self.spoken(candidate, alike) } else { Html::new() };
        let cards = spec.cards.or(candidate.given.as_ref().map(|given| given.cards).unwrap_or_default());
        let ticked = || Html::text("✓");
        if cards.has(Card::Recognition) {
            set(Field::Recognition, ticked());
        }
        if cards.has(Card::Production) {
            set(Field::Production, question.clone());
        }
        // A lone 行 can't be heard as háng: what is spoken of it is its sentence, which asks for something else.
        if cards.has(Card::Listening) && !speak.is_empty() && !alike {
            set(Field::Listening, ticked());
        }
        if let Some(example) = example.filter(|_| cards.has(Card::Cloze)) {
            let mut cloze = sentence::with_gap(example);
            if !question.is_empty() {
                cloze.element("div", "prompt", |html| html.push(&question));
            }
            set(Field::Cloze, cloze);
        }
        set(Field::Speak, speak);
        // A card must be able to ask something: what no question could be found for is recognised.
        if fields[Field::Recognition as usize..].iter().all(Html::is_empty) {
            fields[Field::Recognition as usize] = ticked();
        }

        Note {
            guid: record.guid.clone(),
            word: record.id,
            created: record.first_seen,
            deck: self.deck(candidate),
            fields,
            own: BTreeMap::new(),
            tags: self.tags(record, example, level.map(|level| level.to_string()), !doubt.is_empty()),
            shown: example.map(|e| Shown { article: e.article, sentence: Arc::clone(&e.sentence) }),
        }
    }

    /// The deck that the cards of a word go to.
    fn deck(&self, candidate: &Candidate) -> DeckName {
        let name = &self.spec.name;
        let example = candidate.examples.first().filter(|_| self.spec.by_article);
        example.map_or_else(|| name.clone(), |example| name.child(&example.title))
    }

    /// In the deck's tone colours.
    fn coloured(&self, reading: &Html) -> Html {
        let mut html = Html::new();
        match self.spec.fields.tone_colours.class() {
            Some(class) => html.element("span", class, |html| html.push(reading)),
            None => html.push(reading),
        }
        html
    }

    fn measure_words(&self, sense: &Sense) -> Html {
        let Some(meaning) = sense.listed() else { return Html::new() };
        let mut html = Html::new();
        for (i, word) in meaning.measure_words().iter().enumerate() {
            html.push_text(if i > 0 { ", " } else { "" });
            html.push_text(word.simplified);
            html.push_text(" ");
            html.push(&pinyin::word(word.simplified, &word.syllables, false, self.spec.fields.pinyin));
        }
        if html.is_empty() { html } else { self.coloured(&html) }
    }

    /// What tells the word from others that are written alike: a word that it stands in, else its sentence,
    /// else its reading.
    fn hint(&self, candidate: &Candidate) -> Html {
        let key = &candidate.record.key;
        let mut html = Html::new();
        match (self.contexts.word(key), candidate.examples.first()) {
            (Some(word), _) => {
                html.push_text("as in ");
                for c in word.chars() {
                    if key.headword.as_str().contains(c) {
                        html.element("b", "", |html| html.push_char(c));
                    } else {
                        html.push_char(c);
                    }
                }
            }
            (None, Some(example)) => html.push(&sentence::marked(example)),
            (None, None) => html.push_text(&key.pinyin(candidate.record.kind)),
        }
        html
    }

    /// What the device speaks: the word, or its sentence where the word alone could be read in several ways.
    fn spoken(&self, candidate: &Candidate, alike: bool) -> Html {
        let text = if alike {
            candidate.examples.first().map(|example| &*example.sentence)
        } else {
            Some(candidate.record.key.headword.as_str())
        };
        Html::text(text.unwrap_or_default())
    }

    fn tags(
        &self,
        record: &Record,
        example: Option<&Example>,
        level: Option<String>,
        check: bool,
    ) -> Vec<String> {
        let filling = Filling {
            hsk: format!("{}::{}", self.spec.hsk_version, level.as_deref().unwrap_or("unlisted")),
            article: example.map(|example| &*example.title),
            kind: record.kind.as_str(),
        };
        let tags: BTreeSet<String> = self
            .spec
            .tags
            .iter()
            .filter_map(|pattern| pattern.fill(&filling))
            .chain(check.then(|| CHECK.to_owned()))
            .collect();
        tags.into_iter().collect()
    }
}

fn traditional(headword: &str, forms: Vec<&str>) -> Html {
    if forms.iter().all(|&form| form == headword) {
        return Html::new();
    }
    Html::text(&forms.join(" / "))
}

fn source(example: &Example) -> Html {
    let mut html = Html::new();
    if example.origin.starts_with("https://") || example.origin.starts_with("http://") {
        html.link(&example.origin, &example.title);
    } else {
        html.push_text(&example.title);
    }
    let date = date(example.added);
    if !html.is_empty() && !date.is_empty() {
        html.push_text(" · ");
    }
    html.push_text(&date);
    html
}

/// The day, in UTC, as `2026-11-23`.
fn date(moment: Moment) -> String {
    jiff::Timestamp::from_second(moment.0).map(|t| t.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// What a learner should not take on trust.
fn doubt(record: &Record, example: Option<&Example>, sense: &Sense) -> Html {
    let mut doubts = Vec::new();
    let sure = example.map_or(record.sure, |example| record.sure && example.is_sure());
    if !sure && record.evidence < Evidence::Learner {
        doubts.push("the reading is not certain");
    }
    let is_other = match sense {
        Sense::OtherReading(None) => true,
        // The learner knows that, and said so.
        Sense::OtherReading(Some(_)) => record.evidence < Evidence::Learner,
        _ => false,
    };
    if is_other {
        doubts.push("the dictionary has the word only in another reading");
    }
    Html::text(&doubts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, plain, record};
    use super::super::yaml::parse;
    use super::*;
    use crate::tokens::Kind;

    fn deck(yaml: &str, candidates: Vec<Candidate>) -> Deck {
        let spec = parse("x.yaml", &format!("name: 新闻\n{yaml}")).expect("a deck");
        build(&spec, candidates, Dictionary::embedded())
    }

    fn candidate(headword: &str, pinyin: &str, examples: &[&str]) -> Candidate {
        let examples = examples.iter().map(|text| example(text, headword)).collect();
        Candidate { record: record(headword, pinyin), examples, given: None }
    }

    const ALL_CARDS: &str = "cards: [recognition, production, listening, cloze]";

    #[test]
    fn a_note_has_what_a_learner_expects() {
        let sentence = "这家/zhe4 jia1 公司/gong1 si1 很/hen3 大/da4 。";
        let deck = deck(
            &format!("hsk-version: 2015\n{ALL_CARDS}"),
            vec![candidate("公司", "gong1 si1", &[sentence])],
        );
        let note = &deck.notes[0];
        let text = |field| plain(note.field(field));
        assert_eq!(text(Field::Hanzi), "公司");
        assert_eq!(text(Field::Pinyin), "gōngsī");
        assert_eq!(text(Field::English), "company; firm; corporation");
        assert_eq!(text(Field::Production), "company; firm; corporation");
        assert_eq!(text(Field::Classifier), "家 jiā");
        assert_eq!(note.field(Field::Sentence).as_str(), "这家<b>公司</b>很大。");
        assert_eq!(text(Field::SentencePinyin), "Zhèjiā gōngsī hěn dà.");
        assert_eq!(text(Field::Source), "一篇文章 · 2026-05-28");
        assert_eq!(text(Field::Hint), "");
        assert_eq!(text(Field::Speak), "公司");
        assert_eq!(text(Field::Cloze), "这家＿＿很大。company; firm; corporation");
        assert_eq!(note.cards().to_string(), "recognition,production,listening,cloze");
        assert_eq!(note.tags, ["article::一篇文章", "hsk::2015::2", "shengci"]);
        assert!(note.field(Field::Pinyin).as_str().starts_with("<span class=\"tones\">"));
    }

    #[test]
    fn words_written_alike_are_told_apart_on_the_front() {
        let words = || {
            vec![
                candidate("长", "zhang3", &["他/ta1 长/zhang3 大/da4 了/le5 。"]),
                candidate("长", "chang2", &[]),
                candidate("地道", "di4 dao4", &["地道/di4 dao4 很/hen3 长/chang2 。"]),
                candidate("地道", "di4 dao5", &["菜/cai4 很/hen3 地道/di4 dao5 。"]),
            ]
        };
        let deck = deck(ALL_CARDS, words());
        let fronts: BTreeSet<String> = deck
            .notes
            .iter()
            .map(|note| format!("{}|{}", note.field(Field::Hanzi), note.field(Field::Hint)))
            .collect();
        assert_eq!(fronts.len(), 4, "{fronts:?}");
        for note in &deck.notes {
            assert!(!note.field(Field::Hint).is_empty());
            assert!(!note.cards().has(Card::Listening), "a lone word can't be heard in one of its readings");
            assert!(!plain(note.field(Field::Speak)).starts_with('长'));
        }
        let zhang = deck.notes.iter().find(|n| n.guid == "长 zhang3").expect("the note");
        assert!(!plain(zhang.field(Field::English)).contains("long"));
    }

    #[test]
    fn doubts_are_marked() {
        let mut unsure = candidate("股份", "gu3 fen4", &[]);
        unsure.record.sure = false;
        let several = candidate("长", "chang4", &[]);
        let deck = deck("", vec![unsure, candidate("公司", "gong1 si3", &[]), several]);
        for note in &deck.notes {
            assert!(note.tags.contains(&CHECK.to_owned()));
            assert!(!note.field(Field::Doubt).is_empty());
        }
        let english = |guid: &str| {
            let note = deck.notes.iter().find(|note| note.guid.starts_with(guid)).expect("the note");
            plain(note.field(Field::English))
        };
        assert!(
            english("公司").starts_with("company"),
            "the dictionary reads it in one way: it is that word"
        );
        assert_eq!(english("长"), "", "a reading that no entry has, of several words, gets no gloss");
        let mut corrected = candidate("公司", "gong1 si3", &[]);
        corrected.record.evidence = Evidence::Learner;
        let corrected = self::deck("", vec![corrected]);
        assert!(
            corrected.notes[0].field(Field::Doubt).is_empty(),
            "the learner knows what the dictionary has"
        );
    }

    #[test]
    fn a_name_has_a_capital_and_no_question() {
        let mut person = candidate("扎克伯", "zha1 ke4 bo2", &[]);
        person.record.kind = Kind::Person;
        let deck = deck("cards: [production]", vec![person]);
        assert_eq!(plain(deck.notes[0].field(Field::Pinyin)), "Zhākèbó");
        assert_eq!(deck.notes[0].cards().to_string(), "recognition", "no note is without a card");
    }

    #[test]
    fn what_was_given_stays() {
        let sentences = [
            "他/ta1 买/mai3 股份/gu3 fen4 。",
            "公司/gong1 si1 今天/jin1 tian1 卖/mai4 了/le5 股份/gu3 fen4 。",
        ];
        let fresh = deck("", vec![candidate("股份", "gu3 fen4", &sentences)]);
        let mut again = candidate("股份", "gu3 fen4", &sentences);
        again.record.count = 7;
        again.given = Some(Given {
            cards: "cloze".parse().expect("cards"),
            sentence: Some("他买股份。".into()),
            here: true,
        });
        let given = deck("", vec![again.clone()]);
        let sentence = |deck: &Deck| deck.notes[0].shown.as_ref().map(|shown| shown.sentence.clone());
        assert_eq!(sentence(&fresh), Some("公司今天卖了股份。".into()));
        assert_eq!(sentence(&given), Some("他买股份。".into()));
        assert_eq!(given.notes[0].cards().to_string(), "recognition,cloze");
        let before = given.notes[0].hash();
        let fields = given.notes[0].field_hashes();
        assert_eq!(fields.split(' ').count(), Field::ALL.len());
        again.record.count = 8;
        let changed = deck("", vec![again.clone()]).notes[0].field_hashes();
        assert_eq!(fields.split(' ').zip(changed.split(' ')).filter(|(a, b)| a != b).count(), 1);
        assert_eq!(deck("", vec![again.clone()]).notes[0].hash(), before, "a count is no change");
        again.record.sure = false;
        assert_ne!(deck("", vec![again]).notes[0].hash(), before);
    }

    #[test]
    fn settings_of_fields() {
        let sentence = "公司/gong1 si1 很/hen3 大/da4 。";
        let yaml = "by-article: true\nfields: {sentence: none, pinyin: numbers, zhuyin: false, tone-colours: off, speech: false}";
        let deck = deck(&format!("{ALL_CARDS}\n{yaml}"), vec![candidate("公司", "gong1 si1", &[sentence])]);
        let note = &deck.notes[0];
        assert_eq!(plain(note.field(Field::Pinyin)), "gong1si1");
        assert!(!note.field(Field::Pinyin).as_str().contains("tones"));
        for empty in [Field::Sentence, Field::Zhuyin, Field::Speak, Field::Cloze, Field::Listening] {
            assert!(note.field(empty).is_empty(), "{empty:?}");
        }
        assert_eq!(note.deck.as_str(), "新闻");
        let deck = super::build(
            &parse("x.yaml", "name: 新闻\nby-article: true").expect("a deck"),
            vec![candidate("公司", "gong1 si1", &[sentence])],
            Dictionary::embedded(),
        );
        assert_eq!(deck.notes[0].deck.as_str(), "新闻::一篇文章");
    }
}
