//! Compiles the dictionary into the form that the program looks words up in, in place.
//!
//! Why at build time: parsing CC-CEDICT at every start would cost 175 ms and 180 MB; a compiled table costs
//! nothing until a page of it is touched. Why from crates: the dictionary's text is not ours to commit, and a
//! crate is what a fresh machine fetches anyway.

// A build script talks to Cargo on stdout, and reads and writes files: that is its work.
#![allow(clippy::disallowed_methods, clippy::print_stdout, missing_docs)]

#[path = "../src/dictionary/hash.rs"]
mod hash;
#[path = "../src/pinyin/syllable.rs"]
#[allow(dead_code)]
mod syllable;

mod cedict;
mod chance;
mod classes;
mod fingerprint;
mod frequency;
mod hsk;
mod leads;
mod names;
mod ours;
mod readings;
mod rules;
mod simplify;
mod sources;
mod split;
mod synonyms;
mod table;
mod tools;
mod wordlist;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use fingerprint::Parts;

/// Classes of hanzi and words, and lists of one room's own, in the form that `classes.rs` compiles.
const LISTS: &[(&str, &str)] = &[
    ("hanzi", "src/hanzi/classes.txt"),
    ("text", "src/text/common.txt"),
    ("radicals", "src/text/radicals.txt"),
    ("document", "src/document/data/phrases.txt"),
    ("pages", "src/document/data/page.txt"),
    ("about", "src/document/data/about.txt"),
    ("annotated", "src/annotated/data/lists.txt"),
    ("tokens", "src/tokens/data/lists.txt"),
    ("readings", "src/readings/data/lists.txt"),
    ("deck", "src/deck/data/lists.txt"),
    ("orthography", "src/deck/data/orthography.txt"),
    ("learned", "src/learned/fields.txt"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src");
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let out = Path::new(&out);

    let mut parts = fingerprint::parts(Path::new("."), sources::version)?;
    println!("cargo::rustc-env=SHENGCI_READING={}", fingerprint::of(&parts));
    // The tables take seconds to make, and most sources have no part in them. Some are of rooms that don't read.
    fingerprint::collect(Path::new("src"), "src", &mut parts)?;
    let of_tables = fingerprint::of(&of_tables(&parts));
    let stamp = out.join("tables.stamp");
    if fs::read_to_string(&stamp).ok() != Some(of_tables.to_string()) {
        // A build that stops half way must not pass for the one before it.
        if stamp.exists() {
            fs::remove_file(&stamp)?;
        }
        write_tables(out)?;
        fs::write(stamp, of_tables.to_string())?;
    }
    Ok(())
}

/// The parts that tables may be made of: all but the code that the build itself does not name.
fn of_tables(parts: &Parts) -> Parts {
    let named = |name: &str| {
        let path = format!("../{name}");
        let build = parts.iter().filter(|(name, _)| name.starts_with("build/"));
        build.into_iter().any(|(_, text)| String::from_utf8_lossy(text).contains(&path))
    };
    let is_part = |name: &str| !name.starts_with("src/") || !name.ends_with(".rs") || named(name);
    parts
        .iter()
        .filter(|(name, _)| is_part(name))
        .map(|(name, bytes)| (name.clone(), bytes.clone()))
        .collect()
}

fn write_tables(out: &Path) -> Result<(), Box<dyn Error>> {
    let cedict = sources::file("chinese_dictionary", "data/data.dictionary")?;
    let jieba = sources::file("jieba-rs", "src/data/dict.txt")?;
    let frequencies = frequency::read(&jieba)?;
    let mut words = cedict::read(&cedict, Path::new("src/dictionary"), &frequencies)?;
    let lists = hsk::assign(&mut words, &sources::file("hsk", "data/hsk.data")?)?;
    for (list, found) in ["2015", "2021", "2025"].iter().zip(&lists) {
        // Some idioms and sayings of the lists are in no dictionary; a tenth missing would be another fault.
        if found.missing.len() * 50 > found.words {
            return Err(format!(
                "HSK {list}: {} of {} words found no entry",
                found.missing.len(),
                found.words
            )
            .into());
        }
    }
    fs::write(out.join("dictionary.bin"), table::compile(&words))?;
    let (forms, phrases) = simplify::compile(&words, Path::new("src/dictionary"))?;
    fs::write(out.join("simplify.bin"), forms)?;
    fs::write(out.join("phrases.rs"), phrases)?;
    let data = Path::new("src/tokens/data");
    let list = wordlist::compile(&words, &jieba, data)?;
    fs::write(out.join("words-total.txt"), wordlist::total(&list).to_string())?;
    let listed = list.lines().filter_map(|line| line.split(' ').next()).collect();
    fs::write(out.join("chance.rs"), chance::compile(&data.join("chance.txt"), &listed)?)?;
    fs::write(out.join("split.rs"), split::compile(&data.join("split.txt"), &listed)?)?;
    let dictionary = rules::Dictionary::new(&words);
    fs::write(out.join("readings.rs"), readings::compile(Path::new("src/readings/data"), &dictionary)?)?;
    fs::write(out.join("leads.rs"), leads::compile(Path::new("src/deck/data/leads.txt"), &dictionary)?)?;
    for (room, file) in LISTS {
        fs::write(out.join(format!("{room}-lists.rs")), classes::compile(Path::new(file))?)?;
    }
    fs::write(out.join("tools.rs"), tools::compile(Path::new("src/document/data/tools.txt"))?)?;
    fs::write(out.join("words.txt"), list)?;
    fs::write(out.join("names.bin"), names::compile(&data.join("names.txt"))?)?;
    Ok(())
}
