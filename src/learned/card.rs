//! The state of the word that a card stands for.
//!
//! Source: Anki's `rslib/src/card/mod.rs` for the numbers, and trials with Anki 26.9. FSRS keeps its own memory
//! state in `data`, but the interval stays in `ivl`, so it makes no difference here.

use crate::words::AnkiState;

/// A card, as the collection has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// The note that it belongs to.
    pub note: i64,
    /// Which of the note's cards; for a cloze, the deletion's number less one.
    pub ord: u16,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub kind: i64,
    /// −1 suspended, −2 and −3 buried, 0 new, 1 and 3 learning, 2 review, 4 preview.
    pub queue: i64,
    /// Days; negative ones are seconds.
    pub interval: i64,
    /// How often it was answered.
    pub reviews: i64,
    /// How often it was forgotten.
    pub lapses: i64,
}

impl Card {
    /// The state that the card tells of. `leech` is whether its note has that tag.
    ///
    /// A card that the learner made new again ("Forget") was answered once, so it is being learned, not unknown; where
    /// its counts were reset with it, it can't be told from one that was never answered. "Set Due Date" makes a
    /// review card of a new one: the learner's own word for how well it is known, so the interval counts; but with FSRS
    /// Anki leaves that at 0, and the word is being learned (trials with Anki 26.9).
    #[must_use]
    pub fn state(&self, leech: bool, known_from_days: i64, ignore_suspended_new: bool) -> AnkiState {
        let suspended = self.queue == -1;
        match self.kind {
            2 | 3 if suspended && leech => AnkiState::Learning,
            // A lapsed card of the first scheduler is `type` 2 in a learning queue.
            2 if !matches!(self.queue, 1 | 3) && self.interval >= known_from_days => AnkiState::Known,
            1..=3 => AnkiState::Learning,
            // “Forget” in Anki makes a card new and keeps its count, unless that is reset too.
            0 if self.reviews > 0 => AnkiState::Learning,
            _ if suspended && ignore_suspended_new => AnkiState::Ignored,
            _ => AnkiState::InAnki,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(kind: i64, queue: i64, interval: i64, leech: bool) -> AnkiState {
        let reviews = if kind == 0 { 0 } else { 9 };
        let card = Card { note: 1, ord: 0, kind, queue, interval, reviews, lapses: 0 };
        card.state(leech, 21, false)
    }

    #[test]
    fn every_state_a_card_can_be_in() {
        for (kind, queue, interval, leech, expected) in [
            (0, 0, 0, false, AnkiState::InAnki),
            (0, -1, 0, false, AnkiState::InAnki),
            (0, -2, 0, false, AnkiState::InAnki),
            (1, 1, -600, false, AnkiState::Learning),
            (1, 3, 0, false, AnkiState::Learning),
            (2, 2, 20, false, AnkiState::Learning),
            (2, 2, 21, false, AnkiState::Known),
            (2, -2, 21, false, AnkiState::Known),
            (2, -3, 21, false, AnkiState::Known),
            (2, -1, 21, false, AnkiState::Known),
            (2, 4, 21, false, AnkiState::Known),
            (2, -1, 90, true, AnkiState::Learning),
            (2, 2, 90, true, AnkiState::Known),
            (2, 1, 90, false, AnkiState::Learning),
            (3, 1, 90, false, AnkiState::Learning),
            (3, -1, 90, true, AnkiState::Learning),
        ] {
            assert_eq!(state(kind, queue, interval, leech), expected, "{kind} {queue} {interval} {leech}");
        }
        let forgotten = Card { note: 1, ord: 0, kind: 0, queue: 0, interval: 0, reviews: 4, lapses: 0 };
        assert_eq!(forgotten.state(false, 21, true), AnkiState::Learning);
        let card = Card { note: 1, ord: 0, kind: 0, queue: -1, interval: 0, reviews: 0, lapses: 0 };
        assert_eq!(card.state(false, 21, true), AnkiState::Ignored);
        assert_eq!(card.state(false, 21, true).max(AnkiState::Known), AnkiState::Known);
    }
}
