//! Where to read from: files by what is in them, a profile of Anki's, or AnkiConnect.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ImportRequest;
use crate::deck::note_type;
use crate::learned::{Collection, Connect, Places, Profile, profiles};
use crate::library::{Failure, Settings};
use crate::source;

/// Something to import.
pub enum Source {
    /// A list of words, read already.
    List {
        /// Its file.
        path: PathBuf,
        /// The content.
        bytes: Vec<u8>,
    },
    /// A package or a collection.
    Package {
        /// Its file.
        path: PathBuf,
        /// Whether it is the learner's own. A collection is; a package, `.colpkg` too, is made to be given away, and its
        /// name and form are whoever made it chose, so of that the learner has to say it.
        mine: bool,
    },
    /// A profile of Anki's.
    Profile(Profile),
    /// Anki itself, at this address.
    Connect(String),
}

/// The longest that one request to AnkiConnect may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

impl Source {
    /// As messages call it.
    pub fn name(&self) -> String {
        match self {
            Self::List { path, .. } | Self::Package { path, .. } => path.display().to_string(),
            Self::Profile(profile) => profile.collection.display().to_string(),
            Self::Connect(url) => url.clone(),
        }
    }

    /// The kind of source, as `--json` writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::List { .. } => "list",
            Self::Package { .. } => "package",
            Self::Profile(_) => "profile",
            Self::Connect(_) => "connect",
        }
    }

    /// Whether what is in it is the learner's own, edits and all.
    pub fn is_mine(&self) -> bool {
        !matches!(self, Self::Package { mine: false, .. })
    }

    /// The collection that is read there; of a list, an empty one.
    pub fn collection(&self, settings: &Settings, waiting: fn()) -> Result<Collection, Failure> {
        Ok(match self {
            Self::List { .. } => Collection::default(),
            Self::Package { path, .. } => Collection::read(path)?,
            Self::Profile(profile) => Collection::read(&profile.collection)?,
            Self::Connect(url) => {
                let connect = Connect::new(url, settings.anki.key.as_deref(), PATIENCE).telling(waiting);
                let mut collection = connect.read(settings.known_from_days)?;
                if collection.place.is_none() {
                    connect.tell_shape(&mut collection, note_type::ID)?;
                }
                collection
            }
        })
    }
}

/// All that is named. Everything is found before anything is read, so that a wrong name changes nothing.
pub fn find(request: &ImportRequest, settings: &Settings, places: &Places) -> Result<Vec<Source>, Failure> {
    let mut sources =
        request.files.iter().map(|path| of_file(path, request.mine)).collect::<Result<Vec<_>, _>>()?;
    if request.anki {
        let name = request.profile.as_ref().or(settings.anki.profile.as_ref());
        sources.push(Source::Profile(profile(name.map(String::as_str), places)?));
    }
    if request.connect {
        sources.push(Source::Connect(settings.anki.url.clone()));
    }
    Ok(sources)
}

/// A file is what its first bytes say, whatever it is called.
fn of_file(path: &Path, mine: bool) -> Result<Source, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("{} can't be read: {error}", path.display())).hint("is the name right?")
    };
    if path.is_dir() {
        let collection = path.join("collection.anki2");
        if collection.is_file() {
            return Ok(Source::Package { path: collection, mine: true });
        }
        return Err(Failure::new(format!("{} is a folder", path.display()))
            .hint("name the files in it; `--anki` finds the collection of Anki by itself"));
    }
    let mut head = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    (&file).take(16).read_to_end(&mut head).map_err(failed)?;
    let is_called = |endings: &[&str]| {
        path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    let named = is_called(&["apkg", "colpkg", "anki2", "anki21", "anki21b"]);
    let is_package = head.starts_with(b"PK\x03\x04") || head.starts_with(b"SQLite format 3\0");
    if named && head.is_empty() {
        return Err(Failure::new(format!("{} is empty", path.display())).hint(
            "export it in Anki once more: File → Export, with “Include scheduling information” ticked",
        ));
    }
    if named && !is_package && std::str::from_utf8(&head).is_ok_and(|head| !head.contains('\0')) {
        return Err(Failure::new(format!("{} is a text, and no file of Anki's", path.display()))
            .hint("export it in Anki once more; a list of words is called .txt or .csv"));
    }
    if named || is_package {
        // Anki calls a collection so, and nothing that it exports.
        let mine = mine || (head.starts_with(b"SQLite format 3\0") && is_called(&["anki2"]));
        return Ok(Source::Package { path: path.to_owned(), mine });
    }
    // A pipe gives its beginning once only.
    let bytes = source::stream(&mut head.as_slice().chain(file), &path.display().to_string())?;
    Ok(Source::List { path: path.to_owned(), bytes })
}

fn profile(name: Option<&str>, places: &Places) -> Result<Profile, Failure> {
    let found = profiles(places);
    let names: Vec<String> = found.iter().map(|profile| profile.name.clone()).collect();
    if found.is_empty() {
        return Err(Failure::new("no collection of Anki was found in its usual places")
            .hint("name it: shengci import PATH/collection.anki2 (Anki shows the folder in its about box)")
            .hint("or export it in Anki: File → Export, .colpkg, and import that"));
    }
    match name {
        None => found.into_iter().next(),
        Some(name) => found.into_iter().find(|profile| profile.name == name),
    }
    .ok_or_else(|| {
        Failure::new(format!("Anki has no profile “{}”", name.unwrap_or_default()))
            .hint(format!("there are {}", names.join(", ")))
    })
}
