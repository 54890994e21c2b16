//! The English of a note: the answer on the back, and the question.
//!
//! The back may say everything; the question must not give the answer away (`dictionary::gloss`). A word that no
//! dictionary has is explained by its parts, and marked as proposed.

mod parts;

use parts::EXPLAINED;
pub use parts::{composed, says_nothing};

use super::html::Html;
use super::{context, script};
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::tokens::Kind;
use crate::words::{Example, Record, WordKey};

/// The meaning of a word, as far as it is known.
#[derive(Debug)]
pub enum Sense {
    /// The dictionary has it in this reading.
    Listed(Meaning<'static>),
    /// The learner's own words, and the dictionary's meaning besides.
    Chosen(String, Option<Meaning<'static>>),
    /// No dictionary has it; its parts, each with a gloss in a word or two. Perhaps none.
    Proposed(Vec<(String, String)>),
    /// No dictionary has it; our explanation, where the sum of its parts would mislead.
    Explained(&'static str),
    /// A name that no dictionary has; its parts, where each of them says something.
    Name(Kind, Vec<(String, String)>),
    /// The dictionary has the word, but not so read. The meaning in its only reading; nothing rather than something
    /// wrong where it has several.
    OtherReading(Option<Meaning<'static>>),
    /// Nothing is known.
    Unknown,
}

/// The meaning of a word in the sentence that its note shows.
#[must_use]
pub fn sense(record: &Record, example: Option<&Example>, dictionary: Dictionary) -> Sense {
    let key = &record.key;
    let (headword, syllables) = (key.headword.as_str(), key.reading.syllables());
    let word = dictionary.find(headword);
    let meaning = word.and_then(|word| Meaning::of(&word, syllables));
    let meaning = meaning.map(|meaning| in_sentence(headword, meaning, example));
    let parts = || composed(record, dictionary);
    match (&record.sense, meaning, word) {
        (Some(chosen), meaning, word) => {
            let only = || word.and_then(|word| Meaning::of_only_reading(&word));
            Sense::Chosen(chosen.clone(), meaning.or_else(only))
        }
        (None, Some(meaning), _) => Sense::Listed(meaning),
        (None, None, Some(word)) => Sense::OtherReading(Meaning::of_only_reading(&word)),
        (None, None, None) if record.proposed => match EXPLAINED.get(headword) {
            Some(explained) => Sense::Explained(explained),
            None => Sense::Proposed(parts()),
        },
        (None, None, None) if record.kind.is_name() => {
            // The hanzi of 张建国 mean nothing; those of 台北捷运 do.
            let parts = if record.kind == Kind::Person { Vec::new() } else { parts() };
            let telling = parts.iter().all(|(form, _)| form.chars().count() > 1);
            Sense::Name(record.kind, if telling { parts } else { Vec::new() })
        }
        (None, None, None) => Sense::Unknown,
    }
}

/// The first place of the card of a word that shows `example`, without its limit: a sense in each line.
#[must_use]
pub fn leading(key: &WordKey, example: &Example, dictionary: Dictionary) -> Vec<String> {
    let headword = key.headword.as_str();
    let meaning = dictionary.find(headword).and_then(|word| Meaning::of(&word, key.reading.syllables()));
    let Some(meaning) = meaning.map(|meaning| in_sentence(headword, meaning, Some(example))) else {
        return Vec::new();
    };
    let senses = meaning.senses(usize::MAX);
    senses.first.iter().map(|synonyms| told(synonyms, headword)).collect()
}

/// A meaning, led by the sense that its sentence calls for.
fn in_sentence(headword: &str, meaning: Meaning<'static>, example: Option<&Example>) -> Meaning<'static> {
    let meaning = match script::form(headword, example) {
        Some(form) => meaning.written(form),
        None => meaning,
    };
    let lead = |example: &Example| context::lead(headword, &meaning.glosses(), &script::simple(example));
    match example.and_then(lead) {
        Some(gloss) => meaning.led_by(gloss),
        None => meaning,
    }
}

/// The synonyms of one sense, in one line.
fn told(synonyms: &[&str], headword: &str) -> String {
    let told = synonyms.iter().map(|gloss| gloss::pretty(&gloss::brief(gloss), headword));
    told.collect::<Vec<_>>().join("; ")
}

impl Sense {
    /// The dictionary's meaning of the word, if it has one.
    #[must_use]
    pub fn listed(&self) -> Option<&Meaning<'static>> {
        match self {
            Self::Listed(meaning) | Self::Chosen(_, Some(meaning)) | Self::OtherReading(Some(meaning)) => {
                Some(meaning)
            }
            _ => None,
        }
    }

    /// The English for the back: `limit` glosses a line each, the others in small print.
    #[must_use]
    pub fn answer(&self, headword: &str, limit: usize) -> Html {
        let mut html = Html::new();
        match self {
            Self::Listed(meaning) | Self::OtherReading(Some(meaning)) => {
                let senses = meaning.senses(limit);
                for (i, synonyms) in senses.first.iter().enumerate() {
                    if i > 0 {
                        html.push_break();
                    }
                    html.push_text(&told(synonyms, headword));
                }
                push_more(&mut html, &senses.rest, headword);
            }
            Self::Chosen(chosen, meaning) => {
                html.push_text(&gloss::pretty(chosen, headword));
                let mut others = meaning.as_ref().map(Meaning::glosses).unwrap_or_default();
                others.retain(|gloss| gloss != chosen);
                push_more(&mut html, &others, headword);
            }
            Self::Proposed(parts) => push_parts(&mut html, "(proposed)", parts),
            Self::Explained(english) => {
                push_parts(&mut html, "(proposed)", &[]);
                html.push_text(&format!(" {english}"));
            }
            Self::Name(kind, parts) => push_parts(&mut html, name(*kind), parts),
            Self::Unknown => push_parts(&mut html, "(in no dictionary)", &[]),
            Self::OtherReading(None) => {}
        }
        html
    }

    /// The English as a question; empty where nothing can be asked without giving the answer away.
    #[must_use]
    pub fn question(&self, key: &WordKey, limit: usize) -> Html {
        let mut html = Html::new();
        match self {
            Self::Listed(meaning) | Self::OtherReading(Some(meaning)) => {
                let mut forms = meaning.traditional();
                forms.push(key.headword.as_str());
                let answer = gloss::Answer { forms, syllables: key.reading.syllables() };
                let prompt = |gloss: &&str| gloss::prompt(&gloss::brief(gloss), &answer);
                let senses = meaning.senses(limit);
                let mut prompts: Vec<String> = Vec::new();
                for synonyms in senses.first {
                    let prompt = synonyms.iter().filter_map(prompt).collect::<Vec<_>>().join("; ");
                    if !prompt.is_empty() && !prompts.contains(&prompt) {
                        prompts.push(prompt);
                    }
                }
                // Where all of them would give the answer away, another may not.
                if prompts.is_empty() {
                    prompts.extend(senses.rest.iter().find_map(prompt));
                }
                for (i, prompt) in prompts.iter().enumerate() {
                    if i > 0 {
                        html.push_break();
                    }
                    html.push_text(prompt);
                }
            }
            Self::Chosen(chosen, meaning) => {
                let mut forms = meaning.as_ref().map(Meaning::traditional).unwrap_or_default();
                forms.push(key.headword.as_str());
                let answer = gloss::Answer { forms, syllables: key.reading.syllables() };
                html.push_text(&gloss::prompt(chosen, &answer).unwrap_or_default());
            }
            Self::Proposed(parts) if !parts.is_empty() => {
                let english: Vec<&str> = parts.iter().map(|(_, english)| english.as_str()).collect();
                html.element("span", "proposed", |html| html.push_text("(proposed)"));
                html.push_text(&format!(" {}", english.join(" + ")));
            }
            Self::Explained(english) => {
                push_parts(&mut html, "(proposed)", &[]);
                html.push_text(&format!(" {english}"));
            }
            _ => {}
        }
        html
    }
}

/// The kind of a name in words, where no more can be said.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "(name of a person)",
        Kind::Place => "(name of a place)",
        Kind::Organisation => "(name of an organisation)",
        _ => "(name)",
    }
}

/// A word that no dictionary has: `what` it is, then its parts with a gloss each.
fn push_parts(html: &mut Html, what: &str, parts: &[(String, String)]) {
    html.element("span", "proposed", |html| html.push_text(what));
    for (i, (form, english)) in parts.iter().enumerate() {
        html.push_text(if i > 0 { " + " } else { " " });
        html.push_text(&format!("{form} {english}"));
    }
}

/// Further glosses, in small print.
fn push_more(html: &mut Html, glosses: &[&str], headword: &str) {
    if !glosses.is_empty() {
        let more: Vec<String> = glosses.iter().map(|gloss| gloss::pretty(gloss, headword)).collect();
        html.element("div", "more", |html| html.push_text(&more.join("; ")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, plain, record};
    use super::*;
    use crate::hanzi::is_hanzi;

    fn of(record: &Record) -> Sense {
        sense(record, None, Dictionary::embedded())
    }

    fn texts(word: &str, pinyin: &str, proposed: bool) -> (String, String) {
        let record = Record { proposed, ..record(word, pinyin) };
        let sense = of(&record);
        (plain(&sense.answer(word, 3)), plain(&sense.question(&record.key, 3)))
    }

    #[test]
    fn the_back_says_all_and_the_question_a_few() {
        let record = record("长", "zhang3");
        let sense = of(&record);
        assert_eq!(
            sense.answer("长", 3).as_str(),
            "to grow; to develop; to increase<br>chief; head<br>elder<div class=\"more\">to enhance</div>"
        );
        assert_eq!(
            sense.question(&record.key, 3).as_str(),
            "to grow; to develop; to increase<br>chief; head<br>elder"
        );
    }

    #[test]
    fn the_sentence_says_which_sense_leads() {
        let record = record("场", "chang3");
        let example = example("这/zhe4 场/chang3 雨/yu3 很/hen3 大/da4 。", "场");
        let sense = sense(&record, Some(&example), Dictionary::embedded());
        assert!(plain(&sense.answer("场", 1)).starts_with("classifier for sporting"));
        assert!(plain(&sense.question(&record.key, 1)).starts_with("classifier for sporting"));
    }

    #[test]
    fn what_the_learner_says_that_it_means_stands_first_and_alone_is_asked() {
        let of = |chosen: &str| {
            let record = Record { sense: Some(chosen.to_owned()), ..record("长", "zhang3") };
            let example = example("孩子/hai2 zi5 长/zhang3 大/da4 。", "长");
            (sense(&record, Some(&example), Dictionary::embedded()), record.key)
        };
        let (listed, key) = of("head");
        assert_eq!(
            listed.answer("长", 3).as_str(),
            "head<div class=\"more\">to grow; chief; elder; to develop; to increase; to enhance</div>"
        );
        assert_eq!(listed.question(&key, 3).as_str(), "head");
        assert_eq!(plain(&of("boss (of a team)").0.question(&key, 3)), "boss (of a team)");
        assert_eq!(plain(&of("zhǎng 长").0.question(&key, 3)), "", "no answer in the question");
    }

    #[test]
    fn a_proposed_word_is_explained_by_its_parts() {
        let (answer, question) = texts("大模型", "da4 mo2 xing2", true);
        assert_eq!(answer, "(proposed) 大 big + 模型 model");
        assert_eq!(question, "(proposed) big + model");
        assert_eq!(texts("累活", "lei4 huo2", true).0, "(proposed) 累 tired + 活 work");
        assert_eq!(texts("投资方", "tou2 zi1 fang1", true).0, "(proposed) 投资 investment + 方 party");
        assert_eq!(texts("服务商", "fu2 wu4 shang1", true).0, "(proposed) 服务 service + 商 provider");
        assert_eq!(texts("淺層", "qian3 ceng2", true).0, "(proposed) 浅 shallow + 层 layer");
        assert_eq!(texts("想想", "xiang3 xiang3", true).0, "(proposed) 想 to think a little");
        let explained = EXPLAINED.keys().find(|word| word.chars().count() == 2).expect("a word of two hanzi");
        assert!(EXPLAINED.keys().all(|word| !Dictionary::embedded().has(word)), "a dictionary has it by now");
        let shown = format!("(proposed) {}", EXPLAINED[explained]);
        assert_eq!(texts(explained, "che4 dan1", true), (shown.clone(), shown));
        let (answer, question) = texts("行行行", "hang2 hang4 hang1", true);
        assert_eq!((answer.as_str(), question.as_str()), ("(proposed)", ""), "no part is read so");
    }

    #[test]
    fn a_name_that_no_dictionary_has_says_what_it_is() {
        let named = |kind, word: &str, pinyin: &str| {
            let record = Record { kind, ..record(word, pinyin) };
            plain(&of(&record).answer(word, 3))
        };
        assert_eq!(named(Kind::Person, "扎克伯克", "zha1 ke4 bo2 ke4"), "(name of a person)");
        assert_eq!(
            named(Kind::Organisation, "广州捷运", "guang3 zhou1 jie2 yun4"),
            "(name of an organisation) 广州 Guangzhou + 捷运 subway"
        );
        assert_eq!(named(Kind::Place, "西营镇", "xi1 ying2 zhen4"), "(name of a place)");
    }

    #[test]
    fn no_gloss_rather_than_a_wrong_one() {
        assert_eq!(texts("长", "chang4", false), (String::new(), String::new()));
        assert_eq!(texts("公司", "gong4 si1", false).0, "company; firm; corporation", "its only reading");
        assert_eq!(texts("扎克伯克", "zha1 ke4 bo2 ke4", false).0, "(in no dictionary)");
    }

    #[test]
    fn no_question_of_the_dictionary_gives_its_answer_away() {
        let dictionary = Dictionary::embedded();
        let mut asked = 0;
        for word in dictionary.words() {
            for syllables in word.readings() {
                let Ok(headword) = crate::hanzi::Headword::new(word.simplified) else { continue };
                let Ok(reading) = crate::pinyin::Reading::new(&headword, syllables) else { continue };
                let key = WordKey { headword, reading };
                let meaning = Meaning::of(&word, key.reading.syllables()).expect("a reading of the word");
                let forms = meaning.traditional();
                let question = Sense::Listed(meaning.clone()).question(&key, 3);
                let leak = question.as_str().chars().any(|c| {
                    is_hanzi(c) && (word.simplified.contains(c) || forms.iter().any(|form| form.contains(c)))
                });
                assert!(!leak, "{}: {question}", word.simplified);
                asked += usize::from(!question.is_empty());
            }
        }
        assert!(asked > 100_000, "{asked}");
    }
}
