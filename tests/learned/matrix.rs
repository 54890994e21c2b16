//! Every state that a card can be in, in every kind of note type: each pair is a word of its own, made by the real
//! Anki (`matrix.py`), with the scheduler of old and with FSRS.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shengci::deck::{Field, note_type};
use shengci::dictionary::Dictionary;
use shengci::hanzi::is_hanzi;
use shengci::learned::{AnkiState, Connect, Lookup, Options, Script, read_report};
use shengci::pinyin::{Syllable, write, zhuyin};

use super::connect::{PATIENCE, stand_in};
use super::{lookup, report, states};
use crate::support::{Home, python};

use AnkiState::{InAnki, Known, Learning};

/// The one state that FSRS makes another of: a card without a memory gets no interval from the date.
const DUE_DATE: &str = "due date set, never answered";

/// The states of `matrix.py`, and what each says of the learner.
const STATES: &[(&str, AnkiState)] = &[
    ("new", InAnki),
    ("new, buried", InAnki),
    ("new, suspended", InAnki),
    ("new, filtered", InAnki),
    ("new, previewed", InAnki),
    ("new, answered and undone", InAnki),
    ("learning", Learning),
    ("young", Learning),
    ("young, suspended", Learning),
    ("mature", Known),
    ("mature, buried by hand", Known),
    ("mature, buried with a sibling", Known),
    ("mature, suspended", Known),
    ("mature, filtered", Known),
    ("mature, filtered for a preview", Known),
    ("mature, previewed", Known),
    ("mature, lapsed and undone", Known),
    ("relearning", Learning),
    ("relearning, suspended", Learning),
    ("leech", Learning),
    (DUE_DATE, Known),
    ("forgotten", Learning),
    ("forgotten, counts and all", InAnki),
];

/// A word as a note type writes it.
struct Written<'w> {
    simplified: &'w str,
    traditional: &'w str,
    reading: &'w [Syllable],
}

