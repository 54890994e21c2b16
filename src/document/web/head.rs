//! Facts about an article from the head of its page and the lines round it: headline, author, date, site, address.

use dom_query::{Document, NodeRef};

use super::lines::{Form, Line};
use crate::document::about::{self, About, Author, Moment};
use crate::document::same::key;

/// Names of fields in the head that say when a page was published, the surest first.
const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:release_date",
    "og:time",
    "rnews:datepublished",
    "publishdate",
    "pubdate",
    "publish_time",
    "publishtime",
    "publish-date",
    "published_time",
    "publication_date",
    "firstpublishedtime",
    "bytedance:published_time",
    "weibo:article:create_at",
    "article:create_at",
    "originalpublicationdate",
    "article_date_original",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dcterms.created",
    "dc.terms.issued",
    "date",
    "_pubtime",
    "apub:time",
    "create_date",
    "createdate",
    "ptime",
    "releasedate",
    "issued",
    "dateupdate",
    "datemodified",
    "article:modified_time",
    "lastmodifiedtime",
    "maketime",
];
const AUTHORS: &[&str] = &[
    "article:author",
    "author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
    "parsely-author",
    "mediaid",
    "dable:author",
    "cxenseparse:author",
];
const SITES: &[&str] = &[
    "nickname",
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "sitename",
    "apple-mobile-web-app-title",
    "copyright",
];
const ADDRESSES: &[&str] = &["og:url", "twitter:url"];
const TITLES: &[&str] = &["og:title", "twitter:title", "articletitle", "dc.title", "title", "headline"];

/// A longer value is none of these.
const LONGEST: usize = 600;

/// The fields of a page: what `<meta>` says, and what scripts say in the form of JSON-LD.
pub(super) struct Fields {
    fields: Vec<(String, String)>,
    /// The text of `<title>`.
    title: Option<String>,
    address: Option<String>,
}

