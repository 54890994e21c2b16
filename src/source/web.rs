//! A page on the web, fetched because the user named it, and for no other reason.
//!
//! Why so many limits: whoever answers may be slow, endless, broken or hostile, and a name may lead into the user's own
//! network. Redirects are followed here, one by one, so that each is looked at as the first address was. **Invariant**: a
//! connection goes to an address that was judged ([`address`]) in the same look-up, and to no other; nothing of what was
//! answered is kept ([`kept`]) unless all of it came.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{HeaderMap, header};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

mod address;
mod fault;
mod kept;
mod kind;

pub use fault::WebFault;
pub use kept::{Bounds, Kept};
pub use kind::Wanted;

use address::{Judged, Lookup, Private};

/// The most time, bytes and redirects of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// For all of it, redirects and a body that comes in drips included.
    pub whole: Duration,
    /// Of the body, in bytes, after it was unpacked.
    pub bytes: u64,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            bytes: 16 << 20,
            redirects: 5,
        }
    }
}

/// A way to the web. It keeps no cookies and no connections, and asks no proxy.
#[derive(Clone, Debug)]
pub struct Web {
    agent: Agent,
    limits: Limits,
    kept: Option<Kept>,
}

/// A request to a server, beside the address.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The kind of text that is asked for.
    pub wanted: Wanted,
    /// The server's marks of the version that we have: only another one is worth sending.
    pub version: Version,
}

/// The marks by which a server tells one version of a page from the next, word for word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// `ETag`.
    pub tag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// A server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from, after all redirects.
    pub url: Url,
    /// The body, unpacked; none where the version that we have is the newest.
    pub bytes: Option<Vec<u8>>,
    /// The encoding that the server declares.
    pub charset: Option<String>,
    /// Its version.
    pub version: Version,
    /// Whether a redirect led from `https` to `http`, where anybody on the way may have changed it.
    pub is_downgraded: bool,
}

impl Fetched {
    /// The remark on the way from `given` to here: a redirect to another place, or to an address that is not encrypted.
    #[must_use]
    pub fn notes(&self, given: &Url) -> Vec<String> {
        let lasting = lasting(given, &self.url);
        let moved = (lasting != *given).then(|| format!("comes from {lasting}"));
        let open = self.is_downgraded.then(|| "came without encryption: https led on to http".to_owned());
        moved.into_iter().chain(open).collect()
    }
}

/// Larger heads are refused: a kilobyte or two is usual.
const HEAD: usize = 64 << 10;

impl Web {
    /// A way to the public web; with `private`, also into the network around this computer.
    #[must_use]
    pub fn new(private: bool) -> Self {
        Self::within(Limits::default(), private)
    }

