//! The kinds of card that a note can have.

use std::fmt;
use std::str::FromStr;

use crate::named::named;

named! {
    /// A kind of card.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Card {
        /// The hanzi; the learner says how it is read and what it means.
        Recognition = "recognition",
        /// The English; the learner says or writes the word.
        Production = "production",
        /// The word is spoken.
        Listening = "listening",
        /// The article's sentence with a gap.
        Cloze = "cloze",
    }
    else "is no kind of card"
}

/// Some kinds of card, in the order of the note type's templates. As text: `recognition,listening`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cards(u8);

impl Cards {
    /// Whether `card` is among them.
    #[must_use]
    pub fn has(self, card: Card) -> bool {
        self.0 & 1 << card as u8 != 0
    }

    /// All cards of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Card> {
        Card::ALL.into_iter().filter(move |&card| self.has(card))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Card> for Cards {
    fn from_iter<I: IntoIterator<Item = Card>>(cards: I) -> Self {
        Self(cards.into_iter().fold(0, |set, card| set | 1 << card as u8))
    }
}

impl fmt::Display for Cards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, card) in self.iter().enumerate() {
            f.write_str(if i > 0 { "," } else { "" })?;
            f.write_str(card.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Cards {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_a_set_that_comes_back_from_text() {
        let cards: Cards = [Card::Listening, Card::Recognition, Card::Listening].into_iter().collect();
        assert_eq!(cards.to_string(), "recognition,listening");
        assert_eq!(cards.to_string().parse(), Ok(cards));
        assert_eq!("".parse(), Ok(Cards::default()));
        assert!("recognition,writing".parse::<Cards>().is_err());
        assert!(cards.has(Card::Listening) && !cards.has(Card::Cloze));
    }
}
