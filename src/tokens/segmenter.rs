//! The rules in a row: jieba's cut, then what it cannot know.

use crate::dictionary::Dictionary;
use crate::span::Span;
use crate::tokens::jieba::WordList;
use crate::tokens::pieces::Piece;
use crate::tokens::{Kind, Token, Tokens, latin, mend, names, numbers, organisations, shadow, terms};

/// Cuts text into tokens.
#[derive(Debug)]
pub struct Segmenter {
    dictionary: Dictionary,
    words: WordList,
}

impl Segmenter {
    /// Loads the word list: some 20 ms, so do it once.
    #[must_use]
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary, words: WordList::load() }
    }

    /// The tokens of a clean text.
    #[must_use]
    pub fn cut(&self, text: &str) -> Tokens {
        let shadow = shadow::of(text, self.dictionary);
        let mut pieces = self.rough(&shadow);
        names::find(&shadow, &self.words, &mut pieces);
        organisations::mark(&shadow, &mut pieces);
        numbers::join(&shadow, self.dictionary, &mut pieces);
        mend::join(&shadow, self.dictionary, &mut pieces);
        terms::propose(&shadow, &mut pieces);
        let tokens = pieces
            .iter()
            .filter_map(|piece| {
                let span = Span::new(text, piece.start as usize..piece.end as usize)?;
                Some(Token { span, kind: piece.kind, proposed: piece.proposed })
            })
            .collect();
        Tokens::tile(text, tokens).unwrap_or_else(|| whole(text))
    }

    /// The pieces in which names are looked for: for `tools/tune`, which learns on just these.
    #[must_use]
    pub fn rough(&self, simplified: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(simplified.len() / 4 + 1);
        self.words.cut(simplified, 0, &mut pieces);
        latin::join(simplified, &mut pieces);
        pieces
    }
}

/// One token: what a text beyond 4 GB, which a span cannot point into, becomes.
fn whole(text: &str) -> Tokens {
    let span = Span::new(text, 0..text.len());
    let token = span.map(|span| Token { span, kind: Kind::Other, proposed: false });
    Tokens::tile(text, token.into_iter().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use proptest::prelude::*;

    use super::*;

    fn segmenter() -> &'static Segmenter {
        static LOADED: OnceLock<Segmenter> = OnceLock::new();
        LOADED.get_or_init(|| Segmenter::new(Dictionary::embedded()))
    }

    /// Tokens with a blank between; a kind other than word stands behind a slash.
    fn cut(text: &str) -> String {
        let tokens = segmenter().cut(text);
        let show = |token: &Token| match (token.kind, token.proposed) {
            (Kind::Word, true) => format!("{}+", token.span.of(text)),
            (Kind::Word | Kind::Other, _) => token.span.of(text).to_owned(),
            (kind, _) => format!("{}/{kind}", token.span.of(text)),
        };
        tokens.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_those_of_the_dictionary() {
        for (text, tokens) in [
            ("年仅28岁", "年 仅 28岁/measure"),
            ("这家公司", "这 家 公司"),
            ("负责人来自硅谷", "负责人 来自 硅谷/place"),
            ("数据标注", "数据 标注"),
            ("大学生活很有意思", "大学 生活 很 有意思"),
            ("研究生命的起源", "研究 生命 的 起源"),
            ("结婚的和尚未结婚的", "结婚 的 和 尚未 结婚 的"),
            ("高度评价全员信", "高度 评价 全员 信"),
            ("他受不了", "他 受不了"),
            ("打得它找不着北", "打 得 它 找不着北"),
            ("看起来还行", "看起来 还 行"),
            ("亿美元", "亿 美元"),
        ] {
            assert_eq!(cut(text), tokens);
        }
    }

    #[test]
    fn letters_stand_alone_but_in_words() {
        for (text, tokens) in [
            ("收购Scale AI49%的股份", "收购 Scale AI/latin 49%/number 的 股份"),
            ("Y Combinator和AlphaGo", "Y Combinator/latin 和 AlphaGo/latin"),
            ("整个AI/ML行业", "整个 AI/ML/latin 行业"),
            ("买了一件T恤去唱卡拉OK", "买 了 一件/measure T恤 去 唱 卡拉OK"),
        ] {
            assert_eq!(cut(text), tokens);
        }
    }

    proptest! {
        #[test]
        fn tokens_tile_any_text(text in "[一-龥年月日个第百万亿0-9０-９a-zA-Z·.,，。%/ \\n王李张尔斯克的了\u{1F600}]{0,60}") {
            let tokens = segmenter().cut(&text);
            let joined: String = tokens.iter().map(|t| t.span.of(&text)).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
