//! Why a page did not come: in words, with what to do.
//!
//! Why so many: "can't be fetched" helps nobody, and the learner can do another thing about each.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

/// Why a page did not come.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebFault {
    /// Not where pages are read.
    #[error("pages are not fetched here")]
    Unasked,
    /// No address.
    #[error("this is no web address, or leads to none")]
    NoAddress,
    /// Neither http nor https.
    #[error("it leads to an address that begins with `{0}:`, and only http and https are fetched")]
    Scheme(String),
    /// A name and password in the address.
    #[error("there is a user's name or password in the address, which would be kept with the article")]
    Password,
    /// Not on the public internet.
    #[error("it leads to {0}, which is this computer or a network around it, and was not asked")]
    Private(IpAddr),
    /// No such name.
    #[error("there is no site of this name")]
    NoHost,
    /// No connection.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// No connection in time.
    #[error("no connection in {seconds} seconds", seconds = .0.as_secs_f32())]
    NoAnswer(Duration),
    /// Not all of it in time.
    #[error("it did not come whole in {seconds} seconds", seconds = .0.as_secs_f32())]
    Slow(Duration),
    /// The certificate.
    #[error("the connection can't be trusted: {0}")]
    Untrusted(String),
    /// An HTTP status that comes with no page.
    #[error("the server says {0}: {meaning}", meaning = meaning(*.0))]
    Status(u16),
    /// Too many of them.
    #[error("it leads on more than {0} times")]
    Redirects(usize),
    /// More than is read.
    #[error("it is larger than {size}", size = size(*.0))]
    TooLarge(u64),
    /// A head like that of no page.
    #[error("the server's headers are larger than {size} KiB", size = .0 / 1024)]
    Head(usize),
    /// The page ended in the middle.
    #[error("the connection ended before all of it came")]
    CutOff,
    /// No HTTP.
    #[error("the server's answer makes no sense: {0}")]
    Broken(String),
    /// Something else than what was asked for.
    #[error("it is {0} ({1}), not {2}")]
    Kind(&'static str, String, &'static str),
    /// No feed.
    #[error("it is no feed: {0}")]
    NoFeed(String),
    /// An item of a feed, of which there is neither a text nor a page.
    #[error("there is nothing to read in this item of a feed")]
    NoArticle,
    /// The site's `robots.txt` excludes the page.
    #[error("the site's robots.txt asks programs not to fetch it")]
    Forbidden,
    /// A page without a byte in it.
    #[error("the page is empty")]
    Empty,
    /// A page without a hanzi.
    #[error("the page has no Chinese in it")]
    NoChinese,
}

/// An HTTP status in words.
fn meaning(status: u16) -> &'static str {
    match status {
        401 | 407 => "it wants a name and a password",
        402 => "it wants money",
        403 | 451 => "it does not give this page",
        404 | 410 => "there is no such page",
        408 | 504 => "it took too long",
        418 | 429 => "it was asked too often",
        300..400 => "it leads on, and does not say where",
        400..500 => "it does not understand what was asked",
        500..600 => "it has a fault of its own",
        _ => "this is no page",
    }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// The fault of a page for an error of its connection.
pub(super) fn of_io(error: &io::Error) -> WebFault {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::UnexpectedEof | Kind::ConnectionReset | Kind::BrokenPipe | Kind::ConnectionAborted => {
            WebFault::CutOff
        }
        Kind::ConnectionRefused => WebFault::Unreachable("nothing listens there".to_owned()),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
            WebFault::Unreachable("there is no way to it".to_owned())
        }
        // A failed look-up has no kind of its own, but these words on every system that we know.
        _ if error.to_string().contains("lookup address") => WebFault::NoHost,
        // Bytes that can't be unpacked come as these.
        Kind::InvalidData | Kind::InvalidInput => WebFault::Broken(format!("it can't be unpacked ({error})")),
        _ => WebFault::Unreachable(error.to_string()),
    }
}

impl WebFault {
    /// Advice for the user.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unasked => "`shengci add` and `shengci make` fetch pages, and `shengci clean` shows one",
            Self::NoAddress | Self::Scheme(..) => "is the address right? it begins with https:// or http://",
            Self::Password => "leave it out, or save the page with your browser and give the file",
            Self::Private(..) => {
                "if you mean it, say --allow-private (needed as well behind a proxy that answers for every name)"
            }
            Self::NoHost => "is the name right, and is this computer online?",
            Self::Unreachable(..) | Self::NoAnswer(..) | Self::Slow(..) | Self::CutOff => {
                "try again later, or save the page with your browser and give the file"
            }
            Self::Untrusted(..) => "is the clock of this computer right? does the browser trust the site?",
            Self::Status(404 | 410) => "is the address whole? put quotes round one with `&` or `?` in it",
            Self::Status(500..) | Self::Broken(..) | Self::Head(..) => {
                "that is the server's fault: try again later, or save the page with your browser and give the file"
            }
            Self::Status(429) => "wait a while and try again",
            Self::Status(..) | Self::Redirects(..) | Self::TooLarge(..) => {
                "open it in your browser, save the page, and give the file"
            }
            Self::Kind("a feed" | "data, or a feed", ..) => {
                "follow it: shengci feed add URL; or give the addresses of its articles"
            }
            Self::NoFeed(..) => {
                "look for the address of the site's RSS or Atom feed; a page is added with `shengci add`"
            }
            Self::NoArticle => "nothing is to be done about it",
            Self::Forbidden => "if you want to read it, give its address: shengci add URL",
            Self::Kind(..) => "open it, copy the article, and save it as plain text (.txt)",
            Self::Empty | Self::NoChinese => {
                "is it the right page? one that is drawn by scripts has to be saved with your browser"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_in_words_with_something_to_do() {
        for (status, words, hint) in [
            (403, "403: it does not give this page", "browser"),
            (404, "404: there is no such page", "quotes"),
            (429, "429: it was asked too often", "wait"),
            (503, "503: it has a fault of its own", "later"),
        ] {
            let fault = WebFault::Status(status);
            assert!(fault.to_string().contains(words) && fault.hint().contains(hint), "{fault}");
        }
    }
}
