//! When two stretches say the same: their letters, digits and hanzi agree.
//!
//! Why so loose: the second print of a body has other blanks, other widths of punctuation, headings glued to
//! paragraphs, and pinyin in other places. None of that makes it another text; a digit or a hanzi does.

use crate::text::narrow;

/// Calls `each(start, end, c)` for every character of `text` that counts in a comparison, folded: no pinyin in
/// brackets, no punctuation, no blanks, one width, lower case.
pub(super) fn each_letter(text: &str, mut each: impl FnMut(usize, usize, char)) {
    let mut skip_to = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let end = at + c.len_utf8();
        // Hanzi first: they are nearly all, and the general question is slow to answer.
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            each(at, end, c);
        } else if c.is_alphanumeric() {
            each(at, end, fold(c));
        } else if c == '.' && before.is_ascii_digit() && text[end..].starts_with(|c: char| c.is_ascii_digit())
        {
            each(at, end, c);
        } else if let Some(length) = pinyin_bracket(c, &text[at..]) {
            skip_to = at + length;
        }
        before = c;
    }
}

/// The characters of `text` that count, in one string. Equal keys mean the same text.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    each_letter(text, |_, _, c| key.push(c));
    key
}

fn fold(c: char) -> char {
    narrow(c).to_ascii_lowercase()
}

/// The length of a bracket at the start of `text` that holds only Latin letters, as pinyin does. Whether it is
/// truly pinyin is no matter for a comparison.
fn pinyin_bracket(open: char, text: &str) -> Option<usize> {
    let close = match open {
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '［' => '］',
        '【' => '】',
        _ => return None,
    };
    let mut letters = 0;
    // A bound, so that thousands of brackets that never close cost nothing.
    for (at, c) in text.char_indices().skip(1).take(60) {
        match c {
            _ if c == close => return (letters > 0).then_some(at + c.len_utf8()),
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => letters += 1,
            '\u{300}'..='\u{36F}' | ' ' | '\'' | '’' | '-' | '·' | '1'..='5' => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_widths_and_pinyin_make_no_difference() {
        assert_eq!(key("谷歌 的(de)(de)公司(gōng sī)，“ＡＩ”。"), key("谷歌的公司,\"AI\"."));
        assert_eq!(key("(规模定律)"), "规模定律");
    }

    #[test]
    fn a_number_is_another_with_another_point() {
        assert_ne!(key("1.5亿"), key("15亿"));
        assert_ne!(key("第1.第5"), key("第1.5"));
    }

    #[test]
    fn brackets_that_never_close_are_punctuation() {
        assert_eq!(key(&"(a".repeat(1000)), "a".repeat(1000));
    }
}
