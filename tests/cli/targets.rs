//! Where files are written: never over what somebody else made, never in the place of a link or a device.

use std::fs;
use std::io::Write;

use super::{sample, with_an_article};
use crate::support::Home;

#[test]
fn what_somebody_else_made_is_never_written_over() {
    let home = with_an_article();
    let foreign = "my diary, irreplaceable";
    let file = home.file("precious.txt", foreign);
    let article = fs::read(home.join("a.txt")).expect("the article");
    for arguments in [
        &["export", "news", "-o", "precious.txt"][..],
        &["make", "a.txt", "-o", "precious.txt"],
        &["dump", "precious.txt"],
        &["stats", "--html", "precious.txt"],
        &["corrections", "--export", "precious.txt"],
        &["backup", "precious.txt"],
        &["make", "a.txt", "-o", "a.txt"],
        &["export", "news", "-o", "library.db"],
        &["dump", "library.db"],
        &["stats", "--html", "library.db-wal"],
        &["backup", "library.db"],
        &["backup", "library.db-shm"],
    ] {
        let library = fs::read(home.library()).expect("the library");
        home.run(arguments).is_failure(arguments.last().expect("a file"));
        assert_eq!(fs::read_to_string(&file).expect("the file"), foreign, "{arguments:?}");
        assert_eq!(fs::read(home.join("a.txt")).expect("the article"), article, "{arguments:?}");
        assert_eq!(fs::read(home.library()).expect("the library"), library, "{arguments:?}");
    }
    let hint = home.run(["stats", "--html", "/nonexistent/x"]).err;
    assert!(hint.contains("--html FILE") && !hint.contains("-o FILE"), "{hint}");
}

#[test]
fn what_we_wrote_is_written_over_and_an_empty_file_too() {
    let home = with_an_article();
    for (file, arguments) in [
        ("n.apkg", &["export", "news", "-o", "n.apkg"][..]),
        ("d.jsonl", &["dump", "d.jsonl"]),
        ("p.html", &["stats", "--html", "p.html"]),
        ("c.yaml", &["corrections", "--export", "c.yaml"]),
        ("b.db", &["backup", "b.db"]),
    ] {
        home.file(file, "");
        home.ok(arguments);
        let first = fs::read(home.join(file)).expect("a file");
        assert!(!first.is_empty());
        home.ok(arguments);
    }
    assert!(home.ok(["backup", "b.db"]).contains("in the place of an older backup"));
    // A backup that somebody works with is a library.
    home.ok(["--library", "b.db", "mark", "known", "公司"]);
    home.run(["backup", "b.db"]).is_failure("is there already");
}

/// Holds `arguments`, which write to `name`, to leaving these bytes of somebody else there as they are.
fn is_left_alone(home: &Home, name: &str, bytes: &[u8], arguments: &[&str]) -> String {
    let path = home.file(name, bytes);
    let said = home.run(arguments);
    said.is_failure("is there already");
    assert_eq!(fs::read(path).expect("a file"), bytes, "{arguments:?}");
    said.err
}

#[test]
fn a_package_of_another_program_is_no_package_of_ours() {
    let home = with_an_article();
    let export = ["export", "news", "-o", "my collection.apkg"];
    let zipped = |names: &[&str]| {
        // The date of 1980, which Python's `ZipInfo` and Rust's `zip` write by default.
        let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, options).expect("a file");
            zip.write_all(b"theirs").expect("memory");
        }
        zip.finish().expect("a zip").into_inner()
    };
    is_left_alone(&home, "my collection.apkg", &zipped(&["meta"]), &export);
    for names in [&["collection.anki2"][..], &["collection.anki2", "media"]] {
        let said = is_left_alone(&home, "my collection.apkg", &zipped(names), &export);
        assert!(said.contains("no mark of shengci"), "{said}");
    }
    home.ok(["export", "news", "-o", "ours.apkg"]);
    let ours = fs::read(home.join("ours.apkg")).expect("a package");
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(ours.clone())).expect("a zip");
    zip.start_file("0", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.write_all(b"a recording of the learner's own").expect("memory");
    let added_to = zip.finish().expect("a zip").into_inner();
    is_left_alone(&home, "my collection.apkg", &added_to, &export);
    is_left_alone(&home, "my collection.apkg", &ours[..ours.len() - 1], &export);
    home.file("my collection.apkg", &ours);
    home.ok(export);
    assert_eq!(
        fs::read(home.join("my collection.apkg")).expect("a package"),
        ours,
        "the same deck, the same bytes"
    );
}

