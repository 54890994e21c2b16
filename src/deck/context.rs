//! Which sense of a word its sentence calls for, where a plain rule decides.
//!
//! The dictionary's table of leading senses says what a word means mostly; what stands next to it may say more: 场
//! after 这 is a classifier, 约 before 他 no "approximately". Where no rule is sure, the table stands.

use super::leads;
use crate::deck::lists;
use crate::hanzi::is_hanzi;
use crate::span::Span;
use crate::tokens::Kind;
use crate::words::{Example, ExampleWord};

/// Where a word stands: what is before and after it.
pub(super) struct Place<'e> {
    pub before: &'e str,
    pub after: &'e str,
    /// The word that ends where this one begins.
    pub previous: Option<&'e ExampleWord>,
    /// The word that begins where this one ends.
    pub next: Option<&'e ExampleWord>,
}

/// The one of `glosses` that leads where the word stands in `example`.
#[must_use]
pub fn lead<'g>(headword: &str, glosses: &[&'g str], example: &Example) -> Option<&'g str> {
    let span = *example.places.first()?;
    let place = Place::of(span, example)?;
    let starting = |start: &str| glosses.iter().copied().find(|gloss| gloss.starts_with(start));
    let next = |hanzi: &str| place.after.starts_with(|c| hanzi.contains(c));
    if let Some(lead) = leads::of_word(headword, glosses, &place) {
        return Some(lead);
    }
    match headword {
        "名" if place.is_ordinal() => return starting("place (e.g."),
        "条" if place.is_ordinal() => return starting("article"),
        "点" if place.is_counted() => return starting("(after a number)"),
        "当" if place.clause_after().contains('时') || place.clause_after().ends_with("之际") => {
            return starting("when");
        }
        "约" if next("我你他她咱") => return starting("to make an appointment"),
        "等" if next("着待我你他她到了") => return starting("to wait for"),
        "对" if next("，。！？；了吗吧不") => return starting("right; correct"),
        "不过" if next("是") || place.before_number() => return starting("only"),
        "连" if !place.clause_after().contains(['都', '也', '还']) => return starting("continuously"),
        "电" if place.before.ends_with('日') => return starting("phone call or telegram"),
        "站" if place.previous.is_some_and(|word| word.kind == Kind::Place) => return starting("station"),
        "干脆" if place.before.ends_with(['很', '分']) => return starting("candid"),
        "千万" if next("别不要") => return starting("one must by all means"),
        "一定" if place.before.ends_with(['有', '了', '在', '到']) => return starting("a certain"),
        "派" if place.before.ends_with('一') => return starting("(preceded by"),
        "左右" if !place.after_amount() => return starting("left and right"),
        "长" if place.names_an_office() => return starting("chief"),
        _ => {}
    }
    if place.beside_a_country(headword)
        && let Some(country) = glosses.iter().copied().find(|gloss| names_a_country(gloss))
    {
        return Some(country);
    }
    let classifier = || glosses.iter().copied().find(|gloss| is_classifier(gloss));
    // 各部 are the ministries.
    let counted = place.is_counted() && !(headword == "部" && place.before.ends_with('各'));
    let classifier = if counted { classifier() } else { None };
    // A hanzi alone has too many senses for its kind to tell which.
    let several = headword.chars().nth(1).is_some();
    classifier.or_else(|| leads::of_kind(glosses, &place).filter(|_| several))
}

impl<'e> Place<'e> {
    /// That of the word at `span` of the example's sentence.
    pub(super) fn of(span: Span, example: &'e Example) -> Option<Self> {
        let (before, after) = (example.sentence.get(..span.start())?, example.sentence.get(span.end()..)?);
        let previous = example.words.iter().find(|word| word.span.end() == span.start());
        let next = example.words.iter().find(|word| word.span.start() == span.end());
        Some(Self { before, after, previous, next })
    }

    /// Whether a number, or a word that points, stands right before it.
    fn is_counted(&self) -> bool {
        match self.previous {
            Some(word) => {
                let headword = word.key.headword.as_str();
                matches!(word.kind, Kind::Number) || headword.chars().all(|c| lists::COUNTING.contains(c))
            }
            None => self.before.ends_with(|c: char| c.is_ascii_digit()),
        }
    }

    /// Whether 第 and a number stand right before it.
    fn is_ordinal(&self) -> bool {
        let number = |c: char| c.is_ascii_digit() || lists::COUNTING_NUMERALS.contains(c);
        let bare = self.before.trim_end_matches(number);
        bare.len() < self.before.len() && bare.ends_with('第')
    }

    /// Whether an amount or a time stands right before it: 五点左右, 30%左右.
    fn after_amount(&self) -> bool {
        let kind = self.previous.map(|word| word.kind);
        matches!(kind, Some(Kind::Number | Kind::Measure | Kind::Time))
            || self.before.ends_with(|c: char| c.is_ascii_digit() || "%％度点年月日岁天倍元".contains(c))
    }

    fn before_number(&self) -> bool {
        self.after.starts_with(|c: char| c.is_ascii_digit() || lists::COUNTING_NUMERALS.contains(c))
    }

