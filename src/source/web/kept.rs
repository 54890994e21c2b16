//! Pages as they came, kept so that a server need not send again what has not changed.
//!
//! Why no time within which a server is not asked: whoever gives an address wants the page as it is now. So each entry
//! only says which version is here, and is taken when the server answers, this time, that it is the newest (304).
//! **Invariant**: an entry is whole or none; a folder that is full, closed, damaged or gone costs a download and nothing else.

use std::fs::{self, File, FileTimes};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use url::Url;

use super::Version;
use crate::scratch::Scratch;

/// How much is kept, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Of all pages together, in bytes.
    pub all: u64,
    /// Of one of them.
    pub one: u64,
    /// Since a page was last asked for.
    pub age: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { all: 64 << 20, one: 4 << 20, age: Duration::from_secs(30 * 24 * 3600) }
    }
}

/// A folder of pages.
#[derive(Clone, Debug)]
pub struct Kept {
    folder: PathBuf,
    bounds: Bounds,
    /// The bytes that were added since the folder was last looked through; before that, more than any.
    added: Arc<AtomicU64>,
}

/// A page that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub version: Version,
    pub charset: Option<String>,
    pub bytes: Vec<u8>,
}

/// The head of a page in its file, before its bytes.
#[derive(Serialize, Deserialize)]
struct Head {
    url: String,
    tag: Option<String>,
    modified: Option<String>,
    charset: Option<String>,
}

/// How a file of this form begins; the sum of all behind it follows.
const MARK: &str = "shengci page 1 ";

/// How the names of the files end.
const ENDING: &str = "page";

impl Kept {
    /// Pages that are kept in this folder, which need not be there.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self::within(Bounds::default(), folder)
    }

    /// The same within other bounds.
    #[must_use]
    pub fn within(bounds: Bounds, folder: PathBuf) -> Self {
        Self { folder, bounds, added: Arc::new(AtomicU64::new(u64::MAX)) }
    }

    fn file(&self, url: &Url) -> PathBuf {
        self.folder.join(format!("{}.{ENDING}", sum(&[url.as_str().as_bytes()])))
    }

    /// The page at this address, if it is here and whole.
    pub(super) fn find(&self, url: &Url) -> Option<Page> {
        let path = self.file(url);
        let about = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        if is_older(&about, self.bounds.age) {
            return None;
        }
        let mut bytes = Vec::new();
        // Of what stands here under this name and is none of ours no more is read than of what is.
        File::open(path).ok()?.take(self.bounds.one * 2).read_to_end(&mut bytes).ok()?;
        parsed(bytes, url)
    }

    /// Keeps a page in the place of what was kept of this address.
    pub(super) fn put(&self, url: &Url, page: &Page) {
        if page.bytes.len() as u64 > self.bounds.one || self.write(url, page).is_err() {
            self.forget(url);
        }
    }

    /// Keeps nothing of this address.
    pub(super) fn forget(&self, url: &Url) {
        let _ = fs::remove_file(self.file(url));
    }

    /// Notes that a page was asked for, and is as it was.
    pub(super) fn still_so(&self, url: &Url) {
        let now = FileTimes::new().set_modified(SystemTime::now());
        let _ = File::options().append(true).open(self.file(url)).and_then(|file| file.set_times(now));
    }

    fn write(&self, url: &Url, page: &Page) -> io::Result<()> {
        let Version { tag, modified } = page.version.clone();
        let head = Head { url: url.to_string(), tag, modified, charset: page.charset.clone() };
        let mut head = serde_json::to_vec(&head)?;
        head.push(b'\n');
        private(&self.folder)?;
        self.make_room(page.bytes.len() as u64);
        let scratch = Scratch::beside(&self.folder)?;
        let path = scratch.path().join(ENDING);
        let mut file = File::create(&path)?;
        writeln!(file, "{MARK}{}", sum(&[&head, &page.bytes]))?;
        file.write_all(&head)?;
        file.write_all(&page.bytes)?;
        // A file that a crash of the system leaves half-written is told by its sum.
        drop(file);
        fs::rename(path, self.file(url))
    }

    /// Takes away what is too old, and of the rest what was not asked for the longest, until this many bytes have room.
    /// The folder is looked through at the first page, and then whenever a share of what it may hold was added.
    fn make_room(&self, bytes: u64) {
        let share = self.bounds.all / 8;
        let before = self.added.load(Ordering::Relaxed);
        if before.saturating_add(bytes) <= share {
            self.added.fetch_add(bytes, Ordering::Relaxed);
            return;
        }
        self.added.store(bytes, Ordering::Relaxed);
        let mut there: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for path in fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let Ok(about) = fs::symlink_metadata(&path) else { continue };
            if path.extension().is_none_or(|ending| ending != ENDING) || !about.is_file() {
                continue;
            }
            if is_older(&about, self.bounds.age) {
                let _ = fs::remove_file(path);
            } else {
                there.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len(), path));
            }
        }
        there.sort();
        let mut all: u64 = there.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in there {
            if all + bytes.max(share) <= self.bounds.all {
                break;
            }
            let _ = fs::remove_file(path);
            all -= size;
        }
    }
}

