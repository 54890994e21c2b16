//! A home in which every command that writes has something to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use fuzz::program::Said;
use fuzz::world;
use tempfile::TempDir;

use super::site::given;
use super::world as shared_world;

/// A home of one attack.
pub struct Home {
    folder: TempDir,
    /// The library of the command under attack.
    library: &'static str,
}

/// The contents of a home.
#[derive(Debug)]
pub struct State {
    /// Each row that the library records, as its dump has it.
    pub ground: BTreeSet<String>,
    /// Each file, and its size.
    pub files: BTreeMap<String, u64>,
    /// The contents of the outputs: the bytes of a file, the ground of a library.
    contents: BTreeMap<String, Contents>,
}

#[derive(Debug, PartialEq, Eq)]
enum Contents {
    Bytes(Vec<u8>),
    Ground(BTreeSet<String>),
}

impl Home {
    /// A new copy of the home, for a command with these arguments.
    pub fn new(arguments: &[&str]) -> Self {
        let folder = world::folder().expect("a folder");
        copy(prepared(), folder.path());
        let library = if arguments.contains(&"new.db") { "new.db" } else { "library.db" };
        Self { folder, library }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program in this home, with its temporary files in `tmp`.
    pub fn command(&self) -> Command {
        let mut command = Command::new(shared_world().program().file());
        self.environment(&mut command);
        command
    }

    /// Gives another program the same surroundings.
    pub fn environment(&self, command: &mut Command) {
        command
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", self.path().join("tmp"))
            .env("SHENGCI_LIBRARY", self.path().join("library.db"))
            .env("SHENGCI_NOW", "1780000000")
            .env("NO_COLOR", "1");
    }

    /// Runs a command on the library under attack.
    pub fn run(&self, arguments: &[&str]) -> Result<Said, String> {
        let mut command = self.command();
        if !arguments.contains(&"--library") {
            command.args(["--library", self.library]);
        }
        let arguments: Vec<String> = arguments.iter().map(|argument| given(argument)).collect();
        fuzz::program::end(command.args(&arguments), b"", std::time::Duration::from_secs(60))
    }

    pub fn state(&self) -> Result<State, String> {
        let mut files = BTreeMap::new();
        list(self.path(), "", &mut files);
        let mut contents = BTreeMap::new();
        // The files of SQLite beside a library come and go with each command.
        let of_sqlite = |file: &str| ["-wal", "-shm", "-journal"].iter().any(|end| file.ends_with(end));
        for file in files.keys().filter(|file| !file.contains('/') && !of_sqlite(file)) {
            let contents_of = if file.ends_with(".db") {
                Contents::Ground(self.ground(file)?)
            } else {
                Contents::Bytes(fs::read(self.path().join(file)).map_err(|error| error.to_string())?)
            };
            contents.insert(file.clone(), contents_of);
        }
        let ground = match contents.get(self.library) {
            Some(Contents::Ground(ground)) => ground.clone(),
            _ => BTreeSet::new(),
        };
        Ok(State { ground, files, contents })
    }

    /// The rows that a library records; none of one that is empty or not there.
    fn ground(&self, library: &str) -> Result<BTreeSet<String>, String> {
        if fs::metadata(self.path().join(library)).map_or(0, |about| about.len()) == 0 {
            return Ok(BTreeSet::new());
        }
        let said = self.run(&["--library", library, "dump", "-"])?;
        if said.code != 0 {
            return Err(format!("{library} can't be read: {}", said.err));
        }
        let text = String::from_utf8(said.out).map_err(|error| error.to_string())?;
        // An article's row has the path of its file, which is another one in each home.
        let text = text.replace(&*self.path().to_string_lossy(), "HOME");
        Ok(text.lines().filter(|line| !line.contains("\"shengci\":")).map(str::to_owned).collect())
    }
}

impl State {
    /// Whether a file is in both as it is in one; it may be there in neither.
    pub fn has_same(&self, file: &str, other: &Self) -> bool {
        self.contents.get(file) == other.contents.get(file)
    }
}

fn list(folder: &Path, above: &str, files: &mut BTreeMap<String, u64>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        match entry.metadata() {
            Ok(about) if about.is_dir() => list(&entry.path(), &format!("{name}/"), files),
            Ok(about) => drop(files.insert(name, about.len())),
            Err(_) => {}
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Made once a run.
fn prepared() -> &'static Path {
    static PREPARED: OnceLock<PathBuf> = OnceLock::new();
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    PREPARED.get_or_init(|| {
        let home = Home { folder: world::folder().expect("a folder"), library: "library.db" };
        prepare(&home);
        let path = home.path().to_owned();
        let _ = FOLDER.set(home.folder);
        path
    })
}

fn prepare(home: &Home) {
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let run = |words: &str| {
        let arguments: Vec<&str> = words.split(' ').collect();
        let said = home.run(&arguments).unwrap_or_else(|what| panic!("{words}: {what}"));
        assert_eq!(said.code, 0, "{words}: {}", said.err);
    };
    fs::create_dir(home.path().join("tmp")).expect("a folder");
    write("a.txt", world::ARTICLE);
    write("b.txt", "队长今天去学生会开会。\n责任编辑说，公司的老师都很高兴。\n");
    for number in 0..8 {
        let mut text = format!("第{number}条新闻\n");
        for sentence in 0..12 {
            write!(text, "学生{number}去公司看{sentence}条新闻，然后坐火车回家。").expect("text");
        }
        write(&format!("news/{number}.txt"), &text);
    }
    let words = shengci::dictionary::Dictionary::embedded().words().map(|word| word.simplified);
    write("list.txt", &words.step_by(17).take(1500).collect::<Vec<_>>().join("\n"));
    write(
        "theirs.yaml",
        "- sense: 学生\n  reading: xué shēng\n  gloss: pupil\n- name: 雅加达\n  kind: place\n",
    );
    run("make a.txt -o deck.apkg");
    run("dump old.jsonl");
    run("backup older.db");
    run("mark known 学生");
    run("correct 还 hái --in 还有");
    run("sense 老师 teacher");
    run("mark learning 银行");
    run("feed add --allow-private http://site/rss.xml");
    // The file at the place of each output is older than the one that will be written there.
    run("export news -o out.apkg");
    run("backup bak.db");
    run("dump d.jsonl");
    run("stats --html page.html");
    run("corrections --export mine.yaml");
    run("add b.txt");
    run("name 小明 person");
    run("mark known 高兴 火车");
}
