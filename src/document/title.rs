//! Which line is the headline, and where it stands again.
//!
//! Why apart from other repeats: a page prints its headline two or three times (in the window's title, over the
//! article, glued to the subtitle), and it is too short to be known as a repeat by its length alone.

use super::noise::is_long_prose;
use super::page::Piece;
use super::same::{each_letter, key};
use super::{Why, hanzi};

/// A headline of fewer letters is not looked for inside other lines: it may well begin one.
const LEAST_GLUED: usize = 8;
/// The same where it was not printed twice before. A question may always begin its own answer.
const LEAST_GLUED_FIRST: usize = 15;
/// A headline of so many letters is known wherever it stands as a line of its own. A line of verse is shorter.
const LEAST_ANYWHERE: usize = 15;

/// Finds the headline and cuts it wherever else it is printed. Gives its place among the pieces.
pub(super) fn find(pieces: &mut Vec<Piece>) -> Option<usize> {
    let first = first_kept(pieces)?;
    let head = head_end(pieces, first);
    let title = without_site(pieces, first, head).unwrap_or(first);
    if !reads_like_a_title(pieces, title) {
        return None;
    }
    Some(known(pieces, title))
}

/// The same where the headline's place is known.
pub(super) fn known(pieces: &mut Vec<Piece>, title: usize) -> usize {
    let head = head_end(pieces, title);
    let text = pieces[title].text.clone();
    let letters: Vec<char> = key(&text).chars().collect();
    cut_repeats(pieces, title, head, &letters);
    cut_glued(pieces, title, head, &text, &letters);
    title
}

/// Cuts the headline where a repeated body follows it, however short it is.
pub(super) fn cut_before_copies(pieces: &mut [Piece], title: usize) {
    let title_key = key(&pieces[title].text);
    for i in (title + 1..pieces.len().saturating_sub(1)).rev() {
        let copy_follows = matches!(pieces[i + 1].cut, Some(Why::Repeated | Why::RepeatedTitle));
        if pieces[i].kept() && copy_follows && pieces[i].text.len() < 400 && key(&pieces[i].text) == title_key
        {
            pieces[i].cut = Some(Why::RepeatedTitle);
        }
    }
}

fn first_kept(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().position(Piece::kept)
}

/// One past the first real paragraph after the headline; just the lines after it where there is none.
fn head_end(pieces: &[Piece], title: usize) -> usize {
    let paragraph = (title + 1..pieces.len()).find(|&i| pieces[i].kept() && is_long_prose(&pieces[i].text));
    paragraph.map_or_else(|| (title + 4).min(pieces.len()), |i| i + 1)
}

/// The bare headline, where the first line is `headline_channel_site` and the bare one follows.
fn without_site(pieces: &[Piece], first: usize, head: usize) -> Option<usize> {
    let text = &pieces[first].text;
    (first + 1..head).find(|&i| pieces[i].kept() && is_site_title(text, &pieces[i].text))
}

/// Whether `long` is `title` with the names of a channel and a site after it.
fn is_site_title(long: &str, title: &str) -> bool {
    let Some(rest) = long.strip_prefix(title) else { return false };
    let rest = rest.trim_start();
    title.chars().count() >= LEAST_GLUED
        && rest.starts_with(['_', '|', '｜', '-', '–', '—', '·', '丨'])
        && rest.chars().count() <= 30
        && !rest.contains(['。', '！', '？', '，', '!', '?', ','])
}

