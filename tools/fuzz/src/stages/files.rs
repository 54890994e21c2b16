//! Files that a learner writes by hand or gets from others: lists, corrections, deck files, settings.

use fastrand::Rng;
use shengci::corrections::{read as read_corrections, write as write_corrections};
use shengci::deck;
use shengci::dictionary::Dictionary;
use shengci::hanzi::{self, Headword};
use shengci::learned::{Choice, Lookup, read_list};
use shengci::words::WordKey;

use super::law;
use crate::{World, grow, world};

const LISTS: &[&str] = &[
    "公司\n学生\n银行=yínháng\n长=zhang3\n臺灣\n# a remark\n",
    "// Pleco\n公司\tgong1si1\ta firm\n學生[学生]\txue2sheng5\tstudent\n//HSK/1\n長\tcháng\tlong\n",
    "hanzi,pinyin,english\n公司,gōngsī,\"company, firm\"\n学生,xuésheng,student\n\"银\n行\",yínháng,bank\n",
    "#separator:tab\n#html:true\n<b>公司</b>\tgōngsī\n学生 xuésheng\tstudent\n",
    "Word;Reading\r\n公司;gong si\r\n老师;lao3 shi1\r\n",
];

/// A word list, Pleco's export or a table, in an encoding.
pub(super) fn list(rng: &mut Rng, _: &World) -> Vec<u8> {
    let text = grow::text(rng, rng.clone().choice(LISTS).copied().unwrap_or_default());
    let bytes = match rng.u8(..6) {
        0..3 => text.into_bytes(),
        3 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        4 => encoding_rs::BIG5.encode(&text).0.into_owned(),
        _ => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    };
    if rng.u8(..3) > 0 { bytes } else { grow::bytes(rng, &bytes) }
}

/// Words have one syllable for each hanzi, and every line is where it is said to be.
pub(super) fn check_list(input: &[u8], _: &World) -> Result<(), String> {
    let none = |_: &Headword| Vec::new();
    let lookup = Lookup::new(Dictionary::embedded(), &none);
    let named = Choice { hanzi: Some("1".to_owned()), reading: Some("2".to_owned()) };
    for choice in [Choice::default(), named] {
        let Ok(list) = read_list(input, &lookup, &choice) else { continue };
        let keys = || list.words.iter().flat_map(|word| &word.keys);
        law(keys().all(has_a_syllable_each), || "a word has not one syllable for each hanzi".to_owned())?;
        // Lone carriage returns end lines as well, and two bytes can be a character.
        let most = input.iter().filter(|&&byte| byte == b'\n' || byte == b'\r').count() + 1;
        let lines = list.words.iter().map(|word| word.line).chain(list.unread.iter().map(|line| line.line));
        for line in lines {
            law(0 < line && line <= most, || format!("line {line} of {most}"))?;
        }
    }
    Ok(())
}

fn has_a_syllable_each(key: &WordKey) -> bool {
    hanzi::count(key.headword.as_str()) == key.reading.syllables().len()
}

const CORRECTIONS: &str = "# Corrections for shengci.\n- correct: 银行\n  reading: yín háng\n- correct: 长\n  \
     reading: zhǎng\n  in: 队长\n  from: cháng\n- split: 全员信\n  into:\n  - 全员\n  - 信\n- join: 撤单潮\n- name: \
     卡朱里亚\n  kind: person\n- sense: 公司\n  reading: gōng sī\n  gloss: firm\n- ignore: 责任编辑\n";

/// A file of corrections.
pub(super) fn corrections(rng: &mut Rng, _: &World) -> Vec<u8> {
    grow::text(rng, CORRECTIONS).into_bytes()
}

/// Corrections that are taken over can be written, and are then read as they were.
pub(super) fn check_corrections(input: &[u8], _: &World) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    match read_corrections(&text) {
        Ok(taken) => {
            let written = write_corrections(&taken);
            let again =
                read_corrections(&written).map_err(|error| format!("what we write has a fault: {error}"))?;
            law(again == taken, || format!("{taken:?} came back as {again:?}"))
        }
        Err(error) => {
            // YAML knows more ends of lines than editors do.
            let ends = text.matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
            law(error.line > 0 && error.line <= ends + 2, || {
                format!("the fault is told at line {}", error.line)
            })
        }
    }
}

const DECK: &str = "# A deck\nname: 新闻::生词\nwords:\n  seen: 2\n  hsk: 3-6\n  kinds: [word, idiom]\n  status: \
     [new, learning]\n  skip: [公司]\narticles: last\norder: frequency\nlimit: 50\ncards: [recognition, \
     production]\ntags: [news, \"hsk::{hsk}\"]\nfields:\n  pinyin: marks\n  sentence: yes\ntone-colours: pleco\n\
     hsk-version: 2025\n";

/// A deck file.
pub(super) fn deck(rng: &mut Rng, _: &World) -> Vec<u8> {
    let shipped = deck::shipped();
    let base = shipped.get(rng.usize(..=shipped.len())).map_or(DECK, |shipped| shipped.text);
    grow::text(rng, base).into_bytes()
}

/// A fault has a place in the file, and words.
pub(super) fn check_deck(input: &[u8], _: &World) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let Err(fault) = deck::parse("deck.yaml", &text) else { return Ok(()) };
    law(fault.line > 0 && fault.column > 0 && !fault.message.is_empty(), || {
        format!("a fault without a place: {fault:?}")
    })?;
    law(fault.message.len() < 2000, || format!("a fault of {} bytes", fault.message.len()))
}

const SETTINGS: &str = "hsk-version: 2021\nknown-from-days: 30\nignore-suspended-new: yes\ntone-colours: pleco\n\
     anki:\n  profile: 1\n  url: http://127.0.0.1:9\n  key: k\n  fields:\n    Basic: {hanzi: Front, reading: \
     Back}\n";

/// The learner's settings.
pub(super) fn settings(rng: &mut Rng, _: &World) -> Vec<u8> {
    let text = grow::text(rng, SETTINGS).into_bytes();
    if rng.u8(..8) > 0 { text } else { grow::bytes(rng, &text) }
}

/// Settings are followed or refused, by a verb that follows them.
pub(super) fn check_settings(input: &[u8], world: &World) -> Result<(), String> {
    let home = world::folder()?;
    let folder = home.path().join(".config/shengci");
    let write = || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("config.yaml"), input)?;
        std::fs::write(home.path().join("list.txt"), "公司\n")
    };
    write().map_err(|error| error.to_string())?;
    let said = world.program().run(home.path(), &["import", "list.txt", "--dry-run"], b"")?;
    law(said.code < 2, || "bad settings are no wrong usage".to_owned())?;
    law(!home.path().join("library.db").exists(), || "a try made a library".to_owned())
}
