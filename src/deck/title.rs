//! An article's title as a part of a deck's name or a tag.
//!
//! Both are plain text in Anki, so nothing in them can be escaped; but a template may show them (`{{Deck}}`,
//! `{{Tags}}`), and Anki puts them into the card as they are. What would be markup, a formula, a sound or a cloze
//! there is written full width instead, and `::`, which parts decks and tags, loses one colon.

use crate::hanzi::is_unseen;

/// The title, fit for a name.
pub fn fit(title: &str) -> String {
    let mut last = None;
    let visible: Vec<char> = title.chars().filter(|&c| !is_unseen(c, last.replace(c))).collect();
    let mut fit = String::with_capacity(title.len());
    for (at, &c) in visible.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| visible[at]);
        let rest = &visible[at + 1..];
        if c == ':' && before == Some(':') {
            continue;
        }
        let commands = match (c, rest.first()) {
            ('\\', _) => true,
            ('<', Some(next)) => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            ('[', Some(next)) => next.is_ascii_alphabetic() || matches!(next, '/' | '$' | '['),
            ('{' | '}', next) => next == Some(&c) || before == Some(c),
            ('&', Some('#')) => true,
            ('&', Some(next)) => next.is_ascii_alphabetic() && rest.contains(&';'),
            _ => false,
        };
        fit.push(if commands { full_width(c) } else { c });
    }
    fit
}

/// The full-width form of a printable ASCII character, 0xFEE0 further on in Unicode.
fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anki_would_obey_is_written_full_width() {
        for (title, expected) in [
            (r"\(x\) \[y\]", "＼(x＼) ＼［y＼]"),
            ("<svg/onload=x> 1 < 2 </i>", "＜svg/onload=x> 1 < 2 ＜/i>"),
            (
                "[sound:a.mp3] [latex]x[/latex] [$]y[/$] [视频]",
                "［sound:a.mp3] ［latex]x［/latex] ［$]y［/$] [视频]",
            ),
            ("{{c1::x}} {y}", "｛｛c1:x｝｝ {y}"),
            ("&#92;( &bsol;( AT&T", "＆#92;( ＆bsol;( AT&T"),
            ("A:::B::C :\u{0}: D", "A:B:C : D"),
            ("新\u{202e}闻\u{200b}", "新闻"),
        ] {
            assert_eq!(fit(title), expected);
        }
    }
}
