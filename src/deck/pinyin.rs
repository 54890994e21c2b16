//! Readings as a card shows them: a syllable coloured by its tone, a word in one piece, a sentence written out.
//!
//! Syllables of a word are joined, with an apostrophe where the next begins with a vowel, names have a capital
//! (GB/T 16159-2012). Punctuation takes its Latin form, since full-width marks tear holes into Latin text.

use std::sync::LazyLock;

use super::html::Html;
use super::spec::Notation;
use crate::dictionary::{Dictionary, Meaning};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, write, zhuyin};
use crate::text::narrow;
use crate::tokens::Kind;
use crate::words::{Example, WordKey};

/// The reading of a word that is written `form`, syllable by syllable in its tone's colour.
#[must_use]
pub fn word(form: &str, syllables: &[Syllable], capital: bool, notation: Notation) -> Html {
    let mut html = Html::new();
    push_word(&mut html, form, syllables, capital, notation);
    html
}

/// Zhuyin without colours.
#[must_use]
pub fn zhuyin(syllables: &[Syllable]) -> String {
    zhuyin::spaced(syllables)
}

fn push_word(html: &mut Html, form: &str, syllables: &[Syllable], capital: bool, notation: Notation) {
    let mut rest = syllables.iter().copied();
    let mut capital = capital;
    let mut before = None;
    for c in form.chars() {
        if is_hanzi(c) {
            let Some(syllable) = rest.next() else { continue };
            push_separator(html, before, syllable, notation);
            push_syllable(html, syllable, capital, notation);
            before = Some(Before::Syllable);
            capital = false;
        } else {
            if before == Some(Before::Syllable) && c.is_alphanumeric() {
                html.push_text(" ");
            }
            let (c, _) = latin(c);
            html.push_char(c);
            before = Some(if c.is_alphanumeric() { Before::Letter } else { Before::Mark });
            // The capital is the first letter's, whoever brings it; each part of a foreign name has its own.
            capital = c == '·' || capital && before == Some(Before::Mark);
        }
    }
    // A form with fewer hanzi than syllables loses none of them.
    for syllable in rest {
        push_separator(html, before, syllable, notation);
        push_syllable(html, syllable, false, notation);
        before = Some(Before::Syllable);
    }
}

/// The kind of syllable or sign before a syllable in its word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Syllable,
    Letter,
    Mark,
}

fn push_separator(html: &mut Html, before: Option<Before>, syllable: Syllable, notation: Notation) {
    let apart = match before {
        Some(Before::Syllable) if notation == Notation::Zhuyin => " ",
        Some(Before::Syllable) if syllable.base().starts_with(['a', 'e', 'o', 'ê']) => "'",
        Some(Before::Letter) => " ",
        _ => "",
    };
    html.push_text(if notation == Notation::Numbers && apart == "'" { "" } else { apart });
}

fn push_syllable(html: &mut Html, syllable: Syllable, capital: bool, notation: Notation) {
    let table = match notation {
        Notation::Marks => &MARKS,
        Notation::Numbers => &NUMBERS,
        Notation::Zhuyin => &ZHUYIN,
    };
    match table.get(usize::from(syllable.code())) {
        Some(written) if !capital => html.push(written),
        _ => html.push(&syllable_html(syllable, capital, notation)),
    }
}

/// Every syllable as it is shown, by its code: a deck writes the same thousand again and again.
type Table = LazyLock<Vec<Html>>;
static MARKS: Table = LazyLock::new(|| table(Notation::Marks));
static NUMBERS: Table = LazyLock::new(|| table(Notation::Numbers));
static ZHUYIN: Table = LazyLock::new(|| table(Notation::Zhuyin));

fn table(notation: Notation) -> Vec<Html> {
    let of = |code| Syllable::from_code(code).map_or_else(Html::new, |s| syllable_html(s, false, notation));
    let codes = (0..=u16::MAX).take_while(|&code| code % 8 != 1 || Syllable::from_code(code).is_some());
    codes.map(of).collect()
}

