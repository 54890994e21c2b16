//! Every state that a card can be in, in every form that Anki keeps and exports a collection in.

use std::collections::BTreeMap;

use shengci::learned::{AnkiState, Choice, Chosen, Collection, LeftOut, Options, Script, read_report};
use shengci::words::WordKey;

use super::{key, lookup, report, states, study};
use crate::support::Home;

use AnkiState::{Ignored, InAnki, Known, Learning};

/// The words that `study.py` makes, and the learner's state with each.
const EXPECTED: &[(&str, AnkiState)] = &[
    ("公司 gong1 si1", InAnki),
    ("学生 xue2 sheng5", Learning),
    ("苹果 ping2 guo3", Learning),
    ("老师 lao3 shi1", Learning),
    ("朋友 peng2 you5", Known),
    ("中国 zhong1 guo2", Known),
    ("北京 bei3 jing1", Learning),
    ("时间 shi2 jian1", Learning),
    ("问题 wen4 ti2", Known),
    ("国家 guo2 jia1", Known),
    ("城市 cheng2 shi4", Known),
    ("银行 yin2 hang2", InAnki),
    ("经济 jing1 ji4", Learning),
    ("医院 yi1 yuan4", Known),
    ("天气 tian1 qi4", Learning),
    ("电影 dian4 ying3", InAnki),
    ("飞机 fei1 ji1", Known),
    ("汽车 qi4 che1", Known),
    ("手机 shou3 ji1", Known),
    ("长 chang2", Known),
    ("长 zhang3", InAnki),
    ("小模型 xiao3 mo2 xing2", InAnki),
    ("电脑 dian4 nao3", Known),
    ("干 gan1", Known),
    ("作家 zuo4 jia1", InAnki),
    ("画家 hua4 jia1", Known),
    ("大学 da4 xue2", Known),
];

fn expected() -> BTreeMap<String, AnkiState> {
    EXPECTED.iter().map(|&(word, state)| (word.to_owned(), state)).collect()
}

#[test]
fn every_state_in_every_form() {
    for scheduler in ["sm2", "fsrs"] {
        let home = Home::new();
        study(home.path(), scheduler);
        for form in
            ["collection.anki2", "old.anki2", "legacy.apkg", "zstd.apkg", "legacy.colpkg", "zstd.colpkg"]
        {
            let report = report(&home.join(form));
            assert_eq!(states(&report), expected(), "{scheduler} {form}");
            let left_out: BTreeMap<LeftOut, usize> =
                report.left_out.iter().map(|(why, (count, _))| (*why, *count)).collect();
            assert_eq!(
                left_out,
                [(LeftOut::NoHanzi, 1), (LeftOut::OtherLanguage, 1), (LeftOut::Sentence, 1)].into(),
                "{scheduler} {form}"
            );
            assert_eq!(report.remarks, Vec::<String>::new());
        }
        let plain = states(&report(&home.join("plain.apkg")));
        assert_eq!(plain.len(), EXPECTED.len());
        assert!(plain.values().all(|state| *state == InAnki), "a package without scheduling says nothing");
    }
}

#[test]
fn the_mapping_is_guessed_and_shown() {
    let home = Home::new();
    study(home.path(), "sm2");
    let report = report(&home.join("collection.anki2"));
    let shown: BTreeMap<&str, (Option<&str>, Option<&str>, Script)> = report
        .mappings
        .iter()
        .map(|m| (m.note_type.as_str(), (m.hanzi.as_deref(), m.reading.as_deref(), m.script)))
        .collect();
    assert_eq!(shown["Basic"], (Some("Front"), None, Script::Simplified));
    assert_eq!(shown["shengci test word"], (Some("Hanzi"), Some("Pinyin"), Script::Simplified));
    assert_eq!(shown["Traditional deck"], (Some("Word"), Some("Reading"), Script::Traditional));
    assert_eq!(report.mappings[0].note_type, "Basic");
    assert_eq!(report.mappings[0].chosen, Chosen::Guessed);
    assert_eq!(report.mappings[0].samples[0].0, "公司");
}

