//! The decks that the program carries: the files of `decks/`.
//!
//! They are embedded, so that `shengci export news` works from any folder; a user's own file of the same name
//! goes first, which is the command line's business.

use super::yaml::nearest_of;

/// A deck file that the program carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The name for `export`: the file's name without its ending.
    pub handle: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

/// All of them, the one for day one first.
#[must_use]
pub fn shipped() -> &'static [Shipped] {
    &[
        Shipped { handle: "news", text: include_str!("../../decks/news.yaml") },
        Shipped { handle: "frequent", text: include_str!("../../decks/frequent.yaml") },
        Shipped { handle: "hsk", text: include_str!("../../decks/hsk.yaml") },
    ]
}

/// The handle that was most likely meant by `wrong`, among the shipped ones and the user's own.
#[must_use]
pub fn nearest<'h>(wrong: &str, own: &[&'h str]) -> Option<&'h str> {
    let mut handles: Vec<&'h str> = own.to_vec();
    handles.extend(shipped().iter().map(|deck| deck.handle));
    nearest_of(wrong, &handles)
}

#[cfg(test)]
mod tests {
    use super::super::{Card, Spec, parse};
    use super::*;

    fn spec(handle: &str) -> Spec {
        let deck = shipped().iter().find(|deck| deck.handle == handle).expect("a shipped deck");
        parse(&format!("decks/{handle}.yaml"), deck.text).expect("a shipped deck is right")
    }

    #[test]
    fn the_shipped_decks_are_right() {
        assert_eq!(spec("news").name.as_str(), "新闻::生词");
        assert!(spec("news").words.skip_basic && spec("frequent").words.skip_basic);
        assert!(["news", "frequent"].iter().all(|name| spec(name).words.skip_transparent));
        assert!(!spec("hsk").words.skip_transparent, "a level is learned whole");
        assert!(spec("hsk").words.hsk.is_some());
        for deck in shipped() {
            assert!(spec(deck.handle).cards.has(Card::Recognition), "{}", deck.handle);
            assert!(deck.text.starts_with('#'), "{} opens with what it is for", deck.handle);
        }
    }

    #[test]
    fn the_nearest_handle_is_found() {
        assert_eq!(nearest("newz", &[]), Some("news"));
        assert_eq!(nearest("frequnt", &["mine"]), Some("frequent"));
        assert_eq!(nearest("mein", &["mine"]), Some("mine"));
        assert_eq!(nearest("zzzzzz", &[]), None);
    }
}
