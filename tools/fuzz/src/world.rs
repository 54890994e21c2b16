//! The resources of stages beside their input: the program, and good files to make bad ones of.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusqlite::Connection;
use shengci::pipeline::Reader;

use crate::program::Program;

/// Everything that a campaign shares. What costs time is made when it is first asked for.
pub struct World {
    program: Program,
    reader: OnceLock<Reader>,
    good: OnceLock<Good>,
}

/// Good files.
pub struct Good {
    /// A small package that shengci made.
    pub package: Vec<u8>,
    /// The collection in it, of Anki's schema 11.
    pub collection: Vec<u8>,
    /// A collection of Anki's schema 18.
    pub newer_collection: Vec<u8>,
    /// A library with articles, marks, corrections, exports and notes of Anki.
    pub library: Vec<u8>,
    /// Its dump.
    pub dump: String,
    /// Each verb with its long options.
    pub verbs: Vec<(String, Vec<String>)>,
}

/// An article for good files: few words, so that each command on them is quick.
pub const ARTICLE: &str = "银行里的学生\n\n学生(xuésheng)去公司上班，老师在银行排队。他长(zhǎng)大了。\n";

/// A deck file that every word belongs in.
pub const DECK: &str = "name: 所有\nwords: {status: [new, learning, known], articles: all}\n";

impl World {
    /// A world with the program in this file.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self { program: Program::new(program), reader: OnceLock::new(), good: OnceLock::new() }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The stages, loaded.
    pub fn reader(&self) -> &Reader {
        self.reader.get_or_init(Reader::new)
    }

    /// Good files.
    ///
    /// # Panics
    /// When the program does not do what it does on any day.
    pub fn good(&self) -> &Good {
        self.good.get_or_init(|| make(&self.program).unwrap_or_else(|what| panic!("good files: {what}")))
    }
}

/// An empty folder for one input: in memory, where the system has a place for that, since SQLite waits for the disk
/// with every command.
///
/// # Errors
/// When there is no room for one.
pub fn folder() -> Result<tempfile::TempDir, String> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.or_else(|_| tempfile::tempdir()).map_err(|error| error.to_string())
}

fn make(program: &Program) -> Result<Good, String> {
    let home = folder()?;
    let at = |name: &str| home.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(at(name), text).map_err(|error| error.to_string());
    let read = |name: &str| std::fs::read(at(name)).map_err(|error| format!("{name}: {error}"));
    let run = |words: &str| {
        let arguments: Vec<&str> = words.split(' ').collect();
        let said = program.run(home.path(), &arguments, b"")?;
        if said.code == 0 { Ok(said) } else { Err(format!("{words}: {}", said.err)) }
    };
    write("a.txt", ARTICLE)?;
    write("b.txt", "老师今天不在学校。\n学生都很高兴，他们去公园了。\n")?;
    run("make a.txt -o a.apkg")?;
    run("add b.txt")?;
    run("mark known 公司 学生")?;
    run("mark learning 银行")?;
    run("undo")?;
    run("correct 长 zhǎng --in 长大")?;
    run("sense 公司 firm")?;
    run("name 学校 place")?;
    run("import a.apkg")?;
    write("all.yaml", DECK)?;
    run("export ./all.yaml -o b.apkg")?;
    run("dump d.jsonl")?;
    run("backup copy.db")?;
    let package = read("a.apkg")?;
    let collection = collection_of(&package)?;
    newer_collection(&at("newer.anki2")).map_err(|error| error.to_string())?;
    Ok(Good {
        package,
        collection,
        newer_collection: read("newer.anki2")?,
        library: read("copy.db")?,
        dump: String::from_utf8_lossy(&read("d.jsonl")?).into_owned(),
        verbs: verbs(program, home.path())?,
    })
}

/// The verbs that `--help` lists, each with the long options that its own help names.
///
/// # Errors
/// When the program does not help.
pub fn verbs(program: &Program, home: &Path) -> Result<Vec<(String, Vec<String>)>, String> {
    let help = |arguments: &[&str]| {
        let said = program.run(home, arguments, b"")?;
        Ok::<_, String>(String::from_utf8_lossy(&said.out).into_owned())
    };
    let listed = help(&["--help"])?;
    let lines = listed.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines.take_while(|line| !line.is_empty()).filter(|line| {
        // The text of a command that does not fit on its line goes on further to the right.
        line.starts_with("  ") && !line.starts_with("   ")
    });
    let mut verbs = Vec::new();
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        let text = help(&["help", name])?;
        let options = text.split(|c: char| c.is_whitespace() || "[],=<".contains(c));
        let mut options: Vec<String> = options
            .filter(|word| {
                word.strip_prefix("--").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
            })
            .map(|word| word.trim_end_matches(|c: char| !c.is_ascii_lowercase()).to_owned())
            .collect();
        options.sort();
        options.dedup();
        verbs.push((name.to_owned(), options));
    }
    Ok(verbs)
}

fn collection_of(package: &[u8]) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    for name in ["collection.anki21", "collection.anki2"] {
        if let Ok(mut entry) = zip.by_name(name) {
            entry.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
            return Ok(bytes);
        }
    }
    Err("there is no collection in it".to_owned())
}

/// A collection of Anki's schema 18, with decks, note types, notes and cards.
fn newer_collection(path: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(path)?;
    collations(&connection)?;
    connection.execute_batch(
        "CREATE TABLE col (id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer, dty integer,
           usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
         INSERT INTO col VALUES (1, 1700000000, 0, 0, 18, 0, 0, 0, '', '', '', '', '');
         CREATE TABLE notetypes (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs integer,
           usn integer, config blob);
         INSERT INTO notetypes VALUES (7, 'Chinese', 1700000000, 0, x'');
         CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,
           PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
         INSERT INTO fields VALUES (7, 0, 'Hanzi', x''), (7, 1, 'Pinyin', x''), (7, 2, 'English', x'');
         CREATE TABLE decks (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs integer,
           usn integer, common blob, kind blob);
         INSERT INTO decks VALUES (1, 'Default', 0, 0, x'', x'');
         CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text,
           flds text, sfld integer, csum integer, flags integer, data text);
         CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer, usn integer,
           type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
           left integer, odue integer, odid integer, flags integer, data text);
         CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer,
           lastIvl integer, factor integer, time integer, type integer);
         CREATE TABLE graves (oid integer, type integer, usn integer, PRIMARY KEY (oid, type)) WITHOUT ROWID;
         INSERT INTO graves VALUES (1700000000099, 1, 0);",
    )?;
    for (id, (word, pinyin)) in
        (1_i64..).zip([("公司", "gōngsī"), ("学生", "xuésheng"), ("長", "cháng"), ("<b>银行</b>", "yínháng")])
    {
        let fields = format!("{word}\u{1f}<i>{pinyin}</i>\u{1f}some gloss, {{{{c1::closed}}}} [sound:a.mp3]");
        connection.execute(
            "INSERT INTO notes VALUES (?1, 'g' || ?1, 7, 1700000000, -1, ' news ', ?2, ?3, ?1, 0, '')",
            (id, fields, word),
        )?;
        connection.execute(
            "INSERT INTO cards VALUES (?1, ?1, 1, 0, 1700000000, -1, 2, 2, 1, ?1 * 9, 2500, 9, 0, 0, 0, 0, 0,
             '{\"s\":8.2956}')",
            [id],
        )?;
    }
    connection.execute_batch("VACUUM")
}

/// The orders of text that Anki's tables name.
///
/// # Errors
/// When the connection is closed.
pub fn collations(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("unicase", |one, other| one.to_lowercase().cmp(&other.to_lowercase()))
}