/// Makes a folder into which nobody else can look: what one reads is one's own affair.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn is_older(about: &fs::Metadata, age: Duration) -> bool {
    about.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|passed| passed > age)
}

/// The page in the bytes of a file, if they are whole and of this address.
fn parsed(mut bytes: Vec<u8>, url: &Url) -> Option<Page> {
    let first = bytes.iter().position(|&b| b == b'\n')?;
    let given = std::str::from_utf8(&bytes[..first]).ok()?.strip_prefix(MARK)?;
    if sum(&[&bytes[first + 1..]]) != given {
        return None;
    }
    let second = first + 1 + bytes[first + 1..].iter().position(|&b| b == b'\n')?;
    let head: Head = serde_json::from_slice(&bytes[first + 1..second]).ok()?;
    let body = bytes.split_off(second + 1);
    let version = Version { tag: head.tag, modified: head.modified };
    (head.url == url.as_str()).then_some(Page { version, charset: head.charset, bytes: body })
}

/// The SHA-1 of bytes, in hexadecimal digits.
fn sum(parts: &[&[u8]]) -> String {
    let mut sum = Sha1::new();
    for part in parts {
        sum.update(part);
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://news.example/").and_then(|site| site.join(path)).expect("an address")
    }

    fn page(bytes: &[u8]) -> Page {
        let version = Version { tag: Some("\"v1\"".to_owned()), modified: None };
        Page { version, charset: Some("gbk".to_owned()), bytes: bytes.to_owned() }
    }

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).map_or(0, Iterator::count)
    }

    #[test]
    fn a_page_is_kept_as_it_came_and_alone_by_its_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::new(folder.path().join("new/pages"));
        assert_eq!(kept.find(&url("a")), None);
        let body = page(b"\xD3\xEA\n\0\nx");
        kept.put(&url("a"), &body);
        assert_eq!(kept.find(&url("a")), Some(body));
        assert_eq!(kept.find(&url("b")), None);
        kept.put(&url("a"), &page(b"other"));
        assert_eq!(kept.find(&url("a")), Some(page(b"other")));
        assert_eq!(files(&kept.folder), 1, "nothing but the page is left");
        fs::rename(kept.file(&url("a")), kept.file(&url("b"))).expect("a name");
        assert_eq!(kept.find(&url("b")), None, "the page of another address");
        kept.put(&url("b"), &page(b"b"));
        kept.forget(&url("b"));
        assert_eq!(kept.find(&url("b")), None);
    }

    #[test]
    fn what_is_damaged_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::new(folder.path().to_owned());
        kept.put(&url("a"), &page("雨停了。".as_bytes()));
        let path = kept.file(&url("a"));
        let whole = fs::read(&path).expect("a file");
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).expect("a file");
            assert_eq!(kept.find(&url("a")), None, "{length} bytes of it");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            fs::write(&path, &other).expect("a file");
            assert_eq!(kept.find(&url("a")), None, "byte {at} of it is another");
        }
        fs::remove_file(&path).expect("a file");
        fs::create_dir(&path).expect("a folder");
        assert_eq!(kept.find(&url("a")), None);
        kept.put(&url("a"), &page(b"x"));
        let closed = Kept::new(path.join("a").join("b"));
        fs::write(path.join("a"), "a file where the folder should be").expect("a file");
        closed.put(&url("a"), &page(b"x"));
        assert_eq!(closed.find(&url("a")), None);
    }

    #[test]
    fn neither_much_nor_long_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let bounds = Bounds { all: 20_000, one: 3_000, age: Duration::from_secs(3600) };
        let kept = Kept::within(bounds, folder.path().to_owned());
        kept.put(&url("large"), &page(&[b'x'; 3_001]));
        assert_eq!(kept.find(&url("large")), None);
        let aged = |path: &str, seconds: u64| {
            let file = File::options().append(true).open(kept.file(&url(path))).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).expect("a time");
        };
        for number in 0..60 {
            let path = number.to_string();
            kept.put(&url(&path), &page(&[b'x'; 1_000]));
            aged(&path, 1_000 - number);
            if number == 3 {
                kept.still_so(&url("0"));
            }
        }
        let all: u64 = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.and_then(|entry| entry.metadata()).expect("a file").len())
            .sum();
        assert!((10_000..=20_000).contains(&all), "{all}");
        assert!(kept.find(&url("59")).is_some() && kept.find(&url("1")).is_none());
        assert!(kept.find(&url("0")).is_some(), "it was asked for again");
        aged("59", 4_000);
        assert_eq!(kept.find(&url("59")), None, "it is too old");
        Kept::within(bounds, folder.path().to_owned()).put(&url("new"), &page(b"x"));
        assert!(!kept.file(&url("59")).exists() && kept.find(&url("new")).is_some());
    }
}
