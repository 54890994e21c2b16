//! AnkiConnect: what Anki says, and what it is given, while it runs.
//!
//! The add-on answers JSON over HTTP on 127.0.0.1:8765, every 25 ms, on the thread that draws Anki's windows; its
//! older versions read a kilobyte of the request each time. So requests are small, what is dear (`cardsInfo` renders
//! each card) is asked for few cards only, and the collection's own file is read where it can be reached. One
//! note or card that it trips over fails a whole request: those are asked for in halves.
//! Source: AnkiConnect's documentation, version 6, and trials of the add-on in Anki 26.9 without a screen.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::config::AutoHeaderValue;

use super::cards::CardOfNote;
use super::collection::{Collection, FIELD_SEPARATOR, Note, NoteType, has_leech};
use super::error::LearnedError;

/// The version of the protocol that we speak.
const VERSION: u64 = 6;
/// How many notes or cards one request asks for.
pub(super) const CHUNK: usize = 250;
/// From how many single notes on a refusal is no matter of theirs.
const MOST_REFUSED: usize = 20;
/// The largest answer that is read. The numbers of 300,000 cards by a dozen searches have as much, 250 notes a hundredth
/// of it.
const LARGEST_ANSWER: u64 = 64 << 20;

/// After so long without an answer it is told that Anki is waited for.
const UNTOLD: Duration = Duration::from_secs(2);

/// A line to AnkiConnect.
#[derive(Clone, Debug)]
pub struct Connect {
    url: String,
    key: Option<String>,
    agent: Agent,
    waiting: Option<fn()>,
    told: Arc<AtomicBool>,
}

#[derive(Deserialize)]
pub(super) struct Answer {
    // Unread: the order of an object's keys may tell something.
    result: Box<RawValue>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NoteInfo {
    note_id: i64,
    model_name: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    r#mod: i64,
    fields: BTreeMap<String, FieldInfo>,
    #[serde(default)]
    cards: Vec<i64>,
}

#[derive(Deserialize)]
struct FieldInfo {
    value: String,
    order: usize,
}

impl Connect {
    /// Where AnkiConnect listens unless it was told otherwise.
    pub const URL: &'static str = "http://127.0.0.1:8765";

    /// A line to `url`. Nothing is sent yet. `patience` is the longest that one request may take.
    #[must_use]
    pub fn new(url: &str, key: Option<&str>, patience: Duration) -> Self {
        let config = Agent::config_builder()
            // It closes each connection, and is on this machine: no pool, no proxy.
            .max_idle_connections(0)
            .proxy(None)
            // Its answers come as they are, and every header makes a request longer.
            .accept_encoding(AutoHeaderValue::None)
            .http_status_as_error(false)
            .timeout_connect(Some(patience.min(Duration::from_secs(3))))
            .timeout_global(Some(patience))
            .build();
        let key = key.map(str::to_owned).filter(|key| !key.is_empty());
        Self { url: url.to_owned(), key, agent: config.new_agent(), waiting: None, told: Arc::default() }
    }

    /// The same, which calls `waiting` once Anki has not answered for two seconds: while it syncs, it answers nobody.
    #[must_use]
    pub fn telling(self, waiting: fn()) -> Self {
        Self { waiting: Some(waiting), ..self }
    }

    /// The version of the protocol that answers, which must be 6 or later.
    ///
    /// # Errors
    /// When Anki doesn't run, or speaks an older version.
    pub fn version(&self) -> Result<u64, LearnedError> {
        let version = self.call::<u64>("version", json!({}))?;
        if version < VERSION {
            return Err(self.protocol(format!("it speaks version {version}")));
        }
        Ok(version)
    }

    /// The collection of the profile that is open, where its file can be reached from here. Reading the file is
    /// quicker by far, holds up nobody, and tells guids.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn collection_file(&self) -> Result<Option<PathBuf>, LearnedError> {
        Ok(self.place()?.map(PathBuf::from).filter(|file| file.is_file()))
    }

