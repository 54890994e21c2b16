//! Laws of alignment that hold for any text: nothing panics, nothing is lost, what we write comes back.

use proptest::prelude::*;
use shengci::annotated::{AnnotatedText, Annotation, lift, write};
use shengci::dictionary::Dictionary;
use shengci::hanzi;
use shengci::pinyin::{Syllable, Tone, write as pinyin};
use shengci::span::Span;

use super::spoken::spoken;

/// Words of the dictionary with each of their readings, every so many of them.
fn words(step: usize) -> Vec<(&'static str, Vec<Syllable>)> {
    let words = Dictionary::embedded().words().step_by(step);
    words.flat_map(|word| word.readings().into_iter().map(move |r| (word.simplified, r))).collect()
}

/// The words of a text that we write, of which some carry their pinyin.
fn build(parts: &[(&str, &[Syllable], bool)]) -> AnnotatedText {
    let text: String = parts.iter().map(|(word, ..)| *word).collect();
    let mut annotations = Vec::new();
    let mut at = 0;
    for (word, syllables, annotated) in parts {
        let first = word.find(hanzi::is_hanzi).unwrap_or(0);
        let last = word.rfind(hanzi::is_hanzi).unwrap_or(0);
        let end = at + last + word[last..].chars().next().map_or(0, char::len_utf8);
        if *annotated {
            annotations.push(Annotation {
                span: Span::new(&text, at + first..end).expect("a word has a hanzi"),
                syllables: (*syllables).into(),
                written: String::new(),
                times: 1,
                agrees: true,
            });
        }
        at += word.len();
    }
    AnnotatedText::new(text, annotations, Vec::new()).expect("words follow each other")
}

fn same_readings(found: &AnnotatedText, expected: &AnnotatedText) -> bool {
    let readings = |t: &AnnotatedText| -> Vec<(Span, Box<[Syllable]>)> {
        t.annotations().iter().map(|a| (a.span, a.syllables.clone())).collect()
    };
    found.text() == expected.text() && readings(found) == readings(expected)
}

/// A way to write the reading of a word.
type Style = fn(&str, &[Syllable]) -> String;

const STYLES: [(&str, Style); 6] = [
    ("joined", |word, syllables| pinyin::joined(word, syllables)),
    ("apart", |_, syllables| pinyin::spaced(syllables)),
    ("numbered", |_, syllables| pinyin::numbered(syllables).replace(' ', "")),
    ("in capitals", |word, syllables| pinyin::joined(word, syllables).to_uppercase()),
    ("without apostrophes", |word, syllables| pinyin::joined(word, syllables).replace('\'', "")),
    ("as spoken", |word, syllables| pinyin::joined(word, &spoken(word, syllables))),
];

/// In whatever style, the pinyin of every word of the dictionary is lifted as the dictionary has it.
#[test]
fn what_the_dictionary_has_is_lifted_as_it_has_it() {
    let words = words(if cfg!(debug_assertions) { 61 } else { 1 });
    for (style, write) in STYLES {
        let mut wrong = Vec::new();
        for (word, syllables) in &words {
            // A neutral syllable in capitals has nothing that letters have not: 啦(LA).
            let are_letters = matches!(syllables[..], [only] if only.tone() == Tone::Neutral);
            if style == "in capitals" && are_letters {
                continue;
            }
            // Marks somewhere, so that no mark is the neutral tone.
            let text = format!("在(zài){word}({})", write(word, syllables));
            let found = lift(&text, Dictionary::embedded());
            let lifted = found.annotations().get(1).map(|a| &*a.syllables);
            if lifted != Some(syllables) || found.annotations().len() != 2 {
                wrong.push(format!("{text}: {:?} {:?}", lifted.map(pinyin::spaced), found.doubts()));
            }
        }
        println!("{style}: {} of {} words are read otherwise", wrong.len(), words.len());
        assert!(wrong.len() * 2000 <= words.len(), "{style}:\n{}", wrong.join("\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 60 } else { 400 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lifting_never_panics_and_keeps_the_law(text in "[公司不一儿的行长了A-Za-z0-9 ()（）\\[\\]【】\n,“”āáǎàēéěèōóǒòrn:'’%.]{0,80}") {
        let lifted = lift(&text, Dictionary::embedded());
        let again = AnnotatedText::new(
            lifted.text().to_owned(), lifted.annotations().to_vec(), lifted.doubts().to_vec());
        prop_assert_eq!(again.as_ref(), Ok(&lifted));
        for doubt in lifted.doubts() {
            prop_assert!(lifted.text().is_char_boundary(doubt.at));
        }
        prop_assert!(lifted.text().len() <= text.len());
        prop_assert_eq!(lifted.text().matches('\n').count(), text.matches('\n').count());
        // Hanzi are never lost.
        let hanzi = |t: &str| t.chars().filter(|&c| hanzi::is_hanzi(c)).collect::<String>();
        prop_assert_eq!(hanzi(lifted.text()), hanzi(&text));
    }

    #[test]
    fn lifting_never_panics_on_any_text(text in any::<String>()) {
        let lifted = lift(&text, Dictionary::embedded());
        prop_assert!(lifted.text().len() <= text.len());
    }

    #[test]
    fn a_text_without_letters_in_brackets_comes_back_untouched(text in "[公司不一儿的0-9，。“”()（）【】\n ]{0,60}") {
        let lifted = lift(&text, Dictionary::embedded());
        prop_assert_eq!(lifted.text(), text);
        prop_assert!(lifted.annotations().is_empty());
    }

    #[test]
    fn what_we_write_comes_back(picks in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 0..6_usize), 1..12)) {
        let words = words(97);
        let between = ["", "，", "Meta", "。\n", "“", "2025"];
        let mut parts: Vec<(&str, &[Syllable], bool)> = Vec::new();
        for (index, annotated, separator) in &picks {
            let (word, syllables) = index.get(&words);
            parts.push((between[*separator], &[], false));
            parts.push((word, syllables, *annotated));
        }
        let marks = picks.iter().any(|(index, annotated, _)| {
            *annotated && index.get(&words).1.iter().any(|s| s.tone().number() < 5)
        });
        prop_assume!(marks);
        let written = build(&parts);
        let text = write(&written);
        let found = lift(&text, Dictionary::embedded());
        prop_assert!(same_readings(&found, &written), "{text}\n{found:?}");
        prop_assert_eq!(write(&found), text);
    }
}

/// Their cost is measured by `benches/doubling.rs`; a quadratic one would not come back here.
#[test]
fn brackets_by_the_hundred_thousand_are_lifted() {
    let size = if cfg!(debug_assertions) { 1 << 15 } else { 1 << 20 };
    for unit in [
        "(",
        ")",
        "((((公司))))",
        "公司(gōngsī",
        "公司(gōngsī)",
        "的(de)",
        "(a",
        "【（[",
        "安(ananananan)",
        "公司 ",
    ] {
        let text = unit.repeat(size / unit.len());
        assert!(lift(&text, Dictionary::embedded()).text().len() <= text.len(), "{unit}");
    }
}

#[test]
fn a_sign_before_letters_in_brackets_is_no_word() {
    assert_eq!(lift("%（0a）", Dictionary::embedded()).text(), "%（0a）");
}
