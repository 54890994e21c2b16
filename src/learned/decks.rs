//! The decks of a collection, and in which of them the cards of our notes lie.

use std::collections::BTreeMap;

use super::guarded::{Fault, Guarded};

/// A deck in schema 11.
#[derive(serde::Deserialize)]
struct Deck {
    name: String,
    #[serde(default)]
    r#dyn: i64,
}

/// The decks by number, under their names; filtered ones, which hold cards for a while only, are left out.
pub(super) fn decks(from: &Guarded) -> Result<BTreeMap<i64, String>, Fault> {
    let mut decks = BTreeMap::new();
    if from.has("decks")? {
        from.each("SELECT id, name, kind FROM decks", |row| {
            // `DeckKind` is a message with either field 1, an ordinary deck, or field 2, a filtered one.
            if row.bytes(2)?.first() != Some(&0x12) {
                // Between a deck and its child stands U+001F in the table, `::` everywhere else.
                decks.insert(row.number(0)?, row.text(1)?.replace('\u{1f}', "::"));
            }
            Ok(())
        })?;
        return Ok(decks);
    }
    from.each("SELECT decks FROM col LIMIT 1", |row| {
        let all: BTreeMap<String, Deck> = serde_json::from_str(&row.text(0)?).unwrap_or_default();
        let named = all.into_iter().filter(|(_, deck)| deck.r#dyn == 0);
        decks.extend(named.filter_map(|(id, deck)| Some((id.parse().ok()?, deck.name))));
        Ok(())
    })?;
    Ok(decks)
}

/// The deck in which each note's first card is at home.
pub(super) fn homes(from: &Guarded) -> Result<BTreeMap<i64, i64>, Fault> {
    let mut homes: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    from.each("SELECT nid, ord, did, odid FROM cards", |row| {
        let (place, away) = (row.number(1)?, row.number(3)?);
        // A card that is in a filtered deck just now has its own beside that.
        let deck = if away == 0 { row.number(2)? } else { away };
        let first = homes.entry(row.number(0)?).or_insert((place, deck));
        *first = (*first).min((place, deck));
        Ok(())
    })?;
    Ok(homes.into_iter().map(|(note, (_, deck))| (note, deck)).collect())
}
