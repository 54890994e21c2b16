//! `add`, `make` and `clean` with a web address: fetched because it was named, and told like a file.

use std::net::TcpListener;

use crate::support::Home;
use crate::support::server::{Server, page, send};

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=utf-8><title>图书馆夜间开放</title></head><body>
<h1>图书馆夜间开放</h1><p>昨天下午，市图书馆的夜间阅览室正式开放，许多学生和老人在这里看书。</p></body></html>";

fn site() -> Server {
    Server::new(|request, stream| match request.path.as_str() {
        "/a.html" => page(stream, "text/html; charset=utf-8", PAGE.as_bytes()),
        "/on" => send(stream, "301 Moved", "Location: /a.html\r\n", b""),
        "/kept.html" if request.head.contains("if-none-match: \"k\"") => {
            send(stream, "304 Not Modified", "", b"")
        }
        "/kept.html" => send(stream, "200 OK", "Content-Type: text/html\r\nETag: \"k\"\r\n", PAGE.as_bytes()),
        "/b.html?id=1" => page(stream, "text/html", PAGE.replace("学生", "孩子").as_bytes()),
        _ => send(stream, "404 Not Found", "", b""),
    })
}

#[test]
fn a_page_is_added_made_and_cleaned_by_its_address() {
    let (home, site) = (Home::new(), site());
    let url = site.url("/a.html");
    let said = home.ok(["add", "--allow-private", &url]);
    assert!(said.contains("图书馆夜间开放"), "{said}");
    let said = home.ok(["add", "--allow-private", &format!("{url}#comments")]);
    assert!(said.contains("was there already"), "{said}");
    let rows = home.json(["articles"]);
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    assert_eq!(rows[0]["origin"], url);
    let made = home.json(["make", "--allow-private", &site.url("/b.html?id=1")]);
    assert_eq!(made["file"], "b.apkg");
    assert!(home.join("b.apkg").is_file());
    let cleaned = home.json(["clean", "--allow-private", &url]);
    assert_eq!(cleaned["origin"], url);
    assert_eq!(cleaned["url"], url);
    assert_eq!(cleaned["title"], "图书馆夜间开放");
}

#[test]
fn one_page_that_does_not_come_stops_no_other_in_clean_and_all_in_add() {
    let (home, site) = (Home::new(), site());
    let (good, bad) = (site.url("/a.html"), site.url("/none"));
    let said = home.run(["--json", "clean", "--allow-private", &bad, &good, "ftp.txt"]);
    assert_eq!(said.code, Some(1));
    let rows: Vec<serde_json::Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(rows[0]["error"].as_str().is_some_and(|error| error.contains("404: there is no such page")));
    assert!(rows[0]["hint"].is_string() && rows[0]["origin"] == bad);
    assert_eq!(rows[1]["origin"], good);
    assert!(rows[2]["error"].is_string());
    home.run(["add", "--allow-private", &good, &bad]).is_failure("404");
    assert!(!home.library().exists(), "nothing is added, not even a library");
}

#[test]
fn without_leave_nothing_near_is_asked() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let url = format!("http://localhost:{}/", listener.local_addr().expect("its address").port());
    for verb in ["add", "make"] {
        home.run([verb, &url]).is_failure("--allow-private");
    }
    home.run(["clean", &url]).is_failure("--allow-private");
    home.run(["report", &url]).is_failure("not fetched here");
    assert!(listener.accept().is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
}

#[test]
fn pages_are_kept_beside_the_library_and_may_be_deleted() {
    let (home, site) = (Home::new(), site());
    let url = site.url("/kept.html");
    let conditional =
        || site.asked().iter().filter(|head| head.to_ascii_lowercase().contains("if-none")).count();
    let cleaned = home.ok(["clean", "--allow-private", &url]);
    assert!(!home.library().exists() && home.join(".cache/shengci/pages").is_dir());
    assert_eq!(home.ok(["clean", "--allow-private", &url]), cleaned);
    home.ok(["add", "--allow-private", &url]);
    assert_eq!(conditional(), 2);
    let about = home.json(["about"]);
    let pages = about["pages"].as_str().expect("a folder");
    std::fs::remove_dir_all(pages).expect("the folder that `about` names");
    assert!(home.ok(["add", "--allow-private", &url]).contains("was there already"));
    assert_eq!(conditional(), 2);
    // Where it can't be written, nothing is lost but time.
    std::fs::remove_dir_all(home.join(".cache")).expect("the folder");
    home.file(".cache", "a file");
    assert_eq!(home.ok(["clean", "--allow-private", &url]), cleaned);
}