    /// The same within other limits.
    #[must_use]
    pub fn within(limits: Limits, private: bool) -> Self {
        let config = Agent::config_builder()
            .max_idle_connections(0)
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .max_response_header_size(HEAD)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .user_agent(concat!("shengci/", env!("CARGO_PKG_VERSION")))
            .build();
        let judged = Judged { lookup: Lookup::default(), private };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), judged), limits, kept: None }
    }

    /// The same, which keeps pages, and asks for those that it has only if there are newer ones.
    #[must_use]
    pub fn keeping(self, kept: Option<Kept>) -> Self {
        Self { kept, ..self }
    }

    /// Fetches what stands at `url`.
    ///
    /// # Errors
    /// When it can't be reached, is not what was asked for, or goes beyond a limit.
    pub fn fetch(&self, url: &Url, asked: &Asked) -> Result<Fetched, WebFault> {
        let end = Instant::now() + self.limits.whole;
        follow(url, self.limits.redirects, |url| self.step(url, asked, end))
    }

    /// Asks one server once.
    fn step(&self, url: &Url, asked: &Asked, end: Instant) -> Result<Step, WebFault> {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(WebFault::Slow(self.limits.whole));
        }
        // Each address by itself: the version of a page says nothing of what leads to it.
        let kept = self.kept.as_ref().filter(|_| asked.wanted == Wanted::Page);
        let page = kept.and_then(|kept| kept.find(url));
        let page = page.filter(|page| page.bytes.len() as u64 <= self.limits.bytes);
        let have = page.as_ref().map_or(&asked.version, |page| &page.version);
        let mut request = self.agent.get(url.as_str()).header(header::ACCEPT, asked.wanted.accept());
        for (name, value) in [(header::IF_NONE_MATCH, &have.tag), (header::IF_MODIFIED_SINCE, &have.modified)]
        {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.config().timeout_global(Some(left)).build().call();
        let response = response.map_err(|error| self.fault(error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let version =
            Version { tag: text(&headers, &header::ETAG), modified: text(&headers, &header::LAST_MODIFIED) };
        let fetched = |bytes, charset, version| {
            Step::There(Fetched { url: url.clone(), bytes, charset, version, is_downgraded: false })
        };
        let may_stay = may_stay(&headers);
        match (status, page) {
            (304, Some(page)) => {
                match kept {
                    Some(kept) if may_stay => kept.still_so(url),
                    Some(kept) => kept.forget(url),
                    None => {}
                }
                return Ok(fetched(Some(page.bytes), page.charset, page.version));
            }
            (304, None) => return Ok(fetched(None, None, version)),
            _ => {}
        }
        match status {
            200 | 203 => {}
            301 | 302 | 303 | 307 | 308 => {
                let to = text(&headers, &header::LOCATION).ok_or(WebFault::Status(status))?;
                return Ok(Step::On(url.join(&to).map_err(|_| WebFault::NoAddress)?));
            }
            _ => return Err(WebFault::Status(status)),
        }
        let declared = text(&headers, &header::CONTENT_TYPE).unwrap_or_default();
        let (kind, charset) = kind::parts(&declared);
        asked.wanted.judge(&kind)?;
        // A body that declares too great a length is not begun; one that declares none stops at the limit.
        if response.body().content_length().is_some_and(|length| length > self.limits.bytes) {
            return Err(WebFault::TooLarge(self.limits.bytes));
        }
        let mut bytes = Vec::new();
        let mut body = response.into_body().into_reader().take(self.limits.bytes + 1);
        body.read_to_end(&mut bytes).map_err(|error| self.fault(error.into()))?;
        if bytes.len() as u64 > self.limits.bytes {
            return Err(WebFault::TooLarge(self.limits.bytes));
        }
        let Some(kept) = kept else { return Ok(fetched(Some(bytes), charset, version)) };
        if !may_stay || version == Version::default() {
            kept.forget(url);
            return Ok(fetched(Some(bytes), charset, version));
        }
        let page = kept::Page { version, charset, bytes };
        kept.put(url, &page);
        Ok(fetched(Some(page.bytes), page.charset, page.version))
    }

    /// The fault of a page for an error of the client.
    fn fault(&self, error: ureq::Error) -> WebFault {
        use ureq::{Error, Timeout};
        match error {
            Error::Timeout(Timeout::Connect | Timeout::Resolve) => WebFault::NoAnswer(self.limits.connect),
            Error::Timeout(_) => WebFault::Slow(self.limits.whole),
            Error::HostNotFound => WebFault::NoHost,
            Error::ConnectionFailed => WebFault::Unreachable("nothing listens there".to_owned()),
            Error::BadUri(_) | Error::Http(_) => WebFault::NoAddress,
            Error::LargeResponseHeader(..) => WebFault::Head(HEAD),
            Error::Other(other) => match other.downcast::<Private>() {
                Ok(private) => WebFault::Private(private.0),
                Err(other) => WebFault::Broken(other.to_string()),
            },
            Error::Tls(why) => WebFault::Untrusted(why.to_owned()),
            Error::Rustls(why) => WebFault::Untrusted(why.to_string()),
            Error::Io(error) => fault::of_io(&error),
            other => WebFault::Broken(other.to_string()),
        }
    }
}

/// Goes on from one address to the next as long as it leads on, and looks at each of them.
fn follow(
    url: &Url,
    redirects: usize,
    mut step: impl FnMut(&Url) -> Result<Step, WebFault>,
) -> Result<Fetched, WebFault> {
    let (mut url, mut is_downgraded) = (url.clone(), false);
    for _ in 0..=redirects {
        lawful(&url)?;
        match step(&url)? {
            Step::There(fetched) => return Ok(Fetched { is_downgraded, ..fetched }),
            Step::On(next) => {
                is_downgraded |= url.scheme() == "https" && next.scheme() == "http";
                url = next;
            }
        }
    }
    Err(WebFault::Redirects(redirects))
}

/// The result of asking a server once: a body, or the address of a redirect.
enum Step {
    There(Fetched),
    On(Url),
}

/// A web address as the user typed it, or none.
#[must_use]
pub fn named(argument: &str) -> Option<Result<Url, WebFault>> {
    let scheme = argument.chars().take(8).collect::<String>().to_ascii_lowercase();
    let is_web = scheme.starts_with("http://") || scheme.starts_with("https://");
    is_web.then(|| {
        let mut url = Url::parse(argument.trim()).map_err(|_| WebFault::NoAddress)?;
        // The place inside a page is none of the server's business, and makes no other page of it.
        url.set_fragment(None);
        lawful(&url).map(|()| url)
    })
}

/// Whether it is an address that may be asked at all.
fn lawful(url: &Url) -> Result<(), WebFault> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(WebFault::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WebFault::Password);
    }
    if url.host().is_none() { Err(WebFault::NoAddress) } else { Ok(()) }
}

