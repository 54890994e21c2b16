//! Licences whole: whose work is inside, under which terms, with the texts of these; and the package whole.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

/// Cargo's metadata of the workspace and all that it stands on.
fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let text = fs::read_to_string("deny.toml").expect("deny.toml");
    let (_, list) = text.split_once("allow = [").expect("a list");
    let (list, _) = list.split_once(']').expect("its end");
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default());
    lines.filter_map(|line| Some(line.split('"').nth(1)?.to_owned())).collect()
}

/// Whether an SPDX expression can be kept with these licences alone.
fn is_kept(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let kept = any(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "“{expression}” can't be read");
    kept
}

fn any(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut kept = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        kept |= all(words, at, allowed);
    }
    kept
}

fn all(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut kept = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        kept &= one(words, at, allowed);
    }
    kept
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(&first) = words.get(*at) else { return false };
    *at += 1;
    if first == "(" {
        let kept = any(words, at, allowed);
        *at += 1;
        return kept;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
        return allowed.contains(&format!("{first} WITH {}", words.get(*at - 1).unwrap_or(&"")));
    }
    allowed.contains(first)
}

#[test]
fn expressions_are_read() {
    let allowed: BTreeSet<String> = ["MIT", "Zlib", "A WITH x"].map(str::to_owned).into();
    for (expression, kept) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("GPL-3.0 OR MIT AND Zlib", true),
        ("(GPL-3.0 OR MIT) AND Unicode-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("A", false),
        ("A WITH x", true),
        ("A WITH y OR GPL-3.0", false),
    ] {
        assert_eq!(is_kept(expression, &allowed), kept, "{expression}");
    }
}

#[test]
fn every_dependency_has_a_licence_that_we_can_keep_and_comes_from_the_registry() {
    let (metadata, allowed) = (metadata(), allowed());
    assert!(allowed.contains("MIT") && allowed.len() > 5, "{allowed:?}");
    let mut faults = Vec::new();
    let packages = metadata["packages"].as_array().expect("packages");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        match package["license"].as_str() {
            Some(licence) if is_kept(licence, &allowed) => {}
            licence => faults.push(format!("{name}: {licence:?} is not in deny.toml")),
        }
        match package["source"].as_str() {
            None => {}
            Some(source) if source.starts_with("registry+") && source.contains("crates.io") => {}
            Some(source) => faults.push(format!("{name}: comes from {source}")),
        }
    }
    assert!(packages.len() > 100 && faults.is_empty(), "{}", faults.join("\n"));
}

/// The package is under all that is in it, and has the text of each; NOTICE names each.
#[test]
fn every_licence_of_ours_has_its_text() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let ours = packages.iter().find(|package| package["name"] == "shengci").expect("shengci");
    let expression = ours["license"].as_str().expect("an expression");
    let named: BTreeSet<&str> = expression.split(" AND ").collect();
    let texts: BTreeSet<String> = fs::read_dir("LICENSES")
        .expect("the folder")
        .map(|entry| {
            entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    assert_eq!(texts.iter().map(String::as_str).collect::<BTreeSet<_>>(), named);
    let reuse = fs::read_to_string("REUSE.toml").expect("REUSE.toml");
    let notice = fs::read_to_string("NOTICE").expect("NOTICE");
    for licence in named {
        assert!(reuse.contains(licence), "REUSE.toml gives nothing to {licence}");
        assert!(
            notice.contains(&format!("LICENSES/{licence}.txt")),
            "NOTICE does not say where {licence} is"
        );
    }
    for (licence, beginning) in [
        ("Apache-2.0", "Apache License"),
        ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0 International"),
        ("MIT", "MIT License"),
        ("Unicode-3.0", "UNICODE LICENSE V3"),
    ] {
        let text = fs::read_to_string(format!("LICENSES/{licence}.txt")).expect("a text");
        assert!(text.trim_start().starts_with(beginning) && text.len() > 1000, "{licence}");
    }
    assert_eq!(fs::read_to_string("LICENSE").ok(), fs::read_to_string("LICENSES/MIT.txt").ok());
}

/// The package has the parts that the program is built of, and none that only its builders need.
#[test]
fn the_package_has_what_it_is_built_of() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["package", "--list", "--allow-dirty", "--locked", "-p", "shengci"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let list = String::from_utf8(output.stdout).expect("UTF-8");
    let files: BTreeSet<&str> = list.lines().collect();
    for file in [
        "Cargo.lock",
        "LICENSE",
        "LICENSES/Apache-2.0.txt",
        "LICENSES/CC-BY-SA-4.0.txt",
        "NOTICE",
        "README.md",
        "build/main.rs",
        "decks/news.yaml",
        "migrations/0001_library.sql",
        "src/readings/context.weights",
    ] {
        assert!(files.contains(file), "{file} is not in the package");
    }
    let strange: Vec<_> = files
        .iter()
        .filter(|file| ["tests/", "tools/", "benches/", ".ci/"].iter().any(|folder| file.starts_with(folder)))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
    // Uncompressed, so well under the ten megabytes that a package may have.
    let bytes: u64 = files.iter().filter_map(|file| fs::metadata(file).ok()).map(|about| about.len()).sum();
    assert!(bytes < 10_000_000, "{bytes} bytes");
}
