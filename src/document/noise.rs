//! The noise that a news site prints round an article, and where: above the first paragraph and below the last.
//!
//! Why zones: 评论 or 来源 in an article's own lines is what the article is about. So a line is noise only if the
//! whole of it is known to be, and, but for a handful of phrases that no author writes, only outside the body.
//! Prefer a doubt to a loss: a line that is not known stays.

use super::page::Piece;
use super::{Why, byline, comments, furniture, hanzi, tools};

/// A line of so many hanzi that ends like a sentence is a paragraph of the article.
const LONG_PROSE: usize = 25;
/// No headline of a related article is longer.
const LONGEST_HEADLINE: usize = 60;

/// Lines above an article, and below it, that are looked at; more of them are no head and no foot.
const LONGEST_HEAD: usize = 40;
const LONGEST_FOOT: usize = 300;

/// Whether a line is a paragraph in earnest: long, and it ends as sentences do.
pub(super) fn is_long_prose(text: &str) -> bool {
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '"' | '》' | '】');
    text.trim_end_matches(closes).ends_with(['。', '！', '？', '!', '?', '…', '；', '：', '.'])
        && hanzi(text) >= LONG_PROSE
}

/// Whether the whole line is known not to be article, above or below it.
pub(super) fn is_noise(text: &str) -> bool {
    byline::is_byline(text) || furniture::is_furniture(text) || tools::is_tool(text)
}

/// Cuts what stands above the article and what is noise anywhere, before the headline is looked for.
pub(super) fn cut_head(pieces: &mut [Piece]) {
    for piece in pieces.iter_mut().filter(|p| furniture::is_noise_anywhere(&p.text)) {
        piece.cut = Some(Why::Noise);
    }
    let body = pieces.iter().position(|p| is_long_prose(&p.text) && !is_noise(&p.text));
    let end = body.unwrap_or(pieces.len()).min(LONGEST_HEAD);
    let timeline = pieces.iter().filter(|p| byline::is_bare_date(&p.text)).count() > 1;
    for piece in pieces[..end].iter_mut().filter(|p| p.kept()) {
        if is_noise(&piece.text) && !(timeline && byline::is_bare_date(&piece.text)) {
            piece.cut = Some(Why::Noise);
        }
    }
    cut_lone_buttons(&mut pieces[..end]);
}

/// Cuts what stands below the article: fields and buttons, related links, the comment box.
pub(super) fn cut_tail(pieces: &mut Vec<Piece>, title: Option<usize>) {
    comments::cut_box(pieces, title);
    let after_title = title.map_or(0, |i| i + 1);
    let body = pieces.iter().rposition(|p| p.kept() && is_long_prose(&p.text) && !is_noise(&p.text));
    let longest = pieces.len().saturating_sub(LONGEST_FOOT);
    let start = body.map_or(after_title, |i| i + 1).max(after_title).max(longest);
    for piece in pieces[start..].iter_mut().filter(|p| p.kept()) {
        if is_noise(&piece.text) {
            piece.cut = Some(Why::Noise);
        } else if comments::is_machinery(&piece.text) {
            piece.cut = Some(Why::Comments);
        }
    }
    cut_related(&mut pieces[start..]);
    cut_lone_buttons(&mut pieces[start..]);
    cut_glued_byline(pieces);
}

/// Cuts a list of related headlines: its heading and all below it, if nothing but headlines is.
fn cut_related(tail: &mut [Piece]) {
    let is_heading = |p: &Piece| p.kept() && furniture::is_related_heading(&p.text);
    let Some(first) = tail.iter().position(is_heading) else { return };
    let is_link = |p: &Piece| !p.kept() || reads_like_a_link(&p.text);
    // The earliest heading from which only links follow.
    let Some(from) = (first..tail.len()).find(|&i| is_heading(&tail[i]) && tail[i + 1..].iter().all(is_link))
    else {
        return;
    };
    for piece in tail[from..].iter_mut().filter(|p| p.kept()) {
        piece.cut = Some(Why::Noise);
    }
}

