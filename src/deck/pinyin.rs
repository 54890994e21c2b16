//! Readings as a card shows them: a syllable coloured by its tone, a word in its parts, a sentence written out.
//!
//! Joints, blanks and hyphens follow GB/T 16159-2012: inside a word by [`spelling`], between words by
//! [`beside`]; names that are names only where they stand by [`capitals`]. Their lists are `deck/data/orthography.txt`.

mod beside;
mod capitals;
mod line;
mod names;
mod numerals;
mod phrases;
mod spelling;
mod syllables;

/// The lists of `data/orthography.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/orthography-lists.rs"));
}

use line::{Ended, Line, latin};
use spelling::{Joint, Spelling};
use syllables::push_syllable;

use super::html::Html;
use super::spec::Notation;
use crate::dictionary::Dictionary;
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, zhuyin};
use crate::tokens::Kind;
use crate::words::{Example, WordKey};

/// The reading of a word by itself, syllable by syllable in its tone's colour.
#[must_use]
pub fn word(key: &WordKey, kind: Kind, notation: Notation, dictionary: Dictionary) -> Html {
    let form = key.headword.as_str();
    let mut html = Html::new();
    let spelling = Spelling::of(form, key.reading.syllables(), kind, dictionary);
    push_word(&mut html, form, key.reading.syllables(), &spelling, notation);
    html
}

/// The reading of a word of the language, that is neither a name nor a number: 条 tiáo.
#[must_use]
pub fn plain_word(form: &str, syllables: &[Syllable], notation: Notation) -> Html {
    let mut html = Html::new();
    push_word(&mut html, form, syllables, &Spelling::joined(syllables.len()), notation);
    html
}

/// Zhuyin without colours.
#[must_use]
pub fn zhuyin(syllables: &[Syllable]) -> String {
    zhuyin::spaced(syllables)
}

fn push_word(html: &mut Html, form: &str, syllables: &[Syllable], spelling: &Spelling, notation: Notation) {
    let mut rest = syllables.iter().copied().enumerate();
    let mut before = None;
    // The capital is the first letter's, whoever brings it.
    let mut brought = false;
    for c in form.chars() {
        if is_hanzi(c) {
            let Some((at, syllable)) = rest.next() else { continue };
            let joint = spelling.joint(at);
            push_separator(html, before, joint, syllable, notation);
            push_syllable(html, syllable, spelling.capital(at) && !(at == 0 && brought), notation);
            before = Some(Before::Syllable);
        } else {
            if before == Some(Before::Syllable) && c.is_alphanumeric() {
                html.push_text(" ");
            }
            // The parts of a foreign name stand apart, as others do (6.2.1).
            let (c, _) = latin(c);
            html.push_char(if c == '·' { ' ' } else { c });
            before = Some(match c {
                ',' | ';' | ':' => Before::Comma,
                c if c.is_alphanumeric() => Before::Letter,
                _ => Before::Mark,
            });
            brought |= c.is_alphanumeric();
        }
    }
    // A form with fewer hanzi than syllables loses none of them.
    for (at, syllable) in rest {
        push_separator(html, before, spelling.joint(at), syllable, notation);
        push_syllable(html, syllable, spelling.capital(at), notation);
        before = Some(Before::Syllable);
    }
}

/// The kind of syllable or sign before a syllable in its word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Syllable,
    Letter,
    Comma,
    Mark,
}

fn push_separator(
    html: &mut Html,
    before: Option<Before>,
    joint: Joint,
    syllable: Syllable,
    notation: Notation,
) {
    html.push_text(match before {
        None | Some(Before::Mark) => "",
        Some(Before::Letter | Before::Comma) => " ",
        Some(Before::Syllable) => between(joint, syllable, notation),
    });
}

