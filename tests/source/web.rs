//! Pages that are fetched: from a server that answers as it should, and from one that does not.

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use shengci::document::Origin;
use shengci::source::web::{Limits, WebFault};
use shengci::source::{Input, Raw, SourceError, Web, gather, read};

use crate::support::server::{Request, Server, page, send};

/// Short, so that no test waits.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(5),
    whole: Duration::from_millis(600),
    bytes: 300_000,
    redirects: 5,
};

/// For what has to come.
const PATIENT: Limits = Limits { whole: Duration::from_secs(60), ..LIMITS };

const TEXT: &str =
    "昨天下午，市图书馆的夜间阅览室正式开放，许多学生和老人在这里看书。馆长说，今后每天都会开到半夜。";

fn html(head: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head>{head}<title>夜间阅览室开放</title></head><body><p>{TEXT}</p></body></html>"
    )
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// As gzip writes bytes that it can't make smaller by much: here by the crate that reads it, too.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).expect("memory");
    packed.finish().expect("memory")
}

/// 64 MiB of `a`, packed by brotli: 106 bytes. No encoder is among what this program is made of.
const BROTLI_BOMB: &[u8] = b"\xcb\xff\xff\x3f\xf8\x25\xc2\xe2\xb1\x40\x20\xf7\xfe\x8f\xff\xff\x7f\xf0\x4b\x00\xc4\x61\x11\x80\xee\xfd\x1f\xff\xff\xff\xe0\x97\x00\x88\xc3\x02\x00\xdd\xfb\x3f\xfe\xff\xff\xc1\x2f\x01\x10\x87\x05\x00\xba\xf7\x7f\xfc\xff\xff\x83\x5f\x02\x20\x0e\x0b\x00\x74\xef\xff\xf8\xff\xff\x07\xbf\x04\x40\x1c\x16\x00\xe8\xde\xff\xf1\xff\xff\x0f\x7e\x09\x80\x38\x2c\x00\xd0\xbd\xff\xe3\xff\xff\x1f\xfc\x12\x00\x71\x58\x00\xa0\x7b\xff\x37";

/// The whole of a text packed by brotli without packing it: a block that is stored as it is (RFC 7932, 9.2).
fn brotli(bytes: &[u8]) -> Vec<u8> {
    // WBITS 16: one bit 0. Then ISLAST 0, MNIBBLES 4, MLEN - 1 in 16 bits, ISUNCOMPRESSED 1; then ISLAST and ISLASTEMPTY.
    let head = (u32::try_from(bytes.len() - 1).expect("a short text") << 4) | (1 << 20);
    [&head.to_le_bytes()[..3], bytes, &[3]].concat()
}

