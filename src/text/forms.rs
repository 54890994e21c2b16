//! Characters come into the form that dictionaries have, and what nobody sees goes.
//!
//! Why: what is copied from pages and PDFs carries zero-width spaces, radicals and compatibility forms for hanzi, and
//! letters and digits as wide as hanzi. Each would cut a word in two or hide it, and no rule further on should have to
//! know of them. The sources are Unicode's: `Default_Ignorable_Code_Point`, NFKC, `Equivalent_Unified_Ideograph`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::lists;
use crate::hanzi::{Unseen, classes, is_hanzi, is_unseen, seen};

/// The text with its characters in their usual form, and without those that have no width. Blanks and line breaks stay as
/// they are, and so do punctuation and characters that command a screen.
#[must_use]
pub fn usual(text: &str) -> Cow<'_, str> {
    Usual::of(text).text
}

/// A text in its usual form that knows where all of it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual<'t> {
    /// The text in its usual form.
    pub text: Cow<'t, str>,
    /// The place behind each character that is another one or none, here and in the text as it was given.
    shifts: Vec<(usize, usize)>,
}

impl<'t> Usual<'t> {
    /// The usual form of a text.
    #[must_use]
    pub fn of(given: &'t str) -> Self {
        let (mut usual, mut shifts) = (String::new(), Vec::new());
        let (mut from, mut before) = (0, None);
        for (at, c) in given.char_indices() {
            if is_plain(c) {
                before = Some(c);
                continue;
            }
            let form = Form::of(c, before, &given[at + c.len_utf8()..]);
            if form == Form::Itself {
                before = Some(c);
                continue;
            }
            usual.push_str(&given[from..at]);
            from = at + c.len_utf8();
            if let Form::Other(other) = form {
                usual.push(other);
                before = Some(other);
            }
            shifts.push((usual.len(), from));
        }
        if shifts.is_empty() {
            return Self { text: given.into(), shifts };
        }
        usual.push_str(&given[from..]);
        Self { text: usual.into(), shifts }
    }

    /// The place in the given text of a place between characters of this one. What is not seen goes with what stands
    /// before it, and at the beginning of the text with what follows.
    #[must_use]
    pub fn place(&self, at: usize) -> usize {
        let passed = self.shifts.partition_point(|&(usual, _)| usual <= at);
        match passed.checked_sub(1).map(|last| self.shifts[last]) {
            Some((usual, given)) if at > 0 => given + (at - usual),
            _ => at,
        }
    }
}

/// A line that somebody typed or pasted, in its usual form.
///
/// # Errors
/// When it still has a character that is not seen, which commands a screen or turns its writing round: such a one comes
/// along with nothing. A line break and a tab count as such.
pub fn typed(text: &str) -> Result<Cow<'_, str>, Unseen> {
    let usual = usual(text);
    seen(&usual)?;
    Ok(usual)
}

/// A text in its usual form without anything that is not seen, but for blanks and what makes an emoji: as a page prints it.
#[must_use]
pub fn printed(text: &str) -> Cow<'_, str> {
    let usual = usual(text);
    let is_printed = |&c: &char| is_plain(c) || c.is_whitespace() || joins(c) || !is_unseen(c, None);
    if usual.chars().all(|c| is_printed(&c)) { usual } else { usual.chars().filter(is_printed).collect() }
}

/// The treatment of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Itself,
    Nothing,
    Other(char),
}

impl Form {
    fn of(c: char, before: Option<char>, after: &str) -> Self {
        match c {
            _ if lists::ROUND.contains(c) => zero(before, after),
            _ if c.is_whitespace() => Self::Itself,
            _ if joins(c) && before.is_some_and(|before| before >= '\u{2190}' && !is_east_asian(before)) => {
                Self::Itself
            }
            _ if has_no_width(c) => Self::Nothing,
            '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
                Self::Other(narrow(c))
            }
            '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => hanzi(c),
            _ => Self::Itself,
        }
    }
}

/// A joiner and a variation selector belong to an emoji, and to nothing that a dictionary has.
fn joins(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0F}')
}

