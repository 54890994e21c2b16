//! Files and folders as users give them: what is taken, and what is refused with which words.

#![allow(clippy::disallowed_methods)]

mod kept;
mod turned;
mod web;

use std::fs;
use std::path::{Path, PathBuf};

use shengci::source::{Input, SourceError, gather, read};

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("shengci-source-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the folder can go");
    }
}

fn argument(path: &Path) -> String {
    path.to_str().expect("a name").to_owned()
}

fn read_file(path: PathBuf) -> Result<shengci::source::Raw, SourceError> {
    read(&Input::File(path), &mut std::io::empty(), None).map(|mut raws| raws.remove(0))
}

#[test]
fn a_folder_is_its_text_files_in_order() {
    let folder = Folder::new("order");
    let b = folder.file("b.txt", b"");
    let a = folder.file("a.MD", b"");
    folder.file(".hidden.txt", b"");
    folder.file("c.css", b"");
    fs::create_dir(folder.0.join("d.txt")).expect("a folder");
    let files = |paths: &[&PathBuf]| paths.iter().map(|p| Input::File((*p).clone())).collect::<Vec<_>>();
    assert_eq!(gather(&[argument(&folder.0)]).expect("two files"), files(&[&a, &b]));
    // Named again beside its folder it is still one article; the order is the user's.
    let again = gather(&[argument(&b), argument(&folder.0), argument(&b)]).expect("two files");
    assert_eq!(again, files(&[&b, &a]));
}

#[test]
fn a_folder_without_text_files_is_an_error() {
    let folder = Folder::new("empty");
    folder.file("a.css", b"");
    let error = gather(&[argument(&folder.0)]).expect_err("no text file");
    assert!(error.to_string().ends_with("the folder has no text file in it"), "{error}");
}

#[test]
fn a_huge_file_is_refused_unread() {
    let folder = Folder::new("huge");
    let path = folder.file("huge.txt", "雨".as_bytes());
    fs::OpenOptions::new().write(true).open(&path).expect("it").set_len(100 << 20).expect("a sparse file");
    let error = read_file(path).expect_err("too large");
    assert!(error.to_string().ends_with("huge.txt is larger than 32 MiB"), "{error}");
    assert!(error.hint().contains("split"));
}

#[test]
fn every_refusal_names_the_file_and_what_to_do() {
    let folder = Folder::new("refusals");
    for (name, bytes, words) in [
        ("empty.txt", &b""[..], "is empty"),
        ("english.txt", b"It rained.", "has no Chinese in it"),
        ("nul.txt", b"\xE9\x9B\xA8\n\0", "nul.txt:2:1: there is a NUL byte"),
        ("broken.txt", "雨停了，大家都回家了。\u{0}".as_bytes(), "NUL"),
        ("utf8.txt", b"\xE9\x9B\xA8\xE9\x9B\xA8\xFF", "utf8.txt:1:3: this is not UTF-8 (byte 6)"),
        ("page.txt", "<!doctype html><p>Rain</p>".as_bytes(), "has no Chinese in it"),
        ("doc.txt", b"PK\x03\x04....", "can't be read as a zip archive"),
    ] {
        let error = read_file(folder.file(name, bytes)).expect_err(name);
        assert!(error.to_string().contains(words) && error.to_string().contains(name), "{error}");
        assert!(!error.hint().is_empty());
    }
    let error = read_file(folder.0.clone()).expect_err("a folder");
    assert!(matches!(error, SourceError::IsFolder(_)), "{error}");
    let error = read_file(folder.0.join("none.txt")).expect_err("nothing");
    assert!(matches!(error, SourceError::Missing(_)), "{error}");
}
