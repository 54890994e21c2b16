//! Amendments by the learner: one word, several, a name, or none at all. They overrule every other rule.
//!
//! Two steps. A word that the list lacks is cut by as if the list had it, so that the neighbours are weighed too:
//! 印刷榜单 stays 印刷 and 榜单 though 刷榜 is a word now. And wherever whole tokens together are just what the
//! learner named, they become what the learner said, whatever had joined or split them.

use std::collections::BTreeMap;

use crate::dictionary::{Dictionary, Shadow};
use crate::hanzi::is_hanzi;
use crate::tokens::Kind;
use crate::tokens::jieba::listed;
use crate::tokens::pieces::{Nature, Piece, Pieces, kind_of};

/// Changes to how text is cut, by the learner. Of two about one text the later one counts.
#[derive(Clone, Debug, Default)]
pub struct Amendments {
    rules: BTreeMap<String, Rule>,
}

#[derive(Clone, Debug)]
enum Rule {
    /// One token.
    Whole(Nature),
    /// Several: how many characters each has, and what it is.
    Parts(Vec<(usize, Nature)>),
}

/// The frequency of a word that the learner added: that of an everyday word.
const FREQUENCY: usize = 5000;

impl Amendments {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// `text` is one token of this kind; without one, the word that a dictionary has, else a proposed one.
    pub fn join(&mut self, text: &str, kind: Option<Kind>, dictionary: Dictionary) {
        let text = Shadow::of(text).into_simple();
        let nature = kind.map_or_else(|| nature(&text, dictionary), Nature::of);
        self.rules.insert(text.into_owned(), Rule::Whole(nature));
    }

    /// Never makes one token of these parts together.
    pub fn split(&mut self, parts: &[String], dictionary: Dictionary) {
        let text = parts.concat();
        let shadow = Shadow::of(&text).into_simple().into_owned();
        let mut start = 0;
        let mut lengths = Vec::with_capacity(parts.len());
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let form = shadow.get(start..start + part.len()).unwrap_or(part);
            lengths.push((part.chars().count(), nature(form, dictionary)));
            start += part.len();
        }
        self.rules.insert(shadow, Rule::Parts(lengths));
    }

    /// Words to cut with that the list lacks: text, frequency, tag.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, usize, &'static str)> {
        self.rules.iter().filter_map(|(text, rule)| {
            let Rule::Whole(nature) = rule else { return None };
            let tag = match nature.kind {
                Kind::Person => "ph",
                Kind::Place => "sh",
                Kind::Organisation => "oh",
                Kind::Word => "wh",
                Kind::Idiom => "ih",
                _ => return None,
            };
            (listed(text).is_none() && text.chars().all(is_hanzi)).then_some((text.as_str(), FREQUENCY, tag))
        })
    }

    /// Puts the pieces of a text right.
    pub(super) fn apply(&self, pieces: &mut Pieces<'_>) {
        if self.is_empty() {
            return;
        }
        pieces.rework(|cursor| match self.at(cursor.text(), cursor.rest()) {
            Some((count, Rule::Whole(nature))) => cursor.join(count, *nature),
            Some((count, Rule::Parts(parts))) => {
                cursor.gather(count);
                let Some(((_, last), first)) = parts.split_last() else { return };
                first.iter().for_each(|&(chars, nature)| cursor.split_off(chars, nature));
                cursor.is(*last);
            }
            None => {}
        });
    }

    /// The rule for what begins with the first of `pieces`, and how many of them it takes; the longest, where there
    /// are several.
    fn at(&self, text: &str, pieces: &[Piece]) -> Option<(usize, &Rule)> {
        let start = pieces.first()?.start();
        let rest = text.get(start..)?;
        let first = rest.chars().next()?;
        self.rules
            .range(first.to_string()..)
            .take_while(|(form, _)| form.starts_with(first))
            .filter(|(form, _)| rest.starts_with(form.as_str()))
            .filter_map(|(form, rule)| {
                let end = start + form.len();
                let last = pieces.iter().position(|piece| piece.end() >= end)?;
                (pieces[last].end() == end).then_some((last + 1, rule))
            })
            .last()
    }
}