fn answer(request: &Request, stream: &mut std::net::TcpStream) -> std::io::Result<()> {
    let meta = |charset: &str| html(&format!("<meta charset=\"{charset}\">"));
    let moved = |stream: &mut _, to: &str| send(stream, "302 Found", &format!("Location: {to}\r\n"), b"");
    match request.path.as_str() {
        "/utf8" => page(stream, "text/html; charset=utf-8", html("").as_bytes()),
        "/xhtml" => page(stream, "application/xhtml+xml", html("").as_bytes()),
        "/plain" => page(stream, "text/plain", TEXT.as_bytes()),
        "/untyped" => send(stream, "200 OK", "", html("").as_bytes()),
        "/gbk-by-header" => page(stream, "text/html; charset=GBK", &gbk(&html(""))),
        "/gbk-by-meta" => page(stream, "text/html", &gbk(&meta("gb2312"))),
        "/gbk-undeclared" => page(stream, "text/html", &gbk(&html(""))),
        "/gbk-said-to-be-utf8" => page(stream, "text/html; charset=utf-8", &gbk(&meta("gbk"))),
        "/gbk-said-twice-to-be-utf8" => page(stream, "text/html; charset=utf-8", &gbk(&meta("utf-8"))),
        "/gbk-said-to-be-big5" => page(stream, "text/html; charset=big5", &gbk(&meta("gbk"))),
        "/utf8-said-to-be-gbk" => page(stream, "text/html; charset=gb2312", html("").as_bytes()),
        "/gzip" => send(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzip(html("").as_bytes()),
        ),
        "/brotli" => send(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: br\r\n",
            &brotli(html("").as_bytes()),
        ),
        "/chunked" => {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
            )?;
            for part in html("").as_bytes().chunks(100) {
                write!(stream, "{:x}\r\n", part.len())?;
                stream.write_all(part)?;
                stream.write_all(b"\r\n")?;
            }
            stream.write_all(b"0\r\n\r\n")
        }
        "/closing" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")?;
            stream.write_all(html("").as_bytes())
        }

        "/once" => moved(stream, "/utf8#part"),
        "/twice" => moved(stream, &format!("{}/once", request.server)),
        "/to-hanzi" => moved(stream, "/新闻"),
        "/%E6%96%B0%E9%97%BB" => page(stream, "text/html", html("").as_bytes()),
        "/endless" => moved(stream, "/endless"),
        "/to-a-file" => moved(stream, "file:///etc/passwd"),
        "/to-ftp" => moved(stream, "ftp://news.example/a"),
        "/to-nowhere" => send(stream, "302 Found", "", b""),
        "/to-a-password" => moved(stream, "http://a:b@127.0.0.1/"),
        "/to-nonsense" => moved(stream, "http://[::1"),

        "/404" => send(stream, "404 Not Found", "Content-Type: text/html\r\n", html("").as_bytes()),
        "/500" => send(stream, "500 Oops", "", b""),
        "/403" => send(stream, "403 Forbidden", "", b""),
        "/empty" => page(stream, "text/html", b" \n"),
        "/english" => page(stream, "text/html", b"<p>It rained.</p>"),
        "/binary" => page(stream, "text/html", b"\x00\x01\xff\xfe\x00"),
        "/pdf" => page(stream, "application/pdf", b"%PDF-1.7"),
        "/pdf-said-to-be-a-page" => page(stream, "text/html", b"%PDF-1.7"),
        "/picture" => page(stream, "image/png", b"\x89PNG"),
        "/json" => page(stream, "application/json", b"{}"),

        "/silent" => {
            std::thread::park_timeout(Duration::from_secs(30));
            Ok(())
        }
        "/drip" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            loop {
                stream.write_all(b"<p>")?;
                std::thread::park_timeout(Duration::from_millis(50));
            }
        }
        "/dripping-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                stream.write_all(b"x")?;
                std::thread::park_timeout(Duration::from_millis(50));
            }
        }
        "/huge" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 65536])?;
            }
        }
        "/said-to-be-huge" => stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000000000\r\n\r\n",
        ),
        "/bomb" => send(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzip(&vec![b'a'; 64 << 20]),
        ),
        "/brotli-bomb" => {
            send(stream, "200 OK", "Content-Type: text/html\r\nContent-Encoding: br\r\n", BROTLI_BOMB)
        }
        "/no-gzip" => {
            send(stream, "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", b"<p>x</p>")
        }
        "/half-gzip" => {
            let packed = gzip(html("").as_bytes());
            send(
                stream,
                "200 OK",
                "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                &packed[..packed.len() / 2],
            )
        }
        "/cut-off" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")?;
            stream.write_all(html("").as_bytes())
        }
        "/cut-off-in-a-chunk" => {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
            )?;
            stream.write_all(html("").as_bytes())
        }
        "/nothing" => Ok(()),
        "/no-http" => stream.write_all(b"220 ftp.example ready\r\n"),
        "/head-bomb" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            for n in 0..200_000 {
                write!(stream, "X-{n}: {n}\r\n")?;
            }
            stream.write_all(b"\r\n")
        }
        "/long-head" => {
            write!(stream, "HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(10_000_000))
        }
        path => panic!("nobody asks for {path}"),
    }
}

fn fetch(url: &str, limits: Limits, private: bool) -> Result<Raw, SourceError> {
    let inputs = gather(&[url])?;
    assert!(matches!(inputs[..], [Input::Page(_)]), "{inputs:?}");
    read(&inputs[0], &mut std::io::empty(), Some(&Web::within(limits, private)))
        .map(|mut raws| raws.remove(0))
}