fn syllable_html(syllable: Syllable, capital: bool, notation: Notation) -> Html {
    let written = match notation {
        Notation::Marks => write::marked(syllable).to_owned(),
        Notation::Numbers => syllable.to_string(),
        Notation::Zhuyin => zhuyin::zhuyin(syllable),
    };
    let written = if capital { write::capitalised(&written) } else { written };
    let mut html = Html::new();
    html.element("span", TONE[usize::from(syllable.tone().number()) - 1], |html| html.push_text(&written));
    html
}

const TONE: [&str; 5] = ["tone1", "tone2", "tone3", "tone4", "tone5"];

/// How a mark stands among words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// A letter, a digit.
    AsLetter,
    /// Clings to what is before it: a comma.
    Before,
    /// Clings to what follows: an opening bracket.
    After,
    /// Between blanks: a dash.
    Apart,
    /// Clings to both: the dot in a name.
    Tight,
    Blank,
}

/// A character of a Chinese text in Latin surroundings.
fn latin(c: char) -> (char, Stands) {
    match c {
        '，' | '、' => (',', Stands::Before),
        '。' | '．' => ('.', Stands::Before),
        '；' => (';', Stands::Before),
        '：' => (':', Stands::Before),
        '？' => ('?', Stands::Before),
        '！' => ('!', Stands::Before),
        '％' => ('%', Stands::Before),
        '）' | '］' | '】' => (')', Stands::Before),
        '（' | '［' | '【' => ('(', Stands::After),
        '“' | '「' | '『' => ('“', Stands::After),
        '”' | '」' | '』' => ('”', Stands::Before),
        '《' | '〈' => ('«', Stands::After),
        '》' | '〉' => ('»', Stands::Before),
        '‘' => (c, Stands::After),
        '’' | ',' | '.' | ';' | ':' | '?' | '!' | '%' | ')' | ']' | '…' => (c, Stands::Before),
        '(' | '[' | '#' | '$' => (c, Stands::After),
        '·' | '・' | '/' | '-' | '~' | '～' => (if c == '・' { '·' } else { c }, Stands::Tight),
        '—' | '–' | '+' | '=' | '&' => (c, Stands::Apart),
        c if c.is_whitespace() => (' ', Stands::Blank),
        '\u{FF01}'..='\u{FF5E}' => (narrow(c), Stands::AsLetter),
        c => (c, Stands::AsLetter),
    }
}

/// The pinyin of a sentence, its word marked, a question mark after each reading that is not sure.
#[must_use]
pub fn sentence(example: &Example, notation: Notation, dictionary: Dictionary) -> Html {
    let mut line = Line::default();
    let mut at = 0;
    for word in &*example.words {
        if word.span.start() < at {
            continue;
        }
        line.text(example.sentence.get(at..word.span.start()).unwrap_or_default());
        let form = word.span.of(&example.sentence);
        let first = std::mem::take(&mut line.starts_sentence);
        let capital = first || word.kind.is_name() || is_proper(&word.key, dictionary);
        let mark = example.places.iter().any(|place| place.overlaps(word.span));
        line.blank_before(matches!(word.kind, Kind::Latin));
        let mut html = self::word(form, word.key.reading.syllables(), capital, notation);
        if !word.sure {
            html.element("span", "unsure", |html| html.push_text("?"));
        }
        if mark {
            line.html.element("b", "", |inside| inside.push(&html));
        } else {
            line.html.push(&html);
        }
        line.ended = Ended::Word;
        at = word.span.end();
    }
    line.text(example.sentence.get(at..).unwrap_or_default());
    line.html
}

/// Whether the dictionary knows the word, read so, as a name and nothing else.
fn is_proper(key: &WordKey, dictionary: Dictionary) -> bool {
    let Some(word) = dictionary.find(key.headword.as_str()) else { return false };
    // Few words have such an entry.
    word.entries().any(|entry| entry.proper)
        && Meaning::of(&word, key.reading.syllables()).is_some_and(|meaning| meaning.is_proper())
}

/// A line as it grows.
struct Line {
    html: Html,
    ended: Ended,
    starts_sentence: bool,
    in_quotes: bool,
    last_dash: bool,
}

/// The end of the line so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Start,
    /// A word: the next one needs a blank.
    Word,
    /// A letter or digit of a Latin stretch: the next letter doesn't.
    Letter,
    /// A comma: what follows needs a blank.
    Mark,
    /// An opening bracket or a tight mark: what follows clings.
    Open,
    Blank,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            html: Html::new(),
            ended: Ended::Start,
            starts_sentence: true,
            in_quotes: false,
            last_dash: false,
        }
    }
}

