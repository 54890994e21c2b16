//! Command lines: verbs, their options, and values of all sorts, in a home that has everything.

use fastrand::Rng;

use super::law;
use crate::{World, hostile, world};

/// Names that are in the home, and some that are not.
const NAMES: &[&str] = &[
    "a.txt",
    "list.txt",
    "deck.yaml",
    "theirs.apkg",
    "d.jsonl",
    "copy.db",
    "folder",
    "none.txt",
    "new/x.apkg",
    "out.apkg",
    "library.db",
    "library.db-wal",
    "./a.txt",
    "..",
    ".",
    "-",
    "/dev/null",
    "/dev/full",
    "公司",
    "学生=xuesheng",
    "长",
    "gōngsī",
    "last",
    "1",
    "99",
    "news",
    "known",
    "learning",
    "2025:1-3",
    "7-9",
    "bash",
    "person",
];

/// Options for an import from Anki or an export to it, which would look for Anki: there is none in a home of the
/// campaign.
const UNWANTED: &[&str] = &["--connect"];

/// The arguments, each ended by a NUL, which no argument can hold.
pub(super) fn make(rng: &mut Rng, world: &World) -> Vec<u8> {
    let verbs = &world.good().verbs;
    let Some((verb, options)) = rng.choice(verbs) else { return Vec::new() };
    let mut words = vec![if rng.u8(..20) > 0 { verb.clone() } else { hostile::text(rng) }];
    for _ in 0..rng.usize(0..6) {
        let word = match rng.u8(..10) {
            0..3 => rng.choice(options).cloned().unwrap_or_default(),
            3 => rng
                .choice(options)
                .map(|option| format!("{option}={}", hostile::text(rng)))
                .unwrap_or_default(),
            4 => hostile::text(rng),
            5 => hostile::text(rng).repeat(rng.usize(1..300)),
            _ => rng.choice(NAMES).copied().unwrap_or_default().to_owned(),
        };
        words.push(word);
    }
    let mut bytes = Vec::new();
    for word in words.iter().filter(|word| !UNWANTED.contains(&word.as_str())) {
        bytes.extend(word.bytes().filter(|&byte| byte != 0));
        bytes.push(0);
    }
    bytes
}

/// The command does something or refuses; what the learner has is still there.
pub(super) fn check(input: &[u8], world: &World) -> Result<(), String> {
    let above = world::folder()?;
    // A path that leads upwards stays in the folder above.
    let home = above.path().join("one/two/home");
    let good = world.good();
    let files: [(&str, &[u8]); 6] = [
        ("a.txt", world::ARTICLE.as_bytes()),
        ("list.txt", "公司\n学生\n".as_bytes()),
        ("deck.yaml", "name: 我的\n".as_bytes()),
        ("theirs.apkg", &good.package),
        ("d.jsonl", good.dump.as_bytes()),
        ("copy.db", &good.library),
    ];
    let write = || {
        std::fs::create_dir_all(home.join("folder"))?;
        std::fs::create_dir_all(home.join(".config/shengci"))?;
        std::fs::write(home.join(".config/shengci/config.yaml"), "anki: {url: \"http://127.0.0.1:9\"}\n")?;
        std::fs::write(home.join("library.db"), &good.library)?;
        files.iter().try_for_each(|(name, bytes)| std::fs::write(home.join(name), bytes))
    };
    write().map_err(|error| error.to_string())?;
    let words: Vec<&std::ffi::OsStr> =
        input.split(|&byte| byte == 0).map(os_str).collect::<Option<_>>().unwrap_or_default();
    let words = words.split_last().map_or(&[][..], |(_, words)| words);
    let said = world.program().run(&home, words, "公司\n".as_bytes())?;
    for (name, bytes) in files {
        // A package, a dump or a copy that shengci wrote may be written over by name; what the learner wrote never.
        let ours = ["theirs.apkg", "d.jsonl", "copy.db"].contains(&name);
        let same = std::fs::read(home.join(name)).is_ok_and(|now| now == bytes);
        law(same || (ours && said.code == 0), || format!("{name} is not as it was"))?;
    }
    let check = world.program().run(&home, &["check"], b"")?;
    law(check.code == 0, || format!("`check` after it: {}", check.err))
}

#[cfg(unix)]
fn os_str(bytes: &[u8]) -> Option<&std::ffi::OsStr> {
    Some(std::os::unix::ffi::OsStrExt::from_bytes(bytes))
}

#[cfg(not(unix))]
fn os_str(bytes: &[u8]) -> Option<&std::ffi::OsStr> {
    std::str::from_utf8(bytes).ok().map(std::ffi::OsStr::new)
}
