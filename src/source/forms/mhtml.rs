//! A page with its pictures in one file, as Chrome, Edge and Internet Explorer save it (MHTML, RFC 2557).
//!
//! By hand: a mail parser decodes texts by the charset that they claim, and pages claim wrongly. Here the page comes out
//! as bytes, which are then read as those of any page. *Law*: parts are looked for no deeper than [`DEEPEST`].

/// Parts stand no deeper in each other: a page, its alternatives, its pictures.
const DEEPEST: usize = 4;
/// The head of a message is no longer.
const HEAD: usize = 64 * 1024;

/// A page in a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// Its HTML as it was on the server.
    pub html: Vec<u8>,
    /// The encoding that its head names.
    pub charset: Option<String>,
    /// Its address.
    pub address: Option<String>,
    is_root: bool,
}

/// Whether bytes begin as a message with a page in it does.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let (fields, _) = head(bytes);
    let kind = field(&fields, "content-type").unwrap_or_default().to_ascii_lowercase();
    let claims = field(&fields, "mime-version").is_some()
        || ["snapshot-content-location", "content-location"]
            .iter()
            .any(|name| field(&fields, name).is_some());
    claims && (kind.starts_with("multipart/") || kind.starts_with("text/html"))
}

/// The page of a message: the part that it says is the page, or, where that is a frame with nothing in it, the one with
/// most in it.
pub(super) fn page(bytes: &[u8]) -> Option<Saved> {
    let (fields, _) = head(bytes);
    let address = field(&fields, "snapshot-content-location").map(str::to_owned);
    let start = field(&fields, "content-type").and_then(|value| parameter(value, "start"));
    let mut pages = Vec::new();
    gather(bytes, start.as_deref(), 0, &mut pages);
    let wide = |saved: &Saved| saved.html.iter().filter(|&&byte| byte >= 0x80).count();
    let root = pages.iter().position(|page| page.is_root).unwrap_or(0);
    let chosen = match pages.get(root) {
        Some(page) if wide(page) >= 100 => root,
        _ => (0..pages.len()).max_by_key(|&at| (wide(&pages[at]), std::cmp::Reverse(at)))?,
    };
    let mut page = pages.swap_remove(chosen);
    page.address = address.or(page.address).filter(|address| is_address(address));
    Some(page)
}

/// An address that may stand in a comment.
fn is_address(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"') || c.is_alphanumeric();
    (address.starts_with("http://") || address.starts_with("https://"))
        && !address.contains("--")
        && address.chars().all(plain)
}

fn gather(bytes: &[u8], start: Option<&str>, depth: usize, pages: &mut Vec<Saved>) {
    let (fields, body) = head(bytes);
    let kind = field(&fields, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") {
        let boundary = parameter(kind, "boundary").filter(|boundary| !boundary.is_empty());
        if let Some(boundary) = boundary.filter(|_| depth < DEEPEST) {
            for part in parts(body, boundary.as_bytes()) {
                gather(part, start, depth + 1, pages);
            }
        }
    } else if lower.starts_with("text/html") || lower.starts_with("application/xhtml") {
        let encoding =
            field(&fields, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let html = match encoding.as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_owned(),
        };
        let id = field(&fields, "content-id").map(str::trim);
        pages.push(Saved {
            html,
            charset: parameter(kind, "charset"),
            address: field(&fields, "content-location").map(|value| value.trim().to_owned()),
            is_root: start.is_some() && id == start,
        });
    }
}

/// The fields of a head, names in lower case and values on one line; what follows them.
fn head(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    while rest.starts_with(b"\r\n") || rest.starts_with(b"\n") {
        rest = &rest[1..];
    }
    let from = rest.len();
    while let Some(end) = memchr::memchr(b'\n', rest).or((!rest.is_empty()).then_some(rest.len())) {
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        rest = &rest[(end + 1).min(rest.len())..];
        if line.is_empty() || from - rest.len() > HEAD {
            break;
        }
        let line = String::from_utf8_lossy(line);
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), fields.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':')
            && name.bytes().all(|byte| byte.is_ascii_graphic())
        {
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        } else if fields.is_empty() {
            break;
        }
    }
    (fields, rest)
}

