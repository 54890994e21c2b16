//! Its tokens and its words.
//!
//! The gold is the sorted list of its tokens and not its text. The text is prepared by simple means (the title and the
//! body once each, brackets of pinyin dropped), so that a fault in cleaning or alignment does not show as one of
//! segmentation.

use std::collections::BTreeMap;

use shengci::dictionary::Dictionary;
use shengci::tokens::{Kind, Segmenter};

use super::article;
use crate::support::Home;
use crate::words_gold::article::prepare;

const GOLD: &str = include_str!("../golden/meta-scale-ai/words.gold");

#[test]
#[ignore = "needs ../shared/articles/meta-scale-ai.txt; .ci/run runs it where that is"]
fn every_token_of_the_article_is_the_one_that_a_reader_would_cut() {
    let text = prepare(&article());
    let tokens = Segmenter::new(Dictionary::embedded()).cut(&text);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for token in tokens.iter().filter(|token| token.kind != Kind::Other) {
        let proposed = if token.proposed { "+" } else { "" };
        *found.entry(format!("{} {}{proposed}", token.span.of(&text), token.kind)).or_default() += 1;
    }
    let gold: BTreeMap<String, usize> = GOLD
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(token, count)| (token.to_owned(), count.parse().expect("a count")))
        .collect();
    let missing: Vec<_> = gold.iter().filter(|(token, n)| found.get(*token) != Some(n)).collect();
    let strange: Vec<_> = found.iter().filter(|(token, n)| gold.get(*token) != Some(n)).collect();
    assert!(missing.is_empty() && strange.is_empty(), "gold only: {missing:?}\nfound only: {strange:?}");
}

/// The words and readings of the article are those of a careful reader.
#[test]
#[ignore = "needs ../shared/articles/meta-scale-ai.txt; .ci/run runs it where that is"]
fn the_first_article_is_perfect() {
    let home = Home::new();
    let path = home.file("meta-scale-ai.txt", article());
    home.ok(["add", &path.to_string_lossy()]);
    let words = home.json(["words"]);
    let words = words.as_array().expect("rows");
    let pinyin = |simplified: &str| {
        let mut all: Vec<&str> = words
            .iter()
            .filter(|row| row["simplified"] == simplified)
            .filter_map(|row| row["pinyin"].as_str())
            .collect();
        all.sort_unstable();
        all.join(", ")
    };
    for (word, reading) in [
        ("公司", "gōng sī"),
        ("视为", "shì wéi"),
        ("刚刚", "gāng gang"),
        ("高度", "gāo dù"),
        ("评价", "píng jià"),
        ("故事", "gù shi"),
        ("重重", "chóng chóng"),
        ("什维塔·卡朱里亚", "Shí wéi tǎ Kǎ zhū lǐ yà"),
        ("马克·扎克伯格", "Mǎ kè Zhā kè bó gé"),
        ("4月底", "yuè dǐ"),
        ("年", "nián"),
        ("仅", "jǐn"),
        ("行", "xíng"),
        ("成", "chéng"),
        ("大模型", "dà mó xíng"),
        ("撤单潮", "chè dān cháo"),
        ("累活", "lèi huó"),
        ("扑朔迷离", "pū shuò mí lí"),
    ] {
        assert_eq!(pinyin(word), reading, "{word}");
    }
    for shard in ["亿美元", "高度评价", "进度缓慢", "以近", "沙发", "评论", "欢迎", "推荐"]
    {
        assert_eq!(pinyin(shard), "", "{shard} is no word of this article");
    }
    let count = |simplified: &str| {
        words
            .iter()
            .filter(|row| row["simplified"] == simplified)
            .filter_map(|row| row["count"].as_u64())
            .sum()
    };
    let counted: u64 = count("公司");
    assert_eq!(counted, 14, "the second printing of the body counts for nothing");
}
