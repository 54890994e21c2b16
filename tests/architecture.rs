//! Holds the modules to the table in ARCHITECTURE.md: who may use whom, and what every file owes its reader.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Module, and the modules that it may name. The order is the order of `src/lib.rs`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("hanzi", &[]),
    ("pinyin", &["hanzi"]),
    ("dictionary", &["hanzi", "pinyin"]),
    ("document", &["span", "hanzi"]),
    ("annotated", &["span", "hanzi", "pinyin", "dictionary", "document"]),
    ("tokens", &["span", "hanzi", "dictionary", "annotated"]),
    ("words", &["span", "hanzi", "pinyin", "dictionary", "document", "annotated", "tokens"]),
    ("readings", &["span", "hanzi", "pinyin", "dictionary", "annotated", "tokens", "words"]),
    ("deck", &["span", "hanzi", "pinyin", "dictionary", "tokens", "words"]),
    (
        "pipeline",
        &[
            "span",
            "hanzi",
            "pinyin",
            "dictionary",
            "document",
            "annotated",
            "tokens",
            "words",
            "readings",
            "deck",
        ],
    ),
    ("scratch", &[]),
    ("source", &["hanzi", "document"]),
    (
        "store",
        &[
            "scratch",
            "span",
            "hanzi",
            "pinyin",
            "dictionary",
            "document",
            "annotated",
            "tokens",
            "words",
            "pipeline",
        ],
    ),
    ("package", &["scratch", "span", "hanzi", "pinyin", "dictionary", "words", "deck"]),
    ("learned", &["scratch", "span", "hanzi", "pinyin", "dictionary", "words"]),
    ("cli", &["*"]),
];

#[test]
fn modules_name_only_those_they_may() {
    let allowed: BTreeMap<_, _> = MAY_NAME.iter().copied().collect();
    let mut faults = Vec::new();
    for path in sources() {
        let module = module_of(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            faults.push(format!("{}: module `{module}` stands in no table", path.display()));
            continue;
        };
        for named in named_modules(&production_code(&path)) {
            if named != module && !may.contains(&named.as_str()) && !may.contains(&"*") {
                faults.push(format!("{}: `{module}` may not name `{named}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .chain(rust_files(Path::new("tests")))
        .chain(rust_files(Path::new("build")))
        .chain(rust_files(Path::new("benches")))
        .filter(|path| !fs::read_to_string(path).expect("a source file").starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "these files open with no `//!`: {silent:?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string("tests/main.rs").expect("tests/main.rs");
    for entry in fs::read_dir("tests").expect("tests").map(|e| e.expect("an entry").path()) {
        let is_module = entry.extension().is_some_and(|e| e == "rs") || entry.join("mod.rs").is_file();
        let name = entry.file_stem().expect("a name").to_string_lossy().into_owned();
        if is_module && name != "main" {
            assert!(main.contains(&format!("mod {name};")), "tests/main.rs has no `mod {name};`");
        }
    }
}

#[test]
fn the_table_is_the_one_in_architecture_md() {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md");
    for (module, _) in MAY_NAME {
        assert!(text.contains(&format!("`{module}`")), "ARCHITECTURE.md does not name `{module}`");
    }
}

fn sources() -> Vec<PathBuf> {
    let files = rust_files(Path::new("src"));
    assert!(files.len() > 20, "the test runs in the repository's root");
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("a path in src");
    let first = inside.components().next().expect("a file");
    Path::new(first.as_os_str()).file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The file without its unit tests, which may use what they like.
fn production_code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

fn named_modules(code: &str) -> Vec<String> {
    let code: String =
        code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        if let Some(list) = after.strip_prefix('{') {
            let mut depth = 1;
            let mut item = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (c == ',' && depth == 1) {
                    names.push(first_word(&item));
                    item.clear();
                } else {
                    item.push(c);
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            names.push(first_word(after));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