#[test]
fn what_only_looks_like_ours_is_not_written_over() {
    let home = with_an_article();
    home.ok(["ignore", "图书馆"]);
    let page = "<!doctype html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n<title>生词本</title>";
    is_left_alone(&home, "p.html", page.as_bytes(), &["stats", "--html", "p.html"]);
    let log = "{\"note\":\"the first line of a dump is {\\\"shengci\\\":\\\"dump\\\"}\",\"shengci\":\"dump\"}\n{\"my\":1}\n";
    is_left_alone(&home, "d.jsonl", log.as_bytes(), &["dump", "d.jsonl"]);
    // Ours, and more that somebody has added.
    for (name, arguments, added) in [
        ("p.html", ["stats", "--html", "p.html"].to_vec(), "<p>my own words</p>\n"),
        ("d.jsonl", ["dump", "d.jsonl"].to_vec(), "{\"my\":1}\n"),
        ("c.yaml", ["corrections", "--export", "c.yaml"].to_vec(), "# what my teacher says\n"),
    ] {
        fs::remove_file(home.join(name)).ok();
        home.ok(&arguments);
        home.ok(&arguments);
        let mut bytes = fs::read(home.join(name)).expect("a file");
        bytes.extend(added.as_bytes());
        is_left_alone(&home, name, &bytes, &arguments);
    }
}

#[test]
fn corrections_that_the_library_lacks_are_not_written_over() {
    let home = with_an_article();
    home.ok(["ignore", "图书馆"]);
    home.ok(["corrections", "--export", "c.yaml"]);
    let mut by_hand = fs::read_to_string(home.join("c.yaml")).expect("a file");
    by_hand.push_str("- ignore: 机器人\n");
    home.file("c.yaml", &by_hand);
    home.run(["corrections", "--export", "c.yaml"]).is_failure("1 correction that your library lacks");
    assert_eq!(fs::read_to_string(home.join("c.yaml")).expect("a file"), by_hand);
    home.ok(["corrections", "--import", "c.yaml"]);
    home.ok(["corrections", "--export", "c.yaml"]);
    home.ok(["undo"]);
    home.ok(["corrections", "--export", "c.yaml"]);
    assert!(
        !fs::read_to_string(home.join("c.yaml")).expect("a file").contains("机器人"),
        "taken back, and known"
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    let home = with_an_article();
    fs::create_dir(home.join("cloud")).expect("a folder");
    std::os::unix::fs::symlink("cloud/news.apkg", home.join("link.apkg")).expect("a link");
    std::os::unix::fs::symlink("cloud/words.db", home.join("link.db")).expect("a link");
    for _ in 0..2 {
        home.ok(["export", "news", "-o", "link.apkg"]);
        home.ok(["backup", "link.db"]);
        for (link, file) in [("link.apkg", "cloud/news.apkg"), ("link.db", "cloud/words.db")] {
            assert!(fs::symlink_metadata(home.join(link)).expect("a link").is_symlink(), "{link}");
            assert!(fs::metadata(home.join(file)).expect("a file").len() > 1000, "{file}");
        }
    }
    std::os::unix::fs::symlink("library.db", home.join("library.apkg")).expect("a link");
    home.run(["export", "news", "-o", "library.apkg"]).is_failure("is the library itself");
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_written_to_and_stay() {
    use std::os::unix::fs::FileTypeExt;
    let home = with_an_article();
    if cfg!(target_os = "linux") {
        home.run(["export", "news", "-o", "/dev/full"]).is_failure("/dev/full can't be written");
        home.run(["dump", "/dev/full"]).is_failure("/dev/full can't be written");
        let kind = fs::metadata("/dev/full").expect("the device").file_type();
        assert!(kind.is_char_device(), "it is still a device");
    }
    let made = std::process::Command::new("mkfifo").arg(home.join("pipe")).status();
    assert!(made.expect("mkfifo is a command of every Unix").success());
    let path = home.join("pipe");
    let reader = std::thread::spawn(move || fs::read(path).expect("what came through"));
    home.ok(["export", "news", "-o", "pipe"]);
    assert!(reader.join().expect("a reader").starts_with(b"PK"));
    assert!(fs::metadata(home.join("pipe")).expect("the pipe").file_type().is_fifo());
}

#[test]
fn a_dash_is_standard_output() {
    let home = with_an_article();
    let page = home.ok(["stats", "--html", "-"]);
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
    let output = home.command().args(["export", "news", "-o", "-"]).output().expect("shengci starts");
    assert!(output.status.success());
    assert!(
        zip::ZipArchive::new(std::io::Cursor::new(&output.stdout)).is_ok(),
        "the package and nothing else"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("notes"), "{output:?}");
    let sample = sample();
    let output = home.command().arg("make").arg(sample).args(["-o", "-"]).output().expect("shengci starts");
    assert!(output.status.success());
    assert!(zip::ZipArchive::new(std::io::Cursor::new(&output.stdout)).is_ok());
    home.run(["--json", "export", "news", "-o", "-"]).is_failure("--json");
    assert!(!home.join("-").exists());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let home = with_an_article();
    home.ok(["dump", "d.jsonl"]);
    fs::set_permissions(home.join("d.jsonl"), fs::Permissions::from_mode(0o600)).expect("permissions");
    home.ok(["dump", "d.jsonl"]);
    let mode = fs::metadata(home.join("d.jsonl")).expect("the dump").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "private notes stay private");
}