/// The address that an article is known by: the one that was given, unless another site answered.
#[must_use]
pub fn lasting(given: &Url, last: &Url) -> Url {
    let site = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    let mut kept = if site(given) == site(last) { given.clone() } else { last.clone() };
    kept.set_fragment(None);
    kept
}

/// A header as text, whatever its bytes are.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// Whether an answer may be kept: not where the server forbids it, nor where another one would come for reasons that
/// nobody can know.
fn may_stay(headers: &HeaderMap) -> bool {
    let says = |name: header::HeaderName, word: &str| {
        let values = headers.get_all(name).into_iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        values
            .flat_map(|value| value.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    !says(header::CACHE_CONTROL, "no-store") && !says(header::VARY, "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_address_is_told_from_what_is_a_file() {
        assert!(
            named("news.txt").is_none() && named("ftp://x.example/").is_none() && named("新闻").is_none()
        );
        let ok = |given: &str| named(given).expect("an address").expect("a lawful one").to_string();
        assert_eq!(ok("HTTP://News.Example/a#b"), "http://news.example/a");
        assert_eq!(ok("https://新闻.example/新"), "https://xn--efvy88h.example/%E6%96%B0");
        assert_eq!(named("https://a:b@news.example/"), Some(Err(WebFault::Password)));
        assert_eq!(named("http://"), Some(Err(WebFault::NoAddress)));
        assert_eq!(named("http://[::1"), Some(Err(WebFault::NoAddress)));
        assert_eq!(ok("http://2130706433/"), "http://127.0.0.1/");
    }

    #[test]
    fn an_article_is_known_by_the_address_that_was_given_unless_another_site_answers() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let kept = |given: &str, last: &str| lasting(&url(given), &url(last)).to_string();
        assert_eq!(kept("http://x.example/1", "https://www.x.example/2#a"), "http://x.example/1");
        assert_eq!(kept("https://t.example/x", "https://x.example/2#a"), "https://x.example/2");
    }

    #[test]
    fn whoever_leads_from_https_to_http_is_told_of() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let way = |steps: &'static [&'static str]| {
            let mut rest = steps[1..].iter();
            let step = |at: &Url| {
                Ok(match rest.next() {
                    Some(next) => Step::On(url(next)),
                    None => Step::There(Fetched {
                        url: at.clone(),
                        bytes: Some(Vec::new()),
                        charset: None,
                        version: Version::default(),
                        is_downgraded: false,
                    }),
                })
            };
            follow(&url(steps[0]), 3, step).map(|fetched| fetched.notes(&url(steps[0])))
        };
        let open = "came without encryption: https led on to http".to_owned();
        assert_eq!(way(&["https://x.example/1", "http://x.example/1"]), Ok(vec![open.clone()]));
        // Though it ends encrypted: on the way it was not.
        assert_eq!(
            way(&["https://x.example/1", "http://x.example/2", "https://x.example/3"]),
            Ok(vec![open])
        );
        assert_eq!(way(&["http://x.example/1", "https://x.example/1"]), Ok(vec![]));
        assert_eq!(
            way(&["http://x.example/1", "http://y.example/1"]),
            Ok(vec!["comes from http://y.example/1".to_owned()])
        );
        assert_eq!(way(&["http://x.example/"; 5]), Err(WebFault::Redirects(3)));
    }
}
