//! What a note says of a word in English: for the back, and as a question.
//!
//! The back may say everything; the question must not give the answer away (`dictionary::gloss`). A word that no
//! dictionary has is explained by its parts, and marked as proposed.

use super::html::Html;
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;
use crate::words::WordKey;

/// What a word means, as far as it is known.
#[derive(Debug)]
pub enum Sense {
    /// The dictionary has it in this reading.
    Listed(Meaning<'static>),
    /// The learner said what it means; what the dictionary has besides.
    Chosen(String, Option<Meaning<'static>>),
    /// No dictionary has it; its parts, each with a gloss in a word or two. Perhaps none.
    Proposed(Vec<(String, String)>),
    /// The dictionary has the word, but not so read. What it means in its only reading; nothing rather than something
    /// wrong where it has several.
    OtherReading(Option<Meaning<'static>>),
    /// Nothing is known.
    Unknown,
}

/// What a word means; `chosen` is what the learner says that it does.
#[must_use]
pub fn sense(key: &WordKey, proposed: bool, chosen: Option<&str>, dictionary: Dictionary) -> Sense {
    let syllables = key.reading.syllables();
    if let Some(chosen) = chosen {
        let word = dictionary.find(key.headword.as_str());
        let meaning = word.and_then(|word| Meaning::however_read(&word, syllables));
        return Sense::Chosen(chosen.to_owned(), meaning);
    }
    match dictionary.find(key.headword.as_str()) {
        Some(word) => match Meaning::of(&word, syllables) {
            Some(meaning) => Sense::Listed(meaning),
            None => Sense::OtherReading(Meaning::of_only_reading(&word)),
        },
        None if proposed => {
            Sense::Proposed(parts(key.headword.as_str(), syllables, dictionary).unwrap_or_default())
        }
        None => Sense::Unknown,
    }
}

impl Sense {
    /// What the dictionary has of the word in its reading.
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
                let glosses = meaning.glosses();
                let (first, more) = glosses.split_at(limit.min(glosses.len()));
                for (i, gloss) in first.iter().enumerate() {
                    if i > 0 {
                        html.push_break();
                    }
                    html.push_text(&gloss::pretty(gloss, headword));
                }
                push_more(&mut html, more, headword);
            }
            Self::Chosen(chosen, meaning) => {
                html.push_text(&gloss::pretty(chosen, headword));
                let mut others = meaning.as_ref().map(Meaning::glosses).unwrap_or_default();
                others.retain(|gloss| gloss != chosen);
                push_more(&mut html, &others, headword);
            }
            Self::Proposed(parts) => {
                html.element("span", "proposed", |html| html.push_text("(proposed)"));
                for (i, (form, english)) in parts.iter().enumerate() {
                    html.push_text(if i > 0 { " + " } else { " " });
                    html.push_text(&format!("{form} {english}"));
                }
            }
            Self::OtherReading(None) | Self::Unknown => {}
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
                let mut prompts: Vec<String> = Vec::new();
                for prompt in meaning.glosses().iter().filter_map(|g| gloss::prompt(g, &answer)) {
                    if prompts.len() < limit && !prompts.contains(&prompt) {
                        prompts.push(prompt);
                    }
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
            _ => {}
        }
        html
    }
}

/// Further glosses, in small print.
fn push_more(html: &mut Html, glosses: &[&str], headword: &str) {
    if !glosses.is_empty() {
        let more: Vec<String> = glosses.iter().map(|gloss| gloss::pretty(gloss, headword)).collect();
        html.element("div", "more", |html| html.push_text(&more.join("; ")));
    }
}

/// The dictionary's words that a word is made of, read as they are in it: the fewest, and of those the most
/// frequent. Nothing where some part has no gloss in that reading.
fn parts(word: &str, syllables: &[Syllable], dictionary: Dictionary) -> Option<Vec<(String, String)>> {
    let chars: Vec<char> = word.chars().collect();
    let spoken: Vec<usize> = std::iter::once(0)
        .chain(chars.iter().scan(0, |n, &c| {
            *n += usize::from(is_hanzi(c));
            Some(*n)
        }))
        .collect();
    // best[i]: how to make the first i characters: parts, rarest part's frequency, where the last part begins.
    let mut best: Vec<Option<(usize, u32, usize)>> = vec![None; chars.len() + 1];
    best[0] = Some((0, u32::MAX, 0));
    let mut english: Vec<String> = vec![String::new(); chars.len() + 1];
    for end in 1..=chars.len() {
        for start in 0..end {
            let Some((count, rarest, _)) = best[start] else { continue };
            if end - start == chars.len() {
                continue;
            }
            let form: String = chars[start..end].iter().collect();
            let Some((meaning, frequency)) =
                part(&form, syllables.get(spoken[start]..spoken[end]).unwrap_or_default(), dictionary)
            else {
                continue;
            };
            let rarest = rarest.min(frequency);
            let better = best[end]
                .is_none_or(|(n, f, _)| (count + 1, std::cmp::Reverse(rarest)) < (n, std::cmp::Reverse(f)));
            if better {
                best[end] = Some((count + 1, rarest, start));
                english[end] = meaning;
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, _, start) = best[end]?;
        parts.push((chars[start..end].iter().collect(), std::mem::take(&mut english[end])));
        end = start;
    }
    parts.reverse();
    Some(parts)
}

fn part(form: &str, syllables: &[Syllable], dictionary: Dictionary) -> Option<(String, u32)> {
    if !form.chars().any(is_hanzi) {
        return Some((String::new(), u32::MAX));
    }
    let word = dictionary.find(form)?;
    let meaning = Meaning::of(&word, syllables)?;
    let english = meaning.glosses().iter().map(|g| gloss::short(g, form)).find(|g| !g.is_empty())?;
    Some((english, word.frequency))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{key, plain};
    use super::*;

    fn texts(word: &str, pinyin: &str, proposed: bool) -> (String, String) {
        let key = key(word, pinyin);
        let sense = sense(&key, proposed, None, Dictionary::embedded());
        (plain(&sense.answer(word, 3)), plain(&sense.question(&key, 3)))
    }

    #[test]
    fn the_back_says_all_and_the_question_a_few() {
        let key = key("长", "zhang3");
        let sense = sense(&key, false, None, Dictionary::embedded());
        assert_eq!(
            sense.answer("长", 3).as_str(),
            "chief<br>head<br>elder<div class=\"more\">to grow; to develop; to increase; to enhance</div>"
        );
        assert_eq!(sense.question(&key, 3).as_str(), "chief<br>head<br>elder");
    }

    #[test]
    fn what_the_learner_says_that_it_means_stands_first_and_alone_is_asked() {
        let key = key("长", "zhang3");
        let of = |chosen| sense(&key, false, Some(chosen), Dictionary::embedded());
        let listed = of("to grow");
        assert_eq!(
            listed.answer("长", 3).as_str(),
            "to grow<div class=\"more\">chief; head; elder; to develop; to increase; to enhance</div>"
        );
        assert_eq!(listed.question(&key, 3).as_str(), "to grow");
        assert_eq!(plain(&of("boss (of a team)").question(&key, 3)), "boss (of a team)");
        assert_eq!(plain(&of("zhǎng 长").question(&key, 3)), "", "no answer in the question");
    }

    #[test]
    fn a_proposed_word_is_explained_by_its_parts() {
        let (answer, question) = texts("大模型", "da4 mo2 xing2", true);
        assert_eq!(answer, "(proposed) 大 big + 模型 model");
        assert_eq!(question, "(proposed) big + model");
        let (answer, question) = texts("行行行", "hang2 hang4 hang1", true);
        assert_eq!((answer.as_str(), question.as_str()), ("(proposed)", ""), "no part is read so");
    }

    #[test]
    fn no_gloss_rather_than_a_wrong_one() {
        assert_eq!(texts("长", "chang4", false), (String::new(), String::new()));
        assert_eq!(texts("扎克伯克", "zha1 ke4 bo2 ke4", false), (String::new(), String::new()));
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
                let Sense::Listed(meaning) = sense(&key, false, None, dictionary) else { panic!("{key:?}") };
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
