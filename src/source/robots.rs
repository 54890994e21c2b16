//! A site's requests of programs that come by themselves: its `robots.txt`.
//!
//! Why only for what feeds lead to: an address that the user typed is the user's own visit. Source: RFC 9309.

/// The rules that concern us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Patterns of paths, and whether they may be fetched.
    rules: Vec<(String, bool)>,
}

/// The name under which we are spoken to.
const NAME: &str = "shengci";

/// More rules than any site has.
const MOST: usize = 10_000;

impl Robots {
    /// Nothing may be fetched: of a site that can't say what it wants.
    #[must_use]
    pub fn closed() -> Self {
        Self { rules: vec![("/".to_owned(), false)] }
    }

    /// The rules of a `robots.txt`: those for us by name, or else those for all.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (mut ours, mut all) = (None::<Vec<_>>, Vec::new());
        let (mut is_ours, mut is_all, mut in_rules) = (false, false, false);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            match field.as_str() {
                "user-agent" => {
                    // A group may be for several; it ends where rules have been.
                    if std::mem::take(&mut in_rules) {
                        (is_ours, is_all) = (false, false);
                    }
                    is_ours |= value.eq_ignore_ascii_case(NAME);
                    is_all |= value == "*";
                    if is_ours {
                        ours.get_or_insert_default();
                    }
                }
                "allow" | "disallow" => {
                    in_rules = true;
                    let rule = (value.to_owned(), field == "allow");
                    if value.is_empty() || all.len() + ours.as_ref().map_or(0, Vec::len) >= MOST {
                        continue;
                    }
                    match &mut ours {
                        Some(ours) if is_ours => ours.push(rule),
                        _ if is_all => all.push(rule),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Self { rules: ours.unwrap_or(all) }
    }

    /// Whether a path, with its query, may be fetched: the longest pattern decides, and of two that are equally long
    /// the one that allows.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// Whether a path begins as a pattern says, in which `*` is anything and `$` at the end is the end. The pieces between
/// stars are looked for from left to right: that finds them where they are, and is no more than one walk each.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else { return !is_whole || rest.is_empty() };
    for piece in between {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    if is_whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_stars_and_an_end() {
        for (pattern, path, expected) in [
            ("/a", "/abc", true),
            ("/a$", "/abc", false),
            ("/a$", "/a", true),
            ("/*.html$", "/a/b.html", true),
            ("/*.html$", "/a/b.html?x", false),
            ("/a*c", "/abbc/d", true),
            ("/a*c*e", "/abcd", false),
            ("/*", "/", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn those_for_us_go_before_those_for_all_and_the_longest_decides() {
        let robots = Robots::parse(
            "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private # no\nAllow: /private/open\n",
        );
        assert!(robots.allows("/a") && !robots.allows("/private/a") && robots.allows("/private/open/a"));
        let robots =
            Robots::parse("User-agent: *\nDisallow: /\nUser-Agent: x\nuser-agent: Shengci\nDisallow: /b");
        assert!(robots.allows("/a") && !robots.allows("/b"));
        assert!(Robots::parse("User-agent: *\nDisallow:\n").allows("/a"));
        assert!(Robots::parse("<html>").allows("/a") && !Robots::closed().allows("/a"));
    }
}
