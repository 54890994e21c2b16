//! The media type that a server declares, and whether it is one that was asked for.
//!
//! Why refuse by the header, before a byte of the body: a film has gigabytes, and "it is a video" tells more than "not
//! UTF-8".

use super::WebFault;

/// The kind of text that is asked of a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// A page or plain text.
    #[default]
    Page,
    /// A feed.
    Feed,
    /// Whatever stands there: a text that only we read.
    Anything,
}

impl Wanted {
    /// The header `Accept`.
    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Page => "text/html,application/xhtml+xml,text/plain;q=0.8",
            Self::Feed => {
                "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
            }
            Self::Anything => "text/plain,*/*;q=0.5",
        }
    }

    /// Its name in messages.
    fn in_words(self) -> &'static str {
        match self {
            Self::Page => "a page or plain text",
            Self::Feed => "a feed",
            Self::Anything => "a text",
        }
    }

    /// Whether a media type is what is wanted. A server that names none may send anything.
    pub(super) fn judge(self, kind: &str) -> Result<(), WebFault> {
        let is_wanted = match self {
            Self::Page => matches!(kind, "" | "text/html" | "application/xhtml+xml" | "text/plain"),
            // Under every name that a text has: many a server takes a feed for a page.
            Self::Feed => {
                !["image/", "audio/", "video/", "font/"].iter().any(|class| kind.starts_with(class))
                    && !kind.ends_with("pdf")
            }
            Self::Anything => true,
        };
        if is_wanted { Ok(()) } else { Err(WebFault::Kind(in_words(kind), kind.to_owned(), self.in_words())) }
    }
}

/// The media type in small letters, and the encoding, of `text/html; charset="GBK"`.
pub(super) fn parts(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (kind, charset)
}

/// The name of a media type in messages.
fn in_words(kind: &str) -> &'static str {
    let (class, name) = kind.split_once('/').unwrap_or((kind, ""));
    match (class, name) {
        (_, "pdf") => "a PDF",
        (_, "epub+zip") => "an e-book",
        (_, "rss+xml" | "atom+xml" | "feed+json") => "a feed",
        (_, "json" | "ld+json" | "csv") => "data",
        (_, "xml") => "data, or a feed",
        (_, "css" | "javascript" | "x-javascript") => "a part of a page's machinery",
        ("image", _) => "a picture",
        ("audio", _) => "a sound",
        ("video", _) => "a video",
        ("font", _) => "a typeface",
        _ => "a file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_a_kind_and_an_encoding() {
        let parts = |header| {
            let (kind, charset) = parts(header);
            format!("{kind}|{}", charset.unwrap_or_default())
        };
        assert_eq!(parts("Text/HTML; Charset=\"GBK\""), "text/html|GBK");
        assert_eq!(parts("text/html;a=b; charset = utf-8 ;"), "text/html|utf-8");
        assert_eq!(parts("text/html; charset="), "text/html|");
        assert_eq!(parts(""), "|");
    }

    #[test]
    fn what_is_no_page_is_told_by_its_name() {
        for kind in ["", "text/html", "application/xhtml+xml", "text/plain"] {
            assert_eq!(Wanted::Page.judge(kind), Ok(()), "{kind}");
        }
        for (kind, words) in [
            ("application/pdf", "it is a PDF (application/pdf)"),
            ("image/png", "it is a picture"),
            ("application/octet-stream", "it is a file"),
            ("application/rss+xml", "it is a feed"),
        ] {
            let fault = Wanted::Page.judge(kind).expect_err("no page");
            assert!(fault.to_string().contains(words), "{fault}");
        }
    }
}
