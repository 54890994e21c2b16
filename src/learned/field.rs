//! The text of a field of an Anki note, without its HTML.
//!
//! Fields hold what an editor typed: HTML with ruby (read by [`flat`]), furigana with the reading over the hanzi,
//! cloze deletions, sounds. Sources: the Anki manual, "Field replacements" and "Cloze deletion".

use std::borrow::Cow;

use crate::hanzi::is_hanzi;
use crate::text::{Flat, flat, usual};

/// A field as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text; a block of HTML begins a new line.
    pub text: String,
    /// The reading over the hanzi, as ruby or furigana.
    pub reading: String,
    /// The texts that the cloze deletions hide, with the number of each, from 1.
    pub deletions: Vec<(u16, String)>,
}

/// The bytes of a field that are looked at to guess its content.
const SAMPLE: usize = 1024;

impl Plain {
    /// The beginning of it, which is enough to guess what a field holds.
    pub(super) fn beginning(mut self) -> Self {
        self.text.truncate(self.text.floor_char_boundary(SAMPLE));
        self.reading.truncate(self.reading.floor_char_boundary(SAMPLE));
        self.deletions.truncate(SAMPLE / 64);
        self
    }
}

/// The plain text of `html`. The work grows as the text does, whatever stands in it.
#[must_use]
pub fn plain(html: &str) -> Plain {
    let mut plain = Plain::default();
    let Flat { text, over } = flat(html);
    plain.reading = usual(&over).into_owned();
    let text = usual(&text);
    let text: Cow<'_, str> = if text.contains('[') { without_media(&text).into() } else { text };
    let text: Cow<'_, str> =
        if text.contains("{{c") { without_cloze(&text, &mut plain.deletions).into() } else { text };
    let text: Cow<'_, str> =
        if text.contains('[') { without_furigana(&text, &mut plain.reading).into() } else { text };
    for line in text.lines() {
        let line = line.trim();
        if !line.is_empty() {
            if !plain.text.is_empty() {
                plain.text.push('\n');
            }
            plain.text.push_str(line);
        }
    }
    plain.reading.truncate(plain.reading.trim_end().len());
    plain
}

/// Where a sign stands next, for questions whose places only grow: between them the text is searched once, so that
/// a thousand openings without an end cost no more than one.
struct Next<'t> {
    text: &'t str,
    sign: &'static str,
    /// The place that was found last; `None` once there is none any more.
    found: Option<usize>,
}

impl<'t> Next<'t> {
    fn new(text: &'t str, sign: &'static str) -> Self {
        Self { text, sign, found: text.find(sign) }
    }

    /// The first place from `from` on.
    fn from(&mut self, from: usize) -> Option<usize> {
        if self.found? < from {
            self.found = self.text[from..].find(self.sign).map(|at| from + at);
        }
        self.found
    }
}

/// Text without `[sound:…]`, `[anki:…]` and LaTeX.
fn without_media(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut kinds = [("[sound:", "]"), ("[anki:", "[/anki:"), ("[latex]", "[/latex]"), ("[$", "[/$")]
        .map(|(start, end)| (start, Next::new(text, end), Next::new(text, "]")));
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|open| at + open) {
        kept.push_str(&text[at..open]);
        let kind = kinds.iter_mut().find(|(start, ..)| text[open..].starts_with(start));
        match kind.and_then(|(start, ends, closings)| closings.from(ends.from(open + start.len())?)) {
            Some(end) => at = end + 1,
            None => {
                kept.push('[');
                at = open + 1;
            }
        }
    }
    kept.push_str(&text[at..]);
    kept
}

/// Deletions inside deletions inside deletions: as deep as this, deeper ones are text. Who nests them by hand has two
/// or three.
const DEEPEST: usize = 8;
/// The most deletions of a field that are told apart; Anki makes cards for 500.
const MOST_DELETIONS: usize = 500;

/// A deletion that has begun.
struct Opened {
    number: u16,
    /// Where its own `{{c1::` stands in what is shown, and where that ends.
    mark: usize,
    start: usize,
    /// Where its hint begins.
    hint: Option<usize>,
}

/// Text with what each deletion hides in its place. As Anki does it (`rslib/src/cloze.rs`): a `}}` closes what was
/// opened last, and what is never closed stays as it is.
fn without_cloze(text: &str, deletions: &mut Vec<(u16, String)>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut open: Vec<Opened> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', ':']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((number, mark)) = opening(rest) {
            let start = shown.len() + mark.len();
            if open.len() < DEEPEST {
                open.push(Opened { number, mark: shown.len(), start, hint: None });
            }
            shown.push_str(mark);
            rest = &rest[mark.len()..];
        } else if let Some(after) = rest.strip_prefix("}}")
            && let Some(closed) = open.pop()
        {
            let answer = shown[closed.start..closed.hint.unwrap_or(shown.len())].to_owned();
            shown.truncate(closed.mark);
            shown.push_str(&answer);
            if deletions.len() < MOST_DELETIONS {
                deletions.push((closed.number, answer));
            }
            rest = after;
        } else {
            if rest.starts_with("::")
                && let Some(inmost) = open.last_mut()
            {
                inmost.hint.get_or_insert(shown.len());
            }
            // Both of `::`, so that the second is no sign of its own.
            let signs = if rest.starts_with("::") { 2 } else { 1 };
            shown.push_str(&rest[..signs]);
            rest = &rest[signs..];
        }
    }
    shown.push_str(rest);
    shown
}

