//! The article in a whole page that was pasted as text: everything between the menu and the footer.
//!
//! Its tags are gone, so what is left to tell by is how lines read. The body is the densest run of lines with full stops
//! (the run of greatest sum, where a paragraph counts its hanzi and any other line costs some); lines outside it are
//! links. Inside it nothing is judged by its length: lists, verse and interviews live. A text that has no furniture of a
//! page round it is no page, and nothing is cut of it here.

use super::noise::is_noise;
use super::page::Piece;
use super::phrases::{BUTTONS, FOOTER, MENU};
use super::same::key;
use super::{Why, byline, comments, hanzi};
use super::{about, furniture};

/// The cost to the run of a line that is no sentence, in hanzi.
const COST: i64 = 10;
/// The cost of a line that stands on pages alone, in hanzi.
const FENCE: i64 = 30;
/// The cost of a line after which no article goes on, in hanzi.
const END: i64 = 150;
/// The most hanzi that a paragraph counts: a page of one long line is no denser than one of many.
const MOST: i64 = 120;
/// The least lines outside the body, and the least furniture among them, that make a text a page.
const LINES: usize = 12;
const FURNITURE: usize = 3;
/// The lines without a stop that end an article; a headline or a caption is one or two.
const GAP: usize = 14;
/// The most lines from the headline, which counts, to the body; more are links.
const LEADS: usize = 4;
/// The most lines between a headline and the body.
const HEAD: usize = 25;

/// Cuts what stands outside the article, where the text is evidently a whole page. Gives the headline's place.
pub(super) fn cut(pieces: &mut [Piece]) -> Option<usize> {
    // Most texts have too few links to be a page, and asking that is cheap.
    let links = pieces.iter().filter(|piece| piece.kept() && !is_sentence(&piece.text));
    if links.take(LINES).count() < LINES {
        return None;
    }
    let (first, last) = up_to_fences(pieces, densest(pieces)?);
    let outside = || (0..first).chain(last + 1..pieces.len()).filter(|&at| pieces[at].kept());
    let prose: usize = pieces[first..=last]
        .iter()
        .filter(|piece| is_sentence(&piece.text))
        .map(|piece| hanzi(&piece.text))
        .sum();
    let furniture = outside().filter(|&at| is_fence(&pieces[at].text)).take(FURNITURE).count();
    let links = outside().filter(|&at| !is_sentence(&pieces[at].text)).take(LINES).count();
    if prose < 60 || furniture < FURNITURE || links < LINES {
        return None;
    }
    let title = headline(pieces, first);
    let leads = title.map_or(0, |title| (title..first).filter(|&at| may_lead(&pieces[at].text)).count());
    for (at, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.kept()) {
        let between =
            title.is_some_and(|title| at > title) && at < first && leads <= LEADS && may_lead(&piece.text);
        if !(first..=last).contains(&at) && Some(at) != title && !between {
            piece.cut = Some(Why::Elsewhere);
        }
    }
    title
}

/// The first and the last line of the run whose sum is greatest.
fn densest(pieces: &[Piece]) -> Option<(usize, usize)> {
    let (mut best, mut sum, mut from) = (None, 0_i64, 0);
    for (at, piece) in pieces.iter().enumerate() {
        if sum <= 0 {
            (sum, from) = (0, at);
        }
        sum += weight(&piece.text);
        if best.is_none_or(|(most, _, _)| sum > most) {
            best = Some((sum, from, at));
        }
    }
    best.filter(|&(sum, _, _)| sum > 0).map(|(_, from, to)| (from, to))
}

/// The run with the sentences round it, up to the first line on either side that is of a page.
fn up_to_fences(pieces: &[Piece], (first, last): (usize, usize)) -> (usize, usize) {
    let reach = |lines: &mut dyn Iterator<Item = &Piece>| {
        let (mut reached, mut gap) = (0, 0);
        for (steps, piece) in (1..).zip(lines) {
            if gap >= GAP || is_end(&piece.text) {
                break;
            }
            gap = match &piece.text {
                text if furniture::is_noise_anywhere(text) => gap,
                text if is_fence(text) => gap + GAP / 2,
                text if goes_on(text) => 0,
                _ => gap + 1,
            };
            reached = if gap == 0 { steps } else { reached };
        }
        reached
    };
    let first = first - reach(&mut pieces[..first].iter().rev());
    let last = last + reach(&mut pieces[last + 1..].iter());
    (first, last)
}

/// Whether a line is of a page and of nothing else.
fn is_fence(text: &str) -> bool {
    !byline::is_bare_date(text) && (is_noise(text) || is_furniture(text)) || is_end(text)
}

/// Whether no article goes on after a line: other articles follow it, or comments, or it says who edited.
fn is_end(text: &str) -> bool {
    furniture::is_related_heading(text)
        || comments::is_machinery(text)
        || about::Author::find(text).is_some_and(|author| !author.wrote()) && is_noise(text)
}

