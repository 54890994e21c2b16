//! A number that changes with everything that decides how a text is read: the sources of the stages, the weights, the
//! tables and what they are made of. A library keeps it with each article, so that no one has to remember to say that
//! an article must be read again.
//!
//! The same sources give the same number on every machine: names are those inside the repository, sorted and written
//! with `/`, line ends count as `\n`, and neither times nor folders go in. Comments and tests go in with the files that
//! hold them, because telling them apart would need a parser here: an article is then read once more than it must be,
//! which is harmless.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The rooms of `src/` that have a part in reading, each a folder, a file, or both. Some may not exist.
pub const ROOMS: [&str; 13] = [
    "annotated",
    "corrections",
    "dictionary",
    "document",
    "hanzi",
    "named",
    "pinyin",
    "pipeline",
    "readings",
    "span",
    "text",
    "tokens",
    "words",
];

/// The crates whose data the stages read, by way of tables or in place.
pub const CRATES: [&str; 4] = ["chinese_dictionary", "hsk", "jieba-rs", "pinyin"];

/// The parts that go into the fingerprint, by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// The number of these parts: of 63 bits, so that SQLite has it as it is, and above all numbers that were once given
/// out by hand.
pub fn of(parts: &Parts) -> u64 {
    let mut hash = Sha256::new();
    for (name, bytes) in parts {
        // With its length before it, nothing can pass for a piece of its neighbour.
        for piece in [name.as_bytes(), bytes] {
            hash.update((piece.len() as u64).to_le_bytes());
            hash.update(piece);
        }
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    u64::from_be_bytes(first) >> 1 | 1 << 62
}

/// The files of the rooms and of `build/`, out of the repository at `root`, and the version of each crate.
pub fn parts(
    root: &Path,
    version: impl Fn(&str) -> Result<String, Box<dyn Error>>,
) -> Result<Parts, Box<dyn Error>> {
    let mut parts = Parts::new();
    for name in CRATES {
        parts.insert(name.to_owned(), version(name)?.into_bytes());
    }
    collect(&root.join("build"), "build", &mut parts)?;
    for room in ROOMS {
        let name = format!("src/{room}");
        if root.join(&name).is_dir() {
            collect(&root.join(&name), &name, &mut parts)?;
        }
        let file = format!("{name}.rs");
        if root.join(&file).is_file() {
            parts.insert(file.clone(), text(fs::read(root.join(&file))?));
        }
    }
    Ok(parts)
}

/// All files of a folder, under its name.
pub fn collect(folder: &Path, name: &str, parts: &mut Parts) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(own) = path.file_name().and_then(|own| own.to_str()) else { continue };
        let name = format!("{name}/{own}");
        // The files that editors and systems leave behind are no sources.
        if own.starts_with('.') || own.ends_with('~') {
        } else if path.is_dir() {
            collect(&path, &name, parts)?;
        } else {
            let bytes = fs::read(&path)?;
            parts.insert(name, if is_text(&path) { text(bytes) } else { bytes });
        }
    }
    Ok(())
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "rs" || end == "txt")
}

/// A checkout may have other line ends.
fn text(bytes: Vec<u8>) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            kept.push(byte);
        }
    }
    kept
}
