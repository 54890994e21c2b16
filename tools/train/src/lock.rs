//! The lock file beside the weights: out of what they were made, and how good they were found.
//!
//! Whoever has the same inputs and the same program makes the same bytes. `tests/weights.rs` holds it to what lies in
//! the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::Settings;

/// The contents of the lock of `weights`.
pub fn write(
    weights: &Path,
    inputs: [(&str, &Path); 4],
    samples: &Path,
    settings: Settings,
    figures: &str,
) -> Result<()> {
    let mut sums = BTreeMap::new();
    for (name, path) in inputs {
        sums.insert(name, sum(path)?);
    }
    let made_of = beside(samples, "inputs.json");
    let made_of: Value = serde_json::from_slice(&read(&made_of)?).with_context(|| {
        format!("{}: samples.py writes it, and says there what the samples are made of", made_of.display())
    })?;
    let lock = json!({
        "weights": { "sha256": sum(weights)? },
        "inputs": sums,
        "samples": made_of,
        "program": shengci::pipeline::VERSION.to_string(),
        "settings": settings,
        "figures": figures.lines().collect::<Vec<_>>(),
    });
    let path = beside(weights, "lock");
    std::fs::write(&path, format!("{lock:#}\n")).with_context(|| path.display().to_string())
}

/// `x.weights.lock` of `x.weights`.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

fn sum(path: &Path) -> Result<String> {
    Ok(Sha256::digest(read(path)?).iter().map(|byte| format!("{byte:02x}")).collect())
}
