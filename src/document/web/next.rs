//! The next page of an article that a site prints on several.
//!
//! Why not whatever a link calls so: the same words lead to the next article, to the next page of a list, and round in a
//! circle. **Law**: what is given lies on the same host under the same path, and differs from where the article begins in
//! the number of a page alone, which is larger than that of the page that leads there.

use url::Url;

use super::dom;
use crate::document::parts as names;
use crate::document::same::key;

/// No article has more pages.
const MOST: u32 = 200;

/// The address of the page that follows `html`, which came from `at`, in an article that begins at `first`.
#[must_use]
pub fn next_page(html: &str, first: &Url, at: &Url) -> Option<Url> {
    let document = dom::parse(html)?;
    let base = document.select("base[href]").attr("href").and_then(|base| at.join(base.trim()).ok());
    let base = base.as_ref().unwrap_or(at);
    let here = number(first, at).unwrap_or(0);
    let mut named: Option<(u32, Url)> = None;
    let mut numbered: Option<(u32, Url)> = None;
    for link in document.select("link[href], a[href]").nodes() {
        let is_next = link
            .attr("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next")));
        let text = if link.has_name("a") { link.text() } else { "".into() };
        let says = if text.len() <= 60 { key(&text) } else { String::new() };
        // The first page follows none, though its link may have a number of its own in its address.
        let is_number = parsed(&says).is_some_and(|number| number > 1);
        let is_next = is_next || names::NEXT.contains(says.as_str());
        if !is_next && !is_number {
            continue;
        }
        let Some(mut to) = link.attr("href").and_then(|href| base.join(href.trim()).ok()) else { continue };
        to.set_fragment(None);
        let Some(there) = number(first, &to).filter(|there| *there > here) else { continue };
        let best = if is_next { &mut named } else { &mut numbered };
        if best.as_ref().is_none_or(|(least, _)| there < *least) {
            *best = Some((there, to));
        }
    }
    named.or(numbered).map(|(_, to)| to)
}

/// Which page of the article that begins at `first` is meant by `other`, by the number in its address; nothing where it is
/// none of that article.
#[must_use]
pub fn number(first: &Url, other: &Url) -> Option<u32> {
    let is_near = first.host() == other.host()
        && first.port() == other.port()
        && (first.scheme() == other.scheme() || other.scheme() == "https")
        && other.username().is_empty()
        && other.password().is_none();
    if !is_near {
        return None;
    }
    let found = in_path(first, other).or_else(|| in_query(first, other)).or_else(|| counted(first, other));
    found.filter(|number| (1..=MOST).contains(number))
}

fn parsed(digits: &str) -> Option<u32> {
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// A number that was put at the end of the path, before its ending: `a.html`, `a_2.html`.
fn in_path(first: &Url, other: &Url) -> Option<u32> {
    if first.query() != other.query() {
        return None;
    }
    let ((one, ending), (two, other_ending)) = (parts(first.path()), parts(other.path()));
    // A folder stands for a file in it.
    if ending != other_ending && !(ending.is_empty() && one.ends_with('/')) {
        return None;
    }
    let tail = two.strip_prefix(one.trim_end_matches('/'))?.trim_end_matches('/');
    let strokes = names::PAGE_STROKES.iter();
    strokes.filter_map(|stroke| tail.strip_prefix(stroke)).find_map(parsed)
}

/// A path without its ending, and that.
fn parts(path: &str) -> (&str, &str) {
    match path.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphabetic()) => {
            (stem, ending)
        }
        _ => (path, ""),
    }
}

/// A field that was put into the query: `?id=7`, `?id=7&page=2`.
fn in_query(first: &Url, other: &Url) -> Option<u32> {
    if first.path() != other.path() {
        return None;
    }
    let fields = |url: &Url| -> Vec<(String, String)> { url.query_pairs().into_owned().collect() };
    let (one, mut two) = (fields(first), fields(other));
    for field in &one {
        two.remove(two.iter().position(|other| other == field)?);
    }
    match &two[..] {
        [(name, value)] if names::PAGE_FIELDS.contains(name.to_ascii_lowercase().as_str()) => parsed(value),
        _ => None,
    }
}