impl Fields {
    /// Read before scripts are taken out.
    pub fn of(document: &Document) -> Self {
        let mut fields = Vec::new();
        for meta in document.select("meta[content]").nodes() {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| meta.attr(name));
            if let (Some(name), Some(content)) = (name, meta.attr("content")) {
                let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
                let content = blanks_joined(&content);
                let name = name.to_ascii_lowercase();
                let known = [DATES, AUTHORS, SITES, TITLES, ADDRESSES]
                    .iter()
                    .any(|names| names.contains(&name.as_str()));
                if known && !content.is_empty() {
                    fields.push((name, content));
                }
            }
        }
        for node in document.select("time[datetime], [itemprop=datePublished], [pubdate]").nodes() {
            let value = node.attr("datetime").or_else(|| node.attr("content")).unwrap_or_else(|| node.text());
            let name = if node.has_attr("pubdate") || node.attr("itemprop").is_some() {
                "datepublished"
            } else {
                "time"
            };
            fields.push((name.to_owned(), value.to_string()));
        }
        for script in document.select("script").nodes() {
            of_script(&script.text(), &mut fields);
        }
        let title = document
            .select("head title, title")
            .nodes()
            .first()
            .map(|title| blanks_joined(&title.text()))
            .filter(|title| !title.is_empty());
        let canonical = || {
            document
                .select("link[rel=canonical]")
                .nodes()
                .first()
                .and_then(|link| link.attr("href"))
                .map(|link| link.to_string())
        };
        let mut all = Self { fields, title, address: None };
        let address =
            canonical().or_else(|| all.first(ADDRESSES).map(str::to_owned)).or_else(|| saved_from(document));
        all.address = address.filter(|address| address.starts_with("http"));
        all
    }

    /// Writes them as the head of a page.
    pub fn write(&self, page: &mut String) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        for (name, value) in
            self.fields.iter().filter(|(name, value)| name != "time" && value.len() <= LONGEST)
        {
            page.push_str(&format!("<meta name=\"{}\" content=\"{}\">", escape(name), escape(value)));
        }
        if let Some(address) = &self.address {
            page.push_str(&format!("<link rel=\"canonical\" href=\"{}\">", escape(address)));
        }
        if let Some(title) = &self.title {
            page.push_str(&format!("<title>{}</title>", escape(title)));
        }
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        let name = name.to_owned();
        self.fields.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The title of the window.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The facts that the head alone gives.
    pub fn declared(&self) -> About {
        About {
            author: AUTHORS.iter().find_map(|name| self.first(&[name])).map(str::to_owned),
            published: DATES.iter().find_map(|name| self.all(name).find_map(about::read_date)),
            site: SITES.iter().find_map(|name| self.first(&[name])).map(str::to_owned),
            address: self.address.clone(),
        }
    }

    /// The headline of a page whose article begins at line `body`, and the line that it stands in.
    pub fn headline(&self, lines: &[Line], body: usize) -> Option<(String, Option<usize>)> {
        let named: Vec<&str> = self
            .title
            .as_deref()
            .into_iter()
            .chain(TITLES.iter().filter_map(|name| self.first(&[name])))
            .filter(|text| crate::hanzi::count(text) > 0)
            .collect();
        let of_head = |line: &Line| matches!(line.form, Form::Heading(1..=3)) || line.titled;
        // A line that the window's title begins with, or that begins with what that has room for.
        let shown = (0..lines.len().min(body + 40))
            .filter(|&at| of_head(&lines[at]) && letters(&lines[at].text) >= 4)
            .filter_map(|at| {
                let best = named.iter().map(|title| likeness(title, &lines[at].text)).max()?;
                (best > 0).then_some((best, std::cmp::Reverse(at.abs_diff(body)), at))
            })
            .max();
        let shown = shown.or_else(|| self.first_print(lines, body));
        if let Some((_, _, at)) = shown {
            return Some((lines[at].text.trim().to_owned(), Some(at)));
        }
        let bare =
            named.iter().filter(|title| !title.starts_with(is_separator)).map(|title| without_site(title));
        let bare =
            bare.filter(|title| letters(title) >= 2).max_by_key(|title| usize::from(letters(title) >= 6));
        let plain = || {
            let first = (0..body.min(lines.len()))
                .rev()
                .find(|&at| matches!(lines[at].form, Form::Heading(1)) && letters(&lines[at].text) >= 4)?;
            Some((lines[first].text.trim().to_owned(), Some(first)))
        };
        let bare = bare.map(|title| {
            let wanted = key(title);
            let at = (0..lines.len().min(body + 10)).find(|&at| key(&lines[at].text) == wanted);
            (title.to_owned(), at)
        });
        match bare {
            Some(found) if letters(&found.0) >= 6 => Some(found),
            found => plain().or(found),
        }
    }

    /// A line of whatever form that the window's title begins with, up to where its site may begin.
    fn first_print(&self, lines: &[Line], body: usize) -> Option<(usize, std::cmp::Reverse<usize>, usize)> {
        let title = self.title.as_deref()?;
        (0..lines.len().min(body + 10)).find_map(|at| {
            let line = lines[at].text.trim();
            let rest = title.strip_prefix(line)?.trim_start();
            (letters(line) >= 8 && rest.starts_with(is_separator)).then_some((
                letters(line),
                std::cmp::Reverse(0),
                at,
            ))
        })
    }

    /// Author, date, site and address, from the fields of the head and the lines round the article `body`.
    pub fn about(&self, lines: &[Line], title: Option<usize>, body: &[bool]) -> About {
        let first = body.iter().position(|&body| body).unwrap_or(0);
        let last = body.iter().rposition(|&body| body).unwrap_or(0);
        About {
            author: self.author(lines, title, first, last),
            published: self.published(lines, title, first, last),
            site: self.site(),
            address: self.address.clone(),
        }
    }

    fn published(&self, lines: &[Line], title: Option<usize>, first: usize, last: usize) -> Option<Moment> {
        let of_field = DATES.iter().find_map(|name| self.all(name).find_map(about::read_date));
        let from = title.unwrap_or(first).min(first).saturating_sub(6);
        let near = |range: std::ops::Range<usize>| {
            range
                .filter_map(|at| lines.get(at))
                .filter(|line| line.length <= 120 && !line.is_prose())
                .find_map(|line| about::find_date(&line.text))
                .map(|(_, moment)| moment)
        };
        let to = lines
            .iter()
            .enumerate()
            .skip(first)
            .find(|(_, line)| line.is_prose() && line.length > 20)
            .map_or(first, |(at, _)| at);
        let below_title = || title.and_then(|title| near(title..title.max(to) + 1));
        let shown = below_title()
            .or_else(|| near(from..to + 1))
            .or_else(|| near(to..to + 4))
            .or_else(|| near(last.saturating_sub(2)..last + 12));
        let field = of_field.or_else(|| self.first(&["time"]).and_then(about::read_date));
        match (field, shown) {
            (Some(field), Some(shown)) if field.date() == shown.date() => {
                Some(if field.has_time() { field } else { shown })
            }
            (Some(field), _) => Some(field),
            (None, Some(shown)) => Some(shown),
            (None, None) => {
                self.address.as_deref().and_then(about::of_address).or_else(|| near(0..lines.len()))
            }
        }
    }

    fn author(&self, lines: &[Line], title: Option<usize>, first: usize, last: usize) -> Option<String> {
        let from = title.unwrap_or(first).min(first).saturating_sub(3);
        let near = (from..(last + 16).min(lines.len()))
            .filter(|&at| lines[at].length <= 100 || at <= first + 2 || at + 2 >= last);
        let mut best: Option<Author> = None;
        for at in near {
            let text = match lines.get(at + 1) {
                // The value stands in the next line.
                Some(next) if lines[at].text.trim_end().ends_with([':', '：']) => {
                    format!("{}{}", lines[at].text, next.text)
                }
                _ => lines[at].text.clone(),
            };
            let text: String = if lines[at].length > 100 { text.chars().take(60).collect() } else { text };
            if let Some(author) = Author::find(&text)
                && best.as_ref().is_none_or(|best| author.rank < best.rank)
            {
                best = Some(author);
            }
        }
        let field = || AUTHORS.iter().find_map(|name| self.all(name).find_map(Author::of_field));
        match best {
            Some(best) if best.wrote() => Some(best.name),
            best => field().or(best.map(|best| best.name)),
        }
    }

    fn site(&self) -> Option<String> {
        let of_title = || {
            let title = self.title.as_deref()?;
            let bare = without_site(title);
            let tail = title.strip_prefix(bare)?;
            let last = tail.rsplit(is_separator).map(str::trim).find(|part| !part.is_empty())?;
            Some(last.to_owned())
        };
        SITES
            .iter()
            .find_map(|name| self.first(&[name]))
            .map(str::to_owned)
            .or_else(of_title)
            .filter(|site| site.chars().count() <= 40)
    }
}

