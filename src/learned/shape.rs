//! Note types, decks and the collection's place, read through AnkiConnect: all that a reader of the file sees by
//! itself.
//!
//! An add-on of before 2023 has no `findModelsById`; then the names of the fields, the templates and the style sheet
//! are all that there is. Source: AnkiConnect's documentation, version 6, and its code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, json};

use super::cards::CardOfNote;
use super::collection::Collection;
use super::connect::{CHUNK, Connect, is_of_the_whole};
use super::error::LearnedError;

/// Of so many cards it is asked in which decks they lie.
const SAMPLE: usize = 2 * CHUNK;
/// Stands for the place of a collection where AnkiConnect is too old to tell it.
const UNTOLD: &str = "AnkiConnect";

impl Connect {
    /// Where the collection lies that is open, as Anki sees it; `None` where that isn't told.
    pub(super) fn place(&self) -> Result<Option<String>, LearnedError> {
        let Some(media) = self.perhaps::<String>("getMediaDirPath", json!({}))? else { return Ok(None) };
        // Anki may be on Windows, on the other side of WSL.
        let folder = media.trim_end_matches("collection.media");
        if folder.len() < media.len() {
            return Ok(Some(format!("{folder}collection.anki2")));
        }
        let profile = Path::new(&media).parent().map(|profile| profile.join("collection.anki2"));
        Ok(profile.map(|file| file.to_string_lossy().into_owned()))
    }

    /// Tells a collection that was read through AnkiConnect where it lies, what the note type of this number is like,
    /// and which decks there are.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn tell_shape(&self, collection: &mut Collection, id: i64) -> Result<(), LearnedError> {
        collection.place = Some(self.place()?.unwrap_or_else(|| UNTOLD.to_owned()));
        collection.decks = self.deck_numbers()?.into_iter().map(|(name, number)| (number, name)).collect();
        let model = match self.call::<Vec<Value>>("findModelsById", json!({ "modelIds": [id] })) {
            Ok(models) => models.into_iter().next(),
            Err(LearnedError::Refused { why, .. }) if why.contains("unsupported") => {
                self.model_by_names(collection, id)?
            }
            // There is no such note type.
            Err(LearnedError::Refused { why, .. }) if why.contains("not found") => None,
            Err(why) => return Err(why),
        };
        collection.models.extend(model.map(|model| (id, model)));
        Ok(())
    }

    /// A note type through an old AnkiConnect, where it has a note.
    fn model_by_names(&self, collection: &Collection, id: i64) -> Result<Option<Value>, LearnedError> {
        let Some(kind) = collection.note_types.get(&id) else { return Ok(None) };
        let of = json!({ "modelName": kind.name });
        let fields: Vec<Value> =
            kind.fields.iter().enumerate().map(|(ord, name)| json!({ "name": name, "ord": ord })).collect();
        let mut model = json!({ "id": id, "name": kind.name, "type": 0, "flds": fields });
        if let Some(Templates(templates)) = self.perhaps("modelTemplates", of.clone())? {
            let listed = templates.into_iter().enumerate().map(|(ord, (name, sides))| {
                json!({ "name": name, "ord": ord, "qfmt": sides["Front"], "afmt": sides["Back"] })
            });
            model["tmpls"] = listed.collect();
        }
        if let Some(Value::String(css)) =
            self.perhaps::<Value>("modelStyling", of)?.map(|style| style["css"].clone())
        {
            model["css"] = css.into();
        }
        Ok(Some(model))
    }

    /// The decks that there are, by name, with their numbers.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn deck_numbers(&self) -> Result<BTreeMap<String, i64>, LearnedError> {
        Ok(self.perhaps("deckNamesAndIds", json!({}))?.unwrap_or_default())
    }

    /// Tells a collection in which decks notes are at home: those of a sample, without cards that are in a filtered
    /// deck just now. `cards` are those that a search found, with their notes.
    pub(super) fn tell_homes(
        &self,
        collection: &mut Collection,
        query: &str,
        cards: &[CardOfNote],
    ) -> Result<(), LearnedError> {
        let away: BTreeSet<i64> = self
            .perhaps::<Vec<i64>>("findCards", json!({ "query": format!("({query}) deck:filtered") }))?
            .unwrap_or_default()
            .into_iter()
            .collect();
        let notes: BTreeMap<i64, i64> = cards
            .iter()
            .filter(|(card, _, place)| *place == 0 && !away.contains(card))
            .map(|&(c, n, _)| (c, n))
            .collect();
        let step = notes.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<i64> = notes.keys().copied().step_by(step).collect();
        let numbers: BTreeMap<String, i64> =
            collection.decks.iter().map(|(number, name)| (name.clone(), *number)).collect();
        for chunk in sample.chunks(CHUNK) {
            let decks: Option<BTreeMap<String, Vec<i64>>> =
                self.perhaps("getDecks", json!({ "cards": chunk }))?;
            for (name, cards) in decks.into_iter().flatten() {
                let Some(&number) = numbers.get(&name) else { continue };
                collection.homes.extend(cards.iter().filter_map(|card| Some((*notes.get(card)?, number))));
            }
        }
        Ok(())
    }

    /// The answer of AnkiConnect; `None` where it refuses what it does not know or can't tell, so that nothing hangs on
    /// it.
    fn perhaps<T: serde::de::DeserializeOwned>(
        &self,
        action: &str,
        params: Value,
    ) -> Result<Option<T>, LearnedError> {
        match self.call(action, params) {
            Ok(answer) => Ok(Some(answer)),
            Err(LearnedError::Refused { why, .. })
                if why.contains("unsupported") || !is_of_the_whole(&why) =>
            {
                Ok(None)
            }
            Err(why) => Err(why),
        }
    }
}

/// Templates by name: the order of the object's keys is that of the templates.
struct Templates(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Templates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Templates;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("templates by name")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Templates, M::Error> {
                let mut templates = Vec::new();
                while let Some(template) = map.next_entry()? {
                    templates.push(template);
                }
                Ok(Templates(templates))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
