//! A disk that is full and a folder that can't be written are told in words, and the library stays as it was.
//!
//! Both are real: a small file system and a read-only one (`support/mounts.rs`).

#![cfg(target_os = "linux")]

use std::path::Path;

use shengci::store::{Fault, Store};

use super::crash::{helper, library_of_parent};
use super::sample::{Library, MONDAY, article, day, file};
use crate::support::mounts;

/// Runs a helper where `mount` has been run on the folder that the library lies in.
fn in_namespace(mount: &str, name: &str, library: &Path) {
    let child = helper(&format!("disk::{name}"), library);
    let script = format!("{mount} && shift && exec \"$@\"");
    let Some(mut command) = mounts::shell(&script, ["sh"]) else { return };
    command.arg(library.parent().expect("a folder")).arg(child.get_program()).args(child.get_args());
    command.envs(child.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let output = command.output().expect("a child");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_full_disk_leaves_the_library_as_it_was() {
    let library = Library::new();
    in_namespace("mount -t tmpfs -o size=1m none \"$1\"", "fills_the_disk", &library.path());
}

#[test]
#[ignore = "runs as a child process"]
fn fills_the_disk() {
    let Some(path) = library_of_parent() else { return };
    let mut store = Store::open(&path, MONDAY).expect("a library");
    let mut added = 0;
    let error = loop {
        let lines = vec![format!("公司:gong1+si1 {}", vec!["去:qu4"; added + 1].join(" ")); 40];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (raw, read) = article(&lines);
        match store.add(&raw, &file(&format!("{added}.txt")), &read, day(1)) {
            Ok(_) => added += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error.fault(), Fault::Full), "{error:?}");
    assert!(error.to_string().contains("no room"), "{error}");
    assert!(added > 0);
    // All that was recorded is there, for this process and for the next one.
    assert_eq!(store.check().expect("it can be read"), []);
    drop(store);
    let store = Store::open(&path, MONDAY).expect("it opens");
    assert_eq!(store.stats().expect("figures").articles as usize, added);
    assert_eq!(store.check().expect("it can be read"), []);
}

#[test]
fn a_folder_that_cannot_be_written_is_named_and_nothing_is_lost() {
    let mut library = Library::new();
    library.add("a.txt", &["公司:gong1+si1"], day(0));
    let path = library.path();
    // Closed, and open elsewhere: with and without SQLite's files beside it.
    let mount = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"";
    in_namespace(mount, "cannot_write", &path);
    library.is_whole();
    drop(library.store);
}

#[test]
#[ignore = "runs as a child process"]
fn cannot_write() {
    let Some(path) = library_of_parent() else { return };
    let fresh = path.with_file_name("fresh.db");
    let error = Store::open(&fresh, MONDAY).expect_err("it can't be made");
    assert!(matches!(error.fault(), Fault::Unwritable(_)), "{error:?}");
    assert!(error.to_string().contains("fresh.db"), "{error}");
    assert!(!fresh.exists());
    let (raw, read) = article(&["去:qu4"]);
    let added = Store::open(&path, MONDAY)
        .and_then(|mut store| store.add(&raw, &file("b.txt"), &read, day(1)).map(drop));
    let error = added.expect_err("it can't be written");
    assert!(matches!(error.fault(), Fault::Unwritable(_)), "{error:?}");
    assert!(error.hint().len() > 10);
}
