//! Cards read through AnkiConnect: of few all their data, of many the results of Anki's own searches.
//!
//! `cardsInfo` renders each card that it is asked for, so a hundred thousand would hold Anki up for minutes; searches
//! tell the same cards apart in one request.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::card::Card;
use super::connect::{Answer, CHUNK, Connect};
use super::error::LearnedError;

/// The most cards that are asked for one by one; more are told apart by searches.
const FEW_CARDS: usize = 500;
/// Intervals that the searches tell apart, in days.
const INTERVALS: [i64; 8] = [1, 7, 14, 21, 45, 90, 180, 365];

/// A card's number, the number of its note, and its place among that note's cards.
pub(super) type CardOfNote = (i64, i64, u16);

#[derive(Deserialize)]
struct CardInfo {
    note: i64,
    ord: u16,
    r#type: i64,
    queue: i64,
    interval: i64,
    reps: i64,
    lapses: i64,
}

impl Connect {
    /// All of the cards, exactly; `None` where they are too many to ask for.
    pub(super) fn cards_one_by_one(&self, cards: &[CardOfNote]) -> Result<Option<Vec<Card>>, LearnedError> {
        if cards.len() > FEW_CARDS {
            return Ok(None);
        }
        let mut all = Vec::with_capacity(cards.len());
        for chunk in cards.chunks(CHUNK / 5) {
            let wanted: Vec<i64> = chunk.iter().map(|(card, ..)| *card).collect();
            let infos: Vec<Value> = self.call("cardsInfo", json!({ "cards": wanted }))?;
            for value in infos.into_iter().filter(|card| card.get("cardId").is_some()) {
                let info: CardInfo =
                    serde_json::from_value(value).map_err(|e| self.protocol(format!("cardsInfo: {e}")))?;
                all.push(Card {
                    note: info.note,
                    ord: info.ord,
                    kind: info.r#type,
                    queue: info.queue,
                    interval: info.interval,
                    reviews: info.reps,
                    lapses: info.lapses,
                });
            }
        }
        Ok(Some(all))
    }

    /// The states of many cards by Anki's own searches, in one request.
    pub(super) fn cards_by_search(
        &self,
        query: &str,
        cards: &[CardOfNote],
        known_from_days: i64,
    ) -> Result<Vec<Card>, LearnedError> {
        let mut intervals: Vec<i64> = INTERVALS.into_iter().chain([known_from_days]).collect();
        intervals.sort_unstable();
        intervals.dedup();
        let searches =
            ["is:new", "is:new prop:reps>0", "is:learn", "is:suspended"].map(str::to_owned).into_iter();
        let searches = searches.chain(intervals.iter().map(|days| format!("prop:ivl>={days}")));
        let actions: Vec<Value> = searches
            .map(|search| if query.is_empty() { search } else { format!("({query}) {search}") })
            .map(|search| self.request("findCards", json!({ "query": search })))
            .collect();
        let answers: Vec<Answer> = self.call("multi", json!({ "actions": actions }))?;
        let mut found: Vec<Vec<i64>> = Vec::with_capacity(answers.len());
        for answer in answers {
            found.push(self.result("findCards", answer)?);
        }
        let mut known: HashMap<i64, Card> = cards
            .iter()
            .map(|&(card, note, ord)| {
                (card, Card { note, ord, kind: 2, queue: 2, interval: 0, reviews: 0, lapses: 0 })
            })
            .collect();
        let mut set = |place: usize, change: &dyn Fn(&mut Card)| {
            for card in found.get(place).into_iter().flatten() {
                known.entry(*card).and_modify(change);
            }
        };
        set(0, &|card| (card.kind, card.queue) = (0, 0));
        set(1, &|card| card.reviews = 1);
        set(2, &|card| (card.kind, card.queue) = (1, 1));
        set(3, &|card| card.queue = -1);
        for (place, &days) in intervals.iter().enumerate() {
            set(4 + place, &|card| card.interval = days);
        }
        Ok(known.into_values().collect())
    }
}