    /// The rest of the clause, up to the next stop.
    fn clause_after(&self) -> &'e str {
        self.after.split(['，', '。', '；', '！', '？', ',', ';']).next().unwrap_or_default()
    }

    /// 代表团团长, but not 孩子长得快.
    fn names_an_office(&self) -> bool {
        let growing = self.after.starts_with(|c| "得大高着出成了满到于在势".contains(c));
        let noun = self.previous.is_some_and(|word| {
            word.kind == Kind::Organisation || word.key.headword.as_str().chars().count() > 1
        });
        noun && !growing && self.before.ends_with(is_hanzi)
    }

    /// Whether a country's short name stands right before or after it, and it is one itself.
    fn beside_a_country(&self, headword: &str) -> bool {
        let is = |c: char| lists::COUNTRIES.contains(c);
        let before = self.previous.is_some_and(|word| {
            let mut hanzi = word.key.headword.as_str().chars();
            hanzi.next().is_some_and(is) && hanzi.next().is_none()
        });
        headword.chars().all(is) && (before || self.after.starts_with(is))
    }
}

fn is_classifier(gloss: &str) -> bool {
    ["classifier", "(classifier)", "(coll.) classifier"].iter().any(|start| gloss.starts_with(start))
}

fn names_a_country(gloss: &str) -> bool {
    let bare = gloss.strip_prefix("(bound form) ").unwrap_or(gloss);
    const NAMES: [&str; 16] = [
        "China",
        "USA",
        "Russia",
        "United Kingdom",
        "France",
        "Germany",
        "Japan",
        "Korea",
        "India",
        "Europe",
        "Australia",
        "Canada",
        "Italy",
        "Pakistan",
        "Vietnam",
        "Thailand",
    ];
    NAMES.iter().any(|name| bare.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{example, key};
    use super::*;
    use crate::dictionary::{Dictionary, Meaning};

    /// The sense of `word` that leads in a sentence.
    fn leads(word: &str, pinyin: &str, sentence: &str) -> &'static str {
        let key = key(word, pinyin);
        let found = Dictionary::embedded().find(word).expect("a word of the dictionary");
        let glosses = Meaning::of(&found, key.reading.syllables()).expect("a reading of it").glosses();
        lead(word, &glosses, &example(sentence, word)).unwrap_or(glosses[0])
    }

    #[test]
    fn after_a_number_or_a_pointing_word_it_is_the_classifier() {
        for (word, pinyin, sentence) in [
            ("场", "chang3", "这/zhe4 场/chang3 比赛/bi3 sai4 。"),
            ("家", "jia1", "3家/jia1 公司/gong1 si1 。"),
            ("名", "ming2", "两/liang3 名/ming2 学生/xue2 sheng5 。"),
            ("把", "ba3", "一/yi1 把/ba3 刀/dao1 。"),
            ("所", "suo3", "几/ji3 所/suo3 学校/xue2 xiao4 。"),
        ] {
            assert!(is_classifier(leads(word, pinyin, sentence)), "{sentence}");
        }
        assert_eq!(leads("家", "jia1", "我/wo3 家/jia1 很/hen3 远/yuan3 。"), "home");
        assert_eq!(leads("家", "jia1", "统一/tong3 yi1 家/jia1 。"), "home");
        assert_eq!(leads("条", "tiao2", "第/di4 3条/tiao2 。"), "article");
        assert!(leads("名", "ming2", "第/di4 三/san1 名/ming2 。").starts_with("place"));
    }

    #[test]
    fn what_stands_beside_it_chooses_the_sense() {
        for (word, pinyin, sentence, expected) in [
            ("约", "yue1", "约/yue1 50人/ren2 。", "approximately"),
            ("约", "yue1", "他/ta1 约/yue1 我/wo3 吃饭/chi1 fan4 。", "to make an appointment"),
            ("当", "dang1", "当/dang1 他/ta1 来/lai2 时/shi2 。", "when"),
            ("当", "dang1", "他/ta1 当/dang1 老师/lao3 shi1 。", "to act as"),
            ("长", "zhang3", "孩子/hai2 zi5 长/zhang3 得/de5 快/kuai4 。", "to grow"),
            ("长", "zhang3", "代表/dai4 biao3 长/zhang3 说/shuo1 。", "chief"),
            ("左右", "zuo3 you4", "5年/nian2 左右/zuo3 you4 。", "approximately"),
            ("左右", "zuo3 you4", "看/kan4 左右/zuo3 you4 。", "left and right"),
            ("不过", "bu4 guo4", "不过/bu4 guo4 ，他/ta1 来/lai2 。", "but"),
            ("不过", "bu4 guo4", "不过/bu4 guo4 是/shi4 人/ren2 。", "only"),
            ("连", "lian2", "连/lian2 他/ta1 都/dou1 来/lai2 。", "(used with 也[ye3], 都[dou1] etc) even"),
            ("千万", "qian1 wan4", "千万/qian1 wan4 不要/bu4 yao4 来/lai2 。", "one must by all means"),
            (
                "一定",
                "yi1 ding4",
                "有/you3 一定/yi1 ding4 影响/ying3 xiang3 。",
                "a certain ...; a given ...",
            ),
            ("干脆", "gan1 cui4", "回答/hui2 da2 很/hen3 干脆/gan1 cui4 。", "candid"),
            ("连", "lian2", "连/lian2 降/jiang4 大雪/da4 xue3 。", "continuously"),
            ("之", "zhi1", "与/yu3 之/zhi1 相比/xiang1 bi3 。", "it"),
            ("德", "de2", "德/de2 很/hen3 重要/zhong4 yao4 。", "virtue"),
            ("德", "de2", "中/zhong1 德/de2 关系/guan1 xi5 。", "Germany"),
        ] {
            assert_eq!(leads(word, pinyin, sentence), expected, "{sentence}");
        }
        let us = leads("美", "mei3", "美/mei3 俄/e2 关系/guan1 xi5 。");
        assert!(us.contains("USA"), "{us}");
    }
}
