//! The fingerprint that the build computes of all that decides how a text is read.

use std::fs;
use std::path::Path;

use shengci::pipeline::VERSION;

#[path = "../build/fingerprint.rs"]
mod build;
#[path = "../build/sources.rs"]
#[allow(dead_code)]
mod sources;

use build::{Parts, of, parts};

fn ours() -> Parts {
    parts(Path::new(env!("CARGO_MANIFEST_DIR")), sources::version).expect("the sources of this checkout")
}

#[test]
fn the_program_has_that_of_this_checkout() {
    assert_eq!(u64::try_from(VERSION).expect("63 bits"), of(&ours()));
    const { assert!(VERSION > 1 << 32, "no number that was given out by hand") };
}

#[test]
fn a_changed_byte_of_anything_that_reads_changes_it() {
    let mut parts = ours();
    let before = of(&parts);
    for name in [
        "src/readings/context.weights",
        "src/tokens/data/names.txt",
        "src/dictionary/mended.txt",
        "src/document.rs",
        "build/wordlist.rs",
        "chinese_dictionary",
    ] {
        let bytes = parts.get_mut(name).unwrap_or_else(|| panic!("{name} goes in"));
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        assert_ne!(of(&parts), before, "{name}");
        parts.get_mut(name).expect("a part")[middle] ^= 1;
        assert_eq!(of(&parts), before, "{name}");
    }
    let weights = parts.remove("src/readings/context.weights").expect("the weights");
    assert_ne!(of(&parts), before);
    parts.insert("src/words/other.weights".to_owned(), weights);
    assert_ne!(of(&parts), before);
}

#[test]
fn nothing_passes_for_a_piece_of_its_neighbour() {
    let of = |parts: &[(&str, &str)]| {
        of(&parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    };
    assert_ne!(of(&[("a", "bc")]), of(&[("ab", "c")]));
    assert_ne!(of(&[("a", ""), ("b", "c")]), of(&[("a", "bc")]));
}

/// A repository as another machine may have it: written in another order, with other line ends and with leavings.
#[test]
fn it_is_the_same_on_every_machine() {
    let make = |names: &[&str], end: &str, leavings: &[&str]| {
        let root = tempfile::tempdir().expect("a folder");
        for name in names.iter().chain(leavings) {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            let text = format!("//! {name}{end}fn f() {{}}{end}");
            fs::write(path, if name.ends_with(".weights") { "1\r\n2" } else { &text }).expect("a file");
        }
        of(&parts(root.path(), |name| Ok(format!("{name} 1.0.0"))).expect("its sources"))
    };
    let names =
        ["build/main.rs", "src/words.rs", "src/words/a.rs", "src/words/b.weights", "src/words/c/d.txt"];
    let turned: Vec<&str> = names.iter().rev().copied().collect();
    let here = make(&names, "\n", &[]);
    assert_eq!(here, make(&turned, "\r\n", &["src/words/.DS_Store", "src/words/a.rs~", "target/words.bin"]));
    assert_eq!(here, make(&names, "\n", &["src/cli.rs", "src/deck/build.rs", "README.md"]));
    assert_ne!(here, make(&names, "\n", &["src/words/e.rs"]));
}
