//! The character references of HTML in a text that is no HTML: what was copied out of a page's source has them.
//!
//! A reference counts only with its semicolon, since `R&D` and `?a=1&copy=2` are text. The names are those of the
//! standard of the web, by way of its parser.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name: `CounterClockwiseContourIntegral;`.
const LONGEST: usize = 32;

/// The text with its references as the characters that they stand for, also where they were escaped twice on their way
/// (`&amp;nbsp;`). What is no reference stays.
#[must_use]
pub fn unescaped(text: &str) -> Cow<'_, str> {
    let mut unescaped = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        unescaped.push_str(&rest[..at]);
        rest = &rest[at..];
        let (body, before) = rest.strip_prefix("&amp;").map_or((&rest[1..], 1), |inner| (inner, 5));
        let end = body.bytes().take(LONGEST).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((named(&body[..=end])?, before + end + 1)));
        match found {
            Some(((first, second), length)) => {
                unescaped.push(first);
                unescaped.extend(second);
                rest = &rest[length..];
            }
            None => {
                unescaped.push('&');
                rest = &rest[before..];
            }
        }
    }
    if rest.len() == text.len() {
        return text.into();
    }
    unescaped.push_str(rest);
    unescaped.into()
}

/// The one or two characters of a reference, given with its semicolon.
fn named(reference: &str) -> Option<(char, Option<char>)> {
    let Some(number) = reference.strip_prefix('#') else {
        let &(first, second) = NAMED_ENTITIES.get(reference)?;
        let second = if second == 0 { None } else { char::from_u32(second) };
        // The table has the beginnings of names as well, which stand for nothing.
        return Some((char::from_u32(first).filter(|&c| c != '\0')?, second));
    };
    let number = number.strip_suffix(';')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let code = code.ok()?;
    // Pages of the nineties number the signs of Windows so: `&#151;` is a dash.
    let windows = code.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    Some((windows.or(char::from_u32(code))?, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_their_characters() {
        assert_eq!(unescaped("&ldquo;好&rdquo;&#20013;&#x56fd;&hellip;&yen;&#151;"), "“好”中国…¥—");
        assert_eq!(unescaped("A&amp;B&nbsp;&amp;nbsp;C&amp;amp;D"), "A&B\u{A0}\u{A0}C&D");
        assert_eq!(unescaped("&CounterClockwiseContourIntegral;"), "∳");
    }

    #[test]
    fn a_bare_ampersand_stays() {
        for text in ["AT&T和R&D; &; & &#xZZ; &#99999999; &copy=1 &nosuch; &&&", "公司", ""] {
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn many_cost_what_one_costs() {
        let many = "&amp".repeat(200_000);
        assert_eq!(unescaped(&many), many);
        assert_eq!(unescaped(&"&amp;".repeat(200_000)).len(), 200_000);
    }
}
