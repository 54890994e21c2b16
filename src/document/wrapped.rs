//! A text that was wrapped at a column is joined again into paragraphs.
//!
//! Why: mail and old sites break lines in the middle of a word, and a broken word is a wrong word on a card. A
//! poem or a list must never be joined, so this acts on the evident case only: long lines of one width, most of
//! them broken where nobody pauses.

use super::page::Piece;

/// Narrower lines may be verse; 20 hanzi are more than a line of it has.
const NARROWEST: usize = 40;

/// Joins the lines of each paragraph where the text is wrapped; otherwise gives the pieces back as they are.
pub(super) fn rejoin(pieces: Vec<Piece>) -> Vec<Piece> {
    let widths: Vec<usize> = pieces.iter().map(|p| width(&p.text)).collect();
    let Some(column) = column(&pieces, &widths) else { return pieces };
    let mut joined: Vec<Piece> = Vec::new();
    let mut before = 0;
    for (piece, width) in pieces.into_iter().zip(widths) {
        match joined.last_mut() {
            Some(last)
                if before + 4 >= column && !piece.indented && piece.first_line == last.last_line + 1 =>
            {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if latin(last.text.chars().next_back()) && latin(piece.text.chars().next()) {
                    last.text.push(' ');
                }
                last.text.push_str(&piece.text);
                last.last_line = piece.last_line;
            }
            _ => joined.push(piece),
        }
        before = width;
    }
    joined
}

/// The column at which the text is wrapped, if it evidently is.
fn column(pieces: &[Piece], widths: &[usize]) -> Option<usize> {
    let widest = *widths.iter().max()?;
    if pieces.len() < 5 || !(NARROWEST..=200).contains(&widest) {
        return None;
    }
    let full = |i: usize| widths[i] + 4 >= widest;
    let followed = |i: usize| {
        pieces.get(i + 1).is_some_and(|next| !next.indented && next.first_line == pieces[i].last_line + 1)
    };
    let inner: Vec<usize> = (0..pieces.len()).filter(|&i| followed(i)).collect();
    let full_lines: Vec<usize> = inner.iter().copied().filter(|&i| full(i)).collect();
    let broken = full_lines.iter().filter(|&&i| !ends_with_punctuation(&pieces[i].text)).count();
    let stops = pieces.iter().filter(|p| p.text.contains(['。', '！', '？'])).count();
    // Lines that are not full but followed are a paragraph's last; more than a third of them, and it is no wrap.
    let evident = full_lines.len() >= 4
        && full_lines.len() * 3 >= inner.len() * 2
        && broken * 3 >= full_lines.len() * 2
        && stops * 5 >= pieces.len();
    evident.then_some(widest)
}

fn ends_with_punctuation(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| !c.is_alphanumeric())
}

/// Columns on a terminal: a hanzi takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    fn joined(raw: &str) -> Vec<(u32, u32)> {
        rejoin(pieces(raw)).into_iter().map(|p| (p.first_line, p.last_line)).collect()
    }

    fn wrap(text: &str, hanzi: usize) -> String {
        let chars: Vec<char> = text.chars().collect();
        chars.chunks(hanzi).map(|line| line.iter().collect::<String>() + "\n").collect()
    }

    const LONG: &str = "小镇的图书馆决定把开放时间延长到夜里十二点因为附近的工厂最近改成了三班倒，许多工人\
        下班以后没有地方可去，也没有地方看书。馆长说，第一个星期来的人不多，可是到了月底每天晚上都坐满了人，\
        连走廊里也放上了椅子和台灯。";

    #[test]
    fn evident_wrapping_is_joined() {
        let raw = format!("夜里的图书馆\n\n{}\n{}", wrap(LONG, 20), wrap(LONG, 20));
        let rejoined = rejoin(pieces(&raw));
        let texts: Vec<&str> = rejoined.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["夜里的图书馆", LONG, LONG]);
        assert_eq!(rejoined[1].first_line, 3);
    }

    #[test]
    fn verse_lists_and_paragraphs_stay() {
        let verse =
            "远处的山慢慢地睡着了\n河水还在轻轻地唱歌\n我站在桥上等一个人\n月亮站在我的身后。\n".repeat(3);
        assert_eq!(joined(&verse).len(), 12);
        let paragraphs = format!("{LONG}\n").repeat(8);
        assert_eq!(joined(&paragraphs).len(), 8);
    }
}