/// The `{{c1::` that `text` begins with, and its number; the first one of `{{c1,2::`.
fn opening(text: &str) -> Option<(u16, &str)> {
    const LONGEST: usize = 24;
    let numbers = text.strip_prefix("{{c")?;
    let digits = numbers.bytes().take(LONGEST).take_while(|c| c.is_ascii_digit() || *c == b',').count();
    numbers[digits..].starts_with("::").then_some(())?;
    let first = numbers[..digits].split(',').next()?;
    Some((first.parse().ok()?, &text[.."{{c".len() + digits + "::".len()]))
}

/// Text without what stands in square brackets right after a hanzi, where that has no hanzi itself (`汉[hàn]`
/// is a reading, `发[髮]` another form).
fn without_furigana(text: &str, reading: &mut String) -> String {
    let mut base = String::with_capacity(text.len());
    let mut closings = Next::new(text, "]");
    // Where the word begins that the next brackets belong to, at the earliest.
    let mut word = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|open| at + open) {
        base.push_str(&text[at..open]);
        match closings.from(open + 1).map(|end| (&text[open + 1..end], end + 1)) {
            Some((over, after)) if base.ends_with(is_hanzi) && !over.chars().any(is_hanzi) => {
                // Anki cuts at `;` in `汉[hàn;4]`, which add-ons use for the tone's number.
                reading.push_str(over.split(';').next().unwrap_or_default());
                reading.push(' ');
                // A blank before the word says where it begins; Anki shows none.
                let begins = base[word..].rfind([' ', '>']).map(|begins| word + begins);
                if let Some(begins) = begins.filter(|&begins| base[begins..].starts_with(' ')) {
                    base.remove(begins);
                }
                word = base.len();
                at = after;
            }
            _ => {
                base.push('[');
                at = open + 1;
            }
        }
    }
    base.push_str(&text[at..]);
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_entities_sounds_and_blocks() {
        for (html, text) in [
            ("学生", "学生"),
            ("<div>学生</div>", "学生"),
            ("&nbsp;学生&nbsp;<br>xué&#363;", "学生\nxuéū"),
            ("<span style=\"color:red\">学</span><b>生</b>[sound:a.mp3]", "学生"),
            ("<!-- 汉 -->学生<style>.x{}</style>", "学生"),
            ("学生&lt;b&gt;", "学生<b>"),
            ("1 < 2 学", "1 < 2 学"),
            ("学\u{200B}生", "学生"),
            ("学&#8203;⽣", "学生"),
            ("{{c1::Ｔ恤}}", "T恤"),
            ("<b title=\"x > y\">学</b><img alt='1 > 0' src=a.png>生", "学生"),
            ("<a href=\"https://example.org/?a=1&b=2>3\">学生</a>", "学生"),
            ("", ""),
        ] {
            assert_eq!(plain(html).text, text, "{html}");
        }
    }

    #[test]
    fn ruby_and_furigana_give_the_reading() {
        for html in [
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>",
            "汉[hàn]字[zì]",
            " 汉字[hàn zì]",
            " 汉[hàn] 字[zì]",
        ] {
            let plain = plain(html);
            assert_eq!((plain.text.as_str(), plain.reading.as_str()), ("汉字", "hàn zì"), "{html}");
        }
        assert_eq!(plain("发[髮]").text, "发[髮]");
    }

    #[test]
    fn a_cloze_shows_what_it_hides() {
        let one = plain("我是{{c1::学生::人}}，{{c2::{{c3::老}}师}}来了");
        assert_eq!(one.text, "我是学生，老师来了");
        assert_eq!(one.deletions, [(1, "学生".into()), (3, "老".into()), (2, "老师".into())]);
        assert_eq!(plain("{{c1::学生").text, "{{c1::学生");
        assert_eq!(plain("{{c1,2::学生::人}} {{c::x}} {{c1::a: b::c::d}} }}").text, "学生 {{c::x}} a: b }}");
        assert_eq!(plain("{{c1::老{{c2::师").text, "{{c1::老{{c2::师");
    }

    #[test]
    fn openings_without_end_cost_what_a_text_costs() {
        for opening in [
            "[", "<a", "[sound:", "[anki:", "[latex]", "{{c1", "{{c1::", "{{", "&", "&amp", "<", "<!--",
            "<rt>", "<style ",
        ] {
            let text = format!("学生{}", opening.repeat(500_000 / opening.len()));
            let plain = plain(&text);
            assert!(plain.text.starts_with("学生"), "{opening}");
            assert!(plain.text.len() <= text.len(), "{opening}");
        }
        // Each of these is a reading over its hanzi, with no blank before it.
        let ruby = plain(&"汉[hàn]".repeat(100_000));
        assert_eq!(ruby.text.chars().count(), 100_000);
    }

    #[test]
    fn deletions_in_deletions_end_somewhere() {
        let deep = 30_000;
        let found = plain(&format!("{}学生{}", "{{c1::".repeat(deep), "}}".repeat(deep)));
        assert!(found.text.contains("学生"));
        assert_eq!(found.deletions.len(), DEEPEST);
        let many = plain(&"{{c1::学生}}".repeat(10_000));
        assert_eq!((many.deletions.len(), many.text.chars().count()), (MOST_DELETIONS, 20_000));
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(html in "(<|>|&|;|\\[|\\]|\\{\\{c1::|\\}\\}|::|学|rt|/|!--|[a-z]|\\PC){0,40}") {
            let _ = plain(&html);
        }
    }
}