impl Line {
    fn blank_before(&mut self, tight: bool) {
        if !tight && matches!(self.ended, Ended::Word | Ended::Letter | Ended::Mark) {
            self.html.push_text(" ");
        }
    }

    /// Writes the text between words: letters, digits, marks.
    fn text(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let (c, mut stands) = latin(c);
            // Straight quotation marks open and close by turns.
            if c == '"' {
                stands = if self.in_quotes { Stands::Before } else { Stands::After };
                self.in_quotes = !self.in_quotes;
            }
            let next = chars.peek().map(|&next| latin(next).0);
            // 3.5, 1,000, 10:30: a mark between digits is part of the number.
            let in_number = matches!(c, '.' | ',' | ':')
                && self.ended == Ended::Letter
                && next.is_some_and(|next| next.is_ascii_digit());
            // ’97 is the year; what ends a quotation has no digit after it.
            if c == '’' && next.is_some_and(|next| next.is_ascii_digit()) {
                stands = Stands::After;
            }
            let dash_goes_on = c == '—' && self.last_dash;
            self.last_dash = c == '—';
            match stands {
                _ if in_number || dash_goes_on => self.html.push_char(c),
                Stands::Blank => {
                    if matches!(self.ended, Ended::Word | Ended::Letter | Ended::Mark) {
                        self.html.push_text(" ");
                        self.ended = Ended::Blank;
                    }
                }
                Stands::AsLetter => {
                    if matches!(self.ended, Ended::Word | Ended::Mark) {
                        self.html.push_text(" ");
                    }
                    self.html.push_char(c);
                    self.ended = Ended::Letter;
                    self.starts_sentence = false;
                }
                Stands::Before => {
                    self.html.push_char(c);
                    self.ended = Ended::Mark;
                    self.starts_sentence |= matches!(c, '.' | '?' | '!');
                }
                Stands::After => {
                    self.blank_before(false);
                    self.html.push_char(c);
                    self.ended = Ended::Open;
                }
                Stands::Apart => {
                    self.blank_before(false);
                    self.html.push_char(c);
                    self.ended = Ended::Mark;
                }
                Stands::Tight => {
                    self.html.push_char(c);
                    self.ended = Ended::Open;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, plain, syllables};
    use super::*;

    fn written(form: &str, pinyin: &str, capital: bool, notation: Notation) -> String {
        plain(&word(form, &syllables(pinyin), capital, notation))
    }

    #[test]
    fn a_word_is_written_in_one_piece() {
        let marks = |form, pinyin| written(form, pinyin, false, Notation::Marks);
        assert_eq!(marks("公司", "gong1 si1"), "gōngsī");
        assert_eq!(marks("西安", "xi1 an1"), "xī'ān");
        assert_eq!(marks("花儿", "hua1 r5"), "huār");
        assert_eq!(marks("T恤", "xu4"), "T xù");
        assert_eq!(marks("卡拉OK", "ka3 la1"), "kǎlā OK");
        assert_eq!(marks("28岁", "sui4"), "28 suì");
        assert_eq!(marks("一不做，二不休", "yi1 bu4 zuo4 er4 bu4 xiu1"), "yībùzuò,èrbùxiū");
        assert_eq!(
            written("马克·扎克伯格", "ma3 ke4 zha1 ke4 bo2 ge2", true, Notation::Marks),
            "Mǎkè·Zhākèbógé"
        );
        assert_eq!(written("西安", "xi1 an1", true, Notation::Numbers), "Xi1an1");
    }

    #[test]
    fn zhuyin_has_a_blank_between_syllables() {
        assert_eq!(written("公司", "gong1 si1", false, Notation::Zhuyin), "ㄍㄨㄥ ㄙ");
        assert_eq!(zhuyin(&syllables("dong1 xi5")), "ㄉㄨㄥ ˙ㄒㄧ");
    }

    #[test]
    fn each_syllable_has_the_class_of_its_tone() {
        let html = word("公司的", &syllables("gong1 si1 de5"), false, Notation::Marks);
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
