//! Words and their sentences become the notes of a deck.

use rayon::prelude::*;

use super::plan::plan;
use super::spec::Spec;
use super::{Candidate, DeckName, Note};
use crate::dictionary::Dictionary;

/// A deck, ready to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    /// Its name in Anki.
    pub name: DeckName,
    /// Its notes, in the order in which they are to be learned.
    pub notes: Vec<Note>,
}

/// The deck that `spec` describes, out of the words that [`select`](super::select()) left.
#[must_use]
pub fn build(spec: &Spec, candidates: Vec<Candidate>, dictionary: Dictionary) -> Deck {
    let plan = plan(spec, candidates, dictionary);
    let notes = (0..plan.len()).into_par_iter().map(|at| plan.note(at)).collect();
    Deck { name: spec.name.clone(), notes }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::testing::{example, plain, record};
    use super::super::writer::CHECK;
    use super::super::yaml::parse;
    use super::super::{Before, Card, Field};
    use super::*;
    use crate::tokens::Kind;
    use crate::words::{Evidence, Exported, Given, Moment, Shown};

    fn deck(yaml: &str, candidates: Vec<Candidate>) -> Deck {
        let spec = parse("x.yaml", &format!("name: 新闻\n{yaml}")).expect("a deck");
        build(&spec, candidates, Dictionary::embedded())
    }

    fn candidate(headword: &str, pinyin: &str, examples: &[&str]) -> Candidate {
        let examples = examples.iter().map(|text| example(text, headword)).collect();
        Candidate { record: record(headword, pinyin), examples, before: Before::default() }
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
        assert_eq!(text(Field::SentencePinyin), "Zhè jiā gōngsī hěn dà.");
        assert_eq!(text(Field::Source), "一篇文章");
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
        let shown = Some(Shown { article: 1, sentence: "他买股份。".into() });
        let note = Given { cards: "cloze".to_owned(), shown, ..Given::default() };
        let decks = [("news".to_owned(), Exported { note, given: Moment(0) })];
        again.before = Before { decks: decks.into(), here: true, anki: None };
        let given = deck("", vec![again.clone()]);
        let sentence = |deck: &Deck| deck.notes[0].shown.as_ref().map(|shown| shown.sentence.clone());
        assert_eq!(sentence(&fresh), Some("公司今天卖了股份。".into()));
        assert_eq!(sentence(&given), Some("他买股份。".into()));
        assert_eq!(given.notes[0].cards().to_string(), "recognition,cloze");
        let before = given.notes[0].hash();
        let fields = given.notes[0].field_hashes();
        assert_eq!(fields.len(), Field::ALL.len());
        again.record.count = 8;
        let changed = deck("", vec![again.clone()]).notes[0].field_hashes();
        assert_eq!(fields.iter().zip(&changed).filter(|(a, b)| a != b).count(), 1);
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
