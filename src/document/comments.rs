//! The comment box: its headings, its buttons, and what readers wrote under it.
//!
//! Why a rule of its own: what readers write looks like article, sentences and all, so it can't be known line by
//! line. The box is known by its machinery, several pieces of it together; one word proves nothing, for an
//! article may be about comments.

use super::noise::is_long_prose;
use super::page::Piece;
use super::phrases::{BOX_BUTTONS, BOX_HEADINGS, BOX_HEADINGS_COUNTED, BOX_MACHINERY};
use super::same::key;
use super::{Why, hanzi};

/// Whether the whole line is a piece of the box that no author writes.
pub(super) fn is_machinery(text: &str) -> bool {
    if text.len() > 120 || text.contains(['。', '“', '”', '「', '？', '?']) {
        return false;
    }
    let key = key(text);
    BOX_MACHINERY.stand_in(&key) && key.chars().count() <= 24
}

fn is_heading(text: &str) -> bool {
    if text.len() > 80 || text.contains(['。', '“', '”', '？', '?', '，']) {
        return false;
    }
    let key = key(text);
    let bare = key.trim_matches(|c: char| c.is_ascii_digit() || c == '共');
    let counted = bare.len() < key.len() && BOX_HEADINGS_COUNTED.has(bare);
    is_machinery(text) || BOX_HEADINGS.has(bare) || counted
}

fn is_button(text: &str) -> bool {
    // “支持” in quotes is what someone said.
    if text.len() > 60 || text.contains(['“', '”', '「', '」', '。']) {
        return false;
    }
    let key = key(text);
    let bare = key.trim_matches(|c: char| c.is_ascii_digit());
    bare.is_empty()
        || BOX_BUTTONS.has(bare)
        || (key.ends_with('前') && key.len() <= 20)
        || super::byline::is_byline(text)
}

/// Cuts the box and all that is under it: from its first heading from which there is machinery enough.
pub(super) fn cut_box(pieces: &mut [Piece], title: Option<usize>) {
    let paragraph = pieces.iter().position(|p| p.kept() && is_long_prose(&p.text));
    let after = paragraph.or(title).map_or(1, |i| i + 1);
    let headings = (after..pieces.len()).filter(|&i| pieces[i].kept() && is_heading(&pieces[i].text));
    // Counted from the end, so that each heading knows what is below it.
    let mut lines = 0_usize;
    let (mut machinery, mut prose) = (0_usize, 0_usize);
    let mut from = None;
    let mut counted_to = pieces.len();
    for heading in headings.collect::<Vec<_>>().into_iter().rev() {
        for piece in pieces[heading..counted_to].iter().filter(|p| p.kept()) {
            lines += 1;
            machinery += usize::from(is_heading(&piece.text) || is_button(&piece.text));
            prose += usize::from(is_long_prose(&piece.text) && hanzi(&piece.text) > 60);
        }
        counted_to = heading;
        if machinery >= 2 && machinery * 3 >= lines && prose * 3 <= machinery {
            from = Some(heading);
        }
    }
    for piece in from.map(|from| &mut pieces[from..]).into_iter().flatten().filter(|p| p.kept()) {
        piece.cut = Some(Why::Comments);
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    const A: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。";

    fn kept(lines: &[&str]) -> usize {
        let mut pieces = pieces(&lines.join("\n"));
        cut_box(&mut pieces, None);
        pieces.iter().filter(|p| p.kept()).count()
    }

    #[test]
    fn the_box_goes_with_what_readers_wrote() {
        assert_eq!(kept(&[A, "评论列表", "暂无评论，快来说两句吧~", "你 发表评论：", "欢迎"]), 1);
        let comments = [
            "网友评论",
            "小城人",
            "写得真好，我家也进水了。",
            "3小时前",
            "回复",
            "赞(12)",
            "路人甲",
            "雨太大了！",
            "昨天",
            "回复",
            "举报",
        ];
        assert_eq!(kept(&[&[A][..], &comments].concat()), 1);
        assert_eq!(kept(&[A, "發表評論", "暫無評論"]), 1);
    }

    #[test]
    fn an_article_about_comments_stays() {
        let lines = [A, "网友评论", "“太好了！”一位网友写道。", "“我反对。”另一位说。", A];
        assert_eq!(kept(&lines), 5);
        assert_eq!(kept(&[A, "网友评论", "“支持”", "“反对”"]), 4);
        assert_eq!(kept(&[A, "评论", "为什么人们要在网上发表评论？", A]), 4);
        assert_eq!(kept(&["评论列表", "暂无评论", A]), 3);
    }
}