/// The one number in which two addresses differ: `a_1.html`, `a_2.html`.
fn counted(first: &Url, other: &Url) -> Option<u32> {
    let text = |url: &Url| format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let (one, two) = (text(first), text(other));
    let head = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let digits = one[..head].bytes().rev().take_while(u8::is_ascii_digit).count();
    let (one, two, before) = (&one[head - digits..], &two[head - digits..], &one[..head - digits]);
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (a, b) = (run(one), run(two));
    if one[a..] != two[b..] {
        return None;
    }
    let (from, to) = (parsed(&one[..a])?, parsed(&two[..b])?);
    // The numbers of the pages of one article begin at one; the numbers of articles are larger, most of them.
    let is_of_page = match before.strip_suffix('=') {
        Some(field) => {
            let field = field.rsplit(['?', '&']).next().unwrap_or_default().to_ascii_lowercase();
            from <= 20 && names::PAGE_FIELDS.contains(field.as_str())
        }
        None => from <= 1 || before.ends_with(['_', '-']),
    };
    (to > from && is_of_page).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse("https://news.example/2024/").and_then(|site| site.join(text)).expect("an address")
    }

    #[test]
    fn pages_of_one_article_differ_in_their_number_alone() {
        for (first, other, expected) in [
            ("a.html", "a_2.html", Some(2)),
            ("a.html", "a-3.html", Some(3)),
            ("c1001-123.html", "c1001-123-2.html", Some(2)),
            ("a_1.html", "a_2.html", Some(2)),
            ("a_0.shtml", "a_1.shtml", Some(1)),
            ("a/", "a/2/", Some(2)),
            ("a", "a/page/2", Some(2)),
            ("a/", "a/index_2.html", Some(2)),
            ("index.html", "index_1.html", Some(1)),
            ("show.asp?id=7", "show.asp?id=7&page=2", Some(2)),
            ("show.asp?id=7", "show.asp?Page=2&id=7", Some(2)),
            ("show.asp?page=1&id=7", "show.asp?page=2&id=7", Some(2)),
            ("thread-77-1-1.html", "thread-77-2-1.html", Some(2)),
            ("a.html", "a.html", None),
            ("a_2.html", "a.html", None),
            ("a_3.html", "a_2.html", None),
            ("a.html", "b_2.html", None),
            ("a.html", "a_2.pdf", None),
            ("123.html", "124.html", None),
            ("t20240506_123456.html", "t20240506_123457.html", None),
            ("?p=123", "?p=123&p=2", Some(2)),
            ("show.asp?id=7", "show.asp?id=8", None),
            ("show.asp?id=7", "show.asp?id=8&page=2", None),
            ("show.asp?id=7", "show.asp?id=7&cpage=2", None),
            ("a/", "a/comment-page-2/", None),
            ("a.html", "a_999.html", None),
            ("a.html", "http://news.example/2024/a_2.html", None),
            ("a.html", "https://other.example/2024/a_2.html", None),
            ("a.html", "https://news.example:8443/2024/a_2.html", None),
        ] {
            assert_eq!(number(&url(first), &url(other)), expected, "{first} {other}");
        }
    }

    #[test]
    fn the_next_page_is_found_as_sites_name_it() {
        let next = |html: &str, at: &str| {
            next_page(html, &url("a.html"), &url(at))
                .map(|url| url.path().trim_start_matches("/2024/").to_owned())
        };
        for (html, at, expected) in [
            ("<link rel='Next' href='a_2.html'>", "a.html", Some("a_2.html")),
            (
                "<a href='a.html'>上一页</a><a href='a_3.html'>下一页 &gt;&gt;</a>",
                "a_2.html",
                Some("a_3.html"),
            ),
            ("<a href=a_3.html>[3]</a><a href=a_2.html>【2】</a>", "a.html", Some("a_2.html")),
            (
                "<a href=a.html>1</a> 2 <a href=a_3.html>3</a> <a href=a_4.html>4</a>",
                "a_2.html",
                Some("a_3.html"),
            ),
            ("<a href=a_9.html>9</a><a href=a_2.html>下页</a>", "a.html", Some("a_2.html")),
            ("<base href=/2024/><a href='a_2.html#p'>下一頁</a>", "a.html", Some("a_2.html")),
            ("<a href='a_2.html'>下一篇</a>", "a.html", None),
            ("<a href='b.html'>下一页</a><link rel=next href=c.html>", "a.html", None),
            ("<a href='a.html'>下一页</a><a href='a_2.html'>下一页</a>", "a_2.html", None),
            ("<a href='javascript:next()'>下一页</a><a href='http://['>2</a>", "a.html", None),
            ("", "a.html", None),
        ] {
            assert_eq!(next(html, at).as_deref(), expected, "{html}");
        }
    }
}