/// Whether a line is a sentence that goes on in the next.
fn is_broken(text: &str) -> bool {
    hanzi(text) >= 2 && text.ends_with(['，', '、', '；', '。'])
}

/// Whether a line is a sentence or a part of one, however short.
fn goes_on(text: &str) -> bool {
    is_sentence(text) || hanzi(text) >= 2 && text.ends_with(['，', '。', '！', '？', '、', '；', '”'])
}

fn weight(text: &str) -> i64 {
    let count = i64::try_from(hanzi(text)).unwrap_or(MOST).min(MOST);
    if furniture::is_noise_anywhere(text) {
        0
    } else if is_end(text) {
        -END
    } else if is_fence(text) {
        -FENCE
    } else if is_sentence(text) || is_broken(text) {
        count
    } else {
        -COST
    }
}

/// Whether a line holds a sentence: it has a full stop, or is too long and has too many commas for a link.
fn is_sentence(text: &str) -> bool {
    let count = hanzi(text);
    let stops = text.chars().filter(|c| matches!(c, '！' | '？' | '；' | '…')).count();
    count >= 8 && text.contains('。') || count >= 20 && stops >= 2 || count >= 40 && text.contains('，')
}

/// Whether a line is of a page and of nothing else.
fn is_furniture(text: &str) -> bool {
    let key = key(text);
    furniture::is_furniture(text) || BUTTONS.has(&key) || MENU.has(&key) || FOOTER.stand_in(&key)
}

/// Whether a line between the headline and the body may be of the article: a sub-heading, a speaker's name.
fn may_lead(text: &str) -> bool {
    !is_noise(text) && !is_furniture(text) && hanzi(text) >= 6
}

/// The headline of the body that begins at `first`: it stands over it, or is its first line.
fn headline(pieces: &[Piece], first: usize) -> Option<usize> {
    let from = first.saturating_sub(HEAD);
    let end = (first + 3).min(pieces.len());
    // A paragraph is no headline, and names none as a whole.
    let keys: Vec<String> = pieces
        .iter()
        .map(|piece| if piece.text.len() < 400 { key(&piece.text) } else { String::new() })
        .collect();
    let reads = |at: usize| {
        let text = &pieces[at].text;
        let letters = keys[at].chars().count();
        let fields =
            about::find_date(text).is_some() || is_fence(text) || text.matches(['|', '｜']).count() > 1;
        pieces[at].kept()
            && (5..=60).contains(&letters)
            && hanzi(text) >= 4
            && !fields
            && !text.contains('。')
            && !text.ends_with(['：', ':', '，', '；', '、'])
    };
    let score = |at: usize| {
        let letters = i64::try_from(keys[at].chars().count()).unwrap_or_default();
        let elsewhere =
            keys.iter().enumerate().filter(|&(other, key)| other != at && key.contains(&keys[at])).count();
        let dated = pieces[at + 1..end].iter().take(3).any(|piece| {
            is_noise(&piece.text) || piece.text.len() < 200 && about::find_date(&piece.text).is_some()
        });
        let far = i64::try_from(at.abs_diff(first)).unwrap_or_default();
        letters.min(16) + if elsewhere > 0 && letters >= 8 { 16 } else { 0 } + if dated { 20 } else { 0 }
            - far
    };
    (from..end)
        .filter(|&at| reads(at))
        .max_by_key(|&at| (score(at), at))
        .filter(|&at| at < first || score(at) >= 20)
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    const A: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。";
    const B: &str = "住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上。";
    const HEAD_OF_PAGE: &[&str] = &["首页", "新闻", "登录", "注册", "小城网 > 生活 > 正文"];
    const FOOT_OF_PAGE: &[&str] = &[
        "小城今年第三次下大雨",
        "专家：出门带上雨伞",
        "老街的故事",
        "关于我们",
        "联系我们",
        "版权所有 小城网",
        "图片",
        "视频",
        "天气预报",
    ];

    fn kept(lines: &[&str]) -> Vec<String> {
        let mut pieces = pieces(&lines.join("\n"));
        cut(&mut pieces);
        pieces.into_iter().filter(Piece::kept).map(|piece| piece.text).collect()
    }

    #[test]
    fn a_page_is_cut_to_its_article() {
        let lines = [
            HEAD_OF_PAGE,
            &["大雨让街道变成了河", "2024-05-06 10:30 来源：小城网", A, "一个小标题", B],
            FOOT_OF_PAGE,
        ]
        .concat();
        assert_eq!(kept(&lines), ["大雨让街道变成了河", A, "一个小标题", B]);
    }

    #[test]
    fn a_text_without_furniture_is_no_page() {
        let list = [
            "苹果", "梨", "桃子", "西瓜", "香蕉", "葡萄", "橘子", "樱桃", "芒果", "荔枝", "柿子", "枣", "杏",
        ];
        let lines = [&["水果的名字", A][..], &list, &[B], &list].concat();
        assert_eq!(kept(&lines).len(), lines.len());
    }
}
