//! A line of subtitles without its tags: `<i>`, `<font …>`, `<c.yellow>`, `{\an8}`, times of karaoke.

use crate::text::unescaped;

/// A line as it is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub text: String,
    /// The name of a `<v …>`.
    pub speaker: Option<String>,
}

/// The line without tags; ruby as `银行(yínháng)`.
pub(super) fn plain(line: &str) -> Plain {
    let mut plain = Plain::default();
    let mut rest = line;
    // Inside `<rt>`; inside `<rp>`.
    let (mut over, mut aside) = (false, false);
    while let Some(at) = rest.find(['<', '{']) {
        let (before, from) = rest.split_at(at);
        if !aside {
            plain.text.push_str(before);
        }
        let Some((tag, after)) = tag(from) else {
            plain.text.push_str(&from[..1]);
            rest = &from[1..];
            continue;
        };
        let name = tag.split(['.', ' ', '\t', '/']).next().unwrap_or_default().to_ascii_lowercase();
        let ends = tag.starts_with('/');
        let name = if ends { tag[1..].trim().to_ascii_lowercase() } else { name };
        match (name.as_str(), ends) {
            ("rt", false) => {
                plain.text.push('(');
                (over, aside) = (true, false);
            }
            ("rt" | "ruby", true) if over => {
                plain.text.push(')');
                over = false;
            }
            ("rp", _) => aside = !ends,
            ("v", false) => {
                let name = tag.split_once([' ', '\t']).map(|(_, name)| unescaped(name.trim()).into_owned());
                plain.speaker = name.filter(|name| !name.is_empty());
            }
            _ => {}
        }
        rest = after;
    }
    plain.text.push_str(rest);
    if over {
        plain.text.push(')');
    }
    plain.text = unescaped(plain.text.trim()).trim().to_owned();
    plain
}

/// The inside of the tag that `text` begins with, and the rest behind it. `a < b` and `{雨}` have no tag.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (inside, end) = match text.strip_prefix('<') {
        Some(inside) if inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') => (inside, b'>'),
        Some(_) => return None,
        None => (text.strip_prefix("{\\")?, b'}'),
    };
    let at = inside.bytes().take(LONGEST).position(|byte| byte == end)?;
    Some((&inside[..at], &inside[at + 1..]))
}

/// No tag is longer; what looks like one is text.
const LONGEST: usize = 2_000;