#[test]
fn the_learner_decides_what_counts() {
    let home = Home::new();
    study(home.path(), "sm2");
    let collection = Collection::read(&home.join("collection.anki2")).expect("a collection");
    let read = |options: &Options<'_>| read_report(&collection, &lookup(), options);

    let strict = read(&Options { known_from_days: 31, ..Options::default() });
    assert_eq!(states(&strict)["朋友 peng2 you5"], Learning);
    assert_eq!(states(&strict)["城市 cheng2 shi4"], Known);
    let ignoring = read(&Options { ignore_suspended_new: true, ..Options::default() });
    assert_eq!(states(&ignoring)["银行 yin2 hang2"], Ignored);
    assert_eq!(states(&ignoring)["公司 gong1 si1"], InAnki);

    let field = Choice { hanzi: Some("word".into()), reading: None };
    let one = read(&Options { fields: field, ..Options::default() });
    assert_eq!(states(&one).len(), 2, "only one note type has a field of that name");
    assert_eq!(one.left_out[&LeftOut::NoField].0, collection.notes.len() - 2);

    let wrong = Choice { hanzi: Some("English".into()), reading: None };
    let by_note_type = [("Traditional deck".to_owned(), wrong)].into();
    let misled = read(&Options { by_note_type, ..Options::default() });
    assert!(!states(&misled).contains_key("电脑 dian4 nao3"));
    assert_eq!(states(&misled).len(), EXPECTED.len() - 2);

    let missing = Choice { hanzi: Some("Hanzi".into()), reading: None };
    let by_note_type = [("Basic".to_owned(), missing)].into();
    let remarks = read(&Options { by_note_type, ..Options::default() }).remarks;
    assert_eq!(remarks, ["the note type “Basic” has no field “Hanzi”; it has Front, Back"]);
}

#[test]
fn our_own_notes_are_known_by_their_guid() {
    let home = Home::new();
    study(home.path(), "sm2");
    let collection = Collection::read(&home.join("collection.anki2")).expect("a collection");
    // The fields of the note don't matter: the learner may have edited them.
    let own = |guid: &str| -> Option<WordKey> { (guid == "guid-small").then(|| key("模型", "mo2 xing2")) };
    let options = Options { own: &own, ..Options::default() };
    let report = read_report(&collection, &lookup(), &options);
    let ours: Vec<_> = report.words.iter().filter(|word| word.own).collect();
    assert_eq!(ours.len(), 1);
    assert_eq!(ours[0].keys, [key("模型", "mo2 xing2")]);
    assert_eq!(ours[0].fields[1], ("Pinyin".to_owned(), "xiǎo móxíng".to_owned()));
    assert!(ours[0].modified.0 > 1_700_000_000);

    let options = Options { own_note_types: &[(0, "Shengci Test Word")], ..Options::default() };
    let by_type = read_report(&collection, &lookup(), &options);
    assert_eq!(by_type.words.iter().filter(|word| word.own && word.fields.len() == 3).count(), 3);
}

#[test]
fn what_is_no_package_says_so() {
    let home = Home::new();
    let not_zip = home.file("words.apkg", b"PK\x03\x04 and then nothing");
    let error = Collection::read(&not_zip).expect_err("no package");
    assert!(error.to_string().contains("words.apkg is no Anki package"), "{error}");
    assert!(error.hint().is_some());
    let not_sqlite = home.file("collection.anki2", vec![b'x'; 4096]);
    let error = Collection::read(&not_sqlite).expect_err("no collection");
    assert!(error.to_string().ends_with("it is no SQLite file"), "{error}");
    let empty = home.file("empty.anki2", b"");
    let error = Collection::read(&empty).expect_err("no collection");
    assert!(error.to_string().ends_with("it has no table `col`"), "{error}");
    assert!(Collection::read(&home.join("nowhere.apkg")).is_err());
}