    /// Reads the collection that is open: from its file where that can be reached, else through AnkiConnect.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn read(&self, known_from_days: i64) -> Result<Collection, LearnedError> {
        self.file_or(|| Ok(Collection { whole: true, ..self.notes("deck:*", known_from_days)? }))
    }

    /// The notes of one note type, by its number, under whatever name the learner gave it; where the collection's
    /// file can be reached, all notes.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn read_type(&self, id: i64, name: &str, known_from_days: i64) -> Result<Collection, LearnedError> {
        self.file_or(|| {
            let query = self.query_of_type(id, name)?;
            let (mut collection, cards) = self.notes_and_cards(&query, known_from_days)?;
            self.tell_shape(&mut collection, id)?;
            self.tell_homes(&mut collection, &query, &cards)?;
            Ok(collection)
        })
    }

    fn file_or(
        &self,
        through: impl FnOnce() -> Result<Collection, LearnedError>,
    ) -> Result<Collection, LearnedError> {
        let why = match self.collection_file()?.map(|file| Collection::read(&file)) {
            Some(Ok(collection)) => return Ok(collection),
            Some(Err(why)) => format!(" ({why})"),
            None => String::new(),
        };
        let mut collection = through()?;
        collection.remarks.push(format!("read through AnkiConnect, which doesn't tell guids{why}"));
        Ok(collection)
    }

    /// A search that finds the notes of a note type; Anki may have several by our name.
    pub(super) fn query_of_type(&self, id: i64, name: &str) -> Result<String, LearnedError> {
        let types: BTreeMap<String, i64> = self.call("modelNamesAndIds", json!({}))?;
        let ours = types.iter().filter(|(there, number)| **number == id || there.starts_with(name));
        let mut searches: Vec<String> = ours.map(|(there, _)| search_for_type(there)).collect();
        if searches.is_empty() {
            searches.push(search_for_type(name));
        }
        Ok(searches.join(" or "))
    }

    /// The notes that a search of Anki's finds, with their cards. `known_from_days` is an interval that must be
    /// told apart; where there are many cards, intervals are only known to be at least so long.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn notes(&self, query: &str, known_from_days: i64) -> Result<Collection, LearnedError> {
        Ok(self.notes_and_cards(query, known_from_days)?.0)
    }

    /// The same, with the numbers of the cards, of their notes, and their places among those.
    fn notes_and_cards(
        &self,
        query: &str,
        known_from_days: i64,
    ) -> Result<(Collection, Vec<CardOfNote>), LearnedError> {
        self.version()?;
        let ids: BTreeMap<String, i64> = self.call("modelNamesAndIds", json!({}))?;
        let found: Vec<i64> = self.call("findNotes", json!({ "query": query }))?;
        let mut collection = Collection::default();
        let mut cards: Vec<CardOfNote> = Vec::new();
        let mut refused = 0;
        for chunk in found.chunks(CHUNK) {
            // A note that was deleted meanwhile is an empty object.
            let notes = self.in_halves("notesInfo", "notes", chunk, &mut refused)?;
            for value in notes.into_iter().filter(|note| note.get("noteId").is_some()) {
                let info: NoteInfo =
                    serde_json::from_value(value).map_err(|e| self.protocol(format!("notesInfo: {e}")))?;
                cards.extend(info.cards.iter().zip(0_u16..).map(|(&card, ord)| (card, info.note_id, ord)));
                let note = note(info, &ids, &mut collection.note_types);
                collection.notes.push(note);
            }
        }
        collection.notes.sort_by_key(|note| note.id);
        if refused > 0 {
            let notes = if refused == 1 { "note" } else { "notes" };
            collection.remarks.push(format!(
                "{refused} {notes} can't be told by AnkiConnect; in Anki, Tools → Check Database mends them"
            ));
        }
        collection.cards = match self.cards_one_by_one(&cards) {
            // A card whose template or deck is broken; searches don't look at those.
            Ok(None) | Err(LearnedError::Refused { .. }) => {
                self.cards_by_search(query, &cards, known_from_days)?
            }
            told => told?.unwrap_or_default(),
        };
        collection.cards.sort_by_key(|card| (card.note, card.ord));
        Ok((collection, cards))
    }

    /// Which of these notes there are, of whatever note type.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn existing(&self, notes: &[i64]) -> Result<Vec<i64>, LearnedError> {
        let mut there = Vec::new();
        for chunk in notes.chunks(CHUNK) {
            let numbers: Vec<String> = chunk.iter().map(ToString::to_string).collect();
            let query = format!("nid:{}", numbers.join(","));
            there.extend(self.call::<Vec<i64>>("findNotes", json!({ "query": query }))?);
        }
        Ok(there)
    }

    /// The answers of AnkiConnect about these notes or cards. A note without a card, which some add-ons leave behind,
    /// makes it refuse the whole request; it is found by halves, left out, and counted.
    fn in_halves(
        &self,
        action: &str,
        of: &str,
        ids: &[i64],
        refused: &mut usize,
    ) -> Result<Vec<Value>, LearnedError> {
        match self.call::<Vec<Value>>(action, json!({ of: ids })) {
            Err(LearnedError::Refused { why, .. }) if !is_of_the_whole(&why) => match ids {
                [] | [_] if *refused < MOST_REFUSED => {
                    *refused += ids.len();
                    Ok(Vec::new())
                }
                [] | [_] => Err(LearnedError::Refused { action: action.to_owned(), why }),
                _ => {
                    let (one, other) = ids.split_at(ids.len() / 2);
                    let mut told = self.in_halves(action, of, one, refused)?;
                    told.extend(self.in_halves(action, of, other, refused)?);
                    Ok(told)
                }
            },
            Err(LearnedError::TooLarge { .. }) if ids.len() > 1 => {
                let (one, other) = ids.split_at(ids.len() / 2);
                let mut told = self.in_halves(action, of, one, refused)?;
                told.extend(self.in_halves(action, of, other, refused)?);
                Ok(told)
            }
            told => told,
        }
    }

    pub(super) fn request(&self, action: &str, params: Value) -> Value {
        let mut request = json!({ "action": action, "version": VERSION, "params": params });
        if let Some(key) = &self.key {
            request["key"] = json!(key);
        }
        request
    }

    pub(super) fn call<T: serde::de::DeserializeOwned>(
        &self,
        action: &str,
        params: Value,
    ) -> Result<T, LearnedError> {
        let request = self.request(action, params).to_string();
        let body = self.patiently(|| self.ask(&request))?;
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| {
            // On one line: a web server that stands on the port answers with a page.
            let text = String::from_utf8_lossy(&body);
            let words: Vec<&str> = text.split_whitespace().take(20).collect();
            let start: String = words.join(" ").chars().filter(|c| !c.is_control()).take(60).collect();
            self.protocol(format!("it says “{start}…”"))
        })?;
        self.result(action, answer)
    }

    fn ask(&self, request: &str) -> Result<Vec<u8>, LearnedError> {
        let sent = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            .header("connection", "close")
            // Bytes, not a stream: AnkiConnect reads no chunks and needs the length.
            .send(request.as_bytes());
        let mut response = sent.map_err(|e| self.no_answer(&e))?;
        let body = response.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec();
        body.map_err(|e| match e {
            ureq::Error::BodyExceedsLimit(_) => LearnedError::TooLarge { url: self.url.clone() },
            other => self.no_answer(&other),
        })
    }

    /// Does it, and tells once that it takes long.
    fn patiently<T: Send>(&self, ask: impl FnOnce() -> T + Send) -> T {
        let Some(waiting) = self.waiting else { return ask() };
        std::thread::scope(|scope| {
            let (done, is_done) = mpsc::channel::<()>();
            let asked = scope.spawn(move || {
                let answer = ask();
                drop(done);
                answer
            });
            if is_done.recv_timeout(UNTOLD) == Err(mpsc::RecvTimeoutError::Timeout)
                && !self.told.swap(true, Ordering::Relaxed)
            {
                waiting();
            }
            asked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    pub(super) fn result<T: serde::de::DeserializeOwned>(
        &self,
        action: &str,
        answer: Answer,
    ) -> Result<T, LearnedError> {
        if let Some(why) = answer.error {
            return Err(LearnedError::Refused { action: action.to_owned(), why });
        }
        serde_json::from_str(answer.result.get()).map_err(|e| self.protocol(format!("{action}: {e}")))
    }

    fn no_answer(&self, error: &ureq::Error) -> LearnedError {
        let why = match error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                "it takes too long".to_owned()
            }
            ureq::Error::Timeout(_) => return LearnedError::Silent { url: self.url.clone() },
            ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::ConnectionRefused => {
                "nothing listens there".to_owned()
            }
            ureq::Error::ConnectionFailed => "nothing listens there".to_owned(),
            other => other.to_string(),
        };
        LearnedError::NotRunning { url: self.url.clone(), why }
    }

    pub(super) fn protocol(&self, why: String) -> LearnedError {
        LearnedError::Protocol { url: self.url.clone(), why }
    }
}

