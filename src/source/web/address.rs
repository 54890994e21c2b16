//! Which addresses are asked: those of the public internet, and no others unless the user says so.
//!
//! Why judge addresses and not names: any name may lead to `127.0.0.1`, and to another address the next time that one
//! asks. So the judging stands inside the look-up of which the connection takes its addresses, and there is no second one.
//! Source of the ranges: IANA's registries of special-purpose addresses for IPv4 and IPv6.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The system's look-up of names.
pub(super) type Lookup = DefaultResolver;

/// A look-up that gives only addresses that may be asked.
#[derive(Debug)]
pub(super) struct Judged<R> {
    /// The look-up whose answers are judged.
    pub(super) lookup: R,
    /// Whether the network around this computer may be asked, too.
    pub(super) private: bool,
}

/// An address that is not asked, as it stands behind the name.
#[derive(Debug)]
pub(super) struct Private(pub(super) IpAddr);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not on the public internet", self.0)
    }
}

impl std::error::Error for Private {}

impl<R: Resolver> Resolver for Judged<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.lookup.resolve(uri, config, timeout)?;
        if self.private {
            return Ok(found);
        }
        let mut kept = self.empty();
        for &address in found.iter().filter(|address| is_public(address.ip())) {
            kept.push(address);
        }
        match found.first() {
            Some(first) if kept.is_empty() => Err(Error::Other(Box::new(Private(first.ip())))),
            _ => Ok(kept),
        }
    }
}

/// Whether it is an address of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        // This network, private networks, carrier-grade NAT, this computer, the link.
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            // Of protocols, of documents, of relays, of benchmarks.
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            // Multicast, reserved, broadcast.
            | (224.., ..)
    )
}

/// Only what is global unicast: so neither `::1` and `::` nor links, unique local addresses, multicast, IPv4 in IPv6's
/// clothes (`::ffff:127.0.0.1`) and what NAT64 translates (`64:ff9b::`).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    (0x2000..0x4000).contains(&first)
        // Teredo and other protocols (`2001::/23`), documents.
        && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
        && !(first == 0x3fff && second < 0x1000)
        // 6to4: an IPv4 address inside, whichever.
        && first != 0x2002
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use ureq::unversioned::transport::time;

    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for address in
            ["1.1.1.1", "223.5.5.5", "100.128.0.1", "172.32.0.1", "192.0.1.1", "2400:3200::1", "2606:4700::1"]
        {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:1.1.1.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }

    /// Says another thing each time that it is asked.
    #[derive(Debug)]
    struct Fickle(AtomicUsize);

    impl Resolver for Fickle {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            let answers: [&[&str]; 3] =
                [&["127.0.0.1:80", "1.1.1.1:80", "[::1]:80"], &["127.0.0.1:80"], &["1.1.1.1:80"]];
            let mut found = self.empty();
            for answer in answers[self.0.fetch_add(1, Ordering::Relaxed) % 3] {
                found.push(answer.parse().expect("an address"));
            }
            Ok(found)
        }
    }

    #[test]
    fn what_is_given_is_what_was_judged_however_the_answer_changes() {
        let ask = |judged: &Judged<Fickle>| {
            let timeout = NextTimeout { after: time::Duration::NotHappening, ..NextTimeout::default() };
            let uri = Uri::from_static("http://news.example/");
            let found = judged.resolve(&uri, &Config::default(), timeout);
            found.map(|found| found.to_vec()).map_err(|error| error.to_string())
        };
        let public: Vec<SocketAddr> = vec!["1.1.1.1:80".parse().expect("an address")];
        let judged = Judged { lookup: Fickle(AtomicUsize::new(0)), private: false };
        assert_eq!(ask(&judged), Ok(public.clone()));
        assert!(ask(&judged).is_err_and(|why| why.contains("127.0.0.1 is not on the public internet")));
        assert_eq!(ask(&judged), Ok(public));
        let judged = Judged { lookup: Fickle(AtomicUsize::new(0)), private: true };
        assert_eq!(ask(&judged).map(|found| found.len()), Ok(3));
    }
}