/// The joint between a syllable and the one before.
fn between(joint: Joint, syllable: Syllable, notation: Notation) -> &'static str {
    match joint {
        _ if notation == Notation::Zhuyin => " ",
        Joint::Apart => " ",
        Joint::Hyphen => "-",
        Joint::Joined if notation == Notation::Marks && syllable.base().starts_with(['a', 'e', 'o', 'ê']) => {
            "'"
        }
        Joint::Joined => "",
    }
}

/// The pinyin of a sentence, its word marked, a question mark after each reading that is not sure.
#[must_use]
pub fn sentence(example: &Example, notation: Notation, dictionary: Dictionary) -> Html {
    let mut line = Line::default();
    let short: Vec<bool> =
        (0..example.words.len()).map(|place| capitals::is_short_place(example, place)).collect();
    let mut at = 0;
    for (place, word) in example.words.iter().enumerate() {
        if word.span.start() < at {
            continue;
        }
        line.text(example.sentence.get(at..word.span.start()).unwrap_or_default());
        let form = word.span.of(&example.sentence);
        let syllables = word.key.reading.syllables();
        let mut spelling = Spelling::of(word.key.headword.as_str(), syllables, word.kind, dictionary);
        let first = std::mem::take(&mut line.starts_sentence);
        // A sentence begins with a capital, and so do the words of a title (6.3.1, 6.3.3).
        if first {
            spelling.raise(0);
        }
        let joint = beside::joint(example, place, &short, dictionary);
        let is_title = line.in_title
            && joint != Joint::Joined
            && !lists::SMALL_IN_TITLES.has(word.key.headword.as_str());
        if is_title || capitals::is_in_body(example, place) {
            spelling.raise_parts();
        }
        if short[place] {
            spelling.raise(0);
        }
        if beside::is_counted(example, place) {
            spelling.set(1, Joint::Apart);
        }
        if line.ended == Ended::Word && joint != Joint::Apart {
            let syllable = syllables.first().copied();
            line.html.push_text(syllable.map_or("", |syllable| between(joint, syllable, notation)));
        } else {
            line.blank_before(matches!(word.kind, Kind::Latin));
        }
        let mut html = Html::new();
        push_word(&mut html, form, syllables, &spelling, notation);
        if !word.sure {
            html.element("span", "unsure", |html| html.push_text("?"));
        }
        if example.places.iter().any(|place| place.overlaps(word.span)) {
            line.html.element("b", "", |inside| inside.push(&html));
        } else {
            line.html.push(&html);
        }
        line.word();
        at = word.span.end();
    }
    line.text(example.sentence.get(at..).unwrap_or_default());
    line.html
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, key, plain, syllables};
    use super::*;

    fn written(form: &str, pinyin: &str, kind: Kind, notation: Notation) -> String {
        plain(&word(&key(form, pinyin), kind, notation, Dictionary::embedded()))
    }

    #[test]
    fn a_word_is_written_in_its_parts() {
        let marks = |form, pinyin| written(form, pinyin, Kind::Word, Notation::Marks);
        assert_eq!(marks("公司", "gong1 si1"), "gōngsī");
        assert_eq!(marks("恩爱", "en1 ai4"), "ēn'ài");
        assert_eq!(marks("花儿", "hua1 r5"), "huār");
        assert_eq!(marks("T恤", "xu4"), "T xù");
        assert_eq!(marks("卡拉OK", "ka3 la1"), "kǎlā OK");
        assert_eq!(marks("28岁", "sui4"), "28 suì");
        assert_eq!(marks("工作人员", "gong1 zuo4 ren2 yuan2"), "gōngzuò rényuán");
        assert_eq!(marks("这位", "zhe4 wei4"), "zhè wèi");
        assert_eq!(marks("第一", "di4 yi1"), "dì-yī");
        let kind = |form, pinyin, kind| written(form, pinyin, kind, Notation::Marks);
        assert_eq!(kind("一封", "yi1 feng1", Kind::Measure), "yī fēng");
        assert_eq!(kind("实事求是", "shi2 shi4 qiu2 shi4", Kind::Idiom), "shíshì-qiúshì");
        assert_eq!(kind("王小明", "wang2 xiao3 ming2", Kind::Person), "Wáng Xiǎomíng");
        assert_eq!(kind("闵行区", "min3 hang2 qu1", Kind::Place), "Mǐnháng Qū");
        assert_eq!(kind("马克·扎克伯格", "ma3 ke4 zha1 ke4 bo2 ge2", Kind::Person), "Mǎkè Zhākèbógé");
        assert_eq!(written("西安", "xi1 an1", Kind::Place, Notation::Numbers), "Xi1an1");
        assert_eq!(written("第一", "di4 yi1", Kind::Word, Notation::Numbers), "di4-yi1");
    }

    #[test]
    fn zhuyin_has_a_blank_between_syllables() {
        assert_eq!(written("公司", "gong1 si1", Kind::Word, Notation::Zhuyin), "ㄍㄨㄥ ㄙ");
        assert_eq!(written("第一", "di4 yi1", Kind::Word, Notation::Zhuyin), "ㄉㄧˋ ㄧ");
        assert_eq!(zhuyin(&syllables("dong1 xi5")), "ㄉㄨㄥ ˙ㄒㄧ");
    }

    #[test]
    fn each_syllable_has_the_class_of_its_tone() {
        let html = plain_word("公司的", &syllables("gong1 si1 de5"), Notation::Marks);
        assert_eq!(
            html.as_str(),
            "<span class=\"tone1\">gōng</span><span class=\"tone1\">sī</span><span class=\"tone5\">de</span>"
        );
    }

    #[test]
    fn a_sentence_is_written_out() {
        for (text, marked, expected) in [
            (
                "“公司/gong1 si1 正在/zheng4 zai4 发展/fa1 zhan3 ，”他/ta1 说/shuo1 。好/hao3 ！",
                "发展",
                "“Gōngsī zhèngzài fāzhǎn,” tā shuō. Hǎo!",
            ),
            (
                "Meta 收购/shou1 gou4 Scale AI 49%的/de5 股份/gu3 fen4 （大/da4 规模/gui1 mo2 ）",
                "股份",
                "Meta shōugòu Scale AI 49% de gǔfèn (dà guīmó)",
            ),
            ("他/ta1 走/zou3 ——3.5公里/gong1 li3 ！", "走", "Tā zǒu —— 3.5 gōnglǐ!"),
            ("增长/zeng1 zhang3 ５．２％，北京/bei3 jing1 ’97", "增长", "Zēngzhǎng 5.2%, Běijīng ’97"),
            (
                "北京/bei3 jing1 人/ren2 2018年/nian2 来/lai2 。28岁/sui4 ！",
                "人",
                "Běijīng rén 2018 nián lái. 28 suì!",
            ),
            ("\"好/hao3 \",他/ta1 说/shuo1 .", "好", "\"Hǎo\", tā shuō."),
        ] {
            assert_eq!(
                plain(&sentence(&example(text, marked), Notation::Marks, Dictionary::embedded())),
                expected
            );
        }
    }

    #[test]
    fn a_reading_that_is_not_sure_has_a_question_mark() {
        let mut example = example("只好/zhi3 hao3 自己/zi4 ji3 种/zhong4 。", "只好");
        std::sync::Arc::make_mut(&mut example.words)[2].sure = false;
        let html = sentence(&example, Notation::Marks, Dictionary::embedded());
        assert_eq!(plain(&html), "Zhǐhǎo zìjǐ zhòng?.");
    }

    #[test]
    fn the_word_is_marked_in_the_pinyin_too() {
        let html = sentence(&example("他/ta1 走/zou3 。", "走"), Notation::Marks, Dictionary::embedded());
        assert!(html.as_str().contains("<b><span class=\"tone3\">zǒu</span></b>."));
    }
}
