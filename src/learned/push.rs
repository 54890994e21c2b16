//! A package into the Anki that runs, through AnkiConnect.

use std::path::Path;

use serde_json::{Value, json};

use super::connect::Connect;
use super::error::LearnedError;

/// The result of an import through AnkiConnect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// How many notes the query found before.
    pub before: usize,
    /// How many it found after.
    pub after: usize,
}

impl Connect {
    /// Has Anki import a package, and counts the notes of that type before and after.
    ///
    /// Anki's importer does it, as if the learner had opened the package and ticked everything (AnkiConnect gives no
    /// choice; source: `anki/importing.py` of Anki 26.9, and trials): notes are matched by guid, scheduling and the
    /// options of decks stay, a note is taken over only if the package's is newer, and then as a whole; new cards
    /// of a note go to the package's deck, those that were there stay where they are. Note types are merged: fields and
    /// templates that one of the two lacks are added to it, and a field that the package lacks is emptied in each note
    /// that is taken over. So the package must have the note type as it is there. And a note that the learner gave
    /// *another* note type must not be in it: Anki would merge that one into ours, and every note of ours would suffer.
    ///
    /// An Anki that can't see our files (in Flatpak, on the other side of WSL or of a tunnel) is sent the package
    /// as a media file first, which is taken away again.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked, or Anki can't read the package.
    pub fn push(&self, package: &Path, id: i64, name: &str) -> Result<Pushed, LearnedError> {
        self.version()?;
        let path = std::path::absolute(package).map_err(LearnedError::read(package))?;
        let bytes = std::fs::read(&path).map_err(LearnedError::read(&path))?;
        let count = || self.numbers_of_type(id, name).map(|notes| notes.len());
        let before = count()?;
        match self.import(&path.to_string_lossy()) {
            Err(LearnedError::Refused { why, .. }) if why.starts_with("Failed to open") => {
                self.send_and_import(&bytes)?;
            }
            done => done?,
        }
        Ok(Pushed { before, after: count()? })
    }

    /// The numbers of the notes of a note type.
    ///
    /// # Errors
    /// When AnkiConnect can't be asked.
    pub fn numbers_of_type(&self, id: i64, name: &str) -> Result<Vec<i64>, LearnedError> {
        let query = self.query_of_type(id, name)?;
        self.call("findNotes", json!({ "query": query }))
    }

    fn import(&self, path: &str) -> Result<(), LearnedError> {
        if self.call::<bool>("importPackage", json!({ "path": path }))? {
            return Ok(());
        }
        Err(LearnedError::Refused {
            action: "importPackage".to_owned(),
            why: "collection is not available".to_owned(),
        })
    }

    fn send_and_import(&self, bytes: &[u8]) -> Result<(), LearnedError> {
        let folder: String = self.call("getMediaDirPath", json!({}))?;
        // Media that begin with `_` are left alone by Anki's check for files that nothing uses.
        let sent = json!({ "filename": "_shengci.apkg", "data": base64(bytes) });
        let name: String = self.call("storeMediaFile", sent)?;
        let separator = if folder.contains('\\') { '\\' } else { '/' };
        let done = self.import(&format!("{folder}{separator}{name}"));
        let taken_away = self.call::<Value>("deleteMediaFile", json!({ "filename": name }));
        done.and(taken_away.map(drop))
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let number =
            (0..3).fold(0_u32, |n, place| n << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            text.push(if place > group.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("\u{FF}~", "w79+"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text, "{bytes}");
        }
    }
}
