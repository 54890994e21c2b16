//! Holds the modules to the table in ARCHITECTURE.md, which is read here: what they name they may, and what they may they
//! do; and every file to what it owes its reader.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

mod code;

/// A module, and one that it names.
type Edge = (String, String);

/// The row of a module that may name all others.
const EVERYTHING: &str = "everything";

/// Names of the clock, the environment and the terminal, which only a face asks for.
const ASKED_BY_FACES: &[&str] = &[
    "std::env",
    "Timestamp::now",
    "SystemTime",
    "Instant::now",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "anstream",
    "indicatif",
    "clap",
];

#[test]
fn modules_name_just_those_that_the_table_says() {
    let table = table();
    let mut used: BTreeMap<Edge, PathBuf> = BTreeMap::new();
    for (path, names) in code::named_in(Path::new("src")) {
        let module = module_of(&path);
        for named in names.into_iter().filter(|named| *named != module) {
            used.entry((module.clone(), named)).or_insert_with(|| path.clone());
        }
    }
    let modules: BTreeSet<String> = rust_files(Path::new("src"))
        .iter()
        .map(|path| module_of(path))
        .filter(|name| is_room(name))
        .collect();
    let rows: BTreeSet<String> = table.keys().cloned().collect();
    let mut faults: Vec<String> = Vec::new();
    faults.extend(modules.difference(&rows).map(|name| format!("`{name}` has no row")));
    faults.extend(rows.difference(&modules).map(|name| format!("`{name}` has a row and is no module")));
    for ((module, named), path) in &used {
        let may = table.get(module).is_none_or(|may| may.contains(named) || may.contains(EVERYTHING));
        if is_room(module) && modules.contains(named) && !may {
            faults.push(format!("{}: `{module}` may not name `{named}`", path.display()));
        }
    }
    for (module, may) in &table {
        for named in may.iter().filter(|named| *named != EVERYTHING) {
            if !used.contains_key(&(module.clone(), named.clone())) {
                faults.push(format!("`{module}` may name `{named}` and does not: the row says too much"));
            }
        }
    }
    assert!(faults.is_empty(), "the table in ARCHITECTURE.md and src/ differ:\n{}", faults.join("\n"));
}

#[test]
fn no_two_public_types_of_a_room_share_a_name() {
    let mut homes: BTreeMap<(String, String), Vec<PathBuf>> = BTreeMap::new();
    for (path, types) in code::types_in(Path::new("src")) {
        for name in types {
            homes.entry((module_of(&path), name)).or_default().push(path.clone());
        }
    }
    assert!(homes.len() > 100, "the types were found: {homes:?}");
    homes.retain(|_, paths| paths.len() > 1);
    assert!(homes.is_empty(), "one room, one name, one type: {homes:#?}");
}

#[test]
fn the_library_asks_for_nothing_that_only_a_face_has() {
    let mut faults = Vec::new();
    let files = rust_files(Path::new("src"));
    for path in files.iter().filter(|path| module_of(path) == "library") {
        let code = fs::read_to_string(path).expect("a source file");
        let asked = ASKED_BY_FACES.iter().filter(|asked| code.contains(**asked));
        faults.extend(asked.map(|asked| format!("{}: {asked}", path.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = ["src", "tests", "build", "benches", "tools"]
        .into_iter()
        .flat_map(|folder| rust_files(Path::new(folder)))
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

/// The table below “Who may use whom”: module, and the modules that it may name.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md");
    let (_, after) = text.split_once("## Who may use whom").expect("the heading");
    let rows =
        after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut table = BTreeMap::new();
    for row in rows.skip(2) {
        let mut cells = row.trim_matches('|').split('|');
        let (Some(modules), Some(may)) = (cells.next(), cells.next()) else { panic!("no row: {row}") };
        let may: BTreeSet<String> =
            if may.trim() == EVERYTHING { [EVERYTHING.to_owned()].into() } else { named_by(may).collect() };
        for module in named_by(modules) {
            assert!(table.insert(module.clone(), may.clone()).is_none(), "`{module}` has two rows");
        }
    }
    assert!(table.len() > 10, "the table was found: {table:?}");
    table
}

/// The names between backticks.
fn named_by(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Whether it is a room of the house, and not a door to it.
fn is_room(module: &str) -> bool {
    module != "lib" && module != "main"
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("a path in src");
    let first = inside.components().next().expect("a file");
    Path::new(first.as_os_str()).file_stem().expect("a name").to_string_lossy().into_owned()
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