fn fault(url: &str, limits: Limits) -> WebFault {
    match fetch(url, limits, true) {
        Err(error @ SourceError::Web(..)) => {
            assert!(error.to_string().starts_with(url) && !error.hint().is_empty(), "{error}");
            let SourceError::Web(_, fault) = error else { unreachable!() };
            fault
        }
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn a_page_is_fetched_in_whatever_encoding_it_is_and_whatever_is_said_of_it() {
    let server = Server::new(answer);
    for path in [
        "/utf8",
        "/xhtml",
        "/untyped",
        "/gbk-by-header",
        "/gbk-by-meta",
        "/gbk-undeclared",
        "/gbk-said-to-be-utf8",
        "/gbk-said-twice-to-be-utf8",
        "/gbk-said-to-be-big5",
        "/utf8-said-to-be-gbk",
        "/gzip",
        "/brotli",
        "/chunked",
        "/closing",
        "/plain",
    ] {
        let raw = fetch(&server.url(path), PATIENT, true).unwrap_or_else(|error| panic!("{path}: {error}"));
        let article = shengci::document::clean(&raw.text);
        assert!(article.text().trim().ends_with(TEXT), "{path}: {}", article.text());
        assert_eq!(raw.origin, Origin::Web(server.url(path)), "{path}");
        let notes: &[String] = &raw.notes;
        let is_gbk = path.starts_with("/gbk");
        assert_eq!(notes.iter().any(|note| note.contains("read as gb18030")), is_gbk, "{path}: {notes:?}");
    }
    for head in server.asked() {
        let head = head.to_ascii_lowercase();
        assert!(head.contains(&format!("user-agent: shengci/{}\r\n", env!("CARGO_PKG_VERSION"))), "{head}");
        assert!(!head.contains("cookie") && !head.contains("referer"), "{head}");
    }
}

#[test]
fn redirects_are_followed_and_looked_at_each_time() {
    let server = Server::new(answer);
    for path in ["/once", "/twice", "/to-hanzi"] {
        let raw = fetch(&server.url(path), PATIENT, true).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(raw.origin, Origin::Web(server.url(path)), "the site is the same");
    }
    let before = server.asked().len();
    assert_eq!(fault(&server.url("/endless"), PATIENT), WebFault::Redirects(5));
    assert_eq!(server.asked().len() - before, 6);
    assert_eq!(fault(&server.url("/to-a-file"), PATIENT), WebFault::Scheme("file".to_owned()));
    assert_eq!(fault(&server.url("/to-ftp"), PATIENT), WebFault::Scheme("ftp".to_owned()));
    assert_eq!(fault(&server.url("/to-nowhere"), PATIENT), WebFault::Status(302));
    assert_eq!(fault(&server.url("/to-a-password"), PATIENT), WebFault::Password);
    assert_eq!(fault(&server.url("/to-nonsense"), PATIENT), WebFault::NoAddress);
}

#[test]
fn what_is_no_page_is_refused_with_what_it_is() {
    let server = Server::new(answer);
    let fault = |path: &str| fault(&server.url(path), PATIENT);
    for status in [403, 404, 500] {
        assert_eq!(fault(&format!("/{status}")), WebFault::Status(status));
    }
    assert_eq!(fault("/empty"), WebFault::Empty);
    assert_eq!(fault("/english"), WebFault::NoChinese);
    assert!(fault("/pdf").to_string().contains("a PDF (application/pdf)"));
    assert!(fault("/picture").to_string().contains("a picture"));
    assert!(fault("/json").to_string().contains("data (application/json)"));
    let other = |path: &str| fetch(&server.url(path), PATIENT, true).expect_err("no page").to_string();
    assert!(other("/binary").contains("NUL"), "{}", other("/binary"));
    assert!(other("/pdf-said-to-be-a-page").contains("is a PDF"));
}

#[test]
fn whoever_is_slow_endless_or_broken_is_given_up() {
    let server = Server::new(answer);
    let start = Instant::now();
    for path in ["/silent", "/drip", "/dripping-head"] {
        assert_eq!(fault(&server.url(path), LIMITS), WebFault::Slow(LIMITS.whole), "{path}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    for path in ["/huge", "/said-to-be-huge", "/bomb", "/brotli-bomb"] {
        assert_eq!(fault(&server.url(path), PATIENT), WebFault::TooLarge(LIMITS.bytes), "{path}");
    }
    for path in ["/cut-off", "/cut-off-in-a-chunk", "/nothing"] {
        assert_eq!(fault(&server.url(path), PATIENT), WebFault::CutOff, "{path}");
    }
    for path in ["/no-http", "/no-gzip", "/half-gzip", "/head-bomb", "/long-head"] {
        let fault = fault(&server.url(path), PATIENT);
        assert!(matches!(fault, WebFault::Broken(_) | WebFault::Head(_)), "{path}: {fault}");
    }
}

#[test]
fn this_computer_and_the_network_around_it_are_not_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let port = listener.local_addr().expect("its address").port();
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
    ] {
        let error = fetch(&format!("http://{host}:{port}/"), PATIENT, false).expect_err("a private address");
        let SourceError::Web(_, WebFault::Private(address)) = &error else { panic!("{host}: {error}") };
        assert!(error.to_string().contains(&address.to_string()) && error.hint().contains("--allow-private"));
    }
    assert!(listener.accept().is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
}