/// How much of a line is the headline that the window shows: its letters, where one begins with the other; none else.
fn likeness(title: &str, line: &str) -> usize {
    let (title, line) = (key(title), key(line));
    if line.is_empty() || title.is_empty() {
        return 0;
    }
    if title.starts_with(&line) {
        return line.chars().count();
    }
    // 定了！地铁直达…… where the window's title breaks off.
    let common = title.chars().zip(line.chars()).take_while(|(a, b)| a == b).count();
    if common >= 10 && common * 2 >= line.chars().count().min(60) {
        return common;
    }
    // The site's name first: 小城网-大雨过后.
    if line.chars().count() >= 6 && title.contains(&line) { line.chars().count() } else { 0 }
}

/// A window's title without the names of channel and site after it.
pub(super) fn without_site(title: &str) -> &str {
    let mut bare = title.trim();
    while let Some((at, separator)) = bare.char_indices().rev().find(|&(_, c)| is_separator(c)) {
        let (head, tail) =
            (bare[..at].trim_end_matches(is_separator).trim(), bare[at + separator.len_utf8()..].trim());
        let doubled = bare[..at].ends_with(is_separator);
        let spaced = bare[..at].ends_with(' ') || bare[at + separator.len_utf8()..].starts_with(' ');
        let strong = doubled || spaced || matches!(separator, '_' | '|' | '｜' | '丨');
        let tail_length = tail.chars().count();
        let sentence =
            tail.contains(['。', '！', '？', '“', '”', '：']) || tail.contains('，') && tail_length > 15;
        let head_length = crate::hanzi::count(head);
        // 中国-东盟 is no site; a tail after a lone hyphen has to look like one.
        let named = tail.ends_with(['网', '網', '报', '報', '台', '站', '社', '刊'])
            || tail.is_ascii() && tail_length > 3;
        if sentence || tail_length > 30 || head_length < 4 || !(strong || named) || head.is_empty() {
            break;
        }
        bare = head;
    }
    // The site's name first, where all that follows is longer.
    match bare.split_once(['_', '|', '｜']) {
        Some((head, tail)) if crate::hanzi::count(head) < 4 && crate::hanzi::count(tail) >= 6 => tail.trim(),
        _ => bare.trim_start_matches(is_separator).trim(),
    }
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '_' | '|' | '｜' | '丨' | '-' | '–' | '—' | '－' | '·' | '«' | '»' | '>' | '<' | '＿' | '‖' | '┃'
    )
}

fn letters(text: &str) -> usize {
    key(text).chars().count()
}

fn blanks_joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Facts about the page from a script: JSON-LD, and the variables of WeChat.
fn of_script(script: &str, fields: &mut Vec<(String, String)>) {
    for (name, field) in [
        ("\"datePublished\"", "datepublished"),
        ("\"headline\"", "headline"),
        ("var ct", "publish_time"),
        ("var createTime", "publish_time"),
        ("var nickname", "nickname"),
        ("\"publish_time\"", "publish_time"),
        ("\"pubTime\"", "publish_time"),
        ("\"pubtime\"", "publish_time"),
        ("\"publishTime\"", "publish_time"),
        ("\"newsTime\"", "publish_time"),
        ("publishDate", "publish_time"),
    ] {
        let Some(at) = script.find(name) else { continue };
        let rest = script[at + name.len()..].trim_start().trim_start_matches(['"', '\'', ':', '=', ' ']);
        let rest = rest.strip_prefix("htmlDecode(").unwrap_or(rest).trim_start_matches(['"', '\'']);
        let value: String = rest
            .chars()
            .take_while(|c| !matches!(c, '"' | '\'' | '\n' | ';' | '<' | '}'))
            .take(200)
            .collect();
        let value = value.trim().trim_end_matches(',').trim();
        if !value.is_empty() {
            fields.push((field.to_owned(), value.to_owned()));
        }
    }
}

/// `<!-- saved from url=(0043)http://… -->`, as browsers write it.
fn saved_from(document: &Document) -> Option<String> {
    let root = document.root();
    let comment = root.children_it(false).find(NodeRef::is_comment)?;
    let text = comment.html().to_string();
    let at = text.find("saved from url=(")?;
    let address = text[at..].split_once(')')?.1;
    Some(address.split_whitespace().next()?.to_owned())
}
