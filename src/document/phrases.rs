//! The phrases that Chinese news sites print round an article, in both scripts.
//!
//! Why in one file: they are data, and grow with every site that someone meets; the rules that read them say where
//! a phrase counts. Gathered from what sites of the mainland, Hong Kong and Taiwan print, by eye.

use super::lists;

/// A list of phrases without punctuation, in lower case.
pub(super) struct Phrases(&'static [&'static str]);

impl Phrases {
    /// Whether `phrase` is one of them.
    pub fn has(&self, phrase: &str) -> bool {
        self.each().any(|p| p == phrase)
    }

    /// The phrase that `text` begins with.
    pub fn at_start_of(&self, text: &str) -> Option<&'static str> {
        self.each().find(|p| text.starts_with(p))
    }

    /// Whether one of them stands in `text`.
    pub fn stand_in(&self, text: &str) -> bool {
        self.each().any(|p| text.contains(p))
    }

    pub fn each(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}

/// Fields that have a value after a colon.
pub(super) const LABELS: Phrases = Phrases(lists::LABELS.all());

/// Fields whose value is the rest of the line, whatever it is.
pub(super) const LABELS_OF_TEXT: Phrases = Phrases(lists::LABELS_OF_TEXT.all());

/// Words before or after a number: 阅读 1234, 56评论.
pub(super) const COUNTED: Phrases = Phrases(lists::COUNTED.all());

/// Words that stand on buttons. One alone proves nothing; a line of them does.
pub(super) const BUTTONS: Phrases = Phrases(lists::BUTTONS.all());

/// Names of a site's parts, as in its menu.
pub(super) const MENU: Phrases = Phrases(lists::MENU.all());

/// Phrases that no author makes a line of, wherever they stand.
pub(super) const ANYWHERE: Phrases = Phrases(lists::ANYWHERE.all());

/// Headings of lists of other articles.
pub(super) const RELATED: Phrases = Phrases(lists::RELATED.all());

/// How the notices of a site begin.
pub(super) const NOTICES: Phrases = Phrases(lists::NOTICES.all());

/// The subjects of those notices.
pub(super) const NOTICE_WORDS: Phrases = Phrases(lists::NOTICE_WORDS.all());

/// Phrases that only a footer holds.
pub(super) const FOOTER: Phrases = Phrases(lists::FOOTER.all());

/// How an invitation to scan or follow begins.
pub(super) const INVITATIONS: Phrases = Phrases(lists::INVITATIONS.all());

/// Headings of the box.
pub(super) const BOX_HEADINGS: Phrases = Phrases(lists::BOX_HEADINGS.all());

/// The same where a number stands by them: 评论(56), 56条评论.
pub(super) const BOX_HEADINGS_COUNTED: Phrases = Phrases(lists::BOX_HEADINGS_COUNTED.all());

/// Phrases that a short line may hold and no sentence does.
pub(super) const BOX_MACHINERY: Phrases = Phrases(lists::BOX_MACHINERY.all());

/// The buttons under each comment, and in the form.
pub(super) const BOX_BUTTONS: Phrases = Phrases(lists::BOX_BUTTONS.all());

/// How the line begins that says where in the site a page lies.
pub(super) const HERE: Phrases = Phrases(lists::HERE.all());

#[cfg(test)]
mod tests {
    use super::super::same::key;
    use super::*;

    #[test]
    fn lists_hold_what_a_comparison_gives() {
        for list in
            [BUTTONS, MENU, ANYWHERE, RELATED, FOOTER, INVITATIONS, BOX_HEADINGS, BOX_MACHINERY, BOX_BUTTONS]
        {
            for phrase in list.each() {
                assert_eq!(key(phrase), phrase, "it would never be found");
            }
        }
        assert!(LABELS.has("来源") && !LABELS.has("来"));
    }
}
