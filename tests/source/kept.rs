//! Pages that are kept, and asked for only if there are newer ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use shengci::source::web::Kept;
use shengci::source::{Web, gather, read};

use crate::support::server::{Server, send};

const TEXT: &str =
    "昨天下午，市图书馆的夜间阅览室正式开放，许多学生和老人在这里看书。馆长说，今后每天都会开到半夜。";

/// A site whose page `/page` has another text each time that `changes` says so, and what its answers say beside it.
fn changing(lines: &'static str) -> (Server, Arc<AtomicUsize>) {
    let changes = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&changes);
    let server = Server::new(move |request, stream| {
        let version = seen.load(Ordering::Relaxed);
        let lines = lines.replace("VERSION", &version.to_string());
        match request.path.as_str() {
            "/to-page" => send(stream, "302 Found", "Location: /page\r\nETag: \"way\"\r\n", b""),
            _ if request.head.contains(&format!("if-none-match: \"v{version}\"")) => {
                send(stream, "304 Not Modified", "", b"")
            }
            _ => {
                let text = format!(
                    "<!DOCTYPE html><html><head><title>开放</title></head><body><p>{TEXT}第{version}次。</p></body></html>"
                );
                let lines = format!("Content-Type: text/html; charset=gbk\r\n{lines}");
                send(stream, "200 OK", &lines, &encoding_rs::GBK.encode(&text).0)
            }
        }
    });
    (server, changes)
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let keep = || Web::new(true).keeping(Some(Kept::new(folder.path().join("pages"))));
    let (server, changes) =
        changing("ETag: \"vVERSION\"\r\nLast-Modified: Mon, 30 Nov 2026 08:00:00 GMT\r\n");
    let get = |path: &str| {
        let page = gather(&[server.url(path)]).expect("an address").remove(0);
        let raw = read(&page, &mut std::io::empty(), Some(&keep())).expect("a page").remove(0);
        let asked = server.asked().pop().unwrap_or_default().to_ascii_lowercase();
        (shengci::document::clean(&raw.text).text(), asked.contains("if-none-match"), raw.notes)
    };
    let (first, conditional, notes) = get("/page");
    assert!(first.ends_with("第0次。") && !conditional, "{first}");
    assert_eq!(get("/page"), (first.clone(), true, notes.clone()), "and in the same encoding");
    assert_eq!(
        get("/to-page"),
        (first, true, notes),
        "an address that leads there has no version of its own"
    );
    assert!(
        server.asked().iter().filter(|head| head.contains("/to-page")).all(|head| !head.contains("If-None"))
    );
    changes.store(1, Ordering::Relaxed);
    assert!(get("/page").0.ends_with("第1次。"));
    assert!(get("/page").1);
    let entry =
        std::fs::read_dir(folder.path().join("pages")).expect("it").next().expect("one").expect("one");
    std::fs::write(entry.path(), "shengci page 1 damaged").expect("a file");
    let (text, conditional, _) = get("/page");
    assert!(text.ends_with("第1次。") && !conditional, "what is damaged is not spoken of");
    std::fs::remove_dir_all(folder.path().join("pages")).expect("they may be deleted");
    assert!(!get("/page").1 && get("/page").1);
}

#[test]
fn what_a_server_forbids_to_keep_is_not_kept() {
    for lines in [
        "ETag: \"vVERSION\"\r\nCache-Control: private, No-Store\r\n",
        "ETag: \"vVERSION\"\r\nCache-Control: max-age=0\r\nCache-Control: no-store\r\n",
        "ETag: \"vVERSION\"\r\nVary: *\r\n",
        "",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let web = Web::new(true).keeping(Some(Kept::new(folder.path().to_owned())));
        let (server, _) = changing(lines);
        let page = gather(&[server.url("/page")]).expect("an address").remove(0);
        for _ in 0..2 {
            read(&page, &mut std::io::empty(), Some(&web)).expect("a page");
        }
        assert!(server.asked().iter().all(|head| !head.to_ascii_lowercase().contains("if-none")), "{lines}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("it").count(), 0, "{lines}");
    }
}
