//! Lines that are buttons, menus, breadcrumbs, notices: the furniture of a page.
//!
//! Why apart from bylines: these have no value to read, so they are known as whole phrases, those of
//! [`phrases`](super::phrases).

use super::phrases::{ANYWHERE, BUTTONS, FOOTER, HERE, INVITATIONS, MENU, NOTICE_WORDS, NOTICES, RELATED};
use super::same::key;

/// Whether the whole line is furniture where no article is.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.len() > 1200 {
        return false;
    }
    if !has_letter(text) {
        return is_rule(text);
    }
    let key = key(text);
    is_row_of_buttons(text)
        || is_row_of_pages(text)
        || is_menu(text)
        || is_breadcrumb(text)
        || is_notice(text, &key)
        || is_invitation(text, &key)
}

/// Whether the line is noise even between two paragraphs.
pub(super) fn is_noise_anywhere(text: &str) -> bool {
    if text.len() > 80 {
        return !has_letter(text) && is_rule(text);
    }
    if !has_letter(text) {
        return is_rule(text);
    }
    // An author who writes “广告？” or 广告。 means it.
    !text.contains(['。', '？', '?', '”', '」', '，']) && ANYWHERE.has(&key(text))
}

/// Whether the line heads a list of other articles.
pub(super) fn is_related_heading(text: &str) -> bool {
    if text.len() > 60 || text.contains(['。', '？', '?', '，']) {
        return false;
    }
    let key = key(text);
    let key = key.strip_suffix("更多").filter(|k| !k.is_empty()).unwrap_or(&key);
    RELATED.has(key)
}

/// Whether the line is one word that stands on a button.
pub(super) fn is_button(text: &str) -> bool {
    text.len() <= 40 && BUTTONS.has(&key(text))
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A line drawn with characters. A silence (“……”) is not.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '=' | '*' | '_' | '~' | '#' | '|' | '>' | '<' | '»' | '·' | '•' | '+' | '^' | '\\' | '/' | '═')
            || matches!(c, '─'..='╿' | '■'..='◿' | '★' | '☆' | '→' | '←' | '↑' | '↓' | '※' | '\u{E000}'..='\u{F8FF}')
    })
}

fn words(text: &str) -> Vec<String> {
    let between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '|' | '｜'
                    | '丨'
                    | '/'
                    | '·'
                    | '•'
                    | '、'
                    | '['
                    | ']'
                    | ':'
                    | '：'
                    | ','
                    | '【'
                    | '】'
                    | '-'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '+'
            )
    };
    text.split(between).filter(|w| !w.is_empty()).map(key).filter(|w| !w.is_empty()).collect()
}

fn is_row_of_buttons(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let words = words(text);
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let buttons = words.iter().filter(|w| BUTTONS.has(w)).count();
    buttons >= 2 && words.iter().all(|w| BUTTONS.has(w) || number(w))
}

/// The numbers of the pages that an article is printed on: 【1】【2】【3】.
fn is_row_of_pages(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let words = words(text);
    let numbers =
        words.iter().take_while(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()));
    let counted = (1..).zip(numbers).take_while(|(number, word)| number.to_string() == **word).count();
    counted >= 2 && words[counted..].iter().all(|word| BUTTONS.has(word))
}

fn is_menu(text: &str) -> bool {
    if text.len() > 400 || text.contains(['。', '，', '！', '？']) {
        return false;
    }
    let words = words(text);
    let known = words.iter().filter(|w| MENU.has(w) || BUTTONS.has(w)).count();
    words.len() >= 4 && known * 2 > words.len() && words.iter().all(|w| w.chars().count() <= 5)
}

fn is_breadcrumb(text: &str) -> bool {
    if text.len() > 240 || text.contains(['。', '！', '？']) {
        return false;
    }
    if HERE.at_start_of(text).is_some() {
        return true;
    }
    let steps: Vec<&str> =
        text.split(['>', '＞', '»', '›', '→', '/', '|']).map(str::trim).filter(|s| !s.is_empty()).collect();
    let arrows = text.contains(['>', '＞', '»', '›']);
    let named = |step: Option<&&str>, names: &[&str]| step.is_some_and(|s| names.contains(s));
    let ends = named(steps.last(), &["正文", "内容", "內容", "详情", "文章", "本文"]);
    let starts = named(steps.first(), &["首页", "首頁", "主页", "新闻", "新聞", "新闻中心", "Home"]);
    let short = steps.iter().take(steps.len().saturating_sub(1)).all(|s| s.chars().count() <= 12);
    steps.len() >= 2 && short && (starts && arrows || ends && (arrows || steps.len() >= 3))
}

/// No beginning of a notice is longer.
const LONGEST_NOTICE: usize = 24;

fn is_notice(text: &str, key: &str) -> bool {
    if text.len() <= 500 && FOOTER.stand_in(key) {
        return true;
    }
    let text = text.trim_start_matches(['【', '[', '（', '(', '*', '※', ' ']);
    let head: String = text.chars().take(LONGEST_NOTICE).flat_map(char::to_lowercase).collect();
    let Some(begin) = NOTICES.at_start_of(&head) else { return false };
    let lower = text.to_lowercase();
    let rest = &lower[begin.len()..];
    // 版权所有者说…… is a sentence about owners.
    if rest.starts_with(['者', '人']) {
        return false;
    }
    let labelled = rest.starts_with([':', '：', '】', ']', ' ', ')', '）']) || rest.is_empty();
    let subjects = NOTICE_WORDS.each().filter(|word| lower.contains(word)).count();
    let long_label = begin.chars().count() >= 4;
    (labelled && (long_label || subjects >= 1)) || subjects >= 3
}

fn is_invitation(text: &str, key: &str) -> bool {
    text.chars().count() <= 40
        && !text.contains(['。', '“', '”', '？'])
        && INVITATIONS.at_start_of(key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_whole() {
        for line in [
            "打印 收藏 举报",
            "登录 | 注册",
            "字号：大 中 小",
            "【打印】【关闭】",
            "上一页 1 2 3 下一页",
            "【1】【2】【3】",
            "[1] [2] [3] 下一页",
            "首页 新闻 财经 体育 娱乐",
            "首页 > 新闻 > 正文",
            "您的位置：首页 >> 国内",
            "新闻中心 / 国内 / 正文",
            "小城網 > 生活 > 正文",
            "京ICP备00000000号-1",
            "Copyright © 2024 小城网 版权所有",
            "版权所有 未经书面授权不得转载",
            "免责声明：本文仅代表作者个人观点，与本网无关。",
            "声明：转载此文是出于传递更多信息之目的，若有侵权请联系我们。",
            "本文系小城网原创稿件，未经授权不得转载。",
            "扫一扫，关注小城网",
            "分享到：",
            "————————",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn what_an_author_writes_is_none() {
        for line in [
            "评论",
            "首页",
            "新闻",
            "大 江 南 北",
            "版权所有者说，他没有授权任何人转载，这是侵权。",
            "声明发表以后，股票涨了。",
            "本网球场今天开放。",
            "扫一扫地，擦一擦桌子，一天就这样过去了。",
            "A > B",
            "“……”",
            "……",
            "2 > 1",
            "新闻 > 旧闻？",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
        assert!(!is_noise_anywhere("广告？"));
        assert!(!is_noise_anywhere("广告人"));
        assert!(is_noise_anywhere("【广告】"));
    }
}