fn reads_like_a_title(pieces: &[Piece], title: usize) -> bool {
    let text = &pieces[title].text;
    if text.len() > 400 || hanzi(text) == 0 {
        return false;
    }
    let letters = key(text).chars().count();
    if !(2..=60).contains(&letters) {
        return false;
    }
    let next = (title + 1..pieces.len()).find(|&i| pieces[i].kept());
    let again = next.is_some_and(|i| letters >= LEAST_ANYWHERE && pieces[i].text.starts_with(text.as_str()));
    let sentence = text.contains('。') || text.ends_with(['，', '、', '；', '：', ',', ';', ':', '…', '.']);
    let speech = text.starts_with(['“', '「', '『', '"', '—']) && text.ends_with(['”', '」', '』', '"']);
    // A list of words or a poem without a title has no line that a headline could stand over.
    let stands_over = pieces[title + 1..].iter().any(|p| {
        p.kept() && p.text.len() > text.len() && p.text.contains(['。', '！', '？', '!', '?', '；'])
    });
    !sentence && (again || (!(speech && letters < LEAST_ANYWHERE) && stands_over))
}

/// Cuts the lines that are the headline once more, with or without the names of channel and site.
fn cut_repeats(pieces: &mut [Piece], title: usize, head: usize, letters: &[char]) {
    let title_text = pieces[title].text.clone();
    let title_key: String = letters.iter().collect();
    for (i, piece) in pieces.iter_mut().enumerate() {
        let near = i < head && letters.len() >= 4;
        let enough = near || letters.len() >= LEAST_ANYWHERE;
        if i == title || !piece.kept() || !enough || piece.text.len() > title_text.len() * 2 + 200 {
            continue;
        }
        if key(&piece.text) == title_key || is_site_title(&piece.text, &title_text) {
            piece.cut = Some(Why::RepeatedTitle);
        }
    }
}

/// Cuts the headline off the lines of the head that begin with it.
fn cut_glued(pieces: &mut Vec<Piece>, title: usize, head: usize, text: &str, letters: &[char]) {
    let printed_twice = pieces.iter().any(|p| p.cut == Some(Why::RepeatedTitle));
    let least = if printed_twice { LEAST_GLUED } else { LEAST_GLUED_FIRST };
    if letters.len() < least || (!printed_twice && text.ends_with(['?', '？'])) {
        return;
    }
    for (i, piece) in std::mem::take(pieces).into_iter().enumerate() {
        let looked_at = (title + 1..head).contains(&i) && piece.kept();
        match looked_at.then(|| glued_end(&piece.text, text, letters)).flatten() {
            Some(at) => {
                let (mut again, rest) = piece.split(at);
                again.cut = Some(Why::RepeatedTitle);
                pieces.extend([again, rest]);
            }
            None => pieces.push(piece),
        }
    }
}

/// Where the headline at the start of `line` ends, if it evidently ends there: with its own punctuation, or at a
/// blank between hanzi. A sentence may begin with the words of a headline and go on.
fn glued_end(line: &str, title: &str, letters: &[char]) -> Option<usize> {
    let after = after_letters(line, letters)?;
    let rest = &line[after..];
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let closes = |c: char| matches!(c, '!' | '！' | '?' | '？' | '”' | '」' | '》' | '…' | '~' | '～');
    let marks = title.chars().rev().take_while(|&c| closes(c)).count();
    let end = if marks > 0 {
        let found: Vec<char> = rest.chars().take(marks).collect();
        if found.len() < marks || !found.iter().all(|&c| closes(c)) {
            return None;
        }
        after + found.iter().map(|c| c.len_utf8()).sum::<usize>()
    } else {
        let mut next = rest.chars();
        let blank = next.next()?;
        let hanzi_before = line[..after].chars().next_back().is_some_and(crate::hanzi::is_hanzi);
        if !blank.is_whitespace() || !hanzi_before || next.next().is_none_or(is_mark) {
            return None;
        }
        after
    };
    (hanzi(&line[end..]) > 0).then_some(end)
}