fn reads_like_a_link(text: &str) -> bool {
    let is_book = text.starts_with('《') && text.ends_with('》');
    !is_book
        && text.chars().count() <= LONGEST_HEADLINE
        && !text.contains('。')
        && !text.ends_with(['，', '；', '、', '：', ',', ';', '”', '」', '）', ')'])
}

/// Cuts single button words (评论, 大, 赞) that stand among noise; alone, such a word may be anything.
fn cut_lone_buttons(zone: &mut [Piece]) {
    let mut start = 0;
    while start < zone.len() {
        let is_candidate = |p: &Piece| !p.kept() || furniture::is_button(&p.text);
        let length = zone[start..].iter().take_while(|p| is_candidate(p)).count();
        let group = &mut zone[start..start + length];
        if group.iter().any(|p| matches!(p.cut, Some(Why::Noise | Why::Comments))) {
            group.iter_mut().filter(|p| p.kept()).for_each(|p| p.cut = Some(Why::Noise));
        }
        start += length + 1;
    }
}

/// Cuts `（责任编辑：某某）` off the end of the last paragraph.
fn cut_glued_byline(pieces: &mut Vec<Piece>) {
    let Some(last) = pieces.iter().rposition(Piece::kept) else { return };
    let Some(at) = byline::glued(&pieces[last].text) else { return };
    let (paragraph, mut byline) = pieces[last].split(at);
    byline.cut = Some(Why::Noise);
    pieces.splice(last..=last, [paragraph, byline]);
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    const A: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。";
    const B: &str = "住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上。";

    /// The lines that are kept.
    fn kept(lines: &[&str]) -> Vec<String> {
        let mut pieces = pieces(&lines.join("\n"));
        cut_head(&mut pieces);
        cut_tail(&mut pieces, None);
        pieces.into_iter().filter(Piece::kept).map(|p| p.text).collect()
    }

    #[test]
    fn the_head_is_cut_to_the_headline() {
        let lines = [
            "首页 > 新闻 > 正文",
            "登录 注册",
            "大雨过后",
            "2024-05-06 10:30 来源：小城网",
            "字号：大 中 小",
            A,
        ];
        assert_eq!(kept(&lines), ["大雨过后", A]);
    }

    #[test]
    fn the_tail_is_cut_from_its_first_known_line() {
        let links =
            ["相关阅读", "小城今年第三次下大雨", "专家：带上雨伞", "责任编辑：王某", "打印 收藏 举报"];
        assert_eq!(kept(&[&[A, B][..], &links].concat()), [A, B]);
        assert_eq!(kept(&[A, &format!("{B}（责任编辑：王某）")]), [A, B]);
    }

    #[test]
    fn headings_lists_and_words_of_the_body_stay() {
        for line in ["评论", "来源：不明的声音", "相关阅读", "上一篇：旧的日子", "大", "分享"]
        {
            assert_eq!(kept(&[A, line, B]), [A, line, B]);
        }
        for line in ["获奖名单", "评论", "大", "谢谢你", "（完）", "雨停了。"] {
            assert_eq!(kept(&[A, B, line]), [A, B, line]);
        }
    }

    #[test]
    fn a_list_after_which_the_article_goes_on_stays() {
        assert_eq!(kept(&[A, "相关阅读", "小城的雨", "她说：“好。”"]).len(), 4);
        assert_eq!(kept(&[A, "推荐阅读", "《小城的雨》", "《老街》"]).len(), 4);
        assert_eq!(kept(&[A, "排行榜", "小城大学", "海边大学"]).len(), 4);
    }

    #[test]
    fn a_timeline_keeps_its_dates() {
        let lines = ["大雨记", "2024-05-06", "下雨了。", "2024-05-07", "雨停了。", A];
        assert_eq!(kept(&lines).len(), 6);
        assert_eq!(kept(&["大雨记", "2024-05-06", A]), ["大雨记", A]);
    }
}