/// Whether AnkiConnect refuses for a reason that has nothing to do with one note.
pub(super) fn is_of_the_whole(why: &str) -> bool {
    ["api key", "unsupported", "not available", "NoneType"].iter().any(|part| why.contains(part))
}

/// A search for a note type of this very name.
fn search_for_type(name: &str) -> String {
    let mut search = String::from("\"note:");
    for c in name.chars() {
        if matches!(c, '"' | '\\' | '*' | '_' | ':') {
            search.push('\\');
        }
        search.push(c);
    }
    search.push('"');
    search
}

/// A note as the collection's file would have it; its type is learned on the way.
fn note(info: NoteInfo, ids: &BTreeMap<String, i64>, types: &mut BTreeMap<i64, NoteType>) -> Note {
    let note_type = ids.get(&info.model_name).copied().unwrap_or_default();
    let mut fields: Vec<(String, FieldInfo)> = info.fields.into_iter().collect();
    fields.sort_by_key(|(_, field)| field.order);
    types.entry(note_type).or_insert_with(|| NoteType {
        id: note_type,
        name: info.model_name.clone(),
        fields: fields.iter().map(|(name, _)| name.clone()).collect(),
    });
    let values: Vec<String> = fields.into_iter().map(|(_, field)| field.value).collect();
    Note {
        id: info.note_id,
        guid: None,
        note_type,
        modified: info.r#mod,
        leech: has_leech(info.tags.iter().map(String::as_str)),
        tags: info.tags.join(" "),
        fields: values.join(&FIELD_SEPARATOR.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_as_it_stands() {
        assert_eq!(search_for_type("shengci 生词"), "\"note:shengci 生词\"");
        assert_eq!(search_for_type("a*b_\"c"), "\"note:a\\*b\\_\\\"c\"");
    }
}