/// Whether a character has no width: it stands between others or belongs to one, and comes along with copied text.
fn has_no_width(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// The hanzi for which a radical or a compatibility form stands.
fn hanzi(c: char) -> Form {
    let radical = lists::RADICALS.iter().find_map(|pair| pair.strip_prefix(c)?.chars().next());
    let form = radical.or_else(|| std::iter::once(c).nfkc().next()).filter(|&form| form != c);
    form.map_or(Form::Itself, Form::Other)
}

/// A circle in a number is its zero: 二○二四年, 一百○五. Elsewhere it stands for a name or is drawn.
fn zero(before: Option<char>, after: &str) -> Form {
    let numeral = |c: char| classes::NUMERALS.contains(c);
    let mut next = after.chars().skip_while(|&c| lists::ROUND.contains(c));
    let (first, second) = (next.next(), next.next());
    let begins = first.is_some_and(numeral)
        && second.is_some_and(|c| numeral(c) || classes::TIME_UNITS.contains(c))
        || first.is_some_and(|c| lists::POINTS.contains(c)) && second.is_some_and(numeral);
    if before.is_some_and(numeral) || begins { Form::Other('\u{3007}') } else { Form::Itself }
}

/// Whether `c` stays as it is wherever it stands: all but a few characters of an article, so they go quickly.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | ' '..='~' | '\u{3000}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

fn is_east_asian(c: char) -> bool {
    is_hanzi(c) || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The sign of ASCII that `c` is in full width, or `c`.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_is_gone() {
        assert_eq!(usual("\u{FEFF}公\u{200B}司\u{AD}的\u{2060}\u{200F}AI\u{E0100}"), "公司的AI");
        let commands = "\u{FEFF}公\u{9B}司\u{202E}\u{E0041} AI\u{1B}\u{115F}\n❤\u{FE0F}";
        assert_eq!(printed(commands), "公司 AI\n❤\u{FE0F}");
        assert_eq!(usual(commands), commands.trim_start_matches('\u{FEFF}'));
        assert_eq!(usual("葛\u{E0100}城 👨\u{200D}👩 ❤\u{FE0F}"), "葛城 👨\u{200D}👩 ❤\u{FE0F}");
        assert_eq!(usual("公\u{200D}司\u{FE0F}"), "公司");
    }

    #[test]
    fn radicals_and_compatibility_forms_are_hanzi() {
        assert_eq!(usual("⽂⼈ \u{F90A} \u{2F800}"), "文人 金 丽");
        assert_eq!(usual("⻓⻋⻛⻅⻔"), "长车风见门");
        for c in '\u{2E80}'..='\u{2FD5}' {
            let other = usual(c.encode_utf8(&mut [0; 4])).into_owned();
            let has_hanzi = other.chars().all(is_hanzi);
            // Unicode knows no hanzi for these.
            assert!(has_hanzi || !c.is_alphanumeric() && other == c.to_string(), "{c} {other}");
        }
    }

    #[test]
    fn letters_and_digits_are_narrow_and_punctuation_stays() {
        assert_eq!(usual("Ｔ恤、卡拉ＯＫ，２０２４ｋｍ（ａ）！～"), "T恤、卡拉OK，2024km（a）！～");
        assert_eq!((narrow('！'), narrow('Ａ'), narrow('好')), ('!', 'A', '好'));
    }

    #[test]
    fn a_usual_text_knows_where_it_stood() {
        let given = "\u{FEFF}Ｔ恤\u{200B}\u{200B}和⻓\u{FE0F}";
        let usual = Usual::of(given);
        assert_eq!(usual.text, "T恤和长");
        let places: Vec<usize> = usual.text.char_indices().map(|(at, _)| usual.place(at)).collect();
        let parts: Vec<&str> = places.windows(2).map(|two| &given[two[0]..two[1]]).collect();
        assert_eq!(parts, ["\u{FEFF}Ｔ", "恤\u{200B}\u{200B}", "和"]);
        assert_eq!(usual.place(usual.text.len()), given.len());
    }

    #[test]
    fn what_is_typed_may_hide_a_blank_and_no_command() {
        assert_eq!(typed("\u{FEFF}公\u{200B}⽒＝ｇōｎｇ").as_deref(), Ok("公氏＝gōng"));
        for c in ['\u{1B}', '\u{9B}', '\u{202E}', '\u{2066}', '\u{E0041}', '\n', '\t'] {
            assert_eq!(typed(&format!("公{c}司")), Err(Unseen(c)));
        }
    }

    #[test]
    fn what_is_usual_is_not_copied() {
        for text in ["", "公司（gōngsī）：“好”。\r\n\t\u{3000}①", "naïve e\u{301} 한국어 カタカナ"]
        {
            assert!(matches!(usual(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_usual_text_stays_and_hides_nothing(text in "(公|司|⻓|Ａ|\u{200D}|\u{FE0F}|\u{E0100}|\u{200B}|👨|\\PC|.){0,20}") {
            let once = usual(&text).into_owned();
            prop_assert_eq!(usual(&once).into_owned(), once.as_str());
            let hides = |c: &char| !joins(*c) && !c.is_whitespace() && is_unseen(*c, None);
            prop_assert_eq!(printed(&text).chars().find(hides), None);
            if let Ok(typed) = typed(&text) {
                prop_assert_eq!(typed.chars().find(hides), None);
            }
        }
    }
}