fn field<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// A parameter of a field's value: `boundary` of `multipart/related; boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once(';') {
        let after = after.trim_start();
        let (own, given) = after.split_once('=')?;
        let given = given.trim_start();
        let (given, left) = match given.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => given.split_at(given.find([';', ' ', '\t']).unwrap_or(given.len())),
        };
        if own.trim().eq_ignore_ascii_case(name) {
            return Some(given.to_owned());
        }
        rest = left;
    }
    None
}

/// The parts of a body: each lies between two lines of `--` and the boundary.
fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mut found = Vec::new();
    let mut from = None;
    let mut at = 0;
    while at < body.len() {
        let end = memchr::memchr(b'\n', &body[at..]).map_or(body.len(), |length| at + length + 1);
        let line = body[at..end].trim_ascii_end();
        let after = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(after) = after.filter(|after| after.is_empty() || *after == b"--") {
            found.extend(from.map(|from| &body[from..at]));
            from = after.is_empty().then_some(end);
        }
        at = end;
    }
    // A file that was cut off: its last part has no end.
    found.extend(from.map(|from| &body[from..]));
    found
}

/// `=E9=9B=A8` and lines that end in `=` (RFC 2045, 6.7). What is no code stays.
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let content = line.trim_ascii_end();
        let (content, goes_on) = match content.strip_suffix(b"=") {
            Some(content) => (content, true),
            None => (content, false),
        };
        let mut at = 0;
        while at < content.len() {
            match (content[at], digit(content.get(at + 1)), digit(content.get(at + 2))) {
                (b'=', Some(high), Some(low)) => {
                    bytes.extend(u8::try_from(high * 16 + low));
                    at += 3;
                }
                (byte, ..) => {
                    bytes.push(byte);
                    at += 1;
                }
            }
        }
        if !goes_on && line.ends_with(b"\n") {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// Base64 (RFC 2045, 6.8); what is none of its letters is passed over.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(held >> bits & 0xFF));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1.html\r\n\
        Subject: =?utf-8?Q?=E9=9B=A8?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
        \tboundary=\"----Multipart--x----\"\r\n\r\n\r\n------Multipart--x----\r\nContent-Type: text/html\r\n\
        Content-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://news.example/1.html\r\n\r\n<p class=3D\"a\">=E9=9B=\r\n=A8</p>\r\n\
        ------Multipart--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n\
        ------Multipart--x------\r\n";

    #[test]
    fn a_page_comes_out_of_its_message() {
        assert!(is_one(CHROME.as_bytes()));
        let saved = page(CHROME.as_bytes()).expect("a page");
        assert_eq!(String::from_utf8_lossy(&saved.html).trim(), "<p class=\"a\">雨</p>");
        assert_eq!(saved.address.as_deref(), Some("https://news.example/1.html"));
    }

    #[test]
    fn the_part_that_is_named_is_the_page() {
        let frames = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x; start=\"<2>\"\n\n--x\n\
            Content-Type: text/html\n\nad\n--x\nContent-ID: <2>\nContent-Type: text/html; charset=\"gb2312\"\n\
            Content-Transfer-Encoding: base64\n\n";
        let long = "5LiA".repeat(60);
        let saved = page(format!("{frames}{long}\n").as_bytes()).expect("a page");
        assert_eq!(saved.html, "一".repeat(60).as_bytes());
        assert_eq!(saved.charset.as_deref(), Some("gb2312"));
    }

    #[test]
    fn no_text_is_a_message() {
        for text in [
            "",
            "雨停了。",
            "作者: 王某\n内容: 雨\n\n雨停了。",
            "Content-Type: text/plain\nMIME-Version: 1\n\n雨",
        ] {
            assert!(!is_one(text.as_bytes()), "{text}");
        }
        assert_eq!(page(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x"), None);
        let nested = "Content-Type: multipart/related; boundary=x\n\n--x\n".repeat(1000);
        assert_eq!(page(nested.as_bytes()), None);
    }

    #[test]
    fn addresses_end_no_comment() {
        assert!(is_address("https://news.example/雨/1.html?a=1&b=2"));
        for address in ["javascript:x", "https://a/-->b", "https://a/ b", "file:///a", "https://a/<b>"] {
            assert!(!is_address(address), "{address}");
        }
    }
}