/// A note type: name, fields, which of them is asked, whether it has to be made, whether a word with several
/// readings does for it, and how it writes a word.
type Kind = (&'static str, Vec<&'static str>, usize, bool, bool, fn(&Written<'_>) -> Vec<String>);

fn marks(word: &Written<'_>) -> String {
    write::spaced(word.reading)
}

fn numbers(word: &Written<'_>) -> String {
    word.reading.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The results of `over` for each hanzi with its syllable, joined.
fn each(word: &Written<'_>, over: impl Fn(char, &str) -> String) -> String {
    word.simplified.chars().zip(word.reading).map(|(c, &s)| over(c, &write::spaced(&[s]))).collect()
}

fn kinds() -> Vec<Kind> {
    vec![
        ("Basic", vec![], 0, false, false, |w| vec![w.simplified.into(), "a gloss".into()]),
        ("Basic (and reversed card)", vec![], 0, false, false, |w| {
            vec![w.simplified.into(), "a gloss".into()]
        }),
        ("Cloze", vec![], 0, false, false, |w| vec![format!("{{{{c1::{}}}}}", w.simplified), String::new()]),
        (note_type::NAME, Field::ALL.map(Field::name).to_vec(), 0, true, true, |w| {
            let mut fields = vec![String::new(); Field::ALL.len()];
            fields[Field::Hanzi as usize] = w.simplified.into();
            fields[Field::Pinyin as usize] = format!("<span class=\"tone1\">{}</span>", marks(w));
            fields
        }),
        ("Pleco", vec!["Headword", "Pron", "Defn"], 0, true, true, |w| {
            vec![format!("{}[{}]", w.simplified, w.traditional), numbers(w), "1 noun a gloss".into()]
        }),
        ("HTML", vec!["Front", "Audio"], 0, true, false, |w| {
            let word = format!("<div style=\"font-size: 30px\"><b>{}</b>&nbsp;<br></div>", w.simplified);
            vec![word + "[sound:a.mp3]", "[sound:b.mp3]".into()]
        }),
        ("Ruby", vec!["Word", "Meaning"], 0, true, true, |w| {
            let over = each(w, |c, s| format!("{c}<rp>(</rp><rt>{s}</rt><rp>)</rp>"));
            vec![format!("<ruby>{over}</ruby>"), "a gloss".into()]
        }),
        ("Furigana", vec!["Word", "Meaning"], 0, true, true, |w| {
            vec![each(w, |c, s| format!(" {c}[{s}]")), "a gloss".into()]
        }),
        ("Furigana of the word", vec!["Word", "Meaning"], 0, true, true, |w| {
            vec![format!("{}[{}]", w.simplified, marks(w)), "a gloss".into()]
        }),
        ("Traditional", vec!["Meaning", "Characters"], 1, true, false, |w| {
            vec!["a gloss".into(), w.traditional.into()]
        }),
        ("Marks", vec!["Word", "Reading"], 0, true, true, |w| vec![w.simplified.into(), marks(w)]),
        ("Numbers", vec!["Meaning", "Word", "Reading"], 1, true, true, |w| {
            vec!["a gloss".into(), w.simplified.into(), numbers(w).replace(' ', "")]
        }),
        ("Zhuyin", vec!["Word", "Reading"], 0, true, true, |w| {
            vec![w.traditional.into(), zhuyin::spaced(w.reading)]
        }),
    ]
}

/// Words of two hanzi with one reading, or with one of several; each as it is written, none twice.
fn words(
    several: bool,
    lookup: &Lookup<'_>,
) -> impl Iterator<Item = (&'static str, &'static str, Vec<Syllable>)> {
    Dictionary::embedded().words().filter_map(move |word| {
        let readings = word.readings();
        let traditional = word.entries().next()?.traditional;
        let plain = |form: &str| form.chars().count() == 2 && form.chars().all(is_hanzi);
        let one_form = word.entries().all(|entry| entry.traditional == traditional);
        // Readings that are told apart without their tones' sandhi.
        let apart = readings.iter().all(|reading| {
            let bases = |r: &[Syllable]| r.iter().map(|s| s.base().to_owned()).collect::<Vec<_>>();
            readings.iter().filter(|other| bases(other) == bases(reading)).count() == 1
        });
        let fits = plain(word.simplified)
            && plain(traditional)
            && one_form
            && apart
            && if several {
                readings.len() > 1
            } else {
                readings.len() == 1 && traditional != word.simplified
            }
            && lookup
                .words(traditional, "", Script::Traditional)
                .is_ok_and(|keys| keys.len() == readings.len());
        fits.then(|| (word.simplified, traditional, readings[readings.len() - 1].clone()))
    })
}

/// The plan for `matrix.py`, and what the program must read.
fn plan(scheduler: &str) -> (Value, BTreeMap<String, AnkiState>) {
    let lookup = lookup();
    let (mut single, mut several) = (words(false, &lookup), words(true, &lookup));
    let mut single_words = 0;
    let (mut notes, mut expected) = (Vec::new(), BTreeMap::new());
    for (name, _, _, _, told, written) in kinds() {
        for &(state, says) in STATES {
            let word = if told { several.next() } else { None };
            let word = word.or_else(|| {
                single_words += 1;
                single.next()
            });
            let (simplified, traditional, reading) = word.expect("the dictionary has enough words");
            let fields = written(&Written { simplified, traditional, reading: &reading });
            notes.push(json!({"type": name, "state": state, "fields": fields}));
            let says = if state == DUE_DATE && scheduler == "fsrs" { Learning } else { says };
            let numbered = reading.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            assert_eq!(expected.insert(format!("{simplified} {numbered}"), says), None);
        }
    }
    let types: Vec<Value> = kinds()
        .into_iter()
        .map(|(name, fields, front, make, ..)| {
            json!({"name": name, "fields": fields, "front": front, "make": make})
        })
        .collect();
    let heteronyms = expected.len() - single_words;
    assert!(heteronyms > 40, "{heteronyms} words with several readings");
    (json!({"types": types, "notes": notes}), expected)
}

#[test]
fn every_state_in_every_kind_of_note_type() {
    for scheduler in ["sm2", "fsrs"] {
        let (plan, expected) = plan(scheduler);
        let home = Home::new();
        let file = home.file("plan.json", plan.to_string());
        let arguments = [&*file.to_string_lossy(), &*home.path().to_string_lossy(), scheduler];
        python::script("tests/learned/matrix.py", &arguments);
        for form in ["collection.anki2", "old.anki2", "legacy.apkg", "zstd.colpkg", "again.anki2"] {
            let report = report(&home.join(form));
            let read = states(&report);
            let wrong: Vec<String> = expected
                .iter()
                .filter(|(word, state)| read.get(*word) != Some(state))
                .map(|(word, state)| format!("{word}: {:?}, not {state:?}", read.get(word)))
                .collect();
            assert!(wrong.is_empty(), "{scheduler} {form}: {}\n{:?}", wrong.join("\n"), report.left_out);
            assert_eq!(read.len(), expected.len(), "{scheduler} {form}");
        }
        // Through AnkiConnect, card by card and by searches.
        for broken in [None, Some("--broken-cards")] {
            let arguments: Vec<&str> = ["--hide-file"].into_iter().chain(broken).collect();
            let (_running, url) = stand_in(&home, &arguments);
            let collection = Connect::new(&url, None, PATIENCE).read(21).expect("it answers");
            let read = states(&read_report(&collection, &lookup(), &Options::default()));
            assert_eq!(read, expected, "{scheduler} {broken:?}");
        }
    }
}