/// The byte after the last of `letters`, where `line` begins with them.
fn after_letters(line: &str, letters: &[char]) -> Option<usize> {
    // No headline needs more of a line than this; a line of megabytes is not walked through.
    let mut window = line.len().min(letters.len() * 40);
    while !line.is_char_boundary(window) {
        window -= 1;
    }
    let (mut matched, mut same, mut after) = (0, true, None);
    each_letter(&line[..window], |_, end, c| {
        if same && matched < letters.len() {
            same = letters[matched] == c;
            matched += 1;
            if same && matched == letters.len() {
                after = Some(end);
            }
        }
    });
    after
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    const PARAGRAPH: &str =
        "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来等水退去。";

    /// The headline, the lines that are kept after it, and the lines that are cut.
    fn found(lines: &[&str]) -> (Option<String>, Vec<String>, Vec<String>) {
        let mut pieces = pieces(&lines.join("\n"));
        let title = find(&mut pieces);
        let texts = |kept| {
            let indexed = pieces.iter().enumerate().filter(|(i, p)| Some(*i) != title && p.kept() == kept);
            indexed.map(|(_, p)| p.text.clone()).collect()
        };
        (title.map(|i| pieces[i].text.clone()), texts(true), texts(false))
    }

    #[test]
    fn it_is_cut_alone_and_glued() {
        let title = "大雨来袭!城里的街道变成了河";
        let glued = format!("{title} 记者连夜采访了三位司机。");
        let (found_title, kept, cut) = found(&[title, title, &glued, PARAGRAPH]);
        assert_eq!(found_title.as_deref(), Some(title));
        assert_eq!(kept, ["记者连夜采访了三位司机。", PARAGRAPH]);
        assert_eq!(cut, [title, title]);
    }

    #[test]
    fn it_is_glued_by_its_own_mark() {
        let title = "昨夜大雨来袭，城里的街道变成了河！";
        let (_, kept, cut) =
            found(&[title, "昨夜大雨来袭,城里的街道变成了河!记者(jìzhě)连夜采访。", PARAGRAPH]);
        assert_eq!(kept, ["记者(jìzhě)连夜采访。", PARAGRAPH]);
        assert_eq!(cut, ["昨夜大雨来袭,城里的街道变成了河!"]);
    }

    #[test]
    fn a_sentence_that_begins_like_it_stays() {
        let title = "城里的街道变成了河";
        for line in ["城里的街道变成了河的消息传开以后，大家都来看。", "城里的街道变成了河，这不是第一次。"]
        {
            let (found_title, kept, cut) = found(&[title, line, PARAGRAPH]);
            assert_eq!(found_title.as_deref(), Some(title));
            assert_eq!((kept.len(), cut.len()), (2, 0), "{line}");
        }
    }

    #[test]
    fn a_question_that_begins_its_answer_stays() {
        let title = "为什么城里的街道一下雨就变成了河？";
        let answer = format!("{title}专家说，老城的水管太细了。");
        assert_eq!(found(&[title, &answer, PARAGRAPH]).2.len(), 0);
        assert_eq!(found(&[title, title, &answer, PARAGRAPH]).2, [title, title]);
    }

    #[test]
    fn the_bare_one_is_taken_before_the_one_with_the_site() {
        let title = "大雨让街道变成了河";
        let long = format!("{title}_城市新闻_小城网");
        let (found_title, kept, cut) = found(&[&long, title, PARAGRAPH]);
        assert_eq!((found_title.as_deref(), kept.len(), cut), (Some(title), 1, vec![long]));
    }

    #[test]
    fn verse_speech_and_word_lists_have_none() {
        assert_eq!(found(&["公司", "银行", "公司"]).0, None);
        assert_eq!(found(&["山在远处睡着了", "水在近处唱着歌", "山在远处睡着了"]).2.len(), 0);
        assert_eq!(
            found(&["“你好！”", "“你好！”", PARAGRAPH]),
            (None, vec!["“你好！”".to_owned(), "“你好！”".to_owned(), PARAGRAPH.to_owned()], vec![])
        );
        assert_eq!(found(&[PARAGRAPH, PARAGRAPH]).0, None);
        assert_eq!(found(&["只有一行"]).0, None);
    }
}
