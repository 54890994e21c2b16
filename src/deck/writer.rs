//! The note of a word: what stands in its fields, and which tags it has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::hint::{self, Contexts};
use super::html::Html;
use super::meaning::{self, Sense};
use super::note::Note;
use super::spec::{Notation, Spec};
use super::tags::Filling;
use super::{Candidate, Card, DeckName, Field, pinyin, script, sentence};
use crate::dictionary::{Dictionary, Meaning};
use crate::words::{Evidence, Example, Record, Shown, WordKey};

/// The tag of a note that a person should look at.
pub const CHECK: &str = "shengci::check";

/// The parts that all notes of a deck share.
pub struct Writer<'s> {
    spec: &'s Spec,
    dictionary: Dictionary,
    /// Headwords that stand in this deck with several readings.
    twins: BTreeSet<String>,
    contexts: Contexts,
}

impl<'s> Writer<'s> {
    pub fn new(spec: &'s Spec, candidates: &[Candidate], dictionary: Dictionary) -> Self {
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

    pub fn note(&self, candidate: &Candidate) -> Note {
        let (spec, record) = (self.spec, &candidate.record);
        let key = &record.key;
        let headword = key.headword.as_str();
        let example = candidate.examples.first();
        let sense = meaning::sense(record, example, self.dictionary);
        let listed = sense.listed();
        let glosses = usize::try_from(spec.fields.glosses).unwrap_or(usize::MAX);
        let level = listed.and_then(|meaning| meaning.hsk().level(spec.hsk_version));
        let alike = self.is_ambiguous(key);

        let reading = pinyin::word(key, record.kind, spec.fields.pinyin, self.dictionary);
        let question = sense.question(key, glosses);
        let doubt = doubt(record, example, &sense);

        let mut fields: [Html; Field::ALL.len()] = Default::default();
        let mut set = |field: Field, html: Html| fields[field as usize] = html;
        set(Field::Hanzi, Html::text(headword));
        set(Field::Traditional, traditional(headword, listed, example));
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
        let cards = spec.cards.or(candidate.before.cards());
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
    pub fn deck(&self, candidate: &Candidate) -> DeckName {
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
            html.push(&pinyin::plain_word(word.simplified, &word.syllables, self.spec.fields.pinyin));
        }
        if html.is_empty() { html } else { self.coloured(&html) }
    }

    /// The hint that tells the word from others written alike: a word that it stands in, else its sentence, else its
    /// reading.
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

    /// The text for the device to speak: the word, or its sentence where the word alone could be read in several ways.
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

/// The word in traditional hanzi, if that is another form: as its sentence has it, and from a simplified sentence as it is
/// written in its leading sense.
fn traditional(headword: &str, listed: Option<&Meaning<'_>>, example: Option<&Example>) -> Html {
    let by_sense: Option<&str> = listed.map(|meaning| meaning.form());
    let form = script::form(headword, example).or(by_sense).unwrap_or(headword);
    if form == headword { Html::new() } else { Html::text(form) }
}

fn source(example: &Example) -> Html {
    let cited = &example.cited;
    let on_the_web = |address: &&str| address.starts_with("https://") || address.starts_with("http://");
    let address = [&*example.origin].into_iter().chain(cited.address.as_deref()).find(on_the_web);
    let mut html = Html::new();
    match address {
        Some(address) => html.link(address, &example.title),
        None => html.push_text(&example.title),
    }
    // The day on which it was added would read like its own.
    let day = cited.published.as_deref().and_then(|at| at.get(..10)).map(str::to_owned);
    let by = cited.author.clone().or_else(|| cited.site.clone());
    for part in [by, day].into_iter().flatten() {
        if !html.is_empty() && !part.is_empty() {
            html.push_text(" · ");
        }
        html.push_text(&part);
    }
    html
}

/// The warning about whatever a learner should not take on trust.
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