/// The nature of a word by itself.
fn nature(text: &str, dictionary: Dictionary) -> Nature {
    if let Some((kind, _)) = listed(text) {
        return Nature { proposed: !dictionary.has(text), ..Nature::of(kind) };
    }
    let mut kinds = text.chars().map(kind_of);
    let kind = kinds.next().filter(|&first| kinds.all(|kind| kind == first)).unwrap_or(Kind::Word);
    Nature { proposed: kind == Kind::Word && !dictionary.has(text), ..Nature::of(kind) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tokens::{Segmenter, Token};

    fn cut_as_told(change: impl FnOnce(&mut Amendments), text: &str) -> String {
        let mut amendments = Amendments::default();
        change(&mut amendments);
        let segmenter = Segmenter::with(Dictionary::embedded(), amendments);
        let tokens = segmenter.cut(text);
        let show = |token: &Token| {
            let sign = if token.proposed { "+" } else { "" };
            format!("{}{sign}/{}", token.span.of(text), token.kind)
        };
        tokens.iter().map(show).collect::<Vec<_>>().join(" ").replace("/word", "").replace("/other", "")
    }

    #[test]
    fn what_the_learner_says_is_one_word_is_one() {
        let dictionary = Dictionary::embedded();
        let join = |word: &'static str, text| cut_as_told(|a| a.join(word, None, dictionary), text);
        assert_eq!(join("撤单潮", "面对撤单潮，他走了"), "面对 撤单潮+ ， 他 走 了");
        assert_eq!(join("全员信", "高度评价全员信"), "高度 评价 全员信+");
        assert_eq!(join("数据分类", "数据分类是独角兽"), "数据分类+ 是 独角兽");
        assert_eq!(join("刷榜", "他刷榜，印刷榜单"), "他 刷榜+ ， 印刷 榜单", "neighbours count");
        assert_eq!(join("經濟學家們", "经济学家们来了"), "经济学家们+ 来 了", "in either script");
        assert_eq!(join("经济学家们", "經濟學家們來了"), "經濟學家們+ 來 了");
    }

    #[test]
    fn what_the_learner_says_is_several_words_is_several() {
        let dictionary = Dictionary::embedded();
        let split = |parts: &[&str], text| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            cut_as_told(|a| a.split(&parts, dictionary), text)
        };
        assert_eq!(
            split(&["独角", "兽"], "数据分类是独角兽"),
            "数据 分类 是 独角+ 兽",
            "no dictionary has 独角"
        );
        assert_eq!(
            split(&["大", "模型"], "大模型好，大模型新，大模型贵"),
            "大 模型 好 ， 大 模型 新 ， 大 模型 贵"
        );
        assert_eq!(
            split(&["来自", "硅谷"], "负责人来自硅谷"),
            "负责人 来自 硅谷/place",
            "parts are what they are"
        );
        assert_eq!(split(&["经济学", "家"], "著名的經濟學家"), "著名 的 經濟學 家");
    }

    #[test]
    fn a_name_is_what_the_learner_says_it_is() {
        let dictionary = Dictionary::embedded();
        let name = |text: &'static str, kind, all| cut_as_told(|a| a.join(text, Some(kind), dictionary), all);
        assert_eq!(name("分类", Kind::Organisation, "数据分类是独角兽"), "数据 分类/organisation 是 独角兽");
        assert_eq!(name("卡里莫", Kind::Place, "他们在卡里莫见面"), "他们 在 卡里莫/place 见面");
        assert_eq!(
            name("责任编辑", Kind::Other, "责任编辑：小李"),
            cut_as_told(|a| a.join("责任编辑", Some(Kind::Other), dictionary), "责任编辑：小李")
        );
    }

    #[test]
    fn the_later_word_counts_and_the_longer_one() {
        let dictionary = Dictionary::embedded();
        let both = |a: &mut Amendments| {
            a.join("全员信", None, dictionary);
            a.split(&["全员".to_owned(), "信".to_owned()], dictionary);
        };
        assert_eq!(cut_as_told(both, "全员信"), "全员 信");
        let longer = |a: &mut Amendments| {
            a.join("全员信", None, dictionary);
            a.join("评价全员信", None, dictionary);
        };
        assert_eq!(cut_as_told(longer, "评价全员信"), "评价全员信+");
    }

    #[test]
    fn a_hanzi_beyond_the_basic_plane_is_one_hanzi() {
        let dictionary = Dictionary::embedded();
        let joined = cut_as_told(|a| a.join("𠮷野家", None, dictionary), "在𠮷野家吃饭");
        assert_eq!(joined, "在 𠮷野家+ 吃饭");
        let parts = ["𠮷野".to_owned(), "家".to_owned()];
        let split = cut_as_told(|a| a.split(&parts, dictionary), "在𠮷野家吃饭");
        assert_eq!(split, "在 𠮷野+ 家 吃饭");
    }

    proptest! {
        #[test]
        fn amended_tokens_tile_any_text(
            text in "[一二公司大模型信王小明卡里0-9a-z·，。]{0,30}",
            words in proptest::collection::vec("[一二公司大模型信王小明卡里·]{1,4}", 0..4),
        ) {
            let mut amendments = Amendments::default();
            for (i, word) in words.iter().enumerate() {
                match i % 3 {
                    0 => amendments.join(word, None, Dictionary::embedded()),
                    1 => amendments.split(&word.chars().map(String::from).collect::<Vec<_>>(), Dictionary::embedded()),
                    _ => amendments.join(word, Some(Kind::Person), Dictionary::embedded()),
                }
            }
            let segmenter = Segmenter::with(Dictionary::embedded(), amendments);
            let joined: String = segmenter.cut(&text).iter().map(|t| t.span.of(&text)).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
