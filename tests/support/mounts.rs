//! File systems of a test's own: full, or only to be read. They are mounted in a namespace that ends with the process.
//!
//! A test that needs one fails where the system mounts nothing for its users. Who knows that theirs does not says so with
//! `SHENGCI_WITHOUT=mounts`, and reads here what was not tested.

use std::ffi::OsStr;
use std::process::Command;
use std::sync::OnceLock;

/// The arguments of `unshare` before a command that mounts: as a user with a namespace for users, else as root.
fn unshare() -> Option<&'static [&'static str]> {
    static UNSHARE: OnceLock<Option<&[&str]>> = OnceLock::new();
    *UNSHARE.get_or_init(|| {
        let forms: [&[&str]; 2] = [&["--user", "--map-root-user", "--mount"], &["--mount"]];
        let mounts = |form: &&[&str]| {
            let script = "mount -t tmpfs -o size=100k none /mnt";
            let output = Command::new("unshare").args(*form).args(["sh", "-c", script]).output();
            output.is_ok_and(|output| output.status.success())
        };
        let found = forms.into_iter().find(mounts);
        let without = std::env::var("SHENGCI_WITHOUT").is_ok_and(|without| without == "mounts");
        assert!(
            found.is_some() || without,
            "this system mounts nothing for its users, so neither a full disk nor one that is only to be read can be \
             tried: run the tests where unshare(1) may mount, as root or with namespaces for users, or leave these out \
             with SHENGCI_WITHOUT=mounts"
        );
        found
    })
}

/// A shell that runs `script` where it may mount, with `arguments` from `$0` on. Nothing where the tests were told to do
/// without.
pub fn shell<S: AsRef<OsStr>>(script: &str, arguments: impl IntoIterator<Item = S>) -> Option<Command> {
    let mut command = Command::new("unshare");
    command.args(unshare()?).args(["sh", "-c", script]).args(arguments);
    Some(command)
}
