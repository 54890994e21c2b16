//! Finds a data file inside the source of a crate that this one depends on.
//!
//! Cargo has unpacked every dependency before this runs, but tells a build script of none of their paths; so:
//! the registry's folder, a `vendor` folder, and at last `cargo metadata`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The path of `file` in the source of `name`, at the version that this crate demands.
pub fn file(name: &str, file: &str) -> Result<PathBuf, Box<dyn Error>> {
    let root = root()?;
    let version = version(name)?;
    let folder = format!("{name}-{version}");
    let found = registries()
        .into_iter()
        .map(|registry| registry.join(&folder))
        .chain([root.join("vendor").join(&folder), root.join("vendor").join(name)])
        .map(|source| source.join(file))
        .find(|path| path.is_file());
    match found {
        Some(path) => Ok(path),
        None => from_metadata(name, &version)?
            .map(|source| source.join(file))
            .filter(|path| path.is_file())
            .ok_or_else(|| {
                format!(
                    "{file} of crate {name} {version} was not found; is the crate in Cargo's registry \
                     folder ($CARGO_HOME/registry/src) or in ./vendor?"
                )
                .into()
            }),
    }
}

/// The version of `name` that Cargo resolved. Cargo.toml must demand it exactly (`=`): then every resolution comes to
/// the version in the lock file that goes with this source, also that of `cargo install` without `--locked`.
pub fn version(name: &str) -> Result<String, Box<dyn Error>> {
    let root = root()?;
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let version = locked_version(&root, name)?;
    if !demands_exactly(&fs::read_to_string(root.join("Cargo.toml"))?, name, &version) {
        return Err(format!(
            "Cargo.toml must demand {name} exactly (`={version}`): the build reads its data, and looks for it by \
             its version"
        )
        .into());
    }
    Ok(version)
}

fn root() -> Result<PathBuf, Box<dyn Error>> {
    Ok(env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set")?.into())
}

/// Whether a manifest demands just this version, in one of the forms in which people and `cargo package` write it:
/// `name = "=1.0.0"`, `name = { version = "=1.0.0", … }`, or a table of its own.
fn demands_exactly(manifest: &str, name: &str, version: &str) -> bool {
    let demand = format!("\"={version}\"");
    let mut in_table = false;
    manifest.lines().any(|line| {
        if line.starts_with('[') {
            in_table = line.trim_end().ends_with(&format!("dependencies.{name}]"));
        }
        let of_name = line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
        line.contains(&demand) && (of_name || in_table && line.starts_with("version"))
    })
}

fn registries() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(|home| Path::new(&home).join(".cargo"))
    });
    let Some(home) = home else { return Vec::new() };
    let Ok(entries) = fs::read_dir(home.join("registry").join("src")) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

fn locked_version(root: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if line == format!("name = \"{name}\"") {
            let version = lines.next().and_then(|l| l.strip_prefix("version = \""));
            if let Some(version) = version.and_then(|v| v.strip_suffix('"')) {
                return Ok(version.to_owned());
            }
        }
    }
    Err(format!("Cargo.lock names no crate {name}").into())
}

/// Asks Cargo, for layouts that the guesses above don't know.
fn from_metadata(name: &str, version: &str) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1"]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let end = format!("{name}-{version}/Cargo.toml");
    let path = text.split('"').find(|part| part.replace('\\', "/").ends_with(&end));
    Ok(path.and_then(|p| Path::new(p).parent()).map(Path::to_path_buf))
}
